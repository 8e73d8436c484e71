"""What an epoch sees: passages set apart, the others joined as news joins sentences and focused on, sorted into batches."""

import random
from collections.abc import Iterable, Iterator, Sequence

from ingest.training.examples import LONGEST_PASSAGE, Fragment, Pair, Passage
from ingest.training.focusing import choose_focused

MOST_TOGETHER = 40
"""Passages a step at most, where they are short."""
MOST_CHARS = 7000
"""In a step, padding included: small, for two cores, and enough for a steady loss."""
HELD_OUT_SHARE = 0.05
"""About a thousand passages, which the temperatures are fitted on and nothing is learned from."""
_MOST_JOINED = 4
_LENGTH_NOISE = 60
"""In characters: batches hold passages of like length, so that little is padding, but not the same ones every epoch."""


def split(passages: Sequence[Passage], seed: int) -> tuple[list[Passage], list[Passage]]:
    """Return (held out, training), shuffled."""
    shuffled = list(passages)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - a reproducible shuffle, not a secret
    cut = int(len(shuffled) * HELD_OUT_SHARE)
    return shuffled[:cut], shuffled[cut:]


def make_batches(passages: Sequence[Passage], chooser: random.Random) -> list[list[Passage]]:
    """Return shuffled batches of passages of like length: pairs of all of them focused on, and half of them packed."""
    shuffled = list(passages)
    chooser.shuffle(shuffled)
    seen = [*pack(shuffled[: len(shuffled) // 2], chooser), *choose_focused(shuffled, chooser)]
    seen.sort(key=lambda p: len(p.text) + chooser.random() * _LENGTH_NOISE)
    batches = list(iter_batches(seen))
    chooser.shuffle(batches)
    return batches


def iter_batches(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Yield runs of passages that make one step together; one that is longer than a step holds stays alone."""
    batch: list[Passage] = []
    longest = 0
    for passage in passages:
        longest = max(longest, len(passage.text))
        if batch and (len(batch) == MOST_TOGETHER or longest * (len(batch) + 1) > MOST_CHARS):
            yield batch
            batch, longest = [], len(passage.text)
        batch.append(passage)
    if batch:
        yield batch


def pack(passages: Iterable[Passage], chooser: random.Random) -> Iterator[Passage]:
    """Join passages, up to four, so that a sentence is also seen among sentences that have nothing to do with it.

    Passages keep their order. None that is joined is longer than 620 characters.
    """
    pending: list[Passage] = []
    wanted = 1
    for passage in passages:
        size = sum(len(p.text) + 1 for p in pending) + len(passage.text)
        if pending and (size > LONGEST_PASSAGE or len(pending) >= wanted):
            yield _join(pending)
            pending, wanted = [], chooser.randint(1, _MOST_JOINED)
        pending.append(passage)
    if pending:
        yield _join(pending)


def _join(passages: Sequence[Passage]) -> Passage:
    names: list[tuple[Fragment, ...]] = []
    pairs: list[Pair] = []
    offset = 0
    for passage in passages:
        before = len(names)
        names.extend(tuple((s + offset, e + offset) for s, e in name) for name in passage.names)
        pairs.extend(p._replace(source=p.source + before, target=p.target + before) for p in passage.pairs)
        offset += len(passage.text) + 1
    return Passage(" ".join(p.text for p in passages), tuple(names), tuple(pairs))
