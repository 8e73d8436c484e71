"""One level of Louvain: nodes move to the neighbouring community that gains most, until none moves."""

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Offsets
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs, Weights
from graph.kernels.budget import get_end, is_late

Vector = NDArray[np.float64]

_NODES_PER_LOOK = 256


def move_nodes(
    arcs: Arcs,
    order: Indices,
    strengths: tuple[Vector, Vector],
    total: float,
    resolution: float,
    deadline: Deadline,
) -> Indices:
    """Return the community of each node, by the number of a node that was in it at first.

    Blondel et al. (2008); for directed graphs with the gain of Dugue and Perez (2015). Of equal gains the community
    of the first neighbour is taken.

    Args:
        arcs: Weights both ways, summed where edges have directions; no loops.
        order: (nodes,), in which nodes are asked to move, round after round.
        strengths: (nodes,) each, the summed weight of edges that lead to a node and that leave it, loops included;
            the same array twice where edges have no direction.
        total: The weight of all edges.
        resolution: Above 1 favours small communities.
        deadline: Looked at every few hundred nodes.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(arcs) a round; some ten rounds.
    """
    received, sent = strengths
    # Without directions both products of the directed gain are one and the same, and half of each is meant.
    factor = resolution / (total * total) if received is not sent else resolution / (4 * total * total)
    communities = np.arange(arcs.nodes, dtype=np.int32)
    _move(*arcs, order, received, sent, total, factor, communities, get_end(deadline))
    deadline.check()
    return communities


@numba.njit(cache=True, nogil=True)
def _move(  # noqa: PLR0913, PLR0917, C901 (compiled code takes its state as arrays)
    indptr: Offsets,
    heads: Indices,
    weights: Weights,
    order: Indices,
    received: Vector,
    sent: Vector,
    total: float,
    factor: float,
    communities: Indices,
    ends_at: int,
) -> None:
    nodes = len(indptr) - 1
    all_received = received.copy()
    all_sent = sent.copy()
    toward = np.zeros(nodes)
    asked = np.full(nodes, np.int32(-1))
    met = np.empty(nodes, np.int32)
    moves = 1
    while moves:
        moves = 0
        for place in range(nodes):
            if place % _NODES_PER_LOOK == 0 and is_late(ends_at):
                return
            node = order[place]
            own = communities[node]
            found = 0
            toward[own] = 0.0
            asked[own] = node
            for arc in range(indptr[node], indptr[node + 1]):
                community = communities[heads[arc]]
                if asked[community] != node:
                    asked[community] = node
                    toward[community] = 0.0
                if toward[community] == 0.0:
                    met[found] = community
                    found += 1
                toward[community] += weights[arc]
            all_received[own] -= received[node]
            all_sent[own] -= sent[node]
            stays = toward[own] / total - factor * (
                sent[node] * all_received[own] + received[node] * all_sent[own]
            )
            best, gained = own, 0.0
            for candidate in met[:found]:
                joins = toward[candidate] / total - factor * (
                    sent[node] * all_received[candidate] + received[node] * all_sent[candidate]
                )
                if joins - stays > gained:
                    best, gained = candidate, joins - stays
            all_received[best] += received[node]
            all_sent[best] += sent[node]
            asked[own] = -1
            for candidate in met[:found]:
                asked[candidate] = -1
            if best != own:
                communities[node] = best
                moves += 1
