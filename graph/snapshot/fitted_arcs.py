"""Masks told in the order of arcs, carried from one state of a graph to the next: what came since shuts few arcs."""

from typing import Final

import numpy as np

from graph.adjacency import Adjacency, Bits, Walk
from graph.snapshot.columns import Int64, Mask
from graph.snapshot.graph_columns import GraphColumns

_BASE: Final = ("forward", "backward", "mirror", "mirror_out")
_FEW: Final = 64
"""Where no more than one edge in so many is shut, all arcs are opened and theirs shut again."""


class FittedArcs:
    """Which arcs of a graph's base a mask opens, one bit each; worked out for those that are walked.

    Args:
        allowed: (edges,), the mask; 1 where an edge may be walked.
        before: The same of an earlier state with the same base, whose mask opened what this one does and some more.

    Attributes:
        bits: What was worked out, by the name of the arcs in `BaseArcs`.
    """

    def __init__(self, allowed: Mask, before: "FittedArcs | None" = None) -> None:
        self.allowed = allowed
        # What was never walked tells nothing, and none is held for its sake.
        self.before: FittedArcs | None = before if before is None or before.bits else before.before
        self.bits: dict[str, Bits] = {}

    def fit(self, columns: GraphColumns, walk: Walk) -> Walk:
        """Return a walk of the graph as `graph.csr.fit_walk` does.

        Cost: O(edges) the first time, some 0.2 nanoseconds each where there is an earlier state or little is shut.
        """
        from graph.csr import lock, lock_walk  # noqa: PLC0415 (compiled, which small graphs do without)

        names = [next((n for n in _BASE if part is getattr(columns.base, n)), None) for part in walk]
        return tuple(
            part._replace(
                # Later arcs are so few that to gather theirs takes less than to pack the mask of all edges.
                open=lock(np.packbits(self.allowed[part.edges], bitorder="little"))
                if name is None
                else self._open(columns, name)
            )
            for part, name in zip(lock_walk(walk), names, strict=True)
        )

    def prepare(self, columns: GraphColumns, like: "FittedArcs") -> None:
        """Work out what was walked of another state."""
        for name in like.bits:
            self._open(columns, name)

    def _open(self, columns: GraphColumns, name: str) -> Bits:
        bits = self.bits.get(name)
        if bits is None:
            self._catch_up(columns)
            bits = self.bits.get(name)
        if bits is None:
            bits = self.bits[name] = self._work_out(columns, getattr(columns.base, name))
        return bits

    def _catch_up(self, columns: GraphColumns) -> None:
        """Shut what was shut since the state before, which then is no longer held."""
        before, self.before = self.before, None
        if before is None:
            return
        edges = columns.base.edges
        shut = _find_changed(before.allowed[:edges], self.allowed[:edges])
        for name, bits in before.bits.items():
            self.bits.setdefault(name, _shut(columns, getattr(columns.base, name), bits, shut))

    def _work_out(self, columns: GraphColumns, arcs: Adjacency) -> Bits:
        from graph.csr import fit_walk  # noqa: PLC0415

        shut = np.flatnonzero(self.allowed[: columns.base.edges] == 0)
        if len(shut) * _FEW > columns.base.edges:
            return fit_walk((arcs,), self.allowed)[0].open
        return _shut(columns, arcs, np.full((len(arcs.edges) + 7) >> 3, 0xFF, np.uint8), shut)


def _find_changed(before: Mask, after: Mask) -> Int64:
    """Return where two masks of one length differ; few places do, so that eight are compared at once."""
    whole = len(before) & ~7
    words = np.flatnonzero(before[:whole].view(np.int64) != after[:whole].view(np.int64))
    places: Int64 = np.concatenate(
        [np.add.outer(words * 8, np.arange(8)).ravel(), np.arange(whole, len(before))]
    )
    changed: Int64 = places[before[places] != after[places]]
    return changed


def _shut(columns: GraphColumns, arcs: Adjacency, bits: Bits, shut: Int64) -> Bits:
    from graph.csr import shut_arcs  # noqa: PLC0415

    ends = columns.edges.source[shut], columns.edges.target[shut]
    return shut_arcs(arcs._replace(open=bits), shut.astype(np.int32), *ends)
