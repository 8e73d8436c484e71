"""How far apart two spellings of one word are, across romanisations.

Words are first brought to sound symbols, so that `Chruschtschow`, `Khrouchtchev` and `Khrushchev` meet; then a weighted
edit distance (Damerau's, restricted to neighbours) charges little for what transliterations vary in, vowels and kindred
consonants, and in full for anything else.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_SOUNDS = {
    "schtsch": "SC",
    "chtch": "SC",
    "stsch": "SC",
    "shch": "SC",
    "tsch": "C",
    "dsch": "j",
    "dzh": "j",
    "tch": "C",
    "sch": "S",
    "dj": "j",
    "ch": "C",
    "cz": "C",
    "sh": "S",
    "sz": "S",
    "zh": "Z",
    "kh": "K",
    "gh": "G",
    "ph": "f",
    "th": "T",
    "dh": "D",
    "ck": "k",
    "q": "k",
    "x": "ks",
    "ts": "c",
    "tz": "c",
    "ce": "se",
    "ci": "si",
    "cy": "si",
    "c": "k",
    "ou": "u",
    "oo": "u",
    "uu": "u",
    "ee": "i",
    "ie": "i",
    "ij": "i",
    "iy": "i",
    "yy": "i",
    "ii": "i",
    "ei": "e",
    "ai": "e",
    "ae": "e",
    "oe": "o",
    "ue": "u",
    "eo": "o",
    "eu": "u",
    "au": "o",
}
# These glides close a syllable only where no vowel follows: `Hayder` has one, `Hayat` has none.
_CLOSING = {"ay": "e", "ey": "e", "aj": "e", "ej": "e"}
_SOUND = re.compile(
    "|".join(
        [
            "qu(?=[ei])",
            *sorted(map(re.escape, _SOUNDS), key=len, reverse=True),
            rf"(?:{'|'.join(_CLOSING)})(?![aeiou])",
        ]
    )
)
_SOUND_OF = {**_SOUNDS, **_CLOSING, "qu": "k"}
_DOUBLED = re.compile(r"(.)\1+")
_VOWEL_Y = re.compile(r"y(?![aeou])")
_VOWELS = frozenset("aeiou")
_FAINT = frozenset("hywG")

# Pairs of sounds that romanisations exchange, with what the exchange costs; anything else between consonants is in full.
_KINDRED: dict[tuple[str, str], float] = {
    pair: cost
    for cost, pairs in (
        (0.1, "wv iy yj"),
        (0.2, "ei ou wu Kk CS Dd Tt jZ jg kG GK"),
        (0.25, "ae ao ij"),
        (0.3, "SZ Ss Zz CZ Cj Cc Cs kg KG Kh KC gG kh gh vf bv bp td sz Ts Dz jC cz cs SK dT wf zZ jK zj"),
        (0.35, "ai au eo eu io iu Ck dj"),
    )
    for both in pairs.split()
    for pair in ((both[0], both[1]), (both[1], both[0]))
}
_SUBSTITUTION = 1.2
_VOWEL_FOR_CONSONANT = 1.3
_FIRST_SOUND_EXTRA = 0.4
_FAR = 9.0


@lru_cache(maxsize=1 << 16)
def sound_symbols(word: str) -> str:
    """Return a lower-case ASCII word as sound symbols: capitals are single sounds such as `S` for sh and `K` for kh."""
    sounds = _SOUND.sub(lambda found: _SOUND_OF[found[0]], word)
    sounds = _VOWEL_Y.sub("i", sounds)
    sounds = _DOUBLED.sub(r"\1", sounds)
    return sounds[:-1] if len(sounds) > 2 and sounds.endswith("h") else sounds


_SKELETON = str.maketrans(
    {
        "K": "k", "G": "k", "g": "k", "h": "", "C": "s", "S": "s", "Z": "s", "z": "s", "c": "s", "j": "",
        "T": "t", "D": "t", "d": "t", "b": "p", "f": "p", "v": "", "w": "", "y": "", "m": "n",
        "a": "", "e": "", "i": "", "o": "", "u": "",
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def consonant_skeleton(word: str) -> str:
    """Return the coarse consonants of a word, at most five: what is left of it in nearly every spelling.

    Letters that cannot be told apart across romanisations share a sign; vowels and `h`, `j`, `v`, `w`, `y` vanish. A word of vowels
    alone is returned as its symbols.
    """
    sounds = sound_symbols(word)
    return _coarse(word)[:5] or sounds


_LAST_H = re.compile(r"(?<=..)h$", re.MULTILINE)


def consonant_skeletons(words: Sequence[str]) -> list[str]:
    """Return the `consonant_skeleton` of each word, none of which has a line break.

    Cost: 1 to 2 microseconds a word, a fraction of asking one by one.
    """
    # A line is read as a word is: nothing in the rules reaches beyond a line break.
    text = _SOUND.sub(lambda found: _SOUND_OF[found[0]], "\n".join(words))
    sounds = _LAST_H.sub("", _DOUBLED.sub(r"\1", _VOWEL_Y.sub("i", text)))
    coarse = _DOUBLED.sub(r"\1", sounds.translate(_SKELETON))
    return [
        skeleton[:5] or sound for skeleton, sound in zip(coarse.split("\n"), sounds.split("\n"), strict=True)
    ][: len(words)]


def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    kindred = _KINDRED.get((a, b))
    if kindred is not None:
        return kindred
    return _SUBSTITUTION if (a in _VOWELS) == (b in _VOWELS) else _VOWEL_FOR_CONSONANT


_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789CSZKGTD"
_SWAPS = {a: {b: _swap(a, b) for b in _SIGNS} for a in _SIGNS}
_GAPS = {sign: 0.45 if sign in _VOWELS else 0.4 if sign in _FAINT else 1.0 for sign in _SIGNS}
_LAST_GAPS = {sign: min(gap, 0.6) for sign, gap in _GAPS.items()}


@lru_cache(maxsize=1 << 16)
def _coarse(word: str) -> str:
    return _DOUBLED.sub(r"\1", sound_symbols(word).translate(_SKELETON))


def _is_far(left: str, right: str) -> bool:
    """Say cheaply that two words are surely further apart than any tolerance: their consonants differ in three places."""
    a, b = sound_symbols(left), sound_symbols(right)
    if not a or not b or abs(len(a) - len(b)) > 3:
        return True
    allowed = 1 if min(len(a), len(b)) <= 4 else 2
    return Levenshtein.distance(_coarse(left), _coarse(right), score_cutoff=allowed) > allowed


@lru_cache(maxsize=1 << 17)
def spelling_distance(left: str, right: str) -> float:
    """Return the cost of turning one lower-case ASCII word into the other; symmetric, 0 for the same sounds.

    One unrelated consonant costs 1 to 1.2, one vowel 0.2 to 0.45; words whose lengths differ by more than three sounds
    or whose consonants in more than two places cost 9. Cost: O(len(left) * len(right)), cached.
    """
    if left > right:
        return spelling_distance(right, left)
    a, b = sound_symbols(left), sound_symbols(right)
    if a == b:
        return 0.0
    return _FAR if _is_far(left, right) else _weighted_distance(a, b)


def _weighted_distance(a: str, b: str) -> float:
    gaps_b = [*map(_GAPS.__getitem__, b[:-1]), _LAST_GAPS[b[-1]]]
    before: list[float] = []
    above = [0.0]
    for gap in gaps_b:
        above.append(above[-1] + gap)
    last = len(a) - 1
    for i, x in enumerate(a):
        gap_x = _LAST_GAPS[x] if i == last else _GAPS[x]
        swaps = _SWAPS[x]
        row = [above[0] + gap_x]
        for j, y in enumerate(b):
            best = min(above[j] + swaps[y], above[j + 1] + gap_x, row[j] + gaps_b[j])
            if before and j and x != y and x == b[j - 1] and y == a[i - 1]:
                best = min(best, before[j - 1] + 0.7)
            row.append(best)
        before, above = above, row
    first_differs = _SWAPS[a[0]][b[0]] >= 1.0 and not {a[0], b[0]} <= _FAINT | _VOWELS
    return above[-1] + (_FIRST_SOUND_EXTRA if first_differs else 0.0)


def tolerance(left: str, right: str) -> float:
    """Return the highest distance at which two words of these lengths still pass for one; grows with the shorter."""
    shorter = min(len(sound_symbols(left)), len(sound_symbols(right)))
    if shorter <= 3:
        return 0.3
    if shorter <= 6:
        return 0.65 if shorter == 4 else 1.0
    return 1.15 if shorter <= 8 else 1.6


def _unvowelled(word: str) -> bool:
    """Say whether a word has no vowel after its first letter, as Arabic script gives it."""
    return len(word) > 2 and not _VOWELS & set(word[1:])


def _consonants(word: str) -> str:
    return "".join(sound for sound in sound_symbols(word) if sound not in _VOWELS)


@lru_cache(maxsize=1 << 17)
def spelling_likeness(left: str, right: str) -> float:
    """Return 1.0 for the same sounds, down to 0.55 at the tolerance, and 0.0 beyond it.

    A word without vowels, such as `qsm` out of Arabic script, is 0.8 like every word with its consonants.
    """
    if left == right:
        return 1.0
    if _unvowelled(left) != _unvowelled(right) and _consonants(left) == _consonants(right):
        return 0.8
    distance = spelling_distance(left, right)
    allowed = tolerance(left, right)
    return 0.0 if distance > allowed else 1.0 - 0.45 * distance / allowed


_JOINED_ARTICLE = re.compile(
    r"(?:[ae]l|[ae](?=(?P<sun>[tdrzsn])(?P=sun))[tdrzsn]|a(?=sh[aeiou]))(?P<rest>[a-z]{4,})\Z"
)


@lru_cache(maxsize=1 << 16)
def without_article(word: str) -> str:
    """Return a word without an Arabic article written into it: `almaliki`, `ennahda` and `asharq`; else the word itself."""
    found = _JOINED_ARTICLE.match(word)
    return found["rest"] if found else word
