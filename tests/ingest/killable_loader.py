"""Loads documents in child processes that may be killed at any moment; run by test_kill.py.

Reads lines `N URL` from standard input; for each it forks N children that load the same documents into one
database, from either end, prints their process ids, waits for them, and prints how each ended.
"""

import os
import sys

from graph.store import Store
from ingest.gazetteer import Gazetteer
from ingest.lexicon import get_lexicon
from ingest.load import load_extraction
from ingest.types import Actor, Claim, Extraction, Mention, RawDocument

DOCUMENTS = 60


def build_extraction(number: int) -> Extraction:
    """Make a document of five claims between Iran, a shared body and a band of its own."""
    names = ("Iran", f"Canal Company {number}", "River Ministry")
    sentence = "{} backs {}, and {} knows. ".format(*names)
    text = sentence * 5
    starts = [[text.index(name, len(sentence) * turn) for name in names] for turn in range(5)]
    mentions = [
        Mention(start, start + len(names[actor]), names[actor], "person", actor, "name", 0, 0, 1, 0)
        for turn in starts
        for actor, start in enumerate(turn)
    ]
    claims = [
        Claim(
            3 * turn, "supports", None, 3 * turn + 1, sentence[:-1], len(sentence) * turn,
            len(sentence) * (turn + 1) - 1, "backs", starts[turn][0] + 5, starts[turn][0] + 10,
            "verb:active", "affirmed", "asserted", 0.8, speaker=3 * turn + 2,
        )
        for turn in range(5)
    ]  # fmt: skip
    actors = (
        Actor("Iran", "Iran", "country", ("Iran",), "iran", "IR"),
        Actor(names[1], names[1], "armed-group"),
        Actor(names[2], names[2], "government-body"),
    )
    return Extraction(RawDocument(text), None, actors, tuple(mentions), tuple(claims), "test/1")


def load(database_url: str, gazetteer: Gazetteer, *, backwards: bool) -> None:
    """Load all documents; what is stored already is passed over."""
    numbers = range(DOCUMENTS)
    with Store.open(database_url) as store:
        for number in reversed(numbers) if backwards else numbers:
            load_extraction(build_extraction(number), store, gazetteer)


def main() -> None:
    """Obey standard input."""
    gazetteer = Gazetteer(get_lexicon())
    with Store.open(
        "sqlite://"
    ) as rehearsal:  # what is read once a process is read before the children are made
        rehearsal.upgrade()
        for number in range(DOCUMENTS):
            load_extraction(build_extraction(number), rehearsal, gazetteer)
    for line in sys.stdin:
        count, database_url = line.split()
        children = []
        for child in range(int(count)):
            process_id = os.fork()
            if process_id == 0:
                load(database_url, gazetteer, backwards=bool(child))
                os._exit(0)
            children.append(process_id)
        print(*children, flush=True)  # noqa: T201 (this is how it talks)
        print(*(os.waitpid(child, 0)[1] for child in children), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
