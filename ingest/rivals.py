"""Which nouns without a name a pronoun may mean as well as a name before it."""

from ingest.discourse import find_noun_subjects
from ingest.parse import Doc, Token
from ingest.types import Mention

_AIMING = frozenset({"about", "against", "at", "on", "upon"})
_OBJECTS = frozenset({"dative", "dobj", "obj", "pobj"})


def list_rivals(doc: Doc, start: int, token: Token, owner: Mention, *, plural: bool) -> list[Token]:
    """Return the nouns between `start` and a pronoun that are subjects or, where it is one itself, objects.

    Args:
        doc: The parse that both are in.
        start: Where the name before it ends, as a token.
        token: The pronoun.
        owner: The name; what is its own is its doing all the same: "the army's raid".
        plural: Whether the pronoun means several.
    """
    wanted = {"NNS"} if plural else {"NN"}
    rivals = [noun for noun in find_noun_subjects(doc, start, token.i) if noun.tag_ in wanted]
    before = [noun for noun in doc[start : token.i] if noun.tag_ in wanted]
    if token.dep_ == "dobj" or (token.dep_ == "pobj" and token.head.lower_ in _AIMING):
        rivals += [noun for noun in before if noun.dep_ == "dobj" and not _is_possessed(noun, owner)]
    if token.dep_ in _OBJECTS and plural:
        rivals += [noun for noun in before if _is_aimed_at(noun)]
    return rivals


def _is_aimed_at(noun: Token) -> bool:
    """Whether something is done to those a noun names, by a preposition: "fired on strikers"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in _AIMING and noun.head.head.pos_ == "VERB"


def _is_possessed(noun: Token, owner: Mention) -> bool:
    return any(child.dep_ == "poss" and child.i == owner.head_token for child in noun.children)
