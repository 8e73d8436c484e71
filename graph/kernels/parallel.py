"""Kernels side by side, in as many threads as there are processors.

Threads of our own rather than numba's parallel loops: those end the process when two requests use them at once.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import cache
from itertools import pairwise

import numpy as np

from graph.adjacency import Offsets
from graph.deadline import Deadline

Slice = tuple[int, int]
"""From the first, up to and without the second."""


@cache
def count_workers() -> int:
    """Return how many processors this process may use, at most 16."""
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 16)
    return min(os.cpu_count() or 1, 16)


@cache
def _get_pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count_workers(), thread_name_prefix="graph-kernel")


if hasattr(os, "register_at_fork"):
    # A forked process has none of its parent's threads.
    os.register_at_fork(after_in_child=_get_pool.cache_clear)


def run_slices(work: Callable[[int, int], object], slices: Iterable[Slice], deadline: Deadline) -> None:
    """Run a kernel on each slice, in threads if there are several, and wait for all.

    Args:
        work: Is given a slice; must release the interpreter, and return soon once the deadline has passed.
        slices: One a thread, or more.
        deadline: Looked at before and after.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: some 50 microseconds on top of the work, where there are several slices.
    """
    deadline.check()
    listed = list(slices)
    if len(listed) == 1:
        work(*listed[0])
    else:
        futures = [_get_pool().submit(work, start, stop) for start, stop in listed]
        wait(futures)
        for future in futures:
            future.result()
    deadline.check()


def split_evenly(indptr: Offsets, parts: int) -> list[Slice]:
    """Cut nodes into slices with about as many arcs each; no slice is empty. Cost: O(parts log nodes)."""
    nodes = len(indptr) - 1
    load = indptr + np.arange(nodes + 1)
    wanted = np.linspace(0, load[-1], parts + 1)[1:-1]
    cuts = [0, *np.searchsorted(load, wanted).tolist(), nodes]
    return [(start, stop) for start, stop in pairwise(cuts) if start < stop]
