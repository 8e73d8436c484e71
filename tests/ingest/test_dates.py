"""When a text was published, and when what it says held."""

from datetime import date

import pytest

from ingest.dates import Span, find_publication_date, find_valid_time, resolve_date
from ingest.pipeline import Pipeline
from ingest.types import RawDocument

# A Thursday
WRITTEN = date(2014, 6, 12)


def _day(month: int, day: int, year: int = 2014) -> Span:
    return Span(date(year, month, day), date(year, month, day))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 June 2014\n\nIran sent troops.", WRITTEN),
        ("June 12, 2014\n\nIran sent troops.", WRITTEN),
        ("Published: 2014-06-12\n\nIran sent troops.", WRITTEN),
        ("Iran and Iraq\nBy Ann Example, Thursday, June 12, 2014, 14:30 GMT\n\nIran sent troops.", WRITTEN),
        ("Iran and Iraq\nPosted on 12 Jun 2014 by ann\nIran sent troops.", WRITTEN),
        ("Last updated 12th June 2014\nIran sent troops.", WRITTEN),
        ("BAGHDAD, June 12, 2014 (Example Wire) - Iran sent troops.", WRITTEN),
        ("BAGHDAD, Iraq, 12 June 2014 -- Iran sent troops.", WRITTEN),
        ("Iran sent troops to Iraq.", None),
        ("BAGHDAD, June 12 - Iran sent troops.", None),
        ("The war that began on 22 September 1980 between Iran and Iraq killed many people on both sides of it.", None),
        ("Date: 31 February 2014\nIran sent troops.", None),
    ],
)  # fmt: skip
def test_publication_date(text: str, expected: date | None) -> None:
    """A full date near the top counts where it stands as a header; a date in a sentence does not."""
    assert find_publication_date(RawDocument(text), text) == expected


def test_metadata_comes_first() -> None:
    """What the giver says of a document outweighs what stands in it."""
    document = RawDocument("12 June 2014\n\nIran sent troops.", published_on=date(2014, 6, 13))
    assert find_publication_date(document, document.text) == date(2014, 6, 13)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on Wednesday", _day(6, 11)),
        ("Thursday", _day(6, 12)),
        ("last Thursday", _day(6, 5)),
        ("next Monday", _day(6, 16)),
        ("yesterday", _day(6, 11)),
        ("today", _day(6, 12)),
        ("tomorrow", _day(6, 13)),
        ("June 13", _day(6, 13)),
        ("13 June", _day(6, 13)),
        ("the 3rd of June", _day(6, 3)),
        ("December 30", _day(12, 30, 2013)),
        ("June 12, 2013", _day(6, 12, 2013)),
        ("2013-06-12", _day(6, 12, 2013)),
        ("last month", Span(date(2014, 5, 1), date(2014, 5, 31))),
        ("this month", Span(date(2014, 6, 1), date(2014, 6, 30))),
        ("this week", Span(date(2014, 6, 9), date(2014, 6, 15))),
        ("last week", Span(date(2014, 6, 2), date(2014, 6, 8))),
        ("last year", Span(date(2013, 1, 1), date(2013, 12, 31))),
        ("in May", Span(date(2014, 5, 1), date(2014, 5, 31))),
        ("in November", Span(date(2013, 11, 1), date(2013, 11, 30))),
        ("in 2011", Span(date(2011, 1, 1), date(2011, 12, 31))),
        ("March 2011", Span(date(2011, 3, 1), date(2011, 3, 31))),
        ("since 2003", Span(date(2003, 1, 1), None)),
        ("until 2011", Span(None, date(2011, 12, 31))),
        ("from 1973 to 1981", Span(date(1973, 1, 1), date(1981, 12, 31))),
        ("1991-94", Span(date(1991, 1, 1), date(1994, 12, 31))),
        ("two weeks ago", _day(5, 29)),
        ("three days ago", _day(6, 9)),
        ("two years ago", Span(date(2012, 1, 1), date(2012, 12, 31))),
        ("a month ago", Span(date(2014, 5, 1), date(2014, 5, 31))),
        ("the 1990s offensive", None),
        ("for three days", None),
        ("some day", None),
    ],
)  # fmt: skip
def test_resolve_date(words: str, expected: Span | None) -> None:
    """A date expression means days, counted from the day of publication."""
    assert resolve_date(words, WRITTEN) == expected


@pytest.mark.parametrize("words", ["on Wednesday", "last month", "June 13", "two weeks ago", "today"])
def test_undated_text(words: str) -> None:
    """Without a day of publication a relative date stays unknown; today's is never used."""
    assert resolve_date(words, None) is None


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        ("Iran sent troops to Iraq on Wednesday.", "sent", _day(6, 11)),
        ("On Wednesday, Iran sent troops to Iraq.", "sent", _day(6, 11)),
        ("Rouhani said on Wednesday that Iran sent troops to Iraq.", "sent", None),
        ("Rouhani said on Wednesday that Iran sent troops to Iraq in 2011.", "sent", Span(date(2011, 1, 1), date(2011, 12, 31))),
        ("Iran has armed the group since 2003.", "armed", Span(date(2003, 1, 1), None)),
        ("Iran sent troops to Iraq.", "sent", None),
    ],
)  # fmt: skip
def test_valid_time(pipeline: Pipeline, text: str, trigger: str, expected: Span | None) -> None:
    """A date tells when a claim held where it stands in the claim's own clause."""
    doc = pipeline.parse(RawDocument(text))[0].doc
    token = next(token for token in doc if token.text == trigger)
    assert find_valid_time(token, WRITTEN) == expected
