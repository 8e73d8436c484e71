"""Names as a text introduces them: "a man called", "whose subsidiary", behind a title; names are invented or changed."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument
from tests.ingest.short_readings import read_claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Malian soldiers arrested a man called Omar Sissoko.",
            ("Malian Armed Forces", "opposes", "Omar Sissoko"),
        ),
        (
            "Malian soldiers shot a woman identified as Aisha Toure.",
            ("Malian Armed Forces", "opposes", "Aisha Toure"),
        ),
        ("Oscar Durand led a faction called Red Path until 1999.", ("Oscar Durand", "commands", "Red Path")),
        (
            "Samuel Toe headed a junta named the National Renewal Council.",
            ("Samuel Toe", "commands", "National Renewal Council"),
        ),
        (
            "Turkey arms a rebel alliance, locally known as the Levant Front.",
            ("Turkey", "supports", "Levant Front"),
        ),
        (
            "The party is backed by a businessman named Samer Foz, whom Turkey sanctioned.",
            ("Turkey", "opposes", "Samer Foz"),
        ),
        (
            "The Islamic Union, whose armed wing Harakat attacked Niger, denied it.",
            ("Harakat", "member-of", "Islamic Union"),
        ),
        (
            "The European Union, whose member Hungary vetoed the plan, fined Poland.",
            ("Hungary", "member-of", "European Union"),
        ),
        (
            "The Reform Alliance of opposition leader Jan Roos left the cabinet.",
            ("Jan Roos", "commands", "Reform Alliance"),
        ),
        ("The Green Party of Lisbon mayor Rui Costa lost.", ("Rui Costa", "commands", "Green Party")),
        ("Musa Tripoli, a militia leader, threatened Egypt.", ("Musa Tripoli", "opposes", "Egypt")),
        ("Karuna Amman, a former commander, praised Angola.", ("Karuna Amman", "supports", "Angola")),
        (
            "He was arrested in the Basra district of Zubair.",
            ("Zubair", "located-in", "Basra"),
        ),
        (
            "He was arrested in the Kurram district of Khyber Pakhtunkhwa.",
            ("Kurram", "located-in", "Khyber Pakhtunkhwa"),
        ),
    ],
)
def test_introduced_names_act_and_suffer(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Who is called something is the one of whom the sentence tells."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Saleh called Houthi leaders traitors to Chad.", ("Houthis", "opposes", "Chad")),
        (
            "The Reform Alliance of the late president Jan Roos left the cabinet.",
            ("Jan Roos", "commands", "Reform Alliance"),
        ),
        ("He was arrested in the Basra district of Zubair.", ("Basra", "located-in", "Zubair")),
        (
            "He was arrested in the Kurram district of Khyber Pakhtunkhwa.",
            ("Khyber Pakhtunkhwa", "located-in", "Kurram"),
        ),
        (
            "The European Union mission headed by Markus Ritter patrols the border.",
            ("Markus Ritter", "commands", "European Union"),
        ),
    ],
)
def test_what_is_only_called_so_is_not_read(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """A name in the clause that is not what the noun is called stays out of it."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Downtown Beirut was shelled by Israel.", "Beirut"),
        ("Fighters left Old Damascus.", "Damascus"),
    ],
)
def test_a_part_of_a_town_is_no_given_name(pipeline: Pipeline, text: str, name: str) -> None:
    """The town is where it was."""
    assert name in {actor.name for actor in pipeline.extract(RawDocument(text)).actors}
