"""Centralities that are the fixed point of a linear step, by power iteration that watches the clock.

The steps, starting vectors and stopping rules are those of networkx, so the scores are too.
"""

from collections.abc import Callable, Iterable, Mapping
from math import sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.deadline import Deadline
from graph.errors import InvalidQuery

Vector = npt.NDArray[np.float64]

_DAMPING = 0.85
_KATZ_DAMPING = 0.9


class Ways(NamedTuple):
    """The directed ways of a graph; several between the same two nodes add up.

    Attributes:
        nodes: How many nodes there are; they are numbered from 0.
        starts: The node each way starts from.
        ends: The node it leads to.
        weights: How much it weighs, above 0.
    """

    nodes: int
    starts: npt.NDArray[np.intp]
    ends: npt.NDArray[np.intp]
    weights: Vector

    def push(self, scores: Vector) -> Vector:
        """Return what each node is given when every node sends its score along its ways. Cost: O(ways)."""
        return self.add_up(self.ends, scores[self.starts] * self.weights)

    def add_up(self, at: npt.NDArray[np.intp], amounts: Vector) -> Vector:
        """Return the sum of the amounts at each node. Cost: O(ways)."""
        return np.asarray(np.bincount(at, weights=amounts, minlength=self.nodes), dtype=np.float64)


def list_ways(nodes: Iterable[str], weighted: Iterable[tuple[str, str, float]]) -> Ways:
    """Number nodes in the order given, and list the ways `(start, end, weight)` between them. Cost: O(ways)."""
    numbers = {node: number for number, node in enumerate(nodes)}
    listed = list(weighted)
    return Ways(
        len(numbers),
        np.array([numbers[start] for start, _, _ in listed], dtype=np.intp),
        np.array([numbers[end] for _, end, _ in listed], dtype=np.intp),
        np.array([weight for _, _, weight in listed], dtype=np.float64),
    )


def score_pagerank(ways: Ways, deadline: Deadline) -> Vector:
    """Return PageRank (Page et al. 1999), damped by 0.85; a node without a way out gives to all alike.

    Raises:
        InvalidQuery: It does not settle within 1,000 rounds.
        QueryTimeout: The deadline passed.
    """
    sent = ways.add_up(ways.starts, ways.weights)
    is_dead_end = sent == 0
    shared = ways._replace(weights=ways.weights / sent[ways.starts])

    def step(scores: Vector) -> Vector:
        lost = float(scores[is_dead_end].sum())
        return shared.push(scores) * _DAMPING + (_DAMPING * lost + 1 - _DAMPING) / ways.nodes

    return _settle("pagerank", step, np.full(ways.nodes, 1 / ways.nodes), 1e-10, 1000, deadline)


def score_eigenvector(ways: Ways, deadline: Deadline) -> Vector:
    """Return the eigenvector of the largest eigenvalue, of length 1, by iterating with A + I as networkx does.

    Raises:
        InvalidQuery: It does not settle within 5,000 rounds.
        QueryTimeout: The deadline passed.
    """

    def step(scores: Vector) -> Vector:
        return _scale(scores + ways.push(scores))

    return _settle("eigenvector", step, np.full(ways.nodes, 1 / ways.nodes), 1e-9, 5000, deadline)


def score_katz(ways: Ways, deadline: Deadline) -> Vector:
    """Return Katz's (1953) status, of length 1, attenuated by 0.9 over a bound that no eigenvalue exceeds.

    The bound is sqrt(greatest row sum * greatest column sum).

    Raises:
        InvalidQuery: It does not settle within 5,000 rounds.
        QueryTimeout: The deadline passed.
    """
    inward, outward = (ways.add_up(at, ways.weights).max(initial=0) for at in (ways.ends, ways.starts))
    alpha = _KATZ_DAMPING / (sqrt(inward * outward) or 1.0)

    def step(scores: Vector) -> Vector:
        return alpha * ways.push(scores) + 1.0

    return _scale(_settle("katz", step, np.zeros(ways.nodes), 1e-9, 5000, deadline))


def _scale(scores: Vector) -> Vector:
    scaled: Vector = scores / (np.linalg.norm(scores) or 1.0)
    return scaled


def _settle(
    metric: str,
    step: Callable[[Vector], Vector],
    scores: Vector,
    tolerance: float,
    most_rounds: int,
    deadline: Deadline,
) -> Vector:
    """Repeat a step until all scores together change by less than the tolerance for each of them."""
    for _ in range(most_rounds):
        deadline.check()
        before, scores = scores, step(scores)
        if np.abs(scores - before).sum() < len(scores) * tolerance:
            return scores
    raise InvalidQuery(
        "metric", f"{metric} does not settle on this graph; ask for another metric or direction."
    )


SPECTRAL: Mapping[str, Callable[[Ways, Deadline], Vector]] = {
    "pagerank": score_pagerank,
    "eigenvector": score_eigenvector,
    "katz": score_katz,
}
"""The metrics of this kind, by name."""
