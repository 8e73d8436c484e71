"""Whom a noun means whose name follows in the same breath: "the party, known by its French initials FIS,"."""

from ingest.discourse import Discourse
from ingest.parse import Token
from ingest.scene import BODY_TYPES

_CALLING = frozenset({"call", "dub", "know", "name", "nickname"})
_LETTERS = frozenset({"abbreviation", "acronym", "initial", "name"})


def find_name_behind(discourse: Discourse, block: int, noun: Token) -> int | None:
    """Return the body that a noun with a comma behind it is said to be known as, as an index into the actors, or None."""
    if noun.i + 1 >= len(noun.doc) or noun.nbor(1).text != ",":
        return None
    for clause in noun.children:
        if clause.dep_ in {"acl", "relcl"} and clause.i > noun.i and clause.lemma_.lower() in _CALLING:
            for name in _list_names(clause):
                mention = discourse.find_at(block, name.i)
                if mention is not None and mention.type in BODY_TYPES:
                    return mention.actor
    return None


def _list_names(clause: Token) -> list[Token]:
    found = [child for child in clause.children if child.dep_ == "oprd"]
    for phrase in clause.children:
        if phrase.lower_ in {"as", "by"}:
            found += [child for child in phrase.children if child.dep_ == "pobj"]
    letters = [noun for noun in found if noun.lemma_.lower() in _LETTERS]
    return found + [child for noun in letters for child in noun.children if child.dep_ == "appos"]
