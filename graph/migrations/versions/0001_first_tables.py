"""Make the first tables.

Revision: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_entity()
    _create_document()
    _create_api_key()
    _create_graph_state()
    _create_alias()
    _create_blocking_key()
    _create_claim()
    _create_gazetteer_relation()
    _create_judgement()
    _create_mention()
    _create_story_band()
    # The one row that says which version of the graph is stored.
    op.execute("INSERT INTO graph_state (id, version) VALUES (1, 0)")


def downgrade() -> None:
    for table in (
        "story_band",
        "mention",
        "judgement",
        "gazetteer_relation",
        "claim",
        "blocking_key",
        "alias",
        "graph_state",
        "api_key",
        "document",
        "entity",
    ):
        op.drop_table(table)


def _create_entity() -> None:
    op.create_table(
        "entity",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("country_code", sa.String(2), nullable=True),
        sa.Column("admin1", sa.String(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("geonames_id", sa.Integer(), nullable=True),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_entity_type", "entity", ["type"])


def _create_document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("story_id", sa.String(40), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("external_id", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("extractor", sa.String(80), nullable=False),
        sa.Column("ingested_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("content_hash"),
    )
    op.create_index("ix_document_external_id", "document", ["external_id"])
    op.create_index("ix_document_ingested", "document", ["ingested_at", "id"])
    op.create_index("ix_document_published_on", "document", ["published_on"])
    op.create_index("ix_document_source", "document", ["source"])
    op.create_index("ix_document_story_id", "document", ["story_id"])


def _create_api_key() -> None:
    op.create_table(
        "api_key",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("scopes", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("secret_hash"),
    )


def _create_graph_state() -> None:
    op.create_table(
        "graph_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _create_alias() -> None:
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entity_id", sa.String(120), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entity_id", "text"),
    )
    op.create_index("ix_alias_key", "alias", ["key"])


def _create_blocking_key() -> None:
    op.create_table(
        "blocking_key",
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("entity_id", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", "entity_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blocking_key_entity_id", "blocking_key", ["entity_id"])


def _create_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.String(60), nullable=False),
        sa.Column("document_id", sa.String(40), nullable=False),
        sa.Column("source_id", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("how", sa.String(40), nullable=True),
        sa.Column("target_id", sa.String(120), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column("quote_start", sa.Integer(), nullable=False),
        sa.Column("quote_end", sa.Integer(), nullable=False),
        sa.Column("source_start", sa.Integer(), nullable=False),
        sa.Column("source_end", sa.Integer(), nullable=False),
        sa.Column("source_resolution", sa.String(20), nullable=False),
        sa.Column("target_start", sa.Integer(), nullable=False),
        sa.Column("target_end", sa.Integer(), nullable=False),
        sa.Column("target_resolution", sa.String(20), nullable=False),
        sa.Column("trigger", sa.String(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(80), nullable=False),
        sa.Column("polarity", sa.String(10), nullable=False),
        sa.Column("modality", sa.String(10), nullable=False),
        sa.Column("attributed_to", sa.String(), nullable=True),
        sa.Column("attributed_to_id", sa.String(120), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("review_status", sa.String(12), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attributed_to_id"], ["entity.id"]),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["entity.id"]),
        sa.ForeignKeyConstraint(["target_id"], ["entity.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_claim_attributed_to_id", "claim", ["attributed_to_id"])
    op.create_index("ix_claim_document_id", "claim", ["document_id"])
    op.create_index("ix_claim_edge", "claim", ["source_id", "kind", "target_id"])
    op.create_index("ix_claim_target_id", "claim", ["target_id"])


def _create_gazetteer_relation() -> None:
    op.create_table(
        "gazetteer_relation",
        sa.Column("source_id", sa.String(120), nullable=False),
        sa.Column("target_id", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("dataset", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["entity.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["target_id"], ["entity.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "target_id"),
    )
    op.create_index("ix_gazetteer_relation_target_id", "gazetteer_relation", ["target_id"])


def _create_judgement() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left_id", sa.String(120), nullable=False),
        sa.Column("right_id", sa.String(120), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("keep_id", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("judged_by", sa.String(), nullable=True),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["left_id"], ["entity.id"]),
        sa.ForeignKeyConstraint(["right_id"], ["entity.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_judgement_left_id", "judgement", ["left_id"])
    op.create_index("ix_judgement_right_id", "judgement", ["right_id"])


def _create_mention() -> None:
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(40), nullable=False),
        sa.Column("entity_id", sa.String(120), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["entity_id"], ["entity.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_mention_document_id", "mention", ["document_id"])
    op.create_index("ix_mention_entity_id", "mention", ["entity_id"])


def _create_story_band() -> None:
    op.create_table(
        "story_band",
        sa.Column("band", sa.String(40), nullable=False),
        sa.Column("document_id", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "document_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_band_document_id", "story_band", ["document_id"])
