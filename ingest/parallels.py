"""Whom a pronoun means because he stands where it stands: "Chad armed Haftar; Niger fought beside him"."""

from collections.abc import Sequence

from ingest.discourse import SUBJECTS, Discourse, Place, climb_to_role, has_subject, is_main_verb
from ingest.parse import Token
from ingest.triggers import acts_on_object

_OBJECTS = frozenset({"dative", "dobj"})
_MET = frozenset({"her", "him"})
_ACTING = {"her": "she", "him": "he"}
_DYING = frozenset({"die", "perish"})
_LEADING = frozenset({"chair", "command", "found", "head", "lead"})
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
    if token.dep_ not in SUBJECTS or verb.dep_ != "advcl" or mention.block != block:
        return False
    role = climb_to_role(discourse.get_head(place))
    return role.dep_ in SUBJECTS and role.head == verb.head and role.i < token.i


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


def are_told_of_together(discourse: Discourse, block: int, token: Token) -> bool:
    """Say whether two persons are the subject of the sentence before "they", who may be they: "Rao and Nair fled ... their heads"."""
    for place in discourse.iter_before(block, token.i, sentences=0):
        mention = discourse.mentions[place.mention]
        if mention.block != block or mention.start_token < token.sent.start:
            return False
        name = discourse.get_head(place)
        if mention.type == "person" and place.main and any(c.dep_ == "conj" for c in name.children):
            return True
    return False


def is_still_met(discourse: Discourse, place: Place, current: int) -> bool:
    """Say whether a place is the pronoun on which somebody acts in the sentence before: "Rao scolded him. Nair praised him"."""
    mention = discourse.mentions[place.mention]
    if mention.resolution != "pronoun" or place.sentence != current - 1:
        return False
    return _is_acted_on(discourse.get_head(place))


def goes_on_unknown(discourse: Discourse, block: int, token: Token) -> bool:
    """Say whether the sentence before or this one tells of somebody by a pronoun where nobody is known to be meant.

    Whoever it is goes on being spoken of, and is not who acts on him.
    """
    start = token.sent.start
    before = token.doc[start - 1].sent.start if start else start
    for other in token.doc[before : token.i]:
        if discourse.is_covered(block, other.i):
            continue
        if other.lower_ == token.lower_ and _is_acted_on(other):
            return True
        acts = other.dep_ in SUBJECTS and other.i >= start and is_main_verb(other.head)
        if acts and other.lower_ == _ACTING.get(token.lower_):
            return True
    return False


def tells_of_subject(name: Token, verb: Token) -> bool:
    """Say whether a name only tells whose man the subject of a verb is: "Rao, Nair's envoy, called him a liar"."""
    role = name.head
    beside = name.dep_ == "poss" and role.dep_ == "appos"
    return beside and role.head.head == verb and role.head.dep_ in SUBJECTS


def is_gone(name: Token) -> bool:
    """Say whether somebody's death is told as what came before: "after Rao died a congress elected him"."""
    death = name.head
    before = death.dep_ == "advcl" or _has_mark(death)
    return name.dep_ in SUBJECTS and death.lemma_ in _DYING and before


def is_in_fronted_clause(name: Token, pronoun: Token) -> bool:
    """Say whether a name is what a clause in front tells of the subject: "disgusted by Rao, he fled", "having met Rao, he"."""
    if pronoun.dep_ not in SUBJECTS or name.i > pronoun.i:
        return False
    for clause in name.ancestors:
        if clause.head.i == pronoun.head.i:
            participle = clause.tag_ in {"VBG", "VBN"} and clause.dep_ in {"advcl", "acl", "ccomp"}
            return participle and clause.i < pronoun.i and not has_subject(clause) and not _has_mark(clause)
    return False


def _has_mark(clause: Token) -> bool:
    return any(child.dep_ == "mark" for child in clause.children)


def leads_accuser(name: Token, verb: Token) -> bool:
    """Say whether a name is of who leads the body that acts on a pronoun: "Rao leads the union, which accuses him"."""
    body = verb.head
    led = verb.dep_ == "relcl" and body.dep_ == "dobj" and body.head.lemma_ in _LEADING
    return led and name.dep_ in SUBJECTS and name.head == body.head


def tells_by_whom(name: Token) -> bool:
    """Say whether a name only tells by whom something is led or made: "a faction led by Rao welcomed his return"."""
    return name.dep_ == "pobj" and name.head.dep_ == "agent" and name.head.head.dep_ == "acl"


def acted_on_another(discourse: Discourse, places: Sequence[Place], actor: int, token: Token) -> bool:
    """Say whether "he" opens a paragraph after one that ended in what the actor did to another "him", who is gone on about."""
    if token.sent.start or token.dep_ not in SUBJECTS:
        return False
    for place in places:
        if discourse.mentions[place.mention].actor == actor:
            verb = climb_to_role(discourse.get_head(place)).head
            block = discourse.mentions[place.mention].block
            met = [child for child in verb.children if child.dep_ in _OBJECTS and child.lower_ in _MET]
            named = [discourse.find_at(block, child.i) for child in met]
            return any(mention is None or mention.actor != actor for mention in named)
    return False


def _is_acted_on(pronoun: Token) -> bool:
    """Whether somebody else acts on a pronoun, in a main clause or in one about the object of it."""
    verb = pronoun.head
    if pronoun.dep_ not in _OBJECTS:
        return False
    if verb.dep_ == "relcl":
        return verb.head.dep_ == "dobj"
    acting = any(child.dep_ in SUBJECTS and child.pos_ != "PRON" for child in verb.children)
    return acting and is_main_verb(verb)


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
