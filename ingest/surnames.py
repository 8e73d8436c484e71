"""Surnames that somebody known has, and that a text means for somebody it has introduced: "Xiomara Zelaya ... Zelaya"."""

from collections.abc import Sequence

from ingest.cities import make_key
from ingest.reading import Candidate


def leave_surnames_to_text(
    found: Sequence[tuple[int, Candidate]], surfaces: Sequence[str]
) -> list[tuple[int, Candidate]]:
    """Take what is known from lone surnames of people whom a text has named in full before.

    Whom it names in full elsewhere, or by the surname before there was another of it, stays who is known.

    Args:
        found: Block number and candidate, in text order.
        surfaces: The words of each.
    """
    settled = {c.known_id for (_, c), surface in zip(found, surfaces, strict=True) if " " in surface}
    introduced: set[str] = set()
    left: list[tuple[int, Candidate]] = []
    for (number, candidate), surface in zip(found, surfaces, strict=True):
        told = candidate
        if candidate.type == "person" and " " in surface:
            introduced.add(make_key(surface).split(" ")[-1])
        elif candidate.type == "person" and candidate.known_id not in {None, *settled}:
            if make_key(surface) in introduced:
                told = make_surname(candidate)._replace(name=surface)
            else:
                settled.add(candidate.known_id)
        left.append((number, told))
    return left


def make_surname(candidate: Candidate) -> Candidate:
    """Return a candidate as a person's surname, of whom nothing is known."""
    return candidate._replace(type="person", known_id=None, country_code=None, strength=0)
