"""The words of names, and which of them a word of a query may be."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from graph.identity.spelling import consonant_skeleton, consonant_skeletons, spelling_likeness
from graph.names import name_words, search_keys
from graph.search.columns import KeyColumns, UInt32, UInt64, WordColumns, find_run
from graph.search.keys import Parts
from graph.search.letters import least_distances, list_letters
from graph.snapshot.columns import Float64, Int32, Int64
from graph.snapshot.string_table import StringTable, join_tables

TYPO_CUTOFF = 0.6
"""How alike a misspelt word is to the right one, at least: the share of letters that stay."""

MOST_MISTYPED = 10
_MAX_PREFIXED_WORDS = 2_000
_COMPARED_AT_ONCE = 2_000
_WORDS_AT_ONCE = 10_000
_ROUNDING = 0.001


def _sort(words: Iterable[str]) -> list[str]:
    """Return words in alphabetical order; sorted little by little, so that other threads can run meanwhile."""
    starting: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        starting[word[:2]].append(word)
    return [word for start in sorted(starting) for word in sorted(starting[start])]


class _Codes(dict[str, int]):
    """Numbers of words, in the order in which they are first met."""

    def __missing__(self, word: str) -> int:
        """Give a new word the next number."""
        number = self[word] = len(self)
        return number


def build_words(keys: KeyColumns, parts: Parts) -> WordColumns:
    """List the words of names; `keys` are the columns of the same names.

    It is done in parts, none of which keeps other threads waiting, and makes next to no objects for the garbage
    collector to look through.

    Cost: about 2 microseconds a name and 4 a word.
    """
    codes = _Codes()
    counts: list[Int32] = []
    flat: list[Int32] = []
    for part in parts():
        found = [key for key in search_keys(part.texts) if key]
        counts.append(np.fromiter((key.count(" ") + 1 for key in found), np.int32, len(found)))
        # One list for all of them: a list for each would be looked through by the garbage collector.
        flat.append(np.fromiter((codes[word] for word in " ".join(found).split()), np.int32))
    # The rows in the order in which parts give the names.
    row = np.lexsort((keys.text, keys.node)).astype(np.int32)
    empty = np.zeros(0, np.int32)
    held = np.repeat(row, np.concatenate([empty, *counts]))
    listed = _sort(codes)
    size = len(listed)
    rank = np.empty(size, np.int32)
    rank[np.fromiter((codes[word] for word in listed), np.int32, size)] = np.arange(size, dtype=np.int32)
    word = rank[np.concatenate([empty, *flat])]
    described = _describe(listed)
    by_skeleton = np.argsort(described.skeletons, kind="stable")
    _forget(codes, listed)
    return WordColumns(
        blob=described.table.blob,
        offsets=described.table.offsets,
        starts=np.r_[0, np.cumsum(np.bincount(word, minlength=size))].astype(np.int32),
        holders=held[np.argsort(word, kind="stable")],
        skeletons=described.skeletons[by_skeleton],
        skeleton_words=by_skeleton.astype(np.int32),
        letters=described.letters,
    )


class _Described(NamedTuple):
    """Words as a table, and of each the hash of its consonants and its letters."""

    table: StringTable
    skeletons: UInt32
    letters: UInt64


def _describe(words: Sequence[str]) -> _Described:
    """Return what words are found by, worked out for a part of them at a time."""
    tables, skeletons, letters = [], [np.zeros(0, np.uint32)], [np.zeros(0, np.uint64)]
    for start in range(0, len(words), _WORDS_AT_ONCE):
        part = words[start : start + _WORDS_AT_ONCE]
        table = StringTable.of(part)
        hashes = (crc32(skeleton.encode()) for skeleton in consonant_skeletons(part))
        tables.append(table)
        skeletons.append(np.fromiter(hashes, np.uint32, len(part)))
        letters.append(list_letters(table))
    return _Described(join_tables(tables), np.concatenate(skeletons), np.concatenate(letters))


def _forget(codes: _Codes, words: list[str]) -> None:
    """Give back the memory of many words little by little, so that other threads can run meanwhile."""
    while words:
        for word in words[-_WORDS_AT_ONCE:]:
            del codes[word]
        del words[-_WORDS_AT_ONCE:]


def hash_skeleton(word: str) -> int:
    """Return what words with these consonants are found by."""
    return crc32(consonant_skeleton(word).encode())


class FoundWords(NamedTuple):
    """Words by number, ascending; `is_cut` where more begin as the query's word does than are looked at."""

    numbers: Int64
    is_cut: bool


class WordIndex:
    """Finds the words of names that a word of a query may be.

    Args:
        columns: The words.
    """

    def __init__(self, columns: WordColumns) -> None:
        self.columns = columns
        self._table = columns.table

    def __getitem__(self, number: int) -> str:
        """Return a word."""
        return self._table[number]

    def find_number(self, word: str) -> int:
        """Return a word's number, -1 where no name has it. Cost: O(log words)."""
        number = self._count_before(word)
        return number if number < len(self._table) and self._table[number] == word else -1

    def _count_before(self, word: str) -> int:
        wanted = word.encode()
        return bisect_left(range(len(self._table)), wanted, key=self._table.get_bytes)

    def find(self, word: str, *, as_prefix: bool) -> FoundWords:
        """Return the words that a query's word may be, but for typos.

        Args:
            word: In the form that search keys have.
            as_prefix: Whether it may be the beginning of one; of these, the first 2,000 are found.

        Cost: O(log words + words with the same consonants).
        """
        found = {self.find_number(word)}
        is_cut = False
        if as_prefix:
            # No letter or digit comes after this sign.
            start, stop = self._count_before(word), self._count_before(word + "\x7f")
            is_cut = stop - start > _MAX_PREFIXED_WORDS
            found.update(range(start, min(stop, start + _MAX_PREFIXED_WORDS)))
        found.update(self._list_sounding(word))
        for number in name_words().given.get(word, ()):
            found.update(map(self.find_number, _given_names()[number]))
        return FoundWords(np.array(sorted(found - {-1}), np.int64), is_cut)

    def _list_sounding(self, word: str) -> list[int]:
        run = find_run(self.columns.skeletons, hash_skeleton(word))
        skeleton = consonant_skeleton(word)
        return [
            number
            for number in self.columns.skeleton_words[run].tolist()
            if spelling_likeness(word, other := self._table[number]) > 0
            and consonant_skeleton(other) == skeleton
        ]

    def find_mistyped(self, word: str) -> list[tuple[str, float]]:
        """Return the ten words that are closest to a misspelt one, with how close they are; the closest first.

        Cost: O(words) for their letters, and a comparison with each whose letters are close.
        """
        if len(word) < 3:
            return []
        numbers, likeness = self._list_close(word)
        best: list[tuple[float, int, str]] = []
        for start in range(0, len(numbers), _COMPARED_AT_ONCE):
            if len(best) == MOST_MISTYPED and -best[-1][0] > likeness[start] + _ROUNDING:
                break
            part = np.sort(numbers[start : start + _COMPARED_AT_ONCE]).tolist()
            closest = process.extract(
                word,
                [self._table[number] for number in part],
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=TYPO_CUTOFF,
                limit=MOST_MISTYPED,
            )
            best += [(-score, part[place], other) for other, score, place in closest]
            best = sorted(best)[:MOST_MISTYPED]
        return [(other, -negative) for negative, _, other in best]

    def _list_close(self, word: str) -> tuple[Int64, Float64]:
        """Return the words that may be alike by their letters, and how alike they are at most; the closest first."""
        lengths = np.diff(self._table.offsets)
        longest = np.maximum(lengths, len(word))
        numbers = np.flatnonzero(abs(lengths - len(word)) <= longest * (1 - TYPO_CUTOFF + _ROUNDING))
        letters = list_letters(StringTable.of([word]))[0]
        least = np.maximum(
            least_distances(letters, self.columns.letters[numbers]), abs(lengths[numbers] - len(word))
        )
        likeness = 1 - least / longest[numbers]
        kept = np.flatnonzero(likeness >= TYPO_CUTOFF - _ROUNDING)
        kept = kept[np.argsort(-likeness[kept], kind="stable")]
        return numbers[kept], likeness[kept]

    def list_holders(self, numbers: Int64) -> Int32:
        """Return the names that hold any of these words, by row; twice where they hold two."""
        starts = self.columns.starts
        first, counts = starts[numbers], starts[numbers + 1] - starts[numbers]
        places = np.repeat(first - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        holders: Int32 = self.columns.holders[places]
        return holders


@cache
def _given_names() -> Mapping[int, Sequence[str]]:
    """Return the forms of each given name."""
    forms: defaultdict[int, list[str]] = defaultdict(list)
    for word, numbers in name_words().given.items():
        for number in numbers:
            forms[number].append(word)
    return forms
