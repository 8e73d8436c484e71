"""Whole documents as gold: our samples, and dispatches on other settings, annotated by reading them.

One YAML file a document, its text in it or `sample` naming one of ours. An entity has its `names`, and under `also` the
descriptions and pronouns of the text that stand for it; the ends of a claim are entities wherever in the document they
are named. `A or B` at an end accepts either. Each sentence is given by its first words.

Edges are scored by entity: each distinct (source, kind, target) of the document once. Names are scored as clusters by
B-cubed (Bagga and Baldwin 1998) over the places where a name that only one entity bears stands in the text: precision
over those places that the extractor found a mention at, recall over all of them.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from ingest.readers import read_paths
from ingest.types import Claim, Extraction, RawDocument
from tests.evaluation.gold import GoldClaim, find_names, parse_claim
from tests.evaluation.matching import (
    GoldScore,
    count_type,
    get_words,
    is_either_way,
    is_named,
    names_match,
    score_claims,
)

FOLDER = Path(__file__).parent / "gold_documents"
# The words of a description up to its head: "the foreign branch" of "the foreign branch of the Guards".
_HEAD = re.compile(r"\S+(?: (?!(?:of|in|at|from|for|who|whom|which|that|with)\b)\S+)*")
SAMPLES = Path(__file__).resolve().parents[2] / "ingest" / "samples"


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of a document: its type, its names, and the other words that stand for it."""

    type: str
    names: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldDocument:
    """A document with its entities by name, and its claims."""

    id: str
    document: RawDocument
    entities: dict[str, GoldEntity]
    claims: tuple[GoldClaim, ...]
    debatable: tuple[GoldClaim, ...]

    @cached_property
    def bearers(self) -> dict[str, str]:
        """Names that only one entity bears, to that entity."""
        borne = Counter(name for entity in self.entities.values() for name in entity.names)
        return {n: key for key, e in self.entities.items() for n in e.names if borne[n] == 1}


@dataclass(slots=True)
class DocumentScore:
    """A score over documents: `claims` one by one, `edges` by entity, and how well names are grouped.

    `clusters` sums B-cubed precision and recall with their numbers of places; `references` counts the descriptions and
    pronouns of gold that are resolved to the right entity, to a wrong one, or to none. A description is resolved where a
    mention covers the noun that heads it: "his" of "his brother" is another reference.
    """

    claims: GoldScore = field(default_factory=GoldScore)
    edges: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    clusters: Counter[str] = field(default_factory=Counter)
    cluster_sums: dict[str, float] = field(default_factory=lambda: {"precision": 0.0, "recall": 0.0})
    references: Counter[str] = field(default_factory=Counter)

    def summarize_clusters(self) -> dict[str, float]:
        """Return B-cubed precision, recall and F1."""
        precision = self.cluster_sums["precision"] / max(1, self.clusters["found"])
        recall = self.cluster_sums["recall"] / max(1, self.clusters["all"])
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rates = {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
        return rates | {"found": self.clusters["found"], "gold": self.clusters["all"]}


def read_document(path: Path) -> GoldDocument:
    """Return the gold of one file.

    Raises:
        ValueError: A claim cannot be parsed, or a sentence is not in the text; the message names the file.
    """
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    document = _read_text(path, content)
    claims: dict[str, list[GoldClaim]] = {"claims": [], "debatable": []}
    for sentence in content["sentences"]:
        start = document.text.find(sentence["in"])
        if start < 0:
            raise ValueError(f"{path.name}: no sentence begins {sentence['in']!r}")
        for key, found in claims.items():
            found += [parse_claim(line, start) for line in sentence.get(key, ())]
    entities = {
        name: GoldEntity(raw["type"], tuple(raw["names"]), tuple(raw.get("also", ())))
        for name, raw in content["entities"].items()
    }
    return GoldDocument(path.stem, document, entities, tuple(claims["claims"]), tuple(claims["debatable"]))


def _read_text(path: Path, content: Mapping[str, Any]) -> RawDocument:
    if "text" in content:
        return RawDocument(text=content["text"], origin=path.stem)
    (document,) = read_paths([str(SAMPLES / content["sample"])])
    if not isinstance(document, RawDocument):
        raise ValueError(f"{path.name}: {content['sample']} cannot be read")  # noqa: TRY004 - the file is at fault
    return document


def iter_documents(folder: Path = FOLDER) -> Iterator[GoldDocument]:
    """Yield every gold document, by file name."""
    for path in sorted(folder.glob("*.yaml")):
        yield read_document(path)


def find_entities(gold: GoldDocument, names: Sequence[str]) -> frozenset[str]:
    """Return the gold entities that bear one of these names: word for word, else one within the other."""
    wanted = {get_words(name) for name in names}
    borne = {key: (key, *entity.names, *entity.also) for key, entity in gold.entities.items()}
    exact = {key for key, own in borne.items() if any(get_words(name) in wanted for name in own)}
    if exact:
        return frozenset(exact)
    return frozenset(
        key
        for key, entity in gold.entities.items()
        if any(names_match(name, names) for name in (key, *entity.names))
    )


class _Resolver:
    """Which gold entities an extraction's mentions stand for; worked out once for each."""

    def __init__(self, gold: GoldDocument, extraction: Extraction) -> None:
        self._gold = gold
        self._extraction = extraction
        self._known: dict[int, frozenset[str]] = {}

    def resolve(self, mention: int) -> frozenset[str]:
        if mention not in self._known:
            written = self._extraction.mentions[mention]
            actor = self._extraction.actors[written.actor]
            own = (written.text,) if is_named(self._extraction, mention) else ()
            self._known[mention] = find_entities(self._gold, (*own, actor.surface, actor.name))
        return self._known[mention]

    def is_same(self, claim: Claim, gold: GoldClaim) -> bool:
        if claim.kind != gold.kind:
            return False
        source, target = self.resolve(claim.source), self.resolve(claim.target)
        left, right = set(gold.source.split(" or ")), set(gold.target.split(" or "))
        if left & source and right & target:
            return True
        return bool(left & target and right & source) and is_either_way(claim, gold)


def score_document(score: DocumentScore, gold: GoldDocument, extraction: Extraction) -> None:
    """Add one document's extraction to a score."""
    resolver = _Resolver(gold, extraction)
    score_claims(score.claims, gold.id, extraction, gold.claims, gold.debatable, resolver.is_same)
    _score_edges(score, gold, extraction, resolver)
    _score_entities(score, gold, extraction, resolver)
    _score_clusters(score, gold, extraction)
    _score_references(score, gold, extraction, resolver)


def _score_edges(
    score: DocumentScore, gold: GoldDocument, extraction: Extraction, resolver: _Resolver
) -> None:
    counting = [claim for claim in extraction.claims if claim.counts]
    wanted = {(g.source, g.kind, g.target): g for g in gold.claims if g.counts}
    for edge in wanted.values():
        outcome = "right" if any(resolver.is_same(claim, edge) for claim in counting) else "missed"
        for kind in (edge.kind, "all"):
            score.edges[kind][outcome] += 1
    accepted = [*wanted.values(), *gold.debatable]
    mentions = extraction.mentions
    wrong = {
        (mentions[claim.source].actor, claim.kind, mentions[claim.target].actor)
        for claim in counting
        if not any(resolver.is_same(claim, edge) for edge in accepted)
    }
    for _, kind, _ in wrong:
        score.edges[kind]["wrong"] += 1
        score.edges["all"]["wrong"] += 1


def _score_entities(
    score: DocumentScore, gold: GoldDocument, extraction: Extraction, resolver: _Resolver
) -> None:
    found: dict[str, str] = {}
    unknown: set[int] = set()
    for number, mention in enumerate(extraction.mentions):
        if not is_named(extraction, number):
            continue
        entities = resolver.resolve(number)
        found.update(dict.fromkeys(entities, mention.type))
        if not entities:
            unknown.add(mention.actor)
    named = {key: entity for key, entity in gold.entities.items() if entity.names}
    for key, entity in named.items():
        score.claims.entities["right" if key in found else "missed"] += 1
        if key in found:
            count_type(score.claims.types, entity.type, found[key])
    score.claims.entities["wrong"] += len(unknown)


def _find_mention(extraction: Extraction, start: int, end: int) -> int | None:
    """Return the mention that shares most characters with a stretch of text."""
    shared = {
        number: min(mention.end_char, end) - max(mention.start_char, start)
        for number, mention in enumerate(extraction.mentions)
        if mention.start_char < end and start < mention.end_char
    }
    return max(shared, key=lambda number: shared[number], default=None)


def _score_clusters(score: DocumentScore, gold: GoldDocument, extraction: Extraction) -> None:
    places: list[tuple[str, int | None]] = []
    for start, end, name in find_names(gold.document.text, gold.bearers):
        mention = _find_mention(extraction, start, end)
        actor = extraction.mentions[mention].actor if mention is not None else None
        places.append((gold.bearers[name], actor))
    both, by_entity = Counter(places), Counter(entity for entity, _ in places)
    by_actor = Counter(actor for _, actor in places)
    for entity, actor in places:
        score.clusters["all"] += 1
        if actor is not None:
            score.clusters["found"] += 1
            score.cluster_sums["precision"] += both[entity, actor] / by_actor[actor]
            score.cluster_sums["recall"] += both[entity, actor] / by_entity[entity]


def _score_references(
    score: DocumentScore, gold: GoldDocument, extraction: Extraction, resolver: _Resolver
) -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for key, entity in gold.entities.items():
        for words in entity.also:
            meant[words].add(key)
    for start, end, words in find_names(gold.document.text, dict.fromkeys(meant, "")):
        mention = _find_described(extraction, start, end)
        if mention is None:
            score.references["missed"] += 1
        else:
            score.references["right" if resolver.resolve(mention) & meant[words] else "wrong"] += 1


def _find_described(extraction: Extraction, start: int, end: int) -> int | None:
    """Return the mention of a description's head: the last word before the phrase or clause that follows it."""
    words = extraction.document.text[start:end]
    head = _HEAD.match(words)
    at = start + (head.end() if head else len(words)) - 1
    covering = {
        number: min(mention.end_char, end) - max(mention.start_char, start)
        for number, mention in enumerate(extraction.mentions)
        if mention.start_char <= at < mention.end_char
    }
    return max(covering, key=lambda number: covering[number], default=None)
