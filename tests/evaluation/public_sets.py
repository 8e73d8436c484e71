"""Annotated sets that live beside the checkout: JSON Lines, with a `score.py` next to their folder."""

import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from app.answers.extracting import describe_extraction
from ingest.gazetteer import Gazetteer
from ingest.types import Extraction, RawDocument
from tests.evaluation.curve import Point
from tests.evaluation.matching import Judged

Scorer = Callable[..., dict[str, Any]]
Record = dict[str, Any]
_THRESHOLDS = 50


def find_sets(eval_dir: Path) -> dict[str, Path]:
    """Return the annotated sets by name; none where the folder or its scorer is absent."""
    if not (eval_dir / "score.py").is_file():
        return {}
    return {path.stem: path for path in sorted((eval_dir / "dev").glob("*.jsonl"))}


def load_scorer(path: Path) -> Scorer:
    """Return the `score` function of a scorer file."""
    spec = importlib.util.spec_from_file_location("evaluation_score", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    scorer: Scorer = module.score
    return scorer


def read_records(path: Path, limit: int | None = None) -> list[Record]:
    """Return the records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    return records[:limit]


def write_records(path: Path, records: Iterable[Record]) -> None:
    """Write records as a JSON Lines file."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def iter_documents(records: Iterable[Record]) -> Iterator[RawDocument]:
    """Yield each record as a document."""
    for record in records:
        yield RawDocument(text=record["text"], external_id=record["id"])


def predict(extraction: Extraction, gazetteer: Gazetteer) -> Record:
    """Return an extraction in the scorer's shape, just as `actorgraph extract --jsonl` writes it.

    An edge also names the rule of its surest claim, which the scorer leaves aside.
    """
    answer = describe_extraction(extraction.document.external_id, extraction, gazetteer)
    rules: dict[tuple[str, str, str], str] = {}
    for claim in sorted(answer.claims, key=lambda claim: -claim.confidence):
        if claim.counts:
            rules.setdefault((claim.source, claim.kind, claim.target), claim.rule)
    edges = [edge.model_dump() for edge in answer.edges]
    for edge in edges:
        edge["rule"] = rules.get((edge["source"], edge["relation"], edge["target"]), edge["origin"])
    return {
        "id": answer.id,
        "entities": [{"text": entity.text} for entity in answer.entities],
        "edges": edges,
    }


def judge_edges(score: Scorer, gold: Sequence[Record], predictions: Sequence[Record]) -> list[Judged]:
    """Return each predicted edge that the set judges at all, held against its record alone.

    Edges between pairs that are not annotated, and those of debatable gold, are neither right nor wrong.
    """
    judged: list[Judged] = []
    for record, prediction in zip(gold, predictions, strict=True):
        for edge in prediction["edges"]:
            result = score([record], [{"id": record["id"], "entities": [], "edges": [edge]}])
            counts = result.get("relations", {})
            if counts.get("tp") or counts.get("fp"):
                right = bool(counts["tp"])
                judged.append(Judged(edge["rule"], edge["relation"], edge["confidence"], right, right))
    return judged


def build_curve(score: Scorer, gold: Sequence[Record], predictions: Sequence[Record]) -> list[Point]:
    """Return precision and recall, by the set's own scorer, over thresholds of confidence, the highest first.

    A threshold above every edge that the set judges has no precision, and no point.

    Cost: one scoring of the set for each of at most 50 thresholds.
    """
    found = sorted({edge["confidence"] for p in predictions for edge in p["edges"]}, reverse=True)
    step = max(1, -(-len(found) // _THRESHOLDS))
    points: list[Point] = []
    for threshold in dict.fromkeys([*found[::step], *found[-1:]]):
        kept = [
            p | {"edges": [edge for edge in p["edges"] if edge["confidence"] >= threshold]}
            for p in predictions
        ]
        counts = score(gold, kept).get("relations", {})
        if counts.get("tp", 0) + counts.get("fp", 0):
            points.append(Point(round(threshold, 4), counts["P"], counts["R"]))
    return points
