"""The only table from exceptions to answers: every error is an RFC 9457 problem."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.errors import (
    BodyTooLarge,
    DocumentRejected,
    ForeignCaller,
    MissingKey,
    MissingScope,
    ModelUnavailable,
    Overloaded,
    UnreadableBody,
)
from app.faults import word_fault
from graph import errors

MEDIA_TYPE = "application/problem+json"

log = logging.getLogger("actorgraph.http")


@dataclass(frozen=True, slots=True)
class Problem:
    """One answer that is an error.

    Attributes:
        slug: Names the kind of problem; `type` on the wire is `/problems/<slug>`.
        extra: Members beyond the standard ones, such as `suggestions`.
        headers: Sent along.
    """

    status: int
    slug: str
    title: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def to_response(self, instance: str) -> Response:
        """Write it out; `instance` is the path that was asked for."""
        body = {
            "type": f"/problems/{self.slug}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            **self.extra,
        }
        headers = {"Cache-Control": "no-store", **self.headers}
        return Response(orjson.dumps(body), self.status, headers=headers, media_type=MEDIA_TYPE)


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What all problems of one kind share.

    Attributes:
        meaning: One sentence for whoever looks the kind up.
        private: Whether the exception's message is for the log alone: where the database is, or advice on calls of ours.
        read_extra: Reads further members off the exception.
    """

    status: int
    slug: str
    title: str
    meaning: str
    read_extra: Callable[[Any], Mapping[str, Any]] = lambda _error: {}
    headers: Mapping[str, str] = field(default_factory=dict)
    private: bool = False

    def describe(self, error: Exception) -> Problem:
        """Turn an exception of this kind into its answer."""
        detail = self.meaning if self.private else str(error)
        return Problem(self.status, self.slug, self.title, detail, self.read_extra(error), self.headers)


def _list_names(names: Sequence[errors.NameSuggestion]) -> list[dict[str, str]]:
    return [{"id": n.id, "name": n.name, "type": n.type} for n in names]


BEARER = {"WWW-Authenticate": 'Bearer realm="actorgraph"'}
METHOD = ProblemKind(
    405,
    "method-not-allowed",
    "Method not allowed",
    "The address exists, but not for this method; see `Allow`.",
)
INTERNAL = ProblemKind(500, "internal", "Internal error", "The service failed; its log has the request id.")

KINDS: Mapping[type[Exception], ProblemKind] = {
    errors.EntityNotFound: ProblemKind(
        404,
        "unknown-name",
        "Unknown name",
        "No actor or place goes by this name or id; `suggestions` holds the closest ones.",
        lambda e: {"suggestions": _list_names(e.suggestions)},
    ),
    errors.AmbiguousName: ProblemKind(
        409,
        "ambiguous-name",
        "Ambiguous name",
        "Several go by this name; ask again with the id of one of the `candidates`.",
        lambda e: {"candidates": _list_names(e.candidates)},
    ),
    errors.RecordNotFound: ProblemKind(
        404, "not-found", "Not found", "There is no such record, or no such address."
    ),
    errors.InvalidQuery: ProblemKind(
        422,
        "invalid-request",
        "Invalid request",
        "A part of the request cannot be used; `errors` says which and why.",
        lambda e: {"errors": [{"field": e.option, "message": str(e).removeprefix(f"{e.option}: ")}]},
    ),
    errors.QueryTimeout: ProblemKind(
        503,
        "too-slow",
        "Too slow",
        "The question took longer than one may, and was stopped; ask for less, or filter more.",
        headers={"Retry-After": "30"},
    ),
    errors.NotSettled: ProblemKind(
        422,
        "not-settled",
        "Not settled",
        "The measure does not settle on this graph; ask for another metric or direction, or filter otherwise.",
    ),
    errors.GraphTooLarge: ProblemKind(
        422,
        "graph-too-large",
        "Graph too large",
        "The graph is too large for this question; filter it first, or ask about a neighbourhood.",
        private=True,
    ),
    errors.JudgementConflict: ProblemKind(
        409,
        "judgement-conflict",
        "Judged otherwise",
        "It contradicts what was judged of these two before; delete that judgement first.",
    ),
    errors.StoreError: ProblemKind(
        503,
        "store-unavailable",
        "Database unavailable",
        "The database cannot be used as it is; the service's log says why.",
        headers={"Retry-After": "5"},
        private=True,
    ),
    MissingKey: ProblemKind(
        401, "key-required", "Key required", "Send `Authorization: Bearer <key>`.", headers=BEARER
    ),
    MissingScope: ProblemKind(403, "scope-required", "Not allowed", "The key lacks the scope this needs."),
    ForeignCaller: ProblemKind(
        403, "local-only", "Local callers only", "Without keys the service answers this machine alone."
    ),
    BodyTooLarge: ProblemKind(413, "too-large", "Too large", "The body is longer than the service accepts."),
    UnreadableBody: ProblemKind(
        415, "unsupported-media-type", "Unsupported media type", "No reader knows this kind of body."
    ),
    DocumentRejected: ProblemKind(
        422,
        "document-rejected",
        "Document rejected",
        "The text cannot be taken in; `errors` says why.",
        lambda e: {"errors": [{"field": "body", "message": str(e)}]},
    ),
    ModelUnavailable: ProblemKind(
        503,
        "model-unavailable",
        "Language model unavailable",
        "Texts cannot be read; the rest of the service can.",
    ),
    Overloaded: ProblemKind(
        503, "overloaded", "Overloaded", "Too many questions at once.", headers={"Retry-After": "1"}
    ),
}


def list_kinds() -> list[ProblemKind]:
    """Return every kind there is, each once."""
    return list({kind.slug: kind for kind in (*KINDS.values(), METHOD, INTERNAL)}.values())


def find_kind(error_type: type[BaseException]) -> ProblemKind | None:
    """Return the nearest kind in the exception's ancestry, or None where it is not an expected error."""
    return next((KINDS[cls] for cls in error_type.__mro__ if cls in KINDS), None)


def describe_error(error: Exception) -> Problem:
    """Return the answer for any exception; one that nobody expected says nothing of its inside."""
    kind = find_kind(type(error))
    if kind is None:
        return Problem(500, INTERNAL.slug, INTERNAL.title, INTERNAL.meaning)
    return kind.describe(error)


def _name_field(location: Sequence[Any]) -> str:
    """Say where a fault is in the caller's terms: `k`, not `query.k`."""
    inner = [str(part) for part in location if part not in {"query", "path", "header", "body"}]
    return ".".join(inner) or "body"


def _describe_validation(request: Request, error: RequestValidationError) -> Problem:
    faults = [
        {"field": _name_field(fault["loc"]), "message": word_fault(fault, _list_known(request, fault["loc"]))}
        for fault in error.errors()
    ]
    detail = "; ".join(f"{fault['field']}: {fault['message']}" for fault in faults)
    return Problem(422, "invalid-request", "Invalid request", detail, {"errors": faults})


def _describe_route(request: Request) -> dict[str, Any]:
    """Return what the API's description has on the address that was asked, by method; empty where it is not in it."""
    route = request.scope.get("route")
    found: dict[str, Any] = request.app.openapi()["paths"].get(getattr(route, "path_format", ""), {})
    return found


def _list_known(request: Request, location: Sequence[Any]) -> list[str]:
    """Return what could have been given where a fault is: the route's options, or the members of its body."""
    described = _describe_route(request).get(request.method.lower(), {})
    if location[0] == "body":
        content = described.get("requestBody", {}).get("content", {})
        return list(content.get("application/json", {}).get("schema", {}).get("properties", ()))
    return [option["name"] for option in described.get("parameters", ()) if option["in"] == location[0]]


def _list_methods(request: Request) -> str:
    """Return the methods that an address answers; the router itself knows one route of several."""
    methods = {method.upper() for method in _describe_route(request)} or {"GET"}
    return ", ".join(sorted(methods | {"OPTIONS"} | ({"HEAD"} if "GET" in methods else set())))


def _describe_http(request: Request, error: HTTPException) -> Problem:
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.NOT_FOUND:
        return Problem(404, "not-found", "Not found", "Nothing is served here; see /docs.", headers=headers)
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _list_methods(request)
        return Problem(
            405, METHOD.slug, METHOD.title, f"This answers {headers['Allow']} only.", headers=headers
        )
    title = HTTPStatus(error.status_code).phrase
    slug = title.lower().replace(" ", "-")
    return Problem(error.status_code, slug, title, str(error.detail), headers=headers)


async def _answer_domain(request: Request, error: Exception) -> Response:
    kind = find_kind(type(error))
    if kind is not None and kind.private:
        log.error("unavailable", extra={"fields": {"path": request.url.path, "reason": str(error)}})
    return describe_error(error).to_response(request.url.path)


async def _answer_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this class alone
    return _describe_validation(request, error).to_response(request.url.path)


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for this class alone
    problem = _describe_http(request, error)
    if problem.status == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "OPTIONS":
        return Response(status_code=204, headers=dict(problem.headers))
    return problem.to_response(request.url.path)


def install_problems(app: FastAPI) -> None:
    """Make every expected error of an app a problem, its router's included.

    The unexpected ones are answered by `middleware.RequestLog`: here they would be raised once more and
    logged by the server with their message, which can hold a document's text.
    """
    app.add_exception_handler(errors.ActorgraphError, _answer_domain)
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(HTTPException, _answer_http)
