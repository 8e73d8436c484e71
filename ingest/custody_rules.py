"""Rules for what courts and states do to people: "was arrested in Rwanda", "ordered Puigdemont jailed"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, find_subjects
from ingest.bearers import Bearer, Roster
from ingest.parse import Token
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


def get_custodial_verbs() -> frozenset[str]:
    """Return the verbs, by lemma, that these rules look at."""
    return _CUSTODIAL | _EXPELLING | _ORDERING | _CAUSING


def iter_custody(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield who is arrested in a country, expelled from one or from a party, or had arrested by somebody."""
    verb = arguments.predicate
    lemma = verb.lemma_.lower()
    if arguments.voice == "passive" and not arguments.agents:
        yield from _read_on_its_soil(lemma, arguments, roster)
    elif arguments.voice == "active" and lemma in _ORDERING | _CAUSING:
        yield from _read_caused(verb, sources, roster)


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
    """Read "ordered Puigdemont arrested" and "had Imamoglu jailed"."""
    for hit, deed in _iter_caused(verb):
        for frame in find_verb_frames(get_triggers().verbs, deed):
            official = frame.how in _OFFICIAL or verb.lemma_.lower() in _ORDERING
            if frame.kind == "opposes" and OBJECT in frame.target and official:
                yield Sighting(frame, sources, roster.find_targets(hit), verb, "verb:asking")


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
