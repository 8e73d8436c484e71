"""When things were said, or are said to have held: counts of claims by kind for each day, week or month."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Literal, get_args

from graph.claim_days import DENIED, POSSIBLE, Clock, count_by_day
from graph.deadline import Deadline
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.snapshot.snapshot import Snapshot

BucketSize = Literal["day", "week", "month"]

MAX_BUCKETS = 2000
"""Most spans of time in one timeline."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Claims of one span of time.

    Attributes:
        kinds: Claims that count, by relation kind; kinds without one are left out.
        denied: Claims that something is not so.
        possible: Claims that something may, might or would be so.
    """

    kinds: Mapping[str, int]
    denied: int = 0
    possible: int = 0

    @property
    def claims(self) -> int:
        """Claims that count, of all kinds."""
        return sum(self.kinds.values())


@dataclass(frozen=True, slots=True)
class Bucket:
    """A day, a week from Monday on, or a calendar month; `first` and `last` are days within it."""

    first: date
    last: date
    tally: Tally


@dataclass(frozen=True, slots=True)
class Timeline:
    """Counts of claims over time.

    Attributes:
        version: The graph's version.
        of: Ids of the entities whose relations are counted; empty for the whole graph.
        kinds: Kinds that have a claim anywhere in the answer, in the ontology's order.
        buckets: Without gaps, from the first to the last that has a claim, or as far as was asked for.
        undated: Claims that the clock cannot place.
        before: Claims earlier than the window that was asked for.
        after: Claims later than it.
    """

    version: int
    of: tuple[str, ...]
    bucket: BucketSize
    clock: Clock
    stories_once: bool
    kinds: tuple[str, ...]
    buckets: tuple[Bucket, ...]
    undated: Tally
    before: Tally
    after: Tally

    @property
    def total(self) -> int:
        """Claims that count, wherever they were placed."""
        parts = [bucket.tally for bucket in self.buckets] + [self.undated, self.before, self.after]
        return sum(part.claims for part in parts)


def compute_timeline(  # noqa: PLR0913 (the question's options, as the service has them)
    snapshot: Snapshot,
    of: Iterable[str] = (),
    *,
    bucket: BucketSize = "month",
    clock: Clock = "published",
    stories_once: bool = False,
    since: date | None = None,
    until: date | None = None,
    where: EdgeFilter | None = None,
    budget_s: float | None = None,
) -> Timeline:
    """Count claims by kind over time.

    Claims that count, denials and mere possibilities are told apart; claims that a reviewer rejected are left out.

    Args:
        snapshot: The graph.
        of: Ids of entities; claims on relations that any of them has a part in are counted. None is the whole graph.
        bucket: `day`, `week` (ISO 8601: from Monday on) or `month`.
        clock: `published`: a claim belongs to the day its document was published. `valid`: to the first day on which the
            claim itself says that it held, or the last where it says only that; without either, to the day of
            publication, for what is said to be so is so by then. What is told as past (`once commanded`) without a day
            cannot be placed.
        stories_once: Count what copies of one story say of one relation once, on the earliest of their days.
        since: First day of the window; the bucket it lies in is shown whole. None begins with the first claim.
        until: Last day of the window, likewise. None ends with the last claim.
        where: Which claims to count.
        budget_s: Seconds after which counting is stopped; None for no limit.

    Raises:
        EntityNotFound: One of the entities is not in the snapshot.
        InvalidQuery: An option is out of range, or there would be more than 2,000 buckets.
        QueryTimeout: The budget was used up.

    Cost: O(claims of the entities), or O(claims) of the whole graph; and that of the filter's view.
    """
    _check_options(bucket, clock, since, until)
    deadline = Deadline(budget_s)
    snapshot = snapshot.at(where.known_by if where else None)
    ids = tuple(dict.fromkeys(snapshot.get_node(entity_id).id for entity_id in of))
    deadline.check()
    where = where or EdgeFilter()
    counts = count_by_day(snapshot, ids, clock, where, stories_once=stories_once)
    deadline.check()
    sums: defaultdict[date | None, list[tuple[str, int]]] = defaultdict(list)
    for (day, sort), claims in counts.items():
        sums[None if day is None else find_bucket_start(day, bucket)].append((sort, claims))
    undated = sums.pop(None, [])
    days = sorted(day for day in sums if day is not None)
    first = find_bucket_start(since, bucket) if since else min(days, default=None)
    last = find_bucket_start(until, bucket) if until else max(days, default=None)
    starts = _list_starts(first, last, bucket)
    outside = {
        "undated": _add_up(undated),
        "before": _add_up(chain(*(sums[day] for day in days if first is not None and day < first))),
        "after": _add_up(chain(*(sums[day] for day in days if last is not None and day > last))),
    }
    buckets = tuple(
        Bucket(start, find_bucket_end(start, bucket), _add_up(sums.get(start, ()))) for start in starts
    )
    seen = {kind for tally in (*outside.values(), *(b.tally for b in buckets)) for kind in tally.kinds}
    kinds = tuple(kind for kind in get_ontology().relation_kinds if kind in seen)
    return Timeline(snapshot.version, ids, bucket, clock, stories_once, kinds, buckets, **outside)


def find_bucket_start(day: date, bucket: BucketSize) -> date:
    """Return the first day of the day, ISO week or month that a day lies in."""
    if bucket == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if bucket == "week" else day


def find_bucket_end(start: date, bucket: BucketSize) -> date:
    """Return the last day of the bucket that begins on a day."""
    if bucket == "month":
        return start.replace(day=monthrange(start.year, start.month)[1])
    return start + timedelta(days=min(6 if bucket == "week" else 0, (date.max - start).days))


def _check_options(bucket: str, clock: str, since: date | None, until: date | None) -> None:
    for option, value, allowed in (
        ("bucket", bucket, get_args(BucketSize)),
        ("clock", clock, get_args(Clock)),
    ):
        if value not in allowed:
            raise InvalidQuery(option, f"must be one of {', '.join(allowed)}, not {value!r}.")
    if since and until and since > until:
        raise InvalidQuery("until", f"{until} is before {since}.")


def _list_starts(first: date | None, last: date | None, bucket: BucketSize) -> list[date]:
    """Return the first days of all buckets between two, both included.

    Raises:
        InvalidQuery: They are too many.
    """
    starts: list[date] = []
    if first is None or last is None:
        return starts
    start = first
    while start <= last:
        if len(starts) == MAX_BUCKETS:
            raise InvalidQuery(
                "bucket",
                f"there are more than {MAX_BUCKETS:,} {bucket}s from {first} to {last}; "
                "ask for longer ones, or for a window with since and until.",
            )
        starts.append(start)
        end = find_bucket_end(start, bucket)
        if end >= last:
            break
        start = end + timedelta(days=1)
    return starts


def _add_up(counts: Iterable[tuple[str, int]]) -> Tally:
    """Add up claims by kind, and those that are denied or merely possible."""
    total: defaultdict[str, int] = defaultdict(int)
    for sort, claims in counts:
        total[sort] += claims
    kinds = {kind: total[kind] for kind in get_ontology().relation_kinds if total.get(kind)}
    return Tally(kinds, total.get(DENIED, 0), total.get(POSSIBLE, 0))
