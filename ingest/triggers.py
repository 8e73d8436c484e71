"""The words that carry signed relations, read from lexicon/verbs.yaml and keyed for lookup by lemma."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Token

from graph.ontology import get_ontology
from ingest.lexicon import LEXICON_FOLDER, LexiconError, read_yaml

OBJECT = "object"
PARTICLES = frozenset(
    {"out", "up", "down", "off", "away", "back", "on", "over", "in", "apart", "aside", "by", "together"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of one word to carry a relation.

    Attributes:
        target: `object`, or the prepositions that lead to the other side.
        things: Objects that a light verb needs; empty for other words.
        leads: Prepositions before a state's noun: `at` of "at odds with".
        sure: The share of findings that hold, relative to the rule's own.
    """

    kind: str
    how: str
    target: frozenset[str]
    sure: float
    things: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()


Table = Mapping[str, tuple[Frame, ...]]


@dataclass(frozen=True, slots=True)
class Triggers:
    """All frames by word, and the word classes that the rules share; see lexicon/verbs.yaml for what each means."""

    verbs: Table
    light_verbs: Table
    people: Table
    acts: Table
    mutual: Table
    mutual_verbs: Table
    adjectives: Table
    states: Table
    compounds: Table
    prefixes: Table
    under: Table
    receivers: frozenset[str]
    receiver_leads: frozenset[str]
    received: frozenset[str]
    carriers: frozenset[str]
    ending: frozenset[str]
    stand_ins: frozenset[str]
    undergone: frozenset[str]
    others: frozenset[str]
    victims: frozenset[str]
    places: frozenset[str]


class _Tables(dict[str, dict[str, tuple[Frame, ...]]]):
    def add(self, table: str, words: Iterable[str], frame: Frame) -> None:
        rows = self.setdefault(table, {})
        for word in words:
            rows[word] = (*rows.get(word, ()), frame)


@cache
def get_triggers() -> Triggers:
    """Return the product's triggers; read from disk once a process.

    Raises:
        LexiconError: A `how` is not in the ontology, or a word is not text.
    """
    return build_triggers(read_yaml(LEXICON_FOLDER / "verbs.yaml"))


def build_triggers(raw: Mapping[str, Any]) -> Triggers:
    """Arrange the sections of verbs.yaml by word."""
    tables = _Tables()
    for kind in ("supports", "opposes"):
        for section, table in (("verbs", "verbs"), ("things", "light_verbs"), ("people", "people"), ("acts", "acts"),
                               ("adjectives", "adjectives"), ("states", "states")):  # fmt: skip
            for row in raw[kind][section]:
                tables.add(table, _read_strings(row.get("verbs") or row["words"]), _read_frame(kind, row))
        for row in raw[kind]["mutual"]:
            table = "mutual_verbs" if "verbs" in row else "mutual"
            tables.add(table, _read_strings(row.get("verbs") or row["words"]), _read_frame(kind, row))
        for word, how in raw[kind].get("compounds", {}).items():
            tables.add("compounds", [word], _read_frame(kind, {"how": how}))
        for word, how in raw[kind]["prefixes"].items():
            tables.add("prefixes", [word], _read_frame(kind, {"how": how}))
    for word, how in raw["under"].items():
        tables.add("under", [word], _read_frame("opposes", {"how": how}))
    return Triggers(
        **tables,
        receivers=_read_strings(raw["receiving"]["verbs"]),
        receiver_leads=_read_strings(raw["receiving"]["leads"]),
        received=_read_strings(raw["receiving"]["acts"]),
        carriers=_read_strings(raw["carriers"]),
        ending=_read_strings(raw["ending"]),
        stand_ins=_read_strings(raw["stand-ins"]),
        **{name: _read_strings(raw["closed"][name]) for name in ("undergone", "others", "victims", "places")},
    )


def _read_frame(kind: str, row: Mapping[str, Any]) -> Frame:
    how = row["how"]
    if how not in get_ontology().get_relation(kind).how:
        raise LexiconError("verbs.yaml", f"{how!r} is no way to be in relation {kind!r}")
    target = row.get("target", [])
    return Frame(
        kind=kind,
        how=how,
        target=_read_strings([target] if isinstance(target, str) else target),
        sure=float(row.get("sure", 1.0)),
        things=_read_strings(row.get("things", [])),
        leads=_read_strings(row.get("lead", [])),
    )


def _read_strings(words: Iterable[object]) -> frozenset[str]:
    found = list(words)
    for word in found:
        if not isinstance(word, str):
            raise LexiconError("verbs.yaml", f"{word!r} is not text; quote it")
    return frozenset(str(word) for word in found)


def find_verb_frames(table: Table, verb: Token) -> tuple[Frame, ...]:
    """Return a verb's frames, those of the verb with its particle before those of the bare verb."""
    lemma = verb.lemma_.lower()
    particles = [child for child in verb.children if child.dep_ == "prt" or _may_be_particle(child)]
    for particle in particles:
        frames = table.get(f"{lemma} {particle.lower_}")
        if frames:
            return frames
    if any(particle.dep_ == "prt" for particle in particles):
        return ()
    return table.get(lemma, ())


def _may_be_particle(token: Token) -> bool:
    has_object = any(child.dep_ == "pobj" for child in token.children)
    return token.dep_ in {"advmod", "prep", "acomp", "advcl"} and token.lower_ in PARTICLES and not has_object


def find_noun_frames(table: Table, noun: Token) -> tuple[Frame, ...]:
    """Return a noun's frames, those of a two-word noun such as "arms shipment" before those of its head."""
    lemma = noun.lemma_.lower()
    if noun.i > noun.sent.start:
        frames = table.get(f"{noun.nbor(-1).lower_} {lemma}")
        if frames:
            return frames
    return table.get(lemma, ())


def get_verb_key(verb: Token) -> str:
    """Return a verb's lemma with its particle, if any: "take up"."""
    for child in verb.children:
        if child.dep_ == "prt":
            return f"{verb.lemma_.lower()} {child.lower_}"
    return verb.lemma_.lower()
