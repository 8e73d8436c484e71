"""Bodies of whose names the recogniser saw the end alone: "Cartel of the Suns", "Order of the Red Dawn"."""

from collections.abc import Iterator

from ingest.names import find_type_by_head
from ingest.parse import Doc
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 1
_MOST_BEFORE = 3
_BODIES = frozenset({"armed-group", "organization", "party"})


def iter_names_with_of(reading: Reading) -> Iterator[Candidate]:
    """Yield a capitalised word for a body with "of" and what was taken for a name of its own behind it."""
    if reading.headline:
        return
    doc = reading.doc
    for entity in doc.ents:
        of = _find_of(doc, entity.start)
        if entity.label_ != "ORG" or of < 1 or doc[of - 1].ent_type_ or not doc[of - 1].is_title:
            continue
        start = of - 1
        while (
            start and of - start < _MOST_BEFORE and doc[start - 1].is_title and doc[start - 1].tag_ == "NNP"
        ):
            start -= 1
        known = any(doc[of].idx < hit.start_char < entity.end_char for hit in reading.hits)
        kind = find_type_by_head(reading.words, doc, start, of)
        if not known and kind in _BODIES and doc[of - 1].tag_ in {"NNP", "NNPS"}:
            yield make_span_candidate(doc, start, entity.end, kind, _STRENGTH)


def _find_of(doc: Doc, start: int) -> int:
    """Return the "of" before a name, an article between them aside; 0 where there is none."""
    of = start - 1
    if of > 0 and doc[of].lower_ == "the":
        of -= 1
    return of if of > 0 and doc[of].lower_ == "of" else 0
