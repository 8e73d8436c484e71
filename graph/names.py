"""Names as they are read: the words of a name without what comes and goes between spellings.

What is known about words (titles, legal forms, given names, states) is data, in names.yaml.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Protocol

from anyascii import anyascii

from graph.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class NameWords:
    """What is known about the words of names; every word is lower-case ASCII.

    Attributes:
        given: Given name to the ids of the names it may be a form of.
        arabic_given: Ids in `given` that are Arabic names, which also stand as fathers' names.
        words: A word of an organisation's name to the word that stands for all its forms.
        kinds: A kind of body, such as `movement`, to the number of its family.
        opposites: A word to the number of the family in which one word excludes the others.
        groups: A name, in words, to the id of the body it is known to mean.
        group_names: Id of a known body to its names in full, in words.
        countries: A state's name, in words, to the state's id.
        demonyms: An adjective or people to the state's id.
        places: A place's name, in words, to the place's id.
    """

    titles: frozenset[str]
    titles_and_names: frozenset[str]
    offices: frozenset[str]
    suffixes: frozenset[str]
    generations: Mapping[str, str]
    particles: frozenset[str]
    stopwords: frozenset[str]
    legal_forms: frozenset[str]
    given: Mapping[str, frozenset[int]]
    arabic_given: frozenset[int]
    surnames: Mapping[str, int]
    common_surnames: frozenset[str]
    chinese_surnames: frozenset[str]
    words: Mapping[str, str]
    kinds: Mapping[str, int]
    common: frozenset[str]
    opposites: Mapping[str, int]
    marking: frozenset[str]
    numbers: Mapping[str, int]
    groups: Mapping[str, tuple[str, ...]]
    countries: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, str]
    places: Mapping[str, tuple[str, ...]]


@cache
def name_words() -> NameWords:
    """Return what names.yaml says, read once."""
    text = files("graph").joinpath("names.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = read_yaml(text)
    arabic, western = (_lines(data["given"][origin]) for origin in ("arabic", "western"))
    states = [str(line).partition("|") for line in data["countries"]]
    countries = _named(state[0] for state in states)
    return NameWords(
        titles=_set(data["titles"]),
        titles_and_names=_set(data["titles_and_names"]),
        offices=_set(data["offices"]),
        suffixes=_set(data["suffixes"]),
        generations=data["generations"],
        particles=_set(data["particles"]),
        stopwords=_set(data["stopwords"]),
        legal_forms=_set(data["legal_forms"]),
        given=_memberships([*arabic, *western]),
        arabic_given=frozenset(range(len(arabic))),
        surnames={word: number for number, line in enumerate(_lines(data["surnames"])) for word in line},
        common_surnames=_set(data["common_surnames"]),
        chinese_surnames=_set(data["chinese_surnames"]),
        words={word: line[0] for line in _lines(data["words"]) for word in line},
        kinds={word: number for number, line in enumerate(_lines(data["kinds"])) for word in line},
        common=_set(data["common"]),
        opposites={word: number for number, line in enumerate(_lines(data["opposites"])) for word in line},
        marking=_set(data["marking"]),
        numbers=data["numbers"],
        groups=_named(data["groups"]),
        countries=countries,
        demonyms={
            word: name for name, state in zip(countries, states, strict=True) for word in [*state[2].split()]
        },
        places=_named(data["places"]),
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _lines(lines: Iterable[str]) -> list[list[str]]:
    return [str(line).split() for line in lines]


def _memberships(lines: Iterable[list[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _named(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the first name of each line with all names of the line."""
    named = ([name.strip() for name in str(line).split(";")] for line in lines)
    return {names[0]: tuple(names) for names in named}


# The long vowels and the hamza carriers of Arabic script, which a letter-by-letter romanisation would drop.
_ARABIC_LETTERS = str.maketrans("اأإآٱةىیيوعءئؤ", "aaiaaaayyw  yw".replace(" ", "'"))
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_ARTICLE = re.compile(r"(?<![\u0600-\u06ff])ال(?!له\b)(?=[\u0600-\u06ff]{3})")
_HAN = re.compile(r"([\u3400-\u9fff])")
_APOSTROPHES = re.compile(
    r"(?<=\w)['`\u2018\u2019\u02bc\u02bb\u02bf\u02be]s\b|['`\u2018\u2019\u02bc\u02bb\u02bf\u02be]"
)
_DOTTED = re.compile(r"\b((?:[A-Za-z]\.){2,})(?![A-Za-z]{2})")


@lru_cache(maxsize=1 << 16)
def plain_ascii(text: str) -> str:
    """Return a name in Latin letters, digits and ASCII punctuation, case kept; apostrophes and possessive 's are dropped."""
    return _APOSTROPHES.sub("", text if text.isascii() else _romanise(text))


def _romanise(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = _HAN.sub(r" \1 ", text)
    if _ARABIC.search(text):
        text = _ARABIC_ARTICLE.sub("al-", text).translate(_ARABIC_LETTERS)
    return anyascii(text)


_WORD = re.compile(r"[A-Za-z0-9]+")
_ARTICLES = frozenset({"the", "al", "el"})
_LOWERED = bytes(
    ord(sign.lower()) if sign.isalnum() or sign == "\n" else ord(" ")
    for sign in map(chr, (*range(128), *[ord(" ")] * 128))
)


@lru_cache(maxsize=1 << 16)
def search_key(text: str) -> str:
    """Return the form of a name in which it is looked up: lower-case ASCII words, one space between, no article.

    `The New York Times`, `new york times` and `New York  Times` have one key; so have `al-Qaeda` and `Qaeda`. Idempotent.
    A name made of articles or of signs alone keeps what it has; only a text without any letter or digit gives "".
    """
    joined = _DOTTED.sub(lambda dotted: dotted[1].replace(".", ""), plain_ascii(text).replace("&", " and "))
    return _drop_articles([word.lower() for word in _WORD.findall(joined)])


def _drop_articles(words: list[str]) -> str:
    kept = [word for word in words if word not in _ARTICLES]
    return " ".join(kept or words)


def search_keys(texts: Sequence[str]) -> list[str]:
    """Return the `search_key` of each text. Cost: 1 to 2 microseconds a text, less than half of asking one by one."""
    found = [""] * len(texts)
    by_script: tuple[list[int], list[int]] = [], []
    for place, text in enumerate(texts):
        if "\n" in text:
            found[place] = search_key(text)
        else:
            by_script[text.isascii()].append(place)
    for places in by_script:
        # Lines keep to themselves in everything that reading a name does.
        lines = _normalise("\n".join(texts[place] for place in places)).split("\n")
        if len(lines) != len(places):
            lines = [search_key(texts[place]) for place in places]
        for place, line in zip(places, lines, strict=True):
            found[place] = _drop_articles(line.split())
    return found


def _normalise(text: str) -> str:
    """Return the lower-case words of lines of text, with what else there is as spaces."""
    joined = _APOSTROPHES.sub("", text if text.isascii() else _romanise(text)).replace("&", " and ")
    if "." in joined:
        joined = _DOTTED.sub(lambda dotted: dotted[1].replace(".", ""), joined)
    return joined.encode("ascii", "replace").translate(_LOWERED).decode("ascii")


class NamedEntity(Protocol):
    """What name search and the hunt for duplicates need of an entity; rows and nodes both have it."""

    @property
    def id(self) -> str:
        """A readable slug."""

    @property
    def name(self) -> str:
        """The main name."""

    @property
    def type(self) -> str:
        """A type of the ontology."""

    @property
    def country_code(self) -> str | None:
        """ISO 3166-1 alpha-2."""

    @property
    def geonames_id(self) -> int | None:
        """Number in the gazetteer."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Every other name it goes by."""

    @property
    def mentions(self) -> int:
        """How often documents name it."""
