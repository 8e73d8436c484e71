"""`actorgraph judge`: pair by pair in a terminal or a pipe."""

import getpass
import json
import subprocess
import sys

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from app.cli import app
from app.main import create_app
from app.settings import Settings
from graph.store import Store


def _judge(database: str, answers: str, *options: str) -> Result:
    """Run the command with these answers, one a line."""
    lines = "".join(f"{answer}\n" for answer in answers.split())
    return CliRunner().invoke(
        app, ["judge", *options], input=lines, env={"ACTORGRAPH_DATABASE_URL": database}
    )


def _list_verdicts(database: str) -> list[tuple[str, str, str, str | None]]:
    """Return what is stored, oldest first."""
    with Store.open(database) as store:
        return [
            (row.left_id, row.right_id, row.verdict, row.keep_id)
            for row in reversed(store.list_judgements().items)
        ]


def test_a_pair_is_shown_with_what_to_judge_by(doubled_url: str) -> None:
    """Both sides with type, names and a quote with its source; then score, reasons and the keys."""
    result = _judge(doubled_url, "q", "--type", "person", "--limit", "1")
    assert result.exit_code == 0
    shown = result.stdout.splitlines()
    assert shown[0].startswith("Pair 1 of 3, score 0.")
    assert "1. Kassem Sulaimani  person, 2 mentions, id kassem-sulaimani" in shown
    assert (
        "   “General Kassem Sulaimani commands the Quds Force, an officer said. Kassem Sulaimani struck ISIS"
        in shown
    )
    assert "     Delta Post, 2014-06-15" in shown
    assert any(line.startswith("   - 'Kassem Sulaimani' and ") for line in shown)
    assert "s(ame), n(ot the same), u(nsure), k(eep which), b(ack), q(uit)? q" in shown


def test_each_key_stores_its_verdict(doubled_url: str) -> None:
    """s, n and u are stored at once with the name of whoever is at the terminal."""
    assert _judge(doubled_url, "n", "--type", "armed-group").exit_code == 0
    assert _judge(doubled_url, "u s", "--type", "person").exit_code == 0
    badr, first, second = _list_verdicts(doubled_url)
    assert badr == ("badr-organisation", "badr-organization", "not-same", None)
    assert (first[2], second[2]) == ("unsure", "same")
    assert first[:2] != second[:2]
    with Store.open(doubled_url) as store:
        assert {row.judged_by for row in store.list_judgements().items} == {getpass.getuser()}


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ("k2", "badr-organization"),
        ("k 1", "badr-organisation"),
        ("k x k2", "badr-organization"),
        ("what K1", "badr-organisation"),
    ],
)
def test_keep_says_who_names_both(doubled_url: str, answers: str, kept: str) -> None:
    """k1 and k2 mean the same and which to keep; k alone asks which, and what is no answer is asked again."""
    result = _judge(doubled_url, answers, "--type", "armed-group")
    assert _list_verdicts(doubled_url) == [("badr-organisation", "badr-organization", "same", kept)]
    assert "1 of 1 judged: 1 same, 0 not the same, 0 unsure." in result.stdout


def test_back_takes_the_last_answer_back(doubled_url: str) -> None:
    """`b` removes the judgement just given and asks that pair again; before the first answer it removes nothing."""
    result = _judge(doubled_url, "b u b n q", "--type", "person")
    assert result.stdout.count("Pair 1 of 3") == 3
    assert "Nothing was answered yet." in result.stdout
    assert "Undone." in result.stdout
    assert [row[2] for row in _list_verdicts(doubled_url)] == ["not-same"]


def test_even_the_last_answer_can_be_taken_back(doubled_url: str) -> None:
    """Behind the last pair, b still asks it again; the end of the answers leaves what was said."""
    result = _judge(doubled_url, "n b s", "--type", "armed-group")
    assert result.stdout.count("Pair 1 of 1") == 2
    assert [row[2] for row in _list_verdicts(doubled_url)] == ["same"]
    assert "1 of 1 judged: 1 same, 0 not the same, 0 unsure." in result.stdout


def test_what_follows_from_answers_is_not_asked(doubled_url: str) -> None:
    """Of three spellings of one name, two answers settle all three pairs."""
    result = _judge(doubled_url, "s s s s", "--type", "person")
    assert [row[2] for row in _list_verdicts(doubled_url)] == ["same", "same"]
    assert "2 of 3 judged: 2 same, 0 not the same, 0 unsure." in result.stdout
    again = _judge(doubled_url, "s", "--type", "person")
    assert "No two are alike enough that nobody has judged" in again.stdout


def test_the_end_of_the_answers_is_the_end(doubled_url: str) -> None:
    """Nothing is stored that nobody said, not even after half a `keep`."""
    for answers in ("", "k"):
        result = _judge(doubled_url, answers)
        assert (result.exit_code, _list_verdicts(doubled_url)) == (0, [])
        assert "0 of 4 judged" in result.stdout


def test_list_shows_all_and_stores_nothing(doubled_url: str) -> None:
    """--list prints the pairs for people and says how many of how many."""
    result = _judge(doubled_url, "s s", "--list", "--limit", "3")
    assert [line[:6] for line in result.stdout.splitlines() if line.startswith("Pair")] == [
        "Pair 1",
        "Pair 2",
        "Pair 3",
    ]
    assert "3 of 4 likely duplicates; a higher --limit shows more." in result.stdout
    assert _list_verdicts(doubled_url) == []


def test_list_in_json_is_the_answer_of_the_service(doubled_url: str) -> None:
    """--list --json gives exactly what the REST route gives."""
    result = _judge(doubled_url, "", "--list", "--json", "--limit", "20", "--min-score", "0.7")
    service = create_app(Settings(database_url=doubled_url))
    with TestClient(service, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)) as caller:
        expected = caller.get("/judgements/candidates?min_score=0.7").json()
    assert json.loads(result.stdout) == expected
    assert expected["total"] > 0


def test_a_pipe_gets_a_line_of_json_for_each_change(doubled_url: str) -> None:
    """As a process of its own: answers in by a pipe, judgements out as JSON lines, questions on standard error."""
    command = [sys.executable, "-c", "from app.cli import main; main()", "judge", "--json"]
    done = subprocess.run(
        [*command, "--type", "armed-group", "--database", doubled_url],
        input="u\nb\nk2\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    given, deleted, judgement = map(json.loads, done.stdout.splitlines())
    assert (given["verdict"], deleted) == ("unsure", {"deleted": given["id"]})
    assert (judgement["verdict"], judgement["keep"]) == ("same", "badr-organization")
    assert judgement["left"] == {
        "id": "badr-organisation",
        "name": "Badr Organisation",
        "type": "armed-group",
    }
    assert "Pair 1 of 1" in done.stderr
    assert len(_list_verdicts(doubled_url)) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--limit", "0"], "--limit: should be greater than or equal to 1"),
        (["--min-score", "2"], "--min-score: should be less than or equal to 1"),
        (["--type", "ship"], "--type: 'ship' is not a type of entity"),
    ],
)
def test_wrong_options_are_told_in_a_line(doubled_url: str, options: list[str], said: str) -> None:
    """A wrong call ends with status 2 and one line."""
    result = _judge(doubled_url, "", *options)
    assert result.exit_code == 2
    assert said in result.stderr
