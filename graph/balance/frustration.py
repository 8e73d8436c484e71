"""How far the ties are from balance: the least of them that contradict any split into two coalitions.

The frustration index (Harary's line index of balance, 1959; Abelson and Rosenberg 1958) is the smallest number of ties
whose removal, or change of sign, leaves a balanced graph; weighed, the smallest confidence in them. Finding it is as
hard as the greatest cut, so it is exact where that can be had and between two bounds elsewhere:

1. the graph is made smaller without changing the answer (`graph.balance.reduction`) and cut where it hangs together by
   one actor, which leaves small dense kernels of most graphs read from texts;
2. of a kernel of at most 16 actors every split is looked at;
3. a larger one is split by local search, and disjoint contradictory cycles are packed (`graph.balance.splits`); if the
   two meet, that is the answer;
4. else binary programming (`graph.balance.exact`) closes the gap, for kernels of up to 1,000 ties, within limits of
   work that are the same on every machine, and of time;
5. where it does not, the best split is the upper and the best bound the lower end of the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from time import monotonic
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.balance.exact import MOST_ENUMERATED, Bounded, enumerate_splits, solve_program
from graph.balance.reduction import Reduction, Weighted, add_up_ties, find_blocks
from graph.balance.splits import Numbered, Sides, find_split, number_graph, pack_cycles
from graph.balance.ties import SignedGraph
from graph.deadline import Deadline

Weight = Literal["ties", "confidence"]

_THOUSANDTHS = 1000
"""Confidences are weighed to three digits, so that sums are exact whole numbers."""

_HALVINGS = 1 << 16
"""Weights are multiples of this, so that they can be halved so often and stay whole."""

MOST_PROGRAMMED = 1_000
_MOST_NODES = 2_000
_SHARE_OF_TIME = 0.4
_TIME_S = 10.0


@dataclass(frozen=True, slots=True)
class Frustration:
    """The frustration index, or bounds of it, and a split that attains the upper one.

    Attributes:
        weight: `ties` counts frustrated ties, `confidence` adds up how sure they are (to three digits).
        lower: No split frustrates less.
        upper: What the split frustrates.
        total: What all ties weigh.
        sides: (actors,), +1 or -1. In each part that hangs together the two are interchangeable; the side of its actor
            with most ties is +1.
        frustrated: Numbers of the ties that the split frustrates, rising.
    """

    weight: Weight
    lower: float
    upper: float
    total: float
    sides: Sides
    frustrated: tuple[int, ...]

    @property
    def is_exact(self) -> bool:
        """Whether both bounds are one, so that the split is a best one."""
        return self.lower == self.upper

    @property
    def balanced_share(self) -> float:
        """1 for a balanced graph, 0 at the most that any graph can be frustrated: half of its ties (Aref and Wilson 2018)."""
        return 1.0 - 2.0 * self.upper / self.total if self.total else 1.0


def weigh_ties(graph: SignedGraph, weight: Weight) -> NDArray[np.int64]:
    """Return (ties,) signed whole weights: 1 each, or the confidence in thousandths."""
    if weight == "ties":
        return graph.signs.astype(np.int64)
    thousandths = np.maximum(np.round(graph.confidences * _THOUSANDTHS), 1).astype(np.int64)
    return np.asarray(thousandths * graph.signs, dtype=np.int64)


def measure_frustration(
    graph: SignedGraph, *, weight: Weight = "ties", exact: bool = True, deadline: Deadline | None = None
) -> Frustration:
    """Return the least frustration of a signed graph over all splits into two sides.

    Args:
        graph: The ties.
        weight: What a frustrated tie costs.
        exact: Whether to look for certainty where the bounds differ; otherwise they are returned at once.
        deadline: When to stop. Binary programming gets 40 % of what is left, so it alone never uses it up.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(ties) to make the graph smaller; see above for what is left of it.
    """
    deadline = deadline or Deadline(None)
    weights = weigh_ties(graph, weight)
    listed = zip(graph.tails.tolist(), graph.heads.tolist(), weights.tolist(), strict=True)
    found, lower = minimise(listed, exact=exact, deadline=deadline)
    sides = np.array([found[actor] for actor in range(len(graph.actors))], dtype=np.int8)
    sides *= _choose_fronts(graph, sides)
    frustrated = np.flatnonzero(sides[graph.tails] * sides[graph.heads] * np.sign(weights) < 0)
    unit = 1 if weight == "ties" else _THOUSANDTHS
    sizes = np.abs(weights)
    return Frustration(
        weight,
        lower / unit,
        int(sizes[frustrated].sum()) / unit,
        int(sizes.sum()) / unit,
        sides,
        tuple(frustrated.tolist()),
    )


def _choose_fronts(graph: SignedGraph, sides: Sides) -> Sides:
    """Return for each actor the factor that puts the actor with most ties of its part on side +1."""
    parts = graph.components
    degrees = np.diff(graph.neighbours.indptr)
    order = np.lexsort((-np.arange(len(degrees)), degrees))
    fronts = np.zeros(int(parts.max(initial=-1)) + 1, dtype=np.int8)
    fronts[parts[order]] = sides[order]
    return np.asarray(fronts[parts], dtype=np.int8)


def minimise(
    ties: Iterable[tuple[int, int, int]], *, exact: bool, deadline: Deadline
) -> tuple[dict[int, int], int]:
    """Return a split of the actors of weighted ties, and a weight that no split goes below.

    Args:
        ties: Two actors and a whole weight, the sign of which is the tie's; in any order, parallel ones add up.
        exact: See `measure_frustration`.
        deadline: When to stop.
    """
    graph, lost = add_up_ties((left, right, weight * _HALVINGS) for left, right, weight in ties)
    now = monotonic()
    left_s = _TIME_S if deadline.ends_at is None else deadline.ends_at - now
    solver = _Solver(deadline, now + _SHARE_OF_TIME * left_s, exact)
    solved = solver.solve(graph)
    # What is asked for is a sum of whole weights, so a fraction in its bound can be rounded up.
    return solved.sides, ceil((lost + solved.lower) / _HALVINGS)


@dataclass(frozen=True, slots=True)
class _Solved:
    lower: int
    sides: dict[int, int]


@dataclass(frozen=True, slots=True)
class _Solver:
    deadline: Deadline
    exact_until: float
    exact: bool

    def solve(self, graph: Weighted) -> _Solved:
        """Make a graph smaller, solve its blocks each by itself, and put their splits together; `graph` is used up."""
        reduction = Reduction(graph)
        reduction.run(self.deadline)
        blocks = find_blocks(reduction.graph)
        lower, sides = reduction.lost, dict[int, int]()
        for block in blocks:
            members = set(block)
            part = {
                actor: {other: weight for other, weight in reduction.graph[actor].items() if other in members}
                for actor in block
            }
            # One actor's ties may now lie in several blocks, and be few enough in each for another round.
            solved = self.solve(part) if len(blocks) > 1 else self._solve_kernel(part)
            lower += solved.lower
            shared = next((actor for actor in block if actor in sides), None)
            turn = 1 if shared is None else sides[shared] * solved.sides[shared]
            sides.update((actor, turn * side) for actor, side in solved.sides.items())
        reduction.lead_back(sides)
        return _Solved(lower, sides)

    def _solve_kernel(self, part: Weighted) -> _Solved:
        graph = number_graph(part)
        found = self._bound(graph)
        return _Solved(found.lower, dict(zip(graph.actors, found.sides.tolist(), strict=True)))

    def _bound(self, graph: Numbered) -> Bounded:
        if len(graph.actors) <= MOST_ENUMERATED:
            self.deadline.check()
            return enumerate_splits(graph)
        sides = find_split(graph, self.deadline)
        upper, lower = graph.compute_cost(sides), pack_cycles(graph, sides, self.deadline)
        time_s = self.exact_until - monotonic()
        is_worth_it = self.exact and lower < upper and len(graph.weights) <= MOST_PROGRAMMED and time_s > 0
        solved = solve_program(graph, upper, time_s, _MOST_NODES) if is_worth_it else None
        if solved is None:
            return Bounded(lower, sides)
        better = solved.sides if graph.compute_cost(solved.sides) < upper else sides
        return Bounded(min(max(lower, solved.lower), graph.compute_cost(better)), better)
