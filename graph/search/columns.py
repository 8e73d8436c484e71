"""What names are looked up by, as columns that can be mapped from a file.

Keys and words together take about 30 bytes a name, up to 60 where nearly every name has a word of its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.columns import Int32, Int64
from graph.snapshot.string_table import StringTable

UInt32 = NDArray[np.uint32]
UInt64 = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class KeyColumns:
    """One row a name, names with one search key together, in the order in which the keys are first met.

    Attributes:
        node: The number of the node that goes by the name.
        text: Where the name stands: -1 for the node's main name, else the number of an alias.
        hashes: (names,) CRC-32 of each search key, ascending.
        order: (names,) the row that has it; rows of one key ascend.
    """

    node: Int32
    text: Int32
    hashes: UInt32
    order: Int32

    def find(self, hashed: int) -> Int32:
        """Return the rows whose key has this hash, ascending. Cost: O(log names)."""
        return self.order[find_run(self.hashes, hashed)]


@dataclass(frozen=True, slots=True, eq=False)
class WordColumns:
    """One row a word that names hold, in alphabetical order.

    Attributes:
        blob: The words as a table of texts, together with `offsets`.
        starts: (words + 1,) where the names of each word begin in `holders`.
        holders: The names that hold each word, as rows of `KeyColumns`; twice where a name has it twice.
        skeletons: (words,) CRC-32 of each word's consonants (`graph.identity.spelling.consonant_skeleton`), ascending.
        skeleton_words: (words,) the word that has them.
        letters: (words,) the letters of each word as bits; see `graph.search.letters`.
    """

    blob: NDArray[np.uint8]
    offsets: Int64
    starts: Int32
    holders: Int32
    skeletons: UInt32
    skeleton_words: Int32
    letters: UInt64

    @property
    def table(self) -> StringTable:
        """The words."""
        return StringTable(self.blob, self.offsets)


def find_run(ascending: UInt32, value: int) -> slice:
    """Return where a value stands in an ascending column. Cost: O(log rows)."""
    wanted = np.uint32(value)
    return slice(
        int(np.searchsorted(ascending, wanted)), int(np.searchsorted(ascending, wanted, side="right"))
    )
