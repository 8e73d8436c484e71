"""Who does the same, or does not, by an auxiliary that stands for a verb: "Kenya has recognised it; Uganda has not"."""

from collections.abc import Iterator

from ingest.arguments import SUBJECT_LABELS
from ingest.parse import Token

# "Backs ... does not", "has recognised ... has not"
_AUXILIARIES = frozenset({"do", "have"})
_ASIDES = frozenset({"neg", "nsubj", "advmod", "cc", "punct", "mark", "dep"})
_NEGATIONS = frozenset({"not", "n't", "never"})


def find_bare_echoes(verb: Token) -> Iterator[Token]:
    """Yield the auxiliaries behind a verb that stand for it and end their clause.

    "Oman backs the front; Mali does not", "Oman has condemned it, but Mali has not": only with a contrast, by which one
    is denied and the other affirmed.
    """
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.lemma_.lower() in _AUXILIARIES and _stands_alone(token) and _is_of_form(token, verb):
            if _is_denied(token) != _is_denied(verb):
                yield token
            return


def _stands_alone(auxiliary: Token) -> bool:
    """Whether an auxiliary has a subject before it and nothing but a negation behind it."""
    if any(child.dep_ not in _ASIDES | {"ccomp", "conj"} for child in auxiliary.children):
        return False
    behind = [child for child in auxiliary.children if child.i > auxiliary.i]
    if any(child.dep_ not in {"neg", "punct"} for child in behind):
        return False
    end = auxiliary.i + 1 + sum(child.dep_ == "neg" for child in behind)
    closed = end >= len(auxiliary.doc) or auxiliary.doc[end].is_punct
    return closed and any(child.dep_ in SUBJECT_LABELS for child in auxiliary.lefts)


def _is_of_form(auxiliary: Token, verb: Token) -> bool:
    """Whether an auxiliary can stand for a verb in its form: "does" for "backs", "has" for "has backed"."""
    perfect = any(child.lower_ in {"has", "have", "had"} for child in verb.children if child.dep_ == "aux")
    return perfect == (auxiliary.lemma_.lower() == "have")


def _is_denied(verb: Token) -> bool:
    words = {child.lower_ for child in verb.children if child.dep_ in {"neg", "preconj"}}
    subjects = (child for child in verb.children if child.dep_ in SUBJECT_LABELS)
    paired = any(grand.lower_ == "neither" for subject in subjects for grand in subject.children)
    return bool(words & _NEGATIONS) or paired
