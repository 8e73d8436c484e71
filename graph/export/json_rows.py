"""Rows as JSON objects, put together from columns; the formats that are JSON share it."""

import json
from collections.abc import Iterable, Iterator, Mapping

import orjson
import pyarrow as pa

from graph.export.assembly import Notation, Part, join_rows, write_values


def _escape(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


JSON = Notation(r'["\\\x00-\x1f]', _escape, quote='"', missing="null", suspects=b'"\\')
_BETWEEN = ",\n"

Members = Mapping[str, pa.Array]
"""The members of an object by name, in order: a column each."""


def write_object(members: Members) -> Iterator[Part]:
    """Yield the parts of one JSON object a row; lists of texts are JSON lists, what is unknown is null."""
    yield "{"
    for place, (name, column) in enumerate(members.items()):
        before = f'{"," if place else ""}"{name}":'
        if pa.types.is_list(column.type):
            lists = [orjson.dumps(texts).decode() for texts in column.to_pylist()]
            yield from (before, pa.array(lists, pa.string()))
        else:
            yield from write_values(column, JSON, before)
    yield "}"


def join_list(batches: Iterable[Iterable[Part]]) -> Iterator[bytes]:
    """Yield the items of a JSON list, one to a line, from the parts that write each batch's rows."""
    is_first = True
    for parts in batches:
        pieces = join_rows([_BETWEEN, *parts])
        if is_first:
            # The very first row has nothing to be parted from.
            yield next(pieces)[len(_BETWEEN) :]
            is_first = False
        yield from pieces


def dump(value: object) -> bytes:
    """Return a value as JSON, keys in alphabetical order."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
