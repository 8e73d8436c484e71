"""The edges that geography knows, as columns."""

from collections.abc import Iterable, Sequence

import numpy as np

from graph.edges import Canonical, Edge, build_gazetteer_edge
from graph.errors import StoreError
from graph.ontology import Ontology
from graph.rows import GazetteerRow
from graph.snapshot.columns import GAZETTEER, NO_DAY, EdgeColumns, HowColumns, Words, join_rows, take_rows


def build_known_edges(
    gazetteer: Iterable[GazetteerRow], canonical: Canonical, ontology: Ontology
) -> dict[str, Edge]:
    """Make the edges that geography knows, by id; of several that merging made one, the first by its ends stays."""
    known: dict[str, Edge] = {}
    for row in sorted(gazetteer):
        edge = build_gazetteer_edge(row, canonical, ontology)
        known.setdefault(edge.id, edge)
    return known


def add_known(
    edges: EdgeColumns,
    hows: HowColumns,
    known: dict[str, Edge],
    words: Words,
    numbers: dict[str, int],
) -> tuple[EdgeColumns, HowColumns]:
    """Put what geography knows among the edges, all in order of source, target, kind and origin.

    Args:
        edges: Those of texts.
        hows: Their finer values.
        known: By id, as `build_known_edges` made them.
        words: What codes stand for.
        numbers: Those of nodes, by id.

    Raises:
        StoreError: A known place speaks of an entity that is not stored.
    """
    if not known:
        return _sort_edges(edges), hows
    ends = []
    for edge in known.values():
        for end in (edge.source, edge.target):
            if end not in numbers:
                raise StoreError(f"relation {edge.id} speaks of {end!r}, which is not stored")
        ends.append((numbers[edge.source], numbers[edge.target]))
    more, more_hows = build_known_rows(known.values(), words, ends, len(hows.how))
    edges = join_rows(EdgeColumns, [edges, more])
    return _sort_edges(edges), join_rows(HowColumns, [hows, more_hows])


def _sort_edges(edges: EdgeColumns) -> EdgeColumns:
    order = np.lexsort((edges.origin, edges.kind, edges.target, edges.source))
    # Most graphs have no places among them, and then all stand in order already.
    return edges if np.array_equal(order, np.arange(len(order))) else take_rows(edges, order)


def build_known_rows(
    known: Iterable[Edge], words: Words, ends: Sequence[tuple[int, int]], hows_start: int
) -> tuple[EdgeColumns, HowColumns]:
    """Turn what geography knows into edge rows.

    Args:
        known: As `build_known_edges` made them.
        words: Gives their codes.
        ends: The numbers of each one's two nodes.
        hows_start: Where their finer values will stand.
    """
    listed = list(known)
    size = len(listed)
    hows = np.array([words.hows.code(edge.how) for edge in listed], np.int16)
    zeros, days = np.zeros(size, np.int32), np.full(size, NO_DAY, np.int32)
    rows = EdgeColumns(
        source=np.array([source for source, _ in ends], np.int32),
        target=np.array([target for _, target in ends], np.int32),
        kind=np.array([words.kinds.code(edge.kind) for edge in listed], np.uint8),
        how=hows,
        sign=np.array([edge.sign for edge in listed], np.int8),
        origin=np.full(size, GAZETTEER, np.uint8),
        counts=np.ones(size, np.uint8),
        disputed=np.zeros(size, np.uint8),
        symmetric=np.array([edge.symmetric for edge in listed], np.uint8),
        review=np.zeros(size, np.uint8),
        claims=zeros,
        denials=zeros,
        possibles=zeros,
        rejected=zeros,
        sources=np.ones(size, np.int32),
        confidence=np.ones(size),
        first=days,
        last=days,
        valid_from=days,
        valid_to=days,
        dataset=np.array([words.datasets.code(edge.dataset) for edge in listed], np.int16),
        hows_start=np.arange(hows_start, hows_start + size, dtype=np.int32),
        hows_count=np.ones(size, np.int16),
        claims_start=np.zeros(size, np.int64),
        claims_count=zeros,
    )
    return rows, HowColumns(hows)
