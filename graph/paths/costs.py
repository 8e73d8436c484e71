"""What edges cost a path, as columns: worked out once, and only for the rows that came since."""

from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from graph.csr import lock
from graph.kernels.terrain import Costs, build_costs
from graph.snapshot.columns import Float64
from graph.snapshot.graph_view import GraphView

_KEPT: Final = 4
"""How many columns are remembered; one is 8 bytes an edge."""


class _Column(NamedTuple):
    """Costs of a column of confidences, which is held so that its place in memory stays its own.

    Attributes:
        room: (length or more,), the costs, with room behind them.
        length: How many there are.
    """

    confidences: Float64
    room: Costs
    length: int


_COLUMNS: Final[list[_Column]] = []
_LOCK: Final = Lock()


def get_costs(view: GraphView) -> Costs:
    """Return (edges,) what each edge of a view costs a path, as `build_costs` has it; locked.

    Views whose confidences are the same column share one; a column that has grown by some rows is extended.

    Cost: O(1), or O(rows that came since); O(edges) for confidences that a filter has added up anew.
    """
    with _LOCK:
        place = next((n for n, column in enumerate(_COLUMNS) if _begins(column, view.confidences)), None)
        column = _extend(None if place is None else _COLUMNS.pop(place), view)
        _COLUMNS.insert(0, column)
        del _COLUMNS[_KEPT:]
    return lock(column.room[: view.edge_count].view())


def _begins(column: _Column, confidences: Float64) -> bool:
    """Say whether a column's confidences and these begin at one place in memory; rows are only ever added behind."""
    return column.confidences.ctypes.data == confidences.ctypes.data


def _extend(column: _Column | None, view: GraphView) -> _Column:
    """Return a column for every edge of a view, from one for the first of them."""
    length = 0 if column is None else column.length
    wanted = view.edge_count
    if column is not None and wanted <= length:
        return column
    added = build_costs(view.confidences[length:], view.known[length:])
    if column is not None and wanted <= len(column.room):
        room = column.room
        room[length:wanted] = added
    else:
        room = np.empty(wanted + wanted // 8, np.float64)
        room[:length] = room[:0] if column is None else column.room[:length]
        room[length:wanted] = added
    return _Column(view.confidences, room, wanted)
