"""What came since a version, and whole tables as bare rows: what graphs in columns are built from and follow."""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text

from graph.rows import EntityRow, GazetteerRow
from graph.store.database import Database
from graph.store.tables import DOCUMENT, GRAPH_CHANGE, GRAPH_STATE

MAX_CHANGES = 50_000
"""More than these are read no faster than everything."""

_ROWS_AT_ONCE = 20_000
_CHANGES = text(
    "SELECT version, subject, subject_id FROM graph_change WHERE version >= :since ORDER BY version LIMIT :most"
)
_CLAIM_COLUMNS = (
    "id, source_id, kind, how, target_id, polarity, modality, confidence, review_status, attributed_to_id, "
    "document_id, valid_from, valid_to"
)
BareClaim = tuple[Any, ...]
"""A claim as the table has it: the fields of `ClaimRow` without those of its document, and days as text on SQLite."""
DocumentFacts = tuple[str, str, str | None, Any]
"""A document's id, story, outlet and publication day (as text on SQLite)."""


class GraphVersion(NamedTuple):
    """A version, and the name of the state that the store had at it; empty where it has none."""

    version: int
    state: str


class Changes(NamedTuple):
    """Ids of what came, changed or went up to a version; see `graph.models.GraphChange`."""

    now: GraphVersion
    documents: list[str]
    entities: list[str]
    recounted: list[str]
    gazetteer: list[str]
    departed: list[str]


class MentionCount(NamedTuple):
    """How often some documents mean an entity; `metonym` is the place's name that stands for it, or None."""

    entity_id: str
    metonym: str | None
    mentions: int


class ChangeStore(Database):
    """Readers for those who keep the graph in memory; read within `at_one_version`."""

    def get_graph_version(self) -> GraphVersion:
        """Return the version with its state. One row read."""
        state = (GRAPH_CHANGE.c.version == GRAPH_STATE.c.version) & (GRAPH_CHANGE.c.subject == "state")
        statement = select(GRAPH_STATE.c.version, GRAPH_CHANGE.c.subject_id).join_from(
            GRAPH_STATE, GRAPH_CHANGE, state, isouter=True
        )
        with self.reading() as connection:
            row = connection.execute(statement).first()
        return GraphVersion(0, "") if row is None else GraphVersion(row[0], row[1] or "")

    def find_changes(self, since: GraphVersion) -> Changes | None:
        """Return what changed since a version.

        Returns:
            None if that cannot be told: the store never was in that state, the changes are forgotten, too many, or of
            a sort that touches everything. Then all is to be read anew.
        """
        now = self.get_graph_version()
        if not since.state or since.version > now.version:
            return None
        with self.reading() as connection:
            limits = {"since": since.version, "most": MAX_CHANGES + 1}
            rows = connection.execute(_CHANGES, limits).all()
        found: dict[str, dict[str, None]] = {}
        was_there = False
        for version, subject, subject_id in rows:
            if version > since.version:
                found.setdefault(subject, {})[subject_id] = None
            else:
                was_there |= (subject, subject_id) == ("state", since.state)
        if len(rows) > MAX_CHANGES or not was_there:
            return None
        if "everything" in found or len(found.get("state", ())) != now.version - since.version:
            return None
        subjects = ("document", "entity", "mentions", "gazetteer", "departed")
        return Changes(now, *(list(found.get(subject, ())) for subject in subjects))

    def find_document_facts(self, document_ids: Sequence[str]) -> Sequence[DocumentFacts]:
        """Return the facts of those of these documents that are stored."""
        columns = "id, story_id, source, published_on"
        return self._find("document", columns, "id", document_ids)

    def find_bare_claims(self, document_ids: Sequence[str]) -> Sequence[BareClaim]:
        """Return the claims of these documents, in no order."""
        return self._find("claim", _CLAIM_COLUMNS, "document_id", document_ids)

    def count_mentions(self, document_ids: Sequence[str]) -> list[MentionCount]:
        """Count whom these documents mean, apart by the places' names that stand for governments."""
        return self._count("document_id", document_ids)

    def recount_mentions(self, entity_ids: Sequence[str]) -> list[MentionCount]:
        """Count where all documents mean these entities. Cost: their mentions, through an index."""
        return self._count("entity_id", entity_ids)

    def find_entity_rows(self, entity_ids: Sequence[str]) -> list[EntityRow]:
        """Return these entities with their names, unmentioned."""
        columns = "id, name, type, country_code, admin1, lat, lon, geonames_id"
        names: dict[str, list[str]] = {}
        for owner, alias in self._find("alias", "entity_id, text", "entity_id", entity_ids):
            names.setdefault(owner, []).append(alias)
        return [
            EntityRow._make([*row, tuple(sorted(names.get(row[0], ()))), 0, ()])
            for row in self._find("entity", columns, "id", entity_ids)
        ]

    def find_gazetteer_relations(self, source_ids: Sequence[str]) -> list[GazetteerRow]:
        """Return what geography knows of these entities."""
        columns = "source_id, kind, how, target_id, dataset"
        return [
            GazetteerRow._make(row)
            for row in self._find("gazetteer_relation", columns, "source_id", source_ids)
        ]

    def iter_document_facts(self) -> Iterator[list[DocumentFacts]]:
        """Yield the facts of every document, in no order, 20,000 at once."""
        statement = select(DOCUMENT.c.id, DOCUMENT.c.story_id, DOCUMENT.c.source, DOCUMENT.c.published_on)
        yield from self._iter_parts(statement)

    def iter_bare_claims(self) -> Iterator[list[BareClaim]]:
        """Yield every claim in the order it is stored, 20,000 at once: the fastest way through the table."""
        yield from self._iter_parts(text(f"SELECT {_CLAIM_COLUMNS} FROM claim"))  # noqa: S608 (our names)

    def _iter_parts(self, statement: Any) -> Iterator[list[Any]]:  # noqa: ANN401 (any statement)
        with self.reading() as connection:
            result = connection.execute(statement, execution_options={"yield_per": _ROWS_AT_ONCE})
            try:
                yield from map(list, result.partitions(_ROWS_AT_ONCE))
            finally:
                result.close()

    def _count(self, column: str, ids: Sequence[str]) -> list[MentionCount]:
        counted = "entity_id, CASE WHEN resolution = 'metonym' THEN text END AS metonym, count(*)"
        rows = self._find("mention", counted, column, ids, group="GROUP BY entity_id, metonym")
        return [MentionCount._make(row) for row in rows]

    def _find(
        self, table: str, columns: str, key: str, wanted: Collection[str], group: str = ""
    ) -> Sequence[Any]:
        if not wanted:
            return ()
        with self.reading() as connection:
            matches, parameter = _match(connection, key, wanted)
            statement = text(f"SELECT {columns} FROM {table} WHERE {matches} {group}")  # noqa: S608 (our names)
            return connection.execute(statement, {"wanted": parameter}).all()


def _match(connection: Connection, key: str, wanted: Collection[str]) -> tuple[str, object]:
    """Return a condition for any number of values in one parameter, and that parameter."""
    if connection.dialect.name == "sqlite":
        return f"{key} IN (SELECT value FROM json_each(:wanted))", json.dumps(list(wanted))  # noqa: S608 (our names)
    return f"{key} = ANY(:wanted)", list(wanted)
