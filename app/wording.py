"""How counts, speakers and texts from anywhere are put into words for people."""

import re
from collections.abc import Sequence

from app.schemas import Breaks

_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"}
_WRITER = frozenset({"i", "me", "myself", "we", "us", "ourselves"})
_PRONOUNS = frozenset(
    {
        "he",
        "him",
        "himself",
        "she",
        "her",
        "herself",
        "it",
        "itself",
        "they",
        "them",
        "themselves",
        "you",
        "one",
    }
)
_ARTICLES = frozenset(
    {"a", "an", "the", "his", "her", "its", "their", "two", "three", "some", "several", "many"}
)


def plural(count: int, noun: str, nouns: str | None = None) -> str:
    """Return `1 claim`, `2 claims`."""
    return f"{count:,} {noun if count == 1 else nouns or noun + 's'}"


def clean_text(text: str) -> str:
    """Return text on one line without control characters, so that it cannot steer a terminal."""
    return " ".join(text.translate(_CONTROLS).split())


def describe_breaks(breaks: Breaks) -> list[str]:
    """Return in sentences what a connection hangs on."""
    sentences = [f"{_without(names)}, nothing connects them." for names in breaks.disconnect]
    sentences += [
        f"{_without(names)}, the best path that is left has another net sign."
        for names in breaks.changes_sign
    ]
    if not breaks.disconnect and breaks.exact:
        sentences.insert(0, "Whichever three sources are taken away, they stay connected.")
    if not breaks.exact:
        sentences.append("There may be more such sources; looking for them was stopped.")
    return sentences


def _without(names: Sequence[str]) -> str:
    *others, last = map(clean_text, names)
    return f"Without {', '.join(others)} and {last} together" if others else f"Without {last} alone"


def name_speaker(words: str, name: str | None) -> str | None:
    """Return who says so, to stand behind "according to"; None where the words name nobody.

    Args:
        words: The speaker as the document has it.
        name: The actor that the words were linked to, if any: it stands for a pronoun, and behind other words.
    """
    said = clean_text(words)
    linked = clean_text(name) if name else None
    if said.casefold() in _WRITER:
        return linked or "the writer"
    if said.casefold() in _PRONOUNS:
        return linked
    first, _, rest = said.partition(" ")
    if rest and first.casefold() in _ARTICLES:
        said = f"{first.lower()} {rest}"
    if linked is None or re.search(rf"\b{re.escape(linked)}\b", said, re.IGNORECASE):
        return said
    return f"{said} ({linked})"
