"""The parts of names that are not persons': bodies, groups, media, places, peoples; and how likely two are one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.names import name_words, plain_ascii
from graph.spelling import spelling_distance, spelling_likeness, without_article

_NO = 0.1
_DOUBTFUL = 0.45
_ACRONYM_SCORE = 0.85

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ELIDED = re.compile(r"\b[dDlL]['\u2019](?=\w{3})")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\Z")
_ROMAN_NUMBERS = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_WORD = re.compile(r"[A-Za-z0-9]+")
_FAITH = re.compile(
    r"(?P<stem>[a-z]{3,}?)[ -]?(?:(?:al|el|ad|ed|ud|id|ol|ul)[ -]?|[aeu]d?)?d(?:i|ee|ie)ne?\b"
)
_STRICT_TYPES = frozenset({"country", "place"})
_SPELLED_LIKE_WORDS = frozenset(
    [
        "us",
        "who",
        "is",
        "as",
        "it",
        "or",
        "an",
        "am",
        "car",
        "jam",
        "jan",
        "cis",
        "eta",
        "au",
        "ap",
        "pat",
        "un",
        "eu",
        "kh",
        "was",
    ]
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """The words of a name, lower-case ASCII, without articles and legal forms, each in the form that stands for its variants.

    Attributes:
        words: Numbers as `#5`, states as `@iraq`, other words singular.
        initials: First letters of the words as written, with and without small words and legal forms.
        acronym: The name itself when it is one word of two to six letters that is written as an acronym, else "".
    """

    words: tuple[str, ...]
    initials: frozenset[str]
    acronym: str


@lru_cache(maxsize=1 << 16)
def parse_body_name(name: str) -> BodyName:
    """Return the parts of a name that is no person's; `words` is empty only where it has no letter or digit."""
    text = plain_ascii(_ELIDED.sub(" ", name))
    bare = _ASIDE.sub(" ", text)
    text = bare if _WORD.search(bare) else text
    text = _DOTTED.sub(lambda dotted: dotted[0].replace(".", "").upper(), text).replace("&", " and ")
    written = list(_join_letters(_WORD.findall(text)))
    acronym = written[0] if len(written) == 1 and _is_acronym(written[0]) else ""
    return BodyName(_canonical(written), _initials(written), acronym.lower())


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 6 and word.isalpha() and sum(map(str.isupper, word)) >= max(2, len(word) - 1)


def _join_letters(words: Iterable[str]) -> Iterator[str]:
    """Give runs of single letters as one word: `H. J. Heinz` and `HJ Heinz` agree."""
    run = ""
    for word in words:
        if len(word) == 1 and word.isalpha() and word.isupper():
            run += word
            continue
        if run:
            yield run
            run = ""
        yield word
    if run:
        yield run


def _initials(written: Sequence[str]) -> frozenset[str]:
    known = name_words()
    lowered = [word.lower() for word in written]
    significant = [word for word in lowered if word not in known.stopwords]
    unlegal = [word for word in significant if word not in known.legal_forms]
    return frozenset(
        "".join(word[0] for word in words) for words in (lowered, significant, unlegal) if len(words) > 1
    )


def _canonical(written: Sequence[str]) -> tuple[str, ...]:
    known = name_words()
    expanded = [part for word in written for part in _expanded(word, alone=len(written) == 1)]
    kept = [word for word in expanded if word not in known.stopwords or word.isdigit()] or expanded
    plain = [word for word in kept if word not in known.legal_forms] or kept
    plain = _faithful(plain)
    return tuple(_numbered(_with_states(plain)))


def _expanded(word: str, *, alone: bool) -> Sequence[str]:
    """Spell out an acronym inside a longer name, such as `UN` in `UN Security Council`."""
    if not alone and word.isupper() and 2 <= len(word) <= 4:
        lowered = word.lower()
        if lowered in _state_keys():
            return (
                _state_keys()[lowered].split()
                if lowered not in _SPELLED_LIKE_WORDS
                else ["united", "states"]
                if lowered == "us"
                else [lowered]
            )
        full = _group_of_letters().get(lowered)
        if full:
            return full.split()
    if word in _ROMAN_NUMBERS:
        return [str(_ROMAN_NUMBERS[word])]
    return [word.lower()]


@cache
def _state_keys() -> dict[str, str]:
    """Return each spelling of a state, as space-joined words without articles, with the state's id."""
    words = name_words()
    keys: dict[str, str] = {}
    for state, names in words.countries.items():
        for name in names:
            kept = [word for word in _WORD.findall(plain_ascii(name)) if word not in words.stopwords]
            keys.setdefault(" ".join(kept), state)
    for people, state in words.demonyms.items():
        keys.setdefault(people.replace("-", " "), state)
    keys.update(
        {"north korean": "north korea", "south korean": "south korea", "south african": "south africa"}
    )
    return keys


@cache
def _group_of_letters() -> dict[str, str]:
    """Return acronyms of known bodies with the first full name of each."""
    found: dict[str, str] = {}
    for names in name_words().groups.values():
        full = next((name for name in names if " " in name or "-" in name), "")
        for name in names:
            if full and name.isalpha() and len(name) <= 5:
                found.setdefault(name, full.replace("-", " "))
    return found


def _with_states(words: Sequence[str]) -> Iterator[str]:
    """Replace each state's name or adjective by `@` and the state's id, longest first."""
    keys = _state_keys()
    start = 0
    while start < len(words):
        for length in range(min(5, len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + length])
            state = keys.get(phrase) or keys.get(phrase.removesuffix("s"))
            if state and not (length == 1 and phrase in _SPELLED_LIKE_WORDS):
                yield "@" + state.replace(" ", "-")
                start += length
                break
        else:
            yield words[start]
            start += 1


def _numbered(words: Iterable[str]) -> Iterator[str]:
    known = name_words()
    for word in words:
        ordinal = _ORDINAL.match(word)
        if ordinal or word.isdigit():
            yield "#" + (ordinal[1] if ordinal else word).lstrip("0")
        elif word in known.numbers:
            yield f"#{known.numbers[word]}"
        elif word.startswith("@"):
            yield word
        else:
            yield _standard(word)


def _standard(word: str) -> str:
    """Return the word that stands for this one: singular, American, spelled out."""
    words = name_words().words
    if word in words:
        return words[word]
    if len(word) > 4 and word.endswith("s") and word[-2] not in "suia":
        word = word[:-1]
    return words.get(word, word)


def _faithful(words: Sequence[str]) -> list[str]:
    """Join `salah din`, `salah eldin` and `salahuddin` to one word, and `hizb allah` likewise."""
    joined: list[str] = []
    for word in words:
        if joined and word in {"allah", "ullah", "allh"}:
            joined[-1] += "allah"
        elif joined and word in {"din", "deen", "dine", "eldin", "aldin", "addin", "eddin", "uddin"}:
            joined[-1] += "din"
        else:
            faith = _FAITH.fullmatch(word) if len(word) >= 8 else None
            joined.append(faith["stem"] + "din" if faith else word)
    return joined


@cache
def _known_names(table: str) -> dict[tuple[str, ...], str]:
    """Return the names of one table of names.yaml, parsed, with the id of what each names."""
    named = {
        "groups": name_words().groups,
        "places": name_words().places,
        "countries": name_words().countries,
    }[table]
    return {
        parse_body_name(name).words: known_id
        for known_id, names in list(named.items())[::-1]
        for name in names
    }


def find_known_id(name: str, entity_type: str) -> str:
    """Return the id of the state, place or body that a name is known to mean, else ""."""
    return _known_id(parse_name_of_type(name, entity_type), entity_type)


def parse_name_of_type(name: str, entity_type: str) -> BodyName:
    """Return the parts of a name of which the type is known: `us` and `uae` are letters where a state is meant."""
    return parse_body_name(_as_state(name) if entity_type == "country" else name)


def find_known_spellings(name: str) -> tuple[str, ...]:
    """Return the other names of the state, place or body that a name is known to mean; empty for an unknown name."""
    words = name_words()
    for entity_type, table in (
        ("country", words.countries),
        ("organization", words.groups),
        ("place", words.places),
    ):
        known_id = find_known_id(name, entity_type)
        if entity_type == "country" and known_id:
            states = {"@" + state.replace(" ", "-"): names for state, names in table.items()}
            return states.get(known_id, ())
        if known_id:
            return table[known_id]
    return ()


def _as_state(name: str) -> str:
    return name.upper() if len(name) <= 3 else name


def _known_id(name: BodyName, entity_type: str) -> str:
    if entity_type == "country":
        if len(name.words) != 1:
            return ""
        return name.words[0] if name.words[0][0] == "@" else _find_state_like(name.words[0])
    if entity_type == "place":
        return _known_names("places").get(name.words, "")
    if len(name.words) == 1 and name.words[0] in _SPELLED_LIKE_WORDS and not name.acronym:
        return ""
    return _known_names("groups").get(name.words, "")


def compare_bodies(left: str, right: str, entity_type: str) -> float:
    """Return how likely two names that are no persons' are one; see graph.identity.compare_names for the scale."""
    a, b = parse_name_of_type(left, entity_type), parse_name_of_type(right, entity_type)
    if not a.words or not b.words:
        return 0.0
    if (a.words, a.acronym) > (b.words, b.acronym):
        a, b = b, a
    if a.words == b.words:
        return 1.0
    known_a, known_b = _known_id(a, entity_type), _known_id(b, entity_type)
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
                *(compare_body_words(words, other.words, entity_type) for words in _full_names(known_id)),
            )
    return round(best, 4)


@lru_cache(maxsize=1 << 12)
def _find_state_like(word: str) -> str:
    """Return the one state that a word misspells by a vowel or two at most, else ""."""
    close = {
        "@" + state.replace(" ", "-")
        for spelling, state in _state_keys().items()
        if len(word) >= 5 and " " not in spelling and spelling_distance(word, spelling) <= 0.5
    }
    return close.pop() if len(close) == 1 else ""


@cache
def _full_names(known_id: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of a known body that have two words or more."""
    parsed = (parse_body_name(name).words for name in name_words().groups[known_id])
    return tuple(words for words in parsed if len(words) > 1) or ((known_id,),)


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


def get_weight(word: str) -> float:
    """Return how much of a name's identity a word carries: 1.0 for a name of its own, 0.35 for `army` or `party`."""
    known = name_words()
    if word[0] in "#@":
        return 1.0
    if word in known.kinds or word in known.common:
        return 0.35
    return 0.6 if word in known.words.values() else 1.0


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


def _respaced(a: Sequence[str], b: Sequence[str]) -> bool:
    """Say whether two names are one but for spaces: `Exxon Mobil` and `ExxonMobil`."""
    joined_a, joined_b = "".join(a), "".join(b)
    if (
        len(a) == len(b)
        or min(len(joined_a), len(joined_b)) < 5
        or not (joined_a.isalpha() and joined_b.isalpha())
    ):
        return False
    return spelling_likeness(joined_a, joined_b) >= 0.85


@lru_cache(maxsize=1 << 16)
def compare_body_words(a: tuple[str, ...], b: tuple[str, ...], entity_type: str) -> float:
    """Compare two names by their words; `a` and `b` as in BodyName.words."""
    likeness, paired, left_a, left_b = _aligned(a, b)
    if not left_a and not left_b:
        return min(likeness, 0.97) if likeness < 1 else 0.95
    if _respaced(a, b):
        return 0.9
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
