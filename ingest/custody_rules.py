"""Rules for what courts and states do to people: "was arrested in Rwanda", "ordered Puigdemont jailed", "gave Ruiz five years"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, find_subjects, get_obliques
from ingest.bearers import Bearer, Roster
from ingest.parse import Token
from ingest.placing_rules import list_placed
from ingest.sightings import Sighting
from ingest.triggers import OBJECT, Frame, find_verb_frames, get_triggers

# What the organs of a state do on its soil; whoever else captures or kills there is not said.
_CUSTODIAL = frozenset(
    {"arrest", "charge", "convict", "detain", "fine", "imprison", "incarcerate", "indict", "jail", "prosecute", "remand",
     "sentence", "try"}
)  # fmt: skip
_EXPELLING = frozenset({"ban", "bar", "deport", "eject", "exclude", "expel", "suspend"})
_HOLDING_MEMBERS = frozenset({"country", "organization", "party"})
_ON_ITS_SOIL = Frame("opposes", "coerces", frozenset(), 0.8)
_ORDERING = frozenset({"order", "want"})
_CAUSING = frozenset({"get", "have"})
_OFFICIAL = frozenset({"accuses", "coerces", "sanctions"})
_SENTENCED = Frame("opposes", "coerces", frozenset(), 0.9)
_SENTENCING = frozenset(
    {"give", "hand", "hand down", "impose", "mete", "mete out", "get", "receive", "serve"}
)
_TERMS = frozenset({"life", "month", "sentence", "term", "year"})
_COURTS = frozenset({"court", "judge", "jury", "magistrate", "tribunal"})


def get_custodial_verbs() -> frozenset[str]:
    """Return the verbs, by lemma, that these rules look at."""
    return _CUSTODIAL | _EXPELLING | _ORDERING | _CAUSING | _SENTENCING


def iter_custody(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield who is arrested in a country, expelled from one or from a party, or had arrested by somebody."""
    verb = arguments.predicate
    lemma = verb.lemma_.lower()
    if arguments.voice == "passive" and not arguments.agents:
        yield from _read_on_its_soil(lemma, arguments, roster)
    elif arguments.voice == "active" and lemma in _ORDERING | _CAUSING:
        yield from _read_caused(verb, sources, roster)
    if lemma in _SENTENCING:
        yield from _read_term(arguments, sources, roster)


def _read_on_its_soil(lemma: str, arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "was arrested in Rwanda" and "was deported from Qatar", where nobody is named who did it."""
    if lemma in _CUSTODIAL:
        acting = roster.find_homes([arguments.predicate])
    elif lemma in _EXPELLING:
        left = roster.find_sources(arguments.obliques.get("from", ()))
        acting = [bearer for bearer in left if roster.mentions[bearer.mention].type in _HOLDING_MEMBERS]
    else:
        return
    targets = roster.find_targets(arguments.patients)
    yield Sighting(_ON_ITS_SOIL, acting, targets, arguments.predicate, "verb:passive")


def _read_caused(verb: Token, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "ordered Puigdemont arrested", "had Imamoglu jailed", and of persons "had Rao shot", "had Rao put on trial"."""
    for hit, deed in _iter_caused(verb):
        targets = roster.find_targets(hit)
        people = [bearer for bearer in targets if roster.mentions[bearer.mention].type == "person"]
        for frame in _list_harms(deed):
            official = frame.how in _OFFICIAL or verb.lemma_.lower() in _ORDERING
            yield Sighting(frame, sources, targets if official else people, verb, "verb:asking")


def _list_harms(deed: Token) -> list[Frame]:
    """How what is done to somebody is against him: by the verb, by where it puts him, or as courts do it."""
    frames = find_verb_frames(get_triggers().verbs, deed)
    found = [frame for frame in frames if frame.kind == "opposes" and OBJECT in frame.target]
    if not found and deed.lemma_ in get_triggers().placing:
        found = list_placed(deed)
    return found or ([_ON_ITS_SOIL] if deed.lemma_ in _CUSTODIAL else [])


def _iter_caused(verb: Token) -> Iterator[tuple[tuple[Token, ...], Token]]:
    """Yield whom somebody wants something done to, and what; a parser may take the participle for a past tense."""
    for child in verb.children:
        labels = {grand.dep_ for grand in child.children}
        if child.i > verb.i and child.dep_ in {"ccomp", "xcomp", "oprd"} and child.tag_ in {"VBN", "VBD"}:
            if not labels & {"aux", "dobj", "mark", "neg"}:
                yield tuple(token for token in find_subjects(child) if token.i > verb.i), child
        elif child.dep_ == "dobj" and verb.lemma_ == "order":
            yield from (
                ((child,), part) for part in child.rights if part.dep_ == "acl" and part.tag_ == "VBN"
            )


def _read_term(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "the High Court gave five years to Rao", "Rao was given ten years by a court", "got life from a court"."""
    verb = arguments.predicate
    things = [child for child in verb.children if child.dep_ in {"dobj", "dative", "npadvmod", "oprd"}]
    if not any(thing.lemma_ in _TERMS for thing in things):
        return
    below = [get_obliques(thing) for thing in things]
    reached = [arguments.obliques, *below]
    if verb.lemma_ in {"get", "receive"} and arguments.voice == "active":
        givers = [token for found in reached for token in found.get("from", ())]
        courts, sentenced = (
            roster.find_sources(filter(_is_court, givers)),
            roster.find_targets(arguments.agents),
        )
    else:
        courts = sources if any(map(_is_court, arguments.agents)) else []
        passive = arguments.patients if arguments.voice == "passive" else ()
        told = [
            token for found in reached for name in ("dative", "to", "on") for token in found.get(name, ())
        ]
        told += [thing for thing in things if roster.get(thing) is not None]
        sentenced = roster.find_targets((*told, *passive))
    yield Sighting(_SENTENCED, courts, sentenced, verb, f"verb:{arguments.voice}")


def _is_court(token: Token) -> bool:
    """Whether a word is one for a court, or the head of a court's name."""
    return token.lemma_.lower() in _COURTS
