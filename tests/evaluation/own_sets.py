"""Our own gold measured: seen sentences, unseen sentences, and whole documents."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.pipeline import Pipeline
from ingest.types import Extraction, RawDocument
from tests.evaluation import baseline
from tests.evaluation.documents import DocumentScore, iter_documents, score_document
from tests.evaluation.gold import iter_gold, to_document
from tests.evaluation.matching import GoldScore, Judged, get_accuracy, get_rates, score_sentence

Extractor = Callable[[Iterable[RawDocument]], Iterator[Extraction]]
Rates = dict[str, float]


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What one of our own sets gave: rates for JSON, judged claims, the number gold counts, and errors in words."""

    summary: dict[str, Any]
    judged: list[Judged]
    gold: int
    errors: list[str]


def measure_sentences(extract: Extractor, *, unseen: bool = False) -> OwnResult:
    """Return the score over gold sentences, the seen or the unseen."""
    sentences = list(iter_gold(unseen=unseen))
    score = GoldScore()
    extractions = extract(to_document(sentence) for sentence in sentences)
    for sentence, extraction in zip(sentences, extractions, strict=True):
        score_sentence(score, sentence, extraction)
    summary = {"texts": len(sentences)} | summarize(score, score.edges)
    return OwnResult(summary, score.judged, _count_gold(score), score.errors)


def measure_documents(extract: Extractor) -> OwnResult:
    """Return the score over gold documents, edges by entity."""
    documents = list(iter_documents())
    score = DocumentScore()
    extractions = extract(gold.document for gold in documents)
    for gold, extraction in zip(documents, extractions, strict=True):
        score_document(score, gold, extraction)
    summary = {"texts": len(documents)} | summarize(score.claims, score.edges)
    summary["clusters"] = score.summarize_clusters()
    summary["references"] = dict(sorted(score.references.items())) | {
        "accuracy": get_accuracy(score.references)
    }
    return OwnResult(summary, score.claims.judged, _count_gold(score.claims), score.claims.errors)


def measure_own_sets(pipeline: Pipeline) -> dict[str, OwnResult]:
    """Return the extractor's results on our own sets, by name."""
    return _measure_all(pipeline.extract_all)


def measure_baseline(pipeline: Pipeline) -> dict[str, OwnResult]:
    """Return the naive baseline's results on our own sets, by name."""
    return _measure_all(lambda documents: baseline.extract_all(pipeline, documents))


def _measure_all(extract: Extractor) -> dict[str, OwnResult]:
    return {
        "own gold": measure_sentences(extract),
        "unseen": measure_sentences(extract, unseen=True),
        "documents": measure_documents(extract),
    }


def _count_gold(score: GoldScore) -> int:
    return score.edges["all"]["right"] + score.edges["all"]["missed"]


def _rate_kinds(counts: Mapping[str, Counter[str]]) -> dict[str, Rates]:
    return {kind: get_rates(counts[kind]) for kind in sorted(counts, key=lambda kind: (kind != "all", kind))}


def summarize(score: GoldScore, edges: Mapping[str, Counter[str]]) -> dict[str, Any]:
    """Return every rate of a score, ready for JSON."""
    return {
        "entities": get_rates(score.entities) | {"type_accuracy": get_accuracy(score.types)},
        "edges": _rate_kinds(edges),
        "claims": _rate_kinds(score.relations),
        "polarity_accuracy": get_accuracy(score.polarity),
        "modality_accuracy": get_accuracy(score.modality),
        "scope_confusion": dict(sorted(score.confusion.items())),
        "attribution": get_rates(score.speakers),
    }
