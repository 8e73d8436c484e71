"""Compiling ahead: the loops that large graphs need are run once, so that no user waits for it."""

from graph.balance.compiling import COMPILED_FROM
from graph.balance.frustration import measure_frustration
from graph.balance.ties import SignedGraph, Tie
from graph.balance.triads import count_triads


def warm_balance() -> None:
    """Compile what counts triads and bounds frustration, or load it from numba's cache.

    Cost: under a second from the cache; some ten seconds the first time after an installation.
    """
    graph = _build_ring(COMPILED_FROM // 2 + 1)
    count_triads(graph, limit=1)
    measure_frustration(graph, exact=False)


def _build_ring(size: int) -> SignedGraph:
    """Return actors in a ring, each tied to the next two, friends and foes such that not all can be satisfied."""
    actors = tuple(f"{number:06d}" for number in range(size))
    ties = []
    for number in range(size):
        for step in (1, 2):
            left, right = sorted((number, (number + step) % size))
            is_friend = number % 3 > 0
            ties.append(
                Tie(
                    actors[left],
                    actors[right],
                    1 if is_friend else -1,
                    1.0,
                    float(is_friend),
                    float(not is_friend),
                    (),
                )
            )
    return SignedGraph(actors, tuple(sorted(ties, key=lambda tie: (tie.left, tie.right))))
