"""Rows out of the graph's columns, by number, as Arrow arrays: gathered a batch at a time, and never one by one."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from graph.snapshot.columns import NO_DAY
from graph.snapshot.string_table import StringTable

FEW = pa.dictionary(pa.int32(), pa.string())
"""The type of texts of which there are few, so that each is worked on once a batch and not once a row."""

_EPOCH = 719_163
"""The first of January 1970 as `date.toordinal` has it; Arrow counts days from there."""

_SHORT = 50
"""Most words of a list that is taken whole, whichever of them there are."""

Numbers = NDArray[Any]

# What one batch took goes back before the next takes as much; Arrow's own pool would keep both.
pa.set_memory_pool(pa.system_memory_pool())


class Texts:
    """The texts of a table, and those added to it, by number.

    Args:
        table: Held as it is; nothing of it is copied.
        added: Texts numbered on from there.
    """

    def __init__(self, table: StringTable, added: Sequence[str] = ()) -> None:
        self._base = wrap_table(table)
        self._added = list(added)

    @cached_property
    def _later(self) -> pa.Array:
        return to_array(self._added, pa.string())

    def take(self, numbers: Numbers) -> pa.Array:
        """Return the texts of these numbers, in their order. Halves of surrogate pairs are left out."""
        size = len(self._base)
        if not self._added or not len(numbers) or int(numbers.max()) < size:
            return mend(self._base.take(pa.array(numbers)))
        is_later = numbers >= size
        earlier = mend(self._base.take(pa.array(np.where(is_later, -1, numbers), mask=is_later)))
        later = self._later.take(pa.array(np.where(is_later, numbers - size, 0)))
        return pc.if_else(pa.array(is_later), later, earlier)


def wrap_table(table: StringTable) -> pa.Array:
    """Return a table as an Arrow array of long texts that shares its memory."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(table.offsets)), pa.py_buffer(table.blob)]
    return pa.Array.from_buffers(pa.large_string(), len(table), buffers)


def mend(texts: pa.Array) -> pa.Array:
    """Return long texts as common ones, without halves of surrogate pairs, which a table may hold and UTF-8 may not."""
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        raw = texts.cast(pa.large_binary()).to_pylist()
        return pa.array(
            [None if text is None else text.decode("utf-8", "ignore") for text in raw], pa.string()
        )
    return texts.cast(pa.string())


def to_array(values: Iterable[Any], type_: pa.DataType) -> pa.Array:
    """Return values as an Arrow array; halves of surrogate pairs are left out."""
    column = list(values)
    try:
        return pa.array(column, type_)
    except UnicodeEncodeError:
        return pa.array([strip_surrogates(value) for value in column], type_)


def strip_surrogates(value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    """Return a text, or a list of texts, without halves of surrogate pairs; anything else as it is."""
    if isinstance(value, str):
        return value.encode("utf-8", "ignore").decode()
    return [strip_surrogates(item) for item in value] if isinstance(value, tuple | list) else value


def to_words(codes: Numbers, words: Sequence[str]) -> pa.Array:
    """Return codes as the words they stand for; those below 0 stand for none."""
    if len(words) <= _SHORT:
        indices = pa.array(codes.astype(np.int32), mask=codes < 0)
        return pa.DictionaryArray.from_arrays(indices, to_array(words, pa.string()), safe=False)
    # Only the words that are there: some lists are as long as the graph is large.
    known, places = np.unique(codes, return_inverse=True)
    names = [words[code] for code in known.tolist() if code >= 0]
    absent = len(known) - len(names)
    indices = pa.array(places.astype(np.int32).reshape(-1) - absent, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, to_array(names, pa.string()))


def to_days(days: Numbers) -> pa.Array:
    """Return days of the graph's columns as dates."""
    unknown = days == NO_DAY
    since_epoch = np.where(unknown, 0, days - _EPOCH).astype(np.int32)
    return pa.array(since_epoch, pa.date32(), mask=unknown)


def to_flags(flags: Numbers) -> pa.Array:
    """Return zeros and ones as truths."""
    return pa.array(flags != 0)
