"""Balance of the walks that come back: how often going round, through friends and foes, ends where it began in peace.

Estrada and Benzi (2014), Walk-based measure of balance in signed networks: with A the signed and |A| the unsigned
adjacency matrix, K = tr exp(A) / tr exp(|A|). Closed walks are counted by their sign, a walk of length k with 1/k!; K is
1 for a balanced graph and falls towards 0. The same ratio of the diagonals, (exp A)_ii / (exp |A|)_ii, is the balance
seen from one actor. Signs alone are used, as published, not confidences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.balance.ties import SignedGraph
from graph.deadline import Deadline

Vectors = NDArray[np.float64]

MOST_EXACT = 800
"""Actors in one part that hangs together up to which its matrix is taken apart whole: about a second."""

_ROUNDS = 40
_PROBES = 24
_SEED = 20_140_610


@dataclass(frozen=True, slots=True)
class WalkBalance:
    """Walk-based balance of a graph and of actors in it.

    Attributes:
        share: K, within [0, 1]; None without ties.
        error: Standard error of `share`; 0 where it was computed and not sampled.
        by_actor: The balance seen from each of the actors asked for, by number; within [0, 1], 0 for actors whose
            walks cancel or are too many to tell.
    """

    share: float | None
    error: float
    by_actor: dict[int, float]


def measure_walks(graph: SignedGraph, actors: Sequence[int], deadline: Deadline | None = None) -> WalkBalance:
    """Return the walk-based balance of a graph and of some of its actors.

    Parts of at most 800 actors are computed from their eigenvalues. Where there is a larger one, the trace is sampled
    with 24 random vectors (Hutchinson 1990) and the actors' entries come from Gauss quadrature by 40 rounds of Lanczos
    (Golub and Meurant 2010), which for graphs like these is good to six digits.

    Args:
        graph: The ties.
        actors: Numbers of the actors to return.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(actors ** 3) for a small part, O(ties) for each of the vectors and rounds of a large one.
    """
    deadline = deadline or Deadline(None)
    if not graph.ties:
        return WalkBalance(None, 0.0, {})
    if int(np.bincount(graph.components).max()) <= MOST_EXACT:
        return _measure_parts(graph, actors, deadline)
    return _sample_walks(graph, actors, deadline)


def _measure_parts(graph: SignedGraph, actors: Sequence[int], deadline: Deadline) -> WalkBalance:
    diagonals = np.zeros((2, len(graph.actors)))
    order = np.argsort(graph.components, kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(np.bincount(graph.components))])
    place[order] = np.arange(len(order)) - starts[graph.components[order]]
    tie_order = np.argsort(graph.components[graph.tails], kind="stable")
    tie_counts = np.bincount(graph.components[graph.tails], minlength=len(starts) - 1)
    tie_starts = np.concatenate([[0], np.cumsum(tie_counts)])
    solved = []
    for part in range(len(starts) - 1):
        deadline.check()
        members = order[starts[part] : starts[part + 1]]
        ties = tie_order[tie_starts[part] : tie_starts[part + 1]]
        signed = np.zeros((len(members), len(members)))
        tails, heads = place[graph.tails[ties]], place[graph.heads[ties]]
        signed[tails, heads] = signed[heads, tails] = graph.signs[ties]
        solved.append((members, np.linalg.eigh(signed), np.linalg.eigh(np.abs(signed))))
    # One shift for all, so that nothing overflows and the ratios stay what they are.
    shift = max(float(unsigned[0][-1]) for _, _, unsigned in solved)
    for members, *pairs in solved:
        for row, (values, vectors) in enumerate(pairs):
            diagonals[row, members] = (vectors**2) @ np.exp(values - shift)
    by_part = np.stack([np.bincount(graph.components, weights=row) for row in diagonals])
    seen = {actor: _divide(diagonals[0, actor], diagonals[1, actor]) for actor in actors}
    return WalkBalance(_divide(by_part[0].sum(), by_part[1].sum()), 0.0, seen)


def _divide(signed: float, unsigned: float) -> float:
    """Return the ratio within [0, 1], to 12 digits, so that balance is 1 and not a rounding error below."""
    return round(float(min(max(signed / unsigned, 0.0), 1.0)), 12) if unsigned > 0 else 0.0


def _sample_walks(graph: SignedGraph, actors: Sequence[int], deadline: Deadline) -> WalkBalance:
    from scipy.sparse import csr_array  # noqa: PLC0415 (slow to import, and small graphs do without)

    count = len(graph.actors)
    ends = np.concatenate([graph.tails, graph.heads]), np.concatenate([graph.heads, graph.tails])
    signs = np.tile(graph.signs.astype(np.float64), 2)
    probes = np.random.default_rng(_SEED).choice([-1.0, 1.0], size=(count, _PROBES))
    chosen = np.zeros((count, len(actors)))
    chosen[list(actors), np.arange(len(actors))] = 1.0
    starts = np.concatenate([probes, chosen], axis=1)
    found = [
        _find_nodes(csr_array((values, ends), shape=(count, count)), starts, deadline)
        for values in (signs, np.abs(signs))
    ]
    shift = float(found[1][0].max())
    signed, unsigned = ((weights * np.exp(values - shift)).sum(axis=1) for values, weights in found)
    seen = {actor: _divide(signed[_PROBES + at], unsigned[_PROBES + at]) for at, actor in enumerate(actors)}
    tops, bottoms = signed[:_PROBES], unsigned[:_PROBES]
    share = _divide(tops.sum(), bottoms.sum())
    # Of a ratio of sums, to first order.
    error = float(np.std(tops - share * bottoms, ddof=1) / bottoms.mean() / np.sqrt(_PROBES))
    return WalkBalance(share, error, seen)


def _find_nodes(
    matrix: Any,  # noqa: ANN401 (scipy ships no types)
    starts: Vectors,
    deadline: Deadline,
) -> tuple[Vectors, Vectors]:
    """Return nodes and weights, (columns, rounds) each, of Gauss quadrature of v' f(matrix) v for each column v."""
    sizes = (starts**2).sum(axis=0)
    now = starts / np.sqrt(sizes)
    before = np.zeros_like(now)
    columns = starts.shape[1]
    alphas, betas = np.zeros((columns, _ROUNDS)), np.zeros((columns, _ROUNDS))
    for turn in range(_ROUNDS):
        deadline.check()
        following = matrix @ now - before * betas[:, turn - 1] if turn else matrix @ now
        alphas[:, turn] = (following * now).sum(axis=0)
        following -= now * alphas[:, turn]
        length = np.sqrt((following**2).sum(axis=0))
        # A column whose walks are all known stops: what would follow is rounding alone.
        betas[:, turn] = np.where(length > 1e-9, length, 0.0)
        before, now = now, np.where(betas[:, turn] > 0, following / np.maximum(length, 1e-300), 0.0)
    tridiagonal = np.zeros((columns, _ROUNDS, _ROUNDS))
    at = np.arange(_ROUNDS)
    tridiagonal[:, at, at] = alphas
    tridiagonal[:, at[:-1], at[1:]] = tridiagonal[:, at[1:], at[:-1]] = betas[:, :-1]
    values, vectors = np.linalg.eigh(tridiagonal)
    return values, sizes[:, None] * vectors[:, 0, :] ** 2
