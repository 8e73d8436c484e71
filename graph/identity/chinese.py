"""Chinese names in Latin letters: Pinyin, Wade-Giles, and which syllable is which."""

import re
from collections.abc import Sequence
from functools import lru_cache

from graph.names import name_words

_FINALS = "iang iong uang ueng uai uan iao ian ang eng ong ing ai ei ao ou an en in un ia ie iu ua uo ui ue er a o e i u"
_OLD_FINALS = "iung ieh ien ueh uei ung erh eh ih u"
_INITIALS = ("zh", "ch", "sh", "hs", "ts", "tz", *"bpmfdtnlgkhjqxrzcsyw")
_IMPOSSIBLE = re.compile(r"[gk]i|hi|hs")

# The classes in which Pinyin and Wade-Giles initials and finals meet; aspiration is rarely written, so pairs collapse.
_FROM_PINYIN = {
    "b": "p",
    "d": "t",
    "g": "k",
    "zh": "C",
    "ch": "C",
    "j": "C",
    "q": "C",
    "z": "Z",
    "c": "Z",
    "x": "X",
}
_FROM_WADE = {"ch": "C", "ts": "Z", "tz": "Z", "hs": "X", "j": "r"}
_WADE_FINAL = {
    "ieh": "ie", "ien": "ian", "ueh": "ue", "uei": "ui", "ung": "ong", "iung": "iong", "eh": "e", "ih": "i",
    "erh": "er", "o": "uo", "en": "en",
}  # fmt: skip
_WHOLE = {"yen": "yan", "yeh": "ye", "yung": "yong"}


@lru_cache(maxsize=1 << 15)
def _split(word: str, *, old: bool) -> tuple[str, ...]:
    """Return a word as Chinese syllables, longest first, or nothing when it is none."""
    finals = f"{_OLD_FINALS} {_FINALS}" if old else _FINALS
    initials = "hs|ts|tz|zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]" if old else "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
    ordered = "|".join(sorted(finals.split(), key=len, reverse=True))
    syllable = rf"(?:(?:{initials})(?:{ordered})|a|ai|an|ang|ao|e|en|er|ou)"
    whole = re.fullmatch(rf"({syllable})({syllable})?({syllable})?", word)
    found = tuple(part for part in whole.groups() if part) if whole else ()
    return (
        ()
        if any(_IMPOSSIBLE.match(part) and not (old and part.startswith("hs")) for part in found)
        else found
    )


def _spelled(word: str) -> str:
    return "li" if word == "lee" else word


def syllables(words: Sequence[str]) -> tuple[str, ...]:
    """Return all words as Chinese syllables, two to four of them; empty when one is not, or none is a Chinese surname."""
    if not 1 <= len(words) <= 4 or not {words[0], words[-1]} & name_words().chinese_surnames:
        return ()
    parts = [_split(word, old=False) or _split(word, old=True) for word in map(_spelled, words)]
    flat = tuple(part for word in parts for part in word)
    return flat if all(parts) and 2 <= len(flat) <= 4 else ()


def _sounds(part: str, *, old: bool) -> str:
    part = _WHOLE.get(part, part) if old else part
    initial = next((start for start in _INITIALS if part.startswith(start)), "")
    final = part[len(initial) :]
    if old:
        final = _WADE_FINAL.get(final, final)
    final = {"uo": "o", "ue": "ue"}.get(final, final)
    if old and initial in {"ts", "tz"} and final == "u":
        final = "i"
    return (_FROM_WADE if old else _FROM_PINYIN).get(initial, _FROM_PINYIN.get(initial, initial)) + final


def same_chinese_name(a: Sequence[str], b: Sequence[str], *, marked: tuple[bool, bool]) -> float:
    """Compare two Chinese names syllable by syllable: one other syllable is another person.

    Args:
        a: The words of one name.
        b: The words of the other.
        marked: Whether each is written with hyphens or apostrophes, as Wade-Giles is.

    Returns:
        0.97 for the same syllables, 0.92 for a swapped order, 0.85 across Wade-Giles and Pinyin, 0.6 for one letter more
        or less in a given name of two syllables, else at most 0.3.
    """
    parts_a, parts_b = _whole(a, old=False), _whole(b, old=False)
    if parts_a and parts_b:
        if parts_a == parts_b:
            return 0.97
        if _rotated(parts_a, parts_b):
            return 0.92
    if _across(a, b, marked):
        return 0.85
    return 0.6 if _one_letter(a, b) else 0.2


def _whole(words: Sequence[str], *, old: bool) -> tuple[str, ...]:
    parts = [_split(word, old=old) for word in map(_spelled, words)]
    return tuple(part for word in parts for part in word) if all(parts) else ()


def _rotated(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return len(a) == len(b) and any(a[turn:] + a[:turn] == b for turn in range(1, len(a)))


def _across(a: Sequence[str], b: Sequence[str], marked: tuple[bool, bool]) -> bool:
    """Say whether one name is the other in Wade-Giles; an unmarked Pinyin name is never read as Wade-Giles."""
    for old, new, old_is_marked in ((a, b, marked[0]), (b, a, marked[1])):
        parts_old, parts_new = _whole(old, old=True), _whole(new, old=False)
        if not parts_old or not parts_new or not (old_is_marked or not _whole(old, old=False)):
            continue
        sounds = tuple(_sounds(part, old=True) for part in parts_old)
        if sounds == tuple(_sounds(part, old=False) for part in parts_new):
            return True
    return False


def _one_letter(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether just one word differs, by one letter that the other lacks: `jingping` for `jinping`."""
    if len(a) != len(b):
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1:
        return False
    short, long = sorted(differing[0], key=len)
    return (
        len(short) >= 6
        and len(long) == len(short) + 1
        and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    )


def initial_classes(words: Sequence[str]) -> frozenset[str]:
    """Return the sorted initials of a Chinese name's syllables, as Pinyin and as Wade-Giles read them."""
    readings = ((old, _whole(words, old=old)) for old in (False, True))
    return frozenset(
        "".join(sorted(_sounds(part, old=old)[0] for part in parts)) for old, parts in readings if parts
    )
