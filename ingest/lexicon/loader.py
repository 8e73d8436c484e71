"""The lexicon: its files read, checked and laid over one another."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache, cached_property, wraps
from pathlib import Path
from typing import Protocol, TypeVar

from graph.ontology import get_ontology
from ingest.lexicon.entries import Entry, read_entries, read_words
from ingest.lexicon.items import (
    PLACE_KINDS,
    PROVINCE_KINDS,
    TITLE_KINDS,
    CitySpelling,
    Country,
    ForceHead,
    KnownActor,
    KnownPlace,
    Title,
    TitleMarkers,
)
from ingest.lexicon.yaml_values import LexiconError

LEXICON_FOLDER = Path(__file__).parent
ENTRY_FILES = frozenset({"actors", "countries", "places", "titles", "forces", "heads", "descriptions"})
"""Files of entries; each may be a folder of such files too."""
FILES = ENTRY_FILES | {
    "verbs",
    "structure",
    "cues",
    "metonyms",
    "given_names",
    "name_openings",
    "collectives",
}
"""Files that a folder laid over the product's lexicon may have."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def claimed_names(self) -> tuple[str, ...]: ...
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
        divisions = dict(self._parse("places", _parse_division, "division_words"))
        found = self._parse("places", _parse_place, "places")
        places = tuple(_add_long_names(place, divisions.get(place.country or "", ())) for place in found)
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

    def check(self) -> None:
        """Read every file of entries now, so that a fault in one is told before a text is read.

        Raises:
            LexiconError: As every property does.
        """
        for name in ("countries", "actors", "places", "city_spellings", "titles", "title_markers", "forces"):
            getattr(self, name)

    def _parse(
        self, name: str, parse: Callable[[Entry], _Item], section: str | None = None
    ) -> Iterable[_Item]:
        for entry in read_entries(self.folders, name, section):
            item = parse(entry)
            entry.close()
            yield item


_in_use: ContextVar["Lexicon | None"] = ContextVar("lexicon_in_use", default=None)


def get_lexicon(*extra_folders: Path) -> Lexicon:
    """Return the product's lexicon with `extra_folders` laid over it; one object a process and folder list.

    Without folders it is the one in use, if any (see `use_lexicon`), for whatever reads a text with it.

    Raises:
        LexiconError: A folder is none, or has a file that no lexicon has.
    """
    used = _in_use.get()
    return used if used is not None and not extra_folders else _load_lexicon(*extra_folders)


@cache
def _load_lexicon(*extra_folders: Path) -> Lexicon:
    for folder in extra_folders:
        _check_folder(folder)
    return Lexicon((LEXICON_FOLDER, *extra_folders))


def _check_folder(folder: Path) -> None:
    """Refuse a folder that is none, is empty, or has a file or folder that would be passed over in silence."""
    if not folder.is_dir():
        raise LexiconError(
            str(folder), "there is no such folder" if not folder.exists() else "is not a folder"
        )
    names = ", ".join(f"{name}.yaml" for name in sorted(FILES))
    found = [path for path in sorted(folder.iterdir()) if not path.name.startswith(".")]
    for path in found:
        is_entry_folder = path.is_dir() and path.name in ENTRY_FILES
        if (
            not is_entry_folder
            and (path.suffix in {".yaml", ".yml"} or path.is_dir())
            and not (path.suffix == ".yaml" and path.stem in FILES)
        ):
            raise LexiconError(str(path), f"is no file of a lexicon; those that are: {names}")
    if not any(path.suffix == ".yaml" or path.is_dir() for path in found):
        raise LexiconError(str(folder), f"has no file of a lexicon; those that are: {names}")


@contextmanager
def use_lexicon(lexicon: Lexicon) -> Iterator[None]:
    """Let everything that is called from here read texts with one lexicon; each thread and task has its own."""
    token = _in_use.set(lexicon)
    try:
        yield
    finally:
        _in_use.reset(token)


def per_lexicon(read: Callable[[Lexicon], _Item]) -> Callable[[], _Item]:
    """Make of a function of a lexicon one of the lexicon in use; each lexicon is read once a process."""
    known: dict[Lexicon, _Item] = {}

    @wraps(read)
    def get() -> _Item:
        # Asked for several times a word, so the lexicon in use is looked up right here.
        used = _in_use.get()
        if used is None:
            used = get_lexicon()
        if used not in known:
            known[used] = read(used)
        return known[used]

    # What `wraps` copies says that there is a parameter.
    del get.__wrapped__
    return get


@cache
def _get_types_without(*names: str) -> frozenset[str]:
    return frozenset(get_ontology().entity_types.keys() - set(names))


def _check_claims(file: str, items: Iterable[_Named]) -> None:
    """Refuse a form that two entries of one type claim, unless both call it ambiguous."""
    claims: dict[tuple[str, str], list[_Named]] = defaultdict(list)
    for item in items:
        for form in dict.fromkeys(item.claimed_names):
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


def _get_country_code(entry: Entry) -> str:
    code = _read_country_code(entry, "country")
    if code is None:
        entry.fail("country", "is missing")
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
        type=entry.get_choice("type", _get_types_without("place", "country")),
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


def _parse_division(entry: Entry) -> tuple[str, tuple[str, ...]]:
    return _get_country_code(entry), entry.get_texts("words")


def _add_long_names(place: KnownPlace, words: Sequence[str]) -> KnownPlace:
    """Return a province with its long names; other kinds of place stay as they are."""
    if place.kind not in PROVINCE_KINDS:
        return place
    # Spellings that differ in hyphens alone would only repeat one another.
    seen = {name.replace("-", " ") for name in (place.name, *place.aliases)}
    long_names: list[str] = []
    for name in (place.name, *place.aliases):
        bare = _strip_division(name, words)
        if "(" in bare:
            continue
        for form in (form for word in words for form in (f"{bare} {word}", f"{word} of {bare}")):
            if form.replace("-", " ") not in seen:
                seen.add(form.replace("-", " "))
                long_names.append(form)
    return replace(place, long_names=tuple(long_names))


def _strip_division(name: str, words: Sequence[str]) -> str:
    """Return "Karbala" for "Karbala Province", and any other name as it is."""
    for word in words:
        if name.casefold().endswith(f" {word}"):
            return name[: -len(word) - 1]
    return name


def _parse_city(entry: Entry) -> CitySpelling:
    name, aliases = entry.get_text("name"), entry.get_texts("aliases")
    return CitySpelling(
        name=name,
        country=_get_country_code(entry),
        preferred=entry.find_choice("preferred", {name, *aliases}) or name,
        aliases=aliases,
    )


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
        type=entry.get_choice("type", _get_types_without("place", "person")),
        canonical=entry.get_text("canonical"),
        suffix=entry.find_text("suffix"),
        text=entry.get_texts("text"),
        weak=entry.find_choice("strength", {"weak"}) == "weak",
        needs_name=entry.get_flag("needs_name"),
    )
