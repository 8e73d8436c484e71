"""What routes are given, and the one way they answer: conditional, off the event loop, as ready-made bytes."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, TypeVar, cast

from fastapi import Depends, Request
from starlette.responses import Response

from app.answers.reader import Reader
from app.documentation import SVG
from app.intake import Intake
from app.schemas import Page, Wire
from app.settings import Settings
from app.version import get_version
from app.workers import Workers
from graph.errors import InvalidQuery

Answer = TypeVar("Answer", bound=Wire)

CACHE_CONTROL = "private, no-cache"
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
_PICTURE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; base-uri 'none'"
}


@dataclass(frozen=True, slots=True)
class Service:
    """The parts of a running service.

    Attributes:
        questions: Where answers are worked out.
        uploads: Where texts are read, so that reading never takes the threads of questions.
        probes: A thread that is always free to say whether the service can answer.
    """

    settings: Settings
    reader: Reader
    intake: Intake
    questions: Workers
    uploads: Workers
    probes: Workers


def get_service(request: Request) -> Service:
    """Return the running service."""
    return cast("Service", request.app.state.service)


ServiceDep = Annotated[Service, Depends(get_service)]


def build_etag(version: int, request: Request) -> str:
    """Return the tag of an answer: the product's and the graph's version, the question, and what is set.

    It is weak, because the same answer may be sent compressed or not.
    """
    query = "&".join(sorted(request.url.query.split("&")))
    asked = "\n".join((get_version(), _describe_settings(request), request.url.path, query))
    tag = hashlib.sha256(asked.encode()).hexdigest()[:16]
    return f'W/"{version}-{tag}"'


def _describe_settings(request: Request) -> str:
    """Return the settings that change what an answer says; limits only decide whether there is one."""
    return get_service(request).settings.iri_base


def is_known(etag: str, wanted: str | None) -> bool:
    """Say whether the asker has the answer already; tags are compared weakly, as RFC 9110 has it."""
    if wanted is None:
        return False
    known = {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
    return "*" in known or etag.removeprefix("W/") in known


def respond(
    request: Request,
    service: Service,
    build: Callable[[dict[str, str]], Response],
    headers: Mapping[str, str] = NO_HEADERS,
) -> Response:
    """Respond with what `build` makes of the headers, or with 304 where the asker has it already.

    The version is read before the answer is built, so that a tag can never stand for less than its answer.
    """
    etag = build_etag(service.reader.store.get_version(), request)
    given = {"ETag": etag, "Cache-Control": CACHE_CONTROL, **headers}
    if is_known(etag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=given)
    return build(given)


async def answer(request: Request, service: Service, build: Callable[[Reader], Wire]) -> Response:
    """Answer a question about the graph with JSON, or with 304."""

    def write(headers: dict[str, str]) -> Response:
        found = build(service.reader)
        if isinstance(found, Page) and found.next is not None:
            following = request.url.include_query_params(cursor=found.next)
            headers["Link"] = f'<{following.path}?{following.query}>; rel="next"'
        return Response(found.to_json(), headers=headers, media_type="application/json")

    return await service.questions.run(lambda: respond(request, service, write))


async def answer_picture(request: Request, service: Service, draw: Callable[[Reader], str]) -> Response:
    """Answer a question about the graph with a picture in SVG, which may run and fetch nothing, or with 304."""

    def write(headers: dict[str, str]) -> Response:
        return Response(draw(service.reader), headers=headers, media_type=SVG)

    return await service.questions.run(lambda: respond(request, service, write, _PICTURE_HEADERS))


def refuse_options(request: Request) -> None:
    """Refuse any option, for routes that have none: one that is passed over in silence misleads.

    Raises:
        InvalidQuery: There is one.
    """
    for name in request.query_params:
        raise InvalidQuery(name, "there is no such option; this address takes none.")


TAKES_NO_OPTIONS = [Depends(refuse_options)]


def check_limit(option: str, asked: float, most: float) -> None:
    """Refuse what exceeds this service's own limit, which may be lower than the contract's.

    Raises:
        InvalidQuery: It does.
    """
    if asked > most:
        raise InvalidQuery(option, f"this service allows at most {most:g}.")
