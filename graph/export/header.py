"""What every export says about itself, so that it can be made again."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from graph.snapshot import GraphView


@dataclass(frozen=True, slots=True)
class Header:
    """An export's origin.

    Attributes:
        version: The graph's version.
        filters: The filter's values that are not at their default; see `EdgeFilter.describe`.
        generated_from: The product and its version.
    """

    version: int
    filters: dict[str, object]
    generated_from: str


def build_header(view: GraphView) -> Header:
    """Return the header of an export of this view. It holds no clock: the same view gives the same bytes."""
    return Header(view.version, view.where.describe(), _name_product())


@cache
def _name_product() -> str:
    try:
        return f"actorgraph {version('actorgraph')}"
    except PackageNotFoundError:
        return "actorgraph"
