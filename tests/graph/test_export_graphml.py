"""GraphML that networkx, igraph and rustworkx read back as it was, whatever the names hold."""

import json
import math
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import igraph
import networkx as nx
import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from graph.export.attributes import EDGE_ATTRIBUTES, EVIDENCE_WEIGHT, NODE_ATTRIBUTES
from graph.export.batches import ROWS_A_BATCH
from graph.export.graphml import iter_graphml
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot
from tests.graph.nasty_graph import FORBIDDEN, make_nasty, strip

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


@pytest.fixture
def nasty(rows: "Rows") -> Snapshot:
    """Return the graph with everything in it."""
    return make_nasty(rows)


def expect_node(snapshot: Snapshot, node_id: str) -> dict[str, Any]:
    """Write out by hand what a reader should get for a node; what is unknown or empty is absent."""
    node = snapshot.nodes[node_id]
    values = {
        "label": strip(node.name),
        "name": strip(node.name),
        "type": node.type,
        "aliases": strip(" | ".join(node.aliases)),
        "country_code": node.country_code,
        "admin1": node.admin1,
        "lat": node.lat,
        "lon": node.lon,
        "geonames_id": node.geonames_id,
        "mentions": node.mentions,
    }
    return {name: value for name, value in values.items() if value not in {None, ""}}


def expect_edge(snapshot: Snapshot, edge_id: str) -> dict[str, Any]:
    """Write out by hand what a reader should get for an edge."""
    edge = snapshot.edges[edge_id]
    values = {
        "relation_id": edge.id,
        "label": edge.how or edge.kind,
        "interaction": edge.kind,
        "kind": edge.kind,
        "how": edge.how,
        "sign": edge.sign,
        "weight": edge.confidence if edge.counts else EVIDENCE_WEIGHT,
        "confidence": edge.confidence,
        "counts": edge.counts,
        "claims": edge.claims,
        "denials": edge.denials,
        "possibles": edge.possibles,
        "independent_sources": edge.independent_sources,
        "first": edge.first and edge.first.isoformat(),
        "last": edge.last and edge.last.isoformat(),
        "valid_from": edge.valid_from and edge.valid_from.isoformat(),
        "valid_to": edge.valid_to and edge.valid_to.isoformat(),
        "disputed": edge.disputed,
        "symmetric": edge.symmetric,
        "origin": edge.origin,
        "review": edge.review,
    }
    return {name: value for name, value in values.items() if value is not None}


def write(snapshot: Snapshot, folder: Path, where: EdgeFilter | None = None) -> Path:
    """Write a snapshot's GraphML to a file and return it."""
    path = folder / "graph.graphml"
    path.write_bytes(b"".join(iter_graphml(snapshot, where)))
    return path


EVERYTHING = EdgeFilter(evidence=True)


def test_networkx_reads_every_attribute(nasty: Snapshot, tmp_path: Path) -> None:
    """Values and types are those of the graph; edge ids are keys; the header is on the graph."""
    graph: Any = nx.read_graphml(write(nasty, tmp_path, EVERYTHING), force_multigraph=True)
    assert dict(graph.nodes(data=True)) == {node_id: expect_node(nasty, node_id) for node_id in nasty.nodes}
    found = {key: (source, target, data) for source, target, key, data in graph.edges(keys=True, data=True)}
    assert found == {
        edge.id: (edge.source, edge.target, expect_edge(nasty, edge.id)) for edge in nasty.edges.values()
    }
    for *_, data in graph.edges(data=True):
        assert {type(data[name]) for name in ("sign", "claims")} == {int}
        assert {type(data[name]) for name in ("disputed", "counts")} == {bool}
    assert graph.graph["version"] == 7
    assert json.loads(graph.graph["filters"]) == {"evidence": True}
    assert graph.graph["generated_from"].startswith("actorgraph")


def test_igraph_reads_every_attribute(nasty: Snapshot, tmp_path: Path) -> None:
    """What is unknown is empty or NaN there, whole numbers are floats, and node ids are the attribute `id`."""
    graph = igraph.Graph.Read_GraphML(str(write(nasty, tmp_path, EVERYTHING)))
    assert graph.is_directed()
    for vertex in graph.vs:
        assert _drop_unknown(vertex.attributes()) == {
            **expect_node(nasty, vertex["id"]),
            "id": vertex["id"],
        }
    assert [vertex["id"] for vertex in graph.vs] == list(nasty.nodes)
    assert sorted(edge["relation_id"] for edge in graph.es) == list(nasty.edges)
    for edge in graph.es:
        # igraph 1.0 mixes up the ids of edges, which is why they are an attribute as well.
        attributes = {name: value for name, value in edge.attributes().items() if name != "id"}
        assert _drop_unknown(attributes) == expect_edge(nasty, edge["relation_id"])
        known = nasty.edges[edge["relation_id"]]
        assert (graph.vs[edge.source]["id"], graph.vs[edge.target]["id"]) == (known.source, known.target)


def test_rustworkx_reads_every_attribute(nasty: Snapshot, tmp_path: Path) -> None:
    """What is unknown is None there; ids of nodes and edges are the attribute `id`."""
    (graph,) = rustworkx.read_graphml(str(write(nasty, tmp_path, EVERYTHING)))
    nodes = {data["id"]: _drop_unknown(data) for data in graph.nodes()}
    assert nodes == {node_id: {**expect_node(nasty, node_id), "id": node_id} for node_id in nasty.nodes}
    found = {
        data["id"]: (graph[source]["id"], graph[target]["id"], _drop_unknown(data))
        for source, target, data in graph.weighted_edge_list()
    }
    assert found == {
        edge.id: (edge.source, edge.target, {**expect_edge(nasty, edge.id), "id": edge.id})
        for edge in nasty.edges.values()
    }


def _drop_unknown(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in attributes.items()
        if value is not None and value != "" and not (isinstance(value, float) and math.isnan(value))
    }


@pytest.mark.parametrize(("dirty", "clean"), FORBIDDEN.values(), ids=list(FORBIDDEN))
def test_characters_xml_forbids_are_left_out(rows: "Rows", dirty: str, clean: str) -> None:
    """The file parses, and the rest of the name is whole."""
    snapshot = rows.snapshot(entities=[rows.entity("iran", name=dirty)])
    graph = nx.read_graphml(BytesIO(b"".join(iter_graphml(snapshot))))
    assert graph.nodes["iran"]["name"] == clean


def test_a_name_of_nothing_but_forbidden_characters_is_left_out(rows: "Rows") -> None:
    """An empty text would be a wrong value; none is none."""
    snapshot = rows.snapshot(entities=[rows.entity("iran", name="\x01\x02")])
    graph = nx.read_graphml(BytesIO(b"".join(iter_graphml(snapshot))))
    assert graph.nodes["iran"] == {"type": "country", "mentions": 1}


texts = st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    name=texts,
    alias=texts,
    lat=st.none() | st.floats(-90, 90),
    mentions=st.integers(0, 2**31 - 1),
    confidence=st.floats(1e-9, 1, exclude_min=True),
)
def test_any_name_and_number_survives_networkx(
    rows: "Rows", name: str, alias: str, lat: float | None, mentions: int, confidence: float
) -> None:
    """Any code points but the forbidden ones, and every digit of any float."""
    snapshot = rows.snapshot(
        [rows.claim("iran", "supports", "iraq", confidence=confidence)],
        entities=[rows.entity("iran", name=name, aliases=(alias,), lat=lat, mentions=mentions)],
    )
    graph = nx.read_graphml(BytesIO(b"".join(iter_graphml(snapshot))))
    assert graph.nodes["iran"] == expect_node(snapshot, "iran")
    assert graph.edges["iran", "iraq"]["weight"] == snapshot.edges["iran.supports.iraq"].confidence


def test_the_schema_is_fixed_and_named(nasty: Snapshot, rows: "Rows") -> None:
    """Every key is declared before the graph under its own name, the same for an empty graph as for a full one."""
    full, empty = (
        b"".join(iter_graphml(snapshot, EVERYTHING)).decode() for snapshot in (nasty, rows.snapshot())
    )
    keys = re.findall(r'<key id="(\w+)" for="(\w+)" attr.name="(\w+)" attr.type="(\w+)"/>', full)
    assert keys == re.findall(r'<key id="(\w+)" for="(\w+)" attr.name="(\w+)" attr.type="(\w+)"/>', empty)
    assert [key for key in keys if key[1] == "node"] == [
        (f"n_{attribute.name}", "node", attribute.name, attribute.type.replace("integer", "int"))
        for attribute in NODE_ATTRIBUTES
    ]
    assert [key for key in keys if key[1] == "edge"] == [
        (f"e_{attribute.name}", "edge", attribute.name, attribute.type.replace("integer", "int"))
        for attribute in EDGE_ATTRIBUTES
    ]
    wanted = {"n_label", "n_name", "n_type", "e_interaction", "e_weight", "e_sign", "e_confidence"}
    assert wanted <= {key[0] for key in keys}
    assert full.rindex("<key ") < full.index("<graph ")


def test_the_file_is_in_order(nasty: Snapshot) -> None:
    """Nodes before edges, edge ids unique, weights positive, booleans lower-case, nothing empty."""
    root = etree.fromstring(b"".join(iter_graphml(nasty, EVERYTHING)))
    spaced = {"g": "http://graphml.graphdrawing.org/xmlns"}
    rows_ = root.xpath("g:graph/g:node | g:graph/g:edge", namespaces=spaced)
    kinds = [etree.QName(row).localname for row in rows_]
    assert kinds == ["node"] * len(nasty.nodes) + ["edge"] * len(nasty.edges)
    ids = root.xpath("//g:edge/@id", namespaces=spaced)
    assert len(set(ids)) == len(ids) == len(nasty.edges)
    weights = root.xpath('//g:data[@key="e_weight"]/text()', namespaces=spaced)
    assert len(weights) == len(ids)
    assert all(float(weight) > 0 for weight in weights)
    booleans = root.xpath('//g:data[@key="e_disputed" or @key="e_counts"]/text()', namespaces=spaced)
    assert set(booleans) == {"true", "false"}
    assert not root.xpath("//g:data[not(text())]", namespaces=spaced)


def test_the_same_graph_gives_the_same_bytes(rows: "Rows") -> None:
    """Whatever the order of its rows, and without a clock in it."""
    claims = [rows.claim("iran", kind, "iraq") for kind in ("supports", "opposes", "commands")]
    first, second = (rows.snapshot(mixed) for mixed in (claims, claims[::-1]))
    assert list(iter_graphml(first)) == list(iter_graphml(second))


@pytest.mark.parametrize(
    ("where", "nodes", "edges"),
    [
        (None, 4, 2),
        (EdgeFilter(kinds=["supports"]), 2, 1),
        (EdgeFilter(types=["country"]), 3, 1),
        (EdgeFilter(evidence=True), 4, 3),
        (EdgeFilter(min_confidence=1.0), 0, 0),
    ],
)
def test_filters_hold_for_exports(rows: "Rows", where: EdgeFilter | None, nodes: int, edges: int) -> None:
    """Edges that no claim counts for are left out unless asked for, and a filter on edges takes lone nodes along."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq"),
            rows.claim("isis", "opposes", "iraq"),
            rows.claim("iran", "supports", "isis", modality="possible"),
        ],
        entities=[rows.entity("syria")],
    )
    graph = nx.read_graphml(BytesIO(b"".join(iter_graphml(snapshot, where))), force_multigraph=True)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (nodes, edges)


def test_it_is_written_in_pieces(rows: "Rows") -> None:
    """A big graph never stands in memory as one text, and its pieces join at any place."""
    numbers = range(ROWS_A_BATCH + 1)
    snapshot = rows.snapshot(entities=[rows.entity(f"n{number}", name="x" * 150) for number in numbers])
    chunks = list(iter_graphml(snapshot))
    assert max(map(len, chunks)) == 2**20
    graph = nx.read_graphml(BytesIO(b"".join(chunks)))
    assert graph.number_of_nodes() == len(numbers)


def test_carriage_returns_in_names_are_references(nasty: Snapshot) -> None:
    """A bare one would be read as a line feed."""
    content = b"".join(iter_graphml(nasty))
    assert b"\r" not in content
    assert b"one&#13;\ntwo&#13;three" in content
