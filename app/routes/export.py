"""`/graph/export`: the graph as a file, streamed."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from app.answers.exporting import start_export
from app.dependencies import ServiceDep, respond
from app.documentation import NOT_CHANGED, SHARED, describe_problems
from app.export_examples import CONTENT
from app.queries import ExportQuestion
from graph.export import get_format

router = APIRouter(prefix="/graph", tags=["graph"])

_ANSWER: dict[str, Any] = {"description": "The file.", "content": CONTENT}


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
    """The graph, or what a filter leaves of it, as a file for other tools; streamed as it is written.

    `graphml`, `gexf` (with the days on which each relation held), `json` (node-link), `cytoscape`, `graphology`,
    `csv` and `parquet` (zips of tables), `turtle` (RDF with its provenance) and `ftm` (FollowTheMoney entities).
    `attributes` names what is told of each actor and relation, where that is less than everything.
    Every file says of which version of the graph it is, with which filters and dates, so that it can be made again.
    """

    def start(headers: dict[str, str]) -> Response:
        reader = service.reader
        chosen = get_format(question.format)
        snapshot = reader.snapshots.current().at(question.known_by)
        chunks = start_export(reader, snapshot, question, service.settings.iri_base)
        name = f"actorgraph-v{snapshot.version}{chosen.suffixes[0]}"
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return StreamingResponse(chunks, headers=headers, media_type=chosen.media_type)

    return await service.questions.run(lambda: respond(request, service, start))
