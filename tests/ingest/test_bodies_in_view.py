"""Whose police, Congress and marksmen a sentence means, and what is no person in the name of a unit."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument
from tests.ingest.short_readings import read_actors


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The UN rights office, which sits in Geneva, blamed the police.", "Swiss Police"),
        ("From Vienna, the agency blamed the police.", "Austrian Police"),
        ("Mirna Kovac presides over the Congress of New Caledonia. The Congress met.", "US Congress"),
        ("In Noumea the Congress met.", "US Congress"),
    ],
)
def test_not_meant(pipeline: Pipeline, text: str, name: str) -> None:
    """A seat of the world's bodies brings no police into view, and "the Congress" of a text on others is not America's."""
    assert name not in read_actors(pipeline, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The UN rights office in Geneva blamed the police of Kenya and the army.", "Kenyan Police"),
        ("Police in Geneva arrested Omar Haddad.", "Swiss Police"),
        ("Switzerland wept, and in Geneva the police arrested Omar Haddad.", "Swiss Police"),
        ("Congress voted on Monday.", "US Congress"),
        ("The United States wept, and the Congress met.", "US Congress"),
    ],
)
def test_meant(pipeline: Pipeline, text: str, name: str) -> None:
    """Those of a state that is named are meant, and who acts in the seat itself."""
    assert name in read_actors(pipeline, text)


@pytest.mark.parametrize("name", ["Anti-Terrorist Unit", "Anti-Gang Unit"])
def test_unit_against_somebody(pipeline: Pipeline, name: str) -> None:
    """A unit is called by its whole name, whomever it was set up against."""
    assert read_actors(pipeline, f"The {name} beat Omar Haddad.") == {
        name: "security-force",
        "Omar Haddad": "person",
    }


@pytest.mark.parametrize(
    "text",
    [
        "On Monday marksmen of the Lunda Front shot Omar Haddad.",
        "Omar Haddad was shot by sharpshooters of the Lunda Front.",
        "Lunda Front riflemen shot Omar Haddad.",
        "Gendarmes of the Lunda Front shot Omar Haddad.",
    ],
)
def test_marksmen_are_their_groups(pipeline: Pipeline, text: str) -> None:
    """What a group's marksmen do, it does, and they are no person."""
    extraction = pipeline.extract(RawDocument(text))
    names = [extraction.actors[mention.actor].name for mention in extraction.mentions]
    assert set(names) == {"Lunda Front", "Omar Haddad"}
    assert {(names[claim.source], claim.kind, names[claim.target]) for claim in extraction.claims} == {
        ("Lunda Front", "opposes", "Omar Haddad")
    }
