"""Annotated sets: how predictions are shaped for their scorer, and what is made of its answers."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ingest.gazetteer import Gazetteer
from ingest.lexicon import get_lexicon
from tests.evaluation.conftest import MakeExtraction
from tests.evaluation.curve import Point
from tests.evaluation.public_sets import Record, build_curve, find_sets, judge_edges, load_scorer, predict

SCORER = '''
"""Right is what gold lists; `ignored` is not judged."""
def score(gold, pred):
    tp = fp = fn = 0
    for record, found in zip(gold, pred):
        edges = [edge["relation"] for edge in found["edges"] if edge["relation"] not in record["ignored"]]
        tp += sum(relation in record["edges"] for relation in edges)
        fp += sum(relation not in record["edges"] for relation in edges)
        fn += len(set(record["edges"]) - set(edges))
    if not tp + fp + fn:
        return {}
    return {"relations": {"tp": tp, "fp": fp, "fn": fn, "P": tp / max(1, tp + fp), "R": tp / max(1, tp + fn)}}
'''


def make_edge(relation: str, confidence: float) -> dict[str, Any]:
    """Return a predicted edge."""
    return {"source": "A", "relation": relation, "target": "B", "confidence": confidence, "rule": "verb"}


def make_records() -> tuple[Sequence[Record], Sequence[Record]]:
    """Return gold and predictions of one record: one right, one wrong, two not judged, one missed."""
    gold = [{"id": "1", "edges": ["supports", "commands"], "ignored": ["located-in"]}]
    edges = [make_edge("supports", 0.9), make_edge("opposes", 0.5), make_edge("located-in", 0.7)]
    edges.append(make_edge("located-in", 0.95))
    return gold, [{"id": "1", "entities": [], "edges": edges}]


def test_sets_are_found_beside_their_scorer(tmp_path: Path) -> None:
    """No folder or no scorer, no sets."""
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "news.jsonl").write_text("", encoding="utf-8")
    assert find_sets(tmp_path) == {}
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    assert find_sets(tmp_path) == {"news": tmp_path / "dev" / "news.jsonl"}


def test_predictions_are_what_counts_with_the_best_confidence(make_extraction: MakeExtraction) -> None:
    """Denied and possible claims are not predicted; an edge found twice has the higher confidence."""
    found = make_extraction(
        "Ann and Bob",
        (["Ann"], ["Bob"]),
        ("Ann", "supports", "Bob", {"confidence": 0.6, "rule": "noun"}),
        ("Ann", "supports", "Bob", {"confidence": 0.9, "rule": "verb"}),
        ("Ann", "opposes", "Bob", {"polarity": "denied"}),
        ("Bob", "opposes", "Ann", {"modality": "possible"}),
    )
    prediction = predict(found, Gazetteer(get_lexicon()))
    assert prediction["edges"] == [
        {
            "source": "Ann",
            "relation": "supports",
            "target": "Bob",
            "confidence": 0.9,
            "origin": "text",
            "rule": "verb",
        }
    ]
    assert prediction["entities"] == [{"text": "Ann"}, {"text": "Bob"}]


def test_only_judged_edges_are_calibrated(tmp_path: Path) -> None:
    """An edge that the set leaves aside is neither right nor wrong."""
    path = tmp_path / "score.py"
    path.write_text(SCORER, encoding="utf-8")
    judged = judge_edges(load_scorer(path), *make_records())
    assert [(claim.confidence, claim.right) for claim in judged] == [(0.9, True), (0.5, False)]


def test_curve_asks_the_scorer_at_each_confidence(tmp_path: Path) -> None:
    """Precision falls and recall stays as less sure edges come in."""
    path = tmp_path / "score.py"
    path.write_text(SCORER, encoding="utf-8")
    assert build_curve(load_scorer(path), *make_records()) == [
        Point(0.9, 1.0, 0.5),
        Point(0.7, 1.0, 0.5),
        Point(0.5, 0.5, 0.5),
    ]
