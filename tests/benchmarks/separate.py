"""Measures run one at a time, each in a process of its own, so that none is measured in another's memory."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

Found = dict[str, float]


def measure(module: str, name: str, *arguments: object, cap_s: float) -> Found | None:
    """Return what a measure finds in a process of its own; None where it fails or takes longer than `cap_s`.

    Args:
        module: Which answers to `--measure name arguments...` with a line of JSON.
        name: Of the measure.
        arguments: Of the measure.
        cap_s: Most seconds.
    """
    shown = " ".join(map(str, (name, *arguments)))
    print(f"  {shown}", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", module, "--measure", name, *map(str, arguments)]
    # One thread for matrix products: what is measured is one process.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=cap_s, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        print(f"  {shown}: > {cap_s:g} s", file=sys.stderr)
        return None
    if done.returncode:
        print(f"  {shown}: {(done.stderr.strip().splitlines() or ['no word'])[-1]}", file=sys.stderr)
        return None
    found: Found = json.loads(done.stdout.splitlines()[-1])
    return found


def write_json(out: Path, told: Any) -> None:  # noqa: ANN401 (whatever JSON takes)
    """Write what was measured, making the folder first."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(told), encoding="utf-8")


def get_peak_mib() -> float:
    """Return the most memory this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read_status_mib(field: str) -> float:
    """Return a size that Linux tells of this process (`VmRSS`, `VmHWM`, `RssAnon`), in MiB; NaN elsewhere."""
    path = Path("/proc/self/status")
    for line in path.read_text(encoding="ascii").splitlines() if path.exists() else ():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def forget_peak() -> None:
    """Let `VmHWM` count from what this process has now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
