"""Signed modularity, and moving actors between groups until none can raise it.

Gómez, Jensen and Arenas (2009), Analysis of community structure in networks of correlated data: what ties more than
chance would within groups counts for a division, and what opposes more than chance would within groups counts against
it. Chance keeps every actor's sum of ties, and its sum of oppositions. Without opposition it is Newman's modularity.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from graph.deadline import Deadline

Pairs = Mapping[tuple[int, int], float]
"""Weights above 0 by two actors, the lower first; one actor twice for what lies within a group."""

_ACTORS_A_CHECK = 1_000
_MOST_SWEEPS = 50
_LEAST_GAIN = 1e-9


@dataclass(frozen=True, eq=False)
class Weighing:
    """What ties and what opposes `size` actors, numbered from 0.

    Attributes:
        tying: Weights of what holds two actors together.
        cutting: Weights of what sets them apart.
        resolution: Above 1 makes smaller groups, below 1 larger ones.
    """

    size: int
    tying: Pairs
    cutting: Pairs
    resolution: float = 1.0

    @cached_property
    def ties(self) -> list[dict[int, float]]:
        """For each actor the others it is tied to."""
        return _list_others(self.size, self.tying)

    @cached_property
    def cuts(self) -> list[dict[int, float]]:
        """For each actor the others it is set apart from."""
        return _list_others(self.size, self.cutting)

    @cached_property
    def strengths(self) -> tuple[list[float], list[float]]:
        """Each actor's sum of ties, and its sum of oppositions; what lies within counts at both of its ends."""
        return _sum_ends(self.size, self.tying), _sum_ends(self.size, self.cutting)

    @cached_property
    def totals(self) -> tuple[float, float]:
        """Twice the sum of all ties, and of all oppositions."""
        return sum(self.strengths[0]), sum(self.strengths[1])

    def compute_modularity(self, groups: Sequence[int]) -> float:
        """Return the signed modularity of a division, within [-1, 1]; 0 without any ties."""
        total = sum(self.totals)
        signed = 0.0
        for sign, pairs, strengths, whole in zip(
            (1, -1), (self.tying, self.cutting), self.strengths, self.totals, strict=True
        ):
            if not whole:
                continue
            within = 2 * sum(weight for (one, other), weight in pairs.items() if groups[one] == groups[other])
            sums: defaultdict[int, float] = defaultdict(float)
            for actor, strength in enumerate(strengths):
                sums[groups[actor]] += strength
            chance = sum(found * found for found in sums.values()) / whole
            signed += sign * (within - self.resolution * chance)
        return signed / total if total else 0.0

    def merge(self, groups: Sequence[int], count: int) -> "Weighing":
        """Return the same with each group as one actor."""
        return Weighing(
            count, _merge_pairs(self.tying, groups), _merge_pairs(self.cutting, groups), self.resolution
        )


def _merge_pairs(pairs: Pairs, groups: Sequence[int]) -> Pairs:
    sums: defaultdict[tuple[int, int], float] = defaultdict(float)
    for (one, other), weight in pairs.items():
        left, right = groups[one], groups[other]
        sums[min(left, right), max(left, right)] += weight
    return sums


def _list_others(size: int, pairs: Pairs) -> list[dict[int, float]]:
    others: list[dict[int, float]] = [{} for _ in range(size)]
    for (one, other), weight in pairs.items():
        if one != other:
            others[one][other] = others[other][one] = weight
    return others


def _sum_ends(size: int, pairs: Pairs) -> list[float]:
    sums = [0.0] * size
    for (one, other), weight in pairs.items():
        sums[one] += weight
        sums[other] += weight
    return sums


def improve_groups(weighing: Weighing, groups: Sequence[int], deadline: Deadline) -> list[int]:
    """Return a division of at least the modularity of the one given, whose every group hangs together by ties.

    Actors move one by one to the group that raises modularity most, then groups do, in turn until nothing gains
    (Blondel et al. 2008). A group that is not held together by its own ties is cut into those that are, as Leiden has
    it (Traag, Waltman and van Eck 2019): a common enemy alone makes nobody friends.

    Args:
        weighing: What ties and what opposes.
        groups: Number of each actor's group.
        deadline: When to stop.

    Returns:
        Numbers of groups, from 0 in order of their lowest actor.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(ties) for each sweep over the actors, of which there are seldom more than ten.
    """
    best = split_groups(weighing, groups)
    score = weighing.compute_modularity(best)
    for _ in range(_MOST_SWEEPS):
        moved = _move_all(weighing, best, deadline)
        count = max(moved, default=-1) + 1
        merged = weighing.merge(moved, count)
        joined = _move_all(merged, list(range(count)), deadline)
        found = split_groups(weighing, [joined[group] for group in moved])
        gained = weighing.compute_modularity(found)
        if gained <= score + _LEAST_GAIN:
            break
        best, score = found, gained
    return best


def _move_all(weighing: Weighing, groups: Sequence[int], deadline: Deadline) -> list[int]:
    """Move actors one by one, in order of their numbers, until a sweep moves none."""
    found = list(groups)
    sums = [[0.0] * (max(found, default=-1) + 1 + weighing.size) for _ in range(2)]
    for actor, group in enumerate(found):
        for strengths, totals in zip(weighing.strengths, sums, strict=True):
            totals[group] += strengths[actor]
    for _ in range(_MOST_SWEEPS):
        moves = 0
        for actor in range(weighing.size):
            if actor % _ACTORS_A_CHECK == 0:
                deadline.check()
            moves += _move(weighing, found, sums, actor)
        if not moves:
            break
    return number_in_order(found)


def _move(weighing: Weighing, groups: list[int], sums: list[list[float]], actor: int) -> bool:
    """Move an actor to the best group among those it is tied to; say whether that is another."""
    own = groups[actor]
    strengths = [column[actor] for column in weighing.strengths]
    for totals, strength in zip(sums, strengths, strict=True):
        totals[own] -= strength
    held: defaultdict[int, float] = defaultdict(float, {own: 0.0})
    for other, weight in weighing.ties[actor].items():
        held[groups[other]] += weight
    for other, weight in weighing.cuts[actor].items():
        if groups[other] in held:
            held[groups[other]] -= weight
    tying, cutting = (
        weighing.resolution * strength / whole if whole else 0.0
        for strength, whole in zip(strengths, weighing.totals, strict=True)
    )
    gains = {group: gain - tying * sums[0][group] + cutting * sums[1][group] for group, gain in held.items()}
    best = max(sorted(gains), key=lambda group: gains[group])
    if gains[best] <= max(gains[own], 0.0) + _LEAST_GAIN:
        # Alone it would gain nothing and lose nothing; `split_groups` has made sure that an empty number is left.
        best = own if gains[own] >= -_LEAST_GAIN else _find_empty(groups, sums, actor)
    for totals, strength in zip(sums, strengths, strict=True):
        totals[best] += strength
    groups[actor] = best
    return best != own


def _find_empty(groups: list[int], sums: list[list[float]], actor: int) -> int:
    """Return the number kept for an actor alone."""
    return len(sums[0]) - len(groups) + actor


def split_groups(weighing: Weighing, groups: Sequence[int]) -> list[int]:
    """Return the groups, cut where their own ties do not hold them together; numbered by their lowest actor."""
    found = [-1] * weighing.size
    count = 0
    for start in range(weighing.size):
        if found[start] >= 0:
            continue
        found[start] = count
        reached = [start]
        for actor in reached:
            for other in weighing.ties[actor]:
                if found[other] < 0 and groups[other] == groups[start]:
                    found[other] = count
                    reached.append(other)
        count += 1
    return found


def number_in_order(groups: Sequence[Hashable]) -> list[int]:
    """Return the groups numbered from 0 in order of their first actor."""
    numbers = {group: number for number, group in enumerate(dict.fromkeys(chain(groups)))}
    return [numbers[group] for group in groups]
