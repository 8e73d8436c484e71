"""Bodies by the form of their names: what they are for, behind an article, of those elected for them, of anywhere."""

import pytest

from ingest.common_names import is_common_name
from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def find_types(pipeline: Pipeline, text: str) -> dict[str, str]:
    """Return the types of the names that a text is read to hold."""
    return {mention.text: mention.type for mention in pipeline.extract(RawDocument(text)).mentions}


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Gunmen of the Front for Dignity and Return shelled the road.", "Front for Dignity and Return", "armed-group"),
        ("The Joint Freedom Movement for South Ossa, led by Ana Ruiz, met.", "Joint Freedom Movement for South Ossa", "organization"),
        ("The Civic Bloc for the Rescue of the Republic (CBR) met.", "Civic Bloc for the Rescue of the Republic", "party"),
        ("Their Front for Gabon's Moral Rebirth has no seat.", "Front for Gabon's Moral Rebirth", "armed-group"),
    ],
)  # fmt: skip
def test_purpose_is_part_of_a_name(pipeline: Pipeline, text: str, name: str, entity_type: str) -> None:
    """A body's name goes on to the last word of what it is for."""
    assert find_types(pipeline, text).get(name) == entity_type


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Movement for Renewal and Venezuela signed the pact.", "Movement for Renewal and Venezuela"),
        ("They thanked the Liberal Party for Kvarn's release.", "Liberal Party for Kvarn"),
        ("The Centre for Peace and The Forum for Trade met.", "Centre for Peace and The Forum"),
        ("They joined the Popular Front for Monday.", "Popular Front for Monday"),
    ],
)
def test_reason_is_no_part_of_a_name(pipeline: Pipeline, text: str, words: str) -> None:
    """Countries listed with a body, days, and what somebody is blamed for are no part of its name."""
    assert words not in find_types(pipeline, text)


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Ravindra Perera of the Vimukti Jana Balakaya spoke.", "Vimukti Jana Balakaya", "organization"),
        ("Paul Orsini, of the separatist Terra Libera, called it a trap.", "Terra Libera", "party"),
        ("The QLPC of Martin Dupont boycotted the vote.", "QLPC", "party"),
        ("The BKD founded by Martin Dupont has no seat.", "BKD", "party"),
        ("Ana Ruiz, who heads the PAVGK and lost the election, said so.", "PAVGK", "organization"),
        ("Deputies of Aurora Nueva and Adelante Todos voted in Peru.", "Aurora Nueva", "party"),
        ("Deputies of Aurora Nueva and Adelante Todos voted in Peru.", "Adelante Todos", "party"),
        ("A deal with Bogumil Zielak's Sovereign Poland failed.", "Sovereign Poland", "party"),
        ("A deal with Bogumil Zielak's Sovereign Poland failed.", "Bogumil Zielak", "person"),
        ("Isko Duran, whose Lakas Demokratiko had lost, left.", "Lakas Demokratiko", "party"),
        ("Ana Ruiz of the Togo Congress Party spoke in Lome.", "Togo Congress Party", "party"),
    ],
)
def test_body_behind_an_article(pipeline: Pipeline, text: str, name: str, entity_type: str) -> None:
    """Who has an article, a leader or deputies is a body and no person."""
    assert find_types(pipeline, text).get(name) == entity_type


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The GDP of Peru fell.", "GDP"),
        ("They said the IED wounded Ana Ruiz.", "IED"),
        ("The deputies of Ana Ruiz spoke.", "deputies"),
    ],
)
def test_things_are_no_bodies(pipeline: Pipeline, text: str, words: str) -> None:
    """Capitals that stand for a thing name nobody."""
    assert words not in find_types(pipeline, text)


@pytest.mark.parametrize(
    ("text", "words", "known_id"),
    [
        ("Malawi voted. The Democratic Progressive Party won in Malawi.", "Democratic Progressive Party", None),
        ("Taiwan voted. The Democratic Progressive Party won in Taiwan.", "Democratic Progressive Party", "democratic-progressive-party"),
        ("Nigeria was split. Its Eastern Region left Nigeria.", "Eastern Region", None),
        ("Saudi Arabia sent troops to its Eastern Region.", "Eastern Region", "eastern-province-saudi-arabia"),
    ],
)  # fmt: skip
def test_common_names_are_of_the_texts_country(
    pipeline: Pipeline, text: str, words: str, known_id: str | None
) -> None:
    """A name that any country may use is the one we know only where the text speaks of that one's country."""
    extraction = pipeline.extract(RawDocument(text))
    found = [extraction.actors[m.actor].known_id for m in extraction.mentions if m.text == words]
    assert found == [known_id]


@pytest.mark.parametrize(
    ("name", "common"),
    [
        ("People's United Party", True),
        ("Western Region", True),
        ("Labour", False),
        ("Sinn Fein Party", False),
    ],
)
def test_common_words(name: str, common: bool) -> None:
    """Two words at least make a common name, and none of them is of one country."""
    assert is_common_name(name) is common
