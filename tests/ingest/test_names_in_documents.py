"""One actor, one name, one type throughout a document: second names, first names, wings and words of longer names."""

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


def find_types(pipeline: Pipeline, text: str) -> dict[str, str]:
    """Return the types of a text's actors by name."""
    return {actor.name: actor.type for actor in read(pipeline, text).actors}


@pytest.mark.parametrize(
    ("text", "second", "name"),
    [
        ("The front's commander, Baptiste Kalonda, better known as Viper, fled. Viper denied it.", "Viper", "Baptiste Kalonda"),
        ("The militia is led by Dieudonne Mbala, alias Rambo, who fled to Uganda.", "Rambo", "Dieudonne Mbala"),
        ("Police arrested Hernando Rios, aka El Tuerto, in Cali.", "El Tuerto", "Hernando Rios"),
        ('Joaquin Paredes (a.k.a. "Chucho") commands the 10th Front.', "Chucho", "Joaquin Paredes"),
        ("Abu Dujana al-Masri, whose real name is Yasser Fathi, left.", "Yasser Fathi", "Abu Dujana al-Masri"),
        ("Abu Hafs (real name Khaled Nasser) was killed in Idlib.", "Khaled Nasser", "Abu Hafs"),
        ("Abu Omar, born Tarek Mansour in Tunis, left.", "Tarek Mansour", "Abu Omar"),
        ("Luka Obeng, who goes by the name of Black Diamond, fled.", "Black Diamond", "Luka Obeng"),
        ("Ivan Moroz, nicknamed the Carpenter, fled to Peru.", "Carpenter", "Ivan Moroz"),
        ('Karl Weber, a monk dubbed the "Shan bin Laden", praised Iran.', "Shan bin Laden", "Karl Weber"),
        ("Ana Ruiz's Sumada alliance, formerly Taqadu, asks for talks.", "Taqadu", "Sumada"),
        ("General Felix Okoro, 61, alias Tiger, leads the rebels.", "Tiger", "Felix Okoro"),
        ("The Oromo Freedom Army, known locally as Shabo, accused Ethiopia.", "Shabo", "Oromo Freedom Army"),
        ("The Movement for Reform (formerly known as the Green Circle) backed Ilic.", "Green Circle", "Movement for Reform"),
        ("The Civic Platform renamed itself New Way. New Way backed Weber.", "New Way", "Civic Platform"),
        ("The Desert Hawks, or Suqur al-Badia, fought for Damascus.", "Suqur al-Badia", "Desert Hawks"),
        ('Mohammed "Rambo" Idris commands the Falcon Brigade. Rambo denied it.', "Rambo", "Mohammed Idris"),
    ],
)  # fmt: skip
def test_second_names(pipeline: Pipeline, text: str, second: str, name: str) -> None:
    """Whoever a text says is also called otherwise is one actor with both names, under the first."""
    assert find_names(pipeline, text).get(second) == name


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Pavel Orlov called Ivan Melnik a traitor.", "Pavel Orlov", "Ivan Melnik"),
        ("Anna Weber, who dubbed Ivan Melnik the Tsar, resigned.", "Anna Weber", "Ivan Melnik"),
        ("The Justice Party, or the Unity Party, would win.", "Justice Party", "Unity Party"),
        ("Amadou Keita, born in Mopti, met Oumar Sow.", "Amadou Keita", "Mopti"),
        ("Chad, formerly part of French Africa, supports France.", "Chad", "France"),
    ],
)
def test_two_are_not_one(pipeline: Pipeline, text: str, one: str, other: str) -> None:
    """Names that only stand near such words stay two actors."""
    found = find_names(pipeline, text)
    assert {one, other} <= found.keys()
    assert found[one] != found[other]


@pytest.mark.parametrize(
    ("text", "name", "entity_type"),
    [
        ("The Tazkia party quit. Nobody trusts Tazkia, he said.", "Tazkia", "party"),
        ("Simon Ochan's Agwara militia fled. Agwara denied it.", "Agwara", "armed-group"),
        ("The Zafrani clan backed the army in Sudan.", "Zafrani", "community"),
        ("A group calling itself New Dawn kidnapped him.", "New Dawn", "organization"),
        ("A faction calling itself Red Dawn kidnapped him.", "Red Dawn", "armed-group"),
        ("Among them were RNA of Colonel Bosco and others.", "RNA", "organization"),
        ("LERO, PAROS and the EPKLF met India's envoy.", "EPKLF", "organization"),
        ("Nobody backs the UKM, which is split in three.", "UKM", "organization"),
        ("The Order of the Red Dawn denied it.", "Order of the Red Dawn", "organization"),
        ("General Lopez heads the Third Army Region in Peru.", "Third Army Region", "security-force"),
        ("He does not work with Italy. Air-Watch and others say so.", "Air-Watch", "organization"),
        ("He ran against the Kirchneristas in Peru.", "Kirchneristas", "community"),
        ("The party split into Arcistas and Evistas in May.", "Evistas", "community"),
        ("Ana Ruiz, whose 7 Amber gang holds the port, fled.", "7 Amber", "armed-group"),
        ("Rafel Dessin, better known as Ti Fred, fled.", "Rafel Dessin", "person"),
        ("Their boss is Abu al-Hasan al-Sahrawi, who fled.", "Abu al-Hasan al-Sahrawi", "person"),
        ("Abu Musa al-Iraqi fled to Raqqa in Syria.", "Abu Musa al-Iraqi", "person"),
        ("Bolivia's Ana Ruiz heads the Senate. Washington thanked Bolivia.", "Senate", "government-body"),
        ("The Saorath party met in Peru. Saorath, close to Iran, blames the police.", "Saorath", "party"),
        ("The siege of Tazmarit lasted a year.", "Tazmarit", "place"),
        ("The boy was shot at Mullivarai.", "Mullivarai", "place"),
        ("A faction loyal to Suchart Chamklan quit.", "Suchart Chamklan", "person"),
        ("Adgur Arkhinba is with Turkey. Arkhinba lost.", "Adgur Arkhinba", "person"),
        ("The unit was formed by General Okoye in Lagos.", "Okoye", "person"),
    ],
)  # fmt: skip
def test_types(pipeline: Pipeline, text: str, name: str, entity_type: str) -> None:
    """What an unknown name is, the words beside it tell, in one place for the whole document."""
    assert find_types(pipeline, text).get(name) == entity_type


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A Lendu militia burned a village in Ituri.", "Lendu"),
        ("Rivals of Khalifa Haftar fought the Haftar militia.", "Haftar"),
        ("Mobs, some of them armed, attacked Tamils in Colombo.", "Mobs"),
        ("The deal with General Electric was signed.", "Electric"),
        ("The Awakening Council of Darfur backs Sudan's army.", "Sons of Iraq"),
        ("The GDP, the GNP and the VAT of Peru fell.", "GNP"),
    ],
)
def test_nobody(pipeline: Pipeline, text: str, name: str) -> None:
    """A people, a crowd, half a firm and a figure are none of those who act; a person's militia is not the person twice."""
    assert name not in find_types(pipeline, text)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "The Liberation Lynxes of Karanda (LLK) fled. India disarmed the Lynxes.",
            "Lynxes",
            "Liberation Lynxes of Karanda",
        ),
        (
            "Judges jailed Siriporn Rattana. They ruled that Siriporn, 39, had lied.",
            "Siriporn",
            "Siriporn Rattana",
        ),
        (
            "The Alba party of Jean Paul-Louis fell. Paul-Louis met Marie Duval.",
            "Paul-Louis",
            "Jean Paul-Louis",
        ),
        ("It was led by the brothers Karim and Walid Sarkan. Karim died.", "Karim", "Karim Sarkan"),
        (
            "The Oromo Liberation Army, which the government calls Shene, fled.",
            "Shene",
            "Oromo Liberation Army",
        ),
        ("Nyatura and Nyatura-CMC left Goma in Congo.", "Nyatura-CMC", "Nyatura-CMC"),
        (
            "The Amber Jackals Brigade fought the Silver Jackals Front. Iran armed the Jackals.",
            "Jackals",
            None,
        ),
    ],
)
def test_short_names(pipeline: Pipeline, text: str, words: str, name: str | None) -> None:
    """A first name or a word of a body's name stands for its only bearer; a wing with letters of its own is another."""
    assert find_names(pipeline, text).get(words) == name
