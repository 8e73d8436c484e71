"""Which edge rows stand, and which were replaced by newer ones."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from graph.snapshot.columns import Int64, Mask

_FEW: Final = 16
"""Up to so many rows are looked up one by one in less time than all at once."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Which rows stand: told by what came since the first rows, so that a few more cost no copy of all.

    Attributes:
        first: (first rows,) uint8, 1 where one stood when there were no others.
        later: (later rows,) uint8, the same of those behind them when they came.
        struck: Numbers of the rows that were replaced since, first or later ones.
    """

    first: Mask
    later: Mask = field(default_factory=lambda: np.zeros(0, np.uint8))
    struck: Int64 = field(default_factory=lambda: np.zeros(0, np.int64))

    @cached_property
    def mask(self) -> Mask:
        """(rows,) uint8, 1 for those that stand. Made when it is first asked for: a copy of a byte a row."""
        if not len(self.later) and not len(self.struck):
            return self.first
        mask = np.concatenate([self.first, self.later])
        mask[self.struck] = 0
        mask.flags.writeable = False
        return mask

    def grow(self, added: Mask, struck: Int64) -> "Standing":
        """Return this with more rows behind, and some struck out. Cost: O(what came since the first rows)."""
        return Standing(
            self.first, np.concatenate([self.later, added]), np.concatenate([self.struck, struck])
        )

    def choose(self, numbers: Int64) -> Int64:
        """Return those of some rows that stand, in their order. Cost: O(numbers + what came since the first rows)."""
        size = len(self.first)
        if len(numbers) <= _FEW:
            return np.array([number for number in numbers.tolist() if self._stands(number)], np.int64)
        is_later = numbers >= size
        stood = np.empty(len(numbers), np.uint8)
        stood[~is_later] = self.first[numbers[~is_later]]
        stood[is_later] = self.later[numbers[is_later] - size]
        chosen: Int64 = numbers[(stood != 0) & ~np.isin(numbers, self.struck)]
        return chosen

    def _stands(self, number: int) -> bool:
        size = len(self.first)
        stood = self.first[number] if number < size else self.later[number - size]
        return bool(stood) and not bool((self.struck == number).any())

    def take_from(self, number: int) -> "Standing":
        """Return which rows stand from one on, none of the first, as rows of their own."""
        later = self.later[number - len(self.first) :].copy()
        later[self.struck[self.struck >= number] - number] = 0
        return Standing(later)
