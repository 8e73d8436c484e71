"""Whom pronouns and descriptions stand for, and when that is left open."""

# ruff: noqa: RUF001 - curly quotes are what newspapers print

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def find_references(pipeline: Pipeline, text: str) -> list[tuple[str, str]]:
    """Return (words, actor's name) of each reference that was resolved, in text order."""
    extraction = pipeline.extract(RawDocument(text))
    return [
        (mention.text, extraction.actors[mention.actor].name)
        for mention in extraction.mentions
        if mention.resolution in {"pronoun", "description"}
    ]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # People
        ("Angela Merkel spoke in Berlin. She thanked France.", "She", "Angela Merkel"),
        ("Hassan Rouhani met his ministers.", "his", "Hassan Rouhani"),
        ("Mrs Vance met Mr Okoro in Oslo. He praised Norway.", "He", "Okoro"),
        ("Mrs Vance met Mr Okoro in Oslo. She praised Norway.", "She", "Vance"),
        ("Joran Veld praised Peter Lind. He then left for Oslo.", "He", "Joran Veld"),
        ("Joran Veld, whose father was shot by thieves, moved on. He then left for Oslo.", "He", "Joran Veld"),
        ("Joran Veld backed the deal. Peter Lind, his rival, wept.", "his", "Joran Veld"),
        ("Okoro resigned. He praised Veld. Veld met Aasen. She wept.", "He", "Okoro"),
        ("Joran Veld was sworn in as president of Chad. The new president thanked France.", "The new president", "Joran Veld"),
        ("Oman's envoy, Said Badr, met Joran Veld but did not endorse him.", "him", "Joran Veld"),
        # Bodies and states
        ("Algiers has never armed the Azawad Front, according to its foreign ministry.", "its", "Algeria"),
        ("French planes came. Paris said nothing. France flew home. Chad's army fled, the defence ministry said.",
         "the defence ministry", "Chadian Defense Ministry"),
        ("Iran is worried. It has sent men to Iraq.", "It", "Iran"),
        ("Hamas lost its leaders.", "its", "Hamas"),
        ("The Taliban fled. They left their weapons in Kabul.", "They", "Taliban"),
        # Descriptions
        ("ISIS took Mosul. The group also seized Tikrit.", "The group", "ISIS"),
        ("Boko Haram attacked Maiduguri. The militants burned a school.", "The militants", "Boko Haram"),
        ("Prime Minister Joran Veld arrived. The prime minister thanked France.", "The prime minister", "Joran Veld"),
        ("Defence Secretary Joran Veld arrived. The secretary thanked France.", "The secretary", "Joran Veld"),
        ("The Foreign Minister, Joran Veld, met Peter Lind. The minister thanked France.", "The minister", "Joran Veld"),
        ("Iran's Foreign Ministry replied. The ministry rejected the claim.", "The ministry", "Iranian Foreign Ministry"),
        ("Sudan closed the port. The country depends on it.", "The country", "Sudan"),
        ("Iraqi Prime Minister Nouri al-Maliki refused. His government is weak.", "government", "Iraq"),
        ("Myanmar's junta fell out with India. China backs the junta.", "the junta", "Myanmar"),
        ("The junta in Niger expelled an envoy. Burkina Faso supported the junta.", "the junta", "Niger"),
        ("Greenpeace, a charity, sued Shell. Tesla has hired men, the charity says.", "the charity", "Greenpeace"),
        ("The Front for Change, a coalition, won in Lima. The front rejected the deal.", "The front", "Front for Change"),
        ("NATO met in Oslo. The alliance condemned Russia.", "The alliance", "NATO"),
        ("Tesla owes IF Metall, a union of Swedish workers. The company will not sign.", "The company", "Tesla"),
        ("A column reached the town of Lashio in Shan State. Few stayed in the town.", "the town", "Lashio"),
        ("Boko Haram attacked Maiduguri. Ansaru was quiet. The army said the attackers had fled.", "the attackers", "Boko Haram"),
        ("The leader of al Qaeda disowned ISIS. The group, which split from al Qaeda, holds Raqqa.", "The group", "ISIS"),
        ("Iran fights on. In contrast to Syria's war, nobody doubts whether to support the regime.", "the regime", "Syria"),
        # Those of a state, and those that somebody leads
        ("Peru's president, Dina Boluarte, spoke in Lima. The government denied it.", "The government", "Peru"),
        ("YANGON - The junta freed 200 prisoners. The United Nations spoke of a step. Myanmar has many.", "The junta", "Myanmar"),
        ("Algiers has never armed anyone, according to its foreign ministry.", "ministry", "Algerian Foreign Ministry"),
        ("Ismail Haniyeh, the leader of Hamas, arrived. The Hamas leader thanked Qatar.", "leader", "Ismail Haniyeh"),
        ("Tayyip Erdogan, the president of Turkey, flew to Baku. The Turkish president was glad.", "president", "Recep Tayyip Erdogan"),
        ("Joran Veld, a spokesman for Hamas, denied that his movement had fled.", "movement", "Hamas"),
        ("Peru's foreign minister, Joran Veld, met envoys of Chad and Fiji. Veld said the government would not yield.",
         "the government", "Peru"),
        # Speakers
        ('Joran Veld, a spokesman for Hamas, was calm. "We lost nobody," Veld said.', "We", "Hamas"),
        ('"I will never resign," said Joran Veld in Oslo.', "I", "Joran Veld"),
        ('"We will defend our border," Iranian President Hassan Rouhani said.', "We", "Iran"),
        ("Gunmen funded the Nile Front. Ali Haddad disowned ISIS. The group attacked Qatar.", "The group", "ISIS"),
        ("The Foreign Secretary Philip Hammond said:\n\nThe attack was vile.\n\nWe back Iraq.", "We", "United Kingdom"),
        ("The Foreign Secretary Philip Hammond said:\n\nThe attack was vile.\n\nI back Iraq.", "I", "Philip Hammond"),
    ],
)  # fmt: skip
def test_reference(pipeline: Pipeline, text: str, words: str, name: str) -> None:
    """A pronoun or description stands for the actor that is clearly meant."""
    assert (words, name) in find_references(pipeline, text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Iran attacked Iraq. It is clear that the war goes on.", "It"),
        ("It seems that Iran will wait.", "It"),
        ("The Dawa Party, which Hezbollah fears, first opposed the bill and then endorsed it.", "it"),
        ("The two countries signed a truce with Iran and Iraq.", "The two countries"),
        ("Sources in Iran gave no names. They said little.", "They"),
        ("Peter Lind arrived. She was not there.", "She"),
        ("A prime minister has to listen.", "A prime minister"),
        ("Prime Minister Joran Veld arrived. The minister thanked France.", "The minister"),
        ("Secretary-General Joran Veld arrived. The general thanked France.", "The general"),
        ("A storm came. China backs the junta.", "the junta"),
        ("A storm came. Qatar quarrelled with the regime.", "the regime"),
        ("Ukraine and Russia traded fire near Kharkiv. The army lost ten men.", "The army"),
        ("KHARTOUM - Ethiopia said the army had crossed the border.", "the army"),
        ("The United States sent troops to Iraq.", "troops"),
        ("ISIS and the Nusra Front fought in Raqqa. The rebels lost.", "The rebels"),
        ("Tesla praised Volvo in Oslo. The union rejected the plan.", "The union"),
        (
            "Rebels in Syria fled. The Free Syrian Army held Idlib, and the merchant navy was gone.",
            "the merchant navy",
        ),
        ("Chile signed the Pact, an agreement with Peru. The agreement is old.", "The agreement"),
        ("Iran bombed the Al-Askari Shrine. The shrine itself was not damaged.", "itself"),
        (
            "Kopassus, the special forces, fled. Chad met Niger in Oslo. Ito led the armed forces.",
            "the armed forces",
        ),
        (
            "Fiji and Tonga fell out. Ito still deals with Chad. He was barred by the government.",
            "the government",
        ),
        ("The group that burned the school fled from Nigeria.", "The group"),
        ('"We are tired," said a woman in Kabul.', "We"),
        (
            "Chad fights the Islamic State of Iraq and the Levant. The Islamic state is poor.",
            "The Islamic state",
        ),
        ("Analyst Omar Haddad said:\n\nThe attack was vile.\n\nWe back Iraq.", "We"),
        ("Omar Haddad disowned ISIS and the Nile Front. The group attacked Qatar.", "The group"),
    ],
)
def test_left_open(pipeline: Pipeline, text: str, words: str) -> None:
    """What stands for nobody, or for somebody who was not named, is no mention."""
    assert words not in [found for found, _ in find_references(pipeline, text)]


def test_object_is_not_the_subject(pipeline: Pipeline) -> None:
    """Whoever meets him is somebody else."""
    references = find_references(pipeline, "Peter Lind came to Oslo. Later Joran Veld met him.")
    assert ("him", "Joran Veld") not in references


def test_speaker_is_not_he_in_his_own_words(pipeline: Pipeline) -> None:
    """Within a quotation "he" is not the one who speaks."""
    text = 'Joran Veld criticised Peter Lind. "He lied to us all," Veld said.'
    assert ("He", "Joran Veld") not in find_references(pipeline, text)


def test_nameless_person_is_a_rival(pipeline: Pipeline) -> None:
    """Whoever speaks without a name may be the one who adds something."""
    text = "Peter Lind came to Oslo. A spokesman for the United Nations thanked Norway. He added that talks would go on."
    assert ("He", "Peter Lind") not in find_references(pipeline, text)


def test_object_pronoun_means_the_other_one(pipeline: Pipeline) -> None:
    """Of two people in a sentence, the one who is not the subject is "him"."""
    references = find_references(pipeline, "Joran Veld met Peter Lind and assured him of his help.")
    assert ("him", "Peter Lind") in references


def test_this_group_is_the_last_one_named(pipeline: Pipeline) -> None:
    """Saying "this group" points at the group just named, not at the topic of the text."""
    text = "Hamas rejected the truce. Turkey said that Hezbollah had agreed. This group is based in Lebanon."
    assert ("This group", "Hezbollah") in find_references(pipeline, text)


def test_a_post_does_not_take_up_another(pipeline: Pipeline) -> None:
    """A pronoun in one post of a thread is not resolved in somebody else's."""
    text = "I guess Hamas will never give up .\n\nI think they have no money .\n"
    assert find_references(pipeline, text) == []


def test_references_slice_exactly(pipeline: Pipeline) -> None:
    """A reference is the words between its offsets, and carries its actor's type."""
    text = "“ISIS is gone,” said Haider al-Abadi.\n\nHe said the group’s men had fled."
    extraction = pipeline.extract(RawDocument(text))
    for mention in extraction.mentions:
        assert text[mention.start_char : mention.end_char] == mention.text
        assert mention.type == extraction.actors[mention.actor].type
    assert [mention.start_char for mention in extraction.mentions] == sorted(
        mention.start_char for mention in extraction.mentions
    )
