"""Parties by those who were elected for them: "deputies of Aurora Nueva and Adelante Sur"."""

from collections.abc import Iterator

from ingest.names import find_type_by_head, is_capitalised
from ingest.parse import Doc, Token
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 2
_ELECTED = frozenset(
    {"backbencher", "backbenchers", "councillor", "councillors", "deputies", "lawmaker", "lawmakers", "legislator",
     "legislators", "mp", "mps", "parliamentarian", "parliamentarians", "senators"}
)  # fmt: skip


def iter_elected_for(reading: Reading) -> Iterator[Candidate]:
    """Yield unknown names that "of" joins to lawmakers, and those joined to these by "and"."""
    if reading.headline:
        return
    doc = reading.doc
    for index, token in enumerate(doc):
        if token.lower_ != "of" or not index or doc[index - 1].lower_ not in _ELECTED:
            continue
        for head in _iter_joined(doc, index):
            start = _find_start(doc, head)
            if start < head.i and _is_unknown(reading, start, head.i + 1):
                yield make_span_candidate(doc, start, head.i + 1, "party", _STRENGTH)


def _iter_joined(doc: Doc, of: int) -> Iterator[Token]:
    waiting = [child for child in doc[of].children if child.dep_ == "pobj"]
    while waiting:
        token = waiting.pop()
        yield token
        joined = (child for child in token.children if child.dep_ == "conj" and child.pos_ == "PROPN")
        # "Two deputies of the Alliance, Petya Ruseva and Milen Hristov": it is they.
        waiting += [c for c in joined if c.ent_type_ != "PERSON" or c.left_edge.nbor(-1).text != ","]


def _find_start(doc: Doc, head: Token) -> int:
    start = head.i
    while start and is_capitalised(doc[start - 1]) and doc[start - 1].pos_ in {"PROPN", "ADJ"}:
        start -= 1
    return start


def _is_unknown(reading: Reading, start: int, end: int) -> bool:
    """Whether the words name nothing known, hold no office and end in no word for a body."""
    span, words = reading.doc[start:end], reading.words
    named = all(is_capitalised(token) and token.is_alpha for token in span) and span.root.tag_ == "NNP"
    known = any(span.start_char <= hit.start_char < span.end_char <= hit.end_char for hit in reading.hits)
    titled = words.titles.match_from(reading.doc, start)[1] or words.forces.match_from(reading.doc, start)[1]
    after = reading.doc[end] if end < len(reading.doc) else None
    goes_on = after is not None and (after.pos_ in {"PROPN", "NOUN"} or after.tag_ == "POS")
    headed = find_type_by_head(words, reading.doc, start, end) is not None
    return named and not (known or titled or goes_on or headed)
