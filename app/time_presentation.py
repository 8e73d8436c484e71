"""What `timeline`, `diff` and `between` print on a terminal."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.diff_schemas import DiffAnswer, RelationChange, SignChange
from app.plots.timeline import describe_subject, describe_timeline, label_bucket
from app.presentation import draw_edge, print_quotes, print_table, print_text, print_weighed
from app.schemas import EntityRef, Quote, Subgraph
from app.timeline_schemas import TimelineAnswer
from app.wording import clean_text, plural

_LABEL_CELLS = 12
_LEAST_BAR_CELLS, _MOST_BAR_CELLS = 8, 40
_STYLES = {"supports": "green", "opposes": "red"}
_STANCES = {1: "support", -1: "opposition"}
_READINGS = {"held": "by what held on each day", "known": "by what had been published by each day"}


def print_timeline(console: Console, answer: TimelineAnswer) -> None:
    """Print a line for each bucket: its claims by kind, and a bar."""
    print_text(console, Text(describe_subject(answer), style="bold"))
    print_text(console, Text(describe_timeline(answer)))
    if not answer.buckets:
        return
    console.print()
    columns = _choose_columns(answer, console.width)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(answer.bucket, no_wrap=True)
    for heading in columns:
        style = _STYLES.get(heading, "cyan" if heading in answer.kinds else "")
        table.add_column(heading, justify="right", style=style, no_wrap=True)
    table.add_column("", no_wrap=True)
    cells = max(_LEAST_BAR_CELLS, min(_MOST_BAR_CELLS, console.width - _measure(columns)))
    most = max(bucket.claims for bucket in answer.buckets) or 1
    for bucket in answer.buckets:
        counts = {"claims": bucket.claims, "denied": bucket.denied, "possible": bucket.possible}
        counts |= {kind: bucket.kinds.get(kind, 0) for kind in answer.kinds}
        bar = "█" * -(-bucket.claims * cells // most)
        shown = [f"{counts[heading]:,}" if counts[heading] else "·" for heading in columns]
        table.add_row(label_bucket(answer, bucket), *shown, bar)
    print_table(console, table)
    if len(columns) == 1 and answer.kinds:
        wider = f"A wider terminal has room for the kinds of each {answer.bucket}."
        print_text(console, Text(wider, style="dim"))


def _choose_columns(answer: TimelineAnswer, width: int) -> list[str]:
    """Return the counts of each bucket that a line has room for beside its bar; that of all claims always."""
    has_doubt = any(bucket.denied or bucket.possible for bucket in answer.buckets)
    kinds = ["claims", *answer.kinds]
    choices = [[*kinds, "denied", "possible"] if has_doubt else kinds, kinds, ["claims"]]
    return next((c for c in choices if _measure(c) + _LEAST_BAR_CELLS <= width), choices[-1])


def _measure(columns: Sequence[str]) -> int:
    """Return how many cells a line takes before its bar."""
    return _LABEL_CELLS + sum(len(heading) + 2 for heading in columns)


def print_diff(console: Console, answer: DiffAnswer) -> None:
    """Print what changed between two days, each change with the sentences that made it."""
    names = " or ".join(clean_text(entity.name) for entity in answer.of)
    about = f" about {names}" if names else ""
    title = f"From {answer.from_} to {answer.to}{about}, {_READINGS[answer.reading]}"
    print_text(console, Text(title, style="bold"))
    total = answer.total
    counts = (
        f"{total.appeared:,} appeared, {total.ended:,} ended, {total.changed_sign:,} changed sign, "
        f"{total.became_disputed:,} became disputed."
    )
    print_text(console, Text(counts))
    _print_sign_changes(console, answer)
    _print_changes(console, "Became disputed", answer.became_disputed, total.became_disputed)
    _print_changes(console, "Ended", answer.ended, total.ended)
    _print_changes(console, "Appeared", answer.appeared, total.appeared)


def _print_heading(console: Console, heading: str, shown: int, total: int) -> None:
    of_all = f"{shown:,} of {total:,}; --limit {total} shows all" if shown < total else f"{total:,}"
    console.print()
    print_text(console, Text(f"{heading} ({of_all})", style="bold underline"))


def _print_changes(console: Console, heading: str, changes: Sequence[RelationChange], total: int) -> None:
    if not total:
        return
    _print_heading(console, heading, len(changes), total)
    for change in changes:
        relation = change.relation
        print_weighed(console, draw_edge(relation.source_name, relation.target_name, relation), relation)
        if change.day is not None:
            told = "Held until" if change.after is None else "From"
            print_text(console, Text(f"{told} {change.day}:", style="dim"), 3)
        _print_causes(console, change.claims, change.quotes)


def _print_sign_changes(console: Console, answer: DiffAnswer) -> None:
    if not answer.total.changed_sign:
        return
    _print_heading(console, "Changed sign", len(answer.changed_sign), answer.total.changed_sign)
    for change in answer.changed_sign:
        print_text(console, _describe_turn(change))
        _print_causes(console, change.claims, change.quotes)


def _describe_turn(change: SignChange) -> Text:
    line = Text.assemble(
        (clean_text(change.source.name), "bold"),
        " and ",
        (clean_text(change.target.name), "bold"),
        f": from {_STANCES[change.sign_before]} to {_STANCES[change.sign_after]}",
    )
    sides = f"  confidence {change.before[0].confidence:.2f} before, {change.after[0].confidence:.2f} after"
    return line + Text(sides, style="dim")


def _print_causes(console: Console, claims: Sequence[str], quotes: Sequence[Quote]) -> None:
    print_quotes(console, quotes)
    if len(claims) > len(quotes):
        more = f"and {plural(len(claims) - len(quotes), 'claim')} more"
        print_text(console, Text(more, style="dim"), 3)


def print_between(console: Console, answer: Subgraph, quotes: Mapping[str, Sequence[Quote]]) -> None:
    """Print what lies between two actors: who, and which relations join them, with a quote each."""
    ends = " and ".join(clean_text(entity.name) for entity in answer.of)
    hops = f"within {plural(answer.depth, 'hop')}"
    if not answer.nodes:
        print_text(console, Text(f"Nothing lies between {ends} {hops}."))
        print_text(console, Text("Try more hops (--max-hops), or fewer filters."))
        return
    names = {node.id: node for node in answer.nodes}
    within = [node for node in answer.nodes if node.id not in {entity.id for entity in answer.of}]
    print_text(console, Text(f"Between {ends}, {hops}", style="bold"))
    print_text(console, Text(_describe_members(within)))
    for edge in answer.edges:
        console.print()
        left, right = names[edge.source].name, names[edge.target].name
        print_weighed(console, draw_edge(left, right, edge), edge)
        print_quotes(console, quotes.get(edge.id, ()))
    if answer.shown != answer.total or not answer.total_exact:
        at_least = "" if answer.total_exact else "at least "
        shown = f"{answer.shown.nodes:,} of {at_least}{plural(answer.total.nodes, 'actor or place', 'actors and places')}"
        relations = f"{answer.shown.edges:,} of {at_least}{plural(answer.total.edges, 'relation')}"
        console.print()
        print_text(console, Text(f"{shown}, {relations}; --limit shows more.", style="dim"))


def _describe_members(within: Sequence[EntityRef]) -> str:
    if not within:
        return "Nobody else; they are joined directly."
    return ", ".join(f"{clean_text(node.name)} ({node.type})" for node in within)
