"""Entities that the gazetteer knows, as rows for the store: names, coordinates, and the places around a place."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from graph.models import Entity
from ingest.gazetteer import Gazetteer
from ingest.lexicon.items import PROVINCE_KINDS
from ingest.structure_homes import has_proper_name
from ingest.types import Actor, Extraction

DATASETS = {"city": "geonames"}
"""Where a kind of place is known from; what is not listed is from the product's own lexicon."""

_STATE_BODIES = frozenset({"government-body", "security-force"})
_KIND_IN_BRACKETS = re.compile(r"(?P<name>.+) \((?P<kind>[a-z]+)\)")


class KnownRows(NamedTuple):
    """What known actors need to have stored.

    Attributes:
        entities: By id; the places around them included.
        names: Every name the gazetteer has for each of them.
        relations: `(place, larger place, data set)`.
    """

    entities: Mapping[str, Entity]
    names: Mapping[str, tuple[str, ...]]
    relations: tuple[tuple[str, str, str], ...]


def build_known_rows(gazetteer: Gazetteer, known_ids: Collection[str]) -> KnownRows:
    """Describe known actors and, for places, the province and country that hold them.

    Raises:
        KeyError: An id is not the gazetteer's.
    """
    relations = {
        (smaller, larger): _find_dataset(gazetteer, smaller)
        for known_id in known_ids
        for smaller, larger in gazetteer.place_chain(known_id)
    }
    wanted = dict.fromkeys([*known_ids, *(end for pair in relations for end in pair)])
    return KnownRows(
        {known_id: _describe(gazetteer, known_id) for known_id in wanted},
        {known_id: _list_names(gazetteer, known_id) for known_id in wanted},
        tuple((*pair, dataset) for pair, dataset in relations.items()),
    )


def find_known_places(extraction: Extraction, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield (place, larger place) among a text's actors, as their numbers, where the gazetteer knows that one holds the other.

    A town is in its province and in its country. Cost: linear in actors.
    """
    numbers = {actor.known_id: n for n, actor in enumerate(extraction.actors) if actor.known_id is not None}
    for known_id, number in numbers.items():
        if extraction.actors[number].type == "place" and gazetteer.find(known_id) is not None:
            for _, larger in gazetteer.place_chain(known_id):
                if larger in numbers and larger != known_id:
                    yield number, numbers[larger]


def find_known_homes(extraction: Extraction) -> Iterator[tuple[int, int]]:
    """Yield (body, country) among a text's actors, as their numbers.

    A state's bodies, forces and parties are at home in it. Of bodies and forces only those with a proper name are:
    "Iraqi Security Forces", but not "U.S. troops". Cost: linear in actors.
    """
    countries = {
        actor.country_code: number
        for number, actor in enumerate(extraction.actors)
        if actor.type == "country" and actor.country_code
    }
    for number, actor in enumerate(extraction.actors):
        if actor.country_code not in countries:
            continue
        if actor.type == "party" or (actor.type in _STATE_BODIES and has_proper_name(actor)):
            yield number, countries[actor.country_code]


def find_outlet_towns(extraction: Extraction) -> Iterator[tuple[int, int]]:
    """Yield (outlet, the town whose name it bears) among a text's actors, as their numbers; cost: linear in names."""
    towns = {
        alias: number
        for number, actor in enumerate(extraction.actors)
        if actor.type == "place"
        for alias in actor.aliases
    }
    for number, actor in enumerate(extraction.actors):
        if actor.type == "media" and (town := _find_own_town(actor, towns)) is not None:
            yield number, town


def _find_own_town(outlet: Actor, towns: Mapping[str, int]) -> int | None:
    """The town that an outlet's name begins with: "Guatemala City Teleonce Television"."""
    words = outlet.name.removeprefix("The ").split()
    starts = (" ".join(words[:size]) for size in range(len(words) - 1, 0, -1))
    return next((towns[start] for start in starts if start in towns), None)


def lies_elsewhere(gazetteer: Gazetteer, inner: Actor, outer: Actor) -> bool:
    """Say whether the gazetteer knows that a place is not within another: another country, another province, a town."""
    place, around = (gazetteer.find(actor.known_id) if actor.known_id else None for actor in (inner, outer))
    if place is None or around is None or place.type != "place" or place.country_code is None:
        return False
    if around.country_code is not None and around.country_code != place.country_code:
        return True
    if around.kind == "city":
        return place.kind in {"city", *PROVINCE_KINDS}
    if around.kind not in PROVINCE_KINDS:
        return False
    chain = {larger for _, larger in gazetteer.place_chain(place.id)}
    knows_province = any(gazetteer.get(larger).kind in PROVINCE_KINDS for larger in chain)
    return place.kind in PROVINCE_KINDS or (knows_province and around.id not in chain)


@lru_cache(maxsize=1 << 14)
def _describe(gazetteer: Gazetteer, known_id: str) -> Entity:
    known = gazetteer.get(known_id)
    province = gazetteer.get_province_name(known_id) if known.type == "place" else None
    return Entity(
        id=known.id,
        name=_get_shown_name(gazetteer, known_id),
        type=known.type,
        country_code=known.country_code,
        admin1=province if province != known.name else None,
        lat=known.lat,
        lon=known.lon,
        geonames_id=known.geonames_id,
        origin="gazetteer",
    )


def _find_dataset(gazetteer: Gazetteer, known_id: str) -> str:
    return DATASETS.get(gazetteer.get(known_id).kind or "", "lexicon")


def _list_names(gazetteer: Gazetteer, known_id: str) -> tuple[str, ...]:
    names = (_get_shown_name(gazetteer, known_id), gazetteer.get(known_id).name)
    return tuple(dict.fromkeys([*names, *_collect_names(gazetteer).get(known_id, ())]))


def _get_shown_name(gazetteer: Gazetteer, known_id: str) -> str:
    return _collect_shown_names(gazetteer).get(known_id) or gazetteer.get(known_id).name


@cache
def _collect_shown_names(gazetteer: Gazetteer) -> Mapping[str, str]:
    """Return, by id, the names to show instead of the gazetteer's own.

    A province or state that is called as its city says what it is (`Raqqa Province`), and so does one that the
    gazetteer tells apart in brackets.
    """
    lexicon = gazetteer.lexicon
    cities = {(spelling.country, spelling.preferred) for spelling in lexicon.city_spellings}
    shown: dict[str, str] = {}
    for place in lexicon.places:
        if place.kind in PROVINCE_KINDS and (place.country, place.name) in cities:
            shown[place.id] = f"{place.name} {place.kind.title()}"
        elif bracketed := _KIND_IN_BRACKETS.fullmatch(place.name):
            shown[place.id] = f"{bracketed['name']} {bracketed['kind'].title()}"
    return shown


@cache
def _collect_names(gazetteer: Gazetteer) -> Mapping[str, list[str]]:
    """Return all curated names by id: no adjectives and peoples, which are not names of the state."""
    lexicon = gazetteer.lexicon
    names: dict[str, list[str]] = defaultdict(list)
    for country in lexicon.countries:
        names[country.id] += [*country.names, *country.metonyms]
    for actor in lexicon.actors:
        names[actor.id] += [*actor.names, *actor.metonyms]
    for place in lexicon.places:
        names[place.id] += place.names
    for spelling in lexicon.city_spellings:
        for form in gazetteer.find_forms(spelling.name):
            if form.role == "name" and gazetteer.get(form.id).kind == "city":
                names[form.id] += (spelling.name, *spelling.aliases)
    return names
