"""Which names of one document are one actor: known ids, full names and surnames, acronyms, spelling variants."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from graph.identity import compare_names
from ingest.cities import make_key
from ingest.gazetteer import Gazetteer
from ingest.introductions import Found
from ingest.name_groups import ALIKE, Joins, NameGroup
from ingest.parse import Doc
from ingest.people import KIN, is_kin, join_surnames
from ingest.reading import Candidate
from ingest.short_bodies import join_short_bodies
from ingest.surnames import leave_surnames_to_text
from ingest.types import Actor, ParsedBlock

_MIN_ACRONYM = 3
_SPACES = re.compile(r"\s+")
_SAME_PERSON = 0.8
_SAME_BODY = 0.9
_POLITICAL = frozenset({"armed-group", "organization", "party"})
# No text but a directory has more names that sound alike, and there comparing each with all would take for ever.
_MOST_COMPARED = 40
_COMPARED_TYPES = frozenset(
    {"organization", "armed-group", "party", "government-body", "security-force", "media"}
)


def group_candidates(
    found: Sequence[Found],
    blocks: Sequence[ParsedBlock],
    introduced: Mapping[str, Candidate],
    gazetteer: Gazetteer,
) -> tuple[tuple[Actor, ...], list[int | None]]:
    """Return the actors and, for each candidate, the index of its actor; None where it names nobody.

    Args:
        found: Block number and candidate, in text order.
        blocks: The document's blocks.
        introduced: Acronyms that the document explains, with the full name.
        gazetteer: Where known ids lead.
    """
    texts = [doc.text for _, doc in blocks]
    found = [
        (n, _follow_text(c, texts[n][c.start_char : c.end_char], introduced, gazetteer)) for n, c in found
    ]
    found = leave_surnames_to_text(found, [texts[n][c.start_char : c.end_char] for n, c in found])
    keys = [
        f"{_make_key(c, introduced)}{KIN}" if is_kin(blocks[n].doc, c) else _make_key(c, introduced)
        for n, c in found
    ]
    groups: dict[str, NameGroup] = {}
    for key, (number, candidate) in zip(keys, found, strict=True):
        group = groups.setdefault(key, NameGroup(key))
        group.candidates.append(candidate)
        group.surfaces.append(texts[number][candidate.start_char : candidate.end_char])
        group.blocks.append(number)
        group.before.append(_get_word_before(blocks[number].doc, candidate.start_token))
    joins = Joins()
    _join_full_names(groups, joins)
    _join_bodies(groups, joins)
    dropped = join_surnames(groups, joins)
    join_short_bodies(groups, joins)
    wholes: dict[str, list[NameGroup]] = defaultdict(list)
    for key, group in groups.items():
        if key not in dropped:
            wholes[joins.find(key)].append(group)
    actors = tuple(_make_actor(parts, gazetteer, introduced) for parts in wholes.values())
    index = {key: number for number, key in enumerate(wholes)}
    return actors, [None if key in dropped else index[joins.find(key)] for key in keys]


def _get_word_before(doc: Doc, place: int) -> str:
    return doc[place - 1].lower_ if place else ""


def _follow_text(
    candidate: Candidate, letters: str, introduced: Mapping[str, Candidate], gazetteer: Gazetteer
) -> Candidate:
    """Take known letters for the name that the text spells out beside them, and not for a namesake elsewhere.

    Letters that are not the initials stay what is known: "Partiya Karkeren Kurdistan (PKK)" only translates the name.
    """
    full = introduced.get(letters)
    if full is None or candidate.known_id is None or full.known_id == candidate.known_id:
        return candidate
    known = gazetteer.get(candidate.known_id)
    alike = compare_names(full.name, known.name, known.type) >= _SAME_PERSON
    if full.known_id is None and (alike or _get_initials(full.name) != letters):
        return candidate
    return candidate._replace(
        name=full.name, type=full.type, known_id=full.known_id, country_code=full.country_code
    )


def _make_key(candidate: Candidate, introduced: Mapping[str, Candidate]) -> str:
    full = introduced.get(candidate.name)
    if full is not None and candidate.known_id is None:
        candidate = full
    return (
        f"id:{candidate.known_id}"
        if candidate.known_id is not None
        else make_key(candidate.name) or candidate.name
    )


def _join_full_names(groups: Mapping[str, NameGroup], joins: Joins) -> None:
    """Join spelling variants of full names: Nouri and Nuri al-Maliki."""
    buckets: dict[str, list[NameGroup]] = defaultdict(list)
    for group in groups.values():
        if group.type == "person" and len(group.words) > 1:
            buckets[_sound_surname(group.words[-1])].append(group)
    for bucket in buckets.values():
        for number, group in enumerate(bucket):
            for other in bucket[max(0, number - _MOST_COMPARED) : number]:
                if (group.known_id and other.known_id) or _begin_otherwise(group, other):
                    continue
                if compare_names(group.name, other.name, "person") >= _SAME_PERSON:
                    joins.join(
                        *(
                            (group.key, other.key)
                            if other.known_id or not group.known_id
                            else (other.key, group.key)
                        )
                    )
                    break


def _sound_surname(surname: str) -> str:
    """Return the first two consonants of a surname, alike ones as one.

    Variants hardly ever differ in these; comparing only within them keeps the work far from quadratic.
    """
    consonants = [letter for letter in surname.translate(ALIKE) if letter not in "aeiouywh"]
    return "".join(consonants[:2])


def _join_bodies(groups: Mapping[str, NameGroup], joins: Joins) -> None:
    """Join a body's shorter name to the longer one: "National Security Council" to the Supreme one before it."""
    bodies = [group for group in groups.values() if group.type in _COMPARED_TYPES]
    by_initials, by_ending, by_last = _index_bodies(bodies)
    for group in bodies:
        if group.known_id is not None:
            continue
        spelt_out = by_initials.get(group.name, ()) if _is_acronym(group.name) else ()
        if len(spelt_out) == 1:
            joins.join(group.key, spelt_out[0].key)
            continue
        longer = [body for body in by_ending.get(group.name_key, ()) if _may_be_one(body.type, group.type)]
        if len(longer) == 1 and " " in group.name_key:
            joins.join(group.key, longer[0].key)
            continue
        others = by_last[group.name_key.rpartition(" ")[2], group.type][: _MOST_COMPARED + 1]
        same = next((body for body in others if body is not group and _is_same_body(group, body)), None)
        if same is not None:
            joins.join(group.key, same.key)


def _may_be_one(one: str, other: str) -> bool:
    """Say whether one body may be told as either: a front is a party to some, an armed group by its name."""
    return one == other or {one, other} <= _POLITICAL


def _index_bodies(
    bodies: Iterable[NameGroup],
) -> tuple[dict[str, list[NameGroup]], dict[str, list[NameGroup]], dict[tuple[str, str], list[NameGroup]]]:
    """Return bodies by their initials, by what their names end in, and by last word and type."""
    by_initials: dict[str, list[NameGroup]] = defaultdict(list)
    by_ending: dict[str, list[NameGroup]] = defaultdict(list)
    by_last: dict[tuple[str, str], list[NameGroup]] = defaultdict(list)
    for body in bodies:
        for initials in {_get_initials(body.name), _get_initials(body.surfaces[0])}:
            by_initials[initials].append(body)
        _, _, ending = body.name_key.partition(" ")
        while ending:
            by_ending[ending].append(body)
            _, _, ending = ending.partition(" ")
        by_last[body.name_key.rpartition(" ")[2], body.type].append(body)
    return by_initials, by_ending, by_last


def _is_acronym(name: str) -> bool:
    """Say whether a name may be the initials of one that the text sets it beside nowhere."""
    return name.isupper() and len(name) >= _MIN_ACRONYM and name.isalpha()


def _get_initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _begin_otherwise(group: NameGroup, other: NameGroup) -> bool:
    """Say whether no word of one name begins as one of the other, their last aside: spellings of one name share some.

    It spares looking in full at most of the names there are.
    """
    return bool(group.initials and other.initials) and group.initials.isdisjoint(other.initials)


def _is_same_body(group: NameGroup, other: NameGroup) -> bool:
    if _begin_otherwise(group, other):
        return False
    countries = {c.country_code for c in (*group.candidates, *other.candidates) if c.country_code}
    return len(countries) < 2 and compare_names(group.name, other.name, group.type) >= _SAME_BODY


def _make_actor(parts: Sequence[NameGroup], gazetteer: Gazetteer, second: Container[str]) -> Actor:
    merged = parts[0] if len(parts) == 1 else _merge(parts)
    pairs = zip(merged.candidates, merged.surfaces, strict=True)
    surfaces = [surface for c, surface in pairs if c.resolution != "demonym"] or merged.surfaces
    aliases = tuple(dict.fromkeys(_tidy(surface) for surface in surfaces))
    fullest = _choose_surface(merged, surfaces)
    known_id = merged.known_id
    if known_id is not None:
        known = gazetteer.get(known_id)
        return Actor(known.name, fullest, known.type, aliases, known.id, known.country_code)
    strong = [c for c in merged.candidates if c.strength >= 3]
    person = any(part.type == "person" for part in parts)
    names = [c.name for c in merged.candidates]
    usual = [name for name in names if name not in second] or names
    name = strong[0].name if strong else max(usual, key=len)
    country = next((c.country_code for c in merged.candidates if c.country_code), None)
    return Actor(_tidy(name), fullest, "person" if person else merged.type, aliases, None, country)


def _merge(parts: Sequence[NameGroup]) -> NameGroup:
    merged = NameGroup(parts[0].key)
    for part in parts:
        merged.candidates += part.candidates
        merged.surfaces += part.surfaces
    return merged


def _choose_surface(group: NameGroup, surfaces: Sequence[str]) -> str:
    """Return the fullest name as written; for a country its name rather than "the Iraqi government"."""
    if group.type == "country":
        plain = [
            surface
            for c, surface in zip(group.candidates, group.surfaces, strict=True)
            if c.resolution in {"name", "acronym"}
        ]
        return plain[0] if plain else surfaces[0]
    return max(surfaces, key=len)


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text)
