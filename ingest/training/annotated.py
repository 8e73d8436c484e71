"""Training sentences of our own, written and annotated whole: see `sentences/README.md` for how they read."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from ingest.training.examples import LABELS, MARKS, Fragment, Head, Passage, label_all
from ingest.training.lines import UnusableExample, iter_lines

FOLDER = Path(__file__).with_name("sentences")
_NAME = re.compile(r"\[([a-z]) ([^\[\]]+)\]")
_RELATION = re.compile(r"([a-z])([+\-><@])([a-z])")


def iter_annotated(folder: Path = FOLDER) -> Iterator[Passage]:
    """Yield every annotated line; all ordered pairs of its names are labelled for every head.

    Raises:
        UnusableExample: The folder holds no sentences, or a line is not as described.
    """
    paths = sorted(folder.glob("*.txt"))
    if not paths:
        raise UnusableExample(folder, None, "no files of sentences (*.txt) there")
    for path in paths:
        for number, line in iter_lines(path):
            if not line or line.startswith("#"):
                continue
            try:
                passage = parse_line(line)
            except ValueError as error:
                raise UnusableExample(path, number, str(error)) from error
            yield passage


def parse_line(line: str) -> Passage:
    """Return the passage of one line, such as `[a Ankara] armed [b the HTS]. | a+b`.

    A head knows one class of a pair. Where a line gives it two, as in `a+b a-b` or `a>b a<b`, the one that comes first among the
    head's classes counts: whoever commands a body is more than a member of it.

    Raises:
        ValueError: There is no ` | `, a bracket marks no name, fewer than two names are marked, or what follows the
            bar is neither `none` nor relations between two names of the line.
    """
    marked, bar, stated = line.rpartition(" | ")
    if not bar:
        raise ValueError("no ' | ' between sentence and relations")
    text, fragments = _read_names(marked)
    if len(fragments) < 2:
        raise ValueError("fewer than two names are marked")
    relations = _read_relations(stated, {letter: number for number, letter in enumerate(fragments)})
    names = tuple(tuple(places) for places in fragments.values())
    return Passage(text, names, label_all(len(names), relations))


def _read_names(marked: str) -> tuple[str, dict[str, list[Fragment]]]:
    text, last = "", 0
    fragments: dict[str, list[Fragment]] = defaultdict(list)
    for match in _NAME.finditer(marked):
        text += marked[last : match.start()]
        fragments[match[1]].append((len(text), len(text) + len(match[2])))
        text += match[2]
        last = match.end()
    text += marked[last:]
    if "[" in text or "]" in text:
        raise ValueError("a bracket that marks no name")
    return text, fragments


def _read_relations(stated: str, numbers: dict[str, int]) -> dict[tuple[Head, int, int], int]:
    words = stated.split()
    if not words:
        raise ValueError("neither relations nor 'none' after ' | '")
    relations: dict[tuple[Head, int, int], int] = {}
    for word in () if words == ["none"] else words:
        parts = _RELATION.fullmatch(word)
        if parts is None or parts[1] == parts[3] or not {parts[1], parts[3]} <= numbers.keys():
            raise ValueError(f"{word!r} is no relation between two names of the line")
        label, heads = MARKS[parts[2]]
        for head in heads:
            pair, known = (head, numbers[parts[1]], numbers[parts[3]]), LABELS[head].index(label)
            relations[pair] = min(known, relations.get(pair, known))
    return relations
