"""Bytes to text: what is not text is refused with the reason an analyst can act on."""

import re

from charset_normalizer import from_bytes

from graph.errors import ActorgraphError

DEFAULT_MAX_CHARS = 10_000_000
"""Longest document taken, in code points."""

_SAMPLE_BYTES = 65_536
_CHAOS_LIMIT = 0.2
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class UnreadableText(ActorgraphError):
    """Bytes or fields that do not make a document; the message is the reason."""


def decode(data: bytes) -> str:
    r"""Return the text in `data`, whatever its encoding, with line ends as `\n`.

    UTF-8 and UTF-16 with a byte order mark are read as such, then UTF-8 is tried, then the encoding is detected.

    Raises:
        UnreadableText: Binary content, or an encoding that cannot be told.

    Cost: linear in the size; detection looks at the first 64 KiB.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return normalize_text(_decode_as(data[len(mark) :], encoding))
    _refuse_binary(data)
    try:
        return normalize_text(data.decode("utf-8"))
    except UnicodeDecodeError:
        return normalize_text(_decode_as(data, _detect_encoding(data)))


def normalize_text(text: str) -> str:
    r"""Return text with `\n` line ends and every lone surrogate replaced by U+FFFD, so that it can be stored."""
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def check_length(text: str, max_chars: int) -> None:
    """Refuse a text without a word in it, or one longer than `max_chars` code points.

    Raises:
        UnreadableText: The text is empty or too long.
    """
    if not any(character.isalnum() for character in text):
        raise UnreadableText("empty: there is no word in it")
    if len(text) > max_chars:
        raise UnreadableText(f"too long: {len(text):,} characters, and the limit is {max_chars:,}")


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableText(f"binary: this is {what}; save its text as .txt, .md or .jsonl first")
    sample = data[:_SAMPLE_BYTES]
    controls = len(_CONTROL.findall(sample.decode("latin-1")))
    if b"\x00" in sample or controls > len(sample) * 0.02:
        raise UnreadableText("binary: this is not a text file")


def _detect_encoding(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    if best is None or best.chaos > _CHAOS_LIMIT:
        raise UnreadableText("not UTF-8, and its encoding cannot be told; convert it to UTF-8")
    return best.encoding


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"not UTF-8, and not quite {encoding} either (byte {error.start}); convert it to UTF-8"
        raise UnreadableText(message) from error
