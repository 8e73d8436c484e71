"""Names that are known before a text is read: countries, actors and places, found in one pass over its words."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Literal, NamedTuple

from ingest.cities import Cities, City, get_cities, make_key, make_slug, split_words
from ingest.lexicon import Country, KnownActor, KnownPlace, Lexicon, read_words
from ingest.lexicon.items import PROVINCE_KINDS

Role = Literal["name", "adjective", "people", "metonym", "city"]

# Kinds of actor that a text may write in lower case and mean by name: "daesh", "assad", "quds force".
_ARTICLES = frozenset({"al-", "el-", "al ", "el ", "ad-", "an-", "as-", "at-", "ar-", "ash"})
# What does not stand within a name.
_SMALL_CITY = 100_000
_OFTEN = 2
_APART = re.compile(r'[,;:()"]')
_LOWER_CASE_TYPES = frozenset({"country", "place", "person", "armed-group", "security-force"})


class Known(NamedTuple):
    """Somebody or some place with an id of its own.

    Attributes:
        lat: Degrees north, WGS 84.
        lon: Degrees east, WGS 84.
        population: Of a city; 0 where it is not counted.
    """

    id: str
    name: str
    type: str
    country_code: str | None
    kind: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    population: int = 0


class Form(NamedTuple):
    """One way to write a known name, and in what sense.

    Attributes:
        ambiguous: The words mean something else too and need the sentence's support.
    """

    id: str
    text: str
    role: Role
    ambiguous: bool


class Hit(NamedTuple):
    """Words of a text that may be known, with everything they may mean; offsets are those of the text searched."""

    start_char: int
    end_char: int
    forms: tuple[Form, ...]


class Gazetteer:
    """The index of known names.

    Building it costs about half a second; a search is linear in the length of the text, whatever the number
    of names, because each word starts at most a handful of dictionary look-ups.

    Args:
        lexicon: Countries, actors and places that are curated.
        cache_folder: Where compiled cities are kept; the platform's cache folder by default.
    """

    def __init__(self, lexicon: Lexicon, cache_folder: Path | None = None) -> None:
        self.lexicon = lexicon
        self._cities: Cities = get_cities(cache_folder)
        self._known: dict[str, Known] = {}
        self._usual_names: dict[int, str] = {}
        self._usual_ids: dict[int, str] = {}
        self._forms: dict[str, list[Form]] = defaultdict(list)
        self._looked_up: dict[str, tuple[Form, ...]] = {}
        # Of the names of two words and more, by their first two: most words of a text begin none of these.
        self._longest: dict[str, int] = {}
        self._lower_case_words = frozenset(read_words(lexicon.folders, "heads", "lower_case_words"))
        for country in lexicon.countries:
            self._add_country(country)
        for actor in lexicon.actors:
            self._add_actor(actor)
        for place in lexicon.places:
            self._add_place(place)
        self._add_city_spellings()
        for key in self._forms:
            self._note_length(key)
        for key in self._cities.by_key:
            self._note_length(key)

    def get(self, known_id: str) -> Known:
        """Return what is known by an id.

        Raises:
            KeyError: Nothing is.
        """
        found = self._known.get(known_id)
        if found is None:
            found = self._known[known_id] = self._describe_city(self._city_numbers[known_id])
        return found

    def find(self, known_id: str) -> Known | None:
        """Return what is known by an id, or None."""
        try:
            return self.get(known_id)
        except KeyError:
            return None

    def find_forms(self, name: str) -> tuple[Form, ...]:
        """Return all that a whole name may mean, curated names first, then cities from the largest down."""
        return self._lookup(make_key(name))

    def find_hits(self, text: str, *, informal: bool = False) -> list[Hit]:
        """Return the longest known names in a text, left to right, none overlapping.

        Args:
            text: With plain quotes and spaces (see `clean.make_clean_copy`).
            informal: Whether lower-case spellings of acronyms and people count, as in a forum post.
        """
        words = split_words(text)
        hits: list[Hit] = []
        position = 0
        while position < len(words):
            if not self._begins_name(words, position):
                position += 1
                continue
            hit, step = self._match_at(text, words, position, informal=informal)
            if hit is not None and words[position][0] == "the" and position + 1 < len(words):
                # "The Caribbean Community" is not the Caribbean.
                longer, size = self._match_at(text, words, position + 1, informal=informal)
                if longer is not None and longer.end_char > hit.end_char:
                    hit, step = longer, size + 1
            if hit is not None:
                hits.append(hit)
            position += step
        return hits

    def choose_city(self, forms: Sequence[Form], countries: Counter[str]) -> Known | None:
        """Return the city that is meant: one in a country the document speaks of, else the largest; None for a small one abroad.

        Args:
            forms: Cities that share the name.
            countries: How often the document names each country, by ISO 3166-1 alpha-2 code.
        """
        cities = [self.get(form.id) for form in forms]
        if not cities:
            return None
        # A namesake abroad must be several times as large to outweigh a country that the document speaks of.
        found = max(
            cities,
            key=lambda city: (
                math.log10(city.population + 1) + 0.4 * min(countries[city.country_code or ""], 3)
            ),
        )
        # Most villages are in no list, and those of other countries that are called the same are.
        abroad = found.population < _SMALL_CITY and not countries[found.country_code or ""]
        return None if abroad and max(countries.values(), default=0) >= _OFTEN else found

    def place_chain(self, known_id: str) -> list[tuple[str, str]]:
        """Return what geography knows of a place, as pairs (place, larger place): city, province, country."""
        known = self.find(known_id)
        if known is None or known.type != "place" or known.country_code is None:
            return []
        country = self.lexicon.countries_by_iso.get(known.country_code)
        province = self._provinces.get((known.country_code, known.admin1 or ""))
        chain = [known.id]
        if (
            province is not None
            and province != known.id
            and known.kind not in {"province", "state", "region"}
        ):
            chain.append(province)
        if country is not None:
            chain.append(country.id)
        return list(pairwise(chain))

    def get_province_name(self, known_id: str) -> str | None:
        """Return the name of the province a place is in, or None where it is not known."""
        known = self.find(known_id)
        if known is None or known.country_code is None:
            return None
        province = self._provinces.get((known.country_code, known.admin1 or ""))
        return self.get(province).name if province is not None else None

    def _begins_name(self, words: Sequence[tuple[str, int, int]], position: int) -> bool:
        first = words[position][0]
        if first in self._forms or first in self._cities.by_key:
            return True
        return position + 1 < len(words) and f"{first} {words[position + 1][0]}" in self._longest

    def _match_at(
        self, text: str, words: Sequence[tuple[str, int, int]], position: int, *, informal: bool
    ) -> tuple[Hit | None, int]:
        first = words[position][0]
        pair = f"{first} {words[position + 1][0]}" if position + 1 < len(words) else first
        limit = min(self._longest.get(pair, 1), len(words) - position)
        for size in range(limit, 0, -1):
            key = first if size == 1 else " ".join([word for word, _, _ in words[position : position + size]])
            if key not in self._forms and key not in self._cities.by_key:
                continue
            start, end = words[position][1], words[position + size - 1][2]
            surface = text[start:end]
            if "\n\n" in surface or ". " in surface[3:-1] or _APART.search(surface):
                continue
            forms = tuple(f for f in self._lookup(key) if self._accepts(f, surface, informal=informal))
            if forms:
                return Hit(start, end, forms), size
        return None, 1

    def _accepts(self, form: Form, surface: str, *, informal: bool) -> bool:
        """Say whether a surface may be this form, by its capitals."""
        letters = surface.replace(".", "")
        if _is_acronym(form.text):
            lower = informal and len(letters) >= 4 and letters.islower() and not form.ambiguous
            return lower or letters.isupper()
        if (surface.isupper() and len(letters) > 3) or (surface[:3] in _ARTICLES and surface[3:4].isupper()):
            return True
        if surface[0].isupper() or surface[0].isdigit():
            return informal or _same_capitals(form.text, surface)
        if form.text[0].islower() and _same_capitals(form.text, surface):
            return form.text[:3] in _ARTICLES or len(surface) > 3
        return (informal or " " not in surface) and self._accepts_lower_case(form, surface)

    def _accepts_lower_case(self, form: Form, surface: str) -> bool:
        """Say whether "assad", "daesh" or "al-Qaeda" stand for the capitalised form."""
        if (form.ambiguous and form.role != "city") or len(surface) < 4:
            return False
        if surface.casefold() in self._lower_case_words or " the " in surface:
            return False
        return form.role == "city" or self.get(form.id).type in _LOWER_CASE_TYPES

    def _lookup(self, key: str) -> tuple[Form, ...]:
        curated = tuple(self._forms.get(key, ()))
        numbers = self._cities.by_key.get(key, ())
        if not numbers:
            return curated
        found = self._looked_up.get(key)
        if found is None:
            found = self._looked_up[key] = (*curated, *self._list_cities(curated, numbers))
        return found

    def _list_cities(self, curated: Sequence[Form], numbers: Iterable[int]) -> list[Form]:
        """Return the cities of a name that are not among what is curated."""
        taken = {form.id for form in curated}
        named = ((self._city_id(number), self._cities.cities[number].name) for number in numbers)
        return [
            Form(city_id, name, "city", ambiguous=True) for city_id, name in named if city_id not in taken
        ]

    def _note_length(self, key: str) -> None:
        words = key.split(" ", 2)
        if len(words) > 1:
            pair, size = f"{words[0]} {words[1]}", key.count(" ") + 1
            self._longest[pair] = max(size, self._longest.get(pair, size))

    def _add_form(self, known_id: str, text: str, role: Role, *, ambiguous: bool) -> None:
        forms = self._forms[make_key(text)]
        if not any(form.id == known_id and form.role == role and form.text == text for form in forms):
            forms.append(Form(known_id, text, role, ambiguous))

    def _add_country(self, country: Country) -> None:
        self._known[country.id] = Known(country.id, country.name, "country", country.iso)
        senses: tuple[tuple[Role, Iterable[str]], ...] = (
            ("name", country.names),
            ("adjective", country.adjectives),
            ("people", country.people),
            ("metonym", country.metonyms),
        )
        for role, texts in senses:
            for text in texts:
                self._add_form(country.id, text, role, ambiguous=text in country.ambiguous)

    def _add_actor(self, actor: KnownActor) -> None:
        self._known[actor.id] = Known(actor.id, actor.name, actor.type, actor.country)
        for text in actor.names:
            self._add_form(actor.id, text, "name", ambiguous=text in actor.ambiguous)
        for text in actor.metonyms:
            self._add_form(actor.id, text, "metonym", ambiguous=text in actor.ambiguous)

    def _add_place(self, place: KnownPlace) -> None:
        self._known[place.id] = Known(
            place.id, place.name, "place", place.country, place.kind, place.admin1, place.lat, place.lon
        )
        for text in place.names:
            self._add_form(place.id, text, "name", ambiguous=text in place.ambiguous)

    def _add_city_spellings(self) -> None:
        for spelling in self.lexicon.city_spellings:
            for number in self._cities.by_key.get(make_key(spelling.name), ()):
                city = self._cities.cities[number]
                if city.country == spelling.country:
                    if make_key(city.name) == make_key(spelling.name):
                        self._name_city(number, spelling.preferred)
                    for text in (spelling.name, *spelling.aliases):
                        self._drop_namesakes(text, city.country)
                        self._add_form(self._city_id(number), text, "name", ambiguous=False)
                    break

    def _name_city(self, number: int, name: str) -> None:
        """Call a city by its usual name, and by its slug where nothing else has it."""
        self._usual_names[number] = name
        slug = make_slug(name)
        if slug not in self._known and slug not in self._slugs and slug not in self._usual_ids.values():
            self._usual_ids[number] = slug

    def _drop_namesakes(self, text: str, country: str) -> None:
        """Leave a name to the city of a province: the bare name means the city, "Basra province" says what it is."""
        forms = self._forms[make_key(text)]
        known = [self._known.get(form.id) for form in forms]
        forms[:] = [
            form
            for form, sense in zip(forms, known, strict=True)
            if sense is None or sense.kind not in PROVINCE_KINDS or sense.country_code != country
        ]

    def _city_id(self, number: int) -> str:
        """Return a city's id: the usual name's slug where it is free, so `raqqa` and not `ar-raqqah`.

        One that a country, actor or province has already gets the country's code.
        """
        city = self._cities.cities[number]
        if number in self._usual_ids:
            return self._usual_ids[number]
        known = self._known.get(city.id)
        if known is None or known.geonames_id == city.geonames_id:
            return city.id
        return f"{city.id}-{city.country.casefold()}-city"

    def _describe_city(self, number: int) -> Known:
        city: City = self._cities.cities[number]
        return Known(
            self._city_id(number), self._usual_names.get(number, city.name), "place", city.country, "city", city.admin1,
            city.lat, city.lon, city.geonames_id, city.population,
        )  # fmt: skip

    @cached_property
    def _slugs(self) -> frozenset[str]:
        return frozenset(city.id for city in self._cities.cities)

    @cached_property
    def _city_numbers(self) -> dict[str, int]:
        return {self._city_id(number): number for number in range(len(self._cities.cities))}

    @cached_property
    def _provinces(self) -> dict[tuple[str, str], str]:
        provinces: dict[tuple[str, str], str] = {}
        for place in self.lexicon.places:
            if place.kind in {"province", "state", "region"} and place.country and place.admin1:
                provinces.setdefault((place.country, place.admin1), place.id)
        return provinces


def _same_capitals(text: str, surface: str) -> bool:
    """Say whether the long words that are capitalised in the form are so in the surface."""
    wanted, found = text.replace("-", " ").split(), surface.replace("-", " ").split()
    if len(wanted) != len(found):
        return True
    return all(b[0].isupper() or not a[0].isupper() or len(a) < 4 for a, b in zip(wanted, found, strict=True))


def _is_acronym(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return 1 < len(letters) <= 7 and all(letter.isupper() for letter in letters) and " " not in text
