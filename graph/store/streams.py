"""Whole tables as streams of light rows, in stable order and bounded memory: what snapshots are built from."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, func, select

from graph.rows import ClaimRow, CopyRow, EntityRow, GazetteerRow, JudgementRow, KnownDays
from graph.store.changes import to_known_day
from graph.store.database import Database
from graph.store.tables import (
    ALIAS,
    CLAIM,
    COPY_LINK,
    DOCUMENT,
    ENTITY,
    FORMER_FACTS,
    GAZETTEER_RELATION,
    JUDGEMENT,
    MENTION,
)

_ROWS_AT_ONCE = 2000


class StreamStore(Database):
    """Lazy readers. Each holds a connection until it is exhausted or closed."""

    def iter_entities(self) -> Iterator[EntityRow]:
        """Yield every entity by id, with its aliases in alphabetical order and its number of mentions.

        Cost: the mentions are counted once; the names that stand for governments are held in memory.
        """
        with self.at_one_version() as store:
            metonyms: defaultdict[str, list[tuple[str, date | None, int]]] = defaultdict(list)
            for used in store._stream(_select_metonyms()):  # noqa: SLF001
                metonyms[used.entity_id].append((used.text, used.published_on, used.mentions))
            former: defaultdict[str, list[tuple[int, str, str | None]]] = defaultdict(list)
            for fact in store._stream(select(FORMER_FACTS).order_by(FORMER_FACTS.c.id)):  # noqa: SLF001
                former[fact.entity_id].append((to_known_day(fact.known_on), fact.name, fact.country_code))
            aliases = _Follower(
                store._stream(  # noqa: SLF001 (the same store at one version)
                    select(ALIAS.c.entity_id, ALIAS.c.text, ALIAS.c.origin, ALIAS.c.known_on).order_by(
                        ALIAS.c.entity_id, ALIAS.c.text
                    )
                )
            )
            seen = _Follower(store._stream(_select_seen()))  # noqa: SLF001
            for entity in store._stream(_select_entities()):  # noqa: SLF001
                yield _build_entity(
                    entity,
                    aliases.take(entity.id),
                    seen.take(entity.id),
                    metonyms.get(entity.id, ()),
                    tuple(former.get(entity.id, ())),
                )

    def iter_copy_links(self) -> Iterator[CopyRow]:
        """Yield the links between copies of one story, in no order."""
        statement = select(COPY_LINK.c.document_id, COPY_LINK.c.copied_id, COPY_LINK.c.known_on)
        yield from (CopyRow._make(row) for row in self._stream(statement))

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


class _Follower:
    """The rows of one entity after another, out of a stream sorted by entity in the database's own order."""

    def __init__(self, rows: Iterator[Row[Any]]) -> None:
        self._by_entity = groupby(rows, key=lambda row: row.entity_id)
        self._waiting = next(self._by_entity, None)

    def take(self, entity_id: str) -> list[Row[Any]]:
        """Return the rows of the next entity, which this must be or come before."""
        if self._waiting is None or self._waiting[0] != entity_id:
            return []
        rows = list(self._waiting[1])
        self._waiting = next(self._by_entity, None)
        return rows


def _build_entity(
    entity: Row[Any],
    aliases: Sequence[Row[Any]],
    seen: Sequence[Row[Any]],
    metonyms: Sequence[tuple[str, date | None, int]],
    former: tuple[tuple[int, str, str | None], ...],
) -> EntityRow:
    used: Counter[str] = Counter()
    for text, _, mentions in metonyms:
        used[text] += mentions
    facts = (
        *entity,
        tuple(sorted(alias.text for alias in aliases)),
        sum(row.mentions for row in seen),
        tuple(sorted(used.items())),
        KnownDays(
            tuple(
                sorted(
                    (row.published_on.toordinal(), row.mentions)
                    for row in seen
                    if row.published_on is not None
                )
            ),
            tuple(
                sorted(
                    (alias.text, to_known_day(alias.known_on)) for alias in aliases if alias.origin == "text"
                )
            ),
            tuple(sorted((text, day.toordinal(), count) for text, day, count in metonyms if day is not None)),
            former,
        ),
    )
    return EntityRow._make(facts)


def _select_metonyms() -> Select[Any]:
    return (
        select(MENTION.c.entity_id, MENTION.c.text, DOCUMENT.c.published_on, func.count().label("mentions"))
        .join_from(MENTION, DOCUMENT, DOCUMENT.c.id == MENTION.c.document_id)
        .where(MENTION.c.resolution == "metonym")
        .group_by(MENTION.c.entity_id, MENTION.c.text, DOCUMENT.c.published_on)
    )


def _select_seen() -> Select[Any]:
    return (
        select(MENTION.c.entity_id, DOCUMENT.c.published_on, func.count().label("mentions"))
        .join_from(MENTION, DOCUMENT, DOCUMENT.c.id == MENTION.c.document_id)
        .group_by(MENTION.c.entity_id, DOCUMENT.c.published_on)
        .order_by(MENTION.c.entity_id)
    )


def _select_entities() -> Select[Any]:
    return select(
        ENTITY.c.id,
        ENTITY.c.name,
        ENTITY.c.type,
        ENTITY.c.country_code,
        ENTITY.c.admin1,
        ENTITY.c.lat,
        ENTITY.c.lon,
        ENTITY.c.geonames_id,
    ).order_by(ENTITY.c.id)
