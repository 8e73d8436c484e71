"""Where somebody's own words stand in a text: spans between quotation marks, also over several paragraphs."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.cues import get_cues
from ingest.parse import Doc, Token
from ingest.types import ParsedBlock

_DOUBLE = frozenset({'"', "“", "”", "„", "‟", "``", "''", "«", "»"})
_OPENING = frozenset({"“", "„", "``", "«"})
_CLOSING = frozenset({"”", "»"})
_SINGLE = frozenset({"'", "\u2018", "\u2019", "`"})
_MARKS = _DOUBLE | _SINGLE
"""All of them, as a parse numbers its words."""
_MIN_WORDS = 3
_LONGEST_INTRODUCTION = 14
_LONGEST_STATEMENT = 12
"""In paragraphs."""
# What is done to a statement, besides saying it.
_ISSUES = frozenset({"issue", "release"})
_FIRST_PERSONS = frozenset({"i", "we", "my", "our", "us", "me"})


class Quotation(NamedTuple):
    """Tokens between two marks, `doc[start:end]`, without the marks.

    Attributes:
        continues: It goes on from the paragraph before, which was left open.
        closed: A closing mark was found; else it runs to the end of its block.
    """

    block: int
    start: int
    end: int
    continues: bool
    closed: bool


def find_quotations(blocks: Sequence[ParsedBlock]) -> list[Quotation]:
    """Return the stretches of quoted speech, in text order; quoted names and single words are left out.

    A paragraph that begins with a mark after one that was left open goes on with the same speech, as newspapers
    print it. So do those without any mark below "The minister said:", down to the last in the first person, as ministries
    print them.
    Cost: linear in tokens.
    """
    found: list[Quotation] = []
    left_open = False
    first, last = 0, -1
    for index, block in enumerate(blocks):
        if index > last and find_introducing_verb(blocks, index) is not None:
            first, last = index, _find_statement_end(blocks, index)
        if index <= last:
            found.append(Quotation(index, 0, len(block.doc), index > first, closed=False))
            left_open = False
            continue
        marked = not _MARKS.isdisjoint(block.doc.words)
        spans, still_open = _find_spans(block.doc) if marked else ([], False)
        for number, (start, end, closed) in enumerate(spans):
            if _is_speech(block.doc, start, end) or (number == 0 and left_open):
                continues = left_open and number == 0 and _word_start(block.doc) >= start - 1
                found.append(Quotation(index, start, end, continues, closed))
        left_open = still_open
    return found


def find_introducing_verb(blocks: Sequence[ParsedBlock], block: int) -> Token | None:
    """Return the verb of speech behind which a colon ends the paragraph before a block: "The minister said:"."""
    words = [token for token in blocks[block - 1].doc.tokens[-_LONGEST_INTRODUCTION:] if not token.is_space]
    if not block or not words or words[-1].text != ":":
        return None
    verbs = get_cues().quoting_verbs | _ISSUES
    return next((t for t in reversed(words) if t.lemma_.lower() in verbs and t.pos_ in {"VERB", "AUX"}), None)


def _find_statement_end(blocks: Sequence[ParsedBlock], start: int) -> int:
    """Return the last of the paragraphs without quotation marks from a block on that speaks of "I" or "we".

    What stands between belongs to the statement; where nobody speaks so, the block before is returned.
    """
    end = start - 1
    for index in range(start, min(start + _LONGEST_STATEMENT, len(blocks))):
        if not _DOUBLE.isdisjoint(blocks[index].doc.words):
            break
        if not _FIRST_PERSONS.isdisjoint(blocks[index].doc.lower_words):
            end = index
    return end


def _word_start(doc: Doc) -> int:
    return next((token.i for token in doc if not token.is_space and token.text not in _DOUBLE | _SINGLE), 0)


def _find_spans(doc: Doc) -> tuple[list[tuple[int, int, bool]], bool]:
    """Spans between marks, and whether the last one is never closed."""
    spans = []
    start: int | None = None
    single = False
    for token in doc:
        if token.text in _DOUBLE:
            if start is None or (token.text in _OPENING and single):
                if token.text not in _CLOSING:
                    start, single = token.i + 1, False
            elif not single and token.text not in _OPENING:
                spans.append((start, token.i, True))
                start = None
        elif token.text in _SINGLE:
            if start is None and _opens_single(token):
                start, single = token.i + 1, True
            elif start is not None and single and _closes_single(token):
                spans.append((start, token.i, True))
                start = None
    if start is not None and not single:
        spans.append((start, len(doc), False))
        return spans, True
    return spans, False


def _opens_single(token: Token) -> bool:
    """Whether a single mark opens speech: a space before it, none after, and its partner in reach."""
    if token.whitespace_ or (
        token.i and not token.nbor(-1).whitespace_ and token.nbor(-1).text not in {"(", "-"}
    ):
        return False
    return any(_closes_single(other) for other in token.doc[token.i + 1 : token.i + 120])


def _closes_single(token: Token) -> bool:
    return (
        token.text in {"'", "\u2019"}
        and token.dep_ != "case"
        and token.i > 0
        and not token.nbor(-1).whitespace_
        and (token.nbor(-1).is_punct or bool(token.whitespace_))
        and token.tag_ != "POS"
    )


def _is_speech(doc: Doc, start: int, end: int) -> bool:
    words = [token for token in doc[start:end] if token.is_alpha or token.like_num]
    if len(words) < _MIN_WORDS:
        return any(token.pos_ in {"VERB", "AUX"} for token in words) and doc[end - 1].is_punct
    return any(token.pos_ in {"VERB", "AUX"} for token in words)
