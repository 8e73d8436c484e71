"""From a database URL to an engine, on SQLite and PostgreSQL."""

import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import QueuePool, StaticPool

from graph.errors import StoreError

BUSY_TIMEOUT_S = 60.0
"""How long a writer waits for another writer's document before it gives up."""

WRITES = "actorgraph_writes"
"""Execution option that marks a connection whose transaction will write."""


@dataclass(frozen=True, slots=True)
class Address:
    """A database's place.

    Attributes:
        url: As SQLAlchemy wants it.
        path: The SQLite file; None for PostgreSQL and for memory.
        shown: For messages, without the password.
    """

    url: URL
    path: Path | None
    shown: str

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file or memory."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def in_memory(self) -> bool:
        """Whether it vanishes with the process."""
        return self.is_sqlite and self.path is None


def parse_address(database_url: str) -> Address:
    """Read a database URL.

    Raises:
        StoreError: It is no URL, or of a scheme other than `sqlite` and `postgresql`.
    """
    try:
        url = make_url(database_url)
    except ArgumentError as error:
        raise StoreError(
            "The database address is not a URL; write sqlite:///PATH or postgresql://USER@HOST/NAME."
        ) from error
    if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        url = url.set(drivername="postgresql+psycopg")
    elif url.drivername != "sqlite":
        raise StoreError(
            f"The database scheme {url.drivername!r} is not supported; use sqlite:///PATH or postgresql://."
        )
    path = None
    if url.drivername == "sqlite":
        if url.query:
            raise StoreError("A sqlite:/// address takes no options after a question mark.")
        if url.database and url.database != ":memory:":
            path = Path(url.database).expanduser().absolute()
    shown = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)
    return Address(url, path, shown)


def build_engine(address: Address) -> Engine:
    """Make the engine; nothing is connected yet.

    Raises:
        StoreError: The PostgreSQL driver is not installed.
    """
    if address.is_sqlite:
        return _build_sqlite_engine(address)
    try:
        return create_engine(
            address.url,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 10, "application_name": "actorgraph"},
        )
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise StoreError("PostgreSQL needs its driver: pip install 'actorgraph[postgresql]'.") from error


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Let readers and one writer work side by side.

    The switch is made once in a file's life. SQLite refuses it at once, without its usual wait, while another process
    is looking at a new file, so the waiting is done here.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _build_sqlite_engine(address: Address) -> Engine:
    # mode=rw: a mistyped path is an error and never leaves an empty database behind.
    target = f"file:{quote(str(address.path))}?mode=rw" if address.path else ":memory:"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            target,
            uri=address.path is not None,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,  # transactions are begun below, not guessed by the driver
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            if address.path is not None:
                _use_write_ahead_log(connection)
                connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    engine = (
        create_engine("sqlite://", creator=connect, poolclass=StaticPool, pool_reset_on_return=None)
        if address.in_memory
        else create_engine("sqlite://", creator=connect, poolclass=QueuePool, max_overflow=-1)
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            # The write lock is taken at once: a transaction that reads first and writes later can fail half-way.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        elif not address.in_memory and (driver := connection.connection.driver_connection) is not None:
            # Straight to the driver, for it cannot fail: SQLAlchemy's own way takes as long as a small query.
            driver.execute("BEGIN")

    return engine
