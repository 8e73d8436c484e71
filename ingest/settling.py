"""Which of overlapping candidates for a name stay: the known before the guessed, the longer before the shorter."""

import math
from collections.abc import Sequence

from graph.identity import compare_names
from ingest.reading import Candidate, Reading

_SAME = 0.5


def settle_candidates(found: Sequence[Candidate], reading: Reading) -> list[Candidate]:
    """Keep the strongest of overlapping candidates, and nested ones within stronger."""
    kept: list[Candidate] = []
    known = [candidate for candidate in found if candidate.strength >= 3]
    for candidate in sorted(found, key=lambda c: (c.nested, -_weigh(c, known, reading), c.start_char)):
        clash = [o for o in kept if candidate.start_char < o.end_char and o.start_char < candidate.end_char]
        same = any((o.start_char, o.end_char) == (candidate.start_char, candidate.end_char) for o in clash)
        if not clash or (candidate.nested and not same and not any(o.nested for o in clash)):
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.start_char, c.end_char))


def _weigh(candidate: Candidate, known: Sequence[Candidate], reading: Reading) -> float:
    """Return how much a candidate counts against those it overlaps: known ones more, longer ones more."""
    size = math.log(candidate.end_char - candidate.start_char + 1)
    return (
        (3 if candidate.strength >= 3 else candidate.strength / 2)
        + size
        + (5 if _outgrows(candidate, known, reading) else 0)
    )


def _outgrows(candidate: Candidate, known: Sequence[Candidate], reading: Reading) -> bool:
    """Say whether a name has a known name as a part and is a longer name itself: "Bank of England".

    "Lebanese Hezbollah" is none: what is known stands at its end, and the rest is a country.
    """
    if candidate.strength >= 3 or candidate.type == "place":
        return False
    if candidate.type == "person":
        return _is_namesake(candidate, known, reading)
    within = [
        other
        for other in known
        if candidate.start_token <= other.start_token + reading.doc[other.start_token].is_stop
        and other.end_token <= candidate.end_token
        and (candidate.start_token < other.start_token or other.end_token < candidate.end_token)
    ]
    if not within or any(other.type in {"armed-group", "person"} for other in within):
        return False
    last = max(within, key=lambda other: other.end_token)
    if last.known_id is None and last.type == "party" and last.end_token == candidate.end_token:
        return last.start_token > candidate.start_token
    if last.end_token < candidate.end_token or last.type in {"country", "place"}:
        return last.start_token > candidate.start_token or last.end_token < candidate.end_token
    return last.end_token - last.start_token == 1 and len(within) == 1


def _is_namesake(candidate: Candidate, known: Sequence[Candidate], reading: Reading) -> bool:
    """Say whether a full name only shares its surname with somebody known: "Abdul Karim Saleh"."""
    size = candidate.end_token - candidate.start_token
    before = reading.doc[candidate.start_token : candidate.end_token - 1]
    if size < 2 or any(token.pos_ != "PROPN" or not token.text[0].isupper() for token in before):
        return False
    within = [
        other
        for other in known
        if candidate.start_token <= other.start_token and other.end_token <= candidate.end_token
    ]
    alone = len(within) == 1 and within[0].type == "person" and within[0].end_token == candidate.end_token
    if not alone or within[0].end_token - within[0].start_token != 1 or within[0].known_id is None:
        return False
    return compare_names(candidate.name, within[0].name, "person") < _SAME
