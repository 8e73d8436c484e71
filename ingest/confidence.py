"""From what a rule or the scorer gives its finding to a claim's confidence: the share of such claims that hold."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from graph.models import Modality

# Rumour, accusation and guesses never outweigh news.
ALLEGED_WEIGHT = 0.6

# Raw confidence and the share of claims that held, after a monotone fit (pool adjacent violators) to the 1,303 counting claims
# that rules made of our own gold sentences and documents: 87 in 100 up to 0.7, 92 around 0.8, 95 to 99 above. Rules were mended
# on those, so the line lies a few hundredths lower; neither unseen sentences nor public sets were fitted. Below 0.45 too
# little was found to tell, and the line runs to nothing.
KNOTS = ((0.0, 0.0), (0.45, 0.8), (0.7, 0.85), (0.8, 0.93), (1.0, 0.96))

# The same for the learned scorer. Whatever probability it gave, four in ten of its claims are what our own gold states too,
# whose sentences the rules were mended on until little was left for it to find; in unseen sentences it is nearly nine in ten.
# One half is between, and just below it, so that the least confidence of 0.5 in a filter leaves the rules alone. Places that
# it gave no more than 0.6 held less often, in either.
LEARNED_KNOTS = ((0.0, 0.0), (0.5, 0.4), (0.6, 0.48), (1.0, 0.48))

Knots = Sequence[tuple[float, float]]


def calibrate(raw: float, knots: Knots = KNOTS) -> float:
    """Return the share of findings of this raw confidence that hold, straight lines between the knots.

    Args:
        raw: The product of a rule's precision and how surely its ends were found, or the scorer's probability, within
            [0, 1].
        knots: (raw, share) in order, two or more, from raw 0 to raw 1.
    """
    place = min(max(1, bisect_right(knots, raw, key=itemgetter(0))), len(knots) - 1)
    (left, low), (right, high) = knots[place - 1], knots[place]
    return round(low + (high - low) * (raw - left) / (right - left), 3)


def weigh(raw: float, modality: Modality, *, learned: bool = False) -> float:
    """Return a claim's confidence: calibrated, and six tenths of it for what is only alleged.

    Args:
        raw: As `calibrate` has it.
        modality: Of the claim.
        learned: Whether the scorer gave it, and not a rule.
    """
    sure = calibrate(raw, LEARNED_KNOTS if learned else KNOTS)
    return round(sure * ALLEGED_WEIGHT, 3) if modality == "alleged" else sure
