"""What an export may draw on beside the snapshot, and what it tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.store.records import ClaimInContext

DEFAULT_IRI_BASE = "urn:actorgraph:"


class ClaimReader(Protocol):
    """What looks up the words of claims; a `Store` is one."""

    def find_claims_by_id(self, claim_ids: Sequence[str], /) -> Sequence[ClaimInContext]:
        """Return those of these claims that exist, in the order asked for."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What an export may draw on beside the snapshot, and what it tells.

    Attributes:
        claims: Where quotes are looked up; without it, formats that quote leave quotes out.
        iri_base: What the IRIs of entities, relations, claims and documents start with, in Turtle.
        attributes: Which columns to write, beside ids and ends; None for all that the format has.
    """

    claims: ClaimReader | None = None
    iri_base: str = DEFAULT_IRI_BASE
    attributes: Sequence[str] | None = None
