"""Files of rules that are one mapping (verbs, structure, cues), with those of further folders laid over them.

A further folder's file has the same shape and as much of it as it needs. Its words come first, and a field that is
misspelt, missing or of another kind than the product's own file has there is refused.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ingest.lexicon.yaml_values import LexiconError, Located, read_yaml


def read_rules(folders: Sequence[Path], name: str) -> dict[str, Any]:
    """Return the file `name.yaml` of the first folder, with those of the others laid over it in their order.

    Raises:
        LexiconError: A file is no YAML, or does not have the shape of the first; the message says what is allowed.
    """
    merged: dict[str, Any] = read_yaml(folders[0] / f"{name}.yaml")
    for folder in folders[1:]:
        path = folder / f"{name}.yaml"
        if path.exists():
            found = read_yaml(path)
            if found is not None:
                merged = _lay_over(merged, found, str(path), "")
    return merged


def is_from_outside(row: object) -> bool:
    """Say whether a row of rules is of another folder than the product's own."""
    return isinstance(row, Located) and row.path.parent != Path(__file__).parent


def _lay_over(known: Any, found: Any, file: str, where: str) -> Any:  # noqa: ANN401 - YAML holds anything
    if isinstance(known, Mapping):
        return _lay_mapping(known, found, file, where)
    if isinstance(known, list):
        if not isinstance(found, list):
            raise LexiconError(file, f"must be a list, not {found!r}", field=where)
        for number, item in enumerate(found, start=1):
            _check_item(known, item, file, f"{where}, entry {number}")
        return [*found, *known]
    if found is not None and type(found) is not type(known):
        raise LexiconError(file, f"must be such as {known!r}, not {found!r}", field=where)
    return found


def _lay_mapping(known: Mapping[str, Any], found: Any, file: str, where: str) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(found, Mapping):
        raise LexiconError(
            file, f"must be a mapping with some of {_list(known)}, not {found!r}", field=where or None
        )
    merged = dict(known)
    # A section of words to words, such as `compounds`, is open; one of sections is not.
    is_open = all(value is None or isinstance(value, str) for value in known.values())
    for key, value in found.items():
        place = f"{where}.{key}" if where else key
        if is_open and (value is None or isinstance(value, str)):
            merged[key] = value
        elif key in known:
            merged[key] = _lay_over(known[key], value, file, place)
        else:
            line = getattr(found, "line", None)
            raise LexiconError(
                file, f"is no section here; those that are: {_list(known)}", field=place, line=line
            )
    return merged


def _check_item(known: Sequence[Any], item: Any, file: str, where: str) -> None:  # noqa: ANN401
    rows = [row for row in known if isinstance(row, Mapping)]
    if not rows:
        if not isinstance(item, str):
            raise LexiconError(file, f"must be a word, not {item!r}; put it in quotes", field=where)
        return
    if not isinstance(item, Mapping):
        raise LexiconError(file, f"must be a mapping such as {_show(rows[0])}, not {item!r}", field=where)
    line = getattr(item, "line", None)
    allowed = {field for row in rows for field in row}
    for field in item:
        if field not in allowed:
            message = f"{field!r} is no field here; the fields are {_list(allowed)}"
            raise LexiconError(file, message, field=where, line=line)
    for field in sorted(set.intersection(*(set(row) for row in rows)) - set(item)):
        message = f"{field!r} is missing; an entry that is complete: {_show(rows[0])}"
        raise LexiconError(file, message, field=where, line=line)
    for field, value in item.items():
        _check_value([row[field] for row in rows if field in row], value, file, f"{where}, {field}", line)


def _check_value(samples: Sequence[Any], value: Any, file: str, where: str, line: int | None) -> None:  # noqa: ANN401
    if isinstance(value, list):
        if not any(isinstance(sample, list) for sample in samples):
            raise LexiconError(file, f"must be such as {samples[0]!r}, not a list", field=where, line=line)
        for word in value:
            if not isinstance(word, str):
                message = f"must list words, not {word!r}; put it in quotes"
                raise LexiconError(file, message, field=where, line=line)
    elif isinstance(value, float | int) and not isinstance(value, bool):
        if not any(isinstance(sample, float | int) for sample in samples) or not 0 < value <= 1:
            message = f"{value!r} must be such as {samples[0]!r}"
            raise LexiconError(file, message, field=where, line=line)
    elif type(value) not in {type(sample) for sample in samples}:
        sample = next((s for s in samples if s is not None), None)
        shown = f"[{', '.join(sample[:3])}]" if isinstance(sample, list) else repr(sample)
        raise LexiconError(file, f"must be such as {shown}, not {value!r}", field=where, line=line)


def _show(row: Mapping[str, Any]) -> str:
    """Return a row as YAML has it, long lists cut short."""
    parts = []
    for field, value in row.items():
        shown = f"[{', '.join(map(str, value[:3]))}]" if isinstance(value, list) else value
        parts.append(f"{field}: {'null' if shown is None else shown}")
    return "{" + ", ".join(parts) + "}"


def _list(names: Sequence[str] | set[str] | Mapping[str, Any]) -> str:
    return ", ".join(sorted(names))
