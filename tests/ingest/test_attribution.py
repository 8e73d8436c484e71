"""Who says what a sentence claims."""

import pytest

from ingest.attribution import Speaker, Speakers
from ingest.pipeline import Pipeline
from ingest.types import RawDocument

WRITER = None

# (text, the word that carries the claim, who says it)
INDIRECT = [
    ("Nouri al-Maliki is convinced that Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki is adamant that Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("In the view of Nouri al-Maliki, Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("In Nouri al-Maliki's words, Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki has proof that Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki made the point that Qatar had armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki let it be known that Qatar had armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki argues in a new book that Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("A letter from Nouri al-Maliki says that Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("A report by Hezbollah says that Qatar armed the rebels.", "armed", "Hezbollah"),
    ("Qatar, says Nouri al-Maliki, is arming the rebels.", "arming", "Nouri al-Maliki"),
    ("Qatar, he added, is arming the rebels, and Nouri al-Maliki knows it.", "arming", WRITER),
    ("The rebels, said Nouri al-Maliki, were armed by Qatar.", "armed", "Nouri al-Maliki"),
    ("In the town of Nouri al-Maliki, Qatar armed the rebels.", "armed", WRITER),
    ("Qatar has a book that armed the rebels.", "armed", WRITER),
    ("Nouri al-Maliki is sure of Qatar, which armed the rebels.", "armed", WRITER),
    ("Iran sent troops to Iraq.", "sent", WRITER),
    ("Nouri al-Maliki condemned the attack on Samarra.", "condemned", WRITER),
    ("Nouri al-Maliki said Qatar had armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki said that Qatar had armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Qatar had armed the rebels, Nouri al-Maliki said.", "armed", "Nouri al-Maliki"),
    ("Qatar, Nouri al-Maliki said, had armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Qatar had armed the rebels, the commission found.", "armed", "the commission"),
    ("Qatar, Hezbollah pointed out, had armed the rebels.", "armed", "Hezbollah"),
    ("Qatar has armed the rebels, said Nouri al-Maliki.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki told Reuters that Qatar had armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Reuters reported that Qatar had armed the rebels.", "armed", "Reuters"),
    ("According to Reuters, Qatar armed the rebels.", "armed", "Reuters"),
    ("Qatar armed the rebels, according to Reuters.", "armed", "Reuters"),
    ("Qatar, according to Reuters, armed the rebels.", "armed", "Reuters"),
    ("As Nouri al-Maliki said, Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki accused Qatar of arming the rebels.", "arming", "Nouri al-Maliki"),
    ("Qatar was accused by Nouri al-Maliki of arming the rebels.", "arming", "Nouri al-Maliki"),
    ("Qatar denied arming the rebels.", "arming", "Qatar"),
    ("Qatar denied that it had armed the rebels.", "armed", "Qatar"),
    ("Qatar rejected claims that it had armed the rebels.", "armed", "Qatar"),
    ("Nouri al-Maliki's claim that Qatar armed the rebels was false.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki believes that Qatar arms the rebels.", "arms", "Nouri al-Maliki"),
    ("Nouri al-Maliki did not say whether Qatar arms the rebels.", "arms", None),
    ("Hezbollah claimed to have attacked the base.", "attacked", "Hezbollah"),
    ("Nouri al-Maliki, who said that Qatar armed the rebels, left.", "armed", "Nouri al-Maliki"),
    ("Nouri al-Maliki warned that the army would attack the rebels.", "attack", "Nouri al-Maliki"),
    ("In a statement, Hezbollah said it had attacked the base.", "attacked", "Hezbollah"),
    ("It was reported by Reuters that Qatar armed the rebels.", "armed", "Reuters"),
    ("A spokesman for Hezbollah said Qatar had armed the rebels.", "armed", "A spokesman for Hezbollah"),
    ("Hezbollah's spokesman Hassan Rouhani said Qatar had armed the rebels.", "armed", "Hassan Rouhani"),
    ("As I said yesterday, Qatar armed the rebels.", "armed", WRITER),
    ("Qatar is said by Hezbollah to be arming the rebels.", "arming", "Hezbollah"),
    ("Qatar, as Hezbollah claims, armed the rebels.", "armed", "Hezbollah"),
    ("Qatar, as Hezbollah knows, armed the rebels.", "armed", WRITER),
    ("There is no reason to believe that Qatar armed the rebels.", "armed", WRITER),
    ("Two diplomats said Qatar had armed the rebels.", "armed", "Two diplomats"),
    ("Two Qatari security sources said Iran had armed the rebels.", "armed", "Two Qatari security sources"),
    ("Qatari officials said Iran had armed the rebels.", "armed", "Qatari officials"),
    ("Iran armed the rebels, said a member of Hezbollah, who asked not to be named.", "armed", "a member of Hezbollah"),
    ("A diplomat in Doha said Iran had armed the rebels.", "armed", "A diplomat in Doha"),
    ("Hezbollah said in a statement that it had never attacked the base.", "attacked", "Hezbollah"),
    ("They said Qatar had armed the rebels.", "armed", WRITER),
    ("Mexico backs Peru, says Chile should too", "backs", WRITER),
    ("Hezbollah vowed to attack the base.", "attack", WRITER),
    ("Qatar armed the rebels because Hezbollah attacked them.", "armed", WRITER),
    ("In Homs, the army shelled positions at Rastan and Talbiseh, the Nile Network for Human Rights said.", "shelled", "Nile Network for Human Rights"),
    ("Qatar denied a claim by Reuters that Hezbollah had armed the rebels.", "armed", "Qatar"),
    ("A claim by Reuters that Hezbollah had armed the rebels was mocked.", "armed", "Reuters"),
]  # fmt: skip

NESTED = [
    ("Reuters reported that Nouri al-Maliki said Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ("Reuters quoted Nouri al-Maliki as saying that Qatar armed the rebels.", "armed", "Nouri al-Maliki"),
    ('"Nouri al-Maliki told us that Qatar armed the rebels," Hassan Rouhani said.', "armed", "Nouri al-Maliki"),
]  # fmt: skip

QUOTED = [
    ('"Qatar arms the rebels," said Nouri al-Maliki.', "arms", "Nouri al-Maliki"),
    ('"Qatar arms the rebels," Nouri al-Maliki said.', "arms", "Nouri al-Maliki"),
    ("“Qatar arms the rebels,” Nouri al-Maliki said.", "arms", "Nouri al-Maliki"),
    ('Nouri al-Maliki said: "Qatar arms the rebels."', "arms", "Nouri al-Maliki"),
    ('Nouri al-Maliki said, "We know them. Qatar arms the rebels."', "arms", "Nouri al-Maliki"),
    ('"We know them. Qatar arms the rebels," Nouri al-Maliki told reporters.', "arms", "Nouri al-Maliki"),
    ('"We know them," Nouri al-Maliki said. "Qatar arms the rebels. It must stop."', "arms", "Nouri al-Maliki"),
    ('"Qatar," Nouri al-Maliki said, "arms the rebels and pays them."', "arms", "Nouri al-Maliki"),
    (
        '"Qatar arms the rebels," said Marzieh Afkham, a spokeswoman for the Foreign Ministry.',
        "spokeswoman",
        WRITER,
    ),
    ('Hassan Rouhani met Nouri al-Maliki. "Qatar arms the rebels," Rouhani said.', "arms", "Hassan Rouhani"),
    ('Nouri al-Maliki: "Qatar arms the rebels."', "arms", "Nouri al-Maliki"),
    ('They seized a "liberated" town and Qatar armed the rebels.', "armed", WRITER),
    (
        'Nouri al-Maliki said: "We know them well.\n\n"Qatar arms the rebels. We have proof."\n\nHezbollah fled the town.',
        "arms",
        "Nouri al-Maliki",
    ),
    ("Nouri al-Maliki said:\n\nI know that Qatar arms the rebels.", "arms", "Nouri al-Maliki"),
    (
        "Nouri al-Maliki said today:\n\nWe know them.\n\nIn our view Qatar arms the rebels.",
        "arms",
        "Nouri al-Maliki",
    ),
    ('Nouri al-Maliki told reporters:\n\n"Qatar arms the rebels."', "arms", "Nouri al-Maliki"),
    ("Nouri al-Maliki said:\n\nI know them.\n\nHezbollah fled the town.", "fled", WRITER),
    ('"We know them," Nouri al-Maliki said.\n\nHezbollah fled the town on foot.', "fled", WRITER),
]  # fmt: skip

HEADLINES = [
    (
        "Nouri al-Maliki: Qatar arms rebels\n\nThe premier spoke on Friday in the capital.",
        "arms",
        "Nouri al-Maliki",
    ),
]


def _find(pipeline: Pipeline, text: str, trigger: str) -> Speaker | None:
    document = RawDocument(text)
    extraction = pipeline.extract(document)
    blocks = pipeline.parse(document)
    block, token = next((i, t) for i, b in enumerate(blocks) for t in b.doc if t.text == trigger)
    return Speakers(blocks, extraction.mentions, extraction.actors).find_speaker(block, token.i)


@pytest.mark.parametrize(("text", "trigger", "expected"), [*INDIRECT, *NESTED, *QUOTED, *HEADLINES])
def test_speaker(pipeline: Pipeline, text: str, trigger: str, expected: str | None) -> None:
    """The innermost speaker is named; what the writer says for himself has none."""
    speaker = _find(pipeline, text, trigger)
    assert (speaker.words if speaker else None) == expected


def test_named_speaker_is_linked(pipeline: Pipeline) -> None:
    """A speaker whom the document names is a mention, and so becomes an entity."""
    speaker = _find(pipeline, "Reuters reported that Qatar had armed the rebels.", "armed")
    assert speaker is not None
    assert speaker.mention == 0


def test_spokesman_speaks_for_his_ministry(pipeline: Pipeline) -> None:
    """An unnamed spokesman keeps his words and is linked to whom he speaks for."""
    text = "A spokesman for Hezbollah said Qatar had armed the rebels."
    speaker = _find(pipeline, text, "armed")
    assert speaker == Speaker(0, "A spokesman for Hezbollah", is_vague=False)


@pytest.mark.parametrize("source", ["Sources", "Some", "Many people"])
def test_nobody_in_particular(pipeline: Pipeline, source: str) -> None:
    """Sources without a name are vague, so that what they say is alleged."""
    speaker = _find(pipeline, f"{source} say Qatar armed the rebels.", "armed")
    assert speaker is not None
    assert speaker.is_vague


@pytest.mark.parametrize(
    ("words", "linked"),
    [
        ("Qatari officials", True),
        ("The Qatari government", True),
        ("A spokesman for Qatar", True),
        ("Two Qatari security sources", False),
        ("Qatari residents", False),
        ("Qatari analysts", False),
        ("A diplomat in Qatar", False),
    ],
)
def test_state_answers_for_its_officials_alone(pipeline: Pipeline, words: str, linked: bool) -> None:
    """A nationality does not make its sources, experts or people speak for the state."""
    speaker = _find(pipeline, f"{words} said Iran had armed the rebels.", "armed")
    assert speaker is not None
    assert (speaker.words, speaker.mention is not None) == (words, linked)
