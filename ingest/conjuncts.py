"""What is coordinated with a word: "Iran, Russia and Syria"."""

from collections.abc import Iterable

from ingest.parse import Token

_VERBAL = frozenset({"VERB", "AUX"})
# What has two objects: "told Chad and Niger the truth".
_GIVING = frozenset(
    {"allow", "ask", "award", "bring", "call", "cost", "declare", "deny", "give", "grant", "hand", "lend", "name",
     "offer", "owe", "pay", "promise", "sell", "send", "show", "teach", "tell"}
)  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


def expand_conjuncts(token: Token) -> tuple[Token, ...]:
    """Return a token and all that is coordinated below it: "Iran, Russia and Syria" gives three."""
    found, waiting = [], [token]
    while waiting:  # not recursive: a parser hangs each item of a list on the one before it
        current = waiting.pop()
        found.append(current)
        below = [child for child in current.children if child.dep_ == "conj" and child.pos_ not in _VERBAL]
        waiting.extend(child for child in reversed(below) if not begins_clause(child, token))
    return tuple(found)


def find_company(verb: Token, subjects: Iterable[Token]) -> tuple[Token, ...]:
    """Return who does the same by an aside between a subject and its verb: "Kenya, along with Uganda, backed the plan"."""
    for subject in subjects:
        aside = verb.doc[subject.i + 1 : min(subject.i + 4, verb.i)]
        words = [token.lower_ for token in aside]
        if words in ([",", "along", "with"], [",", "together", "with"]):
            named = [child for child in aside[2].children if child.dep_ == "pobj"]
            return tuple(part for child in named for part in expand_conjuncts(child))
    return ()


def begins_clause(noun: Token, first: Token) -> bool:
    """Say whether a name taken for one more object is the subject of what follows: "met Ito and Oman broke off talks"."""
    start, after = noun.left_edge.i, noun.right_edge.i + 1
    if noun.dep_ != "conj" or start < 2 or after >= len(noun.doc) or noun.doc[start - 1].lower_ != "and":
        return False
    if _leaves_verb_out(noun, first):
        return True
    verb = noun.doc[after]
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ == "conj"
    own = any(child.dep_ in _SUBJECTS for child in verb.children)
    return finite and not own and verb.head.i < first.i and verb.head.is_ancestor(first)


def _leaves_verb_out(noun: Token, first: Token) -> bool:
    """Say whether a name has an object of its own and no verb: "Iran backs Assad and Oman the rebels"."""
    if noun.pos_ != "PROPN" or noun.i + 2 >= len(noun.doc) or noun.nbor(1).lower_ != "the":
        return False
    verb = next((token for token in first.ancestors if token.pos_ in _VERBAL), first)
    return noun.nbor(2).text.islower() and verb.lemma_.lower() not in _GIVING


def is_trained_and_paid(verb: Token) -> bool:
    """Say whether a participle was read as what somebody did: "the Scouts, men trained and paid by Oman, drove them out"."""
    after = verb.i + 2 < len(verb.doc) and verb.nbor(1).lower_ == "and"
    other = verb.nbor(2) if after else verb
    return other.dep_ == "conj" and other.head.i == verb.i and any(c.dep_ == "agent" for c in other.children)


def shares_object(verb: Token, other: Token) -> bool:
    """Say whether a verb may have the object of one joined to it: "praised and armed the rebels".

    Not where it has a clause for its object, as in "threatened to bomb Israel and praised Hamas", nor where the other has
    another form or subject: "vowed to disarm and called Salam a puppet".
    """
    if other.dep_ != "conj" or other.pos_ not in _VERBAL:
        return False
    clause = any(child.dep_ in {"xcomp", "ccomp"} for child in verb.children)
    apart = verb.tag_ in {"VB", "VBG"} and other.tag_ in {"VBD", "VBZ", "VBP"}
    return not (clause or apart or any(child.dep_ in _SUBJECTS for child in other.children))
