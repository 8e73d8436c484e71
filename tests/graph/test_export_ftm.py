"""FollowTheMoney: every line is a valid entity of that model, and every relation has the ends its schema allows.

The model's own package judges where it is installed; it needs ICU, so it is not among the development packages. The
facts of its schemata that our mapping rests on are written down here and hold in any case.
"""

import importlib.util
import json
from typing import TYPE_CHECKING, Any

import pytest

from graph.export.extras import Extras
from graph.export.money import iter_ftm
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.snapshot.snapshot import Snapshot
from tests.graph.nasty_graph import Shelf, make_nasty, strip

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

EVERYTHING = EdgeFilter(evidence=True)
LEGAL_ENTITIES = {"LegalEntity", "Person", "Organization", "PublicBody"}
ORGANIZATIONS = {"Organization", "PublicBody"}
THINGS = {*LEGAL_ENTITIES, "Address"}
LINKS = {
    "UnknownLink": ("subject", THINGS, "object", THINGS),
    "Directorship": ("director", LEGAL_ENTITIES, "organization", ORGANIZATIONS),
    "Control": ("controller", LEGAL_ENTITIES, "controlled", LEGAL_ENTITIES),
    "Membership": ("member", LEGAL_ENTITIES, "organization", ORGANIZATIONS),
    "Representation": ("agent", LEGAL_ENTITIES, "client", LEGAL_ENTITIES),
}
"""Schemata of relations in followthemoney 4.11: the two ends, and what may stand there."""
THING = {"name", "alias", "country", "keywords", "topics"}
INTEREST = {
    *("role", "status", "summary", "description", "proof", "publisher", "startDate", "endDate", "date"),
    "recordId",
}
DOCUMENT = {"fileName", "title", "publishedAt", "publisher", "sourceUrl", "generator", "summary"}
PROPERTIES = {
    **dict.fromkeys(LEGAL_ENTITIES, THING),
    "Address": {*THING, "full", "state", "latitude", "longitude"},
    "Article": DOCUMENT,
    "Document": DOCUMENT,
    **{name: {*INTEREST, source, target} for name, (source, _, target, _) in LINKS.items()},
}
"""Properties in followthemoney 4.11 that we use, by schema."""


def read(snapshot: Snapshot, where: EdgeFilter | None = EVERYTHING) -> list[dict[str, Any]]:
    """Return the entities of an export."""
    written = b"".join(iter_ftm(snapshot, where, Extras(Shelf(snapshot))))
    return [json.loads(line) for line in written.splitlines()]


def make_every_pair(rows: "Rows") -> Snapshot:
    """Make a graph with every kind and finer kind between every two types of entity that it allows."""
    ontology = get_ontology()
    types = list(ontology.entity_types)
    claims = [
        rows.claim(f"{source}-{how or 'any'}", kind.name, f"{target}-2", how=how)
        for kind in ontology.relation_kinds.values()
        for how in (None, *kind.how)
        for source in types
        for target in types
        if kind.allows(source, target)
    ]
    named = {end for claim in claims for end in (claim.source_id, claim.target_id)}
    known = sorted(types, key=len, reverse=True)
    entities = [
        rows.entity(end, type=next(type_ for type_ in known if end.startswith(type_)), country_code="IQ")
        for end in named
    ]
    return rows.snapshot(claims, entities=entities)


@pytest.fixture(scope="module")
def every_pair(rows: "Rows") -> list[dict[str, Any]]:
    """Return the entities of a graph that has one of everything."""
    return read(make_every_pair(rows))


def test_every_entity_has_a_schema_and_its_properties(every_pair: list[dict[str, Any]]) -> None:
    """Ids are unique, every property is one its schema has, every value is a text that is not empty."""
    ids = [entity["id"] for entity in every_pair]
    assert len(set(ids)) == len(ids)
    for entity in every_pair:
        assert set(entity) == {"id", "schema", "properties"}
        assert set(entity["properties"]) <= PROPERTIES[entity["schema"]], entity
        for values in entity["properties"].values():
            assert values
            assert all(isinstance(value, str) and value for value in values)


def test_every_relation_has_the_ends_its_schema_allows(every_pair: list[dict[str, Any]]) -> None:
    """Whatever two types a relation joins, both ends are there and may stand where they stand."""
    schemata = {entity["id"]: entity["schema"] for entity in every_pair}
    seen = set()
    for entity in every_pair:
        if entity["schema"] in LINKS:
            source, sources, target, targets = LINKS[entity["schema"]]
            (start,), (end,) = (entity["properties"][name] for name in (source, target))
            assert schemata[start] in sources, entity
            assert schemata[end] in targets, entity
            assert {schemata[proof] for proof in entity["properties"]["proof"]} == {"Article"}
            seen.add(entity["schema"])
    assert seen == set(LINKS)


@pytest.mark.parametrize(
    ("source", "kind", "how", "target", "schema"),
    [
        ("person", "commands", "leads", "security-force", "Directorship"),
        ("person", "commands", "heads-state", "country", "Directorship"),
        ("person", "commands", "leads", "community", "UnknownLink"),
        ("country", "commands", "controls", "armed-group", "Control"),
        ("country", "commands", None, "armed-group", "Control"),
        ("country", "commands", "deploys", "security-force", "UnknownLink"),
        ("person", "member-of", "belongs-to", "party", "Membership"),
        ("person", "member-of", "speaks-for", "country", "Representation"),
        ("person", "member-of", "belongs-to", "community", "UnknownLink"),
        ("armed-group", "member-of", "splinter-of", "armed-group", "UnknownLink"),
        ("country", "supports", "funds", "armed-group", "UnknownLink"),
        ("country", "opposes", "attacks", "country", "UnknownLink"),
        ("person", "located-in", "visits", "place", "UnknownLink"),
    ],
)
def test_which_schema_a_relation_gets(
    rows: "Rows", source: str, kind: str, how: str | None, target: str, schema: str
) -> None:
    """Leading, controlling, belonging and speaking for have schemata of their own where their ends fit."""
    snapshot = rows.snapshot(
        [rows.claim("a", kind, "b", how=how)],
        entities=[rows.entity("a", type=source), rows.entity("b", type=target)],
    )
    (link,) = (entity for entity in read(snapshot) if entity["id"] == f"a.{kind}.b")
    assert link["schema"] == schema
    label = get_ontology().get_relation(kind).label
    assert link["properties"]["role"] == ([label, how.replace("-", " ")] if how else [label])


def test_a_relation_brings_its_proof(rows: "Rows") -> None:
    """Quotes of claims that count, the articles they stand in, outlets and dates; its status says if it is disputed."""
    snapshot = make_nasty(rows)
    shelf = Shelf(snapshot)
    entities = {entity["id"]: entity for entity in read(snapshot)}
    supports = entities["n00.supports.n01"]["properties"]
    counting = next(row for row in snapshot.claims["n00.supports.n01"] if row.polarity == "affirmed")
    assert supports["description"] == [strip(shelf[counting.id].claim.quote)]
    assert supports["proof"] == [f"document.{counting.document_id}"]
    assert supports["status"] == ["disputed"]
    article = entities[f"document.{counting.document_id}"]["properties"]
    assert (article["publishedAt"], article["sourceUrl"]) == (["2014-06-12"], ["https://example.org/a?b=c"])
    opposes = entities["n00.opposes.n01"]["properties"]
    assert (opposes["startDate"], opposes["endDate"]) == (["2011-01-01"], ["2012-02-29"])
    assert entities["n02.supports.n03"]["properties"]["status"] == ["not counted"]
    gazetteer = entities["mosul.located-in.n04.gazetteer"]["properties"]
    assert gazetteer["publisher"] == ["geonames"]


def test_names_survive(rows: "Rows") -> None:
    """Names are whole but for control characters and blanks around them, which that model takes off too."""
    snapshot = make_nasty(rows)
    entities = {entity["id"]: entity for entity in read(snapshot)}
    for node in snapshot.nodes.values():
        assert entities[node.id]["properties"]["name"] == [strip(node.name).strip()]
    assert entities["mosul"]["schema"] == "Address"
    assert entities["mosul"]["properties"]["latitude"] == ["36.335"]


def test_the_first_line_says_what_the_file_is(rows: "Rows") -> None:
    """A document whose summary is the header."""
    first = read(make_nasty(rows), EdgeFilter(kinds=["supports"]))[0]
    assert first["schema"] == "Document"
    about = json.loads(first["properties"]["summary"][0])
    assert (about["version"], about["filters"]) == (7, {"kinds": ["supports"]})


def test_long_ids_are_cut_and_stay_unique(rows: "Rows") -> None:
    """That model's ids have an end; ours are cut to it, with something behind that tells two apart."""
    long = "x" * 119
    snapshot = rows.snapshot(
        [rows.claim(f"{long}a", "supports", f"{long}b"), rows.claim(f"{long}a", "supports", f"{long}c")]
    )
    links = [entity for entity in read(snapshot) if entity["schema"] == "UnknownLink"]
    assert len({link["id"] for link in links}) == 2
    assert all(len(link["id"]) <= 200 for link in links)
    assert {link["properties"]["object"][0] for link in links} == {f"{long}b", f"{long}c"}


@pytest.mark.skipif(
    importlib.util.find_spec("followthemoney") is None, reason="needs the package followthemoney"
)
def test_the_model_itself_takes_every_entity_as_it_is(rows: "Rows", every_pair: list[dict[str, Any]]) -> None:
    """Nothing is refused, and its cleaning, which smooths blanks and quotation marks in names, drops no value."""
    from followthemoney import model  # noqa: PLC0415 (only where it is installed)

    for entity in [*every_pair, *read(make_nasty(rows))]:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        assert set(schema.required) <= set(entity["properties"])
        kept = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        told = {name: len(values) for name, values in entity["properties"].items()}
        assert {name: len(values) for name, values in kept.items()} == told
