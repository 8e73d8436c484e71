"""Known names are found in one pass, in the spelling and case that newspapers and forums have."""

# ruff: noqa: RUF001 - curly quotes are what newspapers print

import os
from collections import Counter
from pathlib import Path

import pytest

from ingest.cities import find_cache_folder, get_cities, make_key, make_slug
from ingest.gazetteer import Gazetteer


def find_ids(gazetteer: Gazetteer, text: str, *, informal: bool = False) -> list[tuple[str, str]]:
    """Return (words, id of the first sense) of each hit."""
    return [
        (text[hit.start_char : hit.end_char], hit.forms[0].id)
        for hit in gazetteer.find_hits(text, informal=informal)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran and Iraq", [("Iran", "iran"), ("Iraq", "iraq")]),
        ("the U.S. and U.K.", [("U.S.", "united-states"), ("U.K.", "united-kingdom")]),
        (
            "the Islamic State of Iraq and the Levant took it",
            [("Islamic State of Iraq and the Levant", "isis")],
        ),
        ("Da'esh, ISIL", [("Da'esh", "isis"), ("ISIL", "isis")]),
        ("in Ninevah", [("Ninevah", "nineveh")]),
        ("Asa'ib Ahl al-Haq's men", [("Asa'ib Ahl al-Haq", "asaib-ahl-al-haq")]),
    ],
)
def test_longest_known_name(gazetteer: Gazetteer, text: str, expected: list[tuple[str, str]]) -> None:
    """The longest name wins, whatever its apostrophes, dots and hyphens; a possessive is not part of it."""
    found = find_ids(gazetteer, text)
    for pair in expected:
        assert pair in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in Basra", ("Basra", "basra")),
        ("in Basra province", ("Basra province", "basra-province")),
        ("the province of Raqqa", ("province of Raqqa", "raqqa-province")),
        ("to Mecca", ("Mecca", "mecca")),
        ("in Gaza", ("Gaza", "gaza")),
    ],
)
def test_bare_name_of_a_province_is_its_city(
    gazetteer: Gazetteer, text: str, expected: tuple[str, str]
) -> None:
    """A province whose city has the same name is meant only where the text says so; a territory keeps its name."""
    assert find_ids(gazetteer, text) == [expected]


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("iraq", True),
        ("assad", True),
        ("daesh", True),
        ("turkey", False),
        ("jordan", False),
        ("us", False),
        ("it", False),
    ],
)
def test_lower_case(gazetteer: Gazetteer, word: str, found: bool) -> None:
    """A lower-case name counts unless it is an English word as well."""
    hits = gazetteer.find_hits(f"they say {word} did that", informal=True)
    curated = [form for hit in hits for form in hit.forms if form.role != "city"]
    assert bool(curated) is found


@pytest.mark.parametrize(
    ("countries", "expected"),
    [({"LB": 3}, "tripoli-lb"), ({"LY": 3}, "tripoli"), ({}, "tripoli")],
)
def test_places_of_one_name(gazetteer: Gazetteer, countries: dict[str, int], expected: str) -> None:
    """Of two towns that share a name the one in the country of the text is meant, else the larger."""
    forms = [form for form in gazetteer.find_forms("Tripoli") if gazetteer.get(form.id).type == "place"]
    chosen = gazetteer.choose_city(forms, Counter(countries))
    assert chosen is not None
    assert chosen.id == expected


def test_a_namesake_must_not_be_a_village(gazetteer: Gazetteer) -> None:
    """A great city outweighs a small namesake in the country of the text."""
    forms = [form for form in gazetteer.find_forms("Paris") if form.role == "city"]
    chosen = gazetteer.choose_city(forms, Counter({"US": 1}))
    assert chosen is not None
    assert chosen.country_code == "FR"


def test_place_chain(gazetteer: Gazetteer) -> None:
    """A town lies in its province, and that in its country."""
    assert gazetteer.place_chain("mosul") == [("mosul", "nineveh"), ("nineveh", "iraq")]
    assert gazetteer.get_province_name("mosul") == "Nineveh"


@pytest.mark.parametrize(
    ("city", "province", "country"),
    [
        ("glasgow", "scotland", "united-kingdom"),
        ("brisbane", "queensland", "australia"),
        ("lodwar", "turkana", "kenya"),
        ("guayaquil", "guayas", "ecuador"),
        ("pattani", "pattani-province", "thailand"),
        ("bukavu", "south-kivu", "democratic-republic-of-the-congo"),
    ],
)
def test_provinces_the_world_over(gazetteer: Gazetteer, city: str, province: str, country: str) -> None:
    """A town of any continent lies in its province."""
    assert gazetteer.place_chain(city) == [(city, province), (province, country)]


@pytest.mark.parametrize("known_id", ["iran", "isis", "no-such-place"])
def test_no_chain_for_what_is_no_place(gazetteer: Gazetteer, known_id: str) -> None:
    """Countries and actors lie in nothing."""
    assert gazetteer.place_chain(known_id) == []


def test_city_by_its_usual_name(gazetteer: Gazetteer) -> None:
    """A city is called what newspapers call it, whatever a list of cities has."""
    assert [gazetteer.get(known_id).name for known_id in ("raqqa", "urmia")] == ["Raqqa", "Urmia"]


def test_known_place(gazetteer: Gazetteer) -> None:
    """A city has coordinates, a country and a GeoNames id; its name is spelt in plain letters."""
    city = gazetteer.get("tikrit")
    assert (city.name, city.type, city.country_code) == ("Tikrit", "place", "IQ")
    assert city.lat == pytest.approx(34.61, abs=0.05)
    assert city.lon == pytest.approx(43.68, abs=0.05)
    assert city.geonames_id is not None


def test_unknown_id(gazetteer: Gazetteer) -> None:
    """An id that nobody has is a KeyError for `get` and None for `find`."""
    assert gazetteer.find("no-such-place") is None
    with pytest.raises(KeyError, match="no-such-place"):
        gazetteer.get("no-such-place")


def test_hits_cost_grows_with_the_text_alone(gazetteer: Gazetteer) -> None:
    """Ten times the text gives ten times the hits, at the shifted offsets."""
    once = gazetteer.find_hits("Iran armed Syria. ")
    many = gazetteer.find_hits("Iran armed Syria. " * 10)
    assert len(many) == 10 * len(once)
    assert many[-1].start_char == once[-1].start_char + 9 * len("Iran armed Syria. ")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sāmarrā’", "samarra"),
        ("al-Sadr", "al sadr"),
        ("U.S.", "us"),
        ("Côte d'Ivoire", "cote divoire"),
        ("Iran's", "iran"),
    ],
)
def test_key(name: str, key: str) -> None:
    """Names are compared by their plain lower-case words."""
    assert make_key(name) == key


def test_slug() -> None:
    """Ids are readable: plain letters joined by hyphens."""
    assert make_slug("Asa'ib Ahl al-Haq") == "asaib-ahl-al-haq"


def test_cities_are_compiled_once(tmp_path: Path) -> None:
    """The compiled file is written to the folder asked for, read back the same, and mended where damaged."""
    first = get_cities(tmp_path)
    [path] = tmp_path.iterdir()
    assert get_cities(tmp_path) == first
    path.write_bytes(b"{")
    assert get_cities(tmp_path).by_key["mosul"] == first.by_key["mosul"]


def test_cities_without_a_writable_folder(tmp_path: Path) -> None:
    """Where the folder cannot be made, cities are compiled in memory and nothing fails."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    assert "mosul" in get_cities(blocked / "cache").by_key


def test_cache_folder_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """ACTORGRAPH_CACHE names the folder; without it, one in the user's cache."""
    monkeypatch.setenv("ACTORGRAPH_CACHE", os.fspath(tmp_path))
    assert find_cache_folder() == tmp_path
    monkeypatch.delenv("ACTORGRAPH_CACHE")
    assert "actorgraph" in find_cache_folder().as_posix()
