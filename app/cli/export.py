"""`export`: the graph into a file that other tools read."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.filtering import EVERYTHING, Filter, takes_filter
from app.cli.group import CommandFailed
from app.cli.options import DEFAULT_DATABASE_URL, DatabaseOption

_FORMATS = "graphml|gexf|json|cytoscape|graphology|csv|parquet|turtle|ftm"
SUFFIXES = """By suffix: .graphml .gexf .json (node-link) .cyjs (Cytoscape) .graphology.json .csv.zip .parquet.zip .ttl \
(RDF in Turtle) .ftm.json (FollowTheMoney). Each file says of which version of the graph it is, with which filters and \
dates; add --known-by to get the same graph again after later texts have come in."""


@takes_filter
def export(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Written whole or not at all; - is standard output.")
    ],
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar=_FORMATS, help="Otherwise told by the file's suffix."),
    ] = None,
    where: Filter = EVERYTHING,
    evidence: Annotated[
        bool,
        typer.Option("--evidence", help="Also relations only denied or possible; claims as a table in zips."),
    ] = False,
    attributes: Annotated[
        str,
        typer.Option(
            metavar="NAME,...", help="Only these attributes, such as kind,confidence; ids and ends always."
        ),
    ] = "",
    iri_base: Annotated[
        str,
        typer.Option(envvar="ACTORGRAPH_IRI_BASE", metavar="IRI", help="What names start with in Turtle."),
    ] = "urn:actorgraph:",
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Write the graph to a file that other tools read: GraphML, GEXF, JSON, tables, RDF and more."""
    from app.answers.exporting import write_export_file
    from app.answers.reader import Reader
    from app.cli.options import open_store
    from app.queries import ExportQuestion

    question = ExportQuestion.model_validate(
        {
            "format": format_ or _tell_format(file),
            **where,
            "evidence": evidence,
            "attributes": attributes,
        }
    )
    _check_base(iri_base)
    with open_store(database) as store:
        size = write_export_file(Reader.of(store), question, file, iri_base)
    if str(file) != "-":
        typer.echo(f"{file}: {size.nodes:,} nodes, {size.edges:,} edges ({question.format}).", err=True)


def _tell_format(file: Path) -> str:
    from graph.export import find_format_of
    from graph.export.formats import list_suffixes

    if known := find_format_of(file):
        return known.name
    raise CommandFailed(
        f"{file}: the suffix names no format; end it in one of {list_suffixes()}, or say --format {_FORMATS}."
    )


def _check_base(iri_base: str) -> None:
    import re

    from graph.export.iris import IRI_BASE

    if not re.match(IRI_BASE, iri_base):
        raise CommandFailed(
            f"--iri-base: {iri_base!r} is neither a URN such as urn:actorgraph: nor the address of a site."
        )
