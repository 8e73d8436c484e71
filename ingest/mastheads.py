"""Outlets as monitors of the press head their reports: "Lisbon RADIO RENOVA in Portuguese 1700 GMT"."""

import re
from collections.abc import Iterator, Sequence

from ingest.gazetteer import Hit
from ingest.reading import Candidate, Reading, make_span_candidate

_IN_LANGUAGE = re.compile(
    r" (?P<outlet>[A-Z][\w'-]+(?: [A-Z\d][\w'-]*){0,5}) in (?P<language>[A-Z][a-z]+)(?: and [A-Z][a-z]+)?"
    r"(?= \d{4} GMT| \d{1,2} [A-Z][a-z]{2}|\s*$)"
)
_ALONE = re.compile(r" (?P<outlet>[A-Z][A-Z'-]+(?: [A-Z][A-Z'-]+){1,4})\s*$")
_NAMING = frozenset({"PROPN", "NOUN", "ADJ", "X"})
# What is spoken in more countries than the one it is called after, or called after none.
_LANGUAGES = frozenset(
    {
        *("English", "Arabic", "Hebrew", "Farsi", "Persian", "Dari", "Pashto", "Urdu", "Hindi", "Bengali"),
        *("Tamil", "Sinhala", "Kurdish", "Mandarin", "Cantonese", "Malay", "Swahili", "Amharic", "Tigrinya"),
        *("Hausa", "Afrikaans", "Catalan", "Basque", "Tajik", "Uighur", "Tibetan", "Tagalog", "Creole"),
    }
)


def set_mastheads_apart(reading: Reading, found: Sequence[Candidate]) -> list[Candidate]:
    """Return what is found with the outlets of mastheads and their towns, without the guesses that overlap an outlet.

    A whole outlet or a town that is known stays as it is known. Cost: linear in hits, and in what is found for each
    masthead.
    """
    kept = list(found)
    for hit, outlet in _iter_outlets(reading):
        known = [one for one in found if one.strength >= 3]
        if not any((one.start_char, one.end_char) == (outlet.start_char, outlet.end_char) for one in known):
            kept = [one for one in kept if not _overlap(one, outlet)] + [outlet]
        if not any(one.end_char == hit.end_char for one in known) and (town := _make_town(reading, hit)):
            kept.append(town)
    return kept


def _iter_outlets(reading: Reading) -> Iterator[tuple[Hit, Candidate]]:
    """Yield the outlet behind a town where a language or, in capitals, the end of the line follows it."""
    reached = 0
    for hit in reading.hits:
        if hit.start_char < reached or all(
            reading.gazetteer.get(form.id).type != "place" for form in hit.forms
        ):
            continue
        found = _IN_LANGUAGE.match(reading.text, hit.end_char)
        if found is not None and not is_language(reading, found["language"]):
            continue
        alone = found is None and hit.start_char == 0 and not reading.text[: hit.end_char].isupper()
        found = _ALONE.match(reading.text, hit.end_char) if alone else found
        span = reading.doc.char_span(*found.span("outlet")) if found is not None else None
        if span is None or (alone and any(word.pos_ not in _NAMING or word.is_stop for word in span)):
            continue
        reached = span.end_char
        yield hit, make_span_candidate(reading.doc, span.start, span.end, "media", 2)


def _make_town(reading: Reading, hit: Hit) -> Candidate | None:
    span = reading.doc.char_span(hit.start_char, hit.end_char)
    city = reading.gazetteer.choose_city([f for f in hit.forms if f.role == "city"], reading.countries)
    if span is None or city is None:
        return None
    return make_span_candidate(reading.doc, span.start, span.end, "place", 3)._replace(
        name=city.name, known_id=city.id, country_code=city.country_code
    )


def is_language(reading: Reading, word: str) -> bool:
    """Say whether a word is the name of a language, or of a nation that may have its own."""
    return word in _LANGUAGES or any(form.role == "adjective" for form in reading.gazetteer.find_forms(word))


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.start_char < other.end_char and other.start_char < one.end_char
