"""Claim rows to codes, as they stream by."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.columns import (
    MODALITIES,
    NONE,
    POLARITIES,
    REVIEWS,
    ClaimColumns,
    DocumentColumns,
    Int64,
    Words,
    to_day,
)
from graph.edges import normalise_outlet
from graph.errors import StoreError
from graph.rows import ClaimRow
from graph.string_table import encode

_POLARITY = {word: code for code, word in enumerate(POLARITIES)}
_MODALITY = {word: code for code, word in enumerate(MODALITIES)}
_REVIEW = {word: code for code, word in enumerate(REVIEWS)}


class Batch(NamedTuple):
    """Claims as codes, in the order they were read.

    Attributes:
        kind: (claims,) code of each one's relation kind.
        names: Each one's id in UTF-8.
    """

    kind: Int64
    claims: ClaimColumns
    names: list[bytes]


class ClaimReader:
    """Turns claim rows into codes, remembering documents, stories, outlets and words.

    Args:
        numbers: Of the nodes, by id.
    """

    def __init__(self, words: Words, numbers: dict[str, int]) -> None:
        self.words = words
        self._numbers = numbers
        self.document_ids: list[str] = []
        self.stories: list[str] = []
        self._document_codes: dict[str, int] = {}
        self._story_codes: dict[str, int] = {}
        self._documents: list[tuple[int, int, int, int]] = []

    def read(self, rows: Sequence[ClaimRow]) -> Batch:
        """Return some rows as codes; names are numbered from 0."""
        (ids, sources, kinds, hows, targets, polarities, modalities, confidences, reviews, speakers,
         documents, *about, starts, ends) = zip(*rows, strict=True)  # fmt: skip
        for document, *facts in zip(documents, *about, strict=True):
            if document not in self._document_codes:
                self._add_document(document, *facts)
        words, size = self.words, len(rows)
        claims = ClaimColumns(
            name=np.arange(size, dtype=np.int32),
            document=_collect(map(self._document_codes.__getitem__, documents), np.int32, size),
            source=_collect(map(self._find_end, sources), np.int32, size),
            target=_collect(map(self._find_end, targets), np.int32, size),
            speaker=_collect(map(self._find_speaker, speakers), np.int32, size),
            how=_collect(map(words.hows.code, hows), np.int16, size),
            polarity=_collect(map(_POLARITY.__getitem__, polarities), np.uint8, size),
            modality=_collect(map(_MODALITY.__getitem__, modalities), np.uint8, size),
            review=_collect(map(_REVIEW.__getitem__, reviews), np.uint8, size),
            confidence=np.array(confidences, np.float64),
            valid_from=_collect(map(to_day, starts), np.int32, size),
            valid_to=_collect(map(to_day, ends), np.int32, size),
        )
        kind = _collect(map(words.kinds.code, kinds), np.int64, size)
        return Batch(kind, claims, [encode(text) for text in ids])

    def build_documents(self) -> DocumentColumns:
        """Return the documents that were seen, in the order of their codes."""
        table = np.array(self._documents, np.int32).reshape(-1, 4)
        return DocumentColumns(*(np.ascontiguousarray(table[:, place]) for place in range(4)))

    def _add_document(self, document: str, story: str, outlet: str | None, published: date | None) -> None:
        self._document_codes[document] = len(self.document_ids)
        self.document_ids.append(document)
        story_code = self._story_codes.get(story)
        if story_code is None:
            story_code = self._story_codes[story] = len(self.stories)
            self.stories.append(story)
        voice = normalise_outlet(outlet)
        self._documents.append(
            (
                story_code,
                self.words.outlets.code(outlet),
                self.words.voices.code(voice) if voice else NONE,
                to_day(published),
            )
        )

    def _find_end(self, entity_id: str) -> int:
        number = self._numbers.get(entity_id)
        if number is not None:
            return number
        # Merged entities have been given their codes before; whatever else is not stored cannot be an end.
        code = self.words.outsiders.find(entity_id)
        if code == NONE:
            raise StoreError(f"a relation speaks of {entity_id!r}, which is not stored")
        return -2 - code

    def _find_speaker(self, entity_id: str | None) -> int:
        if entity_id is None:
            return NONE
        number = self._numbers.get(entity_id)
        return -2 - self.words.outsiders.code(entity_id) if number is None else number


def _collect(codes: Iterable[int], dtype: type[np.generic], size: int) -> NDArray[Any]:
    return np.fromiter(codes, dtype, size)
