"""GEXF 1.3: networkx reads it back, and its spells are the days on which `as_of` finds an edge."""

from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from graph.edges import is_counting
from graph.export.extras import Extras
from graph.export.gexf import iter_gexf
from graph.filters import EdgeFilter, is_valid_on
from graph.snapshot.snapshot import Snapshot
from tests.graph.nasty_graph import make_nasty, strip

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

EVERYTHING = EdgeFilter(evidence=True)
NAMES = {"g": "http://gexf.net/1.3"}


def read(snapshot: Snapshot, where: EdgeFilter | None = None) -> Any:  # noqa: ANN401 (networkx's own class)
    """Return what networkx reads."""
    return nx.read_gexf(BytesIO(b"".join(iter_gexf(snapshot, where))), version="1.3")


def parse(snapshot: Snapshot, where: EdgeFilter | None = None) -> Any:  # noqa: ANN401 (lxml ships no types)
    """Return the file's root element."""
    return etree.fromstring(b"".join(iter_gexf(snapshot, where)))


def read_spells(snapshot: Snapshot, where: EdgeFilter | None = None) -> dict[str, list[dict[str, str]]]:
    """Return the spells of each edge by its id, as the file has them."""
    return {
        edge.get("id"): [dict(spell.attrib) for spell in edge.xpath("g:spells/g:spell", namespaces=NAMES)]
        for edge in parse(snapshot, where).xpath("//g:edge", namespaces=NAMES)
    }


def test_networkx_reads_every_name_and_attribute(rows: "Rows") -> None:
    """Parallel edges stay apart, names are whole but for what XML forbids, numbers and truths keep their types."""
    snapshot = make_nasty(rows)
    graph = read(snapshot, EVERYTHING)
    assert graph.is_directed()
    assert graph.is_multigraph()
    assert {node: data["label"] for node, data in graph.nodes(data=True)} == {
        node.id: strip(node.name) for node in snapshot.nodes.values()
    }
    assert graph.nodes["mosul"]["lat"] == 36.335
    assert graph.nodes["mosul"]["geonames_id"] == 99072
    found = {key: (source, target, data) for source, target, key, data in graph.edges(keys=True, data=True)}
    assert sorted(found) == list(snapshot.edges)
    for edge in snapshot.edges.values():
        source, target, data = found[edge.id]
        assert (source, target) == (edge.source, edge.target)
        shown = (data["kind"], data["confidence"], data["disputed"], data["claims"], data.get("how"))
        assert shown == (edge.kind, edge.confidence, edge.disputed, edge.claims, edge.how)
        assert data["weight"] == (edge.confidence if edge.counts else 1e-6)


def test_the_header_says_what_it_is(rows: "Rows") -> None:
    """The graph is dynamic in days, and its description names version and filters."""
    root = parse(make_nasty(rows), EdgeFilter(known_by=date(2014, 6, 30)))
    (graph,) = root.xpath("g:graph", namespaces=NAMES)
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    (description,) = root.xpath("g:meta/g:description/text()", namespaces=NAMES)
    assert '"known_by": "2014-06-30"' in description
    assert '"version": 7' in description


def test_spells_are_when_an_edge_held(rows: "Rows") -> None:
    """Dated claims give their own days, undated ones hold from publication on, geography always."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", valid_from=date(2011, 1, 1), valid_to=date(2011, 12, 31)),
            rows.claim("iran", "supports", "iraq", published_on=date(2014, 6, 12)),
            rows.claim("iran", "opposes", "isis", modality="past", published_on=date(2014, 6, 12)),
            rows.claim("iran", "commands", "quds", published_on=None),
        ],
        places=[rows.known_place("mosul", "iraq")],
    )
    assert read_spells(snapshot) == {
        "iran.supports.iraq": [{"start": "2011-01-01", "end": "2011-12-31"}, {"start": "2014-06-12"}],
        "iran.opposes.isis": [{"end": "2014-06-12"}],
        "iran.commands.quds": [],
        "mosul.located-in.iraq.gazetteer": [],
    }


@pytest.mark.parametrize(
    ("days", "merged"),
    [
        ([(None, None)], []),
        ([(1, 3), (2, 5)], [(1, 5)]),
        ([(1, 3), (4, 5)], [(1, 5)]),
        ([(1, 3), (5, 6)], [(1, 3), (5, 6)]),
        ([(5, 6), (1, 9), (2, 3), (9, 12)], [(1, 12)]),
        ([(None, 3), (2, None)], []),
        ([(None, 3), (5, None)], [(None, 3), (5, None)]),
        ([(2, None), (4, 5)], [(2, None)]),
        ([(5, 2), (7, 8)], [(7, 8)]),
    ],
)
def test_spells_merge(
    rows: "Rows", days: list[tuple[int | None, int | None]], merged: list[tuple[int | None, int | None]]
) -> None:
    """Spells that overlap or follow on the next day are one; one open at both ends says nothing, nor does none."""

    def day(number: int | None) -> date | None:
        return None if number is None else date(2014, 6, number)

    claims = [
        rows.claim("iran", "supports", "iraq", valid_from=day(a), valid_to=day(b), published_on=None)
        for a, b in days
    ]
    expected = [
        {name: f"2014-06-{number:02}" for name, number in (("start", a), ("end", b)) if number is not None}
        for a, b in merged
    ]
    assert read_spells(rows.snapshot(claims)) == {"iran.supports.iraq": expected}


some_days = st.none() | st.dates(date(2014, 1, 1), date(2014, 1, 12))
dated_claims = st.fixed_dictionaries(
    {
        "target": st.sampled_from(["iraq", "isis", "syria"]),
        "valid_from": some_days,
        "valid_to": some_days,
        "published_on": some_days,
        "modality": st.sampled_from(["asserted", "past", "possible"]),
        "review_status": st.sampled_from(["unreviewed", "rejected"]),
    }
)


@settings(max_examples=100, deadline=None)
@given(st.lists(dated_claims, max_size=8), some_days)
def test_a_day_lies_in_a_spell_exactly_when_a_claim_held_on_it(
    rows: "Rows", drawn: list[dict[str, Any]], known_by: date | None
) -> None:
    """Whatever the claims of an edge say of dates, stepping through the file shows what `as_of` finds."""
    snapshot = rows.snapshot(
        [rows.claim("iran", "supports", **claim) for claim in drawn],
        places=[rows.known_place("mosul", "iraq")],
    )
    view = snapshot.view(EdgeFilter(evidence=True, known_by=known_by))
    for edge_id, spells in read_spells(snapshot, view.where).items():
        claims = view.get_claims(edge_id)
        telling = [claim for claim in claims if is_counting(claim)] or claims
        for number in range(-2, 16):
            day = (date(2014, 1, 1) + timedelta(days=number)).isoformat()
            lies_in_one = any(s.get("start", day) <= day <= s.get("end", day) for s in spells)
            held = any(is_valid_on(claim, date.fromisoformat(day)) for claim in telling)
            # An edge that held on every day is timeless in the file.
            assert lies_in_one == held or (held and not spells)
        for before, after in pairwise(spells):
            next_day = date.fromisoformat(before["end"]) + timedelta(days=1)
            assert next_day.isoformat() < after["start"]


def test_attributes_are_chosen_by_name(rows: "Rows") -> None:
    """Label and weight, which have places of their own, come and go like others; the kind that tells parallel edges apart stays."""
    written = b"".join(iter_gexf(make_nasty(rows), EVERYTHING, Extras(attributes=("sign", "label"))))
    root = etree.fromstring(written)
    assert {each.get("id") for each in root.xpath("//g:attribute", namespaces=NAMES)} == {"sign"}
    for edge in root.xpath("//g:edge", namespaces=NAMES):
        assert set(edge.attrib) == {"id", "source", "target", "kind", "label"}
        assert edge.xpath("g:attvalues/g:attvalue/@for", namespaces=NAMES) == ["sign"]
    for node in root.xpath("//g:node", namespaces=NAMES):
        assert node.get("label")
        assert len(node) == 0
    (bare,) = etree.fromstring(
        b"".join(iter_gexf(rows.snapshot([], entities=[rows.entity("iran")]), None, Extras(attributes=())))
    ).xpath("//g:node", namespaces=NAMES)
    assert dict(bare.attrib) == {"id": "iran"}


def test_every_declared_type_is_one_the_format_has(rows: "Rows") -> None:
    """Attributes are declared once a class, with the types of GEXF 1.3, and every value refers to one of them."""
    root = parse(make_nasty(rows), EVERYTHING)
    for class_ in ("node", "edge"):
        declared = root.xpath(f'//g:attributes[@class="{class_}"]/g:attribute', namespaces=NAMES)
        assert {each.get("type") for each in declared} <= {"string", "integer", "double", "boolean"}
        used = set(root.xpath(f"//g:{class_}/g:attvalues/g:attvalue/@for", namespaces=NAMES))
        assert used <= {each.get("id") for each in declared}
        assert len({each.get("id") for each in declared}) == len(declared)
