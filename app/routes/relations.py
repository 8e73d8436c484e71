"""`/relations`: what is between two actors, and the evidence for it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app import examples
from app.answers.records import get_relation, list_relation_claims, list_relations
from app.dependencies import ServiceDep, answer, check_limit
from app.documentation import describe_answer
from app.queries import DatedQuestion, EvidenceQuestion, RelationSearch
from app.schemas import Claim, Page, Relation

router = APIRouter(prefix="/relations", tags=["relations"])

RelationId = Annotated[str, Path(description="Id", examples=[examples.EDGE["id"]], max_length=400)]
_ADDRESS = f"/relations/{examples.EDGE['id']}"


@router.get(
    "",
    responses=describe_answer(
        Page[Relation], examples.build_page(examples.RELATION), "/relations", "unknown-name", "ambiguous-name"
    ),
    response_class=Response,
)
async def search_relations(
    request: Request, question: Annotated[RelationSearch, Query()], service: ServiceDep
) -> Response:
    """Which relations are there, of one source, kind or target? Surest first."""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: list_relations(reader, question))


@router.get(
    "/{relation_id}",
    responses=describe_answer(Relation, examples.RELATION, _ADDRESS, "not-found"),
    response_class=Response,
)
async def show_relation(
    request: Request,
    relation_id: RelationId,
    question: Annotated[DatedQuestion, Query()],
    service: ServiceDep,
) -> Response:
    """What do all claims of one source, kind and target add up to? Not found where the dates leave none of them."""
    return await answer(request, service, lambda reader: get_relation(reader, relation_id, question))


@router.get(
    "/{relation_id}/claims",
    responses=describe_answer(
        Page[Claim], examples.build_page(examples.CLAIM), f"{_ADDRESS}/claims", "not-found"
    ),
    response_class=Response,
)
async def show_relation_claims(
    request: Request,
    relation_id: RelationId,
    question: Annotated[EvidenceQuestion, Query()],
    service: ServiceDep,
) -> Response:
    """Which sentences are behind a relation? Those that count first, then denials and possibilities."""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: list_relation_claims(reader, relation_id, question))
