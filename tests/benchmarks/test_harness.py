"""The benchmarks themselves: that they run, that engines agree, and that a miss is shown as one. Nothing here is timed."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from graph.filters import EdgeFilter
from graph.snapshot.read import read_columns
from graph.snapshot.snapshot import Snapshot
from graph.store import Store
from tests.benchmarks.__main__ import collect_targets
from tests.benchmarks.extraction import judge as judge_extraction
from tests.benchmarks.extraction import main as main_extraction
from tests.benchmarks.graph import Measured, check_answers, judge, main, show
from tests.benchmarks.made_graphs import fill_large_store, fill_store, make_columns
from tests.benchmarks.random_graphs import Arrays, draw_pairs, make_graph
from tests.benchmarks.snapshot import judge as judge_snapshot
from tests.benchmarks.snapshot import main as main_snapshot
from tests.benchmarks.table import Target, format_table, show_time, show_verdicts


def test_engines_agree_at_a_thousand_edges(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A run at 1e3 edges measures ours beside two others, whose answers are the same."""
    out = tmp_path / "graph.json"
    assert main(["--edges", "1e3", "--engines", "actorgraph,igraph,scipy", "--out", str(out)]) == 0
    told = json.loads(out.read_text(encoding="utf-8"))["sizes"]["1000"]["engines"]
    assert {"hop_path", "weighted_path", "best_paths", "pagerank"} <= set(told["actorgraph"])
    assert told["actorgraph"]["weighted_path"]["answers"] == pytest.approx(
        told["igraph"]["weighted_path"]["answers"]
    )
    shown = capsys.readouterr().out
    assert "1,000 edges, 100 nodes" in shown
    assert "ANSWERS DIFFER" not in shown


def test_graphs_are_seeded_simple_and_scale_free() -> None:
    """The same seed gives the same graph, without loops and repeated pairs, with hubs, a third of it negative."""
    one, other = make_graph(20_000, seed=3), make_graph(20_000, seed=3)
    assert all(np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(one, other, strict=True))
    pairs = {tuple(sorted(pair)) for pair in zip(one.sources.tolist(), one.targets.tolist(), strict=True)}
    assert len(pairs) == 20_000
    assert all(a != b for a, b in pairs)
    degrees = np.bincount(np.concatenate([one.sources, one.targets]))
    assert degrees.max() > 10 * degrees.mean()
    assert 0.3 < (one.signs < 0).mean() < 0.37
    assert draw_pairs(one, 50) == draw_pairs(other, 50)


def make_measured(**medians: float) -> Measured:
    """Return what an engine might have told."""
    return {row: {"times": [median], "answers": [2]} for row, median in medians.items()}


def test_a_miss_is_said() -> None:
    """Targets are judged against the engine they name, and what was not measured is neither met nor missed."""
    engines = {"actorgraph": make_measured(hop_path=0.3, build=2.0), "networkit": make_measured(hop_path=0.5)}
    targets = judge(engines, 10_000_000)
    assert (targets["hop_path"].met, targets["build"].met, targets["pagerank"].met) == (False, True, None)


def test_an_engine_that_failed_is_a_row_that_says_so() -> None:
    """Its cells say failed or too slow, a dash where it is not asked, and the reason stands below."""
    engines: dict[str, Measured] = {
        "actorgraph": make_measured(hop_path=0.3),
        "networkit": {"failed": {"reason": "ModuleNotFoundError: No module named 'networkit'"}},
        "igraph": {"capped": {"after_s": 5.0}},
    }
    lines = show(engines, 1_000_000).splitlines()
    assert lines[-1] == "networkit: ModuleNotFoundError: No module named 'networkit'"
    cells = {line.split("  ")[0]: line for line in lines}
    assert "failed" in cells["hop_path"]
    assert "> 5 s" in cells["hop_path"]
    assert cells["filter"].split() == ["filter", "-", "-", "-"]


def test_targets_of_all_parts_are_summed_up(tmp_path: Path) -> None:
    """The end of a run has a line for each target of each part that wrote any, and how many were met."""
    one = {"sizes": {"1000": {"targets": {"build": {"words": "<= 3 s", "met": True}}}}}
    other = {"targets": {"networkx dispatch": {"words": "<= 20 us", "met": None}}}
    (tmp_path / "graph.json").write_text(json.dumps(one), encoding="utf-8")
    (tmp_path / "product.json").write_text(json.dumps(other), encoding="utf-8")
    targets = collect_targets(tmp_path, ["graph", "snapshot", "product"])
    assert show_verdicts(targets).splitlines() == [
        "1 of 2 targets met",
        "build, 1,000 edges          <= 3 s: met",
        "product: networkx dispatch  <= 20 us: not measured",
    ]


def test_other_answers_are_said() -> None:
    """An engine that gives another length than the first is named with the question."""
    engines = {"actorgraph": make_measured(hop_path=0.1), "igraph": make_measured(hop_path=0.1)}
    assert list(check_answers(engines)) == []
    engines["igraph"]["hop_path"]["answers"] = [3]
    assert list(check_answers(engines)) == ["hop_path, question 0: actorgraph says 2, igraph says 3"]


@pytest.mark.parametrize(
    ("seconds", "shown"), [(2.5, "2.5 s"), (0.0123, "12.3 ms"), (4.2e-6, "4.2 us"), (None, "-")]
)
def test_times_read_well(seconds: float | None, shown: str) -> None:
    """A time is shown in the unit that needs no noughts."""
    assert show_time(seconds) == shown


def test_tables_line_up() -> None:
    """Each column is as wide as its widest cell, and a row says whether its target is met."""
    table = format_table("T", ["a"], {"row": ["1"], "longer row": ["22"]}, {"row": Target("<= 3", met=False)})
    assert table.splitlines() == [
        "T",
        "            a   target",
        "row         1   <= 3: MISSED",
        "longer row  22",
    ]


def test_extraction_measures_understanding(capsys: pytest.CaptureFixture[str]) -> None:
    """A measure of the extraction prints its numbers as JSON."""
    assert main_extraction(["--measure", "crowd", "30"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["actors"] >= 20


@pytest.mark.parametrize(("ratio", "met"), [(0.81, True), (0.79, False), (None, None)])
def test_extraction_targets(ratio: float | None, met: bool | None) -> None:
    """The whole extraction is to reach eight tenths of the bare parser's speed."""
    import argparse

    options = argparse.Namespace(chars=100, long_chars=1000)
    found = {"speed 100": None if ratio is None else {"rules_of_stock": ratio, "scored_of_stock": 0.6}}
    assert judge_extraction(found, options)["speed 100"].met is met


@pytest.mark.parametrize("fill", [fill_store, fill_large_store])
def test_made_columns_are_what_a_store_gives(tmp_path: Path, fill: Callable[[Store, Arrays], None]) -> None:
    """A graph made as columns is the one that is read from a store of the same rows, but for mentions of entities."""
    graph = make_graph(500)
    made = Snapshot(make_columns(graph))
    with Store.open(f"sqlite:///{tmp_path}/graph.db") as store:
        store.upgrade()
        fill(store, graph)
        stored = Snapshot(read_columns(store))
    assert list(made.nodes) == list(stored.nodes)
    assert list(made.edges.values()) == list(stored.edges.values())
    for where in (EdgeFilter(), EdgeFilter(min_confidence=0.4), EdgeFilter(sources=["Outlet 3"])):
        assert list(made.view(where).edges) == list(stored.view(where).edges)


def test_kept_graphs_are_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A measure saves a graph's columns, and another opens them and answers paths under filters."""
    path = str(tmp_path / "snapshot")
    assert main_snapshot(["--measure", "save", "6000", path]) == 0
    assert main_snapshot(["--measure", "reopen", "6000", path]) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert found["first_answer_s"] > 0
    assert {"hops_kept_times", "confidence_kinds_times", "search_outlets_times"} <= set(found)


@pytest.mark.parametrize(
    ("visible_ms", "next_query_ms", "met"), [(4.9, 2.0, True), (5.1, 1.0, False), (1.0, 2.1, False)]
)
def test_following_targets(visible_ms: float, next_query_ms: float, met: bool) -> None:
    """A thousand edges more are to be visible within 5 ms, and the next question no slower than twice."""
    found = {"visible_ms": visible_ms, "next_query_ms": next_query_ms, "query_before_ms": 1.0}
    targets = judge_snapshot({"store 1000000": found}, [1_000_000])
    assert targets["store 1000000"].met is met
    assert targets["reopen 1000000"].met is None
