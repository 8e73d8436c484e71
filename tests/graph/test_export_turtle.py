"""RDF: rdflib reads every name, relation and quote back, with where each comes from in PROV's terms."""

from datetime import date
from typing import TYPE_CHECKING

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD

from graph.export.extras import Extras
from graph.export.iris import IriBase, find_web_address
from graph.export.turtle import iter_turtle
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot
from tests.graph.nasty_graph import Shelf, make_nasty, strip

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

BASE = "urn:actorgraph:"
AG = rdflib.Namespace(f"{BASE}term:")
EVERYTHING = EdgeFilter(evidence=True)


def name(room: str, id_: str) -> rdflib.URIRef:
    """Return the IRI of a thing under the usual base."""
    return rdflib.URIRef(f"{BASE}{room}:{id_}")


def read(snapshot: Snapshot, where: EdgeFilter | None = EVERYTHING, base: str = BASE) -> rdflib.Graph:
    """Return what rdflib reads."""
    written = b"".join(iter_turtle(snapshot, where, Extras(Shelf(snapshot), base)))
    return rdflib.Graph().parse(data=written, format="turtle")


def test_entities_have_their_names_and_places(rows: "Rows") -> None:
    """Labels and aliases are whole but for what XML forbids; the place has coordinates and its GeoNames id."""
    snapshot = make_nasty(rows)
    graph = read(snapshot)
    for node in snapshot.nodes.values():
        iri = name("entity", node.id)
        assert [str(label) for label in graph.objects(iri, RDFS.label)] == [strip(node.name)]
        aliases = {str(alias) for alias in graph.objects(iri, SKOS.altLabel)}
        assert aliases == {strip(alias) for alias in node.aliases}
    mosul = name("entity", "mosul")
    assert (mosul, RDF.type, AG.Place) in graph
    assert (mosul, RDF.type, PROV.Location) in graph
    assert (mosul, OWL.sameAs, rdflib.URIRef("https://sws.geonames.org/99072/")) in graph
    lat = rdflib.URIRef("http://www.w3.org/2003/01/geo/wgs84_pos#lat")
    assert graph.value(mosul, lat) == rdflib.Literal("36.335", datatype=XSD.double)


def test_each_edge_is_a_statement_and_a_triple_if_it_counts(rows: "Rows") -> None:
    """What is only denied or possible is described, and never asserted."""
    snapshot = make_nasty(rows)
    graph = read(snapshot)
    statements = set(graph.subjects(RDF.type, RDF.Statement))
    assert statements == {name("relation", edge_id) for edge_id in snapshot.edges}
    for edge in snapshot.edges.values():
        iri = name("relation", edge.id)
        triple = (name("entity", edge.source), AG[edge.kind], name("entity", edge.target))
        assert (
            graph.value(iri, RDF.subject),
            graph.value(iri, RDF.predicate),
            graph.value(iri, RDF.object),
        ) == triple
        counted = any(
            other.counts and (other.source, other.kind, other.target) == (edge.source, edge.kind, edge.target)
            for other in snapshot.edges.values()
        )
        assert (triple in graph) == counted
        confidence = graph.value(iri, AG.confidence)
        assert isinstance(confidence, rdflib.Literal)
        assert confidence.toPython() == edge.confidence
        assert graph.value(iri, AG.disputed) == rdflib.Literal(edge.disputed)
        valid_to = graph.value(iri, AG.validTo)
        assert (valid_to.toPython() if isinstance(valid_to, rdflib.Literal) else None) == edge.valid_to


def test_provenance_leads_from_relation_to_document(rows: "Rows") -> None:
    """A relation was derived from its claims, a claim quoted from a document, a document is its outlet's."""
    claim = rows.claim("iran", "supports", "iraq", attributed_to_id="iran", outlet="Gulf Courier")
    snapshot = rows.snapshot([claim])
    graph = read(snapshot)
    iri, document = name("claim", claim.id), name("document", claim.document_id)
    assert (name("relation", "iran.supports.iraq"), PROV.wasDerivedFrom, iri) in graph
    assert graph.value(iri, PROV.value) == rdflib.Literal("\"Abu\" 'al-Bara'")
    assert (iri, PROV.wasQuotedFrom, document) in graph
    assert (iri, PROV.wasDerivedFrom, document) in graph
    assert (iri, PROV.wasAttributedTo, name("entity", "iran")) in graph
    assert (document, PROV.wasAttributedTo, name("outlet", "Gulf%20Courier")) in graph
    assert (document, DCTERMS.source, rdflib.URIRef("https://example.org/a?b=c")) in graph
    assert graph.value(document, DCTERMS.issued) == rdflib.Literal("2014-06-12", datatype=XSD.date)


@pytest.mark.parametrize(
    ("changes", "bearing"),
    [
        ({}, PROV.wasDerivedFrom),
        ({"polarity": "denied"}, AG.deniedBy),
        ({"modality": "possible"}, AG.possibleClaim),
        ({"review_status": "rejected"}, AG.rejectedClaim),
    ],
)
def test_a_relation_is_derived_only_from_claims_that_count(
    rows: "Rows", changes: dict[str, str], bearing: rdflib.URIRef
) -> None:
    """Denials, possibilities and rejected claims are tied to it by other names."""
    claim = rows.claim("iran", "supports", "iraq", **changes)
    graph = read(rows.snapshot([claim]))
    ties = set(graph.predicates(name("relation", "iran.supports.iraq"), name("claim", claim.id)))
    assert ties == {bearing}


def test_every_quote_survives(rows: "Rows") -> None:
    """Whatever a text holds, its quote is whole but for what XML forbids."""
    snapshot = make_nasty(rows)
    shelf = Shelf(snapshot)
    graph = read(snapshot)
    claims = [row for claims in snapshot.claims.values() for row in claims]
    assert len(claims) == 6
    for row in claims:
        quote = graph.value(name("claim", row.id), PROV.value)
        assert str(quote) == strip(shelf[row.id].claim.quote)


def test_the_header_is_in_the_file_twice(rows: "Rows") -> None:
    """As a comment for people, and as triples of an entity of its own, whose name tells two exports apart."""
    snapshot = make_nasty(rows)
    where = EdgeFilter(known_by=date(2014, 6, 30))
    written = b"".join(iter_turtle(snapshot, where)).decode()
    assert written.splitlines()[0].startswith("# actorgraph")
    assert '"known_by": "2014-06-30"' in written.splitlines()[0]
    graph, other = read(snapshot, where), read(snapshot)
    (export,) = graph.subjects(AG.version, rdflib.Literal(7))
    assert graph.value(export, AG.knownBy) == rdflib.Literal("2014-06-30", datatype=XSD.date)
    assert str(graph.value(export, AG.filters)) == '{"known_by": "2014-06-30"}'
    assert export not in set(other.subjects(AG.version, rdflib.Literal(7)))


@pytest.mark.parametrize(
    ("base", "iri"),
    [
        ("urn:actorgraph:", "urn:actorgraph:entity:a%20b"),
        ("https://example.org/graph/", "https://example.org/graph/entity/a%20b"),
        ("https://example.org/graph", "https://example.org/graph/entity/a%20b"),
        ("https://example.org/graph#", "https://example.org/graph#entity/a%20b"),
    ],
)
def test_names_are_stable_under_a_base(base: str, iri: str) -> None:
    """The same thing has the same name in every export; what an IRI cannot hold is encoded."""
    assert IriBase(base).name("entity", "a b") == iri


def test_a_site_can_be_the_base(rows: "Rows") -> None:
    """Every name starts with it, and nothing is left under the usual one."""
    graph = read(make_nasty(rows), base="https://example.org/")
    assert (rdflib.URIRef("https://example.org/entity/n00"), None, None) in graph
    assert not [term for triple in graph for term in triple if str(term).startswith("urn:actorgraph:")]


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://example.org/caf\u00e9", "http://example.org/caf\u00e9"),
        ("https://example.org/a b", None),
        ("https://example.org/<script>", None),
        ("https://example.org/\n", None),
        ("javascript:alert(1)", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, address: str | None) -> None:
    """Others could break the file, or whoever follows them."""
    assert find_web_address(url) == address


texts = st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(label=texts, alias=texts)
def test_any_name_survives(rows: "Rows", label: str, alias: str) -> None:
    """All code points but those that XML forbids, so that the triples can be written as RDF/XML as well."""
    snapshot = rows.snapshot(entities=[rows.entity("iran", name=label, aliases=(alias,))])
    graph = rdflib.Graph().parse(data=b"".join(iter_turtle(snapshot)), format="turtle")
    found = [str(text) for text in graph.objects(name("entity", "iran"), RDFS.label)]
    assert found == ([strip(label)] if strip(label) else [])
    assert graph.serialize(format="xml")
