"""Everything that is measured, one part after the other, and what was to be reached at the end.

    python -m tests.benchmarks --edges 1e4,1e5,1e6,1e7

A part that fails is named, and the others go on. Each writes its own JSON into `build/benchmarks`; `summary.json` has
the targets of all. Ctrl-C ends the part that runs, and the next is begun; twice ends the run.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.separate import write_json
from tests.benchmarks.table import Target, show_verdicts

_FOLDER = Path("build/benchmarks")


def run_part(name: str, arguments: list[str]) -> dict[str, Any]:
    """Run one part to its end; return its seconds and how it ended."""
    out = _FOLDER / f"{name}.json"
    # What an earlier run left would be taken for this one's.
    out.unlink(missing_ok=True)
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", "--out", str(out), *arguments]
    start = time.monotonic()
    # One thread for matrix products: what is measured is one process.
    process = subprocess.Popen(command, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    try:
        code = process.wait()
    except KeyboardInterrupt:
        # The part was told as well, and writes what it knows.
        code = process.wait()
    return {"seconds": time.monotonic() - start, "exit": code}


def collect_targets(folder: Path, parts: list[str]) -> dict[str, Target]:
    """Return the targets of all parts that wrote any, by part and row."""
    targets: dict[str, Target] = {}
    for part in parts:
        path = folder / f"{part}.json"
        if not path.exists():
            continue
        told = json.loads(path.read_text(encoding="utf-8"))
        if "sizes" in told:
            for edges, size in told["sizes"].items():
                targets |= {f"{row}, {int(edges):,} edges": Target(**t) for row, t in size["targets"].items()}
        else:
            targets |= {f"{part}: {row}": Target(**target) for row, target in told["targets"].items()}
    return targets


def main(arguments: list[str] | None = None) -> int:
    """Run every part, print what was to be reached, and write `build/benchmarks/summary.json`; 1 if a part failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--edges", default="1e4,1e5,1e6,1e7", help="sizes of graphs, comma-separated")
    parser.add_argument("--long-chars", default="2000000", help="length of the longest text that is read")
    options = parser.parse_args(arguments)
    parts = {
        "graph": ["--edges", options.edges],
        "snapshot": ["--edges", options.edges],
        "product": [],
        "extraction": ["--long-chars", options.long_chars],
    }
    _FOLDER.mkdir(parents=True, exist_ok=True)
    ran = {}
    for name, given in parts.items():
        print(f"{name}:", file=sys.stderr, flush=True)
        ran[name] = run_part(name, given)
    targets = collect_targets(_FOLDER, list(parts))
    print(show_verdicts(targets))
    for name, end in ran.items():
        print(f"{name}: {end['seconds'] / 60:.1f} min{' - FAILED' if end['exit'] else ''}")
    write_json(
        _FOLDER / "summary.json",
        {"parts": ran, "targets": {row: target._asdict() for row, target in targets.items()}},
    )
    return int(any(end["exit"] for end in ran.values()))


if __name__ == "__main__":
    sys.exit(main())
