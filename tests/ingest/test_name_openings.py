"""People and armed groups whose names tell by their first word what they are, as the pipeline types them."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument

PEOPLE = [
    "Mamadou Keita",
    "Sipho Dlamini",
    "Chinedu Okafor",
    "Hailu Gebremariam",
    "Jean-Baptiste Mukendi",
    "Nasser al-Yafei",
    "Dilshod Yusupov",
    "Milorad Vukic",
    "Ollanta Condori",
    "Joao Batista Lima",
    "Marie-Claire Toussaint",
    "Wang Xiaoming",
    "Budi Santoso",
    "Tevita Fonua",
    "Ramon dela Cruz",
    "Bilal Mengal",
]
THINGS = [
    ("The Nelson Mandela Bridge was closed.", "Nelson Mandela Bridge", "place"),
    ("Rockets hit Camp Ashraf on Monday.", "Camp Ashraf", "place"),
    ("The Fatima Zahra Mosque was burned down.", "Fatima Zahra Mosque", "place"),
    ("The Mary Robinson Foundation criticised the decree.", "Mary Robinson Foundation", "organization"),
    ("The Boris Nemtsov Forum criticised the decree.", "Boris Nemtsov Forum", "organization"),
    ("The Omar al-Mukhtar Brigade entered the town.", "Omar al-Mukhtar Brigade", "armed-group"),
    ("The Jaish al-Nahr left the town.", "Jaish al-Nahr", "armed-group"),
]
SENTENCES = [
    "{} said on Monday that the talks had failed.",
    "The talks were opened by {}, who left soon after.",
    "For years nobody had heard of {}.",
]


def _read_types(pipeline: Pipeline, text: str, name: str) -> list[tuple[str, str]]:
    """Return the text and type of every mention that touches a name."""
    extraction = pipeline.extract(RawDocument(text))
    start = text.index(name)
    return [
        (mention.text, mention.type)
        for mention in extraction.mentions
        if mention.start_char < start + len(name)
        and mention.end_char > start
        and mention.resolution == "name"
    ]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("name", PEOPLE)
def test_people_of_all_parts_of_the_world_are_whole(pipeline: Pipeline, name: str, sentence: str) -> None:
    """A given name makes a person of all that belongs to the name, whatever the recogniser makes of it."""
    assert _read_types(pipeline, sentence.format(name), name) == [(name, "person")]


@pytest.mark.parametrize(("text", "name", "entity_type"), THINGS)
def test_what_is_called_after_somebody_is_nobody(
    pipeline: Pipeline, text: str, name: str, entity_type: str
) -> None:
    """A bridge, a foundation or a brigade with a person's name is no person."""
    assert _read_types(pipeline, text, name) == [(name, entity_type)]


def test_a_headline_tells_nothing_by_its_capitals(pipeline: Pipeline) -> None:
    """Where every word has a capital, a name does not run on into what is done."""
    types = _read_types(pipeline, "Adama Says Talks With Rebels Have Failed Again", "Adama")
    assert ("Adama Says Talks", "person") not in types
