"""`/` and `/problems/*`: where to start, and what an error means."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app import examples
from app.documentation import describe_answer
from app.manual import build_manual
from app.problems import list_kinds
from app.schemas import Index, ProblemMeaning
from app.version import get_version
from graph.errors import RecordNotFound

router = APIRouter(tags=["index"])

_NO_SCRIPTS = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"
_START = (
    "/graph/path?from=Iran&to=Karbala",
    "/graph/centrality?metric=pagerank",
    "/entities?q=qud",
    "/graph/stats",
    "/documents",
)


@router.get("/", response_class=Response, responses=describe_answer(Index, examples.INDEX, "/"))
async def show_index(request: Request) -> Response:
    """Where to go from here; a browser is sent on to `/docs`."""
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse("/docs", status_code=303, headers={"Vary": "Accept"})
    index = Index(
        name="actorgraph", version=get_version(), docs="/docs", openapi="/openapi.json", try_=list(_START)
    )
    return Response(index.to_json(), media_type="application/json", headers={"Vary": "Accept"})


@router.get("/docs", response_class=HTMLResponse, include_in_schema=False)
async def show_manual(request: Request) -> Response:
    """The documentation for people."""
    state = request.app.state
    if not hasattr(state, "manual"):
        state.manual = build_manual(request.app.openapi(), _START)
    return HTMLResponse(state.manual, headers={"Content-Security-Policy": _NO_SCRIPTS})


@router.get(
    "/problems/{slug}",
    response_class=Response,
    responses=describe_answer(ProblemMeaning, examples.PROBLEM_KIND, "/problems/unknown-name", "not-found"),
)
async def explain_problem(
    slug: Annotated[str, Path(description="The last part of a problem's `type`", examples=["unknown-name"])],
) -> Response:
    """What does a kind of problem mean?"""
    for kind in list_kinds():
        if kind.slug == slug:
            found = ProblemMeaning(
                type=f"/problems/{slug}", title=kind.title, status=kind.status, meaning=kind.meaning
            )
            return Response(found.to_json(), media_type="application/json")
    raise RecordNotFound("kind of problem", slug)
