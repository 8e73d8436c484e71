"""What networkx calls: which functions run on kernels, when they may and should, and what becomes of the others."""

from collections.abc import Callable, Iterable, Mapping
from inspect import signature
from typing import Any

import networkx as nx

from graph.backend import centrality, communities, components, neighborhoods, shortest_paths
from graph.backend.arrays import ArrayGraph
from graph.backend.attributes import Unsuited
from graph.backend.conversion import convert_from_nx, convert_to_nx, lend_to_networkx
from graph.backend.description import FUNCTIONS

Arguments = tuple[Any, ...]
Options = Mapping[str, Any]

_REGISTERED: Mapping[str, Any] = vars(nx.utils.backends)["_registered_algorithms"]
"""Every function that networkx dispatches, by name; networkx has no public list of them."""

_DISPATCHER: Any = vars(nx.utils.backends)["_dispatchable"]

_SMALL_GRAPH = 2_000
"""Edges below which networkx answers sooner than its graph is converted."""

_ONE_PAIR = frozenset(
    {
        "bidirectional_dijkstra",
        "bidirectional_shortest_path",
        "dijkstra_path",
        "dijkstra_path_length",
        "ego_graph",
        "has_path",
        "node_connected_component",
        "shortest_simple_paths",
    }
)
"""Functions that look at a part of the graph, where converting looks at all of it."""

_MODULES = (centrality, communities, components, neighborhoods, shortest_paths)


class Backend:
    """The object behind the entry point `networkx.backends`.

    Functions that kernels do are attributes of it. Any other function of networkx that only reads its graphs is an
    attribute too, and runs on a converted copy; those that change a graph are not, for an `ArrayGraph` never changes.
    """

    convert_from_nx = staticmethod(convert_from_nx)
    convert_to_nx = staticmethod(convert_to_nx)

    def __init__(self) -> None:
        for name in FUNCTIONS:
            kernel = next(getattr(module, name) for module in _MODULES if hasattr(module, name))
            setattr(self, name, _with_way_out(name, kernel))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        asked = _REGISTERED.get(name)
        if asked is None or not asked.graphs or asked.mutates_input is True or name.endswith("__new__"):
            raise AttributeError(name)
        return lambda *args, **options: run_on_networkx(name, args, options)

    def can_run(self, name: str, args: Arguments, options: Options) -> bool | str:
        """Say whether a function answers these arguments as networkx would; else why not.

        A graph of arrays is always taken: what kernels cannot do goes on to networkx from here. A networkx graph is
        not converted only to be converted back.
        """
        if _find_array_graphs(args, options):
            return True
        if name not in FUNCTIONS:
            return "no kernel does this"
        unsuited = _find_unsuited(name, args, options)
        return unsuited or True

    def should_run(self, name: str, args: Arguments, options: Options) -> bool | str:
        """Say whether converting a networkx graph first still is the faster way; else why not."""
        if _find_array_graphs(args, options):
            return True
        if name in _ONE_PAIR:
            return "converting the graph takes longer than the search"
        graph = args[0] if args else options.get("G")
        if isinstance(graph, nx.Graph) and graph.number_of_edges() < _SMALL_GRAPH:
            return "the graph is so small that converting it takes longer than the answer"
        return True

    def on_start_tests(self, items: Iterable[Any]) -> None:
        """Mark those of networkx's own tests that ask for more than it documents; networkx calls this."""
        import pytest  # noqa: PLC0415 (only there when tests run)

        for item in items:
            for name, reason in _ASKS_FOR_MORE.items():
                if item.name == name:
                    item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


_ASKS_FOR_MORE = dict.fromkeys(
    ("test_shortest_simple_paths", "test_shortest_simple_paths_directed_with_weight_function"),
    "expects one order of paths of equal length; these come in order of their nodes",
)


def _find_array_graphs(args: Arguments, options: Options) -> list[ArrayGraph]:
    return [value for value in (*args, *options.values()) if isinstance(value, ArrayGraph)]


def _find_unsuited(name: str, args: Arguments, options: Options) -> str | None:
    """Return why kernels cannot answer, so far as the arguments show it."""
    bound = signature(_REGISTERED[name].orig_func).bind_partial(*args, **options).arguments
    if any(callable(bound.get(option)) for option in ("weight", "distance")):
        return "weights are computed by a Python function"
    if bound.get("method", "dijkstra") not in {"dijkstra", "unweighted"}:
        return "only Dijkstra's method is compiled"
    return None


def _with_way_out(name: str, kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that goes on to networkx where the kernel says that weights do not suit it."""

    def run(*args: Any, **options: Any) -> Any:  # noqa: ANN401 (whatever networkx's function takes and returns)
        try:
            return kernel(*args, **options)
        except Unsuited:
            return run_on_networkx(name, args, options)

    run.__name__ = name
    run.__doc__ = kernel.__doc__
    return run


def run_on_networkx(name: str, args: Arguments, options: Options) -> Any:  # noqa: ANN401 (any result)
    """Run networkx's own function on copies of the graphs of arrays among its arguments.

    Raises:
        GraphTooLarge: A graph is too large to copy.
        NotImplementedError: The call would change its graph.
    """
    asked = _REGISTERED[name]
    if _DISPATCHER._will_call_mutate_input(asked, args, options):  # noqa: SLF001 (the rule is networkx's)
        raise NotImplementedError(f"{name} would change the graph; call it on graph.to_networkx().")

    def lend(value: Any) -> Any:  # noqa: ANN401 (any argument)
        if isinstance(value, ArrayGraph):
            return lend_to_networkx(value, name)
        if isinstance(value, list | tuple) and any(isinstance(part, ArrayGraph) for part in value):
            return [lend(part) for part in value]
        return value

    lent = {option: lend(value) for option, value in options.items()}
    return asked.orig_func(*map(lend, args), **lent)


BACKEND = Backend()
