"""The graph engine beside others, on the same graphs, asked the same questions, in one run.

    python -m tests.benchmarks.graph --edges 1e4,1e5,1e6,1e7

Each engine runs in a process of its own, one at a time, so that memory is its own too. One that is not installed, fails
or takes too long is said to, and the others go on. Answers are compared: an engine whose path lengths differ ends the
run with an error. Ctrl-C ends the run with what is known so far.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import ENGINES, LARGEST, answers_row
from tests.benchmarks.measuring import save_graph
from tests.benchmarks.random_graphs import make_graph
from tests.benchmarks.table import Target, format_table, show_time

ROWS = (
    "build", "peak_mib", "memory_mib", "filter", "hop_path", "filtered_hop_path", "weighted_path", "filtered_weighted_path", "neighborhood",
    "best_paths", "pagerank", "betweenness",
)  # fmt: skip
_TARGET_EDGES = 10_000_000
_TARGET_PATHS_EDGES = 1_000_000
_LOADING_S = 60.0
"""What loading a library and our compiled kernels may take beside the questions, on a busy machine."""
Measured = dict[str, dict[str, Any]]


def measure_engine(name: str, folder: Path, cap_s: float, rows: tuple[str, ...] = ROWS) -> Measured:
    """Return what one engine tells of one graph; `capped` where it was stopped before it had told all.

    Args:
        name: One of `ENGINES`.
        folder: Where the graph is.
        cap_s: Most seconds for all its rows.
        rows: Which questions it is asked.
    """
    command = [sys.executable, "-m", "tests.benchmarks.measuring", name, "--most-s", str(cap_s / 12)]
    measured: Measured = {}
    command += ["--folder", str(folder), "--rows", *rows]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        out, errors = process.communicate(timeout=cap_s + _LOADING_S)
    except subprocess.TimeoutExpired:
        process.kill()
        out, errors = process.communicate()
        measured["capped"] = {"after_s": cap_s}
    except KeyboardInterrupt:
        process.kill()
        raise
    for line in out.splitlines():
        told = json.loads(line)
        measured[told.pop("row")] = told
    if process.returncode and "capped" not in measured:
        measured["failed"] = {"reason": errors.strip().splitlines()[-1] if errors.strip() else "no word"}
    return measured


def check_answers(engines: Mapping[str, Measured]) -> Iterator[str]:
    """Yield where engines disagree: other lengths, weights, sizes or scores than the first that answered."""
    for row in ROWS[4:]:
        reference: tuple[str, list[Any]] | None = None
        for name, measured in engines.items():
            answers = measured.get(row, {}).get("answers", [])
            if not answers:
                continue
            if reference is None:
                reference = (name, answers)
            for number, (one, other) in enumerate(zip(reference[1], answers, strict=False)):
                if not _is_same(one, other):
                    yield f"{row}, question {number}: {reference[0]} says {one}, {name} says {other}"
                    break


def _is_same(one: Any, other: Any) -> bool:  # noqa: ANN401 (a number or a list of numbers)
    if isinstance(one, list):
        return len(one) == len(other) and all(_is_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(abs(one - other) <= 1e-5 * max(1.0, abs(one)))


def get_median(measured: Measured, row: str) -> float | None:
    """Return the median time of a row in seconds (MiB for memory); None where there is none."""
    times = measured.get(row, {}).get("times")
    return statistics.median(times) if times else None


def judge(engines: Mapping[str, Measured], edges: int) -> dict[str, Target]:
    """Return the targets that hold at this size, whether they are met, and in brackets what was measured."""
    ours = {row: get_median(engines.get("actorgraph", {}), row) for row in ROWS}
    targets: dict[str, Target] = {}

    def limit(row: str, words: str, most: float) -> None:
        mine = ours[row]
        shown = "" if mine is None else f" ({show_value(row, mine)})"
        targets[row] = Target(f"{words}{shown}", None if mine is None else mine <= most)

    def compare(row: str, factor: float, engine: str, other: str = "") -> None:
        mine, theirs = ours[row], get_median(engines.get(engine, {}), other or row)
        words = f"<= {factor:g}x {'unfiltered' if other else engine}"
        if mine is None or theirs is None:
            targets[row] = Target(words, None)
        else:
            targets[row] = Target(f"{words} ({mine / theirs:.2f}x)", mine <= factor * theirs)

    compare("filtered_hop_path", 2, "actorgraph", "hop_path")
    compare("filtered_weighted_path", 2, "actorgraph", "weighted_path")
    if edges == _TARGET_EDGES:
        limit("build", "<= 3 s", 3.0)
        limit("peak_mib", "<= 250 MiB", 250.0)
        compare("hop_path", 0.5, "networkit")
        compare("weighted_path", 0.25, "networkit")
        compare("neighborhood", 1, "igraph")
        compare("pagerank", 1.2, "scipy")
    if edges == _TARGET_PATHS_EDGES:
        limit("best_paths", "<= 100 ms", 0.1)
        compare("betweenness", 1, "igraph")
    return targets


def show_value(row: str, median: float) -> str:
    """Return a row's median in its unit."""
    return f"{median:.0f} MiB" if row.endswith("_mib") else show_time(median)


def show(engines: Mapping[str, Measured], edges: int) -> str:
    """Return the table of one size."""
    rows: dict[str, list[str]] = {}
    for row in ROWS:
        cells = []
        for name, measured in engines.items():
            median = get_median(measured, row)
            cells.append(
                _say_missing(name, measured, row, edges) if median is None else show_value(row, median)
            )
        rows[row] = cells
    title = f"{edges:,} edges, {edges // 10:,} nodes: medians; betweenness for each source"
    table = format_table(title, list(engines), rows, judge(engines, edges))
    failures = [f"{name}: {m['failed']['reason']}" for name, m in engines.items() if "failed" in m]
    return "\n".join([table, *failures])


def _say_missing(name: str, measured: Measured, row: str, edges: int) -> str:
    """Say why an engine told nothing of a row: a dash where it is not asked."""
    if not answers_row(name, row) or row not in choose_rows(edges):
        return "-"
    if "capped" in measured:
        return f"> {measured['capped']['after_s']:g} s"
    return "failed" if "failed" in measured else "-"


def choose_rows(edges: int) -> tuple[str, ...]:
    """Return what engines are asked of a graph: five best paths only up to the size that their target is about."""
    return tuple(row for row in ROWS if row != "best_paths" or edges <= _TARGET_PATHS_EDGES)


def show_growth(sizes: Mapping[int, Mapping[str, Measured]]) -> str:
    """Return the table of our own medians, a column a size."""
    rows = {}
    for row in ROWS:
        medians = [get_median(engines.get("actorgraph", {}), row) for engines in sizes.values()]
        rows[row] = ["-" if median is None else show_value(row, median) for median in medians]
    return format_table("actorgraph as graphs grow", [f"{edges:,} edges" for edges in sizes], rows, {})


def run(sizes: list[int], names: list[str], cap_s: float) -> Iterator[tuple[int, dict[str, Measured]]]:
    """Yield each size with what its engines told, the smallest first."""
    for edges in sorted(sizes):
        with tempfile.TemporaryDirectory() as folder:
            _say(f"{edges:,} edges: drawing the graph")
            save_graph(make_graph(edges), Path(folder))
            engines: dict[str, Measured] = {}
            for name in names:
                if edges <= LARGEST.get(name, edges):
                    _say(f"{edges:,} edges: {name}")
                    engines[name] = measure_engine(name, Path(folder), cap_s, choose_rows(edges))
                    for what in ("failed", "capped"):
                        if what in engines[name]:
                            _say(f"{name} {what}: {engines[name][what]}")
        yield edges, engines


def _say(words: str) -> None:
    print(f"  {words}", file=sys.stderr, flush=True)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the tables, and write `build/benchmarks/graph.json`; return 1 where engines disagree."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--edges", default="1e4,1e5,1e6,1e7", help="sizes, comma-separated")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which engines, comma-separated")
    parser.add_argument("--cap-s", type=float, default=75.0, help="most seconds for one engine at one size")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks/graph.json"))
    options = parser.parse_args(arguments)
    sizes = [int(float(size)) for size in options.edges.split(",")]
    if "actorgraph" in options.engines:
        _say("compiling the kernels, or loading them where they are compiled")
        subprocess.run([sys.executable, "-m", "tests.benchmarks.measuring", "actorgraph"], check=False)
    measured: dict[int, dict[str, Measured]] = {}
    found: dict[str, Any] = {"python": platform.python_version(), "machine": platform.machine(), "sizes": {}}
    differences: list[str] = []
    options.out.parent.mkdir(parents=True, exist_ok=True)
    try:
        for edges, engines in run(sizes, options.engines.split(","), options.cap_s):
            print(show(engines, edges), end="\n\n", flush=True)
            measured[edges] = engines
            differences += [f"{edges:,} edges: {line}" for line in check_answers(engines)]
            targets = {row: target._asdict() for row, target in judge(engines, edges).items()}
            found["sizes"][edges] = {"engines": engines, "targets": targets}
            options.out.write_text(json.dumps(found), encoding="utf-8")
    except KeyboardInterrupt:
        _say("stopped; what was measured so far stands")
    if "actorgraph" in options.engines and len(measured) > 1:
        print(show_growth(measured), end="\n\n")
    for line in differences:
        print(f"ANSWERS DIFFER: {line}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
