"""Centralities that are the fixed point of a linear step, by power iteration that watches the clock.

The steps, starting vectors and stopping rules are those of networkx, so the scores are too. What takes a step is
given: plain NumPy here for small graphs, the kernels for large ones.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from math import sqrt
from typing import Protocol

import numpy as np
import numpy.typing as npt

from graph.deadline import Deadline
from graph.errors import NotSettled

Vector = npt.NDArray[np.float64]

DAMPING = 0.85
"""Chance that PageRank's walker walks on, by default."""

_KATZ_DAMPING = 0.9


class Ways(Protocol):
    """The directed ways of a graph; several between the same two nodes add up."""

    @property
    def nodes(self) -> int:
        """How many nodes there are; they are numbered from 0."""

    @property
    def sent(self) -> Vector:
        """(nodes,), the weight of the ways that leave each node."""

    @property
    def received(self) -> Vector:
        """(nodes,), the weight of the ways that lead to each node."""

    def push(self, scores: Vector, deadline: Deadline) -> Vector:
        """Return what each node is given when every node sends its score along its ways, times their weight."""


class ListedWays:
    """Ways one by one, walked by NumPy alone: for graphs too small to wait for a compiler.

    Args:
        nodes: How many there are.
        starts: (ways,), the node each way starts from.
        ends: (ways,), the node it leads to.
        weights: (ways,), how much it weighs, above 0.
    """

    def __init__(
        self,
        nodes: int,
        starts: npt.NDArray[np.integer],
        ends: npt.NDArray[np.integer],
        weights: Vector,
    ) -> None:
        self.nodes = nodes
        self._starts, self._ends, self._weights = starts, ends, weights

    @cached_property
    def sent(self) -> Vector:
        """(nodes,), the weight of the ways that leave each node."""
        return self._add_up(self._starts, self._weights)

    @cached_property
    def received(self) -> Vector:
        """(nodes,), the weight of the ways that lead to each node."""
        return self._add_up(self._ends, self._weights)

    def push(self, scores: Vector, deadline: Deadline) -> Vector:
        """Return what each node is given when every node sends its score along its ways. Cost: O(ways)."""
        deadline.check()
        return self._add_up(self._ends, scores[self._starts] * self._weights)

    def _add_up(self, at: npt.NDArray[np.integer], amounts: Vector) -> Vector:
        return np.asarray(np.bincount(at, weights=amounts, minlength=self.nodes), dtype=np.float64)


def compute_pagerank(
    ways: Ways,
    deadline: Deadline,
    *,
    damping: float = DAMPING,
    start: Vector | None = None,
    restart: Vector | None = None,
    dangling: Vector | None = None,
    tolerance: float = 1e-10,
    max_rounds: int = 1000,
) -> Vector:
    """Return the chance that a random walker is at each node (Page, Brin, Motwani and Winograd 1999).

    Args:
        ways: Their weights share out what a node passes on.
        deadline: When to stop; looked at every round.
        damping: Chance to walk on rather than start again, within [0, 1].
        start: (nodes,), where the walk begins, summing to 1; by default anywhere alike.
        restart: (nodes,), where it starts again, summing to 1; by default anywhere alike.
        dangling: (nodes,), where it goes from a node without a way out, summing to 1; by default as `restart`.
        tolerance: It ends when all scores together change by less than this for each node.
        max_rounds: How many rounds are tried.

    Raises:
        NotSettled: The scores still move after the last round.
        QueryTimeout: The deadline passed.

    Cost: O((nodes + ways) * rounds).
    """
    anywhere = np.full(ways.nodes, 1 / ways.nodes)
    restart = anywhere if restart is None else restart
    dangling = restart if dangling is None else dangling
    dead_ends = np.flatnonzero(ways.sent == 0)
    share = np.zeros(ways.nodes)
    np.divide(damping, ways.sent, out=share, where=ways.sent != 0)
    fresh = (1 - damping) * restart

    def step(scores: Vector) -> Vector:
        pushed = ways.push(scores * share, deadline)
        pushed += fresh
        if len(dead_ends):
            pushed += (damping * float(scores[dead_ends].sum())) * dangling
        return pushed

    first = anywhere if start is None else start
    return settle("pagerank", step, first, tolerance, max_rounds)


def compute_eigenvector(
    ways: Ways,
    deadline: Deadline,
    *,
    start: Vector | None = None,
    tolerance: float = 1e-9,
    max_rounds: int = 5000,
) -> Vector:
    """Return the eigenvector of the largest eigenvalue, of length 1, by iterating with A + I as networkx does.

    Args:
        ways: What is sent along them adds up at their ends.
        deadline: When to stop; looked at every round.
        start: (nodes,), summing to 1; by default all alike.
        tolerance: It ends when all scores together change by less than this for each node.
        max_rounds: How many rounds are tried.

    Raises:
        NotSettled: The scores still move after the last round.
        QueryTimeout: The deadline passed.

    Cost: O((nodes + ways) * rounds).
    """

    def step(scores: Vector) -> Vector:
        return scale(scores + ways.push(scores, deadline))

    first = np.full(ways.nodes, 1 / ways.nodes) if start is None else start
    return settle("eigenvector", step, first, tolerance, max_rounds)


def compute_katz(
    ways: Ways,
    deadline: Deadline,
    *,
    alpha: float | None = None,
    beta: float | Vector = 1.0,
    start: Vector | None = None,
    tolerance: float = 1e-9,
    max_rounds: int = 5000,
) -> Vector:
    """Return Katz's (1953) status: alpha times what others send, and beta of one's own. Not scaled.

    Args:
        ways: What is sent along them adds up at their ends.
        deadline: When to stop; looked at every round.
        alpha: Attenuation; by default 0.9 over a bound that no eigenvalue exceeds, which always settles: the square
            root of the greatest weight sent times the greatest received.
        beta: What a node has of its own; one value, or (nodes,).
        start: (nodes,); by default 0.
        tolerance: It ends when all scores together change by less than this for each node.
        max_rounds: How many rounds are tried.

    Raises:
        NotSettled: The scores still move after the last round.
        QueryTimeout: The deadline passed.

    Cost: O((nodes + ways) * rounds).
    """
    if alpha is None:
        alpha = bound_attenuation(ways.received, ways.sent)

    def step(scores: Vector) -> Vector:
        return alpha * ways.push(scores, deadline) + beta

    return settle("katz", step, np.zeros(ways.nodes) if start is None else start, tolerance, max_rounds)


def bound_attenuation(received: Vector, sent: Vector) -> float:
    """Return an attenuation for Katz's status that always settles: 0.9 over a bound that no eigenvalue exceeds.

    The bound is the square root of the greatest weight received times the greatest sent.
    """
    return float(_KATZ_DAMPING / (sqrt(received.max(initial=0) * sent.max(initial=0)) or 1.0))


def scale(scores: Vector) -> Vector:
    """Return scores as a vector of length 1; all 0 stays so."""
    scaled: Vector = scores / (np.linalg.norm(scores) or 1.0)
    return scaled


def settle(
    metric: str, step: Callable[[Vector], Vector], scores: Vector, tolerance: float, max_rounds: int
) -> Vector:
    """Repeat a step until all scores together change by less than the tolerance for each of them.

    Raises:
        NotSettled: They still do after the last round.
    """
    for _ in range(max_rounds):
        before, scores = scores, step(scores)
        if np.abs(scores - before).sum() < len(scores) * tolerance:
            return scores
    raise NotSettled(metric, max_rounds)


SPECTRAL: Mapping[str, Callable[[Ways, Deadline], Vector]] = {
    "pagerank": compute_pagerank,
    "eigenvector": compute_eigenvector,
    "katz": lambda ways, deadline: scale(compute_katz(ways, deadline)),
}
"""The metrics of this kind, by name."""
