"""Writing a file so that there is never half of one: under another name first, then renamed."""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import ExportError


def write_whole(path: Path, chunks: Iterable[bytes]) -> int:
    """Write chunks to a file that appears, or is replaced, only once all of them are on the disk.

    The file lies in the same folder until then, under a hidden name; it is removed if anything fails. It gets the
    rights that any new file gets (the process's umask). A link is followed, and what it points to is replaced.

    Returns:
        The number of bytes written.

    Raises:
        ExportError: The folder is missing or cannot be written to, the disk is full, or `path` is not a file.
    """
    final = path.resolve()
    if final.exists() and not final.is_file():
        raise ExportError(str(path), "there is something else than a file at that name")
    unfinished = final.with_name(f".{final.name[:200]}.{secrets.token_hex(8)}.part")
    try:
        with _explained(path):
            descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
            with os.fdopen(descriptor, "wb") as file:
                written = sum(map(file.write, chunks))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(final)
            _sync_folder(final.parent)
            return written
    finally:
        # Nothing is there after the rename, nor if it could not be made.
        with suppress(OSError):
            unfinished.unlink()


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ExportError(str(path), (error.strerror or str(error)).lower()) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name itself survive a crash, where the system can (Windows cannot open a folder)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
