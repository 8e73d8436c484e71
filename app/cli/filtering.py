"""The options of every command that asks the graph: which part of it is asked, the same everywhere."""

import functools
import inspect
from collections.abc import Callable, Mapping
from inspect import Parameter
from types import MappingProxyType
from typing import Annotated, Any, TypeVar

import typer

PANEL = "Filters, which leave a part of the graph"
"""Under what they stand in a command's help."""

Filter = Mapping[str, Any]
"""What was given of the options below, by the names that `app.queries.GraphFilter` has for them."""

EVERYTHING: Filter = MappingProxyType({})

Answer = TypeVar("Answer")


def _list_of(flag: str, metavar: str, meaning: str) -> object:
    option = typer.Option(flag, metavar=metavar, help=meaning, rich_help_panel=PANEL)
    return Annotated[list[str] | None, option]


def _one(flag: str, metavar: str, meaning: str) -> object:
    return Annotated[str | None, typer.Option(flag, metavar=metavar, help=meaning, rich_help_panel=PANEL)]


OPTIONS: Mapping[str, object] = {
    "relations": _list_of("--relations", "KIND,...", "Kinds of relation, such as supports,opposes."),
    "how": _list_of("--how", "HOW,...", "Finer kinds, such as funds,arms."),
    "types": _list_of("--types", "TYPE,...", "Types of actors and places, such as person,armed-group."),
    "min_confidence": Annotated[
        float | None,
        typer.Option("--min-confidence", metavar="0..1", help="Least confidence.", rich_help_panel=PANEL),
    ],
    "sources": _list_of("--sources", "OUTLET,...", "Only what these outlets published."),
    "said_by": _list_of("--said-by", "NAME,...", "Only what these are quoted with."),
    "not_said_by": _list_of("--not-said-by", "NAME,...", "All but what these say themselves."),
    "as_of": _one("--as-of", "DATE", "Only what held on this day (YYYY-MM-DD)."),
    "known_by": _one("--known-by", "DATE", "Only what had been published by this day."),
    "origin": _one("--origin", "text|gazetteer|any", "Read in texts, or known from geography."),
    "review": _list_of("--review", "STATUS,...", "Reviewed as unreviewed, accepted or rejected."),
    "disputed": Annotated[
        bool | None,
        typer.Option(
            "--disputed/--undisputed", help="Only disputed, or only undisputed.", rich_help_panel=PANEL
        ),
    ],
}
"""The annotations of the options, by their names."""


def takes_filter(command: Callable[..., Answer]) -> Callable[..., Answer]:
    """Give a command every option of a filter in the place of its parameter `where`, which gets what was set of them.

    Typer reads options off a function's signature, so the decorated function has one that names them all.
    """
    signature = inspect.signature(command, eval_str=True)
    options = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in OPTIONS.items()
    ]
    parameters = [
        shown.replace(kind=Parameter.KEYWORD_ONLY)
        for parameter in signature.parameters.values()
        for shown in (options if parameter.name == "where" else [parameter])
    ]

    @functools.wraps(command)
    def ask(**given: Any) -> Answer:  # noqa: ANN401  # whatever the command's own options are
        where = {name: given.pop(name) for name in OPTIONS if name in given}
        return command(where={name: value for name, value in where.items() if value is not None}, **given)

    described: Any = ask
    described.__signature__ = signature.replace(parameters=parameters)
    described.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return ask
