"""The columns that graph formats show: what they are called, of which type, and where they come from."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from graph.export.choice import Chosen, Column, choose
from graph.export.header import Header

AttributeType = Literal["string", "integer", "double", "boolean"]

ALIAS_SEPARATOR = " | "
EVIDENCE_WEIGHT = 1e-6
"""Weight of an edge that no claim counts for: weights must be positive, and no layout should be pulled by it."""


@dataclass(frozen=True, slots=True)
class Attribute(Column):
    """A column of which readers are told the type."""

    type: AttributeType


def _take(name: str, type_: AttributeType, column: str | None = None) -> Attribute:
    return Attribute(name, (column or name,), lambda batch: batch[column or name], type_)


def join_aliases(batch: pa.RecordBatch) -> pa.Array:
    """Return the aliases of each node as one text."""
    return pc.binary_join(batch["aliases"], ALIAS_SEPARATOR)


def get_labels(batch: pa.RecordBatch) -> pa.Array:
    """Return what an edge is called in short: its finer kind, or else its kind."""
    how, kind = batch["how"], batch["kind"]
    words = pa.concat_arrays([how.dictionary, kind.dictionary])
    codes = pc.coalesce(how.indices, pc.add(kind.indices, len(how.dictionary)))
    return words.dictionary_encode().take(codes)


def get_weights(batch: pa.RecordBatch) -> pa.Array:
    """Return an edge's confidence, or next to nothing where it does not count."""
    return pc.if_else(batch["counts"], batch["confidence"], EVIDENCE_WEIGHT)


NODE_ATTRIBUTES = (
    _take("label", "string", "name"),
    _take("name", "string"),
    _take("type", "string"),
    Attribute("aliases", ("aliases",), join_aliases, "string"),
    _take("country_code", "string"),
    _take("admin1", "string"),
    _take("lat", "double"),
    _take("lon", "double"),
    _take("geonames_id", "integer"),
    _take("mentions", "integer"),
)
EDGE_ATTRIBUTES = (
    # The edge's id once more: igraph 1.0 gives edges the ids of nodes, and Gephi drops them.
    _take("relation_id", "string", "id"),
    Attribute("label", ("kind", "how"), get_labels, "string"),
    _take("interaction", "string", "kind"),
    _take("kind", "string"),
    _take("how", "string"),
    _take("sign", "integer"),
    Attribute("weight", ("confidence", "counts"), get_weights, "double"),
    _take("confidence", "double"),
    _take("counts", "boolean"),
    _take("claims", "integer"),
    _take("denials", "integer"),
    _take("possibles", "integer"),
    _take("independent_sources", "integer"),
    _take("first", "string"),
    _take("last", "string"),
    _take("valid_from", "string"),
    _take("valid_to", "string"),
    _take("disputed", "boolean"),
    _take("symmetric", "boolean"),
    _take("origin", "string"),
    _take("review", "string"),
)
GRAPH_ATTRIBUTES: dict[str, AttributeType] = {
    "version": "integer",
    "filters": "string",
    "as_of": "string",
    "known_by": "string",
    "first": "string",
    "last": "string",
    "nodes": "integer",
    "edges": "integer",
    "generated_from": "string",
    "attributes": "string",
}


def choose_attributes(wanted: Sequence[str] | None) -> Chosen[Attribute]:
    """Return the attributes that are wanted, all for None.

    Raises:
        InvalidQuery: There is none of that name.
    """
    return choose(wanted, NODE_ATTRIBUTES, EDGE_ATTRIBUTES)


def describe_header(header: Header) -> dict[str, str | int | None]:
    """Return a header as the graph's own attributes: filters are one text of JSON, names one with commas."""
    plain = header.to_plain()
    plain["filters"] = json.dumps(plain["filters"], ensure_ascii=False, sort_keys=True)
    if "attributes" in plain:
        plain["attributes"] = ",".join(plain["attributes"])
    return plain
