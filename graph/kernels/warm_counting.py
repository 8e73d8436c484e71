"""Compiling ahead what counts over whole graphs: rankings, components, communities."""

import numpy as np

from graph.adjacency import Walk
from graph.csr import lock
from graph.deadline import Deadline
from graph.kernels.arcs import gather_arcs, transpose
from graph.kernels.betweenness import add_up_dependencies
from graph.kernels.closeness import add_up_distances
from graph.kernels.components import label_components, label_strong_components
from graph.kernels.distances import build_hop_tree, build_weighted_tree
from graph.kernels.louvain import move_nodes
from graph.kernels.pushing import InwardArcs
from graph.kernels.triangles import count_triangles
from graph.kernels.weighted_sums import add_up_weighted_dependencies, add_up_weighted_distances

_NEVER = Deadline(None)


def warm_counting(walk: Walk, nodes: int) -> None:
    """Run every kernel that counts once over a small graph, walked both ways.

    Cost: about a second of one processor from numba's cache; half a minute the first time after an installation.
    """
    edges = 1 + max(int(part.edges.max(initial=-1)) for part in walk)
    mask, weights = lock(np.ones(edges, np.uint8)), lock(np.ones(edges))
    everybody = np.arange(nodes, dtype=np.int32)
    plain = gather_arcs(walk, nodes, mask=mask)
    weighted = gather_arcs(walk, nodes, mask=mask, weights=weights)
    add_up_dependencies(plain, everybody, _NEVER)
    add_up_distances(plain, everybody, _NEVER)
    add_up_weighted_dependencies(weighted, everybody, _NEVER)
    add_up_weighted_distances(weighted, everybody, _NEVER)
    build_hop_tree(plain, 0, _NEVER)
    build_weighted_tree(weighted, 0, _NEVER)
    label_components(walk, nodes, _NEVER, mask=mask)
    label_strong_components(transpose(plain), _NEVER)
    count_triangles(plain, _NEVER)
    InwardArcs(weighted).push(np.ones(nodes), _NEVER)
    strengths = np.full(nodes, 2.0)
    move_nodes(weighted, everybody, (strengths, strengths), float(nodes), 1.0, _NEVER)
