"""People by their given names, where the recogniser took them for firms or towns, or saw one half: "Mamadou Keita", "Wang Xiaoming"."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.lexicon import Lexicon, read_words
from ingest.names import get_name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.vocab import Vocab

_FILE = "personal_names"
_PARTICLES = frozenset(
    {"abd", "abdel", "abdul", "abu", "ag", "al", "an", "ap", "ar", "as", "at", "ben", "bin", "bint", "da", "dal", "das", "de", "dei",
     "del", "dela", "della", "den", "der", "di", "dos", "du", "e", "ed", "el", "es", "ez", "ibn", "ko", "la", "le", "los", "mac",
     "o", "ould", "san", "santa", "sy", "ter", "ul", "ur", "uz", "van", "von", "y", "zu"}
)  # fmt: skip
_LONGEST = 8
"""In tokens, hyphens among them."""
_LONGEST_FAMILY_FIRST = 4
_MOST_CAPITALS = 0.7
"""The share of a sentence's longer words from which it is a headline, whose capitals tell nothing."""
_SHORTEST_HEADLINE = 5


class PersonalNames(NamedTuple):
    """The names that make a person of whoever is called so.

    Attributes:
        given: Given names, as written.
        family_first: Family names behind which the given name stands.
    """

    given: frozenset[str]
    family_first: frozenset[str]


class _Words(NamedTuple):
    """What a `WordTable` reads of a text."""

    lower_words: tuple[str, ...]


@cache
def get_personal_names(lexicon: Lexicon) -> PersonalNames:
    """Return the names of the lexicon in use; read from disk once a process.

    Raises:
        LexiconError: A file has a fault.
    """
    given, family_first = (
        frozenset(read_words(lexicon.folders, _FILE, section)) for section in ("given", "family_first")
    )
    return PersonalNames(given, family_first)


class NameMarker:
    """Marks people by their given names among a text's entities.

    Args:
        lexicon: Knows given names, and the words that make a body or a place of a name.
        vocab: The vocabulary of the texts.
    """

    def __init__(self, lexicon: Lexicon, vocab: "Vocab") -> None:
        self._names = get_personal_names(lexicon)
        self._words = get_name_words(lexicon)
        self._openers = frozenset(
            vocab.strings[name] for name in self._names.given | self._names.family_first
        )

    def mark(self, doc: "Doc") -> None:
        """Write the people that a text names into its entities; an entity that says more than a person's name stays.

        Cost: one look at each word.
        """
        forms: list[int] = doc.to_array("ORTH").tolist()
        openers = [place for place, form in enumerate(forms) if form in self._openers]
        if not openers:
            return
        people = list(self._iter_people(doc, openers))
        if people:
            _write(doc, people)

    def _iter_people(self, doc: "Doc", openers: Sequence[int]) -> Iterator[tuple[int, int]]:
        words = _Words(tuple(token.lower_ for token in doc))
        last = 0
        for start in openers:
            if start < last or not self._may_begin(doc, words, start) or _is_in_headline(doc[start]):
                continue
            end = self._find_end(doc, words, start)
            if end > start + 1:
                yield start, end
                last = end

    def _may_begin(self, doc: "Doc", words: _Words, start: int) -> bool:
        """Say whether no other name runs into a given name: "Camp Ashraf", "Mount Elgon" but "General Ashraf"."""
        if not start or doc[start].is_sent_start:
            return True
        before = doc[start - 1]
        if before.text == "-" and not before.whitespace_:
            return False
        if not before.text[:1].isupper() or before.tag_ == "POS":
            return True
        return bool(self._words.titles.match_to(words, start)[1])

    def _find_end(self, doc: "Doc", words: _Words, start: int) -> int:
        """Return where the name of a person ends that begins here; `start` where none does."""
        end = reach = start + 1
        while end < min(len(doc), start + _LONGEST) and not doc[end].is_sent_start:
            token = doc[end]
            joined = token.text == "-" and not token.whitespace_ and not doc[end - 1].whitespace_
            if _is_named(token):
                if self._ends_other_name(words, end):
                    return start
                if self._words.titles.match_from(words, end)[1] or token.lower_ in self._words.calendar:
                    break
                reach = end + 1
            elif joined and end - reach == 0 and end + 1 < len(doc) and _is_second_half(doc[end + 1]):
                end += 1
                reach = end + 1
            elif not (joined or token.lower_ in _PARTICLES or _is_initial(token)):
                break
            end += 1
        opening = doc[start].text
        if opening not in self._names.given and (reach == start + 1 or reach - start > _LONGEST_FAMILY_FIRST):
            return start
        followed = reach < len(doc) and "place" in self._words.descriptions.match_from(words, reach)[1]
        return start if followed else reach

    def _ends_other_name(self, words: _Words, place: int) -> bool:
        """Say whether a word makes a body, a place or a thing of the name that it stands in: "Mandela Bridge"."""
        tables = (self._words.heads, self._words.descriptions, self._words.deeds, self._words.forces)
        return any(table.match_from(words, place)[1] for table in tables)


def _is_named(token: "Token") -> bool:
    """Say whether a word may be part of a person's name by its letters and tag."""
    text = token.text
    letters = text.replace("'", "").replace("\u2019", "")
    return text[:1].isupper() and letters.isalpha() and not text.isupper() and token.pos_ == "PROPN"


def _is_second_half(token: "Token") -> bool:
    """Say whether a word may stand behind a hyphen in a name: "al-Yafei", "Hsiu-ying", but not "Trump-led"."""
    return token.is_alpha and (token.text[:1].isupper() or token.pos_ == "PROPN")


def _is_initial(token: "Token") -> bool:
    return token.text[:1].isupper() and len(token.text.rstrip(".")) == 1


def _is_in_headline(token: "Token") -> bool:
    words = [word for word in token.sent if word.is_alpha and len(word) > 3]
    capitals = sum(word.text[:1].isupper() for word in words)
    return len(words) >= _SHORTEST_HEADLINE and capitals >= _MOST_CAPITALS * len(words)


def _write(doc: "Doc", people: Sequence[tuple[int, int]]) -> None:
    """Lay people over the entities of a text, which they replace or join."""
    from spacy.tokens import Span  # noqa: PLC0415 (whoever merely loads needs no parser)

    found = list(doc.ents)
    for start, end in people:
        met = [entity for entity in found if entity.start < end and entity.end > start]
        longer = [entity for entity in met if entity.start < start or entity.end > end]
        if any(entity.label_ != "PERSON" or entity.start < start for entity in longer):
            continue
        whole = max([end, *(entity.end for entity in met)])
        found = [entity for entity in found if entity not in met]
        found.append(Span(doc, start, whole, label="PERSON"))
    doc.set_ents(sorted(found, key=lambda entity: entity.start), default="outside")
