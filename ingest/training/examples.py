"""Training passages: a few sentences, the names in them, and what is known of some ordered pairs of names."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Head = Literal["signed", "stated", "structural"]

LABELS: dict[Head, tuple[str, ...]] = {
    "signed": ("none", "supports", "opposes"),
    "stated": ("none", "supports", "opposes"),
    "structural": ("none", "commands", "member-of", "located-in"),
}
"""The classes of each head, in the order of its outputs.

`signed` reads stances as the public sets annotate them, implied ones with them; `stated` reads only what a sentence
states, as our own sentences are annotated: what is denied or merely possible is none.
"""

MARKS: dict[str, tuple[str, tuple[Head, ...]]] = {
    "+": ("supports", ("signed", "stated")),
    "-": ("opposes", ("signed", "stated")),
    ">": ("commands", ("structural",)),
    "<": ("member-of", ("structural",)),
    "@": ("located-in", ("structural",)),
}
"""How our own sentences write a relation: its mark, its class, and the heads that learn it."""

LONGEST_PASSAGE = 620
"""In characters, about 150 word pieces; the scorer reads no longer passages either."""

Fragment = tuple[int, int]
"""Where a name stands: (start, end) code points, the end outside."""


class Pair(NamedTuple):
    """What is known of an ordered pair of names; a pair that is not listed is unknown, not `none`.

    Attributes:
        source: Number of the name that acts, from 0.
        target: Number of the name it is about.
        label: Index into `LABELS[head]`.
    """

    source: int
    target: int
    head: Head
    label: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with labelled ordered pairs.

    Attributes:
        names: For each name where it stands, once or more.
    """

    text: str
    names: tuple[tuple[Fragment, ...], ...]
    pairs: tuple[Pair, ...]


def label_all(names: int, relations: dict[tuple[Head, int, int], int]) -> tuple[Pair, ...]:
    """Return every ordered pair of so many names for every head; what `relations` does not list is `none`."""
    return tuple(
        Pair(source, target, head, relations.get((head, source, target), 0))
        for source in range(names)
        for target in range(names)
        if source != target
        for head in LABELS
    )
