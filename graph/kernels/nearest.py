"""The best loopless paths where fewer hops are always better: looked for in what lies between the ends, and no further.

All paths of at most so many hops run through the corridor of so many hops. That of the shortest paths is a few nodes in
the largest of graphs, so a question is answered there, and in the next wider corridor only if paths are missing.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Final

import numba
import numpy as np

from graph.adjacency import Indices, Walk
from graph.csr import Mask, build_adjacency, get_span, lock, lock_walk
from graph.deadline import Deadline
from graph.kernels.best import BestPath, BestPaths
from graph.kernels.corridor import Corridor, find_corridor
from graph.kernels.hops import find_hop_path
from graph.kernels.scratch import Marks, Pool
from graph.kernels.terrain import Terrain

_PLACES: Final = Pool([("place", "i4"), ("stamp", "i4")])
_MOST_ARCS: Final = 500_000
"""Corridors with more arcs are not copied: then the whole graph is searched."""


def iter_nearest(
    walk: Walk,
    back: Walk,
    terrain: Terrain,
    source: int,
    nodes: int,
    deadline: Deadline,
) -> Iterator[BestPath]:
    """Yield every loopless path, fewest hops first, as `BestPaths` does over the whole graph.

    Args:
        walk: How edges are walked; locked.
        back: How they are walked backwards.
        terrain: What a path may be; hops come first.
        source: Where paths start, not the target.
        nodes: How many nodes there are.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: of the first path that of the edges within half its hops of either end; of those as short next to nothing; of
    the first with more hops that of a wider corridor.
    """
    shortest = find_hop_path(
        walk,
        source,
        terrain.target,
        back=back,
        nodes=nodes,
        mask=terrain.mask,
        max_hops=terrain.max_hops,
        deadline=deadline,
    )
    if not shortest:
        return
    yielded = 0
    for hops in range(len(shortest) - 1, terrain.max_hops + 1):
        corridor = find_corridor(
            walk,
            source,
            terrain.target,
            hops,
            back=back,
            nodes=nodes,
            mask=terrain.mask,
            deadline=deadline,
        )
        search = _search(walk, terrain, corridor, hops, nodes, deadline)
        is_last = search is None
        if search is None:
            search = BestPaths(walk, back, terrain, source, nodes=nodes, deadline=deadline).iter_best()
        for path in islice(search, yielded, None):
            yielded += 1
            yield path
        if is_last:
            return


def _search(
    walk: Walk, terrain: Terrain, corridor: Corridor, hops: int, nodes: int, deadline: Deadline
) -> Iterator[BestPath] | None:
    """Return the best paths of at most so many hops, searched in a copy of the corridor; None if it is too large."""
    size = len(corridor.nodes)
    scratch = _PLACES.take(nodes)
    try:
        tails, heads, edges = _gather(
            walk,
            terrain.mask,
            (lock(corridor.nodes), lock(corridor.before), lock(corridor.after)),
            hops,
            scratch.marks,
            2 * scratch.epoch,
        )
    finally:
        _PLACES.give(scratch)
    if len(tails) > _MOST_ARCS:
        return None
    # As many parts as the walk of a snapshot has, so that no kernel is compiled for another number.
    nothing = build_adjacency(tails[:0], heads[:0], edges[:0], 0)
    within = lock_walk((build_adjacency(tails, heads, edges, size), nothing))
    back = lock_walk((build_adjacency(heads, tails, edges, size), nothing))
    # Nodes of a corridor stand in order of their hops from the source.
    narrowed = terrain._replace(
        ranks=lock(terrain.ranks[corridor.nodes]),
        open_nodes=_narrow(terrain.open_nodes, corridor.nodes),
        target=int(np.flatnonzero(corridor.nodes == terrain.target)[0]),
        max_hops=hops,
    )
    search = BestPaths(within, back, narrowed, 0, nodes=size, deadline=deadline)
    numbers = corridor.nodes.tolist()
    return (BestPath(tuple(numbers[node] for node in path.nodes), path.cost) for path in search.iter_best())


def _narrow(mask: Mask, nodes: Indices) -> Mask:
    return lock(mask[nodes]) if len(mask) else mask


@numba.njit(cache=True, nogil=True)
def _gather(
    walk: Walk,
    mask: Mask,
    corridor: tuple[Indices, Indices, Indices],
    hops: int,
    places: Marks,
    stamp: int,
) -> tuple[Indices, Indices, Indices]:
    """Return the arcs on short enough walks, by places in the corridor: tails, heads and edges; one too many at most."""
    nodes, before, after = corridor
    for place in range(len(nodes)):
        places[nodes[place]].place, places[nodes[place]].stamp = place, stamp
    found, size = np.empty((256, 3), np.int32), 0
    for place in range(len(nodes)):
        for adjacency in walk:
            start, stop = get_span(adjacency, nodes[place])
            for arc in range(start, stop):
                mark, edge = places[adjacency.heads[arc]], adjacency.edges[arc]
                if mark.stamp != stamp or before[place] + 1 + after[mark.place] > hops:
                    continue
                if len(mask) > 0 and mask[edge] == 0:
                    continue
                if size == len(found):
                    more = np.empty((2 * size, 3), np.int32)
                    more[:size] = found
                    found = more
                found[size, 0], found[size, 1], found[size, 2] = place, mark.place, edge
                size += 1
        if size > _MOST_ARCS:
            break
    return found[:size, 0].copy(), found[:size, 1].copy(), found[:size, 2].copy()
