"""Compiling ahead: every search over arrays is run once on a graph of three nodes, so that no user waits for it."""

import numpy as np

from graph.adjacency import Adjacency, Walk
from graph.csr import build_adjacency, fit_walk, lock, lock_walk, shut_arcs
from graph.deadline import Deadline
from graph.kernels.arc_choice import find_edges
from graph.kernels.ball import find_ball, find_induced, find_reach
from graph.kernels.best import find_best_paths
from graph.kernels.bounds import Surroundings
from graph.kernels.budget import NEVER
from graph.kernels.claim_sums import KnownFacts, ToldClaims, add_up_claims
from graph.kernels.corridor import find_corridor
from graph.kernels.counting import count_paths
from graph.kernels.hops import find_hop_path
from graph.kernels.nearest import iter_nearest
from graph.kernels.pair_edges import find_pair_edges
from graph.kernels.signed import find_signed_path
from graph.kernels.terrain import UNSIGNED, Terrain
from graph.kernels.texts import find_texts
from graph.kernels.warm_counting import warm_counting
from graph.kernels.weighted import find_weighted_path

PARTS = (2, 4)
"""How many adjacencies a snapshot's walk has: without and with what was ingested since it was built."""


def warm_kernels() -> None:
    """Compile what walks snapshots, or load it from numba's cache.

    Cost: some seconds of one processor from the cache; about a minute the first time after an installation. The
    interpreter's lock is held in between, so requests are served meanwhile, if more slowly.
    """
    sources, targets = np.array([0, 1, 0], np.int32), np.array([1, 2, 2], np.int32)
    edges = np.arange(3, dtype=np.int32)
    forward = build_adjacency(sources, targets, edges, 3)
    backward = build_adjacency(targets, sources, edges, 3)
    shut_arcs(fit_walk((forward,), np.ones(3, np.uint8))[0], edges, sources, targets)
    for parts in PARTS:
        _run_all(lock_walk((forward, backward) * (parts // 2)))
    warm_counting(lock_walk((forward, backward)), 3)
    _warm_overlay(lock_walk((forward,))[0])


def _run_all(walk: Walk) -> None:
    mask, weights, signs = np.ones(3, np.uint8), np.full(3, 17.0), np.ones(3, np.int8)
    middle = np.zeros(1, np.int32)
    find_hop_path(walk, 0, 2, mask=mask)
    find_weighted_path(walk, 0, 2, weights, mask=mask)
    find_best_paths(walk, 0, 2, weights, 2, mask=mask)
    find_signed_path(walk, 0, 2, weights, signs, 1, mask=mask)
    find_corridor(walk, 0, 2, 2, mask=mask)
    find_ball(walk, middle, 1, mask=mask)
    find_reach(walk, middle, 1, weights, mask=mask)
    find_induced(walk, middle, mask, 1, nodes=3)
    find_edges(walk, lock(mask), 0, 2)
    terrain = Terrain(
        mask=lock(mask),
        costs=lock(weights),
        hops_first=True,
        signs=lock(signs[:0]),
        ranks=lock(np.arange(3, dtype=np.int32)),
        open_nodes=lock(mask[:0]),
        target=2,
        final_sign=UNSIGNED,
        max_hops=2,
    )
    count_paths(walk, walk, terrain, 0, 3, 2, 100)
    list(iter_nearest(walk, walk, terrain, 0, 3, Deadline(None)))
    # Hard questions alone ask for more of these.
    surroundings = Surroundings(walk, terrain, 3, NEVER)
    surroundings.grow(1)
    surroundings.close()


def _warm_overlay(arcs: Adjacency) -> None:
    """Run what lays many new claims over a graph."""
    middle = lock(np.ones(1, np.int32))
    find_pair_edges(arcs, middle, middle, np.ones(1, np.int64), 3)
    text, hashes = lock(np.zeros(1, np.uint8)), lock(np.zeros(1, np.uint32))
    find_texts(text, 1, hashes, middle, text, lock(np.arange(2, dtype=np.int64)))
    codes, days, words = np.ones(1, np.uint8), np.ones(1, np.int32), np.zeros(1, np.int16)
    symmetric = lock(np.ones((1, 2), np.bool_))
    told = ToldClaims(days - 1, words, codes, codes, codes, np.ones(1), days, days)
    known = KnownFacts(middle, middle, middle, symmetric, lock(np.zeros(1, np.int64)), np.ones(1, np.int8))
    add_up_claims(np.zeros(1, np.int64), told, known, 1, 1)
