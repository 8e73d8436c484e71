"""Whom a relative pronoun, "both" or "neither" stands for, as grammar alone tells."""

from ingest.conjuncts import expand_conjuncts, find_last
from ingest.parse import Token

RELATIVE_PRONOUNS = frozenset({"who", "whom", "whose", "which", "that"})


def find_antecedent(token: Token) -> Token:
    """Return what a relative pronoun stands for, or the token itself when it is none."""
    if token.lower_ not in RELATIVE_PRONOUNS or token.tag_ not in {"WDT", "WP", "WP$", "IN", "DT"}:
        return token
    for ancestor in token.ancestors:
        hung = ancestor.dep_ == "advcl" and token.head.i == ancestor.i
        if hung and token.dep_ == "dobj" and token.lower_ == "that":
            things = _list_things(ancestor.head, token)
            if things:
                return things[-1]  # hung on the verb: "Rao, who survived a blast that they blamed on Nair"
        if ancestor.dep_ == "relcl":
            return _find_nearer(ancestor, token) or _find_owned(find_last(ancestor, token))
        if ancestor.dep_ == "ccomp" and (named := _find_singled_out(ancestor.head)):
            return named
        if ancestor.dep_ in {"ccomp", "ROOT"} and token.tag_ == "WP":
            break
    return token


def _find_nearer(clause: Token, pronoun: Token) -> Token | None:
    """What "that" stands for behind a clause with "who" on the same name: the blast in "Rao, who survived a blast that they caused"."""
    earlier = [child for child in clause.head.children if child.dep_ == "relcl" and child.i < clause.i]
    if pronoun.lower_ not in {"that", "which"} or not earlier:
        return None
    told = earlier[-1]
    by_who = any(child.lower_ == "who" for child in told.children)
    things = _list_things(told, pronoun)
    return things[-1] if by_who and things else None


def _list_things(verb: Token, pronoun: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "dobj" and child.i < pronoun.i]


def _find_owned(name: Token) -> Token:
    """Whom a clause behind an owner's name tells of: the cousin in "a cousin of Rao's who sits in parliament"."""
    behind = name.i + 1 < len(name.doc) and name.nbor(1).tag_ == "POS"
    return name.head.head if behind and name.dep_ == "pobj" and name.head.lower_ == "of" else name


def _find_singled_out(copula: Token) -> Token | None:
    """Who it is that does something: "it was Oman that armed them"; of one of two the copula's "not" is another's."""
    singled = copula.lemma_ == "be" and any(
        child.dep_ == "nsubj" and child.lower_ == "it" for child in copula.children
    )
    named = [child for child in copula.children if child.dep_ == "attr" and child.pos_ == "PROPN"]
    joined = any(child.dep_ == "conj" for child in copula.children)
    return named[0] if singled and named and not joined else None


def find_pair(pronoun: Token) -> tuple[Token, ...]:
    """Return the two last named together before "both" or "neither": "Chad and Niger wrote, and Benin answered neither"."""
    for token in reversed(pronoun.doc[pronoun.sent.start : pronoun.i]):
        pair = expand_conjuncts(token) if token.pos_ == "PROPN" and token.dep_ != "conj" else ()
        if len(pair) > 1:
            return pair if len(pair) == 2 and pair[1].i < pronoun.i else ()
    return ()


def find_scene_of(verb: Token) -> tuple[Token, ...]:
    """Return what a clause with "where" tells of, for its verb and those under it: "Aden, where they tried to land"."""
    while verb.dep_ in {"xcomp", "conj"} and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    where = any(child.lower_ == "where" and child.dep_ == "advmod" for child in verb.children)
    return expand_conjuncts(verb.head)[-1:] if where and verb.dep_ == "relcl" else ()
