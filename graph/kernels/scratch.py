"""Marks by node that searches write, kept from query to query so that none pays for clearing them."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[Any]
"""(nodes,) or more: whole numbers, or records with a whole number `stamp`; void unless stamped by this query."""

_KEPT: Final = 16
"""How many arrays of one type wait for the next query at most; more are needed only while more queries run."""


class Scratch:
    """Marks lent to one query.

    Attributes:
        marks: All stamped lower than `2 * epoch`.
        epoch: The number of the query; its stamps are `2 * epoch` and `2 * epoch + 1`.
    """

    __slots__ = ("_last_epoch", "_stamps", "epoch", "marks")

    def __init__(self, dtype: np.dtype[Any], nodes: int) -> None:
        self.marks: Marks = np.zeros(nodes, dtype)
        self.epoch = 0
        self._stamps = self.marks["stamp"] if dtype.names else self.marks
        self._last_epoch = np.iinfo(self._stamps.dtype).max // 2

    def start_query(self) -> None:
        """Make every mark void; O(1), but for the one query in 2**15 or 2**30 that clears them all."""
        self.epoch += 1
        if self.epoch == self._last_epoch:
            self._stamps[:] = 0
            self.epoch = 1


class Pool:
    """Scratch of one type, lent to one query at a time.

    Args:
        dtype: Of the marks: a number's, or the names and types of a record's fields. Small ones stay in the processor's cache.
    """

    def __init__(self, dtype: str | list[tuple[str, str]]) -> None:
        self._dtype = np.dtype(dtype, align=True)
        self._waiting: list[Scratch] = []

    def take(self, nodes: int) -> Scratch:
        """Return marks for at least so many nodes, all void; hand them back to `give`, whatever happens.

        Cost: less than a microsecond; O(nodes) of untouched memory for the first query on a larger graph.
        """
        # A list's own pop and append are one step each, so threads need no lock.
        try:
            scratch = self._waiting.pop()
        except IndexError:
            scratch = None
        if scratch is None or len(scratch.marks) < nodes:
            # An eighth more than is needed, so that a graph which grows by a node now and then does not start anew.
            scratch = Scratch(self._dtype, nodes + nodes // 8)
        scratch.start_query()
        return scratch

    def give(self, scratch: Scratch) -> None:
        """Take marks back for the next query."""
        if len(self._waiting) < _KEPT:
            self._waiting.append(scratch)
