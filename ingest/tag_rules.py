"""The parser's attribute ruler with a memory: the same parts of speech and word forms, in a quarter of the time.

spaCy matches each of its rules (179 in the English pipelines) against each word of a text. Nearly all of them look at one
word alone, at how it is written, its tag and its label: what they say of such a word is found out once, and of all words
that no rule spells out, once for each tag and label.
"""

import itertools
import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Span
from spacy.tokens._retokenize import set_token_attrs
from spacy.vocab import Vocab

_SEEN = frozenset({"ORTH", "TEXT", "LOWER", "IS_SPACE", "IS_PUNCT", "TAG", "DEP"})
"""What the key of a word, its spelling, tag and label, tells of it."""
_SPELLINGS = frozenset({"ORTH", "TEXT", "LOWER"})
_MOST_KEPT = 200_000

_Patterns = list[list[dict[str, Any]]]
_Rules = tuple[int, ...]
_Key = tuple[int, int, int]


def use_quick_rules(nlp: Language) -> bool:
    """Let a pipeline's attribute ruler remember what it says of a word; say whether it has one."""
    if "attribute_ruler" not in nlp.pipe_names:
        return False
    ruler = nlp.get_pipe("attribute_ruler")
    if not isinstance(ruler, AttributeRuler):
        return False
    quick = _QuickRules(ruler)
    # spaCy asks a ruler to match and then to write what matched, for each text.
    cast("Any", ruler).match = quick.find
    cast("Any", ruler).set_annotations = quick.write
    return True


class _QuickRules:
    """The rules of one ruler, those of one word apart from those of several."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._attributes: Sequence[Mapping[int, Any]] = list(ruler.attrs)
        self._places: Sequence[int] = list(ruler.indices)
        rules = [(number, cast("_Patterns", rule["patterns"])) for number, rule in enumerate(ruler.patterns)]
        single = [_is_of_one_word(patterns) for _, patterns in rules]
        self._single = _make_matcher(ruler.vocab, itertools.compress(rules, single))
        self._longer = _make_matcher(ruler.vocab, itertools.compress(rules, map(operator.not_, single)))
        self._strings = ruler.vocab.strings
        self._spelt = _SpeltWords(itertools.compress(rules, single))
        self._known: dict[_Key, _Rules] = {}
        self._known_unspelt: dict[_Key, _Rules] = {}
        self._merged: dict[_Rules, dict[int, Any]] = {}

    def find(self, doc: Doc) -> list[_Rules]:
        """Return the numbers of the rules that speak of each word, in ascending order; the last has the last word."""
        if len(self._known) > _MOST_KEPT:
            self._known.clear()
        keys = [cast("_Key", tuple(key)) for key in doc.to_array(["ORTH", "TAG", "DEP"]).tolist()]
        for place, key in enumerate(keys):
            if key not in self._known:
                self._known[key] = self._read_word(doc[place : place + 1], key)
        told = [self._known[key] for key in keys]
        for match, start, end in self._longer(doc, allow_missing=True) if len(self._longer) else ():
            number = int(self._strings[match])
            place = range(start, end)[self._places[number]]
            told[place] = tuple(sorted({*told[place], number}))
        return told

    def write(self, doc: Doc, told: Sequence[_Rules]) -> None:
        """Write what the rules say into a text."""
        for token, rules in zip(doc, told, strict=True):
            if rules:
                merged = self._merged.get(rules)
                if merged is None:
                    merged = self._merged[rules] = self._merge(rules)
                set_token_attrs(token, merged)

    def _read_word(self, word: Span, key: _Key) -> _Rules:
        token = word[0]
        if self._spelt.has(token.text, token.lower_):
            return self._match_word(word)
        key = (2 * token.is_space + token.is_punct, *key[1:])
        if key not in self._known_unspelt:
            self._known_unspelt[key] = self._match_word(word)
        return self._known_unspelt[key]

    def _match_word(self, word: Span) -> _Rules:
        matches = self._single(word, allow_missing=True) if len(self._single) else ()
        return tuple(sorted(int(self._strings[match]) for match, _, _ in matches))

    def _merge(self, rules: _Rules) -> dict[int, Any]:
        merged: dict[int, Any] = {}
        for number in rules:
            merged.update(self._attributes[number])
        return merged


class _SpeltWords:
    """The words that rules of one word tell from others by how they are written."""

    def __init__(self, rules: Iterable[tuple[int, _Patterns]]) -> None:
        self._words: set[str] = set()
        self._forms: list[re.Pattern[str]] = []
        for _, patterns in rules:
            for pattern in patterns:
                for attribute in pattern[0].keys() & _SPELLINGS:
                    self._add(pattern[0][attribute])

    def has(self, text: str, lower: str) -> bool:
        """Say whether a word, as written or in lower case, may be one of them."""
        if text in self._words or lower in self._words:
            return True
        return any(form.search(text) or form.search(lower) for form in self._forms)

    def _add(self, asked: object) -> None:
        """Note what a rule asks of a spelling: a word, or by operator some words or a form; of others, any word may be."""
        if isinstance(asked, str):
            self._words.add(asked)
            return
        for operation, value in cast("Mapping[str, Any]", asked).items():
            if operation in {"IN", "NOT_IN"}:
                self._words.update(value)
            else:
                self._forms.append(re.compile(value if operation == "REGEX" else ""))


def _is_of_one_word(patterns: _Patterns) -> bool:
    return all(len(pattern) == 1 and pattern[0].keys() <= _SEEN for pattern in patterns)


def _make_matcher(vocab: Vocab, rules: Iterable[tuple[int, _Patterns]]) -> Matcher:
    matcher = Matcher(vocab, validate=False)
    for number, patterns in rules:
        matcher.add(vocab.strings.as_string(vocab.strings.add(str(number))), patterns)
    return matcher
