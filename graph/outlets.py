"""Outlets by name: whether anything of theirs was read, and which are called nearly the same."""

from collections.abc import Collection, Iterable
from datetime import date
from difflib import get_close_matches

import numpy as np

from graph.edges import normalise_outlet
from graph.errors import InvalidQuery
from graph.snapshot.columns import NO_DAY, NONE
from graph.snapshot.snapshot import Snapshot
from graph.store import Store

_SUGGESTED = 3


def check_outlets(
    store: Store, snapshot: Snapshot, outlets: Collection[str], known_by: date | None = None
) -> None:
    """Refuse outlets of which no text is stored; one whose texts hold no relation is none of these.

    Args:
        store: Where texts are looked up that hold no relation.
        snapshot: Of the store.
        outlets: Names, in whatever case.
        known_by: Last publication day of the texts to go by; undated ones are left out then.

    Raises:
        InvalidQuery: There is one; the message has up to three names that are like it.

    Cost: O(documents with a relation) with `known_by`, and nothing else without; all documents' outlets where one is
    not found so.
    """
    unseen = [outlet for outlet in outlets if not _has_claims(snapshot, outlet, known_by)]
    if not unseen:
        return
    known = {normalise_outlet(name): name for name in store.list_outlets(known_by)}
    for outlet in unseen:
        if normalise_outlet(outlet) not in known:
            then = f" of {known_by} or before" if known_by else ""
            closest = [known[near] for near in _find_near(normalise_outlet(outlet), known)]
            hint = f" Did you mean {', '.join(closest)}?" if closest else ""
            raise InvalidQuery("sources", f"no text{then} is from {outlet!r}.{hint}")


def _has_claims(snapshot: Snapshot, outlet: str, known_by: date | None) -> bool:
    """Say whether any text of an outlet holds a claim, as far as was known by a day."""
    columns = snapshot.columns
    voice = columns.words.voices.find(normalise_outlet(outlet))
    if voice == NONE or known_by is None:
        return voice != NONE
    documents = columns.documents
    published = documents.published
    known = (published != NO_DAY) & (published <= known_by.toordinal())
    return bool(np.any(known & (documents.voice == voice)))


def _find_near(outlet: str, known: Iterable[str]) -> list[str]:
    """Return the names that hold this one, then those that are spelled like it, at most three."""
    listed = sorted(known)
    holding = [name for name in listed if outlet in name]
    near = get_close_matches(outlet, listed, _SUGGESTED)
    return list(dict.fromkeys([*holding, *near]))[:_SUGGESTED]
