"""Claims over time: placed by either clock, in days, weeks or months, with nothing left out unseen."""

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.claim_days import Clock
from graph.errors import EntityNotFound, InvalidQuery, QueryTimeout
from graph.filters import EdgeFilter
from graph.timeline import (
    MAX_BUCKETS,
    BucketSize,
    Timeline,
    compute_timeline,
    find_bucket_end,
    find_bucket_start,
)

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

CLOCKS: tuple[Clock, ...] = ("published", "valid")
JUNE = date(2014, 6, 1)
days = st.dates(date(2013, 11, 1), date(2014, 8, 31))


def list_counts(timeline: Timeline) -> list[tuple[str, int]]:
    """Return the first day and the number of claims of every bucket."""
    return [(bucket.first.isoformat(), bucket.tally.claims) for bucket in timeline.buckets]


@pytest.mark.parametrize(
    ("day", "size", "first", "last"),
    [
        ("2014-06-12", "day", "2014-06-12", "2014-06-12"),
        ("2014-06-12", "week", "2014-06-09", "2014-06-15"),
        ("2014-06-09", "week", "2014-06-09", "2014-06-15"),
        ("2014-06-15", "week", "2014-06-09", "2014-06-15"),
        ("2014-01-01", "week", "2013-12-30", "2014-01-05"),
        ("2014-06-12", "month", "2014-06-01", "2014-06-30"),
        ("2016-02-29", "month", "2016-02-01", "2016-02-29"),
        ("2014-12-31", "month", "2014-12-01", "2014-12-31"),
        ("0001-01-01", "week", "0001-01-01", "0001-01-07"),
        ("9999-12-31", "week", "9999-12-27", "9999-12-31"),
    ],
)
def test_buckets_are_days_iso_weeks_and_months(day: str, size: BucketSize, first: str, last: str) -> None:
    """A week runs from Monday to Sunday, a month from its first day to its last; the calendar's ends hold."""
    start = find_bucket_start(date.fromisoformat(day), size)
    assert (start.isoformat(), find_bucket_end(start, size).isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("changes", "published", "valid"),
    [
        ({}, "2014-06-12", "2014-06-12"),
        ({"valid_from": date(2014, 6, 10)}, "2014-06-12", "2014-06-10"),
        ({"valid_from": date(2014, 5, 1), "valid_to": date(2014, 5, 9)}, "2014-06-12", "2014-05-01"),
        ({"valid_to": date(2014, 5, 9)}, "2014-06-12", "2014-05-09"),
        ({"modality": "past"}, "2014-06-12", None),
        ({"modality": "past", "valid_from": date(2010, 1, 1)}, "2014-06-12", "2010-01-01"),
        ({"published_on": None}, None, None),
        ({"published_on": None, "valid_from": date(2014, 6, 10)}, None, "2014-06-10"),
    ],
)
def test_a_claim_belongs_to_a_day_by_either_clock(
    rows: "Rows", changes: dict[str, Any], published: str | None, valid: str | None
) -> None:
    """By publication it is the document's day; by valid time the day it speaks of, and unknown for an undated past."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq", **changes)])
    for clock, day in zip(CLOCKS, (published, valid), strict=True):
        found = compute_timeline(snapshot, bucket="day", clock=clock)
        assert list_counts(found) == ([(day, 1)] if day else [])
        assert found.undated.claims == (day is None)


def test_empty_buckets_are_shown(rows: "Rows") -> None:
    """Between two days with claims, the days without any are there and say zero."""
    claims = [rows.claim("iran", "supports", "iraq", published_on=JUNE + timedelta(n)) for n in (0, 0, 3)]
    found = compute_timeline(rows.snapshot(claims), bucket="day")
    assert list_counts(found) == [
        ("2014-06-01", 2),
        ("2014-06-02", 0),
        ("2014-06-03", 0),
        ("2014-06-04", 1),
    ]


def test_kinds_denials_and_guesses_are_told_apart(rows: "Rows") -> None:
    """Each bucket counts by kind what counts; what is denied or merely possible stands beside it; rejected is nowhere."""
    claims = [
        rows.claim("iran", "supports", "iraq"),
        rows.claim("iran", "opposes", "isis"),
        rows.claim("iran", "supports", "isis", polarity="denied"),
        rows.claim("iran", "commands", "isis", modality="possible"),
        rows.claim("iran", "commands", "quds", review_status="rejected"),
    ]
    found = compute_timeline(rows.snapshot(claims))
    assert found.kinds == ("supports", "opposes")
    tally = found.buckets[0].tally
    assert (tally.kinds, tally.denied, tally.possible) == ({"supports": 1, "opposes": 1}, 1, 1)


def test_undated_claims_are_counted_apart(rows: "Rows") -> None:
    """What the clock cannot place is in no bucket, and is not lost."""
    claims = [
        rows.claim("iran", "supports", "iraq"),
        rows.claim("iran", "supports", "iraq", published_on=None),
    ]
    found = compute_timeline(rows.snapshot(claims))
    assert list_counts(found) == [("2014-06-01", 1)]
    assert (found.undated.kinds, found.total) == ({"supports": 1}, 2)


def test_undated_claims_alone_make_no_bucket(rows: "Rows") -> None:
    """A graph without a single date has an empty timeline and says how much it could not place."""
    found = compute_timeline(rows.snapshot([rows.claim("iran", "supports", "iraq", published_on=None)]))
    assert (found.buckets, found.undated.claims) == ((), 1)


def test_actors_asked_for_are_those_at_either_end(rows: "Rows") -> None:
    """Claims on relations that any of the actors has a part in are counted, each once; others are not."""
    claims = [
        rows.claim("iran", "supports", "iraq"),
        rows.claim("isis", "opposes", "iran"),
        rows.claim("syria", "opposes", "isis"),
    ]
    snapshot = rows.snapshot(claims)
    counts = {
        of: compute_timeline(snapshot, of).total
        for of in ((), ("iran",), ("iran", "isis"), ("iran", "iraq"), ("syria", "syria"))
    }
    assert counts == {(): 3, ("iran",): 2, ("iran", "isis"): 3, ("iran", "iraq"): 2, ("syria", "syria"): 1}


def test_copies_of_a_story_count_once_if_asked(rows: "Rows") -> None:
    """What three prints of one story say of one relation is one claim, on the day of the first; a denial stays its own."""
    claims = [
        rows.claim("iran", "supports", "iraq", story_id="s", published_on=JUNE + timedelta(n))
        for n in (4, 1, 2)
    ]
    claims.append(rows.claim("iran", "opposes", "isis", story_id="s", published_on=JUNE))
    claims.append(rows.claim("iran", "supports", "iraq", story_id="s", published_on=JUNE, polarity="denied"))
    snapshot = rows.snapshot(claims)
    once = compute_timeline(snapshot, bucket="day", stories_once=True)
    assert list_counts(once) == [("2014-06-01", 1), ("2014-06-02", 1)]
    assert once.buckets[0].tally.denied == 1
    assert compute_timeline(snapshot, bucket="day").total == 4


def test_a_window_says_what_lies_outside(rows: "Rows") -> None:
    """Claims before and after the days asked for are summed up, and the window is whole though nothing happens in it."""
    claims = [
        rows.claim("iran", "supports", "iraq", published_on=date(2014, month, 15)) for month in (3, 5, 8, 8)
    ]
    snapshot = rows.snapshot(claims)
    found = compute_timeline(snapshot, since=date(2014, 6, 10), until=date(2014, 7, 2))
    assert list_counts(found) == [("2014-06-01", 0), ("2014-07-01", 0)]
    assert (found.before.claims, found.after.claims, found.total) == (2, 2, 4)


def test_filters_hold(rows: "Rows") -> None:
    """Dates, outlets and kinds leave out claims as in every other question."""
    claims = [
        rows.claim("iran", "supports", "iraq", outlet="AFP"),
        rows.claim("iran", "opposes", "isis", outlet="AFP"),
        rows.claim("iran", "supports", "iraq", outlet="Kyodo", published_on=date(2014, 7, 1)),
    ]
    snapshot = rows.snapshot(claims)
    totals = [
        compute_timeline(snapshot, where=where).total
        for where in (
            EdgeFilter(kinds=["supports"]),
            EdgeFilter(sources=["kyodo"]),
            EdgeFilter(known_by=date(2014, 6, 30)),
        )
    ]
    assert totals == [2, 1, 2]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bucket": "year"}, "bucket: must be one of day, week, month"),
        ({"clock": "ingested"}, "clock: must be one of published, valid"),
        ({"since": date(2014, 6, 2), "until": JUNE}, "until: 2014-06-01 is before 2014-06-02"),
        (
            {"bucket": "day", "since": date(1979, 1, 1), "until": JUNE},
            "bucket: there are more than 2,000 days",
        ),
    ],
)
def test_impossible_questions_are_refused(rows: "Rows", options: dict[str, Any], message: str) -> None:
    """What cannot be drawn is refused, with the option that would have to change."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq")])
    with pytest.raises(InvalidQuery, match=message):
        compute_timeline(snapshot, **options)


def test_unknown_actors_and_spent_time_are_errors(rows: "Rows") -> None:
    """Nobody by that name has no timeline, and a budget that is used up stops the work."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq")])
    with pytest.raises(EntityNotFound, match="atlantis"):
        compute_timeline(snapshot, ["atlantis"])
    with pytest.raises(QueryTimeout, match="0 s"):
        compute_timeline(snapshot, budget_s=0.0)


@settings(max_examples=40, deadline=None)
@given(
    drawn=st.lists(
        st.tuples(st.none() | days, st.none() | days, st.sampled_from(["supports", "opposes", "commands"])),
        max_size=12,
    ),
    bucket=st.sampled_from(["day", "week", "month"]),
    clock=st.sampled_from(["published", "valid"]),
)
def test_every_claim_is_counted_in_the_bucket_of_its_day(
    rows: "Rows",
    drawn: list[tuple[date | None, date | None, str]],
    bucket: BucketSize,
    clock: Clock,
) -> None:
    """Whatever is claimed and when: buckets follow each other without a gap, and hold just the claims of their days."""
    claims = [
        rows.claim("iran", kind, "iraq", published_on=published, valid_from=valid)
        for published, valid, kind in drawn
    ]
    found = compute_timeline(rows.snapshot(claims), bucket=bucket, clock=clock)
    placed = [
        (valid or published if clock == "valid" else published, kind) for published, valid, kind in drawn
    ]
    for entry in found.buckets:
        within = (kind for day, kind in placed if day is not None and entry.first <= day <= entry.last)
        assert Counter(within) == Counter(entry.tally.kinds)
    for before, after in zip(found.buckets, found.buckets[1:], strict=False):
        assert after.first == before.last + timedelta(days=1)
    assert found.undated.claims == sum(day is None for day, _ in placed)
    assert found.total == len(claims)
    assert len(found.buckets) <= MAX_BUCKETS
