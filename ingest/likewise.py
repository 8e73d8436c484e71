"""Who does the same by a short clause behind it: "Chad condemned the coup, as did Niger", "and so had Taylor"."""

from ingest.parse import Token

_STANDING_FOR = frozenset({"am", "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "was", "were", "will", "would"})  # fmt: skip
_ALIKE, _NEITHER = frozenset({"as", "so"}), frozenset({"nor", "neither"})
# The parser takes a subject behind its verb for an object now and then.
_SUBJECTS = frozenset({"attr", "dobj", "nsubj", "nsubjpass"})
_SLIGHT = _SUBJECTS | {"advmod", "cc", "mark", "npadvmod", "prep", "punct"}


def find_likewise(verb: Token) -> tuple[Token, ...]:
    """Return the subjects of the clauses that only say that somebody else did so too, or did not either."""
    found = []
    for clause in verb.children:
        if clause.lower_ not in _STANDING_FOR or clause.i < verb.i or clause.dep_ not in {"advcl", "conj"}:
            continue
        subjects = [child for child in clause.rights if child.dep_ in _SUBJECTS]
        slight = all(child.dep_ in _SLIGHT for child in clause.children)
        if _is_over(verb, clause):
            continue
        if slight and subjects and subjects[0].left_edge.i == clause.i + 1 and _is_alike(verb, clause):
            found.append(subjects[0])
    return tuple(found)


def _is_over(verb: Token, clause: Token) -> bool:
    """Whether the other was so once, and is not told to be so now: "Kenya is a member, as was Uganda"."""
    return verb.lemma_ == "be" and verb.tag_ != "VBD" and clause.tag_ == "VBD"


def _is_alike(verb: Token, clause: Token) -> bool:
    """Whether the word before a clause says that it is so too, or just as little."""
    link = clause.nbor(-1).lower_
    denied = any(child.dep_ == "neg" for child in verb.children)
    return link in (_NEITHER if denied else _ALIKE)
