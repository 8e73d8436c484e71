"""What every export says about itself, so that it can be made again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from graph.export.batches import measure
from graph.export.gathering import strip_surrogates
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import GraphView


@dataclass(frozen=True, slots=True)
class Header:
    """An export's origin. It holds no clock: the same view gives the same header.

    Attributes:
        version: The graph's version.
        filters: The filter's values that are not at their default; see `EdgeFilter.describe`.
        as_of: The day on which everything in it held, where one was asked for (valid time).
        known_by: The last day of publication that was looked at, where one was asked for.
        first: Earliest publication day behind an edge of it; None where none is dated.
        last: Latest such day.
        nodes: How many there are.
        edges: How many there are.
        generated_from: The product and its version.
        attributes: Which columns were chosen; None where all are there.
    """

    version: int
    filters: dict[str, object]
    as_of: date | None
    known_by: date | None
    first: date | None
    last: date | None
    nodes: int
    edges: int
    generated_from: str
    attributes: tuple[str, ...] | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return it ready for JSON, dates in ISO 8601; no word of attributes where all are there."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
            if name != "attributes" or value is not None
        }

    def to_json(self) -> str:
        """Return it as one line of JSON."""
        return json.dumps(self.to_plain(), ensure_ascii=False, sort_keys=True)


def build_header(view: GraphView, attributes: Sequence[str] | None = None) -> Header:
    """Return the header of an export of these attributes of a view. Cost: O(edges), for the dates."""
    size = measure(view)
    where: EdgeFilter = view.where
    return Header(
        version=view.version,
        filters={name: strip_surrogates(value) for name, value in where.describe().items()},
        as_of=where.as_of,
        known_by=where.known_by,
        first=size.first,
        last=size.last,
        nodes=size.nodes,
        edges=size.edges,
        generated_from=_name_product(),
        attributes=None if attributes is None else tuple(attributes),
    )


@cache
def _name_product() -> str:
    try:
        return f"actorgraph {version('actorgraph')}"
    except PackageNotFoundError:
        return "actorgraph"
