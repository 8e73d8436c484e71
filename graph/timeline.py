"""When things were said, or are said to have held: counts of claims by kind for each day, week or month."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from graph.deadline import Deadline
from graph.edges import is_counting
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.rows import ClaimRow
from graph.snapshot import GraphView, Snapshot

BucketSize = Literal["day", "week", "month"]
Clock = Literal["published", "valid"]

MAX_BUCKETS = 2000
"""Most spans of time in one timeline."""

_EDGES_A_CHECK = 512


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


class _Entry:
    """A tally in the making."""

    __slots__ = ("denied", "kinds", "possible")

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self.denied = 0
        self.possible = 0

    def note(self, claim: ClaimRow, kind: str) -> None:
        if is_counting(claim):
            self.kinds[kind] += 1
        elif claim.modality == "possible":
            self.possible += 1
        else:
            self.denied += 1

    def close(self, order: Sequence[str]) -> Tally:
        kinds = {kind: self.kinds[kind] for kind in order if self.kinds[kind]}
        return Tally(kinds, self.denied, self.possible)


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
        clock: `published`: a claim belongs to the day its document was published. `valid`: to the day that it speaks of,
            see `place_claim`.
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
    ids = tuple(dict.fromkeys(snapshot.get_node(entity_id).id for entity_id in of))
    view = snapshot.view(replace(where or EdgeFilter(), evidence=True))
    entries: defaultdict[date | None, _Entry] = defaultdict(_Entry)
    for kind, day, claim in _iter_placed(view, ids, clock, deadline, stories_once=stories_once):
        entries[None if day is None else find_bucket_start(day, bucket)].note(claim, kind)
    order = tuple(get_ontology().relation_kinds)
    undated = entries.pop(None, _Entry())
    days = sorted(day for day in entries if day is not None)
    first = find_bucket_start(since, bucket) if since else min(days, default=None)
    last = find_bucket_start(until, bucket) if until else max(days, default=None)
    starts = _list_starts(first, last, bucket)
    sums = {
        "undated": undated.close(order),
        "before": _sum_up((entries[day] for day in days if first is not None and day < first), order),
        "after": _sum_up((entries[day] for day in days if last is not None and day > last), order),
    }
    buckets = tuple(
        Bucket(start, find_bucket_end(start, bucket), entries[start].close(order)) for start in starts
    )
    seen = {kind for tally in (*sums.values(), *(b.tally for b in buckets)) for kind in tally.kinds}
    kinds = tuple(kind for kind in order if kind in seen)
    return Timeline(snapshot.version, ids, bucket, clock, stories_once, kinds, buckets, **sums)


def place_claim(claim: ClaimRow, clock: Clock) -> date | None:
    """Return the day a claim belongs to; None where nothing tells.

    By `published` it is the day its document was published. By `valid` it is the first day on which the claim itself says
    that it held, or the last where it says only that; without either, the day of publication, for what is said to be
    so is so by then. What is told as past (`once commanded`) without a date cannot be placed.
    """
    if clock == "published":
        return claim.published_on
    told = claim.valid_from or claim.valid_to
    return told or (None if claim.modality == "past" else claim.published_on)


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


def _iter_placed(
    view: GraphView, ids: Sequence[str], clock: Clock, deadline: Deadline, *, stories_once: bool
) -> Iterator[tuple[str, date | None, ClaimRow]]:
    """Yield each claim to count with its relation's kind and its day."""
    edge_ids = {edge.id: edge.kind for entity_id in ids for edge in view.find_edges(of=entity_id)}
    if not ids:
        edge_ids = {edge.id: edge.kind for edge in view.edges.values()}
    for number, (edge_id, kind) in enumerate(edge_ids.items()):
        if number % _EDGES_A_CHECK == 0:
            deadline.check()
        standing = [claim for claim in view.get_claims(edge_id) if claim.review_status != "rejected"]
        placed = [(place_claim(claim, clock), claim) for claim in standing]
        for day, claim in _pick_one_a_story(placed) if stories_once else placed:
            yield kind, day, claim


def _pick_one_a_story(
    placed: Iterable[tuple[date | None, ClaimRow]],
) -> list[tuple[date | None, ClaimRow]]:
    """Return the earliest claim of each story and sort (it is so, it is not, it may be) on one relation."""
    ordered = sorted(placed, key=lambda item: (item[0] is None, item[0] or date.max, item[1].id))
    first: dict[tuple[str, str, bool], tuple[date | None, ClaimRow]] = {}
    for day, claim in ordered:
        sort = (claim.story_id, claim.polarity, claim.modality == "possible")
        first.setdefault(sort, (day, claim))
    return list(first.values())


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


def _sum_up(entries: Iterable[_Entry], order: Sequence[str]) -> Tally:
    total = _Entry()
    for entry in entries:
        total.kinds.update(entry.kinds)
        total.denied += entry.denied
        total.possible += entry.possible
    return total.close(order)
