"""What has a name and never acts: operations and exercises, treaties, resolutions, wars, a senator's seat."""

import re

from ingest.names import NameWords, find_type_by_head, is_capitalised
from ingest.parse import Doc
from ingest.reading import Candidate

# A senator's party and state: "D-Calif."
_SEAT = re.compile(r"[RDI]-[A-Z][A-Za-z.]*")
_TAKEN_FOR = frozenset({"government-body", "organization"})
_BODIES = frozenset({"government-body", "organization", "party"})
_NAMED_BEFORE = frozenset({"operation", "exercise", "operations", "exercises"})


def is_deed(words: NameWords, doc: Doc, candidate: Candidate) -> bool:
    """Say whether a candidate names what is done, agreed or written: "Operation Desert Fox", "Security Council Resolution 2254".

    A word for a body decides first: the "Treaty Organization" acts, and so does the "Ministry of War".
    """
    start, end = candidate.start_token, candidate.end_token
    if _is_behind_kind(doc, start, end) or _SEAT.fullmatch(candidate.name):
        return True
    if candidate.type == "person" and candidate.strength:
        return False  # Law, Battle and Cup are surnames
    while end > start + 1 and _is_number(doc[end - 1].text):
        end -= 1
    if end - start < 2:
        return _is_told_alone(doc, candidate) and _ends_in_deed(words, doc, start, end)
    for index in range(start + 1, end):
        if doc[index].lower_ in {"of", "on", "for"}:
            if _ends_in_deed(words, doc, start, index):
                return True
            break
    if find_type_by_head(words, doc, start, end) is not None:
        return False
    return _ends_in_deed(words, doc, start, end)


def _is_told_alone(doc: Doc, candidate: Candidate) -> bool:
    """Say whether a lone word may be a deed's rather than a surname: "the Resolution", "Resolution 12"."""
    start, end = candidate.start_token, candidate.end_token
    article = start > 0 and doc[start - 1].lower_ in {"the", "this"}
    numbered = end < len(doc) and _is_number(doc[end].text)
    return candidate.type in _TAKEN_FOR or (candidate.type == "person" and (article or numbered))


def is_part_of_deed(words: NameWords, doc: Doc, candidate: Candidate) -> bool:
    """Say whether a name is only a part of a deed's: the town in "the Dayton Accords", the body in "Council Resolution 12"."""
    end = candidate.end_token
    if end >= len(doc) or not is_capitalised(doc[end]):
        return False
    after, values = words.deeds.match_from(doc, end)
    numbered = after < len(doc) and _is_number(doc[after].text)
    return bool(values) and (candidate.type == "place" or (candidate.type in _BODIES and numbered))


def _is_behind_kind(doc: Doc, start: int, end: int) -> bool:
    """Say whether "Operation" or "Exercise" opens a name, or stands right before it."""
    if doc[start].lower_ in _NAMED_BEFORE and is_capitalised(doc[start]) and end - start > 1:
        return is_capitalised(doc[start + 1])
    return start > 0 and doc[start - 1].text in {"Operation", "Exercise"}


def _ends_in_deed(words: NameWords, doc: Doc, start: int, end: int) -> bool:
    begins, values = words.deeds.match_to(doc, end)
    return bool(values) and begins >= start and is_capitalised(doc[end - 1])


def _is_number(text: str) -> bool:
    return any(character.isdigit() for character in text) or text in {"/", "-", "(", ")", "no.", "No."}
