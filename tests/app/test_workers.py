"""Long questions: they hold up neither the health check nor, beyond a line of their own, the service."""

from collections.abc import Callable
from threading import Event

import anyio
import pytest
from starlette.testclient import TestClient

from app.dependencies import Service
from app.errors import Overloaded
from app.workers import Workers

Connect = Callable[..., TestClient]


def test_health_answers_while_every_thread_is_busy(connect: Connect) -> None:
    """With all question threads taken, health still answers at once, and a question waits its turn."""
    caller = connect(query_threads=1)
    service: Service = caller.app.state.service  # type: ignore[attr-defined]
    release = Event()
    assert caller.portal is not None
    busy = caller.portal.start_task_soon(service.questions.run, release.wait)
    assert caller.get("/health/live").status_code == 200
    assert caller.get("/health/ready").status_code == 200
    waiting = caller.portal.start_task_soon(service.questions.run, lambda: "its turn")
    assert not waiting.done()
    release.set()
    assert busy.result(10) is True
    assert waiting.result(10) == "its turn"


def test_a_line_has_an_end() -> None:
    """Beyond the line's length a question is refused instead of waiting for ever; afterwards there is room again."""
    workers, release = Workers(threads=1, max_waiting=2), Event()

    async def ask() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(workers.run, release.wait)
            group.start_soon(workers.run, release.wait)
            await anyio.sleep(0.05)
            with pytest.raises(Overloaded, match="waiting"):
                await workers.run(lambda: None)
            release.set()
        assert await workers.run(lambda: "room") == "room"

    anyio.run(ask)
