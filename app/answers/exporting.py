"""`export`: the graph into a file, or onto standard output."""

import sys
from pathlib import Path

from app.answers.reader import Reader, build_filter
from app.queries import ExportQuestion
from app.schemas import GraphSize
from graph.export import get_format, write_export


def write_export_file(reader: Reader, question: ExportQuestion, file: Path) -> GraphSize:
    """Write the graph to a file, wholly or not at all; `-` is standard output. Return how much was written.

    Raises:
        ExportError: The file cannot be written.
    """
    snapshot = reader.snapshots.current()
    where = build_filter(snapshot, question)
    if str(file) == "-":
        for chunk in get_format(question.format).iter_chunks(snapshot, where):
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    else:
        write_export(file, snapshot, format_name=question.format, where=where)
    view = snapshot.view(where)
    return GraphSize(nodes=len(view.nodes), edges=len(view.edges))
