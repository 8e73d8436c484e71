"""Which of several stands to which of several others: "Gao and Kidal are held by the Front and the League respectively"."""

from collections.abc import Sequence
from itertools import product

from ingest.arguments import Arguments
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
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


def pair_nations(scene: Scene, role: Token, holders: Sequence[int]) -> dict[int, int]:
    """Return whose minister each is of several with as many nations before their role: "the Chadian and Omani ministers"."""
    if role.tag_ != "NNS" or len(holders) < 2:
        return {}
    told = [part for child in role.lefts if child.dep_ == "amod" for part in expand_conjuncts(child)]
    nations = [scene.get(part) for part in told]
    named = [one for one in nations if one is not None and scene.mentions[one].type == "country"]
    if len(named) != len(holders):
        return {}
    ordered = sorted(holders, key=lambda holder: scene.mentions[holder].start_token)
    return dict(zip(ordered, named, strict=True))


def _place(scene: Scene, end: _End) -> int:
    return scene.mentions[end[0]].start_token
