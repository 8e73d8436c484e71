"""The product as its users meet it: how soon a command answers, and what networkx's dispatch costs.

python -m tests.benchmarks.product
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.random_graphs import draw_pairs, make_graph
from tests.benchmarks.separate import write_json
from tests.benchmarks.table import Target, format_table, show_time

_ROOT = Path(__file__).resolve().parent.parent.parent
_COMMAND = Path(sys.executable).with_name("actorgraph")


def measure_cold_start(runs: int = 5) -> float:
    """Return the median time, in seconds, from starting `actorgraph path` on the sample database to its end."""
    with tempfile.TemporaryDirectory() as folder:
        database = ["--database", f"sqlite:///{folder}/samples.db"]
        samples = str(_ROOT / "ingest/samples")
        subprocess.run([_COMMAND, "ingest", samples, *database], check=True, capture_output=True)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            subprocess.run([_COMMAND, "path", "Iran", "Karbala", *database], check=True, capture_output=True)
            times.append(time.perf_counter() - start)
    return statistics.median(times)


def measure_dispatch(edges: int = 10_000, rounds: int = 400) -> float:
    """Return what `networkx.shortest_path` takes beyond the kernel it ends in, in seconds: medians over the same pairs."""
    import networkx

    from graph.backend.arrays import ArrayGraph
    from graph.kernels.hops import find_hop_path

    arrays = make_graph(edges)
    graph: Any = ArrayGraph.from_arrays(
        arrays.sources, arrays.targets, nodes=arrays.nodes, directed=False, multigraph=False
    )
    pairs = draw_pairs(arrays, rounds)

    def dispatched(source: int, target: int) -> list[int]:
        path: list[int] = networkx.shortest_path(graph, source, target)
        return path

    def direct(source: int, target: int) -> list[int]:
        return find_hop_path(graph.walk, source, target)

    for source, target in pairs:
        assert len(dispatched(source, target)) == len(direct(source, target))
    return _time(dispatched, pairs) - _time(direct, pairs)


def _time(ask: Callable[[int, int], list[int]], pairs: list[tuple[int, int]]) -> float:
    times = []
    for source, target in pairs:
        start = time.perf_counter()
        ask(source, target)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and write `build/benchmarks/product.json`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks/product.json"))
    options = parser.parse_args(arguments)
    measures: dict[str, tuple[Callable[[], float], str, float]] = {
        "networkx dispatch": (measure_dispatch, "<= 20 us", 20e-6),
        "cold start of path": (measure_cold_start, "<= 1.5 s", 1.5),
    }
    found: dict[str, float] = {}
    try:
        for name, (measure, _, _) in measures.items():
            print(f"  {name}", file=sys.stderr, flush=True)
            found[name] = measure()
    except KeyboardInterrupt:
        print("  stopped; what was measured so far stands", file=sys.stderr)
    targets = {
        name: Target(words, found[name] <= most if name in found else None)
        for name, (_, words, most) in measures.items()
    }
    rows = {name: [show_time(found.get(name))] for name in measures}
    print(format_table("The product", ["measured"], rows, targets))
    write_json(options.out, {"rows": found, "targets": {name: t._asdict() for name, t in targets.items()}})
    return 0


if __name__ == "__main__":
    sys.exit(main())
