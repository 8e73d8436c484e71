"""The graph as files that other tools read: one writer per format."""

from graph.export.formats import (
    FORMATS,
    ExportFormat,
    ExportSummary,
    get_format,
    get_format_of,
    write_export,
)
from graph.export.graphml import iter_graphml
from graph.export.node_link import iter_node_link

__all__ = [
    "FORMATS",
    "ExportFormat",
    "ExportSummary",
    "get_format",
    "get_format_of",
    "iter_graphml",
    "iter_node_link",
    "write_export",
]
