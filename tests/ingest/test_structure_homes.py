"""Where bodies and places lie that nobody knows, by the one country that a text is about."""

import pytest

from app.answers.extracting import describe_extraction
from ingest.pipeline import Pipeline
from ingest.types import RawDocument

POLISH = "Warsaw is in Poland. Gdansk is in Poland too. "


def _find_homes(pipeline: Pipeline, text: str) -> set[tuple[str, str]]:
    extraction = pipeline.extract(RawDocument(text))
    edges = describe_extraction(None, extraction, pipeline.gazetteer).edges
    return {(edge.source, edge.target) for edge in edges if edge.relation == "located-in"}


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        (f"{POLISH}The Riverside Party won in Poland.", ("Riverside Party", "Poland")),
        (f"{POLISH}The Regional Audit Chamber Commission met in Poland.", ("Regional Audit Chamber Commission", "Poland")),
        ("Chicago was quiet, the Chicago Tribune said.", ("Chicago Tribune", "Chicago")),
        (f"{POLISH}The Law and Justice party lost there.", ("Law and Justice party", "Poland")),
        (f"{POLISH}The Amber Coast Academy closed.", ("Amber Coast Academy", "Poland")),
        (f"{POLISH}Brodzki Rope Works sacked its welders.", ("Brodzki Rope Works", "Poland")),
        ("Polish farmers left Warsaw. It was a warm day. The Polish government was silent.", ("Warsaw", "Poland")),
    ],
)  # fmt: skip
def test_home_is_the_country_in_view(pipeline: Pipeline, text: str, pair: tuple[str, str]) -> None:
    """A party or a body of which the text says no more is in the country that the text is about, an outlet in its town."""
    assert pair in _find_homes(pipeline, text)


@pytest.mark.parametrize(
    "text",
    [
        f"{POLISH}Berlin is in Germany. Munich is in Germany too. The Riverside Party won.",
        "Poland met the Riverside Party.",
        f"{POLISH}The World Council of Poland's friends, the European Riverside Party, met.",
        f"{POLISH}The Riverside University of Antwerp sent its students.",
        f"{POLISH}The Riverside Chilean Company bought the mine.",
        f"{POLISH}The Riverside Dialogue went on.",
    ],
)
def test_no_home_is_guessed(pipeline: Pipeline, text: str) -> None:
    """Two countries in view, too little said, a body of many countries, of another, or without a seat: nothing is placed."""
    assert not {
        source for source, home in _find_homes(pipeline, text) if "Riverside" in source and home == "Poland"
    }


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("Gdansk (pop. 480,000) is a port of Pomerania. Poland rebuilt it after the war.", True),
        ("The Polish fleet moored in Gdansk. It sailed in May. Poland never used it again.", True),
        (
            "Sailors rioted in Gdansk on Monday, officers said. Poland sent police. It was a long night.",
            False,
        ),
        ("We mourn with the people of Gdansk. Poland is our friend. It stands with us.", False),
        ("Poland evacuated the port of Gdansk.", False),
    ],
)
def test_reports_are_not_geography(pipeline: Pipeline, text: str, placed: bool) -> None:
    """What geography knows is told of a text that describes; a report is read for what it says itself."""
    assert (("Gdansk", "Poland") in _find_homes(pipeline, text)) is placed


def test_geography_confirms_a_report(pipeline: Pipeline) -> None:
    """What a report says of a place, geography confirms."""
    assert ("Gdansk", "Poland") in _find_homes(pipeline, "Sailors rioted in Gdansk, Poland, officers said.")


def test_place_is_in_the_province_in_view(pipeline: Pipeline) -> None:
    """A place that nobody knows is in the one province that the text is about; of two provinces in view, in neither."""
    text = (
        "The Old Salt Road is a trail in Vermont. It runs from Burlington, Vermont, by the town of Harrowby."
    )
    assert ("Harrowby", "Vermont") in _find_homes(pipeline, text)
    other = f"{text} It was once planned from Albany, New York, to Buffalo, New York."
    assert ("Harrowby", "Vermont") not in _find_homes(pipeline, other)
