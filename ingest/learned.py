"""Relations that no rule sees, as the learned scorer reads them: which pairs it is asked about, and what is kept."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import NamedTuple

from spacy.tokens import Span, Token

from graph.ontology import get_ontology
from ingest.bearers import Roster
from ingest.scorer import LONGEST_PASSAGE, RelationScorer, Scores
from ingest.types import Actor, Finding, Mention, ParsedBlock


class Bar(NamedTuple):
    """What a class must reach to become a claim.

    Attributes:
        heads: Which heads of the scorer are asked; the least of their probabilities counts. One that the weights lack is
            answered for by its stand-in.
        least: That probability, within (0, 1].
    """

    heads: tuple[str, ...]
    least: float


# The whole policy: a kind that is not here is left to the rules.
BARS: Mapping[str, Bar] = {
    "supports": Bar(("signed", "stated"), 0.9),
    "opposes": Bar(("signed", "stated"), 0.9),
    "commands": Bar(("structural",), 0.9),
    "member-of": Bar(("structural",), 0.9),
    "located-in": Bar(("structural",), 0.9),
}
FAMILY = "learned"
"""What the rules of these findings begin with; the heads follow."""

_MOST_PAIRS = 60
"""In one sentence; one that names more than eight actors is a list, of which the scorer knows nothing."""
_LONGEST_SENTENCE = 250
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})

Taken = frozenset[tuple[int, int, int, bool]]
"""(sentence's first token, actor, actor, whether the relation has a sign)."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one block that are scored together, and the mentions in them, by sentence."""

    sentences: tuple[Span, ...]
    mentions: tuple[tuple[int, ...], ...]

    @property
    def start_char(self) -> int:
        """Where it begins in the block."""
        return self.sentences[0].start_char

    @property
    def end_char(self) -> int:
        """Where it ends in the block."""
        return self.sentences[-1].end_char


@dataclass(slots=True)
class Questions:
    """What the scorer is asked of one passage: names by where they stand, and pairs of them with what they may be."""

    names: list[list[tuple[int, int]]] = field(default_factory=list)
    pairs: list[tuple[int, int]] = field(default_factory=list)
    asked: list["Question"] = field(default_factory=list)


class Question(NamedTuple):
    """A pair of mentions of one sentence, and the kinds that the scorer may find between them."""

    source: int
    target: int
    kinds: tuple[str, ...]


class Answer(NamedTuple):
    """A kind that passed its bar."""

    question: Question
    kind: str
    probability: float
    rule: str


def find_learned(
    scorer: RelationScorer,
    blocks: Sequence[ParsedBlock],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    found: Iterable[Finding],
) -> list[Finding]:
    """Return relations that the scorer is sure of between actors that no rule has related, in text order.

    A relation's trigger is the word that joins its two ends in the parse; from there its scope is judged as a rule's.

    Args:
        scorer: Is asked once for each passage in which something is open.
        blocks: Parsed blocks, in order.
        mentions: Of all blocks; findings index into them.
        actors: What the mentions' `actor` indexes into.
        found: What the rules found. A pair that they relate in a sentence, in either direction, is theirs: with a sign
            or without, each for itself.

    Cost: one run of the encoder for each passage of up to 620 characters in which two actors meet unrelated.
    """
    here: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        here[mention.block].append(number)
    rules: dict[int, list[Finding]] = defaultdict(list)
    for finding in found:
        rules[finding.block].append(finding)
    learned: list[Finding] = []
    for index, inside in sorted(here.items()):
        if len({mentions[number].actor for number in inside}) < 2:
            continue
        block = blocks[index]
        taken = _index_taken(block, mentions, rules[index])
        reader = _Reader(scorer, index, block, mentions, actors, inside, taken)
        for passage in iter_passages(block, mentions, inside):
            learned.extend(reader.read(passage))
    return learned


def iter_passages(block: ParsedBlock, mentions: Sequence[Mention], here: Sequence[int]) -> Iterator[Passage]:
    """Yield runs of whole sentences as long as the scorer reads them; together they are the block."""
    starts = sorted(here, key=lambda number: mentions[number].start_token)
    sentences: list[Span] = []
    members: list[tuple[int, ...]] = []
    place = 0
    for sentence in block.doc.sents:
        inside: list[int] = []
        while place < len(starts) and mentions[starts[place]].start_token < sentence.end:
            inside.append(starts[place])
            place += 1
        if sentences and sentence.end_char - sentences[0].start_char > LONGEST_PASSAGE:
            yield Passage(tuple(sentences), tuple(members))
            sentences, members = [], []
        sentences.append(sentence)
        members.append(tuple(inside))
    if sentences:
        yield Passage(tuple(sentences), tuple(members))


def find_joining_word(one: Token, other: Token) -> Token:
    """Return the word under which both stand in the parse; where that is one of the two, the word above it."""
    places = {token.i for token in (one, *one.ancestors)}
    joined = next((token for token in (other, *other.ancestors) if token.i in places), one.sent.root)
    return joined.head if joined.i in {one.i, other.i} else joined


def _index_taken(block: ParsedBlock, mentions: Sequence[Mention], found: Iterable[Finding]) -> Taken:
    """Return what rules have related, both ways round."""
    taken: set[tuple[int, int, int, bool]] = set()
    for finding in found:
        sentence = block.doc[finding.trigger_token].sent.start
        signed = get_ontology().get_relation(finding.kind).sign != 0
        one, other = mentions[finding.source].actor, mentions[finding.target].actor
        taken |= {(sentence, one, other, signed), (sentence, other, one, signed)}
    return frozenset(taken)


class _Reader:
    """Asks the scorer about the passages of one block."""

    def __init__(
        self,
        scorer: RelationScorer,
        number: int,
        block: ParsedBlock,
        mentions: Sequence[Mention],
        actors: Sequence[Actor],
        here: Sequence[int],
        taken: Taken,
    ) -> None:
        self.scorer, self.number, self.block = scorer, number, block
        self.mentions, self.actors, self.taken = mentions, actors, taken
        self.roster = Roster(block.doc, number, mentions, here)
        self.bars = {
            kind: Bar(tuple(dict.fromkeys(map(scorer.find_head, bar.heads))), bar.least)
            for kind, bar in BARS.items()
        }

    def read(self, passage: Passage) -> list[Finding]:
        """Return what the scorer is sure of in a passage; it is not asked where nothing is open."""
        questions = Questions()
        for sentence, inside in zip(passage.sentences, passage.mentions, strict=True):
            if len(inside) > 1 and len(sentence) <= _LONGEST_SENTENCE:
                self._ask(passage, sentence, inside, questions)
        if not questions.pairs:
            return []
        kinds = {kind for question in questions.asked for kind in question.kinds}
        heads = [head for head in self.scorer.heads if any(head in self.bars[kind].heads for kind in kinds)]
        text = self.block.doc.text[passage.start_char : passage.end_char]
        scores = self.scorer.score(text, questions.names, questions.pairs, heads)
        answers = [
            answer
            for row, question in enumerate(questions.asked)
            for answer in self._judge(question, row, scores)
        ]
        return [self._make(answer) for answer in _keep_one_way(answers)]

    def _ask(self, passage: Passage, sentence: Span, inside: Sequence[int], questions: Questions) -> None:
        """Add what is open between the actors of one sentence."""
        first: dict[int, int] = {}
        places: dict[int, list[tuple[int, int]]] = {}
        for number in filter(self._is_eligible, inside):
            mention = self.mentions[number]
            first.setdefault(mention.actor, number)
            places.setdefault(mention.actor, []).append(self._place(mention, passage))
        pairs = list(permutations(first, 2))
        if len(pairs) > _MOST_PAIRS:
            return
        rows = {actor: len(questions.names) + row for row, actor in enumerate(first)}
        before = len(questions.pairs)
        for one, other in pairs:
            kinds = tuple(kind for kind in self.bars if self._is_open(sentence, one, kind, other))
            if kinds:
                questions.pairs.append((rows[one], rows[other]))
                questions.asked.append(Question(first[one], first[other], kinds))
        if len(questions.pairs) > before:
            questions.names.extend(places.values())

    def _is_eligible(self, number: int) -> bool:
        """Whether a mention may be an end: a name's own head, or a modifier of a word that stands for its owner."""
        mention = self.mentions[number]
        head = self.block.doc[mention.head_token]
        if self.roster.get(head) != number:
            return False
        if head.dep_ not in _MODIFIERS or mention.type == "place":
            return True
        return any(bearer.mention == number for bearer in self.roster.find_targets([head.head]))

    def _is_open(self, sentence: Span, one: int, kind: str, other: int) -> bool:
        """Whether a relation may hold between two actors, and no rule has spoken on them here."""
        relation = get_ontology().get_relation(kind)
        return (
            relation.allows(self.actors[one].type, self.actors[other].type)
            and (sentence.start, one, other, relation.sign != 0) not in self.taken
        )

    def _place(self, mention: Mention, passage: Passage) -> tuple[int, int]:
        offset = self.block.block.start_char + passage.start_char
        return mention.start_char - offset, mention.end_char - offset

    def _judge(self, question: Question, row: int, scores: Scores) -> Iterator[Answer]:
        """Yield the kinds that pass their bars between one pair."""
        for kind in question.kinds:
            bar = self.bars[kind]
            probability = min(
                float(scores[head][row, self.scorer.heads[head].labels.index(kind)]) for head in bar.heads
            )
            if probability >= bar.least:
                yield Answer(question, kind, probability, f"{FAMILY}:{'+'.join(bar.heads)}")

    def _make(self, answer: Answer) -> Finding:
        one, other = self.mentions[answer.question.source], self.mentions[answer.question.target]
        trigger = find_joining_word(self.block.doc[one.head_token], self.block.doc[other.head_token])
        return Finding(
            block=self.number,
            source=answer.question.source,
            kind=answer.kind,
            how=None,
            target=answer.question.target,
            trigger_token=trigger.i,
            confidence=round(answer.probability, 3),
            rule=answer.rule,
        )


def _keep_one_way(answers: Sequence[Answer]) -> list[Answer]:
    """Of relations without a sign that run both ways, keep the likelier: two cannot lie in each other."""
    found = {(question.source, question.target, kind): p for question, kind, p, _ in answers}
    return [
        answer
        for answer in answers
        if get_ontology().get_relation(answer.kind).sign != 0
        or answer.probability >= found.get((answer.question.target, answer.question.source, answer.kind), 0.0)
    ]
