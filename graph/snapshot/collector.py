"""A pause for the garbage collector while many lasting objects are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keep the cyclic garbage collector from running inside; also a decorator.

    A graph is some hundred thousand objects without a cycle. Looking through all of them again and again while they
    are being made takes as long as making them. Whatever is dropped meanwhile is still freed by its reference count.
    Where two threads pause at once the first to end ends it for both, which costs time and nothing else.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
