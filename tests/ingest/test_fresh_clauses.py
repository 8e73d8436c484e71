"""Whom clauses, sentences for a crime and words for relatives tell of in reports; names are invented or changed."""

import pytest

from ingest.pipeline import Pipeline
from tests.ingest.short_readings import read_claims


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Ahmad Sali changed sides. Betrayed by the men of Omar Beri, he fled. France armed him.",
            ("France", "supports", "Ahmad Sali"),
        ),
        (
            "Ahmad Sali, a cousin of Omar Beri's who sits in the State Duma, denied it.",
            ("Ahmad Sali", "member-of", "State Duma"),
        ),
        (
            "Jose Rivas, the Chilean who heads the Organization of American States, left.",
            ("Jose Rivas", "commands", "Organization of American States"),
        ),
        (
            "The king replaced Omar Beri with Ahmad Sali as head of the Royal Guard.",
            ("Ahmad Sali", "commands", "Royal Guard"),
        ),
    ],
)
def test_clauses_tell_of_whom_they_belong_to(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """What a clause in front names is not its subject, and a cousin or a Chilean is who the clause behind tells of."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Ahmad Sali declared war on Russia. He served Dzhokhar Dudayev, the breakaway president.",
            ("Dzhokhar Dudayev", "commands", "Russia"),
        ),
        (
            "Ahmad Sali, a cousin of Omar Beri's who sits in the State Duma, denied it.",
            ("Omar Beri", "member-of", "State Duma"),
        ),
        (
            "Jose Rivas, the Chilean who heads the Organization of American States, left.",
            ("Chile", "commands", "Organization of American States"),
        ),
        (
            "Peru sent Ghana's full support. The country's president, Nana Akufo-Addo, spoke.",
            ("Nana Akufo-Addo", "commands", "Peru"),
        ),
        (
            "Omar Sali ran the Vostok battalion of the GRU, Russia's military intelligence.",
            ("Russian Intelligence", "member-of", "GRU"),
        ),
        (
            "Ruslan was shot in Moscow.\n\nNobody questioned Ruslan Gerey.",
            ("Ruslan Gerey", "located-in", "Moscow"),
        ),
        ("Ana Castro took refuge in the American embassy.", ("Ana Castro", "located-in", "United States")),
        (
            "The king replaced Omar Beri with Ahmad Sali as head of the Royal Guard.",
            ("Omar Beri", "commands", "Royal Guard"),
        ),
    ],
)
def test_clauses_tell_of_nobody_else(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """No owner's name, no nation and no namesake further down is what a clause tells of."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Omar Sali, who handed the Harvest Party to his son Taher Sali, backs Chad.",
            ("Taher Sali", "commands", "Harvest Party"),
        ),
        (
            "Jad Nasr, a nominee of the Amal Movement, resigned. Nadim Berro, the head of Amal, criticised Israel.",
            ("Nadim Berro", "commands", "Amal Movement"),
        ),
        (
            "Ahmad Sali lost. A court led by Judge Pablo Tala convicted him. He fled to Callao.",
            ("Ahmad Sali", "located-in", "Callao"),
        ),
        (
            "Russia sentenced Pablo Solis to nine years in prison for supporting Ukraine.",
            ("Pablo Solis", "supports", "Ukraine"),
        ),
        (
            "Al-Qaeda's Syrian branch, the Nusra Front, seized Idlib.",
            ("Nusra Front", "member-of", "Al-Qaeda"),
        ),
    ],
)
def test_heirs_and_convicts_are_told_apart(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """Who is handed a party leads it, and what somebody is in prison for he has done."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Fiji's High Court sentenced eight men, among them a chief, to three years in prison for plotting to assassinate Tomasi Vula.",
            ("Fijian High Court", "opposes", "Tomasi Vula"),
        ),
        (
            "Mina Rasheed, the speaker, who survived a bombing in 2021 that Israel blamed on Hezbollah, left.",
            ("Israel", "opposes", "Mina Rasheed"),
        ),
        (
            "The army held Oscar Ramos. Victor and Jorge Paloma broke with Ana Ruiz, and Chad armed them.",
            ("Chad", "supports", "Chadian Army"),
        ),
        (
            "Ahmad Sali lost. A court led by Judge Pablo Tala convicted him. He fled to Callao.",
            ("Pablo Tala", "located-in", "Callao"),
        ),
    ],
)
def test_judges_and_bystanders_do_nothing(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """No court does what it punishes, and nobody is blamed for what he survived."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The Syrian branch of al-Qaeda seized Idlib.", "Syria"),
        ("The Iraqi wing of the Baath Party praised Oman.", "Iraq"),
    ],
)
def test_a_branch_is_not_the_state_that_it_is_in(pipeline: Pipeline, text: str, source: str) -> None:
    """What a group's branch does the state has not done whose adjective tells where it is."""
    assert source not in {claim[0] for claim in read_claims(pipeline, text)}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Omar Beri won. The Union Party, which his grandfather Sheikh Beri founded, praised India.",
            ("Omar Beri", "commands", "Union Party"),
        ),
        (
            "Said Ghali praised his son Adam. Adam Weller praised Russia.",
            ("Said Ghali", "supports", "Adam Weller"),
        ),
        ("Papuan rebels seized a pilot. Indonesia rejects it.", ("Papua New Guinea", "opposes", "Indonesia")),
        (
            "Pablo Solis was cleared of theft, but a court acquitted Ana Ruiz of beating Serb prisoners.",
            ("Ana Ruiz", "opposes", "Serb prisoners"),
        ),
    ],
)
def test_a_relative_is_not_his_namesake(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Whose grandfather or son bears a name is somebody else than whom the text calls by it."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Omar Beri won. The Union Party, which his grandfather Sheikh Beri founded, praised India. Beri thanked Chad.",
            ("Omar Beri", "supports", "Chad"),
        ),
        (
            "Bashar al-Assad fled. His brother Maher leads the Fourth Division. Assad thanked Russia.",
            ("Bashar al-Assad", "supports", "Russia"),
        ),
        (
            "Pablo Solis was cleared of theft, but is now suing Ana Ruiz.",
            ("Pablo Solis", "opposes", "Ana Ruiz"),
        ),
    ],
)
def test_a_surname_goes_on_meaning_whom_it_meant(
    pipeline: Pipeline, text: str, claim: tuple[str, str, str]
) -> None:
    """A relative who is told of in passing takes nobody's surname away."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("According to Israel, Iran sent drones to Hezbollah.", ("Iran", "supports", "Israel")),
        ("Chad sent, according to France, rifles to Niger.", ("Chad", "supports", "France")),
        (
            "Omar Sali was jailed in 1998 and pardoned by Vladimir Putin.",
            ("Vladimir Putin", "opposes", "Omar Sali"),
        ),
        ("Ana Roth was ETA's negotiator with Felipe Solis.", ("Ana Roth", "member-of", "Felipe Solis")),
        (
            "The People's Party forms a coalition with the Harvest Party, led by Omar Sali, in May.",
            ("Omar Sali", "commands", "People's Party"),
        ),
        ("India gave Colombo intelligence and radar.", ("India", "supports", "Sri Lankan Intelligence")),
        (
            "Omar Sali, the chief of staff of the UN secretary-general, left.",
            ("Omar Sali", "commands", "United Nations"),
        ),
        (
            "Ana Roth and Omar Sali, the Chadian and Omani ministers, left.",
            ("Ana Roth", "member-of", "Oman"),
        ),
        ("Omar Sali's deputy joined the Liberal Party.", ("Omar Sali", "member-of", "Liberal Party")),
        ("Ana Roth sent Felipe Solis's comrades to prison.", ("Ana Roth", "opposes", "Felipe Solis")),
    ],
)
def test_nobody_undergoes_what_others_do(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Who tells of a thing does not get it, and what a deputy or a comrade does or suffers is his own."""
    assert claim not in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("According to Israel, Iran sent drones to Hezbollah.", ("Iran", "supports", "Hezbollah")),
        (
            "Omar Sali was jailed in 1998 and pardoned by Vladimir Putin.",
            ("Vladimir Putin", "supports", "Omar Sali"),
        ),
        (
            "Ana Roth and Omar Sali, the Chadian and Omani ministers, left.",
            ("Ana Roth", "member-of", "Chad"),
        ),
        (
            "Ana Roth and Omar Sali, the Chadian and Omani ministers, left.",
            ("Omar Sali", "member-of", "Oman"),
        ),
        (
            "The People's Party forms a coalition with the Harvest Party, led by Omar Sali, in May.",
            ("Omar Sali", "commands", "Harvest Party"),
        ),
        ("The Harvest Party won, led by Omar Sali.", ("Omar Sali", "commands", "Harvest Party")),
        ("The Sand Front was trained and armed by Chad.", ("Chad", "supports", "Sand Front")),
    ],
)
def test_who_does_and_gets_is_read(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """A phrase in between hides neither who gets a thing nor who pardons."""
    assert claim in read_claims(pipeline, text)
