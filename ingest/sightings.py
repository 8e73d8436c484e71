"""What a rule for signed relations sees, before it is paired into findings, and how rules look around a word."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.adherents import find_occupiers
from ingest.arguments import Arguments, find_modifiers, get_arguments, get_obliques, is_verbal
from ingest.bearers import BY_DEED, Bearer, Roster
from ingest.parse import Token
from ingest.triggers import OBJECT, Frame, get_triggers

_COUNTED = frozenset(
    {"another", "dozen", "fifth", "fourth", "half", "more", "other", "rest", "second", "third"}
)
_SENDING = frozenset({"deploy", "dispatch", "send"})
_MEN = frozenset(
    {
        "battalion",
        "brigade",
        "contingent",
        "division",
        "fighter",
        "force",
        "regiment",
        "soldier",
        "squadron",
        "troop",
    }
)
_FORCES = frozenset({"armed-group", "security-force"})


class Sighting(NamedTuple):
    """One construction seen: every source stands in the frame's relation to every target; either may be empty."""

    frame: Frame
    sources: list[Bearer]
    targets: list[Bearer]
    trigger: Token
    rule: str


def reach(arguments: Arguments, frame: Frame) -> tuple[Token, ...]:
    """Return the words in a frame's target place."""
    found: tuple[Token, ...] = ()
    if OBJECT in frame.target:
        found = tuple(find_counted_on(patient) or patient for patient in arguments.patients)
    for preposition, objects in arguments.obliques.items():
        if preposition in frame.target:
            found += objects
    return found


def find_counted_on(noun: Token) -> Token | None:
    """Return what "a third" or "another" is one more of: "trained two battalions of the army, and Oman a third"."""
    verb = noun.head
    if (
        noun.lemma_.lower() not in _COUNTED
        or noun.dep_ != "dobj"
        or verb.dep_ != "conj"
        or get_obliques(noun)
    ):
        return None
    first = [child for child in verb.head.children if child.dep_ == "dobj" and child.i < noun.i]
    counted = first and any(child.dep_ in {"nummod", "det", "amod"} for child in first[0].lefts)
    return first[0] if counted else None


def find_met(frame: Frame, tokens: Iterable[Token], roster: Roster) -> list[Bearer]:
    """Return whom these words in a frame's target place mean; an attack on a place is one on who holds it."""
    words = tuple(tokens)
    found = roster.find_targets(words)
    if frame.how == "attacks":
        holders = (roster.get(holder) for token in words for holder in find_occupiers(token))
        found += [Bearer(holder, BY_DEED) for holder in holders if holder is not None]
    return found


def find_receivers_before(thing: Token, roster: Roster) -> tuple[Token, ...]:
    """Return the names before a thing that may be whom it is given to; fighters who are sent are those of the name before.

    "Sent Chad rifles" tells who has the rifles, "sent Hezbollah fighters" and "sent the Togo Defence Force" who went.
    """
    verbs = {word.lemma_.lower() for word in (thing.head, *thing.children)}
    sent = not verbs.isdisjoint(_SENDING) and thing.lemma_.lower() in _MEN
    parts = (thing, *find_modifiers(thing)) if sent else ()
    own = (roster.get(token) for token in parts)
    if any(mention is not None and roster.mentions[mention].type in _FORCES for mention in own):
        return ()
    return roster.find_names_before(thing)


def pair_up(frame: Frame, bearers: Sequence[Bearer], trigger: Token, rule: str) -> Iterator[Sighting]:
    """Yield two that stand in the relation to each other; who of three or more does would be a guess."""
    if len(bearers) == 2:
        yield Sighting(frame, [bearers[0]], [bearers[1]], trigger, rule)


def is_any(noun: Token, words: frozenset[str]) -> bool:
    """Say whether a noun, or it with the word before it, is among some base forms."""
    lemma = noun.lemma_.lower()
    return lemma in words or (noun.i > 0 and f"{noun.nbor(-1).lower_} {lemma}" in words)


def get_verb_above(noun: Token) -> Token | None:
    """Return the verb that a noun is the object of, also as a part of a coordination."""
    top = noun
    while top.dep_ == "conj" and not is_verbal(top):
        top = top.head
    return top.head if top.dep_ in {"dobj", "obj", "nsubjpass"} else None


def find_addressed(verb: Token) -> tuple[Token, ...]:
    """Return whom somebody calls or visits to do this: "called Erdogan to congratulate him"."""
    upper = get_addressing(verb)
    return get_arguments(upper).patients if upper is not None else ()


def get_addressing(verb: Token) -> Token | None:
    """Return the verb of calling or visiting under which a message is conveyed, if any."""
    words, upper = get_triggers(), verb.head
    if verb.dep_ not in {"xcomp", "advcl"} or verb.lemma_.lower() not in words.conveying:
        return None
    return upper if upper.lemma_.lower() in words.addressing and upper.i < verb.i else None


def get_outer_obliques(noun: Token) -> dict[str, tuple[Token, ...]]:
    """Return the prepositional objects of the verb above: a parser may hang "on Gaza" there, not on "attack"."""
    above = get_verb_above(noun)
    return get_obliques(above) if above is not None and is_verbal(above) else {}
