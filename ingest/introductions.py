"""Names that a document teaches its reader: acronyms in brackets, and later uses of a name given in full before."""

import re
from collections.abc import Iterator, Sequence

from ingest.names import NameWords, drop_generation
from ingest.parse import Doc
from ingest.reading import Candidate, make_span_candidate
from ingest.types import ParsedBlock

_MIN_REPEAT_CHARS = 4
_PAIR = 2
# Countries whose people the English-language press names family name first.
_FAMILY_FIRST = frozenset({"CN", "KP", "KR", "TW"})
_HYPHENATED_GIVEN = re.compile(r"[A-Z][a-z]+-[a-z]+")
_PARTICLES = frozenset({"al", "el", "of", "the", "for", "and", "in", "on", "de", "la", "du", "des"})
_MAX_CALLING = 7
_CALLING = frozenset(
    {",", "which", "is", "was", "better", "best", "widely", "commonly", "usually", "also", "known", "generally", "more"}
)  # fmt: skip
_INTRODUCING = frozenset(
    {"its", "the", "acronym", "initials", "french", "spanish", "portuguese", "arabic", "local"}
)

Found = tuple[int, Candidate]


def find_introductions(blocks: Sequence[ParsedBlock], found: Sequence[Found]) -> dict[str, Candidate]:
    """Return the full name for each acronym that the document introduces: "Full Name (FN)" or "FN (Full Name)"."""
    introduced: dict[str, Candidate] = {}
    for number, candidate in found:
        doc = blocks[number].doc
        acronym = _get_bracketed(doc, candidate.end_token)
        if acronym is None:
            acronym = _get_before_bracket(doc, candidate.start_token) or _get_called(doc, candidate.end_token)
        if (
            acronym is not None
            and candidate.type not in {"person", "place"}
            and _fits(acronym, candidate, doc)
        ):
            introduced.setdefault(acronym, candidate)
    return introduced


def iter_repeats(
    blocks: Sequence[ParsedBlock], found: Sequence[Found], introduced: dict[str, Candidate], words: NameWords
) -> Iterator[Found]:
    """Yield later uses of introduced acronyms, of surnames and of unknown names that no finder saw."""
    table = _make_table(found, introduced, words)
    covered = {(number, token) for number, c in found for token in range(c.start_token, c.end_token)}
    for number, (block, doc) in enumerate(blocks):
        if block.kind == "headline" and doc.text.isupper():
            continue
        index = 0
        while index < len(doc.tokens):
            after = index + 1
            for name, entity_type in table.get(doc.tokens[index].text, ()):
                end = index + len(name)
                free = not any((number, token) in covered for token in range(index, end))
                if (
                    free
                    and [token.text for token in doc[index:end]] == list(name)
                    and not _is_inside_name(doc, index, end)
                ):
                    yield number, make_span_candidate(doc, index, end, entity_type, 2)
                    after = end
                    break
            index = after


def _make_table(
    found: Sequence[Found], introduced: dict[str, Candidate], words: NameWords
) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the names to look for by their first token, longest first."""
    names: dict[tuple[str, ...], str] = {tuple(name.split()): c.type for name, c in introduced.items()}
    for _, candidate in found:
        parts = tuple(candidate.name.split())
        if candidate.type == "person" and len(parts) > 1:
            parts = tuple(drop_generation(parts))
            surname = (
                parts[-1].rpartition("-")[2] if parts[-1][:3].casefold() in {"al-", "el-"} else parts[-1]
            )
            if _has_family_name_first(candidate, parts):
                names.setdefault((parts[0],), "person")
            elif _is_worth_seeking(surname, words):
                names.setdefault((surname,), "person")
            if candidate.known_id is None and len(parts) == _PAIR and _is_worth_seeking(parts[0], words):
                names.setdefault((parts[0],), "person")
        elif (
            candidate.known_id is None
            and candidate.strength >= 1
            and _is_worth_seeking(candidate.name, words)
        ):
            names.setdefault(parts, candidate.type)
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for parts, entity_type in sorted(names.items(), key=lambda item: -len(item[0])):
        table.setdefault(parts[0], []).append((parts, entity_type))
    return table


def _has_family_name_first(candidate: Candidate, parts: Sequence[str]) -> bool:
    """Say whether a person's short name is the first word of the full one: "Moon Jae-in ... Moon"."""
    first = parts[0]
    east_asian = candidate.country_code in _FAMILY_FIRST and len(parts) < 4
    given = len(parts) == 2 and _HYPHENATED_GIVEN.fullmatch(parts[1]) is not None
    return (east_asian or given) and len(first) > 2 and first[0].isupper() and first.isalpha()


def _is_worth_seeking(name: str, words: NameWords) -> bool:
    return (
        len(name) >= _MIN_REPEAT_CHARS and name.casefold() not in words.lower_case_words and name[0].isupper()
    )


def _is_inside_name(doc: Doc, start: int, end: int) -> bool:
    """Say whether the words are only part of a longer run of capitalised words."""
    before = start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].ent_type_ not in {"", "PERSON"}
    after = end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].ent_type_ not in {"", "PERSON", "DATE"}
    return before or after


def _get_bracketed(doc: Doc, end: int) -> str | None:
    """Return the acronym in the brackets that open at a token."""
    if end + 2 < len(doc) and doc[end].text == "(" and doc[end + 2].text in {")", ",", ";"}:
        return _as_acronym(doc[end + 1].text)
    return None


def _get_before_bracket(doc: Doc, start: int) -> str | None:
    """Return the acronym before the brackets that a name stands in."""
    opening = start - 1
    if opening > 0 and doc[opening].lower_ == "the":
        opening -= 1
    return _as_acronym(doc[opening - 1].text) if opening > 0 and doc[opening].text == "(" else None


def _get_called(doc: Doc, end: int) -> str | None:
    """Return the acronym that a name is said to be known as: "the Front for Change, which is known as FC"."""
    words = doc[end : end + _MAX_CALLING]
    called = next((token.i for token in words if token.lower_ in {"as", "by", "called", "or"}), None)
    if called is None or any(token.lower_ not in _CALLING for token in doc[end:called]):
        return None
    known = doc[called].lower_ in {"called", "or"} or "known" in doc[end:called].text.lower().split()
    while called + 1 < len(doc) and doc[called + 1].lower_ in _INTRODUCING:
        called += 1
    if not known or called + 1 >= len(doc):
        return None
    text = doc[called + 1].text
    return _as_acronym(text) if text.isupper() or not text.istitle() else None


def _as_acronym(text: str) -> str | None:
    letters = [character for character in text if character.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return text if 2 <= len(letters) <= 10 and capitals >= 2 and capitals * 2 > len(letters) else None


def _fits(acronym: str, candidate: Candidate, doc: Doc) -> bool:
    """Say whether an acronym can be short for a name.

    Two or more of its letters must be initials in order; names in another language than the acronym's are
    taken only for groups and bodies of at least three words.
    """
    words = [w for w in doc.text[candidate.start_char : candidate.end_char].replace("-", " ").split() if w]
    if acronym in words or len(words) < 2:
        return False
    initials = "".join(word[0] for word in words if word.casefold() not in _PARTICLES).upper()
    letters = [letter for letter in acronym.upper() if letter.isalpha()]
    position = matched = 0
    for letter in letters:
        at = initials.find(letter, position)
        if at >= 0:
            matched, position = matched + 1, at + 1
    return matched * 2 >= len(letters) or len(words) >= 3
