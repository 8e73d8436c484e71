"""How likely two names are one person's."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from graph.identity.chinese import same_chinese_name
from graph.identity.person_names import JOINED_PARTICLES, PersonName, parse_person_name
from graph.identity.spelling import sound_symbols, spelling_likeness, without_article
from graph.names import name_words

SURNAME_ONLY = 0.5
"""Score of a surname beside a full name that ends in it: enough inside one document, never for a merge across them."""

_DOUBTFUL = 0.45
_NO = 0.2
_PATRONYMIC = re.compile(
    r"[a-z]{3,}(?:ovich|evich|ovych|evych|owitsch|ewitsch|ovna|evna|yvna|ivna|ovic|evitch|ovitch)\Z"
)


@lru_cache(maxsize=1 << 17)
def _likeness(a: str, b: str) -> float:
    """Return how alike two words of persons' names are, within [0, 1]; 0.75 for an initial, 0 for two known given names."""
    if a == b:
        return 1.0
    if len(a) == 1 or len(b) == 1:
        return 0.75 if a[0] == b[0] else 0.0
    by_meaning = _likeness_of_known(a, b)
    if by_meaning is not None:
        return by_meaning
    if a[:3] != "abd" and b[:3] != "abd" and (a + "din" == b or b + "din" == a):
        return 0.7
    if a[:3] == b[:3] and a[:3] in {"abd", "abu", "umm"}:
        return _likeness(a[3:], b[3:]) if len(a) > 4 and len(b) > 4 else 0.0
    return max(spelling_likeness(a, b), _likeness_unjoined(a, b))


def _likeness_of_known(a: str, b: str) -> float | None:
    """Compare given names and surnames whose forms are known; None where they say nothing."""
    known = name_words()
    names_a, names_b = known.given.get(a), known.given.get(b)
    if names_a and names_b:
        return 0.93 if names_a & names_b else 0.0
    if a in known.surnames and b in known.surnames:
        return 0.9 if known.surnames[a] == known.surnames[b] else 0.0
    is_other_gender = (names_a or names_b) and _is_feminine(a, b)
    return 0.0 if is_other_gender else None


def _is_feminine(a: str, b: str) -> bool:
    """Say whether one name is the other with a feminine ending, as Munir and Mounira."""
    sounds_a, sounds_b = sound_symbols(a), sound_symbols(b)
    return sounds_a + "a" == sounds_b or sounds_b + "a" == sounds_a


def _likeness_unjoined(a: str, b: str) -> float:
    """Compare with an article or particle written into one of the words: `almaliki`, `degaulle`."""
    for joined, word in ((a, b), (b, a)):
        plain = without_article(joined)
        if plain == joined and joined.startswith(JOINED_PARTICLES) and len(joined) >= 6:
            plain = joined.removeprefix(next(part for part in JOINED_PARTICLES if joined.startswith(part)))
            plain = plain if plain == word else joined
        if plain != joined and word[:2] != joined[:2]:
            return 0.9 * spelling_likeness(plain, word)
    return 0.0


def _aligned(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, float]]:
    """Pair the words of two names, the most alike and the nearest in position first. Cost: O(len(a) * len(b))."""
    pairs = sorted(
        (
            (-likeness, abs(i - j), i, j)
            for i, x in enumerate(a)
            for j, y in enumerate(b)
            if (likeness := _likeness(x, y)) > 0
        ),
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    chosen: list[tuple[int, int, float]] = []
    for minus_likeness, _, i, j in pairs:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            chosen.append((i, j, -minus_likeness))
    return sorted(chosen)


def _respaced(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Join neighbours of one name that the other writes as one word: `jong un` beside `jongun`."""
    for long, short in ((a, b), (b, a)):
        for index, (first, second) in enumerate(pairwise(long)):
            if len(first) > 1 and any(
                len(word) > max(len(first), len(first + second) - 3)
                and spelling_likeness(first + second, word) > 0.75
                for word in short
            ):
                merged = (*long[:index], first + second, *long[index + 2 :])
                return _respaced(merged, b) if long is a else _respaced(a, merged)
    return a, b


def compare_persons(left: str, right: str) -> float:
    """Return how likely two names are one person's; see graph.identity.compare_names for the scale."""
    a, b = parse_person_name(left), parse_person_name(right)
    if not a.words or not b.words:
        return 0.0
    if (a.words, b.words) > (b.words, a.words):
        a, b = b, a
    score = min(_compare_words(a, b), _cap_by_suffix(a, b))
    return round(score - _suffix_cost(a, b) if score > 0.6 else score, 4)


def _cap_by_suffix(a: PersonName, b: PersonName) -> float:
    differ = (a.generation and b.generation and a.generation != b.generation) or (
        a.number and b.number and a.number != b.number
    )
    return _NO if differ else 1.0


def _suffix_cost(a: PersonName, b: PersonName) -> float:
    return 0.04 if a.generation != b.generation or a.number != b.number else 0.0


def _compare_words(a: PersonName, b: PersonName) -> float:
    if a.words == b.words:
        return 1.0
    if a.syllables and b.syllables and min(len(a.syllables), len(b.syllables)) > 1:
        return same_chinese_name(a.words, b.words, marked=(a.marked, b.marked))
    short, long = _by_length(a.words, b.words)
    pairs = _aligned(short, long)
    if len(pairs) < len(short):
        short, long = _by_length(*_respaced(a.words, b.words))
        pairs = _aligned(short, long)
    if len(pairs) < len(short):
        return _conflict(short, long, pairs)
    if len(short) == 1:
        return _alone(short[0], long, pairs[0])
    return _all_found(short, long, pairs)


def _by_length(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (a, b) if (len(a), a) <= (len(b), b) else (b, a)


def _conflict(short: Sequence[str], long: Sequence[str], pairs: list[tuple[int, int, float]]) -> float:
    """Score names of which each has a word the other has not: two people, the less surely the more they share."""
    if len(short) == 1 or not pairs:
        return 0.0
    return min(_DOUBTFUL, 0.4 * sum(likeness for _, _, likeness in pairs) / len(long))


def _alone(word: str, long: Sequence[str], pair: tuple[int, int, float]) -> float:
    """Score a single word beside another name: a surname says something, a given name or a common surname less."""
    _, position, likeness = pair
    if len(word) == 1:
        return _NO if len(long) > 1 else 0.6
    if len(long) == 1:
        return likeness if likeness > 0.6 else 0.45
    if position == len(long) - 1 and len(long[position]) > 1:
        common = word in name_words().common_surnames
        return 0.4 if common else SURNAME_ONLY if likeness >= 0.8 else 0.46
    return 0.42 if position == 0 and likeness >= 0.8 else 0.3


def _all_found(short: Sequence[str], long: Sequence[str], pairs: list[tuple[int, int, float]]) -> float:
    """Score names of which the longer holds every word of the shorter."""
    full = [likeness for i, j, likeness in pairs if len(short[i]) > 1 and len(long[j]) > 1]
    if not full:
        return 0.6 if len(short) == len(long) else 0.4
    loss = sum(1 - likeness for _, _, likeness in pairs) / len(pairs)
    fuzz = sum(1 - likeness for likeness in full if likeness < 0.9)
    missing = sorted(set(range(len(long))) - {j for _, j, _ in pairs})
    score = 1.0 - 0.9 * loss - sum(_cost_of_missing(long[j]) for j in missing)
    caps = [
        0.48 if fuzz > 0.75 else 1.0,
        _cap_by_order(short, long, pairs),
        _cap_by_missing(short, long, pairs, missing),
    ]
    in_order = all(x[1] < y[1] for x, y in pairwise(pairs))
    score -= 0.0 if in_order else 0.05
    if missing or len(full) < len(pairs):
        score = _discount_incomplete(score)
    return max(0.0, min(score, *caps))


def _discount_incomplete(score: float) -> float:
    """Keep names of which one leaves out or abbreviates a word below 0.9: Ali Hassan al-Majid is one of many Ali Hassans."""
    return min(score, 0.8 + 0.45 * (score - 0.8))


def _cost_of_missing(word: str) -> float:
    if len(word) == 1 or _PATRONYMIC.match(word):
        return 0.02
    return 0.05


def _cap_by_order(short: Sequence[str], long: Sequence[str], pairs: list[tuple[int, int, float]]) -> float:
    """Doubt two swapped names when both are given names: Ali Hassan need not be Hassan Ali."""
    if len(short) != 2 or len(long) != 2 or pairs[0][1] == 0:
        return 1.0
    given = name_words().given
    return _DOUBTFUL if all(word in given or len(word) == 1 for word in (*short, *long)) else 1.0


def _cap_by_missing(
    short: Sequence[str], long: Sequence[str], pairs: list[tuple[int, int, float]], missing: Sequence[int]
) -> float:
    if not missing:
        return 1.0
    known = name_words()
    to_short = {j: i for i, j, _ in pairs}
    middle_differs = len(short) > 2 and 1 in missing and len(long[1]) == 1 and to_short.get(0) == 0
    if middle_differs and any(to_short.get(j) == 1 for j in range(2, len(long) - 1)):
        return _DOUBTFUL
    last_is_fuzzy = len(long) - 1 in missing and any(likeness < 0.85 for _, j, likeness in pairs if j)
    if last_is_fuzzy:
        return 0.47
    if 0 not in missing:
        return 1.0
    return _cap_by_missing_first(long, missing, known.given.get(long[0], frozenset()))


def _cap_by_missing_first(long: Sequence[str], missing: Sequence[int], names: frozenset[int]) -> float:
    """A dropped first name is often a father's whole name kept: Uday Saddam Hussein is not Saddam Hussein."""
    known = name_words()
    if len(long[0]) == 1 or names & known.given["mohammed"]:
        return 1.0
    following = known.given.get(long[1], frozenset()) if 1 not in missing else frozenset()
    if names & known.arabic_given and following & known.arabic_given:
        return _DOUBTFUL
    return 0.58
