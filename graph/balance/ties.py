"""The signed ties between actors: what all supports and oppositions of a pair come to, seen from neither side.

The graph is directed and has parallel edges; structural balance is about pairs. A pair of actors is joined by one tie:

- positive, if edges between the two, in either direction, only support;
- negative, if they only oppose;
- ambivalent, if some support and some oppose. Such a pair is neither a friend nor a foe. It is set apart and shown as
  it is, unless a question asks for what it leans to: then it has the sign of the surer side, weighed by how much surer
  that side is; where both are equally sure it stays apart.

A side is as sure as its surest edge: two directions of one relation often come from one sentence, so their
confidences are not added up.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.edges import Edge
from graph.ontology import Sign

Ambivalent = Literal["apart", "lean"]
Indices = NDArray[np.int32]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins two actors.

    Attributes:
        left: Id of the alphabetically first of the two.
        right: Id of the other.
        sign: +1, -1, or 0 for an ambivalent tie that is set apart.
        confidence: How sure its sign is, within (0, 1]; of an ambivalent tie, how sure its weaker side is.
        support: Confidence of the surest supporting edge, 0 without one.
        opposition: Confidence of the surest opposing edge, 0 without one.
        edges: All signed edges of the pair, by id.
    """

    left: str
    right: str
    sign: Sign
    confidence: float
    support: float
    opposition: float
    edges: tuple[Edge, ...]

    @property
    def is_ambivalent(self) -> bool:
        """Whether some of its edges support and some oppose."""
        return self.support > 0 and self.opposition > 0

    @property
    def is_disputed(self) -> bool:
        """Whether one of its edges is denied somewhere, or the two sides contradict each other."""
        return self.is_ambivalent or any(edge.disputed for edge in self.edges)


class Neighbours(NamedTuple):
    """For each actor, the ties that it has: those of actor `u` stand at `indptr[u]:indptr[u + 1]`.

    Attributes:
        indptr: (actors + 1,), ascending from 0 to twice the number of ties.
        heads: The actor at the other end; ascending within an actor.
        ties: The tie, an index into `SignedGraph.ties`.
    """

    indptr: NDArray[np.int64]
    heads: Indices
    ties: Indices


@dataclass(frozen=True, eq=False)
class SignedGraph:
    """Actors and the signed ties between them, numbered from 0.

    Attributes:
        actors: Ids of those who have a tie with a sign, sorted.
        ties: Those with a sign, sorted by their ends.
        ambivalent: Those set apart, sorted by their ends.
    """

    actors: tuple[str, ...]
    ties: tuple[Tie, ...]
    ambivalent: tuple[Tie, ...] = ()

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Which number an actor has."""
        return {actor: number for number, actor in enumerate(self.actors)}

    @cached_property
    def tails(self) -> Indices:
        """(ties,), the number of each tie's left end."""
        return np.array([self.numbers[tie.left] for tie in self.ties], dtype=np.int32)

    @cached_property
    def heads(self) -> Indices:
        """(ties,), the number of each tie's right end."""
        return np.array([self.numbers[tie.right] for tie in self.ties], dtype=np.int32)

    @cached_property
    def signs(self) -> NDArray[np.int8]:
        """(ties,), +1 or -1."""
        return np.array([tie.sign for tie in self.ties], dtype=np.int8)

    @cached_property
    def confidences(self) -> Weights:
        """(ties,), within (0, 1]."""
        return np.array([tie.confidence for tie in self.ties], dtype=np.float64)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Every tie from both of its ends. Cost: O(ties log ties), once."""
        return list_neighbours(len(self.actors), self.tails, self.heads)

    @cached_property
    def components(self) -> NDArray[np.int32]:
        """(actors,), which part that hangs together an actor belongs to; the part of actor 0 is 0, and so on."""
        found = np.full(len(self.actors), -1, dtype=np.int32)
        heads, offsets = self.neighbours.heads.tolist(), self.neighbours.indptr.tolist()
        parts = 0
        for start in range(len(self.actors)):
            if found[start] >= 0:
                continue
            found[start] = parts
            reached = [start]
            for actor in reached:
                for head in heads[offsets[actor] : offsets[actor + 1]]:
                    if found[head] < 0:
                        found[head] = parts
                        reached.append(head)
            parts += 1
        return found


def list_neighbours(actors: int, tails: Indices, heads: Indices) -> Neighbours:
    """Return ties `(tails[i], heads[i])` from both of their ends. Cost: O(ties log ties)."""
    starts = np.concatenate([tails, heads])
    ends = np.concatenate([heads, tails])
    numbers = np.tile(np.arange(len(tails), dtype=np.int32), 2)
    order = np.lexsort((ends, starts))
    indptr = np.zeros(actors + 1, dtype=np.int64)
    np.cumsum(np.bincount(starts, minlength=actors), out=indptr[1:])
    return Neighbours(indptr, ends[order], numbers[order])


def build_signed_graph(edges: Iterable[Edge], ambivalent: Ambivalent = "apart") -> SignedGraph:
    """Make ties of edges; those without a sign, those that do not count and those from an actor to itself are passed over.

    Args:
        edges: In any order; the result does not depend on it.
        ambivalent: `apart` leaves pairs with both signs without one, `lean` gives them the surer side's.

    Cost: O(edges log edges).
    """
    pairs: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.sign and edge.counts and edge.source != edge.target:
            pairs[min(edge.source, edge.target), max(edge.source, edge.target)].append(edge)
    ties = [_build_tie(*pair, pairs[pair], ambivalent) for pair in sorted(pairs)]
    signed = tuple(tie for tie in ties if tie.sign)
    actors = {end for tie in signed for end in (tie.left, tie.right)}
    return SignedGraph(tuple(sorted(actors)), signed, tuple(tie for tie in ties if not tie.sign))


def _build_tie(left: str, right: str, edges: Sequence[Edge], ambivalent: Ambivalent) -> Tie:
    support = max((edge.confidence for edge in edges if edge.sign > 0), default=0.0)
    opposition = max((edge.confidence for edge in edges if edge.sign < 0), default=0.0)
    sign: Sign = 1 if support > opposition else -1
    confidence = abs(support - opposition)
    is_torn = support > 0 and opposition > 0
    if is_torn and (ambivalent == "apart" or confidence == 0):
        sign, confidence = 0, min(support, opposition)
    listed = tuple(sorted(edges, key=lambda edge: edge.id)) if len(edges) > 1 else tuple(edges)
    return Tie(left, right, sign, confidence, support, opposition, listed)
