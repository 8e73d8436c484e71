"""Metadata fields as people write them, checked one by one."""

import datetime as dt

import dateparser

from ingest.readers.decoding import UnreadableText, normalize_text

_ENGLISH = ["en"]
_STRICT = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}


def read_date(value: object, field: str) -> dt.date | None:
    """Return a publication date given as a date, `2014-06-12`, an ISO instant or `12 June 2014`.

    Raises:
        UnreadableText: The value is not a whole date; the message names the field.
    """
    if value is None or value == "":
        return None
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str):
        parsed = _parse_date(value.strip())
        if parsed is not None:
            return parsed
    raise UnreadableText(f"{field}: {value!r} is not a date; write it as 2014-06-12")


def read_text_field(value: object, field: str) -> str | None:
    """Return an optional one-line field, or a number as the text it was written with.

    Raises:
        UnreadableText: The value is neither text nor a number.
    """
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float | dt.date):
        raise UnreadableText(f"{field}: expected text, found {type(value).__name__}")
    cleaned = " ".join(normalize_text(str(value)).replace("\x00", "").split())
    return cleaned or None


def _parse_date(text: str) -> dt.date | None:
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        parsed = dateparser.parse(text, languages=_ENGLISH, settings=_STRICT)
        return parsed.date() if parsed is not None else None
