"""Holding claims against gold: what is right, wrong, missed, or left alone."""

from collections import Counter
from typing import Any

import pytest

from ingest.types import Extraction
from tests.evaluation.conftest import MakeExtraction
from tests.evaluation.gold import GoldSentence, parse_claim
from tests.evaluation.matching import GoldScore, get_rates, score_sentence

TEXT = "Ann praised Bob, and Cid did not."
ACTORS = (["Ann"], ["Bob"], ["Cid"])


def make_gold(*claims: str, debatable: tuple[str, ...] = ()) -> GoldSentence:
    """Return a gold sentence of three people."""
    return GoldSentence(
        "one",
        TEXT,
        (),
        {"Ann": "person", "Bob": "person", "Cid": "person"},
        tuple(map(parse_claim, claims)),
        tuple(map(parse_claim, debatable)),
    )


def score(gold: GoldSentence, extraction: Extraction) -> GoldScore:
    """Return the score of one sentence."""
    result = GoldScore()
    score_sentence(result, gold, extraction)
    return result


@pytest.mark.parametrize(
    ("claim", "edges"),
    [
        (("Ann", "supports", "Bob"), {"right": 1}),
        (("Bob", "supports", "Ann"), {"wrong": 1, "missed": 1}),
        (("Ann", "opposes", "Bob"), {"wrong": 1, "missed": 1}),
        (("Ann", "supports", "Bob", {"polarity": "denied"}), {"missed": 1}),
        (("Ann", "supports", "Bob", {"modality": "possible"}), {"missed": 1}),
        (("Ann", "supports", "Bob", {"modality": "reported"}), {"right": 1}),
    ],
)
def test_edges_need_kind_direction_and_scope(
    make_extraction: MakeExtraction, claim: tuple[Any, ...], edges: dict[str, int]
) -> None:
    """A counting claim is right only with gold's kind, direction and polarity; who says so is another matter."""
    result = score(make_gold("Ann | supports | Bob"), make_extraction(TEXT, ACTORS, claim))
    assert result.edges["all"] == Counter(edges)


def test_a_symmetric_claim_is_right_either_way(make_extraction: MakeExtraction) -> None:
    """Allies are allies whoever is named first."""
    found = make_extraction(TEXT, ACTORS, ("Bob", "supports", "Ann"))
    assert score(make_gold("Ann | supports/allied-with | Bob"), found).edges["all"] == Counter(right=1)


def test_what_is_debatable_is_neither_missed_nor_wrong(make_extraction: MakeExtraction) -> None:
    """Two careful readers may differ, and the extractor is not judged on it."""
    gold = make_gold(debatable=("Cid | opposes | Bob", "Ann | opposes | Cid"))
    found = make_extraction(TEXT, ACTORS, ("Cid", "opposes", "Bob"))
    result = score(gold, found)
    assert (result.edges, result.relations, result.judged, result.errors) == ({}, {}, [], [])


def test_a_denial_that_is_counted_is_a_wrong_edge(make_extraction: MakeExtraction) -> None:
    """Gold denies what the extractor counts: a wrong edge, a wrong polarity, and a claim that was found."""
    found = make_extraction(TEXT, ACTORS, ("Cid", "supports", "Bob"))
    result = score(make_gold("Cid | supports | Bob | denied"), found)
    assert result.edges["all"] == Counter(wrong=1)
    assert result.relations["all"] == Counter(right=1)
    assert result.polarity == Counter(wrong=1)
    assert [judged.right for judged in result.judged] == [False]


def test_saying_it_twice_is_not_wrong(make_extraction: MakeExtraction) -> None:
    """A second rule that finds the same claim costs nothing."""
    twice = ("Ann", "supports", "Bob")
    result = score(make_gold("Ann | supports | Bob"), make_extraction(TEXT, ACTORS, twice, twice))
    assert result.edges["all"] == Counter(right=1)


@pytest.mark.parametrize(
    ("attributed_to", "speakers"),
    [("Cid", {"right": 1}), ("Bob", {"missed": 1, "wrong": 1}), (None, {"missed": 1})],
)
def test_speakers(
    make_extraction: MakeExtraction, attributed_to: str | None, speakers: dict[str, int]
) -> None:
    """A wrong speaker is both missed and wrong; none is missed."""
    found = make_extraction(TEXT, ACTORS, ("Ann", "supports", "Bob", {"attributed_to": attributed_to}))
    result = score(make_gold("Ann | supports | Bob | by Cid"), found)
    assert +result.speakers == Counter(speakers)


def test_rates() -> None:
    """Precision, recall and F1 of counts."""
    rates = get_rates({"right": 3, "wrong": 1, "missed": 3})
    assert (rates["precision"], rates["recall"], rates["f1"]) == (0.75, 0.5, 0.6)
    assert get_rates({})["f1"] == 0
