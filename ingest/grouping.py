"""Which names of one document are one actor: known ids, full names and surnames, acronyms, spelling variants."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import JaroWinkler

from ingest.candidates import Candidate
from ingest.cities import make_key
from ingest.gazetteer import Gazetteer
from ingest.types import Actor, ParsedBlock

_PARTICLES = frozenset(
    {"al", "el", "ad", "an", "ar", "as", "at", "bin", "ibn", "abu", "van", "von", "de", "der"}
)


@dataclass(slots=True)
class _Group:
    """Names taken to be one actor, in the order of the text."""

    candidates: list[Candidate] = field(default_factory=list)
    surfaces: list[str] = field(default_factory=list)


def group_candidates(
    found: Sequence[tuple[int, Candidate]], blocks: Sequence[ParsedBlock], gazetteer: Gazetteer
) -> tuple[tuple[Actor, ...], list[int | None]]:
    """Return the actors and, for each candidate, the index of its actor; None where it names nobody."""
    groups: dict[str, _Group] = {}
    keys: list[str] = []
    for number, candidate in found:
        key = _make_group_key(candidate)
        group = groups.setdefault(key, _Group())
        group.candidates.append(candidate)
        group.surfaces.append(blocks[number].doc.text[candidate.start_char : candidate.end_char])
        keys.append(key)
    joined = _join_groups(groups)
    merged: dict[str, _Group] = {}
    for key, group in groups.items():
        target = merged.setdefault(joined.get(key, key), _Group())
        target.candidates += group.candidates
        target.surfaces += group.surfaces
    order = list(merged)
    index = {key: order.index(joined.get(key, key)) for key in groups}
    actors = tuple(_make_actor(group, gazetteer) for group in merged.values())
    return actors, [index[key] for key in keys]


def _make_group_key(candidate: Candidate) -> str:
    if candidate.known_id is not None:
        return f"id:{candidate.known_id}"
    kind = "person" if candidate.type == "person" else "other"
    return f"{kind}:{make_key(candidate.name)}"


def _join_groups(groups: dict[str, _Group]) -> dict[str, str]:
    """Return, for each group that is only part of another's name, the group it belongs to."""
    people = {key: _name_words(key, group) for key, group in groups.items() if _is_person(group)}
    joined: dict[str, str] = {}
    for key, words in people.items():
        if len(words) != 1 or key.startswith("id:"):
            continue
        full = [
            other for other, names in people.items() if len(names) > 1 and _same_word(names[-1], words[0])
        ]
        if len(full) == 1:
            joined[key] = full[0]
    return joined


def _is_person(group: _Group) -> bool:
    return group.candidates[0].type == "person"


def _name_words(key: str, group: _Group) -> list[str]:
    name = make_key(group.candidates[0].name) if key.startswith("id:") else key.split(":", 1)[1]
    return [word for word in name.split(" ") if word not in _PARTICLES]


def _same_word(left: str, right: str) -> bool:
    return left == right or (left[:1] == right[:1] and JaroWinkler.similarity(left, right) >= 0.93)


def _make_actor(group: _Group, gazetteer: Gazetteer) -> Actor:
    known = next((c.known_id for c in group.candidates if c.known_id is not None), None)
    names = [
        surface
        for c, surface in zip(group.candidates, group.surfaces, strict=True)
        if c.resolution != "demonym"
    ]
    surfaces = names or group.surfaces
    fullest = max(surfaces, key=len)
    aliases = tuple(dict.fromkeys(re.sub(r"\s+", " ", surface) for surface in surfaces))
    if known is not None:
        entry = gazetteer.get(known)
        return Actor(entry.name, fullest, entry.type, aliases, entry.id, entry.country_code)
    first = max(group.candidates, key=lambda c: c.strength)
    name = first.name if first.strength >= 3 else max((c.name for c in group.candidates), key=len)
    country = next((c.country_code for c in group.candidates if c.country_code), None)
    return Actor(re.sub(r"\s+", " ", name), fullest, first.type, aliases, None, country)
