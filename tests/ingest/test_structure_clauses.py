"""Structure that clauses, asides and company tell: who leads, belongs and is where by what stands around a name."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _read(pipeline: Pipeline, text: str) -> list[str]:
    extraction = pipeline.extract(RawDocument(text))
    names = [
        extraction.actors[mention.actor].name if mention.resolution == "pronoun" else mention.text
        for mention in extraction.mentions
    ]
    return [f"{names[c.source]} {c.kind} {names[c.target]}" for c in extraction.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Orchard Party, whose chairman, Peter Mwangi, was away, agreed.", "Peter Mwangi commands Orchard Party"),
        ("Omar Haddad, whose Blue Ridge Voice (BRV) won a seat, spoke.", "Omar Haddad commands Blue Ridge Voice"),
        ("Omar Haddad, the leader of the Gamblers, was away.", "Omar Haddad commands Gamblers"),
        ("Remnants of Hezbollah in the hills, led by Omar Haddad, shot back.", "Omar Haddad commands Hezbollah"),
        ("Denmark holds the presidency of the European Council.", "Denmark commands European Council"),
        ("The Orchard Party governs the province of Nakuru.", "Orchard Party commands Nakuru"),
        ("Tadeusz Wolinski's Peru Libre lost its seats.", "Tadeusz Wolinski commands Peru Libre"),
        ("Tadeusz Wolinski's Prosperous Chile lost its seats.", "Tadeusz Wolinski commands Prosperous Chile"),
        ("Senate Majority Leader Omar Haddad opposed it.", "Omar Haddad member-of Senate"),
        ("The Delta Sons broke away from the Amber Front in 2020.", "Delta Sons member-of Amber Front"),
        ("The Audit Chamber, an advisory body of the Lake League, met.", "Audit Chamber member-of Lake League"),
        ("Peter Mwangi, a former Hezbollah insider, spoke.", "Peter Mwangi member-of Hezbollah"),
        ("Omar Haddad met Joseph Banda and Peter Mwangi, Liberals both.", "Joseph Banda member-of Liberals"),
        ("The Lake League, to which Kenya belongs together with Uganda and Chad, met.", "Chad member-of Lake League"),
        ("The Lake League, to which the Orchard Party, the Amber Front and the Delta Party belong, met.", "Delta Party member-of Lake League"),
        ("The 12th Division of the Kenyan Army left its bases.", "12th Division member-of Kenyan Army"),
        ("The prosecutor, Omar Haddad, said in Nakuru that it was over.", "Omar Haddad located-in Nakuru"),
        ("Gunmen shelled Bregovo, a village in Kenya.", "Bregovo located-in Kenya"),
        ("The Amber Front has its headquarters in Kisumu and posts in Nakuru.", "Amber Front located-in Nakuru"),
        ("Hezbollah, with its rear base at Baalbek, was quiet.", "Hezbollah located-in Baalbek"),
        ("The Orchard Party is a small party in Uganda.", "Orchard Party located-in Uganda"),
        ("Peter Mwangi told a rally in Nakuru that he would win.", "Peter Mwangi located-in Nakuru"),
        ("Peter Mwangi warned at a press conference in Nakuru of floods.", "Peter Mwangi located-in Nakuru"),
        ("Peter Mwangi has been to Nairobi three times.", "Peter Mwangi located-in Nairobi"),
        ("The Kenyan Army stayed in Nakuru and Eldoret.", "Kenyan Army located-in Eldoret"),
    ],
)  # fmt: skip
def test_told_around_a_name(pipeline: Pipeline, text: str, expected: str) -> None:
    """Asides, second places of a list, company and hearers tell as much as a plain clause."""
    assert expected in _read(pipeline, text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The Orchard Party, whose rivals, Peter Mwangi said, were weak, won.", "Peter Mwangi commands"),
        ("The Supreme Court refused its governor, Peter Mwangi, a hearing.", "Peter Mwangi commands"),
        ("Senate Majority Leader Omar Haddad opposed it.", "Omar Haddad commands"),
        ("The Lake League, to which Kenya belongs, met together with Uganda.", "Uganda member-of"),
        ("Peter Mwangi told a story about a rally in Nakuru.", "Peter Mwangi located-in"),
        ("In Nakuru, said Peter Mwangi, a mill burned down.", "Peter Mwangi located-in"),
        ("The Orchard Party is a party with friends in Uganda.", "Orchard Party located-in"),
        ("Omar Haddad met Joseph Banda and Peter Mwangi, Liberals.", "Omar Haddad member-of"),
        ("Omar Haddad, the leader of the Opposition, was away.", "Omar Haddad commands"),
        ("A spokesman for Omar Haddad said in Nakuru that it was over.", "Omar Haddad located-in"),
    ],
)
def test_not_told_around_a_name(pipeline: Pipeline, text: str, wrong: str) -> None:
    """Rivals, places of a deed that somebody reports, and others who merely meet are in no such relation."""
    assert not [claim for claim in _read(pipeline, text) if claim.startswith(wrong)]


def test_authorities_are_those_of_their_town(pipeline: Pipeline) -> None:
    """Authorities in a town act for its state, whatever other state the text names."""
    extraction = pipeline.extract(RawDocument("Authorities in Nairobi arrested three men, Uganda said."))
    assert {extraction.actors[m.actor].name for m in extraction.mentions if m.text == "Authorities"} == {
        "Kenya"
    }
