"""Parties by the person who has them: "Petra Kuhn's Greens", "Jonas Weiss's Future of Saxony"."""

from collections.abc import Iterator

from ingest.names import find_type_by_head, is_capitalised
from ingest.parse import Span
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 2
_JOINTS = frozenset({"for", "of"})
_PLURAL = frozenset({"NNS", "NNPS"})
_ADHERENTS = ("crats", "ists", "ites")
_FOLLOWERS = ("als", "ans", "ats", "eens", "ens", "ers", "ists", "ites", "ives", "ors", "reds")
_THINGS = frozenset(
    {"annals", "archives", "canons", "chapters", "colors", "dinners", "gardens", "journals", "letters", "manuals",
     "matters", "medals", "memorials", "numbers", "objectives", "orders", "papers", "plans", "quarters", "trials",
     "waters"}
)  # fmt: skip
_ARMED = frozenset({"armed-group", "security-force"})
_GOING_ON = frozenset({"ADJ", "NOUN", "PROPN"})


def iter_followings(reading: Reading) -> Iterator[Candidate]:
    """Yield followers with a name of their own that a person has, and countries with a word before them."""
    if reading.headline:
        return
    doc = reading.doc
    for index in range(1, len(doc) - 1):
        if doc[index].tag_ != "POS" or not _is_behind_person(reading, index):
            continue
        end = _find_end(reading, index + 1)
        if end and _is_unknown(reading, doc[index + 1 : end]):
            kind = find_type_by_head(reading.words, doc, index + 1, index + 2)
            yield make_span_candidate(doc, index + 1, end, kind if kind in _ARMED else "party", _STRENGTH)


def _is_behind_person(reading: Reading, index: int) -> bool:
    """Whether the name before a possessive may be a person's, and is no country's, town's or body's that is known."""
    doc, last = reading.doc, reading.doc[index - 1]
    if last.pos_ != "PROPN" or not last.text.istitle() or last.ent_type_ in {"DATE", "TIME"}:
        return False
    types = {
        reading.gazetteer.get(form.id).type
        for hit in reading.hits
        if hit.end_char == last.idx + len(last)
        for form in hit.forms
    }
    full = index > 1 and doc[index - 2].text.istitle() and doc[index - 2].head.i == last.i
    surname = last.tag_ == "NNP" and reading.doc[index + 1].lower_.endswith(_ADHERENTS)
    return types <= {"person"} and (full or bool(types) or surname or last.ent_type_ == "PERSON")


def _find_end(reading: Reading, start: int) -> int:
    """Where a name ends that is one word in the plural, or a word joined to a country; 0 where it is neither."""
    doc, first = reading.doc, reading.doc[start]
    if not is_capitalised(first) or not first.text.istitle() or not first.is_alpha:
        return 0
    following = doc[start + 1] if start + 1 < len(doc) else None
    if following is not None and following.lower_ in _JOINTS:
        ends = [
            hit.end_char
            for hit in reading.hits
            if start + 2 < len(doc)
            and hit.start_char == doc[start + 2].idx
            and any(reading.gazetteer.get(form.id).type in {"country", "place"} for form in hit.forms)
        ]
        span = doc.char_span(first.idx, max(ends)) if ends else None
        return span.end if span is not None else 0
    alone = following is None or following.pos_ not in _GOING_ON
    plural = first.tag_ in _PLURAL or first.tag_ == "NNP"
    people = first.lower_.endswith(_FOLLOWERS) and first.lower_ not in _THINGS
    return start + 1 if alone and plural and people else 0


def _is_unknown(reading: Reading, span: Span) -> bool:
    """Whether a name is no office, no word for a body or a deed, and not known as a whole."""
    doc, words = span.doc, reading.words
    known = any(hit.start_char <= span.start_char and hit.end_char >= span.end_char for hit in reading.hits)
    titled = bool(words.titles.match_from(doc, span.start)[1])
    kind = find_type_by_head(words, doc, span.start, span.start + 1)
    headed = kind is not None and not (len(span) == 1 and kind in _ARMED)
    dated = not {span[0].lower_, span[0].lower_.removesuffix("s")}.isdisjoint(words.calendar)
    return not (known or titled or headed or dated or words.deeds.match_to(doc, span.end)[1])
