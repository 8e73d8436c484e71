"""What reports from elsewhere say and do not say: ranks behind offices, friends and foes, who shelters whom."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _read_claims(pipeline: Pipeline, text: str) -> set[tuple[str, str, str]]:
    extraction = pipeline.extract(RawDocument(text))
    actors, mentions = extraction.actors, extraction.mentions
    return {
        (actors[mentions[claim.source].actor].name, claim.kind, actors[mentions[claim.target].actor].name)
        for claim in extraction.claims
    }


def _read_actors(pipeline: Pipeline, text: str) -> dict[str, str]:
    return {actor.name: actor.type for actor in pipeline.extract(RawDocument(text)).actors}


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("Army chief General Okot Lamony flew to Gulu.", "Okot Lamony", "person"),
        ("Navy commander Rear Admiral Sunil Weera flew to Galle.", "Sunil Weera", "person"),
        ("Interior Minister Lieutenant General Thura Aye flew to Pathein.", "Thura Aye", "person"),
        ("Prime Minister Sir Taufa Vainga flew to Suva.", "Taufa Vainga", "person"),
        ("Former Prime Minister John Major flew to Oslo.", "John Major", "person"),
        ("Suaram, a group founded by two lawyers, criticised the raid.", "Suaram", "organization"),
        ("Perludem, a watchdog led by Titi Ayu, criticised the vote.", "Perludem", "organization"),
        ("Vandana, a dancer from Pune, criticised the vote.", "Vandana", "person"),
        (
            "Belfast was calm. The unionists of Northern Ireland rejected the protocol.",
            "Unionists",
            "community",
        ),
    ],
)
def test_a_name_is_without_rank_and_of_its_kind(
    pipeline: Pipeline, text: str, name: str, entity_type: str
) -> None:
    """A rank behind an office is no name, and a group or watchdog by apposition is nobody."""
    assert _read_actors(pipeline, text).get(name) == entity_type


@pytest.mark.parametrize(
    "text",
    [
        "Guatemalan police arrested trade unionists in Escuintla.",
        "Trade unionists in the United Kingdom rejected the budget.",
        "The unionists of Santiago rejected the pension law of Chile.",
    ],
)
def test_workers_in_unions_are_not_those_for_the_union(pipeline: Pipeline, text: str) -> None:
    """Unionists of a trade are not those of Ulster, nor is anybody where no text is about it."""
    assert "Unionists" not in _read_actors(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Israel bombed the Iranian proxy Hezbollah.", ("Hezbollah", "located-in", "Iran")),
        (
            "The Turkish rival Komala Party denied it.",
            ("Komala Party", "located-in", "Turkey"),
        ),
        (
            "The front, known by its Portuguese initials FRELIMO, denied it.",
            ("FRELIMO", "located-in", "Portugal"),
        ),
        (
            "Guatemala, where he was sheltered by Pedro Solis, never sent him home.",
            ("Pedro Solis", "located-in", "Guatemala"),
        ),
    ],
)
def test_nobody_is_at_home_with_friend_or_foe(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """Whose proxy or rival a body is, and in what language it has a name, says nothing of where it sits."""
    assert claim not in _read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Israel bombed the Lebanese group Hezbollah.", ("Hezbollah", "located-in", "Lebanon")),
        (
            "The Turkish opposition Good Party denied it.",
            ("Iyi Party", "located-in", "Turkey"),
        ),
    ],
)
def test_an_adjective_tells_where_a_body_sits(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """A state's adjective before a plain word for a body tells where it is at home."""
    assert claim in _read_claims(pipeline, text)
