"""What the lexicon's files hold, as frozen objects: countries, actors, places, titles, words for a state's forces.

Everything here is naming only. No entry makes an edge of the graph; only text does.
"""

from dataclasses import dataclass

PLACE_KINDS = frozenset({"province", "state", "region", "continent", "site", "crossing", "water", "town"})
PROVINCE_KINDS = frozenset({"province", "state"})
"""Kinds of place that a country is divided into."""
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

    @property
    def claimed_names(self) -> tuple[str, ...]:
        """The names that another actor of this type may have only where both call them ambiguous."""
        return self.names


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
        long_names: Names with what newspapers call such a division: "Anbar province", "province of Anbar".
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
    long_names: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        """The entity type, which is `place` for all of them."""
        return "place"

    @property
    def names(self) -> tuple[str, ...]:
        """The name, its aliases and the long names made of them."""
        return (self.name, *self.aliases, *self.long_names)

    @property
    def claimed_names(self) -> tuple[str, ...]:
        """The names that another place may have only where both call them ambiguous."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class CitySpelling:
    """Newspaper spellings of a city.

    Attributes:
        name: As GeoNames spells it, diacritics included.
        country: ISO 3166-1 alpha-2 code.
        preferred: The usual English spelling; one of `aliases`, or `name` itself.
    """

    name: str
    country: str
    preferred: str
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
