"""`/claims`: what one sentence says."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app import examples
from app.answers.records import get_claim
from app.dependencies import ServiceDep, answer
from app.documentation import describe_answer
from app.queries import NO_NUL, DatedQuestion
from app.schemas import ClaimDetail

router = APIRouter(prefix="/claims", tags=["claims"])


@router.get(
    "/{claim_id}",
    responses=describe_answer(
        ClaimDetail, examples.CLAIM_DETAIL, f"/claims/{examples.CLAIM['id']}", "not-found"
    ),
    response_class=Response,
)
async def show_claim(
    request: Request,
    claim_id: Annotated[
        str, Path(description="Id", examples=[examples.CLAIM["id"]], max_length=100, pattern=NO_NUL)
    ],
    question: Annotated[DatedQuestion, Query()],
    service: ServiceDep,
) -> Response:
    """What does one sentence say, who says so, and what stands around it?"""
    return await answer(request, service, lambda reader: get_claim(reader, claim_id, question))
