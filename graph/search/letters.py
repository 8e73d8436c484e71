"""The letters of words as bits, to tell cheaply that two words are far apart.

A word's bits say which of `a` to `z` and `0` to `9` it has, and which letters it has more than once. Each bit that only
one of two words has stands for a sign that an edit has to bring in, or to take away, on that side; so their edit
distance is no less than the larger of the two counts.
"""

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.columns import Int64
from graph.snapshot.string_table import StringTable

UInt64 = NDArray[np.uint64]

_SIGNS = 36
_CODES = np.full(256, -1, np.int64)
_CODES[np.frombuffer(b"abcdefghijklmnopqrstuvwxyz0123456789", np.uint8)] = np.arange(_SIGNS)
_LETTERS = 26


def list_letters(words: StringTable) -> UInt64:
    """Return the letters of each word. Cost: O(characters log characters)."""
    bits = np.zeros(len(words), np.uint64)
    codes = _CODES[words.blob]
    owner = np.repeat(np.arange(len(words)), np.diff(words.offsets))[codes >= 0]
    codes = codes[codes >= 0]
    pairs, counts = np.unique(owner * _SIGNS + codes, return_counts=True)
    _set_bits(bits, pairs // _SIGNS, pairs % _SIGNS)
    again = pairs[(counts > 1) & (pairs % _SIGNS < _LETTERS)]
    _set_bits(bits, again // _SIGNS, _SIGNS + again % _SIGNS)
    return bits


def _set_bits(bits: UInt64, words: Int64, codes: Int64) -> None:
    """Set one bit for each pair of a word and a code; words ascend, and no pair comes twice."""
    if len(words):
        first = np.flatnonzero(np.r_[True, words[1:] != words[:-1]])
        bits[words[first]] |= np.bitwise_or.reduceat(np.uint64(1) << codes.astype(np.uint64), first)


def least_distances(letters: np.uint64, others: UInt64) -> Int64:
    """Return how many edits, at least, lie between a word and each of others, all given by their letters."""
    return np.maximum(_count_bits(letters & ~others), _count_bits(~letters & others))


_BITS_OF_BYTE = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


def _count_bits(bits: UInt64) -> Int64:
    parts = np.ascontiguousarray(bits).view(np.uint16).reshape(-1, 4)
    counts = _BITS_OF_BYTE[parts]
    return (counts[:, 0] + counts[:, 1] + counts[:, 2] + counts[:, 3]).astype(np.int64)
