"""YAML files as plain values, several times faster than a general loader.

Scalars follow the core schema of YAML 1.2: only `null`, `true`, `false` and numbers are more than text, so that
the country code NO and the word "on" need no quotes. A key that comes twice is an error rather than lost.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from graph.errors import ActorgraphError
from graph.yaml_text import SAFE_LOADER

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False}
_NUMBER_STARTS = frozenset("0123456789-+.")


class LexiconError(ActorgraphError):
    """A lexicon file cannot be used as it is.

    Attributes:
        file: Name of the file, below its lexicon folder.
        entry: Id of the entry at fault, or its number in the file; None where the file itself is at fault.
        field: The field at fault, where one is.
        line: Where the entry begins in the file, from 1; None where that is not known.
    """

    def __init__(
        self,
        file: str,
        message: str,
        *,
        entry: str | None = None,
        field: str | None = None,
        line: int | None = None,
    ) -> None:
        self.file = file
        self.entry = entry
        self.field = field
        self.line = line
        where = ": ".join(part for part in (file, entry, field) if part)
        super().__init__(f"{where}: {message}" + (f" (line {line})" if line else ""))


class Located(dict[str, Any]):
    """A mapping of a YAML file that knows where it stands."""

    __slots__ = ("line", "path")

    def __init__(self, path: Path, line: int) -> None:
        super().__init__()
        self.path = path
        self.line = line


def read_yaml(path: Path) -> Any:  # noqa: ANN401 - YAML holds anything; Entry gives it its type
    """Return what a YAML file holds; read once as long as the file stays the same, so do not change the value.

    Raises:
        LexiconError: The file cannot be read or is not YAML, or has a key twice; the message names file and line.
    """
    try:
        status = path.stat()
        return _read_version(path, status.st_mtime_ns, status.st_size)
    except OSError as error:
        raise LexiconError(_name(path), f"cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise LexiconError(_name(path), f"is not YAML: {error}") from error


def _name(path: Path) -> str:
    """Return how a file is called in messages: the product's own by its name, another with its folder."""
    return path.name if path.parent == Path(__file__).parent else str(path)


@lru_cache(maxsize=64)
def _read_version(path: Path, _mtime_ns: int, _size: int) -> Any:  # noqa: ANN401 - as above
    events = iter(yaml.parse(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER))
    for event in events:
        if isinstance(event, yaml.NodeEvent):
            return _build_value(event, events, path)
    return None


def _build_value(event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Any:  # noqa: ANN401 - as above
    if isinstance(event, yaml.ScalarEvent):
        # Only a scalar without quotes can be anything but text.
        return _read_plain(event.value) if event.implicit[0] else event.value
    if isinstance(event, yaml.SequenceStartEvent):
        return [_build_value(item, events, path) for item in _iter_items(events, yaml.SequenceEndEvent)]
    if isinstance(event, yaml.MappingStartEvent):
        mapping = Located(path, _get_line(event))
        for key_event in _iter_items(events, yaml.MappingEndEvent):
            key = _build_value(key_event, events, path)
            if not isinstance(key, str):
                raise LexiconError(_name(path), f"line {_get_line(key_event)}: the key {key!r} is not text")
            if key in mapping:
                raise LexiconError(
                    _name(path), f"line {_get_line(key_event)}: the key {key!r} comes twice in one mapping"
                )
            mapping[key] = _build_value(next(events), events, path)
        return mapping
    raise LexiconError(_name(path), f"line {_get_line(event)}: references (*name) are not read here")


def _iter_items(events: Iterator[yaml.Event], end: type[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if isinstance(event, end):
            return
        yield event


def _read_plain(text: str) -> str | float | bool | None:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in _NUMBER_STARTS and _NUMBER.fullmatch(text):
        return float(text) if any(mark in text for mark in ".eE") else int(text)
    return text


def _get_line(event: yaml.Event) -> int:
    return int(event.start_mark.line) + 1 if event.start_mark else 0
