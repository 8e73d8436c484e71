"""Units of armies that bear a number alone, and armies of lands that nobody knows: "the 14th Army", "the Biafran army"."""

from collections.abc import Iterator

from ingest.names import find_type_by_head, is_ordinal
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 1
_FORCE_STRENGTH = 2
_ARMIES = frozenset({"army", "navy"})
_OF_LANDS = ("an", "ese", "ish")
_GOING_ON = frozenset({"NOUN", "PROPN"})
_UNITS = frozenset({"Army", "Battalion", "Brigade", "Corps", "Division", "Fleet", "Regiment", "Squadron"})


def iter_numbered_units(reading: Reading) -> Iterator[Candidate]:
    """Yield ordinals with a capitalised word for a unit that the recogniser took for no name."""
    if reading.headline:
        return
    doc = reading.doc
    for index in range(1, len(doc)):
        unit, ordinal = doc[index], doc[index - 1]
        if unit.text not in _UNITS or not is_ordinal(ordinal):
            continue
        after = doc[index + 1] if index + 1 < len(doc) else None
        if after is None or after.pos_ not in {"PROPN", "NOUN"}:
            kind = find_type_by_head(reading.words, doc, index, index + 1) or "security-force"
            yield make_span_candidate(doc, index - 1, index + 1, kind, _STRENGTH)


def iter_unknown_armies(reading: Reading) -> Iterator[Candidate]:
    """Yield an adjective that the gazetteer lacks with the army or the navy behind it: "the Biafran army"."""
    if reading.headline:
        return
    doc = reading.doc
    for index in range(2, len(doc)):
        army, land = doc[index], doc[index - 1]
        if army.lower_ not in _ARMIES or not army.text.islower() or doc[index - 2].lower_ != "the":
            continue
        known = any(hit.start_char <= land.idx < hit.end_char for hit in reading.hits)
        called = land.text.istitle() and land.lower_.endswith(_OF_LANDS) and land.ent_type_ != "PERSON"
        after = doc[index + 1] if index + 1 < len(doc) else None
        if called and not known and (after is None or (after.pos_ not in _GOING_ON and after.lower_ != "of")):
            yield make_span_candidate(doc, index - 1, index + 1, "security-force", _FORCE_STRENGTH)
