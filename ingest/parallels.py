"""Whom a pronoun means because he stands where it stands: "Chad armed Haftar; Niger fought beside him"."""

from collections.abc import Sequence

from ingest.discourse import Discourse, Place, climb_to_role, has_subject
from ingest.parse import Token
from ingest.triggers import acts_on_object

_OBJECTS = frozenset({"dative", "dobj"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SETTING_APART = frozenset({"although", "though", "whereas", "while"})


def find_judging_verb(owner: Token) -> Token | None:
    """Return the verb that judges its object for what "its" or "his" is of: "scolded Oman for its support"."""
    thing = owner.head
    if owner.tag_ != "PRP$" or thing.dep_ != "pobj" or thing.head.lower_ not in {"for", "over"}:
        return None
    verb = thing.head.head
    verb = verb.head if verb.dep_ == "dobj" else verb
    own = owner.i + 1 < len(owner.doc) and owner.nbor(1).lower_ == "own"
    judging = verb.pos_ == "VERB" and (thing.head.lower_ == "for" or acts_on_object(verb))
    return verb if judging and not own else None


def is_object(discourse: Discourse, place: Place, block: int, verb: Token) -> bool:
    """Say whether a name is the object of a verb."""
    head = climb_to_role(discourse.get_head(place))
    return discourse.mentions[place.mention].block == block and head.dep_ == "dobj" and head.head == verb


def is_met_beside(discourse: Discourse, place: Place, block: int, token: Token) -> bool:
    """Say whether a name is the object of the clause beside that of a pronoun: "Chad armed Haftar; Niger fought beside him"."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    upper = climb_to_role(discourse.get_head(place)).head
    return is_object(discourse, place, block, upper) and (upper.head == verb or verb.head == upper)


def acts_above(discourse: Discourse, place: Place, block: int, token: Token) -> bool:
    """Say whether a name is the subject of the clause that a pronoun's own depends on: "Chad, which Ito left when he fled"."""
    verb = token.head
    mention = discourse.mentions[place.mention]
    if token.dep_ not in _SUBJECTS or verb.dep_ != "advcl" or mention.block != block:
        return False
    role = climb_to_role(discourse.get_head(place))
    return role.dep_ in _SUBJECTS and role.head == verb.head and role.i < token.i


def acts_beside(discourse: Discourse, place: Place, block: int, token: Token) -> bool:
    """Say whether a name is the main subject of a sentence in whose other clause somebody else acts on a pronoun.

    "Rao has let them in, and Nair accuses him": that is Rao, whoever was spoken of before.
    """
    mention = discourse.mentions[place.mention]
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if token.dep_ not in _OBJECTS or mention.block != block or not (place.subject and place.main):
        return False
    role = climb_to_role(discourse.get_head(place))
    return role.i < token.i and role.head != verb and has_subject(verb)


def list_parallel(discourse: Discourse, places: Sequence[Place], block: int, token: Token) -> list[int]:
    """Return the actors that the clause before has where "it" stands: Chad in "Oman sold Chad jets and Peru sold it guns"."""
    verb = token.head
    if token.dep_ not in _OBJECTS or not _is_beside(verb) or not has_subject(verb):
        return []
    roles = [(place, climb_to_role(discourse.get_head(place))) for place in places]
    return [
        discourse.mentions[place.mention].actor
        for place, role in roles
        if discourse.mentions[place.mention].block == block
        and role.dep_ in _OBJECTS
        and role.head == verb.head
    ]


def _is_beside(verb: Token) -> bool:
    """Whether a clause stands beside the one before it, by "and" or by "while"."""
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    return verb.dep_ == "conj" or (verb.dep_ == "advcl" and not marks.isdisjoint(_SETTING_APART))
