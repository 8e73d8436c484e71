"""Statements that are asked at every turn, straight to the driver: what SQLAlchemy adds takes longer than they do."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def fetch_rows(connection: Connection, statement: str, *parameters: object) -> Sequence[tuple[Any, ...]]:
    """Run a statement within the connection's transaction and return its rows, as plain as the driver gives them.

    Args:
        connection: On either database.
        statement: With `{mark}` where a parameter goes.
        parameters: In the order of the marks.

    Raises:
        DBAPIError: The database failed, as SQLAlchemy says it.
    """
    if not connection.in_transaction():
        # The driver would not begin one on SQLite, and two statements could see two states.
        connection.begin()
    dialect = connection.dialect
    driver = connection.connection.driver_connection
    if driver is None:
        raise DBAPIError(statement, parameters, RuntimeError("the connection is closed"))
    sql = statement.format(mark="?" if dialect.name == "sqlite" else "%s")
    try:
        rows: Sequence[tuple[Any, ...]] = driver.execute(sql, parameters).fetchall()
    except dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            sql, parameters, error, dialect.loaded_dbapi.Error, dialect=dialect
        ) from error
    return rows
