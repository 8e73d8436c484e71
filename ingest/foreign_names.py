"""What a name is in another language, told in brackets behind it: "Kirkuk (Arabic: Karkuk, Kurdish: Kerkuk)"."""

import re

from ingest.mastheads import is_language
from ingest.reading import Candidate, Reading

_FARTHEST_CHARS = 120
_KNOWN = 3
_BEHIND_LANGUAGE = re.compile(r"\((?:[^()]*[,;] ?)?(?P<language>[A-Z][a-z]+): ?[^():]*$")


def is_foreign_form(reading: Reading, candidate: Candidate) -> bool:
    """Say whether a guessed name only tells what the one before the brackets is called in another language."""
    if candidate.strength >= _KNOWN:
        return False
    before = reading.text[max(0, candidate.start_char - _FARTHEST_CHARS) : candidate.start_char]
    found = _BEHIND_LANGUAGE.search(before)
    return found is not None and is_language(reading, found["language"])
