"""Whom grammar forbids a pronoun to mean: in "Assad met him" and "Bakary, who ran against him", two are told of."""

from ingest.discourse import OBJECTS, SUBJECTS, Discourse, Place, climb_to_role, has_subject
from ingest.parallels import (
    is_gone,
    is_in_fronted_clause,
    leads_accuser,
    tells_of_subject,
)
from ingest.parse import Token
from ingest.types import Mention


def binds(discourse: Discourse, place: Place, block: int, token: Token) -> bool:
    """Say whether grammar forbids a pronoun to mean a noun: "Assad met him" is about two people."""
    mention = discourse.mentions[place.mention]
    name = discourse.get_head(place)
    gone = is_gone(name) and token.tag_ == "PRP"
    gone |= mention.block == block and is_in_fronted_clause(name, token)
    if gone or (mention.block == block and _is_said_of(discourse, mention, token)):
        return True
    if mention.block != block or token.dep_ not in OBJECTS or token.lower_.endswith(("self", "selves")):
        return False
    head = climb_to_role(discourse.blocks[block].doc[mention.head_token])
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if head.dep_ == "dobj":
        return head.head == verb
    if leads_accuser(head, verb):
        return True
    # The subject of a gerund or infinitive is that of the verb above it.
    while not has_subject(verb) and verb not in (verb.head, head.head):
        verb = verb.head
    if verb.dep_ == "relcl" and verb.head == head:
        # "Bakary, who ran against him"
        return any(child.dep_ in SUBJECTS and child.tag_ in {"WP", "WDT"} for child in verb.children)
    return (head.head == verb and head.dep_ in SUBJECTS) or tells_of_subject(head, verb)


def _is_said_of(discourse: Discourse, mention: Mention, token: Token) -> bool:
    """Say whether a pronoun is in what is said of a name behind a comma: "Ito, his rival," is somebody else's."""
    above = {token.i, *(ancestor.i for ancestor in token.ancestors)}
    head = discourse.blocks[mention.block].doc[mention.head_token]
    return any(
        child.dep_ == "appos" and child.i in above and token.head.i == child.i for child in head.rights
    )
