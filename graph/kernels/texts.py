"""Many texts looked up at once in an index of hashes."""

import zlib
from typing import Final

import numba
import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_CRC: Final = np.array([zlib.crc32(bytes([byte])) for byte in range(256)], np.uint32)
_STEP: Final = _CRC ^ _CRC[0]
"""CRC-32 is linear: this is what a byte adds to it, whatever came before."""
_GUESSES: Final = 2
"""After so many, most are within a cache line or two of a million hashes."""


@numba.njit(cache=True, nogil=True)
def find_texts(
    wanted: Bytes,
    count: int,
    hashes: NDArray[np.uint32],
    order: NDArray[np.int32],
    blob: Bytes,
    offsets: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Return the number of each text in a table, -1 for those that it does not hold.

    Args:
        wanted: (bytes,) the texts in UTF-8, a zero byte between each two; none of them has one inside.
        count: How many they are, one or more.
        hashes: (texts,) CRC-32 of the table's texts, ascending.
        order: (texts,) the number of the text that has it.
        blob: (bytes,) the table's texts, one after the other.
        offsets: (texts + 1,) where each begins in `blob`; the last is its end.

    Cost: O(log texts) each, and mostly within a few cache lines of `hashes`.
    """
    # One thing at a time for all texts: what one has to wait for in memory then comes while others are looked at.
    starts, sums = _add_up(wanted, count)
    places = _find_places(hashes, sums)
    found = np.full(count, -1, np.int64)
    firsts, lasts = np.zeros(count, np.int64), np.zeros(count, np.int64)
    begins = np.zeros(count, np.uint8)
    for text in range(count):
        if places[text] < len(hashes) and hashes[places[text]] == sums[text]:
            found[text] = order[places[text]]
    for text in range(count):
        if found[text] >= 0:
            firsts[text], lasts[text] = offsets[found[text]], offsets[found[text] + 1]
    for text in range(count):
        if firsts[text] < lasts[text]:
            begins[text] = blob[firsts[text]]
    for text in range(count):
        start, stop = starts[text], starts[text + 1] - 1
        if found[text] >= 0 and not (
            (start == stop or begins[text] == wanted[start])
            and _is_same(wanted, start, stop, blob, firsts[text], lasts[text])
        ):
            found[text] = _find_next(wanted, start, stop, hashes, order, blob, offsets, places[text])
    return found


@numba.njit(cache=True, nogil=True)
def _add_up(wanted: Bytes, count: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Return where each text begins, and past the last where one more would; and the CRC-32 of each."""
    starts, sums = np.zeros(count + 1, np.int64), np.empty(count, np.uint32)
    place = 0
    for text in range(count):
        crc = np.uint32(0xFFFFFFFF)
        while place < len(wanted) and wanted[place] != 0:
            crc = _STEP[(crc ^ wanted[place]) & np.uint32(0xFF)] ^ (crc >> np.uint32(8))
            place += 1
        sums[text] = crc ^ np.uint32(0xFFFFFFFF)
        place += 1
        starts[text + 1] = place
    return starts, sums


@numba.njit(cache=True, nogil=True)
def _find_places(hashes: NDArray[np.uint32], sums: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return, for each of some hashes, the first place whose hash is no less.

    Hashes of random texts spread evenly: each guess from the hash at the last one lands nearer by the square root.
    """
    size = np.int64(len(hashes))
    places = np.zeros(len(sums), np.int64)
    if size == 0:
        return places
    for text in range(len(sums)):
        places[text] = (np.int64(sums[text]) * size) >> 32
    for _ in range(_GUESSES):
        for text in range(len(sums)):
            off = np.int64(sums[text]) - np.int64(hashes[places[text]])
            places[text] = min(max(places[text] + ((off * size) >> 32), 0), size - 1)
    for text in range(len(sums)):
        places[text] = _settle(hashes, sums[text], places[text])
    return places


@numba.njit(cache=True, nogil=True)
def _settle(hashes: NDArray[np.uint32], crc: np.uint32, place: int) -> int:
    """Return the first place whose hash is no less, from one near it: by steps that double, then by halves."""
    size, step = len(hashes), 1
    if hashes[place] < crc:
        low, high = place + 1, place + 1
        while high < size and hashes[high] < crc:
            low, high, step = high + 1, high + step, step * 2
        high = min(high, size)
    else:
        low, high = place, place
        while low > 0 and hashes[low - 1] >= crc:
            high = low - 1
            low, step = max(low - step, 0), step * 2
    while low < high:
        middle = (low + high) >> 1
        if hashes[middle] < crc:
            low = middle + 1
        else:
            high = middle
    return low


@numba.njit(cache=True, nogil=True)
def _find_next(
    wanted: Bytes,
    start: int,
    stop: int,
    hashes: NDArray[np.uint32],
    order: NDArray[np.int32],
    blob: Bytes,
    offsets: NDArray[np.int64],
    place: int,
) -> int:
    """Return the number of a text, of which the one at a place has the hash alone; -1 where none that follows is it."""
    crc = hashes[place]
    place += 1
    while place < len(hashes) and hashes[place] == crc:
        number = order[place]
        if _is_same(wanted, start, stop, blob, offsets[number], offsets[number + 1]):
            return int(number)
        place += 1
    return -1


@numba.njit(cache=True, nogil=True)
def _is_same(wanted: Bytes, start: int, stop: int, blob: Bytes, first: int, last: int) -> bool:
    if last - first != stop - start:
        return False
    # No way out before the end: texts with one hash are mostly the same.
    differ = np.uint8(0)
    for place in range(stop - start):
        differ |= blob[first + place] ^ wanted[start + place]
    return bool(differ == 0)
