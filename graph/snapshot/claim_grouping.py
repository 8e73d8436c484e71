"""Claims sorted into edges, and edges as columns."""

from collections.abc import Callable
from dataclasses import fields
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.errors import StoreError
from graph.ontology import Ontology, get_ontology
from graph.snapshot.claim_sums import EdgeSums, Grammar, Signed, find_runs, find_torn, sum_up
from graph.snapshot.columns import (
    NONE,
    ClaimColumns,
    DocumentColumns,
    EdgeColumns,
    HowColumns,
    Int64,
    Words,
    take_rows,
)

Bools = NDArray[np.bool_]

_MOST_TOGETHER = 64
"""Compiled code compares each two claims of an edge, which is no faster where they are more."""


def follow(codes: Int64, ends: Int64) -> Int64:
    """Return the nodes that raw entity numbers stand for, given those of the outsiders."""
    if not len(codes) or codes.min() >= NONE:
        return codes
    merged = codes < NONE
    codes = codes.copy()
    codes[merged] = ends[-2 - codes[merged]]
    return codes


class Grouped(NamedTuple):
    """Claims sorted into edges: `order` is that of the claims, by edge and id, and `claims` are they in it."""

    edges: EdgeColumns
    hows: HowColumns
    order: Int64
    claims: ClaimColumns


class Alphabet(NamedTuple):
    """What decides the order of claims, and of the two ends of an edge that reads the same from both.

    Attributes:
        get_id: Returns a claim's id in UTF-8, by its place.
        is_later: Says of nodes whether they come after others in the alphabet.
    """

    get_id: Callable[[int], bytes]
    is_later: Callable[[Int64, Int64], Bools] = np.greater


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
    alphabet: Alphabet,
    compiled: bool = False,
) -> Grouped:
    """Sort claims into edges, in order of source, target, kind and claim id, and add each up.

    Args:
        kind: (claims,) code of each one's relation kind.
        claims: In any order.
        ends: The nodes they join.
        documents: What `claims.document` points into.
        words: What codes stand for.
        nodes: How many nodes there are.
        alphabet: Of claims and nodes.
        compiled: Whether to add up by compiled code, which takes longer to load than a small graph to add up. A tenth of the
            time for a thousand claims.
    """
    ontology = get_ontology()
    grammar = Grammar.of(words.kinds, words.hows, ontology)
    kinds = max(len(words.kinds), 1)
    key = (ends.source * nodes + ends.target) * kinds + kind
    key = fold(key, grammar.symmetric[kind, claims.how], nodes, kinds, alphabet.is_later)
    order = order_claims(key, alphabet.get_id)
    key, claims = key[order], take_rows(claims, order)
    if compiled and not (key[_MOST_TOGETHER:] == key[:-_MOST_TOGETHER]).any():
        known = _Known(documents, grammar, _list_signs(words, ontology))
        return Grouped(*_build_compiled(key, claims, known, nodes, kinds), order, claims)
    sums = sum_up(key, (key % kinds).astype(np.uint8), claims, documents, grammar)
    unique = key[find_runs(key)]
    return Grouped(*build_edges(unique, sums, words, nodes, ontology), order, claims)


class _Known(NamedTuple):
    documents: DocumentColumns
    grammar: Grammar
    signs: NDArray[np.int8]


def _build_compiled(
    key: Int64, claims: ClaimColumns, known: _Known, nodes: int, kinds: int
) -> tuple[EdgeColumns, HowColumns]:
    """Do what `sum_up` and `build_edges` do, for claims in order of key."""
    from graph.csr import lock  # noqa: PLC0415 (compiled, as the caller is told)
    from graph.kernels.claim_sums import KnownFacts, ToldClaims, add_up_claims  # noqa: PLC0415

    documents, grammar, signs = known
    # Whatever was just taken or made can be written to; kernels are compiled for that, and for the rest as locked.
    told = ToldClaims(**{name: getattr(claims, name) for name in ToldClaims._fields})
    facts = KnownFacts(
        published=lock(documents.published),
        story=lock(documents.story),
        voice=lock(documents.voice),
        symmetric=grammar.symmetric,
        how_rank=grammar.how_rank,
        sign=signs,
    )
    rows, hows = add_up_claims(key, told, facts, nodes, kinds)
    return EdgeColumns(*rows), HowColumns(hows)


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
    if not symmetric.any():
        return key
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
    follows = ordered[1:] == ordered[:-1]
    if follows.any():
        is_shared = np.zeros(len(key), np.bool_)
        is_shared[1:] = follows
        is_shared[:-1] |= follows
        shared = np.flatnonzero(is_shared)
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
    signs = _list_signs(words, ontology)
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


def _list_signs(words: Words, ontology: Ontology) -> NDArray[np.int8]:
    return np.array([ontology.get_relation(word).sign for word in words.kinds.words] or [0], np.int8)
