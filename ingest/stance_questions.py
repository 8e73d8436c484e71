"""Between which two names of a sentence no stance can be meant, so that the learned scorer is not asked for one.

Whoever is replaced, and by whom: "chose Rao to replace Nair" takes no side; nor does whoever is acquitted of it. Two who undergo or get the same, in "armed Oman and
Chad", have nothing to do with each other.
"""

from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token

_REPLACING = frozenset({"replace", "succeed"})
_CLEARING = frozenset({"absolve", "acquit", "clear", "exonerate"})
_COURTS = frozenset({"commission", "court", "inquiry", "judge", "jury", "panel", "tribunal"})
_CRIMES = frozenset(
    {"accusation", "allegation", "charge", "corruption", "crime", "genocide", "murder", "wrongdoing"}
)
_UNDERGOING = frozenset({"dative", "dobj"})
_RECEIVING = frozenset({"against", "for", "from", "on", "to"})


def may_take_sides(one: Token, other: Token) -> bool:
    """Say whether one of two names may be for or against the other, by where their heads stand in the parse."""
    if _is_replaced(one) or _is_replaced(other) or (_is_cleared(one) and _is_cleared(other)):
        return False
    first, last = sorted((one, other), key=lambda token: token.i)
    return not (_undergoes(first) and any(token.i == last.i for token in expand_conjuncts(first)))


def _is_replaced(name: Token) -> bool:
    return name.dep_ == "dobj" and name.head.lemma_ in _REPLACING


def _is_cleared(name: Token) -> bool:
    """Whether somebody is found to have done nothing, or what somebody has not done: "was acquitted of killing Serbs"."""
    for above in name.ancestors:
        if above.lemma_.lower() in _CLEARING and _is_of_crime(above):
            return True
        if above.dep_ == "conj" and above.pos_ == "VERB":
            return False  # "was cleared of theft, but is suing Rao"
    return False


def _is_of_crime(verb: Token) -> bool:
    """Whether a verb clears somebody of a deed, and not a town of fighters."""
    if verb.lemma_ != "clear":
        return verb.pos_ == "VERB"
    ends = [end for phrase in verb.children if phrase.lower_ in {"of", "by"} for end in phrase.children]
    return any(end.dep_ == "pcomp" or end.lemma_.lower() in _COURTS | _CRIMES for end in ends)


def _undergoes(name: Token) -> bool:
    """Whether something is done or given to somebody, alone or as the first of several."""
    while name.dep_ == "conj":
        name = name.head
    return name.dep_ in _UNDERGOING or (name.dep_ == "pobj" and name.head.lower_ in _RECEIVING)
