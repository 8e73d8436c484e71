"""`/judgements`: who is the same as whom, as people have said it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app import examples
from app.answers.judging import add_judgement, find_candidates, list_judgements
from app.dependencies import TAKES_NO_OPTIONS, ServiceDep, answer, check_limit
from app.documentation import SHARED, describe_answer, describe_problems
from app.judgement_schemas import Candidates, Judgement, JudgementIn
from app.queries import CandidateSearch, PageQuestion
from app.schemas import Page

router = APIRouter(prefix="/judgements", tags=["judgements"])

JudgementId = Annotated[int, Path(description="Id", examples=[examples.JUDGEMENT["id"]], ge=1, le=2**31 - 1)]
_JSON = "application/json"
_CONFLICTS = ("unknown-name", "ambiguous-name", "judgement-conflict", "invalid-request", "too-large")


@router.get(
    "",
    response_class=Response,
    responses=describe_answer(Page[Judgement], examples.build_page(examples.JUDGEMENT), "/judgements"),
)
async def search_judgements(
    request: Request, question: Annotated[PageQuestion, Query()], service: ServiceDep
) -> Response:
    """What have people said about who is whom? Latest first."""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: list_judgements(reader, question))


@router.post(
    "",
    status_code=201,
    response_class=Response,
    responses={
        201: {
            "model": Judgement,
            "description": "Kept; every answer from now on follows it. `Location` is what to delete to undo it.",
            "content": {_JSON: {"example": examples.JUDGEMENT}},
        },
        **describe_problems("/judgements", *_CONFLICTS, *SHARED),
    },
    openapi_extra={"requestBody": {"content": {_JSON: {"example": examples.JUDGEMENT_IN}}}},
    dependencies=TAKES_NO_OPTIONS,
)
async def post_judgement(request: Request, judgement: JudgementIn, service: ServiceDep) -> Response:
    """Say that two actors or places are the same, are not, or that it cannot be told.

    Two that are the same become one in every answer; nothing stored is changed, so deleting the judgement brings
    back exactly what was before. Two that are not the same are never joined again.
    """
    judged_by: str | None = getattr(request.state, "key_name", None)
    # Not where texts are read: nobody waits for a long upload to say a word.
    kept = await service.questions.run(lambda: add_judgement(service.reader, judgement, judged_by))
    headers = {"Cache-Control": "no-store", "Location": f"/judgements/{kept.id}"}
    return Response(kept.to_json(), 201, headers=headers, media_type=_JSON)


@router.get(
    "/candidates",
    response_class=Response,
    responses=describe_answer(Candidates, examples.CANDIDATE_LIST, "/judgements/candidates", "too-slow"),
)
async def show_candidates(
    request: Request, question: Annotated[CandidateSearch, Query()], service: ServiceDep
) -> Response:
    """Which actors and places are likely one, and why? Likeliest first, without those that were judged."""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: find_candidates(reader, question))


@router.delete(
    "/{judgement_id}",
    status_code=204,
    response_class=Response,
    responses={
        204: {"description": "Undone: every answer is again what it was without it."},
        **describe_problems("/judgements/3", "not-found", "invalid-request", *SHARED),
    },
    dependencies=TAKES_NO_OPTIONS,
)
async def delete_judgement(judgement_id: JudgementId, service: ServiceDep) -> Response:
    """Undo a judgement."""
    await service.questions.run(lambda: service.reader.store.delete_judgement(judgement_id))
    return Response(status_code=204)
