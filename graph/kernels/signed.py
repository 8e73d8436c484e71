"""The path of least weight whose signs multiply to what is asked: friend of a friend, enemy of an enemy."""

import numpy as np

from graph.adjacency import Walk
from graph.csr import EVERY_EDGE, Mask, lock, lock_mask
from graph.deadline import Deadline
from graph.kernels.best import BestPaths
from graph.kernels.hops import count_nodes
from graph.kernels.terrain import Signs, Terrain
from graph.kernels.weighted import WeightedPath, Weights


def find_signed_path(  # noqa: PLR0913 (the question's options)
    walk: Walk,
    source: int,
    target: int,
    weights: Weights,
    signs: Signs,
    final_sign: int,
    *,
    back: Walk | None = None,
    nodes: int | None = None,
    mask: Mask = EVERY_EDGE,
    max_hops: int = 12,
    deadline: Deadline | None = None,
) -> WeightedPath:
    """Return the loopless path of least weight with a net sign; no nodes where there is none.

    The search runs over pairs of a node and the sign of the walk so far. The best walk of that kind may cross itself;
    then what is left is split and searched again, until the best is a path.

    Args:
        walk: How edges are walked; locked.
        source: Where to start.
        target: Where to arrive, another node.
        weights: (edges,), above 0.
        signs: (edges,), int8: +1, -1 or 0, which leaves a walk's sign as it is.
        final_sign: +1 or -1; a path of unsigned edges alone has neither.
        back: How edges are walked backwards; None where that is the same.
        nodes: How many nodes there are; None for as many as the walk knows.
        mask: (edges,), 1 where an edge may be walked.
        max_hops: Longest path, in edges.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: three times that of a path without a sign, mostly; exponential at worst, for the problem is NP-hard.
    """
    size = nodes or count_nodes(walk)
    terrain = Terrain(
        mask=lock_mask(mask),
        costs=lock(weights),
        hops_first=False,
        signs=lock(signs),
        ranks=lock(np.arange(size, dtype=np.int32)),
        open_nodes=EVERY_EDGE,
        target=target,
        final_sign=final_sign,
        max_hops=max_hops,
    )
    search = BestPaths(walk, back or walk, terrain, source, nodes=size, deadline=deadline)
    for path in search.iter_best():
        return WeightedPath(list(path.nodes), path.cost)
    return WeightedPath([], np.inf)
