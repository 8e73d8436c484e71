"""Training sentences of our own, made from patterns: `patterns.yaml` says how they read."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest.training.examples import LABELS, MARKS, Fragment, Head, Passage, label_all
from ingest.training.lines import UnusableExample, iter_lines

FILE = Path(__file__).with_name("patterns.yaml")
_SIGNS = ("supports", "opposes")
_POOLS = {"N": "people", "M": "people", "P": "places", "Q": "places", **dict.fromkeys("ABCD", "actors")}
_WORDS = frozenset({"base", "third", "past", "part", "ing", "noun"})
_BLANK = re.compile(r"\{(\w+)\}")
_RELATION = re.compile(r"([A-Z])([~+<>@-])([A-Z])")
_DOUBLING = frozenset({"equip", "expel", "kidnap", "slam", "snub"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with blanks.

    Attributes:
        relations: What it states, as (blank, mark, blank); the mark `~` is the sign of the word filled in.
    """

    text: str
    relations: tuple[tuple[str, str, str], ...]

    def find_blanks(self) -> list[str]:
        """Return the blanks for names, sorted; they are numbered in this order."""
        return sorted({blank for blank in _BLANK.findall(self.text) if blank in _POOLS})


@dataclass(frozen=True, slots=True)
class PatternBook:
    """All patterns, and what fills them.

    Attributes:
        verbs: Base forms by sign.
        nouns: Nouns with their prepositions, by sign.
        names: By pool: `people`, `actors`, `places`.
    """

    patterns: tuple[Pattern, ...]
    verbs: Mapping[str, Sequence[str]]
    nouns: Mapping[str, Sequence[str]]
    names: Mapping[str, Sequence[str]]


def iter_filled(seed: int, fills: int) -> Iterator[Passage]:
    """Yield sentences, each pattern filled `fills` times; all ordered pairs of names are labelled for every head.

    Raises:
        UnusableExample: `patterns.yaml` is missing, or not as it says itself.
    """
    chooser = random.Random(seed)  # noqa: S311 - a reproducible sample, not a secret
    book = read_patterns()
    for pattern in book.patterns:
        for _ in range(fills):
            yield fill(pattern, book, chooser)


@cache
def read_patterns(path: Path = FILE) -> PatternBook:
    """Return the patterns of a file.

    Raises:
        UnusableExample: The file cannot be read, is no YAML, lacks a list, or a pattern has an unknown blank or mark.
    """
    lines = [line for _, line in iter_lines(path)]
    try:
        source: Mapping[str, Any] = yaml.safe_load("\n".join(lines))
        return PatternBook(
            patterns=tuple(_read_pattern(path, lines, *entry) for entry in source["patterns"]),
            verbs={sign: source["verbs"][sign] for sign in _SIGNS},
            nouns={sign: source["nouns"][sign] for sign in _SIGNS},
            names={pool: source[pool] for pool in _POOLS.values()},
        )
    except yaml.MarkedYAMLError as error:
        number = error.problem_mark.line + 1 if error.problem_mark else None
        raise UnusableExample(path, number, error.problem or "no YAML") from error
    except (KeyError, TypeError) as error:
        raise UnusableExample(path, None, f"not as expected: {error}") from error


def fill(pattern: Pattern, book: PatternBook, chooser: random.Random) -> Passage:
    """Return a pattern with words and names chosen for its blanks; no name is chosen twice."""
    sign = chooser.choice(_SIGNS)
    words = inflect(chooser.choice(book.verbs[sign]))
    words["noun"] = chooser.choice(book.nouns[sign])
    blanks = pattern.find_blanks()
    chosen: dict[str, str] = {}
    for blank in blanks:
        pool = [name for name in book.names[_POOLS[blank]] if name not in chosen.values()]
        chosen[blank] = chooser.choice(pool)
    text, places = _fill_blanks(pattern.text, {**words, **chosen})
    numbers = {blank: number for number, blank in enumerate(blanks)}
    relations: dict[tuple[Head, int, int], int] = {}
    for source, mark, target in pattern.relations:
        label, heads = (sign, MARKS["+"][1]) if mark == "~" else MARKS[mark]
        for head in heads:
            relations[head, numbers[source], numbers[target]] = LABELS[head].index(label)
    names = tuple(tuple(places[blank]) for blank in blanks)
    return Passage(text, names, label_all(len(names), relations))


def inflect(verb: str) -> dict[str, str]:
    """Return the forms of a regular verb: base, third person, past, participle, -ing."""
    doubled = verb + verb[-1] if verb in _DOUBLING else verb
    if verb.endswith("e"):
        past, going = verb + "d", verb[:-1] + "ing"
    elif verb.endswith("y") and verb[-2] not in "aeiou":
        past, going = verb[:-1] + "ied", verb + "ing"
    else:
        past, going = doubled + "ed", doubled + "ing"
    if past.endswith("ied"):
        third = verb[:-1] + "ies"
    else:
        third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return {"base": verb, "third": third, "past": past, "part": past, "ing": going}


def _read_pattern(path: Path, lines: Sequence[str], text: str, stated: str = "") -> Pattern:
    blanks = set(_BLANK.findall(text))
    relations = [_RELATION.fullmatch(word) for word in stated.split()]
    unknown = sorted(blanks - _POOLS.keys() - _WORDS)
    wrong = [
        w for w, r in zip(stated.split(), relations, strict=True) if r is None or not {r[1], r[3]} <= blanks
    ]
    if unknown or wrong:
        number = next((n for n, line in enumerate(lines, 1) if text in line), None)
        fault = (
            f"no blank is called {unknown[0]!r}"
            if unknown
            else f"{wrong[0]!r} is no relation between its blanks"
        )
        raise UnusableExample(path, number, fault)
    return Pattern(text, tuple((r[1], r[2], r[3]) for r in relations if r is not None))


def _fill_blanks(pattern: str, words: Mapping[str, str]) -> tuple[str, dict[str, list[Fragment]]]:
    """Return the text, and where each blank's words stand in it."""
    text = ""
    places: dict[str, list[Fragment]] = defaultdict(list)
    for number, part in enumerate(_BLANK.split(pattern)):
        if number % 2 == 0:
            text += part
            continue
        filled = words[part]
        if text.endswith(
            ("'s ", "its ")
        ):  # whose it is stands where "a" would: "Iran's raid on", not "Iran's a raid on"
            filled = filled.removeprefix("a ").removeprefix("an ")
        if not text:
            filled = filled[0].upper() + filled[1:]
        places[part].append((len(text), len(text) + len(filled)))
        text += filled
    return text, places
