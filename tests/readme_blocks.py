"""The README's code blocks, run as a reader would run them: `python -m tests.readme_blocks` rewrites their output.

A `console` block holds commands behind `$ ` and what they print; a `python` block is a script, and a `text` block right
after it is what the script prints. A `yaml` block whose first line is `# NAME` is a file of that name. All run in one folder with the sample corpus ingested and the service up. The
picture at the top is the first command's output, drawn as a terminal.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / ".github" / "path.svg"
_PICTURE_COMMAND = "actorgraph path Iran Karbala"
_BLOCK = re.compile(r"^```(console|python|text|yaml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_README_PORT = "8000"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block; `start` and `end` are where its content lies in the README."""

    language: str
    content: str
    start: int
    end: int


def read_blocks(text: str) -> list[Block]:
    """Return the blocks that are run, in order."""
    return [Block(m[1], m[2], m.start(2), m.end(2)) for m in _BLOCK.finditer(text)]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody at a terminal: the samples are in their database, and the service answers on `port`."""

    folder: Path
    port: int

    def run(self, command: str) -> str:
        """Return what a shell command prints, trailing blanks dropped.

        Raises:
            AssertionError: The command failed.
        """
        written = command.replace(f":{_README_PORT}", f":{self.port}")
        words = shlex.split(written)
        if words[0] == "curl" and shutil.which("curl") is None:
            printed = httpx.get(next(word for word in words if word.startswith("http"))).text
        else:
            printed = self._run_shell(written)
        printed = printed.replace(f":{self.port}", f":{_README_PORT}")
        return "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())

    def _run_shell(self, command: str) -> str:
        tools = str(Path(sys.executable).parent)
        environment = os.environ | {
            "PATH": f"{tools}:{os.environ['PATH']}",
            "COLUMNS": "100",
            "NO_COLOR": "1",
        }
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout

    def write(self, content: str) -> None:
        """Write a file as the README shows it, under the name in its first line."""
        path = self.folder / content.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")

    def answer(self, block: Block) -> str:
        """Return a console block with each command followed by what it prints now."""
        commands = [line[2:] for line in block.content.splitlines() if line.startswith("$ ")]
        return "".join(f"$ {command}\n{self.run(command)}" for command in commands)


@contextmanager
def open_reader() -> Iterator[Reader]:
    """Ingest the samples into a fresh database, start the service, and clean up after."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "ingest" / "samples", folder / "ingest" / "samples")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        reader = Reader(folder, port)
        reader.run("actorgraph ingest ingest/samples")
        command = [str(Path(sys.executable).parent / "actorgraph"), "serve", "--port", str(port)]
        with subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as service:
            try:
                _wait_until_ready(port)
                yield reader
            finally:
                service.terminate()


def _wait_until_ready(port: int, timeout_s: float = 60.0) -> None:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"the service did not answer within {timeout_s} s")


def render(text: str, reader: Reader) -> str:
    """Return the README with every output as it is now."""
    pieces: list[str] = []
    position = 0
    script = ""
    for block in read_blocks(text):
        content = block.content
        if block.language == "console":
            content = reader.answer(block)
        elif block.language == "yaml":
            reader.write(content)
        elif block.language == "python":
            script = content
        elif script:
            content = reader.run(f"python -c {shlex.quote(script)}")
            script = ""
        pieces += [text[position : block.start], content]
        position = block.end
    return "".join([*pieces, text[position:]])


def draw(reader: Reader) -> str:
    """Return the picture: an SVG of the first command and its answer, with no font to be fetched."""
    answer = reader.run(f"FORCE_COLOR=1 NO_COLOR= {_PICTURE_COMMAND}")
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=100, file=nowhere, force_terminal=True)
        console.print(Text(f"$ {_PICTURE_COMMAND}", style="bold"))
        console.print(Text.from_ansi(answer))
        picture = console.export_svg(title="actorgraph", unique_id="path")
    return re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)


def main() -> None:
    """Rewrite the README's outputs and its picture in place."""
    with open_reader() as reader:
        PICTURE.write_text(draw(reader), encoding="utf-8")
        README.write_text(render(README.read_text(encoding="utf-8"), reader), encoding="utf-8")


if __name__ == "__main__":
    main()
