"""Whole tables as streams of light rows, in stable order and bounded memory: what snapshots are built from."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, func, select

from graph.rows import ClaimRow, EntityRow, GazetteerRow, JudgementRow
from graph.store.database import Database
from graph.store.tables import ALIAS, CLAIM, DOCUMENT, ENTITY, GAZETTEER_RELATION, JUDGEMENT, MENTION

_ROWS_AT_ONCE = 2000


class StreamStore(Database):
    """Lazy readers. Each holds a connection until it is exhausted or closed."""

    def iter_entities(self) -> Iterator[EntityRow]:
        """Yield every entity by id, with its aliases in alphabetical order and its number of mentions.

        Cost: the mentions are counted once; the names that stand for governments are held in memory.
        """
        with self.at_one_version() as store:
            metonyms: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
            for used in store._stream(_select_metonyms()):  # noqa: SLF001
                metonyms[used.entity_id].append((used.text, used.mentions))
            aliases = store._stream(  # noqa: SLF001 (the same store at one version)
                select(ALIAS.c.entity_id, ALIAS.c.text).order_by(ALIAS.c.entity_id, ALIAS.c.text)
            )
            # Both streams are sorted by entity in the database's own order, so one pass joins them.
            by_entity = groupby(aliases, key=lambda alias: alias.entity_id)
            waiting = next(by_entity, None)
            for entity in store._stream(_select_entities()):  # noqa: SLF001
                names: tuple[str, ...] = ()
                if waiting is not None and waiting[0] == entity.id:
                    names = tuple(sorted(alias.text for alias in waiting[1]))
                    waiting = next(by_entity, None)
                yield EntityRow(
                    entity.id,
                    entity.name,
                    entity.type,
                    entity.country_code,
                    entity.admin1,
                    entity.lat,
                    entity.lon,
                    entity.geonames_id,
                    names,
                    entity.mentions or 0,
                    tuple(metonyms.get(entity.id, ())),
                )

    def iter_claims(self) -> Iterator[ClaimRow]:
        """Yield every claim by id, with what its document says of story, outlet and date."""
        statement = (
            select(
                CLAIM.c.id,
                CLAIM.c.source_id,
                CLAIM.c.kind,
                CLAIM.c.how,
                CLAIM.c.target_id,
                CLAIM.c.polarity,
                CLAIM.c.modality,
                CLAIM.c.confidence,
                CLAIM.c.review_status,
                CLAIM.c.attributed_to_id,
                CLAIM.c.document_id,
                DOCUMENT.c.story_id,
                DOCUMENT.c.source.label("outlet"),
                DOCUMENT.c.published_on,
                CLAIM.c.valid_from,
                CLAIM.c.valid_to,
            )
            .join_from(CLAIM, DOCUMENT, DOCUMENT.c.id == CLAIM.c.document_id)
            .order_by(CLAIM.c.id)
        )
        yield from (ClaimRow._make(row) for row in self._stream(statement))

    def iter_gazetteer_relations(self) -> Iterator[GazetteerRow]:
        """Yield every relation that geography knows, by source and target."""
        table = GAZETTEER_RELATION.c
        statement = select(table.source_id, table.kind, table.how, table.target_id, table.dataset)
        statement = statement.order_by(table.source_id, table.target_id)
        yield from (GazetteerRow._make(row) for row in self._stream(statement))

    def iter_judgements(self) -> Iterator[JudgementRow]:
        """Yield every judgement, oldest first."""
        table = JUDGEMENT.c
        statement = select(table.id, table.left_id, table.right_id, table.verdict, table.keep_id)
        yield from (JudgementRow._make(row) for row in self._stream(statement.order_by(table.id)))

    def _stream(self, statement: Select[Any]) -> Iterator[Row[Any]]:
        with self.reading() as connection:
            result = connection.execute(statement, execution_options={"yield_per": _ROWS_AT_ONCE})
            try:
                yield from result
            finally:
                result.close()


def _select_metonyms() -> Select[Any]:
    return (
        select(MENTION.c.entity_id, MENTION.c.text, func.count().label("mentions"))
        .where(MENTION.c.resolution == "metonym")
        .group_by(MENTION.c.entity_id, MENTION.c.text)
        .order_by(MENTION.c.entity_id, MENTION.c.text)
    )


def _select_entities() -> Select[Any]:
    mentioned = (
        select(MENTION.c.entity_id, func.count().label("mentions")).group_by(MENTION.c.entity_id).subquery()
    )
    return (
        select(
            ENTITY.c.id,
            ENTITY.c.name,
            ENTITY.c.type,
            ENTITY.c.country_code,
            ENTITY.c.admin1,
            ENTITY.c.lat,
            ENTITY.c.lon,
            ENTITY.c.geonames_id,
            mentioned.c.mentions,
        )
        .join_from(ENTITY, mentioned, mentioned.c.entity_id == ENTITY.c.id, isouter=True)
        .order_by(ENTITY.c.id)
    )
