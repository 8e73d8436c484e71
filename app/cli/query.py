"""`path`, `show` and `top`: what is asked of the graph."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from app.cli.filtering import EVERYTHING, Filter, takes_filter
from app.cli.group import CommandFailed
from app.cli.options import (
    DEFAULT_DATABASE_URL,
    DatabaseOption,
    JsonOption,
    open_store,
)

if TYPE_CHECKING:
    from rich.console import Console

    from app.answers.reader import Reader
    from app.queries import GraphFilter
    from app.schemas import Page, Relation, Wire

Answer = TypeVar("Answer", bound="Wire")

_PAGE = 200
"""Most relations that one page of a list has."""
_PLACES = 50
"""Most neighbours on a map to name."""


@takes_filter
def path(
    source: Annotated[str, typer.Argument(metavar="A", help="Name or id.")],
    target: Annotated[str, typer.Argument(metavar="B", help="Name or id.")],
    k: Annotated[int, typer.Option("-k", "--k", help="Alternatives, best first (1 to 20).")] = 1,
    max_hops: Annotated[int, typer.Option("--max-hops", help="Longest path (1 to 12).")] = 6,
    direction: Annotated[
        str, typer.Option(metavar="any|out", help="`out` walks relations forward only.")
    ] = "any",
    weight: Annotated[str, typer.Option(metavar="hops|confidence", help="What makes a path best.")] = "hops",
    sign: Annotated[
        str, typer.Option(metavar="any|positive|negative", help="Product of the signed hops.")
    ] = "any",
    avoid: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Not through these.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also say without which sources the two are not connected.")
    ] = False,
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """How are A and B connected, and which sentences say so?"""
    from app.answers.paths import answer_path
    from app.presentation import print_path
    from app.queries import PathQuestion

    question = PathQuestion.model_validate(
        {
            "from": source,
            "to": target,
            "k": k,
            "max_hops": max_hops,
            "direction": direction,
            "weight": weight,
            "sign": sign,
            "avoid": avoid or [],
            "explain": explain,
            **where,
        }
    )
    with open_reader(database) as reader:
        answer = answer_path(reader, question)
    print_answer(answer, print_path, as_json=as_json)


@takes_filter
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name or id.")],
    limit: Annotated[int, typer.Option(min=1, help="Most relations to show.")] = 20,
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Who is this, and what is said of them?"""
    from app.answers.evidence import find_relation_quotes
    from app.answers.records import get_entity
    from app.presentation import build_console, print_entity
    from app.queries import GraphFilter

    question = GraphFilter.model_validate(where)
    with open_reader(database) as reader:
        entity = get_entity(reader, name, question)
        if as_json:
            print_json(entity)
            return
        relations = _list_relations(reader, entity.id, question, "text", limit)
        geography = _list_relations(reader, entity.id, question, "gazetteer", _PLACES)
        quotes = find_relation_quotes(reader, [relation.id for relation in relations.items], question)
    print_entity(build_console(), entity, relations, geography, quotes)


def _list_relations(
    reader: "Reader", entity_id: str, question: "GraphFilter", origin: str, limit: int
) -> "Page[Relation]":
    """Return the surest relations of one origin; none where the filter asks for the other origin."""
    from app.answers.records import list_entity_relations
    from app.queries import RelationSearch
    from app.schemas import Page

    if question.origin not in {"any", origin}:
        return Page(items=[], total=0, next=None)
    asked = question.model_dump() | {"origin": origin}
    first = list_entity_relations(
        reader, entity_id, RelationSearch.model_validate(asked | {"limit": min(limit, _PAGE)})
    )
    items, following = list(first.items), first.next
    while following is not None and len(items) < limit:
        more = {"limit": min(limit - len(items), _PAGE), "cursor": following}
        page = list_entity_relations(reader, entity_id, RelationSearch.model_validate(asked | more))
        items, following = items + list(page.items), page.next
    return Page(items=items, total=first.total, next=following)


@takes_filter
def top(
    metric: Annotated[
        str, typer.Argument(metavar="METRIC", help="degree, pagerank, betweenness, ...")
    ] = "degree",
    limit: Annotated[int, typer.Option(help="How many.")] = 20,
    direction: Annotated[
        str | None, typer.Option(metavar="any|out", help="By default out for pagerank, any for the rest.")
    ] = None,
    explain: Annotated[
        int, typer.Option(metavar="N", help="Of each, N of the relations that carry its score (0 to 20).")
    ] = 0,
    where: Filter = EVERYTHING,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Who matters most?"""
    from app.answers.overview import answer_centrality
    from app.presentation import print_ranking
    from app.queries import CentralityQuestion

    question = CentralityQuestion.model_validate(
        {
            "metric": metric,
            "limit": limit,
            "direction": direction,
            "explain": explain,
            **where,
        }
    )
    with open_reader(database) as reader:
        answer = answer_centrality(reader, question)
    print_answer(answer, print_ranking, as_json=as_json)


@contextmanager
def open_reader(database: str) -> "Iterator[Reader]":
    """Open the database for one question, and say so where nobody is found because nothing is stored."""
    from app.answers.reader import Reader
    from graph.errors import EntityNotFound

    with open_store(database) as store:
        reader = Reader.of(store)
        try:
            yield reader
        except EntityNotFound as error:
            if reader.snapshots.current().nodes:
                raise
            raise CommandFailed(
                f"The database {store.address} holds nothing yet; fill it with `actorgraph ingest PATH`."
            ) from error


def print_answer(answer: "Answer", show: "Callable[[Console, Answer], None]", *, as_json: bool) -> None:
    """Print an answer for machines, or as `show` writes it for people."""
    if as_json:
        print_json(answer)
        return
    from app.presentation import build_console

    show(build_console(), answer)


def print_json(answer: "Wire") -> None:
    """Print an answer as the service would send it."""
    typer.echo(answer.to_json().decode())
