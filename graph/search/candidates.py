"""Names that may fit a query: those that share most words with it, in some spelling."""

from collections.abc import Collection, Iterable, Sequence
from math import log1p
from typing import NamedTuple

import numpy as np

from graph.search.tables import Layer
from graph.search.words import MOST_MISTYPED, FoundWords, WordIndex
from graph.snapshot.columns import Float64, Int32, Int64
from graph.snapshot.node_table import NodeTable

_MAX_COMPARED = 400
_SPARSE = 16
"""Where fewer than one name in so many holds a word, those are sorted; else all names are gone through."""


class Sharing(NamedTuple):
    """Names that share words with a query: the place of each one's layer, its row, and how much it shares."""

    layer: Int64
    row: Int64
    share: Float64


def find_alike(
    words: Sequence[str], layers: Sequence[Layer], nodes: NodeTable, types: Collection[str] | None
) -> list[tuple[int, str]]:
    """Return the names that share most words with a query, as numbers of nodes and texts; at most 400.

    Those that share most and rarer words come first, among equals those of whom is mentioned more, then by id.

    Cost: O(names that share a word).
    """
    sharing = _share_words(words, layers)
    node = np.zeros(len(sharing.row), np.int64)
    for place, layer in enumerate(layers):
        here = sharing.layer == place
        node[here] = layer.table.keys.node[sharing.row[here]]
    if not nodes.is_whole:
        # Names that nobody went by then must not push out those that somebody did.
        texts = [
            layers[place].table.get_text(row)
            for place, row in zip(sharing.layer.tolist(), sharing.row.tolist(), strict=True)
        ]
        named = np.array([nodes.has_name(*each) for each in zip(node.tolist(), texts, strict=True)], np.bool_)
        sharing = Sharing(sharing.layer[named], sharing.row[named], sharing.share[named])
        node = node[named]
    if types is not None:
        codes = [nodes.type_words.find(word) for word in types]
        kept = np.isin(nodes.types[node], codes)
        sharing = Sharing(sharing.layer[kept], sharing.row[kept], sharing.share[kept])
        node = node[kept]
    # Rounded, sums of the same parts are equal.
    share = np.rint(sharing.share * 1e6).astype(np.int64)
    mentions = nodes.mentions[node].astype(np.int64)
    most_first = ((share.max(initial=0) - share) << 32) + np.iinfo(np.int32).max - mentions
    order = node if not nodes.added else nodes.ranks[node].astype(np.int64)
    chosen = _choose(most_first, (order << 32) + sharing.row, _MAX_COMPARED)
    return [
        (int(node[place]), layers[int(sharing.layer[place])].table.get_text(int(sharing.row[place])))
        for place in chosen.tolist()
    ]


def _choose(first: Int64, second: Int64, most: int) -> Int64:
    """Return the places of the least, in order, by two keys; without sorting what is not chosen."""
    places = np.arange(len(first))
    if len(first) > most:
        last = np.partition(first, most - 1)[most - 1]
        better, equal = np.flatnonzero(first < last), np.flatnonzero(first == last)
        missing = most - len(better)
        if missing < len(equal):
            equal = equal[np.argpartition(second[equal], missing - 1)[:missing]]
        places = np.concatenate([better, equal])
    return places[np.lexsort((second[places], first[places]))]


def _share_words(words: Sequence[str], layers: Sequence[Layer]) -> Sharing:
    """Return the names that hold words of a query; each shared word counts, and rarer ones more."""
    held: list[list[Int32]] = [[] for _ in layers]
    worth: list[float] = []
    for position, word in enumerate(words):
        # The last word may still be being typed.
        found = _find_words(word, layers, as_prefix=position == len(words) - 1)
        for place, layer in enumerate(layers):
            held[place].append(layer.list_holders(found[place]))
        rarity = 1.0 / (1.0 + log1p(sum(len(each[-1]) for each in held)))
        worth.append(1.0 + rarity)
    added = [_add_up(each, worth, layer.table.count) for each, layer in zip(held, layers, strict=True)]
    return Sharing(
        np.repeat(np.arange(len(layers)), [len(row) for row, _ in added]),
        np.concatenate([row for row, _ in added]),
        np.concatenate([share for _, share in added]),
    )


def _add_up(held: Sequence[Int32], worth: Sequence[float], size: int) -> tuple[Int64, Float64]:
    """Return the names that hold any word, and the worth of all they hold; a word that one has twice counts once.

    Args:
        held: The names, by row, that hold each word.
        worth: Of each word.
        size: How many names there are.
    """
    if sum(map(len, held)) * _SPARSE > size:
        share = np.zeros(size)
        for rows, each in zip(held, worth, strict=True):
            share[rows] += each
        found = np.flatnonzero(share)
        return found, share[found]
    unique = [np.unique(rows) for rows in held]
    found, which = np.unique(np.concatenate(unique), return_inverse=True)
    added = np.bincount(which.reshape(-1), np.repeat(worth, list(map(len, unique))), len(found))
    return found.astype(np.int64), added.astype(np.float64)


def _find_words(word: str, layers: Sequence[Layer], *, as_prefix: bool) -> list[Int64]:
    """Return for each layer which words a query's word may be; typos are tried only where nothing else is found."""
    indices = [layer.table.words for layer in layers]
    found = [index.find(word, as_prefix=as_prefix) for index in indices]
    if any(_is_held(layer, each.numbers) for layer, each in zip(layers, found, strict=True)):
        return [_join(found, place, indices) for place in range(len(layers))]
    mistyped = sorted(
        (near for index in indices for near in index.find_mistyped(word)), key=lambda near: -near[1]
    )
    chosen = list(dict.fromkeys(other for other, _ in mistyped))[:MOST_MISTYPED]
    return [_list_numbers(index, chosen) for index in indices]


def _is_held(layer: Layer, words: Int64) -> bool:
    """Say whether any of these words is in a name that is to be found."""
    return bool(len(words)) and (layer.replaced is None or bool(len(layer.list_holders(words))))


def _join(found: Sequence[FoundWords], place: int, indices: Sequence[WordIndex]) -> Int64:
    """Return the words found in one layer, and those found in others that it has but did not look at."""
    own = found[place]
    if not own.is_cut:
        return own.numbers
    others = {
        indices[other][number]
        for other, each in enumerate(found)
        if other != place
        for number in each.numbers.tolist()
    }
    return np.union1d(own.numbers, _list_numbers(indices[place], others))


def _list_numbers(index: WordIndex, words: Iterable[str]) -> Int64:
    return np.array(sorted({index.find_number(word) for word in words} - {-1}), np.int64)
