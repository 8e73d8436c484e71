"""Ctrl-C while a command is still being loaded: one plain line and the exit status of an interrupt, in real processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TELLING_IMPORTS = [sys.executable, "-X", "importtime", "-m", "app"]
"""The command, which says on standard error what it has loaded, so that a test knows how far it has come."""


@pytest.mark.parametrize(
    "loaded",
    ["signal", "typer.models", "app.cli.group", "pydantic", "graph.ontology", "sqlalchemy.exc"],
    ids=[
        "at the start",
        "on the way to the commands",
        "among the commands",
        "reading what was typed",
        "in a command",
        "at its database",
    ],
)
def test_an_interrupt_is_one_line(filled_url: str, tmp_path: Path, loaded: str) -> None:
    """Whatever is being loaded when Ctrl-C is pressed, there is no stack to be seen, and the status is 130."""
    process = subprocess.Popen(
        [*TELLING_IMPORTS, "path", "Iran", "ISIS"],
        cwd=tmp_path,
        env={**os.environ, "ACTORGRAPH_DATABASE_URL": filled_url, "PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.rpartition("|")[2].strip() == loaded:
            process.send_signal(signal.SIGINT)
            break
    out, err = process.communicate(timeout=60)
    said = [line for line in err.splitlines() if not line.startswith("import time:")]
    assert (process.returncode, out, said) == (130, "", ["actorgraph: stopped."])
