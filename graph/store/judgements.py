"""Judgements on who is the same as whom: kept, listed, deleted; never two that contradict each other."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select

from graph.errors import EntityNotFound, InvalidQuery, JudgementConflict, RecordNotFound
from graph.models import Judgement, Verdict
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
            InvalidQuery: Both are one entity, `keep_id` is neither, or they are joined already and now should not be.
            JudgementConflict: Joining them would join two that were judged to be different.

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
            _check_consistent(connection, left_id, right_id, verdict)
            statement = (
                insert(JUDGEMENT).values(judgement.model_dump(exclude={"id"})).returning(JUDGEMENT.c.id)
            )
            judgement.id = connection.execute(statement).scalar_one()
            bump_version(connection)
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
            bump_version(connection)


def _check_entities(connection: Connection, entity_ids: Iterable[str]) -> None:
    for entity_id in entity_ids:
        if connection.execute(select(ENTITY.c.id).where(ENTITY.c.id == entity_id)).first() is None:
            raise EntityNotFound(entity_id)


def _check_consistent(connection: Connection, left_id: str, right_id: str, verdict: Verdict) -> None:
    rows = connection.execute(select(JUDGEMENT.c.left_id, JUDGEMENT.c.right_id, JUDGEMENT.c.verdict)).all()
    same = [(row.left_id, row.right_id) for row in rows if row.verdict == "same"]
    left, right = _collect_group(left_id, same), _collect_group(right_id, same)
    if verdict == "not-same" and right_id in left:
        raise InvalidQuery(
            "verdict", f"{left_id!r} and {right_id!r} are judged to be the same; delete that first"
        )
    if verdict == "same":
        for row in rows:
            pair = (row.left_id, row.right_id)
            apart = (pair[0] in left and pair[1] in right) or (pair[1] in left and pair[0] in right)
            if row.verdict == "not-same" and apart:
                raise JudgementConflict(*pair)


def _collect_group(entity_id: str, same: list[tuple[str, str]]) -> set[str]:
    """Return all entities that a chain of `same` judgements joins to this one, itself included."""
    neighbours: dict[str, set[str]] = {}
    for left, right in same:
        neighbours.setdefault(left, set()).add(right)
        neighbours.setdefault(right, set()).add(left)
    group, waiting = {entity_id}, [entity_id]
    while waiting:
        for neighbour in neighbours.get(waiting.pop(), ()):
            if neighbour not in group:
                group.add(neighbour)
                waiting.append(neighbour)
    return group
