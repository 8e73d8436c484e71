"""Measure extraction on our own gold: `python -m tests.evaluation.own_gold [--errors]`."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.pipeline import Pipeline
from tests.evaluation.gold import GoldScore, iter_gold, score_sentence, to_document

DEFAULT_OUTPUT = Path(__file__).resolve().parents[2] / "build" / "evaluation" / "own_gold.json"


def measure(pipeline: Pipeline) -> GoldScore:
    """Return the score of a pipeline over every gold sentence."""
    sentences = list(iter_gold())
    score = GoldScore()
    extractions = pipeline.extract_all(to_document(sentence) for sentence in sentences)
    for sentence, extraction in zip(sentences, extractions, strict=True):
        score_sentence(score, sentence, extraction)
    return score


def get_rates(counts: Mapping[str, int]) -> dict[str, float]:
    """Return precision, recall and F1 of counts of `right`, `wrong` and `missed`."""
    right, wrong, missed = counts.get("right", 0), counts.get("wrong", 0), counts.get("missed", 0)
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def get_accuracy(counts: Counter[str]) -> float:
    """Return the share of `right` among all."""
    return round(counts["right"] / max(1, counts.total()), 3)


def summarize(score: GoldScore) -> dict[str, Any]:
    """Return every rate of a score, ready for JSON."""
    kinds = sorted(score.relations, key=lambda kind: (kind != "all", kind))
    return {
        "entities": get_rates(score.entities) | {"type_accuracy": get_accuracy(score.types)},
        "claims": {kind: get_rates(score.relations[kind]) | dict(score.relations[kind]) for kind in kinds},
        "edges": get_rates(score.edges),
        "polarity_accuracy": get_accuracy(score.polarity),
        "modality_accuracy": get_accuracy(score.modality),
        "attribution": get_rates(score.speakers),
    }


def format_table(summary: dict[str, Any]) -> str:
    """Return a summary as lines of a table."""
    rows = {"entities": summary["entities"], "counting edges": summary["edges"]}
    rows |= {f"claims: {kind}": rates for kind, rates in summary["claims"].items()}
    rows["attribution"] = summary["attribution"]
    lines = [f"{'own gold':22} {'P':>6} {'R':>6} {'F1':>6}"]
    lines += [
        f"{name:22} {r['precision']:6.3f} {r['recall']:6.3f} {r['f1']:6.3f}" for name, r in rows.items()
    ]
    lines.append(f"type accuracy {summary['entities']['type_accuracy']:.3f}")
    lines.append(f"polarity accuracy {summary['polarity_accuracy']:.3f}")
    lines.append(f"modality accuracy {summary['modality_accuracy']:.3f}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, and the errors when asked; write the rates as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print every error, with its sentence")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    options = parser.parse_args(arguments)
    score = measure(Pipeline.load())
    summary = summarize(score)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(summary, indent=1), encoding="utf-8")
    if options.errors:
        print("\n".join(score.errors))
    print(format_table(summary))
    return 0


if __name__ == "__main__":
    sys.exit(main())
