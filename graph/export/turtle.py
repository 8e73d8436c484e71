"""RDF in Turtle: entities, relations as statements about which something can be said, and where each comes from.

Terms for provenance are W3C PROV-O's: a relation was derived from claims, a claim was quoted from a document and is
attributed to its speaker, a document is attributed to its outlet. A relation that counts is a plain triple as well, so
that simple queries stay simple.
"""

import re
from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from graph.edges import is_counting
from graph.export.assembly import Notation, Part, escape_texts, join_rows, write_values
from graph.export.attributes import describe_header
from graph.export.batches import iter_edge_batches, iter_edge_ids, iter_node_batches
from graph.export.evidence import Evidence, iter_evidence
from graph.export.extras import Extras
from graph.export.header import Header, build_header
from graph.export.iris import IriBase, escape_iri, find_web_address, shorten
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.snapshot.snapshot import GraphView, Snapshot

_PREFIXES = """\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
"""
_AGENTS = {
    "person": "prov:Person",
    "place": "prov:Location",
    "country": "prov:Agent",
    "community": "prov:Agent",
}
_ILLEGAL = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_CLAIMS_A_CHUNK = 500


def _escape(text: str) -> str:
    return _ILLEGAL.sub("", text).translate(_ESCAPES)


TEXT = Notation(
    r'["\\\x00-\x1f\x{fffe}\x{ffff}]', _escape, quote='"', leaves_out_empty=True, suspects=b'"\\\xef'
)
_IRI = Notation(r"[^A-Za-z0-9._~-]", escape_iri)


def iter_turtle(
    snapshot: Snapshot, where: EdgeFilter | None = None, extras: Extras | None = None
) -> Iterator[bytes]:
    """Yield a Turtle file, in UTF-8: the header, the terms, the entities, the relations, and their claims.

    Characters that XML forbids are left out of texts, so that the triples can be written as RDF/XML too. Claims come
    only with somewhere to look up their words (`Extras.claims`).

    Cost: O(nodes + edges + claims) time; memory for one batch above the view, and for the ids of documents quoted.
    """
    view = snapshot.view(where)
    extras = extras or Extras()
    base = IriBase(extras.iri_base)
    yield "".join(_write_start(base, build_header(view))).encode()
    for batch in iter_node_batches(view):
        yield from join_rows(_write_nodes(base, batch))
    for batch in iter_edge_batches(view):
        yield from join_rows(_write_edges(base, batch))
    if extras.claims is not None:
        yield from _iter_claims(base, view, extras)


def _write_start(base: IriBase, header: Header) -> Iterator[str]:
    yield f"# {header.generated_from}, graph version {header.version}, filters {header.to_json()}\n"
    yield f"{_PREFIXES}@prefix ag: <{base.get_room('term')}> .\n\n"
    yield f"<{base.name('export', f'{header.version}-{shorten(header.to_json())}')}> a prov:Entity ;\n"
    yield from (
        f"  ag:{_name_term(name)} {_write_plain(value)} ;\n"
        for name, value in {**describe_header(header), **_get_dates(header)}.items()
        if value is not None
    )
    yield f"  rdfs:label {_quote(f'Graph version {header.version}')} .\n\n"
    ontology = get_ontology()
    for type_ in ontology.entity_types.values():
        yield f"ag:{name_class(type_.name)} a rdfs:Class ; rdfs:label {_quote(type_.label)} ; "
        yield f"rdfs:comment {_quote(type_.description)} .\n"
    for kind in ontology.relation_kinds.values():
        yield f"ag:{kind.name} a rdf:Property ; rdfs:label {_quote(kind.label)} ; "
        yield f"rdfs:comment {_quote(kind.description)} .\n"
    yield "\n"


def name_class(type_: str) -> str:
    """Return the class of an entity type, such as `ArmedGroup`."""
    return "".join(word.capitalize() for word in type_.split("-"))


def _get_dates(header: Header) -> dict[str, date | None]:
    return {name: getattr(header, name) for name in ("as_of", "known_by", "first", "last")}


def _quote(text: str) -> str:
    return f'"{_escape(text)}"'


def _write_plain(value: str | float | bool | date) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return f'"{value.isoformat()}"^^xsd:date'
    if isinstance(value, str):
        return _quote(value)
    return f'"{value!r}"^^xsd:double' if isinstance(value, float) else str(value)


def _write_nodes(base: IriBase, batch: pa.RecordBatch) -> Iterator[Part]:
    types = batch["type"]
    classes = pa.array(
        [
            f"> a ag:{name_class(t)}, {_AGENTS.get(t, 'prov:Organization')}"
            for t in types.dictionary.to_pylist()
        ]
    )
    yield from (f"<{base.get_room('entity')}", escape_texts(batch["id"], _IRI), classes.take(types.indices))
    yield from _write_property("rdfs:label", batch["name"])
    aliases = [", ".join(map(_quote, names)) or None for names in batch["aliases"].to_pylist()]
    yield from write_values(
        pa.array(aliases, pa.string()), _IRI._replace(special="$^"), " ;\n  skos:altLabel "
    )
    yield from _write_property("ag:countryCode", batch["country_code"])
    yield from _write_property("ag:admin1", batch["admin1"])
    yield from _write_property("geo:lat", batch["lat"], '"', '"^^xsd:double')
    yield from _write_property("geo:long", batch["lon"], '"', '"^^xsd:double')
    yield from _write_property("owl:sameAs", batch["geonames_id"], "<https://sws.geonames.org/", "/>")
    yield from _write_property("ag:mentions", batch["mentions"])
    yield " .\n"


def _write_edges(base: IriBase, batch: pa.RecordBatch) -> Iterator[Part]:
    room = base.get_room("entity")
    source, target = (escape_texts(batch[name], _IRI) for name in ("source", "target"))
    kind = batch["kind"].cast(pa.string())
    plain = pc.binary_join_element_wise(f"<{room}", source, "> ag:", kind, f" <{room}", target, "> .\n", "")
    yield pc.if_else(batch["counts"], plain, None)
    yield from (
        f"<{base.get_room('relation')}",
        escape_texts(batch["id"], _IRI),
        "> a rdf:Statement, prov:Entity",
    )
    yield from (f" ;\n  rdf:subject <{room}", source, "> ; rdf:predicate ag:", kind)
    yield from (f" ; rdf:object <{room}", target, ">")
    yield from _write_property("ag:how", batch["how"])
    yield from _write_property("ag:sign", batch["sign"])
    yield from _write_property("ag:confidence", batch["confidence"], '"', '"^^xsd:double')
    for column in (
        "counts",
        "disputed",
        "symmetric",
        "claims",
        "denials",
        "possibles",
        "independent_sources",
    ):
        yield from _write_property(f"ag:{_name_term(column)}", batch[column])
    for column in ("first", "last", "valid_from", "valid_to"):
        yield from _write_property(f"ag:{_name_term(column)}", batch[column], "", "^^xsd:date")
    yield from _write_property("ag:origin", batch["origin"])
    yield from _write_property("ag:review", batch["review"])
    room = base.get_room("dataset")
    datasets = batch["dataset"].cast(pa.string())
    yield from write_values(datasets, _IRI, f" ;\n  prov:wasDerivedFrom <{room}", ">")
    yield " .\n"


def _write_property(name: str, column: pa.Array, before: str = "", after: str = "") -> Iterator[Part]:
    yield from write_values(column, TEXT, f" ;\n  {name} {before}", after)


def _name_term(column: str) -> str:
    """Return a column's name as names of properties are written, such as `validFrom`."""
    first, *rest = column.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _iter_claims(base: IriBase, view: GraphView, extras: Extras) -> Iterator[bytes]:
    if extras.claims is None:
        return
    seen: set[str] = set()
    waiting: list[str] = []
    for evidence in iter_evidence(view, iter_edge_ids(view), extras.claims):
        waiting.extend(_write_claim(base, evidence))
        waiting.extend(_write_document(base, evidence, seen))
        if len(waiting) >= _CLAIMS_A_CHUNK:
            yield "".join(waiting).encode(errors="ignore")
            waiting.clear()
    yield "".join(waiting).encode(errors="ignore")


def _write_claim(base: IriBase, evidence: Evidence) -> Iterator[str]:
    row, claim = evidence.row, evidence.found.claim
    iri = base.name("claim", row.id)
    yield f"<{base.name('relation', evidence.edge_id)}> {_name_bearing(evidence)} <{iri}> .\n"
    yield f"<{iri}> a ag:Claim, prov:Entity ;\n  prov:value {_quote(claim.quote)}"
    yield f" ;\n  prov:wasQuotedFrom <{base.name('document', row.document_id)}>"
    yield f" ;\n  prov:wasDerivedFrom <{base.name('document', row.document_id)}>"
    if row.attributed_to_id:
        yield f" ;\n  prov:wasAttributedTo <{base.name('entity', row.attributed_to_id)}>"
    values = {
        "ag:attributedTo": claim.attributed_to,
        "ag:how": row.how,
        "ag:polarity": row.polarity,
        "ag:modality": row.modality,
        "ag:review": row.review_status,
        "ag:confidence": row.confidence,
        "ag:startChar": claim.quote_start,
        "ag:endChar": claim.quote_end,
        "ag:validFrom": row.valid_from,
        "ag:validTo": row.valid_to,
        "dcterms:issued": row.published_on,
    }
    yield from (f" ;\n  {name} {_write_plain(value)}" for name, value in values.items() if value is not None)
    yield " .\n"


def _name_bearing(evidence: Evidence) -> str:
    """Return how a claim bears on its relation: only what counts is what the relation was derived from."""
    row = evidence.row
    if is_counting(row):
        return "prov:wasDerivedFrom"
    if row.review_status == "rejected":
        return "ag:rejectedClaim"
    return "ag:possibleClaim" if row.modality == "possible" else "ag:deniedBy"


def _write_document(base: IriBase, evidence: Evidence, seen: set[str]) -> Iterator[str]:
    document = evidence.found.document
    if document.id in seen:
        return
    seen.add(document.id)
    yield f"<{base.name('document', document.id)}> a ag:Document, prov:Entity"
    if document.title:
        yield f" ;\n  dcterms:title {_quote(document.title)}"
    if document.published_on:
        yield f" ;\n  dcterms:issued {_write_plain(document.published_on)}"
    if address := find_web_address(document.url):
        yield f" ;\n  dcterms:source <{address}>"
    if document.source:
        outlet = base.name("outlet", document.source)
        yield f" ;\n  dcterms:publisher {_quote(document.source)} ;\n  prov:wasAttributedTo <{outlet}> .\n"
        yield f"<{outlet}> a prov:Organization ; rdfs:label {_quote(document.source)}"
    yield " .\n"
