"""The public sets: sentences with a stance between two names, and documents whose names are all related.

Both are JSON, a record a line; `ingest/model/MODEL_CARD.md` says where they are from.
"""

import json
import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ingest.training.examples import LABELS, LONGEST_PASSAGE, Fragment, Pair, Passage
from ingest.training.lines import UnusableExample, iter_lines

_Record = Mapping[str, Any]
_T = TypeVar("_T")

_STANCES = {"neutral": 0, "supports": 1, "opposes": 2}
_DIRECTIONS = ("p->q", "q->p", "none")
_ACTOR_TYPES = frozenset({"PER", "ORG", "LOC", "MISC"})
"""Of the documents' types; the others are numbers and dates."""
_NEGATIVES_PER_POSITIVE = 3
_FEWEST_NEGATIVES = 24
_MOST_UNSIGNED = 4
"""Of a passage, so that the many pairs of a place and its country do not teach that nobody has a stance."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'\u201c])")


def iter_signed(path: Path) -> Iterator[Passage]:
    """Yield sentences with two marked names `p` and `q`, a label and a direction.

    Both ordered pairs are labelled: the one against the direction is `none`.

    Raises:
        UnusableExample: The file cannot be read, or a line is not such a sentence.
    """
    return _iter_parsed(path, _parse_signed)


def iter_structural(path: Path, seed: int) -> Iterator[Passage]:
    """Yield passages of whole sentences from documents with name clusters and document-level relations.

    Two names of a passage are related where the document relates them. Of the other pairs three are kept for each
    related one, those of one sentence first. Names that one sentence relates by place or membership oppose and
    support nobody there.

    Raises:
        UnusableExample: The file cannot be read, or a line is not such a document.
    """
    chooser = random.Random(seed)  # noqa: S311 - a reproducible sample, not a secret
    for passages in _iter_parsed(path, lambda record: _cut_document(record, chooser)):
        yield from passages


def iter_sentences(text: str) -> Iterator[Fragment]:
    """Yield where sentences stand, split at marks followed by a capital."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def iter_windows(sentences: Sequence[Fragment]) -> Iterator[Fragment]:
    """Yield runs of whole sentences of at most 620 characters, or of one sentence that is longer."""
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= LONGEST_PASSAGE:
            last += 1
        yield sentences[first][0], sentences[last][1]
        first = last + 1


def _iter_parsed(path: Path, parse: Callable[[_Record], _T]) -> Iterator[_T]:
    for number, line in iter_lines(path):
        try:
            parsed = parse(json.loads(line))
        except json.JSONDecodeError as error:
            raise UnusableExample(path, number, f"no JSON: {error.msg} at column {error.colno}") from error
        except KeyError as error:
            raise UnusableExample(path, number, f"no field {error}") from error
        except (TypeError, ValueError) as error:
            raise UnusableExample(path, number, f"not as expected: {error}") from error
        yield parsed


def _parse_signed(record: _Record) -> Passage:
    text, stance, direction = record["text"], record["label"], record["direction"]
    if (
        stance not in _STANCES
        or direction not in _DIRECTIONS
        or (stance == "neutral") != (direction == "none")
    ):
        raise ValueError(f"label {stance!r} with direction {direction!r}")
    label = _STANCES[stance]
    forward = Pair(0, 1, "signed", label if direction == "p->q" else 0)
    backward = Pair(1, 0, "signed", label if direction == "q->p" else 0)
    names = tuple((_check_fragment(record[side], text),) for side in "pq")
    return Passage(text, names, (forward, backward))


def _check_fragment(place: Sequence[int], text: str) -> Fragment:
    start, end = place
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no characters {start} to {end} in a text of {len(text)}")
    return start, end


def _cut_document(record: _Record, chooser: random.Random) -> list[Passage]:
    for entity in record["entities"]:
        _check_fragment((entity["start"], entity["end"]), record["text"])
    related = _relate_clusters(record)
    windows = iter_windows(list(iter_sentences(record["text"])))
    passages = (_cut_passage(record, related, start, end, chooser) for start, end in windows)
    return [passage for passage in passages if passage is not None]


def _cut_passage(
    record: _Record, related: Mapping[tuple[int, int], int], start: int, end: int, chooser: random.Random
) -> Passage | None:
    fragments: dict[int, list[Fragment]] = defaultdict(list)
    types: dict[int, str] = {}
    for entity in record["entities"]:
        if start <= entity["start"] and entity["end"] <= end and entity["type"] in _ACTOR_TYPES:
            fragments[entity["cluster"]].append((entity["start"] - start, entity["end"] - start))
            types[entity["cluster"]] = entity["type"]
    if len(fragments) < 2:
        return None
    text = record["text"][start:end]
    sentences = list(iter_sentences(text))
    placed = {c: {_find_sentence(sentences, s) for s, _ in places} for c, places in fragments.items()}
    pairs = _choose_pairs(placed, types, related, chooser)
    return Passage(text, tuple(tuple(places) for places in fragments.values()), pairs)


def _choose_pairs(
    placed: Mapping[int, set[int]],
    types: Mapping[int, str],
    related: Mapping[tuple[int, int], int],
    chooser: random.Random,
) -> tuple[Pair, ...]:
    """Return the pairs of a passage's clusters, of which `placed` says in which sentences they are named."""
    positives: list[Pair] = []
    near: list[Pair] = []
    far: list[Pair] = []
    unsigned: list[Pair] = []
    for i, a in enumerate(placed):
        for j, b in enumerate(placed):
            if (
                i == j or types[b] == "PER"
            ):  # nothing is a member of a person, located in one, or commands one
                continue
            label, together = related.get((a, b), 0), bool(placed[a] & placed[b])
            pair = Pair(i, j, "structural", label)
            (positives if label else near if together else far).append(pair)
            if label and together:
                unsigned += [Pair(i, j, "signed", 0), Pair(j, i, "stated", 0)]
    for kept in (near, far, unsigned):
        chooser.shuffle(kept)
    wanted = max(_FEWEST_NEGATIVES, _NEGATIVES_PER_POSITIVE * len(positives))
    return (*positives, *[*near, *far][:wanted], *unsigned[:_MOST_UNSIGNED])


def _find_sentence(sentences: Sequence[Fragment], offset: int) -> int:
    return next(n for n, (_, end) in enumerate(sentences) if offset < end)


def _relate_clusters(record: _Record) -> dict[tuple[int, int], int]:
    clusters: dict[str, set[int]] = defaultdict(set)
    for entity in record["entities"]:
        clusters[entity["text"]].add(entity["cluster"])
    labels = LABELS["structural"]
    related: dict[tuple[int, int], int] = {}
    for edge in record["edges"]:
        label = labels.index(edge["relation"]) if edge["relation"] in labels else 0
        for source in set().union(*(clusters[name] for name in edge["source_names"])):
            for target in set().union(*(clusters[name] for name in edge["target_names"])):
                related[source, target] = label
    return related
