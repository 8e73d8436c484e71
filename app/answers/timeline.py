"""`timeline`: how much was said of what, and when."""

from app.answers.reader import Reader, build_filter, find_ref, resolve_all
from app.timeline_schemas import ClaimTally, TimeBucket, TimelineAnswer, TimelineQuestion
from graph.timeline import Tally, compute_timeline


def answer_timeline(reader: Reader, question: TimelineQuestion) -> TimelineAnswer:
    """Return the claims on some actors' relations, or all, by kind and time.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        InvalidQuery: There would be too many buckets, or the window ends before it begins.
        QueryTimeout: It took too long.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    found = compute_timeline(
        snapshot,
        resolve_all(snapshot, question.of),
        bucket=question.bucket,
        clock=question.clock,
        stories_once=question.stories_once,
        since=question.since,
        until=question.until,
        where=build_filter(reader, snapshot, question),
        budget_s=reader.timeout_s,
    )
    return TimelineAnswer(
        of=[find_ref(snapshot, entity_id) for entity_id in found.of],
        bucket=found.bucket,
        clock=found.clock,
        stories_once=found.stories_once,
        kinds=list(found.kinds),
        shown=sum(bucket.tally.claims for bucket in found.buckets),
        total=found.total,
        graph_version=found.version,
        buckets=[
            TimeBucket(start=bucket.first, end=bucket.last, **_to_tally(bucket.tally).model_dump())
            for bucket in found.buckets
        ],
        undated=_to_tally(found.undated),
        before=_to_tally(found.before),
        after=_to_tally(found.after),
    )


def _to_tally(tally: Tally) -> ClaimTally:
    return ClaimTally(
        claims=tally.claims, kinds=dict(tally.kinds), denied=tally.denied, possible=tally.possible
    )
