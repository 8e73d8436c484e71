"""Files, folders, globs and standard input, read one after the other in a stable order."""

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.readers.decoding import DEFAULT_MAX_CHARS
from ingest.readers.dispatch import JSON_LINES_SUFFIXES, ReadFailure, ReadResult, read_bytes, read_json_lines

STANDARD_INPUT = "-"
_GLOB_CHARACTERS = frozenset("*?[")
_MAX_BYTES_PER_CHAR = 4


def expand_paths(paths: Iterable[str]) -> Iterator[str | ReadFailure]:
    """Yield each file once, in the order given; folders are walked by name, hidden files left out.

    A path that leads nowhere, a pattern without a match and an empty folder are failures.
    """
    seen: set[str] = set()
    for path in paths:
        for item in _expand(path):
            if isinstance(item, ReadFailure):
                yield item
                continue
            key = item if item == STANDARD_INPUT else os.path.realpath(item)
            if key not in seen:
                seen.add(key)
                yield item


def read_paths(paths: Iterable[str], max_chars: int = DEFAULT_MAX_CHARS) -> Iterator[ReadResult]:
    """Yield every document under `paths`, lazily; JSON Lines files are streamed, not held.

    Args:
        paths: Files, folders, glob patterns, or `-` for standard input.
        max_chars: Longest document taken, in code points.
    """
    for item in expand_paths(paths):
        if isinstance(item, ReadFailure):
            yield item
        elif item == STANDARD_INPUT:
            yield from read_bytes(STANDARD_INPUT, sys.stdin.buffer.read(), max_chars)
        else:
            yield from _read_file(item, max_chars)


def _expand(path: str) -> Iterator[str | ReadFailure]:
    if path == STANDARD_INPUT:
        yield path
    elif Path(path).is_dir():
        yield from _walk(path)
    elif Path(path).exists():
        yield path
    elif _GLOB_CHARACTERS.intersection(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            yield ReadFailure(path, "no file matches this pattern")
        for match in matches:
            yield from _expand(match)
    else:
        yield ReadFailure(path, "there is no such file or folder")


def _walk(folder: str) -> Iterator[str | ReadFailure]:
    problems: list[ReadFailure] = []

    def note(error: OSError) -> None:
        problems.append(ReadFailure(str(error.filename), f"cannot be opened: {error.strerror}"))

    found = False
    for root, folders, files in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                found = True
                yield str(Path(root, name))
    yield from problems
    if not found and not problems:
        yield ReadFailure(folder, "this folder holds no file")


def _read_file(name: str, max_chars: int) -> Iterator[ReadResult]:
    path = Path(name)
    try:
        if not path.is_file():
            yield ReadFailure(name, "not a regular file")
        elif path.suffix.lower() in JSON_LINES_SUFFIXES and _is_utf8_start(path):
            with path.open("rb") as lines:
                yield from read_json_lines(name, lines, max_chars)
        elif path.stat().st_size > max_chars * _MAX_BYTES_PER_CHAR:
            yield ReadFailure(
                name, f"too long: {path.stat().st_size:,} bytes, and the limit is {max_chars:,} characters"
            )
        else:
            yield from read_bytes(name, path.read_bytes(), max_chars)
    except OSError as error:
        yield ReadFailure(name, f"cannot be opened: {error.strerror}")


def _is_utf8_start(path: Path) -> bool:
    """Whether the file can be read line by line: not UTF-16, and no zero byte near its start."""
    with path.open("rb") as file:
        start = file.read(4096)
    return not start.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\x00" not in start
