"""Lines with which monitors of the press head their reports: a town and the outlet that sits there."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _find_seats(pipeline: Pipeline, text: str) -> list[tuple[str, str]]:
    extraction = pipeline.extract(RawDocument(text))
    named = [(extraction.mentions[c.source], extraction.mentions[c.target]) for c in extraction.claims]
    return [(one.text, other.text) for one, other in named if one.type == "media"]


@pytest.mark.parametrize(
    ("text", "outlet", "town"),
    [
        ("Helsinki HELSINGIN AVISEN in Finnish 14 Jan 03 p 1", "HELSINGIN AVISEN", "Helsinki"),
        ("Lisbon Radio Renova in Portuguese 1700 GMT 3 Feb 03", "Radio Renova", "Lisbon"),
        ("Tunis Radio Bizerte in French 1200 GMT", "Radio Bizerte", "Tunis"),
        ("XT0203040506 Cairo AL-MASA in Arabic 6 Apr 03 p 6", "AL-MASA", "Cairo"),
        ("Tehran JOMHURI-YE SEDA in Persian and English", "JOMHURI-YE SEDA", "Tehran"),
        ("Osaka KANSAI DENKI SHIMBUN", "KANSAI DENKI SHIMBUN", "Osaka"),
        ("Prague HALO NOVINY", "HALO NOVINY", "Prague"),
    ],
)
def test_outlet_is_in_the_town_before_it(pipeline: Pipeline, text: str, outlet: str, town: str) -> None:
    """The outlet is whole, whatever its words, and in the town that heads the line."""
    assert _find_seats(pipeline, text) == [(outlet, town)]


@pytest.mark.parametrize(
    "text",
    [
        "In Tripoli Ali Zeidan in April 2013 took office.",
        "He joined Baghdad Governor Ali Karim in Arabic 101.",
        "Gaza UNDER SIEGE",
        "OSAKA KANSAI DENKI SHIMBUN",
        "Prague Halo Noviny",
    ],
)
def test_no_outlet(pipeline: Pipeline, text: str) -> None:
    """A month is no language, a course no broadcast, and a headline in capitals names no newspaper."""
    assert _find_seats(pipeline, text) == []
