"""Whether a confidence of 0.8 is right eight times in ten: `python -m tests.evaluation.calibration`.

Reliability tables put claims into ten bins by confidence and hold each bin's mean confidence against its precision.
Expected calibration error is the mean distance between the two, weighted by the bins' sizes (Naeini, Cooper and
Hauskrecht 2015; Guo et al. 2017), over bins of equal width and, as few claims have a low confidence, of equal mass.

What is judged is how sure the extractor is to have read the sentence right. The confidence of rumour is lowered so that
it never outweighs news, which says nothing of the reading; that weight is taken off first.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypedDict

from ingest.confidence import ALLEGED_WEIGHT
from tests.evaluation.matching import Judged

BINS = 10


class Bin(NamedTuple):
    """Claims of similar confidence: how many, their mean confidence, and the share that is right."""

    low: float
    high: float
    claims: int
    confidence: float
    precision: float


class RuleFigures(TypedDict):
    """How one rule's claims fare: `gap` is mean confidence less precision, so positive is overconfident."""

    claims: int
    confidence: float
    precision: float
    gap: float


class Calibration(TypedDict):
    """Reliability of one set: errors within [0, 1], the bins behind them, and each rule's figures."""

    claims: int
    ece_equal_width: float
    ece_equal_mass: float
    bins_equal_width: list[Bin]
    bins_equal_mass: list[Bin]
    by_family: dict[str, RuleFigures]
    by_rule: dict[str, RuleFigures]


def build_equal_width_bins(judged: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """Return the bins that are not empty, of one width each; a confidence on an edge falls into the bin below."""
    groups: dict[int, list[Judged]] = defaultdict(list)
    for claim in judged:
        groups[min(bins - 1, max(0, -int(-claim.confidence * bins // 1) - 1))].append(claim)
    return [_make_bin(group, number / bins, (number + 1) / bins) for number, group in sorted(groups.items())]


def build_equal_mass_bins(judged: Iterable[Judged], bins: int = BINS) -> list[Bin]:
    """Return bins of as many claims each, by confidence; claims of one confidence are never parted.

    A bin grows past its share where many claims have one confidence, so there may be fewer bins than asked for.
    """
    groups: dict[float, list[Judged]] = defaultdict(list)
    for claim in judged:
        groups[claim.confidence].append(claim)
    share = sum(map(len, groups.values())) / bins
    found: list[Bin] = []
    current: list[Judged] = []
    for _, group in sorted(groups.items()):
        current += group
        if len(current) >= share:
            found.append(_make_bin(current, current[0].confidence, current[-1].confidence))
            current = []
    if current:
        found.append(_make_bin(current, current[0].confidence, current[-1].confidence))
    return found


def _make_bin(claims: Sequence[Judged], low: float, high: float) -> Bin:
    count = len(claims)
    confidence = sum(claim.confidence for claim in claims) / count
    precision = sum(claim.right for claim in claims) / count
    return Bin(round(low, 4), round(high, 4), count, round(confidence, 4), round(precision, 4))


def get_ece(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error of bins, within [0, 1]; 0 where there are none."""
    total = sum(part.claims for part in bins)
    gaps = sum(part.claims * abs(part.confidence - part.precision) for part in bins)
    return round(gaps / total, 4) if total else 0.0


def group_by_rule(judged: Iterable[Judged], *, family: bool) -> dict[str, RuleFigures]:
    """Return figures by rule, or by rule family (`verb` of `verb:passive`), the most frequent first; the scorer is one."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for claim in judged:
        # The scorer's claims end in the probability of each, which makes no rules of their own.
        groups[claim.rule.partition(":" if family else "@")[0]].append(claim)
    figures: dict[str, RuleFigures] = {}
    for rule, claims in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])):
        part = _make_bin(claims, 0, 1)
        figures[rule] = {
            "claims": part.claims,
            "confidence": round(part.confidence, 3),
            "precision": round(part.precision, 3),
            "gap": round(part.confidence - part.precision, 3),
        }
    return figures


def summarize_calibration(judged: Sequence[Judged]) -> Calibration:
    """Return a set's reliability, the weight of rumour taken off, ready for JSON."""
    judged = [_take_off_rumour(claim) for claim in judged]
    width, mass = build_equal_width_bins(judged), build_equal_mass_bins(judged)
    return {
        "claims": len(judged),
        "ece_equal_width": get_ece(width),
        "ece_equal_mass": get_ece(mass),
        "bins_equal_width": width,
        "bins_equal_mass": mass,
        "by_family": group_by_rule(judged, family=True),
        "by_rule": group_by_rule(judged, family=False),
    }


def _take_off_rumour(claim: Judged) -> Judged:
    return claim._replace(confidence=min(1.0, claim.confidence / ALLEGED_WEIGHT)) if claim.alleged else claim


def format_bins(title: str, calibration: Calibration) -> str:
    """Return a set's reliability table as lines, by equal width."""
    lines = [
        (
            f"{title}: {calibration['claims']} claims, expected calibration error "
            f"{calibration['ece_equal_width']:.3f} by equal width, {calibration['ece_equal_mass']:.3f} by equal mass"
        )
    ]
    lines.append(f"  {'confidence':12} {'claims':>6} {'mean':>6} {'right':>6}")
    lines += [
        f"  {part.low:.2f} - {part.high:.2f}  {part.claims:6} {part.confidence:6.3f} {part.precision:6.3f}"
        for part in calibration["bins_equal_width"]
    ]
    return "\n".join(lines)


def format_rules(title: str, figures: dict[str, RuleFigures]) -> str:
    """Return figures by rule as lines of a table."""
    lines = [f"{title:32} {'claims':>6} {'mean':>6} {'right':>6} {'gap':>7}"]
    lines += [
        f"{rule:32} {row['claims']:6} {row['confidence']:6.3f} {row['precision']:6.3f} {row['gap']:+7.3f}"
        for rule, row in figures.items()
    ]
    return "\n".join(lines)


def main() -> int:
    """Print the reliability of our own gold, unseen sentences and documents, by rule as well."""
    # What is measured uses none of this module, and a script that reuses the module need not load a parser.
    from tests.evaluation.baseline import ComparedPipeline  # noqa: PLC0415
    from tests.evaluation.own_sets import measure_own_sets  # noqa: PLC0415

    for name, (ours, _) in measure_own_sets(ComparedPipeline.load()).items():
        calibration = summarize_calibration(ours.judged)
        print(format_bins(name, calibration))
        print(format_rules(f"{name} by rule", calibration["by_rule"]), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
