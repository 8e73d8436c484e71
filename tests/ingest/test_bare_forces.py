"""The army, the police and the ministries that a text names without their state."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _name_actors(pipeline: Pipeline, text: str) -> set[str]:
    return {actor.name for actor in pipeline.extract(RawDocument(text)).actors}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kenya reopened the road. The police arrested Omar Haddad.", "Kenyan Police"),
        (
            "Kenya reopened the road, and the interior ministry thanked Omar Haddad.",
            "Kenyan Interior Ministry",
        ),
        ("Kenya reopened the road after a call from police chief Omar Haddad.", "Kenyan Police"),
        ("The high court in Nairobi freed Omar Haddad.", "Kenyan High Court"),
    ],
)
def test_state_in_view_has_one_army(pipeline: Pipeline, text: str, name: str) -> None:
    """Where a text has one country in view, "the police" is that country's."""
    assert name in _name_actors(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "The police arrested Omar Haddad.",
        "Weeks after the police left Goma, Kenya spoke.",
        "Kenya and Uganda reopened the road. The police arrested Omar Haddad.",
        "Kenya reopened the road. A police officer and some police dogs came.",
        "Kenya reopened the road. The police of a town nearby came.",
    ],
)
def test_no_state_in_view(pipeline: Pipeline, text: str) -> None:
    """Without a country, with two, with a town elsewhere, or of some other police, nobody's is named."""
    assert not {name for name in _name_actors(pipeline, text) if "Police" in name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Prosecutors in Lima charged Omar Haddad.", "Peruvian Judiciary"),
        ("Opposition leaders in Kenya denounced Omar Haddad.", "Kenyan Opposition"),
        ("Omar Haddad met opposition figures in Nairobi.", "Kenyan Opposition"),
        ("Activists in the Kenyan capital thanked Omar Haddad.", "Kenyan Protesters"),
        ("Omar Haddad armed separatists in Ukraine.", "Ukrainian Separatists"),
        ("Omar Haddad blamed rebels in the east of Kenya.", "Kenyan Rebels"),
    ],
)
def test_place_behind_tells_whose_they_are(pipeline: Pipeline, text: str, name: str) -> None:
    """Courts and crowds without a name are those of the country in which they are said to be."""
    assert name in _name_actors(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        "Opposition leaders denounced Omar Haddad.",
        "Leaders in Kenya denounced Omar Haddad.",
        "The party in Kenya denounced Omar Haddad.",
        "Omar Haddad blamed the rebels in Kenya.",
        "Omar Haddad fought rebels while in Kenya.",
        "Omar Haddad met some gunmen in Nairobi.",
    ],
)
def test_no_crowd_of_a_place(pipeline: Pipeline, text: str) -> None:
    """No crowd without its place, nor where it may be a group that the text has named."""
    made = {"Opposition", "Protesters", "Rebels", "Militants", "Party"}
    assert not {name for name in _name_actors(pipeline, text) if name.split()[-1] in made}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Omar Haddad attacked an army post near Lima.", "Peruvian Army"),
        ("Omar Haddad shelled a military base in Kenya.", "Kenya Defence Forces"),
        ("Omar Haddad shot at three police helicopters in Nairobi.", "Kenyan Police"),
    ],
)
def test_post_is_of_the_force_before_it(pipeline: Pipeline, text: str, name: str) -> None:
    """An army's posts and vehicles are the army's of the country in which they stand."""
    assert name in _name_actors(pipeline, text)


@pytest.mark.parametrize(
    "text", ["Omar Haddad attacked an army post.", "Omar Haddad left an army school in Lima."]
)
def test_post_of_no_state_in_view(pipeline: Pipeline, text: str) -> None:
    """Without a place, and of what no force fights with, nobody's army is meant."""
    assert len(_name_actors(pipeline, text)) < 3
