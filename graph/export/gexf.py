"""GEXF 1.3, with the spells in which each edge held: what Gephi plays along its timeline."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from graph.edges import is_counting
from graph.export import xml
from graph.export.assembly import Part, escape_texts, join_rows, write_values
from graph.export.attributes import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Attribute, get_labels, get_weights
from graph.export.batches import iter_edge_batches, iter_node_batches
from graph.export.extras import Extras
from graph.export.header import Header, build_header
from graph.export.spells import Spell, find_spells
from graph.filters import EdgeFilter
from graph.rows import ClaimRow
from graph.snapshot.snapshot import GraphView, Snapshot

_START = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
"""
_GRAPH = """\
<graph defaultedgetype="directed" idtype="string" mode="dynamic" timeformat="date" timerepresentation="interval">
"""
# These have places of their own in the format.
_OWN_PLACES = {"label", "weight"}


def iter_gexf(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,  # noqa: ARG001 (every writer takes them)
) -> Iterator[bytes]:
    """Yield a GEXF 1.3 file, in UTF-8, in chunks of one batch of rows.

    An edge's spells are the days on which its claims held (see `find_spells`); an edge without any is timeless, as
    geography is. `kind` keeps parallel edges apart. The header is the description, as JSON.

    Cost: O(nodes + edges + claims) time; memory for one batch above the snapshot's view.
    """
    view = snapshot.view(where)
    nodes = [known for known in NODE_ATTRIBUTES if known.name not in _OWN_PLACES]
    edges = [known for known in EDGE_ATTRIBUTES if known.name not in _OWN_PLACES]
    yield "".join(
        [
            _START,
            *_write_meta(build_header(view)),
            _GRAPH,
            *_declare("node", nodes),
            *_declare("edge", edges),
            "<nodes>\n",
        ]
    ).encode()
    for batch in iter_node_batches(view):
        yield from join_rows([*_write_nodes(batch), *_write_values(nodes, batch), "</node>\n"])
    yield b"</nodes>\n<edges>\n"
    for batch in iter_edge_batches(view):
        spells = pa.array(map(_write_spells, _iter_claims(view, batch)), pa.string())
        yield from join_rows([*_write_edges(batch), *_write_values(edges, batch), spells, "</edge>\n"])
    yield b"</edges>\n</graph>\n</gexf>\n"


def _write_meta(header: Header) -> Iterator[str]:
    yield "<meta>"
    yield f"<creator>{xml.escape_text(header.generated_from)}</creator>"
    yield f"<description>{xml.escape_text(header.to_json())}</description>"
    yield "</meta>\n"


def _declare(domain: str, attributes: Iterable[Attribute]) -> Iterator[str]:
    yield f'<attributes class="{domain}">\n'
    for known in attributes:
        yield f'<attribute id="{known.name}" title="{known.name}" type="{known.type}"/>\n'
    yield "</attributes>\n"


def _write_nodes(batch: pa.RecordBatch) -> Iterator[Part]:
    yield from ('<node id="', escape_texts(batch["id"], xml.ATTRIBUTE))
    yield from ('" label="', escape_texts(batch["name"], xml.ATTRIBUTE), '">')


def _write_edges(batch: pa.RecordBatch) -> Iterator[Part]:
    for name, column in (("id", "id"), ("source", "source"), ("target", "target")):
        yield from (
            f'{"<edge" if name == "id" else ""} {name}="',
            escape_texts(batch[column], xml.ATTRIBUTE),
            '"',
        )
    yield from write_values(batch["kind"], xml.ATTRIBUTE, ' kind="', '"')
    yield from write_values(get_labels(batch), xml.ATTRIBUTE, ' label="', '"')
    yield from write_values(get_weights(batch), xml.ATTRIBUTE, ' weight="', '">')


def _write_values(attributes: Iterable[Attribute], batch: pa.RecordBatch) -> Iterator[Part]:
    yield "<attvalues>"
    for known in attributes:
        yield from write_values(known.get(batch), xml.VALUE, f'<attvalue for="{known.name}" value="', '"/>')
    yield "</attvalues>"


def _iter_claims(view: GraphView, batch: pa.RecordBatch) -> Iterator[list[ClaimRow]]:
    """Yield the claims that say when each edge held: those that count, or all where none does."""
    for edge_id in batch["id"].to_pylist():
        claims = view.get_claims(edge_id)
        yield [claim for claim in claims if is_counting(claim)] or list(claims)


def _write_spells(claims: list[ClaimRow]) -> str | None:
    spells = find_spells(claims)
    if not spells or spells == [Spell(None, None)]:
        return None
    return f"<spells>{''.join(map(_write_spell, spells))}</spells>"


def _write_spell(spell: Spell) -> str:
    start = f' start="{spell.start.isoformat()}"' if spell.start else ""
    end = f' end="{spell.end.isoformat()}"' if spell.end else ""
    return f"<spell{start}{end}/>"
