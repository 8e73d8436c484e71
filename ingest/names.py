# ruff: noqa: RUF001 - quotes and dashes are matched as newspapers print them
"""What a name is by its own words, and which words at its ends are no part of it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from graph.ontology import get_ontology
from ingest.lexicon import ForceHead, Lexicon, read_entries, read_words
from ingest.parse import Doc, Token

_PARTICLES = frozenset({"of", "for", "the", "and", "de", "al", "el", "la", "du", "in", "on", "&", "'s", "-"})
_DETERMINERS = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "your",
        "some",
        "any",
        "each",
        "no",
        "both",
    ]
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_UNITS = frozenset({"battalion", "brigade", "corps", "division", "regiment"})
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
# What a name may have inside and never at its end.
_TRAILING = frozenset({"of", "for", "and", "in", "on", "at", "by", "with", "from", "to", "the", "&"})
_HONORIFICS = frozenset(
    ["mr", "mrs", "ms", "miss", "mr.", "mrs.", "ms.", "dr", "dr.", "sir", "dame", "lord", "lady"]
)


class Worded(Protocol):
    """A text as a `WordTable` reads it."""

    @property
    def lower_words(self) -> tuple[str, ...]:
        """Its words, in lower case."""


class WordTable:
    """Phrases by their first or last word, to be matched against lower-cased tokens, longest first."""

    def __init__(self, phrases: Iterable[tuple[str, object]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], object]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], object]]] = {}
        for text, value in phrases:
            words = _split_like_tokens(text)
            if words:
                self._by_first.setdefault(words[0], []).append((words, value))
                self._by_last.setdefault(words[-1], []).append((words, value))
        for table in (self._by_first, self._by_last):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def iter_matches(self, doc: Worded) -> Iterator[tuple[int, int, list[object]]]:
        """Yield (start, end, values) of the longest phrase at each token where one starts."""
        for start, word in enumerate(doc.lower_words):
            if word in self._by_first:
                end, values = self.match_from(doc, start)
                if values:
                    yield start, end, values

    def match_from(self, doc: Worded, start: int) -> tuple[int, list[object]]:
        """Return the end of the longest phrase that starts at a token, and its values; `(start, [])` if none."""
        text = doc.lower_words
        longest, values = 0, []
        for words, value in self._by_first.get(text[start], ()) if 0 <= start < len(text) else ():
            size = len(words)
            if size < longest:
                break
            if text[start : start + size] == words:
                longest = size
                values.append(value)
        return start + longest, values

    def match_to(self, doc: Worded, end: int) -> tuple[int, list[object]]:
        """Return the start of the longest phrase that ends before token `end`, and its values."""
        text = doc.lower_words
        longest, values = 0, []
        for words, value in self._by_last.get(text[end - 1], ()) if 0 < end <= len(text) else ():
            size = len(words)
            if size < longest:
                break
            if size <= end and text[end - size : end] == words:
                longest = size
                values.append(value)
        return end - longest, values


JOINED_WORDS = frozenset(
    {
        *(
            f"re-{word}"
            for word in ("elect", "elects", "elected", "electing", "election", "appointed", "joined")
        ),
        *(
            f"co-{word}"
            for word in ("lead", "leads", "led", "leading", "leader", "leaders", "chair", "chairs")
        ),
        *(f"co-{word}" for word in ("chaired", "chairing", "chairman", "chairwoman", "chairperson", "found")),
        *(f"co-{word}" for word in ("founded", "founder", "founders", "president")),
    }
)
"""Words with a hyphen that the tokenizer leaves whole: in three pieces the parser loses the noun or the verb."""


class NameWords(NamedTuple):
    """The tables that tell what a name is.

    Attributes:
        heads: Words that end a proper name, with the type of what it names.
        descriptions: Common nouns that say what the name beside them is.
        titles: Titles and roles, with their `Title`.
        forces: Words for a state's forces and bodies, with their `ForceHead`.
        inner_possessors: Possessors that are part of a name, such as "People" in "People's Party".
        calendar: Days and months.
        community_nouns: Nouns whose adjective names the population itself, as in "Fulani villagers".
        town_verbs: What is done to towns, hardly to people.
        human_verbs: What people do, hardly firms.
        human_belongings: What people have, hardly firms.
        crowds: Plain words for people that the recogniser takes for names.
        deeds: Words that end the name of what is done, agreed or written.
        run_together: A country's name with the word after it, as in "Iranwith".
        lower_case_words: Words that are a name only with a capital.
    """

    heads: WordTable
    descriptions: WordTable
    titles: WordTable
    forces: WordTable
    inner_possessors: frozenset[str]
    calendar: frozenset[str]
    lower_case_words: frozenset[str]
    community_nouns: frozenset[str]
    town_verbs: frozenset[str]
    human_verbs: frozenset[str]
    human_belongings: frozenset[str]
    crowds: frozenset[str]
    deeds: WordTable
    run_together: re.Pattern[str]


def drop_generation(parts: Sequence[str]) -> Sequence[str]:
    """Return the words of a name without the "Jr." or "III" that follows a full one, which is no surname."""
    generation = len(parts) > 2 and parts[-1].casefold().rstrip(".") in _GENERATIONS
    return parts[:-1] if generation else parts


@cache
def get_name_words(lexicon: Lexicon) -> NameWords:
    """Return the tables of a lexicon; built once."""
    titles = [
        (text.casefold(), title) for title in lexicon.titles for text in (*title.text, *title.abbreviations)
    ]
    forces = [(text.casefold(), force) for force in lexicon.forces for text in force.text]
    sets = {
        name: frozenset(read_words(lexicon.folders, "heads", name))
        for name in NameWords._fields
        if name not in {"heads", "descriptions", "titles", "forces", "deeds", "run_together"}
    }
    return NameWords(
        heads=WordTable(_read_typed_words(lexicon, "names")),
        descriptions=WordTable(_read_typed_words(lexicon, "descriptions")),
        titles=WordTable(titles),
        forces=WordTable(forces),
        deeds=WordTable((text, "deed") for text in read_words(lexicon.folders, "heads", "deeds")),
        run_together=re.compile(
            rf"(?:{'|'.join(re.escape(c.name) for c in lexicon.countries)})(?:with|and|in|the|to|has|is|of|for|on|by|from)"
        ),
        **sets,
    )


def _read_typed_words(lexicon: Lexicon, section: str) -> list[tuple[str, object]]:
    words: list[tuple[str, object]] = []
    for entry in read_entries(lexicon.folders, "heads", section):
        entity_type = entry.get_choice("type", get_ontology().entity_types.keys())
        words += [(text, entity_type) for text in entry.get_texts("text")]
        entry.close()
    return words


def find_type_by_head(words: NameWords, doc: Doc, start: int, end: int) -> str | None:
    """Return the type that a name's own head word says, such as "Ministry", or None.

    The head is the last word, or the word before "of" and "for": "Ministry of Health", "Party of God".
    """
    if is_numbered_unit(doc, start, end):
        return "security-force"
    whole = words.heads.match_to(doc, end)
    for index in range(start + 1, end - 1):
        if doc[index].lower_ in {"of", "for"} and doc[index - 1].text[:1].isupper():
            if whole[0] < index and (found := _get_type(whole, start)):
                return found
            if found := _get_type(words.heads.match_to(doc, index), start):
                return found
            break
    return _get_type(whole, start)


def is_ordinal(token: Token) -> bool:
    """Say whether a token counts units in figures: "21st"."""
    return _ORDINAL.fullmatch(token.lower_) is not None


def is_numbered_unit(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name is that of a unit of an army by its number: "21st Lancers Brigade"."""
    if end <= start or doc[end - 1].lower_ not in _UNITS:
        return False
    return is_ordinal(doc[start]) or (start > 0 and is_ordinal(doc[start - 1]))


def _get_type(match: tuple[int, list[object]], start: int) -> str | None:
    begins, values = match
    return str(values[0]) if values and begins >= start else None


def trim_name(words: NameWords, doc: Doc, start: int, end: int, *, person: bool) -> tuple[int, int]:
    """Return the span without determiners, possessive endings, quotes and, before a person, titles."""
    tokens = doc.tokens
    while end > start and _is_outside(last := tokens[end - 1]):
        if (
            last.text == "."
            and end - 1 > start
            and tokens[end - 2].lower_ in {"jr", "sr", "inc", "corp", "co"}
        ):
            break
        if last.text == ")" and any(token.text == "(" for token in tokens[start:end]):
            break
        end -= 1
    while end > start and tokens[end - 1].lower_ in _TRAILING and tokens[end - 1].pos_ != "PROPN":
        end -= 1
    while start < end:
        token = tokens[start]
        if token.is_punct or token.is_space or token.lower_ in _DETERMINERS or token.tag_ == "POS":
            start += 1
            continue
        if person:
            after, values = words.titles.match_from(doc, start)
            if values and after < end:
                start = after
                continue
        break
    return start, end


def _is_outside(token: Token) -> bool:
    return token.form.is_punct or token.form.is_space or token.tag_ == "POS"


def is_before_place_noun(words: NameWords, doc: Doc, end: int) -> bool:
    """Say whether a lower-case word for a place follows: "Diyala province"."""
    if end >= len(doc) or not doc[end].text.islower():
        return False
    # A prison term or guard is nobody's whereabouts.
    if doc[end].lower_ in {"jail", "prison"} and end + 1 < len(doc) and doc[end + 1].pos_ == "NOUN":
        return False
    return "place" in words.descriptions.match_from(doc, end)[1]


def is_capitalised(token: Token) -> bool:
    """Say whether a token starts with a capital, or is a particle as names have inside them."""
    return token.text[:1].isupper()


def get_forces(values: Iterable[object]) -> list[ForceHead]:
    """Return the force heads among matched values."""
    return [value for value in values if isinstance(value, ForceHead)]


def _split_like_tokens(text: str) -> tuple[str, ...]:
    """Split a phrase where spaCy's tokenizer would: possessives and hyphens are tokens of their own."""
    plain = text.casefold().replace("'s ", " 's ").replace("’s ", " 's ")
    if plain.endswith(("'s", "’s")):
        plain = f"{plain[:-2]} 's"
    return tuple(part for word in plain.split() for part in _split_hyphens(word))


def _split_hyphens(word: str) -> list[str]:
    if "-" not in word.strip("-") or word in JOINED_WORDS:
        return [word]
    parts = word.split("-")
    return [piece for part in parts for piece in (part, "-") if piece][:-1] if all(parts) else [word]
