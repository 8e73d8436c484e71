"""`judge`: a walk through the actors and places that are likely one."""

import getpass
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.options import DEFAULT_DATABASE_URL, DatabaseOption, JsonOption, open_store

if TYPE_CHECKING:
    from rich.console import Console

    from app.judgement_schemas import Candidate, Candidates
    from graph.models import Verdict
    from graph.store import Store

_VERDICTS: "dict[str, Verdict]" = {"s": "same", "n": "not-same", "u": "unsure"}
_QUESTION = "s(ame), n(ot the same), u(nsure), k(eep which), b(ack), q(uit)? "
_HELP = "Answer s, n, u, b or q; k1 or k2 says that they are the same and which of the two names both."


def judge(
    list_only: Annotated[bool, typer.Option("--list", help="Show the pairs and ask nothing.")] = False,
    limit: Annotated[int, typer.Option(help="Most pairs (1 to 200).")] = 50,
    min_score: Annotated[
        float, typer.Option("--min-score", metavar="0..1", help="How alike two must be.")
    ] = 0.6,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="TYPE", help="Types one of the two has, comma-separated."),
    ] = None,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Which actors and places are likely one? Say whether they are, pair by pair, likeliest first.

    Answers are read a line each, from a terminal or a pipe: s(ame), n(ot the same), u(nsure), k1 or k2 (the same, and
    the one to keep), b(ack: undo the last), q(uit). Each is stored at once. With --json the pairs of --list, or else
    each stored judgement and each that was taken back ({"deleted": its id}), go to standard output as JSON, and the
    questions to standard error.
    """
    from app.answers.judging import find_candidates
    from app.answers.reader import Reader
    from app.presentation import build_console, print_candidate
    from app.queries import CandidateSearch

    question = CandidateSearch.model_validate({"limit": limit, "min_score": min_score, "type": types or []})
    with open_store(database) as store:
        found = find_candidates(Reader.of(store), question)
        if not list_only:
            _Walk(store, build_console(sys.stderr if as_json else None), as_json=as_json).go(found)
            return
    if as_json:
        typer.echo(found.to_json().decode())
        return
    console = build_console()
    for number, candidate in enumerate(found.items, start=1):
        print_candidate(console, candidate, number, found.total)
        console.print()
    console.print(_sum_up(found))


def _sum_up(found: "Candidates") -> str:
    if not found.total:
        return "No two are alike enough that nobody has judged; a lower --min-score shows more."
    more = "" if found.shown == found.total else "; a higher --limit shows more"
    return f"{found.shown:,} of {found.total:,} likely duplicates{more}."


def _find_login() -> str | None:
    """Return who is at the terminal; a container may have no name for its user."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return None


class _Walk:
    """One walk: what was asked, and what was answered and can be taken back."""

    def __init__(self, store: "Store", console: "Console", *, as_json: bool) -> None:
        self._store = store
        self._console = console
        self._as_json = as_json
        self._judged_by = _find_login()
        self._given: list[tuple[int, int, Verdict]] = []

    def go(self, found: "Candidates") -> None:
        """Ask pair by pair until there is none left, or somebody has had enough; skip what follows from answers."""
        from app.presentation import print_candidate
        from graph.identity import Judged

        position = 0
        while position < len(found.items) or self._wants_back():
            if position >= len(found.items):
                position = self._take_back(position)
                continue
            candidate = found.items[position]
            if Judged(self._store.iter_judgements()).covers(candidate.left.id, candidate.right.id):
                position += 1
                continue
            print_candidate(self._console, candidate, position + 1, found.total)
            said = self._ask()
            if said == "q":
                break
            if said == "b":
                position = self._take_back(position)
            else:
                self._store_answer(candidate, said, position)
                position += 1
            self._console.print()
        self._say_goodbye(found)

    def _wants_back(self) -> bool:
        """Ask behind the last pair, whose answer could not be taken back otherwise."""
        return bool(self._given) and self._read("That was the last pair: b(ack), q(uit)? ") == "b"

    def _ask(self) -> str:
        """Return `s`, `n`, `u`, `k1`, `k2`, `b` or `q`; the end of the answers is `q`."""
        while True:
            said = self._read(_QUESTION)
            if said == "k":
                said = self._read("Keep 1 or 2? ")
                said = said if said == "q" else f"k{said}"
            if said in {*_VERDICTS, "k1", "k2", "b", "q"}:
                return said
            self._console.print(_HELP)

    def _read(self, question: str) -> str:
        self._console.print(question, end="")
        line = sys.stdin.readline()
        said = "".join(line.lower().split()) if line else "q"
        if not sys.stdin.isatty():
            # Nobody typed it here; without it what is printed would not tell what was answered.
            self._console.print(said)
        return said

    def _store_answer(self, candidate: "Candidate", said: str, position: int) -> None:
        from app.answers.judging import to_judgement
        from graph.errors import JudgementConflict

        keep = {"k1": candidate.left.id, "k2": candidate.right.id}.get(said)
        verdict = _VERDICTS.get(said, "same")
        try:
            kept = self._store.add_judgement(
                candidate.left.id, candidate.right.id, verdict, keep_id=keep, judged_by=self._judged_by
            )
        except JudgementConflict as error:
            self._console.print(f"Not stored: {error}")
            return
        self._given.append((position, kept.id or 0, verdict))
        if self._as_json:
            typer.echo(to_judgement(kept, candidate.left, candidate.right).to_json().decode())

    def _take_back(self, position: int) -> int:
        """Undo the last answer of this walk and return where to go on."""
        from graph.errors import RecordNotFound

        if not self._given:
            self._console.print("Nothing was answered yet.")
            return position
        position, judgement_id, _ = self._given.pop()
        with suppress(RecordNotFound):  # somebody else has undone it meanwhile
            self._store.delete_judgement(judgement_id)
        self._console.print("Undone.")
        if self._as_json:
            typer.echo(f'{{"deleted":{judgement_id}}}')
        return position

    def _say_goodbye(self, found: "Candidates") -> None:
        if not found.total:
            self._console.print(_sum_up(found))
            return
        verdicts = [verdict for _, _, verdict in self._given]
        counts = [
            f"{verdicts.count(verdict):,} {verdict.replace('not-', 'not the ')}"
            for verdict in _VERDICTS.values()
        ]
        self._console.print(f"{len(verdicts):,} of {found.total:,} judged: {', '.join(counts)}.")
