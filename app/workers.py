"""Where questions are worked on: a few threads beside the event loop, so that no long one holds up the rest."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from app.errors import Overloaded

Result = TypeVar("Result")


class Workers:
    """Runs blocking work on at most `threads` threads, with at most `max_waiting` callers in line for one."""

    def __init__(self, threads: int, max_waiting: int = 200) -> None:
        self._limiter = CapacityLimiter(threads)
        self._max_waiting = max_waiting
        self._waiting = 0

    async def run(self, work: Callable[[], Result]) -> Result:
        """Return what `work` returns, worked out on another thread.

        Raises:
            Overloaded: Too many are in line already.
        """
        if self._waiting >= self._max_waiting:
            raise Overloaded("Too many questions are waiting; ask again shortly.")
        self._waiting += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._waiting -= 1
