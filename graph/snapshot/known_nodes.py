"""The nodes of a graph as they were known by a day: who had been named by then, how often, and by which names."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.nodes import ALWAYS, Node
from graph.rows import NEVER, KnownDays
from graph.snapshot.columns import GAZETTEER, NO_DAY, Growing, Int32, Mask
from graph.snapshot.graph_columns import GraphColumns
from graph.snapshot.node_table import NodeTable


class KnownNodes(NodeTable):
    """A table of nodes that knows only what texts published by a day tell; numbers are those of the whole table.

    Args:
        nodes: The whole table.
        day: The last day, as an ordinal.
        first: (nodes,) the day since which each is known.
    """

    def __init__(self, nodes: NodeTable, day: int, first: Int32) -> None:
        super().__init__(nodes.columns, nodes.ids, nodes.added, nodes.changed, None, nodes.names)
        self.sightings = nodes.sightings
        self.gone = nodes.gone
        self.day = self._last = day
        self.is_known: NDArray[np.bool_] = first <= day

    @property
    def hidden(self) -> Mask:
        """(nodes,) uint8, 1 for the nodes that were not known."""
        return (~self.is_known).view(np.uint8)

    def count_known(self) -> int:
        """Return how many nodes were known."""
        return int(np.count_nonzero(self.is_known))

    def find(self, node_id: str) -> int:
        """Return a node's number, -1 where none of this id was known."""
        number = super().find(node_id)
        return number if number >= 0 and self.is_known[number] else -1

    def has_name(self, number: int, text: str) -> bool:
        """Say whether a node was known, and by this name."""
        if not self.is_known[number]:
            return False
        node = self.get(number)
        return text == node.name or text in node.aliases

    def iter_sorted(self, kept: NDArray[np.bool_] | None = None) -> Iterator[tuple[int, str]]:
        """Yield the number and id of each node that was known, or of those kept, by id."""
        return super().iter_sorted(self.is_known if kept is None else kept)

    def _make(self, number: int) -> Node:
        size = len(self.columns)
        node = self.changed.get(number)
        if node is None:
            node = self.columns.get(number) if number < size else self.added[number - size]
        return trim_node(node, self.get_known(number), self._last, int(self._later[number]))

    @cached_property
    def _later(self) -> Int32:
        """(nodes,) how often texts that came since the columns, and were published by the day, name each."""
        found = np.zeros(len(self), np.int32)
        for each in self.sightings:
            told = each.days <= self._last
            np.add.at(found, each.nodes[told], each.counts[told])
        return found

    @cached_property
    def mentions(self) -> Int32:
        """How often documents published by the day name each node."""
        nodes = self.columns
        told = np.r_[0, np.cumsum(np.where(nodes.seen_days <= self._last, nodes.seen_counts, 0))]
        mentions = np.zeros(len(self), np.int32)
        mentions[: len(nodes)] = told[nodes.seen_offsets[1:]] - told[nodes.seen_offsets[:-1]]
        for number in {*self.changed, *range(len(nodes), len(self))}:
            mentions[number] = sum(count for day, count in self.get_known(number).seen if day <= self._last)
        mentions += self._later
        mentions[list(self.gone)] = 0
        return mentions


def trim_node(node: Node, known: KnownDays, day: int, more: int = 0) -> Node:
    """Return a node with what was known of it by a day.

    Args:
        node: As it is now.
        known: Since when what is known of it is known.
        day: The last day, as an ordinal.
        more: How often texts name it by then that `known` does not count.
    """
    days = dict(known.names)
    before = ((name, country) for told, name, country in known.former if told > day)
    name, country_code = next(before, (node.name, node.country_code))
    names = {each for each in (node.name, *node.aliases) if days.get(each, ALWAYS) <= day}
    metonyms: Counter[str] = Counter()
    for text, told, count in known.metonyms:
        if told <= day:
            metonyms[text] += count
    return replace(
        node,
        name=name,
        country_code=country_code,
        aliases=tuple(sorted(names - {name})),
        mentions=sum(count for told, count in known.seen if told <= day) + more,
        metonyms=tuple(sorted(metonyms.items())),
    )


def find_first_days(columns: GraphColumns) -> Int32:
    """Return (nodes,) the day since which each node is known: named by a dated text, or around a place that is.

    `graph.rows.NEVER` stands for none. Cost: O(nodes + edges), some tens of milliseconds a million.
    """
    nodes, packed = columns.nodes, columns.nodes.columns
    first = np.full(len(nodes), NEVER, np.int32)
    named = np.flatnonzero(packed.seen_offsets[1:] > packed.seen_offsets[:-1])
    first[named] = packed.seen_days[packed.seen_offsets[named]]
    for number in {*nodes.changed, *range(len(packed), len(nodes))}:
        first[number] = min((day for day, _ in nodes.get_known(number).seen), default=NEVER)
    for each in nodes.sightings:
        np.minimum.at(first, each.nodes, each.days)
    first[list(nodes.gone)] = NEVER
    edges = columns.edges
    # Who is at an end of a claim is named by its text, whether or not its mentions are stored.
    told = np.flatnonzero((edges.first != NO_DAY) & (edges.origin != GAZETTEER) & (columns.alive != 0))
    for ends in (edges.source, edges.target):
        np.minimum.at(first, ends[told], edges.first[told])
    known = np.flatnonzero((edges.origin == GAZETTEER) & (columns.alive != 0))
    source, target = edges.source[known], edges.target[known]
    while True:
        # A place brings its province, and that its country.
        before = first.copy()
        np.minimum.at(first, target, first[source])
        if np.array_equal(first, before):
            return first


def find_stories(columns: GraphColumns, day: int) -> Int32:
    """Return (documents,) the code of each document's story as it was known by a day.

    Copies belong together when a chain of copies published by then joins them. A story goes by the first of its ids.

    Cost: O(documents + links log links).
    """
    copies = columns.copies
    told = (copies.known != NO_DAY) & (copies.known <= day)
    codes, place = np.unique(np.concatenate([copies.left[told], copies.right[told]]), return_inverse=True)
    if not len(codes):
        return columns.documents.own
    left, right = np.split(place.reshape(-1), 2)
    stands_for = np.arange(len(columns.stories), dtype=np.int32)
    stands_for[codes] = codes[
        _find_groups(left, right, _rank([columns.stories[int(code)] for code in codes]))
    ]
    found: Int32 = stands_for[columns.documents.own]
    return found


def _rank(texts: Sequence[str]) -> NDArray[np.int64]:
    ranks = np.empty(len(texts), np.int64)
    ranks[sorted(range(len(texts)), key=texts.__getitem__)] = np.arange(len(texts))
    return ranks


def _find_groups(
    left: NDArray[np.int64], right: NDArray[np.int64], ranks: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return for each item the lowest-ranked one that a chain of links joins it with."""
    labels = ranks.copy()
    while True:
        before = labels.copy()
        lowest = np.minimum(labels[left], labels[right])
        np.minimum.at(labels, left, lowest)
        np.minimum.at(labels, right, lowest)
        # A label is the rank of an item of the same group: following it once more halves the chains that are left.
        order = np.argsort(ranks, kind="stable")
        labels = np.minimum(labels, labels[order[labels]])
        if np.array_equal(labels, before):
            return order[labels]


def know_by(columns: GraphColumns, day: date) -> GraphColumns:
    """Return a graph whose nodes and stories are those that were known by a day; edges and claims stay as they are.

    Cost: O(nodes + documents), a few milliseconds a million.
    """
    ordinal = day.toordinal()
    documents = replace(columns.documents, story=find_stories(columns, ordinal))
    known = replace(
        columns,
        nodes=KnownNodes(columns.nodes, ordinal, columns.first_days),
        document_table=Growing.of(documents),
    )
    # What was worked out for the whole graph holds for this one too.
    for name in ("later", "stands_for", "first_days"):
        if name in columns.__dict__:
            known.__dict__[name] = columns.__dict__[name]
    return known
