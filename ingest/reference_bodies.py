"""Whom a person leads or speaks for, as the text says it: so "his movement" and the "we" of a spokesman are that body."""

from ingest.discourse import Discourse
from ingest.names import WordTable
from ingest.parse import Doc, Token
from ingest.types import Mention

_BODY_TYPES = frozenset(
    {"armed-group", "party", "organization", "government-body", "security-force", "media", "country"}
)
_LED_TYPES = frozenset({"armed-group", "party", "organization"})
_LED_NOUNS = frozenset({"party", "movement", "group", "militia", "faction", "alliance", "bloc", "front"})
_LINKS = frozenset({"of", "for"})
_GONE = frozenset({"former", "ex", "once", "late", "then", "ousted", "deposed", "previous", "formerly"})


class Followings:
    """The bodies that the persons of a document stand for, by the titles beside their names."""

    def __init__(self, discourse: Discourse, titles: WordTable) -> None:
        self._discourse = discourse
        self._titles = titles
        self._mentions: dict[int, list[Mention]] = {}
        self._own: dict[int, set[int]] = {}
        self._known: dict[int, frozenset[int]] = {}
        for mention in discourse.mentions:
            if mention.type == "person":
                self._mentions.setdefault(mention.actor, []).append(mention)
            elif mention.type in _LED_TYPES:
                for person in self._list_owners(mention):
                    self._own.setdefault(person, set()).add(mention.actor)

    def find_own(self, person: int) -> set[int]:
        """Return the parties and groups that are called a person's own: "GERB, the party of Boyko Borissov"."""
        return self._own.get(person, set())

    def find_bodies(self, person: int) -> frozenset[int]:
        """Return the bodies and states whose title or role a person bears, as indices into the actors."""
        if person not in self._known:
            found = (actor for mention in self._mentions.get(person, ()) for actor in self._read(mention))
            self._known[person] = frozenset(found) - {person}
        return self._known[person]

    def _read(self, mention: Mention) -> list[int]:
        doc = self._discourse.blocks[mention.block].doc
        head = doc[mention.head_token]
        roles = [child for child in head.children if child.dep_ == "appos" and child.i >= mention.end_token]
        if head.dep_ == "appos":
            roles.append(head.head)
        found = [
            actor
            for role in roles
            if self._is_role(doc, role)
            for actor in self._list_bodies(mention.block, role)
        ]
        before = self._find_before_title(doc, mention)
        return found if before is None else [*found, before]

    def _list_owners(self, body: Mention) -> list[int]:
        """Return the persons of "Boyko Borissov's GERB" and "GERB, the party of Boyko Borissov"."""
        doc = self._discourse.blocks[body.block].doc
        ends = [child for child in doc[body.head_token].children if child.dep_ == "poss"]
        ends += [
            pobj
            for noun in doc[body.head_token].children
            if noun.dep_ == "appos" and noun.lower_ in _LED_NOUNS
            for child in noun.children
            if child.dep_ == "prep" and child.lower_ == "of"
            for pobj in child.children
            if pobj.dep_ == "pobj"
        ]
        found = (self._discourse.find_at(body.block, end.i) for end in ends)
        return [mention.actor for mention in found if mention is not None and mention.type == "person"]

    def _is_role(self, doc: Doc, role: Token) -> bool:
        gone = any(child.lower_ in _GONE for child in role.children)
        return bool(self._titles.match_to(doc, role.i + 1)[1]) and not gone

    def _list_bodies(self, block: int, role: Token) -> list[int]:
        """Return the bodies of "a spokesman for the front", "the GERB leader" and "its commander"."""
        ends = [child for child in role.children if child.dep_ in {"compound", "nmod", "poss", "amod"}]
        ends += [
            pobj
            for child in role.children
            if child.dep_ == "prep" and child.lower_ in _LINKS
            for pobj in child.children
            if pobj.dep_ == "pobj"
        ]
        return [actor for end in ends if (actor := self._get_body(block, end.i)) is not None]

    def _find_before_title(self, doc: Doc, mention: Mention) -> int | None:
        """Return the body of "Hamas leader Ismail Haniyeh"."""
        start, values = self._titles.match_to(doc, mention.start_token)
        if not values or start == 0:
            return None
        if doc[start - 1].tag_ == "POS":
            start -= 1
        gone = start > 0 and doc[start - 1].lower_ in _GONE
        return None if gone or start == 0 else self._get_body(mention.block, start - 1)

    def _get_body(self, block: int, token: int) -> int | None:
        found = self._discourse.find_at(block, token)
        return found.actor if found is not None and found.type in _BODY_TYPES else None
