"""The nodes of a graph with what came since laid over them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from graph.edges import Canonical
from graph.nodes import Node, join_rows
from graph.rows import EntityRow
from graph.snapshot.columns import NO_DAY, to_day
from graph.snapshot.node_table import NodeTable, Sightings
from graph.store import MentionCounts


class NodeDelta(NamedTuple):
    """What changed about entities.

    Attributes:
        entities: Rows that changed and new ones; of merged entities, those of all that are one with them.
        mentions: Whom new documents mean, by document.
        days: The publication day of each new document that has one.
        recounted: Ids of those among `entities` whose mentions were counted again.
        counts: Those counts, by publication day: all there are now, the new documents included.
        rejoined: Ids of those among `recounted` that a judgement joined with others, or took apart.
    """

    entities: Sequence[EntityRow]
    mentions: MentionCounts
    recounted: frozenset[str]
    counts: MentionCounts
    days: Mapping[str, int]
    rejoined: frozenset[str] = frozenset()


def grow_nodes(table: NodeTable, delta: NodeDelta, canonical: Canonical) -> NodeTable:
    """Return the nodes as they are now. Cost: O(what changed), and a copy of what changed before."""
    if not (delta.entities or delta.mentions or delta.rejoined or delta.recounted):
        return table
    members: defaultdict[str, list[EntityRow]] = defaultdict(list)
    for row in _fill_in(delta):
        members[canonical.get(row.id, row.id)].append(row)
    numbers = dict(zip(members, table.ids.find_many(list(members)).tolist(), strict=True))
    added: list[Node] = []
    changed: dict[int, Node] = {}
    recounted: list[int] = []
    for node_id, rows in members.items():
        node = join_rows(node_id, rows)
        number = numbers[node_id]
        if number < 0:
            numbers[node_id] = len(table) + len(added)
            added.append(node)
            continue
        if delta.recounted.isdisjoint(row.id for row in rows):
            before, known = table.get(number), table.get_known(number)
            node = replace(
                node,
                mentions=before.mentions,
                metonyms=before.metonyms,
                known=node.known._replace(seen=known.seen, metonyms=known.metonyms),
            )
        else:
            recounted.append(number)
        changed[number] = node
    grown = _count_mentions(table, delta, canonical, added, changed, numbers)
    if recounted:
        grown.forget_sightings(recounted)
    if delta.rejoined:
        grown.leave_out(_list_merged(table, delta.rejoined, canonical))
    return grown


def _list_merged(table: NodeTable, rejoined: frozenset[str], canonical: Canonical) -> frozenset[int]:
    """Return the numbers that are no nodes of their own now."""
    listed = sorted(rejoined)
    numbers = zip(listed, table.ids.find_many(listed).tolist(), strict=True)
    found = {number: entity_id in canonical for entity_id, number in numbers if number >= 0}
    stays = {number for number in table.gone if number not in found}
    return frozenset(stays | {number for number, is_merged in found.items() if is_merged})


def _fill_in(delta: NodeDelta) -> Iterable[EntityRow]:
    """Yield the rows, with mentions where these were counted again."""
    totals: defaultdict[str, int] = defaultdict(int)
    metonyms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen: defaultdict[str, Counter[int]] = defaultdict(Counter)
    dated: defaultdict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for (entity_id, metonym, when), mentions in delta.counts.items():
        day = to_day(when)
        totals[entity_id] += mentions
        if day != NO_DAY:
            seen[entity_id][day] += mentions
        if metonym is not None:
            metonyms[entity_id][metonym] += mentions
            if day != NO_DAY:
                dated[entity_id].append((metonym, day, mentions))
    for row in delta.entities:
        known = row.known._replace(
            seen=tuple(sorted(seen[row.id].items())), metonyms=tuple(sorted(dated[row.id]))
        )
        used = tuple(metonyms[row.id].items())
        yield row._replace(mentions=totals[row.id], metonyms=used, known=known)


def _count_mentions(
    table: NodeTable,
    delta: NodeDelta,
    canonical: Canonical,
    added: list[Node],
    changed: dict[int, Node],
    numbers: dict[str, int],
) -> NodeTable:
    """Add what new documents mention, but for those that were counted again."""
    new = delta.mentions
    if delta.recounted:
        new = {meant: count for meant, count in new.items() if meant[0] not in delta.recounted}
    owners = [canonical.get(entity_id, entity_id) for entity_id, _, _ in new]
    days = np.fromiter((delta.days.get(document, NO_DAY) for _, _, document in new), np.int32, len(new))
    found = table.ids.find_many(owners)
    for place in np.flatnonzero(found < 0).tolist():
        found[place] = numbers[owners[place]]
    for number, day, ((_, metonym, _), mentions) in zip(
        found.tolist(), days.tolist(), new.items(), strict=True
    ):
        if metonym is None:
            continue
        place = number - len(table)
        node = added[place] if place >= 0 else changed.get(number) or table.get(number)
        used = dict(node.metonyms)
        used[metonym] = used.get(metonym, 0) + mentions
        known = table.get_known(number) if place < 0 and number not in changed else node.known
        if day != NO_DAY:
            known = known._replace(metonyms=(*known.metonyms, (metonym, day, mentions)))
        node = replace(node, metonyms=tuple(sorted(used.items())), known=known)
        if place >= 0:
            added[place] = node
        else:
            changed[number] = node
    more = np.zeros(len(table) + len(added), np.int32)
    counts = np.fromiter(new.values(), np.int32, len(new))
    np.add.at(more, found, counts)
    dated = days != NO_DAY
    sightings = Sightings(found[dated].astype(np.int32), days[dated], counts[dated])
    return table.grow(added, changed, more, sightings)
