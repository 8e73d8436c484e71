"""The keys of names, which are equal for names that are one but for case, accents, articles and spaces."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np

from graph.names import search_keys
from graph.search.columns import KeyColumns, UInt32
from graph.snapshot.columns import NONE, Int32, Int64

if TYPE_CHECKING:
    from graph.nodes import Node
    from graph.snapshot.node_table import NodeColumns

_NODES_AT_ONCE = 10_000
"""So few that other threads are not kept waiting."""


class NamePart(NamedTuple):
    """Some names: their texts, and for each the two columns of `KeyColumns` that say whose it is and where it stands."""

    texts: Sequence[str]
    node: Int32
    text: Int32


Parts = Callable[[], Iterable[NamePart]]
"""Yields all names, those of a node together and its main name first; each time it is called."""


def iter_column_names(nodes: "NodeColumns") -> Iterator[NamePart]:
    """Yield the names of the nodes of a snapshot, a part at a time."""
    for start in range(0, len(nodes), _NODES_AT_ONCE):
        stop = min(start + _NODES_AT_ONCE, len(nodes))
        offsets = nodes.alias_offsets[start : stop + 1]
        numbers = np.arange(start, stop, dtype=np.int32)
        node = np.repeat(numbers, np.diff(offsets) + 1)
        main = (offsets[:-1] - offsets[0]) + np.arange(stop - start)
        is_alias = np.ones(len(node), np.bool_)
        is_alias[main] = False
        text = np.full(len(node), NONE, np.int32)
        text[is_alias] = np.arange(offsets[0], offsets[-1], dtype=np.int32)
        texts = np.empty(len(node), np.object_)
        texts[main] = nodes.names.slice(start, stop)
        texts[is_alias] = nodes.aliases.slice(int(offsets[0]), int(offsets[-1]))
        yield NamePart(texts.tolist(), node, text)


def list_node_names(nodes: Iterable[tuple[int, "Node"]]) -> NamePart:
    """Return the names of nodes, given by number; an alias stands where the list has it."""
    texts: list[str] = []
    numbers: list[int] = []
    places: list[int] = []
    for number, node in nodes:
        for text in dict.fromkeys((node.name, *node.aliases)):
            places.append(NONE if text == node.name else len(texts))
            texts.append(text)
            numbers.append(number)
    return NamePart(texts, np.array(numbers, np.int32), np.array(places, np.int32))


def build_keys(parts: Parts) -> KeyColumns:
    """Compute the search keys of names. Names without a letter or digit have none, and are left out.

    Cost: about 3 microseconds a name.
    """
    crcs: list[UInt32] = []
    hashes: list[Int64] = []
    nodes: list[Int32] = []
    texts: list[Int32] = []
    for part in parts():
        keys = search_keys(part.texts)
        has_key = np.fromiter(map(bool, keys), np.bool_, len(keys))
        kept = keys if has_key.all() else [key for key in keys if key]
        crcs.append(np.fromiter((crc32(key.encode()) for key in kept), np.uint32, len(kept)))
        # What one process calls a text is enough to tell which names share a key.
        hashes.append(np.fromiter(map(hash, kept), np.int64, len(kept)))
        nodes.append(part.node[has_key])
        texts.append(part.text[has_key])
    empty = np.zeros(0, np.int32)
    _, first, key = np.unique(
        np.concatenate([empty.astype(np.int64), *hashes]), return_index=True, return_inverse=True
    )
    order = np.argsort(first[key.reshape(-1)], kind="stable")
    crc = np.concatenate([empty.astype(np.uint32), *crcs])[order]
    by_hash = np.argsort(crc, kind="stable")
    return KeyColumns(
        node=np.concatenate([empty, *nodes])[order],
        text=np.concatenate([empty, *texts])[order],
        hashes=crc[by_hash],
        order=by_hash.astype(np.int32),
    )
