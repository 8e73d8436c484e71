"""Remember by when what was known: copies, names, and what entities were called before.

Revision: 0003
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Which two texts of a story are copies was not kept; as if every two were, all are linked to its earliest.
_LINK_STORIES = """
INSERT INTO copy_link (document_id, copied_id, known_on)
SELECT document.id, first.id, document.published_on
FROM document JOIN (
    SELECT id, story_id, row_number() OVER (
        PARTITION BY story_id ORDER BY published_on IS NULL, published_on, id
    ) AS place
    FROM document
) AS first ON first.story_id = document.story_id AND first.place = 1 AND first.id <> document.id
"""
_DATE_NAMES = """
UPDATE alias SET known_on = (
    SELECT min(document.published_on) FROM mention JOIN document ON document.id = mention.document_id
    WHERE mention.entity_id = alias.entity_id AND mention.text = alias.text
) WHERE origin = 'text'
"""
# Names that stand in no text as they are, such as those put together, are as old as their entity.
_DATE_OTHER_NAMES = """
UPDATE alias SET known_on = (
    SELECT min(document.published_on) FROM mention JOIN document ON document.id = mention.document_id
    WHERE mention.entity_id = alias.entity_id
) WHERE origin = 'text' AND known_on IS NULL AND NOT EXISTS (
    SELECT 1 FROM mention WHERE mention.entity_id = alias.entity_id AND mention.text = alias.text
)
"""


def upgrade() -> None:
    op.create_table(
        "copy_link",
        sa.Column("document_id", sa.String(40), nullable=False),
        sa.Column("copied_id", sa.String(40), nullable=False),
        sa.Column("known_on", sa.Date()),
        sa.PrimaryKeyConstraint("document_id", "copied_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_link_copied_id", "copy_link", ["copied_id"])
    op.create_table(
        "former_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.String(120), nullable=False),
        sa.Column("known_on", sa.Date()),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country_code", sa.String(2)),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_former_facts_entity_id", "former_facts", ["entity_id"])
    op.add_column("alias", sa.Column("known_on", sa.Date()))
    for statement in (_LINK_STORIES, _DATE_NAMES, _DATE_OTHER_NAMES):
        op.execute(statement)
    _forget_versions()


def _forget_versions() -> None:
    """Give the state of the graph a new name, so that all readers read it anew."""
    connection = op.get_bind()
    current = "version = (SELECT version FROM graph_state)"
    connection.execute(
        sa.text(f"UPDATE graph_change SET subject_id = :name WHERE subject = 'state' AND {current}"),  # noqa: S608
        {"name": secrets.token_hex(8)},
    )


def downgrade() -> None:
    op.drop_column("alias", "known_on")
    op.drop_table("former_facts")
    op.drop_table("copy_link")
