"""Entities: one by id, the names they go by and who uses them, and where they are mentioned."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, or_, select

from graph.errors import EntityNotFound
from graph.models import Entity, Mention
from graph.store.cursors import decode_cursor, encode_cursor
from graph.store.database import Database
from graph.store.documents import META_COLUMNS, to_meta
from graph.store.records import MentionInContext, NameUse, Page
from graph.store.tables import ALIAS, DOCUMENT, ENTITY, MENTION

_NO_NAMES = ("pronoun", "description", "demonym")
"""Resolutions whose words stand for an entity without naming it."""

_EXCERPT_REACH = 120
"""How many code points an excerpt shows on either side of a mention."""


class EntityStore(Database):
    """Questions about entities that the snapshot does not answer."""

    def get_entity(self, entity_id: str) -> Entity:
        """Return one entity as it is stored, before any judgement.

        Raises:
            EntityNotFound: There is none with this id; no suggestions are made here.
        """
        with self.reading() as connection:
            row = connection.execute(select(ENTITY).where(ENTITY.c.id == entity_id)).mappings().first()
        if row is None:
            raise EntityNotFound(entity_id)
        return Entity(**row)

    def names_with_sources(
        self, entity_ids: Sequence[str], known_by: date | None = None
    ) -> tuple[NameUse, ...]:
        """Return every name of an entity with the outlets that use it, most mentioned first.

        Args:
            entity_ids: One, or all that are judged to be the same.
            known_by: Last publication day of the texts to go by; names that the gazetteer or a user gave stay.

        Cost: the entities' mentions, through an index.
        """
        aliases = (
            select(ALIAS.c.text, ALIAS.c.origin).where(ALIAS.c.entity_id.in_(entity_ids)).order_by(ALIAS.c.id)
        )
        uses = (
            select(MENTION.c.text, DOCUMENT.c.source, func.count().label("mentions"))
            .join_from(MENTION, DOCUMENT, DOCUMENT.c.id == MENTION.c.document_id)
            .where(MENTION.c.entity_id.in_(entity_ids), MENTION.c.resolution.not_in(_NO_NAMES))
            .group_by(MENTION.c.text, DOCUMENT.c.source)
        )
        if known_by is not None:
            aliases = aliases.where(or_(ALIAS.c.origin != "text", ALIAS.c.known_on <= known_by))
            uses = uses.where(DOCUMENT.c.published_on <= known_by)
        origins: dict[str, str] = {}
        outlets: dict[str, list[tuple[str | None, int]]] = {}
        with self.reading() as connection:
            for alias in connection.execute(aliases):
                origins.setdefault(alias.text, alias.origin)
            for use in connection.execute(uses):
                outlets.setdefault(use.text, []).append((use.source, use.mentions))
        names = [
            NameUse(
                text,
                origins.get(text, "text"),
                sum(count for _, count in outlets.get(text, ())),
                tuple(sorted(outlets.get(text, ()), key=lambda use: (-use[1], use[0] or ""))),
            )
            for text in {**origins, **outlets}
        ]
        return tuple(sorted(names, key=lambda name: (-name.mentions, name.text)))

    def find_mentions(
        self,
        entity_ids: Sequence[str],
        *,
        limit: int = 50,
        after: str | None = None,
        known_by: date | None = None,
    ) -> Page[MentionInContext]:
        """Return where entities are mentioned, by document and place in it, with the words around.

        Args:
            entity_ids: One, or all that are judged to be the same.
            limit: Most mentions of the page.
            after: `Page.after` of the page before.
            known_by: Last publication day of the texts to look in; undated ones are left out then.

        Raises:
            InvalidQuery: `after` is not a cursor of this list.
        """
        statement = _select_mentions().where(MENTION.c.entity_id.in_(entity_ids))
        count = select(func.count()).select_from(MENTION).where(MENTION.c.entity_id.in_(entity_ids))
        if known_by is not None:
            known = DOCUMENT.c.published_on <= known_by
            statement = statement.where(known)
            count = count.join(DOCUMENT, DOCUMENT.c.id == MENTION.c.document_id).where(known)
        if after is not None:
            document_id, start_char, mention_id = decode_cursor(after, (str, int, int))
            same_document = MENTION.c.document_id == document_id
            statement = statement.where(
                or_(
                    MENTION.c.document_id > document_id,
                    and_(same_document, MENTION.c.start_char > start_char),
                    and_(same_document, MENTION.c.start_char == start_char, MENTION.c.id > mention_id),
                )
            )
        statement = statement.order_by(MENTION.c.document_id, MENTION.c.start_char, MENTION.c.id)
        with self.reading() as connection:
            rows = connection.execute(statement.limit(limit + 1)).all()
            total = connection.execute(count).scalar_one()
        items = tuple(_to_mention(row) for row in rows[:limit])
        following = None
        if len(rows) > limit:
            last = rows[limit - 1]
            following = encode_cursor(last.document_id, last.start_char, last.id)
        return Page(items, total, following)


def _select_mentions() -> Select[Any]:
    # Slicing in the database keeps a megabyte of text from travelling for every mention in it.
    reach_start = case(
        (MENTION.c.start_char > _EXCERPT_REACH, MENTION.c.start_char - _EXCERPT_REACH), else_=0
    )
    return select(
        *MENTION.c,
        *(meta.label(f"document__{meta.name}") for meta in META_COLUMNS),
        reach_start.label("excerpt_start"),
        func.substr(
            DOCUMENT.c.text, reach_start + 1, MENTION.c.end_char + _EXCERPT_REACH - reach_start
        ).label("excerpt"),
    ).join_from(MENTION, DOCUMENT, DOCUMENT.c.id == MENTION.c.document_id)


def _to_mention(row: Row[Any]) -> MentionInContext:
    fields = {name: getattr(row, name) for name in MENTION.c.keys()}  # noqa: SIM118 (columns, not a dict)
    return MentionInContext(Mention(**fields), to_meta(row, "document__"), row.excerpt, row.excerpt_start)
