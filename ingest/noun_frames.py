"""Structural relations that a noun in a phrase carries: "took charge of the army", "at the head of the party".

Whoever has what the noun names stands to the body behind it: who "took the helm", is "in command", has "a seat on the
board", and whose "leadership of the party" it is.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.antecedents import find_antecedent, find_scene_of
from ingest.arguments import (
    OBJECT_LABELS,
    find_clause_subjects,
    find_subjects,
    get_arguments,
    get_obliques,
    is_verbal,
)
from ingest.bearers import Bearer
from ingest.conjuncts import expand_conjuncts, find_first_noun
from ingest.inner_places import list_inside
from ingest.parse import Token
from ingest.scene import NounFrame, Scene, get_structure

_TO, _FROM = frozenset({"to", "into"}), frozenset({"from"})
_AFTER = frozenset({"replace", "succeed", "follow"})
# "Command of the army passed to her"
_FALLING = frozenset({"devolve", "fall", "go", "pass", "revert", "return"})
_SPANS = frozenset(
    {"year", "month", "week", "day", "decade", "term", "stint", "spell", "time", "life", "career"}
)
_BETWEEN = frozenset({"ADV", "ADJ", "ADP", "PART", "SCONJ"})


class _Having(NamedTuple):
    """Who has what a noun names, and the word that says so."""

    holders: tuple[Token, ...]
    trigger: Token


def add_held_noun(scene: Scene, frame: NounFrame, noun: Token) -> None:
    """Add what a noun says of whoever has what it names and of the body or state that this is of."""
    having = _find_having(noun, frame)
    if having is None:
        return
    holders = scene.roster.find_sources(having.holders) or list_inside(scene, having.holders)
    others = _find_others(scene, noun, having, frame) if holders else []
    for holder in holders:
        for other in others:
            source, target = (other, holder) if frame.inverted else (holder, other)
            types = scene.mentions[source.mention].type, scene.mentions[target.mention].type
            if types[0] in frame.source_types and types[1] in frame.target_types:
                scene.add(
                    source.mention, frame.kind, frame.how, target.mention, having.trigger,
                    frame.confidence * source.sure * target.sure, f"noun:{frame.how}", frame.modality,
                )  # fmt: skip


def _find_having(noun: Token, frame: NounFrame) -> _Having | None:
    first = find_first_noun(noun)
    head = first.head
    if first.dep_ in OBJECT_LABELS and head.lemma_.lower() in frame.verbs and is_verbal(head):
        return _Having(find_subjects(head), head)
    if first.dep_ == "nsubjpass" and head.lemma_.lower() in frame.verbs:
        return _Having(get_arguments(head).agents, head)
    if first.dep_ == "nsubj" and head.lemma_.lower() in _FALLING and frame.verbs:
        return _Having(get_obliques(head).get("to", ()), head)
    if first.dep_ == "pobj" and head.lower_ in frame.phrases:
        return _Having(_find_said_of(head), noun)
    if frame.owned:
        return _Having(_list_owners(noun), noun)
    return None


def _list_owners(noun: Token) -> tuple[Token, ...]:
    owners = (find_antecedent(child) for child in noun.children if child.dep_ == "poss")
    return tuple(part for owner in owners for part in expand_conjuncts(owner))


def _find_said_of(preposition: Token) -> tuple[Token, ...]:
    """Of whom a phrase is said: the noun before it, the subject of its verb, or whom that verb puts there."""
    upper, before = preposition.head, preposition.doc[preposition.i - 1]
    if before.dep_ == "pobj" and before.head.lower_ == "with":
        return (before,)
    while upper.pos_ in _BETWEEN and upper.head.i != upper.i:
        upper = upper.head  # "back in charge", "from within the ranks"
    if is_verbal(upper):
        return _find_moved(upper, preposition.lower_)
    if upper.pos_ not in {"NOUN", "PROPN", "PRON"} or preposition.lower_ in _TO | _FROM:
        return ()
    if upper.dep_ == "nsubj" and upper.head.lemma_ == "be" and upper.pos_ == "NOUN":
        return tuple(child for child in upper.head.children if child.dep_ == "attr")  # "the man in charge is"
    return find_clause_subjects(upper) if upper.lemma_.lower() in _SPANS else (upper,)


def _find_moved(verb: Token, preposition: str) -> tuple[Token, ...]:
    """Who comes to be in a phrase by a verb: who rises to it, and who is put there."""
    structure, lemma = get_structure(), verb.lemma_.lower()
    for moving, places in ((structure.reaching, _TO), (structure.leaving, _FROM)):
        if preposition in places and lemma not in moving:
            return ()
    arguments = get_arguments(verb)
    if arguments.voice == "passive":
        return arguments.agents if lemma in _AFTER else arguments.patients
    moved = lemma in structure.putting or preposition in _TO | _FROM
    if arguments.patients and (moved or not arguments.agents):
        return arguments.patients
    behind = tuple(child for child in verb.children if child.dep_ == "attr" and child.i > verb.i)
    return arguments.agents or behind  # "at the helm of the party is Ana Ruiz"


def _find_others(scene: Scene, noun: Token, having: _Having, frame: NounFrame) -> list[Bearer]:
    """The other end: behind the noun or its verb, else whose the noun is, else whom the holder stands beside."""
    tokens = tuple(_iter_objects(noun, having.trigger, frame.prepositions))
    if not tokens and "in" in frame.prepositions:
        tokens = find_scene_of(having.trigger)
    if found := [*scene.roster.find_sources(tokens), *list_inside(scene, tokens)]:
        return found
    if not frame.owned or having.trigger != noun or noun.dep_ == "pobj":
        tokens = _list_owners(noun) or tuple(
            child for child in noun.lefts if child.dep_ in {"compound", "nmod"}
        )
        if found := scene.roster.find_sources(tokens):
            return found
    return scene.roster.find_sources(part for holder in having.holders for part in _find_accompanied(holder))


def _iter_objects(noun: Token, trigger: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    """What stands behind a preposition, whether the parser hangs the phrase on the noun or on its verb."""
    above = noun.head.head if noun.dep_ == "pobj" else trigger
    for head in (noun, above) if above != noun and is_verbal(above) else (noun,):
        for child in head.children:
            if child.dep_ in {"prep", "agent"} and child.lower_ in prepositions and child.i > noun.i:
                for pobj in child.children:
                    if pobj.dep_ == "pobj":
                        yield from expand_conjuncts(find_antecedent(pobj))


def _find_accompanied(holder: Token) -> tuple[Token, ...]:
    """Whose "with" a holder stands behind: "the Front, with Ebrahim in charge," is the Front's."""
    link, start = holder.head, holder.left_edge.i
    if holder.dep_ not in {"pobj", "nsubj"} or start == 0 or holder.doc[start - 1].lower_ != "with":
        return ()
    while link.lower_ != "with" and link.head.i != link.i and not is_verbal(link):
        link = link.head
    upper = link.head if link.lower_ == "with" else link
    return find_subjects(upper) if is_verbal(upper) else (upper,)
