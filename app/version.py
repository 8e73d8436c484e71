"""Which version of the product this is."""

from functools import cache
from importlib.metadata import version


@cache
def get_version() -> str:
    """Return the installed distribution's version."""
    return version("actorgraph")
