"""From the store's rows to columns: one pass over the claims, then everything at once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.claim_reader import Batch, ClaimReader
from graph.claim_sums import EdgeSums, Grammar, Signed, find_torn, sum_up
from graph.columns import (
    GAZETTEER,
    NO_DAY,
    NONE,
    ClaimColumns,
    CopyColumns,
    DocumentColumns,
    EdgeColumns,
    Growing,
    HowColumns,
    Int64,
    WordList,
    Words,
    join_rows,
    take_rows,
)
from graph.edges import Canonical, Edge, build_gazetteer_edge
from graph.errors import StoreError
from graph.graph_columns import BaseArcs, GraphColumns, build_arcs
from graph.node_table import NodeColumns, NodeTable
from graph.nodes import build_nodes
from graph.ontology import Ontology, get_ontology
from graph.rows import NEVER, ClaimRow, CopyRow, EntityRow, GazetteerRow, JudgementRow
from graph.string_table import GrowingStrings, StringIndex, StringTable, join_tables

Bools = NDArray[np.bool_]

_ROWS_AT_ONCE = 20_000


def build_columns(
    entities: Iterable[EntityRow],
    read_batches: Callable[[ClaimReader], Iterable[Batch]],
    gazetteer: Iterable[GazetteerRow],
    judgements: Iterable[JudgementRow],
    copies: Iterable[CopyRow] | None,
    version: int,
    state: str = "",
) -> GraphColumns:
    """Add up rows into a graph. Pure: the same rows, in any order, make the same graph.

    Args:
        entities: All there are.
        read_batches: Has the reader read all documents and claims, and yields what it made of them.
        gazetteer: What geography knows.
        judgements: Who is whom.
        copies: The links between copies of one story; None if any two documents of a story are copies.
        version: The graph's version.
        state: Its name in the store; empty where it has none.

    Raises:
        StoreError: A claim or known place speaks of an entity that is not among `entities`.

    Cost: O(rows log rows) time, about 6 microseconds a claim; about 150 bytes a claim and edge, and their ids.
    """
    ontology = get_ontology()
    canonical = _resolve_identities(judgements)
    nodes = NodeColumns.of(build_nodes(entities, canonical))
    numbers = {node_id: number for number, node_id in enumerate(nodes.ids.slice(0, len(nodes)))}
    words = _start_words(canonical, ontology)
    reader = ClaimReader(words, numbers)
    batch = join_batches([reader.read([]), *read_batches(reader)])
    documents = reader.build_documents()
    reader.read_copies(copies or ())
    links = reader.build_copies() if copies is not None else _link_stories(documents)
    edges, hows, order = group_claims(
        batch.kind,
        batch.claims,
        find_ends(batch.claims, words, _resolve_ends(words, canonical, numbers)),
        documents=documents,
        words=words,
        nodes=len(nodes),
        get_id=batch.names.get_bytes,
    )
    kept = replace(take_rows(batch.claims, order), name=np.arange(len(order), dtype=np.int32))
    known = build_known_edges(gazetteer, canonical, ontology)
    edges, hows = _add_known(edges, hows, known, words, numbers)
    source, target = edges.source, edges.target
    everything = np.arange(len(source), dtype=np.int32)
    mirrored = np.flatnonzero(edges.symmetric).astype(np.int32)
    base = BaseArcs(
        nodes=len(nodes),
        edges=len(source),
        forward=build_arcs(source, target, everything, len(nodes)),
        backward=build_arcs(target, source, everything, len(nodes)),
        mirror=build_arcs(target[mirrored], source[mirrored], mirrored, len(nodes)),
        mirror_out=build_arcs(source[mirrored], target[mirrored], mirrored, len(nodes)),
    )
    return GraphColumns(
        version=version,
        state=state,
        canonical=canonical,
        words=words,
        nodes=NodeTable.of(nodes, StringIndex.of(nodes.ids)),
        edge_table=Growing.with_room(edges),
        how_table=Growing.with_room(hows),
        claim_table=Growing.with_room(kept),
        document_table=Growing.with_room(documents),
        copy_table=Growing.with_room(links),
        claim_names=GrowingStrings(batch.names.take(order)),
        document_names=_index(reader.document_ids),
        stories=_index(reader.stories),
        alive=np.ones(len(source), np.uint8),
        base=base,
    )


def _start_words(canonical: Canonical, ontology: Ontology) -> Words:
    """Give codes to what is known beforehand: the kinds in the ontology's order, and entities that were merged."""
    words = Words(*(WordList() for _ in fields(Words)))
    for kind in ontology.relation_kinds.values():
        words.kinds.code(kind.name)
        for how in kind.how:
            words.hows.code(how)
    for merged in sorted(canonical):
        words.outsiders.code(merged)
    return words


def _link_stories(documents: DocumentColumns) -> CopyColumns:
    """Link the documents of each story to its earliest, as if any two were copies."""
    last = np.where(documents.published == NO_DAY, NEVER, documents.published)
    order = np.lexsort((last, documents.story))
    story = documents.story[order]
    is_first = np.r_[True, story[1:] != story[:-1]] if len(story) else np.zeros(0, np.bool_)
    first = order[np.flatnonzero(is_first)][np.cumsum(is_first) - 1] if len(story) else order
    copied = ~is_first
    return CopyColumns(
        documents.own[order[copied]], documents.own[first[copied]], documents.published[order[copied]]
    )


def _index(texts: list[str]) -> GrowingStrings:
    table = StringTable.of(texts)
    return GrowingStrings(table, StringIndex.of(table))


def read_claims(reader: ClaimReader, rows: Iterable[ClaimRow]) -> Iterator[Batch]:
    """Read claims that say themselves what is known of their documents."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, _ROWS_AT_ONCE)):
        yield reader.read_rows(chunk)


def _resolve_identities(judgements: Iterable[JudgementRow]) -> Canonical:
    judged = list(judgements)
    if not judged:
        return {}
    # Only where somebody has judged: comparing names loads what few graphs need.
    from graph.identity import resolve  # noqa: PLC0415

    return {merged: kept for merged, kept in resolve(judged).items() if merged != kept}


def join_batches(parts: Sequence[Batch]) -> Batch:
    """Return batches one below the other, their claims named through."""
    claims = join_rows(ClaimColumns, [part.claims for part in parts])
    names = np.arange(len(claims.name), dtype=np.int32)
    return Batch(
        np.concatenate([part.kind for part in parts]),
        replace(claims, name=names),
        join_tables([part.names for part in parts]),
    )


def _resolve_ends(words: Words, canonical: Canonical, numbers: dict[str, int]) -> Int64:
    """Return the node that each outsider stands for, -1 for speakers that are no entity."""
    found = [numbers.get(canonical.get(outsider, outsider), NONE) for outsider in words.outsiders.words]
    return np.array(found, np.int64)


def follow(codes: Int64, ends: Int64) -> Int64:
    """Return the nodes that raw entity numbers stand for, given those of the outsiders."""
    merged = codes < NONE
    if merged.any():
        codes = codes.copy()
        codes[merged] = ends[-2 - codes[merged]]
    return codes


class Grouped(NamedTuple):
    """Claims sorted into edges: `order` is that of the claims, by edge and id."""

    edges: EdgeColumns
    hows: HowColumns
    order: Int64


class Ends(NamedTuple):
    """(claims,) int64 each: the nodes that claims join."""

    source: Int64
    target: Int64


def find_ends(claims: ClaimColumns, words: Words, ends: Int64) -> Ends:
    """Return the nodes that claims join, given those that outsiders stand for.

    Raises:
        StoreError: One of them is not stored.
    """
    found = Ends(follow(claims.source.astype(np.int64), ends), follow(claims.target.astype(np.int64), ends))
    for raw, end in ((claims.source, found.source), (claims.target, found.target)):
        if len(end) and end.min() < 0:
            lost = words.outsiders[-2 - int(raw[int(np.argmin(end))])]
            raise StoreError(f"a relation speaks of {lost!r}, which is not stored")
    return found


def group_claims(
    kind: Int64,
    claims: ClaimColumns,
    ends: Ends,
    *,
    documents: DocumentColumns,
    words: Words,
    nodes: int,
    get_id: Callable[[int], bytes],
    is_later: Callable[[Int64, Int64], Bools] = np.greater,
) -> Grouped:
    """Sort claims into edges, in order of source, target, kind and claim id, and add each up.

    Args:
        kind: (claims,) code of each one's relation kind.
        claims: In any order.
        ends: The nodes they join.
        documents: What `claims.document` points into.
        words: What codes stand for.
        nodes: How many nodes there are.
        get_id: Returns a claim's id in UTF-8, by its place.
        is_later: Says of nodes whether they come after others in the alphabet.
    """
    ontology = get_ontology()
    grammar = Grammar.of(words.kinds, words.hows, ontology)
    kinds = max(len(words.kinds), 1)
    key = (ends.source * nodes + ends.target) * kinds + kind
    key = fold(key, grammar.symmetric[kind, claims.how], nodes, kinds, is_later)
    order = order_claims(key, get_id)
    key, claims = key[order], take_rows(claims, order)
    sums = sum_up(key, (key % kinds).astype(np.uint8), claims, documents, grammar)
    unique = key[np.r_[True, key[1:] != key[:-1]]] if len(key) else key
    return Grouped(*build_edges(unique, sums, words, nodes, ontology), order)


def fold(
    key: Int64, symmetric: Bools, nodes: int, kinds: int, is_later: Callable[[Int64, Int64], Bools]
) -> Int64:
    """Make one edge of two opposite ones all of whose claims read the same from both ends.

    Args:
        key: (claims,) `(source * nodes + target) * kinds + kind`.
        symmetric: (claims,) whether each reads the same from both ends.
        nodes: How many nodes there are.
        kinds: How many relation kinds have codes.
        is_later: Says of nodes whether they come after others in the alphabet.

    Returns:
        The keys, with those of the edge from the alphabetically later end turned round.
    """
    unique, place = np.unique(key, return_inverse=True)
    place = place.reshape(-1)
    one_way = np.bincount(place, weights=~symmetric, minlength=len(unique)) > 0
    pair, kind = unique // kinds, unique % kinds
    source, target = pair // nodes if nodes else pair, pair % nodes if nodes else pair
    opposite = (target * nodes + source) * kinds + kind
    at = np.searchsorted(unique, opposite)
    at[at == len(unique)] = 0
    folded = is_later(source, target) & ~one_way
    if folded.any():
        folded &= (unique[at] == opposite) & ~one_way[at]
        unique = np.where(folded, opposite, unique)
        return unique[place]
    return key


def order_claims(key: Int64, get_id: Callable[[int], bytes]) -> Int64:
    """Return claims in order of edge, and within an edge of id; `get_id` returns that of a claim, in UTF-8."""
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    follows = np.r_[False, ordered[1:] == ordered[:-1]] if len(key) else np.zeros(0, np.bool_)
    shared = np.flatnonzero(follows | np.r_[follows[1:], False]) if len(key) else order
    if len(shared):
        # Only claims that share an edge need their ids compared.
        ids = [get_id(number) for number in order[shared].tolist()]
        keys = ordered[shared].tolist()
        ranked = sorted(range(len(ids)), key=lambda place: (keys[place], ids[place]))
        order[shared] = order[shared][ranked]
    return order


def build_edges(
    keys: Int64, sums: EdgeSums, words: Words, nodes: int, ontology: Ontology
) -> tuple[EdgeColumns, HowColumns]:
    """Make edge rows of what claims add up to; claims and finer values stand in the order of the edges.

    Args:
        keys: (edges,) `(source * nodes + target) * kinds + kind`, in the order of the edges.
        sums: A row for each key.
        words: What codes stand for.
        nodes: How many nodes there are.
        ontology: Gives the signs.
    """
    kinds = max(len(words.kinds), 1)
    pair = keys // kinds
    source, target = (pair // max(nodes, 1)).astype(np.int32), (pair % max(nodes, 1)).astype(np.int32)
    kind = (keys % kinds).astype(np.uint8)
    signs = np.array([ontology.get_relation(word).sign for word in words.kinds.words] or [0], np.int8)
    torn = find_torn(Signed(source, target, signs[kind], sums.counts, sums.symmetric), nodes)
    same = {
        field.name: getattr(sums, field.name)
        for field in fields(EdgeSums)
        if field.name not in {"hows", "disputed"}
    }
    claims_count = sums.claims_count.astype(np.int64)
    edges = EdgeColumns(
        **same,
        source=source,
        target=target,
        kind=kind,
        sign=signs[kind],
        origin=np.zeros(len(keys), np.uint8),
        disputed=sums.disputed | torn.astype(np.uint8),
        dataset=np.full(len(keys), NONE, np.int16),
        hows_start=(np.cumsum(sums.hows_count, dtype=np.int64) - sums.hows_count).astype(np.int32),
        claims_start=np.cumsum(claims_count) - claims_count,
    )
    return edges, HowColumns(sums.hows)


def build_known_edges(
    gazetteer: Iterable[GazetteerRow], canonical: Canonical, ontology: Ontology
) -> dict[str, Edge]:
    """Make the edges that geography knows, by id; of several that merging made one, the first by its ends stays."""
    known: dict[str, Edge] = {}
    for row in sorted(gazetteer):
        edge = build_gazetteer_edge(row, canonical, ontology)
        known.setdefault(edge.id, edge)
    return known


def _add_known(
    edges: EdgeColumns,
    hows: HowColumns,
    known: dict[str, Edge],
    words: Words,
    numbers: dict[str, int],
) -> tuple[EdgeColumns, HowColumns]:
    """Put what geography knows among the edges, all in order of source, target, kind and origin."""
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
