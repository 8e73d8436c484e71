"""Who is named only behind his pronoun: "From Lome, where he lives, Ito wrote", "When he fled, Ito wrote"."""

from typing import NamedTuple

from ingest.arguments import VERBAL
from ingest.discourse import climb_to_name
from ingest.parse import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


class Following(NamedTuple):
    """The subject behind a clause that opens its sentence.

    Attributes:
        name: Its head.
        is_sure: Whether the clause tells of the place where the subject acts; else it may tell of somebody named before.
    """

    name: Token
    is_sure: bool


def find_following(pronoun: Token) -> Following | None:
    """Return the subject of the clause that the pronoun's own stands in front of, or None."""
    clause = next((above for above in pronoun.ancestors if above.pos_ in VERBAL), None)
    if clause is None:
        return None
    link = clause
    if clause.dep_ == "relcl" and clause.head.dep_ == "pobj":
        link = clause.head.head  # "From Lome, where he lives"
    elif clause.dep_ != "advcl":
        return None
    verb = link.head
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS and child.i > clause.i]
    if verb.pos_ not in VERBAL or not subjects or link.i > subjects[0].i:
        return None
    return Following(climb_to_name(subjects[0]), clause.dep_ == "relcl")
