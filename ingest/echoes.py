"""Who does the same, or does not, by an auxiliary that stands for a verb: "and so does Qatar", "Uganda has not"."""

from collections.abc import Iterator

from ingest.arguments import OBJECT_LABELS, SUBJECT_LABELS, VERBAL, find_subjects
from ingest.bearers import Roster
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.sightings import Sighting

_ECHOING = frozenset({"so", "too", "likewise"})
# "Backs ... does not", "has recognised ... has not"
_AUXILIARIES = frozenset({"do", "have"})
_ASIDES = frozenset({"neg", "nsubj", "advmod", "cc", "punct", "mark", "dep"})
_NEGATIONS = frozenset({"not", "n't", "never"})


def iter_echoes(sighting: Sighting, roster: Roster) -> Iterator[Sighting]:
    """Yield who does the same by "and so does Qatar", "as did Oman" or a next sentence "So does Allawi", and who does not.

    After a verb that is denied, nobody does the same: what "so did" means there is anybody's guess.
    """
    verb = sighting.trigger
    if not sighting.targets or verb.pos_ not in VERBAL:
        return
    for echo in _find_bare_echoes(verb):
        yield sighting._replace(sources=roster.find_sources(find_subjects(echo)), trigger=echo)
    if any(child.dep_ == "neg" for child in verb.children):
        return
    for echo in _find_echoes(verb):
        yield sighting._replace(sources=roster.find_sources(_get_echoing(echo)), trigger=echo)


def _find_bare_echoes(verb: Token) -> Iterator[Token]:
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


def _find_echoes(verb: Token) -> Iterator[Token]:
    """The forms of "do" that stand for a verb, in clauses joined to it or as the whole next sentence."""
    for child in verb.children:
        joined = child.i > verb.i and child.dep_ in {"conj", "ccomp", "advcl", "parataxis"}
        if joined and _get_echoing(child):
            yield child
    if verb.dep_ == "ccomp" and verb.head.i > verb.i and _get_echoing(verb.head):
        yield verb.head  # "Ghana backed Togo, Benin did so too", hung below
    end = verb.sent.end
    if verb.dep_ == "ROOT" and end < len(verb.doc):
        root = verb.doc[end].sent.root
        if _get_echoing(root):
            yield root


def _get_echoing(verb: Token) -> tuple[Token, ...]:
    """Who does the same, where "do" stands alone for another verb: "so do Qatar and Oman", "Amnesty did too"."""
    if any(child.dep_ in {"neg", "xcomp"} for child in verb.children):
        return ()
    subjects = tuple(child for child in verb.children if child.dep_ == "nsubj")
    objects = tuple(child for child in verb.children if child.dep_ in OBJECT_LABELS)
    if verb.lemma_.lower() in _AUXILIARIES and verb.dep_ == "advcl" and not objects:
        likened = any(child.lower_ == "as" and child.dep_ == "mark" for child in verb.children)
        return find_subjects(verb) if subjects and likened else ()
    if verb.lemma_.lower() != "do":
        return ()
    if subjects and any(thing.lower_ in {"likewise", "same"} for thing in objects):
        return find_subjects(verb)
    if verb.i > 0 and verb.nbor(-1).lower_ == "so" and len(subjects + objects) == 1:
        return expand_conjuncts(
            (subjects + objects)[0]
        )  # a parser takes who comes after the verb for its object
    after = {token.lower_ for token in verb.doc[verb.i + 1 : verb.i + 3]}
    return find_subjects(verb) if subjects and not objects and after & _ECHOING else ()
