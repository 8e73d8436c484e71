"""The whole way from a document to its claims."""

# ruff: noqa: RUF001 - curly quotes are what newspapers print

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.pipeline import Pipeline
from ingest.types import RawDocument

REPORT = """\
Envoy Warns of New Fighting

OSLO, March 3 (AFP) - Turkey condemned Syria on Tuesday.

Turkey has never armed the Islamic State, President Recep Tayyip Erdogan said.
"""


def test_extraction_is_whole(pipeline: Pipeline) -> None:
    """An extraction carries its document, the extractor's name, and indexes that all lead somewhere."""
    document = RawDocument(REPORT, external_id="r1")
    extraction = pipeline.extract(document)
    assert extraction.document is document
    assert extraction.extractor == pipeline.name_and_version
    assert extraction.claims
    for mention in extraction.mentions:
        assert 0 <= mention.actor < len(extraction.actors)
        assert REPORT[mention.start_char : mention.end_char] == mention.text
    for claim in extraction.claims:
        assert REPORT[claim.quote_start : claim.quote_end] == claim.quote
        assert REPORT[claim.trigger_start : claim.trigger_end] == claim.trigger
        assert max(claim.source, claim.target, claim.speaker or 0) < len(extraction.mentions)


def test_signed_claim(pipeline: Pipeline) -> None:
    """A plain sentence gives its claim, affirmed."""
    extraction = pipeline.extract(RawDocument(REPORT))
    found = {
        (
            extraction.actors[extraction.mentions[claim.source].actor].name,
            claim.kind,
            extraction.actors[extraction.mentions[claim.target].actor].name,
            claim.polarity,
        )
        for claim in extraction.claims
    }
    assert ("Turkey", "opposes", "Syria", "affirmed") in found
    assert ("Turkey", "supports", "ISIS", "denied") in found


def test_metadata_gives_the_date(pipeline: Pipeline) -> None:
    """A date that the reader found stands."""
    day = date(2014, 6, 13)
    assert pipeline.extract(RawDocument("Iran armed Syria.", published_on=day)).published_on == day


def test_undated_stays_undated(pipeline: Pipeline) -> None:
    """No date is made up."""
    assert pipeline.extract(RawDocument("Iran armed Syria on Monday.")).published_on is None


def test_documents_keep_their_order(pipeline: Pipeline) -> None:
    """Many documents give what each gives alone, in order, over batches."""
    names = ["Iran", "Iraq", "Syria", "Turkey", "Jordan", "Egypt"] * 6
    documents = [RawDocument(f"{name} praised France.", external_id=name) for name in names]
    together = list(pipeline.extract_all(documents))
    assert [extraction.document.external_id for extraction in together] == names
    assert together[3] == pipeline.extract(documents[3])


def test_documents_are_read_lazily(pipeline: Pipeline) -> None:
    """The first result comes before the last document is asked for."""
    asked: list[int] = []

    def give() -> Iterator[RawDocument]:
        for number in range(100):
            asked.append(number)
            yield RawDocument("Iran praised France.")

    next(pipeline.extract_all(give()))
    assert len(asked) < 100


@pytest.mark.parametrize("text", ["", " \n\n ", "...", "—\n—", "?"])
def test_nothing_to_read(pipeline: Pipeline, text: str) -> None:
    """A text without words gives an empty extraction."""
    extraction = pipeline.extract(RawDocument(text))
    assert (extraction.actors, extraction.mentions, extraction.claims) == ((), (), ())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parts=st.lists(
        st.sampled_from(
            ["Iran", "the ", "’s ", "[ISIS]", "\n", "\n\n", " (AAH) ", "“", "”", "Tehran", " said ", "he ", "U.S.-led ", "—", ". ",
             "al-Maliki ", "Nouri ", "army ", "Iraqi ", "\u200e", "\u00a0", "é", "Ω", "🙂"]
        ),
        max_size=25,
    )
)  # fmt: skip
def test_any_text_slices_exactly(pipeline: Pipeline, parts: list[str]) -> None:
    """Whatever the text, every mention and quote is what stands between its offsets."""
    text = "".join(parts)
    extraction = pipeline.extract(RawDocument(text))
    for mention in extraction.mentions:
        assert text[mention.start_char : mention.end_char] == mention.text != ""
    for claim in extraction.claims:
        assert text[claim.quote_start : claim.quote_end] == claim.quote


def test_unknown_model() -> None:
    """A pipeline that is not installed is an OSError that names it."""
    with pytest.raises(OSError, match="no_such_model"):
        Pipeline.load(model="no_such_model")


def test_package_without_a_model() -> None:
    """A package that holds no pipeline is an OSError that says so."""
    with pytest.raises(OSError, match="holds no spaCy pipeline"):
        Pipeline.load(model="yaml")
