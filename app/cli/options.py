"""Options that several commands share, and how they open the database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.group import CommandFailed

if TYPE_CHECKING:
    from graph.store import Store

DATABASE_VARIABLE = "ACTORGRAPH_DATABASE_URL"
DEFAULT_DATABASE_URL = "sqlite:///./actorgraph.db"

DatabaseOption = Annotated[
    str,
    typer.Option(
        "--database",
        envvar=DATABASE_VARIABLE,
        metavar="URL",
        help="sqlite:///PATH or postgresql://USER@HOST/NAME.",
    ),
]
LexiconOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--lexicon",
        envvar="ACTORGRAPH_LEXICON",
        metavar="FOLDER",
        help="A domain's own names and words (YAML), laid over the product's; may be given again.",
    ),
]
ScorerOption = Annotated[
    bool,
    typer.Option(
        "--scorer/--no-scorer",
        envvar="ACTORGRAPH_SCORER",
        help="Let the learned scorer look for what the rules do not see.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Answer in JSON, in the shapes of the REST service.")
]


@contextmanager
def open_store(database_url: str, *, create: bool = False) -> "Iterator[Store]":
    """Open the database for one command and make sure that its tables fit.

    Args:
        database_url: As `--database` has it.
        create: Make the tables first, or bring them up to date, for commands that write.

    Raises:
        CommandFailed: There is no such file, or it is a folder.
        StoreError: It cannot be opened, or has no or older tables; the message says what to do.
    """
    from graph.store import Store
    from graph.store.database import HEAD_REVISION

    check_database_file(database_url, create=create)
    with Store.open(database_url) as store:
        if create and (store.get_revision() or "") < HEAD_REVISION:
            store.upgrade()
        store.check()
        yield store


def check_database_file(database_url: str, *, create: bool) -> None:
    """Make sure that a database file can be one, and that it is there unless it is to be made.

    Raises:
        CommandFailed: There is no such file, or it is a folder, or its folder is read-only.
    """
    from graph.store.address import parse_address

    address = parse_address(database_url)
    if address.path is None:
        return
    if address.path.is_dir():
        raise CommandFailed(f"{address.path} is a folder; name a file in it: {address.shown}/actorgraph.db.")
    if not create and not address.path.exists():
        raise CommandFailed(
            f"There is no database at {address.shown}; fill one with `actorgraph ingest PATH`, "
            "or name another with --database."
        )
    # Whoever has it open already keeps the index of the journal there; then reading needs no right to write.
    is_open = address.path.with_name(address.path.name + "-shm").exists()
    if address.path.exists() and not is_open and not os.access(address.path.parent, os.W_OK):
        raise CommandFailed(
            f"The folder {address.path.parent} cannot be written, and SQLite keeps a journal beside the database "
            "even to read it; copy the database elsewhere."
        )
