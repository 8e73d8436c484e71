"""What is installed is what was tested: locks, wheel and container."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read_pins(lock: str) -> dict[str, list[str]]:
    """Return the hashes of each pinned package of a lock file."""
    pins: dict[str, list[str]] = {}
    name = ""
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([a-z0-9._-]+)==\S+", line):
            name = match[1]
            pins.setdefault(name, [])
        elif match := re.match(r"\s+--hash=sha256:([0-9a-f]{64})", line):
            pins[name].append(match[1])
        else:
            assert not line.strip(), f"{lock}: {line}"
    return pins


def package_name(requirement: str) -> str:
    """Return the package a requirement names, spelled as lock files spell it."""
    return re.split(r"[\[<>=!~ ;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_locks_pin_every_dependency_with_hashes(lock: str, wanted: list[str]) -> None:
    """Each dependency of the project stands in the lock at one exact version with its hashes, and nothing else does."""
    pins = read_pins(lock)
    assert {package_name(requirement) for requirement in wanted} <= set(pins)
    assert [name for name, hashes in pins.items() if not hashes] == []


def test_both_locks_agree() -> None:
    """The tests run on the very versions that users get."""
    used, tested = read_pins("requirements.lock"), read_pins("requirements-dev.lock")
    assert {name: hashes for name, hashes in tested.items() if name in used} == used


def test_wheel_carries_its_data(tmp_path: Path) -> None:
    """An installed copy has the ontology, the lexicon, the scorer, the samples and the migrations."""
    source = tmp_path / "source"
    source.mkdir()
    for name in ("app", "graph", "ingest"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*build, "--wheel-dir", str(tmp_path), str(source)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("actorgraph-*.whl")

    with zipfile.ZipFile(wheel) as content:
        packed = set(content.namelist())

    data = {
        str(path.relative_to(ROOT))
        for package in ("app", "graph", "ingest")
        for path in (ROOT / package).rglob("*")
        if path.suffix in {".yaml", ".md", ".mako", ".typed", ".onnx", ".json", ".txt"}
        and not path.is_relative_to(ROOT / "ingest" / "training")
    }
    assert data - packed == set()
    assert {"graph/ontology.yaml", "graph/migrations/script.py.mako", "app/py.typed"} <= packed
    scorer = {"relations.onnx", "relations.json", "vocabulary.txt", "MODEL_CARD.md"}
    assert {f"ingest/model/{name}" for name in scorer} <= packed
    assert not [name for name in packed if name.startswith("ingest/training/")]


def test_weights_are_small() -> None:
    """The scorer's network takes at most 30 MB."""
    assert (ROOT / "ingest" / "model" / "relations.onnx").stat().st_size <= 30_000_000


def test_dockerfile_passes_its_linter() -> None:
    """Hadolint finds nothing to say about the Dockerfile."""
    hadolint = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert hadolint is not None
    result = subprocess.run([hadolint, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert result.stdout + result.stderr == ""


def test_container_runs_as_nobody_in_particular() -> None:
    """The image's last user is not root, its database is on the volume, and its health is watched."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users
    assert users[-1] not in {"root", "0"}
    assert "VOLUME /data" in lines
    assert any("sqlite:////data/" in line for line in lines)
    assert any(line.startswith("HEALTHCHECK ") for line in lines)
