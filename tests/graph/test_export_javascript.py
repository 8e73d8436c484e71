"""Exports opened by the JavaScript libraries they are for: graphology and Cytoscape.js.

Needs Node and `npm ci` in tests/graph/javascript; nothing is downloaded here, so without them these tests are skipped
and the shape alone is tested.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from graph.export import FORMATS
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot
from tests.graph.nasty_graph import make_nasty, strip

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

FOLDER = Path(__file__).parent / "javascript"
EVERYTHING = EdgeFilter(evidence=True)
needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not (FOLDER / "node_modules").is_dir(),
    reason="needs Node, and `npm ci` in tests/graph/javascript",
)


def drop_surrogates(text: str) -> str:
    """Take out what UTF-8 cannot hold; JSON can say anything else."""
    return "".join(char for char in text if not "\ud800" <= char <= "\udfff")


@pytest.fixture
def nasty(rows: "Rows") -> Snapshot:
    """Return the graph with everything in it."""
    return make_nasty(rows)


def write(snapshot: Snapshot, format_name: str) -> bytes:
    """Return an export with everything in it."""
    return b"".join(FORMATS[format_name].iter_chunks(snapshot, EVERYTHING))


def open_with(reader: str, snapshot: Snapshot, format_name: str, folder: Path) -> dict[str, Any]:
    """Return what a JavaScript library holds after it opened an export."""
    path = folder / "export"
    path.write_bytes(write(snapshot, format_name))
    told = subprocess.run(
        ["node", "read.mjs", reader, str(path)], cwd=FOLDER, check=True, capture_output=True, timeout=120
    )
    found: dict[str, Any] = json.loads(told.stdout)
    return found


@needs_node
@pytest.mark.parametrize("name", ["graphology", "cytoscape"])
def test_the_library_holds_the_graph(nasty: Snapshot, tmp_path: Path, name: str) -> None:
    """Every node under its name, every edge under its id between its ends, and the header on the graph."""
    found = open_with(name, nasty, name, tmp_path)
    names = {node_id: data["label"] for node_id, data in found["nodes"].items()}
    assert names == {node.id: drop_surrogates(node.name) for node in nasty.nodes.values()}
    assert found["nodes"]["mosul"]["lat"] == 36.335
    assert sorted(found["edges"]) == list(nasty.edges)
    for edge in nasty.edges.values():
        told = found["edges"][edge.id]
        assert (told["source"], told["target"]) == (edge.source, edge.target)
        attributes = told["attributes"]
        assert (attributes["kind"], attributes["how"], attributes["sign"]) == (edge.kind, edge.how, edge.sign)
        assert attributes["confidence"] == edge.confidence
        assert attributes["valid_from"] == (edge.valid_from and edge.valid_from.isoformat())
        assert attributes["disputed"] is edge.disputed
    assert found["attributes"]["version"] == 7
    assert json.loads(found["attributes"]["filters"]) == {"evidence": True}


@needs_node
def test_graphology_keeps_direction_and_parallel_edges(nasty: Snapshot, tmp_path: Path) -> None:
    """The graph is directed and multi, whatever edges there are."""
    found = open_with("graphology", nasty, "graphology", tmp_path)
    assert (found["type"], found["multi"]) == ("directed", True)


@needs_node
def test_graphology_reads_gexf_too(nasty: Snapshot, tmp_path: Path) -> None:
    """A second reader of GEXF agrees on nodes and edges."""
    found = open_with("gexf", nasty, "gexf", tmp_path)
    names = {node_id: data.get("label", "") for node_id, data in found["nodes"].items()}
    assert names == {node.id: strip(node.name) for node in nasty.nodes.values()}
    ends = sorted((edge["source"], edge["target"]) for edge in found["edges"].values())
    assert ends == sorted((edge.source, edge.target) for edge in nasty.edges.values())


def test_graphology_json_has_the_shape_its_schema_asks_for(nasty: Snapshot) -> None:
    """Options, attributes, nodes of key and attributes, edges of key, source, target and attributes; no id twice."""
    loaded = json.loads(write(nasty, "graphology"))
    assert set(loaded) == {"options", "attributes", "nodes", "edges"}
    assert loaded["options"] == {"type": "directed", "multi": True, "allowSelfLoops": True}
    assert {frozenset(node) for node in loaded["nodes"]} == {frozenset({"key", "attributes"})}
    assert {frozenset(edge) for edge in loaded["edges"]} == {
        frozenset({"key", "source", "target", "attributes"})
    }
    keys = [edge["key"] for edge in loaded["edges"]]
    assert len(set(keys)) == len(keys) == len(nasty.edges)


def test_cytoscape_elements_share_no_id(nasty: Snapshot) -> None:
    """Nodes and edges live in one room there, and edges may come only after their ends."""
    loaded = json.loads(write(nasty, "cytoscape"))
    nodes = [node["data"]["id"] for node in loaded["elements"]["nodes"]]
    edges = [edge["data"]["id"] for edge in loaded["elements"]["edges"]]
    assert len({*nodes, *edges}) == len(nodes) + len(edges)
    ends = {edge["data"][end] for edge in loaded["elements"]["edges"] for end in ("source", "target")}
    assert ends <= set(nodes)
    assert list(loaded["elements"]) == ["nodes", "edges"]
