"""The graph as the product keeps it: built from its store, reopened from its file, followed, filtered and exported.

    python -m tests.benchmarks.snapshot --edges 1e5,1e6,1e7

Each row runs in a process of its own. Stores are SQLite; the largest graph is made as columns at once, for writing ten
million claims takes minutes, and three gigabytes in the folder for temporary files. To measure its store, too:

    python -m tests.benchmarks.snapshot --edges 1e7 --most-in-store 1e7 --cap-s 1800

Ctrl-C ends the run with what is known so far.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.random_graphs import Arrays, draw_pairs, make_graph
from tests.benchmarks.separate import Found, forget_peak, measure, read_status_mib, write_json
from tests.benchmarks.table import Target, format_table

if TYPE_CHECKING:
    from graph.filters import EdgeFilter
    from graph.snapshot.snapshot import Snapshot
    from graph.store import Store

MODULE = "tests.benchmarks.snapshot"
ADDED = 1_000
_QUERIES = 40
_MOST_IN_STORE = 1_000_000
_EXPORTED = 1_000_000
_SIX = ("weight", "sign", "kind", "claims", "first", "relation_id")
"""What an edge tells in our exports and in those of networkx, so that both write the same."""


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """Give a function that tells the seconds since."""
    start = time.perf_counter()
    yield lambda: time.perf_counter() - start


def warm_up() -> Found:
    """Compile the product's searches or load them, as the service does before it answers."""
    from graph.kernels.warm import warm_kernels

    with stopwatch() as seconds:
        warm_kernels()
        return {"seconds": seconds()}


@contextmanager
def filled_store(graph: Arrays) -> "Iterator[Store]":
    """Give a new SQLite store in a file that holds a graph."""
    from graph.store import Store
    from tests.benchmarks.made_graphs import fill_large_store, fill_store

    fill = fill_store if len(graph.sources) <= _MOST_IN_STORE else fill_large_store
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/graph.db") as store:
        store.upgrade()
        fill(store, graph)
        yield store


def measure_store(edges: int) -> Found:
    """Return what a graph costs from its store: built, reopened beside its store, and followed by 1,000 edges more."""
    import numpy as np

    from graph.snapshot.cache import SnapshotCache

    graph = make_graph(edges)
    warm_up()
    pairs = draw_pairs(graph, _QUERIES)
    with filled_store(graph) as store:
        forget_peak()
        before_mib = read_status_mib("VmRSS")
        with stopwatch() as seconds:
            SnapshotCache(store).current()
            built = seconds()
        built_mib = read_status_mib("VmHWM") - before_mib
        cache = SnapshotCache(store)
        with stopwatch() as seconds:
            snapshot = cache.current()
            reopened = seconds()
        before = ask_paths(snapshot, pairs)
        seen, first, after = [], [], []
        for turn in range(5):
            add_edges(store, graph, turn)
            with stopwatch() as seconds:
                snapshot = cache.current()
                seen.append(seconds())
            times = ask_paths(snapshot, pairs)
            first.append(times[0])
            after += times
        cache.wait()
    return {
        "edges": edges,
        "build_s": built,
        "build_us_an_edge": built / edges * 1e6,
        "build_above_mib": built_mib,
        "reopen_s": reopened,
        "visible_ms": statistics.median(seen) * 1e3,
        "first_visible_ms": seen[0] * 1e3,
        "query_before_ms": statistics.median(before) * 1e3,
        "next_query_ms": statistics.median(first) * 1e3,
        "query_after_ms": statistics.median(after) * 1e3,
        "queries_slowest_before_ms": float(np.max(before[1:])) * 1e3,
    }


def add_edges(store: "Store", graph: Arrays, turn: int) -> None:
    """Ingest 1,000 edges between entities that are there, in one document."""
    from tests.benchmarks.made_graphs import describe_claim, describe_document

    document = 900_000_000 + turn
    pairs = draw_pairs(graph, ADDED + 100, seed=1000 + turn)[:ADDED]
    with store.write_document() as writer:
        writer.add_document(describe_document(document), [])
        rows = [
            {
                **describe_claim(number, *pair, 1, 0.8),
                "id": f"n{turn}-{number}",
                "document_id": f"d{document:09d}",
            }
            for number, pair in enumerate(pairs)
        ]
        writer.add_claims(rows)


def ask_paths(snapshot: "Snapshot", pairs: list[tuple[int, int]], **options: Any) -> list[float]:  # noqa: ANN401
    """Return how long the product's path question takes for each pair of entities."""
    from graph.paths import find_paths
    from tests.benchmarks.made_graphs import name_entity

    times = []
    for source, target in pairs:
        with stopwatch() as seconds:
            find_paths(snapshot, name_entity(source), name_entity(target), **options)
            times.append(seconds())
    return times


def measure_save(edges: int, path: str) -> Found:
    """Make a graph's columns and keep them in a file; return what keeping them costs."""
    from graph.snapshot.file import save_columns
    from tests.benchmarks.made_graphs import make_columns

    columns = make_columns(make_graph(edges))
    with stopwatch() as seconds:
        save_columns(columns, Path(path))
        took = seconds()
    return {"edges": edges, "save_s": took, "file_mib": Path(path).stat().st_size / 2**20}


def measure_reopen(edges: int, path: str) -> Found:
    """Return what a restart costs, from opening the file to the first path, and what filters cost after."""
    from graph.filters import EdgeFilter
    from graph.snapshot.file import load_columns
    from graph.snapshot.snapshot import Snapshot

    pairs = draw_pairs(make_graph(edges), _QUERIES)
    warm_up()
    forget_peak()
    before = read_status_mib("RssAnon")
    with stopwatch() as seconds:
        snapshot = Snapshot(load_columns(Path(path)))
        opened = seconds()
        ask_paths(snapshot, pairs[:1])
        first = seconds()
    own = read_status_mib("RssAnon") - before
    found = {"edges": edges, "open_s": opened, "first_answer_s": first, "own_mib": own}
    filters = {
        "kept": EdgeFilter(min_confidence=0.3),
        "kinds": EdgeFilter(kinds=["supports"]),
        "outlets": EdgeFilter(sources=[f"Outlet {number}" for number in range(14)]),
    }
    for weight in ("hops", "confidence"):
        plain = statistics.median(ask_paths(snapshot, pairs, weight=weight))
        found[f"{weight}_ms"] = plain * 1e3
        for name, where in filters.items():
            with stopwatch() as seconds:
                snapshot.view(where)
                found.setdefault(f"mask_{name}_s", seconds())
            times = ask_paths(snapshot, pairs, weight=weight, where=where)
            found[f"{weight}_{name}_times"] = statistics.median(times) / plain
    searched = {name: search_paths(snapshot, pairs, where) for name, where in filters.items()}
    plain = search_paths(snapshot, pairs, None)
    return {
        **found,
        "search_us": plain * 1e6,
        **{f"search_{name}_times": took / plain for name, took in searched.items()},
    }


def search_paths(snapshot: "Snapshot", pairs: list[tuple[int, int]], where: "EdgeFilter | None") -> float:
    """Return the median time of the hop search alone, over what a filter leaves."""
    from graph.csr import EVERY_EDGE
    from graph.kernels.hops import find_hop_path

    view = snapshot.view(where)
    mask = view.allowed if where else EVERY_EDGE
    walk, times = view.fit_walk("any") if where else view.walk("any"), []
    for source, target in pairs:
        with stopwatch() as seconds:
            find_hop_path(walk, source, target, mask=mask)
            times.append(seconds())
    return statistics.median(times)


def measure_export(edges: int, name: str, attributes: tuple[str, ...] | None = None) -> Found:
    """Return what an export of some attributes takes, all by default, and its memory above the graph's own.

    What it imports is loaded before, as networkx is where it is measured.
    """
    import pyarrow.compute  # noqa: F401

    from graph.export.extras import Extras
    from graph.export.formats import FORMATS
    from graph.snapshot.snapshot import Snapshot
    from tests.benchmarks.made_graphs import make_columns

    snapshot = Snapshot(make_columns(make_graph(edges)))
    forget_peak()
    before = read_status_mib("VmRSS")
    with stopwatch() as seconds, tempfile.TemporaryFile() as file:
        for chunk in FORMATS[name].iter_chunks(snapshot, None, Extras(attributes=attributes)):
            file.write(chunk)
        took, size = seconds(), file.tell()
    return {"seconds": took, "file_mib": size / 2**20, "above_mib": read_status_mib("VmHWM") - before}


def measure_networkx_graphml(edges: int) -> Found:
    """Return what `networkx.write_graphml_lxml` takes for the same graph with the same six attributes an edge."""
    import lxml.etree  # noqa: F401
    import networkx

    arrays = make_graph(edges)
    graph: Any = networkx.DiGraph()
    graph.add_nodes_from(range(arrays.nodes))
    columns = (
        arrays.sources.tolist(),
        arrays.targets.tolist(),
        arrays.weights.tolist(),
        arrays.signs.tolist(),
    )
    for number, (source, target, weight, sign) in enumerate(zip(*columns, strict=True)):
        graph.add_edge(
            source,
            target,
            weight=weight,
            sign=sign,
            kind="supports" if sign > 0 else "opposes",
            claims=1,
            first="2014-01-01",
            relation_id=f"r{number}",
        )
    before = read_status_mib("VmRSS")
    with tempfile.NamedTemporaryFile(suffix=".graphml") as file, stopwatch() as seconds:
        networkx.write_graphml_lxml(graph, file.name)
        took = seconds()
    return {"seconds": took, "above_mib": read_status_mib("VmHWM") - before}


MEASURES: dict[str, Callable[..., Found]] = {
    "warm": warm_up,
    "store": lambda edges: measure_store(int(edges)),
    "save": lambda edges, path: measure_save(int(edges), path),
    "reopen": lambda edges, path: measure_reopen(int(edges), path),
    "graphml": lambda edges: measure_export(int(edges), "graphml", _SIX),
    "graphml-all": lambda edges: measure_export(int(edges), "graphml"),
    "gexf": lambda edges: measure_export(int(edges), "gexf", _SIX),
    "networkx-graphml": lambda edges: measure_networkx_graphml(int(edges)),
}


def measure_all(
    sizes: list[int], cap_s: float, *, networkx: bool, most_in_store: int = _MOST_IN_STORE
) -> dict[str, Found | None]:
    """Return every measure by its name and size, as far as Ctrl-C lets it."""
    found: dict[str, Found | None] = {}
    try:
        # After an installation the searches are compiled first, which is no part of any row.
        found["warm"] = measure(MODULE, "warm", cap_s=600.0)
        for edges in sizes:
            if edges <= most_in_store:
                found[f"store {edges}"] = measure(MODULE, "store", edges, cap_s=cap_s)
        for edges in sizes:
            with tempfile.TemporaryDirectory() as folder:
                path = f"{folder}/snapshot"
                found[f"save {edges}"] = measure(MODULE, "save", edges, path, cap_s=cap_s)
                found[f"reopen {edges}"] = measure(MODULE, "reopen", edges, path, cap_s=cap_s)
        exported = min(_EXPORTED, max(sizes))
        for name in ("graphml", "graphml-all", "gexf"):
            found[f"{name} {exported}"] = measure(MODULE, name, exported, cap_s=cap_s)
        if networkx:
            name = "networkx-graphml"
            found[f"{name} {exported}"] = measure(MODULE, name, exported, cap_s=cap_s)
    except KeyboardInterrupt:
        print("  stopped; what was measured so far stands", file=sys.stderr)
    return found


def judge(found: dict[str, Found | None], sizes: list[int]) -> dict[str, Target]:
    """Return the targets and whether they are met."""

    def tell(row: str, words: str, holds: Callable[[Found], bool]) -> None:
        values = found.get(row)
        targets[row] = Target(words, None if values is None else holds(values))

    targets: dict[str, Target] = {}
    for edges in sizes:
        tell(f"reopen {edges}", "filtered paths <= 2x unfiltered", _is_filter_cheap)
        if edges == 10_000_000:
            tell(
                f"reopen {edges}",
                "first answer <= 2 s, filtered paths <= 2x unfiltered",
                lambda values: values["first_answer_s"] <= 2 and _is_filter_cheap(values),
            )
        if edges == _MOST_IN_STORE:
            tell(
                f"store {edges}",
                "1,000 edges visible <= 5 ms, next query <= 2x",
                lambda values: (
                    values["visible_ms"] <= 5 and values["next_query_ms"] <= 2 * values["query_before_ms"]
                ),
            )
    row = f"graphml {min(_EXPORTED, max(sizes))}"
    other = found.get(f"networkx-{row}")
    gain = other["seconds"] / ours["seconds"] if other and (ours := found.get(row)) else None
    words = f"six attributes >= 20x networkx{f' ({gain:.0f}x)' if gain else ''}, <= 100 MiB above"
    tell(row, words, lambda values: values["above_mib"] <= 100 and (gain or 0) >= 20)
    if gain is None:
        targets[row] = Target(words, None)
    gexf, six = (found.get(f"{name} {min(_EXPORTED, max(sizes))}") for name in ("gexf", "graphml"))
    is_near = gexf["seconds"] <= 2 * six["seconds"] if gexf and six else None
    targets[row.replace("graphml", "gexf")] = Target("<= 2x GraphML", is_near)
    return targets


def _is_filter_cheap(values: Found) -> bool:
    return all(value <= 2 for name, value in values.items() if name.endswith("_times"))


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and write `build/benchmarks/snapshot.json`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--edges", default="1e5,1e6,1e7", help="sizes, comma-separated")
    parser.add_argument("--no-networkx", action="store_true", help="leave out networkx's minute and a half")
    parser.add_argument("--most-in-store", type=float, default=_MOST_IN_STORE, help="largest store measured")
    parser.add_argument("--cap-s", type=float, default=240.0, help="most seconds for one row")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks/snapshot.json"))
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        name, *given = options.measure
        print(json.dumps(MEASURES[name](*given)))
        return 0
    sizes = sorted(int(float(size)) for size in options.edges.split(","))
    found = measure_all(
        sizes,
        options.cap_s,
        networkx=not options.no_networkx,
        most_in_store=int(options.most_in_store),
    )
    targets = judge(found, sizes)
    rows = {
        name: [
            ", ".join(f"{key} {value:.3g}" for key, value in values.items() if key != "edges")
            if values
            else "failed, or took too long"
        ]
        for name, values in found.items()
    }
    print(format_table("The graph as it is kept", ["measured"], rows, targets))
    write_json(options.out, {"rows": found, "targets": {name: t._asdict() for name, t in targets.items()}})
    return 0


if __name__ == "__main__":
    sys.exit(main())
