"""Which names are those of provinces, states and the like."""

from ingest.lexicon import Lexicon, per_lexicon


@per_lexicon
def _get_regions(lexicon: Lexicon) -> frozenset[str]:
    kinds = {"province", "state", "region", "continent"}
    return frozenset(
        name.lower()
        for place in lexicon.places
        if place.kind in kinds
        for name in place.names
        if len(name) > 2
    )


def is_region(name: str) -> bool:
    """Say whether a name is that of a province, a state or the like, or its abbreviation ("Calif.")."""
    lower = name.lower().removeprefix("the ")
    words = lower.split()
    return (
        lower in _get_regions()
        or (name.endswith(".") and len(name) <= 6)
        or words[-1]
        in {"province", "state", "governorate", "county", "oblast", "region", "prefecture", "voivodeship"}
    )
