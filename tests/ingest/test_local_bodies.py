"""Bodies of towns and provinces, chambers and newspapers by short names, and possessives without their apostrophe."""

import pytest

from ingest.pipeline import Pipeline
from tests.ingest.short_readings import read_actors


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Lagos police arrested Omar Haddad.", "Lagos Police", "security-force"),
        ("Kaduna authorities blamed Omar Haddad.", "Kaduna Government", "government-body"),
        ("A Karachi court jailed Omar Haddad.", "Karachi Judiciary", "government-body"),
        ("Texas officials criticized Omar Haddad.", "Texas Government", "government-body"),
        ("Hong Kong protesters denounced Omar Haddad.", "Hong Kong Protesters", "community"),
        ("The Post accused Omar Haddad of fraud.", "Post", "media"),
        ("The House condemned Omar Haddad.", "House", "government-body"),
        ("The House speaker endorsed Omar Haddad.", "House", "government-body"),
    ],
)
def test_bodies_by_short_names(pipeline: Pipeline, text: str, name: str, entity_type: str) -> None:
    """A town's police, a province's government, a chamber and a paper act as bodies of their own."""
    assert read_actors(pipeline, text).get(name) == entity_type


@pytest.mark.parametrize(
    "text",
    [
        "Omar Haddad left the post of director in Lagos.",
        "Omar Haddad praised the house in Lagos.",
        "Omar Haddad met police in Lagos.",
        "Omar Haddad met some officials from Lagos.",
        "A Lagos activist criticized Omar Haddad.",
    ],
)
def test_plain_words_name_no_body(pipeline: Pipeline, text: str) -> None:
    """Without a capital, or without the town right before it, a word for a body is none."""
    found = read_actors(pipeline, text)
    assert not {"Post", "House", "Lagos Police", "Lagos Government", "Lagos Protesters"} & found.keys()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Omar Haddad criticized Denmarks asylum policy.", "Denmark"),
        ("Kenyas army attacked the village.", "Kenya Defence Forces"),
        ("Omar Haddad welcomed Hezbollahs new offer.", "Hezbollah"),
    ],
)
def test_possessive_without_its_apostrophe(pipeline: Pipeline, text: str, name: str) -> None:
    """A known name with an `s` before a noun is that name."""
    assert name in read_actors(pipeline, text)


@pytest.mark.parametrize(
    "text", ["The Merkels house was sold.", "The two Koreas talked.", "Omar Haddad wore Jordans."]
)
def test_plural_of_a_name_is_no_possessive(pipeline: Pipeline, text: str) -> None:
    """A family, two states of one name and a thing are not the one who bears it."""
    assert not {"Angela Merkel", "South Korea", "North Korea", "Jordan"} & read_actors(pipeline, text).keys()


def test_possessive_of_a_name_from_the_text(pipeline: Pipeline) -> None:
    """A name that the text gives elsewhere owns what stands behind it, too."""
    text = "Idris Varlamov spoke in Kenya. Varlamovs lawyer Peter Odhiambo criticized Angela Merkel."
    assert "Varlamovs" not in read_actors(pipeline, text)
