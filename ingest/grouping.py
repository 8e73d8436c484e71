"""Which names of one document are one actor: known ids, full names and surnames, acronyms, spelling variants."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.identity import compare_names
from ingest.cities import make_key
from ingest.gazetteer import Gazetteer
from ingest.introductions import Found
from ingest.reading import Candidate
from ingest.types import Actor, ParsedBlock

_PARTICLES = frozenset(
    {"al", "el", "ad", "an", "ar", "as", "at", "bin", "ibn", "abu", "van", "von", "de", "der", "haj"}
)
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_ALIKE = str.maketrans("cqgzvbj", "kkksfpy")
_MIN_ACRONYM = 3
_SAME_PERSON = 0.8
_SAME_BODY = 0.9
_SAME_SURNAME = 0.85
_COMPARED_TYPES = frozenset(
    {"organization", "armed-group", "party", "government-body", "security-force", "media"}
)


@dataclass(slots=True)
class _Group:
    """Names taken to be one actor, in the order of the text."""

    key: str
    candidates: list[Candidate] = field(default_factory=list)
    surfaces: list[str] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The type most of its evidence gives, the stronger counting more."""
        votes: Counter[str] = Counter()
        for candidate in self.candidates:
            votes[candidate.type] += 1 + 2 * candidate.strength
        return votes.most_common(1)[0][0]

    @property
    def name(self) -> str:
        """The fullest of its names."""
        return max((candidate.name for candidate in self.candidates), key=len)

    @property
    def known_id(self) -> str | None:
        """The gazetteer's id, if it knows any of the names."""
        return next((c.known_id for c in self.candidates if c.known_id is not None), None)

    @property
    def weak(self) -> bool:
        """Whether nothing but the recogniser, or less, speaks for it."""
        return all(candidate.strength <= 2 and candidate.known_id is None for candidate in self.candidates)


class _Joins:
    """Groups joined so far: each key leads to the key of its whole (a union-find without ranks)."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, key: str) -> str:
        while key in self._parent:
            key = self._parent[key]
        return key

    def join(self, part: str, whole: str) -> None:
        part, whole = self.find(part), self.find(whole)
        if part != whole:
            self._parent[part] = whole


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
    keys = [_make_key(candidate, introduced) for _, candidate in found]
    texts = [doc.text for _, doc in blocks]
    groups: dict[str, _Group] = {}
    for key, (number, candidate) in zip(keys, found, strict=True):
        group = groups.setdefault(key, _Group(key))
        group.candidates.append(candidate)
        group.surfaces.append(texts[number][candidate.start_char : candidate.end_char])
        group.blocks.append(number)
    joins = _Joins()
    _join_full_names(groups, joins)
    _join_bodies(groups, joins)
    dropped = _join_surnames(groups, joins)
    wholes: dict[str, list[_Group]] = defaultdict(list)
    for key, group in groups.items():
        if key not in dropped:
            wholes[joins.find(key)].append(group)
    actors = tuple(_make_actor(parts, gazetteer) for parts in wholes.values())
    index = {key: number for number, key in enumerate(wholes)}
    return actors, [None if key in dropped else index[joins.find(key)] for key in keys]


def _make_key(candidate: Candidate, introduced: Mapping[str, Candidate]) -> str:
    full = introduced.get(candidate.name)
    if full is not None and candidate.known_id is None:
        candidate = full
    return (
        f"id:{candidate.known_id}"
        if candidate.known_id is not None
        else make_key(candidate.name) or candidate.name
    )


def _name_words(group: _Group) -> list[str]:
    words = make_key(group.name).split(" ")
    # "Mr Major" is no rank: where title and name are one word the finders keep the "Mr".
    return [word for word in words if word not in _PARTICLES | _HONORIFICS] or words


def _list_surnames(person: _Group) -> list[str]:
    """Return the last words of a person's full names, as known and as the text spells them."""
    texts = [person.name, *(surface for surface in person.surfaces if " " in surface)]
    return list(dict.fromkeys(make_key(text).rpartition(" ")[2] for text in texts if make_key(text)))


def _join_full_names(groups: Mapping[str, _Group], joins: _Joins) -> None:
    """Join spelling variants of full names: Nouri and Nuri al-Maliki."""
    buckets: dict[str, list[_Group]] = defaultdict(list)
    for group in groups.values():
        words = _name_words(group)
        if group.type == "person" and len(words) > 1:
            buckets[_sound_surname(words[-1])].append(group)
    for bucket in buckets.values():
        for number, group in enumerate(bucket):
            for other in bucket[:number]:
                if group.known_id and other.known_id:
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
    consonants = [letter for letter in surname.translate(_ALIKE) if letter not in "aeiouywh"]
    return "".join(consonants[:2])


def _join_bodies(groups: Mapping[str, _Group], joins: _Joins) -> None:
    """Join a body's shorter name to the longer one: "National Security Council" to the Supreme one before it."""
    bodies = [group for group in groups.values() if group.type in _COMPARED_TYPES]
    by_last: dict[str, list[_Group]] = defaultdict(list)
    for group in bodies:
        by_last[make_key(group.name).rpartition(" ")[2]].append(group)
    for group in bodies:
        if group.known_id is not None:
            continue
        if spelt_out := _find_spelt_out(group, bodies):
            joins.join(group.key, spelt_out.key)
            continue
        key = make_key(group.name)
        others = [o for o in by_last[key.rpartition(" ")[2]] if o is not group and o.type == group.type]
        longer = [o for o in others if make_key(o.name).endswith(f" {key}") and key.count(" ")]
        if len(longer) == 1:
            joins.join(group.key, longer[0].key)
            continue
        same = next((o for o in others if _is_same_body(group, o)), None)
        if same is not None:
            joins.join(group.key, same.key)


def _find_spelt_out(acronym: _Group, bodies: Iterable[_Group]) -> _Group | None:
    """Return the only body whose initials are an unknown acronym, though the text sets them beside no name."""
    if not acronym.name.isupper() or len(acronym.name) < _MIN_ACRONYM or not acronym.name.isalpha():
        return None
    found = [
        body for body in bodies if acronym.name in {_get_initials(body.name), _get_initials(body.surfaces[0])}
    ]
    return found[0] if len(found) == 1 else None


def _get_initials(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isupper()]
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _is_same_body(group: _Group, other: _Group) -> bool:
    countries = {c.country_code for c in (*group.candidates, *other.candidates) if c.country_code}
    return len(countries) < 2 and compare_names(group.name, other.name, group.type) >= _SAME_BODY


def _join_surnames(groups: Mapping[str, _Group], joins: _Joins) -> set[str]:
    """Join lone surnames to the person of that name; return the keys of lone given names, which name nobody."""
    full = [group for group in groups.values() if group.type == "person" and len(_name_words(group)) > 1]
    by_initial: dict[str, list[_Group]] = defaultdict(list)
    given: set[str] = set()
    for person in full:
        words = _name_words(person)
        for initial in dict.fromkeys(surname[0] for surname in _list_surnames(person)):
            by_initial[initial].append(person)
        given.update(words[:-1])
    dropped: set[str] = set()
    for key, group in groups.items():
        words = _name_words(group)
        if (
            len(words) != 1
            or not group.weak
            or group.name.isupper()
            or group.type not in {"person", "organization", "place"}
        ):
            continue
        bearers = _find_bearers(words[0], by_initial.get(words[0][0], ()), joins, group)
        if bearers is None:
            bearers = _find_by_first_name(words[0], full, joins, group)
        if bearers is not None:
            joins.join(key, bearers.key)
        elif group.type == "person" and words[0] in given:
            dropped.add(key)
    return dropped


def _find_by_first_name(name: str, people: Iterable[_Group], joins: _Joins, group: _Group) -> _Group | None:
    """Return the one person in the text whose full name begins with a lone name.

    Koreans and Chinese have the family name first, and Thais, Ethiopians and Indonesians go by the first name.
    Where another person in the text has the same word in the name, nobody is meant for sure.
    """
    bearers = [person for person in people if name in _name_words(person)]
    if group.type == "place" or len({joins.find(person.key) for person in bearers}) != 1:
        return None
    return bearers[0] if _name_words(bearers[0])[0] == name else None


def _find_bearers(surname: str, people: Iterable[_Group], joins: _Joins, group: _Group) -> _Group | None:
    """Return the person with this surname; of several, the one named last before the surname first stands alone."""
    exact = [person for person in people if surname in _list_surnames(person)]
    alike = exact or [
        person
        for person in people
        if group.type == "person"
        and compare_names(surname, _name_words(person)[-1], "person") >= _SAME_SURNAME
    ]
    if len({joins.find(person.key) for person in alike}) < 2:
        return alike[0] if alike else None
    first = group.blocks[0]
    before = [person for person in alike if min(person.blocks) <= first]
    return max(before, key=lambda person: max(b for b in person.blocks if b <= first)) if before else None


def _make_actor(parts: Sequence[_Group], gazetteer: Gazetteer) -> Actor:
    merged = _Group(parts[0].key)
    for part in parts:
        merged.candidates += part.candidates
        merged.surfaces += part.surfaces
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
    name = strong[0].name if strong else max((c.name for c in merged.candidates), key=len)
    country = next((c.country_code for c in merged.candidates if c.country_code), None)
    return Actor(_tidy(name), fullest, "person" if person else merged.type, aliases, None, country)


def _choose_surface(group: _Group, surfaces: Sequence[str]) -> str:
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
    return re.sub(r"\s+", " ", text)
