"""Whether a named person is a "he" or a "she", as far as the name and the words beside it tell."""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from ingest.lexicon import LEXICON_FOLDER, read_words

Gender = Literal["female", "male"]
_REACH = 4


@cache
def _get_words(section: str) -> frozenset[str]:
    return frozenset(read_words((LEXICON_FOLDER,), "given_names", section))


def guess_gender(names: Iterable[str]) -> Gender | None:
    """Return the gender that a person's given name tells, or None where it tells none."""
    for name in names:
        parts = name.casefold().replace("-", " ").split()
        for part in parts[:-1]:
            if part in _get_words("female"):
                return "female"
            if part in _get_words("male"):
                return "male"
    return None


def read_gender(doc: Doc, start: int, end: int) -> Gender | None:
    """Return the gender that the words right beside a name tell: "Mrs Clinton", "spokeswoman Jen Psaki"."""
    beside = [token.lower_ for token in doc[max(0, start - _REACH) : start] if token.text not in {",", ";"}]
    for word in reversed(beside):
        if word in _get_words("female_words"):
            return "female"
        if word in _get_words("male_words"):
            return "male"
    for child in doc[start:end].root.children:
        if child.dep_ == "appos" and child.lower_ in _get_words("female_words"):
            return "female"
        if child.dep_ == "appos" and child.lower_ in _get_words("male_words"):
            return "male"
    return None
