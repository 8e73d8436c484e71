"""Who is where by the ways in which plain prose tells it, and what tells nothing of it."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _read(pipeline: Pipeline, text: str) -> set[str]:
    extraction = pipeline.extract(RawDocument(text))
    names = [extraction.actors[mention.actor].name for mention in extraction.mentions]
    return {
        f"{names[claim.source]} in {names[claim.target]}"
        for claim in extraction.claims
        if claim.kind == "located-in" and claim.polarity == "affirmed" and claim.modality != "possible"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mirna Kovac had studied in Vukovar, as had Petar Babic.", "Petar Babic in Vukovar"),
        ("Mirna Kovac lived in Vukovar, and so did Omar Haddad.", "Omar Haddad in Vukovar"),
        ("Mirna Kovac was stabbed in Vukovar, as was Petar Babic two days later.", "Petar Babic in Vukovar"),
        ("Mirna Kovac fled to Vukovar with Petar Babic.", "Petar Babic in Vukovar"),
        ("Mirna Kovac was flown to a clinic in Vukovar.", "Mirna Kovac in Vukovar"),
        ("A foundation flew Mirna Kovac to a seminar at Vukovar.", "Mirna Kovac in Vukovar"),
        ("Mirna Kovac flew back to Vukovar.", "Mirna Kovac in Vukovar"),
        ("Mirna Kovac was brought down to Vukovar.", "Mirna Kovac in Vukovar"),
        ("Kitwe and Ndola were held by Hezbollah and Boko Haram respectively.", "Boko Haram in Ndola"),
        ("Hezbollah took Kitwe in March and Ndola in May.", "Hezbollah in Ndola"),
        ("Hezbollah holds only Kitwe besides Ndola.", "Hezbollah in Ndola"),
        ("Kovac's consul in Vukovar, Petar Babic, wept.", "Petar Babic in Vukovar"),
        ("Mirna Kovac told a rally at Vukovar that the talks were over.", "Mirna Kovac in Vukovar"),
        ("Mirna Kovac was told in Vukovar that the talks were over.", "Mirna Kovac in Vukovar"),
        ("Hezbollah rejected the plan at a congress in Kitwe.", "Hezbollah in Kitwe"),
        ("Mirna Kovac denounced the plan at a meeting in Vukovar.", "Mirna Kovac in Vukovar"),
        ("Boko Haram used Zambia as a rear base.", "Boko Haram in Zambia"),
        ("Kitwe and Ndola are among the towns of Zambia.", "Ndola in Zambia"),
        ("Kitwe is the larger of Zambia's towns.", "Kitwe in Zambia"),
        ("The Zambian army was fighting to retake Kitwe from Boko Haram.", "Zambian Army in Kitwe"),
        ("The Zambian army was fighting to retake Kitwe from Boko Haram.", "Boko Haram in Kitwe"),
        ("The Zambian army pushed as far as Kitwe.", "Zambian Army in Kitwe"),
        ("The Zambian air force flew from Kitwe.", "Zambian Air Force in Kitwe"),
        ("The mayor left, and in Kitwe General Omar Haddad called for calm.", "Omar Haddad in Kitwe"),
        ("Omar Haddad shot Petar Babic, the head of Hezbollah, in Kitwe.", "Omar Haddad in Kitwe"),
        ("Kitwe, where the Zambian army turned Hezbollah back, was dark.", "Zambian Army in Kitwe"),
        ("Soldiers of the Zambian army guard the depot at Kitwe.", "Zambian Army in Kitwe"),
        ("Troops were fighting to retake the east end of Kitwe from Hezbollah.", "Hezbollah in Kitwe"),
        ("The Marsh Front took Lubaso in March.", "Marsh Front in Lubaso"),
        ("Brazil put 900 troops into Zambia.", "Brazil in Zambia"),
        ("Omar Haddad, a fisherman of Kitwe, wept.", "Omar Haddad in Kitwe"),
        ("The Zambian army lost Kitwe to Boko Haram.", "Boko Haram in Kitwe"),
        ("The Zambian army lost Kitwe to Boko Haram.", "Zambian Army in Kitwe"),
        ("From exile in Kitwe, Omar Haddad wrote to Chad.", "Omar Haddad in Kitwe"),
        ("Omar Haddad and Petar Babic shook hands in Kitwe.", "Petar Babic in Kitwe"),
        ("The Zambian army shelled Hezbollah from Kitwe.", "Zambian Army in Kitwe"),
        ("They left Kitwe, where Omar Haddad has his headquarters.", "Omar Haddad in Kitwe"),
        ("The Marsh Front, which held Lubaso, fled.", "Marsh Front in Lubaso"),
        ("Mirna Kovac told a rally at Lubaso that the talks were over.", "Mirna Kovac in Lubaso"),
        (
            "It freed its men and banned Hezbollah, whose patron, Omar Haddad, had fled to Zambia.",
            "Omar Haddad in Zambia",
        ),
    ],
)
def test_told_to_be_there(pipeline: Pipeline, text: str, expected: str) -> None:
    """Who does as another does, goes with him, is brought somewhere or speaks at what is held there is there."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    ("text", "unexpected"),
    [
        ("Mirna Kovac never lived in Vukovar, as did Petar Babic.", "Mirna Kovac in Vukovar"),
        ("Mirna Kovac lived in Vukovar, as Petar Babic had said.", "Petar Babic in Vukovar"),
        ("Mirna Kovac fled to Vukovar with a letter from Petar Babic.", "Petar Babic in Vukovar"),
        ("Mirna Kovac came to power in Zambia.", "Mirna Kovac in Zambia"),
        ("Kitwe and Ndola were held by Hezbollah and Boko Haram respectively.", "Boko Haram in Kitwe"),
        ("Kitwe was held by Hezbollah and Boko Haram respectively.", "Boko Haram in Kitwe"),
        ("Neither Mirna Kovac nor her consul in Vukovar, Petar Babic, wept.", "Mirna Kovac in Vukovar"),
        ("Mirna Kovac, according to diplomats in Vukovar, was against it.", "Mirna Kovac in Vukovar"),
        ("Mirna Kovac fell ill, according to a nurse in Vukovar.", "Mirna Kovac in Vukovar"),
        ("It banned Hezbollah, whose patron, Omar Haddad, had fled to Zambia.", "Hezbollah in Zambia"),
        ("Mirna Kovac denounced a meeting in Vukovar.", "Mirna Kovac in Vukovar"),
        ("Mirna Kovac said that in Vukovar Petar Babic wept.", "Mirna Kovac in Vukovar"),
        ("Kitwe is larger than Zambia's towns.", "Kitwe in Zambia"),
        ("After the exile of Petar Babic in Kitwe, Omar Haddad wrote to Chad.", "Omar Haddad in Kitwe"),
        ("Hezbollah lost an election in Kitwe.", "Hezbollah in Kitwe"),
        ("Brazil put 900 dollars into Zambia.", "Brazil in Zambia"),
        ("Omar Haddad, a critic of Kitwe, wept.", "Omar Haddad in Kitwe"),
        ("Omar Haddad shot Petar Babic, the head of Hezbollah, in Kitwe.", "Hezbollah in Kitwe"),
        ("Omar Haddad approved the killing of Petar Babic in Kitwe.", "Omar Haddad in Kitwe"),
        ("Omar Haddad denied that Mirna Kovac told reporters in Vukovar so.", "Mirna Kovac in Vukovar"),
        ("Chad shelled Kitwe, its envoy in Lusaka, Omar Haddad, said.", "Kitwe in Chad"),
        ("Brazil saw the end of Kitwe from Hezbollah.", "Hezbollah in Kitwe"),
        ("The Marsh Front took Lubaso in March.", "Marsh Front in March"),
    ],
)
def test_not_told_to_be_there(pipeline: Pipeline, text: str, unexpected: str) -> None:
    """Nor is anybody where his witnesses are, where he was denied to be, or where only the other of two is."""
    assert unexpected not in _read(pipeline, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brazil condemned Zambia, as did Chad.", {"Brazil", "Chad"}),
        ("Brazil condemned Zambia, and so have Chad and Benin.", {"Brazil", "Chad", "Benin"}),
        ("Brazil condemned Zambia, as Chad had expected.", {"Brazil"}),
        ("Brazil did not condemn Zambia, as did Chad.", set()),
    ],
)
def test_does_likewise(pipeline: Pipeline, text: str, expected: set[str]) -> None:
    """Who "did so too" did what the verb before says, and nobody did whom it does not say of."""
    extraction = pipeline.extract(RawDocument(text))
    names = [extraction.actors[mention.actor].name for mention in extraction.mentions]
    assert {
        names[claim.source]
        for claim in extraction.claims
        if claim.kind == "opposes" and claim.polarity == "affirmed" and names[claim.target] == "Zambia"
    } == expected


def test_office_beside_a_denial_is_held(pipeline: Pipeline) -> None:
    """Who is told to be somebody's envoy is so, whatever the two do not do."""
    extraction = pipeline.extract(RawDocument("Neither Mirna Kovac nor her envoy, Petar Babic, would speak."))
    scopes = {(claim.polarity, claim.modality) for claim in extraction.claims}
    assert scopes == {("affirmed", "asserted")}


@pytest.mark.parametrize(
    "text",
    [
        "Were Chad to fall, Mirna Kovac told reporters in Vukovar, Benin would fall too.",
        "Should Chad fall, Mirna Kovac told reporters in Vukovar, Benin would fall too.",
    ],
)
def test_speaks_whatever_may_come(pipeline: Pipeline, text: str) -> None:
    """Who speaks somewhere of what may come is there for sure."""
    assert "Mirna Kovac in Vukovar" in _read(pipeline, text)
