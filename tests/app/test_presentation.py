"""What people read on a terminal: it fits, and nothing in a text can change how it looks."""

from collections.abc import Iterator
from io import StringIO

import pytest

from app.answers.paths import answer_path
from app.answers.reader import Reader
from app.presentation import build_console, print_path
from app.queries import PathQuestion
from app.schemas import PathAnswer
from app.wording import clean_text, name_speaker, plural
from graph.store import Store


@pytest.fixture
def answer(filled_url: str) -> Iterator[PathAnswer]:
    """The path from Iran to ISIS."""
    with Store.open(filled_url) as store:
        yield answer_path(Reader.of(store), PathQuestion(from_="Iran", to="ISIS"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("two\n lines\tand  blanks", "two lines and blanks"),
        ("\x1b]0;title\x07\x1b[2Jgone", "]0;title[2Jgone"),
        ("\x9b31mred", "31mred"),
        ("[red]not markup[/red]", "[red]not markup[/red]"),
        ("שלום مرحبا", "שלום مرحبا"),
    ],
)
def test_control_characters_never_reach_a_terminal(text: str, expected: str) -> None:
    """What could move the cursor or set a title is dropped; words of any script stay."""
    assert clean_text(text) == expected


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_lines_fit_the_terminal(answer: PathAnswer, width: int) -> None:
    """No line is wider than the terminal, and none ends in blanks."""
    out = StringIO()
    console = build_console(out)
    console.width = width
    print_path(console, answer)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    assert "“Nouri al-Maliki condemned ISIS on" in out.getvalue()


def test_markup_in_names_is_shown_as_it_is(answer: PathAnswer) -> None:
    """A name with square brackets is not taken for a style."""
    hop = answer.paths[0].hops[0]
    odd = hop.model_copy(update={"from_": hop.from_.model_copy(update={"name": "Group [bold]9[/bold]"})})
    path = answer.paths[0].model_copy(update={"hops": [odd, *answer.paths[0].hops[1:]]})
    out = StringIO()
    print_path(build_console(out), answer.model_copy(update={"paths": [path]}))
    assert "1. Group [bold]9[/bold] —supports/endorses→ Nouri al-Maliki" in out.getvalue()


def test_a_dispute_is_told_from_both_sides(writable_url: str) -> None:
    """Where a relation is also denied, the best denial stands last among its quotes, and is called that."""
    with Store.open(writable_url) as store:
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE claim SET polarity = 'denied' WHERE id = 'd-three-1'")
        found = answer_path(Reader.of(store), PathQuestion(from_="Iran", to="Maliki"))
    hop = found.paths[0].hops[0]
    assert [quote.polarity for quote in hop.quotes] == ["affirmed", "affirmed", "denied"]
    out = StringIO()
    print_path(build_console(out), found)
    assert "2 claims, 2 independent sources, disputed, 1 denial" in out.getvalue()
    assert "   Denied: “Iran backs Prime Minister" in out.getvalue()
    assert "     Oasis Herald, 2014-06-13" in out.getvalue()


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1234, "1,234 claims")]
)
def test_counts_are_worded(count: int, expected: str) -> None:
    """One is singular, thousands have separators."""
    assert plural(count, "claim") == expected


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        ("two Iranian officials", "Iran", "two Iranian officials (Iran)"),
        ("A Western diplomat", None, "a Western diplomat"),
        ("The United Nations", "United Nations", "the United Nations"),
        ("Marzieh Afkham", "Marzieh Afkham", "Marzieh Afkham"),
        ("Witnesses", None, "Witnesses"),
        ("He", "Hassan Rouhani", "Hassan Rouhani"),
        ("they", None, None),
        ("i", None, "the writer"),
        ("We", "Badr Organization", "Badr Organization"),
    ],
)
def test_speakers_are_named_as_the_text_names_them(
    words: str, name: str | None, expected: str | None
) -> None:
    """The text's own words come first, who they mean behind; a pronoun alone names nobody."""
    assert name_speaker(words, name) == expected
