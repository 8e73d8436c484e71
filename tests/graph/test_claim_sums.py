"""Columns against rows: whatever is added up for all edges at once is what each edge's claims add up to alone."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.edges import build_edge, find_torn_pairs, group_claims, mark_disputed
from graph.filters import EdgeFilter, keeps_claim, keeps_edge, prepare_filter
from graph.ontology import get_ontology
from graph.rows import ClaimRow
from graph.snapshot.claim_grouping import Alphabet, Grouped, find_ends
from graph.snapshot.claim_grouping import group_claims as sort_claims
from graph.snapshot.columns import list_columns, take_rows
from graph.snapshot.edge_records import list_claims
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from graph.edges import Edge
    from tests.graph.conftest import Rows

_NAMES = ["iran", "iraq", "isis", "syria"]
_HOWS = {
    "supports": [None, "funds", "arms", "allied-with", "fights-alongside"],
    "opposes": [None, "attacks", "clashes-with"],
    "commands": [None, "leads"],
}
_DAYS = st.sampled_from([None, date(2014, 6, 1), date(2014, 6, 12), date(2014, 7, 1), date(2015, 1, 1)])


@st.composite
def _claim_lists(draw: st.DrawFn) -> list[ClaimRow]:
    """Draw claims that share few ends, stories and outlets, so that many meet in one edge."""
    rows = []
    for number in draw(st.lists(st.integers(0, 999), unique=True, max_size=24)):
        kind = draw(st.sampled_from(list(_HOWS)))
        document = draw(st.integers(0, 5))
        rows.append(
            ClaimRow(
                id=f"c{number}",
                source_id=draw(st.sampled_from(_NAMES)),
                kind=kind,
                how=draw(st.sampled_from(_HOWS[kind])),
                target_id=draw(st.sampled_from(_NAMES)),
                polarity=draw(st.sampled_from(["affirmed", "affirmed", "denied"])),
                modality=draw(st.sampled_from(["asserted", "reported", "alleged", "possible", "past"])),
                confidence=draw(st.floats(0.01, 1.0)),
                review_status=draw(st.sampled_from(["unreviewed", "accepted", "rejected"])),
                attributed_to_id=draw(st.sampled_from([None, *_NAMES, "stranger"])),
                document_id=f"d{document}",
                story_id=f"s{document % 4}",
                outlet=[None, "AFP", " afp ", "Reuters", "", "BBC"][document],
                published_on=[
                    date(2014, 6, 1),
                    None,
                    date(2014, 6, 12),
                    date(2014, 7, 1),
                    None,
                    date(2015, 1, 1),
                ][document],
                valid_from=draw(_DAYS),
                valid_to=draw(_DAYS),
            )
        )
    return rows


def _add_up_one_by_one(claims: list[ClaimRow]) -> dict[str, "Edge"]:
    """Return the edges of some claims, each added up alone."""
    ontology = get_ontology()
    edges = [build_edge(key, rows, ontology) for key, rows in group_claims(claims, {}, ontology).items()]
    torn = find_torn_pairs(edges)
    return {edge.id: mark_disputed(edge, torn) for edge in edges}


@settings(max_examples=150, deadline=None)
@given(claims=_claim_lists())
def test_all_edges_at_once_are_each_edge_alone(rows: "Rows", claims: list[ClaimRow]) -> None:
    """To the last bit: counts, sources, confidence, days, finer values, dispute, symmetry, review and evidence."""
    snapshot = rows.snapshot(claims)
    assert dict(snapshot.edges) == _add_up_one_by_one(claims)
    grouped = group_claims(claims, {}, get_ontology())
    assert dict(snapshot.claims) == {key.id: found for key, found in grouped.items()}


@settings(max_examples=150, deadline=None)
@given(claims=_claim_lists())
def test_compiled_code_adds_up_the_same(rows: "Rows", claims: list[ClaimRow]) -> None:
    """Every column, to the last bit."""
    columns = rows.snapshot(claims).columns
    places, edge = list_claims(columns.edges, np.arange(columns.edge_count))
    kinds, listed = columns.edges.kind[edge].astype(np.int64), take_rows(columns.claims, places)
    ends = find_ends(listed, columns.words, columns.stands_for)

    def sort(*, compiled: bool) -> Grouped:
        return sort_claims(
            kinds,
            listed,
            ends,
            documents=columns.documents,
            words=columns.words,
            nodes=columns.node_count,
            alphabet=Alphabet(lambda place: columns.claim_names[int(listed.name[place])].encode()),
            compiled=compiled,
        )

    plain, compiled = sort(compiled=False), sort(compiled=True)
    assert plain.order.tolist() == compiled.order.tolist()
    assert plain.hows.how.tolist() == compiled.hows.how.tolist()
    for name, mine in list_columns(plain.edges).items():
        theirs = getattr(compiled.edges, name)
        assert mine.dtype == theirs.dtype
        assert mine.tolist() == theirs.tolist(), name


_FILTERS = st.builds(
    EdgeFilter,
    kinds=st.sets(st.sampled_from(list(_HOWS)), max_size=2),
    how=st.sets(st.sampled_from(["funds", "allied-with", "attacks"]), max_size=2),
    min_confidence=st.sampled_from([0.0, 0.0, 0.4]),
    sources=st.sets(st.sampled_from(["AFP", "reuters", "", "Unheard"]), max_size=2),
    said_by=st.sets(st.sampled_from(["iran", "stranger", "nobody"]), max_size=2),
    not_said_by=st.sets(st.sampled_from(["iraq", "stranger"]), max_size=1),
    as_of=_DAYS,
    known_by=_DAYS,
    review=st.sets(st.sampled_from(["accepted", "unreviewed"]), max_size=1),
    disputed=st.sampled_from([None, None, True, False]),
    evidence=st.booleans(),
)


def _filter_one_by_one(snapshot: Snapshot, where: EdgeFilter) -> dict[str, "Edge"]:
    """Return what a filter leaves, judging claim by claim and edge by edge."""
    ontology = get_ontology()
    asked = prepare_filter(where, snapshot.canonical)
    kept, chosen = [], {}
    said = [claim for claims in snapshot.claims.values() for claim in claims]
    left = [claim for claim in said if keeps_claim(asked, claim, snapshot.canonical)]
    # Which way the claims that are left are told decides which edges they make.
    for key, claims in group_claims(left, snapshot.canonical, ontology).items():
        edge = build_edge(key, claims, ontology)
        kept.append(edge)
        if found := [claim for claim in claims if not where.how or claim.how in where.how]:
            chosen[edge.id] = build_edge(key, found, ontology)
    torn = find_torn_pairs(kept)
    edges = {edge_id: mark_disputed(edge, torn) for edge_id, edge in chosen.items()}
    return {edge_id: edge for edge_id, edge in edges.items() if keeps_edge(where, edge)}


@settings(max_examples=200, deadline=None)
@given(claims=_claim_lists(), where=_FILTERS)
def test_masks_leave_what_judging_each_claim_leaves(
    rows: "Rows", claims: list[ClaimRow], where: EdgeFilter
) -> None:
    """Any filter: the same edges, added up to the same, and arrays that agree with them."""
    snapshot = rows.snapshot(claims)
    view = snapshot.view(where)
    expected = _filter_one_by_one(snapshot, where)
    assert dict(view.edges) == expected
    walked = {edge.id for edge in expected.values() if edge.counts and edge.source != edge.target}
    numbers = {snapshot.edge_id_of(number): number for number in view.edge_numbers}
    assert {edge_id for edge_id, number in numbers.items() if view.allowed[number]} == walked
    assert {edge_id: view.confidences[number] for edge_id, number in numbers.items()} == {
        edge_id: edge.confidence for edge_id, edge in expected.items()
    }
    assert {edge_id for edge_id, number in numbers.items() if view.symmetric[number]} == {
        edge_id for edge_id, edge in expected.items() if edge.symmetric
    }


@settings(max_examples=200, deadline=None)
@given(claims=_claim_lists(), where=_FILTERS)
def test_a_view_is_the_graph_of_the_claims_it_leaves(
    rows: "Rows", claims: list[ClaimRow], where: EdgeFilter
) -> None:
    """Edges, their evidence, and their columns are as if nothing else had been said; however few edges lose a claim."""
    where = replace(where, how=(), known_by=None)
    asked = prepare_filter(where, {})
    left = [claim for claim in claims if keeps_claim(asked, claim, {})]
    rest = EdgeFilter(
        kinds=where.kinds,
        min_confidence=where.min_confidence,
        disputed=where.disputed,
        evidence=where.evidence,
    )
    view, alone = rows.snapshot(claims).view(where), rows.snapshot(left).view(rest)
    assert dict(view.edges) == dict(alone.edges)
    if where.selects_claims:
        assert dict(view.claims) == dict(alone.claims)
    columns = view.take_edges(view.edge_numbers)
    edges = [view.edge_at(number) for number in view.edge_numbers.tolist()]
    assert columns.disputed.tolist() == [edge.disputed for edge in edges]
    assert columns.confidence.tolist() == [edge.confidence for edge in edges]
    assert columns.claims.tolist() == [edge.claims for edge in edges]
    found, numbers = view.list_claims(view.edge_numbers)
    evidence = [view.columns.claim_names[int(name)] for name in view.columns.claims.name[found].tolist()]
    assert evidence == [claim.id for edge in edges for claim in view.claims[edge.id]]
    assert numbers.tolist() == [
        number
        for number, edge in zip(view.edge_numbers.tolist(), edges, strict=True)
        for _ in view.claims[edge.id]
    ]


@pytest.mark.parametrize("direction", ["any", "out", "in"])
def test_walks_follow_what_the_filter_made_of_the_edges(rows: "Rows", direction: str) -> None:
    """An edge that reads one way with all its claims, and both ways with those that the filter leaves."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", how="funds", outlet="AFP"),
            rows.claim("iran", "supports", "iraq", how="allied-with", outlet="BBC"),
        ]
    )
    iran, iraq = snapshot.number_of("iran"), snapshot.number_of("iraq")

    def list_steps(where: EdgeFilter) -> set[tuple[int, int]]:
        return {
            (node, int(head))
            for arcs in snapshot.view(where).walk(direction)  # type: ignore[arg-type]
            for node in (iran, iraq)
            for head in arcs.heads[slice(*arcs.get_range(node))]
        }

    one_way = {"any": {(iran, iraq), (iraq, iran)}, "out": {(iran, iraq)}, "in": {(iraq, iran)}}
    assert list_steps(EdgeFilter()) == one_way[direction]
    assert list_steps(EdgeFilter(sources=["BBC"])) == {(iran, iraq), (iraq, iran)}
