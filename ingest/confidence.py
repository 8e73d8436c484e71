"""From what a rule gives its finding to a claim's confidence: the share of such claims that hold."""

from bisect import bisect_right

from graph.models import Modality

# Rumour, accusation and guesses never outweigh news.
ALLEGED_WEIGHT = 0.6

# Raw confidence and the share of claims that held, a monotone fit (pool adjacent violators, its steps joined by lines) to
# the 495 counting claims of our own gold sentences and documents; neither unseen sentences nor public sets went in. Rules
# are modest: of what they gave 0.9, 95 in 100 held. Below 0.45 too little was found to tell, and the line runs to nothing.
KNOTS = ((0.0, 0.0), (0.45, 0.74), (0.7, 0.8), (0.8, 0.93), (1.0, 0.96))
_RAW = [raw for raw, _ in KNOTS]


def calibrate(raw: float) -> float:
    """Return the share of findings of this raw confidence that hold, straight lines between the knots.

    Args:
        raw: The product of a rule's precision and how surely its ends were found, within [0, 1].
    """
    place = min(max(1, bisect_right(_RAW, raw)), len(KNOTS) - 1)
    (left, low), (right, high) = KNOTS[place - 1], KNOTS[place]
    return round(low + (high - low) * (raw - left) / (right - left), 3)


def weigh(raw: float, modality: Modality) -> float:
    """Return a claim's confidence: calibrated, and six tenths of it for what is only alleged."""
    sure = calibrate(raw)
    return round(sure * ALLEGED_WEIGHT, 3) if modality == "alleged" else sure
