"""`/graph/export`: the graph as a file, streamed."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from app import examples
from app.answers.reader import Reader, build_filter
from app.dependencies import CACHE_CONTROL, ServiceDep, build_etag, is_known
from app.documentation import NOT_CHANGED, SHARED, describe_problems
from app.queries import ExportQuestion
from graph.export import get_format

router = APIRouter(prefix="/graph", tags=["graph"])

_ANSWER: dict[str, Any] = {
    "description": "The file.",
    "content": {
        "application/graphml+xml": {"schema": {"type": "string"}, "example": examples.GRAPHML},
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["directed", "multigraph", "graph", "nodes", "edges"],
                "properties": {
                    "directed": {"type": "boolean"},
                    "multigraph": {"type": "boolean"},
                    "graph": {"type": "object"},
                    "nodes": {"type": "array", "items": {"type": "object"}},
                    "edges": {"type": "array", "items": {"type": "object"}},
                },
            },
            "example": examples.NODE_LINK,
        },
    },
}


@router.get(
    "/export",
    response_class=StreamingResponse,
    responses={
        200: _ANSWER,
        304: NOT_CHANGED,
        **describe_problems(
            "/graph/export", "unknown-name", "ambiguous-name", "too-slow", "invalid-request", *SHARED
        ),
    },
)
async def export_graph(
    request: Request, question: Annotated[ExportQuestion, Query()], service: ServiceDep
) -> Response:
    """The graph, or what a filter leaves of it, as GraphML or node-link JSON; streamed as it is written."""
    return await service.questions.run(lambda: _start(request, question, service.reader))


def _start(request: Request, question: ExportQuestion, reader: Reader) -> Response:
    etag = build_etag(reader.store.get_version(), request)
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    if is_known(etag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    chosen = get_format(question.format)
    snapshot = reader.snapshots.current()
    chunks: Iterator[bytes] = chosen.iter_chunks(snapshot, build_filter(snapshot, question))
    name = f"actorgraph-v{snapshot.version}{chosen.suffixes[0]}"
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return StreamingResponse(chunks, headers=headers, media_type=chosen.media_type)
