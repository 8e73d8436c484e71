"""`/graph/timeline` and `/graph/diff`: when things were said, and what changed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import time_examples as examples
from app.answers.diff import answer_diff
from app.answers.timeline import answer_timeline
from app.dependencies import ServiceDep, answer, answer_picture
from app.diff_schemas import DiffAnswer, DiffQuestion
from app.documentation import describe_answer, describe_picture
from app.plots.timeline import draw_timeline
from app.timeline_schemas import TimelineAnswer, TimelineQuestion

router = APIRouter(prefix="/graph", tags=["graph"])

_NAMES = ("unknown-name", "ambiguous-name", "too-slow")


@router.get(
    "/timeline",
    responses=describe_answer(TimelineAnswer, examples.TIMELINE, "/graph/timeline", *_NAMES),
    response_class=Response,
)
async def count_over_time(
    request: Request, question: Annotated[TimelineQuestion, Query()], service: ServiceDep
) -> Response:
    """How much was claimed of what, and when?

    Counts by kind for each day, week or month, empty ones included; what has no date is counted apart. `clock` says
    whether a claim belongs to the day its text appeared or to the day that it speaks of.
    """
    return await answer(request, service, lambda reader: answer_timeline(reader, question))


@router.get(
    "/timeline.svg",
    responses=describe_picture(examples.TIMELINE_SVG, "/graph/timeline.svg", *_NAMES),
    response_class=Response,
)
async def draw_over_time(
    request: Request, question: Annotated[TimelineQuestion, Query()], service: ServiceDep
) -> Response:
    """The same as a picture: stacked bars in SVG, which says in words what it shows."""
    return await answer_picture(
        request, service, lambda reader: draw_timeline(answer_timeline(reader, question))
    )


@router.get(
    "/diff",
    responses=describe_answer(DiffAnswer, examples.DIFF, "/graph/diff", *_NAMES),
    response_class=Response,
)
async def find_changes(
    request: Request, question: Annotated[DiffQuestion, Query()], service: ServiceDep
) -> Response:
    """What changed between two days: which relations appeared, ended, changed sign or became disputed, and who says so?

    `reading=held` compares what held in the world on each day, `reading=known` what had been published by it.
    """
    return await answer(request, service, lambda reader: answer_diff(reader, question))
