"""Balanced and unbalanced triads: three actors who are all tied to each other.

A triad is balanced if the product of its signs is positive: friends of friends are friends, and so are enemies of
enemies (Heider 1946; Cartwright and Harary 1956). Davis (1967) would let three enemies pass, for they may be three
camps; the four sorts are counted apart, so that either view can be taken.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from graph.balance.compiling import choose_loop
from graph.balance.ties import Neighbours, SignedGraph, Tie
from graph.deadline import Deadline

_STEPS_AT_ONCE = 2_000_000
"""How many pairs of ties are looked at between two looks at the clock: a few hundredths of a second, compiled."""


@dataclass(frozen=True, slots=True)
class Triad:
    """Three actors and the three ties between them.

    Attributes:
        actors: Ids, sorted.
        ties: Between the first and the second, the first and the third, the second and the third.
        confidence: Product of the ties' confidences, within (0, 1].
    """

    actors: tuple[str, str, str]
    ties: tuple[Tie, Tie, Tie]
    confidence: float

    @property
    def is_balanced(self) -> bool:
        """Whether the product of the three signs is positive."""
        return sum(tie.sign < 0 for tie in self.ties) % 2 == 0


@dataclass(frozen=True, slots=True)
class TriadCensus:
    """All triads counted, and the surest of either sort.

    Attributes:
        by_negatives: (4,), how many triads have 0, 1, 2 and 3 negative ties.
        balanced_at: (ties,), in how many balanced triads a tie stands.
        unbalanced_at: (ties,), in how many unbalanced ones.
        expected_share: Which share of triads would be balanced if the same signs lay on the ties at random; None
            without ties.
        balanced: The surest balanced triads, surest first.
        unbalanced: The surest unbalanced ones.
    """

    by_negatives: tuple[int, int, int, int]
    balanced_at: NDArray[np.int64]
    unbalanced_at: NDArray[np.int64]
    expected_share: float | None
    balanced: tuple[Triad, ...]
    unbalanced: tuple[Triad, ...]

    @property
    def balanced_total(self) -> int:
        """How many triads are balanced: with no negative tie, or with two."""
        return self.by_negatives[0] + self.by_negatives[2]

    @property
    def unbalanced_total(self) -> int:
        """How many triads are unbalanced: with one negative tie, or with three."""
        return self.by_negatives[1] + self.by_negatives[3]

    @property
    def balanced_share(self) -> float | None:
        """Share of triads that are balanced, within [0, 1]; None where there is no triad."""
        total = sum(self.by_negatives)
        return self.balanced_total / total if total else None


def count_triads(graph: SignedGraph, *, limit: int = 20, deadline: Deadline | None = None) -> TriadCensus:
    """Count the triads of a signed graph, and pick the surest balanced and unbalanced ones.

    Args:
        graph: The ties.
        limit: Most triads of either sort to return, within [0, 1000].
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(ties ** 1.5) at most: every triad is met once, at its actor of lowest degree (Latapy 2008).
    """
    deadline = deadline or Deadline(None)
    ties = len(graph.ties)
    up = _orient(graph)
    counts = np.zeros(4, dtype=np.int64)
    at_tie = np.zeros((ties, 2), dtype=np.int64)
    best = np.full((2, max(limit, 1)), -1.0)
    best_ties = np.full((2, max(limit, 1), 3), -1, dtype=np.int32)
    mark = np.full(len(graph.actors), -1, dtype=np.int32)
    visit = choose_loop(_visit_triads, ties)
    for start, stop in _cut_by_work(up):
        deadline.check()
        visit(up, graph.signs, graph.confidences, start, stop, mark, counts, at_tie, best, best_ties)
    unbalanced, balanced = (_list_triads(graph, best[sort], best_ties[sort], limit) for sort in (0, 1))
    return TriadCensus(
        (int(counts[0]), int(counts[1]), int(counts[2]), int(counts[3])),
        at_tie[:, 1],
        at_tie[:, 0],
        _expect_balanced(graph.signs),
        balanced,
        unbalanced,
    )


def _expect_balanced(signs: NDArray[np.int8]) -> float | None:
    """Return the chance that three ties drawn without looking at their signs multiply to +1."""
    if not len(signs):
        return None
    positive = float((signs > 0).mean())
    return positive**3 + 3 * positive * (1 - positive) ** 2


def _orient(graph: SignedGraph) -> Neighbours:
    """Return each tie from its end of lower degree only, so that no actor has many; actors by rising degree."""
    degrees = np.diff(graph.neighbours.indptr)
    order = np.lexsort((np.arange(len(degrees)), degrees))
    ranks = np.empty(len(degrees), dtype=np.int32)
    ranks[order] = np.arange(len(degrees), dtype=np.int32)
    ends = np.stack([ranks[graph.tails], ranks[graph.heads]])
    low, high = ends.min(axis=0), ends.max(axis=0)
    by_low = np.lexsort((high, low)).astype(np.int32)
    indptr = np.zeros(len(degrees) + 1, dtype=np.int64)
    np.cumsum(np.bincount(low, minlength=len(degrees)), out=indptr[1:])
    return Neighbours(indptr, high[by_low], by_low)


def _cut_by_work(up: Neighbours) -> list[tuple[int, int]]:
    """Cut the actors into spans that take about equally long."""
    degrees = np.diff(up.indptr)
    steps = np.concatenate([[0], np.cumsum(degrees[up.heads] + 1)])[up.indptr[1:]]
    cuts = np.searchsorted(
        steps, np.arange(_STEPS_AT_ONCE, int(steps[-1]) if len(steps) else 0, _STEPS_AT_ONCE)
    )
    bounds = sorted({0, *cuts.tolist(), len(degrees)})
    return list(pairwise(bounds))


def _visit_triads(  # noqa: PLR0913, PLR0917 (a compiled loop gets everything it works on)
    up: Neighbours,
    signs: NDArray[np.int8],
    confidences: NDArray[np.float64],
    start: int,
    stop: int,
    mark: NDArray[np.int32],
    counts: NDArray[np.int64],
    at_tie: NDArray[np.int64],
    best: NDArray[np.float64],
    best_ties: NDArray[np.int32],
) -> None:
    """Meet each triad whose lowest actor is within [start, stop); `mark` is -1 before and after."""
    indptr, heads, ties = up
    kept = best.shape[1]
    for low in range(start, stop):
        for i in range(indptr[low], indptr[low + 1]):
            mark[heads[i]] = ties[i]
        for i in range(indptr[low], indptr[low + 1]):
            middle, first = heads[i], ties[i]
            for j in range(indptr[middle], indptr[middle + 1]):
                second = mark[heads[j]]
                if second < 0:
                    continue
                third = ties[j]
                negatives = int(signs[first] < 0) + int(signs[second] < 0) + int(signs[third] < 0)
                sort = 1 - negatives % 2
                counts[negatives] += 1
                at_tie[first, sort] += 1
                at_tie[second, sort] += 1
                at_tie[third, sort] += 1
                sure = confidences[first] * confidences[second] * confidences[third]
                if sure <= best[sort, kept - 1]:
                    continue
                place = kept - 1
                while place > 0 and best[sort, place - 1] < sure:
                    best[sort, place] = best[sort, place - 1]
                    best_ties[sort, place] = best_ties[sort, place - 1]
                    place -= 1
                best[sort, place] = sure
                best_ties[sort, place, 0] = first
                best_ties[sort, place, 1] = second
                best_ties[sort, place, 2] = third
        for i in range(indptr[low], indptr[low + 1]):
            mark[heads[i]] = -1


def _list_triads(
    graph: SignedGraph, best: NDArray[np.float64], best_ties: NDArray[np.int32], limit: int
) -> tuple[Triad, ...]:
    found = []
    for confidence, numbers in zip(best[:limit].tolist(), best_ties[:limit].tolist(), strict=True):
        if confidence >= 0:
            ties = sorted((graph.ties[number] for number in numbers), key=lambda tie: (tie.left, tie.right))
            actors = (ties[0].left, ties[0].right, ties[1].right)
            found.append(Triad(actors, (ties[0], ties[1], ties[2]), confidence))
    return tuple(sorted(found, key=lambda triad: (-triad.confidence, triad.actors)))
