"""Units of armies that bear a number alone: "the 14th Army"."""

from collections.abc import Iterator

from ingest.names import find_type_by_head, is_ordinal
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 1
_UNITS = frozenset({"Army", "Battalion", "Brigade", "Corps", "Division", "Fleet", "Regiment", "Squadron"})


def iter_numbered_units(reading: Reading) -> Iterator[Candidate]:
    """Yield ordinals with a capitalised word for a unit that the recogniser took for no name."""
    doc = reading.doc
    for index in range(1, 0 if reading.headline else len(doc)):
        unit, ordinal = doc[index], doc[index - 1]
        if unit.text not in _UNITS or not is_ordinal(ordinal):
            continue
        after = doc[index + 1] if index + 1 < len(doc) else None
        if after is None or after.pos_ not in {"PROPN", "NOUN"}:
            kind = find_type_by_head(reading.words, doc, index, index + 1) or "security-force"
            yield make_span_candidate(doc, index - 1, index + 1, kind, _STRENGTH)
