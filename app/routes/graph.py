"""`/graph/*`: questions about how actors hang together."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from app import examples
from app.answers.overview import answer_between, answer_centrality, answer_neighborhood, answer_stats
from app.answers.paths import answer_path
from app.dependencies import ServiceDep, answer, check_limit
from app.documentation import describe_answer
from app.queries import BetweenQuestion, CentralityQuestion, GraphFilter, NeighborhoodQuestion, PathQuestion
from app.schemas import PathAnswer, Ranking, Stats, Subgraph

router = APIRouter(prefix="/graph", tags=["graph"])

_NAMES = ("unknown-name", "ambiguous-name", "too-slow")


@router.get(
    "/path",
    responses=describe_answer(PathAnswer, examples.PATH, "/graph/path", *_NAMES),
    response_class=Response,
)
async def find_path(
    request: Request, question: Annotated[PathQuestion, Query()], service: ServiceDep
) -> Response:
    """How are two actors connected, and which sentences say so?

    Best first; each hop says whether its relation is walked forward or backward and gives its top quotes.
    """
    check_limit("k", question.k, service.settings.max_k)
    check_limit("max_hops", question.max_hops, service.settings.max_hops)
    return await answer(request, service, lambda reader: answer_path(reader, question))


@router.get(
    "/neighborhood",
    responses=describe_answer(Subgraph, examples.SUBGRAPH, "/graph/neighborhood", *_NAMES),
    response_class=Response,
)
async def find_neighborhood(
    request: Request, question: Annotated[NeighborhoodQuestion, Query()], service: ServiceDep
) -> Response:
    """Who is around one or several actors? Most confident first; says how much of how much is shown."""
    check_limit("limit", question.limit, service.settings.max_nodes)
    return await answer(request, service, lambda reader: answer_neighborhood(reader, question))


@router.get(
    "/between",
    responses=describe_answer(Subgraph, examples.BETWEEN, "/graph/between", *_NAMES),
    response_class=Response,
)
async def find_between(
    request: Request, question: Annotated[BetweenQuestion, Query()], service: ServiceDep
) -> Response:
    """What lies between two actors: all that their short paths run through, best paths first?"""
    check_limit("limit", question.limit, service.settings.max_nodes)
    check_limit("max_hops", question.max_hops, service.settings.max_hops)
    return await answer(request, service, lambda reader: answer_between(reader, question))


@router.get(
    "/centrality",
    responses=describe_answer(Ranking, examples.RANKING, "/graph/centrality", *_NAMES),
    response_class=Response,
)
async def rank_actors(
    request: Request, question: Annotated[CentralityQuestion, Query()], service: ServiceDep
) -> Response:
    """Who matters most? Says whether the measure is exact or sampled, and how far it can be off."""
    check_limit("limit", question.limit, service.settings.max_nodes)
    return await answer(request, service, lambda reader: answer_centrality(reader, question))


@router.get(
    "/stats",
    responses=describe_answer(Stats, examples.STATS, "/graph/stats", *_NAMES),
    response_class=Response,
)
async def count_graph(
    request: Request, question: Annotated[GraphFilter, Query()], service: ServiceDep
) -> Response:
    """What does the graph hold: actors, relations, claims, sources, and from when to when?"""
    return await answer(request, service, lambda reader: answer_stats(reader, question))
