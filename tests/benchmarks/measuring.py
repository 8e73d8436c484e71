"""One engine measured in a process of its own: what it is asked comes as arguments, what it takes goes out as lines of JSON."""

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np

from tests.benchmarks.engines import ENGINES
from tests.benchmarks.random_graphs import Arrays, draw_pairs, make_graph
from tests.benchmarks.separate import forget_peak, read_status_mib

PAIR_ROWS = (
    "hop_path",
    "filtered_hop_path",
    "weighted_path",
    "filtered_weighted_path",
    "neighborhood",
    "best_paths",
)
SAMPLED_SOURCES = 16


def load_graph(folder: Path) -> Arrays:
    """Return the graph in a folder, its arrays mapped from files."""
    names = [name for name in Arrays._fields if name != "nodes"]
    columns: dict[str, Any] = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in names}
    return Arrays(**columns, nodes=int((folder / "nodes").read_text(encoding="ascii")))


def save_graph(graph: Arrays, folder: Path) -> None:
    """Write a graph where `load_graph` finds it."""
    for name in Arrays._fields:
        if name != "nodes":
            np.save(folder / f"{name}.npy", getattr(graph, name))
    (folder / "nodes").write_text(str(graph.nodes), encoding="ascii")


def tell(row: str, **values: Any) -> None:  # noqa: ANN401 (numbers and lists of numbers)
    """Print one measurement."""
    print(json.dumps({"row": row, **values}), flush=True)


def measure_pairs(engine: Any, row: str, pairs: list[tuple[int, int]], most_s: float) -> None:  # noqa: ANN401
    """Ask one question of each pair, for at most `most_s` seconds, and tell times and answers."""
    ask = getattr(engine, row)
    times: list[float] = []
    answers: list[Any] = []
    end = time.perf_counter() + most_s
    for source, target in pairs:
        start = time.perf_counter()
        answers.append(ask(source, target))
        times.append(time.perf_counter() - start)
        if time.perf_counter() > end:
            break
    tell(row, times=times, answers=answers)


def main() -> None:
    """Build, then answer; a row is told as soon as it is known, so that nothing is lost where time runs out."""
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=list(ENGINES))
    parser.add_argument(
        "--folder", type=Path, help="where the graph is; none to get the kernels compiled only"
    )
    parser.add_argument("--pairs", type=int, default=60)
    parser.add_argument("--most-s", type=float, default=10.0)
    parser.add_argument("--rows", nargs="*", default=[])
    options = parser.parse_args()
    make = ENGINES[options.engine]
    # Loading a library, and compiling or loading our kernels, is no part of building a graph.
    _warm(make)
    if options.folder is None:
        return
    graph = load_graph(options.folder)
    # Every page of the given arrays is in memory before, so that what is measured is what the engine adds.
    for array in graph[:-1]:
        np.asarray(array).sum()
    forget_peak()
    before, peak, start = read_status_mib("RssAnon"), read_status_mib("VmRSS"), time.perf_counter()
    engine = make(graph)
    tell("build", times=[time.perf_counter() - start], answers=[])
    tell("peak_mib", times=[read_status_mib("VmHWM") - peak], answers=[])
    tell("memory_mib", times=[read_status_mib("RssAnon") - before], answers=[])
    if hasattr(engine, "apply_filter"):
        start = time.perf_counter()
        engine.apply_filter()
        tell("filter", times=[time.perf_counter() - start], answers=[])
    pairs = draw_pairs(graph, options.pairs)
    for row in PAIR_ROWS:
        if row in options.rows and hasattr(engine, row):
            measure_pairs(engine, row, pairs, options.most_s)
    if "pagerank" in options.rows and hasattr(engine, "pagerank"):
        prepared = engine.prepare_pagerank()
        times = []
        for _ in range(3):
            start = time.perf_counter()
            scores = engine.pagerank(prepared)
            times.append(time.perf_counter() - start)
        best = np.argsort(-scores, kind="stable")[:20]
        tell("pagerank", times=times, answers=[[round(float(v), 9) for v in scores[best]]])
    if "betweenness" in options.rows and hasattr(engine, "betweenness"):
        sources = sorted({source for source, _ in pairs})[:SAMPLED_SOURCES]
        start = time.perf_counter()
        totals = engine.betweenness(sources)
        took = (time.perf_counter() - start) / len(sources)
        tell("betweenness", times=[took], answers=[[float(v) for v in np.sort(totals)[::-1][:20]]])


def _warm(make: type[Any]) -> None:
    """Ask everything once of a small graph: ours compiles its kernels then, or loads them from numba's cache."""
    graph = make_graph(2_000)
    engine = make(graph)
    if hasattr(engine, "apply_filter"):
        engine.apply_filter()
    for row in PAIR_ROWS:
        if hasattr(engine, row):
            getattr(engine, row)(*draw_pairs(graph, 3)[0])
    if hasattr(engine, "pagerank"):
        engine.pagerank(engine.prepare_pagerank())
    if hasattr(engine, "betweenness"):
        engine.betweenness([0, 1, 2])


if __name__ == "__main__":
    main()
