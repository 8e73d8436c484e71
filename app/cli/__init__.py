"""The command line: `actorgraph`."""

from typing import Annotated

import typer

from app.cli import manage, query
from app.cli.doctor import doctor
from app.cli.export import SUFFIXES, export
from app.cli.extract import extract
from app.cli.group import OneLineGroup
from app.cli.ingest import ingest
from app.cli.judge import judge
from app.cli.plain import soften_streams
from app.cli.serve import SETTINGS, serve
from app.cli.structure import balance, communities
from app.cli.time import between, diff, timeline

app = typer.Typer(
    cls=OneLineGroup,
    help="Texts in, a knowledge graph of actors and relations out, with the sentence that says so.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
app.command()(ingest)
app.command()(extract)
app.command()(query.path)
app.command()(query.show)
app.command()(query.top)
app.command()(between)
app.command()(timeline)
app.command()(diff)
app.command()(communities)
app.command()(balance)
app.command(epilog=SUFFIXES)(export)
app.command()(judge)
app.command(epilog=SETTINGS)(serve)
app.add_typer(manage.db, name="db")
app.add_typer(manage.keys, name="keys")
app.command()(doctor)


def _show_version(wanted: bool) -> None:
    if wanted:
        from app.version import get_version

        typer.echo(f"actorgraph {get_version()}")
        raise typer.Exit


@app.callback()
def start(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Texts in, a knowledge graph of actors and relations out, with the sentence that says so."""


def main() -> None:
    """Run the command line."""
    soften_streams()
    app()
