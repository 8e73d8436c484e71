"""A zip file written as a stream: what is packed leaves at once, and nothing of it is kept."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Any


class Outlet(io.RawIOBase):
    """A file that only takes, and hands on what it took."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 (whatever holds bytes)
        """Take some bytes."""
        content = bytes(data)
        self._waiting.append(content)
        self._position += len(content)
        return len(content)

    def tell(self) -> int:
        """Return how many bytes were taken."""
        return self._position

    def drain(self) -> bytes:
        """Return what was taken since it was drained last."""
        taken = b"".join(self._waiting)
        self._waiting.clear()
        return taken


def iter_zip(entries: Iterable[tuple[str, Iterable[bytes]]], *, compress: bool = True) -> Iterator[bytes]:
    """Yield a zip file of these entries, each a name and its content in pieces.

    Every entry bears the earliest day a zip can, so that the same content gives the same bytes.

    Args:
        entries: Names and contents; a content is begun when the one before has ended.
        compress: Deflate the entries; not worth it where they are compressed already.
    """
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w") as archive:
        for name, pieces in entries:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
            entry.external_attr = 0o644 << 16
            # Its size is not known yet, so there must be room for any.
            with archive.open(entry, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    yield outlet.drain()
            yield outlet.drain()
    yield outlet.drain()
