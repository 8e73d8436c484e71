"""Remember what each version of the graph changed.

Revision: 0002
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        "graph_change",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(12), nullable=False),
        sa.Column("subject_id", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("version", "subject", "subject_id"),
        sqlite_with_rowid=False,
    )
    version = op.get_bind().execute(sa.text("SELECT version FROM graph_state")).scalar_one()
    # What came before is not known; from here on readers can follow.
    for subject, subject_id in (("everything", ""), ("state", secrets.token_hex(8))):
        op.bulk_insert(table, [{"version": version, "subject": subject, "subject_id": subject_id}])


def downgrade() -> None:
    op.drop_table("graph_change")
