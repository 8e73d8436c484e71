"""The command line: answers for people and machines, one-line errors, exit statuses."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import networkx as nx
import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from app.cli import app
from app.cli.serve import _bind
from app.security import hash_secret
from app.settings import Settings
from graph.store import Store
from ingest.scorer import MODEL_FOLDER

ANSI = re.compile(r"\x1b\[")
COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]


def _run(*args: str, database: str | None = None) -> Result:
    """Run a command within this process."""
    env = {"ACTORGRAPH_DATABASE_URL": database} if database else {"ACTORGRAPH_DATABASE_URL": None}
    return CliRunner().invoke(app, list(args), env=env)


def _start(*args: str, cwd: Path, **env: str) -> "subprocess.Popen[str]":
    """Start a command as a process of its own."""
    return subprocess.Popen(
        [*COMMAND, *args],
        cwd=cwd,
        env={**os.environ, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_path_reads_as_an_analyst_wants_it(filled_url: str) -> None:
    """Each hop says who does what to whom, with quote, outlet and date; the end says what it comes to."""
    result = _run("path", "Tehran", "Daesh", database=filled_url)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Iran to ISIS: 1 path of 1",
        "",
        "1. Iran —supports/endorses→ Nouri al-Maliki  confidence 0.90, 3 claims, 2 independent sources",
        "   “Iran backs Prime Minister Nouri al-Maliki, its foreign ministry said.”",
        "     Gulf Courier, 2014-06-12 · according to its foreign ministry (Iran); Oasis Herald, 2014-06-13",
        "   “Tehran again praised Maliki.”",
        "     Tigris Wire, 2014-06-14",
        "2. Nouri al-Maliki —opposes/criticizes→ ISIS  confidence 0.75, 1 claim, 1 independent source",
        "   “Nouri al-Maliki condemned ISIS on Thursday.”",
        "     Gulf Courier, 2014-06-12",
        "Net sign: negative   Confidence: 0.68 (product over the hops)   Weakest hop: 2 (0.75)",
    ]


def test_path_draws_backward_hops_and_geography(filled_url: str) -> None:
    """A relation walked backward points backward, and what only geography knows says so."""
    out = _run("path", "Iraq", "Iran", database=filled_url).stdout
    assert "1. Iraq ←located-in/part-of-place— Karbala" in out
    assert "Known from geography, not from a text." in out
    assert "3. Quds Force —member-of/branch-of→ Iran" in out
    assert "undated" in out


def test_texts_cannot_steer_the_terminal(filled_url: str) -> None:
    """Escape sequences in a quote do not reach the terminal."""
    result = _run("path", "Quds Force", "Iran", database=filled_url)
    assert "by law" in result.stdout
    assert "\x1b" not in result.stdout


def test_no_path_is_an_answer(filled_url: str) -> None:
    """Two that nothing connects are told so, with what to try."""
    result = _run("path", "Qatar", "Iran", database=filled_url)
    assert result.exit_code == 0
    assert "No path from Qatar to Iran" in result.stdout
    assert "--max-hops" in result.stdout


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (["path", "Iran", "ISIS", "-k", "2"], "/graph/path?from=Iran&to=ISIS&k=2"),
        (
            ["path", "Iran", "ISIS", "--known-by", "2014-06-12", "--min-confidence", "0.1"],
            "/graph/path?from=Iran&to=ISIS&known_by=2014-06-12&min_confidence=0.1",
        ),
        (["show", "Tehran"], "/entities/Tehran"),
        (["top", "pagerank", "--limit", "4"], "/graph/centrality?metric=pagerank&limit=4"),
        (
            ["top", "degree", "--relations", "opposes", "--types", "person,armed-group"],
            "/graph/centrality?metric=degree&relations=opposes&types=person,armed-group",
        ),
    ],
)
def test_json_answers_are_those_of_the_service(
    filled_url: str, client: TestClient, command: list[str], path: str
) -> None:
    """`--json` gives exactly what the REST route gives."""
    result = _run(*command, "--json", database=filled_url)
    assert result.exit_code == 0
    assert json.loads(result.stdout) == client.get(path).json()


def test_show_tells_relations_with_quotes(filled_url: str) -> None:
    """An actor's card has names that texts use, its degree, and each relation with a quote."""
    out = _run("show", "iran", database=filled_url).stdout
    assert out.splitlines()[0] == "Iran  country, id iran"
    assert "2 relations (1 out, 1 in)" in out
    assert "Texts also call it: Tehran" in out
    assert "Iran —supports/endorses→ Nouri al-Maliki" in out
    assert "“Iran backs Prime Minister" in out


def test_show_says_what_it_leaves_out(filled_url: str) -> None:
    """Nothing is cut silently."""
    out = _run("show", "iran", "--limit", "1", database=filled_url).stdout
    assert "1 of 2 relations in texts; --limit 2 shows all." in out


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Karbala", "Known from geography: it is in Iraq."),
        ("Iraq", "Known from geography: it holds Karbala."),
    ],
)
def test_show_tells_texts_first_and_geography_in_a_line(filled_url: str, name: str, said: str) -> None:
    """What texts say is not buried under what any map says."""
    lines = _run("show", name, database=filled_url).stdout.splitlines()
    assert lines[-1] == said
    assert not any("located-in/part-of-place" in line for line in lines)


def test_top_ranks(filled_url: str) -> None:
    """A ranking names rank, actor, type and score, and says that it is exact."""
    out = _run("top", "degree", database=filled_url).stdout
    assert re.search(r"^1\s+Quds Force\s+security-force\s+0\.\d{4}\s+3$", out, re.MULTILINE)
    assert "exact." in out.splitlines()[-1]


@pytest.mark.parametrize("name", ["out.graphml", "out.json"])
def test_export_by_suffix(filled_url: str, tmp_path: Path, name: str) -> None:
    """The file's suffix decides the format, and the file opens in networkx."""
    file = tmp_path / name
    result = _run("export", str(file), database=filled_url)
    assert result.exit_code == 0
    assert "10 nodes, 6 edges" in result.stderr
    if name.endswith("json"):
        graph = nx.node_link_graph(json.loads(file.read_text()), key="id", edges="edges")
    else:
        graph = nx.read_graphml(file, force_multigraph=True)
    assert graph.number_of_edges() == 6


def test_export_by_format_and_to_standard_output(filled_url: str, tmp_path: Path) -> None:
    """`--format` overrides the suffix, and `-` writes to standard output."""
    assert _run("export", str(tmp_path / "x.txt"), "--format", "json", database=filled_url).exit_code == 0
    assert json.loads((tmp_path / "x.txt").read_text())["directed"] is True
    assert (
        json.loads(_run("export", "-", "--format", "json", database=filled_url).stdout)["multigraph"] is True
    )


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (["path", "Iran"], 2, "Missing argument 'B'. See `actorgraph path --help`."),
        (["fly"], 2, "No such command 'fly'. See `actorgraph --help`."),
        (["paht"], 2, "No such command 'paht'. Did you mean 'path'? See `actorgraph --help`."),
        (["path", "Iran", "ISIS", "--speed", "9"], 2, "No such option"),
        (["path", "Iran", "ISIS", "-k", "21"], 2, "-k: should be less than or equal to 20"),
        (
            ["path", "Iran", "ISIS", "--as-of", "soon"],
            2,
            "--as-of: 'soon' is not a date; write it like 2014-06-12",
        ),
        (
            ["path", "Iran", "ISIS", "--relations", "loves"],
            2,
            "--relations: 'loves' is not a kind of relation",
        ),
        (["top", "fame"], 2, "METRIC: should be 'degree'"),
        (["keys", "create", "x", "--scope", "root"], 2, "'root' is not a scope"),
        (["extract"], 2, "give a FILE, or --jsonl IN"),
        (["path", "Iran", "Karbla"], 1, "No actor or place is known as 'Karbla'. Did you mean Karbala"),
        (["show", "Badr"], 1, "'Badr' could be Badr Organization (armed-group, id badr-organization)"),
        (["path", "Iran", "Tehran"], 2, "B: a path needs two entities, and both ends are 'iran'"),
        (
            ["path", "Iran", "ISIS", "--how", "fund"],
            2,
            "--how: 'fund' is not a finer kind of relation; known",
        ),
        (["top", "--review", "ok"], 2, "--review: 'ok' is not a review status; known are unreviewed,"),
        (["show", "Iran", "--said-by", "Nobody"], 1, "No actor or place is known as 'Nobody'."),
        (["show", "Iran", "--limit", "0"], 2, "--limit: should be greater than or equal to 1"),
        (["top", "--min-confidence", "high"], 2, "--min-confidence: should be a number. See"),
        (["diff", "x", "2014-06-14"], 2, "FROM: 'x' is not a date; write it like 2014-06-12"),
        (
            ["diff", "2014-06-12", "2014-06-14", "--as-of", "2014-06-13"],
            2,
            "--as-of: the two days say that already",
        ),
        (["export", "graph.docx"], 1, "graph.docx: the suffix names no format"),
        (
            ["export", "/nowhere/graph.json"],
            1,
            "Cannot write /nowhere/graph.json: no such file or directory.",
        ),
        (
            ["path", "a", "b", "--database", "sqlite:///nowhere.db"],
            1,
            "fill one with `actorgraph ingest PATH`",
        ),
        (["keys", "list", "--database", "sqlite:////usr"], 1, "/usr is a folder; name a file in it"),
        (["serve", "--port", "0", "--database", "sqlite:////usr"], 1, "/usr is a folder; name a file in it"),
        (["keys", "create", " "], 2, "give the key a name"),
        (["path", "a", "b", "--database", "mysql://x"], 1, "use sqlite:///PATH or postgresql://"),
        (["keys", "revoke", "k-none"], 1, "There is no key with id 'k-none'."),
        (["ingest", "x.txt", "--model", "no_such_model"], 1, "'no_such_model' is not installed"),
    ],
)
def test_errors_are_one_line(filled_url: str, command: list[str], status: int, said: str) -> None:
    """A wrong call ends with 2, anything else with 1; always with one line on standard error, never a stack."""
    result = _run(*command, database=filled_url)
    assert result.exit_code == status
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert said in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_named(writable_url: str) -> None:
    """A database that SQLite cannot open for want of a journal is not called missing."""
    folder = Path(writable_url.removeprefix("sqlite:///")).parent
    folder.chmod(0o555)
    try:
        result = _run("path", "Iran", "ISIS", database=writable_url)
    finally:
        folder.chmod(0o755)
    assert result.exit_code == 1
    assert f"The folder {folder} cannot be written" in result.stderr


def test_every_setting_is_documented() -> None:
    """The help of `serve` names each environment variable that the settings are read from."""
    helped = " ".join(_run("serve", "--help").stdout.split()).replace("- ", "-")
    for name in Settings.model_fields:
        assert f"ACTORGRAPH_{name.upper()}" in helped


def test_a_wrong_setting_is_named(filled_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable with a value that cannot be used is told by its name."""
    monkeypatch.setenv("ACTORGRAPH_MAX_HOPS", "many")
    result = _run("serve", "--port", "0", database=filled_url)
    assert result.exit_code == 1
    assert "actorgraph: ACTORGRAPH_MAX_HOPS: should be a whole number" in result.stderr


def test_an_empty_database_says_how_to_fill_it(tmp_path: Path) -> None:
    """Asking before anything is stored is answered with what to do."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert _run("db", "upgrade", database=url).exit_code == 0
    assert (
        "holds nothing yet; fill it with `actorgraph ingest PATH`"
        in _run("show", "Iran", database=url).stderr
    )


def test_database_commands(tmp_path: Path) -> None:
    """The tables are missed, made, and found; upgrading twice changes nothing."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert _run("db", "check", database=url).exit_code == 1
    assert "went from empty to" in _run("db", "upgrade", database=url).stdout
    assert "is up to date" in _run("db", "upgrade", database=url).stdout
    assert "is fine" in _run("db", "check", database=url).stdout


def test_keys_are_shown_once_and_revoked(writable_url: str) -> None:
    """The secret is printed alone on standard output, stored as a hash, and useless once revoked."""
    made = _run("keys", "create", "desk", "--scope", "write", database=writable_url)
    secret = made.stdout.strip()
    with Store.open(writable_url) as store:
        key = store.find_key_by_hash(hash_secret(secret))
    assert key is not None
    assert (key.name, key.scopes) == ("desk", "write")
    listed = _run("keys", "list", database=writable_url).stdout
    assert key.id in listed
    assert secret not in listed
    assert hash_secret(secret) not in _run("keys", "list", "--json", database=writable_url).stdout
    assert _run("keys", "revoke", key.id, database=writable_url).exit_code == 0
    assert "revoked" in _run("keys", "list", database=writable_url).stdout


def test_version_and_help() -> None:
    """The version is one line; no arguments at all show the help."""
    assert re.fullmatch(r"actorgraph \d+\.\d+\.\d+\n", _run("--version").stdout)
    helped = _run()
    assert helped.exit_code == 0
    assert "ingest" in helped.stdout


@pytest.mark.parametrize("asked", ["export - --format graphml", "top", "path Iran ISIS", "top --json"])
def test_a_pipe_that_closes_is_no_failure(asked: str, filled_url: str, tmp_path: Path) -> None:
    """`actorgraph ... | head` ends quietly, whichever way the output is written."""
    command = " ".join(f"'{part}'" for part in COMMAND)
    result = subprocess.run(
        ["bash", "-c", f"{command} {asked} | true; echo ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        env={**os.environ, "ACTORGRAPH_DATABASE_URL": filled_url},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (result.stdout.strip(), result.stderr) == ("0", "")


def test_a_plain_terminal_sees_which_way_a_relation_points(filled_url: str, tmp_path: Path) -> None:
    """Where only ASCII can be shown, arrows, quotes and names are spelled out and not lost."""
    process = _start(
        "path", "Iraq", "Iran", cwd=tmp_path, ACTORGRAPH_DATABASE_URL=filled_url, PYTHONIOENCODING="ascii"
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "1. Iraq <-located-in/part-of-place- Karbala" in out
    assert "3. Quds Force -member-of/branch-of-> Iran" in out
    assert '"The Quds Force was deployed to Karbala."' in out


def test_output_into_a_pipe_has_no_colours(filled_url: str, tmp_path: Path) -> None:
    """Without a terminal there is no ANSI sequence, even where the environment has a colour terminal."""
    process = _start(
        "path", "Iran", "ISIS", cwd=tmp_path, ACTORGRAPH_DATABASE_URL=filled_url, TERM="xterm-256color"
    )
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Net sign" in out
    assert not ANSI.search(out)


def test_questions_import_no_language_model(filled_url: str, tmp_path: Path) -> None:
    """A path is answered without spaCy or the web framework; that is what keeps its start short."""
    code = (
        "import sys\nfrom app.cli import app\n"
        "try:\n    app(['path', 'Iran', 'ISIS'])\nexcept SystemExit:\n    pass\n"
        "sys.exit(sorted({'spacy', 'fastapi', 'uvicorn', 'ingest'} & set(sys.modules)))"
    )
    env = {**os.environ, "ACTORGRAPH_DATABASE_URL": filled_url}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert "Net sign" in result.stdout
    assert result.stderr.strip() in {"", "[]"}


def test_the_service_starts_without_the_language_model() -> None:
    """The server's modules do not load spaCy; it comes with the first text."""
    code = "import sys, app.main; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, process: "subprocess.Popen[str]") -> httpx.Response:
    for _ in range(300):
        try:
            return httpx.get(url)
        except httpx.TransportError:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.1)
    raise AssertionError("the service did not start")


def test_serve_makes_its_database_answers_and_stops(tmp_path: Path) -> None:
    """A first start makes the database, prints what to try, answers, logs in JSON, and stops at Ctrl-C."""
    port = _free_port()
    process = _start("serve", "--port", str(port), cwd=tmp_path, ACTORGRAPH_DATABASE_URL="sqlite:///new.db")
    try:
        base = f"http://127.0.0.1:{port}"
        assert _wait_for(f"{base}/health/ready", process).status_code == 200
        assert httpx.get(f"{base}/graph/stats").json()["documents"] == 0
        assert httpx.get(f"{base}/graph/stats", headers={"Host": "evil.example"}).status_code == 403
        clash = _start("serve", "--port", str(port), cwd=tmp_path, ACTORGRAPH_DATABASE_URL="sqlite:///new.db")
        _, err = clash.communicate(timeout=60)
        assert clash.returncode == 1
        assert err.startswith(f"actorgraph: Cannot listen on 127.0.0.1:{port}")
        assert f"--port {port + 1}" in err
        assert len(err.splitlines()) == 1
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert err.splitlines()[-1] == "Stopped."
    assert "Made the database" in err
    assert f"{base}/graph/path?from=Iran&to=Karbala" in err
    lines = [json.loads(line) for line in err.splitlines() if line.startswith("{")]
    assert {"/health/ready", "/graph/stats"} <= {line.get("path") for line in lines}
    assert "Traceback" not in err


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])  # noqa: S104  # what must be refused
def test_serve_opens_to_a_network_only_with_keys(filled_url: str, host: str) -> None:
    """Without a key it listens on this machine alone, and says how to make one."""
    result = _run("serve", "--host", host, "--port", "0", database=filled_url)
    assert result.exit_code == 1
    assert "actorgraph keys create" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_serve_on_a_network_asks_for_a_key_before_there_is_a_database(tmp_path: Path) -> None:
    """The first run of a container says how to make a key, not how to make tables."""
    missing = tmp_path / "none.db"
    result = _run("serve", "--host", "0.0.0.0", "--port", "0", database=f"sqlite:///{missing}")  # noqa: S104  # refused
    assert result.exit_code == 1
    assert "actorgraph keys create" in result.stderr
    assert not missing.exists()


def test_doctor_says_what_is_wrong(tmp_path: Path) -> None:
    """Each thing looked at has a line; anything wrong makes the status 1."""
    result = _run(
        "doctor", "--model", "no_such_model", "--json", database=f"sqlite:///{tmp_path / 'none.db'}"
    )
    assert result.exit_code == 1
    body: dict[str, Any] = json.loads(result.stdout)
    wrong = {check["name"] for check in body["checks"] if not check["ok"]}
    assert wrong == {"language model", "database", "write access"}
    assert body["ok"] is False


@pytest.mark.parametrize(
    ("files", "options", "ok", "said"),
    [
        (("relations.onnx", "relations.json", "vocabulary.txt"), (), True, "relations-"),
        (
            ("relations.json", "vocabulary.txt"),
            (),
            True,
            "read by rules alone; .*relations.onnx is missing: .*make train",
        ),
        (
            ("relations.onnx", "relations.json", "vocabulary.txt"),
            ("--no-scorer",),
            True,
            "turned off .*ACTORGRAPH_SCORER",
        ),
        (("relations.onnx", "relations.json"), (), False, "vocabulary.txt cannot be used: .*put it back"),
    ],
    ids=["there", "absent", "off", "damaged"],
)
def test_doctor_speaks_of_the_scorer(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    files: tuple[str, ...],
    options: tuple[str, ...],
    ok: bool,
    said: str,
) -> None:
    """Which weights read, or why the rules run alone; only what is there and damaged is a fault."""
    for name in files:
        (tmp_path / name).symlink_to(MODEL_FOLDER / name)
    if len(files) < 3 and "relations.onnx" in files:
        (tmp_path / "vocabulary.txt").write_text("the\n", encoding="utf-8")
    monkeypatch.setattr("ingest.scorer.MODEL_FOLDER", tmp_path)
    result = _run(
        "doctor", "--model", "no_such_model", "--json", *options, database=f"sqlite:///{tmp_path}/none.db"
    )
    seen = {check["name"]: check for check in json.loads(result.stdout)["checks"]}["relation scorer"]
    assert seen["ok"] is ok
    assert re.search(said, seen["seen"])


def test_the_port_sends_answers_at_once() -> None:
    """The listening socket names its protocol, which is how asyncio knows not to hold small answers back."""
    with _bind("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
