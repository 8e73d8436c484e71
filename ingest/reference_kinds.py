"""What a document calls its actors: "the union IF Metall", "3F, a union", "the town of Lashio", "the Liberation Front"."""

from itertools import pairwise

from ingest.discourse import Discourse
from ingest.parse import Doc, Token
from ingest.types import Mention

_LINKS = frozenset({"of", "for"})
_NOUNS = frozenset({"NOUN", "PROPN"})
LOYALIST = "loyalist"
"""What a body is said to be that fights for a government: "a pro-government militia"."""
_LOYAL = ("pro-government", "pro-state", "government-backed", "state-backed", "loyalist", "paramilitary")


class Kinds:
    """The common nouns that a document says of each actor; built once, linear in mentions."""

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self._said: dict[int, set[str]] = {}
        self._named: dict[int, set[str]] = {}
        for mention in discourse.mentions:
            if mention.resolution != "demonym":
                self._read(mention)
        for number, actor in enumerate(discourse.actors):
            if actor.type != "person":
                for name in (actor.name, *actor.aliases):
                    self._named.setdefault(number, set()).update(_get_name_heads(name))

    def is_called(self, actor: int, noun: str) -> bool:
        """Say whether a lower-case noun heads the name of an actor, or is said of it beside its name."""
        return self.is_named(actor, noun) or self.is_said(actor, noun)

    def is_named(self, actor: int, noun: str) -> bool:
        """Say whether a lower-case noun heads the name of an actor."""
        return noun in self._named.get(actor, ())

    def is_said(self, actor: int, noun: str) -> bool:
        """Say whether a lower-case noun stands beside the name of an actor as what it is."""
        return noun in self._said.get(actor, ())

    def _read(self, mention: Mention) -> None:
        doc = self._discourse.blocks[mention.block].doc
        said = self._said.setdefault(mention.actor, set())
        for noun in (*_iter_beside(doc, mention), *_iter_said(doc[mention.head_token], mention)):
            if noun.pos_ == "NOUN" and not self._discourse.is_covered(mention.block, noun.i):
                said.add(noun.lower_)
                if _is_loyal(noun):
                    said.add(LOYALIST)


def _is_loyal(noun: Token) -> bool:
    words = noun.doc[noun.left_edge.i : noun.i + 1].text.casefold().replace(" - ", "-")
    return any(word in words for word in _LOYAL)


def _get_name_heads(name: str) -> set[str]:
    """Return the words that say what a name of several words names: the last one, and the one before "of"."""
    words = name.casefold().replace("'s", "").split()
    before_links = {word for word, link in pairwise(words) if link in _LINKS}
    return {words[-1], *before_links} if len(words) > 1 else set()


def _iter_beside(doc: Doc, mention: Mention) -> list[Token]:
    """Return the noun right before a name: "the carmaker Tesla", "the town of Lashio"."""
    start, head = mention.start_token, doc[mention.head_token]
    if start > 0 and doc[start - 1].head.i in {head.i, start - 1}:
        before = doc[start - 1]
        if before.dep_ in {"compound", "nmod"} or (head.dep_ == "appos" and head.head.i == before.i):
            return [before]
    if start > 1 and mention.type == "place" and doc[start - 1].lower_ == "of" and head.dep_ == "pobj":
        return [doc[start - 2]]
    return []


def _iter_said(head: Token, mention: Mention) -> list[Token]:
    """Return the nouns in apposition to a name, and those that "is" says of it."""
    found = [child for child in head.children if child.dep_ == "appos" and child.i >= mention.end_token]
    if head.dep_ == "appos" and head.head.pos_ in _NOUNS:
        found.append(head.head)
    if head.dep_ == "nsubj" and head.head.lemma_ == "be":
        negated = any(child.dep_ == "neg" for child in head.head.children)
        found += [child for child in head.head.children if child.dep_ == "attr" and not negated]
    return found
