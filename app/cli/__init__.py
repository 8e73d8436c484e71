"""The command line: `actorgraph`."""

from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from app.cli import manage, query
from app.cli.doctor import doctor
from app.cli.export import SUFFIXES, export
from app.cli.extract import extract
from app.cli.group import OneLineGroup
from app.cli.ingest import ingest
from app.cli.judge import judge
from app.cli.panels import ASK, RUN, STORE, PanelCommand
from app.cli.plain import soften_streams
from app.cli.serve import SETTINGS, serve
from app.cli.structure import balance, communities
from app.cli.time import between, diff, timeline
from app.machine_code import place_machine_code

app = typer.Typer(
    cls=OneLineGroup,
    help="Texts in, a knowledge graph of actors and relations out, with the sentence that says so.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)
_QUESTIONS: Mapping[Callable[..., None], str | None] = {
    query.path: None,
    query.show: None,
    query.top: None,
    between: "What do the short paths between A and B run through?",
    timeline: "How much was claimed of whom, and when?",
    diff: None,
    communities: "Who belongs together, and what cuts the groups apart?",
    balance: "Who stands with whom, and what contradicts itself?",
}
"""What the graph is asked, with what the list of commands says of it where its own first line is too long for that."""

for _question, _line in _QUESTIONS.items():
    app.command(cls=PanelCommand, rich_help_panel=ASK, short_help=_line)(_question)
app.command(
    cls=PanelCommand,
    rich_help_panel=ASK,
    epilog=SUFFIXES,
    short_help="Write the graph to a file: GraphML, GEXF, CSV, RDF and more.",
)(export)
app.command(rich_help_panel=STORE)(ingest)
app.command(rich_help_panel=STORE)(extract)
app.command(rich_help_panel=STORE, short_help="Say which actors and places are one, and which are not.")(
    judge
)
app.command(rich_help_panel=RUN, epilog=SETTINGS)(serve)
app.add_typer(manage.db, name="db", rich_help_panel=RUN)
app.add_typer(manage.keys, name="keys", rich_help_panel=RUN)
app.command(rich_help_panel=RUN, short_help="Is everything here that is needed? Exit 1 if not.")(doctor)


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
    place_machine_code()
    app()
