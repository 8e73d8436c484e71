"""What nodes and edges of an array graph carry besides their ends."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.csr import lock
from graph.kernels.arcs import Weights

_EXACT_INTEGER = 2**53


class Unsuited(Exception):
    """No kernel answers this as networkx would: weights that are no numbers, negative, or a Python function."""


class EdgeWeights(NamedTuple):
    """One number an edge.

    Attributes:
        values: (edges,), locked.
        are_whole: Whether all of them were integers, so that sums are too.
        are_lengths: Whether all are finite and 0 or more, so that shortest paths exist.
        are_positive: Whether all are above 0 besides.
    """

    values: Weights
    are_whole: bool
    are_lengths: bool
    are_positive: bool


@dataclass(frozen=True, slots=True)
class Attributes:
    """Attributes by place.

    Attributes:
        keys: (edges,), what tells parallel edges apart; None for 0, 1, 2, ... for each pair.
        columns: Numbers by name, (edges,) each: weights.
        of_nodes: (nodes,), by name; None where they have none.
        of_edges: (edges,), by name, besides the columns; None where they have none.
        of_graph: By name.
    """

    keys: Sequence[Hashable] | None = None
    columns: Mapping[str, Weights] = field(default_factory=dict)
    of_nodes: Sequence[Mapping[str, Any]] | None = None
    of_edges: Sequence[Mapping[str, Any]] | None = None
    of_graph: Mapping[str, Any] = field(default_factory=dict)

    def read_weights(self, name: str) -> EdgeWeights | None:
        """Return the numbers of one attribute; an edge without it weighs 1. None where no edge has it.

        Raises:
            Unsuited: Some are no numbers, or integers beyond 2**53 in all.
        """
        if callable(name):
            raise Unsuited(name)
        are_whole = False
        if name in self.columns:
            values = self.columns[name]
        elif self.of_edges is None:
            return None
        else:
            listed = [data.get(name, 1) for data in self.of_edges]
            kinds = set(map(type, listed))
            if not all(issubclass(kind, int | float | np.integer | np.floating) for kind in kinds):
                raise Unsuited(name)
            are_whole = all(issubclass(kind, int | np.integer) for kind in kinds)
            values = np.array(listed, np.float64)
        if np.isnan(values).any() or (are_whole and np.abs(values).sum() >= _EXACT_INTEGER):
            raise Unsuited(name)
        least, most = values.min(initial=1), values.max(initial=1)
        return EdgeWeights(lock(values), are_whole, bool(least >= 0 and most < np.inf), bool(least > 0))

    def take(self, nodes: NDArray[np.intp], edges: NDArray[np.intp]) -> "Attributes":
        """Return those of some nodes and edges, by their places."""
        return replace(
            self,
            keys=None if self.keys is None else [self.keys[edge] for edge in edges.tolist()],
            columns={name: values[edges] for name, values in self.columns.items()},
            of_nodes=None if self.of_nodes is None else [self.of_nodes[node] for node in nodes.tolist()],
            of_edges=None if self.of_edges is None else [self.of_edges[edge] for edge in edges.tolist()],
        )
