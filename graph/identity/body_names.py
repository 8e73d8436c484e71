"""The parts of names that are not persons' (bodies, groups, media, places, peoples), and which of them are known."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.identity.spelling import spelling_distance
from graph.names import name_words, plain_ascii

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_ELIDED = re.compile(r"\b[dDlL]['\u2019](?=\w{3})")
_DOTTED = re.compile(r"\b(?:[A-Za-z]\.){2,}(?:[A-Za-z]\b)?")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\Z")
_ROMAN_NUMBERS = {"II": 2, "III": 3, "IV": 4, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}
_WORD = re.compile(r"[A-Za-z0-9]+")
_FAITH = re.compile(
    r"(?P<stem>[a-z]{3,}?)[ -]?(?:(?:al|el|ad|ed|ud|id|ol|ul)[ -]?|[aeu]d?)?d(?:i|ee|ie)ne?\b"
)
_SPELLED_LIKE_WORDS = frozenset(
    "us who is as it or an am car jam jan cis eta au ap pat un eu kh was".split()  # noqa: SIM905, one line reads better than twenty
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """The words of a name, lower-case ASCII, without articles and legal forms, each in the form that stands for its variants.

    Attributes:
        words: Numbers as `#5`, states as `@iraq`, other words singular.
        initials: First letters of the words as written, with and without small words and legal forms.
        joined: All words as written, without spaces, articles and legal forms.
        acronym: The name itself when it is one word of two to six letters that is written as an acronym, else "".
    """

    words: tuple[str, ...]
    initials: frozenset[str]
    joined: str
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
    known = name_words()
    lowered = (word.lower() for word in written)
    joined = "".join(
        word for word in lowered if word not in known.stopwords and word not in known.legal_forms
    )
    return BodyName(_canonical(written), _initials(written), joined, acronym.lower())


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
    return find_id_of(parse_name_of_type(name, entity_type), entity_type)


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


def find_id_of(name: BodyName, entity_type: str) -> str:
    """Return what `find_known_id` does for a name that has been read."""
    if entity_type == "country":
        if len(name.words) != 1:
            return ""
        word = name.words[0]
        state = _state_keys().get(word, "")
        return word if word[0] == "@" else "@" + state.replace(" ", "-") if state else _find_state_like(word)
    if entity_type == "place":
        return _known_names("places").get(name.words, "")
    if len(name.words) == 1 and name.words[0] in _SPELLED_LIKE_WORDS and not name.acronym:
        return ""
    return _known_names("groups").get(name.words, "")


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
def get_full_names(known_id: str) -> tuple[tuple[str, ...], ...]:
    """Return the names of a known body that have two words or more."""
    parsed = (parse_body_name(name).words for name in name_words().groups[known_id])
    return tuple(words for words in parsed if len(words) > 1) or ((known_id,),)


def get_weight(word: str) -> float:
    """Return how much of a name's identity a word carries: 1.0 for a name of its own, 0.35 for `army` or `party`."""
    known = name_words()
    if word[0] in "#@":
        return 1.0
    if word in known.kinds or word in known.common:
        return 0.35
    return 0.6 if word in known.words.values() else 1.0
