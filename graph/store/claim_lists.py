"""Claims as lists: how the store tells them to those who keep the graph in memory.

A new document's claims are told beside the change that brought it, so that whoever follows the graph reads one row instead of
one a claim: a tenth of the time.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.joined_texts import JoinedTexts
from graph.store.tables import CLAIM

SHARED: Final = (
    "kind", "how", "polarity", "modality", "review_status", "attributed_to_id", "document_id", "valid_from", "valid_to",
)  # fmt: skip
"""What claims of a document mostly have in common."""
MOST_TOLD: Final = 20_000
"""Of a document of more claims, they are read where they are stored."""

Shared = tuple[str, str | None, str, str, str, str | None, str, date | str | None, date | str | None]
"""The values of `SHARED`; days may be in ISO 8601."""
BareClaim = tuple[str, str, str, float, str | Shared]
"""A claim's id, source, target and confidence, and the rest, which may be JSON.

A driver takes longer to make objects of so many columns than the database takes to find them."""


class ClaimLists(NamedTuple):
    """Claims as lists, one entry each.

    Attributes:
        ids: Their ids.
        ends: Ids of the source and the target of the first, then of the second, and so on.
        confidences: Within (0, 1].
        at: The place in `shared` of what else each says.
        shared: What claims have in common, each once or more.
    """

    ids: Sequence[str]
    ends: Sequence[str]
    confidences: NDArray[np.float64]
    at: NDArray[np.int32]
    shared: Sequence[Shared]


def list_claims(rows: Sequence[BareClaim]) -> ClaimLists:
    """Return claims as lists; what many have in common is looked at once."""
    ids, sources, targets, confidences, told = zip(*rows, strict=True) if rows else ((), (), (), (), ())
    ends = [""] * (2 * len(rows))
    ends[0::2], ends[1::2] = sources, targets
    places: dict[str | Shared, int] = {}
    at = np.fromiter((places.setdefault(shared, len(places)) for shared in told), np.int32, len(rows))
    shared = [tuple(json.loads(one)) if isinstance(one, str) else one for one in places]
    return ClaimLists(ids, ends, np.array(confidences, np.float64), at, shared)


def join_claims(parts: Sequence[ClaimLists]) -> ClaimLists:
    """Return the claims of one or more lists, in their order."""
    if len(parts) == 1:
        return parts[0]
    firsts = np.cumsum([0, *(len(part.shared) for part in parts)]).tolist()
    return ClaimLists(
        [claim for part in parts for claim in part.ids],
        [end for part in parts for end in part.ends],
        np.concatenate([part.confidences for part in parts]),
        np.concatenate([part.at + np.int32(first) for part, first in zip(parts, firsts, strict=False)]),
        [one for part in parts for one in part.shared],
    )


def tell_claims(rows: Sequence[Mapping[str, Any]]) -> bytes | None:
    """Return claims, as their table takes them, in bytes that `read_told` reads; None where that cannot be done.

    A line of JSON says how many claims, how many bytes of ids and of ends follow, and what the claims have in common; then
    come ids and ends, a zero byte between each two, confidences as 64-bit floats, and places as 32-bit integers, the low
    bytes first.
    """
    if len(rows) > MOST_TOLD:
        return None
    lists = list_claims(
        [(row["id"], row["source_id"], row["target_id"], row["confidence"], _share(row)) for row in rows]
    )
    ids, ends = (JoinedTexts.of(texts) for texts in (lists.ids, lists.ends))
    if ids is None or ends is None:
        return None
    head = json.dumps([len(rows), len(ids.data), len(ends.data), lists.shared], separators=(",", ":"))
    numbers = lists.confidences.astype("<f8").tobytes(), lists.at.astype("<i4").tobytes()
    return b"".join((head.encode(), b"\n", ids.data, ends.data, *numbers))


def read_told(data: bytes) -> ClaimLists:
    """Return what `tell_claims` wrote."""
    start = data.index(b"\n") + 1
    size, ids, ends, shared = json.loads(data[:start])
    places = list(accumulate((start, ids, ends, 8 * size)))
    return ClaimLists(
        JoinedTexts(data[places[0] : places[1]], size),
        JoinedTexts(data[places[1] : places[2]], 2 * size),
        np.frombuffer(data, "<f8", size, places[2]),
        np.frombuffer(data, "<i4", size, places[3]),
        [tuple(one) for one in shared],
    )


def _share(row: Mapping[str, Any]) -> Shared:
    return tuple(_tell(row, name) for name in SHARED)  # type: ignore[return-value]


def _tell(row: Mapping[str, Any], name: str) -> str | None:
    """Return a value as JSON has it; the table's own where the row has none."""
    if name in row:
        value = row[name]
    else:
        default: Any = CLAIM.c[name].default
        value = None if default is None else default.arg
    return value if value is None or isinstance(value, str) else value.isoformat()
