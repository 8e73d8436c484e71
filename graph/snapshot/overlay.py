"""What came since a graph's columns were built, laid over them: new rows behind the old, and old ones struck out.

The unit is a pair of nodes: whatever a change says of two nodes, all text edges between the two are added up anew from
all their claims, for a new claim can fold two directions into one edge, unfold them, or put a pair in dispute. So the
result is that of reading everything again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from graph.edges import Canonical, Edge, build_gazetteer_edge
from graph.ontology import get_ontology
from graph.rows import CopyRow, GazetteerRow
from graph.snapshot.build import resolve_identities
from graph.snapshot.claim_grouping import Alphabet, Ends, find_ends, group_claims
from graph.snapshot.claim_reader import Batch, ClaimReader
from graph.snapshot.claim_sums import find_runs
from graph.snapshot.columns import (
    GAZETTEER,
    NONE,
    ClaimColumns,
    EdgeColumns,
    Growing,
    HowColumns,
    Int64,
    join_rows,
    take_rows,
    to_day,
)
from graph.snapshot.edge_records import list_claims
from graph.snapshot.graph_columns import GraphColumns
from graph.snapshot.known_edges import build_known_edges, build_known_rows
from graph.snapshot.merging import NOTHING, find_rejoined, find_turned_edges, recode
from graph.snapshot.node_table import NodeTable
from graph.snapshot.overlay_nodes import NodeDelta, grow_nodes
from graph.snapshot.spare_edges import add_spares, mark_alive
from graph.snapshot.string_table import encode
from graph.store import GraphVersion, Store
from graph.store.claim_lists import ClaimLists

_FEW_PAIRS: Final = 64
"""Up to so many pairs of nodes are looked up one by one."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What changed, as it is now.

    Attributes:
        touched: Ids of documents that came, changed or went.
        rows: (touched,) which row each of those has, the latest; -1 for none.
        documents: Those that are stored: id, story, outlet, publication day.
        claims: Theirs, as the store tells them.
        copies: The links to earlier copies that they came with.
        nodes: What changed about entities.
        gazetteer: Everything that geography knows of the sources it learned something about.
        canonical: Which node an entity's id stands for.
        around: Ids of entities of which geography's edges are put together anew, for they are one with others, or were.
        relations: Everything that geography knows of those, and of what lies in them.
    """

    version: GraphVersion
    touched: Sequence[str]
    rows: Int64
    documents: Sequence[Sequence[Any]]
    claims: ClaimLists
    copies: Sequence[CopyRow]
    nodes: NodeDelta
    gazetteer: Sequence[GazetteerRow]
    canonical: Canonical
    around: frozenset[str]
    relations: Sequence[GazetteerRow]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not (self.touched or self.nodes.entities or self.gazetteer)


def read_delta(columns: GraphColumns, store: Store) -> Delta | None:
    """Read what changed since these columns were read; None where everything is to be read anew.

    Args:
        columns: Of an earlier state of the same store.
        store: At one version.

    Cost: O(what changed), through indexes alone.
    """
    since = GraphVersion(columns.version, columns.state)
    changes = store.find_changes(since)
    if changes is None:
        return None
    canonical = resolve_identities(store.iter_judgements()) if changes.judgements else columns.canonical
    rejoined = find_rejoined(columns.canonical, canonical)
    merged = canonical.keys() | set(canonical.values())
    gazetteer = store.find_gazetteer_relations(changes.gazetteer)
    # Of several known relations that merging made one, the first by its ends stays: all of them must be seen.
    ends = {end for row in gazetteer for end in (row.source_id, row.target_id)}
    around = rejoined | _list_members(canonical, ends & merged)
    rows = columns.document_names.find_many(changes.documents)
    departed = columns.departed.union(changes.departed)
    new = [
        document
        for document, number in zip(changes.documents, rows.tolist(), strict=True)
        if number < 0 or document in departed
    ]
    documents = store.find_documents(changes, new)
    entities, recounted = {*changes.entities, *changes.recounted}, set(changes.recounted)
    renamed = {entity_id for entity_id, metonym, _ in documents.mentions if metonym is not None}
    # One node of several rows is made from all of them, whichever changed.
    members = _list_members(canonical, (entities | renamed) & merged) | rejoined
    entities |= members
    recounted |= members
    return Delta(
        version=changes.now,
        touched=changes.documents,
        rows=rows,
        documents=documents.facts,
        claims=documents.claims,
        copies=store.find_copy_links(changes.documents),
        nodes=NodeDelta(
            entities=store.find_entity_rows(sorted(entities)),
            mentions=documents.mentions,
            recounted=frozenset(recounted),
            counts=store.recount_mentions(sorted(recounted)),
            days={facts[0]: to_day(facts[3]) for facts in documents.facts if facts[3] is not None},
            rejoined=rejoined,
        ),
        gazetteer=gazetteer,
        canonical=canonical,
        around=around,
        relations=store.find_relations_around(sorted(around)),
    )


def _list_members(canonical: Canonical, entities: set[str]) -> frozenset[str]:
    """Return all entities that are one with some of these, themselves included. Cost: O(merged entities)."""
    if not entities:
        return frozenset()
    joined = {canonical.get(entity, entity) for entity in entities}
    return frozenset({entity for entity, kept in canonical.items() if kept in joined} | joined)


def lay_over(columns: GraphColumns, delta: Delta) -> GraphColumns:
    """Return the graph with a delta over it; the columns given stay as they are.

    Raises:
        StoreError: A claim speaks of an entity that is not stored.

    Cost: O(what changed, and the claims of the pairs of nodes it touches), and a byte a node; O(claims) if a document
    that the columns know changed or went.
    """
    gone = delta.rows[delta.rows >= 0]
    nodes, turned = grow_nodes(columns.nodes, delta.nodes, delta.canonical), NOTHING
    if delta.nodes.rejoined:
        turned = find_turned_edges(columns, replace(columns, canonical=delta.canonical, nodes=nodes))
    columns, batch = _read_claims(columns, nodes, delta)
    columns = _renew_edges(columns, batch, gone, turned)
    columns = _add_known(columns, delta.gazetteer)
    return _renew_known(columns, delta) if delta.around else columns


def _read_claims(columns: GraphColumns, nodes: NodeTable, delta: Delta) -> tuple[GraphColumns, Batch]:
    """Turn the new claims into codes, and give their documents, stories and ids numbers of their own."""
    reader = ClaimReader(columns.words, nodes.ids, columns.document_table.length, columns.stories)
    reader.read_documents(delta.documents)
    reader.read_copies(delta.copies)
    batch = reader.read_lists(delta.claims, named=False)
    first = len(columns.claim_names)
    grown = replace(
        columns,
        version=delta.version.version,
        state=delta.version.state,
        canonical=delta.canonical,
        nodes=nodes,
        departed=(columns.departed | set(delta.touched)) - {document[0] for document in delta.documents},
        document_table=columns.document_table.grow(reader.build_documents()),
        copy_table=columns.copy_table.grow(reader.build_copies()),
        document_names=columns.document_names.grow(reader.document_ids),
        stories=columns.stories.grow(reader.stories),
        claim_names=columns.claim_names.grow(delta.claims.ids),
    )
    claims = recode(grown, batch.claims)
    np.add(claims.name, np.int32(first), out=claims.name)
    return grown, batch._replace(claims=claims)


def _renew_edges(columns: GraphColumns, batch: Batch, gone: Int64, turned: Int64) -> GraphColumns:
    """Add up every edge between two nodes that a new claim, or one that is gone, speaks of; and those given."""
    size = columns.node_count
    ends = _find_ends(columns, batch.claims)
    parts = [_pair(*ends, size)]
    if len(gone):
        went = take_rows(columns.claims, np.flatnonzero(np.isin(columns.claims.document, gone)))
        parts.append(_pair(*_find_ends(columns, went), size))
    pairs = np.sort(np.concatenate(parts))
    pairs = pairs[find_runs(pairs)]
    if not len(pairs) and not len(turned):
        return columns
    struck = find_edges_of_pairs(columns, pairs)
    struck = np.union1d(struck, turned) if len(turned) else struck
    claims, kind = batch.claims, batch.kind
    if len(struck):
        rows, edge = list_claims(columns.edges, struck)
        if len(gone):
            stays = ~np.isin(columns.claims.document[rows], gone)
            rows, edge = rows[stays], edge[stays]
        kept = recode(columns, take_rows(columns.claims, rows))
        claims = join_rows(ClaimColumns, [kept, claims])
        kind = np.concatenate([columns.edges.kind[edge].astype(np.int64), kind])
        before = _find_ends(columns, kept)
        ends = Ends(*(np.concatenate(parts) for parts in zip(before, ends, strict=True)))
    names = claims.name
    grouped = group_claims(
        kind,
        claims,
        ends,
        documents=columns.documents,
        words=columns.words,
        nodes=size,
        alphabet=Alphabet(
            lambda place: encode(columns.claim_names[int(names[place])]),
            lambda left, right: _compare(columns, left, right),
        ),
        compiled=len(pairs) > _FEW_PAIRS,
    )
    edges = grouped.edges
    np.add(edges.hows_start, np.int32(columns.how_table.length), out=edges.hows_start)
    np.add(edges.claims_start, columns.claim_table.length, out=edges.claims_start)
    edges = add_spares(edges, ends.source[grouped.order])
    claim_table = columns.claim_table.grow(grouped.claims)
    return _put_behind(columns, edges, grouped.hows, struck, claim_table)


def _put_behind(
    columns: GraphColumns,
    edges: EdgeColumns,
    hows: HowColumns,
    struck: Int64,
    claims: Growing[ClaimColumns] | None = None,
) -> GraphColumns:
    """Put edges behind those there are, with their claims, and strike out some of these."""
    return replace(
        columns,
        edge_table=columns.edge_table.grow(edges),
        how_table=columns.how_table.grow(hows),
        claim_table=claims or columns.claim_table,
        standing=columns.standing.grow(mark_alive(edges), struck),
    )


def _find_ends(columns: GraphColumns, claims: ClaimColumns) -> Ends:
    return find_ends(claims, columns.words, columns.stands_for)


def _pair(source: Int64, target: Int64, size: int) -> Int64:
    return np.minimum(source, target) * size + np.maximum(source, target)


def _compare(columns: GraphColumns, left: Int64, right: Int64) -> NDArray[np.bool_]:
    """Say of nodes whether they come after others in the alphabet; new ones are numbered as they came."""
    later = left > right
    ids = columns.nodes.ids
    for place in np.flatnonzero(np.maximum(left, right) >= len(columns.nodes.columns)).tolist():
        later[place] = ids[int(left[place])] > ids[int(right[place])]
    return later


def find_edges_of_pairs(columns: GraphColumns, pairs: Int64) -> Int64:
    """Return the numbers of the text edges between these pairs of nodes that are not struck out, ascending.

    Args:
        columns: The graph.
        pairs: `low * nodes + high`, ascending.

    Cost: O(pairs log degree + later edges).
    """
    if not len(pairs):
        return NOTHING
    edges = columns.edges
    found = (_find_many if len(pairs) > _FEW_PAIRS else _find_few)(columns, pairs)
    return np.sort(columns.standing.choose(found[edges.origin[found] != GAZETTEER]))


def _find_many(columns: GraphColumns, pairs: Int64) -> Int64:
    from graph.csr import lock, lock_walk  # noqa: PLC0415 (compiled, which takes longer to load than to do without)
    from graph.kernels.pair_edges import find_pair_edges  # noqa: PLC0415

    (arcs,) = lock_walk((columns.base.forward,))
    source, target = lock(columns.edges.source), lock(columns.edges.target)
    return find_pair_edges(arcs, source, target, pairs, columns.node_count)


def _find_few(columns: GraphColumns, pairs: Int64) -> Int64:
    base, size = columns.base, columns.node_count
    found: list[int] = []
    for pair in pairs.tolist():
        low, high = divmod(pair, size)
        for tail, head in {(low, high), (high, low)}:
            start, stop = base.forward.get_range(tail)
            first, last = np.searchsorted(base.forward.heads[start:stop], [head, head + 1]).tolist()
            found.extend(base.forward.edges[start + first : start + last].tolist())
    return np.concatenate([np.array(found, np.int64), _find_later(columns, pairs, pairs // size)])


def _find_later(columns: GraphColumns, pairs: Int64, low: Int64) -> Int64:
    """Return those of the edges after the base that join one of these pairs, whose lower nodes are given."""
    later = slice(columns.base.edges, columns.edge_count)
    source, target = columns.edges.source[later], columns.edges.target[later]
    is_low = np.zeros(columns.node_count, np.bool_)
    is_low[low] = True
    # Few edges pass this, and searching is for those alone.
    at = np.flatnonzero(is_low[np.minimum(source, target)])
    pair = _pair(source[at].astype(np.int64), target[at].astype(np.int64), columns.node_count)
    places = np.minimum(np.searchsorted(pairs, pair), len(pairs) - 1)
    found: Int64 = at[pairs[places] == pair] + columns.base.edges
    return found


def _add_known(columns: GraphColumns, gazetteer: Sequence[GazetteerRow]) -> GraphColumns:
    """Put in what geography knows and the graph did not, or knew otherwise."""
    ontology, struck = get_ontology(), []
    added: list[tuple[Edge, tuple[int, int]]] = []
    for row in sorted(gazetteer):
        edge = build_gazetteer_edge(row, columns.canonical, ontology)
        ends = columns.nodes.find(edge.source), columns.nodes.find(edge.target)
        known = _find_known(columns, *ends, edge.kind)
        if known == NONE or not _says(columns, known, edge):
            added.append((edge, ends))
            struck.extend([known] if known != NONE else [])
    if not added:
        return columns
    rows, hows = build_known_rows(
        [edge for edge, _ in added], columns.words, [ends for _, ends in added], columns.how_table.length
    )
    return _put_behind(columns, rows, hows, np.array(struck, np.int64))


def _renew_known(columns: GraphColumns, delta: Delta) -> GraphColumns:
    """Put together anew what geography knows of entities that are one with others, or were."""
    ontology, edges = get_ontology(), columns.edges
    nodes = columns.nodes.ids.find_many(sorted(delta.around))
    is_around = np.zeros(columns.node_count, np.bool_)
    is_around[nodes[nodes >= 0]] = True
    known = (edges.origin == GAZETTEER) & (columns.alive != 0)
    struck = np.flatnonzero(known & (is_around[edges.source] | is_around[edges.target]))
    added = list(build_known_edges(delta.relations, delta.canonical, ontology).values())
    ends = [(columns.nodes.find(edge.source), columns.nodes.find(edge.target)) for edge in added]
    rows, hows = build_known_rows(added, columns.words, ends, columns.how_table.length)
    return _put_behind(columns, rows, hows, struck)


def _find_known(columns: GraphColumns, source: int, target: int, kind: str) -> int:
    code = columns.words.kinds.find(kind)
    for number in columns.find_edges_between(source, target):
        if columns.edges.origin[number] == GAZETTEER and columns.edges.kind[number] == code:
            return number
    return NONE


def _says(columns: GraphColumns, number: int, edge: Edge) -> bool:
    """Say whether an edge says already what geography knows."""
    words, edges = columns.words, columns.edges
    how, dataset = int(edges.how[number]), int(edges.dataset[number])
    return (words.hows[how], words.datasets[dataset]) == (edge.how, edge.dataset)
