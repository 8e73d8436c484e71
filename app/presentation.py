"""Answers for people: what `path`, `show`, `top`, `judge` and `extract` print on a terminal.

Texts come from anywhere, so control characters in them are dropped before they reach a terminal, and nothing in them
is read as markup. Colours vanish when the output is no terminal or `NO_COLOR` is set; lines wrap to its width.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from app.ingest_schemas import ExtractedClaim, ExtractionAnswer
from app.judgement_schemas import Candidate
from app.schemas import (
    DocumentRef,
    Edge,
    Entity,
    EntityDetail,
    Hop,
    MentionInContext,
    Page,
    Path,
    PathAnswer,
    Quote,
    Ranked,
    Ranking,
    Relation,
)
from app.wording import clean_text, describe_breaks, name_speaker, plural
from graph.ontology import get_ontology

_SIGN_STYLES: Mapping[int, str] = {1: "green", -1: "red", 0: "cyan"}
_SIGN_WORDS: Mapping[int, str] = {1: "positive", -1: "negative", 0: "none (no hop takes sides)"}
_MIN_WIDTH = 40
_QUOTE_CHARS = 400
_ALIASES_SHOWN = 8
_EXCERPT_REACH = 120


class _Terminal(Console):
    """A console that leaves it to the command line what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Say that whoever read the output has gone."""
        raise BrokenPipeError


def build_console(file: IO[str] | None = None) -> Console:
    """Return a console for answers; it is as wide as the terminal, and 100 columns into a pipe."""
    console = _Terminal(file=file or sys.stdout, highlight=False, markup=False, emoji=False)
    console.width = 100 if not console.is_terminal else max(console.width, _MIN_WIDTH)
    return console


def print_path(console: Console, answer: PathAnswer) -> None:
    """Print the ways between two actors, each hop with its quotes, and what they come to."""
    ends = f"{answer.from_.name} to {answer.to.name}"
    if not answer.paths:
        print_text(console, Text(f"No path from {ends} within the limits asked for."))
        console.print(
            Text("Try more hops (--max-hops), both directions (--direction any), or fewer filters.")
        )
        return
    at_least = "" if answer.total_exact else "at least "
    title = Text(f"{ends}: {plural(answer.shown, 'path')} of {at_least}{answer.total:,}", style="bold")
    print_text(console, title)
    for number, path in enumerate(answer.paths, start=1):
        console.print()
        if len(answer.paths) > 1:
            print_text(console, Text(f"Path {number}, {plural(path.length, 'hop')}", style="bold"))
        _print_hops(console, path)
    if answer.breaks is not None:
        console.print()
        for sentence in describe_breaks(answer.breaks):
            print_text(console, Text(sentence))


def _print_hops(console: Console, path: Path) -> None:
    for number, hop in enumerate(path.hops, start=1):
        line = Text(f"{number}. ")
        line.append_text(_draw_hop(hop))
        print_weighed(console, line, hop.edge)
        print_quotes(console, hop.quotes)
        if hop.edge.origin == "gazetteer":
            print_text(console, Text("Known from geography, not from a text.", style="dim"), 3)
    weakest = path.hops[path.weakest_hop]
    summary = Text("Net sign: ")
    summary.append(_SIGN_WORDS[path.sign], style=_SIGN_STYLES[path.sign])
    summary.append(f"   Confidence: {path.confidence:.2f} (product over the hops)   Weakest hop: ")
    summary.append(f"{path.weakest_hop + 1} ({weakest.edge.confidence:.2f})")
    print_text(console, summary)


def _draw_hop(hop: Hop) -> Text:
    return draw_edge(hop.from_.name, hop.to.name, hop.edge, forward=hop.walked == "forward")


def draw_edge(left: str, right: str, edge: Edge, *, forward: bool = True) -> Text:
    """Return `A —supports→ B`, or `A ←supports— B` where the relation points the other way."""
    label = edge.kind if edge.how is None else f"{edge.kind}/{edge.how}"
    arrow = f" —{label}→ " if forward else f" ←{label}— "
    line = Text(clean_text(left), style="bold")
    line.append(arrow, style=f"not bold {_SIGN_STYLES[edge.sign]}")
    line.append(clean_text(right), style="bold")
    return line


def print_weighed(console: Console, line: Text, edge: Edge) -> None:
    """Print a relation with what speaks for it, behind it or, where that is too long, below it."""
    weight = _weigh(edge)
    if line.cell_len + len(weight) + 2 <= console.width:
        print_text(console, line + Text(f"  {weight}", style="dim"))
    else:
        print_text(console, line)
        print_text(console, Text(weight, style="dim"), 3)


def _weigh(edge: Edge) -> str:
    if edge.origin == "gazetteer":
        return f"confidence {edge.confidence:.2f}"
    parts = [
        f"confidence {edge.confidence:.2f}",
        plural(edge.claims, "claim"),
        plural(edge.independent_sources, "independent source"),
    ]
    if edge.disputed:
        denials = f", {plural(edge.denials, 'denial')}" if edge.denials else ""
        parts.append(f"disputed{denials}")
    return ", ".join(parts)


def print_quotes(console: Console, quotes: Iterable[Quote], indent: int = 3) -> None:
    """Print quotes; words that several outlets print alike stand once, with all of them behind."""
    citations: dict[tuple[str, str], list[str]] = {}
    for quote in quotes:
        citations.setdefault((quote.polarity, clean_text(quote.text)), []).append(_cite(quote))
    for (polarity, text), cited in citations.items():
        shown = text if len(text) <= _QUOTE_CHARS else text[: _QUOTE_CHARS - 1] + "…"
        line = Text()
        line.append("Denied: " if polarity == "denied" else "", style="red")
        line.append(f"“{shown}”", style="italic")
        print_text(console, line, indent)
        print_text(console, Text("; ".join(cited), style="dim"), indent + 2)


def print_text(console: Console, text: Text, indent: int = 0) -> None:
    """Print text wrapped within the terminal, every line indented and none ending in blanks."""
    for line in text.wrap(console, console.width - indent):
        line.rstrip()
        console.print(Text(" " * indent) + line, soft_wrap=True)


def print_table(console: Console, table: Table) -> None:
    """Print a table, no line of which ends in blanks."""
    for line in console.render_lines(table, pad=False):
        text = Text.assemble(*((part.text, part.style or "") for part in line))
        text.rstrip()
        console.print(text, soft_wrap=True)


def _cite(quote: Quote) -> str:
    parts = [_cite_document(quote.document)]
    said = quote.attributed_to
    speaker = name_speaker(said.text, said.entity.name if said.entity else None) if said else None
    if speaker is not None:
        parts.append(f"according to {speaker}")
    if quote.modality not in {"asserted", "reported"} or (quote.modality == "reported" and speaker is None):
        parts.append(quote.modality)
    return " · ".join(parts)


def _cite_document(document: DocumentRef) -> str:
    where = clean_text(document.source or document.title or document.id)
    return f"{where}, {document.published_on.isoformat() if document.published_on else 'undated'}"


def print_entity(
    console: Console,
    entity: EntityDetail,
    relations: Page[Relation],
    geography: Page[Relation],
    quotes: Mapping[str, Sequence[Quote]],
) -> None:
    """Print one actor or place: its names, what texts say of it with a quote each, and what geography knows."""
    print_text(console, Text.assemble((clean_text(entity.name), "bold"), f"  {entity.type}, id {entity.id}"))
    place = ", ".join(part for part in (entity.admin1, entity.country_code) if part)
    facts = [
        plural(entity.mentions, "mention"),
        f"{plural(entity.degree.total, 'relation')} ({entity.degree.out:,} out, {entity.degree.in_:,} in)",
        *([place] if place and entity.type != "country" else []),
    ]
    print_text(console, Text(" · ".join(facts)))
    names = [name.text for name in entity.names if name.mentions and name.text != entity.name]
    if names:
        print_text(console, Text(f"Texts also call it: {', '.join(map(clean_text, names))}"))
    for relation in relations.items:
        console.print()
        print_weighed(console, draw_edge(relation.source_name, relation.target_name, relation), relation)
        print_quotes(console, quotes.get(relation.id, ()))
    if relations.total > len(relations.items):
        shown = f"{len(relations.items):,} of {relations.total:,} relations in texts"
        console.print()
        print_text(console, Text(f"{shown}; --limit {relations.total} shows all.", style="dim"))
    _print_geography(console, entity, geography)


def _print_geography(console: Console, entity: EntityDetail, geography: Page[Relation]) -> None:
    """Print in a line or two where a place lies and what lies in it; no text is needed to know that."""
    around = [clean_text(edge.target_name) for edge in geography.items if edge.source == entity.id]
    within = [clean_text(edge.source_name) for edge in geography.items if edge.target == entity.id]
    facts = [f"it is in {', '.join(around)}"] if around else []
    facts += [f"it holds {', '.join(within)}"] if within else []
    if facts:
        left = geography.total - len(geography.items)
        more = f", and {left:,} more" if left else ""
        console.print()
        print_text(console, Text(f"Known from geography: {'; '.join(facts)}{more}.", style="dim"))


def print_ranking(console: Console, ranking: Ranking) -> None:
    """Print actors by a measure, highest first."""
    if not ranking.items:
        print_text(console, Text("There is nobody to rank in what was asked for."))
        return
    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    table.add_column("#", justify="right")
    table.add_column("actor", overflow="fold")
    table.add_column("type", overflow="fold")
    table.add_column(ranking.metric, justify="right", overflow="fold")
    table.add_column("relations", justify="right", overflow="fold")
    for item in ranking.items:
        score = f"{item.score:,.0f}" if float(item.score).is_integer() else f"{item.score:.4f}"
        name = Text(clean_text(item.entity.name))
        table.add_row(str(item.rank), name, item.entity.type, score, f"{item.relations:,}")
    print_table(console, table)
    for item in ranking.items:
        _print_carrying(console, item)
    how = "exact" if ranking.exact else f"sampled, within ± {ranking.error_bound or 0:.4f}"
    print_text(console, Text(f"{ranking.shown:,} of {ranking.total:,}, {how}.", style="dim"))


def _print_carrying(console: Console, item: Ranked) -> None:
    """Print the relations that carry an actor's score, where that was asked for."""
    if not item.carried_by:
        return
    console.print()
    print_text(console, Text(f"{item.rank}. {clean_text(item.entity.name)} is carried by", style="bold"))
    for carrying in item.carried_by:
        line = Text(f"{carrying.share:6.1%}  ")
        relation = carrying.relation
        line.append_text(draw_edge(relation.source_name, relation.target_name, relation))
        print_weighed(console, line, relation)


def print_candidate(console: Console, candidate: Candidate, number: int, total: int) -> None:
    """Print two that are likely one, each with its names and where a text says one of them, and what speaks for it."""
    print_text(console, Text(f"Pair {number} of {total:,}, score {candidate.score:.2f}", style="bold"))
    _print_side(console, 1, candidate.left, candidate.left_mention)
    _print_side(console, 2, candidate.right, candidate.right_mention)
    for reason in candidate.reasons:
        print_text(console, Text(f"- {clean_text(reason)}"), 3)


def _print_side(console: Console, number: int, entity: Entity, mention: MentionInContext | None) -> None:
    facts = [entity.type, entity.country_code, plural(entity.mentions, "mention"), f"id {entity.id}"]
    line = Text(f"{number}. ")
    line.append(clean_text(entity.name), style="bold")
    line.append("  " + ", ".join(filter(None, facts)))
    print_text(console, line)
    if entity.aliases:
        print_text(console, Text(f"also {', '.join(map(clean_text, entity.aliases[:_ALIASES_SHOWN]))}"), 3)
    if mention is None:
        print_text(console, Text("No text mentions it.", style="dim"), 3)
        return
    print_text(console, Text(f"“{_trim_excerpt(mention)}”", style="italic"), 3)
    print_text(console, Text(_cite_document(mention.document), style="dim"), 5)


def _trim_excerpt(mention: MentionInContext) -> str:
    """Return an excerpt without the halves of words it was cut in; nothing of the mention itself is cut."""
    start = mention.start_char - mention.excerpt_start
    before, after = mention.excerpt[:start], mention.excerpt[start + len(mention.text) :]
    if mention.excerpt_start > 0 and " " in before:
        before = "… " + before.partition(" ")[2]
    if len(after) >= _EXCERPT_REACH and " " in after:
        after = after.rpartition(" ")[0] + " …"
    return clean_text(before + mention.text + after)


def print_extraction(console: Console, answer: ExtractionAnswer) -> None:
    """Print what a text says, before any of it is stored."""
    found = {(entity.entity, entity.type): None for entity in answer.entities}
    print_text(console, Text(plural(len(found), "actor or place", "actors and places"), style="bold"))
    for name, kind in found:
        print_text(console, Text(f"  {clean_text(name)} ({kind})"))
    print_text(console, Text(plural(len(answer.claims), "claim"), style="bold"))
    for claim in answer.claims:
        print_text(console, _draw_claim(claim))
        print_text(console, Text(f"“{clean_text(claim.quote)}”", style="italic"), 4)
        print_text(console, Text(f"{claim.rule}, at “{clean_text(claim.trigger)}”", style="dim"), 4)


def _draw_claim(claim: ExtractedClaim) -> Text:
    label = claim.kind if claim.how is None else f"{claim.kind}/{claim.how}"
    sign = get_ontology().get_relation(claim.kind).sign
    line = Text("  ")
    line.append(clean_text(claim.source), style="bold")
    line.append(f" —{label}→ ", style=_SIGN_STYLES[sign])
    line.append(clean_text(claim.target), style="bold")
    marks = [mark for mark in (claim.polarity, claim.modality) if mark not in {"affirmed", "asserted"}]
    speaker = name_speaker(claim.attributed_to, claim.speaker) if claim.attributed_to else None
    said_by = [f"according to {speaker}"] if speaker else []
    line.append("  " + ", ".join([*marks, *said_by, f"confidence {claim.confidence:.2f}"]), style="dim")
    return line
