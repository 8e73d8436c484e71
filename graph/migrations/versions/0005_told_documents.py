"""Tell what else came with a new document beside its claims; what was told before can still be read.

Revision: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE graph_change RENAME COLUMN claims TO told")


def downgrade() -> None:
    op.execute("ALTER TABLE graph_change RENAME COLUMN told TO claims")
    # What an earlier version of the product cannot read it reads where it is stored.
    op.execute("UPDATE graph_change SET claims = NULL")
