"""Names known by the word they open with, where the recogniser guessed wrong or saw one half: "Mamadou Keita", "Jaish al-Nahr"."""

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ingest.lexicon import Lexicon, read_words
from ingest.names import get_name_words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token
    from spacy.vocab import Vocab

_FILE = "name_openings"
_PARTICLES = frozenset(
    {"abd", "abdel", "abdul", "abu", "ag", "al", "an", "ap", "ar", "as", "at", "ben", "bin", "bint", "da", "dal", "das", "de", "dei",
     "del", "dela", "della", "den", "der", "di", "dos", "du", "e", "ed", "el", "es", "ez", "ibn", "ko", "la", "le", "los", "mac",
     "o", "ould", "san", "santa", "sy", "ter", "ul", "ur", "uz", "van", "von", "y", "zu"}
)  # fmt: skip
JOINTS = frozenset({"al", "ul", "e", "ash", "as", "at", "an", "ad", "ar", "-"})
"""What joins a host to what it is the host of."""
_LONGEST = 8
"""In tokens, hyphens among them."""
_LONGEST_FAMILY_FIRST = 4
_MOST_CAPITALS = 0.9
"""The share of a sentence's longer words from which it is a headline, whose capitals tell nothing."""
_SHORTEST_HEADLINE = 5


class NameOpenings(NamedTuple):
    """The words that tell by themselves what a name that begins with them is.

    Attributes:
        given: Given names, as written.
        family_first: Family names behind which the given name stands, as written.
        hosts: What armed groups are called before their "al-" or "-e-", in lower case.
    """

    given: frozenset[str]
    family_first: frozenset[str]
    hosts: frozenset[str]


class _Name(NamedTuple):
    start: int
    end: int
    label: str


class _Words(NamedTuple):
    """What a `WordTable` reads of a text."""

    lower_words: tuple[str, ...]


@cache
def get_name_openings(lexicon: Lexicon) -> NameOpenings:
    """Return the openings of a lexicon; read from disk once a process.

    Raises:
        LexiconError: A file has a fault.
    """
    return NameOpenings(
        *(frozenset(read_words(lexicon.folders, _FILE, name)) for name in NameOpenings._fields)
    )


class NameMarker:
    """Marks names by their first words among a text's entities.

    Args:
        lexicon: Knows what names open with, and the words that make a body or a place of a name.
        vocab: The vocabulary of the texts.
    """

    def __init__(self, lexicon: Lexicon, vocab: "Vocab") -> None:
        self._openings = get_name_openings(lexicon)
        self._words = get_name_words(lexicon)
        hosts = map(str.title, self._openings.hosts)
        words = self._openings.given.union(self._openings.family_first, hosts)
        self._openers = frozenset(vocab.strings[word] for word in words)

    def mark(self, doc: "Doc") -> None:
        """Write such names into a text's entities; an entity that says more than the name stays.

        Cost: one look at each word.
        """
        forms: list[int] = doc.to_array("ORTH").tolist()
        openers = [place for place, form in enumerate(forms) if form in self._openers]
        if not openers:
            return
        names = list(self._iter_names(doc, openers))
        if names:
            _write(doc, names)

    def _iter_names(self, doc: "Doc", openers: Sequence[int]) -> Iterator[_Name]:
        words = _Words(tuple(token.lower_ for token in doc))
        last = 0
        for start in openers:
            if start < last or not self._may_begin(doc, words, start) or _is_in_headline(doc[start]):
                continue
            host = words.lower_words[start] in self._openings.hosts
            end = _find_end_of_host(doc, start) if host else self._find_end_of_person(doc, words, start)
            if end > start + 1:
                yield _Name(start, end, "ORG" if host else "PERSON")
                last = end

    def _may_begin(self, doc: "Doc", words: _Words, start: int) -> bool:
        """Say whether no other name runs into a given name: "Camp Ashraf", "Mount Elgon" but "General Ashraf"."""
        if not start or doc[start].is_sent_start:
            return True
        before = doc[start - 1]
        if before.text == "-" and not before.whitespace_:
            return False
        if not before.text[:1].isupper() or before.pos_ in {"DET", "ADP", "SCONJ", "CCONJ"}:
            return True
        return bool(self._words.titles.match_to(words, start)[1])

    def _find_end_of_person(self, doc: "Doc", words: _Words, start: int) -> int:
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
        if opening not in self._openings.given and (
            reach == start + 1 or reach - start > _LONGEST_FAMILY_FIRST
        ):
            return start
        followed = reach < len(doc) and "place" in self._words.descriptions.match_from(words, reach)[1]
        return start if followed else reach

    def _ends_other_name(self, words: _Words, place: int) -> bool:
        """Say whether a word makes a body, a place or a thing of the name that it stands in: "Mandela Bridge"."""
        tables = (self._words.heads, self._words.descriptions, self._words.deeds, self._words.forces)
        return any(table.match_from(words, place)[1] for table in tables)


def _find_end_of_host(doc: "Doc", start: int) -> int:
    """Return where the name of a host ends that begins here; `start` where there is no joint with a name behind it."""
    end = start + 1
    while end < len(doc) and (doc[end].text == "-" or doc[end].lower_ in JOINTS):
        end += 1
    named = start + 1 < end < len(doc) and doc[end].is_alpha and doc[end].text[:1].isupper()
    return end + 1 if named else start


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
    if any(word.pos_ in {"AUX", "VERB"} and word.text.islower() for word in token.sent):
        return False
    words = [word for word in token.sent if word.is_alpha and len(word) > 3]
    capitals = sum(word.text[:1].isupper() for word in words)
    return len(words) >= _SHORTEST_HEADLINE and capitals >= _MOST_CAPITALS * len(words)


def _is_list_of(entity: "Span", named: Collection[int]) -> bool:
    """Say whether an entity is but several names with what lists them."""
    others = [token for token in entity if token.i not in named]
    return 0 < len(others) < len(entity) and all(token.lower_ in {"and", "&", ","} for token in others)


def _write(doc: "Doc", names: Sequence[_Name]) -> None:
    """Lay names over the entities of a text, which they replace or join."""
    from spacy.tokens import Span as NewSpan  # noqa: PLC0415 (whoever merely loads needs no parser)

    named = {place for name in names for place in range(name.start, name.end)}
    # "Ana Ruiz and Omar Haddad" are no firm.
    found = [entity for entity in doc.ents if not _is_list_of(entity, named)]
    for start, end, label in names:
        met = [entity for entity in found if entity.start < end and entity.end > start]
        longer = [entity for entity in met if entity.start < start or entity.end > end]
        if any(entity.label_ != label or entity.start < start for entity in longer):
            continue
        whole = max([end, *(entity.end for entity in met)])
        found = [entity for entity in found if entity not in met]
        found.append(NewSpan(doc, start, whole, label=label))
    doc.set_ents(sorted(found, key=lambda entity: entity.start), default="outside")
