"""Splits of a signed graph into two sides: a good one from above, disjoint contradictions from below.

Above: local search. Starting from a spanning tree whose every tie is satisfied, actors change sides while that lowers
the cost; then small random kicks are tried, each kept if what follows costs no more (iterated local search, Lourenço,
Martin and Stützle 2003). Seeded, so the same graph has the same split.

Below: every cycle with an odd number of negative ties holds a frustrated tie under any split, so cycles that share no
weight add up to a lower bound (the packing that is dual to frustration). Each cycle is closed by one frustrated tie of
the split from above and runs through satisfied ones; a search from
both of its ends finds a short one.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.balance.compiling import choose_loop
from graph.balance.reduction import Weighted
from graph.balance.ties import Neighbours, list_neighbours
from graph.deadline import Deadline

Sides = NDArray[np.int8]
Amounts = NDArray[np.int64]

_SEED = 20_140_610
_KICKS_AN_ACTOR = 20
_MOST_KICKS = 300_000
_MOST_KICKS_UNCOMPILED = 1_500
_KICKS_AT_ONCE = 5_000
_TIES_AT_ONCE = 500
_STEPS = 100_000_000
"""How many ties are walked at most in looking for cycles, all searches together: about a second, compiled."""


class Numbered(NamedTuple):
    """A graph of whole weights as arrays.

    Attributes:
        actors: The actor that each number stands for.
        tails: (ties,), number of one end.
        heads: (ties,), number of the other.
        weights: (ties,), signed and not 0.
        neighbours: Each tie from both ends.
    """

    actors: tuple[int, ...]
    tails: NDArray[np.int32]
    heads: NDArray[np.int32]
    weights: Amounts
    neighbours: Neighbours

    def compute_cost(self, sides: Sides) -> int:
        """Return the weight that a split frustrates; `sides` is +1 or -1 for each number."""
        return int(np.abs(self.weights)[self.find_frustrated(sides)].sum())

    def find_frustrated(self, sides: Sides) -> NDArray[np.bool_]:
        """Return which ties a split frustrates."""
        return np.asarray(sides[self.tails] * sides[self.heads] * np.sign(self.weights) < 0)


def number_graph(graph: Weighted) -> Numbered:
    """Lay out a graph as arrays, actors and ties in rising order."""
    actors = tuple(sorted(graph))
    numbers = {actor: number for number, actor in enumerate(actors)}
    listed = [
        (numbers[left], numbers[right], graph[left][right])
        for left in actors
        for right in sorted(graph[left])
        if left < right
    ]
    columns = np.array(listed, dtype=np.int64)
    tails, heads = columns[:, 0].astype(np.int32), columns[:, 1].astype(np.int32)
    weights = columns[:, 2].copy()
    return Numbered(actors, tails, heads, weights, list_neighbours(len(actors), tails, heads))


def find_split(graph: Numbered, deadline: Deadline) -> Sides:
    """Return a split that frustrates little: +1 or -1 for each actor.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(ties) for the descent, and for the kicks as many short walks as there are actors, twenty times over.
    """
    ties = len(graph.weights)
    indptr, heads, numbers = graph.neighbours
    weights = graph.weights[numbers]
    sides = _span(graph)
    improve = choose_loop(_improve, ties)
    pull = np.zeros(len(sides), dtype=np.int64)
    most = _MOST_KICKS if improve is not _improve else _MOST_KICKS_UNCOMPILED
    kicks = min(_KICKS_AN_ACTOR * len(graph.actors), most)
    for done in range(0, kicks, _KICKS_AT_ONCE):
        deadline.check()
        improve(indptr, heads, weights, sides, pull, min(kicks - done, _KICKS_AT_ONCE), _SEED + done)
    return sides


def _span(graph: Numbered) -> Sides:
    """Return sides that satisfy a breadth-first spanning tree; a balanced graph is split without cost."""
    sides = np.zeros(len(graph.actors), dtype=np.int8)
    indptr, heads, ties = (column.tolist() for column in graph.neighbours)
    signs = np.sign(graph.weights).tolist()
    found = sides.tolist()
    for start in range(len(found)):
        if found[start]:
            continue
        found[start] = 1
        reached = [start]
        for actor in reached:
            for at in range(indptr[actor], indptr[actor + 1]):
                if not found[heads[at]]:
                    found[heads[at]] = found[actor] * signs[ties[at]]
                    reached.append(heads[at])
    return np.array(found, dtype=np.int8)


def _improve(  # noqa: C901, PLR0912 (one compiled loop, which cannot be cut without slowing it)
    indptr: Amounts,
    heads: NDArray[np.int32],
    weights: Amounts,
    sides: Sides,
    pull: Amounts,
    kicks: int,
    seed: int,
) -> None:
    """Lower the cost of a split in place.

    `pull` is room for what an actor's satisfied ties outweigh the frustrated ones by: what a change of sides costs.
    """
    actors = len(sides)
    waiting = []
    for actor in range(actors):
        total = 0
        for at in range(indptr[actor], indptr[actor + 1]):
            total += weights[at] * sides[actor] * sides[heads[at]]
        pull[actor] = total
        if total < 0:
            waiting.append(actor)
    flips = [0]
    state = seed
    for kick in range(-1, kicks):
        change = 0
        flips.clear()
        if kick >= 0:
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            actor = (state >> 8) % actors
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            for _step in range(1 + (state >> 8) % 6):
                waiting.append(-actor - 1)
                degree = indptr[actor + 1] - indptr[actor]
                state = (state * 1103515245 + 12345) & 0x7FFFFFFF
                actor = heads[indptr[actor] + (state >> 8) % degree]
        while len(waiting) > 0:
            actor = waiting.pop()
            is_forced = actor < 0
            if is_forced:
                actor = -actor - 1
            if not is_forced and pull[actor] >= 0:
                continue
            change += pull[actor]
            flips.append(actor)
            sides[actor] = -sides[actor]
            pull[actor] = -pull[actor]
            for at in range(indptr[actor], indptr[actor + 1]):
                other = heads[at]
                pull[other] += 2 * weights[at] * sides[actor] * sides[other]
                if pull[other] < 0:
                    waiting.append(other)
        if kick >= 0 and change > 0:
            for actor in flips[::-1]:
                sides[actor] = -sides[actor]
                pull[actor] = -pull[actor]
                for at in range(indptr[actor], indptr[actor + 1]):
                    other = heads[at]
                    pull[other] += 2 * weights[at] * sides[actor] * sides[other]


def pack_cycles(graph: Numbered, sides: Sides, deadline: Deadline) -> int:
    """Return a weight that every split frustrates at least, from disjoint cycles of frustrated and satisfied ties.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(frustrated ties * ties within reach), and no more than a bounded number of steps.
    """
    is_frustrated = graph.find_frustrated(sides)
    frustrated = np.flatnonzero(is_frustrated).astype(np.int32)
    room = np.abs(graph.weights)
    room[frustrated] = 0
    wanted = np.abs(graph.weights[frustrated])
    actors = len(graph.actors)
    stamp, via = np.full(actors, -1, dtype=np.int64), np.zeros(actors, dtype=np.int32)
    queue = np.zeros((2, actors), dtype=np.int32)
    pack = choose_loop(_pack, len(graph.weights))
    packed, turn, steps = 0, 0, _STEPS
    for start in range(0, len(frustrated), _TIES_AT_ONCE):
        deadline.check()
        stop = start + _TIES_AT_ONCE
        part = frustrated[start:stop], wanted[start:stop]
        ends = graph.neighbours, graph.tails, graph.heads
        found, turn, steps = pack(*ends, room, *part, stamp, via, queue, turn, steps)
        packed += int(found)
    return packed


def _pack(  # noqa: C901, PLR0913, PLR0917 (one compiled loop, which gets everything it works on)
    neighbours: Neighbours,
    tails: NDArray[np.int32],
    heads: NDArray[np.int32],
    room: Amounts,
    closing: NDArray[np.int32],
    wanted: Amounts,
    stamp: Amounts,
    via: NDArray[np.int32],
    queue: NDArray[np.int32],
    turn: int,
    steps: int,
) -> tuple[int, int, int]:
    """Take cycles that the `closing` ties close, with `wanted` to pack on each, out of the `room` of satisfied ties.

    Each is found by searching from both ends at once. `stamp` says in which turn an actor was reached, twice the turn
    from one end and one more from the other, and `via` by which tie. Returns what was packed, the last turn, and how
    many of the `steps` are left.
    """
    indptr, ends, ties = neighbours
    packed = 0
    for place in range(len(closing)):
        closed = closing[place]
        while wanted[place] > 0 and steps > 0:
            turn += 1
            queue[0, 0], queue[1, 0] = tails[closed], heads[closed]
            stamp[tails[closed]], stamp[heads[closed]] = 2 * turn, 2 * turn + 1
            done, reached = [0, 0], [1, 1]
            near, meeting, far = -1, -1, -1
            while meeting < 0 and done[0] < reached[0] and done[1] < reached[1]:
                side = 0 if reached[0] - done[0] <= reached[1] - done[1] else 1
                actor = queue[side, done[side]]
                done[side] += 1
                steps -= indptr[actor + 1] - indptr[actor]
                for at in range(indptr[actor], indptr[actor + 1]):
                    other, tie = ends[at], ties[at]
                    if room[tie] <= 0 or stamp[other] == 2 * turn + side:
                        continue
                    if stamp[other] == 2 * turn + 1 - side:
                        near, meeting, far = actor, tie, other
                        break
                    stamp[other] = 2 * turn + side
                    via[other] = tie
                    queue[side, reached[side]] = other
                    reached[side] += 1
            if meeting < 0:
                break
            least = min(wanted[place], room[meeting])
            for start in (near, far):
                actor = start
                while actor not in (tails[closed], heads[closed]):
                    least = min(least, room[via[actor]])
                    actor = tails[via[actor]] + heads[via[actor]] - actor
            room[meeting] -= least
            for start in (near, far):
                actor = start
                while actor not in (tails[closed], heads[closed]):
                    room[via[actor]] -= least
                    actor = tails[via[actor]] + heads[via[actor]] - actor
            wanted[place] -= least
            packed += least
    return packed, turn, steps
