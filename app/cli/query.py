"""`path`, `show` and `top`: what is asked of the graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.group import CommandFailed
from app.cli.options import (
    DEFAULT_DATABASE_URL,
    AsOfOption,
    DatabaseOption,
    JsonOption,
    KnownByOption,
    MinConfidenceOption,
    OriginOption,
    RelationsOption,
    TypesOption,
    open_store,
)

if TYPE_CHECKING:
    from app.answers.reader import Reader
    from app.schemas import Wire


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
    relations: RelationsOption = None,
    types: TypesOption = None,
    min_confidence: MinConfidenceOption = 0.0,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    origin: OriginOption = "any",
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """How are A and B connected, and which sentences say so?"""
    from app.answers.paths import answer_path
    from app.presentation import build_console, print_path
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
            **_filter(relations, types, min_confidence, as_of, known_by, origin),
        }
    )
    with open_reader(database) as reader:
        answer = answer_path(reader, question)
    if as_json:
        print_json(answer)
    else:
        print_path(build_console(), answer)


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name or id.")],
    limit: Annotated[int, typer.Option(help="Most relations to show.")] = 20,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Who is this, and what is said of them?"""
    from app.answers.evidence import find_relation_quotes
    from app.answers.records import get_entity, list_entity_relations
    from app.presentation import build_console, print_entity
    from app.queries import RelationSearch

    with open_reader(database) as reader:
        entity = get_entity(reader, name)
        if as_json:
            print_json(entity)
            return
        relations = list_entity_relations(reader, entity.id, RelationSearch(limit=limit, origin="text"))
        geography = list_entity_relations(reader, entity.id, RelationSearch(origin="gazetteer"))
        quotes = find_relation_quotes(reader, [relation.id for relation in relations.items])
    print_entity(build_console(), entity, relations, geography, quotes)


def top(
    metric: Annotated[
        str, typer.Argument(metavar="METRIC", help="degree, pagerank, betweenness, ...")
    ] = "degree",
    limit: Annotated[int, typer.Option(help="How many.")] = 20,
    explain: Annotated[
        int, typer.Option(metavar="N", help="Of each, N of the relations that carry its score (0 to 20).")
    ] = 0,
    relations: RelationsOption = None,
    types: TypesOption = None,
    min_confidence: MinConfidenceOption = 0.0,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    origin: OriginOption = "any",
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Who matters most?"""
    from app.answers.overview import answer_centrality
    from app.presentation import build_console, print_ranking
    from app.queries import CentralityQuestion

    question = CentralityQuestion.model_validate(
        {
            "metric": metric,
            "limit": limit,
            "explain": explain,
            **_filter(relations, types, min_confidence, as_of, known_by, origin),
        }
    )
    with open_reader(database) as reader:
        answer = answer_centrality(reader, question)
    if as_json:
        print_json(answer)
    else:
        print_ranking(build_console(), answer)


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


def _filter(
    relations: list[str] | None,
    types: list[str] | None,
    min_confidence: float,
    as_of: str | None,
    known_by: str | None,
    origin: str,
) -> dict[str, Any]:
    return {
        "relations": relations or [],
        "types": types or [],
        "min_confidence": min_confidence,
        "as_of": as_of,
        "known_by": known_by,
        "origin": origin,
    }


def print_json(answer: "Wire") -> None:
    """Print an answer as the service would send it."""
    typer.echo(answer.to_json().decode())
