"""Whether a place is told of in the clause of a name, or in one that is about somebody else."""

from ingest.antecedents import find_antecedent
from ingest.arguments import VERBAL, get_arguments, is_attributive
from ingest.discourse import climb_to_role, has_subject
from ingest.parse import Token

_MISSIONS = frozenset({"consulate", "embassy"})
_OPEN_CLAUSES = frozenset({"acl", "advcl", "pcomp", "prep", "xcomp"})


def may_be_there(name: Token, place: Token) -> bool:
    """Say whether a clause that tells of a place may tell it of a name: one that the name takes part in or is what it describes.

    Not Ito in "Ito fell ill and Abe flew to Lome", "Ito, whose wife is in Lome" or "Abe met Ito and flew to Lome"; he may
    be there in "Ito met Abe in Lome", "Ito, who fled to Lome" and "Lome, where Ito fell".
    """
    if place.head.lemma_.lower() in _MISSIONS and place.i < place.head.i:
        return False  # who is in the American embassy is not in America
    own, other = _find_clause(name), _find_clause(place)
    if own is None or other is None or own.i == other.i:
        return True
    if _describes(own, place):
        return True
    arguments = get_arguments(other)
    taking_part = {find_antecedent(token).i for token in (*arguments.agents, *arguments.patients)}
    return climb_to_role(name).i in taking_part or name.i in taking_part


def _find_clause(token: Token) -> Token | None:
    """Return the verb of the finite clause that a word is in, or of one without a subject that describes it."""
    for above in (token, *token.ancestors):
        if above.pos_ not in VERBAL or is_attributive(above):
            continue
        if has_subject(above) or above.dep_ not in _OPEN_CLAUSES:
            return above
    return None


def _describes(clause: Token, place: Token) -> bool:
    """Whether a clause is about a place or about what is there: "a congress in Lome that Ito attended"."""
    while clause.dep_ == "conj" and clause.head.pos_ in VERBAL:
        clause = clause.head
    nouns = (place, *place.ancestors)
    below = [noun for noun in nouns if noun.pos_ not in VERBAL]
    return clause.dep_ in {"acl", "relcl"} and clause.head.i in {noun.i for noun in below}
