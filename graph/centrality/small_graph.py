"""Shortest paths counted in plain Python: for graphs that are done before a compiler is loaded."""

from collections.abc import Sequence

import numpy as np

from graph.centrality.spectral import Vector
from graph.deadline import Deadline

_NOT_SEEN = -1


class SmallGraph:
    """A graph of a few thousand edges, as lists; `graph.centrality.counted_graph.HopCounts` says what it answers.

    Args:
        nodes: How many.
        tails: (arcs,), where each arc starts.
        heads: (arcs,), where it leads; parallel arcs are one.
    """

    def __init__(self, nodes: int, tails: Sequence[int], heads: Sequence[int]) -> None:
        self.nodes = nodes
        self._next: list[list[int]] = [[] for _ in range(nodes)]
        pairs = sorted(set(zip(tails, heads, strict=True)))
        for tail, head in pairs:
            self._next[tail].append(head)
        self.arcs = len(pairs)

    def depend(self, sources: Sequence[int], deadline: Deadline) -> tuple[Vector, Vector]:
        """Return what each node carries of the shortest paths from these sources, and the squares of it, summed.

        Brandes (2001). Cost: O(sources * (nodes + arcs)).
        """
        totals, squares = [0.0] * self.nodes, [0.0] * self.nodes
        for source in sources:
            deadline.check()
            order, hops, paths = self._walk(source)
            shares = self._bring(order, hops, paths)
            for node in order[1:]:
                carried = shares[node] * paths[node] - 1.0
                totals[node] += carried
                squares[node] += carried * carried
        return np.array(totals), np.array(squares)

    def spread(self, sources: Sequence[int], of: Sequence[int], deadline: Deadline) -> list[dict[int, float]]:
        """Return for each of some nodes what leaves it to each neighbour, its own paths counted."""
        flows = [dict.fromkeys(self._next[node], 0.0) for node in of]
        for source in sources:
            deadline.check()
            order, hops, paths = self._walk(source)
            shares = self._bring(order, hops, paths)
            for node, flow in zip(of, flows, strict=True):
                if hops[node] == _NOT_SEEN:
                    continue
                for head in flow:
                    if hops[head] == hops[node] + 1:
                        flow[head] += paths[node] * shares[head]
        return flows

    def reach(self, sources: Sequence[int], deadline: Deadline) -> tuple[Vector, Vector, Vector]:
        """Return for each node how many sources reach it, their hops summed, and the inverse of their hops."""
        reached, lengths, inverse = ([0.0] * self.nodes for _ in range(3))
        for source in sources:
            deadline.check()
            order, hops, _ = self._walk(source)
            for node in order[1:]:
                reached[node] += 1.0
                lengths[node] += hops[node]
                inverse[node] += 1.0 / hops[node]
        return np.array(reached), np.array(lengths), np.array(inverse)

    def _walk(self, source: int) -> tuple[list[int], list[int], list[float]]:
        """Walk breadth first: nodes in order, hops to each, and how many shortest paths there are."""
        hops = [_NOT_SEEN] * self.nodes
        paths = [0.0] * self.nodes
        hops[source], paths[source] = 0, 1.0
        order = [source]
        for node in order:
            further = hops[node] + 1
            for head in self._next[node]:
                if hops[head] == _NOT_SEEN:
                    hops[head] = further
                    order.append(head)
                if hops[head] == further:
                    paths[head] += paths[node]
        return order, hops, paths

    def _bring(self, order: list[int], hops: list[int], paths: list[float]) -> list[float]:
        """Return what each path to a node brings: an end of its own, and its part of all that lies beyond."""
        shares = [0.0] * self.nodes
        for node in reversed(order):
            further = hops[node] + 1
            beyond = sum(shares[head] for head in self._next[node] if hops[head] == further)
            shares[node] = 1.0 / paths[node] + beyond
        return shares
