"""In whose office, part or company somebody is, where several names stand near."""

import pytest

from ingest.pipeline import Pipeline
from tests.ingest.short_readings import read_claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The head of the African Union mission, Omar Haddad, warned of war.",
            ("Omar Haddad", "member-of", "African Union"),
        ),
        (
            "The leader of the Hezbollah delegation, Omar Haddad, left Doha.",
            ("Omar Haddad", "member-of", "Hezbollah"),
        ),
        (
            "Chad closed a road, and a spokesman for ECOWAS, the regional bloc, said its envoy Omar Haddad would fly to Niger.",
            ("Omar Haddad", "member-of", "ECOWAS"),
        ),
        (
            "Suriname, whose river France claims, and Trinidad and Tobago, whose prime minister Ana Ruiz spoke, met.",
            ("Ana Ruiz", "commands", "Trinidad and Tobago"),
        ),
        ("France's Emmanuel Macron offered to mediate.", ("Emmanuel Macron", "member-of", "France")),
        (
            "Nepal reopened the road. Kenya, Chad and Ghana had armed the government.",
            ("Ghana", "supports", "Nepal"),
        ),
    ],
)
def test_owner(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Who heads a part of a body belongs to it, and whose an envoy or a premier is, the nearest name tells."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The head of the African Union mission, Omar Haddad, warned of war.",
            ("Omar Haddad", "commands", "African Union"),
        ),
        (
            "Chad closed a road, and a spokesman for ECOWAS, the regional bloc, said its envoy Omar Haddad would fly to Niger.",
            ("Omar Haddad", "member-of", "Chad"),
        ),
        (
            "Suriname, whose river France claims, and Trinidad and Tobago, whose prime minister Ana Ruiz spoke, met.",
            ("Ana Ruiz", "commands", "Suriname"),
        ),
        ("France's William Ruto offered to mediate.", ("William Ruto", "member-of", "France")),
        ("Kenya, Chad and Ghana had armed the government.", ("Kenya", "supports", "Ghana")),
    ],
)
def test_no_owner(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """The head of a mission does not lead those who sent it, and who acts is not who is acted on."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Bolivia is divided. Opponents of President Ana Ruiz accused her labour minister, Jorge Costa, of theft.",
            ("Jorge Costa", "member-of", "Bolivia"),
        ),
        (
            "Prime Minister Omar Haddad of Chad left. Haddad's former interior minister Musa Bello stayed.",
            ("Musa Bello", "member-of", "Chad"),
        ),
        (
            "Ruiz's mines minister Jorge Costa resigned. Bolivia is quiet, President Ana Ruiz said.",
            ("Jorge Costa", "member-of", "Bolivia"),
        ),
    ],
)
def test_a_minister_is_one_of_the_state_whose_office_his_head_holds(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """Whose minister one is tells where, if the text tells what that one is."""
    assert claim in read_claims(pipeline, text)


def test_nobody_is_a_minister_of_whom_the_text_says_no_office(pipeline: Pipeline) -> None:
    """A surname alone has no state."""
    text = "Bolivia is quiet. Ana Ruiz's labour minister Jorge Costa resigned in Peru."
    assert not any(
        source == "Jorge Costa" and kind == "member-of" for source, kind, _ in read_claims(pipeline, text)
    )
