"""Whatever is asked, the service answers; and on PostgreSQL it answers the same."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from graph.store import Store

EXPECTED = {200, 304, 404, 409, 422}
QUESTIONS = (
    "/graph/path?from=Iran&to=Daesh&k=3",
    "/graph/path?from=Iraq&to=Iran",
    "/graph/neighborhood?of=Iran&depth=2",
    "/graph/between?from=Iran&to=Iraq&max_hops=4",
    "/graph/centrality?metric=pagerank",
    "/graph/stats",
    "/entities",
    "/entities?q=Sulaimani",
    "/entities/Tehran",
    "/entities/ISIS/mentions",
    "/relations?evidence=true",
    "/relations/iran.supports.nouri-al-maliki/claims",
    "/claims/d-one-1",
    "/documents?limit=2",
    "/documents/d-two",
    "/entities/Badr",
    "/claims/none",
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=40), option=st.text(max_size=20))
@example(name="\x00", option="\x00")
@example(name="-", option="9" * 20)
@example(name="the", option="-1e999")
@example(name="%", option="NaN")
@example(name="/../", option="2014-02-30")
def test_any_words_get_an_answer(client: TestClient, name: str, option: str) -> None:
    """Any text as a name, id, option or cursor is answered with what was asked for or with what is wrong."""
    asked: list[tuple[str, dict[str, Any]]] = [
        ("/graph/path", {"from": name, "to": "Iran"}),
        (
            "/graph/path",
            {"from": "Iran", "to": "ISIS", "as_of": option, "min_confidence": option, "avoid": name},
        ),
        ("/graph/neighborhood", {"of": name, "depth": option}),
        ("/graph/export", {"sources": name, "said_by": option}),
        ("/entities", {"q": name, "cursor": option}),
        ("/relations", {"source": name, "cursor": option}),
        ("/documents", {"source": name, "cursor": option}),
    ]
    for path, options in asked:
        status = client.get(path, params=options).status_code
        assert status in EXPECTED, (path, options)
    for folder in ("entities", "relations", "claims", "documents", "problems"):
        answer = client.get(f"/{folder}/{quote(name, safe='')}")
        assert answer.status_code in EXPECTED, (folder, name)


@pytest.fixture(scope="module")
def postgres_client(request: pytest.FixtureRequest, fill_database: Any) -> Any:  # noqa: ANN401
    """A caller of a service over the same corpus on PostgreSQL."""
    server = request.getfixturevalue("postgres_server")
    url = server.create_database(server.template)
    with Store.open(url) as store:
        fill_database(store)
    app = create_app(Settings(database_url=url))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000)) as caller:
        yield caller


@pytest.mark.parametrize("question", QUESTIONS)
def test_postgresql_answers_the_same(client: TestClient, postgres_client: TestClient, question: str) -> None:
    """The same texts give the same answers, to the byte, whichever database holds them."""
    one, other = client.get(question), postgres_client.get(question)
    assert one.status_code == other.status_code
    assert one.json() == other.json()


def test_postgresql_refuses_what_it_cannot_store(postgres_client: TestClient) -> None:
    """The one character that PostgreSQL cannot store is refused before it gets there."""
    for path in ("/documents/%00", "/claims/%00", "/documents?source=%00"):
        assert postgres_client.get(path).status_code == 422
