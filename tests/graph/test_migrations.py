"""The migrations make exactly the tables that the models describe, and can be undone."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

import graph.models
from graph.errors import StoreError
from graph.migrations.running import build_config
from graph.store import Store
from graph.store.database import HEAD_REVISION


@pytest.fixture
def empty_store(empty_database_url: str) -> Iterator[Store]:
    """A store whose database has no tables yet."""
    with Store.open(empty_database_url) as opened:
        yield opened


def list_tables(store: Store) -> set[str]:
    """Return the names of the tables there are, alembic's own left out."""
    with store.reading() as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version"}


def test_upgrade_makes_the_models_tables(empty_store: Store) -> None:
    """From nothing to the newest revision gives the models' tables: alembic finds no difference."""
    empty_store.upgrade()
    with empty_store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_every_model_has_a_table(empty_store: Store) -> None:
    """All table classes of graph.models are in the database."""
    empty_store.upgrade()
    assert list_tables(empty_store) == {
        model.__tablename__
        for model in vars(graph.models).values()
        if isinstance(model, type) and issubclass(model, SQLModel) and hasattr(model, "__table__")
    }


def test_upgrade_twice_changes_nothing(empty_store: Store) -> None:
    """A second upgrade leaves revision, version and tables as they are."""
    empty_store.upgrade()
    before = (empty_store.get_revision(), empty_store.get_version(), list_tables(empty_store))
    empty_store.upgrade()
    assert (empty_store.get_revision(), empty_store.get_version(), list_tables(empty_store)) == before


def test_downgrade_takes_everything_away(empty_store: Store) -> None:
    """Down to the base no table of ours is left, and up again works."""
    empty_store.upgrade()
    empty_store.upgrade("base")
    assert list_tables(empty_store) == set()
    assert empty_store.get_revision() is None
    empty_store.upgrade()
    empty_store.check()


def test_head_is_alembics_head() -> None:
    """The revision that the store checks for is the newest migration there is."""
    assert ScriptDirectory.from_config(build_config()).get_current_head() == HEAD_REVISION


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("0000", r"has schema 0000, this version needs \d+; run `actorgraph db upgrade`"),
        ("9999", "newer than this version's .* install a newer actorgraph"),
    ],
)
def test_other_schema_is_refused(empty_store: Store, revision: str, message: str) -> None:
    """An older or newer schema is an error that says what to do."""
    empty_store.upgrade()
    with empty_store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
    with pytest.raises(StoreError, match=message):
        empty_store.check()


def test_missing_tables_are_refused(empty_store: Store) -> None:
    """A database without tables says so, by check and by any question."""
    with pytest.raises(StoreError, match="no tables yet; run `actorgraph db upgrade`"):
        empty_store.check()
    with pytest.raises(StoreError, match="run `actorgraph db upgrade`"):
        empty_store.get_version()


def test_failed_upgrade_leaves_nothing(tmp_path: Path) -> None:
    """A migration that fails half-way is undone whole: the tables it had made are gone."""
    path = tmp_path / "taken.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE story_band (other INTEGER)")
    connection.close()
    with Store.open(f"sqlite:///{path}") as store:
        with pytest.raises(StoreError, match="already exists"):
            store.upgrade()
        assert list_tables(store) == {"story_band"}


def test_many_upgrade_at_once(empty_database_url: str) -> None:
    """Processes that start together on a new database all find it ready, and none fails."""

    def upgrade(_: int) -> str | None:
        with Store.open(empty_database_url) as store:
            store.upgrade()
            return store.get_revision()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(upgrade, range(8))) == [HEAD_REVISION] * 8
