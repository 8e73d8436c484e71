"""`/health/*`: for whoever watches over the service; no key is asked for."""

from fastapi import APIRouter
from starlette.responses import Response

from app import examples
from app.dependencies import Service, ServiceDep
from app.schemas import Health
from graph.errors import ActorgraphError

router = APIRouter(prefix="/health", tags=["health"])

_JSON = "application/json"
_UNAVAILABLE = {"status": "unavailable", "checks": {"database": "cannot be used"}}


@router.get(
    "/live",
    response_class=Response,
    responses={
        200: {"model": Health, "description": "It runs.", "content": {_JSON: {"example": examples.LIVE}}}
    },
)
async def check_live() -> Response:
    """Is the process alive? Looks at nothing else."""
    return _to_response(Health(status="ok"))


@router.get(
    "/ready",
    response_class=Response,
    responses={
        200: {
            "model": Health,
            "description": "It can answer.",
            "content": {_JSON: {"example": examples.READY}},
        },
        503: {"model": Health, "description": "It cannot.", "content": {_JSON: {"example": _UNAVAILABLE}}},
    },
)
async def check_ready(service: ServiceDep) -> Response:
    """Can it answer: is the database there, with the right tables?"""
    return _to_response(await service.probes.run(lambda: _look(service)))


def _look(service: Service) -> Health:
    store = service.reader.store
    try:
        store.check()
        checks = {"database": f"schema {store.get_revision()}", "graph": f"version {store.get_version()}"}
    except ActorgraphError:
        # The reason names the database's address; it is for the log and for `actorgraph doctor`.
        return Health(status="unavailable", checks={"database": "cannot be used"})
    return Health(status="ok", checks=checks)


def _to_response(health: Health) -> Response:
    status = 200 if health.status == "ok" else 503
    return Response(health.to_json(), status, headers={"Cache-Control": "no-store"}, media_type=_JSON)
