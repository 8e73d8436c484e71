"""How likely two names that are no persons' mean one body, state, place or people."""

from collections.abc import Sequence
from functools import lru_cache

from graph.identity.body_names import BodyName, find_id_of, get_full_names, get_weight, parse_name_of_type
from graph.identity.spelling import spelling_likeness, without_article
from graph.names import name_words

_NO = 0.1
_DOUBTFUL = 0.45
_ACRONYM_SCORE = 0.85
_STRICT_TYPES = frozenset({"country", "place"})


def compare_bodies(left: str, right: str, entity_type: str) -> float:
    """Return how likely two names that are no persons' are one; see graph.identity.compare_names for the scale."""
    a, b = parse_name_of_type(left, entity_type), parse_name_of_type(right, entity_type)
    if not a.words or not b.words:
        return 0.0
    if (a.words, a.acronym) > (b.words, b.acronym):
        a, b = b, a
    if a.words == b.words:
        return 1.0
    known_a, known_b = find_id_of(a, entity_type), find_id_of(b, entity_type)
    if known_a and known_b:
        return 0.95 if known_a == known_b else _NO
    by_letters = _compare_letters(a, b)
    if by_letters is not None and not (known_a or known_b):
        return by_letters
    best = compare_body_words(a.words, b.words, entity_type) if by_letters is None else by_letters
    for known_id, other in ((known_a, b), (known_b, a)):
        if known_id and entity_type not in _STRICT_TYPES and not other.acronym:
            best = max(
                best,
                *(compare_body_words(words, other.words, entity_type) for words in get_full_names(known_id)),
            )
    return 0.9 if best < 0.9 and _are_respaced(a, b) else round(best, 4)


def _compare_letters(a: BodyName, b: BodyName) -> float | None:
    """Compare where at least one name is an acronym: its letters are the other's initials, or they are two."""
    if a.acronym and b.acronym:
        return 1.0 if a.acronym == b.acronym else _NO
    for short, long in ((a, b), (b, a)):
        if short.acronym and short.acronym in long.initials:
            return _ACRONYM_SCORE
        if short.acronym and len(long.words) > 1 and short.acronym not in long.words:
            return _NO
    return None


@lru_cache(maxsize=1 << 17)
def _likeness(a: str, b: str) -> float:
    """Return how alike two words are; words with a meaning of their own, numbers and states must be the same word."""
    if a == b:
        return 1.0
    known = name_words()
    if {a[0], b[0]} & {"#", "@"}:
        return 0.0
    if a in known.kinds and known.kinds[a] == known.kinds.get(b):
        return 0.5
    fixed = {
        word for word in (a, b) if word in known.words or word in known.opposites or word in known.common
    }
    if len(fixed) == 2:
        return 0.0
    likeness = max(spelling_likeness(a, b), 0.9 * spelling_likeness(without_article(a), without_article(b)))
    return likeness if likeness > (0.62 if not fixed else 0.7) else 0.0


def _aligned(a: Sequence[str], b: Sequence[str]) -> tuple[float, float, list[str], list[str]]:
    """Pair words, most alike first: mean likeness by weight, weight of what was paired, and what each has left over."""
    pairs = sorted(
        (-likeness, abs(i - j), i, j)
        for i, x in enumerate(a)
        for j, y in enumerate(b)
        if (likeness := _likeness(x, y)) > 0
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    paired = alike = 0.0
    for minus_likeness, _, i, j in pairs:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            weight = max(get_weight(a[i]), get_weight(b[j]))
            paired += weight
            alike -= weight * minus_likeness
    left_a = [word for i, word in enumerate(a) if i not in used_a]
    left_b = [word for j, word in enumerate(b) if j not in used_b]
    return (alike / paired if paired else 0.0), paired, left_a, left_b


def _are_respaced(a: BodyName, b: BodyName) -> bool:
    """Say whether two names are one but for spaces: `Exxon Mobil` and `ExxonMobil`."""
    if len(a.words) == len(b.words) or min(len(a.joined), len(b.joined)) < 5:
        return False
    return a.joined.isalpha() and b.joined.isalpha() and spelling_likeness(a.joined, b.joined) >= 0.85


@lru_cache(maxsize=1 << 16)
def compare_body_words(a: tuple[str, ...], b: tuple[str, ...], entity_type: str) -> float:
    """Compare two names by their words; `a` and `b` as in BodyName.words."""
    likeness, paired, left_a, left_b = _aligned(a, b)
    if not left_a and not left_b:
        return min(likeness, 0.97) if likeness < 1 else 0.95
    if left_a and left_b:
        share = paired / (paired + sum(map(get_weight, left_a)) + sum(map(get_weight, left_b)))
        return min(_DOUBTFUL, 0.6 * share * likeness)
    return _one_longer(likeness, paired, left_a or left_b, (b if left_a else a), entity_type)


def _one_longer(
    likeness: float, paired: float, dropped: Sequence[str], shorter: Sequence[str], entity_type: str
) -> float:
    """Score names of which the longer has all words of the shorter: the less is dropped, the likelier they are one."""
    known = name_words()
    lost = sum(map(get_weight, dropped))
    score = likeness * (0.2 + 0.8 * paired / (paired + lost))
    if any(word[0] == "#" or word in known.marking for word in dropped):
        return min(score, _DOUBTFUL)
    distinctive = any(get_weight(word) == 1.0 for word in shorter)
    names = sum(get_weight(word) == 1.0 and word[0] != "@" for word in shorter)
    if names < 2 and any(get_weight(word) == 1.0 and word[0] != "@" for word in dropped):
        return min(score, 0.47)
    drops_kinds_only = all(word in known.kinds or word in known.common for word in dropped)
    if entity_type in _STRICT_TYPES and not drops_kinds_only:
        return min(score, _DOUBTFUL)
    if not distinctive and any(get_weight(word) >= 0.6 for word in dropped):
        return min(score, 0.48)
    return min(score, 0.9)
