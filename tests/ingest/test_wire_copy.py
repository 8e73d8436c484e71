"""The usual turns of wire copy, read as a desk would read them; names and places are invented or changed."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument
from tests.ingest.short_readings import read_claims


def _read_actors(pipeline: Pipeline, text: str) -> set[tuple[str, str]]:
    return {(actor.name, actor.type) for actor in pipeline.extract(RawDocument(text)).actors}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "A spokesman for Senegal's foreign ministry, Papa Ndiaye, rejected the charge.",
            ("Papa Ndiaye", "member-of", "Senegalese Foreign Ministry"),
        ),
        (
            "A spokeswoman for the Kivu Relief Union, Aline Bahati, left.",
            ("Aline Bahati", "member-of", "Kivu Relief Union"),
        ),
        (
            "Vieira's own party, the PRDS, split last year.",
            ("Vieira", "member-of", "PRDS"),
        ),
        (
            "Azawad Front men left. Algeria cut supplies to areas held by the Sahel Front and held the group's leader, Omar Diallo.",
            ("Omar Diallo", "commands", "Sahel Front"),
        ),
        (
            "Lima last month froze 30 million dollars in aid to Honduras.",
            ("Peru", "opposes", "Honduras"),
        ),
        (
            "Hamas counts on Iran for weapons.",
            ("Iran", "supports", "Hamas"),
        ),
        (
            "Eleven Malian soldiers died at the hands of Boko Haram.",
            ("Boko Haram", "opposes", "Malian Armed Forces"),
        ),
        (
            "Taliban fighters with the backing of Pakistan took the town.",
            ("Pakistan", "supports", "Taliban"),
        ),
        (
            "Police in the Chiapas town of Frontera Comalapa said so.",
            ("Frontera Comalapa", "located-in", "Chiapas"),
        ),
        (
            "Chad is at war. The authorities said that Prime Minister Allamaye Halina was well.",
            ("Allamaye Halina", "commands", "Chad"),
        ),
        (
            "Turkish jets struck Jaish al-Adl hideouts in Harbuk.",
            ("Jaish ul-Adl", "located-in", "Harbuk"),
        ),
        (
            "The march of the Sindh Front was stopped by the Frontier Corps at Gadani.",
            ("Frontier Corps", "located-in", "Gadani"),
        ),
        (
            "Riga was quick to line up behind Chisinau.",
            ("Latvia", "supports", "Moldova"),
        ),
    ],
)
def test_turns_are_read(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """Who speaks for a body, whose party it is, whose leader, who withholds what."""
    assert claim in read_claims(pipeline, text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "The European Union has paid the Rwandan contingent. Its commander, Emmy Gasana, answers to Kigali.",
            ("Emmy Gasana", "commands", "European Union"),
        ),
        (
            "Lima last month froze 30 million dollars in aid to Honduras.",
            ("Peru", "supports", "Honduras"),
        ),
        (
            "Hamas put the decision in the hands of Egypt.",
            ("Egypt", "opposes", "Hamas"),
        ),
    ],
)
def test_bystanders_are_left_alone(pipeline: Pipeline, text: str, claim: tuple[str, str, str]) -> None:
    """A union has no commanders, frozen aid is no aid, and a decision is no victim."""
    assert claim not in read_claims(pipeline, text)


def test_a_surname_is_that_of_whom_the_text_introduced(pipeline: Pipeline) -> None:
    """Somebody known with the same surname is not meant, unless the text has spoken of him before."""
    text = "Honduran President Xiomara Zelaya resigned. The Reform Party had accused Zelaya of fraud."
    assert ("Reform Party", "opposes", "Xiomara Zelaya") in read_claims(pipeline, text)
    text = "President Assad sacked his brother, Maher al-Assad. Turkey accused Assad of fraud."
    assert ("Turkey", "opposes", "Bashar al-Assad") in read_claims(pipeline, text)


def test_a_village_is_not_the_namesake_abroad(pipeline: Pipeline) -> None:
    """Where a text speaks of one country, a small town of another is not meant, nor its police."""
    text = "Guinea-Bissau closed the border. Gunmen attacked a police post at Sao Domingos in Guinea-Bissau."
    extraction = pipeline.extract(RawDocument(text))
    assert "BR" not in {actor.country_code for actor in extraction.actors}


def test_a_title_behind_a_quote_is_no_name(pipeline: Pipeline) -> None:
    """Behind "said" a title stays a title."""
    assert ("Enrique Reina", "person") in _read_actors(
        pipeline, '"It is over," said Defence Minister Enrique Reina.'
    )


def test_a_committee_of_citizens_is_no_body_of_a_state(pipeline: Pipeline) -> None:
    """What a name is called behind a comma tells more than its last word."""
    text = "The Committee of Relatives, a rights group based in the capital, went home."
    assert ("Committee of Relatives", "organization") in _read_actors(pipeline, text)


def test_what_holds_is_not_ended_with_what_was_stopped(pipeline: Pipeline) -> None:
    """Whoever stops a march somewhere is there; that the march is over denies nothing of it."""
    extraction = pipeline.extract(RawDocument("The march was stopped by the Frontier Corps at Gadani."))
    assert {(claim.kind, claim.polarity, claim.modality) for claim in extraction.claims} == {
        ("located-in", "affirmed", "asserted")
    }


def test_a_month_is_no_town(pipeline: Pipeline) -> None:
    """Behind "in" too a month is a month."""
    actors = _read_actors(pipeline, "The Mukti Brigade attacked the Padma Express in March.")
    assert "March" not in {name for name, _ in actors}


def test_a_peoples_name_may_be_a_surname(pipeline: Pipeline) -> None:
    """Behind a given name the name of a people is a person's."""
    actors = _read_actors(pipeline, "Sammi Baloch, a lawyer, was arrested in Quetta on 22 March.")
    assert ("Sammi Baloch", "person") in actors


def test_a_rebel_administration_is_no_states(pipeline: Pipeline) -> None:
    """What is called a rebel government is not the one of the state that the text is about."""
    claims = read_claims(pipeline, "Yemen is at war. Riyadh accused Tehran of arming the rebel government.")
    assert claims == {("Saudi Arabia", "opposes", "Iran")}


def test_a_town_called_by_its_province_does_not_hold_it(pipeline: Pipeline) -> None:
    """In "the Chiapas town of Frontera Comalapa" only the town is in the other."""
    claims = read_claims(pipeline, "Police in the Chiapas town of Frontera Comalapa said so.")
    assert ("Chiapas", "located-in", "Frontera Comalapa") not in claims


def test_nobody_is_whom_he_helps_with_others(pipeline: Pipeline) -> None:
    """A pronoun for whom something is done is none of those who do it together."""
    text = "Sammi Khan was arrested. Amnesty International and the UN special rapporteur Lena Roth called for her release."
    assert ("Amnesty International", "supports", "Lena Roth") not in read_claims(pipeline, text)


def test_a_paper_is_told_from_the_nation_it_is_called_after(pipeline: Pipeline) -> None:
    """Before a noun "the Australian" is an adjective, alone it is the paper."""
    assert ("Australian Army", "security-force") in _read_actors(pipeline, "The Australian army fled.")
    assert ("The Australian", "media") in _read_actors(
        pipeline, "The Australian said on Monday that rain fell."
    )


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Israel votes today. Labor candidate Dan Levi won.", "Israeli Labor Party"),
        ("Labor candidate Tom Hurley won the seat after a recount.", "Labor Party"),
    ],
)
def test_a_partys_common_name_is_of_the_country_spoken_of(pipeline: Pipeline, text: str, party: str) -> None:
    """What parties of several countries are called for short is none of theirs where no country is spoken of."""
    assert (party, "party") in _read_actors(pipeline, text)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        (
            "Members of the Zimbwe, the youth wing of the ruling UNR-PT, burnt a market.",
            ("Zimbwe", "organization"),
        ),
        ("The Kamwina, a militia led by Jean Nsapu, took the bridge.", ("Kamwina", "armed-group")),
        ("Joao Ferreira walked out of Cap Rouge prison.", ("Cap Rouge", "place")),
        ("The M23 captured forty of them near Ngungu in January.", ("Ngungu", "place")),
    ],
)
def test_unknown_names_are_what_stands_beside_them(
    pipeline: Pipeline, text: str, actor: tuple[str, str]
) -> None:
    """A noun behind a comma, a prison or "near" tells what nobody has heard of."""
    assert actor in _read_actors(pipeline, text)


def test_a_reign_commands_nobody_by_itself(pipeline: Pipeline) -> None:
    """Who was something under somebody did not serve him."""
    claims = read_claims(pipeline, "Under Joseph Kabila, Moise Katumbi was a governor.")
    assert ("Joseph Kabila", "commands", "Moise Katumbi") not in claims


def test_the_dateline_tells_whose_police_it_is(pipeline: Pipeline) -> None:
    """Of two countries named alike the one a report is filed from is the one it is on."""
    text = "SEOUL, Dec. 14 (Hanbit) - Crowds waved American flags.\n\nSouth Korea is tense. Police have detained Kim Yong-hyun."
    assert ("South Korean Police", "opposes", "Kim Yong-hyun") in read_claims(pipeline, text)
