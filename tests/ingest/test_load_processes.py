"""Loading with several processes: the same store as one by one, in the same order, whatever is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from graph.store import Store
from ingest.load import LoadFailure, LoadOutcome, LoadResult, load_documents
from ingest.load_processes import load_in_processes
from ingest.pipeline import Pipeline
from ingest.processes import ReaderKilled
from ingest.readers import ReadFailure
from ingest.types import RawDocument

RIVER = "Guards of the river province handed the dam to Turkey on Monday, said Egypt."
DOCUMENTS: list[RawDocument | ReadFailure] = [
    RawDocument("Iran armed Hezbollah on Monday.", origin="one"),
    ReadFailure("two.pdf", "not a PDF"),
    RawDocument(RIVER, origin="three"),
    RawDocument("   ", origin="empty"),
    RawDocument("Qatar praised Turkey, and Turkey sanctioned Syria.", origin="four"),
    RawDocument(RIVER, origin="three again"),
    *(RawDocument(f"Iraq arrested Karim Dawlat in {year}.", origin=str(year)) for year in range(2001, 2013)),
]


def dump(store: Store) -> tuple[object, ...]:
    """Return all that is stored, for comparison."""
    return (
        store.get_stats(),
        list(store.iter_entities()),
        list(store.iter_claims()),
        list(store.iter_gazetteer_relations()),
    )


def open_store(folder: Path, name: str) -> Store:
    """Return a new store in a file."""
    store = Store.open(f"sqlite:///{folder}/{name}.db")
    store.upgrade()
    return store


def test_the_same_as_one_by_one(pipeline: Pipeline, tmp_path: Path) -> None:
    """Outcomes come in the order of the documents, and the stores are equal: ids, copies, failures and all."""
    told: dict[str, list[LoadOutcome]] = {"one": [], "several": []}
    with open_store(tmp_path, "one") as one, open_store(tmp_path, "several") as several:
        summary = load_documents(DOCUMENTS, pipeline, one, on_progress=told["one"].append)
        tell = told["several"].append
        assert load_in_processes(DOCUMENTS, several, 2, scorer=False, on_progress=tell) == summary
        assert told["several"] == told["one"]
        assert dump(several) == dump(one)
    kinds = [outcome.status if isinstance(outcome, LoadResult) else "failed" for outcome in told["several"]]
    assert kinds[:6] == ["stored", "failed", "stored", "failed", "stored", "known"]


def test_what_is_known_starts_no_process(pipeline: Pipeline, tmp_path: Path) -> None:
    """A second run reads nothing: it needs no language model, so one that is not there does not matter."""
    with open_store(tmp_path, "known") as store:
        load_documents(DOCUMENTS, pipeline, store)
        again = load_in_processes(DOCUMENTS, store, 2, model="no_such_model")
    assert (again.stored, again.known, len(again.failures)) == (0, len(DOCUMENTS) - 2, 2)
    assert again.failures[0] == LoadFailure("two.pdf", "not a PDF")


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    """It is no fault of the documents, so nothing is recorded and the reason goes up."""
    with open_store(tmp_path, "missing") as store:
        with pytest.raises(OSError, match="no spaCy pipeline called 'no_such_model'"):
            load_in_processes(DOCUMENTS[:1], store, 2, model="no_such_model")
        assert store.get_stats().documents == 0


def test_a_killed_reader_is_said(tmp_path: Path) -> None:
    """What was stored before stays, and the advice is to read fewer at a time."""

    def kill_readers(_outcome: LoadOutcome) -> None:
        for child in list_children(os.getpid()):
            os.kill(child, signal.SIGKILL)

    texts = [RawDocument(f"Iran armed Syria in {year}.") for year in range(1960, 2020)]
    with open_store(tmp_path, "killed") as store:
        with pytest.raises(ReaderKilled, match=r"one of 2 reading processes was killed.*fewer --processes"):
            load_in_processes(texts, store, 2, scorer=False, on_progress=kill_readers)
        assert 1 <= store.get_stats().documents < len(texts)


def list_children(process_id: int) -> list[int]:
    """Return the ids of a process's children that read, without the one that tracks shared resources."""
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text(encoding="ascii").split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_readers_end_with_the_one_that_asked(tmp_path: Path) -> None:
    """A killed `ingest --processes 2` leaves whole documents and no process; the same command then finishes."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(60):
        (texts / f"{number:02}.txt").write_text(f"Iran armed Syria in {1950 + number}.", encoding="utf-8")
    arguments = ["ingest", str(texts), "--processes", "2", "--database", f"sqlite:///{tmp_path}/a.db"]
    command = "import sys; from app.cli import app; app(sys.argv[1:])"
    with subprocess.Popen([sys.executable, "-c", command, *arguments]) as process:
        readers: list[int] = []
        while len(readers) < 2 or not count_documents(tmp_path / "a.db"):
            time.sleep(0.05)
            assert process.poll() is None
            readers = list_children(process.pid)
        process.kill()
    end = time.monotonic() + 30
    while any(is_alive(reader) for reader in readers):
        assert time.monotonic() < end
        time.sleep(0.05)
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert count_documents(tmp_path / "a.db") == 60


def count_documents(path: Path) -> int:
    """Return how many documents a database holds; none while it is being made."""
    if not path.exists():
        return 0
    with Store.open(f"sqlite:///{path}") as store:
        return store.get_stats().documents if store.get_revision() else 0


def is_alive(process_id: int) -> bool:
    """Say whether a process runs; one that ended and waits to be asked about does not."""
    path = Path(f"/proc/{process_id}/stat")
    try:
        return path.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
