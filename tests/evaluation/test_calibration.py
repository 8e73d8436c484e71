"""Reliability: bins, expected calibration error, and figures by rule, on claims whose answers are known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evaluation.calibration import (
    build_equal_mass_bins,
    build_equal_width_bins,
    get_ece,
    group_by_rule,
    summarize_calibration,
)
from tests.evaluation.matching import Judged


def make_judged(*pairs: tuple[float, bool], rule: str = "verb:active") -> list[Judged]:
    """Return claims of these confidences, right or wrong."""
    return [Judged(rule, "supports", confidence, right, right) for confidence, right in pairs]


JUDGED = st.lists(
    st.builds(
        Judged,
        rule=st.sampled_from(("verb:active", "noun:of", "verb:passive")),
        kind=st.just("supports"),
        confidence=st.floats(0.01, 1.0),
        right=st.booleans(),
        counts=st.booleans(),
    )
)


def test_a_confidence_that_holds_has_no_error() -> None:
    """Four claims of 0.75, three of them right: nothing to correct."""
    judged = make_judged((0.75, True), (0.75, True), (0.75, True), (0.75, False))
    assert get_ece(build_equal_width_bins(judged)) == 0
    assert get_ece(build_equal_mass_bins(judged)) == 0


def test_error_weighs_bins_by_their_claims() -> None:
    """One sure claim that is wrong, beside three of 0.9 that are right: (1.0 + 3 * 0.1) / 4, each in its own bin."""
    judged = make_judged((1.0, False), (0.9, True), (0.9, True), (0.9, True))
    assert get_ece(build_equal_width_bins(judged)) == pytest.approx(0.325)
    assert get_ece(build_equal_mass_bins(judged)) == pytest.approx(0.325)


@pytest.mark.parametrize(
    ("confidence", "low", "high"), [(0.05, 0, 0.1), (0.1, 0, 0.1), (0.11, 0.1, 0.2), (1.0, 0.9, 1.0)]
)
def test_bins_of_equal_width_hold_their_upper_edge(confidence: float, low: float, high: float) -> None:
    """A confidence on an edge belongs to the bin below, so 1.0 needs no bin of its own."""
    (only,) = build_equal_width_bins(make_judged((confidence, True)))
    assert (only.low, only.high) == (low, high)


def test_bins_of_equal_mass_never_part_one_confidence() -> None:
    """Ninety claims of 0.8 are one bin, and what surrounds them makes others."""
    judged = make_judged(*[(0.8, True)] * 90, *[(0.5, False)] * 5, *[(0.95, True)] * 5)
    assert [part.claims for part in build_equal_mass_bins(judged)] == [95, 5]


@settings(deadline=None)
@given(JUDGED)
def test_bins_hold_every_claim_once(judged: list[Judged]) -> None:
    """Whatever the claims, both tables count each once, in order, and errors lie within [0, 1]."""
    for bins in (build_equal_width_bins(judged), build_equal_mass_bins(judged)):
        assert sum(part.claims for part in bins) == len(judged)
        assert [part.low for part in bins] == sorted(part.low for part in bins)
        assert all(part.low - 1e-4 <= part.confidence <= part.high + 1e-4 for part in bins)
        assert 0 <= get_ece(bins) <= 1


def test_rules_are_grouped_by_family() -> None:
    """`verb:active` and `verb:passive` are one family, whose gap is positive where it is too sure."""
    judged = make_judged((0.9, True), rule="verb:active") + make_judged((0.7, False), rule="verb:passive")
    assert group_by_rule(judged, family=True) == {
        "verb": {"claims": 2, "confidence": 0.8, "precision": 0.5, "gap": 0.3}
    }
    assert set(group_by_rule(judged, family=False)) == {"verb:active", "verb:passive"}


def test_the_scorer_is_one_rule() -> None:
    """Claims of one head of the scorer are one rule, whatever their probabilities."""
    rules = ("learned:stated@0.93", "learned:stated@0.90", "learned:structural@0.97")
    judged = [claim for rule in rules for claim in make_judged((0.9, True), rule=rule)]
    assert set(group_by_rule(judged, family=True)) == {"learned"}
    assert set(group_by_rule(judged, family=False)) == {"learned:stated", "learned:structural"}


def test_nothing_is_no_error() -> None:
    """Where nothing was found there is nothing to be wrong about."""
    assert summarize_calibration([]) == {
        "claims": 0,
        "ece_equal_width": 0.0,
        "ece_equal_mass": 0.0,
        "bins_equal_width": [],
        "bins_equal_mass": [],
        "by_family": {},
        "by_rule": {},
    }


def test_the_weight_of_rumour_is_no_doubt() -> None:
    """Rumour read as surely as news is judged as surely: its lowered confidence is taken up again."""
    news = Judged("verb:active", "supports", 0.9, right=True, counts=True)
    rumour = news._replace(confidence=0.54, alleged=True)
    assert summarize_calibration([news, rumour])["by_rule"] == summarize_calibration([news, news])["by_rule"]
