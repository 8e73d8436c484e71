"""What an epoch sees: passages set apart, the others joined as news joins sentences, and sorted into batches."""

import random
from collections.abc import Iterable, Iterator, Sequence

from ingest.training.examples import LONGEST_PASSAGE, Fragment, Pair, Passage

BATCH_LENGTH = 7000
"""Characters a step, padding among them: small, for two cores, and enough for a steady loss."""
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
    """Return shuffled batches of packed passages of like length."""
    shuffled = list(passages)
    chooser.shuffle(shuffled)
    packed = sorted(pack(shuffled, chooser), key=lambda p: len(p.text) + chooser.random() * _LENGTH_NOISE)
    batches = list(iter_batches(packed))
    chooser.shuffle(batches)
    return batches


def iter_batches(passages: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Yield passages in their order, as many at a time as make 7,000 characters when padded to the longest."""
    together: list[Passage] = []
    longest = 0
    for passage in passages:
        longest = max(longest, len(passage.text))
        if together and longest * (len(together) + 1) > BATCH_LENGTH:
            yield together
            together, longest = [], len(passage.text)
        together.append(passage)
    if together:
        yield together


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
