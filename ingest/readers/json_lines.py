"""JSON Lines: one document a line, `{"id", "text", "title", "published_on", "source", "url"}`; only `text` is required."""

import json
from typing import Any

from ingest.readers.decoding import UnreadableText, check_length, normalize_text
from ingest.readers.fields import read_date, read_text_field
from ingest.types import RawDocument


def read_json_line(line: str, origin: str, max_chars: int) -> RawDocument:
    """Return the document on one line.

    Raises:
        UnreadableText: The line is not a JSON object, or a field in it is not what it should be.
    """
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise UnreadableText(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise UnreadableText("not a document: JSON nested too deeply") from error
    if not isinstance(record, dict):
        raise UnreadableText(f"expected a JSON object, found {type(record).__name__}")
    return read_record(record, origin, max_chars)


def read_record(record: dict[str, Any], origin: str, max_chars: int) -> RawDocument:
    """Return the document in a decoded JSON object.

    Raises:
        UnreadableText: A field is missing or of the wrong kind; the message names it.
    """
    text = record.get("text")
    if text is None:
        raise UnreadableText("text: missing")
    if not isinstance(text, str):
        raise UnreadableText(f"text: expected text, found {type(text).__name__}")
    if "\x00" in text:
        raise UnreadableText("text: holds a NUL character, so it is not text")
    text = normalize_text(text)
    check_length(text, max_chars)
    return RawDocument(
        text=text,
        title=read_text_field(record.get("title"), "title"),
        published_on=read_date(record.get("published_on"), "published_on"),
        source=read_text_field(record.get("source"), "source"),
        url=read_text_field(record.get("url"), "url"),
        external_id=read_text_field(record.get("id"), "id"),
        origin=origin,
    )
