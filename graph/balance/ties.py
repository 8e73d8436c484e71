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

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from graph.edges import Edge
from graph.ontology import Sign
from graph.snapshot.graph_view import GraphView

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

    actors: Sequence[str]
    ties: Sequence[Tie]
    ambivalent: Sequence[Tie] = ()

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
    def disputed(self) -> NDArray[np.bool_]:
        """(ties,), whether a tie is disputed."""
        return np.array([tie.is_disputed for tie in self.ties], dtype=np.bool_)

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


def read_signed_graph(view: GraphView, ambivalent: Ambivalent = "apart") -> SignedGraph:
    """Make ties of a view's edges; those without a sign, and those that cannot be walked, are passed over.

    Args:
        view: What a filter leaves. The result does not depend on the order in which it was stored.
        ambivalent: `apart` leaves pairs with both signs without one, `lean` gives them the surer side's.

    Cost: O(edges log edges) over arrays; a tie is made when it is looked at.
    """
    numbers = np.flatnonzero((view.allowed != 0) & (view.signs != 0)).astype(np.int32)
    rows, ranks = view.take_edges(numbers), view.node_ranks
    sources, targets = ranks[rows.source], ranks[rows.target]
    left, right = np.minimum(sources, targets), np.maximum(sources, targets)
    order = np.lexsort((right, left))
    left, right, numbers = left[order], right[order], numbers[order]
    starts = np.flatnonzero(np.diff(left, prepend=-1) | np.diff(right, prepend=-1))
    sums = _add_up_pairs(rows.sign[order], view.confidences[numbers], starts, ambivalent)
    is_disputed = np.logical_or.reduceat(rows.disputed[order] != 0, starts) if len(starts) else starts > 0
    pairs = LazyTies(view, numbers, np.append(starts, len(numbers)), sums)
    signed, torn = np.flatnonzero(sums.signs), np.flatnonzero(sums.signs == 0)
    ends = np.concatenate([left[starts[signed]], right[starts[signed]]])
    named, places = np.unique(ends, return_inverse=True)
    by_rank = np.argsort(ranks)
    actors = tuple(view.columns.nodes.ids[int(number)] for number in by_rank[named])
    graph = SignedGraph(actors, pairs.choose(signed), tuple(pairs.choose(torn)))
    # What the graph would ask every tie for, and would make them all for.
    graph.__dict__.update(
        tails=places[: len(signed)].astype(np.int32),
        heads=places[len(signed) :].astype(np.int32),
        signs=sums.signs[signed],
        confidences=sums.confidences[signed],
        disputed=is_disputed[signed] | ((sums.support > 0) & (sums.opposition > 0))[signed],
    )
    return graph


class _PairSums(NamedTuple):
    signs: NDArray[np.int8]
    confidences: Weights
    support: Weights
    opposition: Weights


def _add_up_pairs(
    signs: NDArray[np.int8], confidences: Weights, starts: NDArray[np.int64], ambivalent: Ambivalent
) -> _PairSums:
    """Return what edges that are sorted by pair come to; those of a pair begin at each of `starts`."""
    if not len(starts):
        nothing = np.zeros(0)
        return _PairSums(np.zeros(0, np.int8), nothing, nothing, nothing)
    support = np.maximum.reduceat(np.where(signs > 0, confidences, 0.0), starts)
    opposition = np.maximum.reduceat(np.where(signs < 0, confidences, 0.0), starts)
    found = np.where(support > opposition, 1, -1).astype(np.int8)
    sure = np.abs(support - opposition)
    is_apart = (support > 0) & (opposition > 0) & ((ambivalent == "apart") | (sure == 0))
    found[is_apart] = 0
    sure[is_apart] = np.minimum(support, opposition)[is_apart]
    return _PairSums(found, sure, support, opposition)


class LazyTies(Sequence[Tie]):
    """Ties that are made when they are looked at.

    Args:
        view: Whose edges they are made of.
        numbers: Of edges, those of a pair together.
        bounds: Where each pair's edges begin; the last is where all end.
        sums: What each pair comes to.
        chosen: Which pairs; all, without.
    """

    def __init__(
        self,
        view: GraphView,
        numbers: Indices,
        bounds: NDArray[np.int64],
        sums: _PairSums,
        chosen: NDArray[np.int64] | None = None,
    ) -> None:
        self._view, self._numbers, self._bounds, self._sums = view, numbers, bounds, sums
        self._chosen = np.arange(len(bounds) - 1) if chosen is None else chosen

    def choose(self, chosen: NDArray[np.int64]) -> "LazyTies":
        """Return some of the ties, by their places among all pairs."""
        return LazyTies(self._view, self._numbers, self._bounds, self._sums, chosen)

    def __len__(self) -> int:
        return len(self._chosen)

    @overload
    def __getitem__(self, place: int) -> Tie: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Tie]: ...
    def __getitem__(self, place: int | slice) -> Tie | Sequence[Tie]:
        if isinstance(place, slice):
            return self.choose(self._chosen[place])
        pair = int(self._chosen[place])
        numbers = self._numbers[self._bounds[pair] : self._bounds[pair + 1]].tolist()
        edges = sorted((self._view.edge_at(number) for number in numbers), key=lambda edge: edge.id)
        left, right = sorted((edges[0].source, edges[0].target))
        sign = int(self._sums.signs[pair])
        return Tie(
            left,
            right,
            1 if sign > 0 else -1 if sign < 0 else 0,
            float(self._sums.confidences[pair]),
            float(self._sums.support[pair]),
            float(self._sums.opposition[pair]),
            tuple(edges),
        )
