"""`/documents`: texts in, and what was read in them."""

from email.message import Message
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app import examples
from app.answers.records import get_document, list_documents
from app.dependencies import TAKES_NO_OPTIONS, ServiceDep, answer, check_limit
from app.documentation import SHARED, Responses, describe_answer, describe_problems
from app.errors import DocumentRejected, UnreadableBody
from app.ingest_schemas import DocumentIn, IngestAnswer
from app.intake import Upload
from app.queries import NO_NUL, DocumentSearch, UploadQuestion
from app.schemas import Document, DocumentDetail, Page

router = APIRouter(prefix="/documents", tags=["documents"])

DocumentId = Annotated[
    str, Path(description="Id", examples=[examples.DOCUMENT["id"]], max_length=100, pattern=NO_NUL)
]
_ADDRESS = f"/documents/{examples.DOCUMENT['id']}"
_JSON = "application/json"
_FILE_NAMES = {
    "text/plain": "body.txt",
    "text/markdown": "body.md",
    "application/x-ndjson": "body.jsonl",
    "application/jsonl": "body.jsonl",
}
_FORM = "multipart/form-data"
_REQUEST_BODY = {
    "required": True,
    "content": {
        _JSON: {"schema": DocumentIn.model_json_schema(), "example": examples.DOCUMENT_IN},
        "text/plain": {"schema": {"type": "string"}, "example": examples.DOCUMENT_TEXT},
        "text/markdown": {"schema": {"type": "string"}, "example": f"# A note\n\n{examples.DOCUMENT_TEXT}"},
        "application/x-ndjson": {
            "schema": {"type": "string"},
            "example": '{"id": "1", "text": "Iran backs Iraq."}\n{"id": "2", "text": "Qatar denies it."}',
        },
        _FORM: {
            "schema": {
                "type": "object",
                "properties": {"file": {"type": "string", "format": "binary"}},
                "required": ["file"],
            },
            "example": {"file": "dispatch.txt"},
        },
    },
}


def _describe_upload() -> Responses:
    def example(value: dict[str, Any], description: str) -> dict[str, Any]:
        content = {_JSON: {"example": value}}
        return {"model": IngestAnswer, "description": description, "content": content}

    slugs = ("too-large", "unsupported-media-type", "document-rejected", "invalid-request", *SHARED)
    return {
        200: example(examples.INGEST_KNOWN, "All of it was stored already; nothing has changed."),
        201: example(examples.INGEST, "Stored; `Location` names it when it is one."),
        **describe_problems("/documents", *slugs),
    }


@router.post(
    "", response_class=Response, responses=_describe_upload(), openapi_extra={"requestBody": _REQUEST_BODY}
)
async def add_documents(
    request: Request, question: Annotated[UploadQuestion, Query()], service: ServiceDep
) -> Response:
    """Take in a text: as JSON, as plain text or Markdown, as JSON Lines, or as uploaded files.

    The same content twice is one document; the answer then says `known` and has status 200. Where several texts
    are sent, the good ones are stored and the others listed with the reason.
    """
    uploads = await _read_uploads(request)
    found = await service.uploads.run(lambda: service.intake.take_uploads(uploads, question))
    if not found.stored and not found.known:
        reasons = [f"{item.origin}: {item.reason}" for item in found.items if item.reason]
        raise DocumentRejected("; ".join(reasons) or "no text was sent.")
    headers = {"Cache-Control": "no-store"}
    documents = [item.document for item in found.items if item.document is not None]
    if len(documents) == 1:
        headers["Location"] = f"/documents/{documents[0].id}"
    status = 201 if found.stored else 200
    return Response(found.to_json(), status, headers=headers, media_type=_JSON)


async def _read_uploads(request: Request) -> list[Upload]:
    header = Message()
    header["Content-Type"] = request.headers.get("content-type", "")
    media_type = str(header["Content-Type"]).partition(";")[0].strip().lower()
    if media_type == _JSON:
        return [Upload("body", _read_json(await request.body()))]
    if media_type in _FILE_NAMES:
        charset = header.get_content_charset("utf-8")
        return [Upload(_FILE_NAMES[media_type], _recode(await request.body(), charset))]
    if media_type == _FORM:
        return await _read_form(request)
    known = ", ".join([_JSON, *_FILE_NAMES, _FORM])
    raise UnreadableBody(f"Send one of {known}.")


async def _read_form(request: Request) -> list[Upload]:
    try:
        async with request.form(max_files=100, max_fields=20) as form:
            files = [part for _, part in form.multi_items() if isinstance(part, UploadFile)]
            uploads = [Upload(file.filename or "file.txt", await file.read()) for file in files]
    except HTTPException as error:
        raise DocumentRejected(f"the form cannot be read: {error.detail}") from error
    if not uploads:
        raise DocumentRejected("the form holds no file.")
    return uploads


def _read_json(body: bytes) -> DocumentIn:
    try:
        return DocumentIn.model_validate(orjson.loads(body))
    except orjson.JSONDecodeError as error:
        raise DocumentRejected(
            f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})."
        ) from error
    except ValidationError as error:
        raise RequestValidationError(
            [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors()]
        ) from error


def _recode(body: bytes, charset: str) -> bytes:
    """Bring a body that names another encoding to UTF-8; one that says UTF-8 is left for the reader to judge."""
    if charset in {"utf-8", "utf8", "us-ascii"}:
        return body
    try:
        return body.decode(charset).encode()
    except (LookupError, UnicodeError) as error:
        raise DocumentRejected(f"the body is not {charset}, as its Content-Type says.") from error


@router.get(
    "",
    response_class=Response,
    responses=describe_answer(Page[Document], examples.build_page(examples.DOCUMENT), "/documents"),
)
async def search_documents(
    request: Request, question: Annotated[DocumentSearch, Query()], service: ServiceDep
) -> Response:
    """Which texts are stored? Last stored first."""
    check_limit("limit", question.limit, service.settings.max_page_size)
    return await answer(request, service, lambda reader: list_documents(reader, question))


@router.get(
    "/{document_id}",
    response_class=Response,
    responses=describe_answer(DocumentDetail, examples.DOCUMENT_DETAIL, _ADDRESS, "not-found"),
    dependencies=TAKES_NO_OPTIONS,
)
async def show_document(request: Request, document_id: DocumentId, service: ServiceDep) -> Response:
    """What does a text say, and which words in it were understood as what?"""
    return await answer(request, service, lambda reader: get_document(reader, document_id))


@router.delete(
    "/{document_id}",
    status_code=204,
    response_class=Response,
    responses={
        204: {"description": "Gone, with its mentions and claims; entities and their names stay."},
        **describe_problems(_ADDRESS, "not-found", "invalid-request", *SHARED),
    },
    dependencies=TAKES_NO_OPTIONS,
)
async def delete_document(document_id: DocumentId, service: ServiceDep) -> Response:
    """Delete a text with its mentions and claims, and nothing else."""
    await service.uploads.run(lambda: service.reader.store.delete_document(document_id))
    return Response(status_code=204)
