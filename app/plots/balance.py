"""The balance as a picture: two camps and what contradicts them, or how it went over time; SVG that stands on its own."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TypeAlias

from app.balance_schemas import BalanceAnswer, BalanceMoment, Coalitions, SignedTie
from app.schemas import EntityRef
from app.wording import clean_text, plural

_WIDTH = 960
_ROW, _TOP, _FOOT = 26, 128, 48
_LEFT_X, _RIGHT_X = 330, 630
DRAWN = 24
"""Most actors of a camp in a picture, those with most ties."""
_NAME_CHARS = 38
_PLOT_HEIGHT = 260
_BAR_WIDTH = 72

_STYLE = """
svg { color-scheme: light dark; }
.ground { fill: #ffffff; }
text { fill: #1b1b1b; font: 13px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.head { font-size: 17px; font-weight: 600; }
.soft { fill: #555555; }
.axis { stroke: #767676; stroke-width: 1; }
.friend { stroke: #0072b2; stroke-width: 1.5; fill: none; }
.foe { stroke: #8c8c8c; stroke-width: 1.5; stroke-dasharray: 2 4; fill: none; }
.wrong { stroke: #d55e00; stroke-width: 3.5; fill: none; }
.wrongfoe { stroke: #d55e00; stroke-width: 3.5; stroke-dasharray: 9 5; fill: none; }
.dot { fill: #1b1b1b; }
.trace { stroke: #1b1b1b; stroke-width: 2.5; fill: none; }
.loose { fill: #ffffff; stroke: #1b1b1b; stroke-width: 1.5; }
.up { fill: #0072b2; }
.down { fill: #e69f00; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #16181c; }
  text { fill: #ececec; }
  .soft { fill: #a9adb5; }
  .friend { stroke: #56b4e9; }
  .dot { fill: #ececec; }
  .trace { stroke: #ececec; }
  .loose { fill: #16181c; stroke: #ececec; }
  .up { fill: #56b4e9; }
}
"""
"""Okabe and Ito's colours (2008); dashes and widths tell the same, so that no colour needs to be seen."""

_CLASSES = {
    (False, True): "friend",
    (False, False): "foe",
    (True, True): "wrong",
    (True, False): "wrongfoe",
}
"""How a tie is drawn, by whether it contradicts the split and whether it is friendly."""

Places: TypeAlias = dict[str, tuple[int, int]]


def draw_coalitions(answer: BalanceAnswer, ties: Sequence[SignedTie]) -> str:
    """Return the two camps of the largest part as an SVG document, 960 pixels wide.

    Args:
        answer: The balance.
        ties: The ties to draw, those of the largest part that `answer` shows among them.
    """
    part = answer.parts.items[0] if answer.parts.items else None
    described = describe_coalitions(answer)
    if part is None:
        return _wrap("Coalitions", described, 140, [])
    camps = part.first.items[:DRAWN], part.second.items[:DRAWN]
    rows = max(map(len, camps))
    places = {
        actor.id: (x, _TOP + 30 + _ROW * row)
        for camp, x in zip(camps, (_LEFT_X, _RIGHT_X), strict=True)
        for row, actor in enumerate(camp)
    }
    wrong = {(tie.left.id, tie.right.id) for tie in part.contradictions.items}
    drawn = [tie for tie in ties if tie.sign and tie.left.id in places and tie.right.id in places]
    drawn.sort(key=lambda tie: (tie.left.id, tie.right.id) in wrong)
    loose = {actor.id for actor in part.loose}
    height = _TOP + 30 + _ROW * rows + _FOOT
    cut = part.actors - sum(map(len, camps))
    note = f"{plural(cut, 'actor')} with fewer ties not drawn." if cut else ""
    body = [
        *_draw_legend(),
        *_draw_camp_heads(part),
        *(_draw_tie(tie, places, (tie.left.id, tie.right.id) in wrong) for tie in drawn),
        *(_draw_actor(actor, places, is_loose=actor.id in loose) for camp in camps for actor in camp),
        f'<text class="soft" x="24" y="{height - 18}">{_clean(f"{_sum_up(answer)} {note}".strip())}</text>',
    ]
    return _wrap("Coalitions and what contradicts them", described, height, body)


def describe_coalitions(answer: BalanceAnswer) -> str:
    """Return in words what the picture of the coalitions shows."""
    if not answer.parts.items:
        return "No two actors support or oppose each other."
    part = answer.parts.items[0]
    first, second = (_list_names(camp.items, camp.total) for camp in (part.first, part.second))
    against = f" against {second}" if second else ", with nobody against them"
    contradictions = [
        f"{clean_text(tie.left.name)} and {clean_text(tie.right.name)} are "
        f"{'friends across' if tie.sign > 0 else 'foes within'}"
        for tie in part.contradictions.items
    ]
    told = (
        f" Against the split: {'; '.join(contradictions)}." if contradictions else " Nothing contradicts it."
    )
    return f"{first}{against}.{told} {_sum_up(answer)}"


def _list_names(actors: Sequence[EntityRef], total: int) -> str:
    names = ", ".join(clean_text(actor.name) for actor in actors[:8])
    return f"{names} and {total - 8:,} more" if total > 8 else names


def _sum_up(answer: BalanceAnswer) -> str:
    index = answer.frustration
    bounds = f"{index.upper:g}" if index.exact else f"{index.lower:g} to {index.upper:g}"
    of = "ties" if index.weight == "ties" else "summed confidence"
    return f"Frustration index {bounds} of {index.total:g} {of}, {'exact' if index.exact else 'bounded'}."


def _draw_legend() -> Iterator[str]:
    entries = (
        ("friend", "friends in a camp"),
        ("foe", "foes across"),
        ("wrong", "friends across: contradiction"),
        ("wrongfoe", "foes in a camp: contradiction"),
    )
    for (name, label), x in zip(entries, (24, 194, 324, 574), strict=True):
        yield f'<line class="{name}" x1="{x}" y1="62" x2="{x + 34}" y2="62"/>'
        yield f'<text x="{x + 42}" y="66">{label}</text>'
    yield '<circle class="loose" cx="41" cy="88" r="5"/>'
    yield '<text x="66" y="92">hollow: would fit either camp as well</text>'


def _draw_camp_heads(part: Coalitions) -> Iterator[str]:
    for camp, x, anchor, name in (
        (part.first, _LEFT_X, "end", "One camp"),
        (part.second, _RIGHT_X, "start", "The other"),
    ):
        label = f"{name}: {plural(camp.total, 'actor')}"
        yield f'<text class="soft" x="{x}" y="{_TOP + 4}" text-anchor="{anchor}">{label}</text>'


def _draw_actor(actor: EntityRef, places: Places, *, is_loose: bool) -> str:
    x, y = places[actor.id]
    is_left = x == _LEFT_X
    dot = x + 14 if is_left else x - 14
    name = clean_text(actor.name)
    shown = name if len(name) <= _NAME_CHARS else name[: _NAME_CHARS - 1] + "…"
    return (
        f'<circle class="{"loose" if is_loose else "dot"}" cx="{dot}" cy="{y}" r="5"/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="{"end" if is_left else "start"}">{_clean(shown)}</text>'
    )


def _draw_tie(tie: SignedTie, places: Places, is_wrong: bool) -> str:
    (x1, y1), (x2, y2) = places[tie.left.id], places[tie.right.id]
    dot1, dot2 = (x + 14 if x == _LEFT_X else x - 14 for x in (x1, x2))
    name = _CLASSES[is_wrong, tie.sign > 0]
    label = f"{tie.left.name} and {tie.right.name}: {'friends' if tie.sign > 0 else 'foes'}, confidence {tie.confidence:.2f}"
    bend = 0 if x1 != x2 else (1 if x1 == _LEFT_X else -1) * (18 + abs(y1 - y2) // 4)
    way = f"M{dot1} {y1} Q{(dot1 + dot2) // 2 + 2 * bend} {(y1 + y2) // 2} {dot2} {y2}"
    return f'<path class="{name}" d="{way}"><title>{_clean(label)}</title></path>'


def draw_over_time(answer: BalanceAnswer) -> str:
    """Return the balance over time as an SVG document, 960 pixels wide: ties up and down, and what contradicts."""
    moments = answer.over_time
    described = describe_over_time(moments)
    if not moments:
        return _wrap("Balance over time", described, 140, [])
    most = max(max(m.ties.positive, m.ties.negative, m.frustration_upper) for m in moments) or 1
    middle = 100 + _PLOT_HEIGHT // 2
    scale = (_PLOT_HEIGHT / 2 - 14) / most
    step = (_WIDTH - 110) / len(moments)
    body = [
        *_draw_time_legend(),
        f'<line class="axis" x1="70" y1="{middle}" x2="{_WIDTH - 30}" y2="{middle}"/>',
    ]
    points = []
    for place, moment in enumerate(moments):
        wide = min(max(step - 6, 2), _BAR_WIDTH)
        x = 71 + place * step + (step - wide) / 2
        up, down = moment.ties.positive * scale, moment.ties.negative * scale
        label = _clean(_describe_moment(moment))
        body.append(
            f'<g><title>{label}</title><rect class="up" x="{x:.1f}" y="{middle - up:.1f}" width="{wide:.1f}" height="{up:.1f}"/>'
            f'<rect class="down" x="{x:.1f}" y="{middle}" width="{wide:.1f}" height="{down:.1f}"/></g>'
        )
        points.append((x + wide / 2, middle - moment.frustration_upper * scale))
        if place % max(1, -(-len(moments) // 9)) == 0:
            body.append(
                f'<text class="soft" x="{x:.1f}" y="{100 + _PLOT_HEIGHT + 18}">{moment.day.isoformat()}</text>'
            )
    body.append(f'<polyline class="trace" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>')
    body += [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>' for x, y in points]
    body += [
        f'<text class="soft" x="62" y="{100 + 14}" text-anchor="end">{most:g}</text>',
        f'<text class="soft" x="62" y="{middle + 4}" text-anchor="end">0</text>',
        f'<text class="soft" x="62" y="{100 + _PLOT_HEIGHT - 6}" text-anchor="end">{most:g}</text>',
    ]
    return _wrap("Balance over time", described, 100 + _PLOT_HEIGHT + 40, body)


def describe_over_time(moments: Sequence[BalanceMoment]) -> str:
    """Return in words what the picture of the balance over time shows."""
    if not moments:
        return "No two actors support or oppose each other on a day that is known."
    first, last = moments[0], moments[-1]
    if first.day == last.day:
        return f"{_describe_moment(last)}."
    return f"At first, {_describe_moment(first)}. At last, {_describe_moment(last)}."


def _describe_moment(moment: BalanceMoment) -> str:
    return (
        f"by {moment.day.isoformat()}: {plural(moment.ties.positive, 'friendly tie')}, "
        f"{plural(moment.ties.negative, 'hostile tie')}, frustration index {moment.frustration_upper:g}, "
        f"{plural(moment.unbalanced_triads, 'unbalanced triad')} of {moment.balanced_triads + moment.unbalanced_triads:,}"
    )


def _draw_time_legend() -> Iterator[str]:
    entries: Mapping[str, tuple[str, int]] = {
        "up": ("friendly ties, upward", 24),
        "down": ("hostile ties, downward", 214),
    }
    for name, (label, x) in entries.items():
        yield f'<rect class="{name}" x="{x}" y="56" width="14" height="12"/><text x="{x + 22}" y="67">{label}</text>'
    yield '<line class="trace" x1="424" y1="62" x2="458" y2="62"/><circle class="dot" cx="441" cy="62" r="4"/>'
    yield '<text x="466" y="67">frustration index: least that contradicts any two camps</text>'


def _wrap(title: str, described: str, height: int, body: Sequence[str]) -> str:
    shown = [] if body else [f'<text class="soft" x="24" y="80">{_clean(described)}</text>']
    size = f'viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
            f'<title id="title">{_clean(title)}</title>',
            f'<desc id="desc">{_clean(described)}</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" width="{_WIDTH}" height="{height}" rx="6"/>',
            f'<text class="head" x="24" y="34">{_clean(title)}</text>',
            *body,
            *shown,
            "</svg>",
            "",
        ]
    )


def _clean(text: str) -> str:
    """Return text as it may stand in a document."""
    return escape(clean_text(text))
