"""GEXF 1.3, with the spells in which each edge held: what Gephi plays along its timeline."""

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.export import xml
from graph.export.assembly import Part, escape_texts, join_rows, write_values
from graph.export.attributes import Attribute, choose_attributes
from graph.export.batches import iter_edge_numbers
from graph.export.extras import Extras
from graph.export.gathering import to_days
from graph.export.header import Header, build_header
from graph.export.spells import Spells, find_spells
from graph.filters import EdgeFilter
from graph.snapshot.columns import NO_DAY, Int32
from graph.snapshot.snapshot import Snapshot

_START = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
"""
_GRAPH = """\
<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
_OWN_PLACES = ("label", "weight")
"""Attributes of edges that have places of their own in the format; of nodes, the first alone."""


def iter_gexf(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,
) -> Iterator[bytes]:
    """Yield a GEXF 1.3 file, in UTF-8, in chunks of one batch of rows.

    An edge's spells are the days on which its claims held (see `find_spells`); an edge without any is timeless, as
    geography is. `kind` keeps parallel edges apart. The header is the description, as JSON.

    Cost: O(nodes + edges + claims) time; memory for one batch above the snapshot's view.
    """
    wanted = (extras or Extras()).attributes
    chosen = choose_attributes(wanted)
    view = snapshot.view(where)
    yield "".join(
        [
            _START,
            *_write_meta(build_header(view, wanted)),
            _GRAPH,
            *_declare("node", chosen.nodes),
            *_declare("edge", chosen.edges),
            "<nodes>\n",
        ]
    ).encode()
    for batch in chosen.iter_node_batches(view):
        yield from join_rows(_write_nodes(chosen.nodes, batch))
    yield b"</nodes>\n<edges>\n"
    for numbers, batch in zip(iter_edge_numbers(view), chosen.iter_edge_batches(view, "kind"), strict=True):
        spells = write_spells(find_spells(view, numbers), len(numbers))
        yield from join_rows(_write_edges(chosen.edges, batch, spells))
    yield b"</edges>\n</graph>\n</gexf>\n"


def _write_meta(header: Header) -> Iterator[str]:
    yield "<meta>"
    yield f"<creator>{xml.escape_text(header.generated_from)}</creator>"
    yield f"<description>{xml.escape_text(header.to_json())}</description>"
    yield "</meta>\n"


def _declare(domain: str, attributes: Iterable[Attribute]) -> Iterator[str]:
    yield f'<attributes class="{domain}">\n'
    for known in _list_others(attributes):
        yield f'<attribute id="{known.name}" title="{known.name}" type="{known.type}"/>\n'
    yield "</attributes>\n"


def _write_nodes(attributes: Iterable[Attribute], batch: pa.RecordBatch) -> Iterator[Part]:
    yield from ('<node id="', escape_texts(batch["id"], xml.ATTRIBUTE), '"')
    yield from _write_own_places(attributes, batch)
    yield ">"
    yield from _write_values(attributes, batch)
    yield "</node>\n"


def _write_edges(attributes: Iterable[Attribute], batch: pa.RecordBatch, spells: pa.Array) -> Iterator[Part]:
    for name in ("id", "source", "target"):
        yield from (
            f'{"<edge" if name == "id" else ""} {name}="',
            escape_texts(batch[name], xml.ATTRIBUTE),
            '"',
        )
    yield from write_values(batch["kind"], xml.ATTRIBUTE, ' kind="', '"')
    yield from _write_own_places(attributes, batch)
    yield ">"
    yield from _write_values(attributes, batch)
    yield from (spells, "</edge>\n")


def _list_others(attributes: Iterable[Attribute]) -> list[Attribute]:
    return [known for known in attributes if known.name not in _OWN_PLACES]


def _write_own_places(attributes: Iterable[Attribute], batch: pa.RecordBatch) -> Iterator[Part]:
    for known in attributes:
        if known.name in _OWN_PLACES:
            yield from write_values(known.get(batch), xml.ATTRIBUTE, f' {known.name}="', '"')


def _write_values(attributes: Iterable[Attribute], batch: pa.RecordBatch) -> Iterator[Part]:
    others = _list_others(attributes)
    if not others:
        return
    yield "<attvalues>"
    for known in others:
        yield from write_values(known.get(batch), xml.VALUE, f'<attvalue for="{known.name}" value="', '"/>')
    yield "</attvalues>"


def write_spells(spells: Spells, edges: int) -> pa.Array:
    """Return the spells of each of so many edges in GEXF; null for an edge without any, or with one without an end."""
    is_told = (spells.start != NO_DAY) | (spells.end != NO_DAY)
    places = spells.place[is_told]
    written = pc.binary_join_element_wise(
        "<spell",
        _write_day("start", spells.start[is_told]),
        _write_day("end", spells.end[is_told]),
        "/>",
        "",
        null_handling="skip",
    )
    found, firsts = np.unique(places, return_index=True)
    if len(found) < len(places):
        lists = pa.ListArray.from_arrays(pa.array(np.append(firsts, len(places)), pa.int32()), written)
        written = pc.binary_join(lists, "")
    row = np.full(edges, -1, np.int32)
    row[found] = np.arange(len(found), dtype=np.int32)
    whole = pc.binary_join_element_wise("<spells>", written, "</spells>", "")
    return whole.take(pa.array(row, mask=row < 0))


def _write_day(name: str, days: Int32) -> Part:
    # Most spells begin on one of few days, so each is written once.
    coded = to_days(days).dictionary_encode()
    texts = pc.binary_join_element_wise(f' {name}="', coded.dictionary.cast(pa.string()), '"', "")
    return texts.take(coded.indices)
