"""Which of several stands to which of several others: "Gao and Kidal are held by the Front and the League respectively"."""

from collections.abc import Sequence
from itertools import product

from ingest.arguments import Arguments
from ingest.scene import Scene

_End = tuple[int, float]


def pair_respectively(
    scene: Scene, arguments: Arguments, sources: Sequence[_End], targets: Sequence[_End]
) -> list[tuple[_End, _End]]:
    """Return the pairs that a verb relates: each with each, or where it says "respectively" the first with the first.

    None where it does, and as many are not found on either side.
    """
    verb = arguments.predicate
    if "respectively" not in verb.doc.lower_words[verb.sent.start : verb.sent.end] or not any(
        child.lower_ == "respectively" for child in verb.subtree
    ):
        return list(product(sources, targets))
    ordered = [sorted(dict(ends).items(), key=lambda end: _place(scene, end)) for ends in (sources, targets)]
    if len(ordered[0]) != len(ordered[1]):
        return []
    return list(zip(*ordered, strict=True))


def _place(scene: Scene, end: _End) -> int:
    return scene.mentions[end[0]].start_token
