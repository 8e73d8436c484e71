"""Entries of a YAML file, read field by field with errors that say where the fault is.

A lexicon file is a list of mappings, or a mapping whose values are such lists or lists of words. A second
folder may be laid over the first: a file of the same name adds its entries, and an entry with an id that is
already there replaces the earlier one.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from ingest.lexicon.yaml_values import LexiconError, read_yaml

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Entry:
    """One mapping of a lexicon file, which remembers what was asked of it."""

    def __init__(self, file: str, number: int, raw: object) -> None:
        self.file = file
        self._raw: dict[Any, Any] = raw if isinstance(raw, dict) else {}
        self._asked: set[str] = set()
        self.label = str(self._raw.get("id") or f"entry {number}")
        if not isinstance(raw, dict):
            self.fail(None, f"must be a mapping, not {_describe(raw)}")

    def fail(self, field: str | None, message: str) -> NoReturn:
        """Raise a `LexiconError` for this entry and field."""
        line = getattr(self._raw, "line", None)
        raise LexiconError(self.file, message, entry=self.label, field=field, line=line)

    def _get(self, field: str) -> object:
        self._asked.add(field)
        return self._raw.get(field)

    def get_id(self) -> str:
        """Return the entry's `id`: lower-case words joined by hyphens."""
        value = self.get_text("id")
        if not _ID.fullmatch(value):
            self.fail("id", f"{value!r} must be lower-case words joined by hyphens")
        return value

    def get_text(self, field: str) -> str:
        """Return a field that must be there and must not be empty."""
        value = self.find_text(field)
        if value is None:
            self.fail(field, "is missing")
        return value

    def find_text(self, field: str) -> str | None:
        """Return a field that may be absent or null."""
        value = self._get(field)
        return None if value is None else self._check_text(field, value)

    def get_choice(self, field: str, allowed: Collection[str]) -> str:
        """Return a field that must be one of `allowed`."""
        value = self.find_choice(field, allowed)
        if value is None:
            self.fail(field, "is missing")
        return value

    def find_choice(self, field: str, allowed: Collection[str]) -> str | None:
        """Return a field that may be absent, and else must be one of `allowed`."""
        value = self.find_text(field)
        if value is not None and value not in allowed:
            self.fail(field, f"{value!r} is none of {', '.join(sorted(allowed))}")
        return value

    def get_texts(self, field: str) -> tuple[str, ...]:
        """Return a list of words that must not be empty."""
        values = self.find_texts(field)
        if not values:
            self.fail(field, "must list at least one word")
        return values

    def find_texts(self, field: str) -> tuple[str, ...]:
        """Return a list of words, empty where the field is absent."""
        value = self._get(field)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(field, f"must be a list, not {_describe(value)}")
        words = tuple(self._check_text(field, item) for item in value)
        if len(set(words)) != len(words):
            twice = sorted({word for word in words if words.count(word) > 1})
            self.fail(field, f"lists {', '.join(map(repr, twice))} more than once")
        return words

    def find_number(self, field: str, low: float, high: float) -> float | None:
        """Return a number within [low, high], or None where the field is absent."""
        value = self._get(field)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(field, f"must be a number, not {_describe(value)}")
        if not low <= value <= high:
            self.fail(field, f"{value} must be within [{low}, {high}]")
        return float(value)

    def get_flag(self, field: str) -> bool:
        """Return a truth value, false where the field is absent."""
        value = self._get(field)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.fail(field, f"must be true or false, not {_describe(value)}")
        return value

    def close(self) -> None:
        """Refuse fields that nobody asked for: a misspelt field would else be lost in silence."""
        unknown = sorted(str(field) for field in self._raw if field not in self._asked)
        if unknown:
            self.fail(unknown[0], f"is not a field here; the fields are {', '.join(sorted(self._asked))}")

    def _check_text(self, field: str, value: object) -> str:
        if not isinstance(value, str):
            self.fail(field, f"must be text, not {_describe(value)}; put it in quotes")
        if not value or value != value.strip():
            self.fail(field, f"{value!r} must not be empty, nor begin or end with a space")
        return value


def _describe(value: object) -> str:
    return f"{type(value).__name__} {value!r}"


def read_entries(folders: Sequence[Path], name: str, section: str | None = None) -> list[Entry]:
    """Return the entries called `name` of all folders, later folders laid over earlier ones.

    Args:
        folders: Lexicon folders, the product's own first; only that one must have the file.
        name: File name without suffix: `name.yaml` and every file in the folder `name/` are read.
        section: The key to read where the file is a mapping.

    Returns:
        Entries in file order. One with an id of an earlier folder takes the earlier one's place.

    Raises:
        LexiconError: No such file in the first folder, not YAML, or an id that comes twice in one folder.
    """
    merged: dict[str, Entry] = {}
    for folder in folders:
        own: dict[str, Entry] = {}
        for file, raw in _iter_sections(folder, name, section, required=folder == folders[0]):
            for number, item in enumerate(raw, start=1):
                entry = Entry(file, number, item)
                has_id = isinstance(item, dict) and "id" in item
                key = entry.get_id() if has_id else f"{folder} {file} {number}"
                if key in own:
                    entry.fail("id", f"is taken by another entry in {own[key].file}")
                own[key] = entry
        merged.update(own)
    return list(merged.values())


def read_words(folders: Sequence[Path], name: str, section: str) -> tuple[str, ...]:
    """Return the words listed under `section` in all folders, each once, in file order.

    Raises:
        LexiconError: As for `read_entries`, or something listed is not text.
    """
    words: dict[str, None] = {}
    for folder in folders:
        for file, raw in _iter_sections(folder, name, section, required=folder == folders[0]):
            for word in raw:
                if not isinstance(word, str) or not word:
                    raise LexiconError(file, f"must list words, not {_describe(word)}", field=section)
                words[word] = None
    return tuple(words)


def _iter_sections(
    folder: Path, name: str, section: str | None, *, required: bool
) -> Iterator[tuple[str, list[Any]]]:
    single = folder / f"{name}.yaml"
    paths = ([single] if single.exists() else []) + sorted((folder / name).glob("*.yaml"))
    if required and not paths:
        raise LexiconError(f"{name}.yaml", f"is not in {folder}")
    for path in paths:
        # Where there are several folders, a file of the product's own is called by its name and others by their path.
        file = path.relative_to(folder).as_posix() if required else str(path)
        raw = read_yaml(path)
        if section is not None:
            if not isinstance(raw, dict):
                raise LexiconError(file, f"must be a mapping with the key {section!r}")
            raw = raw.get(section, [])
        if not isinstance(raw, list):
            raise LexiconError(file, f"must be a list of entries, not {_describe(raw)[:80]}", field=section)
        yield file, raw
