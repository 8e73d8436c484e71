"""Make a signed graph smaller without changing how frustrated it is.

Weights are whole numbers whose sign is the tie's; a split of the actors into two sides frustrates a positive tie
between the sides and a negative one within a side, and costs its weight. Three rules, each of which keeps the least
cost over all splits (up to a known part) and leads any best split of the smaller graph back to one of the larger:

- an actor with a tie that outweighs all its others together takes the side that tie asks for, and is merged into the
  actor at its other end; actors with one or two ties are the commonest case;
- an actor with three ties is replaced by three ties among its neighbours (star to triangle), for the cost of its best
  answer to their sides is a sum over their pairs;
- parallel ties that arise are added up; where they contradict, the lighter one is lost whatever the split.

Rules of this kind are those of Ferizovic et al. (2020), Engineering Kernelization for Maximum Cut, and Lange, Andres
and Swoboda (2019), Combinatorial Persistency Criteria for Multicut and Max-Cut: least frustration and greatest cut are
one problem.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from graph.deadline import Deadline

Weighted: TypeAlias = dict[int, dict[int, int]]
"""Signed whole weights of ties, by both of their ends."""

_MAX_DEGREE = 64
"""Actors with more ties are not looked at: one tie seldom outweighs so many."""

_STEPS_A_CHECK = 4096


def add_up_ties(ties: Iterable[tuple[int, int, int]]) -> tuple[Weighted, int]:
    """Return ties `(actor, actor, weight)` by their ends, parallel ones added up, and the weight that this loses."""
    graph: Weighted = {}
    lost = 0
    for left, right, weight in ties:
        graph.setdefault(left, {})
        graph.setdefault(right, {})
        lost += _add_tie(graph, left, right, weight)
    return graph, lost


def _add_tie(graph: Weighted, left: int, right: int, weight: int) -> int:
    """Add a weight to a tie and return what is lost because the two contradict each other."""
    before = graph[left].get(right, 0)
    after = before + weight
    if after:
        graph[left][right] = graph[right][left] = after
    elif before:
        del graph[left][right], graph[right][left]
    return min(abs(before), abs(weight)) if before * weight < 0 else 0


class Reduction:
    """A graph that is made smaller in place, and the way back.

    Args:
        graph: Signed weights; taken over and changed. They must be even, as often as halves may be taken of them.

    Attributes:
        graph: What is left; actors without ties are gone.
        lost: Weight that every split of the original graph frustrates beside what it does in the graph left.
    """

    def __init__(self, graph: Weighted) -> None:
        self.graph = graph
        self.lost = 0
        self._removed: list[tuple[int, dict[int, int]]] = []

    def run(self, deadline: Deadline) -> None:
        """Apply the rules until none fits.

        Raises:
            QueryTimeout: The deadline passed.

        Cost: almost linear in the ties for sparse graphs.
        """
        waiting = sorted(self.graph, reverse=True)
        is_waiting = set(waiting)
        steps = 0
        while waiting:
            steps += 1
            if steps % _STEPS_A_CHECK == 0:
                deadline.check()
            actor = waiting.pop()
            is_waiting.discard(actor)
            if actor in self.graph and (touched := self._remove(actor)) is not None:
                for other in touched:
                    if other not in is_waiting:
                        is_waiting.add(other)
                        waiting.append(other)

    def _remove(self, actor: int) -> list[int] | None:
        """Take an actor out if a rule allows it; return whose ties have changed, or None."""
        ties = self.graph[actor]
        if len(ties) > _MAX_DEGREE:
            return None
        if not ties:
            self._take_out(actor)
            return []
        sizes = [abs(weight) for weight in ties.values()]
        top = max(sizes)
        if 2 * top >= sum(sizes):
            return self._merge(actor, min(other for other, weight in ties.items() if abs(weight) == top))
        if len(ties) == 3 and sum(ties.values()) % 2 == 0:
            return self._replace_star(actor)
        return None

    def _take_out(self, actor: int) -> dict[int, int]:
        ties = self.graph.pop(actor)
        for other in ties:
            del self.graph[other][actor]
        self._removed.append((actor, ties))
        return ties

    def _merge(self, actor: int, into: int) -> list[int]:
        ties = self._take_out(actor)
        sign = 1 if ties[into] > 0 else -1
        for other in sorted(ties):
            if other != into:
                self.lost += _add_tie(self.graph, into, other, sign * ties[other])
        return list(ties)

    def _replace_star(self, actor: int) -> list[int]:
        """Replace an actor by ties among its three neighbours.

        With no tie above the other two together, the cost of the actor's best answer is the weight of the one
        neighbour that disagrees, and nothing if none does. Half of (a + b - c) on the tie between the neighbours of
        weights a and b gives just that.
        """
        ties = self._take_out(actor)
        first, second, third = sorted(ties)
        for one, two, apart in ((first, second, third), (first, third, second), (second, third, first)):
            weight = (abs(ties[one]) + abs(ties[two]) - abs(ties[apart])) // 2
            sign = 1 if ties[one] * ties[two] > 0 else -1
            if weight:
                self.lost += _add_tie(self.graph, one, two, sign * weight)
        return list(ties)

    def lead_back(self, sides: dict[int, int]) -> None:
        """Extend a split of the graph left to the actors taken out: the last one first, each on its best side.

        Args:
            sides: +1 or -1 for each actor left; filled up in place. Who is missing among those is put at +1.
        """
        for actor, ties in reversed(self._removed):
            pull = sum(weight * sides.setdefault(other, 1) for other, weight in ties.items())
            sides[actor] = 1 if pull >= 0 else -1


def compute_cost(graph: Mapping[int, Mapping[int, int]], sides: Mapping[int, int]) -> int:
    """Return the weight that a split frustrates. Cost: O(ties)."""
    return sum(
        abs(weight)
        for left, ties in graph.items()
        for right, weight in ties.items()
        if left < right and sides[left] * sides[right] * weight < 0
    )


def find_blocks(graph: Weighted) -> list[list[int]]:
    """Return the actors of each biconnected component with a tie; two components share at most one actor.

    Each block but the first of a connected part shares exactly one actor with those before it. Frustration adds up over
    the blocks, for no cycle runs through two of them. Iterative form of Hopcroft and Tarjan (1973).

    Cost: O(actors + ties).
    """
    depth: dict[int, int] = {}
    blocks: list[list[int]] = []
    for root in sorted(graph):
        if root not in depth and graph[root]:
            # Found last to first: what hangs below an actor is complete before what is above it.
            blocks += reversed(_find_blocks_from(graph, root, depth))
    return blocks


def _find_blocks_from(graph: Weighted, root: int, depth: dict[int, int]) -> list[list[int]]:
    low = {root: 0}
    depth[root] = 0
    path = [(root, -1, iter(sorted(graph[root])))]
    open_actors = [root]
    place = {root: 0}
    found: list[list[int]] = []
    while path:
        actor, parent, others = path[-1]
        for other in others:
            if other not in depth:
                depth[other] = low[other] = len(path)
                place[other] = len(open_actors)
                open_actors.append(other)
                path.append((other, actor, iter(sorted(graph[other]))))
                break
            if other != parent:
                low[actor] = min(low[actor], depth[other])
        else:
            path.pop()
            if parent < 0:
                continue
            low[parent] = min(low[parent], low[actor])
            if low[actor] >= depth[parent]:
                found.append([parent, *open_actors[place[actor] :]])
                del open_actors[place[actor] :]
    return found
