"""Words to the pieces an encoder knows, with where each stands.

The method is WordPiece as BERT uses it (Devlin et al. 2019, after Schuster & Nakajima 2012): lower case without
accents, a word split into the longest known pieces from the left.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+|[^\s]")
_LONGEST_WORD = 100
_MOST_WORDS_KEPT = 50_000


class Pieces(NamedTuple):
    """A text as an encoder reads it.

    Attributes:
        ids: Numbers of the pieces, with the marks for start and end around them.
        starts: Where each piece's word or part begins, in code points of the text; 0 for the marks.
        ends: Where it ends; 0 for the marks.
    """

    ids: list[int]
    starts: list[int]
    ends: list[int]


class WordPiece:
    """A splitter over a vocabulary, given in order of the pieces' numbers.

    Raises:
        ValueError: The vocabulary lacks a piece that marks the start, the end or an unknown word.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        for mark in ("[CLS]", "[SEP]", "[UNK]"):
            if mark not in self._numbers:
                raise ValueError(f"the vocabulary has no {mark}")
        self._known: dict[str, list[tuple[int, int]]] = {}

    def split(self, text: str, most: int) -> Pieces:
        """Return the pieces of a text, cut off after `most`, the two marks included.

        Cost: linear in the text; words seen before are looked up.
        """
        ids, starts, ends = [self._numbers["[CLS]"]], [0], [0]
        for match in _WORD.finditer(text):
            word, begin = match.group(), match.start()
            for number, size in self._split_word(word):
                ids.append(number)
                starts.append(begin)
                begin = match.end() if size < 0 else begin + size
                ends.append(begin)
        ids, starts, ends = ids[: most - 1], starts[: most - 1], ends[: most - 1]
        ids.append(self._numbers["[SEP]"])
        return Pieces(ids, [*starts, 0], [*ends, 0])

    def _split_word(self, word: str) -> list[tuple[int, int]]:
        """Return (number, length in the word) of each piece; -1 is the whole word, where lengths cannot be told."""
        known = self._known.get(word)
        if known is None:
            known = self._split_new(word)
            if len(self._known) < _MOST_WORDS_KEPT:
                self._known[word] = known
        return known

    def _split_new(self, word: str) -> list[tuple[int, int]]:
        decomposed = unicodedata.normalize("NFD", word.lower())
        plain = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
        unknown = [(self._numbers["[UNK]"], -1)]
        if len(plain) > _LONGEST_WORD:
            return unknown
        pieces: list[tuple[int, int]] = []
        start = 0
        while start < len(plain):
            end = len(plain)
            while end > start and self._get_piece(plain, start, end) is None:
                end -= 1
            number = self._get_piece(plain, start, end)
            if number is None:
                return unknown
            pieces.append((number, end - start))
            start = end
        if len(plain) != len(word):
            return [(number, -1) for number, _ in pieces]
        return pieces

    def _get_piece(self, word: str, start: int, end: int) -> int | None:
        return self._numbers.get(word[start:end] if start == 0 else f"##{word[start:end]}")
