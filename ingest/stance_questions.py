"""Between which two names of a sentence no stance can be meant, so that the learned scorer is not asked for one.

Whoever is replaced, and by whom: "chose Rao to replace Nair" takes no side. Two who undergo or get the same, in "armed Oman and
Chad", have nothing to do with each other.
"""

from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token

_REPLACING = frozenset({"replace", "succeed"})
_UNDERGOING = frozenset({"dative", "dobj"})
_RECEIVING = frozenset({"against", "for", "from", "on", "to"})


def may_take_sides(one: Token, other: Token) -> bool:
    """Say whether one of two names may be for or against the other, by where their heads stand in the parse."""
    if _is_replaced(one) or _is_replaced(other):
        return False
    first, last = sorted((one, other), key=lambda token: token.i)
    return not (_undergoes(first) and any(token.i == last.i for token in expand_conjuncts(first)))


def _is_replaced(name: Token) -> bool:
    return name.dep_ == "dobj" and name.head.lemma_ in _REPLACING


def _undergoes(name: Token) -> bool:
    """Whether something is done or given to somebody, alone or as the first of several."""
    while name.dep_ == "conj":
        name = name.head
    return name.dep_ in _UNDERGOING or (name.dep_ == "pobj" and name.head.lower_ in _RECEIVING)
