"""Which ties to check first: those whose flip or removal would settle most of what is out of balance."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from graph.balance.frustration import Frustration, minimise, weigh_ties
from graph.balance.ties import SignedGraph, Tie
from graph.balance.triads import TriadCensus
from graph.deadline import Deadline

_MOST_TRIED = 40
_MOST_TIES_TRIED = 400
"""How large a graph may be for ties outside the split's own contradictions to be tried one by one."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tie to check, and what would be settled if it were wrong.

    Attributes:
        tie: The tie; it may be frustrated in the split that was found, or only in another as good.
        settles: By how much the frustration index falls if the tie is removed or has the other sign, in the index's
            own unit; of an index that is not exact, by how much its upper bound falls.
        is_frustrated: Whether it contradicts the split that was found.
        action: What settles more triads; removal where both do alike.
        triads_flipped: How many fewer triads are unbalanced if its sign is the other; negative where more are.
        triads_removed: How many fewer if it is not there.
    """

    tie: Tie
    settles: float
    is_frustrated: bool
    action: Literal["flip", "remove"]
    triads_flipped: int
    triads_removed: int


def rank_suggestions(
    graph: SignedGraph, census: TriadCensus, frustration: Frustration, *, limit: int, deadline: Deadline
) -> tuple[tuple[Suggestion, ...], int]:
    """Return the ties worth checking, best first, and how many there are in all.

    What settles most of the frustration index comes first, then most triads, then what is denied somewhere, then what
    is least sure: of two ties that would settle the same, the weaker evidence is likelier to be wrong.

    Of a tie that the split frustrates it is certain what it settles: its own weight. Of others in unbalanced triads it
    is found by measuring the graph without them, in graphs of up to 400 ties and for the 40 most promising; elsewhere
    it is taken to be 0, and their triads speak for them.

    Raises:
        QueryTimeout: The deadline passed.
    """
    settles = _measure_all(graph, census, frustration, deadline)
    flipped = census.unbalanced_at - census.balanced_at
    gains = np.maximum(flipped, census.unbalanced_at)
    listed = np.flatnonzero((settles > 0) | (census.unbalanced_at > 0)).tolist()
    listed.sort(
        key=lambda number: (
            -round(float(settles[number]), 9),
            -int(gains[number]),
            not graph.disputed[number],
            float(graph.confidences[number]),
            number,
        )
    )
    frustrated = set(frustration.frustrated)
    found = tuple(
        Suggestion(
            graph.ties[number],
            float(settles[number]),
            number in frustrated,
            "flip" if flipped[number] >= census.unbalanced_at[number] > 0 else "remove",
            int(flipped[number]),
            int(census.unbalanced_at[number]),
        )
        for number in listed[:limit]
    )
    return found, len(listed)


def _measure_all(
    graph: SignedGraph, census: TriadCensus, frustration: Frustration, deadline: Deadline
) -> NDArray[np.float64]:
    """Return by how much the index falls without each tie, as far as that is looked into."""
    weights = np.abs(weigh_ties(graph, frustration.weight))
    unit = float(weights.sum()) / frustration.total if frustration.total else 1.0
    settles = np.zeros(len(graph.ties))
    settles[list(frustration.frustrated)] = weights[list(frustration.frustrated)] / unit
    if frustration.is_exact and len(graph.ties) <= _MOST_TIES_TRIED:
        gained = census.unbalanced_at - census.balanced_at
        tried = np.flatnonzero((settles == 0) & (census.unbalanced_at > 0))
        tried = tried[np.argsort(-gained[tried], kind="stable")][:_MOST_TRIED]
        for number in tried.tolist():
            left = _measure_without(graph, number, frustration, unit, deadline)
            settles[number] = round(frustration.upper - left, 9)
    return settles


def _measure_without(
    graph: SignedGraph, left_out: int, frustration: Frustration, unit: float, deadline: Deadline
) -> float:
    """Return the best known frustration of the graph without one tie."""
    deadline.check()
    weights = weigh_ties(graph, frustration.weight)
    weights[left_out] = 0
    kept = np.flatnonzero(weights)
    listed = list(
        zip(graph.tails[kept].tolist(), graph.heads[kept].tolist(), weights[kept].tolist(), strict=True)
    )
    sides, _ = minimise(listed, exact=False, deadline=deadline)
    cost = sum(abs(weight) for left, right, weight in listed if sides[left] * sides[right] * weight < 0)
    return float(min(cost / unit, frustration.upper))
