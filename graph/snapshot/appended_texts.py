"""Texts behind a table, in the order they came."""

from collections import deque
from collections.abc import Sequence
from threading import Lock


class AppendedTexts:
    """A list that only grows, from its end; what came at once is taken apart when one of it is asked for.

    Args:
        texts: Those it begins with.
    """

    def __init__(self, texts: Sequence[str] = ()) -> None:
        self._texts = list(texts)
        self._waiting: deque[Sequence[str]] = deque()
        self._length = len(self._texts)
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many texts there are."""
        return self._length

    def __getitem__(self, place: int) -> str:
        """Return one text by its place, within [0, len)."""
        if place >= len(self._texts):
            self._settle()
        return self._texts[place]

    def list_first(self, count: int) -> list[str]:
        """Return the first so many texts."""
        if count > len(self._texts):
            self._settle()
        return self._texts[:count]

    def extend(self, texts: Sequence[str]) -> None:
        """Put texts behind. Only one thread may; others may read meanwhile."""
        self._waiting.append(texts)
        self._length += len(texts)

    def _settle(self) -> None:
        with self._lock:
            while self._waiting:
                self._texts.extend(self._waiting.popleft())
