"""What alembic runs: the migrations, on the connection and in the transaction that it is handed."""

from alembic import context
from sqlmodel import SQLModel

import graph.models  # noqa: F401 (defines the tables)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
context.run_migrations()
