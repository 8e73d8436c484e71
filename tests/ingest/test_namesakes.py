"""Words that name more than one thing: towns that are people or states, acronyms, family names, joined names."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import Extraction, RawDocument


def read(pipeline: Pipeline, text: str) -> Extraction:
    """Return what the pipeline makes of a text."""
    return pipeline.extract(RawDocument(text))


def find_names(pipeline: Pipeline, text: str) -> dict[str, str]:
    """Return the actor's name by the words that name it, the last place counting."""
    extraction = read(pipeline, text)
    return {mention.text: extraction.actors[mention.actor].name for mention in extraction.mentions}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Moon Jae-in spoke. Tokyo was criticised by Moon.", "Moon", "Moon Jae-in"),
        ("Yoon Suk Yeol was jailed. Members of Yoon's party wept.", "Yoon", "Yoon Suk Yeol"),
        ("Han Dong-hoon resigned. Han backed the vote.", "Han", "Han Dong-hoon"),
        ("Arthit Wongsakul was charged. Arthit denied it.", "Arthit", "Arthit Wongsakul"),
        ("Minni Minawi arrived. Troops loyal to Minawi held Darfur.", "Minawi", "Minni Minnawi"),
        ("John Major spoke. London said Mr Major would resign.", "Major", "John Major"),
        ("Prime Minister Han Duck-soo resigned.", "Han Duck-soo", "Han Duck-soo"),
        ("General Waker-uz-Zaman announced it.", "Waker-uz-Zaman", "Waker-uz-Zaman"),
        ("Milan Radoicic resigned on Friday.", "Milan Radoicic", "Milan Radoicic"),
        ("Juan Carlos Navarre criticised Peru.", "Juan Carlos Navarre", "Juan Carlos Navarre"),
        ("Alberta Bassani won the vote.", "Alberta Bassani", "Alberta Bassani"),
        ("Hrant Melikyan's Prosperous Armenia lost.", "Hrant Melikyan", "Hrant Melikyan"),
        ("Brigadier-General Restituto Padilla spoke.", "Restituto Padilla", "Restituto Padilla"),
    ],
)
def test_people(pipeline: Pipeline, text: str, words: str, name: str) -> None:
    """A person is one whole name, and the short name the text goes on with, whichever part that is."""
    assert find_names(pipeline, text).get(words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The People's Democratic Party (PDP) lost in Kashmir. The PDP blamed India.", "PDP", "People's Democratic Party"),
        ("The Amber National Council (ANC) met in Peru. The ANC blamed Lima.", "ANC", "Amber National Council"),
        ("Nigeria's ruling party beat the People's Democratic Party.", "People's Democratic Party", "Peoples Democratic Party (Nigeria)"),
    ],
)  # fmt: skip
def test_letters_follow_the_text(pipeline: Pipeline, text: str, words: str, name: str) -> None:
    """A body that shares its name or letters with a famous one elsewhere is the one that the text speaks of."""
    assert find_names(pipeline, text).get(words) == name


def test_first_name_of_two_is_nobody(pipeline: Pipeline) -> None:
    """A lone first name that two people of the text bear stands for neither."""
    found = find_names(pipeline, "Omar Lind met Omar Veld in Oslo. Then Omar left.")
    assert "Omar" not in found


@pytest.mark.parametrize(
    ("text", "words", "known_id"),
    [
        ("New York Governor Kathy Hochul spoke.", "New York", "new-york-state"),
        ("He is based in New York.", "New York", "new-york-city"),
        ("Rwanda sent men to Mozambique and took Palma in Mozambique.", "Palma", "palma"),
        ("Libya's militias defended Tripoli. The airport in Tripoli was hit.", "Tripoli", "tripoli"),
        ("The Caribbean Community met.", "Caribbean Community", "caricom"),
        ("They flew over the Caribbean.", "Caribbean", "caribbean"),
        ("The United National Movement lost. UNM leaders fled Georgia.", "UNM", "united-national-movement"),
        ("They drove back from Waterloo in Belgium.", "Waterloo", "waterloo-be"),
        ("Spain and Poland argued. Police fired at the crowd in Spain.", "Police", None),
        ("Turkey's MIT killed a leader of the PKK.", "MIT", "national-intelligence-organization"),
        ("Russia denied that Wagner had killed him.", "Wagner", "wagner-group"),
        ("MONUSCO left Congo.", "MONUSCO", "monusco"),
        ("Voters in the Czech Republic left ANO on Friday.", "ANO", "ano-czech-republic"),
    ],
)
def test_known(pipeline: Pipeline, text: str, words: str, known_id: str) -> None:
    """What the words stand for is decided by the countries the text speaks of and by what stands beside them."""
    extraction = read(pipeline, text)
    found = {mention.text: extraction.actors[mention.actor].known_id for mention in extraction.mentions}
    assert found.get(words) == known_id


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The software is under the MIT licence.", "MIT"),
        ("Thread: who fights whom in Yemen", "Thread"),
        ("crown_watcher wrote:\n\nIran arms the Houthis", "crown_watcher"),
        ("sadr hates maliki, everyone in iraq knows", "sadr city"),
    ],
)
def test_nobody_known(pipeline: Pipeline, text: str, words: str) -> None:
    """Labels and accounts are nobody; letters and lower-case words are nobody known without support."""
    extraction = read(pipeline, text)
    known = {
        mention.text.casefold()
        for mention in extraction.mentions
        if extraction.actors[mention.actor].known_id
    }
    assert words.casefold() not in known
    assert all(actor.name != words or actor.type == "organization" for actor in extraction.actors)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Mevlut Cavusoglu congratulated Baku.", "azerbaijan"),
        ("Hungary blocked aid to Kyiv.", "ukraine"),
        ("The rebels accused Damascus of lying.", "syria"),
        ("Iran deepened its ties with Baghdad.", "iraq"),
        ("Poland called for sanctions on Minsk.", "belarus"),
        ("Brussels criticised Minsk.", "belarus"),
    ],
)
def test_capital_as_object(pipeline: Pipeline, text: str, country: str) -> None:
    """A capital that is praised, blamed or dealt with is its government."""
    assert country in {actor.known_id for actor in read(pipeline, text).actors}


def test_dateline_is_no_actor(pipeline: Pipeline) -> None:
    """A town that only says where a report is from does nothing."""
    extraction = read(pipeline, "Seoul: The National Assembly impeached Yoon Suk Yeol on Saturday.")
    sources = {
        extraction.actors[extraction.mentions[claim.source].actor].known_id for claim in extraction.claims
    }
    assert "south-korea" not in sources
