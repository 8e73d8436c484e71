"""Precision against recall as confidence rises, and a picture of it."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from tests.evaluation.matching import Judged

_WIDTH, _HEIGHT, _LEFT, _TOP, _SIDE = 900, 560, 70, 50, 440
# Okabe and Ito's colours, which the colour-blind tell apart; dashes do so in print.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00", "#56b4e9", "#8a6d00", "#7f7f7f")
_DASHES = ("none", "7 3", "2 3", "9 3 2 3")


class Point(NamedTuple):
    """Precision and recall of the claims whose confidence is `threshold` and more."""

    threshold: float
    precision: float
    recall: float


def build_curve(judged: Sequence[Judged], gold: int) -> list[Point]:
    """Return one point for each distinct confidence, the highest first.

    Args:
        judged: The counting claims.
        gold: How many counting claims gold has.

    Cost: O(n log n).
    """
    points: list[Point] = []
    right = 0
    ranked = sorted(judged, key=lambda claim: -claim.confidence)
    for number, claim in enumerate(ranked, start=1):
        right += claim.counts
        if number == len(ranked) or ranked[number].confidence < claim.confidence:
            precision, recall = right / number, right / max(1, gold)
            points.append(Point(round(claim.confidence, 4), round(precision, 4), round(recall, 4)))
    return points


def draw_curves(curves: Mapping[str, Sequence[Point]]) -> str:
    """Return an SVG of the curves, each from its most confident claims (left) to all of them (the dot)."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
            f'height="{_HEIGHT}" font-family="sans-serif" font-size="13" role="img">'
        ),
        "<title>Precision and recall over confidence</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        (
            f'<text x="{_LEFT}" y="28" font-size="16" font-weight="bold">Precision and recall of counting relations '
            "as the confidence asked for falls</text>"
        ),
        *_draw_axes(),
    ]
    for number, (name, points) in enumerate(curves.items()):
        if points:
            parts += _draw_curve(number, name, points)
    return "\n".join([*parts, "</svg>"]) + "\n"


def write_curves(path: Path, curves: Mapping[str, Sequence[Point]]) -> None:
    """Write the picture of the curves to a file."""
    path.write_text(draw_curves(curves), encoding="utf-8")


def _place(recall: float, precision: float) -> tuple[float, float]:
    return round(_LEFT + recall * _SIDE, 1), round(_TOP + (1 - precision) * _SIDE, 1)


def _draw_axes() -> list[str]:
    parts: list[str] = []
    for tenth in range(0, 11, 2):
        share = tenth / 10
        x, bottom = _place(share, 0)
        left, y = _place(0, share)
        parts += [
            f'<path d="M{x} {bottom}V{_TOP}M{left} {y}H{_LEFT + _SIDE}" stroke="#dddddd" fill="none"/>',
            f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{share:.1f}</text>',
            f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{share:.1f}</text>',
        ]
    middle, bottom = _place(0.5, 0)
    return [
        *parts,
        f'<text x="{middle}" y="{bottom + 42}" text-anchor="middle">recall</text>',
        (
            f'<text x="20" y="{_TOP + _SIDE / 2}" text-anchor="middle" '
            f'transform="rotate(-90 20 {_TOP + _SIDE / 2})">precision</text>'
        ),
    ]


def _draw_curve(number: int, name: str, points: Sequence[Point]) -> list[str]:
    colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    places = [_place(point.recall, point.precision) for point in points]
    line = " ".join(f"{x},{y}" for x, y in places)
    end_x, end_y = places[-1]
    x, y = _LEFT + _SIDE + 30, _TOP + 14 + 40 * number
    style = f'stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}" fill="none"'
    last = points[-1]
    return [
        f'<polyline points="{line}" {style}/>',
        f'<circle cx="{end_x}" cy="{end_y}" r="4" fill="{colour}"/>',
        f'<path d="M{x} {y - 4}h34" {style}/>',
        f'<text x="{x + 44}" y="{y}">{escape(name)}</text>',
        (
            f'<text x="{x + 44}" y="{y + 16}" fill="#555555" font-size="12">'
            f"all claims: P {last.precision:.2f}, R {last.recall:.2f}</text>"
        ),
    ]
