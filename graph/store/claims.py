"""Claims: by id with their documents, and their review."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, Select, select, update

from graph.errors import RecordNotFound
from graph.models import Claim, ReviewStatus
from graph.store.database import Database, bump_version
from graph.store.documents import META_COLUMNS, to_meta
from graph.store.records import ClaimInContext
from graph.store.tables import CLAIM, DOCUMENT

_WITH_DOCUMENT = (*CLAIM.c, *(meta.label(f"document__{meta.name}") for meta in META_COLUMNS))


class ClaimStore(Database):
    """Questions about evidence."""

    def get_claim(self, claim_id: str) -> ClaimInContext:
        """Return one claim and its document's meta data.

        Raises:
            RecordNotFound: There is none with this id.
        """
        found = self.find_claims_by_id([claim_id])
        if not found:
            raise RecordNotFound("claim", claim_id)
        return found[0]

    def find_claims_by_id(self, claim_ids: Sequence[str]) -> tuple[ClaimInContext, ...]:
        """Return those of these claims that exist, in the order asked for."""
        with self.reading() as connection:
            rows = connection.execute(_select_claims().where(CLAIM.c.id.in_(claim_ids))).all()
        found = {row.id: to_claim(row) for row in rows}
        return tuple(found[claim_id] for claim_id in claim_ids if claim_id in found)

    def review_claim(self, claim_id: str, status: ReviewStatus, reviewed_by: str | None = None) -> None:
        """Accept or reject a claim, or take that back; a rejected one no longer counts.

        Raises:
            RecordNotFound: There is no such claim.
        """
        statement = (
            update(CLAIM)
            .where(CLAIM.c.id == claim_id)
            .values(review_status=status, reviewed_by=reviewed_by, reviewed_at=datetime.now(tz=UTC))
            .returning(CLAIM.c.document_id)
        )
        with self.writing() as connection:
            document_id = connection.execute(statement).scalar()
            if document_id is None:
                raise RecordNotFound("claim", claim_id)
            bump_version(connection, [("document", document_id)])


def to_claim(row: Row[Any]) -> ClaimInContext:
    """Split a joined row into the claim and its document."""
    fields = {name: getattr(row, name) for name in CLAIM.c.keys()}  # noqa: SIM118 (columns, not a dict)
    return ClaimInContext(Claim(**fields), to_meta(row, "document__"))


def _select_claims() -> Select[Any]:
    return select(*_WITH_DOCUMENT).join_from(CLAIM, DOCUMENT, DOCUMENT.c.id == CLAIM.c.document_id)
