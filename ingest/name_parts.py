"""Whether what is known is here only a part of a longer word or name: "Chilean-born", "Abdel Ghani al-Kikli", "de Lima"."""

from ingest.described_types import get_described_type
from ingest.parse import Span, Token
from ingest.reading import Reading

_PARTICLES = frozenset({"da", "de", "del", "der", "di", "dos", "du", "van", "von"})
_ARTICLES = frozenset({"al", "el", "as", "ash", "bin", "ibn"})
_BEFORE_LAST = 2
_PARTS_OF_PLACES = frozenset(
    {"camp", "central", "downtown", "east", "fort", "greater", "inner", "lower", "metro", "mid", "mount", "new", "north", "old",
     "outer", "port", "radio", "saint", "south", "upper", "west"}
)  # fmt: skip
_OF_ORIGIN = frozenset({"born", "built", "educated", "language", "made", "speaking", "style"})


def is_behind_particle(span: Span) -> bool:
    """Say whether a particle joins a name to a person's before it: "Julia de Lima"."""
    if not span.start or span.doc[span.start - 1].lower_ not in _PARTICLES:
        return False
    return span[0].ent_type_ == "PERSON" and span[0].ent_iob_ == "I"


def is_given_name_of_other(span: Span) -> bool:
    """Say whether a known surname is somebody else's given name: "Sharon Graham", "Nasser al-Yafei"."""
    doc, end = span.doc, span.end
    if span[0].ent_type_ != "PERSON" or span[0].ent_iob_ != "B" or end >= len(doc):
        return False
    following = doc[end].ent_iob_ == "I" and doc[end].tag_ != "POS"
    return following and (
        doc[end].lower_ in _ARTICLES or (span.root.dep_ == "compound" and span.root.head.i == end)
    )


def is_last_of_names(reading: Reading, span: Span) -> bool:
    """Say whether a town's or country's name is a person's last: "Joao Batista Lima", "Karuna Amman, a commander"."""
    doc, start = span.doc, span.start
    if len(span) > 1 or not start or span[0].ent_iob_ != "I":
        return False
    if span.end < len(doc) and doc[span.end].ent_iob_ == "I" and doc[span.end].tag_ != "POS":
        return False
    before = doc[max(0, start - _BEFORE_LAST) : start]
    if len(before) == _BEFORE_LAST and span[0].ent_type_ == "PERSON" and before[0].ent_type_ == "PERSON":
        return all(token.ent_type_ == "PERSON" and token.is_title for token in before)
    return _is_unknown_given_name(reading, doc[start - 1]) and (
        span[0].ent_type_ == "PERSON" or get_described_type(reading, doc[start - 1 : span.end]) == "person"
    )


def _is_unknown_given_name(reading: Reading, token: Token) -> bool:
    """Say whether a word that begins a name is no title, no part of a country and nothing known."""
    plain = token.tag_ == "NNP" and token.is_title and token.is_alpha and token.ent_iob_ == "B"
    if not plain or token.lower_ in _PARTS_OF_PLACES:
        return False
    if reading.words.titles.match_to(token.doc, token.i + 1)[1]:
        return False
    return not any(hit.start_char <= token.idx < hit.end_char for hit in reading.hits)


def is_in_name_of_thing(reading: Reading, span: Span) -> bool:
    """Say whether a person's name is only part of that of a bridge, a brigade or a foundation: "the Nelson Mandela Bridge"."""
    doc, end = span.doc, span.end
    if len(span) == 1 or end >= len(doc) or not doc[end].is_title:
        return False
    return bool(reading.words.heads.match_from(doc, end)[1])


def is_middle_name(reading: Reading, span: Span) -> bool:
    """Say whether a known surname stands within a longer name: "Abdel Ghani al-Kikli"."""
    before, root = span.doc[span.start - 1], span.root
    beside = before.pos_ == "PROPN" and before.dep_ == root.dep_ == "compound" and before.head == root.head
    titled = bool(reading.words.titles.match_to(span.doc, span.start)[1])
    return beside and not titled and before.text.istitle() and root.head.pos_ == "PROPN"


def is_origin_alone(span: Span) -> bool:
    """Say whether a hyphen makes an adjective tell but origin or tongue: "Chilean-born", "French-speaking"."""
    following = span.doc[span.end : span.end + 2]
    return [token.text for token in following][:1] == ["-"] and following[-1].lower_ in _OF_ORIGIN


def is_surname_of_origin(span: Span) -> bool:
    """Say whether an Arabic article makes a known name a man's last, or stands behind his first: "Abu Musa al-Iraqi"."""
    doc, start, end = span.doc, span.start, span.end
    if (
        span[0].lower_ == "abu"
        and end + 1 < len(doc)
        and doc[end].lower_ in {"al", "el"}
        and doc[end + 1].text == "-"
    ):
        return True
    if start < _BEFORE_LAST + 1 or doc[start - 1].text != "-" or doc[start - 2].lower_ not in {"al", "el"}:
        return False
    return doc[start - 3].is_title and doc[start - 3].pos_ == "PROPN" and not doc[start - 2].whitespace_
