"""Answers on terminals of any width: what has no room is left out whole, and nothing is cut in silence."""

import json
from io import StringIO

import pytest
from rich.console import Console
from starlette.testclient import TestClient

from app.balance_schemas import BalanceAnswer
from app.communities_schemas import CommunitiesAnswer
from app.presentation import print_ranking
from app.schemas import Ranking
from app.structure_presentation import print_balance, print_communities
from app.time_presentation import print_timeline
from app.timeline_schemas import TimelineAnswer


def _open(width: int) -> tuple[Console, StringIO]:
    """Return a terminal of so many columns, and what is printed on it."""
    out = StringIO()
    return Console(file=out, width=width, highlight=False, markup=False, emoji=False), out


@pytest.mark.parametrize(
    ("width", "shows_kinds", "shows_doubt"), [(120, True, True), (82, True, False), (40, False, False)]
)
def test_a_narrow_terminal_has_fewer_counts_and_none_cut(
    client: TestClient, width: int, shows_kinds: bool, shows_doubt: bool
) -> None:
    """Whole columns are left out where there is no room for them, and that is said; no number is cut."""
    answer = TimelineAnswer.model_validate(client.get("/graph/timeline?bucket=day").json())
    console, out = _open(width)
    print_timeline(console, answer)
    lines = out.getvalue().splitlines()
    heading = next(number for number, line in enumerate(lines) if line.startswith("day "))
    kinds = answer.kinds if shows_kinds else []
    doubt = ["denied", "possible"] if shows_doubt else []
    assert lines[heading].split() == ["day", "claims", *kinds, *doubt]
    assert all(len(line) <= width and line == line.rstrip() for line in lines)
    assert "…" not in out.getvalue()
    assert ("A wider terminal" in out.getvalue()) != shows_kinds
    assert [line.split()[:2] for line in lines[heading + 1 : heading + 4]] == [
        ["2014-06-12", "2"],
        ["2014-06-13", "1"],
        ["2014-06-14", "3"],
    ]


@pytest.mark.parametrize("width", [40, 60, 100])
def test_tables_wrap_and_are_not_cut(client: TestClient, width: int) -> None:
    """Names and numbers that are too long for a column go on below."""
    console, out = _open(width)
    print_ranking(console, Ranking.model_validate(client.get("/graph/centrality").json()))
    print_balance(console, BalanceAnswer.model_validate(client.get("/graph/balance?bucket=day").json()))
    assert "…" not in out.getvalue()
    assert all(len(line) <= width for line in out.getvalue().splitlines())


def test_a_quote_stands_below_its_relation(client: TestClient) -> None:
    """In a list within a list, quotes are further in than the relation that they are of."""
    console, out = _open(100)
    asked = "/graph/communities?signs=unsigned&origin=text"
    print_communities(console, CommunitiesAnswer.model_validate(json.loads(client.get(asked).text)))
    lines = out.getvalue().splitlines()
    place = next(number for number, line in enumerate(lines) if "→" in line)
    assert lines[place].startswith("     ")
    assert lines[place + 1].startswith("        “")


def test_an_empty_ranking_says_so(client: TestClient) -> None:
    """Where a filter leaves nobody, there is a sentence and no empty table."""
    console, out = _open(100)
    asked = "/graph/centrality?known_by=1990-01-01&origin=text"
    print_ranking(console, Ranking.model_validate(client.get(asked).json()))
    assert out.getvalue() == "There is nobody to rank in what was asked for.\n"
