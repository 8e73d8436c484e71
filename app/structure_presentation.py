"""What `balance` and `communities` print on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.balance_schemas import (
    BalanceAnswer,
    Coalitions,
    EvidencedEdge,
    Shown,
    SignedTie,
    SignedTriad,
    TieToCheck,
)
from app.communities_schemas import CommunitiesAnswer, CommunityBorder, CommunityGroup
from app.presentation import draw_edge, print_quotes, print_table, print_text
from app.schemas import EntityRef
from app.wording import clean_text, plural

_STYLES = {1: "green", -1: "red", 0: "yellow"}
_NAMES_SHOWN = 30
_SMALL = 2


def print_balance(console: Console, answer: BalanceAnswer) -> None:
    """Print the signed analysis: how balanced, who is with whom, what contradicts it, and what to check first."""
    if not answer.actors and not answer.ambivalent.total:
        print_text(console, Text("No two actors support or oppose each other in what was asked for."))
        return
    _print_measures(console, answer)
    _print_parts(console, answer.parts)
    _print_triads(console, "Unbalanced triads", answer.triads.unbalanced)
    _print_triads(console, "Balanced triads", answer.triads.balanced)
    _print_checks(console, answer.to_check)
    _print_ambivalent(console, answer.ambivalent)
    _print_actors(console, answer)
    _print_moments(console, answer)


def _print_measures(console: Console, answer: BalanceAnswer) -> None:
    ties, triads, index = answer.ties, answer.triads, answer.frustration
    print_text(
        console,
        Text(
            f"{plural(answer.actors, 'actor')}: {plural(ties.positive, 'friendly tie')}, "
            f"{plural(ties.negative, 'hostile tie')}, {plural(ties.ambivalent, 'ambivalent pair')} set apart",
            style="bold",
        ),
    )
    bounds = f"{index.upper:g}" if index.exact else f"between {index.lower:g} and {index.upper:g}"
    unit = "ties" if index.weight == "ties" else "of summed confidence"
    print_text(
        console,
        Text(
            f"Frustration index: {bounds} of {index.total:g} {unit} ({'exact' if index.exact else 'not exact'}); "
            f"{index.balanced_share:.0%} balanced"
        ),
    )
    balanced, unbalanced = triads.balanced.total, triads.unbalanced.total
    line = f"Triads: {balanced:,} balanced, {unbalanced:,} unbalanced"
    if triads.balanced_share is not None and triads.expected_share is not None:
        line += f" ({triads.balanced_share:.0%} balanced; {triads.expected_share:.0%} by chance)"
    print_text(console, Text(line))
    if answer.walks.share is not None:
        error = f" ± {answer.walks.error:.3g}" if answer.walks.error else ""
        print_text(console, Text(f"Walk-based balance: {answer.walks.share:.3g}{error} (1 is balanced)"))


def _print_heading(console: Console, heading: str, shown: int, total: int) -> None:
    console.print()
    more = f" ({shown:,} of {total:,})" if shown < total else f" ({total:,})"
    print_text(console, Text(heading + more, style="bold"))


def _print_parts(console: Console, parts: Shown[Coalitions]) -> None:
    large = [part for part in parts.items if part.actors > _SMALL]
    for part in large:
        console.print()
        print_text(
            console,
            Text(
                f"Coalitions among {plural(part.actors, 'actor')}, {plural(part.ties, 'tie')}", style="bold"
            ),
        )
        print_text(console, _list_names("One camp: ", part.first.items, part.first.total), 3)
        if part.second.total:
            print_text(console, _list_names("The other: ", part.second.items, part.second.total), 3)
        if part.loose:
            print_text(console, _list_names("Would fit either as well: ", part.loose, len(part.loose)), 3)
        if part.contradictions.total:
            print_text(console, Text(f"Against the split: {plural(part.contradictions.total, 'tie')}"), 3)
        for tie in part.contradictions.items:
            print_text(console, Text("- ") + _draw_tie(tie), 5)
    rest = parts.total - len(large)
    if rest:
        console.print()
        what = (
            "other pair or part stands by itself" if rest == 1 else "other pairs or parts stand by themselves"
        )
        print_text(console, Text(f"{rest:,} {what}.", style="dim"))


def _list_names(label: str, actors: Sequence[EntityRef], total: int) -> Text:
    names = ", ".join(clean_text(actor.name) for actor in actors[:_NAMES_SHOWN])
    left = total - min(len(actors), _NAMES_SHOWN)
    return Text(f"{label}{names}{f' and {left:,} more' if left else ''}")


def _draw_tie(tie: SignedTie) -> Text:
    word = {1: "friend of", -1: "foe of", 0: "friend and foe of"}[tie.sign]
    line = Text(clean_text(tie.left.name), style="bold")
    line.append(f" {word} ", style=f"not bold {_STYLES[tie.sign]}")
    line.append(clean_text(tie.right.name), style="bold")
    sure = f"{tie.confidence:.2f}" if tie.sign else f"{tie.support:.2f} for, {tie.opposition:.2f} against"
    line.append(f"  confidence {sure}{', disputed' if tie.disputed else ''}", style="not bold dim")
    return line


def _print_triads(console: Console, heading: str, triads: Shown[SignedTriad]) -> None:
    if not triads.items:
        return
    _print_heading(console, heading, triads.shown, triads.total)
    for number, triad in enumerate(triads.items, start=1):
        names = ", ".join(clean_text(actor.name) for actor in triad.actors)
        print_text(console, Text(f"{number}. {names}  {triad.signs}"))
        for tie in triad.ties:
            _print_evidence(console, tie.relations)


def _print_evidence(console: Console, relations: Sequence[EvidencedEdge]) -> None:
    for item in relations:
        print_text(console, draw_edge(item.edge.source_name, item.edge.target_name, item.edge), 3)
        print_quotes(console, item.quotes)


def _print_checks(console: Console, checks: Shown[TieToCheck]) -> None:
    if not checks.items:
        return
    _print_heading(console, "Check first", checks.shown, checks.total)
    for number, check in enumerate(checks.items, start=1):
        print_text(console, Text(f"{number}. ") + _draw_tie(check.tie))
        effect = [f"frustration falls by {check.settles:g}"] if check.settles else []
        if check.triads_removed:
            fewer = check.triads_flipped if check.action == "flip" else check.triads_removed
            effect.append(f"{plural(fewer, 'unbalanced triad')} fewer")
        verb = "of the other sign" if check.action == "flip" else "not there"
        print_text(console, Text(f"if it were {verb}: {', '.join(effect)}", style="dim"), 3)
        _print_evidence(console, check.tie.relations)


def _print_ambivalent(console: Console, pairs: Shown[SignedTie]) -> None:
    if not pairs.items:
        return
    _print_heading(console, "Friend and foe at once", pairs.shown, pairs.total)
    for tie in pairs.items:
        print_text(console, _draw_tie(tie))
        _print_evidence(console, tie.relations)


def _print_actors(console: Console, answer: BalanceAnswer) -> None:
    torn = [actor for actor in answer.walks.actors if actor.share < 0.9995]
    if not torn:
        return
    console.print()
    print_text(
        console, Text("Least at peace with their surroundings, among those with most ties", style="bold")
    )
    table = _make_table(("actor", "ties", "walk-based balance"))
    for actor in torn:
        table.add_row(Text(clean_text(actor.entity.name)), f"{actor.ties:,}", f"{actor.share:.3f}")
    print_table(console, table)


def _make_table(columns: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left", overflow="fold")
    return table


def _print_moments(console: Console, answer: BalanceAnswer) -> None:
    if not answer.over_time:
        return
    console.print()
    print_text(console, Text("Over time", style="bold"))
    table = _make_table(
        ("by", "actors", "friendly", "hostile", "ambivalent", "unbalanced triads", "frustration")
    )
    for moment in answer.over_time:
        lower, upper = moment.frustration_lower, moment.frustration_upper
        table.add_row(
            moment.day.isoformat(),
            f"{moment.actors:,}",
            f"{moment.ties.positive:,}",
            f"{moment.ties.negative:,}",
            f"{moment.ties.ambivalent:,}",
            f"{moment.unbalanced_triads:,} of {moment.balanced_triads + moment.unbalanced_triads:,}",
            f"{upper:g}" if lower == upper else f"{lower:g} to {upper:g}",
        )
    print_table(console, table)


def print_communities(console: Console, answer: CommunitiesAnswer) -> None:
    """Print groups of actors, what ties each of them, and what cuts them apart."""
    found = answer.communities
    if not found.items:
        print_text(console, Text("Nobody is tied to anybody in what was asked for."))
        return
    sort = "signed modularity" if answer.signs == "signed" else "modularity"
    print_text(
        console,
        Text(
            f"{plural(found.total, 'community', 'communities')}, {sort} {answer.modularity:.3f}", style="bold"
        ),
    )
    names = {group.number: group.name for group in found.items}
    small = [group for group in found.items if group.members.total <= _SMALL]
    for group in found.items:
        if group not in small:
            _print_group(console, group)
    if small:
        console.print()
        print_text(console, Text(f"Pairs: {'; '.join(clean_text(group.name) for group in small)}"))
    for border in answer.borders.items:
        _print_border(console, border, names)
    _print_left_out(console, answer)


def _print_group(console: Console, group: CommunityGroup) -> None:
    console.print()
    print_text(
        console,
        Text(f"{group.number}. {clean_text(group.name)}  ", style="bold")
        + Text(plural(group.members.total, "actor"), style="not bold dim"),
    )
    actors = [member.entity for member in group.members.items]
    print_text(console, _list_names("", actors, group.members.total), 3)
    _print_edges(console, "held together by", group.ties)
    _print_edges(console, "strained by", group.strains)


def _print_border(console: Console, border: CommunityBorder, names: dict[int, str]) -> None:
    if not border.cuts.total and not border.bridges.total:
        return
    console.print()
    between = f"Between {border.left} ({names[border.left]}) and {border.right} ({names[border.right]})"
    print_text(console, Text(clean_text(between), style="bold"))
    _print_edges(console, "cut by", border.cuts)
    _print_edges(console, "bridged by", border.bridges)


def _print_edges(console: Console, label: str, edges: Shown[EvidencedEdge]) -> None:
    if not edges.total:
        return
    surest = ", the surest" if edges.shown == 1 else f", the surest {edges.shown:,}"
    shown = surest if 0 < edges.shown < edges.total else ""
    end = ":" if edges.items else ""
    print_text(console, Text(f"{label} {plural(edges.total, 'relation')}{shown}{end}", style="dim"), 3)
    for item in edges.items:
        print_text(console, draw_edge(item.edge.source_name, item.edge.target_name, item.edge), 5)
        print_quotes(console, item.quotes, 8)


def _print_left_out(console: Console, answer: CommunitiesAnswer) -> None:
    notes = []
    if answer.communities.shown < answer.communities.total:
        notes.append(f"{answer.communities.shown:,} of {answer.communities.total:,} groups shown")
    if answer.borders.shown < answer.borders.total:
        notes.append(f"{answer.borders.shown:,} of {answer.borders.total:,} borders shown")
    if answer.alone.total:
        notes.append(f"{plural(answer.alone.total, 'actor')} with no group")
    if notes:
        console.print()
        print_text(console, Text("; ".join(notes) + ".", style="dim"))
