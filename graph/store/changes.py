"""What came since a version, and whole tables as bare rows: what graphs in columns are built from and follow."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, text

from graph.rows import NEVER, CopyRow, EntityRow, GazetteerRow, KnownDays
from graph.store.bare import fetch_rows
from graph.store.claim_lists import SHARED, BareClaim, ClaimLists, join_claims, list_claims
from graph.store.database import Database
from graph.store.tables import DOCUMENT
from graph.store.told_documents import DocumentFacts, MentionCounts, ToldDocument, read_document

MAX_CHANGES = 50_000
"""More than these are read no faster than everything."""

_ROWS_AT_ONCE = 20_000
_VERSION = (
    "SELECT s.version, c.subject_id FROM graph_state s LEFT JOIN graph_change c "
    "ON c.version = s.version AND c.subject = 'state'"
)
_CHANGES = (
    "SELECT s.version, c.version, c.subject, c.subject_id, c.told FROM graph_state s LEFT JOIN graph_change c "
    "ON c.version >= {mark} AND (c.version > {mark} OR c.subject = 'state') ORDER BY c.version LIMIT {mark}"
)


class GraphVersion(NamedTuple):
    """A version, and the name of the state that the store had at it; empty where it has none."""

    version: int
    state: str


class Changes(NamedTuple):
    """Ids of what came, changed or went up to a version; see `graph.models.GraphChange`.

    Attributes:
        told: Documents as `graph.store.told_documents` tells them, by id; None for those that are to be read.
    """

    now: GraphVersion
    documents: list[str]
    entities: list[str]
    recounted: list[str]
    gazetteer: list[str]
    departed: list[str]
    judgements: list[str]
    told: Mapping[str, bytes | None]


class DocumentRows(NamedTuple):
    """What is stored of some documents.

    Attributes:
        facts: Of those that are stored.
        mentions: Whom those asked for mean, by document.
        claims: Of all, in no order.
    """

    facts: Sequence[DocumentFacts]
    mentions: MentionCounts
    claims: ClaimLists


class ChangeStore(Database):
    """Readers for those who keep the graph in memory; read within `at_one_version`."""

    def get_graph_version(self) -> GraphVersion:
        """Return the version with its state. One row read."""
        with self.reading() as connection:
            rows = fetch_rows(connection, _VERSION)
        return GraphVersion(rows[0][0], rows[0][1] or "") if rows else GraphVersion(0, "")

    def find_changes(self, since: GraphVersion) -> Changes | None:
        """Return what changed since a version.

        Returns:
            None if that cannot be told: the store never was in that state, the changes are forgotten, too many, or of
            a sort that touches everything. Then all is to be read anew.
        """
        if not since.state:
            return None
        with self.reading() as connection:
            rows = fetch_rows(connection, _CHANGES, since.version, since.version, MAX_CHANGES + 1)
        now, found, was_there = since, dict[str, dict[str, bytes | None]](), False
        for newest, version, subject, subject_id, told in rows:
            if version is None:
                return None
            if version > since.version:
                # A later change of the same document counts: where that tells nothing, it may be another now.
                found.setdefault(subject, {})[subject_id] = told
            else:
                was_there |= (subject, subject_id) == ("state", since.state)
            if version == newest and subject == "state":
                now = GraphVersion(version, subject_id)
        if len(rows) > MAX_CHANGES or not was_there or now.version != rows[0][0]:
            return None
        if "everything" in found or len(found.get("state", ())) != now.version - since.version:
            return None
        return Changes(
            now=now,
            documents=list(found.get("document", ())),
            entities=list(found.get("entity", ())),
            recounted=list(found.get("mentions", ())),
            gazetteer=list(found.get("gazetteer", ())),
            departed=list(found.get("departed", ())),
            judgements=list(found.get("judgement", ())),
            told=found.get("document", {}),
        )

    def find_documents(self, changes: Changes, new: Sequence[str]) -> DocumentRows:
        """Return the documents that changed, with their claims.

        Args:
            changes: All that changed.
            new: Those of these documents whose mentions are asked for.
        """
        told = {
            document: read_document(data)
            for document in changes.documents
            if (data := changes.told.get(document)) is not None
        }
        whole = {document: found for document, found in told.items() if found.facts is not None}
        mentions = dict(self.count_mentions([document for document in new if document not in whole]))
        for document in new:
            mentions.update(whole[document].mentions if document in whole else {})
        facts = self.find_document_facts([each for each in changes.documents if each not in whole])
        return DocumentRows(
            [*facts, *(found.facts for found in whole.values() if found.facts is not None)],
            mentions,
            self._join_claims(changes.documents, told),
        )

    def _join_claims(self, document_ids: Sequence[str], told: Mapping[str, ToldDocument]) -> ClaimLists:
        """Return the claims of documents of which some were told."""
        lists = [document.claims for document in told.values()]
        untold = [document for document in document_ids if document not in told]
        if untold or not lists:
            lists.append(list_claims(self._find("claim", self._list_claim_columns(), "document_id", untold)))
        return join_claims(lists)

    def find_document_facts(self, document_ids: Sequence[str]) -> Sequence[DocumentFacts]:
        """Return the facts of those of these documents that are stored."""
        columns = "id, story_id, source, published_on"
        return self._find("document", columns, "id", document_ids)

    def count_mentions(self, document_ids: Sequence[str]) -> MentionCounts:
        """Count whom these documents mean, by document and by the places' names that stand for governments."""
        # They are counted here: to group them the database would have to sort them.
        meant = "entity_id, CASE WHEN resolution = 'metonym' THEN text END, document_id"
        return Counter(self._find("mention", meant, "document_id", document_ids))

    def recount_mentions(self, entity_ids: Sequence[str]) -> MentionCounts:
        """Count where all documents mean these entities, by publication day. Cost: their mentions, through an index."""
        meant = "entity_id, CASE WHEN resolution = 'metonym' THEN mention.text END, published_on"
        table = "mention JOIN document ON document.id = mention.document_id"
        return Counter(self._find(table, meant, "entity_id", entity_ids))

    def find_copy_links(self, document_ids: Sequence[str]) -> list[CopyRow]:
        """Return the links to earlier copies that these documents came with."""
        rows = self._find("copy_link", "document_id, copied_id, known_on", "document_id", document_ids)
        return [CopyRow._make(row) for row in rows]

    def find_entity_rows(self, entity_ids: Sequence[str]) -> list[EntityRow]:
        """Return these entities with their names, unmentioned."""
        columns = "id, name, type, country_code, admin1, lat, lon, geonames_id"
        names: dict[str, list[str]] = {}
        days: dict[str, list[tuple[str, int]]] = {}
        told = "entity_id, text, origin, known_on"
        for owner, alias, origin, known_on in self._find("alias", told, "entity_id", entity_ids):
            names.setdefault(owner, []).append(alias)
            if origin == "text":
                days.setdefault(owner, []).append((alias, to_known_day(known_on)))
        former: dict[str, list[tuple[int, str, str | None]]] = {}
        facts = "entity_id, known_on, name, country_code"
        for owner, known_on, *fact in self._find(
            "former_facts", facts, "entity_id", entity_ids, "ORDER BY id"
        ):
            former.setdefault(owner, []).append((to_known_day(known_on), *fact))
        return [
            EntityRow._make(
                [
                    *row,
                    tuple(sorted(names.get(row[0], ()))),
                    0,
                    (),
                    KnownDays(
                        names=tuple(sorted(days.get(row[0], ()))), former=tuple(former.get(row[0], ()))
                    ),
                ]
            )
            for row in self._find("entity", columns, "id", entity_ids)
        ]

    def find_gazetteer_relations(self, source_ids: Sequence[str]) -> list[GazetteerRow]:
        """Return what geography knows of these entities."""
        columns = "source_id, kind, how, target_id, dataset"
        return [
            GazetteerRow._make(row)
            for row in self._find("gazetteer_relation", columns, "source_id", source_ids)
        ]

    def find_relations_around(self, entity_ids: Sequence[str]) -> list[GazetteerRow]:
        """Return what geography knows of these entities, and what has one of them as its target."""
        columns = "source_id, kind, how, target_id, dataset"
        found = {
            GazetteerRow._make(row)
            for end in ("source_id", "target_id")
            for row in self._find("gazetteer_relation", columns, end, entity_ids)
        }
        return sorted(found)

    def iter_document_facts(self) -> Iterator[list[DocumentFacts]]:
        """Yield the facts of every document, in no order, 20,000 at once."""
        statement = select(DOCUMENT.c.id, DOCUMENT.c.story_id, DOCUMENT.c.source, DOCUMENT.c.published_on)
        yield from self._iter_parts(statement)

    def iter_bare_claims(self) -> Iterator[list[BareClaim]]:
        """Yield every claim in the order it is stored, 20,000 at once: the fastest way through the table."""
        yield from self._iter_parts(text(f"SELECT {self._list_claim_columns()} FROM claim"))  # noqa: S608 (our names)

    def _list_claim_columns(self) -> str:
        """Return what `BareClaim` has, in SQL."""
        shared = ", ".join(SHARED)
        told = (
            f"json_array({shared})"
            if self._engine.dialect.name == "sqlite"
            else f"CAST(json_build_array({shared}) AS text)"
        )
        return f"id, source_id, target_id, confidence, {told}"

    def _iter_parts(self, statement: Any) -> Iterator[list[Any]]:  # noqa: ANN401 (any statement)
        with self.reading() as connection:
            result = connection.execute(statement, execution_options={"yield_per": _ROWS_AT_ONCE})
            try:
                yield from map(list, result.partitions(_ROWS_AT_ONCE))
            finally:
                result.close()

    def _find(
        self, table: str, columns: str, key: str, wanted: Collection[str], group: str = ""
    ) -> Sequence[Any]:
        if not wanted:
            return ()
        with self.reading() as connection:
            matches, parameter = _match(connection, wanted)
            return fetch_rows(
                connection,
                f"SELECT {columns} FROM {table} WHERE {key} {matches} {group}",  # noqa: S608 (our names)
                parameter,
            )


def to_known_day(day: date | str | None) -> int:
    """Return a day, as the database gives it, as `KnownDays` has it; `NEVER` for none."""
    if day is None:
        return NEVER
    return (date.fromisoformat(day) if isinstance(day, str) else day).toordinal()


def _match(connection: Connection, wanted: Collection[str]) -> tuple[str, object]:
    """Return a condition for any number of values in one parameter, and that parameter."""
    if connection.dialect.name == "sqlite":
        return "IN (SELECT value FROM json_each({mark}))", json.dumps(list(wanted))
    return "= ANY({mark})", list(wanted)
