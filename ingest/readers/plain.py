"""Plain text and Markdown, with or without a front-matter header.

---
title: Convoy reaches the shrine city
date: 2014-06-12
source: Tigris Wire
---
The text begins here.
"""

from typing import Any

import yaml

from ingest.readers.decoding import UnreadableText, check_length, normalize_text
from ingest.readers.fields import read_date, read_text_field
from ingest.types import RawDocument

_FENCE = "---"


def read_plain(text: str, origin: str, max_chars: int) -> RawDocument:
    """Return the document in a text file.

    The header's fields are title, date (or published_on), source, url and id; others are ignored. Without a header
    the whole file is the text.

    Raises:
        UnreadableText: The text is empty or too long, or the header is not what it should be.
    """
    header, body = _split_header(text)
    body = body.strip("\n")
    check_length(body, max_chars)
    published = header.get("date", header.get("published_on"))
    return RawDocument(
        text=body,
        title=read_text_field(header.get("title"), "title"),
        published_on=read_date(published, "date"),
        source=read_text_field(header.get("source"), "source"),
        url=read_text_field(header.get("url"), "url"),
        external_id=read_text_field(header.get("id"), "id"),
        origin=origin,
    )


def _split_header(text: str) -> tuple[dict[str, Any], str]:
    """Return the front matter as a mapping, and what follows it; an unclosed fence is no header."""
    lines = normalize_text(text).split("\n")
    if lines[0].rstrip() != _FENCE:
        return {}, "\n".join(lines)
    closing = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if closing is None:
        return {}, "\n".join(lines)
    header = _parse_header("\n".join(lines[1:closing]))
    if header is None:  # two rules around ordinary text
        return {}, "\n".join(lines)
    return header, "\n".join(lines[closing + 1 :])


def _parse_header(text: str) -> dict[str, Any] | None:
    try:
        header = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise UnreadableText(f"line {line}: the front matter is not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise UnreadableText(f"the front matter is not valid YAML: {reason}") from error
    if header is None:
        return {}
    return header if isinstance(header, dict) else None
