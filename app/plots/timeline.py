"""A timeline as a picture: stacked bars of claims by kind, in SVG that needs nothing else to be drawn."""

from collections.abc import Iterator, Sequence
from html import escape

from app.timeline_schemas import TimeBucket, TimelineAnswer
from app.wording import clean_text, plural

_COLOURS = {
    "supports": "#009e73",
    "opposes": "#d55e00",
    "commands": "#0072b2",
    "member-of": "#cc79a7",
    "located-in": "#e69f00",
}
"""Okabe and Ito's colours (2008), which people of every colour vision tell apart; by kind of relation."""
_SPARE_COLOURS = ("#56b4e9", "#f0e442", "#8c8c8c")
_CLOCKS = {"published": "by day of publication", "valid": "by the day they speak of"}
_WHEN = {"day": "on", "week": "in the week from", "month": "in"}

_WIDTH, _HEIGHT = 960, 420
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 20, 92, 74
_PLOT_WIDTH, _PLOT_HEIGHT = _WIDTH - _LEFT - _RIGHT, _HEIGHT - _TOP - _BOTTOM
_MAX_LABELS = 10
_MAX_NAME_CHARS = 70

_STYLE = """
svg { color-scheme: light dark; }
.ground { fill: #ffffff; }
text { fill: #1b1b1b; font: 13px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
.head { font-size: 17px; font-weight: 600; }
.soft { fill: #555555; }
.line { stroke: #d8d8d8; stroke-width: 1; }
.axis { stroke: #767676; stroke-width: 1; }
.bars rect { stroke: #ffffff; stroke-width: var(--gap); }
@media (prefers-color-scheme: dark) {
  .ground { fill: #16181c; }
  text { fill: #ececec; }
  .soft { fill: #a9adb5; }
  .line { stroke: #33373e; }
  .bars rect { stroke: #16181c; }
}
"""


def draw_timeline(answer: TimelineAnswer) -> str:
    """Return a timeline as an SVG document, 960 by 420 pixels; it says in words what it shows, too."""
    size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title desc">',
        f'<title id="title">{_clean(describe_subject(answer))}</title>',
        f'<desc id="desc">{_clean(describe_timeline(answer))}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="ground" width="{_WIDTH}" height="{_HEIGHT}" rx="6"/>',
        f'<text class="head" x="{_LEFT}" y="32">{_clean(_shorten(describe_subject(answer)))}</text>',
        f'<text class="soft" x="{_LEFT}" y="52">{_clean(_describe_counting(answer))}</text>',
        *_draw_legend(answer),
        *_draw_axes(answer),
        *_draw_bars(answer),
        f'<text class="soft" x="{_LEFT}" y="{_HEIGHT - 16}">{_clean(_describe_rest(answer))}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def describe_subject(answer: TimelineAnswer) -> str:
    """Return what a timeline is of, as its heading."""
    names = " or ".join(clean_text(entity.name) for entity in answer.of)
    return f"{f'Claims about {names}' if names else 'All claims'} per {answer.bucket}"


def describe_timeline(answer: TimelineAnswer) -> str:
    """Return in sentences what a timeline shows, for those who do not see it."""
    if not answer.buckets:
        return f"{_say_why_empty(answer)} {_describe_rest(answer)}".strip()
    first, last = answer.buckets[0].start, answer.buckets[-1].end
    busiest = max(answer.buckets, key=lambda bucket: bucket.claims)
    totals = _sum_kinds(answer)
    kinds = ", ".join(f"{totals[kind]:,} {kind}" for kind in answer.kinds if totals[kind])
    sentences = [
        f"{plural(answer.shown, 'claim')} from {first} to {last}, counted {_CLOCKS[answer.clock]}"
        + (f": {kinds}." if kinds else ".")
    ]
    if busiest.claims:
        when = f"{_WHEN[answer.bucket]} {label_bucket(answer, busiest)}"
        sentences.append(f"Most {when}: {busiest.claims:,}.")
    quiet = sum(bucket.claims == 0 for bucket in answer.buckets)
    if quiet:
        sentences.append(f"{plural(quiet, answer.bucket)} of {len(answer.buckets):,} without any.")
    return " ".join([*sentences, _describe_rest(answer)]).strip()


def _say_why_empty(answer: TimelineAnswer) -> str:
    if answer.before.claims or answer.after.claims:
        return "No claim is from the days asked for."
    return "No claim has a date to be placed on." if answer.undated.claims else "There are no claims."


def label_bucket(answer: TimelineAnswer, bucket: TimeBucket) -> str:
    """Return the name of a bucket: `2014-06` for a month, else its first day."""
    return bucket.start.isoformat()[:7] if answer.bucket == "month" else bucket.start.isoformat()


def _describe_counting(answer: TimelineAnswer) -> str:
    once = ", copies of one story once" if answer.stories_once else ""
    return f"{plural(answer.shown, 'claim')}, {_CLOCKS[answer.clock]}{once}"


def _describe_rest(answer: TimelineAnswer) -> str:
    """Return what is not among the bars."""
    tallies = [*answer.buckets, answer.undated, answer.before, answer.after]
    parts = [
        (sum(tally.denied for tally in tallies), "denial", "denials"),
        (sum(tally.possible for tally in tallies), "mere possibility", "mere possibilities"),
        (answer.undated.claims, "undated claim", "undated claims"),
        (answer.before.claims, "earlier claim", "earlier claims"),
        (answer.after.claims, "later claim", "later claims"),
    ]
    told = [plural(count, one, many) for count, one, many in parts if count]
    return f"Not in the bars: {', '.join(told)}." if told else ""


def _sum_kinds(answer: TimelineAnswer) -> dict[str, int]:
    return {kind: sum(bucket.kinds.get(kind, 0) for bucket in answer.buckets) for kind in answer.kinds}


def _find_colours(kinds: Sequence[str]) -> dict[str, str]:
    spare = iter(_SPARE_COLOURS * len(kinds))
    return {kind: _COLOURS.get(kind) or next(spare) for kind in kinds}


def _draw_legend(answer: TimelineAnswer) -> Iterator[str]:
    colours, totals = _find_colours(answer.kinds), _sum_kinds(answer)
    x = float(_LEFT)
    for kind in answer.kinds:
        words = f"{kind} {totals[kind]:,}"
        yield f'<rect x="{x:g}" y="65" width="12" height="12" rx="2" fill="{colours[kind]}"/>'
        yield f'<text x="{x + 18:g}" y="76">{_clean(words)}</text>'
        x += 40 + 7.8 * len(words)


def _draw_axes(answer: TimelineAnswer) -> Iterator[str]:
    top = _find_top(answer)
    for value in range(0, top + 1, _find_step(top)):
        y = _TOP + _PLOT_HEIGHT * (1 - value / top)
        style = "line" if value else "axis"
        yield f'<line class="{style}" x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="soft" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,}</text>'
    width = _PLOT_WIDTH / max(len(answer.buckets), 1)
    every = -(-len(answer.buckets) // _MAX_LABELS) or 1
    for number in range(0, len(answer.buckets), every):
        x = _LEFT + width * (number + 0.5)
        y = _TOP + _PLOT_HEIGHT
        label = label_bucket(answer, answer.buckets[number])
        yield f'<line class="axis" x1="{x:.1f}" x2="{x:.1f}" y1="{y}" y2="{y + 5}"/>'
        yield f'<text class="soft" x="{x:.1f}" y="{y + 20}" text-anchor="middle">{label}</text>'


def _draw_bars(answer: TimelineAnswer) -> Iterator[str]:
    """Draw a group for each bucket that has a claim, whose own title says what is in it."""
    colours, top = _find_colours(answer.kinds), _find_top(answer)
    width = _PLOT_WIDTH / max(len(answer.buckets), 1)
    drawn = min(width * 0.82, 48.0) if width > 3 else width
    yield f'<g class="bars" style="--gap: {1 if drawn > 4 else 0}">'
    for number, bucket in enumerate(answer.buckets):
        if not bucket.claims:
            continue
        x = _LEFT + width * number + (width - drawn) / 2
        counts = ", ".join(f"{kind} {count:,}" for kind, count in bucket.kinds.items())
        told = f"{label_bucket(answer, bucket)}: {plural(bucket.claims, 'claim')} ({counts})"
        yield f"<g><title>{_clean(told)}</title>"
        y = float(_TOP + _PLOT_HEIGHT)
        for kind in answer.kinds:
            if count := bucket.kinds.get(kind):
                height = _PLOT_HEIGHT * count / top
                y -= height
                yield (
                    f'<rect x="{x:.2f}" y="{y:.2f}" width="{drawn:.2f}" height="{height:.2f}" '
                    f'fill="{colours[kind]}"/>'
                )
        yield "</g>"
    yield "</g>"


def _find_top(answer: TimelineAnswer) -> int:
    """Return where the axis ends: the first round number that no bar is higher than."""
    highest = max((bucket.claims for bucket in answer.buckets), default=0) or 1
    step = _find_step(highest)
    return -(-highest // step) * step


def _find_step(highest: int) -> int:
    """Return a round step that takes at most five to reach the highest bar."""
    step, factors = 1, (2, 2.5, 2)
    number = 0
    while step * 5 < highest:
        step = int(step * factors[number % 3])
        number += 1
    return step


def _shorten(words: str) -> str:
    return words if len(words) <= _MAX_NAME_CHARS else words[: _MAX_NAME_CHARS - 1] + "…"


def _clean(words: str) -> str:
    return escape(clean_text(words), quote=True)
