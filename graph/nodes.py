"""Actors and places as the graph knows them: one for all entities that were judged to be the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.edges import Canonical
from graph.rows import EntityRow, KnownDays

ALWAYS = -(2**31)
"""Stands for the day since which a name is known that is as old as its entity."""


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or place.

    Attributes:
        country_code: ISO 3166-1 alpha-2.
        admin1: Province or state, by name.
        lat: Degrees north, WGS 84.
        lon: Degrees east, WGS 84.
        aliases: Every other name it goes by, those of entities merged into it included; sorted.
        mentions: How often documents name it.
        merged: Ids of the entities that were judged to be this one; sorted.
        metonyms: Names of places that stood for it in documents, each with how often; sorted.
        known: Since when that is known, where it has been handed over; nothing that is compared.
    """

    id: str
    name: str
    type: str
    country_code: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    aliases: tuple[str, ...] = ()
    mentions: int = 0
    merged: tuple[str, ...] = ()
    metonyms: tuple[tuple[str, int], ...] = ()
    known: KnownDays = field(default=KnownDays(), compare=False, repr=False)


def build_nodes(rows: Iterable[EntityRow], canonical: Canonical) -> list[Node]:
    """Make a node of each entity, one of those that were merged; sorted by id. Cost: O(rows log rows)."""
    nodes: list[Node] = []
    members: defaultdict[str, list[EntityRow]] = defaultdict(list)
    kept = set(canonical.values())
    for row in rows:
        if row.id in canonical or row.id in kept:
            members[canonical.get(row.id, row.id)].append(row)
        else:
            nodes.append(join_rows(row.id, (row,)))
    nodes.extend(join_rows(node_id, found) for node_id, found in members.items())
    nodes.sort(key=lambda node: node.id)
    return nodes


def join_rows(node_id: str, rows: Sequence[EntityRow]) -> Node:
    """Make one node of the rows judged to be the same; the kept row's facts go first, others fill its gaps."""
    if len(rows) > 1:
        rows = sorted(rows, key=lambda row: (row.id != node_id, row.id))
    kept = rows[0]
    names = {name for row in rows for name in (row.name, *row.aliases)}
    placed = next((row for row in rows if row.lat is not None and row.lon is not None), kept)
    return Node(
        id=node_id,
        name=kept.name,
        type=kept.type,
        country_code=next((row.country_code for row in rows if row.country_code), None),
        admin1=next((row.admin1 for row in rows if row.admin1), None),
        lat=placed.lat,
        lon=placed.lon,
        geonames_id=next((row.geonames_id for row in rows if row.geonames_id is not None), None),
        aliases=tuple(sorted(names - {kept.name})),
        mentions=sum(row.mentions for row in rows),
        merged=tuple(row.id for row in rows if row.id != node_id),
        metonyms=tuple(sorted(used for row in rows for used in row.metonyms)),
        known=kept.known if len(rows) == 1 else _join_known(rows),
    )


def _join_known(rows: Sequence[EntityRow]) -> KnownDays:
    """Return since when what is known of the entities that are one node is known; the first row is the kept one."""
    seen: Counter[int] = Counter()
    names: dict[str, int] = {}
    for row in rows:
        seen.update(dict(row.known.seen))
        dated = dict(row.known.names)
        for name in (row.name, *row.aliases):
            day = dated.get(name, ALWAYS)
            names[name] = min(names.get(name, day), day)
    return KnownDays(
        tuple(sorted(seen.items())),
        tuple(sorted((name, day) for name, day in names.items() if day != ALWAYS)),
        tuple(sorted(used for row in rows for used in row.known.metonyms)),
        rows[0].known.former,
    )
