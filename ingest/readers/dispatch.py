"""Which reader a file goes to, by its suffix and, for standard input, by its first line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from ingest.readers.decoding import DEFAULT_MAX_CHARS, UnreadableText, decode
from ingest.readers.json_lines import read_json_line
from ingest.readers.plain import read_plain
from ingest.types import RawDocument

JSON_LINES_SUFFIXES = frozenset({".jsonl", ".ndjson"})
_REFUSED = {
    ".json": "JSON: put one object on each line and call it .jsonl",
    ".html": "HTML is not read: save the article's text as .txt or .md",
    ".htm": "HTML is not read: save the article's text as .txt or .md",
    ".xml": "XML is not read: save the article's text as .txt or .md",
    ".csv": "CSV is not read: put one JSON object on each line and call it .jsonl",
    ".eml": "mail is not read: save its text as .txt or .md",
    ".rtf": "RTF is not read: save its text as .txt or .md",
}


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """What could not be read, where, and why, in one line."""

    origin: str
    reason: str


ReadResult = RawDocument | ReadFailure


def read_bytes(name: str, data: bytes, max_chars: int = DEFAULT_MAX_CHARS) -> Iterator[ReadResult]:
    """Yield the documents in one file's content; `name` decides the format and stands in messages.

    Markdown and text hold one document, JSON Lines one a line.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in _REFUSED:
        yield ReadFailure(name, _REFUSED[suffix])
        return
    try:
        text = decode(data)
        if suffix in JSON_LINES_SUFFIXES or (name == "-" and _starts_like_json_lines(text)):
            yield from read_json_lines(name, text.split("\n"), max_chars)
        else:
            yield read_plain(text, name, max_chars)
    except UnreadableText as error:
        yield ReadFailure(name, str(error))


def read_json_lines(name: str, lines: Iterable[str | bytes], max_chars: int) -> Iterator[ReadResult]:
    """Yield the document on each line, lazily; blank lines are skipped and a bad line is a failure of its own."""
    found = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = True
        origin = f"{name}, line {number}"
        try:
            text = decode(line) if isinstance(line, bytes) else line
            yield read_json_line(text, origin, max_chars)
        except UnreadableText as error:
            yield ReadFailure(origin, str(error))
    if not found:
        yield ReadFailure(name, "empty: there is no line in it")


def _starts_like_json_lines(text: str) -> bool:
    first = next((line for line in text.split("\n", 20) if line.strip()), "")
    if not first.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (json.JSONDecodeError, RecursionError):
        return False
