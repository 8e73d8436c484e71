"""Whether what is known is here only a part of a longer word or name: "Chilean-born", "Abdel Ghani al-Kikli", "de Lima"."""

from ingest.parse import Span
from ingest.reading import Reading

_PARTICLES = frozenset({"da", "de", "del", "der", "di", "dos", "du", "van", "von"})
_OF_ORIGIN = frozenset({"born", "built", "educated", "language", "made", "speaking", "style"})


def is_behind_particle(span: Span) -> bool:
    """Say whether a particle joins a name to a person's before it: "Julia de Lima"."""
    if not span.start or span.doc[span.start - 1].lower_ not in _PARTICLES:
        return False
    return span[0].ent_type_ == "PERSON" and span[0].ent_iob_ == "I"


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
