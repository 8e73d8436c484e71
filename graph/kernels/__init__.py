"""Kernels: what walks the graph as arrays, compiled by numba.

Every module here answers one question about arrays and knows neither names nor stores. They share one convention.

What they take:
    A graph is a `Walk` of `graph.csr`: for every node the arcs that leave it. Searches that meet in the middle also
    take the walk back; where edges are walked both ways the two are one object.
    `mask` is (edges,) uint8: 1 where an edge may be walked. An empty one lets all be walked, at no cost. A walk that
    was fitted to a mask (`graph.csr.fit_walk`) has it in order of arcs, too, and goes together with that mask alone.
    `weights` is (edges,) float64, above 0: what an edge costs. For confidence it is `-log(confidence)`.
    `deadline` is a `graph.deadline.Deadline`; the default never ends.
    Arrays may be writable or not, mapped from a file or not; `graph.csr.lock` makes one type of all of them, so that
    a kernel is compiled once.

Budgets:
    Compiled code looks at the clock itself (`budget.is_late`, about 40 ns), every few hundred nodes, and returns; the
    function around it raises `QueryTimeout`. Compiled code runs without the interpreter's lock.

Scratch:
    Searches mark nodes in records that are kept from query to query (`scratch`), stamped with the number of the
    query, so that a small question on a large graph never clears what is as long as the graph.

Searches: `hops.find_hop_path`, `weighted.find_weighted_path`, `best.find_best_paths` (and `best.BestPaths` for costs
with tie-breaks, signs and closed nodes), `nearest.iter_nearest` (the same where hops come first), `signed.find_signed_path`, `ball.find_ball`, `ball.find_reach`,
`corridor.find_corridor`, `counting.count_paths`. `graph.csr.build_walk` makes a walk of edge arrays.
`warm.warm_kernels` compiles them, or loads them from numba's cache.
"""
