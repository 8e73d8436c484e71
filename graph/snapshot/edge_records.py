"""Edges and claims out of columns: one object at a time, when somebody looks at it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from graph.edges import Edge
from graph.rows import ClaimRow
from graph.snapshot.columns import (
    GAZETTEER,
    MODALITIES,
    NONE,
    ORIGINS,
    POLARITIES,
    REVIEWS,
    EdgeColumns,
    Int16,
    Int32,
    Int64,
    Mask,
    from_day,
    list_columns,
    take_rows,
)
from graph.snapshot.graph_columns import GraphColumns

Record = TypeVar("Record")

_KEPT = 1 << 16
_SUFFIX = ".gazetteer"


@dataclass(frozen=True, slots=True, eq=False)
class NewSums:
    """Edges added up from the claims that a filter leaves.

    Attributes:
        numbers: Of the text edges that add up to something else than in the graph, ascending.
        edges: Their rows.
        hows: Their finer values; `edges.hows_start` points in here.
        claims: Rows of their claims; `edges.claims_start` points in here.
        left: (edges of the graph,) 1 for text edges that have a claim left.
        disputed: (edges of the graph,) as the filter leaves it, of edges that have a claim left.
    """

    numbers: Int32
    edges: EdgeColumns
    hows: Int16
    claims: Int64
    left: Mask
    disputed: Mask

    def find(self, numbers: Int64) -> tuple[Int64, Int64]:
        """Return the places of those of some edges that have a row here, and these rows."""
        rows = np.searchsorted(self.numbers, numbers)
        here = np.flatnonzero(rows < len(self.numbers))
        here = here[self.numbers[rows[here]] == numbers[here]]
        return here, rows[here]


class EdgeRecords:
    """Makes edges and claims of one graph, as a filter leaves them; what was made lately is kept.

    Args:
        sums: The edges added up anew; None for the whole graph's.
    """

    def __init__(self, columns: GraphColumns, sums: NewSums | None = None) -> None:
        self._columns = columns
        self._sums = sums
        self._made: dict[int, Edge] = {}

    def get_edge(self, number: int) -> Edge:
        """Return an edge by its number."""
        edge = self._made.get(number)
        if edge is None:
            edge = self._make(number)
            if len(self._made) >= _KEPT:
                self._made.clear()
            edge = self._made.setdefault(number, edge)
        return edge

    def take_rows(self, numbers: Int32) -> EdgeColumns:
        """Return the rows of many edges, each of which has something left; of no meaning is where claims and hows start.

        Cost: O(edges asked for).
        """
        if self._sums is None:
            follow = len(numbers) > 0 and bool((np.diff(numbers) == 1).all())
            # Rows that follow one another share the memory of the columns.
            chosen = slice(int(numbers[0]), int(numbers[-1]) + 1) if follow else numbers
            return take_rows(self._columns.edges, chosen)
        rows = take_rows(self._columns.edges, numbers)
        anew, places = self._sums.find(numbers.astype(np.int64))
        for name, column in list_columns(take_rows(self._sums.edges, places)).items():
            getattr(rows, name)[anew] = column
        rows.disputed[:] = self._sums.disputed[numbers]
        return rows

    def get_claims(self, number: int) -> tuple[ClaimRow, ...]:
        """Return the claims of an edge that are left, in order of claim id."""
        kind = self._columns.words.kinds[int(self._columns.edges.kind[number])]
        return tuple(make_claim(self._columns, row, kind) for row in self.list_claim_rows(number).tolist())

    def list_claim_rows(self, number: int) -> Int64:
        """Return which rows of the claim columns are left of an edge's, in order of claim id."""
        edges, row, _ = self._locate(number)
        if edges is None:
            return np.zeros(0, np.int64)
        start = int(edges.claims_start[row])
        stop = start + int(edges.claims_count[row])
        if edges is self._columns.edges or self._sums is None:
            return np.arange(start, stop)
        return self._sums.claims[start:stop]

    def list_claims(self, numbers: Int32) -> tuple[Int64, Int64]:
        """Return the claim rows that are left of text edges that have any, and the number of each one's edge."""
        edges = self._columns.edges
        if self._sums is None:
            return list_claims(edges, numbers.astype(np.int64))
        starts, counts = edges.claims_start[numbers], edges.claims_count[numbers].astype(np.int64)
        anew, places = self._sums.find(numbers.astype(np.int64))
        starts[anew], counts[anew] = (
            self._sums.edges.claims_start[places],
            self._sums.edges.claims_count[places],
        )
        rows = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        is_anew = np.zeros(len(numbers), np.bool_)
        is_anew[anew] = True
        at = np.flatnonzero(np.repeat(is_anew, counts))
        rows[at] = self._sums.claims[rows[at]]
        return rows, np.repeat(numbers.astype(np.int64), counts)

    def has_claims(self, number: int) -> bool:
        """Say whether any claim of an edge is left."""
        edges, row, _ = self._locate(number)
        return edges is not None and bool(edges.claims_count[row])

    def _locate(self, number: int) -> tuple[EdgeColumns | None, int, Int16]:
        """Return the table that an edge's row is in, which row, and its finer values."""
        columns, sums = self._columns, self._sums
        if sums is None or columns.edges.origin[number] == GAZETTEER:
            return columns.edges, number, columns.how_table.rows.how
        if not sums.left[number]:
            return None, NONE, sums.hows
        row = int(np.searchsorted(sums.numbers, number))
        if row == len(sums.numbers) or sums.numbers[row] != number:
            return columns.edges, number, columns.how_table.rows.how
        return sums.edges, row, sums.hows

    def _make(self, number: int) -> Edge:
        edges, row, hows = self._locate(number)
        if edges is None:
            raise KeyError(number)
        words, nodes = self._columns.words, self._columns.nodes
        disputed = edges.disputed[row] if self._sums is None else self._sums.disputed[number]
        how, dataset = int(edges.how[row]), int(edges.dataset[row])
        start = int(edges.hows_start[row])
        found = hows[start : start + int(edges.hows_count[row])].tolist()
        sign = int(edges.sign[row])
        return Edge(
            id=get_edge_id(self._columns, number),
            source=nodes.ids[int(edges.source[row])],
            kind=words.kinds[int(edges.kind[row])],
            target=nodes.ids[int(edges.target[row])],
            how=None if how == NONE else words.hows[how],
            hows=tuple(map(words.hows.__getitem__, found)),
            sign=1 if sign > 0 else -1 if sign < 0 else 0,
            origin="gazetteer" if edges.origin[row] else "text",
            counts=bool(edges.counts[row]),
            claims=int(edges.claims[row]),
            denials=int(edges.denials[row]),
            possibles=int(edges.possibles[row]),
            rejected=int(edges.rejected[row]),
            independent_sources=int(edges.sources[row]),
            confidence=float(edges.confidence[row]),
            first=from_day(int(edges.first[row])),
            last=from_day(int(edges.last[row])),
            valid_from=from_day(int(edges.valid_from[row])),
            valid_to=from_day(int(edges.valid_to[row])),
            disputed=bool(disputed),
            symmetric=bool(edges.symmetric[row]),
            review=REVIEWS[int(edges.review[row])],  # type: ignore[arg-type]
            dataset=None if dataset == NONE else words.datasets[dataset],
        )


def list_claims(edges: EdgeColumns, numbers: Int64) -> tuple[Int64, Int64]:
    """Return the rows of some edges' claims, and which edge each is of; in the order of the edges and of claim ids."""
    counts = edges.claims_count[numbers].astype(np.int64)
    before = np.cumsum(counts) - counts
    rows = np.repeat(edges.claims_start[numbers] - before, counts) + np.arange(counts.sum())
    return rows, np.repeat(numbers, counts)


def make_claim(columns: GraphColumns, row: int, kind: str) -> ClaimRow:
    """Make one claim of its row."""
    claims, words = columns.claims, columns.words
    document = int(claims.document[row])
    how, outlet = int(claims.how[row]), int(columns.documents.outlet[document])
    return ClaimRow(
        id=columns.claim_names[int(claims.name[row])],
        source_id=_get_entity_id(columns, int(claims.source[row])) or "",
        kind=kind,
        how=None if how == NONE else words.hows[how],
        target_id=_get_entity_id(columns, int(claims.target[row])) or "",
        polarity=POLARITIES[int(claims.polarity[row])],
        modality=MODALITIES[int(claims.modality[row])],
        confidence=float(claims.confidence[row]),
        review_status=REVIEWS[int(claims.review[row])],
        attributed_to_id=_get_entity_id(columns, int(claims.speaker[row])),
        document_id=columns.document_names[document],
        story_id=columns.stories[int(columns.documents.story[document])],
        outlet=None if outlet == NONE else words.outlets[outlet],
        published_on=from_day(int(columns.documents.published[document])),
        valid_from=from_day(int(claims.valid_from[row])),
        valid_to=from_day(int(claims.valid_to[row])),
    )


def _get_entity_id(columns: GraphColumns, code: int) -> str | None:
    if code == NONE:
        return None
    return columns.nodes.ids[code] if code >= 0 else columns.words.outsiders[-2 - code]


def get_edge_id(columns: GraphColumns, number: int) -> str:
    """Return an edge's id."""
    edges, ids = columns.edges, columns.nodes.ids
    kind = columns.words.kinds[int(edges.kind[number])]
    suffix = _SUFFIX if edges.origin[number] else ""
    return f"{ids[int(edges.source[number])]}.{kind}.{ids[int(edges.target[number])]}{suffix}"


def list_edge_ids(columns: GraphColumns, numbers: Int32) -> list[str]:
    """Return the ids of many edges. Cost: O(nodes + edges)."""
    edges, kinds = columns.edges, columns.words.kinds.words
    ids = columns.nodes.ids.list_all()
    rows = zip(
        edges.source[numbers].tolist(),
        edges.kind[numbers].tolist(),
        edges.target[numbers].tolist(),
        edges.origin[numbers].tolist(),
        strict=True,
    )
    return [
        f"{ids[source]}.{kinds[kind]}.{ids[target]}{_SUFFIX if origin else ''}"
        for source, kind, target, origin in rows
    ]


def find_edge(columns: GraphColumns, edge_id: str, among: Mask | None = None) -> int:
    """Return the number of the edge with this very id, -1 where there is none. Cost: O(log nodes + log degree).

    `among` is as in `GraphColumns.find_edges_between`.
    """
    source, _, rest = edge_id.partition(".")
    kind, _, rest = rest.partition(".")
    target, dot, suffix = rest.partition(".")
    kind_code = columns.words.kinds.find(kind)
    if kind_code == NONE or (dot and suffix != ORIGINS[GAZETTEER]):
        return NONE
    start, end = columns.nodes.find(source), columns.nodes.find(target)
    if start < 0 or end < 0:
        return NONE
    for number in columns.find_edges_between(start, end, among):
        if columns.edges.kind[number] == kind_code and bool(columns.edges.origin[number]) == bool(dot):
            return number
    return NONE


class LazyMap(Mapping[str, Record], Generic[Record]):
    """Records by id that are made when they are asked for; nobody can change it.

    Args:
        find: Returns the number of an id, below 0 where it is not here.
        make: Returns the record of a number.
        count: Returns how many there are.
        order: Returns their numbers and ids, sorted by id.
    """

    def __init__(
        self,
        find: Callable[[str], int],
        make: Callable[[int], Record],
        count: Callable[[], int],
        order: Callable[[], Sequence[tuple[int, str]]],
    ) -> None:
        self._find, self._make, self._count, self._list_order = find, make, count, order
        self._order: Sequence[tuple[int, str]] | None = None

    def __getitem__(self, record_id: str) -> Record:
        """Return the record of an id."""
        number = self._find(record_id) if isinstance(record_id, str) else NONE
        if number < 0:
            raise KeyError(record_id)
        return self._make(number)

    def __contains__(self, record_id: object) -> bool:
        """Say whether there is a record of an id, without making it."""
        return isinstance(record_id, str) and self._find(record_id) >= 0

    def __iter__(self) -> Iterator[str]:
        """Yield the ids, sorted."""
        return (record_id for _, record_id in self._get_order())

    def __len__(self) -> int:
        """Return how many records there are, without making any."""
        return self._count()

    def values(self) -> "LazyValues[Record]":  # type: ignore[override]
        """Return the records, sorted by id."""
        return LazyValues(self)

    def iter_records(self) -> Iterator[Record]:
        """Yield the records, sorted by id."""
        return (self._make(number) for number, _ in self._get_order())

    def __repr__(self) -> str:
        """Say how many there are."""
        return f"<{len(self)} records by id>"

    def _get_order(self) -> Sequence[tuple[int, str]]:
        if self._order is None:
            self._order = self._list_order()
        return self._order


class LazyValues(Generic[Record]):
    """The records of a `LazyMap`, to be gone through as often as one likes."""

    def __init__(self, records: LazyMap[Record]) -> None:
        self._records = records

    def __iter__(self) -> Iterator[Record]:
        """Yield the records, sorted by id."""
        return self._records.iter_records()

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._records)
