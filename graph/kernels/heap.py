"""A priority queue for compiled searches: a heap of four branches in two arrays, the least key first.

Four branches rather than two halve the depth, and the four lie together in memory (LaMarca and Ladner 1996). Of equal
keys the lower item comes first, so that a search takes the same way every time.
"""

import numba
import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.float64]
Items = NDArray[np.int32]


@numba.njit(cache=True, nogil=True)
def make_room(keys: Keys, items: Items, size: int) -> tuple[Keys, Items]:
    """Return the two arrays with room for one more than `size`; the same ones where there is room."""
    if size < len(keys):
        return keys, items
    more_keys, more_items = np.empty(2 * size + 8, np.float64), np.empty(2 * size + 8, np.int32)
    more_keys[:size], more_items[:size] = keys[:size], items[:size]
    return more_keys, more_items


@numba.njit(cache=True, nogil=True)
def push(keys: Keys, items: Items, size: int, key: float, item: int) -> int:
    """Add an item to the `size` there are, for which there must be room; return how many there are then."""
    place = size
    while place > 0:
        above = (place - 1) >> 2
        if keys[above] < key or (keys[above] == key and items[above] <= item):
            break
        keys[place], items[place] = keys[above], items[above]
        place = above
    keys[place], items[place] = key, item
    return size + 1


@numba.njit(cache=True, nogil=True)
def pop(keys: Keys, items: Items, size: int) -> int:
    """Take the first item, which is `items[0]`, off the `size` there are; return how many are left."""
    size -= 1
    key, item = keys[size], items[size]
    place = 0
    while True:
        least = 4 * place + 1
        if least >= size:
            break
        for below in range(least + 1, min(least + 4, size)):
            if keys[below] < keys[least] or (keys[below] == keys[least] and items[below] < items[least]):
                least = below
        if keys[least] > key or (keys[least] == key and items[least] >= item):
            break
        keys[place], items[place] = keys[least], items[least]
        place = least
    keys[place], items[place] = key, item
    return size
