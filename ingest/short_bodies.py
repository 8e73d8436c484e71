"""Words of a body's full name that are used alone with "the" for the body: "the Tigers" after the Liberation Tigers."""

from collections import defaultdict
from collections.abc import Mapping

from ingest.cities import make_key
from ingest.name_groups import Joins, NameGroup

_BODIES = frozenset({"armed-group", "organization", "party", "security-force"})
_LONE = _BODIES | {"community", "person", "place"}
_SHORTEST = 4
_WITH_KIND = 2
_KINDS = frozenset({"bloc", "front", "group", "militia", "movement", "party"})
# What the names of many bodies share.
_COMMON = frozenset(
    {"african", "alliance", "america", "american", "arab", "army", "central", "christian", "command", "congress", "council", "democratic",
     "east", "eastern", "european", "general", "government", "high", "international", "islamic", "joint", "justice", "labour", "national",
     "north", "northern", "people", "political", "public", "republic", "republican", "revolutionary", "security", "social", "south",
     "southern", "state", "states", "supreme", "united", "west", "western", "women", "world", "youth"}
)  # fmt: skip


def join_short_bodies(groups: Mapping[str, NameGroup], joins: Joins) -> None:
    """Join a lone unknown word to the one body before it in the text that has the word in its name."""
    bodies: dict[str, dict[str, int]] = defaultdict(dict)
    for group in groups.values():
        if group.type in _BODIES:
            whole = joins.find(group.key)
            for word in _list_words(group):
                first = bodies[word].get(whole, group.blocks[0])
                bodies[word][whole] = min(first, group.blocks[0])
    for key, group in groups.items():
        owners = bodies.get(make_key(group.surfaces[0]), {})
        if len(owners) != 1:
            continue
        ((owner, block),) = owners.items()
        if not _is_short(group) and not _is_first_word(group, groups[owner]):
            continue
        if owner != joins.find(key) and block <= group.blocks[0]:
            joins.join(key, owner)


def _list_words(group: NameGroup) -> set[str]:
    """Return the capitalised words of a name of two words or more, those aside that many bodies have."""
    names = [name.split() for name in {group.name, *group.surfaces}]
    words = {word for name in names if len(name) > 1 for word in name if word[0].isupper() and word.isalpha()}
    return {key for word in words if len(key := make_key(word)) >= _SHORTEST and key not in _COMMON}


def _is_first_word(group: NameGroup, body: NameGroup) -> bool:
    """Say whether an unknown name is all of a body's but the word for what it is: "Amal" of the Amal Movement."""
    words = body.name.split()
    called = len(words) == _WITH_KIND and words[1].casefold() in _KINDS
    unknown = group.known_id is None and group.type in {"organization", "person"}
    return called and unknown and make_key(words[0]) == group.key


def _is_short(group: NameGroup) -> bool:
    """Say whether a name is one word that nobody knows, with an article or for several."""
    words = {make_key(surface) for surface in group.surfaces}
    alone = len(words) == 1 and " " not in group.surfaces[0] and not group.surfaces[0].isupper()
    told = "the" in group.before or (len(group.surfaces) == 1 and group.surfaces[0].endswith("s"))
    return alone and told and group.known_id is None and group.type in _LONE
