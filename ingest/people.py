"""Lone names of one document and the persons that they are the surname or the first name of."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.identity import compare_names
from ingest.cities import make_key
from ingest.genders import guess_gender
from ingest.name_groups import Joins, NameGroup
from ingest.parse import Doc
from ingest.reading import Candidate
from ingest.surnames import make_surname

_SAME_SURNAME = 0.85
_MOST_COMPARED = 40
_LOCATIVE = frozenset(
    {"across", "around", "at", "from", "in", "inside", "into", "near", "outside", "towards"}
)


KIN = " (kin)"
"""What ends the key of a lone name that is told to be somebody's relative: he is not whom the text calls by it elsewhere."""
_KIN = frozenset(
    {"brother", "cousin", "daughter", "father", "grandfather", "grandmother", "mother", "nephew", "niece", "sister", "son",
     "uncle"}
)  # fmt: skip


def is_kin(doc: Doc, candidate: Candidate) -> bool:
    """Say whether a lone unknown name stands right behind the word for a relative: "his grandfather Sheikh Omar"."""
    size = candidate.end_token - candidate.start_token
    if candidate.type != "person" or candidate.known_id is not None or size > 1:
        return False
    place = candidate.start_token - 1
    if place > 0 and doc[place].is_title and doc[place].lower_ not in _KIN:
        place -= 1  # a title
    owned = place > 0 and doc[place - 1].tag_ in {"POS", "PRP$"}
    return owned and doc[place].lower_ in _KIN


def join_surnames(groups: Mapping[str, NameGroup], joins: Joins) -> set[str]:
    """Join lone surnames to the person of that name; return the keys of lone given names, which name nobody."""
    people = _People(group for group in groups.values() if group.type == "person" and len(group.words) > 1)
    dropped: set[str] = set()
    for key, group in groups.items():
        if key.endswith(KIN):
            continue
        if " " not in group.name and "-" in group.name and group.type == "person" and group.weak:
            double = people.by_double_surname.get(group.name_key, [])
            if len({joins.find(person.key) for person in double}) == 1:
                joins.join(key, double[0].key)
            continue
        if _is_people_of_surname(group, people):
            name = make_key(group.surfaces[0])
            group.candidates = [make_surname(candidate) for candidate in group.candidates]
        elif group.key in people.by_surname and group.type == "person" and group.weak:
            name = group.key  # "Zogaj, known as Old Bear": a second name makes nobody of the surname another
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


def _is_people_of_surname(group: NameGroup, people: "_People") -> bool:
    """Say whether a word for a people is, wherever it stands, the surname of a person in the text: "Ersin Tatar"."""
    surfaces = {make_key(surface) for surface in group.surfaces}
    return group.type == "community" and len(surfaces) == 1 and surfaces <= people.by_surname.keys()


class _People:
    """Persons with full names, by the parts of these."""

    def __init__(self, people: Iterable[NameGroup]) -> None:
        self.by_initial: dict[str, list[NameGroup]] = defaultdict(list)
        self.by_surname: dict[str, list[NameGroup]] = defaultdict(list)
        self.by_word: dict[str, list[NameGroup]] = defaultdict(list)
        self.by_double_surname: dict[str, list[NameGroup]] = defaultdict(list)
        self.given: set[str] = set()
        for person in people:
            for surname in person.surnames:
                self.by_surname[surname].append(person)
            _, space, last = person.name.rpartition(" ")
            if space and "-" in last:
                self.by_double_surname[make_key(last)].append(person)
            for initial in dict.fromkeys(surname[0] for surname in person.surnames):
                self.by_initial[initial].append(person)
            for word in dict.fromkeys(person.words):
                self.by_word[word].append(person)
            self.given.update(person.words[:-1])


def _is_in_place(group: NameGroup) -> bool:
    """Say whether something is in, at or near what a name stands for."""
    return not _LOCATIVE.isdisjoint(group.before)


def _find_by_first_name(name: str, people: _People, joins: Joins, group: NameGroup) -> NameGroup | None:
    """Return the one person in the text whose full name begins with a lone name.

    Koreans and Chinese have the family name first, and Thais, Ethiopians and Indonesians go by the first name.
    Where another person in the text has the same word in the name, nobody is meant for sure.
    """
    bearers = people.by_word.get(name, [])
    if (group.type == "place" and _is_in_place(group)) or len(
        {joins.find(person.key) for person in bearers}
    ) != 1:
        return None
    if bearers[0].words[0] == name:
        # A full name further down is another's: whoever is told of by one name is known by then.
        return bearers[0] if bearers[0].blocks[0] <= group.blocks[0] else None
    # "Mario Abdo Benitez" goes by the first of his two surnames; a middle name is one that others have, too.
    second = len(bearers[0].words) > 2 and bearers[0].words[-2] == name and len(group.candidates) > 1
    return bearers[0] if second and guess_gender((f"{name} {name}",)) is None else None


def _find_bearer(surname: str, people: _People, joins: Joins, group: NameGroup) -> NameGroup | None:
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
