"""Many short texts as one, for those who look all of them up at once."""

from collections.abc import Iterator, Sequence
from typing import Self, overload


class JoinedTexts(Sequence[str]):
    """Texts in UTF-8 with a zero byte between each two; they are taken apart when one is asked for.

    Args:
        data: The texts, joined; none has a zero byte inside.
        size: How many they are.
    """

    def __init__(self, data: bytes, size: int) -> None:
        self.data = data
        self._size = size
        self._texts: list[str] | None = None

    @classmethod
    def of(cls, texts: Sequence[str]) -> Self | None:
        """Join texts; None where one has a zero byte inside."""
        data = "\0".join(texts).encode("utf-8", "surrogatepass")
        return None if data.count(b"\0") != max(len(texts) - 1, 0) else cls(data, len(texts))

    def __len__(self) -> int:
        """Return how many texts there are."""
        return self._size

    def __iter__(self) -> Iterator[str]:
        """Yield each text."""
        return iter(self._split())

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        """Return a text, or some, by place."""
        return self._split()[place]

    def _split(self) -> list[str]:
        if self._texts is None:
            self._texts = self.data.decode("utf-8", "surrogatepass").split("\0") if self._size else []
        return self._texts
