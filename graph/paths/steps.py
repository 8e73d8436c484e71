"""What can be walked in a graph: steps between neighbours with their cost, found once for each filtered view."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from graph.edges import Edge
from graph.ontology import Sign
from graph.snapshot.collector import pause_collector
from graph.snapshot.snapshot import GraphView

Cost = tuple[int, int, int]
"""Compared as tuples and added part by part; whole numbers, so that sums do not depend on their order."""

_UNITS_PER_NAT = 2**24
"""How finely cost tells confidences apart: a nat is a factor of e. As in `graph.kernels.terrain`."""


_WALKABLE: WeakKeyDictionary[GraphView, int] = WeakKeyDictionary()


def count_walkable(view: GraphView) -> int:
    """Return how many edges of a view may be walked. Cost: O(edges) once for each view."""
    count = _WALKABLE.get(view)
    if count is None:
        count = _WALKABLE.setdefault(view, int(np.count_nonzero(view.allowed.view(np.bool_))))
    return count


@dataclass(frozen=True, slots=True)
class Walking:
    """How edges are walked.

    Attributes:
        any_direction: Backwards, too; else only symmetric edges are.
        by_confidence: Confidence goes before the number of hops.
        signed: The best edge of each sign is a step of its own; else the best of all is.
    """

    any_direction: bool
    by_confidence: bool
    signed: bool


class Step(NamedTuple):
    """A hop to `node` over the best edge of one sign; `sign` is the edge's where signs matter, else 0."""

    node: str
    edge: Edge
    forward: bool
    cost: Cost
    sign: Sign


class WalkedHop(NamedTuple):
    """A hop of a path: to `node` over an edge; `also` are the ids of the other edges between the two, best first."""

    node: str
    edge: Edge
    forward: bool
    also: tuple[str, ...]


class BackStep(NamedTuple):
    """A step seen from its end: it comes from `node`."""

    node: str
    cost: Cost
    sign: Sign


def add_costs(left: Cost, right: Cost) -> Cost:
    """Add two costs part by part."""
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]


def compute_cost(edge: Edge, *, by_confidence: bool) -> Cost:
    """Return what a hop over an edge adds to a path's cost."""
    doubt = round(-log(edge.confidence) * _UNITS_PER_NAT)
    is_unread = int(edge.origin == "gazetteer")
    return (doubt, 1, is_unread) if by_confidence else (1, is_unread, doubt)


class StepIndex:
    """All steps of a view. Immutable, and shared by all questions that walk alike.

    Cost: O(edges) to build.
    """

    @pause_collector()
    def __init__(self, view: GraphView, walking: Walking) -> None:
        self.walking = walking
        self._parallel: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
        best: dict[tuple[str, str, Sign], Step] = {}
        for edge in view.walkable:
            self._parallel[edge.source, edge.target].append(edge)
            cost = compute_cost(edge, by_confidence=walking.by_confidence)
            sign: Sign = edge.sign if walking.signed else 0
            self._keep_best(best, edge.source, Step(edge.target, edge, True, cost, sign))  # noqa: FBT003 (forward)
            if walking.any_direction or edge.symmetric:
                self._keep_best(best, edge.target, Step(edge.source, edge, False, cost, sign))  # noqa: FBT003
        onward: defaultdict[str, list[Step]] = defaultdict(list)
        back: defaultdict[str, list[BackStep]] = defaultdict(list)
        for (node, _, _), step in best.items():
            onward[node].append(step)
            back[step.node].append(BackStep(node, step.cost, step.sign))
        self.onward: Mapping[str, Sequence[Step]] = dict(onward)
        self.back: Mapping[str, Sequence[BackStep]] = dict(back)

    @staticmethod
    def _keep_best(best: dict[tuple[str, str, Sign], Step], node: str, step: Step) -> None:
        known = best.get((node, step.node, step.sign))
        if known is None or _preference(step) < _preference(known):
            best[node, step.node, step.sign] = step

    def find_parallel(self, node: str, step: Step) -> tuple[str, ...]:
        """Return the ids of the other edges that could be walked where a step was, best first."""
        by_confidence = self.walking.by_confidence
        found = [
            (compute_cost(edge, by_confidence=by_confidence), False, edge.id)
            for edge in self._parallel.get((node, step.node), ())
        ]
        found.extend(
            (compute_cost(edge, by_confidence=by_confidence), True, edge.id)
            for edge in self._parallel.get((step.node, node), ())
            if self.walking.any_direction or edge.symmetric
        )
        return tuple(edge_id for _, _, edge_id in sorted(found) if edge_id != step.edge.id)


def _preference(step: Step) -> tuple[Cost, bool, str]:
    return step.cost, not step.forward, step.edge.id


_INDEXES: WeakKeyDictionary[GraphView, dict[Walking, StepIndex]] = WeakKeyDictionary()


def get_step_index(view: GraphView, walking: Walking) -> StepIndex:
    """Return the steps of a view; found when first asked for, and kept as long as the view is."""
    indexes = _INDEXES.setdefault(view, {})
    if walking not in indexes:
        indexes[walking] = StepIndex(view, walking)
    return indexes[walking]
