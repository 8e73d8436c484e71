"""Rules for what somebody is told to do: "urged Johnson to resign", and "told his supporters to vote for Kast"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, find_subjects, is_passive
from ingest.bearers import Bearer, Roster
from ingest.parse import Token
from ingest.refusal_rules import REBUFF
from ingest.scope import is_infinitive
from ingest.sightings import Sighting
from ingest.triggers import Frame, get_triggers, get_verb_key

_DISAPPROVAL = Frame("opposes", "criticizes", frozenset(), 0.85)
_URGING = frozenset(
    {
        "advise",
        "appeal",
        "ask",
        "beg",
        "call",
        "command",
        "encourage",
        "exhort",
        "implore",
        "instruct",
        "order",
        "tell",
        "urge",
    }
)
# Who are told what side to take, and have none of their own.
_FOLLOWERS = frozenset(
    {"backer", "believer", "citizen", "compatriot", "congressman", "delegate", "deputy", "electorate", "fan", "faithful",
     "follower", "lawmaker", "legislator", "man", "member", "mp", "mps", "people", "public", "senator", "supporter", "volunteer",
     "voter", "worker", "youth"}
)  # fmt: skip


def iter_askings(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "urged Johnson to resign", "called on the rebels to disarm": what is asked for is against the one asked."""
    verb, words = arguments.predicate, get_triggers()
    if verb.lemma_.lower() not in words.asking:
        return
    asked_for = dict.fromkeys(words.giving_up, REBUFF) | dict.fromkeys(words.desisting, _DISAPPROVAL)
    if verb.lemma_ in words.ordering:
        asked_for |= dict.fromkeys(words.leaving, REBUFF)
    for child in verb.children:
        frame = asked_for.get(get_verb_key(child))
        if frame is None or child.dep_ not in {"xcomp", "ccomp", "advcl"} or keeps_another(child):
            continue
        if child.tag_ == "VBN":
            continue  # "wanted Ruto released"
        asked = find_subjects(child)
        if {token.i for token in asked} != {token.i for token in arguments.agents}:
            yield Sighting(frame, sources, roster.find_targets(asked), verb, "verb:asking")


def keeps_another(verb: Token) -> bool:
    """Say whether one is to stop somebody else: "called on Chad to stop banks from paying the junta"."""
    return verb.lemma_ == "stop" and any(
        child.dep_ == "prep" and child.lower_ == "from" for child in verb.children
    )


def find_urging(verb: Token, roster: Roster) -> Token | None:
    """Return the verb by which people at large are told to do something, which is the stance of whoever tells them."""
    upper = verb.head
    if verb.dep_ not in {"xcomp", "ccomp", "advcl"} or upper.lemma_ not in _URGING or is_passive(upper):
        return None
    told = find_subjects(verb) if is_infinitive(verb) and upper.i < verb.i else ()
    return upper if told and all(_follows(token, roster) for token in told) else None


def _follows(token: Token, roster: Roster) -> bool:
    """Whether those told are a crowd, named or not: "his followers", "Iraqis"."""
    mention = roster.get(token)
    if mention is None:
        return token.lemma_.lower() in _FOLLOWERS or token.tag_ == "NNPS"
    return token.tag_ == "NNPS" and roster.mentions[mention].resolution == "demonym"
