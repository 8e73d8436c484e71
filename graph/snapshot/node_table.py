"""Nodes as columns, made into objects when somebody looks at them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.nodes import ALWAYS, Node
from graph.rows import KnownDays
from graph.search.tables import NameTable, Saved
from graph.snapshot.columns import NONE, Float64, Int16, Int32, Int64, Mask, WordList
from graph.snapshot.string_table import GrowingStrings, StringIndex, StringTable

NO_NUMBER = int(np.iinfo(np.int64).min)
"""Stands for a GeoNames id that is not known."""

_KEPT = 1 << 16


class Special(NamedTuple):
    """What few nodes have: see `Node`."""

    merged: tuple[str, ...]
    metonyms: tuple[tuple[str, int], ...]
    dated_metonyms: tuple[tuple[str, int, int], ...] = ()
    former: tuple[tuple[int, str, str | None], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class NodeColumns:
    """One row a node, sorted by id; what each holds is told by `graph.nodes.Node`.

    Attributes:
        type: Code into `types`; `country` into `countries`, `admin1` into `regions`, -1 for none.
        lat: Degrees, NaN for unknown; so is `lon`.
        aliases: The aliases of all nodes, one node's after another's.
        alias_offsets: (nodes + 1,), where each node's aliases begin.
        name_days: (nodes + aliases,), since when each node's name is known, and behind it since when its aliases are;
            see `graph.rows.KnownDays`.
        seen_days: Publication days of dated texts, one node's after another's; `seen_counts` how often they name it.
        seen_offsets: (nodes + 1,), where each node's begin.
        special: What few nodes have, by number.
    """

    ids: StringTable
    names: StringTable
    type: Mask
    country: Int16
    admin1: Int32
    lat: Float64
    lon: Float64
    geonames_id: Int64
    mentions: Int32
    aliases: StringTable
    alias_offsets: Int64
    name_days: Int32
    seen_days: Int32
    seen_counts: Int32
    seen_offsets: Int64
    types: WordList
    countries: WordList
    regions: WordList
    special: Mapping[int, Special]

    @classmethod
    def of(cls, nodes: Sequence[Node]) -> "NodeColumns":
        """Pack nodes in the order given. Cost: O(nodes)."""
        types, countries, regions = WordList(), WordList(), WordList()
        counts = np.fromiter((len(node.aliases) for node in nodes), np.int64, len(nodes))
        return cls(
            ids=StringTable.of(node.id for node in nodes),
            names=StringTable.of(node.name for node in nodes),
            type=np.array([types.code(node.type) for node in nodes], np.uint8),
            country=np.array([countries.code(node.country_code) for node in nodes], np.int16),
            admin1=np.array([regions.code(node.admin1) for node in nodes], np.int32),
            lat=np.array([np.nan if node.lat is None else node.lat for node in nodes], np.float64),
            lon=np.array([np.nan if node.lon is None else node.lon for node in nodes], np.float64),
            geonames_id=np.array(
                [NO_NUMBER if node.geonames_id is None else node.geonames_id for node in nodes], np.int64
            ),
            mentions=np.array([node.mentions for node in nodes], np.int32),
            aliases=StringTable.of(alias for node in nodes for alias in node.aliases),
            alias_offsets=np.r_[0, np.cumsum(counts)].astype(np.int64),
            name_days=np.fromiter((day for node in nodes for day in _list_name_days(node)), np.int32),
            seen_days=np.fromiter((day for node in nodes for day, _ in node.known.seen), np.int32),
            seen_counts=np.fromiter((count for node in nodes for _, count in node.known.seen), np.int32),
            seen_offsets=np.r_[0, np.cumsum([len(node.known.seen) for node in nodes], dtype=np.int64)].astype(
                np.int64
            ),
            types=types,
            countries=countries,
            regions=regions,
            special={
                number: Special(node.merged, node.metonyms, node.known.metonyms, node.known.former)
                for number, node in enumerate(nodes)
                if node.merged or node.metonyms or node.known.former
            },
        )

    def __len__(self) -> int:
        """Return how many nodes there are."""
        return len(self.type)

    def get(self, number: int) -> Node:
        """Make one node, by a number within [0, len)."""
        special = self.special.get(number)
        country, admin1 = int(self.country[number]), int(self.admin1[number])
        lat, lon = float(self.lat[number]), float(self.lon[number])
        geonames_id = int(self.geonames_id[number])
        return Node(
            id=self.ids[number],
            name=self.names[number],
            type=self.types[int(self.type[number])],
            country_code=None if country == NONE else self.countries[country],
            admin1=None if admin1 == NONE else self.regions[admin1],
            lat=None if lat != lat else lat,  # noqa: PLR0124 (NaN is what differs from itself)
            lon=None if lon != lon else lon,  # noqa: PLR0124
            geonames_id=None if geonames_id == NO_NUMBER else geonames_id,
            aliases=self._get_aliases(number),
            mentions=int(self.mentions[number]),
            merged=special.merged if special else (),
            metonyms=special.metonyms if special else (),
        )

    def get_known(self, number: int) -> KnownDays:
        """Return since when what is known of a node is known."""
        special = self.special.get(number)
        first, last = int(self.seen_offsets[number]), int(self.seen_offsets[number + 1])
        start = int(self.alias_offsets[number]) + number
        names = (self.names[number], *self._get_aliases(number))
        days = self.name_days[start : start + len(names)].tolist()
        return KnownDays(
            tuple(
                zip(self.seen_days[first:last].tolist(), self.seen_counts[first:last].tolist(), strict=True)
            ),
            tuple((name, day) for name, day in zip(names, days, strict=True) if day != ALWAYS),
            special.dated_metonyms if special else (),
            special.former if special else (),
        )

    def _get_aliases(self, number: int) -> tuple[str, ...]:
        start, stop = int(self.alias_offsets[number]), int(self.alias_offsets[number + 1])
        return tuple(self.aliases.slice(start, stop)) if stop > start else ()


def _list_name_days(node: Node) -> Iterator[int]:
    days = dict(node.known.names)
    return (days.get(name, ALWAYS) for name in (node.name, *node.aliases))


class Sightings(NamedTuple):
    """(sightings,) int32 each: how often dated texts that came since the columns name nodes, by number and day."""

    nodes: Int32
    days: Int32
    counts: Int32


class NodeTable:
    """All nodes: the columns, and those that came or changed since, in the order they came.

    Immutable; threads share it freely.

    Args:
        columns: The nodes of the snapshot.
        ids: Their ids, and those of the nodes added since.
        added: The nodes added since, numbered on from the columns.
        changed: Nodes that replace those of these numbers.
        more: (nodes,) how much more often each is mentioned than its row says; None where nothing came since.
        names: What the names of the columns are looked up by; None to make it when it is needed.
    """

    def __init__(
        self,
        columns: NodeColumns,
        ids: GrowingStrings,
        added: Sequence[Node] = (),
        changed: Mapping[int, Node] | None = None,
        more: Int32 | None = None,
        names: NameTable | None = None,
    ) -> None:
        self.columns = columns
        self.names = names or NameTable.of_columns(columns)
        self.ids = ids
        self.added = tuple(added)
        self.changed = changed or {}
        self._more = more
        self.sightings: tuple[Sightings, ...] = ()
        self.gone: frozenset[int] = frozenset()
        self.day: int | None = None
        self._made: dict[int, Node] = {}

    @classmethod
    def of(cls, columns: NodeColumns, index: StringIndex, names: Saved | None = None) -> "NodeTable":
        """Wrap columns to which nothing was added; `names` is what their names are looked up by, if it was made."""
        return cls(columns, GrowingStrings(columns.ids, index), names=NameTable.of_columns(columns, names))

    def __len__(self) -> int:
        """Return how many nodes there are."""
        return len(self.columns) + len(self.added)

    def find(self, node_id: str) -> int:
        """Return a node's number, -1 where there is none of this id."""
        number = self.ids.find(node_id)
        return -1 if number in self.gone else number

    def find_many(self, node_ids: Sequence[str]) -> Int64:
        """Return the number of each node, -1 where there is none of its id."""
        numbers = self.ids.find_many(node_ids)
        return np.where(np.isin(numbers, list(self.gone)), -1, numbers) if self.gone else numbers

    def count_known(self) -> int:
        """Return how many nodes there are to be found."""
        return len(self) - len(self.gone)

    @property
    def hidden(self) -> Mask | None:
        """(nodes,) uint8, 1 for the nodes that are not to be found; None where all are."""
        return mark(self.gone, len(self)) if self.gone else None

    @property
    def is_whole(self) -> bool:
        """Whether the nodes are as they are now, and not as they were known by a day."""
        return self.day is None

    def get(self, number: int) -> Node:
        """Return one node by its number, within [0, len)."""
        node = self._made.get(number)
        if node is None:
            node = self._make(number)
            if len(self._made) >= _KEPT:
                self._made.clear()
            self._made[number] = node
        return node

    def get_known(self, number: int) -> KnownDays:
        """Return since when what is known of a node is known, but for `sightings`."""
        node = self.changed.get(number)
        size = len(self.columns)
        if node is None and number < size:
            return self.columns.get_known(number)
        return (node or self.added[number - size]).known

    def has_name(self, number: int, text: str) -> bool:  # noqa: ARG002 (nodes of a day know better)
        """Say whether a node goes by one of the names it was found by."""
        return True

    def list_renewed(self, since: "NodeTable | None" = None) -> list[int]:
        """Return the numbers of the nodes that came or whose rows changed since an earlier table, or the columns."""
        earlier = {} if since is None else since.changed
        changed = [number for number, node in self.changed.items() if node is not earlier.get(number)]
        first = len(self.columns) if since is None else len(since)
        return sorted({*changed, *range(first, len(self))} - self.gone)

    def _make(self, number: int) -> Node:
        node = self.changed.get(number)
        if node is None:
            size = len(self.columns)
            node = self.columns.get(number) if number < size else self.added[number - size]
        more = 0 if self._more is None else int(self._more[number])
        return replace(node, mentions=node.mentions + more) if more else node

    @cached_property
    def mentioned(self) -> Mapping[int, int]:
        """How much more often these numbers' nodes are mentioned than their rows say."""
        if self._more is None:
            return {}
        numbers = np.flatnonzero(self._more)
        if self.gone:
            numbers = numbers[~np.isin(numbers, list(self.gone))]
        return dict(zip(numbers.tolist(), self._more[numbers].tolist(), strict=True))

    def grow(
        self, added: Sequence[Node], changed: Mapping[int, Node], more: Int32, sightings: Sightings
    ) -> "NodeTable":
        """Return a table with more nodes, some replaced, and some mentioned more often.

        A node that is replaced is mentioned as often as the new one says.

        Args:
            added: Numbered on from those there are.
            changed: By number.
            more: (nodes, those added included) how much more often each is mentioned; becomes the table's own.
            sightings: When dated texts did so.
        """
        if self._more is not None:
            before = self._more
            if changed:
                before = before.copy()
                before[list(changed)] = 0
            more[: len(before)] += before
        grown = NodeTable(
            self.columns,
            self.ids.grow([node.id for node in added]),
            (*self.added, *added),
            {**self.changed, **changed},
            more,
            self.names,
        )
        grown.sightings = (*self.sightings, sightings)
        grown.gone = self.gone
        return grown

    def forget_sightings(self, numbers: Collection[int]) -> None:
        """Drop the sightings of nodes that were counted again, from a table that nobody else has yet."""
        gone = list(numbers)
        kept = []
        for each in self.sightings:
            stays = ~np.isin(each.nodes, gone)
            kept.append(Sightings(*(column[stays] for column in each)))
        self.sightings = tuple(kept)

    def leave_out(self, numbers: frozenset[int]) -> None:
        """Let these numbers, and no others, be no nodes, in a table that nobody else has yet: they are one with others."""
        self.gone = numbers
        self.forget_sightings(numbers)

    @cached_property
    def types(self) -> Mask:
        """The type of each node: codes into `type_words`."""
        types = self.columns.type
        if self.added or self.changed:
            words = self.columns.types
            types = np.concatenate([types, np.array([words.code(n.type) for n in self.added], np.uint8)])
            for number, node in self.changed.items():
                types[number] = words.code(node.type)
        return types

    @cached_property
    def mentions(self) -> Int32:
        """How often documents name each node."""
        mentions = self.columns.mentions
        if self.added or self.changed:
            mentions = np.concatenate([mentions, np.array([n.mentions for n in self.added], np.int32)])
            for number, node in self.changed.items():
                mentions[number] = node.mentions
        if self._more is not None:
            mentions = mentions + self._more
        if self.gone:
            mentions[list(self.gone)] = 0
        return mentions

    @property
    def type_words(self) -> WordList:
        """What the codes of `types` stand for."""
        return self.columns.types

    @cached_property
    def ranks(self) -> Int32:
        """The place of each node in alphabetical order of ids; ties are broken by it. Ascending but for new nodes."""
        size = len(self.columns)
        if not self.added:
            return np.arange(size, dtype=np.int32)
        order = sorted(range(len(self.added)), key=lambda place: self.added[place].id)
        before = np.array([self._count_before(self.added[place].id) for place in order], np.int64)
        ranks = np.empty(len(self), np.int32)
        base = np.arange(size)
        ranks[:size] = base + np.searchsorted(before, base, side="right")
        ranks[size + np.array(order)] = before + np.arange(len(order))
        return ranks

    @cached_property
    def places(self) -> Int32:
        """The place of each node among those that are to be found, by id; -1 for the others."""
        if not self.gone:
            return self.ranks
        is_kept = np.ones(len(self), np.bool_)
        is_kept[self.ranks[list(self.gone)]] = False
        places = (np.cumsum(is_kept, dtype=np.int32) - 1)[self.ranks]
        places[list(self.gone)] = -1
        return places

    def _count_before(self, node_id: str) -> int:
        """Return how many nodes of the columns come before an id. Cost: O(log nodes)."""
        wanted = node_id.encode()
        low, high = 0, len(self.columns)
        while low < high:
            middle = (low + high) // 2
            if self.columns.ids.get_bytes(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low

    def iter_sorted(self, kept: NDArray[np.bool_] | None = None) -> Iterator[tuple[int, str]]:
        """Yield the number and id of each node, or of those kept, by id."""
        ids = self.ids.list_all()
        order: Sequence[int] = range(len(ids))
        if self.added:
            order = np.argsort(self.ranks, kind="stable").tolist()
        if kept is None and self.gone:
            kept = mark(self.gone, len(self)) == 0
        if kept is None:
            yield from ((number, ids[number]) for number in order)
            return
        flags = kept.tolist()
        yield from ((number, ids[number]) for number in order if flags[number])


def mark(numbers: Collection[int] | NDArray[np.integer], size: int) -> Mask:
    """Return (size,) uint8, 1 for these numbers."""
    marks = np.zeros(size, np.uint8)
    marks[numbers if isinstance(numbers, np.ndarray) else list(numbers)] = 1
    return marks
