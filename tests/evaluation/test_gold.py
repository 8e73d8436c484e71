"""The gold is fit to measure with: well-formed, varied, and hard enough."""

import pytest

from graph.ontology import get_ontology
from tests.evaluation.gold import GoldClaim, iter_gold, names_match, parse_claim

SENTENCES = list(iter_gold())


def test_gold_is_large_varied_and_hard() -> None:
    """At least 300 sentences over ten settings, a third of them hard."""
    assert len(SENTENCES) >= 300
    assert len({sentence.id.rsplit("-", 1)[0] for sentence in SENTENCES}) >= 10
    assert sum(bool(sentence.hard) for sentence in SENTENCES) * 3 >= len(SENTENCES)


def test_gold_types_are_the_ontologys() -> None:
    """Every annotated actor has a type of the ontology."""
    assert {t for s in SENTENCES for t in s.actors.values()} <= set(get_ontology().entity_types)


def test_gold_holds_every_kind_and_scope() -> None:
    """All five kinds, denials, possibilities, rumours, past and reported claims are there to be measured."""
    claims = [claim for sentence in SENTENCES for claim in sentence.claims]
    assert {claim.kind for claim in claims} == set(get_ontology().relation_kinds)
    assert {claim.modality for claim in claims} == {"asserted", "reported", "alleged", "possible", "past"}
    assert sum(claim.polarity == "denied" for claim in claims) >= 20
    assert sum(claim.speaker is not None for claim in claims) >= 20


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("A | supports | B", GoldClaim("A", "supports", None, "B")),
        (
            "A | supports/arms | B | denied by C",
            GoldClaim("A", "supports", "arms", "B", "denied", "reported", "C"),
        ),
        ("A | opposes/attacks | B | past", GoldClaim("A", "opposes", "attacks", "B", "affirmed", "past")),
    ],
)
def test_claims_are_parsed(line: str, expected: GoldClaim) -> None:
    """A line of a gold file reads as the claim it stands for."""
    assert parse_claim(line) == expected


@pytest.mark.parametrize("line", ["A | supports", "A | supports/eats | B", "A | supports | B | maybe"])
def test_bad_claims_are_refused(line: str) -> None:
    """A slip in a gold file is an error, not a quietly different claim."""
    with pytest.raises(ValueError, match="A"):
        parse_claim(line)


@pytest.mark.parametrize(
    ("gold", "candidate", "same"),
    [
        ("Mahdi Army", "the Mahdi Army", True),
        ("Nouri al-Maliki", "Maliki", True),
        ("Islamic Jihad", "Islamic State", False),
        ("North Kivu", "South Kivu", False),
    ],
)
def test_names_match_leniently_but_not_blindly(gold: str, candidate: str, same: bool) -> None:
    """A shorter form of a name matches, a sister's name does not."""
    assert names_match(gold, [candidate]) is same
