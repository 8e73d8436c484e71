"""Where a person's name begins that the recogniser cut, or ran into a rank: "Adgur Ardzinba", "General Okoye"."""

from ingest.lexicon import Title
from ingest.names import find_type_by_head
from ingest.parse import Token
from ingest.reading import Reading

_MOST_BEFORE = 2
_MOST_NAMES = 3
# What firms have behind "General".
_OF_FIRMS = frozenset({"atomics", "dynamics", "electric", "foods", "mills", "motors", "re"})


def find_given_name(reading: Reading, start: int, end: int) -> int:
    """Return where a person's name begins that was seen from its last word on; `start` where that is all of it.

    What is before must hang on the name, and be no title, no word for a body and nothing known.
    """
    doc = reading.doc
    if end - start != 1:
        return start
    for _ in range(_MOST_BEFORE):
        if not start or not _is_given_name(reading, doc[start - 1], end):
            break
        start -= 1
    return start


def _is_given_name(reading: Reading, token: Token, end: int) -> bool:
    words, doc = reading.words, token.doc
    plain = token.tag_ == "NNP" and token.is_title and token.is_alpha and not token.ent_type_
    if not plain or token.dep_ != "compound" or token.head.i != end - 1 or token.lower_ in words.calendar:
        return False
    tables = (words.titles, words.heads, words.descriptions, words.forces, words.deeds)
    if any(table.match_to(doc, token.i + 1)[1] or table.match_from(doc, token.i)[1] for table in tables):
        return False
    return not any(hit.start_char <= token.idx < hit.end_char for hit in reading.hits)


def find_ranked_person(reading: Reading, start: int, end: int) -> int | None:
    """Return where the name begins in "General Okoye", which was taken for a firm; None where it is none."""
    doc, words = reading.doc, reading.words
    after, values = words.titles.match_from(doc, start)
    names = doc[after:end]
    if not 0 < end - after <= _MOST_NAMES or after == start or find_type_by_head(words, doc, start, end):
        return None
    ranked = any(isinstance(value, Title) and not value.ambiguous for value in values)
    plain = all(token.is_title and token.tag_ == "NNP" for token in names)
    other = (start > 0 and doc[start - 1].pos_ == "DET") or names[0].lower_ in _OF_FIRMS
    return after if ranked and plain and not other else None
