"""What the text has named so far: who stands where in which sentence, for pronouns and descriptions to take up."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.conjuncts import expand_conjuncts
from ingest.parse import Doc, Token
from ingest.types import Actor, Mention, ParsedBlock

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dative", "dobj", "obj", "pobj"})
_INFINITIVES = frozenset({"xcomp", "advcl"})


class Place(NamedTuple):
    """Where a mention stands.

    Attributes:
        mention: Index into the mentions.
        sentence: Number of its sentence, counted over the whole document.
        subject: It is the subject of a clause, or joined to one, or the agent of a passive clause.
        main: The clause is the sentence's main clause.
    """

    mention: int
    sentence: int
    subject: bool
    main: bool


class Discourse:
    """A document's mentions by sentence; built once, linear in tokens and mentions."""

    def __init__(
        self, blocks: Sequence[ParsedBlock], mentions: Sequence[Mention], actors: Sequence[Actor]
    ) -> None:
        self.blocks = blocks
        self.mentions = list(mentions)
        self.actors = list(actors)
        self._sentence_of: list[list[int]] = []
        self._first_sentence: list[int] = []
        number = 0
        for _, doc in blocks:
            self._first_sentence.append(number)
            numbers = [0] * len(doc)
            for sentence in doc.sents:
                for token in sentence:
                    numbers[token.i] = number
                number += 1
            self._sentence_of.append(numbers)
        self._by_sentence: dict[int, list[Place]] = {}
        self._covered: dict[tuple[int, int], int] = {}
        for index in range(len(self.mentions)):
            self._note(index)

    def add(self, mention: Mention) -> None:
        """Take in a mention that was resolved, so that later words can take it up."""
        self.mentions.append(mention)
        self._note(len(self.mentions) - 1)

    def add_actor(self, actor: Actor) -> int:
        """Take in an actor that the document means without naming it, and return its index."""
        self.actors.append(actor)
        return len(self.actors) - 1

    def find_at(self, block: int, token: int) -> Mention | None:
        """Return the mention that a token is in, the longest where several are, or None."""
        index = self._covered.get((block, token))
        return self.mentions[index] if index is not None else None

    def get_sentence(self, block: int, token: int) -> int:
        """Return the number of a token's sentence."""
        return self._sentence_of[block][token]

    def is_covered(self, block: int, token: int) -> bool:
        """Say whether a token is in a mention already."""
        return (block, token) in self._covered

    def iter_before(self, block: int, token: int, *, sentences: int) -> Iterator[Place]:
        """Yield the mentions before a token, nearest first, back to `sentences` sentences before its own.

        Headlines are not looked into from the text below them, nor one forum post from another.
        """
        current = self.get_sentence(block, token)
        for number in range(current, max(-1, current - sentences - 1), -1):
            for place in sorted(
                self._by_sentence.get(number, ()), key=lambda p: -self.mentions[p.mention].start_token
            ):
                mention = self.mentions[place.mention]
                if mention.block == block and mention.end_token > token:
                    continue
                if mention.block != block and not self._flows(mention.block, block):
                    return
                yield place

    def get_head(self, place: Place) -> Token:
        """Return the token that heads a mention."""
        mention = self.mentions[place.mention]
        return self.blocks[mention.block].doc[mention.head_token]

    def get_actor(self, place: Place) -> Actor:
        """Return whom a mention stands for."""
        return self.actors[self.mentions[place.mention].actor]

    def list_beside(self, block: int, noun: Token) -> set[int]:
        """Return who takes part in a noun's own clause and so is somebody else: "China backs the junta"."""
        own = climb(noun)
        tokens = [token for token in noun.subtree if token.i != noun.i]
        verb = own.head.head if own.dep_ == "pobj" else own.head
        while own.dep_ not in SUBJECTS and verb.head.i != verb.i and not has_subject(verb):
            verb = verb.head
        for child in verb.children:
            if child.i != own.i:
                joined = expand_conjuncts(child) if child.dep_ in SUBJECTS else (child,)
                tokens += [*joined, *(part for part in child.children if part.dep_ in {"pobj", "conj"})]
        # "Britain backed Chad to save the country": nor is it who acts above an infinitive.
        while own.dep_ not in SUBJECTS and verb.dep_ in _INFINITIVES and verb.head.i != verb.i:
            verb = verb.head
            tokens += [child for child in verb.children if child.dep_ in SUBJECTS]
        found = (self.find_at(block, token.i) for token in tokens)
        return {mention.actor for mention in found if mention is not None}

    def _flows(self, earlier: int, later: int) -> bool:
        """Say whether one block goes on where another ended: paragraphs of one article."""
        kinds = {self.blocks[number].block.kind for number in range(earlier, later + 1)}
        return kinds == {"paragraph"}

    def _note(self, index: int) -> None:
        mention = self.mentions[index]
        doc = self.blocks[mention.block].doc
        head = climb_to_role(doc[mention.head_token])
        # "A militia armed by Oman": who only tells of somebody else's past acts no more.
        agent = head.dep_ == "pobj" and head.head.dep_ == "agent"
        agent &= mention.type == "person" or head.head.head.dep_ != "acl"
        subject = head.dep_ in SUBJECTS or agent
        main = subject and head.dep_ in SUBJECTS and is_main_verb(head.head)
        place = Place(index, self.get_sentence(mention.block, mention.start_token), subject, main)
        self._by_sentence.setdefault(place.sentence, []).append(place)
        size = mention.end_token - mention.start_token
        for token in range(mention.start_token, mention.end_token):
            known = self._covered.setdefault((mention.block, token), index)
            if self.mentions[known].end_token - self.mentions[known].start_token < size:
                self._covered[mention.block, token] = index


def has_subject(verb: Token) -> bool:
    """Say whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in verb.children)


def climb(token: Token) -> Token:
    """Return the first of the nouns that a noun is joined to by "and"."""
    while token.dep_ == "conj" and token.head.pos_ in {"PROPN", "NOUN", "PRON"}:
        token = token.head
    return token


def climb_to_role(token: Token) -> Token:
    """Return the role that a name stands behind, for it is the name that acts: "the foreign minister, Said Badr, met"."""
    noun = climb(token)
    role = noun.head
    behind = noun.dep_ == "appos" and noun.i > role.i and noun.pos_ == "PROPN" and role.pos_ == "NOUN"
    return climb(role) if behind else noun


def climb_to_name(role: Token) -> Token:
    """Return the name behind a role, else the noun itself: Badr of "the foreign minister, Said Badr"."""
    names = (child for child in role.children if child.dep_ == "appos" and child.pos_ == "PROPN")
    return next(names, role) if role.pos_ == "NOUN" else role


def is_main_verb(token: Token) -> bool:
    """Say whether a verb heads its sentence, or what is said in it ("X said that ... ")."""
    while token.dep_ in {"conj", "ccomp"} and token.head.pos_ in {"VERB", "AUX"}:
        token = token.head
    return token.dep_ == "ROOT"


def find_noun_subjects(doc: Doc, start: int, end: int) -> list[Token]:
    """Return the common nouns between two tokens that are subjects, or that "a" brings in anew beside a name."""
    return [
        token
        for token in doc[start:end]
        if token.pos_ == "NOUN"
        and (
            token.dep_ in SUBJECTS
            or (token.dep_ == "appos" and token.i + 1 < end and doc[token.i + 1].pos_ == "VERB")
        )
    ]
