"""`diff`: what changed between two days, with the claims that made the change."""

from collections.abc import Iterable, Sequence

from app.answers.evidence import to_quote
from app.answers.reader import Reader, build_filter, find_ref, resolve_all, to_edge
from app.diff_schemas import DiffAnswer, DiffQuestion, DiffSize, RelationChange, SignChange
from app.schemas import Quote, Relation
from graph import diff
from graph.rows import ClaimRow
from graph.snapshot.snapshot import Snapshot

QUOTES_PER_CHANGE = 3


def answer_diff(reader: Reader, question: DiffQuestion) -> DiffAnswer:
    """Return the relations that appeared, ended, changed sign or became disputed between two days.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        InvalidQuery: The days are not in order, or a filter says again what they say.
        QueryTimeout: It took too long.
    """
    # Two days of what was known are compared in the names of the later one.
    day = question.known_by or (question.to if question.reading == "known" else None)
    snapshot = reader.snapshots.current().at(day)
    found = diff.compute_diff(
        snapshot,
        question.from_,
        question.to,
        reading=question.reading,
        of=resolve_all(snapshot, question.of),
        where=build_filter(reader, snapshot, question),
        limit=question.limit,
        budget_s=reader.timeout_s,
    )
    appeared, ended, disputed = found.appeared, found.ended, found.became_disputed
    turned = found.changed_sign
    shown = [change.claims for change in (*appeared, *ended, *disputed)]
    quotes = _Quotes(reader, snapshot, shown + [change.claims for change in turned])
    return DiffAnswer(
        from_=found.earlier,
        to=found.later,
        reading=found.reading,
        of=[find_ref(snapshot, name) for name in dict.fromkeys(resolve_all(snapshot, question.of))],
        shown=DiffSize(
            appeared=len(appeared),
            ended=len(ended),
            changed_sign=len(turned),
            became_disputed=len(disputed),
        ),
        total=DiffSize(**found.totals),
        graph_version=found.version,
        appeared=[_to_change(snapshot, change, quotes) for change in appeared],
        ended=[_to_change(snapshot, change, quotes) for change in ended],
        changed_sign=[_to_sign_change(snapshot, change, quotes) for change in turned],
        became_disputed=[_to_change(snapshot, change, quotes) for change in disputed],
    )


class _Quotes:
    """The words of the claims that made changes; read from the store at once."""

    def __init__(self, reader: Reader, snapshot: Snapshot, changes: Iterable[Sequence[ClaimRow]]) -> None:
        wanted = sorted({claim.id for claims in changes for claim in _pick(claims)})
        found = reader.store.find_claims_by_id(wanted) if wanted else []
        self._quotes = {item.claim.id: to_quote(snapshot, item) for item in found}

    def find(self, claims: Sequence[ClaimRow]) -> list[Quote]:
        return [self._quotes[claim.id] for claim in _pick(claims) if claim.id in self._quotes]


def _pick(claims: Sequence[ClaimRow]) -> list[ClaimRow]:
    """Return the claims to quote: the earliest, one of each story before a second."""
    first = {claim.story_id: claim for claim in reversed(claims)}
    ordered = sorted(claims, key=lambda claim: first[claim.story_id] is not claim)
    return ordered[:QUOTES_PER_CHANGE]


def _to_change(snapshot: Snapshot, change: diff.EdgeChange, quotes: _Quotes) -> RelationChange:
    edge = change.edge
    return RelationChange(
        relation=Relation(
            **to_edge(edge).model_dump(),
            source_name=find_ref(snapshot, edge.source).name,
            target_name=find_ref(snapshot, edge.target).name,
        ),
        before=to_edge(change.before) if change.before else None,
        after=to_edge(change.after) if change.after else None,
        claims=[claim.id for claim in change.claims],
        day=change.day,
        quotes=quotes.find(change.claims),
    )


def _to_sign_change(snapshot: Snapshot, change: diff.SignChange, quotes: _Quotes) -> SignChange:
    return SignChange(
        source=find_ref(snapshot, change.source),
        target=find_ref(snapshot, change.target),
        sign_before=change.sign_before,
        sign_after=change.sign_after,
        before=[to_edge(edge) for edge in change.before],
        after=[to_edge(edge) for edge in change.after],
        claims=[claim.id for claim in change.claims],
        quotes=quotes.find(change.claims),
    )
