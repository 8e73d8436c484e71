"""Columns to lines of text, a batch at a time: no row is ever an object of its own.

A row is a sequence of parts: texts that stand in every row, and columns of texts. Where a column is null, the part
is left out. Columns of few distinct values are formatted once a value; the rest are put together by Arrow.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

Part: TypeAlias = "str | pa.Array"
"""A text that is the same in every row, or a column of texts with one value a row."""


class Notation(NamedTuple):
    """How a format writes values.

    Attributes:
        special: An RE2 pattern of what cannot stand in a text as it is.
        escape: Writes a text that holds such a thing.
        quote: What stands before and after a text.
        missing: What stands for no value; None leaves the whole part out.
        leaves_out_empty: Whether an empty text is no value.
    """

    special: str
    escape: Callable[[str], str]
    quote: str = ""
    missing: str | None = None
    leaves_out_empty: bool = False


def join_rows(parts: Iterable[Part]) -> bytes:
    """Put a batch's rows together, one after another, in UTF-8.

    Cost: O(bytes); the batch's text once more while it is made.
    """
    rows = pc.binary_join_element_wise(*_merge_texts(parts), "", null_handling="skip")
    return get_bytes(rows)


def get_bytes(rows: pa.Array) -> bytes:
    """Return the texts of a column without nulls, one right after the other."""
    _validity, offsets, data = rows.buffers()
    if data is None or not len(rows):
        return b""
    bounds = memoryview(offsets).cast("i")
    start, end = bounds[rows.offset], bounds[rows.offset + len(rows)]
    content: bytes = data.slice(start, end - start).to_pybytes()
    return content


def _merge_texts(parts: Iterable[Part]) -> list[Part]:
    """Join texts that stand next to each other, for each part costs as much as any."""
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] = merged[-1] + part
        else:
            merged.append(part)
    return merged


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
        finite = pc.if_else(pc.is_finite(values), values, None)
        return _surround(finite.cast(pa.string()), notation, before, after)
    encoded = values if pa.types.is_dictionary(values.type) else values.dictionary_encode()
    known = _write_known(encoded.dictionary, notation)
    fragments = pc.binary_join_element_wise(before, known, after, "", null_handling="emit_null")
    column = fragments.take(encoded.indices)
    if notation.missing is None:
        return (column,)
    return (column.fill_null(f"{before}{notation.missing}{after}"),)


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
    special = pc.coalesce(pc.match_substring_regex(texts, notation.special), pa.scalar(False))  # noqa: FBT003
    if not pc.any(special).as_py():
        return texts
    escaped = pa.array(
        [notation.escape(text) for text in texts.filter(special).to_pylist()],
        pa.string(),
    )
    return pc.replace_with_mask(texts, special, escaped)
