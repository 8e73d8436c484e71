"""Node-link JSON: one shape for every row, read back by networkx as it was."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.export.batches import ROWS_A_BATCH
from graph.export.node_link import iter_node_link
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


def load(snapshot: Snapshot, where: EdgeFilter | None = None) -> dict[str, Any]:
    """Return what any JSON reader gets."""
    loaded: dict[str, Any] = json.loads(b"".join(iter_node_link(snapshot, where)))
    return loaded


@pytest.fixture
def small(rows: "Rows") -> Snapshot:
    """Two claims of different kinds, a denial, and a place."""
    return rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", how="funds", confidence=0.7),
            rows.claim("iran", "supports", "iraq", polarity="denied"),
            rows.claim("iran", "opposes", "isis", published_on=None),
            rows.claim("iraq", "opposes", "isis", modality="possible"),
        ],
        places=[rows.known_place("mosul", "iraq")],
        entities=[
            rows.entity(
                "mosul",
                admin1="Nineveh",
                country_code="IQ",
                lat=36.3,
                lon=43.1,
                geonames_id=99072,
                aliases=("Mawsil",),
            )
        ],
        version=5,
    )


def test_rows_have_the_fields_agreed_on(small: Snapshot) -> None:
    """Every field is there in every row; what is unknown is null."""
    loaded = load(small)
    nodes = {node["id"]: node for node in loaded["nodes"]}
    assert nodes["mosul"] == {
        "id": "mosul",
        "name": "Mosul",
        "type": "place",
        "aliases": ["Mawsil"],
        "country_code": "IQ",
        "admin1": "Nineveh",
        "lat": 36.3,
        "lon": 43.1,
        "geonames_id": 99072,
        "mentions": 1,
    }
    assert set(nodes["iran"]) == set(nodes["mosul"])
    edges = {edge["id"]: edge for edge in loaded["edges"]}
    assert list(edges) == ["iran.supports.iraq", "iran.opposes.isis", "mosul.located-in.iraq.gazetteer"]
    assert edges["iran.supports.iraq"] == {
        "id": "iran.supports.iraq",
        "source": "iran",
        "target": "iraq",
        "kind": "supports",
        "how": "funds",
        "sign": 1,
        "confidence": 0.7,
        "counts": True,
        "claims": 1,
        "denials": 1,
        "possibles": 0,
        "independent_sources": 1,
        "first": "2014-06-12",
        "last": "2014-06-12",
        "valid_from": None,
        "valid_to": None,
        "disputed": True,
        "symmetric": False,
        "origin": "text",
        "review": "unreviewed",
        "dataset": None,
    }
    assert (edges["iran.opposes.isis"]["first"], edges["iran.opposes.isis"]["how"]) == (None, None)


def test_the_header_says_what_it_is(small: Snapshot) -> None:
    """Version, filters and product; the same graph and filter give the same bytes."""
    where = EdgeFilter(kinds=["supports"], as_of=date(2014, 6, 12))
    loaded = load(small, where)
    assert (loaded["directed"], loaded["multigraph"]) == (True, True)
    assert loaded["graph"].pop("generated_from").startswith("actorgraph")
    assert loaded["graph"] == {
        "version": 5,
        "filters": {"as_of": "2014-06-12", "kinds": ["supports"]},
        "as_of": "2014-06-12",
        "known_by": None,
        "first": "2014-06-12",
        "last": "2014-06-12",
        "nodes": 2,
        "edges": 1,
    }
    assert [edge["id"] for edge in loaded["edges"]] == ["iran.supports.iraq"]
    assert list(iter_node_link(small, where)) == list(iter_node_link(small, where))


def test_networkx_reads_it_as_the_graph_it_was(small: Snapshot) -> None:
    """Nodes, parallel edges by their ids, and the header."""
    graph: Any = nx.node_link_graph(load(small), key="id", edges="edges")
    assert isinstance(graph, nx.MultiDiGraph)
    assert sorted(graph) == sorted(small.nodes)
    assert sorted(graph.edges(keys=True)) == sorted(small.view().graph.edges(keys=True))
    assert graph.edges["iran", "iraq", "iran.supports.iraq"]["confidence"] == 0.7
    assert graph.graph["version"] == 5


@pytest.mark.parametrize("rows_written", [0, 1, ROWS_A_BATCH - 1, ROWS_A_BATCH, ROWS_A_BATCH + 1])
def test_pieces_join_to_one_object(rows: "Rows", rows_written: int) -> None:
    """However many rows there are, commas stand between them and nowhere else."""
    snapshot = rows.snapshot(entities=[rows.entity(f"n{number:04d}") for number in range(rows_written)])
    loaded = load(snapshot)
    assert [node["id"] for node in loaded["nodes"]] == list(snapshot.nodes)
    assert loaded["edges"] == []


@settings(max_examples=100, deadline=None)
@given(name=st.text(st.characters(codec=None, exclude_categories=())), alias=st.text())
def test_any_name_survives(rows: "Rows", name: str, alias: str) -> None:
    """All code points, but for halves of surrogate pairs, which UTF-8 cannot hold."""
    snapshot = rows.snapshot(entities=[rows.entity("iran", name=name, aliases=(alias,))])
    node = load(snapshot)["nodes"][0]
    assert node["name"] == "".join(char for char in name if not "\ud800" <= char <= "\udfff")
    assert node["aliases"] == ([alias] if alias != name else [])
