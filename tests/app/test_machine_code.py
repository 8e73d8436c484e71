"""Where compiled searches are kept: beside the product, in its cache, or for as long as the process lives."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from app.machine_code import VARIABLE, place_machine_code

READ_ONLY = Path(os.devnull) / "folder"
"""A folder in which nobody can make a file, root included: there is none, and can be none."""


@pytest.fixture(autouse=True)
def _nothing_chosen_yet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each test chooses anew, and leaves the environment as it was."""
    monkeypatch.setenv(VARIABLE, "")
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setenv("ACTORGRAPH_CACHE", str(tmp_path / "cache"))


def test_numba_keeps_it_beside_files_that_can_be_written(tmp_path: Path) -> None:
    """In a checkout, or an environment of one's own, nothing is changed."""
    place_machine_code(tmp_path)
    assert VARIABLE not in os.environ
    assert not (tmp_path / "cache").exists()


def test_a_read_only_installation_keeps_it_in_the_cache(tmp_path: Path) -> None:
    """Another user's installation is not written to; the cache folder is made where it is missing."""
    place_machine_code(READ_ONLY)
    assert os.environ[VARIABLE] == str(tmp_path / "cache" / "machine-code")
    assert Path(os.environ[VARIABLE]).is_dir()


def test_what_the_environment_says_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever sets numba's own variable is not overruled."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "own"))
    place_machine_code(READ_ONLY)
    assert os.environ[VARIABLE] == str(tmp_path / "own")


@pytest.mark.parametrize("cache", ["a file", "a folder that cannot be written"])
def test_with_no_place_to_keep_it_a_process_has_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, cache: str
) -> None:
    """A folder that nobody else can enter or foresee, since what lies in it is run."""
    (tmp_path / "file").touch()
    blocked = tmp_path / "file" if cache == "a file" else READ_ONLY
    monkeypatch.setenv("ACTORGRAPH_CACHE", str(blocked))
    place_machine_code(READ_ONLY)
    folder = Path(os.environ[VARIABLE])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.parent != tmp_path
    folder.rmdir()


def test_a_process_takes_its_own_folder_with_it(tmp_path: Path) -> None:
    """Nothing is left behind by a start that had no place to keep it."""
    script = (
        "from pathlib import Path; from app.machine_code import place_machine_code, VARIABLE; import os;"
        f"place_machine_code(Path({str(READ_ONLY)!r})); print(os.environ[VARIABLE])"
    )
    env = {**os.environ, "ACTORGRAPH_CACHE": str(READ_ONLY), "TMPDIR": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True)
    assert Path(ran.stdout.strip()).parent == tmp_path
    assert list(tmp_path.iterdir()) == []
