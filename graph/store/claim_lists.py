"""Claims as lists: how the store gives them to those who keep the graph in memory."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

SHARED: Final = (
    "kind", "how", "polarity", "modality", "review_status", "attributed_to_id", "document_id", "valid_from", "valid_to",
)  # fmt: skip
"""What claims of a document mostly have in common."""

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
