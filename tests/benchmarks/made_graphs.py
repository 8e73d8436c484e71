"""The graphs of `random_graphs` as the product holds them: rows in a store, or columns at once where SQL would take minutes.

Every edge has one claim, of a document that says a hundred; entities are people and bodies, outlets twenty.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import insert

from graph.models import Entity
from graph.rows import EntityRow
from graph.snapshot.columns import (
    NO_DAY,
    NONE,
    ClaimColumns,
    DocumentColumns,
    EdgeColumns,
    Growing,
    Words,
    give_room,
)
from graph.snapshot.graph_columns import BaseArcs, GraphColumns, build_arcs
from graph.snapshot.snapshot import build_snapshot
from graph.snapshot.standing import Standing
from graph.snapshot.string_table import GrowingStrings, StringIndex, StringTable
from graph.store import Store
from graph.store.database import bump_version
from graph.store.tables import CLAIM, DOCUMENT
from tests.benchmarks.random_graphs import Arrays

CLAIMS_A_DOCUMENT = 100
OUTLETS = 20
FIRST_DAY = date(2014, 1, 1)
DAYS = 1000
TYPES = ("armed-group", "country", "organization", "person")
KINDS = {1: "supports", -1: "opposes"}
_DIGITS = 9
_SPANS = ("quote", "source", "target", "trigger")
_ROWS_AT_ONCE = 100_000
_CLAIM_SQL = {
    "id": "printf('c%09d', ?1)",
    "document_id": f"printf('d%09d', ?1 / {CLAIMS_A_DOCUMENT})",
    "source_id": "printf('entity-%08d', ?2)",
    "target_id": "printf('entity-%08d', ?3)",
    "kind": f"CASE ?4 WHEN 1 THEN '{KINDS[1]}' ELSE '{KINDS[-1]}' END",
    "confidence": "?5",
}
"""What `describe_claim` gives for a claim's number, source, target, sign and confidence, as SQLite puts it together."""


def name_entity(number: int) -> str:
    """Return the id of an entity; ids sort as numbers do."""
    return f"entity-{number:08d}"


def describe_claim(number: int, source: int, target: int, sign: int, confidence: float) -> dict[str, object]:
    """Return a claim as its table takes it."""
    return {
        "id": f"c{number:09d}", "document_id": f"d{number // CLAIMS_A_DOCUMENT:09d}",
        "source_id": name_entity(source), "kind": KINDS[sign], "target_id": name_entity(target),
        "quote": "q", "trigger": "t", "rule": "r", "source_resolution": "name", "target_resolution": "name",
        "polarity": "affirmed", "modality": "asserted", "confidence": confidence, "review_status": "unreviewed",
        **{f"{span}_start": 0 for span in _SPANS},
        **{f"{span}_end": 1 for span in _SPANS},
    }  # fmt: skip


def describe_document(number: int) -> dict[str, object]:
    """Return a document as its table takes it."""
    return {
        "id": f"d{number:09d}", "content_hash": f"d{number}", "story_id": f"d{number:09d}", "text": "Short.",
        "source": f"Outlet {number % OUTLETS}", "published_on": FIRST_DAY + timedelta(days=number % DAYS),
        "extractor": "made/1", "ingested_at": datetime(2014, 1, 1, tzinfo=UTC),
    }  # fmt: skip


def fill_store(store: Store, graph: Arrays, documents_at_once: int = 200) -> None:
    """Write a graph into an empty store through the product's own writer.

    Cost: about 30 microseconds an edge.
    """
    entities = [
        Entity(id=name_entity(number), name=f"Entity {number}", type=TYPES[number % len(TYPES)])
        for number in range(graph.nodes)
    ]
    step = CLAIMS_A_DOCUMENT * documents_at_once
    with store.write_document() as writer:
        writer.add_entities(entities)
    for start in range(0, len(graph.sources), step):
        stop = min(start + step, len(graph.sources))
        with store.write_document() as writer:
            for number in range(start // CLAIMS_A_DOCUMENT, -(-stop // CLAIMS_A_DOCUMENT)):
                writer.add_document(describe_document(number), [])
            writer.add_claims(list(_iter_claims(graph, start, stop)))


def fill_large_store(store: Store, graph: Arrays) -> None:
    """Write the same graph in one transaction, ids put together by SQLite: as one version, of which nothing is told.

    Cost: about 10 microseconds an edge, half of it for the indexes, which are made anew once the claims are there.
    """
    entity = Entity(id="", name="", type="", origin="text").model_dump()
    nodes = (
        (name_entity(number), f"Entity {number}", TYPES[number % len(TYPES)]) for number in range(graph.nodes)
    )
    documents = [describe_document(number) for number in range(-(-len(graph.sources) // CLAIMS_A_DOCUMENT))]
    confidences = np.round(np.exp(-graph.weights), _DIGITS)
    claims = (
        row
        for start in range(0, len(graph.sources), _ROWS_AT_ONCE)
        for row in zip(
            range(start, len(graph.sources)),
            *(
                column[start : start + _ROWS_AT_ONCE].tolist()
                for column in (graph.sources, graph.targets, graph.signs, confidences)
            ),
            strict=False,
        )
    )
    with store.writing() as connection:
        driver: Any = connection.connection.driver_connection
        driver.executemany(*_insert("entity", entity, {"id": "?1", "name": "?2", "type": "?3"}, nodes))
        connection.execute(insert(DOCUMENT), documents)
        for index in CLAIM.indexes:
            index.drop(connection)
        driver.executemany(*_insert("claim", describe_claim(0, 0, 0, 1, 1.0), _CLAIM_SQL, claims))
        for index in CLAIM.indexes:
            index.create(connection)
        bump_version(connection)


def _insert(
    table: str, row: dict[str, Any], told: dict[str, str], rows: Iterator[tuple[Any, ...]]
) -> tuple[str, Iterator[tuple[Any, ...]]]:
    """Return a statement that inserts rows like one, some columns told by expressions over each row's values."""
    columns = {name: "NULL" if value is None else f"'{value}'" for name, value in row.items()} | told
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(columns.values())})", rows  # noqa: S608


def _iter_claims(graph: Arrays, start: int, stop: int) -> Iterator[dict[str, object]]:
    confidences = np.round(np.exp(-graph.weights[start:stop]), _DIGITS).tolist()
    part = slice(start, stop)
    columns = (
        graph.sources[part].tolist(),
        graph.targets[part].tolist(),
        graph.signs[part].tolist(),
        confidences,
    )
    for number, row in enumerate(zip(*columns, strict=True), start):
        yield describe_claim(number, *row)


def make_columns(graph: Arrays) -> GraphColumns:
    """Return a graph as columns, edges and claims at once: what reading it from a store gives.

    Cost: about a microsecond an edge and ten a node; 250 bytes an edge.
    """
    edges, nodes = len(graph.sources), graph.nodes
    rows = (
        EntityRow(
            name_entity(number),
            f"Entity {number}",
            TYPES[number % len(TYPES)],
            None,
            None,
            None,
            None,
            None,
            (),
            1,
        )
        for number in range(nodes)
    )
    bare = build_snapshot(rows, (), (), (), 1).columns
    words = bare.words
    for outlet in range(OUTLETS):
        words.outlets.code(f"Outlet {outlet}")
        words.voices.code(f"outlet {outlet}")
    order = np.argsort(graph.sources.astype(np.int64) * nodes + graph.targets, kind="stable")
    source, target = graph.sources[order], graph.targets[order]
    documents = -(-edges // CLAIMS_A_DOCUMENT)
    number = np.arange(documents)
    document_names = _name_all("d", documents, 9)
    indexed = GrowingStrings(document_names, StringIndex.of(document_names))
    numbers, none = np.arange(edges, dtype=np.int32), np.zeros(0, np.int32)
    edge_table, claim_table = _fill_edges(graph, order, words)
    return replace(
        bare,
        state="made",
        edge_table=edge_table,
        claim_table=claim_table,
        document_table=_fill(DocumentColumns, documents, {
            "story": number, "own": number, "outlet": number % OUTLETS, "voice": number % OUTLETS,
            "published": FIRST_DAY.toordinal() + number % DAYS,
        }),
        claim_names=GrowingStrings(_name_all("c", edges, 9).take(order)),
        document_names=indexed,
        stories=indexed,
        standing=Standing(np.ones(edges, np.uint8)),
        base=BaseArcs(
            nodes,
            edges,
            build_arcs(source, target, numbers, nodes),
            build_arcs(target, source, numbers, nodes),
            build_arcs(none, none, none, nodes),
            build_arcs(none, none, none, nodes),
        ),
    )  # fmt: skip


def _fill_edges(
    graph: Arrays, order: NDArray[np.int64], words: Words
) -> tuple[Growing[EdgeColumns], Growing[ClaimColumns]]:
    """Return the edges in this order, and the claim of each."""
    edges, numbers = len(order), np.arange(len(order))
    document = (order // CLAIMS_A_DOCUMENT).astype(np.int32)
    day = (FIRST_DAY.toordinal() + document % DAYS).astype(np.int32)
    sign = graph.signs[order]
    same: dict[str, NDArray[Any] | int] = {
        "source": graph.sources[order], "target": graph.targets[order], "how": NONE, "valid_from": NO_DAY,
        "valid_to": NO_DAY, "confidence": np.round(np.exp(-graph.weights[order]), _DIGITS),
    }  # fmt: skip
    of_edges: dict[str, NDArray[Any] | int] = {
        "sign": sign, "dataset": NONE, "counts": 1, "claims": 1, "sources": 1, "first": day, "last": day,
        "kind": np.where(sign > 0, words.kinds.find(KINDS[1]), words.kinds.find(KINDS[-1])),
        "claims_start": numbers, "claims_count": 1,
    }  # fmt: skip
    of_claims: dict[str, NDArray[Any] | int] = {"name": numbers, "document": document, "speaker": NONE}
    return _fill(EdgeColumns, edges, {**same, **of_edges}), _fill(ClaimColumns, edges, {**same, **of_claims})


def _name_all(prefix: str, count: int, digits: int) -> StringTable:
    """Return `prefix` with every number up to `count`, in so many digits."""
    start = np.frombuffer(prefix.encode(), np.uint8)
    blob = np.empty((count, len(start) + digits), np.uint8)
    blob[:, : len(start)] = start
    left = np.arange(count)
    for place in range(digits):
        blob[:, -1 - place] = left % 10 + ord("0")
        left //= 10
    return StringTable(blob.reshape(-1), np.arange(count + 1, dtype=np.int64) * blob.shape[1])


def _fill(kind: type[Any], rows: int, columns: dict[str, NDArray[Any] | int]) -> Growing[Any]:
    """Return a table with room, its columns filled as told and with noughts; made in place, for it may be large."""
    room = {}
    for field in fields(kind):
        # The annotation is an array of a scalar type, as a table's docstring tells.
        room[field.name] = np.zeros(give_room(rows), get_args(get_args(field.type)[1])[0])
        room[field.name][:rows] = columns.get(field.name, 0)
    return Growing(kind(**room), rows)
