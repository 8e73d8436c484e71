"""The formats an export can have, by name and by file suffix."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from graph.errors import InvalidQuery
from graph.export.atomic import write_whole
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from graph.export.extras import Extras

    Writer = Callable[[Snapshot, EdgeFilter | None, Extras | None], Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A way to write the graph.

    Attributes:
        name: As in `--format` and `?format=`.
        title: What people call it.
        suffixes: File endings that mean it, the usual one first.
        media_type: For the Content-Type header.
        writer: Where it is written, as `module:function`; imported when it is first used, for columns take long to load.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    media_type: str
    writer: str
    has_choice: bool = True

    def iter_chunks(
        self, snapshot: Snapshot, where: EdgeFilter | None = None, extras: "Extras | None" = None
    ) -> Iterator[bytes]:
        """Write a snapshot under a filter as chunks of bytes; see the writer for its cost.

        Raises:
            InvalidQuery: Attributes are chosen that the format does not have. Most writers say so with the first chunk.
        """
        if extras is not None and extras.attributes is not None and not self.has_choice:
            able = ", ".join(known.name for known in FORMATS.values() if known.has_choice)
            raise InvalidQuery("attributes", f"cannot be chosen in {self.name}; they can in {able}.")
        module, _, function = self.writer.partition(":")
        writer = cast("Writer", getattr(import_module(f"graph.export.{module}"), function))
        return writer(snapshot, where, extras)


FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        known.name: known
        for known in (
            ExportFormat(
                "graphml", "GraphML", (".graphml", ".xml"), "application/graphml+xml", "graphml:iter_graphml"
            ),
            ExportFormat("gexf", "GEXF", (".gexf",), "application/gexf+xml", "gexf:iter_gexf"),
            ExportFormat(
                "json", "node-link JSON", (".json",), "application/json", "node_link:iter_node_link"
            ),
            ExportFormat(
                "cytoscape",
                "Cytoscape.js JSON",
                (".cyjs", ".cytoscape.json"),
                "application/vnd.cytoscape+json",
                "cytoscape:iter_cytoscape",
            ),
            ExportFormat(
                "graphology",
                "graphology JSON",
                (".graphology.json",),
                "application/vnd.graphology+json",
                "graphology:iter_graphology",
            ),
            ExportFormat(
                "csv",
                "zip of CSV tables",
                (".csv.zip", ".zip"),
                "application/zip",
                "comma_separated:iter_csv_zip",
            ),
            ExportFormat(
                "parquet",
                "zip of Parquet tables",
                (".parquet.zip",),
                "application/zip",
                "parquet:iter_parquet_zip",
            ),
            ExportFormat(
                "turtle", "RDF in Turtle", (".ttl",), "text/turtle", "turtle:iter_turtle", has_choice=False
            ),
            ExportFormat(
                "ftm",
                "FollowTheMoney entities",
                (".ftm.json", ".ftm.jsonl", ".ijson"),
                "application/x-ndjson",
                "money:iter_ftm",
                has_choice=False,
            ),
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


def find_format_of(path: Path) -> ExportFormat | None:
    """Return the format that a file's name ends in, in either case; the longest ending decides."""
    name = path.name.lower()
    endings = {suffix: known for known in FORMATS.values() for suffix in known.suffixes}
    fitting = [suffix for suffix in endings if name.endswith(suffix) and name != suffix]
    return endings[max(fitting, key=len)] if fitting else None


def list_suffixes() -> str:
    """Return the endings that mean a format, for messages."""
    return ", ".join(suffix for known in FORMATS.values() for suffix in known.suffixes)


def get_format_of(path: Path) -> ExportFormat:
    """Return the format that a file's name ends in, in either case.

    Raises:
        InvalidQuery: It ends in none.
    """
    if known := find_format_of(path):
        return known
    raise InvalidQuery(
        "format",
        f"cannot be told from the name {path.name!r}; end it in one of {list_suffixes()}, or say the format.",
    )


def write_export(
    path: Path,
    snapshot: Snapshot,
    *,
    format_name: str | None = None,
    where: EdgeFilter | None = None,
    extras: "Extras | None" = None,
) -> ExportSummary:
    """Write what a filter leaves of a graph to a file, wholly or not at all.

    Args:
        path: The file to make or replace.
        snapshot: The graph.
        format_name: One of `FORMATS`; by default what the file's name ends in.
        where: Which edges to write; `evidence` adds those that no claim counts for, and the claims to tables.
        extras: Where quotes are looked up, for the formats that quote.

    Raises:
        InvalidQuery: The format is not known.
        ExportError: The file cannot be written.

    Cost: O(nodes + edges) time; memory for one batch of rows.
    """
    chosen = get_format(format_name) if format_name is not None else get_format_of(path)
    size_bytes = write_whole(path, chosen.iter_chunks(snapshot, where, extras))
    view = snapshot.view(where)
    return ExportSummary(path, chosen.name, len(view.nodes), len(view.edges), size_bytes)
