"""`/graph/communities` and `/graph/balance`: how the whole graph hangs together, and what in it contradicts itself."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import structure_examples as examples
from app.answers.balance import answer_balance, draw_balance
from app.answers.communities import answer_communities
from app.balance_schemas import BalanceAnswer, BalancePictureQuestion, BalanceQuestion
from app.communities_schemas import CommunitiesAnswer, CommunitiesQuestion
from app.dependencies import CACHE_CONTROL, ServiceDep, answer, build_etag, is_known
from app.documentation import NOT_CHANGED, SHARED, describe_answer, describe_problems

router = APIRouter(prefix="/graph", tags=["graph"])

_NAMES = ("unknown-name", "ambiguous-name", "too-slow")
_SVG = "image/svg+xml"
_SAFE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_PICTURE: dict[str, Any] = {
    "description": "The picture.",
    "content": {_SVG: {"schema": {"type": "string"}, "example": examples.BALANCE_SVG}},
}


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
    responses={
        200: _PICTURE,
        304: NOT_CHANGED,
        **describe_problems("/graph/balance.svg", *_NAMES, "invalid-request", *SHARED),
    },
    response_class=Response,
)
async def draw_signs(
    request: Request, question: Annotated[BalancePictureQuestion, Query()], service: ServiceDep
) -> Response:
    """The same as a picture in SVG, which says in words what it shows: the coalitions, or the balance over time."""

    def work() -> Response:
        etag = build_etag(service.reader.store.get_version(), request)
        headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL, "Content-Security-Policy": _SAFE}
        if is_known(etag, request.headers.get("if-none-match")):
            return Response(status_code=304, headers=headers)
        return Response(draw_balance(service.reader, question), headers=headers, media_type=_SVG)

    return await service.questions.run(work)
