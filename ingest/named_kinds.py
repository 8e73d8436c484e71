"""Names that a common noun behind them types: "the Bhumjaithai party", "Johnson Olony's Agwelek militia"."""

from collections.abc import Iterator

from ingest.name_openings import get_name_openings
from ingest.names import is_capitalised
from ingest.parse import Doc, Token
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 2
_LONGEST = 4
_KINDS = {
    **dict.fromkeys(("cartel", "gang", "militia", "mafia"), "armed-group"),
    **dict.fromkeys(("clan", "subclan", "tribe"), "community"),
    **dict.fromkeys(("bloc", "party"), "party"),
    **dict.fromkeys(("alliance", "coalition", "movement", "union"), "organization"),
}
_FIRST = frozenset({"the", "this", "that", "its", "his", "her", "their", "our", "whose"})


def find_kind(doc: Doc, end: int) -> str | None:
    """Return what the noun behind a name says that it is: "party" in "the Bhumjaithai party"; None for no such noun."""
    if end >= len(doc) or doc[end].tag_ != "NN":
        return None
    return _KINDS.get(doc[end].text)


def iter_named_kinds(reading: Reading) -> Iterator[Candidate]:
    """Yield unknown names with an article or an owner before them and a noun for a party, a militia or a clan behind."""
    if reading.headline:
        return
    doc = reading.doc
    for noun in doc.tokens:
        kind = _KINDS.get(noun.text)
        if kind is None or noun.tag_ != "NN":
            continue
        start = end = noun.i
        while start and end - start < _LONGEST and _is_name_word(reading, doc[start - 1], end):
            start -= 1
        if 0 < start < end and doc[start - 1].text.isdigit():
            start -= 1
        if start < end and _is_definite(doc, start) and not _is_other(reading, start, end):
            yield make_span_candidate(doc, start, end, kind, _STRENGTH)


def _is_name_word(reading: Reading, token: Token, end: int) -> bool:
    proper = token.tag_ in {"NNP", "NNPS"} or token.ent_type_ in {"GPE", "ORG", "PERSON"}
    named = proper and is_capitalised(token) and token.text.replace("-", "").isalpha()
    attached = token.dep_ in {"compound", "nmod", "amod"} and token.i < token.head.i <= end
    return named and attached and token.lower_ not in reading.words.calendar


def _is_definite(doc: Doc, start: int) -> bool:
    """Say whether one certain body is meant: "the small Agwelek militia", and not "a Lendu militia"."""
    before = start - 1
    while (
        before >= 0
        and (doc[before].pos_ in {"ADJ", "NOUN"} or doc[before].tag_ == "VBG")
        and doc[before].text.islower()
    ):
        before -= 1
    return before >= 0 and (doc[before].lower_ in _FIRST or doc[before].tag_ == "POS")


def _is_other(reading: Reading, start: int, end: int) -> bool:
    """Say whether what stands before the noun is known, a land's or a person's full name."""
    doc, words = reading.doc, reading.words
    first, last = doc[start], doc[end - 1]
    if first.text in get_name_openings(reading.gazetteer.lexicon).given and end - start > 1:
        return True
    if any(table.match_to(doc, end)[1] for table in (words.titles, words.heads, words.forces)):
        return True
    inside = [h for h in reading.hits if first.idx <= h.start_char and h.end_char <= last.idx + len(last)]
    return any(hit.start_char == first.idx for hit in inside)
