"""One block as the structural rules see it: its parse, its mentions by token, and the findings so far."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from graph.models import Modality
from graph.ontology import get_ontology
from ingest.bearers import Roster
from ingest.lexicon import Lexicon, LexiconError, is_from_outside, per_lexicon, read_rules
from ingest.parse import Doc, Token
from ingest.types import Actor, Finding, Mention, ParsedBlock

ALL_TYPES = frozenset(get_ontology().entity_types)
BODY_TYPES = frozenset({"armed-group", "party", "organization", "security-force", "government-body", "media"})
AREA_TYPES = frozenset({"place", "country"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What a verb says of its arguments.

    Attributes:
        source: `agent`, `patient`, or the prepositions before it.
        target: Likewise.
        modality: What the verb itself says, such as `past` for "resigned from".
        verbs: Of a noun, those whose subject acts where nobody is named beside it; empty for none.
        particles: Small words of which the verb must have one behind it; empty for none: "took over".
    """

    lemmas: frozenset[str]
    kind: str
    how: str | None
    source: tuple[str, ...]
    target: tuple[str, ...]
    source_types: frozenset[str]
    target_types: frozenset[str]
    confidence: float
    modality: Modality | None
    verbs: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NounFrame:
    """What a noun in a phrase says: "took control of Mosul", "at the head of the party", "on its payroll".

    Attributes:
        inverted: Whether who has what the noun names is the target: "is under the command of Amiri".
        prepositions: Before the other end; else whose the noun is.
        verbs: The verbs it may be the object of, whose subject has it; empty for none.
        phrases: The prepositions that it may stand behind, in a phrase about whoever has it; empty for none.
        owned: Whether whoever owns it has it: "Amiri's leadership of the party".
    """

    lemmas: frozenset[str]
    kind: str
    how: str
    inverted: bool
    prepositions: frozenset[str]
    source_types: frozenset[str]
    target_types: frozenset[str]
    verbs: frozenset[str]
    phrases: frozenset[str]
    owned: bool
    confidence: float
    modality: Modality | None


@dataclass(frozen=True, slots=True)
class Structure:
    """The words of lexicon/structure.yaml."""

    frames: Mapping[str, tuple[Frame, ...]]
    adjectives: Mapping[str, tuple[Frame, ...]]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    place_adjectives: Mapping[str, tuple[Frame, ...]]
    nominals: Mapping[str, tuple[Frame, ...]]
    bearing: frozenset[str]
    naming: frozenset[str]
    putting: frozenset[str]
    reaching: frozenset[str]
    leaving: frozenset[str]
    member_roles: frozenset[str]
    field_roles: frozenset[str]
    civil_roles: frozenset[str]
    speaking: frozenset[str]
    parts: Mapping[str, str]
    place_nouns: frozenset[str]
    directions: frozenset[str]
    sending: frozenset[str]
    assigning: frozenset[str]
    holding: frozenset[str]
    taking: frozenset[str]
    forces: frozenset[str]


@per_lexicon
def get_structure(lexicon: Lexicon) -> Structure:
    """Return the words for structure of the lexicon in use; read from disk once a process.

    Raises:
        LexiconError: A kind, way or entity type is not in the ontology.
    """
    raw = read_rules(lexicon.folders, "structure")
    return Structure(
        _sort(_parse_frame(entry) for entry in raw["frames"]),
        _sort(_parse_frame(entry) for entry in raw["adjectives"]),
        _sort(_parse_noun(entry) for entry in raw["nouns"]),
        _sort(_parse_frame(entry) for entry in raw["place_adjectives"]),
        _sort(_parse_frame(entry) for entry in raw["nominals"]),
        frozenset(raw["bearing"]),
        frozenset(raw["naming"]),
        frozenset(raw["putting"]),
        frozenset(raw["reaching"]),
        frozenset(raw["leaving"]),
        frozenset(raw["member_roles"]),
        frozenset(raw["field_roles"]),
        frozenset(raw["civil_roles"]),
        frozenset(raw["speaking"]),
        {noun: how for how, words in raw["parts"].items() for noun in words},
        frozenset(raw["place_nouns"]),
        frozenset(raw["directions"]),
        frozenset(raw["missions"]["sending"]),
        frozenset(raw["missions"]["sending"] + raw["missions"]["assigning"]),
        frozenset(raw["missions"]["holding"]),
        frozenset(raw["missions"]["taking"]),
        frozenset(raw["forces"]),
    )


_AnyFrame = TypeVar("_AnyFrame", Frame, NounFrame)


def _sort(frames: Iterable[_AnyFrame]) -> dict[str, tuple[_AnyFrame, ...]]:
    """Return frames by lemma."""
    found: dict[str, list[_AnyFrame]] = {}
    for frame in frames:
        for lemma in frame.lemmas:
            found.setdefault(lemma, []).append(frame)
    return {lemma: tuple(listed) for lemma, listed in found.items()}


def _parse_frame(entry: Mapping[str, Any]) -> Frame:
    _check(entry)
    return Frame(
        frozenset(entry["lemmas"]), entry["kind"], entry["how"], _parse_side(entry["source"]), _parse_side(entry["target"]),
        _parse_types(entry, "source_types"), _parse_types(entry, "target_types"),
        entry["confidence"], entry.get("modality"), frozenset(entry.get("verbs", ())), frozenset(entry.get("particles", ())),
    )  # fmt: skip


def _parse_noun(entry: Mapping[str, Any]) -> NounFrame:
    _check(entry)
    inverted = entry["target"] == "agent"
    other = entry["source"] if inverted else entry["target"]
    return NounFrame(
        frozenset(entry["lemmas"]), entry["kind"], entry["how"], inverted, frozenset(_parse_side(other)),
        _parse_types(entry, "source_types"), _parse_types(entry, "target_types"),
        frozenset(entry.get("verbs", ())), frozenset(entry.get("phrases", ())), bool(entry.get("owned", False)),
        entry["confidence"], entry.get("modality"),
    )  # fmt: skip


def _check(entry: Mapping[str, Any]) -> None:
    kinds = get_ontology().relation_kinds
    kind = kinds.get(entry["kind"])
    if kind is None:
        _fail(entry, "kind", f"{entry['kind']!r} is none of {', '.join(kinds)}")
    if entry["how"] is not None and entry["how"] not in kind.how:
        _fail(
            entry,
            "how",
            f"{entry['how']!r} is no way of {kind.name}; the ways are {', '.join(sorted(kind.how))}",
        )


def _fail(entry: Mapping[str, Any], field_name: str, message: str) -> NoReturn:
    file = str(entry.path) if is_from_outside(entry) and hasattr(entry, "path") else "structure.yaml"
    raise LexiconError(file, message, field=field_name, line=getattr(entry, "line", None))


def _parse_side(raw: str | list[str]) -> tuple[str, ...]:
    return (raw,) if isinstance(raw, str) else tuple(raw)


def _parse_types(entry: Mapping[str, Any], field_name: str) -> frozenset[str]:
    types = frozenset(entry.get(field_name, ALL_TYPES))
    if strange := types - ALL_TYPES:
        _fail(entry, field_name, f"{', '.join(sorted(strange))} is none of {', '.join(sorted(ALL_TYPES))}")
    return types


@dataclass
class Scene:
    """A block under the structural rules.

    Attributes:
        here: Indices of this block's mentions, in text order.
    """

    index: int
    parsed: ParsedBlock
    mentions: Sequence[Mention]
    actors: Sequence[Actor]
    roster: Roster
    here: tuple[int, ...]
    findings: list[Finding] = field(default_factory=list)

    @classmethod
    def build(
        cls,
        index: int,
        parsed: ParsedBlock,
        mentions: Sequence[Mention],
        actors: Sequence[Actor],
        here: Iterable[int],
    ) -> "Scene":
        """Gather what the rules need of one block; `here` are the indices of its mentions."""
        own = sorted(here)
        ordered = tuple(sorted(own, key=lambda i: (mentions[i].start_token, -mentions[i].end_token)))
        return cls(index, parsed, mentions, actors, Roster(parsed.doc, index, mentions, own), ordered)

    @property
    def doc(self) -> Doc:
        """The block's parse."""
        return self.parsed.doc

    def get_head(self, mention: int) -> Token:
        """Return the token that heads a mention of this block."""
        return self.parsed.doc.tokens[self.mentions[mention].head_token]

    def get(self, token: Token) -> int | None:
        """Return the mention that a token heads, the shortest where several do; else the one it lies in."""
        headed = self._heads.get(token.i)
        return headed if headed is not None else self.roster.get(token)

    def find_beside(self, noun: Token) -> int | None:
        """Return the name behind a noun that it stands beside: "his deputy, Ana Ruiz,"."""
        named = (self.get(child) for child in noun.children if child.dep_ == "appos" and child.i > noun.i)
        return next((name for name in named if name is not None), None)

    def is_named(self, token: Token) -> bool:
        """Say whether a token is part of a name, and no common noun such as that of "Iran's ambassador"."""
        index = self.get(token)
        if index is None:
            return False
        mention = self.mentions[index]
        return not (mention.head_token == token.i and token.pos_ == "NOUN" and mention.resolution != "name")

    def find_ending_at(self, token: int) -> int | None:
        """Return the longest mention whose last token is the one before `token`."""
        return self._ends.get(token)

    def find_starting_at(self, token: int) -> int | None:
        """Return the longest mention whose first token is `token`."""
        return self._starts.get(token)

    def __post_init__(self) -> None:
        self._starts: dict[int, int] = {}
        self._ends: dict[int, int] = {}
        self._heads: dict[int, int] = {}
        for index in reversed(self.here):
            mention = self.mentions[index]
            self._starts[mention.start_token] = index
        for index in self.here:
            self._ends.setdefault(self.mentions[index].end_token, index)
            self._heads[self.mentions[index].head_token] = index
        for index in reversed(self.here):
            known = self._starts.get(self.mentions[index].start_token)
            if known is None or self.mentions[known].end_token < self.mentions[index].end_token:
                self._starts[self.mentions[index].start_token] = index

    def add(
        self,
        source: int,
        kind: str,
        how: str | None,
        target: int,
        trigger: Token,
        confidence: float,
        rule: str,
        modality: Modality | None = None,
    ) -> bool:
        """Keep a finding if the ontology allows its ends; says whether it does."""
        one, other = self.mentions[source], self.mentions[target]
        if one.actor == other.actor or not get_ontology().get_relation(kind).allows(one.type, other.type):
            return False
        if (
            kind == "located-in"
            and one.type == "country"
            and how not in {"visits", "controls-territory", "deployed-to", "operates-in"}
        ):
            return False
        self.findings.append(
            Finding(self.index, source, kind, how, target, trigger.i, round(confidence, 3), rule, modality)
        )
        return True
