"""Communities: groups of actors that hold together, what ties each of them, and what cuts them apart."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from graph.deadline import Deadline
from graph.edges import Edge
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.modularity import Weighing, improve_groups, number_in_order
from graph.snapshot.snapshot import Snapshot

Signs = Literal["signed", "unsigned"]

MAX_LIMIT = 200
_SURROUNDINGS = "located-in"
"""The kind that says where an actor is, not with whom."""

_MOST_TWICE = 20_000
"""Ties up to which a division is also sought from every actor alone; beyond, that costs seconds and gains little."""


@dataclass(frozen=True, slots=True)
class Member:
    """An actor of a community.

    Attributes:
        strength: Summed confidence of what ties it to the others of its community.
    """

    id: str
    strength: float


@dataclass(frozen=True, slots=True)
class Community:
    """A group of actors.

    Attributes:
        number: From 1, largest first.
        members: All of them, most strongly tied first, then by id; the first ones name it.
        ties: Edges that hold it together, surest first, then by id.
        strains: Edges by which its own members oppose each other, surest first.
    """

    number: int
    members: tuple[Member, ...]
    ties: tuple[Edge, ...]
    strains: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Border:
    """What lies between two communities.

    Attributes:
        left: Number of the larger one.
        right: Number of the other.
        bridges: Edges that tie one to the other, surest first, then by id.
        cuts: Edges by which one opposes the other.
        weight: Summed confidence of all of them.
    """

    left: int
    right: int
    bridges: tuple[Edge, ...]
    cuts: tuple[Edge, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Communities:
    """A division of a graph.

    Attributes:
        signs: Whether opposition was taken for what it is.
        modularity: Of the division, within [-1, 1]; signed where `signs` is.
        communities: Those of two and more, largest first, then by their first member's id.
        borders: Between two of these, most weight first.
        alone: Ids of actors that have edges of the sort asked for, but no group; sorted.
        resolution: As asked.
        seed: As asked.
    """

    signs: Signs
    modularity: float
    communities: tuple[Community, ...]
    borders: tuple[Border, ...]
    alone: tuple[str, ...]
    resolution: float
    seed: int


def find_communities(
    snapshot: Snapshot,
    *,
    where: EdgeFilter | None = None,
    signs: Signs = "signed",
    resolution: float = 1.0,
    seed: int = 0,
    budget_s: float | None = None,
) -> Communities:
    """Divide the actors of a filtered graph into communities.

    `unsigned`: Leiden (Traag, Waltman and van Eck 2019, as graspologic-native has it) on modularity; every edge of
    whatever kind ties its two ends by its confidence, opposition as well: who has to do with whom.

    `signed`: `supports`, `commands` and `member-of` tie by their confidence, `opposes` sets apart, and `located-in` is
    left out, for enemies fight in one place. Leiden divides what ties; from there, and in graphs of up to 20,000 ties
    from every actor alone, actors and groups are moved to raise the signed modularity of Gómez, Jensen and Arenas (2009), and the better end is kept.
    See `graph.modularity`.

    The same edges give the same groups, in whatever order they were stored.

    Args:
        snapshot: The graph.
        where: Which edges.
        signs: See above.
        resolution: Within (0, 10]; above 1 makes more and smaller groups.
        seed: Of Leiden's random order; within [0, 2 ** 31).
        budget_s: Seconds after which the work is stopped; None for no limit.

    Raises:
        InvalidQuery: An option is out of range.
        QueryTimeout: The budget was used up.

    Cost: almost linear in the edges; a few seconds for 100,000.
    """
    if signs not in get_args(Signs):
        raise InvalidQuery("signs", f"must be one of {', '.join(get_args(Signs))}, not {signs!r}.")
    if not 0 < resolution <= 10:
        raise InvalidQuery("resolution", f"must be above 0 and at most 10, not {resolution:g}.")
    if not 0 <= seed < 2**31:
        raise InvalidQuery("seed", f"must be at least 0 and below 2147483648, not {seed}.")
    deadline = Deadline(budget_s)
    edges = [
        edge for edge in snapshot.view(where).walkable if signs == "unsigned" or edge.kind != _SURROUNDINGS
    ]
    deadline.check()
    actors = sorted({end for edge in edges for end in (edge.source, edge.target)})
    numbers = {actor: number for number, actor in enumerate(actors)}
    weighing = _weigh(edges, numbers, signs, resolution)
    groups = _divide(weighing, actors, seed, deadline)
    return _describe(edges, actors, groups, weighing, signs, seed)


def _cuts(edge: Edge, signs: Signs) -> bool:
    return signs == "signed" and edge.sign < 0


def _weigh(edges: Iterable[Edge], numbers: Mapping[str, int], signs: Signs, resolution: float) -> Weighing:
    tying: defaultdict[tuple[int, int], float] = defaultdict(float)
    cutting: defaultdict[tuple[int, int], float] = defaultdict(float)
    for edge in edges:
        one, other = numbers[edge.source], numbers[edge.target]
        pairs = cutting if _cuts(edge, signs) else tying
        pairs[min(one, other), max(one, other)] += edge.confidence
    # Summed to 12 digits and put in order, so that the order of edges cannot show.
    tied, cut = ({pair: round(pairs[pair], 12) for pair in sorted(pairs)} for pairs in (tying, cutting))
    return Weighing(len(numbers), tied, cut, resolution)


def _divide(weighing: Weighing, actors: list[str], seed: int, deadline: Deadline) -> list[int]:
    alone = list(range(weighing.size))
    if not weighing.tying:
        return alone
    started = _run_leiden(weighing, actors, seed)
    deadline.check()
    if not weighing.cutting:
        return started
    starts = (started, alone) if len(weighing.tying) <= _MOST_TWICE else (started,)
    found = [improve_groups(weighing, start, deadline) for start in starts]
    return max(found, key=weighing.compute_modularity)


def _run_leiden(weighing: Weighing, actors: list[str], seed: int) -> list[int]:
    """Return Leiden's groups of what ties; whoever nothing ties is alone."""
    from graspologic_native import leiden  # noqa: PLC0415 (only where there is something to divide)

    listed = [(actors[one], actors[other], weight) for (one, other), weight in weighing.tying.items()]
    _, found = leiden(listed, resolution=weighing.resolution, seed=seed, trials=3, iterations=2)
    return number_in_order([found.get(actor, actor) for actor in actors])


def _describe(
    edges: Iterable[Edge],
    actors: list[str],
    groups: list[int],
    weighing: Weighing,
    signs: Signs,
    seed: int,
) -> Communities:
    members: defaultdict[int, list[Member]] = defaultdict(list)
    for number, group in enumerate(groups):
        strength = sum(weight for other, weight in weighing.ties[number].items() if groups[other] == group)
        members[group].append(Member(actors[number], round(strength, 9)))
    order = sorted(
        (group for group, found in members.items() if len(found) > 1),
        key=lambda group: (-len(members[group]), members[group][0].id),
    )
    places = {group: place for place, group in enumerate(order, start=1)}
    place_of = {actor: places.get(group, 0) for actor, group in zip(actors, groups, strict=True)}
    between: defaultdict[tuple[int, int], tuple[list[Edge], list[Edge]]] = defaultdict(lambda: ([], []))
    for edge in sorted(edges, key=lambda edge: (-edge.confidence, edge.id)):
        left, right = sorted((place_of[edge.source], place_of[edge.target]))
        between[left, right][_cuts(edge, signs)].append(edge)
    communities = tuple(
        Community(
            place,
            tuple(sorted(members[group], key=lambda member: (-member.strength, member.id))),
            tuple(between[place, place][0]),
            tuple(between[place, place][1]),
        )
        for group, place in places.items()
    )
    return Communities(
        signs,
        weighing.compute_modularity(groups),
        communities,
        _list_borders(between),
        tuple(actor for actor in actors if not place_of[actor]),
        weighing.resolution,
        seed,
    )


def _list_borders(between: Mapping[tuple[int, int], tuple[list[Edge], list[Edge]]]) -> tuple[Border, ...]:
    borders = [
        Border(
            left,
            right,
            tuple(bridges),
            tuple(cuts),
            round(sum(edge.confidence for edge in (*bridges, *cuts)), 9),
        )
        for (left, right), (bridges, cuts) in between.items()
        if 0 < left < right
    ]
    return tuple(sorted(borders, key=lambda border: (-border.weight, border.left, border.right)))
