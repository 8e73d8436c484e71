"""Loops over arrays that run as plain Python on a small graph and as machine code on a large one.

Loading numba takes half a second, and compiling for the first time takes seconds; both are worth it only where there
is much to walk. The results are the same, to the last bit of an integer.
"""

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar, cast

Args = ParamSpec("Args")
Result = TypeVar("Result")

COMPILED_FROM = 3_000
"""Number of ties from which loops are compiled."""


def choose_loop(loop: Callable[Args, Result], ties: int) -> Callable[Args, Result]:
    """Return the loop as it is, or compiled if there are many ties to walk."""
    return loop if ties < COMPILED_FROM else cast("Callable[Args, Result]", _compile(loop))


@cache
def _compile(loop: Callable[..., object]) -> Callable[..., object]:
    import numba  # noqa: PLC0415 (slow to import, and small graphs do without)

    return cast("Callable[..., object]", numba.njit(cache=True, nogil=True)(loop))
