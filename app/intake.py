"""Texts on their way in. Nothing of the language side is imported before the first text comes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.answers.records import describe_document
from app.ingest_schemas import DocumentIn, IngestAnswer, Receipt
from app.language import LazyPipeline, check_model
from app.queries import UploadQuestion
from app.schemas import Document
from graph.snapshot.cache import SnapshotCache
from graph.store import Store

if TYPE_CHECKING:
    from ingest.load import LoadOutcome
    from ingest.readers import ReadResult


@dataclass(frozen=True, slots=True)
class Upload:
    """One file or body as it was sent; `name` decides how it is read."""

    name: str
    content: bytes | DocumentIn


class Intake:
    """The way in for uploads; `snapshots` follow each text that is stored, so that readers need not wait for that."""

    def __init__(
        self,
        store: Store,
        model: str,
        max_chars: int,
        lexicon: Sequence[Path] = (),
        snapshots: SnapshotCache | None = None,
        *,
        scorer: bool = True,
    ) -> None:
        self._store = store
        self._snapshots = snapshots
        self._max_chars = max_chars
        self._pipeline = LazyPipeline(model, lexicon, scorer=scorer)

    def take_uploads(self, uploads: Sequence[Upload], question: UploadQuestion) -> IngestAnswer:
        """Store what was sent, one transaction a text; what cannot be is listed with its reason.

        Raises:
            ModelUnavailable: There is no language model to read them with.
            StoreError: The database failed; every text before that is wholly stored.
        """
        check_model(self._pipeline.model)
        from ingest.load import load_documents  # noqa: PLC0415  # brings the language side along

        outcomes: list[LoadOutcome] = []

        def keep(outcome: "LoadOutcome") -> None:
            outcomes.append(outcome)
            if self._snapshots is not None:
                self._snapshots.follow()

        documents = (_fill_in(result, question) for upload in uploads for result in self._read(upload))
        summary = load_documents(documents, self._pipeline, self._store, on_progress=keep)
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
        return describe_document(record, self._store.list_document_marks(document_id))


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
