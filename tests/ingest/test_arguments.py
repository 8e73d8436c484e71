"""The logical arguments of verbs, nouns and adjectives, in the constructions that news writes in."""

import pytest
from spacy.tokens import Doc

from ingest.antecedents import find_antecedent
from ingest.arguments import find_bearers, find_holders, get_arguments
from ingest.control import get_control
from ingest.parse import ParseReader, Token, make_table
from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _find_token(pipeline: Pipeline, sentence: str, word: str) -> Token:
    doc = pipeline.parse(RawDocument(sentence))[0].doc
    return next(token for token in doc if token.text == word)


def _texts(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.text for token in tokens)


@pytest.mark.parametrize(
    ("word", "sentence", "agents", "patients"),
    [
        ("attacked", "Israel attacked Hezbollah.", "Israel", "Hezbollah"),
        ("attacked", "Hezbollah was attacked by Israel and Jordan.", "Israel Jordan", "Hezbollah"),
        ("attacked", "Hezbollah was attacked on Monday.", "", "Hezbollah"),
        ("arming", "Chad did nothing to stop Libya arming rebels.", "Libya", "rebels"),
        ("accused", "Iran is being accused of being funded by Russia.", "", "Iran"),
        ("condemned", "Iran and Russia condemned France.", "Iran Russia", "France"),
        ("condemned", "Iran condemned France and Italy.", "Iran", "France Italy"),
        ("rejected", "France met Kenya and rejected the plan.", "France", "plan"),
        ("praised", "France praised Chad and Niger, the two poorest states.", "France", "Chad Niger states"),
        ("praised", "Israel was praised and backed by Washington.", "Washington", "Israel"),
        ("attacked", "ISIS, which attacked the Kurds, fled.", "ISIS", "Kurds"),
        ("trained", "The militia that Iran trained fought ISIS.", "Iran", "militia"),
        ("trained", "A militia trained by Iran entered Baghdad.", "Iran", "militia"),
        ("fighting", "Rebels fighting the government seized Goma.", "Rebels", "government"),
        ("fight", "Iran vowed to fight ISIS.", "Iran", "ISIS"),
        ("attack", "The envoy urged Israel to attack Hamas.", "Israel", "Hamas"),
        ("condemned", "Iran asked Mali to leave and was condemned by Libya.", "Libya", "Iran"),
        ("attacked", "Iran said it would leave and attacked Libya.", "Iran", "Libya"),
        ("left", "France praised Ali Veld and Omar Lind, who left Chad.", "Lind", "Chad"),
        ("are", "France praised Ali Veld and Omar Lind, who are leaving Chad.", "", ""),
        ("attack", "Israel was urged to attack Hamas.", "Israel", "Hamas"),
        ("support", "Turkey has gone out of its way to support Qatar.", "Turkey", "Qatar"),
        ("fight", "Chad sent soldiers to fight Boko Haram.", "soldiers Chad", "Haram"),
        ("funding", "The envoy called on Turkey to stop funding Hamas.", "Turkey", "Hamas"),
        ("accusing", "Oman recalled its envoy, accusing Iran of theft.", "Oman", "Iran"),
        ("arming", "Oman accused Iran of arming Hamas.", "Iran", "Hamas"),
        ("attacking", "After attacking Israel, Hamas withdrew.", "Hamas", "Israel"),
        ("Backed", "Backed by Iran, the Houthis seized Sanaa.", "Iran", "Houthis"),
        ("armed", "Israel fought Hamas and Hezbollah, both armed by Iran.", "Iran", "Hamas Hezbollah"),
        ("help", "Hezbollah will help the Syrian army fight Nusra.", "Hezbollah", "army"),
        ("ousted", "Cheney was ousted from her post by Republicans.", "Republicans", "Cheney"),
        ("recommended", "Snow recommended that Arpaio resign.", "Snow", ""),
    ],
)
def test_verbs(pipeline: Pipeline, word: str, sentence: str, agents: str, patients: str) -> None:
    """Who acts and who undergoes it, whatever the voice and wherever the clause leaves them."""
    arguments = get_arguments(_find_token(pipeline, sentence, word))
    assert (_texts(arguments.agents), _texts(arguments.patients)) == (agents, patients)


@pytest.mark.parametrize(
    ("word", "sentence", "preposition", "objects"),
    [
        ("lashed", "Erdogan lashed out at Germany.", "at", "Germany"),
        ("clashed", "Sudan clashed with Chad and Libya.", "with", "Chad Libya"),
        ("gave", "Sweden gave Ukraine its oldest jets.", "dative", "Ukraine"),
        ("loyal", "Forces loyal to Haftar fled.", "to", "Haftar"),
        ("alliance", "The alliance between Russia and Iran is fragile.", "between", "Russia Iran"),
        ("attack", "ISIS launched an attack on Kirkuk.", "on", "Kirkuk"),
    ],
)
def test_obliques(pipeline: Pipeline, word: str, sentence: str, preposition: str, objects: str) -> None:
    """Prepositional objects stand under their preposition, recipients without one under `dative`."""
    assert _texts(get_arguments(_find_token(pipeline, sentence, word)).obliques[preposition]) == objects


@pytest.mark.parametrize(
    ("word", "sentence", "agents", "patients", "modifiers"),
    [
        ("support", "Iran's support for Hamas angered Israel.", "Iran", "", ""),
        ("backing", "The backing of Iran for Hamas is old.", "", "Iran", ""),
        ("attack", "The attack by ISIS on the Kurds failed.", "ISIS", "", ""),
        ("support", "French and British support for Mali grew.", "", "", "French British"),
    ],
)
def test_nouns(
    pipeline: Pipeline, word: str, sentence: str, agents: str, patients: str, modifiers: str
) -> None:
    """Possessors and by-phrases act, of-phrases undergo, and names before the noun are left to the caller."""
    arguments = get_arguments(_find_token(pipeline, sentence, word))
    assert arguments.voice == "nominal"
    found = (_texts(arguments.agents), _texts(arguments.patients), _texts(arguments.modifiers))
    assert found == (agents, patients, modifiers)


@pytest.mark.parametrize(
    ("word", "sentence", "bearers"),
    [
        ("critical", "Merkel was critical of Trump.", "Merkel"),
        ("loyal", "Forces loyal to Haftar attacked Tripoli.", "Forces"),
        ("hostile", "Tunisia is small and hostile to Israel.", "Tunisia"),
    ],
)
def test_adjectives(pipeline: Pipeline, word: str, sentence: str, bearers: str) -> None:
    """An adjective is said of its noun, or of the subject of its copula."""
    assert _texts(find_bearers(_find_token(pipeline, sentence, word))) == bearers


@pytest.mark.parametrize(
    ("word", "sentence", "holders"),
    [
        ("readiness", "She noted Iran's readiness to help.", "Iran"),
        ("readiness", "Iran expressed readiness to help.", "Iran"),
        ("readiness", "The readiness of Iran is known.", "Iran"),
    ],
)
def test_holders(pipeline: Pipeline, word: str, sentence: str, holders: str) -> None:
    """What is possessed belongs to the possessor, else to the subject of its clause."""
    assert _texts(find_holders(_find_token(pipeline, sentence, word))) == holders


def test_a_relative_pronoun_stands_for_its_noun(pipeline: Pipeline) -> None:
    """`who` in a relative clause is the noun before it; the same word in a question is nobody."""
    relative = _find_token(pipeline, "The rebels who fled returned.", "who")
    assert find_antecedent(relative).text == "rebels"
    question = _find_token(pipeline, "Who attacked the rebels?", "Who")
    assert find_antecedent(question) is question


def test_a_list_of_thousands_is_walked(pipeline: Pipeline) -> None:
    """A list longer than Python's stack is deep costs no more than its length."""
    names = ["Peru"] * 3000
    vocab = pipeline._nlp.vocab
    words = ["Iran", "condemned", *names]
    heads = [1, 1, *range(1, len(names) + 1)]
    labels = ["nsubj", "ROOT", "dobj", *["conj"] * (len(names) - 1)]
    kinds = ["PROPN", "VERB", *["PROPN"] * len(names)]
    listed = Doc(vocab, words=words, heads=heads, deps=labels, pos=kinds, tags=["NNP"] * len(words))
    chained = ParseReader(vocab).read(make_table(listed))
    assert len(get_arguments(chained[1]).patients) == len(names)


def test_control_verbs_are_words() -> None:
    """No control word was read as a truth value, as YAML does with `on`."""
    control = get_control()
    words = [*control.object, *control.both, *control.judgement]
    words += [word for group in control.preposition.values() for word in group]
    assert all(isinstance(word, str) for word in words)
    assert "on" in control.preposition["call"]
    assert not control.object & control.both
