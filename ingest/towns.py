"""Whether a name that towns have means a town here, and which of several."""

from bisect import bisect_left
from collections.abc import Sequence

from ingest.cities import make_key
from ingest.gazetteer import Form, Hit, Known
from ingest.lexicon.items import PROVINCE_KINDS
from ingest.parse import Span
from ingest.reading import Reading
from ingest.structure_types import find_half_name

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LOCATIVE = frozenset(
    {
        *("in", "at", "near", "from", "to", "into", "toward", "towards", "around", "outside", "inside"),
        *("across", "through", "via"),
    }
)
# Countries whose towns often bear people's surnames, so that a surname is not to be taken for a town.
_SURNAME_COUNTRIES = frozenset({"US", "GB", "CA", "AU", "NZ", "IE", "ZA"})
_STATE_OFFICES = frozenset({"governor", "gov.", "gov", "senator", "legislature", "lawmakers"})
_MONTHS = frozenset({"March", "April", "May", "June", "July", "August"})
_LARGE_TOWN = 20_000
_LARGE_CITY = 100_000
_GREAT_CITY = 500_000
_FAR_LARGER = 20


def _is_of_state(span: Span) -> bool:
    """Say whether an office that states have, and cities have not, follows a name: "New York Governor"."""
    return span.end < len(span.doc) and span.doc[span.end].lower_ in _STATE_OFFICES


def _find_state(reading: Reading, hit: Hit) -> Form | None:
    name = reading.text[hit.start_char : hit.end_char]
    forms = (*hit.forms, *reading.gazetteer.find_forms(f"{name} State"))
    return next((form for form in forms if reading.gazetteer.get(form.id).kind in PROVINCE_KINDS), None)


def is_given_name(reading: Reading, hit: Hit, span: Span) -> bool:
    """Say whether a town's name is a person's given name here: "Milan Radoicic"."""
    doc, root = span.doc, span.root
    if span.end >= len(doc) or any(reading.gazetteer.get(form.id).type != "place" for form in hit.forms):
        return False
    after = doc[span.end]
    if find_half_name(reading, span.start, span.end, "GPE") is not None:
        return True
    one_person = root.ent_type_ == after.ent_type_ == "PERSON" and after.ent_iob_ == "I"
    return one_person and after.text[:1].isupper() and root.dep_ == "compound"


def is_family_name(reading: Reading, hit: Hit, span: Span) -> bool:
    """Say whether the name of a province or a people ends a person's here: "Juan Navarre", "Mahrang Baloch"."""
    doc, first = span.doc, span[0]
    known = [reading.gazetteer.get(form.id) for form in hit.forms]
    if not span.start or any(one.type not in {"place", "community"} for one in known):
        return False
    before = doc[span.start - 1]
    named = first.ent_type_ == before.ent_type_ == "PERSON" and first.ent_iob_ == "I"
    return (
        named
        and before.text[:1].isupper()
        and any(one.kind in PROVINCE_KINDS or one.type == "community" for one in known)
    )


def choose_namesake(
    reading: Reading, hit: Hit, span: Span, places: Sequence[Form], cities: Sequence[Form]
) -> Form | None:
    """Return which of a town and the state or site of its name is meant; None where only one has the name."""
    if _is_of_state(span) and (state := _find_state(reading, hit)) is not None:
        return state
    if not cities or not places:
        return None
    if _is_in_town_abroad(reading, places[0], cities):
        return places[0]
    if places[0].ambiguous or is_overshadowed(reading, places[0], cities):
        # "New York" is the city unless it is called a state or province.
        return choose_city(reading, cities)
    return None


def _is_in_town_abroad(reading: Reading, place: Form, cities: Sequence[Form]) -> bool:
    """Say whether only a small place is in a country that the text speaks of: Palma in Mozambique."""
    city = reading.gazetteer.choose_city(cities, reading.countries)
    known = reading.gazetteer.get(place.id)
    if city is None or known.kind in PROVINCE_KINDS:
        return False
    return (
        bool(reading.countries[known.country_code or ""]) and not reading.countries[city.country_code or ""]
    )


def is_overshadowed(reading: Reading, place: Form, cities: Sequence[Form]) -> bool:
    """Say whether a province or state shares its name with a great city, which the bare name then means."""
    known = reading.gazetteer.get(place.id)
    if known.kind not in PROVINCE_KINDS or not cities:
        return False
    return reading.gazetteer.get(cities[0].id).population >= _GREAT_CITY


def prefer_town(reading: Reading, forms: Sequence[Form]) -> Form | None:
    """Return the likeliest of several cities that share a name; None where anything else does."""
    if len(forms) < 2 or any(reading.gazetteer.get(form.id).kind != "city" for form in forms):
        return None
    return choose_city(reading, forms)


def choose_city(reading: Reading, cities: Sequence[Form]) -> Form | None:
    """Return the form of the city that is meant, or None where there is none."""
    city = reading.gazetteer.choose_city(cities, reading.countries)
    return next((form for form in cities if city is not None and form.id == city.id), None)


def leave_out_old_names(reading: Reading, hit: Hit, cities: Sequence[Form]) -> list[Form]:
    """Leave out cities abroad that once had a name where a town hardly smaller has it now: Austin was a Waterloo."""
    if not cities:
        return []
    key = make_key(reading.text[hit.start_char : hit.end_char])
    known = {form.id: reading.gazetteer.get(form.id) for form in cities}
    bearing = {one.id for one in known.values() if make_key(one.name) == key}
    largest = max((known[city].population for city in bearing), default=0)
    return [
        form
        for form in cities
        if form.id in bearing
        or reading.countries[known[form.id].country_code or ""]
        or (known[form.id].population > _FAR_LARGER * largest and _is_called(key, known[form.id]))
    ]


def _is_called(key: str, city: Known) -> bool:
    """Say whether a name that is not a city's own may yet mean it in a text about other countries: a spelling, or fame."""
    return city.population >= _GREAT_CITY or make_key(city.name)[:1] == key[:1]


def find_towns_there(reading: Reading, hit: Hit, span: Span, cities: Sequence[Form]) -> list[Form]:
    """Return the towns of a name that are in the area behind it: the Spanish one in "Cordoba, Spain"."""
    doc = span.doc
    if not cities or span.end + 1 >= len(doc) or doc[span.end].text not in {",", "in"}:
        return []
    if any(form.role == "name" and reading.gazetteer.get(form.id).type != "place" for form in hit.forms):
        return []
    following = bisect_left(reading.hits, doc[span.end + 1].idx, key=lambda other: other.start_char)
    if following == len(reading.hits) or reading.hits[following].start_char != doc[span.end + 1].idx:
        return []
    areas = [reading.gazetteer.get(form.id) for form in reading.hits[following].forms if form.role == "name"]
    return [city for city in cities if any(_holds(area, reading.gazetteer.get(city.id)) for area in areas)]


def _holds(area: Known, city: Known) -> bool:
    if area.country_code is None or area.country_code != city.country_code:
        return False
    return area.type == "country" or (area.kind in PROVINCE_KINDS and area.admin1 == city.admin1)


def is_city_name(reading: Reading, span: Span, cities: Sequence[Form], label: str | None) -> bool:
    """Say whether words that are also a city's name are meant as the city."""
    doc = span.doc
    before = doc[span.start - 1] if span.start else None
    after = doc[span.end] if span.end < len(doc) else None
    inside_longer = bool(before is not None and before.ent_type_ and span[0].ent_iob_ == "I") or bool(
        after is not None and after.ent_iob_ == "I" and after.tag_ != "POS"
    )
    # "In March" is no town of England.
    inside_longer |= span.text in _MONTHS
    if inside_longer or span.root.pos_ not in {"PROPN", "NOUN"} or not span.text[0].isupper():
        return _is_lower_case_city(reading, span, cities)
    if label in PLACE_LABELS or (
        before is not None and before.lower_ in _LOCATIVE and span.root.tag_ != "NN"
    ):
        return True
    city = reading.gazetteer.choose_city(cities, reading.countries)
    if city is not None and label == "ORG" and city.name == span.text and city.population >= _GREAT_CITY:
        return True
    if city is None or city.country_code in _SURNAME_COUNTRIES or label in {"DATE", "TIME"}:
        return False
    if reading.words.forces.match_from(doc, span.start)[1]:
        return False  # "Police fired" is about no town of Poland
    # A town of the country that the text is about, by its own name: the recogniser takes many for people.
    return (
        bool(reading.countries[city.country_code or ""])
        and city.name == span.text
        and city.population >= _LARGE_TOWN
    )


def _is_lower_case_city(reading: Reading, span: Span, cities: Sequence[Form]) -> bool:
    """Say whether a lower-case word is a large town of a country that the text is about, as in "retake mosul"."""
    city = reading.gazetteer.choose_city(cities, reading.countries)
    return (
        city is not None
        # A lower-case word is the whole name of a town or none: "sadr" is no Sadr City.
        and make_key(span.text) in {make_key(form.text) for form in cities if form.id == city.id}
        and span.text.islower()
        and len(span.text) > 3
        and city.population >= _LARGE_CITY
        and bool(reading.countries[city.country_code or ""])
        and span.text not in reading.words.lower_case_words
        and span.root.dep_ in {"pobj", "dobj", "nsubj", "nsubjpass", "conj", "appos"}
    )
