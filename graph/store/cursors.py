"""Keyset cursors: where a page ended, as one opaque string."""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any

from graph.errors import InvalidQuery


def encode_cursor(*values: str | float) -> str:
    """Pack the sort key of a page's last row."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, kinds: Sequence[type]) -> list[Any]:
    """Unpack a sort key and check that it is made of these kinds, in order.

    Raises:
        InvalidQuery: It was not made by `encode_cursor` for this list.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        values = None
    if (
        not isinstance(values, list)
        or len(values) != len(kinds)
        or any(type(value) is not kind for value, kind in zip(values, kinds, strict=True))
    ):
        raise InvalidQuery("cursor", "it is not one that this list gave out")
    return values
