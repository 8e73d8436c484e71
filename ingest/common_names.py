"""Names that several countries have for different things: "Eastern Region", "Democratic Progressive Party"."""

_COMMON_WORDS = frozenset(
    {
        *("action", "alliance", "alternative", "and", "block", "bloc", "central", "centre", "change", "christian"),
        *("citizens", "coalition", "communist", "congress", "conservative", "democracy", "democratic", "democrats"),
        *("development", "district", "division", "eastern", "for", "forum", "forward", "freedom", "front", "green"),
        *("group", "independence", "justice", "labor", "labour", "league", "liberal", "liberals", "liberation"),
        *("liberty", "list", "movement", "national", "nationalist", "new", "northern", "of", "party", "patriotic"),
        *("people", "peoples", "popular", "progress", "progressive", "province", "radical", "rally", "reform"),
        *("region", "renewal", "republican", "revolutionary", "rural", "social", "socialist", "solidarity", "southern"),
        *("state", "the", "to", "union", "unionist", "united", "unity", "western", "work", "workers"),
    }
)  # fmt: skip


def is_common_name(name: str) -> bool:
    """Say whether a name of two words or more is made only of such words as parties and provinces anywhere are called."""
    words = name.casefold().replace("'s", "").replace("\u2019s", "").replace("'", "").split()
    return len(words) > 1 and _COMMON_WORDS.issuperset(words)
