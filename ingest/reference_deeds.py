"""Who a text has last told of attacking, so that "the attackers" are known."""

from ingest.discourse import Discourse, climb
from ingest.parse import Token
from ingest.triggers import find_verb_frames, get_triggers

_REACH = 6
_OWNED = frozenset({"compound", "nmod", "amod", "poss"})


def find_attacker(discourse: Discourse, block: int, token: int) -> int | None:
    """Return the armed group that attacks in the nearest sentence before a token in which one does, if it is one alone."""
    nearest: int | None = None
    found: set[int] = set()
    for place in discourse.iter_before(block, token, sentences=_REACH):
        mention = discourse.mentions[place.mention]
        if nearest is not None and place.sentence != nearest:
            break
        if mention.type == "armed-group" and _attacks(discourse.get_head(place)):
            nearest = place.sentence
            found.add(mention.actor)
    return found.pop() if len(found) == 1 else None


def _attacks(name: Token) -> bool:
    """Say whether somebody, or somebody's men, are the subject of an attack: "gunmen of the Front ambushed"."""
    head = climb(name)
    if head.dep_ in _OWNED:
        head = climb(head.head)
    elif head.dep_ == "pobj" and head.head.lower_ == "of" and head.head.head.pos_ == "NOUN":
        head = climb(head.head.head)
    agent = head.dep_ == "pobj" and head.head.dep_ == "agent"
    if not agent and head.dep_ != "nsubj":
        return False
    verb = head.head.head if agent else head.head
    verbs = [verb, *(child for child in verb.children if child.dep_ == "conj")]
    return any(
        frame.how == "attacks" for verb in verbs for frame in find_verb_frames(get_triggers().verbs, verb)
    )
