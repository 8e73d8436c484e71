"""How far a score that was counted from some nodes only can be from the score counted from all."""

from math import log, sqrt

import numpy as np

from graph.centrality.spectral import Vector

MISS_PROBABILITY = 0.05


def bound_error(nodes: int, samples: int, sums: Vector, squares: Vector | None = None) -> float:
    """Bound the error of means of sampled values within [0, 1], for all nodes at once, with 95 % probability.

    The lesser of two bounds for draws without replacement, each given half of the chance to fail and a union bound over
    the nodes and both sides: that of Hoeffding and Serfling, which holds whatever the values, and the empirical one of
    Bernstein and Serfling, which is far less where the values drawn hardly vary (Bardenet and Maillard 2015,
    "Concentration inequalities for sampling without replacement", corollary 2.5 and theorem 4.3). Sampled sources as
    such: Brandes and Pich (2007).

    Args:
        nodes: How many values there are for each node: one for each node a walk may start from.
        samples: How many of them were drawn, at least 1.
        sums: (nodes,), the values drawn, summed for each node.
        squares: (nodes,), their squares summed; without them only the first bound is used.

    Cost: O(nodes).
    """
    chance = MISS_PROBABILITY / (2 * nodes) / (1 if squares is None else 2)
    few = 2 * samples <= nodes
    left = 1 - (samples - 1) / nodes if few else (1 - samples / nodes) * (1 + 1 / samples)
    plain = sqrt(left * log(1 / chance) / (2 * samples))
    if squares is None:
        return plain
    variance = float(np.max(squares / samples - (sums / samples) ** 2, initial=0.0))
    unlikely = log(5 / chance)
    spread = sqrt(2 * left * max(variance, 0.0) * unlikely / samples)
    return min(plain, spread + (7 / 3 + 3 / sqrt(2)) * unlikely / samples)
