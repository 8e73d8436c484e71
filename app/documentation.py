"""What the API's documentation says of each route: the answer, the problems it can end in, an example of each."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from app import examples
from app.problems import KINDS, MEDIA_TYPE, ProblemKind
from app.schemas import Problem, Wire

_EXTRA = {
    "unknown-name": {"suggestions": examples.SUGGESTIONS},
    "ambiguous-name": {"candidates": examples.CANDIDATES},
    "invalid-request": {"errors": examples.FAULTS},
    "document-rejected": {"errors": [{"field": "body", "message": "empty: there is no word in it"}]},
}
_DETAIL = {
    "unknown-name": "No actor or place is known as 'Karbla'. Did you mean Karbala?",
    "ambiguous-name": "'Badr' could be Badr Organization (armed-group, id badr-organization), Badr (place, id badr).",
    "invalid-request": "k: should be less than or equal to 20",
}
_REF = {"$ref": "#/components/schemas/Problem"}

Responses = dict[int | str, dict[str, Any]]


def _find_kind(slug: str) -> ProblemKind:
    return next(kind for kind in KINDS.values() if kind.slug == slug)


def _build_example(kind: ProblemKind, instance: str) -> dict[str, Any]:
    return {
        "type": f"/problems/{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": _DETAIL.get(kind.slug, kind.meaning),
        "instance": instance,
        **_EXTRA.get(kind.slug, {}),
    }


def describe_problems(instance: str, *slugs: str) -> Responses:
    """Return the entries of the problems a route can end in; those of one status share an entry."""
    answers: Responses = {}
    for slug in slugs:
        kind = _find_kind(slug)
        answer = answers.setdefault(
            kind.status, {"description": "", "content": {MEDIA_TYPE: {"schema": _REF, "examples": {}}}}
        )
        answer["description"] = " ".join(filter(None, [answer["description"], kind.meaning]))
        answer["content"][MEDIA_TYPE]["examples"][slug] = {"value": _build_example(kind, instance)}
    return answers


def describe_answer(
    model: type[Wire],
    example: Mapping[str, Any],
    instance: str,
    *slugs: str,
) -> Responses:
    """Return what to pass as a route's `responses`.

    Args:
        model: The shape of the answer with status 200.
        example: One such answer.
        instance: The route's path as an example would have it.
        slugs: The problems it can end in; those every route shares are added.
    """
    return {
        200: {
            "model": model,
            "description": "The answer.",
            "content": {"application/json": {"example": example}},
        },
        304: NOT_CHANGED,
        **describe_problems(instance, *slugs, "invalid-request", *SHARED),
    }


def describe_picture(example: str, instance: str, *slugs: str) -> Responses:
    """Return what to pass as the `responses` of a route that answers with a picture; as `describe_answer`."""
    return {
        200: {
            "description": "The picture.",
            "content": {SVG: {"schema": {"type": "string"}, "example": example}},
        },
        304: NOT_CHANGED,
        **describe_problems(instance, *slugs, "invalid-request", *SHARED),
    }


SVG = "image/svg+xml"

NOT_CHANGED = {"description": "Not changed since the answer whose `ETag` came as `If-None-Match`; no body."}

SHARED = ("key-required", "scope-required", "local-only", "store-unavailable", "overloaded")
"""Problems any route can end in that asks the database."""


def install_documentation(app: FastAPI) -> None:
    """Make the app's OpenAPI document tell of problems as they are, not as the framework would have them."""

    def build() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                openapi_version=app.openapi_version,
                summary=app.summary,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            parts = schema.setdefault("components", {}).setdefault("schemas", {})
            for replaced in ("HTTPValidationError", "ValidationError"):
                parts.pop(replaced, None)
            problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            parts.update(problem.pop("$defs", {}))
            parts["Problem"] = problem
            # Either a key, or none where none is configured.
            schema["components"]["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
            schema["security"] = [{"key": []}, {}]
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = build  # type: ignore[method-assign]  # the documented way to replace it
