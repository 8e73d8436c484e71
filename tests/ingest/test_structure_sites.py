"""Where somebody is by a seat, a deed, an adjective or the opening of a sentence, and what tells nothing of where they are."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _read(pipeline: Pipeline, text: str) -> set[str]:
    extraction = pipeline.extract(RawDocument(text))
    names = [extraction.actors[mention.actor].name for mention in extraction.mentions]
    return {
        f"{names[claim.source]} {claim.how} {names[claim.target]}"
        for claim in extraction.claims
        if claim.kind == "located-in" and claim.polarity == "affirmed"
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kafue is a bastion of Boko Haram.", "Boko Haram operates-in Kafue"),
        ("The rebels left Kitwe, the seat of Boko Haram.", "Boko Haram based-in Kitwe"),
        ("Boko Haram used Kitwe as its rear base.", "Boko Haram based-in Kitwe"),
        ("Kitwe serves as a haven for Hezbollah.", "Hezbollah operates-in Kitwe"),
        ("Boko Haram, whose headquarters are in Kitwe, wept.", "Boko Haram based-in Kitwe"),
        ("From its hideout near Kitwe, Hezbollah called a truce.", "Hezbollah operates-in Kitwe"),
        ("Hezbollah fighters near Kitwe wept.", "Hezbollah operates-in Kitwe"),
        ("Brazil's consulate in Kitwe reopened.", "Brazil operates-in Kitwe"),
        ("Mirna Kovac's hometown of Vukovar was flooded.", "Mirna Kovac based-in Vukovar"),
        ("Hezbollah, long active in Kitwe, wept.", "Hezbollah operates-in Kitwe"),
        ("Hezbollah's raids in Kitwe went on.", "Hezbollah operates-in Kitwe"),
        ("The seizure of Kitwe by Hezbollah surprised Zambia.", "Hezbollah controls-territory Kitwe"),
        ("Traders left Hezbollah-run Basra.", "Hezbollah controls-territory Basra"),
        ("In Kitwe, Hezbollah smashed the ballot boxes.", "Hezbollah operates-in Kitwe"),
        ("Mirna Kovac cut short a trip to Vukovar.", "Mirna Kovac visits Vukovar"),
        ("During a stay in Vukovar, Mirna Kovac fell ill.", "Mirna Kovac visits Vukovar"),
        ("The funeral of Mirna Kovac in Vukovar was short.", "Mirna Kovac None Vukovar"),
        ("Mirna Kovac sought asylum in Vukovar.", "Mirna Kovac None Vukovar"),
        ("Mirna Kovac was stabbed by burglars in Vukovar.", "Mirna Kovac None Vukovar"),
        ("Mirna Kovac, a welder in Vukovar, wept.", "Mirna Kovac based-in Vukovar"),
        ("Vukovar, where Mirna Kovac had settled, was dark.", "Mirna Kovac based-in Vukovar"),
        ("The town of Goma fell into the hands of Hezbollah.", "Hezbollah controls-territory Goma"),
        ("The village of Chirundu lies in Zambia.", "Chirundu part-of-place Zambia"),
        ("The Zambia town of Kitwe was dark.", "Kitwe part-of-place Zambia"),
        ("Brazil withdrew its soldiers from Zambia.", "Brazil deployed-to Zambia"),
        ("Hezbollah laid siege to Kitwe.", "Hezbollah operates-in Kitwe"),
        ("The loss of Kitwe to Hezbollah surprised Zambia.", "Hezbollah controls-territory Kitwe"),
        ("Skirmishes between Hezbollah and Boko Haram in Kitwe went on.", "Hezbollah operates-in Kitwe"),
        ("Hezbollah overran most of Kitwe.", "Hezbollah controls-territory Kitwe"),
        ("A Hezbollah commander in Kitwe wept.", "Hezbollah operates-in Kitwe"),
        ("Brazil deployed gunboats in Zambia.", "Brazil deployed-to Zambia"),
    ],
)
def test_told_to_be_there(pipeline: Pipeline, text: str, expected: str) -> None:
    """Who has a seat, men or a deed somewhere is there, whichever of the two the sentence starts with."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Hezbollah has no presence in Kitwe.", "Hezbollah"),
        ("In Kitwe, Brazil opposed the treaty.", "Brazil"),
        ("In Kitwe, Hezbollah is feared.", "Hezbollah"),
        ("Mirna Kovac put off a trip to Vukovar.", "Mirna Kovac"),
        ("During his visit to Vukovar, files on Mirna Kovac were shown.", "Mirna Kovac"),
        ("Mirna Kovac's deputies are from Vukovar.", "Mirna Kovac"),
        ("Mirna Kovac's deputies were arrested in Vukovar.", "Mirna Kovac"),
        ("Mirna Kovac, a Vukovar Rovers goalkeeper, wept.", "Mirna Kovac"),
        ("Hezbollah wrote to the office of Boko Haram in Kitwe.", "Hezbollah"),
        ("The Sahel branch of Boko Haram wept.", "Boko Haram"),
        ("Mirna Kovac was brought into Government House.", "Mirna Kovac"),
        ("Mirna Kovac attended a meeting of the council about floods in Vukovar.", "Mirna Kovac"),
    ],
)
def test_not_told_to_be_there(pipeline: Pipeline, text: str, wrong: str) -> None:
    """What is denied, put off, feared, said of others or another's seat places nobody."""
    assert not [found for found in _read(pipeline, text) if found.startswith(wrong)]
