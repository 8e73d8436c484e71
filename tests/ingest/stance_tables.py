"""Tables of sentences with all the stances that each is to be read for: "sentence | source > how > target; ..."."""

from collections.abc import Iterable

from ingest.types import Claim, Extraction


def read_rows(tables: Iterable[str]) -> list[tuple[str, frozenset[str]]]:
    """Return each sentence of some tables with what it is to be read for."""
    lines = [line.partition(" | ") for table in tables for line in table.strip().splitlines()]
    return [(text, frozenset(part.strip() for part in told.split(";") if part)) for text, _, told in lines]


def list_stances(extraction: Extraction, *, modality: bool = False) -> set[str]:
    """Return the stances that are claimed, as the tables write them; `modality` behind them where it is not asserted."""
    return {
        _describe(extraction, claim, modality=modality)
        for claim in extraction.claims
        if claim.kind in {"supports", "opposes"}
    }


def _describe(extraction: Extraction, claim: Claim, *, modality: bool) -> str:
    source, target = (
        extraction.mentions[end].text.removeprefix("The ") for end in (claim.source, claim.target)
    )
    denied = "denied: " if claim.polarity == "denied" else ""
    meant = f" [{claim.modality}]" if modality and claim.modality != "asserted" else ""
    return f"{denied}{source} > {claim.how or claim.kind} > {target}{meant}"
