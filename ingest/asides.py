"""What a sentence says beside what it tells: clauses and appositions behind a comma, which are the writer's own."""

from ingest.cues import get_cues
from ingest.parse import Token


def is_told_plainly(verb: Token) -> bool:
    """Say whether it is sure that somebody said something, whatever may come: "Should they fail, Ito told us in Lome, he would"."""
    plain = verb.tag_ == "VBD" and not any(child.dep_ in {"aux", "mark", "neg"} for child in verb.children)
    start = verb.left_edge.i
    comma = start > verb.sent.start and verb.doc[start - 1].text == ","
    inserted = verb.dep_ in {"ccomp", "conj", "parataxis"} and (comma or verb.i < verb.head.i)
    return plain and (inserted or verb.dep_ == "ROOT")


def is_told_aside(trigger: Token) -> bool:
    """Say whether a clause behind a comma only tells who is meant: "Kahn, who leads the guard, was hurt, a nurse said"."""
    clauses = [trigger, *trigger.ancestors]
    aside = next((place for place, token in enumerate(clauses) if _is_set_apart(token)), None)
    return aside is not None and any(
        clause.dep_ == "ccomp" and clause.head.i > trigger.i and clause.head.lemma_ in get_cues().speech_verbs
        for clause in clauses[aside + 1 :]
    )


def is_writers_own(trigger: Token) -> bool:
    """Say whether a clause or an apposition behind a comma tells whoever reads who somebody is: "said that Rao, who runs it, lied"."""
    return any(
        _is_set_apart(clause) or (clause.dep_ == "appos" and _follows_comma(clause))
        for clause in (trigger, *trigger.ancestors)
    )


def _follows_comma(clause: Token) -> bool:
    opening = clause.left_edge
    return opening.i > 0 and opening.nbor(-1).text == ","


def _is_set_apart(clause: Token) -> bool:
    """Whether a clause with "who" or "which" follows a comma; one with "where" goes on telling."""
    told = clause.dep_ == "relcl" and clause.left_edge.lower_ in {"which", "who", "whom", "whose"}
    return told and _follows_comma(clause)
