"""The lexicon's files as frozen objects: countries, actors, places, titles and the words for a state's forces.

Everything here is naming only. No entry makes an edge of the graph; only text does.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol, TypeVar

from graph.ontology import get_ontology
from ingest.lexicon.entries import Entry, LexiconError, read_entries, read_words

LEXICON_FOLDER = Path(__file__).parent

PLACE_KINDS = frozenset({"province", "state", "region", "continent", "site", "crossing", "water", "district"})
TITLE_KINDS = frozenset(
    {
        "head-of-state", "head-of-government", "head-of-region", "deputy-head", "minister", "leader",
        "deputy-leader", "commander", "deputy-commander", "member", "spokesperson", "representative",
        "founder", "honorific",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Country:
    """A state and the words that stand for it.

    Attributes:
        iso: ISO 3166-1 alpha-2 code; None for a state that is gone.
        adjectives: "Iranian" as in "the Iranian army".
        people: Nouns for its nationals, singular and plural.
        metonyms: Cities and buildings that mean the government when they act.
        ambiguous: Those of all its forms that mean something else too.
    """

    id: str
    name: str
    iso: str | None
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    capital: str | None
    metonyms: tuple[str, ...]
    ambiguous: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The forms that always mean the state itself: the name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class KnownActor:
    """An actor that is known by name.

    Attributes:
        type: An entity type of the ontology.
        aliases: Other spellings and long forms.
        acronyms: Forms to be matched in their own case only.
        metonyms: Names that mean this actor when they act, such as Brussels.
        country: ISO 3166-1 alpha-2 code of its home; None where it has none.
        ambiguous: Those of its forms that name something else too.
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    acronyms: tuple[str, ...]
    metonyms: tuple[str, ...]
    country: str | None
    ambiguous: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The name, aliases and acronyms, in this order."""
        return (self.name, *self.aliases, *self.acronyms)


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A province, region or site that a list of cities does not hold.

    Attributes:
        kind: One of `PLACE_KINDS`.
        country: ISO 3166-1 alpha-2 code; None where it lies in several.
        admin1: GeoNames first-level code within the country.
        capital: Seat of a province, spelt as in GeoNames.
        lat: Degrees north, WGS 84; for a province those of its capital.
        lon: Degrees east, WGS 84.
        ambiguous: Those of its names that mean something else too.
    """

    id: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    capital: str | None
    lat: float | None
    lon: float | None
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]

    @property
    def type(self) -> str:
        """The entity type, which is `place` for all of them."""
        return "place"

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class CitySpelling:
    """Newspaper spellings of a city, by its GeoNames name and country code."""

    name: str
    country: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """Words for one role, and the relation of its holder to what it is held in.

    Attributes:
        kind: One of `TITLE_KINDS`.
        relation: Relation kind from the holder to the body, force, group or country; None for honorifics.
        of: Entity types that may stand at the other end.
        body: Suffix of the body that the role heads, as in "Iranian" + "Foreign Ministry".
        ambiguous: True where the words are often no title.
    """

    id: str
    kind: str
    text: tuple[str, ...]
    abbreviations: tuple[str, ...]
    relation: str | None
    how: str | None
    of: frozenset[str]
    body: str | None
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class TitleMarkers:
    """Words beside a title.

    Attributes:
        former: The role is over: "former", "ex-".
        former_weak: Those of `former` that mean it only beside a title ("the late president").
        acting: The role is held, but not for good.
        ranking: Rank the role and belong to no name: "senior".
    """

    former: tuple[str, ...]
    former_weak: tuple[str, ...]
    acting: tuple[str, ...]
    ranking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ForceHead:
    """Words that, with a country's adjective or possessive, make that state's own force, body or population.

    Attributes:
        type: Entity type of the whole phrase; `country` where the phrase is the country itself.
        canonical: The plainest of the words.
        suffix: What follows the adjective in the canonical name; None where the phrase names no own actor.
        weak: The phrase names people of the body rather than the body.
        needs_name: The words make an actor only as part of a longer name ("Security Committee").
    """

    id: str
    type: str
    canonical: str
    suffix: str | None
    text: tuple[str, ...]
    weak: bool
    needs_name: bool


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def ambiguous(self) -> tuple[str, ...]: ...


_Item = TypeVar("_Item")


class Lexicon:
    """What the extractor knows before it reads, each file read when first asked for.

    Args:
        folders: Lexicon folders; each is laid over those before it.

    Every property raises `LexiconError` where its file has a fault.
    """

    def __init__(self, folders: Sequence[Path] = (LEXICON_FOLDER,)) -> None:
        self.folders = tuple(folders)

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """States, in file order."""
        return tuple(self._parse("countries", _parse_country))

    @cached_property
    def actors(self) -> tuple[KnownActor, ...]:
        """Known actors of all types but country and place, in file order."""
        actors = tuple(self._parse("actors", _parse_actor))
        _check_claims("actors", actors)
        return actors

    @cached_property
    def places(self) -> tuple[KnownPlace, ...]:
        """Provinces, regions and sites, in file order."""
        places = tuple(self._parse("places", _parse_place, "places"))
        _check_claims("places.yaml", places)
        return places

    @cached_property
    def city_spellings(self) -> tuple[CitySpelling, ...]:
        """Newspaper spellings of cities, in file order."""
        return tuple(self._parse("places", _parse_city, "city_spellings"))

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        """Titles and roles, in file order; one word may stand in several."""
        return tuple(self._parse("titles", _parse_title, "titles"))

    @cached_property
    def title_markers(self) -> TitleMarkers:
        """Words beside a title."""
        sections = ("former", "former_weak", "acting", "ranking")
        return TitleMarkers(*(read_words(self.folders, "titles", section) for section in sections))

    @cached_property
    def forces(self) -> tuple[ForceHead, ...]:
        """Words for a state's forces, bodies and populations, in file order."""
        return tuple(self._parse("forces", _parse_force))

    @cached_property
    def countries_by_iso(self) -> Mapping[str, Country]:
        """States that have a code, by ISO 3166-1 alpha-2 code."""
        return {country.iso: country for country in self.countries if country.iso}

    def _parse(
        self, name: str, parse: Callable[[Entry], _Item], section: str | None = None
    ) -> Iterable[_Item]:
        for entry in read_entries(self.folders, name, section):
            item = parse(entry)
            entry.close()
            yield item


@cache
def get_lexicon(*extra_folders: Path) -> Lexicon:
    """Return the product's lexicon with `extra_folders` laid over it; one object a process and folder list."""
    return Lexicon((LEXICON_FOLDER, *extra_folders))


def _check_claims(file: str, items: Iterable[_Named]) -> None:
    """Refuse a form that two entries of one type claim, unless both call it ambiguous."""
    claims: dict[tuple[str, str], list[_Named]] = defaultdict(list)
    for item in items:
        for form in dict.fromkeys(item.names):
            claims[item.type, form].append(item)
    for (_, form), claimants in claims.items():
        if len(claimants) > 1:
            for item in claimants:
                if form not in item.ambiguous:
                    others = ", ".join(other.id for other in claimants if other is not item)
                    message = f"{form!r} is claimed by {others} too; list it under ambiguous in both"
                    raise LexiconError(file, message, entry=item.id, field="aliases")


def _read_ambiguous(entry: Entry, forms: Iterable[str]) -> tuple[str, ...]:
    ambiguous = entry.find_texts("ambiguous")
    strange = sorted(set(ambiguous).difference(forms))
    if strange:
        entry.fail("ambiguous", f"{strange[0]!r} is none of the entry's own forms")
    return ambiguous


def _read_country_code(entry: Entry, field: str) -> str | None:
    code = entry.find_text(field)
    if code is not None and not (len(code) == 2 and code.isascii() and code.isupper()):
        entry.fail(field, f"{code!r} must be two capital letters (ISO 3166-1 alpha-2)")
    return code


def _parse_country(entry: Entry) -> Country:
    name = entry.get_text("name")
    aliases, adjectives = entry.find_texts("aliases"), entry.find_texts("adjectives")
    people, metonyms = entry.find_texts("people"), entry.find_texts("metonyms")
    return Country(
        id=entry.get_id(),
        name=name,
        iso=_read_country_code(entry, "iso"),
        aliases=aliases,
        adjectives=adjectives,
        people=people,
        capital=entry.find_text("capital"),
        metonyms=metonyms,
        ambiguous=_read_ambiguous(entry, (name, *aliases, *adjectives, *people, *metonyms)),
    )


def _parse_actor(entry: Entry) -> KnownActor:
    name = entry.get_text("name")
    aliases, acronyms = entry.find_texts("aliases"), entry.find_texts("acronyms")
    metonyms = entry.find_texts("metonyms")
    return KnownActor(
        id=entry.get_id(),
        name=name,
        type=entry.get_choice("type", get_ontology().entity_types.keys() - {"place", "country"}),
        aliases=aliases,
        acronyms=acronyms,
        metonyms=metonyms,
        country=_read_country_code(entry, "country"),
        ambiguous=_read_ambiguous(entry, (name, *aliases, *acronyms, *metonyms)),
    )


def _parse_place(entry: Entry) -> KnownPlace:
    name, aliases = entry.get_text("name"), entry.find_texts("aliases")
    lat, lon = entry.find_number("lat", -90, 90), entry.find_number("lon", -180, 180)
    if (lat is None) != (lon is None):
        entry.fail("lat" if lat is None else "lon", "is missing beside its pair")
    return KnownPlace(
        id=entry.get_id(),
        name=name,
        kind=entry.get_choice("kind", PLACE_KINDS),
        country=_read_country_code(entry, "country"),
        admin1=entry.find_text("admin1"),
        capital=entry.find_text("capital"),
        lat=lat,
        lon=lon,
        aliases=aliases,
        ambiguous=_read_ambiguous(entry, (name, *aliases)),
    )


def _parse_city(entry: Entry) -> CitySpelling:
    country = _read_country_code(entry, "country")
    if country is None:
        entry.fail("country", "is missing")
    return CitySpelling(name=entry.get_text("name"), country=country, aliases=entry.get_texts("aliases"))


def _parse_title(entry: Entry) -> Title:
    ontology = get_ontology()
    relation = entry.find_choice("relation", ontology.relation_kinds.keys())
    how = entry.find_choice("how", ontology.relation_kinds[relation].how.keys() if relation else ())
    of = entry.find_texts("of")
    allowed = ontology.relation_kinds[relation].target if relation else frozenset[str]()
    for entity_type in of:
        if entity_type not in allowed:
            entry.fail("of", f"{entity_type!r} cannot be the target of {relation or 'no relation'}")
    return Title(
        id=entry.get_id(),
        kind=entry.get_choice("kind", TITLE_KINDS),
        text=entry.get_texts("text"),
        abbreviations=entry.find_texts("abbreviations"),
        relation=relation,
        how=how,
        of=frozenset(of),
        body=entry.find_text("body"),
        ambiguous=entry.get_flag("ambiguous"),
    )


def _parse_force(entry: Entry) -> ForceHead:
    return ForceHead(
        id=entry.get_id(),
        type=entry.get_choice("type", get_ontology().entity_types.keys() - {"place", "person"}),
        canonical=entry.get_text("canonical"),
        suffix=entry.find_text("suffix"),
        text=entry.get_texts("text"),
        weak=entry.find_choice("strength", {"weak"}) == "weak",
        needs_name=entry.get_flag("needs_name"),
    )
