# ruff: noqa: RUF001 - quotes and dashes are matched as newspapers print them
"""Text as it comes -> blocks worth parsing: paragraphs, headlines and forum posts, without the furniture of a page.

Nothing here changes a document: blocks are offsets, and the copy made for the parser has the same length,
so that every offset found in it holds in the stored text.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ingest.chats import find_writers, measure_opening
from ingest.types import Block

_MAX_HEADLINE_WORDS = 16
_MIN_REPEAT_CHARS = 20
_MAX_WRAP_CHARS = 110
_MIN_WRAP_CHARS = 45

# Each character is replaced by exactly one, so that offsets stay.
_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "ʼ": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'",
        "\xa0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u202f": " ", "\u200b": " ", "\u200e": " ",
        "\u200f": " ", "\u2060": " ", "\ufeff": " ", "\t": " ", "\n": " ", "\r": " ", "\v": " ", "\f": " ",
        "‐": "-", "‑": "-", "−": "-", "―": "—",
    }
)  # fmt: skip

# Words of page furniture; a whole line that is one of these says nothing.
_FURNITURE = re.compile(
    r"""^\W*(?:
        what['’]?s\ new | top(?:\ bottom)? | bottom | share(?:\ (?:this|on)\b.{0,40})? | tweet | print | e-?mail(?:\ this)?
      | like | likes?:\ \d+ | reply | quote | report | edit | delete | comments?(?:\ \(?\d+\)?)? | \d+\ (?:comments?|replies|shares|views)
      | (?:read|see|learn|show|load)\ more\b.{0,30} | -?\ ?see\ more\ at\b.* | read\ (?:also|the\ full)\b.* | click\ (?:here|to)\b.*
      | (?:advertisement|sponsored|promoted)(?:\ content)? | sign\ (?:in|up|out)\b.{0,60} | log\ (?:in|out) | subscribe\b.{0,60}
      | follow\ us\b.* | related\ (?:articles|stories|news|topics).{0,40} | (?:also|most)\ (?:read|popular|viewed).{0,20} | recommended(?:\ for\ you)?
      | (?:next|previous|back|home|menu|search|skip\ to\b.{0,30}|contents?|share:?) | you\ must\ (?:log|sign)\b.* | last\ edited\b.*
      | (?:posts?|messages|joined|location|reaction\ score|ratings?)\s*:\s*.{0,40} | \S{1,30}\ said:\s*(?:↑|⬆)? | originally\ posted\ by\b.{0,40}
      | (?:copyright|©|\(c\)).{0,90} | all\ rights\ reserved\b.{0,60} | (?:photo|image|picture|video)\s*(?:credit)?s?\s*:.{0,120}
      | https?://\S+ | www\.\S+ | \S+@\S+\.\w+ | terms\ (?:of\ (?:use|service)|and\ conditions).{0,40} | privacy\ policy.{0,40} | cookies?\ policy
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)

_OUTLET_SUFFIX = re.compile(r"\s+(?:\||-|–|—|::|»)\s+(?:The\s+)?[A-Z][\w.'’&-]*(?:[\s:]+[\w.'’&-]+){0,8}$")
_SEE_MORE_TAIL = re.compile(r"\s*-?\s*(?:see|read) more at:.*$", re.IGNORECASE | re.DOTALL)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|June|Jul|July|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{_MONTH}(?:,?\s+\d{{4}})?)"
_AGENCY = r"\((?P<agency>[A-Z][\w .&'’/-]{1,30})\)"
_CAPS_PLACE = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{2,}(?:[ /-][A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){0,3}"
_PLACE = r"[A-ZÀ-Þ][\w'’.-]+(?:[ -][A-ZÀ-Þ][\w'’.-]+){0,3}"
_REGION = r"(?:,\s+[A-Z][\w.'’]*(?:\s[A-Z][\w.'’]*){0,2}?)??"
_DATELINE = re.compile(
    rf"""(?P<place>{_CAPS_PLACE}){_REGION}(?:,?\s+(?P<date>{_DATE}))?(?:,?\s*{_AGENCY})?\s*(?:--+|[-–—])+(?:\s+|(?<=—)|(?<=--))(?=["“'‘\[(]?[A-Z0-9])""",
    re.VERBOSE,
)
_SIGNED_DATELINE = re.compile(
    rf"""(?P<place>{_PLACE}){_REGION}(?:,?\s+(?P<date>{_DATE}))?,?\s*{_AGENCY}\s*(?:--+|[-–—:])\s*(?=["“'‘\[(]?[A-Z0-9])""",
    re.VERBOSE,
)

_INSERTED = re.compile(r"\[((?:[A-Z][\w.'’-]*)(?: (?:[A-Z][\w.'’-]*|of|the|and|al)){0,5})\]")
_ANY_BRACKET = re.compile(r"\[([^\[\]\n]{1,120})\]")
_INFORMAL = re.compile(r" [.,](?: |$)|\?\?|!!|:[()]|\b(?:lol|i|idk|btw|dont|cant|wont|u|gonna|damn)\b")
_FIRST_PERSON = re.compile(r"^(?:I|As I|Just an opinion|Hi|HI|Hello|Well,? I|Imo|IMO|Guys|Yes|No|Lol|LOL)\b")


class Dateline(NamedTuple):
    """Where a report was filed, such as "BEIRUT, June 12 (AFP) -"; offsets are the text's, the dash included."""

    place: str
    date: str | None
    agency: str | None
    start_char: int
    end_char: int


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def make_clean_copy(text: str) -> str:
    """Return text of the same length in which quotes, spaces and dashes are plain and inserted brackets are gone.

    "[ISIS] attacks" becomes " ISIS  attacks": an editor's bracket is no part of a name. Longer insertions
    keep round brackets, so that the parser sees a parenthesis.
    """
    plain = text.translate(_PLAIN)
    plain = _INSERTED.sub(lambda m: f" {m.group(1)} ", plain)
    return _ANY_BRACKET.sub(lambda m: f"({m.group(1)})", plain)


def find_dateline(text: str) -> Dateline | None:
    """Return the first dateline that opens a line of the text, or None."""
    for line in _iter_lines(text):
        if found := _match_dateline(line.text, line.start):
            return found
    return None


def _match_dateline(line: str, offset: int) -> Dateline | None:
    found = _DATELINE.match(line) or _SIGNED_DATELINE.match(line)
    if found is None:
        return None
    place = found.group("place").rstrip(" .,")
    return Dateline(place, found.group("date"), found.group("agency"), offset, offset + found.end())


def split_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order, none overlapping.

    Hard-wrapped lines are one block. Page furniture, datelines, outlet names after a headline, names of those who wrote a
    line of a chat, and lines that repeat an earlier one word for word are in no block. Linear in the length of the text.
    """
    seen: set[str] = set()
    blocks: list[Block] = []
    chunks = list(_iter_posts(text, list(_iter_chunks(text))))
    # A text with lines longer than a page is wide was never wrapped: its line ends are paragraphs.
    wrapped = all(len(line.text) <= _MAX_WRAP_CHARS for chunk in chunks for line in chunk)
    stretches = [line for chunk in chunks for line in _join_wrapped(text, chunk, wrapped=wrapped)]
    for number, stretch in enumerate(stretches):
        following = stretches[number + 1].text if number + 1 < len(stretches) else ""
        trimmed = _trim(text, stretch)
        if trimmed is None or _FURNITURE.match(trimmed.text):
            continue
        key = re.sub(r"\W+", " ", trimmed.text).strip().casefold()
        if not key or (len(key) >= _MIN_REPEAT_CHARS and key in seen):
            continue
        seen.add(key)
        kind = _judge_kind(trimmed.text, following)
        blocks.append(Block(trimmed.start, trimmed.end, kind))
    return tuple(blocks)


def _iter_lines(text: str) -> Iterator[_Line]:
    start = 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        lead = len(raw) - len(raw.lstrip())
        yield _Line(start + lead, start + lead + len(body), body)
        start += len(raw)


def _iter_chunks(text: str) -> Iterator[list[_Line]]:
    """Yield the lines between blank lines."""
    chunk: list[_Line] = []
    for line in _iter_lines(text):
        if line.text:
            chunk.append(line)
        elif chunk:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _iter_posts(text: str, chunks: Sequence[list[_Line]]) -> Iterator[list[_Line]]:
    """Begin a chunk where a line of a chat says who wrote it, and leave that out."""
    writers = find_writers(line.text for chunk in chunks for line in chunk)
    for chunk in chunks:
        post: list[_Line] = []
        for line in chunk:
            opening = measure_opening(line.text, writers)
            if opening and post:
                yield post
                post = []
            start = line.start + opening
            post.append(_Line(start, line.end, text[start : line.end]))
        yield post


def _join_wrapped(text: str, chunk: Sequence[_Line], *, wrapped: bool) -> list[_Line]:
    """Join lines that were broken at a page's width; keep apart lines that are paragraphs of their own."""
    width = max(len(line.text) for line in chunk)
    spans = [(chunk[0].start, chunk[0].end)]
    for before, line in pairwise(chunk):
        if _continues(before.text, line.text, width if wrapped else None):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return [_Line(start, end, text[start:end]) for start, end in spans]


def _continues(line: str, following: str, width: int | None) -> bool:
    """Say whether `following` goes on with the sentence or paragraph of `line`."""
    if _FURNITURE.match(line) or _FURNITURE.match(following):
        return False
    open_end = line[-1] not in ".!?:;…\"”)'’"
    if open_end and following[0].islower() and not _INFORMAL.search(following):
        return True
    if width is None or len(line) < _MIN_WRAP_CHARS or line == following:
        return False
    next_word = following.split(None, 1)[0]
    return len(line) + 1 + len(next_word) > width


def _trim(text: str, stretch: _Line) -> _Line | None:
    """Cut a dateline off the front, and an outlet's name or link text off the end."""
    start, end = stretch.start, stretch.end
    if dateline := _match_dateline(stretch.text, start):
        start = dateline.end_char
    body = text[start:end]
    tail = _SEE_MORE_TAIL.search(body)
    if tail is not None:
        end = start + tail.start()
    elif (len(body.split()) <= _MAX_HEADLINE_WORDS + 8) and (suffix := _OUTLET_SUFFIX.search(body)):
        end = start + suffix.start()
    body = text[start:end]
    start += len(body) - len(body.lstrip())
    end = start + len(body.strip())
    return _Line(start, end, text[start:end]) if end > start else None


def _judge_kind(line: str, following: str) -> Literal["headline", "paragraph", "post"]:
    words = re.findall(r"[^\W\d_][\w'’-]*", line)
    if _INFORMAL.search(line) or _FIRST_PERSON.match(line) or (words and line[0].islower()):
        return "post"
    if len(words) > _MAX_HEADLINE_WORDS or line[-1] in '.,;:…"”!':
        return "paragraph"
    long_words = [word for word in words if len(word) > 3]
    capitalised = sum(word[0].isupper() for word in long_words)
    title_case = bool(long_words) and capitalised / len(long_words) >= 0.6
    leads = len(following) > len(line) and line[-1] != "?"
    return "headline" if title_case or leads else "paragraph"
