"""What a filter left of an earlier state of a graph, brought up to date: only rows that came since are judged."""

from dataclasses import replace

import numpy as np

from graph.filters import EdgeFilter
from graph.snapshot.columns import Growing, Int64, Mask, take_rows
from graph.snapshot.filter_masks import Selection, select
from graph.snapshot.fitted_arcs import FittedArcs
from graph.snapshot.graph_columns import GraphColumns
from graph.snapshot.node_table import mark


def can_grow(where: EdgeFilter) -> bool:
    """Say whether what a filter leaves of an edge row stays the same as long as the row is not replaced.

    It does not where edges are added up anew, or are judged by the types of their ends.
    """
    return not where.selects_claims and not where.types


def grow_selection(before: Selection, columns: GraphColumns, where: EdgeFilter) -> Selection:
    """Return what `graph.snapshot.filter_masks.select` does, given what it did for an earlier state with the same base.

    Args:
        before: Of a state whose edge rows are the first of these columns'.
        columns: The graph as it is.
        where: A filter that `can_grow`.

    Cost: O(rows that came since), and a few copies of a byte an edge; O(edges) if the filter selects edges.
    """
    first = len(before.edges)
    rows = take_rows(columns.edges, slice(first, columns.edge_count))
    later = replace(columns, edge_table=Growing.of(rows), standing=columns.standing.take_from(first))
    added = select(later, where)
    left = _join(before.edges, added.edges, columns.standing.struck)
    # Mostly no edge leads from a node to itself, and then one mask does for both.
    is_one = before.allowed is before.edges or np.array_equal(before.allowed, before.edges)
    is_one = is_one and np.array_equal(added.allowed, added.edges)
    allowed = left if is_one else _join(before.allowed, added.allowed, columns.standing.struck)
    return Selection(
        nodes=_find_nodes(columns, left) if where.selects_edges else added.nodes,
        edges=left,
        allowed=allowed,
        confidences=columns.edges.confidence,
        symmetric=columns.edges.symmetric,
        sums=None,
        fitted=FittedArcs(allowed, before.fitted),
    )


def _join(before: Mask, added: Mask, struck: Int64) -> Mask:
    """Return a mask with the rows that came since behind it, and without those that were replaced."""
    joined = np.concatenate([before, added])
    joined[struck] = 0
    joined.flags.writeable = False
    return joined


def _find_nodes(columns: GraphColumns, left: Mask) -> Mask:
    numbers = np.flatnonzero(left.view(np.bool_))
    ends = columns.edges.source[numbers], columns.edges.target[numbers]
    nodes = mark(np.concatenate(ends), columns.node_count)
    nodes.flags.writeable = False
    return nodes
