"""Killed at any moment, a document is wholly stored or not at all, and the same command goes on from there."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from graph.store import Store

LOADER = Path(__file__).with_name("killable_loader.py")
DOCUMENTS = 60
MENTIONS, CLAIMS = 15, 5


class Loader:
    """The process whose children load and are killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def start(self, children: int, database_url: str) -> list[int]:
        """Start children that load everything; return their process ids."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{children} {database_url}\n")
        self._process.stdin.flush()
        return self._read()

    def wait(self) -> list[int]:
        """Return how the children ended: 0, or the signal that killed them."""
        return self._read()

    def _read(self) -> list[int]:
        assert self._process.stdout is not None
        return [int(number) for number in self._process.stdout.readline().split()]


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    """A process that has everything in memory, so that its children are killed while they load and not while they start."""
    with subprocess.Popen(
        [sys.executable, str(LOADER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Loader(process)
        finally:
            process.kill()


def check_whole(database_url: str) -> int:
    """Make sure that each stored document is whole; return how many there are."""
    with Store.open(database_url) as store, store.at_one_version() as held:
        stats = held.get_stats()
        summaries = held.list_documents(limit=DOCUMENTS + 1).items
        assert len(summaries) == stats.documents == stats.version
        assert {(summary.mentions, summary.claims) for summary in summaries} <= {(MENTIONS, CLAIMS)}
        rows = list(held.iter_entities())
        assert len({row.name for row in rows}) == len(rows)
        assert all(row.aliases for row in rows)
        assert sum(row.mentions for row in rows) == stats.mentions == MENTIONS * stats.documents
        return stats.documents


def test_killed_loaders_leave_whole_documents(loader: Loader, database_url: str) -> None:
    """Two processes load into one database and are killed again and again; in the end everything is there once."""
    chance = random.Random(20140610)  # noqa: S311 (moments, not secrets)
    patience_s = 0.15
    seen: list[int] = []
    killed = 0
    while not seen or seen[-1] < DOCUMENTS:
        for child in loader.start(2, database_url):
            time.sleep(chance.uniform(0, patience_s))
            with suppress(ProcessLookupError):  # it was faster
                os.kill(child, signal.SIGKILL)
        killed += sum(ended == signal.SIGKILL for ended in loader.wait())
        seen.append(check_whole(database_url))
        patience_s *= 1.2  # a slow machine gets there too
    assert killed >= 3
    assert any(0 < stored < DOCUMENTS for stored in seen)
    assert seen == sorted(seen)
    loader.start(1, database_url)
    assert loader.wait() == [0]
    assert check_whole(database_url) == DOCUMENTS


def test_two_processes_load_the_same_documents(loader: Loader, database_url: str) -> None:
    """From either end at once: each document and each entity is stored once, and neither process fails."""
    loader.start(2, database_url)
    assert loader.wait() == [0, 0]
    assert check_whole(database_url) == DOCUMENTS
    with Store.open(database_url) as store:
        bands = [row.id for row in store.iter_entities() if row.type == "armed-group"]
        bodies = [row.id for row in store.iter_entities() if row.type == "government-body"]
    assert len(bands) == DOCUMENTS
    assert bodies == ["river-ministry"]
