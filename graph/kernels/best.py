"""The best loopless paths between two nodes, one after the other.

Yen's (1971) partition in Lawler's (1972) form: the best path is found, those that are left are split by where they first
depart from it, and the best of each part waits in a queue. Under a sign constraint the best walk of a part may cross
itself, and is then only a bound by which the part is split further, so that the answer stays exact and loopless.
"""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import islice
from math import inf
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Walk
from graph.csr import EVERY_EDGE, Mask, lock, lock_mask
from graph.deadline import Deadline
from graph.kernels.arc_choice import extend_costs
from graph.kernels.bounds import Surroundings
from graph.kernels.budget import get_end
from graph.kernels.hops import count_nodes
from graph.kernels.scratch import Pool
from graph.kernels.spur import FOUND, LATE, UNFINISHED, Start, find_walk
from graph.kernels.terrain import UNSIGNED, Costs, Terrain, count_states

_HEADS: Final = Pool([("first", "i4"), ("stamp", "i4")])
_FIRST_LOOK: Final = 512
"""How many labels a search makes before it asks for better bounds; each time twice as many."""


class BestPath(NamedTuple):
    """A path.

    Attributes:
        nodes: In walking order, both ends included.
        cost: Summed over its edges.
    """

    nodes: tuple[int, ...]
    cost: float


def find_best_paths(  # noqa: PLR0913 (the question's options)
    walk: Walk,
    source: int,
    target: int,
    weights: Costs,
    k: int,
    *,
    back: Walk | None = None,
    nodes: int | None = None,
    mask: Mask = EVERY_EDGE,
    max_hops: int | None = None,
    deadline: Deadline | None = None,
) -> list[BestPath]:
    """Return up to `k` loopless paths of least weight, best first; equals by their nodes.

    Args:
        walk: How edges are walked; locked.
        source: Where to start.
        target: Where to arrive, another node.
        weights: (edges,), above 0.
        k: How many paths.
        back: How edges are walked backwards; None where that is the same.
        nodes: How many nodes there are; None for as many as the walk knows.
        mask: (edges,), 1 where an edge may be walked.
        max_hops: Longest path, in edges; None for any.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: see `BestPaths`; O(nodes) to number the nodes.
    """
    size = nodes or count_nodes(walk)
    terrain = Terrain(
        mask=lock_mask(mask),
        costs=lock(weights),
        hops_first=False,
        signs=lock(np.empty(0, np.int8)),
        ranks=lock(np.arange(size, dtype=np.int32)),
        open_nodes=EVERY_EDGE,
        target=target,
        final_sign=UNSIGNED,
        max_hops=size if max_hops is None else max_hops,
    )
    search = BestPaths(walk, back or walk, terrain, source, nodes=size, deadline=deadline)
    return list(islice(search.iter_best(), k))


class _Part(NamedTuple):
    """All paths with one beginning that do not go on to the banned nodes."""

    nodes: tuple[int, ...]
    costs: NDArray[np.float64]
    banned: tuple[int, ...]


class BestPaths:
    """One question between two different nodes.

    Args:
        walk: How edges are walked; locked.
        back: How they are walked backwards.
        terrain: What a path may be.
        source: Where paths start.
        nodes: How many nodes there are; None for as many as the walks know.
        deadline: When to stop.
    """

    def __init__(
        self,
        walk: Walk,
        back: Walk,
        terrain: Terrain,
        source: int,
        *,
        nodes: int | None = None,
        deadline: Deadline | None = None,
    ) -> None:
        self._walk, self._back, self._terrain, self._source = walk, back, terrain, source
        self._nodes = nodes or max(count_nodes(walk), count_nodes(back))
        self._deadline = deadline or Deadline(None)

    def iter_best(self) -> Iterator[BestPath]:
        """Yield every loopless path, best first: by cost, then by the ranks of the nodes visited.

        Two paths differ if they visit different nodes; a path costs what its best choice of parallel edges does.

        Raises:
            QueryTimeout: The deadline passed.

        Cost: of the first path as `weighted.find_weighted_path`; of a further one a few times that at most, and usually
        far less, for what was learned of the surroundings of the target is kept. With a sign constraint exponential
        at worst, for the problem is NP-hard.
        """
        surroundings = Surroundings(self._back, self._terrain, self._nodes, get_end(self._deadline))
        try:
            yield from self._iter(surroundings)
        finally:
            surroundings.close()

    def _iter(self, surroundings: Surroundings) -> Iterator[BestPath]:
        queue: list[tuple[float, tuple[int, ...], int, tuple[int, ...], _Part]] = []
        ranks, serial = self._terrain.ranks, 0

        def add(part: _Part) -> None:
            nonlocal serial
            found = self._find_walk(surroundings, part)
            if found is not None:
                serial += 1
                order = tuple(ranks[list(found.nodes)].tolist())
                heappush(queue, (found.cost, order, serial, found.nodes, part))

        add(_Part((self._source,), _start_costs(), ()))
        while queue:
            cost, _, _, nodes, part = heappop(queue)
            repeat = _find_first_repeat(nodes)
            if repeat is None:
                yield BestPath(nodes, cost)
            end = len(nodes) if repeat is None else repeat
            for place in range(len(part.nodes), end):
                add(part._replace(banned=(*part.banned, nodes[place])))
                costs = extend_costs(self._walk, self._terrain, part.costs, nodes[place - 1], nodes[place])
                part = _Part(nodes[: place + 1], costs, ())
            if repeat is not None:
                # The best walk crosses itself here; paths that turn elsewhere at this point are still to be seen.
                add(part)

    def _find_walk(self, surroundings: Surroundings, part: _Part) -> BestPath | None:
        """Return the best walk of a part, with bounds that are bettered as long as the search takes long."""
        if part.nodes[-1] == self._terrain.target:
            return None
        start = Start(
            lock(np.array(part.nodes, np.int32)), lock(part.costs), lock(np.array(part.banned, np.int32))
        )
        ends_at = get_end(self._deadline)
        limit = _FIRST_LOOK
        while True:
            scratch = _HEADS.take(count_states(self._nodes, self._terrain.final_sign))
            try:
                status, cost, nodes = find_walk(
                    self._walk,
                    self._terrain,
                    start,
                    surroundings.bounds,
                    scratch.marks,
                    2 * scratch.epoch,
                    limit,
                    ends_at,
                )
            finally:
                _HEADS.give(scratch)
            if status == UNFINISHED:
                limit *= 2
            if status == LATE or (status == UNFINISHED and not surroundings.grow(limit)):
                self._deadline.stop()
            if status != UNFINISHED:
                return BestPath(tuple(nodes.tolist()), cost) if status == FOUND else None


def _start_costs() -> NDArray[np.float64]:
    return np.array([inf, 0.0, inf])


def _find_first_repeat(nodes: tuple[int, ...]) -> int | None:
    """Return the index of the first node that stands earlier in the walk, too."""
    seen: set[int] = set()
    for index, node in enumerate(nodes):
        if node in seen:
            return index
        seen.add(node)
    return None
