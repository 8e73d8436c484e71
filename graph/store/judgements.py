"""Judgements on who is the same as whom: kept, listed, deleted; never two that contradict each other."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select

from graph.errors import EntityNotFound, InvalidQuery, JudgementConflict, RecordNotFound
from graph.models import Judgement, Verdict
from graph.rows import JudgementRow
from graph.store.cursors import decode_cursor, encode_cursor
from graph.store.database import Database, bump_version
from graph.store.records import Page
from graph.store.tables import ENTITY, JUDGEMENT


class JudgementStore(Database):
    """Judgements as they are stored; what follows from them is the business of `graph.identity`."""

    def add_judgement(
        self,
        left_id: str,
        right_id: str,
        verdict: Verdict,
        *,
        keep_id: str | None = None,
        reason: str | None = None,
        judged_by: str | None = None,
    ) -> Judgement:
        """Store somebody's word on two entities.

        Raises:
            EntityNotFound: One of the two does not exist.
            InvalidQuery: Both are one entity, or `keep_id` is neither.
            JudgementConflict: Joining them would join two that were judged to be different, or they are joined already
                and now should not be.

        Cost: all judgements are read, so that a chain of them is seen.
        """
        if left_id == right_id:
            raise InvalidQuery("right", "a judgement is about two different entities")
        if keep_id not in {None, left_id, right_id}:
            raise InvalidQuery("keep", f"it is neither {left_id!r} nor {right_id!r}")
        judgement = Judgement(
            left_id=left_id,
            right_id=right_id,
            verdict=verdict,
            keep_id=keep_id,
            reason=reason,
            judged_by=judged_by,
        )
        with self.writing() as connection:
            _check_entities(connection, (left_id, right_id))
            _check_consistent(connection, judgement)
            statement = (
                insert(JUDGEMENT).values(judgement.model_dump(exclude={"id"})).returning(JUDGEMENT.c.id)
            )
            judgement.id = connection.execute(statement).scalar_one()
            bump_version(connection, [("judgement", str(judgement.id))])
        return judgement

    def list_judgements(self, after: str | None = None, limit: int = 50) -> Page[Judgement]:
        """Return judgements, latest first.

        Raises:
            InvalidQuery: `after` is not a cursor of this list.
        """
        statement = select(JUDGEMENT).order_by(JUDGEMENT.c.id.desc()).limit(limit + 1)
        if after is not None:
            statement = statement.where(JUDGEMENT.c.id < decode_cursor(after, (int,))[0])
        with self.reading() as connection:
            found = [Judgement(**row) for row in connection.execute(statement).mappings()]
            total = connection.execute(select(func.count()).select_from(JUDGEMENT)).scalar_one()
        following = encode_cursor(found[limit - 1].id or 0) if len(found) > limit else None
        return Page(tuple(found[:limit]), total, following)

    def delete_judgement(self, judgement_id: int) -> None:
        """Undo a judgement: everything is as if it had never been given.

        Raises:
            RecordNotFound: There is no such judgement.
        """
        with self.writing() as connection:
            if connection.execute(delete(JUDGEMENT).where(JUDGEMENT.c.id == judgement_id)).rowcount == 0:
                raise RecordNotFound("judgement", str(judgement_id))
            bump_version(connection, [("judgement", str(judgement_id))])


def _check_entities(connection: Connection, entity_ids: Iterable[str]) -> None:
    for entity_id in entity_ids:
        if connection.execute(select(ENTITY.c.id).where(ENTITY.c.id == entity_id)).first() is None:
            raise EntityNotFound(entity_id)


def _check_consistent(connection: Connection, new: Judgement) -> None:
    from graph.identity import resolve  # noqa: PLC0415 (who only asks questions does not wait for the rules of names)

    table = JUDGEMENT.c
    columns = (table.id, table.left_id, table.right_id, table.verdict, table.keep_id)
    stored = [JudgementRow._make(row) for row in connection.execute(select(*columns))]
    if new.verdict == "same":
        resolve([*stored, JudgementRow(0, new.left_id, new.right_id, new.verdict, new.keep_id)])
    elif new.verdict == "not-same":
        canonical = resolve(stored)
        if canonical.get(new.left_id, new.left_id) == canonical.get(new.right_id, new.right_id):
            raise JudgementConflict(new.left_id, new.right_id, "the same")
