"""Judgements laid over a graph: which entities are one now, or no longer, and which edges that turns.

An entity that is merged away keeps its number, which is no node any more. Its claims are told as those of columns that
are built with the merge: by the code of an outsider, which stands for whichever node the entity was judged to be. Taken
apart again, it is found under its own number, and the code leads there.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from graph.edges import Canonical
from graph.snapshot.columns import GAZETTEER, ClaimColumns, Int32, Int64
from graph.snapshot.graph_columns import GraphColumns

NOTHING: Final[Int64] = np.zeros(0, np.int64)
NOTHING.flags.writeable = False


def find_rejoined(before: Canonical, after: Canonical) -> frozenset[str]:
    """Return every entity of a group that judgements changed, in either state. Cost: O(merged entities)."""
    if before is after:
        return frozenset()
    moved = {each for each in before.keys() | after.keys() if before.get(each) != after.get(each)}
    kept = {state.get(each, each) for each in moved for state in (before, after)}
    joined = {each for state in (before, after) for each, stands_for in state.items() if stands_for in kept}
    return frozenset(moved | kept | joined)


def find_turned_edges(before: GraphColumns, after: GraphColumns) -> Int64:
    """Return the text edges whose claims are to be sorted anew: those at nodes of groups that judgements changed.

    Those said by somebody who is merged away are among them, for speakers are told by number, too.

    Args:
        before: The graph.
        after: The same with its judgements and nodes as they are now, and its edges as they were.

    Cost: O(edges + claims), some 10 nanoseconds each.
    """
    rejoined = sorted(find_rejoined(before.canonical, after.canonical))
    for entity in rejoined:
        if entity in after.canonical:
            after.words.outsiders.code(entity)
    nodes = before.nodes.find_many(rejoined)
    edges = before.edges
    is_turned = np.zeros(after.node_count, np.bool_)
    is_turned[nodes[nodes >= 0]] = True
    turned = is_turned[edges.source] | is_turned[edges.target]
    if lost := sorted(after.nodes.gone - before.nodes.gone):
        said = np.zeros(len(before.claims.speaker) + 1, np.int64)
        np.cumsum(np.isin(before.claims.speaker, lost), out=said[1:])
        start = edges.claims_start
        turned |= said[start + edges.claims_count] > said[start]
    return np.flatnonzero(turned & (before.alive != 0) & (edges.origin != GAZETTEER))


def recode(columns: GraphColumns, claims: ClaimColumns) -> ClaimColumns:
    """Return claims with the entities that are no nodes told as outsiders. Cost: O(claims), where any was merged."""
    gone = np.array(sorted(columns.nodes.gone), np.int32)
    if not len(gone):
        return claims
    outsiders, ids = columns.words.outsiders, columns.nodes.ids
    codes = np.array([-2 - outsiders.code(ids[number]) for number in gone.tolist()], np.int32)

    def turn(column: Int32) -> Int32:
        places = np.minimum(np.searchsorted(gone, column), len(gone) - 1)
        return np.where(gone[places] == column, codes[places], column)

    return replace(
        claims, source=turn(claims.source), target=turn(claims.target), speaker=turn(claims.speaker)
    )
