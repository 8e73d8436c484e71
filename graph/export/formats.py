"""The formats an export can have, by name and by file suffix."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from graph.errors import InvalidQuery
from graph.export.atomic import write_whole
from graph.export.graphml import iter_graphml
from graph.export.node_link import iter_node_link
from graph.filters import EdgeFilter
from graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A way to write the graph.

    Attributes:
        name: As in `--format` and `?format=`.
        suffixes: File endings that mean it, the usual one first.
        media_type: For the Content-Type header.
        iter_chunks: Writes a snapshot under a filter as chunks of bytes.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    iter_chunks: Callable[[Snapshot, EdgeFilter | None], Iterator[bytes]]


FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        known.name: known
        for known in (
            ExportFormat("graphml", (".graphml", ".xml"), "application/graphml+xml", iter_graphml),
            ExportFormat("json", (".json",), "application/json", iter_node_link),
        )
    }
)


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What was written: where, in which format, and how much."""

    path: Path
    format: str
    nodes: int
    edges: int
    size_bytes: int


def get_format(name: str) -> ExportFormat:
    """Return the format of this name.

    Raises:
        InvalidQuery: There is none; the message lists those there are.
    """
    if name not in FORMATS:
        raise InvalidQuery("format", f"must be one of {', '.join(FORMATS)}, not {name!r}.")
    return FORMATS[name]


def get_format_of(path: Path) -> ExportFormat:
    """Return the format that a file's suffix stands for, in either case.

    Raises:
        InvalidQuery: It stands for none.
    """
    for known in FORMATS.values():
        if path.suffix.lower() in known.suffixes:
            return known
    suffixes = ", ".join(suffix for known in FORMATS.values() for suffix in known.suffixes)
    raise InvalidQuery(
        "format",
        f"cannot be told from the name {path.name!r}; end it in one of {suffixes}, or say the format.",
    )


def write_export(
    path: Path, snapshot: Snapshot, *, format_name: str | None = None, where: EdgeFilter | None = None
) -> ExportSummary:
    """Write what a filter leaves of a graph to a file, wholly or not at all.

    Args:
        path: The file to make or replace.
        snapshot: The graph.
        format_name: One of `FORMATS`; by default what the file's suffix says.
        where: Which edges to write; `evidence` adds those that no claim counts for.

    Raises:
        InvalidQuery: The format is not known.
        ExportError: The file cannot be written.

    Cost: O(nodes + edges) time; memory for one chunk.
    """
    chosen = get_format(format_name) if format_name is not None else get_format_of(path)
    size_bytes = write_whole(path, chosen.iter_chunks(snapshot, where))
    view = snapshot.view(where)
    return ExportSummary(path, chosen.name, len(view.nodes), len(view.edges), size_bytes)
