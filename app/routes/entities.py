"""`/entities`: actors and places, by name or id."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from app import examples
from app.answers.records import get_entity, list_entities, list_entity_mentions, list_entity_relations
from app.dependencies import ServiceDep, answer, check_limit
from app.documentation import describe_answer
from app.queries import EntitySearch, GraphFilter, MentionSearch, RelationSearch
from app.schemas import EntityDetail, FoundEntity, MentionInContext, Page, Relation

router = APIRouter(prefix="/entities", tags=["entities"])

_NAMES = ("unknown-name", "ambiguous-name")
NameInPath = Annotated[str, Path(description="Name or id", examples=["Iran"], min_length=1, max_length=200)]


@router.get(
    "",
    responses=describe_answer(Page[FoundEntity], examples.build_page(examples.FOUND_ENTITY), "/entities"),
    response_class=Response,
)
async def search_entities(
    request: Request, question: Annotated[EntitySearch, Query()], service: ServiceDep
) -> Response:
    """Which actors and places go by a name that starts like `q`, or is spelled like it? All of them without `q`."""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: list_entities(reader, question))


@router.get(
    "/{name:path}/relations",
    responses=describe_answer(
        Page[Relation], examples.build_page(examples.RELATION), "/entities/Iran/relations", *_NAMES
    ),
    response_class=Response,
)
async def show_entity_relations(
    request: Request, name: NameInPath, question: Annotated[RelationSearch, Query()], service: ServiceDep
) -> Response:
    """Which relations does this actor or place have a part in? Surest first."""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: list_entity_relations(reader, name, question))


@router.get(
    "/{name:path}/mentions",
    responses=describe_answer(
        Page[MentionInContext],
        examples.build_page(examples.MENTION_IN_CONTEXT),
        "/entities/Iran/mentions",
        *_NAMES,
    ),
    response_class=Response,
)
async def show_entity_mentions(
    request: Request, name: NameInPath, question: Annotated[MentionSearch, Query()], service: ServiceDep
) -> Response:
    """Where is this actor or place mentioned, and in which words?"""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: list_entity_mentions(reader, name, question))


# Behind the two above, for a name may hold a slash.
@router.get(
    "/{name:path}",
    responses=describe_answer(EntityDetail, examples.ENTITY_DETAIL, "/entities/Iran", *_NAMES),
    response_class=Response,
)
async def show_entity(
    request: Request, name: NameInPath, question: Annotated[GraphFilter, Query()], service: ServiceDep
) -> Response:
    """Who is this: names with the outlets that use them, type, place, and how many relations a filter leaves?"""
    return await answer(request, service, lambda reader: get_entity(reader, name, question))
