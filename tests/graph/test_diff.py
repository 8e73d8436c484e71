"""What changed between two days, by both readings, and which claims made the change."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.diff import GraphDiff, Reading, compute_diff
from graph.edges import Edge
from graph.errors import EntityNotFound, InvalidQuery, QueryTimeout
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import GraphView

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

EARLIER, LATER = date(2014, 6, 10), date(2014, 6, 20)
BEFORE, BETWEEN, AFTER = date(2014, 6, 5), date(2014, 6, 15), date(2014, 6, 25)
BOTH: tuple[Reading, ...] = ("held", "known")


def list_ids(found: GraphDiff) -> dict[str, list[str]]:
    """Return the ids of the edges, or the pairs, in each of the four lists."""
    return {
        "appeared": [change.edge.id for change in found.appeared],
        "ended": [change.edge.id for change in found.ended],
        "changed_sign": [f"{change.source} {change.target}" for change in found.changed_sign],
        "became_disputed": [change.edge.id for change in found.became_disputed],
    }


def expect(**lists: list[str]) -> dict[str, list[str]]:
    """Return four lists, empty but for those given."""
    return {"appeared": [], "ended": [], "changed_sign": [], "became_disputed": []} | lists


@pytest.mark.parametrize("reading", BOTH)
def test_what_was_published_in_between_appeared(rows: "Rows", reading: Reading) -> None:
    """A relation first told between the two days appeared, with the claims that tell it; earlier and later ones did not."""
    told = [rows.claim("iran", "supports", "iraq", published_on=day) for day in (BETWEEN, LATER, AFTER)]
    old = [rows.claim("iran", "opposes", "isis", published_on=day) for day in (BEFORE, EARLIER, BETWEEN)]
    new = [rows.claim("syria", "opposes", "isis", published_on=AFTER)]
    found = compute_diff(rows.snapshot([*told, *old, *new]), EARLIER, LATER, reading=reading)
    assert list_ids(found) == expect(appeared=["iran.supports.iraq"])
    assert found.appeared[0].claims == tuple(told[:2])
    assert (found.appeared[0].before, found.appeared[0].edge.claims) == (None, 2)


def test_what_a_claim_says_ended_has_ended(rows: "Rows") -> None:
    """A relation that held until a day between the two ended, by what held; what is known of it has not gone away."""
    claim = rows.claim(
        "iran", "supports", "iraq", published_on=BEFORE, valid_from=date(2014, 1, 1), valid_to=BETWEEN
    )
    snapshot = rows.snapshot([claim])
    held = compute_diff(snapshot, EARLIER, LATER)
    assert list_ids(held) == expect(ended=["iran.supports.iraq"])
    assert (held.ended[0].claims, held.ended[0].day) == ((claim,), BETWEEN)
    assert list_ids(compute_diff(snapshot, EARLIER, LATER, reading="known")) == expect()


def test_what_is_told_as_past_has_ended(rows: "Rows") -> None:
    """`Once commanded`, published in between: it held on the earlier day and not on the later."""
    claim = rows.claim("soleimani", "commands", "quds", modality="past", published_on=BETWEEN)
    found = compute_diff(rows.snapshot([claim]), EARLIER, LATER)
    assert list_ids(found) == expect(ended=["soleimani.commands.quds"])
    assert found.ended[0].day == BETWEEN


@pytest.mark.parametrize(("reading", "day"), [("held", date(2014, 6, 12)), ("known", BETWEEN)])
def test_a_change_says_from_when(rows: "Rows", reading: Reading, day: date) -> None:
    """What appeared did so on the day it began in the world, or on the day it was first told, by the reading."""
    claim = rows.claim(
        "iran", "supports", "iraq", published_on=BETWEEN, valid_from=date(2014, 6, 12), valid_to=AFTER
    )
    found = compute_diff(rows.snapshot([claim]), EARLIER, LATER, reading=reading)
    assert found.appeared[0].day == day


def test_one_of_two_claims_that_ends_changes_nothing(rows: "Rows") -> None:
    """An edge that still has a claim that holds has not ended."""
    claims = [
        rows.claim("iran", "supports", "iraq", published_on=BEFORE, valid_to=BETWEEN),
        rows.claim("iran", "supports", "iraq", published_on=BEFORE),
    ]
    assert list_ids(compute_diff(rows.snapshot(claims), EARLIER, LATER)) == expect()


def test_support_that_gives_way_to_opposition_changes_sign(rows: "Rows") -> None:
    """A pair that was friends on one day and foes on the other changed sign, by the claim that ended and the new one."""
    friend = rows.claim("syria", "supports", "isis", published_on=BEFORE, valid_from=BEFORE, valid_to=BETWEEN)
    foe = rows.claim("syria", "opposes", "isis", published_on=BETWEEN)
    found = compute_diff(rows.snapshot([friend, foe]), EARLIER, LATER)
    assert list_ids(found) == expect(
        appeared=["syria.opposes.isis"], ended=["syria.supports.isis"], changed_sign=["syria isis"]
    )
    change = found.changed_sign[0]
    assert (change.sign_before, change.sign_after, change.claims) == (1, -1, (friend, foe))
    assert ([e.kind for e in change.before], [e.kind for e in change.after]) == (["supports"], ["opposes"])


@pytest.mark.parametrize(
    ("confidence", "sign_changes"),
    [(0.9, ["syria isis"]), (0.8, []), (0.5, [])],
    ids=["more", "same", "less"],
)
def test_the_surer_side_decides_the_sign(rows: "Rows", confidence: float, sign_changes: list[str]) -> None:
    """New opposition beside old support turns the pair only where it is the surer of the two; disputed it is either way."""
    friend = rows.claim("syria", "supports", "isis", published_on=BEFORE, confidence=0.8)
    foe = rows.claim("syria", "opposes", "isis", published_on=BETWEEN, confidence=confidence)
    found = compute_diff(rows.snapshot([friend, foe]), EARLIER, LATER, reading="known")
    assert list_ids(found) == expect(
        appeared=["syria.opposes.isis"], became_disputed=["syria.supports.isis"], changed_sign=sign_changes
    )
    assert found.became_disputed[0].claims == (foe,)


def test_alliances_change_sign_once(rows: "Rows") -> None:
    """What reads the same from both ends is one change of one pair, not two."""
    friend = rows.claim("iran", "supports", "iraq", how="allied-with", published_on=BEFORE, valid_to=BETWEEN)
    foe = rows.claim("iraq", "opposes", "iran", how="clashes-with", published_on=BETWEEN)
    found = compute_diff(rows.snapshot([friend, foe]), EARLIER, LATER)
    assert list_ids(found)["changed_sign"] == ["iran iraq"]


@pytest.mark.parametrize("reading", BOTH)
def test_a_new_denial_makes_a_dispute(rows: "Rows", reading: Reading) -> None:
    """A relation denied in between became disputed, by the denial alone; one denied before had been."""
    told = rows.claim("iran", "supports", "isis", published_on=BEFORE)
    denied = rows.claim("iran", "supports", "isis", published_on=BETWEEN, polarity="denied")
    guessed = rows.claim("iran", "supports", "isis", published_on=BETWEEN, modality="possible")
    again = rows.claim("iran", "supports", "isis", published_on=BETWEEN)
    old = [
        rows.claim("iran", "supports", "iraq", published_on=BEFORE),
        rows.claim("iran", "supports", "iraq", published_on=BEFORE, polarity="denied"),
    ]
    snapshot = rows.snapshot([told, denied, guessed, again, *old])
    found = compute_diff(snapshot, EARLIER, LATER, reading=reading)
    assert list_ids(found) == expect(became_disputed=["iran.supports.isis"])
    assert found.became_disputed[0].claims == (denied,)


def test_what_disputes_may_be_of_a_kind_not_asked_for(rows: "Rows") -> None:
    """Asked about support alone, a new opposition is still named as what made the support disputed."""
    friend = rows.claim("syria", "supports", "isis", published_on=BEFORE)
    foe = rows.claim("syria", "opposes", "isis", published_on=BETWEEN)
    found = compute_diff(rows.snapshot([friend, foe]), EARLIER, LATER, where=EdgeFilter(kinds=["supports"]))
    assert list_ids(found) == expect(became_disputed=["syria.supports.isis"])
    assert found.became_disputed[0].claims == (foe,)


def test_evidence_alone_does_not_appear(rows: "Rows") -> None:
    """What is only denied, only guessed or without a date is in none of the lists, nor is geography."""
    claims = [
        rows.claim("iran", "supports", "isis", published_on=BETWEEN, polarity="denied"),
        rows.claim("iran", "supports", "iraq", published_on=BETWEEN, modality="possible"),
        rows.claim("iran", "supports", "syria", published_on=None),
    ]
    snapshot = rows.snapshot(claims, places=[rows.known_place("karbala", "iraq")])
    assert list_ids(compute_diff(snapshot, EARLIER, LATER)) == expect()


def test_only_the_actors_asked_for(rows: "Rows") -> None:
    """With actors given, only changes at one of them are listed."""
    claims = [
        rows.claim("iran", "supports", "iraq", published_on=BETWEEN),
        rows.claim("syria", "opposes", "isis", published_on=BETWEEN),
    ]
    found = compute_diff(rows.snapshot(claims), EARLIER, LATER, of=["isis"])
    assert list_ids(found) == expect(appeared=["syria.opposes.isis"])


def test_the_other_clock_can_be_set_beside(rows: "Rows") -> None:
    """By what held, but only as far as was known by a day: what was published later is left out."""
    claim = rows.claim("iran", "supports", "iraq", published_on=AFTER, valid_from=BETWEEN)
    snapshot = rows.snapshot([claim])
    assert list_ids(compute_diff(snapshot, EARLIER, LATER)) == expect(appeared=["iran.supports.iraq"])
    known = compute_diff(snapshot, EARLIER, LATER, where=EdgeFilter(known_by=LATER))
    assert list_ids(known) == expect()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"later": EARLIER}, "to: 2014-06-10 is not after 2014-06-10"),
        ({"reading": "guessed"}, "reading: must be one of held, known"),
        ({"where": EdgeFilter(as_of=BETWEEN)}, "as_of: the two days say that already"),
        ({"where": EdgeFilter(known_by=BETWEEN), "reading": "known"}, "known_by: the two days say"),
    ],
)
def test_impossible_questions_are_refused(rows: "Rows", options: dict[str, Any], message: str) -> None:
    """Days out of order, and a filter that says again what the days say, are refused by name."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq")])
    with pytest.raises(InvalidQuery, match=message):
        compute_diff(snapshot, **{"earlier": EARLIER, "later": LATER, **options})


def test_unknown_actors_and_spent_time_are_errors(rows: "Rows") -> None:
    """Nobody by that name has no changes, and a budget that is used up stops the work."""
    snapshot = rows.snapshot([rows.claim("iran", "supports", "iraq", published_on=BETWEEN)])
    with pytest.raises(EntityNotFound, match="atlantis"):
        compute_diff(snapshot, EARLIER, LATER, of=["atlantis"])
    with pytest.raises(QueryTimeout, match="0 s"):
        compute_diff(snapshot, EARLIER, LATER, budget_s=0.0)


days = st.none() | st.sampled_from([BEFORE + timedelta(n) for n in range(0, 21, 5)])
drawn_claims = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(["supports", "opposes", "commands"]),
        st.sampled_from("abc"),
        st.fixed_dictionaries(
            {
                "published_on": days,
                "valid_from": days,
                "valid_to": days,
                "polarity": st.sampled_from(["affirmed", "affirmed", "denied"]),
                "modality": st.sampled_from(["asserted", "past", "possible"]),
                "how": st.sampled_from([None, "allied-with", "clashes-with"]),
                "confidence": st.sampled_from([0.5, 0.8]),
            }
        ),
    ),
    max_size=12,
)


def list_counting(view: GraphView) -> dict[str, Edge]:
    """Return the edges of a view that count, by id."""
    return {edge.id: edge for edge in view.edges.values() if edge.counts}


@settings(max_examples=50, deadline=None)
@given(drawn=drawn_claims, reading=st.sampled_from(BOTH))
def test_the_lists_are_the_difference_of_two_graphs(
    rows: "Rows", drawn: list[tuple[str, str, str, dict[str, Any]]], reading: Reading
) -> None:
    """Whatever is claimed: what appeared and ended is what sets the two filtered graphs apart, each with a claim."""
    claims = [rows.claim(source, kind, target, **changes) for source, kind, target, changes in drawn]
    snapshot = rows.snapshot(claims)
    found = compute_diff(snapshot, EARLIER, LATER, reading=reading)
    before, after = (
        list_counting(snapshot.view(EdgeFilter(as_of=day) if reading == "held" else EdgeFilter(known_by=day)))
        for day in (EARLIER, LATER)
    )
    ids = list_ids(found)
    assert set(ids["appeared"]) == after.keys() - before.keys()
    assert set(ids["ended"]) == before.keys() - after.keys()
    assert set(ids["became_disputed"]) == {
        key for key in before.keys() & after.keys() if after[key].disputed and not before[key].disputed
    }
    assert all(change.claims for change in (*found.appeared, *found.ended))
    if reading == "known":
        assert not found.ended
        assert all(change.claims for change in found.became_disputed)
