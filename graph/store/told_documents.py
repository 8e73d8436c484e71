"""New documents in bytes: how the store tells them beside the change that brought them.

Whoever follows the graph then reads one row a document instead of one a claim, a mention and the document's own: a tenth
of the time.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any, Final, NamedTuple

import numpy as np

from graph.joined_texts import JoinedTexts
from graph.store.claim_lists import SHARED, ClaimLists, Shared, list_claims
from graph.store.tables import CLAIM

MOST_TOLD: Final = 20_000
"""Of a document of more claims, they are read where they are stored."""

DocumentFacts = tuple[str, str, str | None, Any]
"""A document's id, story, outlet and publication day (as text on SQLite, and where it was told)."""
MentionCounts = Mapping[tuple[str, str | None, Any], int]
"""How often some documents mean an entity, by its id, the place's name that stood for it there (None for none), and the
document, or its publication day (as text on SQLite)."""


@dataclass(slots=True)
class NewDocument:
    """What one transaction writes of a document that it brings.

    Attributes:
        mentions: By entity, and by the place's name that stands for it.
        claims: As their table takes them.
    """

    id: str
    story_id: str
    outlet: str | None
    published_on: date | None
    mentions: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    claims: list[Mapping[str, Any]] = field(default_factory=list)


class ToldDocument(NamedTuple):
    """A document as it was told; None for `facts` where an earlier version of the product told the claims alone."""

    claims: ClaimLists
    facts: DocumentFacts | None
    mentions: MentionCounts


def tell_document(new: NewDocument) -> bytes | None:
    """Return a document in bytes that `read_document` reads; None where that cannot be done.

    A line of JSON says how many claims, how many bytes of ids and of ends follow, what the claims have in common, and
    what else came with the document; then come ids and ends, a zero byte between each two, confidences as 64-bit
    floats, and places as 32-bit integers, the low bytes first.
    """
    if len(new.claims) > MOST_TOLD:
        return None
    lists = list_claims(
        [
            (row["id"], row["source_id"], row["target_id"], row["confidence"], _share(row))
            for row in new.claims
        ]
    )
    ids, ends = (JoinedTexts.of(texts) for texts in (lists.ids, lists.ends))
    if ids is None or ends is None:
        return None
    facts = new.id, new.story_id, new.outlet, _spell(new.published_on)
    mentions = [(*meant, count) for meant, count in new.mentions.items()]
    sizes = len(new.claims), len(ids.data), len(ends.data)
    head = json.dumps([*sizes, lists.shared, facts, mentions], separators=(",", ":"))
    numbers = lists.confidences.astype("<f8").tobytes(), lists.at.astype("<i4").tobytes()
    return b"".join((head.encode(), b"\n", ids.data, ends.data, *numbers))


def read_document(data: bytes) -> ToldDocument:
    """Return what `tell_document` wrote."""
    start = data.index(b"\n") + 1
    size, ids, ends, shared, *rest = json.loads(data[:start])
    places = list(accumulate((start, ids, ends, 8 * size)))
    claims = ClaimLists(
        JoinedTexts(data[places[0] : places[1]], size),
        JoinedTexts(data[places[1] : places[2]], 2 * size),
        np.frombuffer(data, "<f8", size, places[2]),
        np.frombuffer(data, "<i4", size, places[3]),
        [tuple(one) for one in shared],
    )
    if not rest:
        return ToldDocument(claims, None, {})
    facts, mentions = rest
    return ToldDocument(
        claims,
        tuple(facts),
        {(entity_id, metonym, facts[0]): count for entity_id, metonym, count in mentions},
    )


def _share(row: Mapping[str, Any]) -> Shared:
    return tuple(_tell(row, name) for name in SHARED)  # type: ignore[return-value]


def _tell(row: Mapping[str, Any], name: str) -> str | None:
    """Return a value as JSON has it; the table's own where the row has none."""
    if name in row:
        return _spell(row[name])
    default: Any = CLAIM.c[name].default
    return _spell(None if default is None else default.arg)


def _spell(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
