"""Opening a database, its transactions, its version, and whether its tables are the right ones."""

import copy
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from graph.errors import StoreError
from graph.models import ChangeSubject
from graph.store.address import WRITES, Address, build_engine, parse_address
from graph.store.bare import fetch_rows
from graph.store.tables import GRAPH_CHANGE, GRAPH_STATE

HEAD_REVISION = "0005"
"""The newest migration; a test holds it against alembic's own answer, which is slow to import."""

Change = tuple[ChangeSubject, str]
"""What changed, and its id; see `graph.models.GraphChange`."""

CHANGES_KEPT = 20_000
"""For how many versions it is remembered what they changed."""

_FORGET_EVERY = 500
_UPGRADE_HINT = "run `actorgraph db upgrade`"


class Database:
    """Connections and transactions; the subjects of the store build on it."""

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine = engine
        self._address = address
        self._pinned: Connection | None = None
        # One connection is all a database in memory has, so its users take turns.
        self._turn = RLock()
        isolation = (
            {} if address.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        self._reader = engine.execution_options(**isolation)
        self._writer = engine.execution_options(**{WRITES: True})

    @classmethod
    def open(cls, database_url: str) -> Self:
        """Open a database and prove that it answers, unless it is a SQLite file that does not exist yet.

        Args:
            database_url: `sqlite:///PATH`, `sqlite://` (memory) or `postgresql://...`.

        Raises:
            StoreError: The scheme is unknown, or the database cannot be reached.
        """
        address = parse_address(database_url)
        database = cls(build_engine(address), address)
        if address.path is None or address.path.exists():
            try:
                with database.reading() as connection:
                    connection.execute(text("SELECT 1"))
            except StoreError:
                database.close()
                raise
        return database

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def address(self) -> str:
        """The database's URL without its password."""
        return self._address.shown

    @property
    def path(self) -> Path | None:
        """The SQLite file; None for PostgreSQL and for memory."""
        return self._address.path

    @property
    def is_in_memory(self) -> bool:
        """Whether the database vanishes with this process."""
        return self._address.in_memory

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Lend a connection whose statements all see one and the same state.

        Raises:
            StoreError: The database failed.
        """
        with self._explained(), self._turns():
            if self._pinned is not None:
                yield self._pinned
                return
            with self._reader.connect() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Lend a connection for one transaction: all of it is kept, or on any error none.

        Writers wait for each other, so what is read inside is true until the end.

        Raises:
            StoreError: The database failed.
        """
        with self._explained(), self._turns(), self._writer.begin() as connection:
            if not self._address.is_sqlite:
                # SQLite has one writer at a time by nature; here the version's row is the lock.
                connection.execute(select(GRAPH_STATE.c.version).with_for_update())
            if not self._address.in_memory:
                yield connection
                return
            self._pinned = (
                connection  # the one connection there is: reads inside must not end the transaction
            )
            try:
                yield connection
            finally:
                self._pinned = None

    @contextmanager
    def at_one_version(self) -> Iterator[Self]:
        """Lend a store whose reads all see the state of this moment, whatever is written meanwhile.

        For one thread; what builds a snapshot reads the version and all rows through it.
        """
        with self.reading() as connection:
            pinned = copy.copy(self)
            pinned._pinned = connection  # noqa: SLF001 (a copy of itself)
            yield pinned

    def get_version(self) -> int:
        """Return the graph's version: one higher after every write that can change an answer. One row read."""
        with self.reading() as connection:
            rows = fetch_rows(connection, "SELECT version FROM graph_state")
        return int(rows[0][0]) if rows else 0

    def get_revision(self) -> str | None:
        """Return the schema's revision as the database says, None when it has no tables of ours."""
        if self._address.path is not None and not self._address.path.exists():
            return None
        with self.reading() as connection:
            if not self._engine.dialect.has_table(connection, "alembic_version"):
                return None
            found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return None if found is None else str(found)

    def check(self) -> None:
        """Make sure that the tables are those this version of the product works with.

        Raises:
            StoreError: They are missing, older or newer; the message says what to do.
        """
        revision = self.get_revision()
        if revision is None:
            raise StoreError(f"The database {self.address} has no tables yet; {_UPGRADE_HINT}.")
        if revision < HEAD_REVISION:
            raise StoreError(
                f"The database {self.address} has schema {revision}, this version needs {HEAD_REVISION}; "
                f"{_UPGRADE_HINT}."
            )
        if revision > HEAD_REVISION:
            raise StoreError(
                f"The database {self.address} has schema {revision}, newer than this version's {HEAD_REVISION}; "
                "install a newer actorgraph."
            )

    def upgrade(self, revision: str = "head") -> None:
        """Bring the tables up to date, making the SQLite file where there is none; all of it or nothing.

        Raises:
            StoreError: The folder of the file does not exist, or the database failed.
        """
        # alembic takes longer to import than most queries take; only this needs it.
        from graph.migrations.running import migrate  # noqa: PLC0415

        path = self._address.path
        if path is not None and not path.exists():
            try:
                path.touch()
            except OSError as error:
                raise StoreError(f"Cannot make the database file {path}: {error.strerror}.") from error
        with self._explained(), self._turns(), self._writer.begin() as connection:
            migrate(connection, revision)

    @contextmanager
    def _turns(self) -> Iterator[None]:
        if not self._address.in_memory:
            yield
            return
        with self._turn:
            yield

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the driver's failures into ours; a broken rule of the schema is a bug and stays what it is."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise StoreError(self._explain(error)) from error

    def _explain(self, error: DBAPIError) -> str:
        cause = error.orig
        said = " ".join(str(cause).split())
        if "no such table" in said or type(cause).__name__ == "UndefinedTable":
            return f"The database {self.address} lacks our tables; {_UPGRADE_HINT}."
        if "no such column" in said or type(cause).__name__ == "UndefinedColumn":
            return f"The database {self.address} has an older schema; {_UPGRADE_HINT}."
        if "unable to open database file" in said:
            return (
                f"There is no database at {self.address}, or its folder cannot be written; {_UPGRADE_HINT}."
            )
        if isinstance(cause, sqlite3.OperationalError) and "locked" in said:
            return f"The database {self.address} is busy: another process has been writing for too long."
        return f"The database {self.address} cannot be used: {said}"


def bump_version(
    connection: Connection,
    changes: Collection[Change] | None = None,
    told: Mapping[str, bytes | None] | None = None,
) -> int:
    """Raise the graph's version by one within the running transaction and return it.

    Args:
        connection: With a transaction begun; the caller commits.
        changes: All that the new version changed, so that readers can follow; None if that cannot be told, and then
            they read everything anew.
        told: Documents that came whole, as `graph.store.told_documents` tells them, by id.
    """
    statement = update(GRAPH_STATE).values(version=GRAPH_STATE.c.version + 1).returning(GRAPH_STATE.c.version)
    version = int(connection.execute(statement).scalar_one())
    changed = {("everything", "")} if changes is None else changes
    documents = told or {}
    rows = [
        {
            "version": version,
            "subject": subject,
            "subject_id": about,
            "told": documents.get(about) if subject == "document" else None,
        }
        for subject, about in [*sorted(changed), ("state", secrets.token_hex(8))]
    ]
    connection.execute(insert(GRAPH_CHANGE), rows)
    if version % _FORGET_EVERY == 0:
        connection.execute(delete(GRAPH_CHANGE).where(GRAPH_CHANGE.c.version < version - CHANGES_KEPT))
    return version
