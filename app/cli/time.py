"""`timeline`, `diff` and `between`: what is asked of the graph over time, and what lies between two actors."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.filtering import EVERYTHING, Filter, takes_filter
from app.cli.options import (
    DEFAULT_DATABASE_URL,
    DatabaseOption,
    JsonOption,
)
from app.cli.query import open_reader, print_answer, print_json


@takes_filter
def timeline(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Names or ids; none is everyone.")
    ] = None,
    bucket: Annotated[str, typer.Option(metavar="day|week|month", help="Span of one count.")] = "month",
    clock: Annotated[
        str,
        typer.Option(
            metavar="published|valid", help="Count on the day of publication, or on the day spoken of."
        ),
    ] = "published",
    stories_once: Annotated[
        bool, typer.Option("--stories-once", help="Count copies of one story once.")
    ] = False,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="First day to show.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Last day to show.")] = None,
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Also draw it, as an SVG picture.")
    ] = None,
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """How much was claimed of these actors, or of everyone, and when?"""
    from app.answers.timeline import answer_timeline
    from app.time_presentation import print_timeline
    from app.timeline_schemas import TimelineQuestion

    question = TimelineQuestion.model_validate(
        {
            "of": names or [],
            "bucket": bucket,
            "clock": clock,
            "stories_once": stories_once,
            "since": since,
            "until": until,
            **where,
        }
    )
    with open_reader(database) as reader:
        answer = answer_timeline(reader, question)
    if svg is not None:
        from app.plots.timeline import draw_timeline

        svg.write_text(draw_timeline(answer), encoding="utf-8")
    print_answer(answer, print_timeline, as_json=as_json)


@takes_filter
def diff(
    from_: Annotated[str, typer.Argument(metavar="FROM", help="The earlier day (YYYY-MM-DD).")],
    to: Annotated[str, typer.Argument(metavar="TO", help="The later day.")],
    of: Annotated[
        list[str] | None, typer.Option("--of", metavar="NAME", help="Only relations of these.")
    ] = None,
    reading: Annotated[
        str,
        typer.Option(metavar="held|known", help="What held on each day, or what had been published by it."),
    ] = "held",
    limit: Annotated[int, typer.Option(help="Most changes of each sort to show.")] = 20,
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """What changed between two days, and which sentences say so?"""
    from app.answers.diff import answer_diff
    from app.diff_schemas import DiffQuestion
    from app.time_presentation import print_diff

    question = DiffQuestion.model_validate(
        {
            "from": from_,
            "to": to,
            "of": of or [],
            "reading": reading,
            "limit": limit,
            **where,
        }
    )
    with open_reader(database) as reader:
        answer = answer_diff(reader, question)
    print_answer(answer, print_diff, as_json=as_json)


@takes_filter
def between(
    source: Annotated[str, typer.Argument(metavar="A", help="Name or id.")],
    target: Annotated[str, typer.Argument(metavar="B", help="Name or id.")],
    max_hops: Annotated[int, typer.Option("--max-hops", help="Longest path to look along (1 to 12).")] = 3,
    limit: Annotated[int, typer.Option(help="Most actors and places.")] = 50,
    direction: Annotated[
        str, typer.Option(metavar="any|out", help="`out` walks relations forward only.")
    ] = "any",
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """What lies between A and B: all that their short paths run through?"""
    from app.answers.evidence import find_relation_quotes
    from app.answers.overview import answer_between
    from app.presentation import build_console
    from app.queries import BetweenQuestion
    from app.time_presentation import print_between

    question = BetweenQuestion.model_validate(
        {
            "from": source,
            "to": target,
            "max_hops": max_hops,
            "limit": limit,
            "direction": direction,
            **where,
        }
    )
    with open_reader(database) as reader:
        answer = answer_between(reader, question)
        if as_json:
            print_json(answer)
            return
        quotes = find_relation_quotes(reader, [edge.id for edge in answer.edges], question)
    print_between(build_console(), answer, quotes)
