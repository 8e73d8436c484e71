"""What reports from elsewhere say and do not say: ranks behind offices, friends and foes, who shelters whom."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument
from tests.ingest.short_readings import read_actors, read_claims


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
    assert read_actors(pipeline, text).get(name) == entity_type


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
    assert "Unionists" not in read_actors(pipeline, text)


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
    assert claim not in read_claims(pipeline, text)


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
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Kenya sent the Kenya Defence Forces to join the African Union force.",
            ("Kenya", "member-of", "African Union"),
        ),
        ("Iran sent Hezbollah fighters to Homs.", ("Iran", "supports", "Hezbollah")),
        ("Togo sent the Togo Defence Force to Aneho.", ("Togo", "supports", "Togo Defence Force")),
        ("Eritrea sent soldiers to join the Fano militia.", ("Eritrea", "member-of", "Fano")),
        ("The Togo People's Congress rejected the plan.", ("US Congress", "opposes", "Togo")),
    ],
)
def test_who_is_sent_is_neither_gift_nor_member(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """Fighters who are sent are nobody's gift to themselves, and their sender joins nobody."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Iran sent Hezbollah missiles.", ("Iran", "supports", "Hezbollah")),
        ("France sent Ukraine instructors.", ("France", "supports", "Ukraine")),
        ("Iran sent Hezbollah fighters to Homs.", ("Iran", "commands", "Hezbollah")),
        ("Musa Lado left the army to join the Fano militia.", ("Musa Lado", "member-of", "Fano")),
    ],
)
def test_what_is_sent_is_given(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Whoever is sent arms or experts is helped, and who goes to join a group is in it."""
    assert claim in read_claims(pipeline, text)


def test_the_end_of_a_longer_name_is_no_other_body(pipeline: Pipeline) -> None:
    """The congress of some people is not that of the United States."""
    assert "Togo People's Congress" in read_actors(pipeline, "The Togo People's Congress rejected it.")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Ana Ruiz beat Pablo Solis in the second round.", None),
        ("Ana Ruiz defeated Pablo Solis.", None),
        ("Guatemalan police beat Pablo Solis in his cell.", "attacks"),
        ("The Houthis defeated the Yemeni army at Amran.", "attacks"),
    ],
)
def test_who_wins_an_election_attacks_nobody(pipeline: Pipeline, text: str, how: str | None) -> None:
    """A politician is beaten at the polls by another, with fists by the police."""
    stances = [claim for claim in pipeline.extract(RawDocument(text)).claims if claim.kind == "opposes"]
    assert [claim.how for claim in stances] == [how]


def test_who_fights_for_the_state_is_no_rebel(pipeline: Pipeline) -> None:
    """The rebels are not those who are told to fight for the government."""
    text = (
        "The Liberation Front seized Bozoum. The Tiger Forces, a pro-government militia, fled. "
        "Chad sheltered the rebels."
    )
    claims = read_claims(pipeline, text)
    assert ("Chad", "supports", "Liberation Front") in claims
    assert ("Chad", "supports", "Tiger Forces") not in claims


def test_it_is_not_who_armed_the_one_that_acts(pipeline: Pipeline) -> None:
    """Whose arms a militia bears is told in passing, and whom it attacks is somebody else."""
    text = "The Liberation Front won. The Tiger Forces, a militia armed by Chad, fought against it."
    assert ("Tiger Forces", "opposes", "Chad") not in read_claims(pipeline, text)
