"""Texts on their way in. Nothing of the language side is imported before the first text comes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from app.errors import ModelUnavailable
from app.ingest_schemas import DocumentIn, IngestAnswer, Receipt
from app.queries import UploadQuestion
from app.schemas import Document
from graph.store import Store

if TYPE_CHECKING:
    from ingest.gazetteer import Gazetteer
    from ingest.load import LoadOutcome
    from ingest.pipeline import Pipeline
    from ingest.readers import ReadResult
    from ingest.types import Extraction, RawDocument


@dataclass(frozen=True, slots=True)
class Upload:
    """One file or body as it was sent; `name` decides how it is read."""

    name: str
    content: bytes | DocumentIn


def check_model(model: str) -> None:
    """Make sure that a language model is there, without loading it.

    Raises:
        ModelUnavailable: It is neither an installed package nor a folder.
    """
    if find_spec(model.partition(".")[0]) is None and not Path(model).is_dir():
        raise ModelUnavailable(
            f"The language model {model!r} is not installed; install it with pip, or name another."
        )


def load_pipeline(model: str) -> "Pipeline":
    """Load the extraction pipeline; takes some seconds.

    Raises:
        ModelUnavailable: There is no such language model.
    """
    check_model(model)
    from ingest.pipeline import Pipeline  # noqa: PLC0415  # spaCy takes seconds to import, and most runs need none

    try:
        return Pipeline.load(model)
    except OSError as error:
        raise ModelUnavailable(f"The language model {model!r} cannot be loaded: {error}") from error


class LazyPipeline:
    """The extraction pipeline, loaded when the first text needs it, and used by one thread at a time."""

    def __init__(self, model: str) -> None:
        self.model = model
        self._lock = Lock()
        self._pipeline: Pipeline | None = None

    @property
    def gazetteer(self) -> "Gazetteer":
        """The names it knows; loads the model when nothing has yet.

        Raises:
            ModelUnavailable: There is no such language model.
        """
        with self._lock:
            return self._get_pipeline().gazetteer

    def extract(self, document: "RawDocument") -> "Extraction":
        """Return what one document says; the first call takes some seconds more.

        Raises:
            ModelUnavailable: There is no such language model.
        """
        with self._lock:
            return self._get_pipeline().extract(document)

    def _get_pipeline(self) -> "Pipeline":
        if self._pipeline is None:
            self._pipeline = load_pipeline(self.model)
        return self._pipeline


class Intake:
    """The way in for uploads."""

    def __init__(self, store: Store, model: str, max_chars: int) -> None:
        self._store = store
        self._max_chars = max_chars
        self._pipeline = LazyPipeline(model)

    def take_uploads(self, uploads: Sequence[Upload], question: UploadQuestion) -> IngestAnswer:
        """Store what was sent, one transaction a text; what cannot be is listed with its reason.

        Raises:
            ModelUnavailable: There is no language model to read them with.
            StoreError: The database failed; every text before that is wholly stored.
        """
        check_model(self._pipeline.model)
        from ingest.load import load_documents  # noqa: PLC0415  # brings the language side along

        outcomes: list[LoadOutcome] = []
        documents = (_fill_in(result, question) for upload in uploads for result in self._read(upload))
        summary = load_documents(documents, self._pipeline, self._store, on_progress=outcomes.append)
        return IngestAnswer(
            stored=summary.stored,
            known=summary.known,
            failed=len(summary.failures),
            items=[self._to_receipt(outcome) for outcome in outcomes],
        )

    def _read(self, upload: Upload) -> "Iterable[ReadResult]":
        from ingest.readers import ReadFailure, UnreadableText, read_bytes  # noqa: PLC0415
        from ingest.readers.json_lines import read_record  # noqa: PLC0415

        if isinstance(upload.content, bytes):
            return _name_body(read_bytes(upload.name, upload.content, self._max_chars), upload.name)
        record = upload.content.model_dump(exclude_none=True)
        record["id"] = record.pop("external_id", record.get("id"))
        try:
            return [read_record(record, upload.name, self._max_chars)]
        except UnreadableText as error:
            return [ReadFailure(upload.name, str(error))]

    def _to_receipt(self, outcome: "LoadOutcome") -> Receipt:
        from ingest.load import LoadFailure  # noqa: PLC0415

        if isinstance(outcome, LoadFailure):
            return Receipt(origin=outcome.origin, status="failed", reason=outcome.reason)
        return Receipt(
            origin=outcome.origin, status=outcome.status, document=self._describe(outcome.document_id)
        )

    def _describe(self, document_id: str) -> Document:
        record = self._store.get_document(document_id)
        marks = self._store.list_document_marks(document_id)
        return Document(
            id=record.id,
            title=record.title,
            source=record.source,
            published_on=record.published_on,
            url=record.url,
            external_id=record.external_id,
            story_id=record.story_id,
            length=len(record.text),
            mentions=len(marks.mentions),
            claims=len(marks.claims),
            extractor=record.extractor,
            ingested_at=record.ingested_at,
        )


def _name_body(results: "Iterable[ReadResult]", name: str) -> "Iterator[ReadResult]":
    """Call a request's own body `body` in messages, not by the file name that stood in for its format."""
    for result in results:
        yield (
            replace(result, origin="body" + result.origin.removeprefix(name))
            if name.startswith("body.")
            else result
        )


def _fill_in(result: "ReadResult", question: UploadQuestion) -> "ReadResult":
    """Give a text what the request says of it, where it does not say so itself."""
    from ingest.types import RawDocument  # noqa: PLC0415

    if not isinstance(result, RawDocument):
        return result
    given = question.model_dump(exclude_none=True)
    return replace(result, **{name: value for name, value in given.items() if getattr(result, name) is None})
