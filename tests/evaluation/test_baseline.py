"""The baseline is as naive as it says, and is measured on the same parses."""

import pytest

from ingest.types import Extraction, RawDocument
from tests.evaluation.baseline import NAME, ComparedPipeline


@pytest.fixture(scope="module")
def pipeline() -> ComparedPipeline:
    """The whole pipeline with the baseline beside it."""
    return ComparedPipeline.load(scorer=False)


def list_claims(extraction: Extraction) -> list[tuple[str, str, str]]:
    """Return the claims as words."""
    mentions = extraction.mentions
    return [(mentions[c.source].text, c.kind, mentions[c.target].text) for c in extraction.claims]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("Germany backed France.", [("Germany", "supports", "France")]),
        ("Germany did not back France.", [("Germany", "supports", "France")]),
        ("German troops attacked French ports.", [("German", "opposes", "French")]),
        ("France was attacked by Germany.", []),
        ("Germany praises the weather.", []),
        ("Boris Johnson lives in London.", [("Boris Johnson", "located-in", "London")]),
    ],
)
def test_baseline(pipeline: ComparedPipeline, text: str, claims: list[tuple[str, str, str]]) -> None:
    """Subject, verb, object, and `in`; denials count and passives are lost."""
    ((_, naive),) = pipeline.compare_all([RawDocument(text=text)])
    assert list_claims(naive) == claims
    assert all(claim.counts for claim in naive.claims)


def test_both_read_the_same_documents_in_order(pipeline: ComparedPipeline) -> None:
    """Each document comes back once with both readings, and the extractor's is what it gives alone."""
    documents = [RawDocument(text=f"Germany attacked France in {year}.") for year in range(1900, 1920)]
    pairs = list(pipeline.compare_all(documents))
    assert [ours.document for ours, _ in pairs] == [naive.document for _, naive in pairs] == documents
    assert {naive.extractor for _, naive in pairs} == {NAME}
    assert pairs[0][0] == pipeline.extract(documents[0])
