"""Claims: one with its document, those of an edge, the best quotes of many edges, and their review."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    and_,
    case,
    column,
    func,
    or_,
    select,
    update,
    values,
)

from graph.errors import RecordNotFound
from graph.models import Claim, ReviewStatus
from graph.store.cursors import decode_cursor, encode_cursor
from graph.store.database import Database, bump_version
from graph.store.documents import META_COLUMNS, to_meta
from graph.store.records import ClaimInContext, EdgeKey, Page
from graph.store.tables import CLAIM, DOCUMENT

_WITH_DOCUMENT = (*CLAIM.c, *(meta.label(f"document__{meta.name}") for meta in META_COLUMNS))

_counting = case(
    (
        and_(
            CLAIM.c.polarity == "affirmed",
            CLAIM.c.modality != "possible",
            CLAIM.c.review_status != "rejected",
        ),
        1,
    ),
    else_=0,
)
"""1 for a claim that counts towards its edge, 0 for one that is only shown with it."""


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

    def find_claims(
        self,
        source_ids: Sequence[str],
        kind: str,
        target_ids: Sequence[str],
        *,
        limit: int = 50,
        after: str | None = None,
    ) -> Page[ClaimInContext]:
        """Return the claims of one edge: counting ones first, then by confidence, highest first.

        Args:
            source_ids: The source; several where entities are judged to be the same.
            kind: A relation kind.
            target_ids: The target, likewise.
            limit: Length of a page, 1 or more.
            after: `Page.after` of the page before.

        Raises:
            InvalidQuery: `after` is not a cursor of this list.

        Cost: the edge's claims, through an index.
        """
        matching = [
            CLAIM.c.source_id.in_(source_ids),
            CLAIM.c.kind == kind,
            CLAIM.c.target_id.in_(target_ids),
        ]
        statement = _select_claims(_counting.label("counts")).where(*matching)
        if after is not None:
            statement = statement.where(_comes_after(after))
        statement = statement.order_by(_counting.desc(), CLAIM.c.confidence.desc(), CLAIM.c.id).limit(
            limit + 1
        )
        with self.reading() as connection:
            rows = connection.execute(statement).all()
            total = connection.execute(select(func.count()).select_from(CLAIM).where(*matching)).scalar_one()
        following = None
        if len(rows) > limit:
            last = rows[limit - 1]
            following = encode_cursor(last.counts, float(last.confidence), last.id)
        return Page(tuple(to_claim(row) for row in rows[:limit]), total, following)

    def find_top_quotes(
        self, edges: Sequence[EdgeKey], per_edge: int = 3
    ) -> dict[EdgeKey, tuple[ClaimInContext, ...]]:
        """Return the best claims of many edges in one statement.

        Counting claims come first, one of each story before a second of any, the more confident
        earlier; ties fall to the claim's id, so the same edges give the same quotes.

        Args:
            edges: Up to some thousands; repeated ones are answered once.
            per_edge: Most claims wanted of an edge, 1 or more.

        Returns:
            By edge; an edge without claims has an empty tuple.

        Cost: the claims of these edges, through an index.
        """
        wanted = list(dict.fromkeys(edges))
        quotes: dict[EdgeKey, list[ClaimInContext]] = {edge: [] for edge in wanted}
        if wanted:
            with self.reading() as connection:
                for row in connection.execute(_select_top_quotes(wanted, per_edge)):
                    quotes[wanted[row.edge_no]].append(to_claim(row))
        return {edge: tuple(found) for edge, found in quotes.items()}

    def review_claim(self, claim_id: str, status: ReviewStatus, reviewed_by: str | None = None) -> None:
        """Accept or reject a claim, or take that back; a rejected one no longer counts.

        Raises:
            RecordNotFound: There is no such claim.
        """
        statement = (
            update(CLAIM)
            .where(CLAIM.c.id == claim_id)
            .values(review_status=status, reviewed_by=reviewed_by, reviewed_at=datetime.now(tz=UTC))
        )
        with self.writing() as connection:
            if connection.execute(statement).rowcount == 0:
                raise RecordNotFound("claim", claim_id)
            bump_version(connection)


def to_claim(row: Row[Any]) -> ClaimInContext:
    """Split a joined row into the claim and its document."""
    fields = {name: getattr(row, name) for name in CLAIM.c.keys()}  # noqa: SIM118 (columns, not a dict)
    return ClaimInContext(Claim(**fields), to_meta(row, "document__"))


def _select_claims(*more: Any) -> Select[Any]:  # noqa: ANN401 (any column)
    return select(*_WITH_DOCUMENT, *more).join_from(CLAIM, DOCUMENT, DOCUMENT.c.id == CLAIM.c.document_id)


def _select_top_quotes(edges: Sequence[EdgeKey], per_edge: int) -> Select[Any]:
    wanted = (
        values(
            column("edge_no", Integer),
            column("source_id", String),
            column("kind", String),
            column("target_id", String),
        )
        .data(
            [
                (number, source_id, edge.kind, target_id)
                for number, edge in enumerate(edges)
                for source_id in edge.source_ids
                for target_id in edge.target_ids
            ]
        )
        .cte("wanted")
    )
    ranked = _rank_quotes(wanted)
    return (
        _select_claims(ranked.c.edge_no)
        .join(ranked, ranked.c.id == CLAIM.c.id)
        .where(ranked.c.place <= per_edge)
        .order_by(ranked.c.edge_no, ranked.c.place)
    )


def _rank_quotes(wanted: CTE) -> CTE:
    """Number the claims of each edge: counting first, then one of each story, then the more confident."""
    within_story = (
        select(
            CLAIM.c.id,
            wanted.c.edge_no,
            _counting.label("counts"),
            CLAIM.c.confidence,
            func.row_number()
            .over(
                partition_by=(wanted.c.edge_no, DOCUMENT.c.story_id),
                order_by=(_counting.desc(), CLAIM.c.confidence.desc(), CLAIM.c.id),
            )
            .label("turn"),
        )
        .join_from(
            wanted,
            CLAIM,
            and_(
                CLAIM.c.source_id == wanted.c.source_id,
                CLAIM.c.kind == wanted.c.kind,
                CLAIM.c.target_id == wanted.c.target_id,
            ),
        )
        .join(DOCUMENT, DOCUMENT.c.id == CLAIM.c.document_id)
        .cte("within_story")
    )
    best = within_story.c
    order = (best.counts.desc(), best.turn, best.confidence.desc(), best.id)
    place = func.row_number().over(partition_by=best.edge_no, order_by=order).label("place")
    return select(best.id, best.edge_no, place).cte("ranked")


def _comes_after(after: str) -> ColumnElement[bool]:
    counts, confidence, claim_id = decode_cursor(after, (int, float, str))
    return or_(
        _counting < counts,
        and_(_counting == counts, CLAIM.c.confidence < confidence),
        and_(_counting == counts, CLAIM.c.confidence == confidence, CLAIM.c.id > claim_id),
    )
