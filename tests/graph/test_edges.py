"""Claims to edges: what counts, what is independent, what is disputed, and when two claims speak of one edge."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.edges import EdgeKey, build_edge, compute_confidence, group_independent, is_counting
from graph.ontology import get_ontology
from graph.rows import ClaimRow

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


@pytest.mark.parametrize(
    ("changes", "counts"),
    [
        ({}, True),
        ({"modality": "reported"}, True),
        ({"modality": "alleged"}, True),
        ({"modality": "past"}, True),
        ({"modality": "possible"}, False),
        ({"polarity": "denied"}, False),
        ({"polarity": "denied", "modality": "possible"}, False),
        ({"review_status": "accepted"}, True),
        ({"review_status": "rejected"}, False),
    ],
)
def test_a_claim_counts_when_affirmed_more_than_possible_and_not_rejected(
    rows: "Rows", changes: dict[str, Any], counts: bool
) -> None:
    """Every value of polarity, modality and review decides as the ontology says."""
    claim = rows.claim("iran", "supports", "iraq", **changes)
    assert is_counting(claim) is counts
    assert rows.snapshot([claim]).edges["iran.supports.iraq"].counts is counts


def test_every_claim_is_counted_in_exactly_one_way(rows: "Rows") -> None:
    """A merely possible denial is a possibility; a rejected claim is nothing else."""
    edge = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq"),
            rows.claim("iran", "supports", "iraq", polarity="denied"),
            rows.claim("iran", "supports", "iraq", polarity="denied", modality="possible"),
            rows.claim("iran", "supports", "iraq", modality="possible"),
            rows.claim("iran", "supports", "iraq", polarity="denied", review_status="rejected"),
        ]
    ).edges["iran.supports.iraq"]
    assert (edge.claims, edge.denials, edge.possibles, edge.rejected) == (1, 1, 2, 1)


def test_an_edge_without_counting_claims_is_kept_as_evidence(rows: "Rows") -> None:
    """It has no confidence and no sources, but the days of what was said."""
    claim = rows.claim("iran", "supports", "isis", polarity="denied", published_on=date(2014, 6, 3))
    edge = rows.snapshot([claim]).edges["iran.supports.isis"]
    assert (edge.counts, edge.claims, edge.confidence, edge.independent_sources) == (False, 0, 0.0, 0)
    assert (edge.first, edge.last, edge.disputed) == (date(2014, 6, 3), date(2014, 6, 3), False)


@pytest.mark.parametrize(
    ("spoken", "sources", "confidence"),
    [
        ([("s1", "AFP", 0.5)], 1, 0.5),
        ([("s1", "AFP", 0.5), ("s2", "Reuters", 0.5)], 2, 0.75),
        ([("s1", "AFP", 0.5), ("s1", "Reuters", 0.6)], 1, 0.6),
        ([("s1", "AFP", 0.5), ("s2", "AFP", 0.4)], 1, 0.5),
        ([("s1", "AFP", 0.5), ("s2", " afp ", 0.4)], 1, 0.5),
        ([("s1", "AFP", 0.5), ("s1", "Reuters", 0.5), ("s2", "Reuters", 0.5)], 1, 0.5),
        ([("s1", None, 0.5), ("s2", None, 0.5)], 2, 0.75),
        ([("s1", None, 0.5), ("s1", None, 0.9)], 1, 0.9),
        ([("s1", "", 0.5), ("s2", "  ", 0.5)], 2, 0.75),
        ([("AFP", None, 0.5), ("s2", "AFP", 0.5)], 2, 0.75),
    ],
    ids=[
        "one",
        "two outlets",
        "copies of one story",
        "one outlet twice",
        "outlet spelled otherwise",
        "chained by a copy",
        "no outlets",
        "one document twice",
        "blank outlets",
        "a story named like an outlet",
    ],
)
def test_copies_and_repetition_add_nothing(
    rows: "Rows", spoken: list[tuple[str, str | None, float]], sources: int, confidence: float
) -> None:
    """Confidence is 1 - prod(1 - c) over sources that do not repeat each other, by each one's best claim."""
    edge = rows.snapshot(
        rows.claim("iran", "supports", "iraq", story_id=story, outlet=outlet, confidence=sure)
        for story, outlet, sure in spoken
    ).edges["iran.supports.iraq"]
    assert edge.independent_sources == sources
    assert edge.confidence == pytest.approx(confidence)


def test_evidence_that_does_not_count_ties_no_sources_together(rows: "Rows") -> None:
    """A denial printed by both outlets does not make their own claims one source."""
    edge = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", story_id="s1", outlet="AFP", confidence=0.5),
            rows.claim("iran", "supports", "iraq", story_id="s2", outlet="Reuters", confidence=0.5),
            rows.claim("iran", "supports", "iraq", story_id="s1", outlet="Reuters", polarity="denied"),
        ]
    ).edges["iran.supports.iraq"]
    assert edge.independent_sources == 2
    assert edge.confidence == pytest.approx(0.75)


spoken_claims = st.lists(
    st.tuples(
        st.sampled_from(["s1", "s2", "s3", "s4"]),
        st.sampled_from([None, "AFP", "Reuters", "BBC"]),
        st.floats(0.01, 1.0),
    ),
    max_size=9,
)


@given(spoken=spoken_claims)
def test_independent_groups_are_the_components_of_shared_story_or_outlet(
    rows: "Rows", spoken: list[tuple[str, str | None, float]]
) -> None:
    """Against plain merging of overlapping groups; no order of claims changes the confidence by one bit."""
    claims = [
        rows.claim("iran", "supports", "iraq", story_id=story, outlet=outlet, confidence=sure)
        for story, outlet, sure in spoken
    ]
    expected: list[tuple[set[str], set[str]]] = []
    for claim in claims:
        marks = {f"story {claim.story_id}"} | ({f"outlet {claim.outlet}"} if claim.outlet else set())
        touching = [group for group in expected if group[0] & marks]
        expected = [group for group in expected if not group[0] & marks]
        expected.append(
            (marks.union(*(group[0] for group in touching)), {claim.id}.union(*(g[1] for g in touching)))
        )
    groups = group_independent(claims)
    assert {frozenset(c.id for c in group) for group in groups} == {frozenset(ids) for _, ids in expected}
    assert compute_confidence(groups) == compute_confidence(group_independent(claims[::-1]))
    assert all(compute_confidence(groups) >= claim.confidence - 1e-9 for claim in claims)


@pytest.mark.parametrize(
    ("said", "disputed"),
    [
        ([("iran", "supports", "iraq", {})], []),
        (
            [("iran", "supports", "iraq", {}), ("iran", "supports", "iraq", {"polarity": "denied"})],
            ["iran.supports.iraq"],
        ),
        ([("iran", "supports", "iraq", {}), ("iran", "supports", "iraq", {"modality": "possible"})], []),
        ([("iran", "supports", "iraq", {"polarity": "denied"})], []),
        (
            [("iran", "supports", "iraq", {}), ("iran", "opposes", "iraq", {})],
            ["iran.opposes.iraq", "iran.supports.iraq"],
        ),
        ([("iran", "supports", "iraq", {}), ("iraq", "opposes", "iran", {})], []),
        ([("iran", "supports", "iraq", {}), ("iran", "opposes", "iraq", {"modality": "possible"})], []),
        ([("iran", "supports", "iraq", {}), ("iran", "commands", "iraq", {})], []),
        (
            [("iran", "supports", "iraq", {"how": "allied-with"}), ("iraq", "opposes", "iran", {})],
            ["iran.supports.iraq", "iraq.opposes.iran"],
        ),
        (
            [
                ("iran", "supports", "iraq", {}),
                ("iran", "supports", "iraq", {"polarity": "denied", "review_status": "rejected"}),
            ],
            [],
        ),
    ],
    ids=[
        "agreed",
        "denied too",
        "possible too",
        "only denied",
        "support and opposition",
        "each its own way",
        "opposition only possible",
        "a neutral kind beside",
        "an alliance goes both ways",
        "the denial is rejected",
    ],
)
def test_disputed_edges_are_denied_or_contradicted(
    rows: "Rows", said: list[tuple[str, str, str, dict[str, Any]]], disputed: list[str]
) -> None:
    """Both sides of a dispute are marked, and nothing else is."""
    snapshot = rows.snapshot(rows.claim(s, k, t, **changes) for s, k, t, changes in said)
    assert sorted(edge.id for edge in snapshot.edges.values() if edge.disputed) == disputed


@pytest.mark.parametrize(
    ("said", "edges"),
    [
        ([("iran", "allied-with", "iraq"), ("iraq", "allied-with", "iran")], {"iran.supports.iraq": 2}),
        ([("iraq", "allied-with", "iran")], {"iraq.supports.iran": 1}),
        (
            [("iraq", "allied-with", "iran"), ("iran", "fights-alongside", "iraq")],
            {"iran.supports.iraq": 2},
        ),
        (
            [("iran", "allied-with", "iraq"), ("iraq", "funds", "iran")],
            {"iran.supports.iraq": 1, "iraq.supports.iran": 1},
        ),
        (
            [("iran", "allied-with", "iraq"), ("iraq", "allied-with", "iran"), ("iraq", "funds", "iran")],
            {"iran.supports.iraq": 1, "iraq.supports.iran": 2},
        ),
    ],
    ids=["folded", "as claimed", "any symmetric how", "one-sided other", "one claim keeps them apart"],
)
def test_opposite_symmetric_edges_are_one(
    rows: "Rows", said: list[tuple[str, str, str]], edges: dict[str, int]
) -> None:
    """They start at the alphabetically first end; a claim that is not symmetric keeps both directions."""
    snapshot = rows.snapshot(rows.claim(s, "supports", t, how=how) for s, how, t in said)
    assert {edge.id: edge.claims for edge in snapshot.edges.values()} == edges


def test_an_edge_is_symmetric_only_if_all_that_counts_is(rows: "Rows") -> None:
    """A claim of funding beside the alliance makes it one-way; a denied one does not."""
    allied = rows.claim("iran", "supports", "iraq", how="allied-with")
    funds = rows.claim("iran", "supports", "iraq", how="funds")
    denied = funds._replace(polarity="denied")
    assert rows.snapshot([allied, denied]).edges["iran.supports.iraq"].symmetric
    assert not rows.snapshot([allied, funds]).edges["iran.supports.iraq"].symmetric


@pytest.mark.parametrize(
    ("said", "hows"),
    [
        ([("funds", 0.9), ("arms", 0.5), ("arms", 0.5)], ("arms", "funds")),
        ([("funds", 0.9), ("arms", 0.5)], ("funds", "arms")),
        ([("funds", 0.5), ("arms", 0.5)], ("arms", "funds")),
        ([(None, 0.9), ("arms", 0.2)], ("arms",)),
        ([(None, 0.9)], ()),
    ],
)
def test_how_is_the_one_with_most_confidence_in_sum(
    rows: "Rows", said: list[tuple[str | None, float]], hows: tuple[str, ...]
) -> None:
    """Two weaker claims may outweigh one; equals go by name; a claim without one says nothing."""
    edge = rows.snapshot(
        rows.claim("iran", "supports", "iraq", how=how, confidence=sure) for how, sure in said
    ).edges["iran.supports.iraq"]
    assert edge.hows == hows
    assert edge.how == (hows[0] if hows else None)


def test_dates_are_those_of_claims_that_count(rows: "Rows") -> None:
    """First and last are publication days; valid time spans the claims, open where one is."""
    claims = [
        rows.claim("iran", "supports", "iraq", published_on=date(2014, 6, 12), valid_from=date(2014, 6, 9)),
        rows.claim("iran", "supports", "iraq", published_on=None),
        rows.claim(
            "iran",
            "supports",
            "iraq",
            published_on=date(2014, 6, 20),
            valid_from=date(2014, 6, 1),
            valid_to=date(2014, 6, 2),
        ),
        rows.claim("iran", "supports", "iraq", polarity="denied", published_on=date(2014, 6, 30)),
    ]
    edge = rows.snapshot(claims).edges["iran.supports.iraq"]
    assert (edge.first, edge.last) == (date(2014, 6, 12), date(2014, 6, 20))
    assert (edge.valid_from, edge.valid_to) == (date(2014, 6, 1), None)
    closed = rows.snapshot(claims[1:]).edges["iran.supports.iraq"]
    assert (closed.valid_from, closed.valid_to) == (date(2014, 6, 1), date(2014, 6, 2))


@pytest.mark.parametrize(
    ("statuses", "review"),
    [
        (["unreviewed"], "unreviewed"),
        (["unreviewed", "accepted"], "accepted"),
        (["rejected"], "rejected"),
        (["rejected", "unreviewed"], "unreviewed"),
    ],
)
def test_review_of_an_edge_sums_up_its_claims(rows: "Rows", statuses: list[str], review: str) -> None:
    """One accepted claim accepts it, and only rejection of all rejects it."""
    edge = rows.snapshot(
        rows.claim("iran", "supports", "iraq", review_status=status) for status in statuses
    ).edges["iran.supports.iraq"]
    assert edge.review == review


@pytest.mark.parametrize(("kind", "sign"), [("supports", 1), ("opposes", -1), ("commands", 0)])
def test_the_sign_is_the_kinds(rows: "Rows", kind: str, sign: int) -> None:
    """Support is +1, opposition -1, structure 0."""
    assert rows.snapshot([rows.claim("iran", kind, "iraq")]).edges[f"iran.{kind}.iraq"].sign == sign


def test_what_geography_knows_is_parallel_to_what_texts_say(rows: "Rows") -> None:
    """Two edges with ids of their own; the gazetteer's holds without any claim."""
    snapshot = rows.snapshot(
        [rows.claim("karbala", "located-in", "iraq")], places=[rows.known_place("karbala", "iraq")]
    )
    assert list(snapshot.edges) == ["karbala.located-in.iraq", "karbala.located-in.iraq.gazetteer"]
    known = snapshot.edges["karbala.located-in.iraq.gazetteer"]
    assert (known.origin, known.counts, known.claims, known.confidence) == ("gazetteer", True, 0, 1.0)
    assert (known.how, known.dataset, known.independent_sources) == ("part-of-place", "geonames", 1)


def test_a_counting_edge_never_has_zero_confidence(rows: "Rows") -> None:
    """However little a claim is worth, paths can take its logarithm."""
    claim: ClaimRow = rows.claim("iran", "supports", "iraq", confidence=1e-300)
    edge = build_edge(EdgeKey("iran", "supports", "iraq"), [claim], get_ontology())
    assert 0 < edge.confidence <= 1e-9
