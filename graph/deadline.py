"""A time budget that long searches look at as they go, so that a slow question really stops."""

from time import monotonic

from graph.errors import QueryTimeout


class Deadline:
    """The moment a question must be answered by.

    Args:
        budget_s: Seconds from now; None never ends.
    """

    __slots__ = ("_budget_s", "_ends_at")

    def __init__(self, budget_s: float | None) -> None:
        self._budget_s = budget_s
        self._ends_at = None if budget_s is None else monotonic() + budget_s

    def check(self) -> None:
        """Do nothing while there is time; reads the clock.

        Raises:
            QueryTimeout: The budget is used up.
        """
        if self._ends_at is not None and self._budget_s is not None and monotonic() >= self._ends_at:
            raise QueryTimeout(self._budget_s)
