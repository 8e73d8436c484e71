"""The nodes of a graph with what came since laid over them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from graph.edges import Canonical
from graph.node_table import NodeTable
from graph.nodes import Node, join_rows
from graph.rows import EntityRow
from graph.store import MentionCount


class NodeDelta(NamedTuple):
    """What changed about entities.

    Attributes:
        entities: Rows that changed and new ones; of merged entities, those of all that are one with them.
        mentions: Whom new documents mean.
        recounted: Ids of those among `entities` whose mentions were counted again.
        counts: Those counts: all there are now, the new documents included.
    """

    entities: Sequence[EntityRow]
    mentions: Sequence[MentionCount]
    recounted: frozenset[str]
    counts: Sequence[MentionCount]


def grow_nodes(table: NodeTable, delta: NodeDelta, canonical: Canonical) -> NodeTable:
    """Return the nodes as they are now. Cost: O(what changed), and a copy of what changed before."""
    members: defaultdict[str, list[EntityRow]] = defaultdict(list)
    for row in _fill_in(delta):
        members[canonical.get(row.id, row.id)].append(row)
    numbers = dict(zip(members, table.ids.find_many(list(members)).tolist(), strict=True))
    added: list[Node] = []
    changed: dict[int, Node] = {}
    for node_id, rows in members.items():
        node = join_rows(node_id, rows)
        number = numbers[node_id]
        if number < 0:
            numbers[node_id] = len(table) + len(added)
            added.append(node)
            continue
        if delta.recounted.isdisjoint(row.id for row in rows):
            before = table.get(number)
            node = replace(node, mentions=before.mentions, metonyms=before.metonyms)
        changed[number] = node
    return _count_mentions(table, delta, canonical, added, changed, numbers)


def _fill_in(delta: NodeDelta) -> Iterable[EntityRow]:
    """Yield the rows, with mentions where these were counted again."""
    totals: defaultdict[str, int] = defaultdict(int)
    metonyms: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for entity_id, metonym, mentions in delta.counts:
        totals[entity_id] += mentions
        if metonym is not None:
            metonyms[entity_id].append((metonym, mentions))
    for row in delta.entities:
        yield row._replace(mentions=totals[row.id], metonyms=tuple(metonyms[row.id]))


def _count_mentions(
    table: NodeTable,
    delta: NodeDelta,
    canonical: Canonical,
    added: list[Node],
    changed: dict[int, Node],
    numbers: dict[str, int],
) -> NodeTable:
    """Add what new documents mention, but for those that were counted again."""
    new = [count for count in delta.mentions if count.entity_id not in delta.recounted]
    owners = {count.entity_id: canonical.get(count.entity_id, count.entity_id) for count in new}
    unknown = [owner for owner in dict.fromkeys(owners.values()) if owner not in numbers]
    numbers |= dict(zip(unknown, table.ids.find_many(unknown).tolist(), strict=True))
    more: defaultdict[int, int] = defaultdict(int)
    for entity_id, metonym, mentions in new:
        number = numbers[owners[entity_id]]
        more[number] += mentions
        if metonym is None:
            continue
        place = number - len(table)
        node = added[place] if place >= 0 else changed.get(number) or table.get(number)
        used = dict(node.metonyms)
        used[metonym] = used.get(metonym, 0) + mentions
        node = replace(node, metonyms=tuple(sorted(used.items())))
        if place >= 0:
            added[place] = node
        else:
            changed[number] = node
    return table.grow(added, changed, more)
