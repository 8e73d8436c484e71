"""Tell a new document's claims beside the change that brought it.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("graph_change", sa.Column("claims", sa.LargeBinary()))


def downgrade() -> None:
    op.drop_column("graph_change", "claims")
