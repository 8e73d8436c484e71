"""The best loopless paths between two nodes, one after the other.

Yen's (1971) partition in Lawler's (1972) form: the best path is found, those that are left are split by where they first
depart from it, and the best of each part waits in a queue. A part is searched no further than to know that it does not
hold the next path; until it might, it waits with what its paths cost at least. Under a sign constraint the best walk of
a part may cross itself, and is then only a bound by which the part is split further, so that the answer stays exact and
loopless.
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
from graph.kernels.spur import FOUND, LATE, UNFINISHED, Effort, Start, find_walk
from graph.kernels.terrain import UNSIGNED, Costs, Terrain, count_states

_HEADS: Final = Pool([("first", "i4"), ("stamp", "i4")])
_FIRST_LOOK: Final = 512
"""How many labels a search follows before it asks for better bounds; each time twice as many."""
_STRIDE: Final = 0.125
"""How far beyond what is known a search looks at first where no walk waits, as a part of the cost."""
_ROUNDING: Final = 1e-9
"""How much sums of one walk's costs may differ by the order in which they are added up."""


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
        """Yield from two queues: of walks, and of parts whose best walk is not worth knowing yet."""
        cost = surroundings.meet(self._walk, self._source)
        if cost is None:
            self._deadline.stop()
        if cost is None or cost == inf:
            return
        queues = _Queues(self._terrain.ranks)
        queues.add_part(cost, _Part((self._source,), _start_costs(), ()))
        while queues.parts or queues.walks:
            if not queues.is_next_known:
                self._look(surroundings, queues)
                continue
            cost, nodes, part = queues.pop_walk()
            repeat = _find_first_repeat(nodes)
            if repeat is None:
                yield BestPath(nodes, cost)
            self._split(queues, cost, nodes, part, len(nodes) if repeat is None else repeat)

    def _split(self, queues: "_Queues", cost: float, nodes: tuple[int, ...], part: _Part, end: int) -> None:
        """Add the parts that remain of a part without its best walk, as far as the node at `end`.

        A walk that crosses itself does so there; paths that turn elsewhere at this point are still to be seen.
        """
        for place in range(len(part.nodes), end):
            queues.add_part(cost, part._replace(banned=(*part.banned, nodes[place])))
            costs = extend_costs(self._walk, self._terrain, part.costs, nodes[place - 1], nodes[place])
            part = _Part(nodes[: place + 1], costs, ())
        if end < len(nodes):
            queues.add_part(cost, part)

    def _look(self, surroundings: Surroundings, queues: "_Queues") -> None:
        """Look for the best walk of the most promising part, but not for one that would not be the next."""
        least, looks, limit, part = queues.pop_part()
        if part.nodes[-1] == self._terrain.target:
            return
        start = Start(
            lock(np.array(part.nodes, np.int32)), lock(part.costs), lock(np.array(part.banned, np.int32))
        )
        effort = Effort(limit, queues.get_ceiling(least, looks), get_end(self._deadline))
        scratch = _HEADS.take(count_states(self._nodes, self._terrain.final_sign))
        try:
            status, cost, nodes = find_walk(
                self._walk,
                self._terrain,
                start,
                surroundings.bounds,
                scratch.marks,
                2 * scratch.epoch,
                effort,
            )
        finally:
            _HEADS.give(scratch)
        if status == FOUND:
            queues.add_walk(cost, tuple(nodes.tolist()), part)
        elif status == UNFINISHED and cost > effort.ceiling:
            queues.add_part(cost, part, looks + 1, limit)
        elif status == LATE or (status == UNFINISHED and not surroundings.grow(limit)):
            self._deadline.stop()
        elif status == UNFINISHED:
            queues.add_part(max(cost, least), part, looks, 2 * limit)


class _Queues:
    """What is known of the parts: the best walk, or what it costs at least.

    Args:
        ranks: (nodes,), the order of nodes in which equally good walks are put.
    """

    def __init__(self, ranks: NDArray[np.int32]) -> None:
        self.parts: list[tuple[float, int, int, int, _Part]] = []
        self.walks: list[tuple[float, tuple[int, ...], int, tuple[int, ...], _Part]] = []
        self._ranks = ranks
        self._serial = 0
        self._first: float | None = None

    @property
    def is_next_known(self) -> bool:
        """Whether no part can have a better walk than the best that was found."""
        return not self.parts or bool(self.walks and self.walks[0][0] < self.parts[0][0])

    def add_part(self, least: float, part: _Part, looks: int = 0, limit: int = _FIRST_LOOK) -> None:
        """Add a part whose best walk costs this at least; it was looked at so often, and next as long as `limit`."""
        self._serial += 1
        heappush(self.parts, (least, self._serial, looks, limit, part))

    def pop_part(self) -> tuple[float, int, int, _Part]:
        """Take the most promising part: what it costs at least, its looks, the limit of the next, and itself."""
        least, _, looks, limit, part = heappop(self.parts)
        return least, looks, limit, part

    def add_walk(self, cost: float, nodes: tuple[int, ...], part: _Part) -> None:
        """Add the best walk of a part."""
        self._serial += 1
        order = tuple(self._ranks[list(nodes)].tolist())
        heappush(self.walks, (cost, order, self._serial, nodes, part))

    def pop_walk(self) -> tuple[float, tuple[int, ...], _Part]:
        """Take the best walk: its cost, its nodes, and the part that it is of."""
        cost, _, _, nodes, part = heappop(self.walks)
        if self._first is None:
            self._first = cost
        return cost, nodes, part

    def get_ceiling(self, least: float, looks: int) -> float:
        """Return up to what cost to look for the walk of a part.

        No dearer than the best walk that waits, for that would be next; and then by ever larger steps beyond it, so that
        a part is looked at again and again only as often as its costs double.
        """
        if self.walks:
            cost = self.walks[0][0]
            return cost + (2.0**looks - 1) * (cost - (cost if self._first is None else self._first))
        return least * (1 + 2.0**looks * (_ROUNDING if self._first is None and looks == 0 else _STRIDE))


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
