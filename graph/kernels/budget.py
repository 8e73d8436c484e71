"""A time budget inside compiled code: kernels read the monotonic clock themselves, and stop."""

import time
from typing import Final

import numba
import numpy as np
from numba import types

from graph.deadline import Deadline

NEVER: Final = 2**63 - 1
"""The end of a budget that has none, in nanoseconds."""

_CLOCK: Final = time.CLOCK_MONOTONIC
# The C library's own call: it is found by name when a cached kernel is loaded, so nothing of this process is baked in.
_clock_gettime = types.ExternalFunction("clock_gettime", types.int32(types.int32, types.voidptr))


def get_end(deadline: Deadline | None) -> int:
    """Return when a deadline ends, in nanoseconds of the clock that `is_late` reads.

    Raises:
        QueryTimeout: It has passed already.
    """
    if deadline is None or deadline.ends_at is None:
        return NEVER
    deadline.check()
    return time.clock_gettime_ns(_CLOCK) + int((deadline.ends_at - time.monotonic()) * 1e9)


@numba.njit(cache=True, nogil=True)
def is_late(ends_at: int) -> bool:
    """Say whether a moment has passed, in compiled code; about 40 nanoseconds.

    Args:
        ends_at: As `get_end` returns it.
    """
    if ends_at == NEVER:
        return False
    now = np.empty(2, np.int64)
    _clock_gettime(_CLOCK, now.ctypes)  # type: ignore[call-overload]
    return bool(now[0] * 1_000_000_000 + now[1] >= ends_at)
