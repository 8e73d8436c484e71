"""`/graph/communities` and `/graph/balance`: how the whole graph hangs together, and what in it contradicts itself."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import structure_examples as examples
from app.answers.balance import answer_balance, draw_balance
from app.answers.communities import answer_communities
from app.balance_schemas import BalanceAnswer, BalancePictureQuestion, BalanceQuestion
from app.communities_schemas import CommunitiesAnswer, CommunitiesQuestion
from app.dependencies import ServiceDep, answer, answer_picture
from app.documentation import describe_answer, describe_picture

router = APIRouter(prefix="/graph", tags=["graph"])

_NAMES = ("unknown-name", "ambiguous-name", "too-slow")


@router.get(
    "/communities",
    responses=describe_answer(CommunitiesAnswer, examples.COMMUNITIES, "/graph/communities", *_NAMES),
    response_class=Response,
)
async def find_groups(
    request: Request, question: Annotated[CommunitiesQuestion, Query()], service: ServiceDep
) -> Response:
    """Who belongs together, what ties each group, and what cuts them apart?

    Leiden groups, named by their most central actors. `signs=signed` takes opposition for what it is; the same graph
    has the same groups, however it was stored.
    """
    return await answer(request, service, lambda reader: answer_communities(reader, question))


@router.get(
    "/balance",
    responses=describe_answer(BalanceAnswer, examples.BALANCE, "/graph/balance", *_NAMES),
    response_class=Response,
)
async def analyse_signs(
    request: Request, question: Annotated[BalanceQuestion, Query()], service: ServiceDep
) -> Response:
    """Which friendships and enmities contradict each other, who stands with whom, and what is worth checking?

    Balanced and unbalanced triads with their quotes, the frustration index (exact, or between two bounds), the two
    coalitions it implies, balance seen from actors and over time, and the ties whose being wrong would settle most.
    """
    return await answer(request, service, lambda reader: answer_balance(reader, question))


@router.get(
    "/balance.svg",
    responses=describe_picture(examples.BALANCE_SVG, "/graph/balance.svg", *_NAMES),
    response_class=Response,
)
async def draw_signs(
    request: Request, question: Annotated[BalancePictureQuestion, Query()], service: ServiceDep
) -> Response:
    """The same as a picture in SVG, which says in words what it shows: the coalitions, or the balance over time."""
    return await answer_picture(request, service, lambda reader: draw_balance(reader, question))
