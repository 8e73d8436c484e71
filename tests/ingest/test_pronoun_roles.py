"""Whom a pronoun means by where it stands beside the names: who acts above it, who follows it, and where two are as good."""

import pytest

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def _find(pipeline: Pipeline, text: str, pronoun: str) -> str | None:
    extraction = pipeline.extract(RawDocument(text))
    found = [mention for mention in extraction.mentions if mention.text == pronoun]
    return extraction.actors[found[-1].actor].name if found else None


@pytest.mark.parametrize(
    ("text", "pronoun", "expected"),
    [
        ("Omar Haddad, to whom Salim Bakr had given the party when he fled, wept.", "he", "Salim Bakr"),
        ("Omar Haddad, whom Salim Bakr had named before he died, wept.", "he", "Salim Bakr"),
        ("From Dakar, where she has lived since May, Mirna Kovac wrote to Chad.", "she", "Mirna Kovac"),
        ("Omar Haddad was jailed; from Dakar, where he lives, Salim Bakr wrote.", "he", "Salim Bakr"),
        ("When he fled to Cairo, Salim Bakr wrote to Chad.", "he", "Salim Bakr"),
        ("Omar Haddad resigned. When he fled, Salim Bakr wrote.", "he", "Omar Haddad"),
        (
            "Omar Haddad wept, as did Salim Bakr, and it was from Bakr's town that his Lunda Front fled.",
            "his",
            "Omar Haddad",
        ),
        (
            "Omar Haddad fled. Salim Bakr has since let Chad in, and Ana Ruiz accuses him of treason.",
            "him",
            "Salim Bakr",
        ),
        ("The Lunda Front fights for Chad, and a court in Lome accused it of theft.", "it", "Lunda Front"),
    ],
)
def test_meant(pipeline: Pipeline, text: str, pronoun: str, expected: str) -> None:
    """Who acts in the clause above is meant, and who follows a clause about where he is."""
    assert _find(pipeline, text, pronoun) == expected


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Omar Haddad leads a march. Salim Bakr backs him, and police hold several of his aides.", "his"),
        ("The Guards fired on strikers, and soldiers from Chad beat them.", "them"),
        ("The Youth Union, a wing of the Lunda Front, hit a mayor, and Chad shot at them.", "them"),
        ("Brazil condemned Zambia, while Chad praised it.", "it"),
        ("Brazil let Zambia land there, and Chad sold it fuel.", "it"),
    ],
)
def test_left_open(pipeline: Pipeline, text: str, pronoun: str) -> None:
    """Where those who were fired on, or either of two who are as likely, may be meant, nobody is."""
    assert _find(pipeline, text, pronoun) is None
