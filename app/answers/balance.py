"""`balance`: coalitions, triads with their quotes, frustration, and which ties to check."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from app.answers.reader import Reader, build_filter
from app.answers.ties import Evidence, show
from app.balance_schemas import (
    ActorBalance,
    BalanceAnswer,
    BalanceMoment,
    BalancePictureQuestion,
    BalanceQuestion,
    Coalitions,
    FrustrationIndex,
    Shown,
    SignedTie,
    SignedTriad,
    TieCounts,
    TieToCheck,
    TriadSums,
    WalkSums,
)
from app.plots.balance import DRAWN, draw_coalitions, draw_over_time
from graph.balance import Balance, Moment, Part, Suggestion, Tie, Triad, analyse_balance

_SIGNS: tuple[Literal["+++", "++-", "+--", "---"], ...] = ("+++", "++-", "+--", "---")
_MEMBERS = 200
"""Most actors of a coalition to list."""

_METHODS = {
    True: "exact: reduction (Ferizovic et al. 2020), then enumeration, cycle packing or binary programming "
    "(Aref, Mason and Wilson 2020)",
    False: "bounded: lower by disjoint contradictory cycles and relaxation, upper by iterated local search",
}
_WALKS = "tr exp(A) / tr exp(|A|) (Estrada and Benzi 2014)"


def answer_balance(reader: Reader, question: BalanceQuestion) -> BalanceAnswer:
    """Return how balanced supports and oppositions are, and what is in the way.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        InvalidQuery: There are too many spans of time.
        QueryTimeout: It took too long.

    Cost: see `graph.balance.analyse_balance`, and one query for all quotes.
    """
    return _answer(reader, question)[0]


def draw_balance(reader: Reader, question: BalancePictureQuestion) -> str:
    """Return the same as a picture, in SVG; without spans of time to draw, of months.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        InvalidQuery: There are too many spans of time.
        QueryTimeout: It took too long.
    """
    asked = {"bucket": (question.bucket or "month") if question.plot == "time" else None}
    return answer_and_draw_balance(reader, question.model_copy(update=asked))[1]


def answer_and_draw_balance(reader: Reader, question: BalancePictureQuestion) -> tuple[BalanceAnswer, str]:
    """Return the answer, and a picture of it in SVG: the signs are analysed once for both.

    A picture over time shows the spans of time that are asked for, and is empty without any.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        InvalidQuery: There are too many spans of time.
        QueryTimeout: It took too long.

    Cost: that of `answer_balance`.
    """
    answer, ties = _answer(reader, question)
    return answer, draw_over_time(answer) if question.plot == "time" else draw_coalitions(answer, ties)


def _answer(reader: Reader, question: BalanceQuestion) -> tuple[BalanceAnswer, list[SignedTie]]:
    """Return the answer, and the ties among the first actors of its largest part, without quotes."""
    snapshot = reader.snapshots.current().at(question.known_by)
    where = build_filter(reader, snapshot, question)
    found = analyse_balance(
        snapshot,
        where=where,
        weight=question.weight,
        ambivalent=question.ambivalent,
        limit=question.limit,
        bucket=question.bucket,
        clock=question.clock,
        budget_s=reader.timeout_s,
    )
    torn = sorted(found.graph.ambivalent, key=lambda tie: (-tie.confidence, tie.left, tie.right))
    shown_ties = _iter_shown(found, torn, question.limit)
    evidence = Evidence.look_up(reader, snapshot, where, (edge for tie in shown_ties for edge in tie.edges))
    answer = BalanceAnswer(
        graph_version=snapshot.version,
        actors=len(found.graph.actors),
        ties=_count_ties(found),
        triads=_show_triads(evidence, found),
        frustration=_show_frustration(found),
        parts=show(
            [_show_part(evidence, part, question.limit) for part in found.parts[: question.limit]],
            len(found.parts),
        ),
        walks=_show_walks(evidence, found),
        ambivalent=show([evidence.show_tie(tie) for tie in torn[: question.limit]], len(torn)),
        to_check=show(
            [_show_suggestion(evidence, item) for item in found.suggestions], found.suggestions_total
        ),
        over_time=[_show_moment(moment) for moment in found.moments],
    )
    return answer, _list_drawn(evidence, found)


def _list_drawn(evidence: Evidence, found: Balance) -> list[SignedTie]:
    """Return the ties among the actors of the largest part that a picture has room for."""
    if not found.parts:
        return []
    drawn = {*found.parts[0].first[:DRAWN], *found.parts[0].second[:DRAWN]}
    graph = found.graph
    numbers = {graph.numbers[actor] for actor in drawn}
    pairs = zip(graph.tails.tolist(), graph.heads.tolist(), strict=True)
    chosen = [place for place, (one, other) in enumerate(pairs) if one in numbers and other in numbers]
    return [evidence.show_tie(graph.ties[place]) for place in chosen]


def _iter_shown(found: Balance, torn: Sequence[Tie], limit: int) -> Iterator[Tie]:
    """Yield every tie that the answer shows with its quotes."""
    for triad in (*found.triads.balanced, *found.triads.unbalanced):
        yield from triad.ties
    for part in found.parts[:limit]:
        yield from part.frustrated[:limit]
    for suggestion in found.suggestions:
        yield suggestion.tie
    yield from torn[:limit]


def _count_ties(found: Balance) -> TieCounts:
    positive = int((found.graph.signs > 0).sum())
    return TieCounts(
        positive=positive,
        negative=len(found.graph.ties) - positive,
        ambivalent=len(found.graph.ambivalent),
    )


def _show_triads(evidence: Evidence, found: Balance) -> TriadSums:
    census = found.triads
    return TriadSums(
        counts=dict(zip(_SIGNS, census.by_negatives, strict=True)),
        balanced_share=census.balanced_share,
        expected_share=census.expected_share,
        unbalanced=_list_triads(evidence, census.unbalanced, census.unbalanced_total),
        balanced=_list_triads(evidence, census.balanced, census.balanced_total),
    )


def _list_triads(evidence: Evidence, triads: Iterable[Triad], total: int) -> Shown[SignedTriad]:
    return show(
        [
            SignedTriad(
                actors=[evidence.show_actor(actor) for actor in triad.actors],
                signs=_SIGNS[sum(tie.sign < 0 for tie in triad.ties)],
                balanced=triad.is_balanced,
                confidence=triad.confidence,
                ties=[evidence.show_tie(tie) for tie in triad.ties],
            )
            for triad in triads
        ],
        total,
    )


def _show_frustration(found: Balance) -> FrustrationIndex:
    index = found.frustration
    return FrustrationIndex(
        weight=index.weight,
        exact=index.is_exact,
        lower=index.lower,
        upper=index.upper,
        total=index.total,
        balanced_share=max(index.balanced_share, 0.0),
        method=_METHODS[index.is_exact],
    )


def _show_part(evidence: Evidence, part: Part, limit: int) -> Coalitions:
    listed = {*part.first[:_MEMBERS], *part.second[:_MEMBERS]}
    return Coalitions(
        actors=part.actors,
        ties=part.ties,
        first=show([evidence.show_actor(actor) for actor in part.first[:_MEMBERS]], len(part.first)),
        second=show([evidence.show_actor(actor) for actor in part.second[:_MEMBERS]], len(part.second)),
        loose=[evidence.show_actor(actor) for actor in part.loose if actor in listed],
        contradictions=show(
            [evidence.show_tie(tie) for tie in part.frustrated[:limit]], len(part.frustrated)
        ),
    )


def _show_walks(evidence: Evidence, found: Balance) -> WalkSums:
    return WalkSums(
        share=found.walks.share,
        error=found.walks.error,
        method=_WALKS if not found.walks.error else f"{_WALKS}, sampled (Hutchinson 1990; Lanczos)",
        actors=[
            ActorBalance(entity=evidence.show_actor(actor), ties=ties, share=share)
            for actor, ties, share in found.seen_from
        ],
    )


def _show_suggestion(evidence: Evidence, suggestion: Suggestion) -> TieToCheck:
    return TieToCheck(
        tie=evidence.show_tie(suggestion.tie),
        settles=suggestion.settles,
        contradicts_split=suggestion.is_frustrated,
        action=suggestion.action,
        triads_flipped=suggestion.triads_flipped,
        triads_removed=suggestion.triads_removed,
    )


def _show_moment(moment: Moment) -> BalanceMoment:
    return BalanceMoment(
        day=moment.day,
        actors=moment.actors,
        ties=TieCounts(positive=moment.positive, negative=moment.negative, ambivalent=moment.ambivalent),
        balanced_triads=moment.balanced,
        unbalanced_triads=moment.unbalanced,
        frustration_lower=moment.frustration_lower,
        frustration_upper=moment.frustration_upper,
    )
