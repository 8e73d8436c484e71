"""Snapshots: one graph for one version, with merged entities as one, and never half of anything."""

from datetime import UTC, date, datetime
from itertools import count, permutations
from threading import Barrier, Thread
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graph.errors import EntityNotFound, RecordNotFound, StoreError
from graph.filters import EdgeFilter
from graph.models import Entity
from graph.rows import JudgementRow
from graph.snapshot.cache import SnapshotCache
from graph.snapshot.snapshot import Snapshot, build_snapshot
from graph.store import Store

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


def test_the_networkx_view_holds_what_can_be_walked(rows: "Rows") -> None:
    """Parallel edges by their ids, isolated nodes too; evidence alone and self-loops are left out."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq"),
            rows.claim("iran", "opposes", "iraq"),
            rows.claim("iran", "supports", "isis", polarity="denied"),
            rows.claim("iraq", "commands", "iraq"),
        ],
        entities=[rows.entity("syria")],
    )
    graph = snapshot.view().graph
    assert sorted(graph.edges(keys=True)) == [
        ("iran", "iraq", "iran.opposes.iraq"),
        ("iran", "iraq", "iran.supports.iraq"),
    ]
    assert sorted(graph) == ["iran", "iraq", "isis", "syria"]
    data = graph.edges["iran", "iraq", "iran.supports.iraq"]
    assert data["edge"] is snapshot.edges["iran.supports.iraq"]
    assert data["weight"] == snapshot.edges["iran.supports.iraq"].confidence


def test_a_snapshot_cannot_be_changed(rows: "Rows") -> None:
    """Neither its tables nor its networkx graph take anything new."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq")])
    with pytest.raises(TypeError, match="does not support item"):
        snapshot.nodes["x"] = snapshot.nodes["iran"]  # type: ignore[index]
    with pytest.raises(nx.NetworkXError, match="Frozen graph"):
        snapshot.view().graph.add_node("x")


def test_the_order_of_rows_does_not_matter(rows: "Rows") -> None:
    """Any order of claims and judgements makes the very same graph."""
    claims = [
        rows.claim("iran", "supports", "iraq", confidence=0.3, how="arms"),
        rows.claim("iran", "supports", "iraq", confidence=0.7, how="funds"),
        rows.claim("iraq", "supports", "iran", confidence=0.1, how="allied-with"),
        rows.claim("tehran", "opposes", "isis"),
    ]
    judgements = [rows.same("iran", "tehran"), rows.same("iran", "persia", number=2)]
    made = [
        rows.snapshot(mixed, judgements=judged)
        for mixed in permutations(claims)
        for judged in (judgements, judgements[::-1])
    ]
    assert {tuple(snapshot.edges.values()) for snapshot in made} == {tuple(made[0].edges.values())}
    assert {tuple(snapshot.nodes.values()) for snapshot in made} == {tuple(made[0].nodes.values())}


@pytest.fixture
def merged(rows: "Rows") -> Snapshot:
    """Daesh was judged to be ISIS; each has claims and facts of its own."""
    return rows.snapshot(
        [
            rows.claim("isis", "opposes", "iraq", confidence=0.5),
            rows.claim("daesh", "opposes", "iraq", confidence=0.5),
            rows.claim("daesh", "supports", "isis"),
        ],
        entities=[
            rows.entity("isis", aliases=("ISIL",), mentions=3),
            rows.entity("daesh", aliases=("Da'ish", "ISIL"), mentions=4, country_code="IQ", lat=1.0, lon=2.0),
        ],
        judgements=[rows.same("isis", "daesh", keep="isis")],
    )


def test_merged_entities_are_one_node(merged: Snapshot) -> None:
    """The kept one's name and id, all names as aliases, mentions added, gaps filled."""
    node = merged.nodes["isis"]
    assert set(merged.nodes) == {"isis", "iraq"}
    assert (node.name, node.aliases, node.mentions) == ("Isis", ("Da'ish", "Daesh", "ISIL"), 7)
    assert (node.country_code, node.lat, node.lon, node.merged) == ("IQ", 1.0, 2.0, ("daesh",))


def test_merged_entities_share_their_edges(merged: Snapshot) -> None:
    """Claims about either add up; what one did to the other is an edge to itself that nothing walks."""
    assert merged.edges["isis.opposes.iraq"].claims == 2
    assert merged.edges["isis.opposes.iraq"].confidence == pytest.approx(0.75)
    assert "isis.supports.isis" in merged.edges
    assert list(merged.view().graph.edges()) == [("isis", "iraq")]


def test_old_ids_lead_to_what_they_became(merged: Snapshot) -> None:
    """An id that was merged away still answers, for entities, edges and their evidence."""
    assert merged.get_node("daesh").id == "isis"
    assert merged.get_edge("daesh.opposes.iraq").id == "isis.opposes.iraq"
    assert {claim.source_id for claim in merged.get_claims("daesh.opposes.iraq")} == {"isis", "daesh"}
    assert merged.names.resolve("Daesh").id == "isis"


@pytest.mark.parametrize("verdict", ["not-same", "unsure"])
def test_only_positive_judgements_merge(rows: "Rows", verdict: str) -> None:
    """Being kept apart, or being unsure, leaves two nodes."""
    judgement = JudgementRow(1, "isis", "daesh", verdict, None)
    assert set(rows.snapshot(judgements=[judgement]).nodes) == {"isis", "daesh"}


@pytest.mark.parametrize("modality", ["asserted", "possible"])
def test_both_directions_of_a_folded_edge_answer(rows: "Rows", modality: str) -> None:
    """An alliance has one edge; its other id leads there, also while it is only possible."""
    alliance = rows.claim("iraq", "supports", "iran", how="allied-with", modality=modality)
    snapshot = rows.snapshot([alliance, alliance._replace(id="x", source_id="iran", target_id="iraq")])
    assert snapshot.get_edge("iraq.supports.iran") is snapshot.get_edge("iran.supports.iraq")


@pytest.mark.parametrize(
    "edge_id",
    ["iraq.supports.iran", "iran.opposes.iraq", "iran.supports.iraq.gazetteer", "iran", "", "a.b.c.d.e"],
)
def test_edges_that_are_not_there_are_refused(rows: "Rows", edge_id: str) -> None:
    """The other direction of a one-way edge is not an edge."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq", how="funds")])
    with pytest.raises(RecordNotFound, match="no relation with id"):
        snapshot.get_edge(edge_id)


def test_an_unknown_entity_is_refused(rows: "Rows") -> None:
    """The error names the id."""
    with pytest.raises(EntityNotFound, match="atlantis"):
        rows.snapshot().get_node("atlantis")


def test_a_claim_about_nobody_is_an_error(rows: "Rows") -> None:
    """Rows that do not belong together are not made into a graph in silence."""
    with pytest.raises(StoreError, match="'iraq', which is not stored"):
        build_snapshot([rows.entity("iran")], [rows.claim("iran", "supports", "iraq")])


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"of": "iraq"}, ["isis.opposes.iraq", "iran.supports.iraq", "iraq.opposes.isis"]),
        ({"source": "iraq"}, ["iraq.opposes.isis"]),
        ({"target": "iraq"}, ["isis.opposes.iraq", "iran.supports.iraq"]),
        ({"of": "iraq", "kind": "supports"}, ["iran.supports.iraq"]),
        ({"kind": "opposes"}, ["isis.opposes.iraq", "iraq.opposes.isis"]),
        ({"of": "iran", "target": "isis"}, []),
        ({"of": "syria"}, []),
    ],
)
def test_edges_are_found_by_their_ends(rows: "Rows", wanted: dict[str, str], found: list[str]) -> None:
    """Most confident first; an end that has no edges has none."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", confidence=0.6),
            rows.claim("isis", "opposes", "iraq", confidence=0.9),
            rows.claim("iraq", "opposes", "isis", confidence=0.5),
            rows.claim("iran", "supports", "isis", polarity="denied"),
        ]
    )
    assert [edge.id for edge in snapshot.view().find_edges(**wanted)] == found


def test_views_are_remembered_by_what_they_ask(rows: "Rows") -> None:
    """Equal filters, however written, are one view; another filter is another."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq")])
    assert snapshot.view(EdgeFilter(kinds=["supports"])) is snapshot.view(EdgeFilter(kinds={"supports"}))
    assert snapshot.view() is snapshot.view(EdgeFilter())
    assert snapshot.view(EdgeFilter(kinds=["opposes"])) is not snapshot.view()


_documents = count(1)


def say(store: Store, confidence: float = 0.8) -> None:
    """Store a document with one claim that Iran supports Iraq."""
    number = next(_documents)
    with store.write_document() as writer:
        if not writer.find_entities(["iran"]):
            writer.add_entities(
                Entity(id=entity_id, name=entity_id.title(), type="country") for entity_id in ("iran", "iraq")
            )
        writer.add_document(
            {
                "id": f"d{number}",
                "content_hash": str(number),
                "story_id": f"s{number}",
                "text": "Iran backs Iraq.",
                "published_on": date(2014, 6, 12),
                "extractor": "test/1",
                "ingested_at": datetime(2014, 6, 12, tzinfo=UTC),
            },
            [],
        )
        claim = {
            "id": f"c{number}",
            "document_id": f"d{number}",
            "source_id": "iran",
            "kind": "supports",
            "target_id": "iraq",
            "quote": "Iran backs Iraq.",
            "quote_start": 0,
            "quote_end": 16,
            "source_start": 0,
            "source_end": 4,
            "source_resolution": "name",
            "target_start": 11,
            "target_end": 15,
            "target_resolution": "name",
            "trigger": "backs",
            "trigger_start": 5,
            "trigger_end": 10,
            "rule": "verb:active",
            "review_status": "unreviewed",
            "polarity": "affirmed",
            "modality": "asserted",
            "confidence": confidence,
        }
        writer.add_claims([claim])


def test_the_cache_follows_the_store(store: Store) -> None:
    """Nothing is built twice for one version; a write is seen by the next reader, and not by older snapshots."""
    cache = SnapshotCache(store)
    empty = cache.current()
    assert (dict(empty.edges), cache.current() is empty) == ({}, True)
    say(store, 0.5)
    one = cache.current()
    assert (one.version, one.edges["iran.supports.iraq"].claims) == (store.get_version(), 1)
    say(store, 0.5)
    store.review_claim(one.get_claims("iran.supports.iraq")[0].id, "rejected")
    two = cache.current().edges["iran.supports.iraq"]
    assert (two.claims, two.rejected) == (1, 1)
    assert one.edges["iran.supports.iraq"].rejected == 0


def test_judgements_are_followed_and_undone(store: Store) -> None:
    """Merging two entities changes the next snapshot, and deleting the judgement brings the first one back."""
    say(store)
    cache = SnapshotCache(store)
    before = cache.current()
    judgement = store.add_judgement("iran", "iraq", "same", keep_id="iran")
    assert set(cache.current().nodes) == {"iran"}
    assert judgement.id is not None
    store.delete_judgement(judgement.id)
    after = cache.current()
    assert (dict(after.nodes), dict(after.edges)) == (dict(before.nodes), dict(before.edges))


def test_readers_never_see_half(store: Store) -> None:
    """While documents are written, every reader's snapshot has as many claims on the edge as documents then stored."""
    cache = SnapshotCache(store)
    say(store)
    start = Barrier(4)
    seen: list[tuple[int, int, int]] = []

    def read() -> None:
        start.wait()
        for _ in range(15):
            snapshot = cache.current()
            claims = snapshot.claims["iran.supports.iraq"]
            seen.append((snapshot.version, len(claims), snapshot.edges["iran.supports.iraq"].claims))

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    start.wait()
    for _ in range(10):
        say(store)
    for reader in readers:
        reader.join()
    assert len(seen) == 45
    assert {claims - version for version, claims, _ in seen} == {seen[0][1] - seen[0][0]}
    assert all(claims == counted for _, claims, counted in seen)
    assert cache.current().version == store.get_version()
