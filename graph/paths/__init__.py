"""Paths: how two entities are connected, and what would break the connection."""

from graph.paths.finding import (
    MAX_HOPS,
    TOTAL_CAP,
    Direction,
    Path,
    PathResult,
    SignAsked,
    Weight,
    find_paths,
    is_large,
    iter_paths,
)

__all__ = [
    "MAX_HOPS", "TOTAL_CAP", "Direction", "Path", "PathResult", "SignAsked", "Weight", "find_paths", "is_large", "iter_paths",
]  # fmt: skip
