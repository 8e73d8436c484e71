"""How many paths there are, up to a cap: counted, not searched in order."""

from graph.errors import QueryTimeout
from graph.ontology import Sign
from graph.paths.distances import CHECK_EVERY, State, Terrain, combine_signs

_LOOKS = 200_000


def count_paths(terrain: Terrain, hops_left: dict[State, int], cap: int) -> tuple[int, bool]:
    """Return how many loopless paths there are, by the nodes they visit, and whether that is all of them.

    Counting stops at `cap` paths, after 200,000 looks at a neighbour (about 0.1 s), and at the deadline. Without a sign
    constraint the work between two paths is bounded by hops times edges (BC-DFS, Peng et al. 2019).

    Args:
        terrain: What a path may be.
        hops_left: As `measure_hops` gives it.
        cap: How many to count at most.
    """
    counter = (_PathCounter if terrain.final_sign is None else _SignedPathCounter)(terrain, hops_left, cap)
    try:
        counter.count()
    except (_CountedEnough, QueryTimeout):
        return counter.total, False
    return counter.total, True


class _CountedEnough(Exception):
    """There are more paths, or neighbours to look at, than shall be."""


class _Counter:
    """What both ways to count keep: the walk so far, by node, and how much was done."""

    def __init__(self, terrain: Terrain, hops_left: dict[State, int], cap: int) -> None:
        self.total = 0
        self._terrain = terrain
        self._hops_left = hops_left
        self._cap = cap
        self._looks = 0
        self._visits = 0
        self._walk: set[str] = set()

    def _note_visit(self, looks: int) -> None:
        self._looks += looks
        self._visits += 1
        if self._looks > _LOOKS:
            raise _CountedEnough
        if self._visits % CHECK_EVERY == 0:
            self._terrain.deadline.check()

    def _note_path(self) -> None:
        if self.total == self._cap:
            raise _CountedEnough
        self.total += 1


class _PathCounter(_Counter):
    """Visits every loopless path by depth first, and learns where the target cannot be reached in time.

    `_barrier` holds, by node, how many hops are surely needed from it to the target around the nodes on the walk.
    """

    def count(self) -> None:
        self._barrier = {node: hops for (node, _), hops in self._hops_left.items()}
        self._unreached = self._terrain.max_hops + 1
        self._visit(self._terrain.source)

    def _visit(self, node: str) -> int | None:
        """Return the hops of the shortest path found from here to the target; None if there is none."""
        if node == self._terrain.target:
            self._note_path()
            return 0
        steps = self._terrain.find_steps(node)
        self._note_visit(len(steps))
        self._walk.add(node)
        left = self._terrain.max_hops - len(self._walk)
        shortest: int | None = None
        for step in steps:
            if self._barrier.get(step.node, self._unreached) <= left and step.node not in self._walk:
                hops = self._visit(step.node)
                if hops is not None and (shortest is None or hops < shortest):
                    shortest = hops
        self._walk.remove(node)
        if shortest is None:
            self._barrier[node] = left + 2
            return None
        self._lower_barriers(node, shortest + 1)
        return shortest + 1

    def _lower_barriers(self, node: str, hops: int) -> None:
        """Make this node passable again, and with it those that failed only because it was on the walk."""
        self._barrier[node] = min(hops, self._barrier[node])
        waiting = [node]
        while waiting:
            at = waiting.pop()
            needed = self._barrier[at] + 1
            steps = self._terrain.index.back.get(at, ())
            self._looks += len(steps)
            for step in steps:
                if needed < self._barrier.get(step.node, 0) and step.node not in self._walk:
                    self._barrier[step.node] = needed
                    waiting.append(step.node)


class _SignedPathCounter(_Counter):
    """The same under a sign constraint, guided by distances alone.

    What is learned on one walk need not hold for another that comes with another sign.
    """

    def count(self) -> None:
        self._visit(self._terrain.source, frozenset([0]))

    def _visit(self, node: str, signs: frozenset[Sign]) -> None:
        """Count the paths that go on from a node; `signs` are those the walk can have by choice of parallel edges."""
        if node == self._terrain.target:
            if self._terrain.final_sign in signs:
                self._note_path()
            return
        steps = self._terrain.find_steps(node)
        self._note_visit(len(steps))
        self._walk.add(node)
        left = self._terrain.max_hops - len(self._walk)
        onward: dict[str, set[Sign]] = {}
        for step in steps:
            if step.node not in self._walk:
                for sign in signs:
                    after = combine_signs(sign, step.sign)
                    if self._hops_left.get((step.node, after), left + 1) <= left:
                        onward.setdefault(step.node, set()).add(after)
        for other, after_signs in onward.items():
            self._visit(other, frozenset(after_signs))
        self._walk.remove(node)
