"""Bodies that are named with the state or body that they are of: "Kenya's Maritime Council"."""

from collections.abc import Iterator, Sequence

from ingest.reading import Candidate, Reading

_OWNER_TYPES = frozenset({"country", "government-body", "organization"})
_BODY_TYPES = frozenset({"government-body", "security-force"})


def join_possessed(reading: Reading, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the candidates, a body without a known name together with the state or body that it is of.

    "Kenya's Maritime Council" is one name, and Kenya another within it.
    """
    doc = reading.doc
    by_end = {candidate.end_token: candidate for candidate in kept}
    for candidate in kept:
        start = candidate.start_token
        owner = by_end.get(start - 1) if start > 1 and doc[start - 1].tag_ == "POS" else None
        if (
            candidate.type not in _BODY_TYPES
            or candidate.known_id
            or owner is None
            or owner.type not in _OWNER_TYPES
        ):
            yield candidate
            continue
        name = f"{owner.name}'s {candidate.name}"
        if owner.type == "country":
            country = reading.gazetteer.lexicon.countries_by_iso.get(owner.country_code or "")
            name = f"{country.adjectives[0]} {candidate.name}" if country and country.adjectives else name
        yield candidate._replace(
            start_char=owner.start_char,
            start_token=owner.start_token,
            name=name,
            country_code=owner.country_code,
        )
