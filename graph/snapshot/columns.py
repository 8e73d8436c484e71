"""The graph as columns: one number an edge, claim or document in each array, the form that files and kernels share.

Days are proleptic Gregorian ordinals (`date.toordinal`), `NO_DAY` where there is none. Words that few edges differ in
(kinds, finer values, outlets) are codes into the lists of `Words`.
"""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Generic, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from graph.models import Modality, Polarity, ReviewStatus

Int8 = NDArray[np.int8]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Mask = NDArray[np.uint8]
Float64 = NDArray[np.float64]

NO_DAY = int(np.iinfo(np.int32).min)
NONE = -1
"""Code of a word that is not there."""

POLARITIES: tuple[str, ...] = get_args(Polarity)
MODALITIES: tuple[str, ...] = get_args(Modality)
REVIEWS: tuple[str, ...] = get_args(ReviewStatus)
ORIGINS = ("text", "gazetteer")
GAZETTEER = ORIGINS.index("gazetteer")
AFFIRMED = POLARITIES.index("affirmed")
POSSIBLE = MODALITIES.index("possible")
PAST = MODALITIES.index("past")
REJECTED = REVIEWS.index("rejected")


@dataclass(frozen=True, slots=True, eq=False)
class EdgeColumns:
    """One row an edge; what each holds is told by `graph.edges.Edge`.

    Attributes:
        source: Number of the node it starts at.
        target: Number of the node it ends at.
        kind: Code into `Words.kinds`.
        how: Code into `Words.hows`; -1 for none.
        sign: +1, -1 or 0.
        origin: 0 text, 1 gazetteer.
        counts: 1 or 0; so are `disputed` and `symmetric`.
        review: Code into `REVIEWS`.
        first: Earliest publication, in days; so are `last`, `valid_from` and `valid_to`.
        dataset: Code into `Words.datasets`; -1 for text.
        hows_start: Where its finer values begin in the column of hows, the weightiest first.
        hows_count: How many it has.
        claims_start: Where its claims begin in the claim columns, in order of claim id.
        claims_count: How many it has, those that do not count included.
    """

    source: Int32
    target: Int32
    kind: Mask
    how: Int16
    sign: Int8
    origin: Mask
    counts: Mask
    disputed: Mask
    symmetric: Mask
    review: Mask
    claims: Int32
    denials: Int32
    possibles: Int32
    rejected: Int32
    sources: Int32
    confidence: Float64
    first: Int32
    last: Int32
    valid_from: Int32
    valid_to: Int32
    dataset: Int16
    hows_start: Int32
    hows_count: Int16
    claims_start: Int64
    claims_count: Int32


@dataclass(frozen=True, slots=True, eq=False)
class HowColumns:
    """The finer values of edges, one edge's after another's: codes into `Words.hows`."""

    how: Int16


@dataclass(frozen=True, slots=True, eq=False)
class ClaimColumns:
    """One row a claim; those of an edge stand together.

    Attributes:
        name: Number of its id.
        document: Number of its document.
        source: The entity it starts at as stored: a node's number, or below -1 an outsider (`Words.outsiders`).
        target: The entity it ends at, likewise.
        speaker: Who said it, likewise; -1 for nobody known.
        polarity: Code into `POLARITIES`; `modality` into `MODALITIES`, `review` into `REVIEWS`.
        valid_from: In days, as `valid_to`.
    """

    name: Int32
    document: Int32
    source: Int32
    target: Int32
    speaker: Int32
    how: Int16
    polarity: Mask
    modality: Mask
    review: Mask
    confidence: Float64
    valid_from: Int32
    valid_to: Int32


@dataclass(frozen=True, slots=True, eq=False)
class DocumentColumns:
    """One row a document.

    Attributes:
        story: Code of its story; equal for copies.
        outlet: Code into `Words.outlets`, as given; -1 for none.
        voice: Code of the outlet as outlets are compared; -1 for none or blanks.
        published: In days.
        own: Code of the story that it would be if it were no copy.
    """

    story: Int32
    outlet: Int32
    voice: Int32
    published: Int32
    own: Int32


@dataclass(frozen=True, slots=True, eq=False)
class CopyColumns:
    """One row a link between copies of one story; see `graph.models.CopyLink`.

    Attributes:
        left: `DocumentColumns.own` of one of the two.
        right: That of the other.
        known: Day on which both were published; `NO_DAY` if one is undated.
    """

    left: Int32
    right: Int32
    known: Int32


ColumnsT = TypeVar("ColumnsT", EdgeColumns, HowColumns, ClaimColumns, DocumentColumns, CopyColumns)


def list_columns(table: ColumnsT) -> dict[str, NDArray[Any]]:
    """Return the arrays of a table by name."""
    return {name: getattr(table, name) for name in _list_names(type(table))}


_NAMES: dict[type[Any], tuple[str, ...]] = {}


def _list_names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of a table's columns; what was asked once is remembered, for it is asked at every growth."""
    names = _NAMES.get(kind)
    if names is None:
        names = _NAMES[kind] = tuple(field.name for field in fields(kind))
    return names


def take_rows(table: ColumnsT, rows: slice | NDArray[Any]) -> ColumnsT:
    """Return some rows of a table; a slice shares its memory."""
    return type(table)(**{name: array[rows] for name, array in list_columns(table).items()})


def join_rows(kind: type[ColumnsT], parts: list[ColumnsT]) -> ColumnsT:
    """Return tables one below the other."""
    return kind(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in _list_names(kind)}
    )


class Growing(Generic[ColumnsT]):
    """A table with room behind it, so that a few rows more cost no copy of all.

    Whoever reads holds `rows`, which ends where the table ended then; rows that come later lie behind it. Only the
    newest table can be grown in place; growing an older one copies it.

    Args:
        room: The arrays with all their room; those behind `length` hold nothing yet.
        length: How many rows are in use.
    """

    def __init__(self, room: ColumnsT, length: int) -> None:
        self._room: ColumnsT = room
        self._locked: ColumnsT = _lock(room)
        self._used = [length]
        self.length = length
        self.rows: ColumnsT = take_rows(self._locked, slice(length))

    @classmethod
    def of(cls, rows: ColumnsT) -> "Growing[ColumnsT]":
        """Wrap a full table; the first growth copies it."""
        return cls(rows, len(next(iter(list_columns(rows).values()))))

    @classmethod
    def with_room(cls, rows: ColumnsT) -> "Growing[ColumnsT]":
        """Copy a table to where it has room for an eighth more."""
        full = cls.of(rows)
        return cls(full._copy(give_room(full.length)), full.length)  # noqa: SLF001 (one of its own)

    @property
    def room(self) -> ColumnsT:
        """The arrays with all their room."""
        return self._room

    @property
    def capacity(self) -> int:
        """How many rows fit without a copy."""
        return len(next(iter(list_columns(self._room).values())))

    def touch_room(self, rows: int) -> None:
        """Bring room for so many rows into memory, which otherwise is done page by page as they come: by writing there.

        Only for who has the table alone, and none was grown from it.
        """
        for array in list_columns(self._room).values():
            array[self.length : self.length + rows] = 0

    def grow(self, rows: ColumnsT) -> "Growing[ColumnsT]":
        """Return the table with these rows behind. Cost: O(rows), or O(table) where the room is used up."""
        columns = list_columns(rows)
        end = self.length + len(next(iter(columns.values())))
        if end == self.length:
            return self
        room, locked, used = self._room, self._locked, self._used
        if used[0] != self.length or end > self.capacity:
            room, used = self._copy(give_room(end)), [self.length]
            locked = _lock(room)
        grown: Growing[ColumnsT] = Growing.__new__(Growing)
        for name, array in columns.items():
            getattr(room, name)[self.length : end] = array
        used[0] = end
        grown._room, grown._locked, grown._used, grown.length = room, locked, used, end
        grown.rows = take_rows(locked, slice(end))
        return grown

    def _copy(self, capacity: int) -> ColumnsT:
        copies: dict[str, Any] = {}
        for name, array in list_columns(self._room).items():
            copies[name] = np.zeros(capacity, array.dtype)
            copies[name][: self.length] = array[: self.length]
        grown: ColumnsT = type(self._room)(**copies)
        return grown


def give_room(length: int) -> int:
    """Return how many rows to make room for where there are so many."""
    return length + length // 8 + 1024


def _lock(room: ColumnsT) -> ColumnsT:
    """Return arrays over the same memory that nobody can write to; nor can they to what is cut from them."""
    rows = take_rows(room, slice(None))
    for array in list_columns(rows).values():
        array.flags.writeable = False
    return rows


@dataclass(frozen=True, slots=True)
class Words:
    """What codes stand for; lists that only ever get longer.

    Attributes:
        kinds: Relation kinds.
        hows: Finer values.
        datasets: Where the gazetteer knows an edge from.
        outlets: Outlets as documents give them; two spellings of one are two.
        voices: Outlets as they are compared.
        outsiders: Ids that claims use and that are no node: merged entities, and speakers that are not stored. Number
            -2 stands for the first, -3 for the second, and so on.
    """

    kinds: "WordList"
    hows: "WordList"
    datasets: "WordList"
    outlets: "WordList"
    voices: "WordList"
    outsiders: "WordList"


class WordList:
    """Codes of words, in order of first use. Codes are only added, so readers may share it with one writer."""

    def __init__(self, words: list[str] | None = None) -> None:
        self.words = words or []
        self._codes = {word: code for code, word in enumerate(self.words)}

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.words)

    def __getitem__(self, code: int) -> str:
        """Return the word of a code."""
        return self.words[code]

    def find(self, word: str) -> int:
        """Return a word's code, -1 where it has none."""
        return self._codes.get(word, NONE)

    def code(self, word: str | None) -> int:
        """Return a word's code, giving it one if it has none; -1 for None."""
        if word is None:
            return NONE
        code = self._codes.get(word)
        if code is None:
            # The word stands in the list before anybody can be given its code.
            code = len(self.words)
            self.words.append(word)
            self._codes[word] = code
        return code


def to_day(day: date | str | None) -> int:
    """Return a date, or one in ISO 8601, as a number of days."""
    if day is None:
        return NO_DAY
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()


def from_day(number: int) -> date | None:
    """Return the date that a number of days stands for."""
    return None if number == NO_DAY else date.fromordinal(number)
