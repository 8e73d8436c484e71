"""Which names of one document are one actor: known ids, full names and surnames, acronyms, spelling variants."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from graph.identity import compare_names
from ingest.cities import make_key
from ingest.gazetteer import Gazetteer
from ingest.genders import guess_gender
from ingest.introductions import Found
from ingest.names import drop_generation
from ingest.reading import Candidate
from ingest.surnames import leave_surnames_to_text, make_surname
from ingest.types import Actor, ParsedBlock

_PARTICLES = frozenset(
    {
        "al",
        "el",
        "ad",
        "an",
        "ar",
        "as",
        "at",
        "bin",
        "ibn",
        "abu",
        "van",
        "von",
        "de",
        "der",
        "haj",
        "ag",
        "da",
        "del",
        "della",
        "di",
        "dos",
        "du",
        "la",
        "le",
        "ould",
    }
)
_HONORIFICS = frozenset({"mr", "mrs", "ms", "miss", "dr"})
_ALIKE = str.maketrans("cqgzvbj", "kkksfpy")
_MIN_ACRONYM = 3
_SPACES = re.compile(r"\s+")
_SAME_PERSON = 0.8
_SAME_BODY = 0.9
_SAME_SURNAME = 0.85
_VOWELS = str.maketrans("aeiouyw", "aaaaaaa")
# No text but a directory has more names that sound alike, and there comparing each with all would take for ever.
_MOST_COMPARED = 40
_COMPARED_TYPES = frozenset(
    {"organization", "armed-group", "party", "government-body", "security-force", "media"}
)


@dataclass
class _Group:
    """Names taken to be one actor, in the order of the text; what they add up to is asked for when all are there."""

    key: str
    candidates: list[Candidate] = field(default_factory=list)
    surfaces: list[str] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)

    @cached_property
    def type(self) -> str:
        """The type most of its evidence gives, the stronger counting more."""
        votes: Counter[str] = Counter()
        for candidate in self.candidates:
            votes[candidate.type] += 1 + 2 * candidate.strength
        return max(votes, key=votes.__getitem__)

    @cached_property
    def name(self) -> str:
        """The fullest of its names."""
        return max((candidate.name for candidate in self.candidates), key=len)

    @cached_property
    def known_id(self) -> str | None:
        """The gazetteer's id, if it knows any of the names."""
        return next((c.known_id for c in self.candidates if c.known_id is not None), None)

    @cached_property
    def weak(self) -> bool:
        """Whether nothing but the recogniser, or less, speaks for it."""
        return all(candidate.strength <= 2 and candidate.known_id is None for candidate in self.candidates)

    @cached_property
    def name_key(self) -> str:
        """The fullest name as it is looked up."""
        return make_key(self.name)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the fullest name, without particles and honorifics."""
        words = drop_generation(self.name_key.split(" "))
        # "Mr Major" is no rank: where title and name are one word the finders keep the "Mr".
        return tuple(word for word in words if word not in _PARTICLES | _HONORIFICS) or tuple(words)

    @cached_property
    def initials(self) -> frozenset[str]:
        """What its words but the last begin with; letters that sound alike, and all vowels, as one."""
        return frozenset(word.translate(_ALIKE).translate(_VOWELS)[0] for word in self.name_key.split()[:-1])

    @cached_property
    def surnames(self) -> tuple[str, ...]:
        """The last words of a person's full names, as known and as the text spells them."""
        texts = [self.name, *(surface for surface in dict.fromkeys(self.surfaces) if " " in surface)]
        return tuple(
            dict.fromkeys(drop_generation(key.split(" "))[-1] for key in map(make_key, texts) if key)
        )


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
    texts = [doc.text for _, doc in blocks]
    found = [
        (n, _follow_text(c, texts[n][c.start_char : c.end_char], introduced, gazetteer)) for n, c in found
    ]
    found = leave_surnames_to_text(found, [texts[n][c.start_char : c.end_char] for n, c in found])
    keys = [_make_key(candidate, introduced) for _, candidate in found]
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


def _join_full_names(groups: Mapping[str, _Group], joins: _Joins) -> None:
    """Join spelling variants of full names: Nouri and Nuri al-Maliki."""
    buckets: dict[str, list[_Group]] = defaultdict(list)
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
    consonants = [letter for letter in surname.translate(_ALIKE) if letter not in "aeiouywh"]
    return "".join(consonants[:2])


def _join_bodies(groups: Mapping[str, _Group], joins: _Joins) -> None:
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
        longer = [body for body in by_ending.get(group.name_key, ()) if body.type == group.type]
        if len(longer) == 1 and " " in group.name_key:
            joins.join(group.key, longer[0].key)
            continue
        others = by_last[group.name_key.rpartition(" ")[2], group.type][: _MOST_COMPARED + 1]
        same = next((body for body in others if body is not group and _is_same_body(group, body)), None)
        if same is not None:
            joins.join(group.key, same.key)


def _index_bodies(
    bodies: Iterable[_Group],
) -> tuple[dict[str, list[_Group]], dict[str, list[_Group]], dict[tuple[str, str], list[_Group]]]:
    """Return bodies by their initials, by what their names end in, and by last word and type."""
    by_initials: dict[str, list[_Group]] = defaultdict(list)
    by_ending: dict[str, list[_Group]] = defaultdict(list)
    by_last: dict[tuple[str, str], list[_Group]] = defaultdict(list)
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


def _begin_otherwise(group: _Group, other: _Group) -> bool:
    """Say whether no word of one name begins as one of the other, their last aside: spellings of one name share some.

    It spares looking in full at most of the names there are.
    """
    return bool(group.initials and other.initials) and group.initials.isdisjoint(other.initials)


def _is_same_body(group: _Group, other: _Group) -> bool:
    if _begin_otherwise(group, other):
        return False
    countries = {c.country_code for c in (*group.candidates, *other.candidates) if c.country_code}
    return len(countries) < 2 and compare_names(group.name, other.name, group.type) >= _SAME_BODY


def _join_surnames(groups: Mapping[str, _Group], joins: _Joins) -> set[str]:
    """Join lone surnames to the person of that name; return the keys of lone given names, which name nobody."""
    people = _People(group for group in groups.values() if group.type == "person" and len(group.words) > 1)
    dropped: set[str] = set()
    for key, group in groups.items():
        if _is_people_of_surname(group, people):
            name = make_key(group.surfaces[0])
            group.candidates = [make_surname(candidate) for candidate in group.candidates]
        elif (
            len(group.words) != 1
            or not group.weak
            or group.name.isupper()
            or group.type not in {"person", "organization", "place"}
        ):
            continue
        else:
            name = group.words[0]
        bearer = _find_bearer(name, people, joins, group) or _find_by_first_name(name, people, joins, group)
        if bearer is not None:
            joins.join(key, bearer.key)
        elif group.type == "person" and name in people.given:
            dropped.add(key)
    return dropped


def _is_people_of_surname(group: _Group, people: "_People") -> bool:
    """Say whether a word for a people is, wherever it stands, the surname of a person in the text: "Ersin Tatar"."""
    surfaces = {make_key(surface) for surface in group.surfaces}
    return group.type == "community" and len(surfaces) == 1 and surfaces <= people.by_surname.keys()


class _People:
    """Persons with full names, by the parts of these."""

    def __init__(self, people: Iterable[_Group]) -> None:
        self.by_initial: dict[str, list[_Group]] = defaultdict(list)
        self.by_surname: dict[str, list[_Group]] = defaultdict(list)
        self.by_word: dict[str, list[_Group]] = defaultdict(list)
        self.given: set[str] = set()
        for person in people:
            for surname in person.surnames:
                self.by_surname[surname].append(person)
            for initial in dict.fromkeys(surname[0] for surname in person.surnames):
                self.by_initial[initial].append(person)
            for word in dict.fromkeys(person.words):
                self.by_word[word].append(person)
            self.given.update(person.words[:-1])


def _find_by_first_name(name: str, people: _People, joins: _Joins, group: _Group) -> _Group | None:
    """Return the one person in the text whose full name begins with a lone name.

    Koreans and Chinese have the family name first, and Thais, Ethiopians and Indonesians go by the first name.
    Where another person in the text has the same word in the name, nobody is meant for sure.
    """
    bearers = people.by_word.get(name, [])
    if group.type == "place" or len({joins.find(person.key) for person in bearers}) != 1:
        return None
    if bearers[0].words[0] == name:
        return bearers[0]
    # "Mario Abdo Benitez" goes by the first of his two surnames; a middle name is one that others have, too.
    second = len(bearers[0].words) > 2 and bearers[0].words[-2] == name and len(group.candidates) > 1
    return bearers[0] if second and guess_gender((f"{name} {name}",)) is None else None


def _find_bearer(surname: str, people: _People, joins: _Joins, group: _Group) -> _Group | None:
    """Return the person with this surname; of several, the one named last before the surname first stands alone."""
    alike = people.by_surname.get(surname, [])
    if not alike and group.type == "person":
        near = people.by_initial.get(surname[:1], [])[:_MOST_COMPARED]
        alike = [p for p in near if compare_names(surname, p.words[-1], "person") >= _SAME_SURNAME]
    if len({joins.find(person.key) for person in alike}) < 2:
        return alike[0] if alike else None
    first = group.blocks[0]
    before = [person for person in alike if person.blocks[0] <= first]
    # The blocks of a name ascend, as the text does.
    return max(before, key=lambda person: person.blocks[bisect_right(person.blocks, first) - 1], default=None)


def _make_actor(parts: Sequence[_Group], gazetteer: Gazetteer) -> Actor:
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
    name = strong[0].name if strong else max((c.name for c in merged.candidates), key=len)
    country = next((c.country_code for c in merged.candidates if c.country_code), None)
    return Actor(_tidy(name), fullest, "person" if person else merged.type, aliases, None, country)


def _merge(parts: Sequence[_Group]) -> _Group:
    merged = _Group(parts[0].key)
    for part in parts:
        merged.candidates += part.candidates
        merged.surfaces += part.surfaces
    return merged


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
    return _SPACES.sub(" ", text)
