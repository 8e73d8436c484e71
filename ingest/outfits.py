"""Bodies by whose they are said to be: "Sandmark, the firm of Tim Lane,", "the Ralliement of Ada Pont and Ines Roux"."""

from collections.abc import Iterator

from ingest.names import find_type_by_head
from ingest.parse import Doc, Token
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 2
_OUTFITS = {
    **dict.fromkeys(("company", "firm", "group", "network", "outfit", "vehicle"), "organization"),
    **dict.fromkeys(("army", "band", "faction", "gang", "militia"), "armed-group"),
    "party": "party",
}
_MOST_MODIFIERS = 3
_MODIFIERS = frozenset({"ADJ", "NOUN", "NUM", "VERB"})


def iter_outfits(reading: Reading) -> Iterator[Candidate]:
    """Yield lone words that nobody knows, where "of" and a person behind them tell what they are."""
    if reading.headline:
        return
    doc = reading.doc
    for index in range(1, len(doc) - 3):
        of = doc[index]
        if of.lower_ != "of" or not _is_person(doc, index + 1):
            continue
        called = _find_called(doc, index)
        if called is not None and _is_unknown(reading, called[0]):
            yield make_span_candidate(doc, called[0].i, called[0].i + 1, called[1], _STRENGTH)


def _find_called(doc: Doc, of: int) -> tuple[Token, str] | None:
    """The word before ", the firm of" and what a firm is, or the word right before "of" with "the", which several have."""
    noun = doc[of - 1]
    kind = _OUTFITS.get(noun.lower_)
    if kind is None:
        several = any(
            token.lower_ == "and" and _is_person(doc, token.i + 1) for token in doc[of + 2 : of + 5]
        )
        lone = of > 1 and doc[of - 2].lower_ == "the" and noun.tag_ == "NNP"
        return (noun, "organization") if lone and several else None
    position = of - 2
    while position > 1 and doc[position].pos_ in _MODIFIERS and of - position <= _MOST_MODIFIERS + 1:
        position -= 1
    if position < 2 or doc[position].lower_ not in {"a", "an", "the"} or doc[position - 1].text != ",":
        return None
    name = doc[position - 2]
    before = doc[position - 3] if position > 2 else None
    lone = before is None or not (before.text[:1].isupper() and before.pos_ == "PROPN")
    return (name, kind) if lone and name.dep_ != "pobj" else None


def _is_person(doc: Doc, start: int) -> bool:
    """Whether two words or three from a token on are a person's full name by the recogniser or by their capitals."""
    if start + 1 >= len(doc):
        return False
    given, family = doc[start], doc[start + 1]
    titled = given.text.istitle() and family.text.istitle() and given.tag_ == family.tag_ == "NNP"
    return titled and given.dep_ == "compound" and given.head.i >= family.i


def _is_unknown(reading: Reading, name: Token) -> bool:
    """Whether a capitalised word is known to nobody, no office and no word for a body."""
    doc, words = reading.doc, reading.words
    if not name.text.istitle() or not name.is_alpha or name.pos_ not in {"NOUN", "PROPN"} or name.ent_type_:
        return False
    known = any(hit.start_char <= name.idx < hit.end_char for hit in reading.hits)
    titled = words.titles.match_from(doc, name.i)[1] or words.forces.match_from(doc, name.i)[1]
    headed = find_type_by_head(words, doc, name.i, name.i + 1) is not None
    deed = words.deeds.match_to(doc, name.i + 1)[1] or name.lower_ in words.crowds | words.calendar
    return not (known or titled or headed or deed) and name.tag_ in {"NN", "NNP"}
