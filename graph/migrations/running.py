"""Running migrations from the installed package, without an alembic.ini."""

from importlib.resources import files

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

_LOCK = 0x6163746F72  # "actor": which lock two PostgreSQL sessions share while one of them upgrades


def build_config(connection: Connection | None = None) -> Config:
    """Return alembic's settings, with the connection to run on."""
    config = Config()
    config.set_main_option("script_location", str(files("graph").joinpath("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the tables up (or down) to a revision within the connection's transaction.

    Args:
        connection: With a transaction begun; the caller commits.
        revision: `head`, `base`, or a revision's number.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = build_config(connection)
    if revision == "base" or revision.startswith("-"):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)
