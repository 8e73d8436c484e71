"""Confidence: a monotone map from what a rule says to what has been seen to hold, and rumour below news."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.confidence import ALLEGED_WEIGHT, KNOTS, LEARNED_KNOTS, Knots, calibrate, weigh

RAW = st.floats(0, 1)


@given(one=RAW, other=RAW, knots=st.sampled_from((KNOTS, LEARNED_KNOTS)))
def test_order_is_kept(one: float, other: float, knots: Knots) -> None:
    """A finding that a rule, or the scorer, is surer of never becomes the less sure claim."""
    low, high = sorted((one, other))
    assert calibrate(low, knots) <= calibrate(high, knots)


@given(raw=st.floats(0.01, 1))
def test_a_claim_has_a_confidence_within_its_range(raw: float) -> None:
    """No claim is impossible and none is certain."""
    assert 0 < calibrate(raw) < 1


@pytest.mark.parametrize(
    ("knots", "raw", "observed"), [(knots, *knot) for knots in (KNOTS, LEARNED_KNOTS) for knot in knots]
)
def test_knots_are_met(knots: Knots, raw: float, observed: float) -> None:
    """At a knot the share is the one that was observed."""
    assert calibrate(raw, knots) == pytest.approx(observed)


def test_the_scorer_has_its_own_scale() -> None:
    """What the scorer gives is weighed by its own knots, and rumour below news all the same."""
    assert weigh(0.93, "asserted", learned=True) == calibrate(0.93, LEARNED_KNOTS)
    assert weigh(0.93, "alleged", learned=True) == pytest.approx(
        ALLEGED_WEIGHT * calibrate(0.93, LEARNED_KNOTS), abs=1e-3
    )


def test_between_knots_lies_a_line() -> None:
    """Halfway between 0.7 and 0.8 the share is halfway between theirs."""
    assert calibrate(0.75) == pytest.approx((0.85 + 0.93) / 2)


def test_rumour_weighs_less_than_news() -> None:
    """What is alleged has six tenths of the confidence of the same words as news, whatever the rule."""
    assert weigh(0.88, "alleged") == pytest.approx(ALLEGED_WEIGHT * weigh(0.88, "asserted"), abs=1e-3)
    assert weigh(0.88, "reported") == weigh(0.88, "asserted") == calibrate(0.88)
