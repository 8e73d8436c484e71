"""Measurements as a table: a line a row, a column an engine, and whether ours meets its target."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Target(NamedTuple):
    """What ours is to reach.

    Attributes:
        words: As the table says it.
        met: None where it cannot be told.
    """

    words: str
    met: bool | None


def show_time(seconds: float | None) -> str:
    """Return a time in the unit that reads best; a dash where there is none."""
    if seconds is None:
        return "-"
    for unit, factor in (("s", 1.0), ("ms", 1e3)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.3g} us"


_MARKS = {None: "not measured", True: "met", False: "MISSED"}


def show_verdicts(targets: Mapping[str, Target]) -> str:
    """Return what was to be reached, a line each, and how much of it was."""
    width = max((len(row) for row in targets), default=0)
    lines = [f"{row.ljust(width)}  {target.words}: {_MARKS[target.met]}" for row, target in targets.items()]
    met = sum(target.met is True for target in targets.values())
    return "\n".join([f"{met} of {len(targets)} targets met", *lines])


def format_table(
    title: str, columns: Sequence[str], rows: Mapping[str, Sequence[str]], targets: Mapping[str, Target]
) -> str:
    """Return a table as text, its columns as wide as they must be."""
    lines = [["", *columns, "target"]]
    for name, cells in rows.items():
        target = targets.get(name)
        lines.append([name, *cells, f"{target.words}: {_MARKS[target.met]}" if target else ""])
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    body = [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]
    return "\n".join([title, *body])
