"""The words that carry signed relations, read from lexicon/verbs.yaml and keyed for lookup by lemma."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.ontology import get_ontology
from ingest.lexicon import Lexicon, LexiconError, is_from_outside, per_lexicon, read_rules
from ingest.parse import Token

OBJECT = "object"
_KINDS = ("supports", "opposes")
PARTICLES = frozenset(
    {"out", "up", "down", "off", "away", "back", "on", "over", "in", "apart", "aside", "by", "together", "angrily", "closely",
     "highly", "home", "short"}
)  # fmt: skip


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
    how: str | None
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
    placed: Table
    lost: Table
    received_things: Table
    feeling: Table
    clients: Table
    fortunes: Mapping[str, frozenset[str]]
    welcoming: frozenset[str]
    enabled: frozenset[str]
    removing: frozenset[str]
    ousting: frozenset[str]
    noun_ends: frozenset[str]
    receivers: frozenset[str]
    receiver_leads: frozenset[str]
    received: frozenset[str]
    carriers: frozenset[str]
    ending: frozenset[str]
    committing: Mapping[str, Mapping[str, str]]
    nominals: Mapping[str, str]
    ultimate: Mapping[str, frozenset[str]]
    relying: Mapping[str, frozenset[str]]
    labelling: frozenset[str]
    labels: Mapping[str, frozenset[str]]
    asking: frozenset[str]
    giving_up: frozenset[str]
    desisting: frozenset[str]
    ordering: frozenset[str]
    leaving: frozenset[str]
    alleging: frozenset[str]
    shunning: frozenset[str]
    shunned: frozenset[str]
    placing: frozenset[str]
    captives: frozenset[str]
    addressing: frozenset[str]
    conveying: frozenset[str]
    demanding: frozenset[str]
    freeing: frozenset[str]
    quitting: frozenset[str]
    listed_as: frozenset[str]
    writings: frozenset[str]
    amounts: frozenset[str]
    bonds: frozenset[str]
    stand_ins: frozenset[str]
    undergone: frozenset[str]
    others: frozenset[str]
    victims: frozenset[str]
    places: frozenset[str]


@per_lexicon
def get_triggers(lexicon: Lexicon) -> Triggers:
    """Return the triggers of the lexicon in use; read from disk once a process.

    Raises:
        LexiconError: A `how` is not in the ontology, or a word is not text.
    """
    return build_triggers(read_rules(lexicon.folders, "verbs"))


def build_triggers(raw: Mapping[str, Any]) -> Triggers:
    """Arrange the sections of verbs.yaml by word."""
    closed, receiving = raw["closed"], raw["receiving"]
    nouns = {section: _read_rows(raw, section, "words") for section in ("people", "acts", "mutual", "states")}
    nouns["under"] = _read_pairs({"opposes": raw["under"]})
    nouns["clients"] = _read_pairs({"supports": raw["clients"]})
    nouns["received_things"] = _read_pairs(
        {"supports": {word: how for how, words in raw["received-things"].items() for word in words}}
    )
    return Triggers(
        **nouns,
        noun_ends=frozenset(key.split()[-1] for table in (*nouns.values(), raw["nominals"]) for key in table),
        verbs=_read_rows(raw, "verbs", "verbs"),
        light_verbs=_read_rows(raw, "things", "verbs"),
        mutual_verbs=_read_rows(raw, "mutual", "verbs"),
        adjectives=_read_rows(raw, "adjectives", "words"),
        placed=_read_pairs({"opposes": raw["placed"]}),
        lost=_read_pairs({"opposes": raw["lost"]}),
        compounds=_read_pairs({"supports": raw["supports"]["compounds"]}),
        prefixes=_read_pairs({kind: raw[kind]["prefixes"] for kind in _KINDS}),
        feeling=_read_pairs({kind: dict.fromkeys(raw["feeling"][kind]) for kind in _KINDS}),
        fortunes={kind: _read_strings(raw["fortunes"][kind]) for kind in _KINDS},
        welcoming=_read_strings(raw["welcoming"]),
        enabled=_read_strings(raw["enabled"]),
        removing=_read_strings(raw["removing"]),
        ousting=_read_strings(raw["ousting"]),
        receivers=_read_strings(receiving["verbs"]),
        receiver_leads=_read_strings(receiving["leads"]),
        received=_read_strings(receiving["acts"]),
        carriers=_read_strings(raw["carriers"]),
        ending=_read_strings(raw["ending"]),
        committing=raw["committing"],
        nominals=raw["nominals"],
        ultimate={kind: _read_strings(raw["ultimate"][kind]) for kind in _KINDS},
        relying={verb: _read_strings(words) for verb, words in raw["relying"].items()},
        labelling=_read_strings(raw["labelling"]),
        labels={kind: _read_strings(raw["labels"][kind]) for kind in _KINDS},
        asking=_read_strings(raw["asking"]),
        giving_up=_read_strings(raw["giving-up"]),
        desisting=_read_strings(raw["desisting"]),
        ordering=_read_strings(raw["ordering"]),
        leaving=_read_strings(raw["leaving"]),
        alleging=_read_strings(raw["alleging"]),
        shunning=_read_strings(raw["shunning"]),
        shunned=_read_strings(raw["shunned"]),
        placing=_read_strings(raw["placing"]),
        addressing=_read_strings(raw["addressing"]),
        conveying=_read_strings(raw["conveying"]),
        demanding=_read_strings(raw["demanding"]),
        freeing=_read_strings(raw["freeing"]),
        quitting=_read_strings(raw["quitting"]),
        captives=_read_strings(raw["captives"]),
        listed_as=_read_strings(raw["listed-as"]),
        writings=_read_strings(raw["writings"]),
        amounts=_read_strings(raw["amounts"]),
        bonds=_read_strings(raw["bonds"]),
        stand_ins=_read_strings(raw["stand-ins"]),
        undergone=_read_strings(closed["undergone"]),
        others=_read_strings(closed["others"]),
        victims=_read_strings(closed["victims"]),
        places=_read_strings(closed["places"]),
    )


def _read_rows(raw: Mapping[str, Any], section: str, key: str) -> Table:
    """Read one section of both kinds; a word keeps its frames in the order of the file.

    What a domain's own folder says of a word and a target place stands alone: there the product's words do not count.
    """
    rows = [(kind, row) for kind in _KINDS for row in raw[kind][section]]
    table: dict[str, tuple[Frame, ...]] = {}
    own: dict[str, set[str]] = {}
    for kind, row in sorted(rows, key=lambda pair: not is_from_outside(pair[1])):
        frame = _read_frame(kind, row)
        for word in _read_strings(row.get(key, [])):
            if is_from_outside(row):
                own.setdefault(word, set()).update(frame.target)
            elif not frame.target.isdisjoint(own.get(word, ())):
                continue
            table[word] = (*table.get(word, ()), frame)
    return table


def _read_pairs(hows: Mapping[str, Mapping[str, str | None]]) -> Table:
    """Read words that need no target place: how they relate, by word, by kind."""
    table: dict[str, tuple[Frame, ...]] = {}
    for kind, pairs in hows.items():
        for word, how in pairs.items():
            table[word] = (*table.get(word, ()), _read_frame(kind, {"how": how}))
    return table


def _read_frame(kind: str, row: Mapping[str, Any]) -> Frame:
    how = row["how"]
    if how is not None and how not in get_ontology().get_relation(kind).how:
        ways = ", ".join(sorted(get_ontology().get_relation(kind).how))
        message = f"{how!r} is no way to be in relation {kind!r}; the ways are {ways}, or null"
        place = getattr(row, "path", None) if is_from_outside(row) else None
        raise LexiconError(str(place or "verbs.yaml"), message, field="how", line=getattr(row, "line", None))
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


def acts_on_object(verb: Token, kinds: Iterable[str] = _KINDS) -> bool:
    """Say whether a verb takes a stance on its object: "scolded Chad"; what it is for is then what the object did."""
    frames = find_verb_frames(get_triggers().verbs, verb)
    return any(OBJECT in frame.target and frame.kind in kinds for frame in frames)


def _may_be_particle(token: Token) -> bool:
    if token.lower_ not in PARTICLES or token.dep_ not in {"advmod", "prep", "acomp", "advcl"}:
        return False
    return all(child.dep_ != "pobj" for child in token.children)


def find_noun_frames(table: Table, noun: Token) -> tuple[Frame, ...]:
    """Return a noun's frames, those of a two-word noun such as "arms shipment" before those of its head."""
    lemma = noun.lemma_.lower()
    if not noun.is_sent_start:
        frames = table.get(f"{noun.nbor(-1).lower_} {lemma}")
        if frames:
            return frames
    return table.get(lemma) or table.get(noun.lower_, ())


def get_verb_key(verb: Token) -> str:
    """Return a verb's lemma with its particle, if any: "take up"."""
    for child in verb.children:
        if child.dep_ == "prt":
            return f"{verb.lemma_.lower()} {child.lower_}"
    return verb.lemma_.lower()
