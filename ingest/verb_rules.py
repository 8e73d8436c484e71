"""Rules for signed relations that a verb carries, alone or with its object."""

from collections.abc import Iterator
from dataclasses import replace

from ingest.arguments import (
    OBJECT_LABELS,
    VERBAL,
    Arguments,
    expand_conjuncts,
    find_subjects,
    get_arguments,
    get_obliques,
)
from ingest.bearers import BY_DEED, Bearer, Roster
from ingest.cues import get_cues
from ingest.lexicon import Lexicon, per_lexicon
from ingest.parse import Token
from ingest.sightings import Sighting, is_any, pair_up, reach
from ingest.triggers import OBJECT, Frame, find_verb_frames, get_triggers, get_verb_key

_AGAINST = Frame("opposes", None, frozenset({"against"}), 1.0)
_DISAPPROVAL = Frame("opposes", "criticizes", frozenset(), 0.85)
_ALLEGATION = Frame("opposes", "accuses", frozenset(), 0.85)
_REBUFF = Frame("opposes", "rejects", frozenset(), 1.0)
_HARMS = frozenset(
    {"atrocity", "bloodshed", "blast", "crash", "crime", "crisis", "disaster", "explosion", "failure"}
)
_ECHOING = frozenset({"too", "likewise"})
_LABEL = {
    "opposes": Frame("opposes", "criticizes", frozenset(), 1.0),
    "supports": Frame("supports", "endorses", frozenset(), 1.0),
}


def iter_verb_sightings(verb: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what a verb says of its agents and patients."""
    if verb.lemma_.lower() not in _get_telling_verbs():
        return
    words = get_triggers()
    arguments = get_arguments(verb)
    sources = roster.find_sources(arguments.agents)
    for frame in find_verb_frames(words.verbs, verb):
        if OBJECT in frame.target or arguments.voice == "active":
            for sighting in _read_frame(frame, arguments, sources, roster):
                yield sighting
                yield from _read_echoes(sighting, roster)
    yield from read_light_verb(find_verb_frames(words.light_verbs, verb), arguments, sources, roster)
    yield from _read_label(arguments, sources, roster)
    yield from _read_asking(arguments, sources, roster)
    yield from _read_shunning(arguments, sources, roster)
    yield from _read_allegation(arguments, sources, roster)
    for frame in find_verb_frames(words.feeling, verb):
        felt_by = roster.find_sources(arguments.patients)
        yield Sighting(frame, felt_by, roster.find_targets(arguments.agents), verb, "verb:feeling")
    alone = not arguments.patients and not arguments.obliques.keys() & {
        "with",
        "against",
        "for",
        "alongside",
        "beside",
    }
    if arguments.voice == "active" and alone:
        for frame in find_verb_frames(words.mutual_verbs, verb):
            yield from pair_up(frame, sources, verb, "mutual")


@per_lexicon
def _get_telling_verbs(_lexicon: Lexicon) -> frozenset[str]:
    """Return the verbs that say anything, with whatever particle: most verbs say nothing, and need no arguments."""
    words = get_triggers()
    tables = (words.verbs, words.light_verbs, words.feeling, words.mutual_verbs)
    framed = frozenset(key.partition(" ")[0] for table in tables for key in table)
    return framed | words.labelling | words.asking | words.shunning | words.alleging | get_cues().speech_verbs


def _read_frame(
    frame: Frame, arguments: Arguments, sources: list[Bearer], roster: Roster
) -> Iterator[Sighting]:
    verb = arguments.predicate
    rule = f"verb:{arguments.voice}"
    targets = roster.find_targets(reach(arguments, frame))
    if frame.how == "clashes-with":
        targets = [target for target in targets if target.sure > BY_DEED]
    sighting = Sighting(frame, sources, targets, verb, rule)
    yield _take_stance(sighting, verb.head) if _is_announced(verb, frame) else sighting
    yield _read_foes(sighting, arguments, roster)


def _is_announced(verb: Token, frame: Frame) -> bool:
    """Whether the verb stands under a threat or a pledge, which is a stance already: "threatened to bomb"."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in get_triggers().ultimate[frame.kind]


def _read_foes(sighting: Sighting, arguments: Arguments, roster: Roster) -> Sighting:
    """Read whom "backed Assad against the rebels" is against, besides whom it is for."""
    supports = sighting.frame.kind == "supports" and bool(arguments.patients or sighting.targets)
    foes = arguments.obliques.get("against", ()) if supports else ()
    return Sighting(_AGAINST, sighting.sources, roster.find_targets(foes), sighting.trigger, "verb:against")


def read_light_verb(
    frames: tuple[Frame, ...], arguments: Arguments, sources: list[Bearer], roster: Roster
) -> Iterator[Sighting]:
    """Yield what "imposed sanctions on", "arms were sent to" or "signed a pact" says, given the verb's frames."""
    verb = arguments.predicate
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "fail":
        return
    for thing in _see_through(arguments.patients) if frames else ():
        below = _get_obliques_below(thing)
        for frame in frames:
            if not is_any(thing, frame.things) and thing.lower_ not in frame.things:
                continue
            tokens = reach(arguments, frame)
            tokens += tuple(t for name, objects in below.items() if name in frame.target for t in objects)
            if not tokens and frame.target == {"with"}:
                yield from pair_up(frame, sources, thing, "lightverb")
            if not tokens and "dative" in frame.target:
                tokens = roster.find_names_before(thing)
            sighting = Sighting(frame, sources, roster.find_targets(tokens), thing, "lightverb")
            if frame.kind == "supports" and _is_refused(verb):
                # "Refused to lift the sanctions on", "refused to send weapons to": the refusal is what there is.
                yield sighting._replace(frame=_REBUFF, trigger=verb.head, rule="verb:asking")
                continue
            yield _take_stance(sighting, verb.head if _is_announced(verb, frame) else verb)
            yield _read_foes(sighting, arguments, roster)


def _is_refused(verb: Token) -> bool:
    """Whether a deed stands under a refusal: "refused to send weapons", and not "denied sending" them."""
    return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in get_triggers().shunning


def _read_echoes(sighting: Sighting, roster: Roster) -> Iterator[Sighting]:
    """Read who does the same by "and so does Qatar", "Amnesty did too" or a next sentence "So does Allawi".

    A verb that is denied is not taken up: what "so did" means after it is anybody's guess.
    """
    verb = sighting.trigger
    if not sighting.targets or verb.pos_ not in VERBAL or any(child.dep_ == "neg" for child in verb.children):
        return
    for echo in _find_echoes(verb):
        yield sighting._replace(sources=roster.find_sources(_get_echoing(echo)), trigger=echo)


def _find_echoes(verb: Token) -> Iterator[Token]:
    """The forms of "do" that stand for a verb, in clauses joined to it or as the whole next sentence."""
    for child in verb.children:
        joined = child.i > verb.i and child.dep_ in {"conj", "ccomp", "advcl", "parataxis"}
        if joined and _get_echoing(child):
            yield child
    end = verb.sent.end
    if verb.dep_ == "ROOT" and end < len(verb.doc):
        root = verb.doc[end].sent.root
        if _get_echoing(root):
            yield root


def _get_echoing(verb: Token) -> tuple[Token, ...]:
    """Who does the same, where "do" stands alone for another verb: "so do Qatar and Oman", "Amnesty did too"."""
    if verb.lemma_.lower() != "do" or any(child.dep_ in {"neg", "xcomp"} for child in verb.children):
        return ()
    subjects = tuple(child for child in verb.children if child.dep_ == "nsubj")
    objects = tuple(child for child in verb.children if child.dep_ in OBJECT_LABELS)
    if verb.i > 0 and verb.nbor(-1).lower_ == "so" and len(subjects + objects) == 1:
        return expand_conjuncts(
            (subjects + objects)[0]
        )  # a parser takes who comes after the verb for its object
    after = {token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 3]}
    return find_subjects(verb) if subjects and not objects and after & _ECHOING else ()


def _see_through(patients: tuple[Token, ...]) -> tuple[Token, ...]:
    """Put what an amount is of beside it: "sanctions" for "a round of sanctions"."""
    amounts = get_triggers().amounts
    inside = [
        token
        for patient in patients
        if patient.lemma_ in amounts
        for token in get_obliques(patient).get("of", ())
    ]
    return (*patients, *inside)


def _get_obliques_below(thing: Token) -> dict[str, tuple[Token, ...]]:
    """A thing's prepositional objects, and those of what it is in or of: "$2 million in aid to Fiji"."""
    found = get_obliques(thing)
    for token in (*found.get("in", ()), *found.get("of", ())):
        for name, objects in get_obliques(token).items():
            found[name] = found.get(name, ()) + objects
    return found


def _take_stance(sighting: Sighting, verb: Token) -> Sighting:
    """Let the verb carry what is a stance by itself: to pledge aid is to endorse, to suspend aid is to reject."""
    words, key, kind = get_triggers(), get_verb_key(verb), sighting.frame.kind
    if key in words.committing[kind]:
        frame = replace(sighting.frame, how=words.committing[kind][key])
        return sighting._replace(frame=frame, trigger=verb)
    return sighting._replace(trigger=verb) if key in words.ending else sighting


def take_stance_of(sighting: Sighting, verb: Token | None) -> Sighting:
    """Return a noun's sighting as the verb that carries it means it: "called for sanctions on" opposes at once."""
    committing = get_triggers().committing[sighting.frame.kind]
    return _take_stance(sighting, verb) if verb is not None and get_verb_key(verb) in committing else sighting


def _read_allegation(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "alleged that Iran had cheated", "said the Taliban were responsible"."""
    verb = arguments.predicate
    alleges = verb.lemma_.lower() in get_triggers().alleging
    if not alleges and verb.lemma_.lower() not in get_cues().speech_verbs:
        return
    for child in verb.children:
        own = [grand for grand in child.children if grand.dep_ == "nsubj"]
        if child.dep_ == "ccomp" and own and (alleges or _blames(child)):
            yield Sighting(_ALLEGATION, sources, roster.find_targets(own), verb, "verb:active")


def _blames(copula: Token) -> bool:
    """Whether a clause says that its subject did a deed: "are to blame", "was responsible", "was behind the attack"."""
    if copula.lemma_ != "be" or any(child.dep_ == "neg" for child in copula.children):
        return False
    for child in copula.children:
        if child.dep_ == "acomp" and child.lower_ == "responsible":
            deeds = get_obliques(child).get("for", ())
            return not deeds or any(_is_harm(deed) for deed in deeds)
        if child.dep_ == "prep" and child.lower_ == "behind":
            return any(_is_harm(deed) for deed in child.children)
        if child.dep_ == "xcomp" and child.lower_ == "blame":
            return True
    return False


def _is_harm(noun: Token) -> bool:
    """Whether a deed is one against somebody: an attack, a killing; not "the remarkable recovery"."""
    words = get_triggers()
    acts = words.acts.get(noun.lemma_.lower(), ())
    return any(frame.kind == "opposes" for frame in acts) or noun.lemma_.lower() in words.undergone | _HARMS


def _read_shunning(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "refused to meet Obama", "declined to negotiate with the rebels"."""
    verb, words = arguments.predicate, get_triggers()
    if verb.lemma_.lower() not in words.shunning:
        return
    for child in verb.children:
        if child.dep_ == "xcomp" and child.lemma_.lower() in words.shunned:
            below = get_arguments(child)
            shunned = below.patients + below.obliques.get("with", ()) + below.obliques.get("to", ())
            yield Sighting(_REBUFF, sources, roster.find_targets(shunned), verb, "verb:asking")


def _read_label(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "called Maduro a dictator", "was branded a traitor by", "described him as unfit"."""
    verb, words = arguments.predicate, get_triggers()
    if verb.lemma_.lower() not in words.labelling:
        return
    patients = arguments.patients
    labels = [child for child in verb.children if child.dep_ in {"oprd", "attr", "acomp", "amod"}]
    labels += [label for child in verb.children if child.lower_ == "as" for label in child.children]
    for child in verb.children:
        if child.dep_ == "ccomp" and not any(grand.dep_ in {"mark", "aux"} for grand in child.children):
            labels.append(child)
            patients = find_subjects(child) if child.pos_ in {"NOUN", "ADJ"} else patients
    labels += [child for patient in patients for child in patient.rights if child.dep_ == "amod"]
    for label in labels:
        # "A very stupid guy" is named by the adjective.
        said = [label, *(child for child in label.children if child.dep_ == "amod")]
        for kind, names in words.labels.items():
            if any(is_any(word, names) for word in said):
                yield Sighting(_LABEL[kind], sources, roster.find_targets(patients), verb, "verb:label")


def _read_asking(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "urged Johnson to resign", "called on the rebels to disarm"."""
    verb, words = arguments.predicate, get_triggers()
    if verb.lemma_.lower() not in words.asking:
        return
    asked_for = dict.fromkeys(words.giving_up, _REBUFF) | dict.fromkeys(words.desisting, _DISAPPROVAL)
    if verb.lemma_ in words.ordering:
        asked_for |= dict.fromkeys(words.leaving, _REBUFF)
    for child in verb.children:
        frame = asked_for.get(get_verb_key(child))
        if frame is None or child.dep_ not in {"xcomp", "ccomp", "advcl"}:
            continue
        asked = find_subjects(child)
        if {token.i for token in asked} != {token.i for token in arguments.agents}:
            yield Sighting(frame, sources, roster.find_targets(asked), verb, "verb:asking")
