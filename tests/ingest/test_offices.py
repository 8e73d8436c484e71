"""Offices of the state that a text is about, named without it: who holds them, and where nobody can tell."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import Extraction, RawDocument


def _list_held(extraction: Extraction) -> set[tuple[str, str, str]]:
    """The claims of offices whose state only the rest of the text tells."""
    actors, mentions = extraction.actors, extraction.mentions
    return {
        (actors[mentions[claim.source].actor].name, claim.kind, actors[mentions[claim.target].actor].name)
        for claim in extraction.claims
        if claim.rule == "title:state"
    }


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (
            "Kenya closed the border on Monday. Interior Minister Omar Haddad said the camps would be emptied.",
            ("Omar Haddad", "member-of", "Kenya"),
        ),
        (
            "Chilean Finance Minister Ana Ruiz resigned on Monday. Interior Minister Pablo Soto takes her seat.",
            ("Pablo Soto", "member-of", "Chile"),
        ),
        (
            "Nepal went to the polls. Ram Thapa, the interior minister, said the vote was calm.",
            ("Ram Thapa", "member-of", "Nepal"),
        ),
        (
            "The Ghanaian army took the bridge. The defence minister, Yaw Boadu, praised the soldiers.",
            ("Yaw Boadu", "member-of", "Ghana"),
        ),
        (
            "Bolivia's government declared an emergency. Fisheries Minister Luis Choque said ports would stay shut.",
            ("Luis Choque", "member-of", "Bolivia"),
        ),
        (
            "Zambia expelled two diplomats. Acting president Grace Mwale signed the order.",
            ("Grace Mwale", "commands", "Zambia"),
        ),
        (
            "Peru's Congress voted to impeach President Alba Quispe on Friday.",
            ("Alba Quispe", "commands", "Peru"),
        ),
        (
            "Malawi mourned on Tuesday. Police spokesman James Phiri said three men were held.",
            ("James Phiri", "member-of", "Malawian Police"),
        ),
        (
            "Slovakia's cabinet fell on Monday. Government spokesman Jan Novak said an election would be held.",
            ("Jan Novak", "member-of", "Slovakia"),
        ),
        (
            "NAIROBI, May 3 (Lake Wire) - Kenya shut the Busia crossing to Uganda. Army chief Jonas Wekesa agreed.",
            ("Jonas Wekesa", "commands", "Kenya Defence Forces"),
        ),
    ],
)
def test_office_of_the_state_spoken_of(pipeline: Pipeline, text: str, held: tuple[str, str, str]) -> None:
    """An office named without a state is held in the one state that the text speaks of."""
    assert held in _list_held(pipeline.extract(RawDocument(text)))


def test_words_of_the_office_stand_for_the_state(pipeline: Pipeline) -> None:
    """The claim shows that the words of the office were taken for the state, and that a former holder's is past."""
    text = "Zambia expelled two diplomats. Former defence minister Paul Zulu called it a mistake."
    extraction = pipeline.extract(RawDocument(text))
    claim = next(claim for claim in extraction.claims if claim.rule == "title:state")
    target = extraction.mentions[claim.target]
    assert (target.text, target.resolution, claim.modality) == ("defence minister", "description", "past")


@pytest.mark.parametrize(
    "text",
    [
        "Prime Minister Omar Haddad said the talks had failed.",
        "Kenya and Uganda signed a pact on Monday. Foreign Minister Omar Haddad praised it.",
        "Kenya received Foreign Minister Omar Haddad on Monday.",
        "Kenyan President William Ruto met Prime Minister Omar Haddad in Nairobi.",
        "Kenya accused President Omar Haddad of arming rebels.",
        "Kenya's foreign ministry said Defence Minister Omar Haddad had lied about the raid.",
        "The summit opened in Nairobi on Monday. President Omar Haddad told delegates that Kenya was a friend.",
        "Kenya's army crossed the border. Somalia protested. Defence Minister Omar Haddad called it an invasion.",
        "Kenyan Foreign Minister Ana Ruiz flew to Kampala. Foreign Minister Omar Haddad thanked her.",
        "In Kampala, Interior Minister Omar Haddad said Kenya would pay.",
        "Kenya praised Tanzania. Rwanda's president spoke. Prime Minister Omar Haddad did not.",
        "Foreign Minister Omar Haddad and his Kenyan counterpart Ana Ruiz signed the deal.",
        "Kenya's and Ethiopia's armies clashed near Moyale. Army chief Omar Haddad said ten had died.",
        "GENEVA, May 3 (Lake Wire) - Kenya and Somalia resumed talks. President Omar Haddad was absent.",
        "Iraq reopened the road. The Kurdistan Region cheered. Prime Minister Nechirvan Barzani did not.",
        "Kenya opened a port. Trade Minister Omar Haddad praised it. Haddad, who is visiting Mombasa, will stay.",
        "Kenya held firm. Foreign Minister Omar Haddad agreed. Foreign Minister Ana Ruiz did not.",
        "Kenya and Somalia fell out. Foreign Minister Omar Haddad accused Kenyan soldiers of firing first.",
        "Kenya wrote to Washington. President Emmanuel Macron did not answer Kenya.",
        "NAIROBI, May 3 (Lake Wire) - Kenya shut Kenya's port. France wept. President Macron of France raged. Ana Ruiz, the foreign minister, left.",
        "Kenya joined the union. European Commission President Ana Ruiz hailed it. President Ruiz thanked Kenya.",
    ],
)
def test_office_that_may_be_of_another_state(pipeline: Pipeline, text: str) -> None:
    """Nobody's office is told where two states act or meet, or the state speaks of its holder as of a stranger."""
    assert not _list_held(pipeline.extract(RawDocument(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Kenya's opposition set up a rival government. Defence Minister Omar Haddad swore to fight on.",
        "Kenya's breakaway region of Jubba voted. President Omar Haddad won.",
        "Kenya blocked the sale. Company president Omar Haddad said the bank would sue.",
        "Kenya blocked the sale. President Omar Haddad of the Coast Bank said he would sue.",
        "Kenya voted. Shadow defence minister Omar Haddad called the count a fraud.",
        "Kenya voted. Coast governor Omar Haddad and provincial minister Ana Ruiz stayed home.",
        "Kenya voted. Omar Haddad, a former coup leader, stayed home.",
        "Kenya voted. Rebel leader Omar Haddad and party president Ana Ruiz did not.",
    ],
)
def test_office_of_no_state(pipeline: Pipeline, text: str) -> None:
    """Companies, parties, provinces and rival governments have presidents and ministers of their own."""
    assert not _list_held(pipeline.extract(RawDocument(text)))


def test_known_person_serves_no_other_state(pipeline: Pipeline) -> None:
    """A bare ministry is not taken for that of the state in view where its spokeswoman is known to be another's."""
    text = (
        "Kyrgyzstan held a vote. The Kyrgyz army watched. Foreign Ministry spokeswoman Maria Zakharova spoke."
    )
    extraction = pipeline.extract(RawDocument(text))
    sources = {extraction.actors[extraction.mentions[claim.source].actor].name for claim in extraction.claims}
    assert "Maria Zakharova" not in sources


def test_dominicans_are_of_the_larger_republic(pipeline: Pipeline) -> None:
    """The adjective that two states share means the one the press means by it."""
    extraction = pipeline.extract(
        RawDocument("Dominican President Omar Haddad closed the border with Haiti.")
    )
    assert "Dominican Republic" in {actor.name for actor in extraction.actors}
