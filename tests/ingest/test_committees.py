"""Committees of parliaments and other bodies that a state's name stands before: whose they are, and which they are not."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import Extraction, RawDocument


def read(pipeline: Pipeline, text: str) -> Extraction:
    """Return what the pipeline makes of a text."""
    return pipeline.extract(RawDocument(text))


def list_parts(extraction: Extraction) -> set[tuple[str, str]]:
    """Return the bodies that are parts of others, each with that other."""

    def name(mention: int) -> str:
        return extraction.actors[extraction.mentions[mention].actor].name

    return {(name(claim.source), name(claim.target)) for claim in extraction.claims if claim.how == "part-of"}


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("The Iranian Parliament's Roads and Water Committee met.", "Roads and Water Committee", "Majlis"),
        ("Ghana's Senate Roads Committee met.", "Ghanaian Senate Roads Committee", "Ghana"),
        ("Ghana's Foreign Relations Committee met.", "Ghanaian Foreign Relations Committee", "Ghana"),
        ("Nigeria's Senate backed Togo.", "Nigerian Senate", "Nigeria"),
    ],
)
def test_committee_is_part_of_its_house(pipeline: Pipeline, text: str, part: str, whole: str) -> None:
    """A body that the possessive of a parliament begins is that parliament's; one that a state's begins is the state's."""
    assert any(part in found and whole == of for found, of in list_parts(read(pipeline, text)))


@pytest.mark.parametrize(
    "text",
    [
        "Ghana's Foreign Relations Committee met.",
        "The Ghanaian Foreign Relations Committee met.",
        "The Kenyan Parliament's Foreign Relations Committee met.",
        "The Defence and Foreign Relations Committee of Kenya met.",
    ],
)
def test_committee_of_one_state_is_no_other_states(pipeline: Pipeline, text: str) -> None:
    """A committee that another state has too is not America's where the text gives it to that other."""
    assert "Senate Foreign Relations Committee" not in {actor.name for actor in read(pipeline, text).actors}


def test_known_committee_is_found_behind_its_state(pipeline: Pipeline) -> None:
    """The committee that is meant is the known one."""
    found = {actor.name for actor in read(pipeline, "The US Senate Foreign Relations Committee met.").actors}
    assert "Senate Foreign Relations Committee" in found


def test_state_before_a_committee_stays_a_state(pipeline: Pipeline) -> None:
    """A state that has a committee is no person."""
    types = {actor.name: actor.type for actor in read(pipeline, "Nigeria's Senate Committee met.").actors}
    assert types["Nigeria"] == "country"


def test_pronoun_behind_a_name_is_nobodys(pipeline: Pipeline) -> None:
    """What "we" stands for is not owned by the name that happens to stand before it."""
    text = "Kenyan marines left. Colonel Ali Hassan, their commander, said: without our British friends we had lost."
    assert not list_parts(read(pipeline, text)) & {("Kenyan Marines", "United Kingdom")}
