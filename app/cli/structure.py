"""`communities` and `balance`: how the whole graph hangs together, and what in it contradicts itself."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.filtering import EVERYTHING, Filter, takes_filter
from app.cli.options import (
    DEFAULT_DATABASE_URL,
    DatabaseOption,
    JsonOption,
)
from app.cli.query import open_reader, print_answer


@takes_filter
def communities(
    signs: Annotated[
        str,
        typer.Option(metavar="signed|unsigned", help="Whether opposition sets apart, or ties as all else."),
    ] = "signed",
    resolution: Annotated[float, typer.Option(help="Above 1 makes more and smaller groups.")] = 1.0,
    seed: Annotated[int, typer.Option(help="Of the random order in which groups are sought.")] = 0,
    limit: Annotated[int, typer.Option(help="Most groups, and most borders between them.")] = 20,
    members: Annotated[int, typer.Option(help="Most members of a group to list.")] = 50,
    edges: Annotated[int, typer.Option(help="Most relations of each sort to show.")] = 2,
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Who belongs together, what ties each group, and what cuts them apart?"""
    from app.answers.communities import answer_communities
    from app.communities_schemas import CommunitiesQuestion
    from app.structure_presentation import print_communities

    question = CommunitiesQuestion.model_validate(
        {
            "signs": signs,
            "resolution": resolution,
            "seed": seed,
            "limit": limit,
            "members": members,
            "edges": edges,
            **where,
        }
    )
    with open_reader(database) as reader:
        answer = answer_communities(reader, question)
    print_answer(answer, print_communities, as_json=as_json)


@takes_filter
def balance(
    limit: Annotated[int, typer.Option(help="Most of each: parts, triads, ties to check, actors.")] = 5,
    weight: Annotated[
        str, typer.Option(metavar="ties|confidence", help="What a contradicting tie costs.")
    ] = "ties",
    ambivalent: Annotated[
        str, typer.Option(metavar="apart|lean", help="Pairs that are friend and foe at once.")
    ] = "apart",
    bucket: Annotated[
        str | None, typer.Option(metavar="day|week|month", help="Also the balance at the end of each.")
    ] = None,
    clock: Annotated[
        str, typer.Option(metavar="known|valid", help="Of --bucket: published by then, or held then.")
    ] = "known",
    svg: Annotated[
        Path | None, typer.Option("--svg", metavar="FILE", help="Also draw it, as an SVG picture.")
    ] = None,
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Which friendships and enmities contradict each other, who stands with whom, and what to check first?"""
    from app.answers.balance import answer_and_draw_balance, answer_balance
    from app.balance_schemas import BalancePictureQuestion
    from app.structure_presentation import print_balance

    question = BalancePictureQuestion.model_validate(
        {
            "limit": limit,
            "weight": weight,
            "ambivalent": ambivalent,
            "bucket": bucket,
            "clock": clock,
            "plot": "time" if bucket else "coalitions",
            **where,
        }
    )
    with open_reader(database) as reader:
        if svg is None:
            answer = answer_balance(reader, question)
        else:
            answer, picture = answer_and_draw_balance(reader, question)
            svg.write_text(picture, encoding="utf-8")
    print_answer(answer, print_balance, as_json=as_json)
