"""`serve`: the REST service on this machine, or on a network once keys exist."""

import gc
import ipaddress
import logging
import socket
from contextlib import closing
from pathlib import Path
from threading import Timer
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.group import CommandFailed
from app.cli.options import (
    DEFAULT_DATABASE_URL,
    DatabaseOption,
    LexiconOption,
    check_database_file,
    open_store,
)

if TYPE_CHECKING:
    from pydantic import ValidationError

SETTINGS = """Further settings are environment variables. Limits: ACTORGRAPH_MAX_BODY_BYTES, \
ACTORGRAPH_MAX_DOCUMENT_CHARS, ACTORGRAPH_MAX_PAGE_SIZE, ACTORGRAPH_MAX_HOPS, ACTORGRAPH_MAX_K, ACTORGRAPH_MAX_NODES, \
ACTORGRAPH_QUERY_TIMEOUT_S. Threads: ACTORGRAPH_QUERY_THREADS, ACTORGRAPH_INGEST_THREADS. \
Others: ACTORGRAPH_DATABASE_URL, ACTORGRAPH_CACHE (the folder of what is compiled and kept), ACTORGRAPH_MODEL, ACTORGRAPH_LEXICON, ACTORGRAPH_SCORER (off: rules alone), ACTORGRAPH_KEYS_REREAD_S, ACTORGRAPH_CORS_ORIGINS (comma-separated), \
ACTORGRAPH_IRI_BASE (of Turtle exports), ACTORGRAPH_LOG_LEVEL."""

log = logging.getLogger("actorgraph.serve")

_WARM_AFTER_S = 2.0
"""How long after its start the service warms up: answering comes first."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 picks a free one.")] = 8000,
    lexicon: LexiconOption = None,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Answer over HTTP until stopped with Ctrl-C."""
    if lexicon:
        from ingest.pipeline import check_lexicon

        check_lexicon(lexicon)
    _refuse_open_door(host, database)
    # The port is taken before anything slow is loaded, so that a clash is told at once.
    with closing(_bind(host, port)) as listener:
        has_keys = _prepare_database(database)
        _print_addresses(host, int(listener.getsockname()[1]), has_keys=has_keys)
        _run(listener, database, lexicon or [])


def _run(listener: socket.socket, database: str, lexicon: list[Path]) -> None:
    import uvicorn
    from pydantic import ValidationError

    from app.logs import configure_logs
    from app.main import create_app
    from app.settings import Settings

    try:
        settings = Settings(database_url=database, lexicon=tuple(lexicon))
    except ValidationError as error:
        raise CommandFailed(_describe_settings(error)) from error
    configure_logs(settings.log_level)
    config = uvicorn.Config(
        create_app(settings),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
        # Whoever is asked through a proxy on this machine must not be taken for the proxy's client.
        proxy_headers=False,
    )
    warming = _warm_later()
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        # Raised once more by the server when all is shut down, unless whoever started it ignores Ctrl-C.
        pass
    finally:
        warming.cancel()
    typer.echo("Stopped.", err=True)


def _warm_later() -> Timer:
    """Compile what searches large graphs once the service answers, so that no user waits for it.

    Neither the start nor the end of the service waits for it, and what goes wrong in it is for the log.
    """
    timer = Timer(_WARM_AFTER_S, _warm)
    timer.daemon = True
    timer.start()
    return timer


def _warm() -> None:
    started = perf_counter()
    try:
        from graph.balance.warming import warm_balance
        from graph.kernels.warm import warm_kernels

        warm_kernels()
        warm_balance()
        # All that was loaded stays; looked through again and again it would keep every reader waiting a fifth of a second.
        gc.collect()
        gc.freeze()
    except Exception as error:  # noqa: BLE001  # the outermost edge of its thread: questions compile what they need
        log.warning(
            "not ready for large graphs", extra={"fields": {"reason": f"{type(error).__name__}: {error}"}}
        )
        return
    log.info("ready for large graphs", extra={"fields": {"s": round(perf_counter() - started, 1)}})


def _describe_settings(error: "ValidationError") -> str:
    """Say which environment variable has a value that cannot be used, and why."""
    from app.faults import word_fault

    return "; ".join(
        f"ACTORGRAPH_{str(fault['loc'][0]).upper()}: {word_fault(fault)}" for fault in error.errors()
    )


def _prepare_database(database: str) -> bool:
    """Make the tables, or bring them up to date, and say so. Return whether there are keys."""
    from graph.store import Store

    check_database_file(database, create=True)
    with Store.open(database) as store:
        before = store.get_revision()
    with open_store(database, create=True) as store:
        if before is None:
            typer.echo(f"Made the database {store.address}; fill it with `actorgraph ingest PATH`.", err=True)
        elif before != store.get_revision():
            typer.echo(f"Brought the database {store.address} up to date.", err=True)
        return store.has_keys()


def _refuse_open_door(host: str, database: str) -> None:
    from app.security import is_loopback
    from graph.store import Store

    if is_loopback(host):
        return
    with Store.open(database) as store:
        if store.get_revision() is None or not store.has_keys():
            raise CommandFailed(
                f"Without a key the service listens on 127.0.0.1 only, not on {host}; "
                "make one with `actorgraph keys create NAME`."
            )


def _bind(host: str, port: int) -> socket.socket:
    """Take the port, or say in one line why not and what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With its protocol named, asyncio sends answers at once (TCP_NODELAY); without, each waits 40 ms for company.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(1024)
    except OSError as error:
        listener.close()
        if isinstance(error, PermissionError):
            raise CommandFailed(
                f"Port {port} needs more rights; choose one above 1023 with --port."
            ) from error
        if isinstance(error, socket.gaierror):
            raise CommandFailed(f"{host!r} is not an address of this machine.") from error
        raise CommandFailed(
            f"Cannot listen on {host}:{port} ({error.strerror}); stop what uses the port, or choose another, "
            f"such as --port {port + 1 if port < 65535 else 8001}."
        ) from error
    return listener


def _print_addresses(host: str, port: int, *, has_keys: bool) -> None:
    shown = "127.0.0.1" if _is_everywhere(host) else f"[{host}]" if ":" in host else host
    base = f"http://{shown}:{port}"
    typer.echo(f"actorgraph answers at {base} (Ctrl-C stops it). Try:", err=True)
    for path in (
        "/graph/path?from=Iran&to=Karbala",
        "/entities?q=qud",
        "/graph/centrality?metric=pagerank",
        "/docs",
    ):
        typer.echo(f"  {base}{path}", err=True)
    if _is_everywhere(host):
        typer.echo("It listens on every address of this machine.", err=True)
    if has_keys:
        typer.echo("Every request needs a key: `Authorization: Bearer <key>`.", err=True)


def _is_everywhere(host: str) -> bool:
    """Say whether a host stands for all addresses of this machine; such a one cannot be called itself."""
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
