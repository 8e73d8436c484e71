"""Columns to lines of text, a batch at a time: no row is ever an object of its own.

A row is a sequence of parts: texts that stand in every row, and columns of texts. Where a column is null, the part
is left out. Columns of few distinct values are formatted once a value, and neighbours among them once for each way in
which their values come together, for of those there are few too; the rest are put together by Arrow.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Part: TypeAlias = "str | pa.Array"
"""A text that is the same in every row, or a column of texts with one value a row, coded if there are few."""

_PIECE_BYTES = 1 << 20
_FEW = 64
"""Most distinct values of a column that is put together with its neighbours."""
_DAYS_AT_ONCE = 1 << 10
_MOST_DAYS = 1 << 15
"""Within which all days are written once; about ninety years."""
_FEW_COMBINATIONS = 256
"""Where all of them are written, whichever there are."""
_MOST_COMBINATIONS = 1 << 60
"""As many as a whole number of 64 bits can tell apart, with room to spare."""


class Notation(NamedTuple):
    """How a format writes values.

    Attributes:
        special: An RE2 pattern of what cannot stand in a text as it is.
        escape: Writes a text that holds such a thing.
        quote: What stands before and after a text.
        missing: What stands for no value; None leaves the whole part out.
        leaves_out_empty: Whether an empty text is no value.
        suspects: Bytes, apart from control characters, that anything special begins with; None where it cannot be told.
    """

    special: str
    escape: Callable[[str], str]
    quote: str = ""
    missing: str | None = None
    leaves_out_empty: bool = False
    suspects: bytes | None = None


def join_rows(parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield a batch's rows, one right after another, in UTF-8, in pieces of up to 1 MiB.

    Cost: O(bytes); the batch's text is in memory once while it is handed out.
    """
    rows = pc.binary_join_element_wise(*_merge(parts), "", null_handling="skip")
    _validity, offsets, data = rows.buffers()
    bounds = memoryview(offsets).cast("i")
    for start in range(bounds[0], bounds[len(rows)], _PIECE_BYTES):
        stop = min(start + _PIECE_BYTES, bounds[len(rows)])
        piece: bytes = data.slice(start, stop - start).to_pybytes()
        yield piece


def _merge(parts: Iterable[Part]) -> list[Part]:
    """Join parts that stand next to each other and hold little, for each part costs as much as any."""
    merged: list[Part] = []
    waiting: list[Part] = []
    combinations = 1
    for part in parts:
        ways = _count_ways(part)
        if ways == 0 or combinations * ways > _MOST_COMBINATIONS:
            merged.extend(_combine(waiting))
            waiting, combinations = [], 1
        if ways == 0:
            merged.append(_spell_out(part))
        else:
            waiting.append(part)
            combinations *= ways
    merged.extend(_combine(waiting))
    return merged


def _count_ways(part: Part) -> int:
    """Return in how many ways a part is written; 0 for too many."""
    if isinstance(part, str):
        return 1
    if not pa.types.is_dictionary(part.type) or len(part.dictionary) > _FEW:
        return 0
    return len(part.dictionary) + 1


def _spell_out(column: pa.Array) -> pa.Array:
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def _combine(parts: Sequence[Part]) -> Sequence[Part]:
    """Return one part for several that hold little: what they come to together is written once a combination."""
    coded = [part for part in parts if not isinstance(part, str)]
    if not coded:
        return ["".join(parts)] if parts else []
    if len(parts) == 1:
        return [_spell_out(coded[0])]
    codes, combinations = np.zeros(len(coded[0]), np.int64), 1
    for column in coded:
        # Null is one more value, behind the others.
        size = len(column.dictionary)
        combinations *= size + 1
        own = column.indices.fill_null(size) if column.null_count else column.indices
        codes = codes * (size + 1) + own.to_numpy(zero_copy_only=False)
    if combinations <= _FEW_COMBINATIONS:
        indices, left = pa.array(codes), np.arange(combinations)
    else:
        seen = pa.array(codes).dictionary_encode()
        indices, left = seen.indices, seen.dictionary.to_numpy(zero_copy_only=False)
    written: list[Part] = []
    for part in reversed(parts):
        if isinstance(part, str):
            written.append(part)
        else:
            left, own = np.divmod(left, len(part.dictionary) + 1)
            is_null = own == len(part.dictionary)
            written.append(part.dictionary.take(pa.array(own, mask=is_null)))
    return [pc.binary_join_element_wise(*reversed(written), "", null_handling="skip").take(indices)]


def write_values(values: pa.Array, notation: Notation, before: str = "", after: str = "") -> Sequence[Part]:
    """Return the parts that write a column: each value with what stands before and after it.

    Texts are quoted and escaped; dates are ISO 8601 and quoted as texts are; numbers keep every digit; infinite ones
    and those that are none are written as no value.
    """
    if pa.types.is_string(values.type):
        written = escape_texts(values, notation)
        if notation.leaves_out_empty:
            written = pc.if_else(pc.equal(written, ""), None, written)
        return _surround(written, notation, before + notation.quote, notation.quote + after)
    if pa.types.is_floating(values.type):
        is_finite = pc.is_finite(values)
        finite = values if pc.all(is_finite).as_py() else pc.if_else(is_finite, values, None)
        return _surround(finite.cast(pa.string()), notation, before, after)
    if pa.types.is_date32(values.type) and notation.missing is None and values.null_count < len(values):
        return (_write_days(values, before + notation.quote, notation.quote + after),)
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    known = _write_known(encoded.dictionary, notation)
    fragments = pc.binary_join_element_wise(before, known, after, "", null_handling="emit_null")
    if notation.missing is None:
        # Where a value is written as nothing, none is written.
        return (_code(encoded.indices, fragments),)
    absent = f"{before}{notation.missing}{after}"
    fragments = pa.concat_arrays([fragments.fill_null(absent), pa.array([absent])])
    return (_code(encoded.indices.fill_null(len(known)), fragments),)


def _code(indices: pa.Array, fragments: pa.Array) -> pa.Array:
    return pa.DictionaryArray.from_arrays(indices, fragments, safe=False)


def _write_days(days: pa.Array, before: str, after: str) -> pa.Array:
    """Return days with what stands before and after them, as codes of all days of their years."""
    bounds = pc.min_max(days.view(pa.int32()))
    low = bounds["min"].as_py() // _DAYS_AT_ONCE * _DAYS_AT_ONCE
    high = (bounds["max"].as_py() // _DAYS_AT_ONCE + 1) * _DAYS_AT_ONCE
    if high - low > _MOST_DAYS:
        encoded = days.dictionary_encode()
        texts = encoded.dictionary.cast(pa.string())
        return _code(encoded.indices, pc.binary_join_element_wise(before, texts, after, ""))
    return _code(
        pc.subtract(days.view(pa.int32()), pa.scalar(low, pa.int32())), _spell_days(low, high, before, after)
    )


@lru_cache(maxsize=64)
def _spell_days(low: int, high: int, before: str, after: str) -> pa.Array:
    texts = pa.array(np.arange(low, high, dtype=np.int32)).cast(pa.date32()).cast(pa.string())
    return pc.binary_join_element_wise(before, texts, after, "")


def _surround(texts: pa.Array, notation: Notation, before: str, after: str) -> Sequence[Part]:
    if not texts.null_count:
        return before, texts, after
    whole = pc.binary_join_element_wise(before, texts, after, "", null_handling="emit_null")
    if notation.missing is None:
        return (whole,)
    bare = before.removesuffix(notation.quote) + notation.missing + after.removeprefix(notation.quote)
    return (whole.fill_null(bare),)


def _write_known(values: pa.Array, notation: Notation) -> pa.Array:
    """Write each of the values that a column has, null for none; of truths, numbers, days and texts."""
    if pa.types.is_string(values.type):
        written = escape_texts(values, notation)
        if notation.leaves_out_empty:
            written = pc.if_else(pc.equal(written, ""), None, written)
    else:
        written = values.cast(pa.string())
        if not pa.types.is_date(values.type):
            return written
    quote = notation.quote
    return pc.binary_join_element_wise(quote, written, quote, "", null_handling="emit_null")


def escape_texts(texts: pa.Array, notation: Notation) -> pa.Array:
    """Return texts as they are written, without quotes; those without anything special are not touched."""
    if not _may_hold(texts, notation):
        return texts
    special = pc.coalesce(pc.match_substring_regex(texts, notation.special), pa.scalar(False))  # noqa: FBT003
    if not pc.any(special).as_py():
        return texts
    escaped = pa.array(
        [notation.escape(text) for text in texts.filter(special).to_pylist()],
        pa.string(),
    )
    return pc.replace_with_mask(texts, special, escaped)


def _may_hold(texts: pa.Array, notation: Notation) -> bool:
    """Say whether anything special may be in any of these texts: all are looked at as one, which is far faster."""
    _validity, offsets, data = texts.buffers()
    if data is None or not len(texts) or notation.suspects is None:
        return bool(len(texts))
    bounds = memoryview(offsets).cast("i")
    start, stop = bounds[texts.offset], bounds[texts.offset + len(texts)]
    whole = data.slice(start, stop - start).to_pybytes()
    if not whole:
        return False
    has_controls = int(np.frombuffer(whole, np.uint8).min()) < ord(" ")
    return has_controls or any(suspect in whole for suspect in notation.suspects)
