"""What rules have said in a block, so that the learned scorer is asked only where they are silent."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from graph.ontology import get_ontology
from ingest.types import Finding, Mention, ParsedBlock

BONDS = frozenset({"commands", "member-of"})
"""Whoever leads a body or belongs to it speaks for it: what he is against is somebody else."""

_OWN_PLACES = ("noun:seat", "role:origin")
"""What the rules begin with by which a place is somebody's own."""


class Spoken(NamedTuple):
    """What rules have said in a block, by the first token of a sentence.

    Attributes:
        signed: (sentence, actor) of those of whom they read a stance, denied and possible ones too.
        sided: (sentence, actor, actor) of the two that such a stance is between; both ways round.
        related: (sentence, actor, actor) of other relations, both ways round.
        leading: (sentence, actor) of those whom they read to command somebody.
        led: (sentence, actor) of those whom they read to be commanded.
        placed: (sentence, actor) of those whom they read to lead a body or to belong to one or to a state.
        settled: (sentence, actor) of places that a noun gives to whoever has it: "the Front, with its seat in Lome".
        bonds: (actor, actor) of leaders and members and their bodies, wherever the text tells of it; both ways round.
    """

    signed: frozenset[tuple[int, int]]
    sided: frozenset[tuple[int, int, int]]
    related: frozenset[tuple[int, int, int]]
    leading: frozenset[tuple[int, int]]
    led: frozenset[tuple[int, int]]
    placed: frozenset[tuple[int, int]]
    settled: frozenset[tuple[int, int]]
    bonds: frozenset[tuple[int, int]]


def gather_spoken(
    block: ParsedBlock,
    mentions: Sequence[Mention],
    found: Iterable[Finding],
    bonds: frozenset[tuple[int, int]],
) -> Spoken:
    """Return what rules found in a block, by the sentences they found it in; linear in findings."""
    signed: set[tuple[int, int]] = set()
    sided: set[tuple[int, int, int]] = set()
    related: set[tuple[int, int, int]] = set()
    leading: set[tuple[int, int]] = set()
    led: set[tuple[int, int]] = set()
    placed: set[tuple[int, int]] = set()
    settled: set[tuple[int, int]] = set()
    for finding in found:
        sentence = block.doc[finding.trigger_token].sent.start
        one, other = mentions[finding.source].actor, mentions[finding.target].actor
        both_ways = {(sentence, one, other), (sentence, other, one)}
        if is_signed(finding.kind):
            signed |= {(sentence, one), (sentence, other)}
            sided |= both_ways
        else:
            related |= both_ways
        if finding.kind == "commands":
            leading.add((sentence, one))
            led.add((sentence, other))
        if finding.kind in BONDS:
            placed.add((sentence, one))
        if finding.kind == "located-in" and finding.rule.startswith(_OWN_PLACES):
            settled.add((sentence, other))
    return Spoken(
        frozenset(signed), frozenset(sided), frozenset(related), frozenset(leading), frozenset(led),
        frozenset(placed), frozenset(settled), bonds,
    )  # fmt: skip


def is_signed(kind: str) -> bool:
    """Say whether a kind of relation is a stance."""
    return get_ontology().get_relation(kind).sign != 0
