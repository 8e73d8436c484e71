"""Whole documents scored: edges by entity, names in groups, and descriptions followed to whom they mean."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evaluation.conftest import MakeExtraction
from tests.evaluation.documents import DocumentScore, GoldDocument, read_document, score_document

GOLD = """
text: |
  Ann Lee leads the Blues. Lee scolded Bob Ray. The mayor was hurt. Ray forgave her.
entities:
  Ann Lee: {type: person, names: [Ann Lee, Lee]}
  Bob Ray: {type: person, names: [Bob Ray, Ray], also: [The mayor]}
  Blues: {type: party, names: [Blues]}
sentences:
  - in: Ann Lee leads
    claims: [Ann Lee | commands | Blues]
  - in: Lee scolded
    claims: [Ann Lee | opposes | Bob Ray]
  - in: Ray forgave
    claims: [Bob Ray | supports | Ann Lee or Blues]
"""


@pytest.fixture
def gold(tmp_path: Path) -> GoldDocument:
    """A document of four sentences and three entities."""
    path = tmp_path / "quarrel.yaml"
    path.write_text(GOLD, encoding="utf-8")
    return read_document(path)


def test_edges_are_counted_by_entity(gold: GoldDocument, make_extraction: MakeExtraction) -> None:
    """Ends match by any name of the entity, `or` accepts either, and one edge found twice is one edge."""
    found = make_extraction(
        gold.document.text,
        (["Ann Lee", "Lee "], ["Bob Ray", "Ray "], ["Blues"]),
        ("Lee ", "commands", "Blues"),
        ("Ann Lee", "commands", "Blues"),
        ("Ray ", "supports", "Blues"),
        ("Bob Ray", "opposes", "Ann Lee"),
        ("Ray ", "opposes", "Lee "),
    )
    score = DocumentScore()
    score_document(score, gold, found)
    assert score.edges["commands"] == Counter(right=1)
    assert score.edges["supports"] == Counter(right=1)
    assert score.edges["opposes"] == Counter(missed=1, wrong=1)


def test_names_are_grouped(gold: GoldDocument, make_extraction: MakeExtraction) -> None:
    """Two people taken for one cost precision, one taken for two costs recall, and a place not found costs recall."""
    perfect = (["Ann Lee", "Lee scolded"], ["Bob Ray", "Ray forgave"], ["Blues"])
    joined = (["Ann Lee", "Lee scolded", "Bob Ray", "Ray forgave"], ["Blues"])
    parted = (["Ann Lee"], ["Lee scolded"], ["Bob Ray", "Ray forgave"])
    rates = []
    for actors in (perfect, joined, parted):
        score = DocumentScore()
        score_document(score, gold, make_extraction(gold.document.text, actors))
        summary = score.summarize_clusters()
        rates.append((summary["precision"], summary["recall"]))
    # Five places: two of Lee, two of Ray, one of the Blues.
    assert rates == [(1.0, 1.0), (0.6, 1.0), (1.0, 0.6)]


def test_descriptions_are_followed(gold: GoldDocument, make_extraction: MakeExtraction) -> None:
    """`The mayor` is right as Ray, wrong as Lee, and missed where nothing is found."""
    outcomes = []
    for actors in ((["Bob Ray", "The mayor"],), (["Ann Lee", "The mayor"],), (["Ann Lee"],)):
        score = DocumentScore()
        found = make_extraction(gold.document.text, actors)
        described = [
            replace(mention, resolution="description") if mention.text == "The mayor" else mention
            for mention in found.mentions
        ]
        score_document(score, gold, replace(found, mentions=tuple(described)))
        outcomes.append(dict(score.references))
    assert outcomes == [{"right": 1}, {"wrong": 1}, {"missed": 1}]


def test_a_possessor_is_not_what_is_possessed(gold: GoldDocument, make_extraction: MakeExtraction) -> None:
    """Who is found at the words before a description's head is another reference: `its` of "its mayor"."""
    found = make_extraction(gold.document.text, (["Ann Lee", "The "]))
    score = DocumentScore()
    score_document(score, gold, found)
    assert score.references == Counter(missed=1)


def test_a_sentence_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A slip in the first words of a sentence is an error that names the file."""
    path = tmp_path / "slip.yaml"
    path.write_text(GOLD.replace("in: Ray forgave", "in: Roy forgave"), encoding="utf-8")
    with pytest.raises(ValueError, match=r"slip.yaml: no sentence begins 'Roy forgave'"):
        read_document(path)
