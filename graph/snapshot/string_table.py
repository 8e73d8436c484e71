"""Many texts as two arrays, so that they can be mapped from a file, with a hash to find them by."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from graph.joined_texts import JoinedTexts
from graph.snapshot.appended_texts import AppendedTexts

Numbers = NDArray[np.int64]

_TEXTS_AT_ONCE = 1 << 15
_SAME_LENGTH = 64
"""Where lengths are shared by so many texts, those of each length are compared together."""
_FOUND_KEPT = 1 << 17
_FEW = 64
_SO_FEW = 4
"""So many texts are looked for one by one in less time than all at once."""
_MANY = 512
"""So many texts are worth loading what is compiled."""


@dataclass(frozen=True, slots=True, eq=False)
class StringTable:
    """Texts by number, in UTF-8.

    Attributes:
        blob: (bytes,) uint8, all texts one after the other.
        offsets: (texts + 1,) int64, where each begins in `blob`; the last is its end.
    """

    blob: NDArray[np.uint8]
    offsets: Numbers

    @classmethod
    def of(cls, texts: Iterable[str]) -> "StringTable":
        """Pack texts. Cost: O(characters)."""
        return pack(encode_all(texts))

    def __len__(self) -> int:
        """Return how many texts there are."""
        return len(self.offsets) - 1

    def __getitem__(self, number: int) -> str:
        """Return one text, by a number within [0, len)."""
        start, end = self.offsets[number], self.offsets[number + 1]
        return self.blob[start:end].tobytes().decode("utf-8", "surrogatepass")

    def get_bytes(self, number: int) -> bytes:
        """Return one text in UTF-8."""
        return self.blob[self.offsets[number] : self.offsets[number + 1]].tobytes()

    def slice(self, start: int, stop: int) -> list[str]:
        """Return the texts numbered within [start, stop), several times as fast as one by one."""
        first = int(self.offsets[start])
        data = self.blob[first : self.offsets[stop]].tobytes()
        cuts = (self.offsets[start : stop + 1] - first).tolist()
        if data.isascii():
            text = data.decode("ascii")
            return [text[begin:end] for begin, end in pairwise(cuts)]
        return [data[begin:end].decode("utf-8", "surrogatepass") for begin, end in pairwise(cuts)]

    def take(self, numbers: NDArray[np.integer]) -> "StringTable":
        """Return the texts of these numbers, in their order. Cost: O(characters)."""
        lengths = np.diff(self.offsets)[numbers]
        offsets = np.zeros(len(numbers) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        blob = np.empty(offsets[-1], np.uint8)
        for first in range(0, len(numbers), _TEXTS_AT_ONCE):
            part = slice(first, first + _TEXTS_AT_ONCE)
            start, end = offsets[first], offsets[min(first + _TEXTS_AT_ONCE, len(numbers))]
            # Where each byte comes from: its place within its text, from where that text begins.
            shifts = np.repeat(self.offsets[:-1][numbers[part]] - offsets[:-1][part], lengths[part])
            blob[start:end] = self.blob[shifts + np.arange(start, end)]
        return StringTable(blob, offsets)


@dataclass(frozen=True, slots=True, eq=False)
class StringIndex:
    """From texts to their numbers.

    Attributes:
        hashes: (texts,) uint32, CRC-32 of each text in UTF-8, ascending.
        order: (texts,) int32, the number of the text that has it.
    """

    hashes: NDArray[np.uint32]
    order: NDArray[np.int32]

    @classmethod
    def of(cls, table: StringTable) -> "StringIndex":
        """Index a table. Cost: O(characters + texts log texts)."""
        cuts = table.offsets.tolist()
        data = memoryview(table.blob.tobytes())
        hashes = np.fromiter(
            (zlib.crc32(data[begin:end]) for begin, end in pairwise(cuts)),
            np.uint32,
            len(table),
        )
        order = np.argsort(hashes, kind="stable").astype(np.int32)
        return cls(hashes[order], order)

    def find(self, table: StringTable, text: str) -> int:
        """Return the number of a text, -1 where the table does not hold it. Cost: O(log texts)."""
        return self._find_one(table, encode(text))

    def find_many(self, table: StringTable, texts: Sequence[str]) -> Numbers:
        """Return the number of each text, -1 for those that the table does not hold."""
        if len(texts) >= _MANY and (found := self._find_all(table, texts)) is not None:
            return found
        encoded = encode_all(texts)
        if len(encoded) <= _SO_FEW:
            return np.array([self._find_one(table, text) for text in encoded], np.int64)
        hashes = np.fromiter(map(zlib.crc32, encoded), np.uint32, len(encoded))
        if not len(self.hashes):
            return np.full(len(texts), -1, np.int64)
        # In order, each is looked for near the last one, which then is in the processor's cache.
        order = np.argsort(hashes)
        places = np.empty(len(hashes), np.int64)
        places[order] = np.searchsorted(self.hashes, hashes[order])
        numbers = self.order[np.minimum(places, len(self.order) - 1)].astype(np.int64)
        wrong = np.flatnonzero(~_are_same(table, numbers, pack(encoded)))
        for index in wrong.tolist():
            numbers[index] = self._find_among(table, encoded[index], int(hashes[index]), int(places[index]))
        return numbers

    def take(self, numbers: Numbers, table: StringTable, added: int) -> "StringIndex":
        """Return the index of a table made of texts of this one and others.

        Args:
            numbers: (texts in it,) the number here of each of its texts; beyond those here, of the others.
            table: The new table.
            added: How many others there are.
        """
        old = len(self.order)
        renumbered = np.full(old + added, -1, np.int64)
        renumbered[numbers] = np.arange(len(numbers))
        order = renumbered[self.order]
        kept = np.flatnonzero(order >= 0)
        new = renumbered[old:]
        new = new[new >= 0]
        hashes = np.fromiter(
            (zlib.crc32(table.get_bytes(number)) for number in new.tolist()), np.uint32, len(new)
        )
        hashes, order = np.concatenate([self.hashes[kept], hashes]), np.concatenate([order[kept], new])
        # Most are in order already, which this sort makes use of.
        sorted_ = np.argsort(hashes, kind="stable")
        return StringIndex(hashes[sorted_], order[sorted_].astype(np.int32))

    def _find_all(self, table: StringTable, texts: Sequence[str]) -> Numbers | None:
        """Return what `find_many` does; None where zero bytes in texts leave unclear where one ends."""
        from graph.csr import lock  # noqa: PLC0415 (compiled, which takes longer to load than a few texts to find)
        from graph.kernels.texts import find_texts  # noqa: PLC0415

        joined = texts if isinstance(texts, JoinedTexts) else JoinedTexts.of(texts)
        if joined is None:
            return None
        wanted = np.frombuffer(joined.data, np.uint8)
        return find_texts(
            wanted, len(texts), lock(self.hashes), lock(self.order), lock(table.blob), lock(table.offsets)
        )

    def _find_one(self, table: StringTable, wanted: bytes) -> int:
        key = zlib.crc32(wanted)
        return self._find_among(table, wanted, key, int(self.hashes.searchsorted(np.uint32(key))))

    def _find_among(self, table: StringTable, wanted: bytes, key: int, place: int) -> int:
        """Return the number of a text among those with its hash, which begin at a place; -1 where it is none of them."""
        while place < len(self.hashes) and self.hashes[place] == key:
            if table.get_bytes(int(self.order[place])) == wanted:
                return int(self.order[place])
            place += 1
        return -1


def _are_same(table: StringTable, numbers: Numbers, wanted: StringTable) -> NDArray[np.bool_]:
    """Say of each number whether its text is the one wanted in its place."""
    lengths = np.diff(wanted.offsets)
    starts = table.offsets[numbers]
    same: NDArray[np.bool_] = table.offsets[numbers + 1] - starts == lengths
    at = np.flatnonzero(same)
    found = np.flatnonzero(np.bincount(lengths[at]))
    if len(found) * _SAME_LENGTH <= len(at):
        for length in found[found > 0].tolist():
            rows = at[lengths[at] == length]
            mine = _cut(table.blob, starts[rows], length)
            theirs = _cut(wanted.blob, wanted.offsets[rows], length)
            if not np.array_equal(mine, theirs):
                same[rows] = (mine == theirs).all(axis=1)
        return same
    lengths = lengths[at]
    ends = np.cumsum(lengths)
    within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - lengths, lengths)
    mine = table.blob[np.repeat(table.offsets[numbers[at]], lengths) + within]
    theirs = wanted.blob[np.repeat(wanted.offsets[at], lengths) + within]
    differ = np.repeat(at, lengths)[mine != theirs]
    same[differ] = False
    return same


def _cut(blob: NDArray[np.uint8], starts: Numbers, length: int) -> NDArray[np.uint8]:
    """Return (texts, length) the bytes of texts of one length; such pieces are copied whole, not byte by byte."""
    pieces: NDArray[np.void] = np.ndarray((len(blob) - length + 1,), f"V{length}", blob, 0, (1,))
    return pieces[starts].view(np.uint8).reshape(-1, length)


def encode(text: str) -> bytes:
    """Return UTF-8; halves of surrogate pairs pass, for they are nobody's business here."""
    return text.encode("utf-8", "surrogatepass")


def encode_all(texts: Iterable[str]) -> list[bytes]:
    """Return what `encode` makes of each text."""
    listed = list(texts)
    try:
        # Without a word about errors it takes a third of the time, and hardly any text has half a pair.
        return [text.encode() for text in listed]
    except UnicodeEncodeError:
        return [encode(text) for text in listed]


def pack(encoded: Sequence[bytes]) -> StringTable:
    """Make a table of texts that are in UTF-8 already."""
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)), out=offsets[1:])
    return StringTable(np.frombuffer(b"".join(encoded), np.uint8), offsets)


def join_tables(tables: Sequence[StringTable]) -> StringTable:
    """Return tables one below the other."""
    ends = np.cumsum([0, *(len(table.blob) for table in tables)])
    offsets = [table.offsets[:-1] + start for table, start in zip(tables, ends.tolist(), strict=False)]
    return StringTable(
        np.concatenate([np.zeros(0, np.uint8), *(table.blob for table in tables)]),
        np.concatenate([*offsets, ends[-1:]]),
    )


class GrowingStrings:
    """A table and what came since: numbers go on where the table ends, and a grown one leaves this one as it is.

    What came since is shared between a table and those grown from it; each sees its own length only.

    Args:
        base: The table.
        index: Of the same table; None where nothing is ever looked up.
    """

    def __init__(self, base: StringTable, index: StringIndex | None = None) -> None:
        self.base = base
        self.index = index
        self._added = AppendedTexts()
        self._numbers: dict[str, int] = {}
        # What was looked up lately is looked up again by the next question.
        self._found: dict[str, int] = {}
        self._length = len(base)

    def __len__(self) -> int:
        """Return how many texts there are."""
        return self._length

    def __getitem__(self, number: int) -> str:
        """Return one text by its number, within [0, len)."""
        size = len(self.base)
        return self.base[number] if number < size else self._added[number - size]

    @property
    def added(self) -> list[str]:
        """The texts that came since."""
        return self._added.list_first(self._length - len(self.base))

    def table(self) -> StringTable:
        """Return every text as one table."""
        return join_tables([self.base, StringTable.of(self.added)])

    def take(self, numbers: Numbers | None, table: StringTable | None = None) -> "GrowingStrings":
        """Return the texts of these numbers, distinct ones, with nothing that came since.

        Args:
            numbers: In the order wanted; None for the table without what came since.
            table: Those texts, if they are at hand.
        """
        if numbers is None:
            return GrowingStrings(self.base, self.index)
        if table is None:
            table = self.table().take(numbers)
        index = None if self.index is None else self.index.take(numbers, table, self._length - len(self.base))
        return GrowingStrings(table, index)

    def list_all(self) -> list[str]:
        """Return every text, by number."""
        return self.base.slice(0, len(self.base)) + self.added

    def find(self, text: str) -> int:
        """Return a text's number, the latest where it was added twice; -1 where it is not held."""
        added = self._numbers.get(text, -1)
        if 0 <= added < self._length:
            # What was added since to a longer table is not here.
            return added
        return -1 if self.index is None else self._look_up(self.index, [text])[text]

    def find_many(self, texts: Sequence[str]) -> Numbers:
        """Return the number of each text, -1 for those not held."""
        if len(texts) <= _SO_FEW:
            return np.array([self.find(text) for text in texts], np.int64)
        if self.index is None:
            found = np.full(len(texts), -1, np.int64)
        elif len(texts) > _FEW:
            # Remembering many takes as long as looking for them.
            found = self.index.find_many(self.base, texts)
        else:
            found = self._find_few(self.index, texts)
        if self._numbers:
            added = np.fromiter(map(self._numbers.get, texts, repeat(-1)), np.int64, len(texts))
            # What was added since to a longer table is not here.
            found = np.where((added >= 0) & (added < self._length), added, found)
        return found

    def _find_few(self, index: StringIndex, texts: Sequence[str]) -> Numbers:
        known = self._look_up(index, texts)
        return np.array([known[text] for text in texts], np.int64)

    def _look_up(self, index: StringIndex, texts: Sequence[str]) -> dict[str, int]:
        """Return the numbers in the base of these texts, and of others that were looked up lately."""
        known = self._found
        if len(known) > _FOUND_KEPT:
            # A new one, for others may be reading the old.
            known = self._found = {}
        unseen = [text for text in texts if text not in known]
        if len(unseen) == 1:
            known[unseen[0]] = index.find(self.base, unseen[0])
        elif unseen:
            known.update(zip(unseen, index.find_many(self.base, unseen).tolist(), strict=True))
        return known

    def grow(self, texts: Sequence[str]) -> "GrowingStrings":
        """Return a table with these texts behind. Cost: O(texts), unless this one was grown before."""
        grown = GrowingStrings.__new__(GrowingStrings)
        grown.base, grown.index = self.base, self.index
        grown._added, grown._numbers = self._added, self._numbers  # noqa: SLF001 (one of its own)
        grown._found = self._found  # noqa: SLF001
        if len(self.base) + len(self._added) != self._length:
            grown._added = AppendedTexts(self.added)  # noqa: SLF001
            grown._numbers = {text: n for text, n in self._numbers.items() if n < self._length}  # noqa: SLF001
        grown._added.extend(texts)  # noqa: SLF001
        if self.index is not None:
            grown._numbers.update(zip(texts, count(self._length), strict=False))  # noqa: SLF001
        grown._length = self._length + len(texts)  # noqa: SLF001
        return grown
