"""The service as one ASGI application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from app.answers.reader import Reader
from app.dependencies import Service
from app.documentation import install_documentation
from app.intake import Intake
from app.machine_code import place_machine_code
from app.middleware import BodyLimit, Guard, HeadRequests, RequestLog
from app.problems import install_problems
from app.routes import (
    claims,
    documents,
    entities,
    export,
    graph,
    health,
    index,
    judgements,
    relations,
    structure,
    time,
)
from app.security import KeyRing
from app.settings import Settings
from app.version import get_version
from app.workers import Workers
from graph.store import Store

_DESCRIPTION = """Texts in, a knowledge graph of actors and relations out, with the sentence that says so.

Names are accepted wherever an id is. Every error is an RFC 9457 problem. Every list says how many of how many, and
`next` continues it. Answers carry an `ETag`; ask again with `If-None-Match`.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the service over the database that the settings name; it must exist and have its tables.

    Raises:
        StoreError: The database cannot be opened, or its tables are not those of this version.
    """
    settings = settings or Settings()
    place_machine_code()
    store = Store.open(settings.database_url)
    reader = Reader.of(store, settings.query_timeout_s)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.service = Service(
            settings=settings,
            reader=reader,
            intake=Intake(
                store,
                settings.model,
                settings.max_document_chars,
                settings.lexicon,
                reader.snapshots,
                scorer=settings.scorer,
            ),
            questions=Workers(settings.query_threads),
            uploads=Workers(settings.ingest_threads, max_waiting=20),
            probes=Workers(1, max_waiting=20),
        )
        yield
        store.close()

    app = FastAPI(
        title="actorgraph",
        version=get_version(),
        summary="A knowledge graph of actors and relations, with the sentence behind every edge.",
        description=_DESCRIPTION,
        lifespan=lifespan,
        redirect_slashes=False,
        # Their pages load scripts from other people's servers; routes/index.py has one that needs none.
        docs_url=None,
        redoc_url=None,
    )
    for router in (
        graph,
        time,
        structure,
        export,
        entities,
        judgements,
        relations,
        claims,
        documents,
        health,
        index,
    ):
        app.include_router(router.router)
    install_problems(app)
    install_documentation(app)
    _add_middleware(app, settings, KeyRing(store, settings.keys_reread_s))
    return app


def _add_middleware(app: FastAPI, settings: Settings, keys: KeyRing) -> None:
    """Put the layers on, innermost first: what comes last here sees a request first."""
    app.add_middleware(GZipMiddleware, minimum_size=16_384, compresslevel=5)
    app.add_middleware(HeadRequests)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(Guard, keys=keys, trusted_origins=settings.cors_origins)
    if settings.cors_origins:
        # Outside the guard, for a browser asks by OPTIONS without a key whether it may send one.
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-None-Match", "X-Request-ID"],
            expose_headers=["ETag", "Link", "Location", "X-Request-ID", "Retry-After"],
        )
    app.add_middleware(RequestLog)
