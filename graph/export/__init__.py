"""The graph as files that other tools read: one writer per format."""

from graph.export.formats import (
    FORMATS,
    ExportFormat,
    ExportSummary,
    find_format_of,
    get_format,
    get_format_of,
    write_export,
)

__all__ = [
    "FORMATS",
    "ExportFormat",
    "ExportSummary",
    "find_format_of",
    "get_format",
    "get_format_of",
    "write_export",
]
