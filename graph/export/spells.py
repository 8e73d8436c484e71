"""When an edge held, as its claims tell: spans of days, for formats that know of time."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from graph.rows import ClaimRow

_DAY = timedelta(days=1)


class Spell(NamedTuple):
    """Days on which something held, both ends included; None is an end that nobody knows."""

    start: date | None
    end: date | None


def find_spells(claims: Iterable[ClaimRow]) -> list[Spell]:
    """Return the spells in which at least one of these claims held, in order, with days between each and the next.

    A day lies in a spell exactly when `graph.filters.is_valid_on` places one of the claims on it, so that stepping
    through an export shows what `as_of` would. Claims without any date are in no spell.

    Cost: O(claims log claims).
    """
    found = [spell for claim in claims if (spell := _find_spell(claim)) is not None]
    merged: list[Spell] = []
    for spell in sorted(found, key=lambda each: (each.start or date.min, each.end or date.max)):
        before = merged[-1] if merged else None
        if before is not None and _touch(before, spell):
            ends = (before.end, spell.end)
            merged[-1] = Spell(before.start, None if None in ends else max(filter(None, ends)))
        else:
            merged.append(spell)
    return merged


def _find_spell(claim: ClaimRow) -> Spell | None:
    start, end = claim.valid_from, claim.valid_to
    if start is None and end is None and claim.published_on is None:
        return None
    if claim.modality == "past":
        end = end or claim.published_on
    elif end is None:
        start = start or claim.published_on
    if start is not None and end is not None and start > end:
        return None
    return Spell(start, end)


def _touch(before: Spell, after: Spell) -> bool:
    """Say whether no day lies between two spells; `before` does not start later."""
    if before.end is None or after.start is None or before.end == date.max:
        return True
    return after.start <= before.end + _DAY
