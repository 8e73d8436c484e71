"""A time budget that long searches look at as they go, so that a slow question really stops."""

from time import monotonic
from typing import NoReturn

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

    @property
    def ends_at(self) -> float | None:
        """The moment itself, in seconds of `time.monotonic`; None if it never comes."""
        return self._ends_at

    def stop(self) -> NoReturn:
        """Say that the budget is used up, where something else has looked at the clock.

        Raises:
            QueryTimeout: Always.
        """
        raise QueryTimeout(self._budget_s or 0.0)

    def check(self) -> None:
        """Do nothing while there is time; reads the clock.

        Raises:
            QueryTimeout: The budget is used up.
        """
        if self._ends_at is not None and self._budget_s is not None and monotonic() >= self._ends_at:
            raise QueryTimeout(self._budget_s)
