"""Claim rows to codes, as they stream by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.edges import normalise_outlet
from graph.errors import StoreError
from graph.rows import ClaimRow, CopyRow
from graph.snapshot.columns import (
    MODALITIES,
    NONE,
    POLARITIES,
    REVIEWS,
    ClaimColumns,
    CopyColumns,
    DocumentColumns,
    Int32,
    Int64,
    Words,
    to_day,
)
from graph.snapshot.string_table import GrowingStrings, StringTable, pack
from graph.store.claim_lists import BareClaim, ClaimLists, Shared, list_claims

_POLARITY = {word: code for code, word in enumerate(POLARITIES)}
_MODALITY = {word: code for code, word in enumerate(MODALITIES)}
_REVIEW = {word: code for code, word in enumerate(REVIEWS)}

_NO_NAMES = pack([])
_DOCUMENT = slice(ClaimRow._fields.index("document_id"), ClaimRow._fields.index("published_on") + 1)


class Batch(NamedTuple):
    """Claims as codes, in the order they were read.

    Attributes:
        kind: (claims,) code of each one's relation kind.
        claims: `name` counts from 0 in each batch.
        names: Each one's id, where they were asked for.
    """

    kind: Int64
    claims: ClaimColumns
    names: StringTable


class ClaimReader:
    """Turns claim rows into codes, remembering documents, stories, outlets and words.

    Args:
        words: Gives codes, and new ones to new words.
        numbers: Of the nodes, by id: a mapping, for many claims; or the ids as they are looked up, for a few.
        documents: How many documents have codes already.
        stories: Those that have codes already; None for none.
    """

    def __init__(
        self,
        words: Words,
        numbers: Mapping[str, int] | GrowingStrings,
        documents: int = 0,
        stories: GrowingStrings | None = None,
    ) -> None:
        self.words = words
        self.document_ids: list[str] = []
        self.stories: list[str] = []
        self._numbers = numbers
        self._first_document = documents
        self._known_stories = stories
        self._document_codes: dict[str, int] = {}
        self._story_codes: dict[str, int] = {}
        self._documents: list[tuple[int, int, int, int, int]] = []
        self._copies: list[tuple[int, int, int]] = []

    def read_rows(self, rows: Sequence[ClaimRow]) -> Batch:
        """Return some rows, with what they say of their documents, as codes."""
        self.read_documents(tuple(row)[_DOCUMENT] for row in rows)
        return self.read([_strip(row) for row in rows])

    def read(self, rows: Sequence[BareClaim]) -> Batch:
        """Return some claims as codes; their documents were read before.

        Raises:
            StoreError: One speaks of an entity or a document that is not stored.
        """
        return self.read_lists(list_claims(rows))

    def read_lists(self, lists: ClaimLists, *, named: bool = True) -> Batch:
        """Return some claims as codes; their documents were read before.

        Args:
            lists: The claims.
            named: Whether their ids are wanted.

        Raises:
            StoreError: One speaks of an entity or a document that is not stored.
        """
        size = len(lists.ids)
        if not size:
            return Batch(np.zeros(0, np.int64), ClaimColumns(**_build_empty()), _NO_NAMES)
        ends = self._find_ends(lists.ends)
        kind, columns = self._read_shared(lists.shared, lists.at)
        claims = ClaimColumns(
            name=np.arange(size, dtype=np.int32),
            source=ends[0::2].copy(),
            target=ends[1::2].copy(),
            confidence=lists.confidences.astype(np.float64),
            **columns,
        )
        return Batch(kind, claims, StringTable.of(lists.ids) if named else _NO_NAMES)

    def _read_shared(
        self, shared: Sequence[Shared], at: NDArray[np.int32]
    ) -> tuple[Int64, dict[str, NDArray[Any]]]:
        """Return the kind of each claim, and columns of the rest."""
        kinds, hows, polarities, modalities, reviews, speakers, documents, starts, ends = zip(
            *shared, strict=True
        )
        columns = {
            "document": _collect_each(self._find_document, documents, np.int32),
            "speaker": self._find_speakers(speakers),
            "how": _collect_each(self.words.hows.code, hows, np.int16),
            "polarity": _collect_each(_POLARITY.__getitem__, polarities, np.uint8),
            "modality": _collect_each(_MODALITY.__getitem__, modalities, np.uint8),
            "review": _collect_each(_REVIEW.__getitem__, reviews, np.uint8),
            "valid_from": _collect_each(to_day, starts, np.int32),
            "valid_to": _collect_each(to_day, ends, np.int32),
        }
        kind = _collect_each(self.words.kinds.code, kinds, np.int64)
        return kind[at], {name: column[at] for name, column in columns.items()}

    def read_documents(self, facts: Iterable[Sequence[Any]]) -> None:
        """Give codes to documents: id, story, outlet and publication day of each; known ones are left."""
        for document, story, outlet, published in facts:
            if document not in self._document_codes:
                self._add_document(document, story, outlet, published)

    def build_documents(self) -> DocumentColumns:
        """Return the documents that were seen, in the order of their codes."""
        table = np.array(self._documents, np.int32).reshape(-1, 5)
        return DocumentColumns(*(np.ascontiguousarray(table[:, place]) for place in range(5)))

    def _add_document(
        self, document: str, story: str, outlet: str | None, published: date | str | None
    ) -> None:
        self._document_codes[document] = self._first_document + len(self.document_ids)
        self.document_ids.append(document)
        voice = normalise_outlet(outlet)
        self._documents.append(
            (
                self._find_story(story),
                self.words.outlets.code(outlet),
                self.words.voices.code(voice) if voice else NONE,
                to_day(published),
                self._find_story(document),
            )
        )

    def read_copies(self, rows: Iterable[CopyRow]) -> None:
        """Give codes to the two documents of each link between copies."""
        for document, copied, known_on in rows:
            self._copies.append((self._find_story(document), self._find_story(copied), to_day(known_on)))

    def build_copies(self) -> CopyColumns:
        """Return the links that were read."""
        table = np.array(self._copies, np.int32).reshape(-1, 3)
        return CopyColumns(*(np.ascontiguousarray(table[:, place]) for place in range(3)))

    def _find_story(self, story: str) -> int:
        code = self._story_codes.get(story, NONE)
        known = self._known_stories
        if code == NONE and known is not None:
            code = known.find(story)
        if code == NONE:
            code = len(self.stories) + (0 if known is None else len(known))
            self.stories.append(story)
        self._story_codes[story] = code
        return code

    def _find_document(self, document_id: str) -> int:
        try:
            return self._document_codes[document_id]
        except KeyError:
            raise StoreError(f"a claim is of document {document_id!r}, which is not stored") from None

    def _find_ends(self, entity_ids: Sequence[str]) -> Int32:
        if isinstance(self._numbers, GrowingStrings):
            found = self._numbers.find_many(entity_ids).astype(np.int32)
            for place in np.flatnonzero(found < 0).tolist():
                found[place] = self._find_outsider(entity_ids[place])
            return found
        try:
            return _collect(map(self._numbers.__getitem__, entity_ids), np.int32, len(entity_ids))
        except KeyError:
            # Some are merged into others; looking at each costs more.
            return _collect(map(self._find_end, entity_ids), np.int32, len(entity_ids))

    def _find_end(self, entity_id: str) -> int:
        number = self._find_number(entity_id)
        return self._find_outsider(entity_id) if number == NONE else number

    def _find_outsider(self, entity_id: str) -> int:
        # Merged entities have been given their codes before; whatever else is not stored cannot be an end.
        code = self.words.outsiders.find(entity_id)
        if code == NONE:
            raise StoreError(f"a relation speaks of {entity_id!r}, which is not stored")
        return -2 - code

    def _find_speakers(self, entity_ids: Sequence[str | None]) -> Int32:
        spoken = list(dict.fromkeys(entity_ids))
        codes: dict[str | None, int] = {None: NONE}
        known = [entity_id for entity_id in spoken if entity_id is not None]
        if isinstance(self._numbers, GrowingStrings):
            found = self._numbers.find_many(known).tolist()
        else:
            found = [self._find_number(entity_id) for entity_id in known]
        for entity_id, number in zip(known, found, strict=True):
            codes[entity_id] = -2 - self.words.outsiders.code(entity_id) if number == NONE else number
        return _collect(map(codes.__getitem__, entity_ids), np.int32, len(entity_ids))

    def _find_number(self, entity_id: str) -> int:
        if isinstance(self._numbers, GrowingStrings):
            return self._numbers.find(entity_id)
        return self._numbers.get(entity_id, NONE)


def _strip(row: ClaimRow) -> BareClaim:
    """Return a claim without what it says of its document."""
    shared = (
        row.kind, row.how, row.polarity, row.modality, row.review_status, row.attributed_to_id,
        row.document_id, row.valid_from, row.valid_to,
    )  # fmt: skip
    return row.id, row.source_id, row.target_id, row.confidence, shared


_TYPES = [*[np.int32] * 5, np.int16, *[np.uint8] * 3, np.float64, np.int32, np.int32]


def _build_empty() -> dict[str, Any]:
    names = [field.name for field in fields(ClaimColumns)]
    return {name: np.zeros(0, dtype) for name, dtype in zip(names, _TYPES, strict=True)}


def _collect_each(find: Callable[[Any], int], words: Sequence[Any], dtype: type[np.generic]) -> NDArray[Any]:
    """Return the codes of words of which many are the same, each looked up once; there is at least one."""
    codes = {word: find(word) for word in dict.fromkeys(words)}
    return _collect(map(codes.__getitem__, words), dtype, len(words))


def _collect(codes: Iterable[int], dtype: type[np.generic], size: int) -> NDArray[Any]:
    return np.fromiter(codes, dtype, size)
