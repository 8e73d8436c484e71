"""Sentences read for one pair of names, as the scorer reads them a second time: both names marked, the rest context."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ingest.marking import mark_pair
from ingest.training.examples import Fragment, Pair, Passage
from ingest.training.public_sets import iter_sentences

MOST_RELATED = 2
"""Related pairs of one passage that an epoch focuses on, so that long lists do not crowd out the rest."""
MOST_UNRELATED = 1
"""Unrelated ones: about as many as related ones, for what is plainly unrelated is not read a second time."""


def choose_focused(passages: Iterable[Passage], chooser: random.Random) -> Iterator[Passage]:
    """Yield some of the pairs of each passage, other ones in another epoch."""
    for passage in passages:
        focused = list(iter_focused(passage))
        chooser.shuffle(focused)
        related = [f for f in focused if any(pair.label for pair in f.pairs)]
        unrelated = [f for f in focused if not any(pair.label for pair in f.pairs)]
        yield from related[:MOST_RELATED]
        yield from unrelated[:MOST_UNRELATED]


def iter_focused(passage: Passage) -> Iterator[Passage]:
    """Yield one marked sentence for every two names that share one and of whom something is known.

    Where they share several, the first is read. Both directions are asked of the same marked sentence.
    """
    known: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    for pair in passage.pairs:
        known[min(pair.source, pair.target), max(pair.source, pair.target)].append(pair)
    sentences = list(iter_sentences(passage.text))
    for (one, other), pairs in known.items():
        for start, end in sentences:
            places = [_find_inside(passage.names[name], start, end) for name in (one, other)]
            if all(places):
                yield _focus(passage.text[start:end], (one, other), places, pairs)
                break


def _find_inside(fragments: Sequence[Fragment], start: int, end: int) -> list[Fragment]:
    return [(s - start, e - start) for s, e in fragments if start <= s and e <= end]


def _focus(
    sentence: str, ends: tuple[int, int], places: Sequence[Sequence[Fragment]], pairs: Sequence[Pair]
) -> Passage:
    if min(places[0]) > min(places[1]):
        ends, places = ends[::-1], places[::-1]
    text, first, second = mark_pair(sentence, places[0], places[1])
    numbers = {name: number for number, name in enumerate(ends)}
    asked = tuple(pair._replace(source=numbers[pair.source], target=numbers[pair.target]) for pair in pairs)
    return Passage(text, (first, second), asked)
