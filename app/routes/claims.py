"""`/claims`: what one sentence says."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app import examples
from app.answers.records import get_claim
from app.answers.reviewing import review_claim
from app.dependencies import TAKES_NO_OPTIONS, ServiceDep, answer
from app.documentation import SHARED, describe_answer, describe_problems
from app.queries import NO_NUL, DatedQuestion
from app.review_schemas import ReviewIn
from app.schemas import ClaimDetail

router = APIRouter(prefix="/claims", tags=["claims"])


ClaimId = Annotated[
    str, Path(description="Id", examples=[examples.CLAIM["id"]], max_length=100, pattern=NO_NUL)
]
_ADDRESS = f"/claims/{examples.CLAIM['id']}"
_JSON = "application/json"


@router.get(
    "/{claim_id}",
    responses=describe_answer(ClaimDetail, examples.CLAIM_DETAIL, _ADDRESS, "not-found"),
    response_class=Response,
)
async def show_claim(
    request: Request,
    claim_id: ClaimId,
    question: Annotated[DatedQuestion, Query()],
    service: ServiceDep,
) -> Response:
    """What does one sentence say, who says so, and what stands around it?"""
    return await answer(request, service, lambda reader: get_claim(reader, claim_id, question))


@router.patch(
    "/{claim_id}",
    response_class=Response,
    responses={
        200: {
            "model": ClaimDetail,
            "description": "Kept; every answer from now on follows it.",
            "content": {_JSON: {"example": examples.REVIEWED_CLAIM}},
        },
        **describe_problems(_ADDRESS, "not-found", "invalid-request", "too-large", *SHARED),
    },
    openapi_extra={"requestBody": {"content": {_JSON: {"example": examples.REVIEW_IN}}}},
    dependencies=TAKES_NO_OPTIONS,
)
async def patch_claim(request: Request, claim_id: ClaimId, review: ReviewIn, service: ServiceDep) -> Response:
    """Accept or reject a claim, or take that back.

    A rejected claim stays where it is, with who rejected it and when, and counts for nothing: not for its relation, and
    not for what is said against it. `review=` narrows every question to claims of one status.
    """
    reviewed_by: str | None = getattr(request.state, "key_name", None)
    reviewed = await service.questions.run(
        lambda: review_claim(service.reader, claim_id, review, reviewed_by)
    )
    return Response(reviewed.to_json(), headers={"Cache-Control": "no-store"}, media_type=_JSON)
