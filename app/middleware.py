"""What happens to every request before a route sees it: its id, its log line, who asks, and how much is sent."""

import logging
import re
import time
import traceback
import uuid
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import BodyTooLarge, ForeignCaller, MissingKey, MissingScope
from app.problems import describe_error
from app.security import ActiveKey, KeyRing, is_loopback
from graph.errors import ActorgraphError

log = logging.getLogger("actorgraph.http")

_SAFE_ID = re.compile(r"[A-Za-z0-9._:-]{1,100}")
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestLog:
    """Gives each request an id (the caller's `X-Request-ID` where it is sane), and writes one log line for it.

    Also the outermost place where an unexpected error is caught: it is logged by its type and the lines it
    passed through. Its message stays out of the log, because a database error quotes what was to be stored.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _SAFE_ID.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        status = 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                # Answers hold other people's words; a browser must not take them for anything but their type.
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        except Exception as error:  # noqa: BLE001  # the outermost edge: whatever it is, answer it
            _log_failure(error, request_id, scope["path"])
            if status:
                raise ConnectionAbortedError("the answer broke off") from None
            await describe_error(error).to_response(scope["path"])(scope, receive, send_with_id)
        finally:
            took_ms = round((time.perf_counter() - started) * 1000, 2)
            fields = {
                "request_id": request_id,
                "method": scope["method"],
                "path": scope["path"],
                "status": status,
                "ms": took_ms,
            }
            log.info("request", extra={"fields": fields})


def _log_failure(error: Exception, request_id: str, path: str) -> None:
    frames = traceback.extract_tb(error.__traceback__)
    stack = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    fields = {"request_id": request_id, "path": path, "error": type(error).__name__, "stack": stack}
    log.error("failed", extra={"fields": fields})


class Guard:
    """Lets in who may ask.

    With active keys, every request but `/health/*` needs one, with `write` for what changes something.
    Without, only this machine is answered: the peer and the `Host` must be loopback (so that a page elsewhere
    cannot reach in by rebinding its name), and a page of another origin may not write.
    Routes find the name of the key that came as `request.state.key_name`.
    """

    def __init__(self, app: ASGIApp, keys: KeyRing, trusted_origins: tuple[str, ...] = ()) -> None:
        self._app = app
        self._keys = keys
        self._trusted_origins = trusted_origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["path"].startswith("/health/"):
            await self._app(scope, receive, send)
            return
        try:
            if self._keys.is_stale:
                await to_thread.run_sync(self._keys.refresh)
            self._check(scope)
        except ActorgraphError as error:
            await describe_error(error).to_response(scope["path"])(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        headers = Headers(scope=scope)
        if self._keys.is_empty:
            self._check_local(scope, headers)
        else:
            key = self._find_key(scope["method"], headers)
            scope.setdefault("state", {})["key_name"] = key.name

    def _find_key(self, method: str, headers: Headers) -> ActiveKey:
        scheme, _, secret = headers.get("authorization", "").partition(" ")
        key = self._keys.find_key(secret.strip()) if scheme.lower() == "bearer" else None
        if key is None:
            raise MissingKey("Send a valid key as `Authorization: Bearer <key>`.")
        needed = "read" if method in _SAFE_METHODS else "write"
        if needed not in key.scopes:
            raise MissingScope(f"This needs a key with the scope {needed!r}.")
        return key

    def _check_local(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host", "")
        peer = scope["client"][0] if scope.get("client") else ""
        if not is_loopback(host) or (peer and not is_loopback(peer)):
            raise ForeignCaller(
                "No key is configured, so only this machine is answered, by a loopback name such as 127.0.0.1; "
                "make a key with `actorgraph keys create` to open the service."
            )
        origin = headers.get("origin")
        if scope["method"] in _SAFE_METHODS or origin is None or origin in self._trusted_origins:
            return
        if urlsplit(origin).netloc != host:
            raise ForeignCaller("A page of another origin may not change anything here.")


class BodyLimit:
    """Reads a body up to a length and answers 413 beyond it, before any of it is parsed."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] in _SAFE_METHODS:
            await self._app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "0")
        body = None if declared.isdigit() and int(declared) > self._max_bytes else await self._read(receive)
        if body is None:
            error = BodyTooLarge(f"A body may be at most {self._max_bytes:,} bytes.")
            await describe_error(error).to_response(scope["path"])(scope, receive, send)
            return
        pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return pending.pop() if pending else await receive()

        await self._app(scope, replay, send)

    async def _read(self, receive: Receive) -> bytes | None:
        """Return the whole body, or None when it is too long, or the caller has gone before its end."""
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if len(body) > self._max_bytes:
                return None
            if not message.get("more_body", False):
                return bytes(body)


class HeadRequests:
    """Answers HEAD wherever GET is answered: the same headers, no body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)
