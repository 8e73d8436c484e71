"""`export`: the graph into a file, or onto standard output, or over HTTP."""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from app.answers.reader import Reader, build_filter
from app.queries import ExportQuestion
from app.schemas import GraphSize
from graph.export import get_format, write_export
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from graph.export.extras import Extras


def write_export_file(reader: Reader, question: ExportQuestion, file: Path, iri_base: str) -> GraphSize:
    """Write the graph to a file, wholly or not at all; `-` is standard output. Return how much was written.

    Raises:
        ExportError: The file cannot be written.
        InvalidQuery: An attribute is chosen that the format does not have.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    where = build_filter(reader, snapshot, question, evidence=question.evidence)
    extras = _build_extras(reader, question, iri_base)
    if str(file) == "-":
        for chunk in get_format(question.format).iter_chunks(snapshot, where, extras):
            sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()
    else:
        write_export(file, snapshot, format_name=question.format, where=where, extras=extras)
    view = snapshot.view(where)
    return GraphSize(nodes=len(view.nodes), edges=len(view.edges))


def start_export(
    reader: Reader, snapshot: Snapshot, question: ExportQuestion, iri_base: str
) -> Iterator[bytes]:
    """Return the pieces of an export, the first of which is made already: what goes wrong early is told at once."""
    where = build_filter(reader, snapshot, question, evidence=question.evidence)
    chunks = get_format(question.format).iter_chunks(
        snapshot, where, _build_extras(reader, question, iri_base)
    )
    return chain([next(chunks)], chunks)


def _build_extras(reader: Reader, question: ExportQuestion, iri_base: str) -> "Extras":
    from graph.export.extras import Extras  # noqa: PLC0415 (only the formats that quote load it otherwise)

    return Extras(claims=reader.store, iri_base=iri_base, attributes=question.attributes or None)
