"""Rules for stances that take more of a clause than a verb and its object: "wants Ruto gone", "let Russia use its bases"."""

from collections.abc import Iterator

from ingest.arguments import OBJECT_LABELS, Arguments, find_subjects, get_arguments, get_obliques
from ingest.bearers import BY_DEED, Bearer, Roster
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.sightings import Sighting, reach
from ingest.triggers import Frame, find_verb_frames, get_triggers, get_verb_key

_WANTED = Frame("supports", None, frozenset(), 0.9)
_UNWANTED = Frame("opposes", "rejects", frozenset(), 1.0)
_ENABLED = Frame("supports", None, frozenset(), 0.9)
_CHARGED = Frame("opposes", "accuses", frozenset(), 1.0)
_WARNED = Frame("opposes", "threatens", frozenset(), 0.9)
_GLAD = {
    "supports": Frame("supports", "endorses", frozenset(), 0.9),
    "opposes": Frame("opposes", "criticizes", frozenset(), 0.9),
}
_EVICTED = Frame("opposes", "coerces", frozenset(), 0.9)
_EVICTING = frozenset({"drive", "flush", "force", "push", "throw"})
_SPARED = Frame("supports", None, frozenset(), 0.85)
_REVERSING = frozenset({"annul", "commute", "overturn", "quash", "reverse", "vacate", "void"})
_BLOWS = frozenset(
    {
        "arrest",
        "conviction",
        "detention",
        "dismissal",
        "disqualification",
        "expulsion",
        "impeachment",
        "sentence",
        "suspension",
    }
)
_LETTING = frozenset({"allow", "enable", "let", "permit"})
_WANTING = frozenset({"want", "wish"})
_AWAY = frozenset(
    {"abolished", "banned", "dead", "disbanded", "dismissed", "dissolved", "extradited", "gone", "hanged", "jailed", "out",
     "outlawed", "ousted", "punished", "removed", "replaced", "sacked", "scrapped", "tried"}
)  # fmt: skip
_BACK = frozenset({"acquitted", "back", "freed", "pardoned", "reinstated", "released", "restored"})
_TERMS = frozenset({"day", "deadline", "hour", "minute", "month", "week"})
_YIELDING = frozenset({"comply", "evacuate", "pull", "respond", "vacate"})
_GOING = frozenset({"go", "leave"})
_REJECTING = frozenset({"brush", "contest", "deny", "dismiss", "dispute", "rebut", "refute", "reject"})
_CHARGES = frozenset({"accusation", "allegation", "charge"})
_TALK = frozenset({"assertion", "claim", "suggestion"})


def iter_stances(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield the stances that a verb takes with a clause below it, an event as its object, or each on the other."""
    verb = arguments.predicate
    lemma = verb.lemma_.lower()
    yield from _read_each_other(arguments, roster)
    if lemma in get_triggers().welcoming:
        yield from _read_welcome(arguments, sources, roster)
    if lemma in _REVERSING:
        yield from _read_reversal(arguments, sources, roster)
    if lemma in _LETTING and arguments.voice == "active":
        yield from _read_letting(verb, sources, roster)
    elif lemma in _WANTING and arguments.voice == "active":
        yield from _read_wanting(verb, sources, roster)
    elif lemma in _REJECTING:
        yield from _read_rejected_charge(arguments, roster)
    elif lemma == "give":
        yield from _read_deadline(arguments, sources, roster)
    elif lemma == "threaten":
        yield from _read_condition(verb, sources, roster)
    elif lemma in _EVICTING:
        yield from _read_eviction(arguments, sources, roster)
    elif get_verb_key(verb) in get_triggers().removing:
        yield from _read_removal(arguments, sources, roster)


def iter_gapped_labels(verb: Token, roster: Roster) -> Iterator[tuple[int, Token]]:
    """Yield (mention, label) of whoever is named after "and" in a chain of labels: "called Noboa a traitor and Lasso a thief"."""
    end = verb.sent.end
    for token in verb.doc[verb.i + 3 : end]:
        mention = roster.get(token)
        if mention is None or roster.mentions[mention].start_token != token.i:
            continue
        after = roster.mentions[mention].end_token
        opened = verb.doc[token.i - 1].lower_ in {"and", ","} and after + 1 < end
        if opened and verb.doc[after].lower_ in {"a", "an"}:
            yield from ((mention, label) for label in verb.doc[after + 1 : min(after + 4, end)])


def get_stance_verbs() -> frozenset[str]:
    """Return the verbs that these rules look at; "each other" may follow any verb that carries a relation."""
    words = get_triggers()
    removing = frozenset(key.partition(" ")[0] for key in words.removing)
    return (
        _LETTING
        | _REVERSING
        | _EVICTING
        | _WANTING
        | _REJECTING
        | {"give", "threaten"}
        | words.welcoming
        | removing
    )


def _read_each_other(arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "accused each other", "expelled one another's diplomats", of two of whom the clause speaks."""
    verb = arguments.predicate
    for frame in find_verb_frames(get_triggers().verbs, verb):
        if not any(_is_each_other(token) for token in reach(arguments, frame)):
            continue
        sides = roster.find_sources(arguments.agents)
        if len(sides) == 2:
            yield Sighting(frame, [sides[0]], [sides[1]], verb, "mutual")
            yield Sighting(frame, [sides[1]], [sides[0]], verb, "mutual")


def _is_each_other(token: Token) -> bool:
    owners = [child for child in token.children if child.dep_ == "poss"]
    return any(
        part.i > 0 and f"{part.nbor(-1).lower_} {part.lower_}" in {"each other", "one another"}
        for part in (token, *owners)
    )


def _read_welcome(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "welcomed the arrest of Imamoglu", which is against him, and "hailed Aliyev's election", which is for him."""
    words = get_triggers()
    for event in arguments.patients:
        for kind, nouns in words.fortunes.items():
            if event.lemma_.lower() in nouns:
                met = roster.find_targets(_find_undergoing(event))
                yield Sighting(_GLAD[kind], sources, met, arguments.predicate, f"verb:{arguments.voice}")


def _read_reversal(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "overturned Imran Khan's conviction", which is for him."""
    for blow in arguments.patients:
        if blow.lemma_.lower() in _BLOWS:
            spared = roster.find_targets(_find_undergoing(blow))
            yield Sighting(_SPARED, sources, spared, arguments.predicate, f"verb:{arguments.voice}")


def _find_undergoing(event: Token) -> tuple[Token, ...]:
    """Whom an event befalls: of whom it is, else whose; the one before it may be who did it."""
    below = get_arguments(event)
    return below.patients or below.agents


def _read_letting(verb: Token, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "let Russia use its bases", "allowed American jets to fly over"."""
    for child in verb.children:
        if child.dep_ in {"ccomp", "xcomp"} and child.lemma_.lower() in get_triggers().enabled:
            helped = [token for token in child.children if token.dep_ == "nsubj"]
            helped = helped or [token for token in verb.children if token.dep_ in OBJECT_LABELS]
            tokens = (part for token in helped for part in expand_conjuncts(token))
            yield Sighting(_ENABLED, sources, roster.find_targets(tokens), verb, "verb:active")


def _read_wanting(verb: Token, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "wants Ruto gone", "wants Ruto out", and "wants Ruto freed", which is for him."""
    after = [child for child in verb.children if child.i > verb.i]
    if not after or after[0].lower_ == "to":
        return
    for child in after:
        below = [grand for grand in child.children if grand.dep_ in {"nsubj", "nsubjpass"}]
        frame = _WANTED if child.lower_ in _BACK else _UNWANTED
        if child.lower_ in _AWAY | _BACK or (below and _is_leave(child)):
            wanted = below or [token for token in after if token.dep_ in OBJECT_LABELS]
        elif child.dep_ in OBJECT_LABELS and any(grand.lower_ in _AWAY for grand in child.children):
            wanted = [child]
        else:
            continue
        yield Sighting(frame, sources, roster.find_targets(wanted), verb, "verb:asking")


def _is_leave(verb: Token) -> bool:
    """Whether a clause says that somebody goes for good, and not that he leaves a club: "wants Pashinyan to go"."""
    alone = not any(child.dep_ in OBJECT_LABELS | {"prep", "xcomp"} for child in verb.children)
    return verb.lemma_ in _GOING and verb.dep_ in {"ccomp", "xcomp"} and alone


def _read_rejected_charge(arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "denied a claim by Morocco that it had armed the rebels": whoever claims it accuses the one who denies it."""
    accused = roster.find_targets(arguments.agents)
    actors = {roster.mentions[bearer.mention].actor for bearer in accused if bearer.sure > BY_DEED}
    for charge in arguments.patients:
        lemma = charge.lemma_.lower()
        if not actors or lemma not in _CHARGES | _TALK:
            continue
        # What "the Polish accusations" are of is left open; "accusations of torture" are of the one who rejects them.
        of_him = lemma in _CHARGES and "of" in get_obliques(charge)
        if not of_him and not actors & _list_blamed(charge, roster):
            continue
        makers = roster.find_sources(_find_charging(charge))
        yield Sighting(_CHARGED, makers, accused, arguments.predicate, "noun")


def _list_blamed(charge: Token, roster: Roster) -> set[int]:
    """The actors who did it, by a claim "that" somebody did."""
    return {
        roster.mentions[bearer.mention].actor
        for child in charge.children
        if child.dep_ in {"acl", "relcl", "ccomp"} and any(grand.dep_ == "mark" for grand in child.children)
        for bearer in _find_blamed(child, roster)
    }


def _find_blamed(clause: Token, roster: Roster) -> list[Bearer]:
    doers = get_arguments(clause).agents
    named = [mention for token in doers if (mention := roster.get(token)) is not None]
    owners = [child for token in doers for child in token.children if child.dep_ == "poss"]
    named += [mention for token in owners if (mention := roster.get(token)) is not None]
    return [Bearer(mention, 1.0) for mention in named]


def _find_charging(charge: Token) -> tuple[Token, ...]:
    """Who makes a charge: "Riyadh's charge", "a charge by Riyadh", "a charge made by Riyadh and by a UN panel"."""
    below = get_arguments(charge)
    found = below.agents + below.modifiers + below.obliques.get("from", ())
    for child in charge.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            found += get_arguments(child).agents
    return found


def _read_condition(verb: Token, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "threatened war unless Israel freed the prisoners"."""
    clauses = [verb, *(child for child in verb.children if child.dep_ in {"xcomp", "dobj"})]
    for above in clauses:
        for child in above.children:
            marks = {grand.lower_ for grand in child.children if grand.dep_ == "mark"}
            if child.dep_ == "advcl" and marks & {"if", "unless"}:
                warned = [bearer for bearer in roster.find_targets(find_subjects(child))
                          if bearer.mention not in {source.mention for source in sources}]  # fmt: skip
                yield Sighting(_WARNED, sources, warned, verb, "verb:active")


def _read_deadline(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "gave the Iranian ambassador a week to leave", "were given two days to disarm"."""
    verb, words = arguments.predicate, get_triggers()
    terms = [
        child
        for child in verb.children
        if child.dep_ in OBJECT_LABELS | {"npadvmod"} and child.lemma_ in _TERMS
    ]
    asked = words.giving_up | words.desisting | words.leaving | _YIELDING
    for child in (*verb.children, *(grand for term in terms for grand in term.children)):
        demanded = child.dep_ in {"acl", "advcl", "xcomp"} and get_verb_key(child) in asked
        if terms and demanded:
            passive = arguments.voice == "passive"
            told = arguments.patients if passive else arguments.obliques.get("dative", ())
            yield Sighting(_WARNED, sources, roster.find_targets(told), verb, f"verb:{arguments.voice}")


def _read_eviction(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "drove the ELN from Catatumbo", "was pushed out of the town by the army"."""
    verb = arguments.predicate
    left = {child.lower_ for child in verb.children if child.dep_ in {"advmod", "prep", "prt"}}
    if left & {"from", "out"}:
        yield Sighting(
            _EVICTED, sources, roster.find_targets(arguments.patients), verb, f"verb:{arguments.voice}"
        )


def _read_removal(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "removed Zeydan", "was removed as prime minister by the court": of somebody, and of no thing."""
    people = [
        token
        for token in arguments.patients
        if (mention := roster.get(token)) is not None and roster.mentions[mention].type == "person"
    ]
    # "Was removed to hospital"; but whom one hands over is handed over to somebody.
    outward = get_obliques(arguments.predicate).keys() & {"to", "into", "for"}
    if people and (not outward or get_verb_key(arguments.predicate) != arguments.predicate.lemma_):
        frame = Frame("opposes", "coerces", frozenset(), 0.8)
        targets = roster.find_targets(people)
        yield Sighting(frame, sources, targets, arguments.predicate, f"verb:{arguments.voice}")
