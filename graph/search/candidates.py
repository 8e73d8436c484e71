"""Names that may fit a query: those that share most words with it, in some spelling."""

from collections.abc import Collection, Iterable, Sequence
from math import log1p
from typing import NamedTuple

import numpy as np

from graph.columns import Float64, Int64
from graph.node_table import NodeTable
from graph.search.tables import Layer
from graph.search.words import MOST_MISTYPED, FoundWords, WordIndex

_MAX_COMPARED = 400


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
    if types is not None:
        codes = [nodes.type_words.find(word) for word in types]
        kept = np.isin(nodes.types[node], codes)
        sharing = Sharing(sharing.layer[kept], sharing.row[kept], sharing.share[kept])
        node = node[kept]
    values, value = np.unique(sharing.share, return_inverse=True)
    # As many as there are subsets of the query's words; rounded, sums of the same parts are equal.
    ranks = {
        share: rank for rank, share in enumerate(sorted({-round(share, 6) for share in values.tolist()}))
    }
    rank = np.array([ranks[-round(share, 6)] for share in values.tolist()], np.int64)[value.reshape(-1)]
    fewest_first = np.iinfo(np.int32).max - nodes.mentions[node].astype(np.int64)
    order = node if not nodes.added else nodes.ranks[node].astype(np.int64)
    chosen = _choose((rank << 32) + fewest_first, (order << 32) + sharing.row, _MAX_COMPARED)
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
    place, row, worth = [], [], []
    for position, word in enumerate(words):
        # The last word may still be being typed.
        found = _find_words(word, layers, as_prefix=position == len(words) - 1)
        held = [layer.list_holders(numbers) for layer, numbers in zip(layers, found, strict=True)]
        rarity = 1.0 / (1.0 + log1p(sum(map(len, held))))
        for number, holders in enumerate(held):
            row.append(np.unique(holders))
            place.append(np.full(len(row[-1]), number))
            worth.append(np.full(len(row[-1]), 1.0 + rarity))
    size = max((len(layer.table.keys.node) for layer in layers), default=0) + 1
    unique, which = np.unique(np.concatenate(place) * size + np.concatenate(row), return_inverse=True)
    share: Float64 = np.bincount(which.reshape(-1), np.concatenate(worth), len(unique)).astype(np.float64)
    return Sharing(unique // size, unique % size, share)


def _find_words(word: str, layers: Sequence[Layer], *, as_prefix: bool) -> list[Int64]:
    """Return for each layer which words a query's word may be; typos are tried only where nothing else is found."""
    indices = [layer.table.words for layer in layers]
    found = [index.find(word, as_prefix=as_prefix) for index in indices]
    if any(len(each.numbers) for each in found):
        return [_join(found, place, indices) for place in range(len(layers))]
    mistyped = sorted(
        (near for index in indices for near in index.find_mistyped(word)), key=lambda near: -near[1]
    )
    chosen = list(dict.fromkeys(other for other, _ in mistyped))[:MOST_MISTYPED]
    return [_list_numbers(index, chosen) for index in indices]


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
