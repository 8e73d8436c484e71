"""Paths over a large graph's arrays: the question in numbers, the answer in edges again."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from graph.adjacency import Walk
from graph.csr import EVERY_EDGE, lock, lock_walk
from graph.deadline import Deadline
from graph.edges import Edge
from graph.kernels.arc_choice import find_edges
from graph.kernels.best import BestPaths
from graph.kernels.counting import count_paths
from graph.kernels.nearest import iter_nearest
from graph.kernels.terrain import UNSIGNED, Terrain
from graph.ontology import Sign
from graph.paths.costs import get_costs
from graph.paths.distances import combine_signs
from graph.paths.steps import Cost, WalkedHop, Walking, add_costs, compute_cost, count_walkable
from graph.snapshot.columns import Mask
from graph.snapshot.graph_view import GraphView, WalkDirection

_LOOKS = 200_000


@dataclass(frozen=True, slots=True)
class ArrayQuestion:
    """A question about paths, by numbers of nodes.

    Attributes:
        walking: How edges are walked.
        final_sign: Net sign of the whole path; None if it does not matter.
        max_hops: Longest path, in hops.
        open_nodes: (nodes,), 1 for nodes that may be visited, the ends included; empty for all.
    """

    view: GraphView
    walking: Walking
    source: int
    target: int
    final_sign: Sign | None
    max_hops: int
    open_nodes: Mask
    deadline: Deadline


class ArraySearch:
    """One question between two different nodes, over arrays.

    Cost: O(1) to prepare; see `graph.kernels.best`.
    """

    def __init__(self, question: ArrayQuestion) -> None:
        self._question = question
        view = question.view
        mask = get_mask(view)
        any_direction = question.walking.any_direction
        self._walk = _get_walk(view, mask, "any" if any_direction else "out")
        self._back = self._walk if any_direction else _get_walk(view, mask, "in")
        final = UNSIGNED if question.final_sign is None else question.final_sign
        self._terrain = Terrain(
            mask=mask,
            costs=get_costs(view),
            hops_first=not question.walking.by_confidence,
            signs=lock(view.signs if final != UNSIGNED else view.signs[:0]),
            ranks=lock(view.node_ranks),
            open_nodes=lock(question.open_nodes),
            target=question.target,
            final_sign=final,
            max_hops=question.max_hops,
        )

    def iter_best(self) -> Iterator[tuple[WalkedHop, ...]]:
        """Yield the hops of every loopless path, best first; paths differ by the nodes they visit.

        Raises:
            QueryTimeout: The deadline passed.
        """
        question = self._question
        nodes, deadline = question.view.node_count, question.deadline
        if self._terrain.hops_first:
            paths = iter_nearest(self._walk, self._back, self._terrain, question.source, nodes, deadline)
        else:
            search = BestPaths(
                self._walk, self._back, self._terrain, question.source, nodes=nodes, deadline=deadline
            )
            paths = search.iter_best()
        for path in paths:
            yield self._choose_edges(path.nodes)

    def count(self, cap: int) -> tuple[int, bool]:
        """Return how many loopless paths there are, and whether that is all; counting stops at `cap`."""
        question = self._question
        return count_paths(
            self._walk,
            self._back,
            self._terrain,
            question.source,
            question.view.node_count,
            cap,
            _LOOKS,
            question.deadline,
        )

    def _choose_edges(self, nodes: tuple[int, ...]) -> tuple[WalkedHop, ...]:
        """Return the hops of the cheapest choice among parallel edges that has the sign asked for."""
        hops = [self._list_choices(tail, head) for tail, head in pairwise(nodes)]
        signed = self._question.final_sign is not None
        best: dict[Sign, tuple[Cost, tuple[int, ...]]] = {0: ((0, 0, 0), ())}
        for choices in hops:
            extended: dict[Sign, tuple[Cost, tuple[int, ...]]] = {}
            for so_far, (cost, chosen) in best.items():
                for place, choice in enumerate(choices):
                    sign = combine_signs(so_far, choice.edge.sign) if signed else 0
                    total = add_costs(cost, choice.cost)
                    if sign not in extended or total < extended[sign][0]:
                        extended[sign] = (total, (*chosen, place))
            best = extended
        places = best[self._question.final_sign or 0][1]
        return tuple(
            WalkedHop(
                self._question.view.node_at(head).id,
                choices[place].edge,
                choices[place].forward,
                tuple(choice.edge.id for choice in choices if choice is not choices[place]),
            )
            for head, choices, place in zip(nodes[1:], hops, places, strict=True)
        )

    def _list_choices(self, tail: int, head: int) -> list["_Choice"]:
        """Return the edges that can be walked between two nodes, best first."""
        view = self._question.view
        tail_id = view.node_at(tail).id
        by_confidence = self._question.walking.by_confidence
        choices = []
        for number in find_edges(self._walk, self._terrain.mask, tail, head).tolist():
            edge = view.edge_at(number)
            cost = compute_cost(edge, by_confidence=by_confidence)
            choices.append(_Choice(cost, edge.source == tail_id, edge))
        return sorted(choices, key=lambda choice: (choice.cost, not choice.forward, choice.edge.id))


@dataclass(frozen=True, slots=True)
class _Choice:
    """An edge that a hop may walk."""

    cost: Cost
    forward: bool
    edge: Edge


def get_mask(view: GraphView) -> Mask:
    """Return (edges,) 1 for edges that may be walked; empty where all may, for searches go faster then."""
    return EVERY_EDGE if count_walkable(view) == view.edge_count else lock(view.allowed)


def _get_walk(view: GraphView, mask: Mask, direction: WalkDirection) -> Walk:
    """Return how a view is walked; fitted to its mask where one is needed, which is soon read again."""
    return view.fit_walk(direction) if len(mask) else lock_walk(view.walk(direction))


def open_nodes(view: GraphView, types: frozenset[str], avoid: list[int], ends: list[int]) -> Mask:
    """Return (nodes,) 1 for nodes of these types, if any are asked for, that are not to be avoided, and for the ends.

    Empty where every node may be visited. Cost: O(nodes) if anything is asked for.
    """
    if not types and not avoid:
        return EVERY_EDGE
    table = view.columns.nodes
    kept = np.ones(view.node_count, np.uint8)
    if types:
        codes = [table.type_words.find(name) for name in types]
        kept = np.isin(table.types, [code for code in codes if code >= 0]).astype(np.uint8)
    kept[avoid] = 0
    kept[ends] = 1
    return lock(kept)
