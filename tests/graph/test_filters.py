"""Filters: which edges and claims they leave, and what the edges then add up to."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graph.errors import InvalidQuery
from graph.filters import EdgeFilter, is_valid_on
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


@pytest.fixture
def world(rows: "Rows") -> Snapshot:
    """Three outlets and two speakers on Iran, Iraq and ISIS, June 2014."""
    return rows.snapshot(
        [
            rows.claim(
                "iran",
                "supports",
                "iraq",
                how="funds",
                outlet="AFP",
                confidence=0.5,
                attributed_to_id="iran",
                published_on=date(2014, 6, 10),
            ),
            rows.claim(
                "iran",
                "supports",
                "iraq",
                how="arms",
                outlet="Reuters",
                confidence=0.6,
                review_status="accepted",
                published_on=date(2014, 6, 20),
            ),
            rows.claim(
                "iran",
                "supports",
                "iraq",
                how="arms",
                outlet="BBC",
                polarity="denied",
                attributed_to_id="tehran",
                published_on=date(2014, 6, 25),
            ),
            rows.claim("iran", "opposes", "isis", outlet="AFP", confidence=0.9, attributed_to_id="iraq"),
            rows.claim("isis", "located-in", "mosul", confidence=0.4, published_on=None),
            rows.claim("isis", "opposes", "hezbollah", modality="possible", outlet="AFP"),
        ],
        places=[rows.known_place("mosul", "iraq")],
        entities=[rows.entity("syria")],
        judgements=[rows.same("iran", "tehran", keep="iran")],
    )


ALL = ["iran opposes isis", "iran supports iraq", "isis located-in mosul", "mosul located-in iraq"]


@pytest.mark.parametrize(
    ("where", "edges"),
    [
        (EdgeFilter(), ALL),
        (EdgeFilter(kinds=["supports", "opposes"]), ALL[:2]),
        (EdgeFilter(how=["funds"]), ["iran supports iraq"]),
        (EdgeFilter(how=["part-of-place"]), ["mosul located-in iraq"]),
        (EdgeFilter(types=["country"]), ["iran supports iraq"]),
        (EdgeFilter(types=["country", "armed-group"]), ALL[:2]),
        (
            EdgeFilter(min_confidence=0.8),
            ["iran opposes isis", "iran supports iraq", "mosul located-in iraq"],
        ),
        (EdgeFilter(min_confidence=0.85), ["iran opposes isis", "mosul located-in iraq"]),
        (EdgeFilter(sources=["afp "]), ALL[:2]),
        (EdgeFilter(sources=["BBC"]), []),
        (EdgeFilter(said_by=["iran"]), ["iran supports iraq"]),
        (EdgeFilter(said_by=["tehran"]), ["iran supports iraq"]),
        (EdgeFilter(not_said_by=["iraq"]), ALL[1:]),
        (EdgeFilter(origin="text"), ALL[:3]),
        (EdgeFilter(origin="gazetteer"), ["mosul located-in iraq"]),
        (EdgeFilter(review=["accepted"]), ["iran supports iraq"]),
        (EdgeFilter(disputed=True), ["iran supports iraq"]),
        (
            EdgeFilter(disputed=False),
            ["iran opposes isis", "isis located-in mosul", "mosul located-in iraq"],
        ),
        (EdgeFilter(known_by=date(2014, 6, 11)), ["iran supports iraq", "mosul located-in iraq"]),
        (EdgeFilter(known_by=date(2014, 6, 9)), ["mosul located-in iraq"]),
        (
            EdgeFilter(as_of=date(2014, 6, 15)),
            ["iran opposes isis", "iran supports iraq", "mosul located-in iraq"],
        ),
        (EdgeFilter(evidence=True), [*ALL[:3], "isis opposes hezbollah", ALL[3]]),
        (EdgeFilter(evidence=True, sources=["AFP"]), [*ALL[:2], "isis opposes hezbollah"]),
        (EdgeFilter(kinds=["supports"], sources=["Reuters"], how=["arms"]), ["iran supports iraq"]),
    ],
    ids=lambda value: str(value.describe()) if isinstance(value, EdgeFilter) else None,
)
def test_a_filter_leaves_these_edges(world: Snapshot, where: EdgeFilter, edges: list[str]) -> None:
    """One option each, and some together."""
    view = world.view(where)
    assert [f"{edge.source} {edge.kind} {edge.target}" for edge in view.edges.values()] == sorted(edges)


@pytest.mark.parametrize(
    ("where", "claims", "denials", "confidence", "disputed"),
    [
        (EdgeFilter(), 2, 1, 0.8, True),
        (EdgeFilter(sources=["AFP"]), 1, 0, 0.5, False),
        (EdgeFilter(sources=["AFP", "BBC"]), 1, 1, 0.5, True),
        (EdgeFilter(how=["arms"]), 1, 1, 0.6, True),
        (EdgeFilter(how=["funds"]), 1, 0, 0.5, False),
        (EdgeFilter(said_by=["iran"]), 1, 1, 0.5, True),
        (EdgeFilter(not_said_by=["tehran"]), 1, 0, 0.6, False),
        (EdgeFilter(known_by=date(2014, 6, 24)), 2, 0, 0.8, False),
        (EdgeFilter(review=["accepted"]), 1, 0, 0.6, False),
    ],
    ids=lambda value: str(value.describe()) if isinstance(value, EdgeFilter) else None,
)
def test_edges_are_added_up_anew(
    world: Snapshot, where: EdgeFilter, claims: int, denials: int, confidence: float, disputed: bool
) -> None:
    """Claims that are filtered out no longer count, deny, or add confidence; the evidence is gone with them."""
    view = world.view(where)
    edge = view.edges["iran.supports.iraq"]
    assert (edge.claims, edge.denials, edge.disputed) == (claims, denials, disputed)
    assert edge.confidence == pytest.approx(confidence)
    assert len(view.get_claims(edge.id)) == claims + denials


def test_asking_how_does_not_hide_a_contradiction(rows: "Rows") -> None:
    """Iran arms Iraq and is also said to oppose it: asked for arms alone, the edge is still disputed."""
    snapshot = rows.snapshot(
        [rows.claim("iran", "supports", "iraq", how="arms"), rows.claim("iran", "opposes", "iraq")]
    )
    assert snapshot.view(EdgeFilter(how=["arms"])).edges["iran.supports.iraq"].disputed
    assert snapshot.view(EdgeFilter(kinds=["supports"])).edges["iran.supports.iraq"].disputed
    contradicted_later = EdgeFilter(known_by=date(2014, 6, 1))
    assert not snapshot.view(contradicted_later).edges


def test_ids_follow_what_is_left_of_an_alliance(rows: "Rows") -> None:
    """Where one direction is filtered out, the edge is the other one; in the whole graph its id leads to the alliance."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", how="allied-with", outlet="AFP"),
            rows.claim("iraq", "supports", "iran", how="allied-with", outlet="BBC"),
        ]
    )
    assert list(snapshot.view(EdgeFilter(sources=["BBC"])).edges) == ["iraq.supports.iran"]
    assert snapshot.get_edge("iraq.supports.iran").id == "iran.supports.iraq"


@pytest.mark.parametrize(
    ("where", "nodes"),
    [
        (EdgeFilter(), ["hezbollah", "iran", "iraq", "isis", "mosul", "syria"]),
        (EdgeFilter(types=["country"]), ["iran", "iraq", "syria"]),
        (EdgeFilter(kinds=["supports"]), ["iran", "iraq"]),
        (EdgeFilter(evidence=True), ["hezbollah", "iran", "iraq", "isis", "mosul", "syria"]),
    ],
)
def test_nodes_without_an_edge_stay_unless_edges_are_selected(
    world: Snapshot, where: EdgeFilter, nodes: list[str]
) -> None:
    """A filter by entity type alone keeps isolated nodes; a filter on edges keeps their ends."""
    assert list(world.view(where).nodes) == nodes


@pytest.mark.parametrize(
    ("claim", "first_day", "last_day"),
    [
        ({"published_on": date(2014, 6, 12)}, date(2014, 6, 12), None),
        ({"published_on": date(2014, 6, 12), "modality": "past"}, None, date(2014, 6, 12)),
        ({"valid_from": date(2011, 1, 1), "published_on": date(2014, 6, 12)}, date(2011, 1, 1), None),
        (
            {"valid_from": date(2014, 6, 9), "valid_to": date(2014, 6, 9), "published_on": date(2014, 6, 12)},
            date(2014, 6, 9),
            date(2014, 6, 9),
        ),
        (
            {"valid_from": date(2011, 1, 1), "modality": "past", "published_on": date(2014, 6, 12)},
            date(2011, 1, 1),
            date(2014, 6, 12),
        ),
        ({"valid_to": date(2010, 5, 1), "published_on": date(2014, 6, 12)}, None, date(2010, 5, 1)),
        ({"valid_from": date(2011, 1, 1), "published_on": None}, date(2011, 1, 1), None),
    ],
    ids=[
        "from publication",
        "past",
        "since",
        "one day",
        "past since",
        "until",
        "undated text that gives a day",
    ],
)
def test_what_a_claim_says_holds_between_two_days(
    rows: "Rows", claim: dict[str, Any], first_day: date | None, last_day: date | None
) -> None:
    """On the first and last day it holds, the day before and after it does not; open ends never end."""
    row = rows.claim("iran", "supports", "iraq", **claim)
    first, last = first_day or date.min, last_day or date.max
    assert is_valid_on(row, first)
    assert is_valid_on(row, last)
    if first_day:
        assert not is_valid_on(row, date.fromordinal(first.toordinal() - 1))
    if last_day:
        assert not is_valid_on(row, date.fromordinal(last.toordinal() + 1))


def test_a_claim_without_any_date_is_never_placed_in_time(rows: "Rows") -> None:
    """It is not known when it was said, so no question about a day can use it."""
    row = rows.claim("iran", "supports", "iraq", published_on=None)
    assert not is_valid_on(row, date(2014, 6, 12))
    snapshot = rows.snapshot([row])
    assert not snapshot.view(EdgeFilter(known_by=date.max)).edges


def test_the_past_stays_what_it_was(rows: "Rows") -> None:
    """With both dates given, what is ingested later, dated later or not at all, changes nothing."""
    where = EdgeFilter(as_of=date(2014, 6, 12), known_by=date(2014, 6, 13))
    early = [rows.claim("iran", "supports", "iraq", outlet="AFP")]
    late = [
        rows.claim("iran", "supports", "iraq", published_on=date(2014, 6, 14)),
        rows.claim("iran", "supports", "iraq", polarity="denied", published_on=date(2015, 1, 1)),
        rows.claim("iran", "opposes", "iraq", published_on=None),
    ]
    before = rows.snapshot(early).view(where)
    after = rows.snapshot([*early, *late]).view(where)
    assert dict(after.edges) == dict(before.edges)
    assert dict(after.nodes) == dict(before.nodes)


@pytest.mark.parametrize(
    ("make", "option", "message"),
    [
        (lambda: EdgeFilter(kinds=["likes"]), "kinds", "'likes' is not known; use one of supports, opposes"),
        (
            lambda: EdgeFilter(how=["loves", "hugs"]),
            "how",
            "'hugs', 'loves' is not known; use one of endorses",
        ),
        (lambda: EdgeFilter(types=["alien"]), "types", "'alien' is not known; use one of person, country"),
        (lambda: EdgeFilter(review=["done"]), "review", "use one of unreviewed, accepted, rejected"),
        (lambda: EdgeFilter(origin="books"), "origin", "use one of any, text, gazetteer"),  # type: ignore[arg-type]
        (lambda: EdgeFilter(min_confidence=1.5), "min_confidence", "between 0 and 1, not 1.5"),
        (lambda: EdgeFilter(min_confidence=float("nan")), "min_confidence", "between 0 and 1, not nan"),
        (lambda: EdgeFilter(kinds="supports"), "kinds", "a list of values, not the text 'supports'"),
    ],
)
def test_values_that_cannot_be_used_are_named(
    make: Callable[[], EdgeFilter], option: str, message: str
) -> None:
    """The error names the option and what it may be."""
    with pytest.raises(InvalidQuery, match=message) as caught:
        make()
    assert caught.value.option == option


def test_a_filter_describes_itself_ready_for_json() -> None:
    """What is at its default is left out."""
    where = EdgeFilter(
        kinds=["supports", "opposes"], sources=["AFP"], as_of=date(2014, 6, 12), disputed=False
    )
    assert where.describe() == {
        "kinds": ["opposes", "supports"],
        "sources": ["AFP"],
        "as_of": "2014-06-12",
        "disputed": False,
    }
    assert EdgeFilter().describe() == {}
