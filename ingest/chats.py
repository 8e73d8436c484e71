"""Lines of a chat or a thread that begin with who wrote them: "wanjiru88: Orengo is right"."""

import re
from collections.abc import Iterable

_TIME = r"(?:[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]m)?[\])]?\s+)?"
_OPENING = re.compile(rf"^{_TIME}(?:<@?(?P<bracketed>[\w.-]{{2,25}})>|@?(?P<plain>[\w.-]{{2,25}}):)\s+(?=\S)")
_FEWEST_LINES = 2
_LETTERS = re.compile(r"[^\W\d_]")


def find_writers(lines: Iterable[str]) -> frozenset[str]:
    """Return the names under which lines of a text are written; none where it is no chat.

    A name of a chat is one word, and most are no words of a language: they hold a digit or an underscore, or begin with
    a small letter. What is written like "Iran: ..." is a list, and "Lavrov: ..." an interview.

    Cost: O(characters).
    """
    found = [_get_name(opening) for line in lines if (opening := _OPENING.match(line)) is not None]
    made_up = [name for name in found if _is_made_up(name)]
    return frozenset(found) if len(made_up) >= max(_FEWEST_LINES, (len(found) + 1) // 2) else frozenset()


def measure_opening(line: str, writers: frozenset[str]) -> int:
    """Return how many characters at the beginning of a line say who wrote it, and when; 0 for none."""
    opening = _OPENING.match(line) if writers else None
    return opening.end() if opening is not None and _get_name(opening) in writers else 0


def _get_name(opening: re.Match[str]) -> str:
    return opening["bracketed"] or opening["plain"]


def _is_made_up(name: str) -> bool:
    return (name[0].islower() or any(letter.isdigit() or letter == "_" for letter in name)) and bool(
        _LETTERS.search(name)
    )
