"""Our own gold measured: seen sentences, unseen sentences, and whole documents."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.evaluation.baseline import ComparedPipeline
from tests.evaluation.documents import DocumentScore, iter_documents, score_document
from tests.evaluation.gold import iter_gold, to_document
from tests.evaluation.matching import GoldScore, Judged, get_accuracy, get_rates, score_sentence

Rates = dict[str, float]


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What one of our own sets gave: rates for JSON, judged claims, the number gold counts, and errors in words."""

    summary: dict[str, Any]
    judged: list[Judged]
    gold: int
    errors: list[str]


Compared = tuple[OwnResult, OwnResult]  # the extractor's, and the baseline's


def measure_sentences(pipeline: ComparedPipeline, *, unseen: bool = False) -> Compared:
    """Return the results over gold sentences, the seen or the unseen."""
    sentences = list(iter_gold(unseen=unseen))
    scores = GoldScore(), GoldScore()
    compared = pipeline.compare_all(to_document(sentence) for sentence in sentences)
    for sentence, extractions in zip(sentences, compared, strict=True):
        for score, extraction in zip(scores, extractions, strict=True):
            score_sentence(score, sentence, extraction)
    ours, naive = (_make_result(len(sentences), score, score.edges) for score in scores)
    return ours, naive


def measure_documents(pipeline: ComparedPipeline) -> Compared:
    """Return the results over gold documents, edges by entity."""
    documents = list(iter_documents())
    scores = DocumentScore(), DocumentScore()
    compared = pipeline.compare_all(gold.document for gold in documents)
    for gold, extractions in zip(documents, compared, strict=True):
        for score, extraction in zip(scores, extractions, strict=True):
            score_document(score, gold, extraction)
    ours, naive = (_make_result(len(documents), score.claims, score.edges) for score in scores)
    for result, score in ((ours, scores[0]), (naive, scores[1])):
        result.summary["clusters"] = score.summarize_clusters()
        result.summary["references"] = {
            **dict(sorted(score.references.items())),
            "accuracy": get_accuracy(score.references),
        }
    return ours, naive


def measure_own_sets(pipeline: ComparedPipeline) -> dict[str, Compared]:
    """Return the extractor's and the baseline's results on our own sets, by name."""
    return {
        "own gold": measure_sentences(pipeline),
        "unseen": measure_sentences(pipeline, unseen=True),
        "documents": measure_documents(pipeline),
    }


def _make_result(texts: int, score: GoldScore, edges: Mapping[str, Counter[str]]) -> OwnResult:
    gold = score.edges["all"]["right"] + score.edges["all"]["missed"]
    return OwnResult({"texts": texts} | summarize(score, edges), score.judged, gold, score.errors)


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
