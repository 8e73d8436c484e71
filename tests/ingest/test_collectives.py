"""Groups of people and bodies that an adjective names, and those that nobody is meant by."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument
from tests.ingest.short_readings import read_actors


def _find_edges(pipeline: Pipeline, text: str) -> set[tuple[str, str, str]]:
    extraction = pipeline.extract(RawDocument(text))
    names = [extraction.actors[mention.actor].name for mention in extraction.mentions]
    return {(names[claim.source], claim.kind, names[claim.target]) for claim in extraction.claims}


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        (
            "Republican congressmen denounced Angela Merkel.",
            ("Republican Party", "opposes", "Angela Merkel"),
        ),
        (
            "Angela Merkel praised the Democratic leadership.",
            ("Angela Merkel", "supports", "Democratic Party"),
        ),
        ("Labour MPs condemned Viktor Orban.", ("Labour Party (UK)", "opposes", "Viktor Orban")),
        ("Viktor Orban denounced Socialist senators.", ("Viktor Orban", "opposes", "Socialist Party")),
        (
            "Republican and Democratic senators criticized Viktor Orban.",
            ("Republican Party", "opposes", "Viktor Orban"),
        ),
    ],
)
def test_people_of_a_party_are_the_party(pipeline: Pipeline, text: str, edge: tuple[str, str, str]) -> None:
    """Lawmakers, leaders and a majority of a party act for it, known or not."""
    assert edge in _find_edges(pipeline, text)


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Sunni Muslim gunmen attacked Chad.", "Sunni Muslim gunmen", "armed-group"),
        ("Chad fought Islamist rebels near the lake.", "Islamist rebels", "armed-group"),
        ("Shiite opposition parties criticized Kuwait.", "Shiite opposition parties", "community"),
        ("Catholic priests condemned Daniel Ortega.", "Catholic priests", "community"),
        ("European governments criticized Daniel Ortega.", "European governments", "community"),
        ("West African troops attacked Boko Haram.", "West African troops", "security-force"),
        ("LGBT campaigners accused Viktor Orban.", "LGBT campaigners", "community"),
        ("Kenya shelters Somali refugees.", "Somali Refugees", "community"),
        ("Kenya helped displaced Ethiopians.", "displaced Ethiopians", "community"),
        ("The Left denounced Viktor Orban.", "Left", "community"),
    ],
)
def test_groups_of_a_creed_a_region_or_a_cause(
    pipeline: Pipeline, text: str, name: str, entity_type: str
) -> None:
    """An adjective with a capital and several people make one group, in arms where its noun says so."""
    assert read_actors(pipeline, text).get(name) == entity_type


@pytest.mark.parametrize(
    "text",
    [
        "A Republican strategist criticized Angela Merkel.",
        "Two Republican lawmakers criticized Angela Merkel.",
        "Former Republican officials criticized Angela Merkel.",
        "The republican lawmakers criticized Angela Merkel.",
        "Liberal activists criticized Angela Merkel.",
        "Aid agencies and rights groups criticized Angela Merkel.",
        "Angela Merkel turned left, and the right answer came.",
        "Angela Merkel helped a Somali refugee.",
        "Angela Merkel met three Sunni militants.",
        "Angela Merkel blamed those who rob people.",
    ],
)
def test_one_person_or_a_plain_plural_is_nobody(pipeline: Pipeline, text: str) -> None:
    """A single one, a few counted ones, those of the past and those without a name of their own are no group."""
    found = read_actors(pipeline, text)
    assert {name for name, kind in found.items() if kind != "country"} == {"Angela Merkel"}


def test_party_is_of_the_country_spoken_of(pipeline: Pipeline) -> None:
    """Where a text is about another country, a party's adjective is not the best known party's."""
    text = "Italy voted. Italy counts, Italy waits. Democratic senators in Italy denounced Giorgia Meloni."
    actors = pipeline.extract(RawDocument(text)).actors
    assert not any(actor.known_id == "democratic-party" for actor in actors)


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        (
            "Republican Senator Carla Whitfield criticized Angela Merkel.",
            ("Carla Whitfield", "member-of", "Republican Party"),
        ),
        (
            "Angela Merkel praised Democratic candidate Carla Whitfield.",
            ("Carla Whitfield", "member-of", "Democratic Party"),
        ),
    ],
)
def test_adjective_before_a_title_is_a_party(
    pipeline: Pipeline, text: str, edge: tuple[str, str, str]
) -> None:
    """Somebody with a name and a party's adjective before the title is a member of it."""
    assert edge in _find_edges(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "Former Republican Senator Carla Whitfield criticized Angela Merkel.",
        "Conservative Senator Carla Whitfield criticized Angela Merkel.",
        "The republican senator Carla Whitfield criticized Angela Merkel.",
    ],
)
def test_no_member_of_a_party(pipeline: Pipeline, text: str) -> None:
    """One who left it, and one whose outlook alone is told, are no members."""
    assert "member-of" not in {kind for _, kind, _ in _find_edges(pipeline, text)}


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("Angela Merkel condemned Palestinian attacks.", ("Angela Merkel", "opposes", "Palestinians")),
        ("The Sunni offensive against Iran went on.", ("Sunnis", "opposes", "Iran")),
    ],
)
def test_deeds_of_a_people_are_its_own(pipeline: Pipeline, text: str, edge: tuple[str, str, str]) -> None:
    """Attacks, support and the like with a people's adjective are that people's."""
    assert edge in _find_edges(pipeline, text)


def test_name_of_a_people_is_no_adjective(pipeline: Pipeline) -> None:
    """A people by its noun is itself, whatever a parser makes of the words behind it."""
    text = "Angela Merkel blamed criminals who call themselves Christians rob villagers."
    assert not any(name.startswith("Christians ") for name in read_actors(pipeline, text))
