"""Where compiled searches are kept, so that they are compiled once after an installation and not at every start."""

import atexit
import os
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path

VARIABLE = "NUMBA_CACHE_DIR"
"""Where numba is told so; read when it is loaded, so that this has to be settled before."""


def place_machine_code(package: Path | None = None) -> None:
    """Choose where numba keeps what it compiles, unless the environment says so already.

    Args:
        package: Folder of the code to compile; None for the product's.

    Beside the product's files, as numba does by itself, if they can be written. An installed product often cannot be
    (another user's, or a read-only image); then in the product's cache folder: `ACTORGRAPH_CACHE`, else that of the user.
    Where neither can be written, in a folder of this process alone, which costs a minute of compiling at every start
    once large graphs are asked, and nothing else: numba itself would refuse to work.
    """
    if VARIABLE in os.environ or _is_writable(package or _find_package()):
        return
    folder = _find_cache_folder() / "machine-code"
    if not _make_writable(folder):
        # Not a name that others could foresee: what lies there is run.
        folder = Path(tempfile.mkdtemp(prefix="actorgraph-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ[VARIABLE] = str(folder)


def _find_package() -> Path:
    """Return the folder beside whose files numba would keep machine code."""
    spec = find_spec("graph")
    assert spec is not None  # noqa: S101  # it is a part of this product
    assert spec.origin is not None  # noqa: S101  # it has an __init__.py
    return Path(spec.origin).parent / "kernels"


def _find_cache_folder() -> Path:
    """Return the product's cache folder. `ingest.cities` has the same rule for what it compiles."""
    if own := os.environ.get("ACTORGRAPH_CACHE"):
        return Path(own)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "actorgraph"
    except RuntimeError:
        # A user without an entry and without HOME, as containers have them.
        return Path(os.devnull)


def _make_writable(folder: Path) -> bool:
    """Make a folder if need be, and say whether this process can keep files in it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return False
    return _is_writable(folder)


def _is_writable(folder: Path) -> bool:
    cached = folder / "__pycache__"
    return os.access(cached if cached.is_dir() else folder, os.W_OK | os.X_OK)
