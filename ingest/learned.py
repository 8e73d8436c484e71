"""Relations that no rule sees, as the learned scorer reads them: which pairs it is asked about, and what is kept."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import permutations
from typing import NamedTuple

from graph.ontology import get_ontology
from ingest.bearers import Roster, is_of_a_foe
from ingest.conjuncts import expand_conjuncts
from ingest.gazetteer import Gazetteer
from ingest.known_entities import lies_elsewhere
from ingest.parse import Span, Token
from ingest.role_ranks import PARTS
from ingest.scorer import LONGEST_PASSAGE, RelationScorer, Scores
from ingest.shared_clauses import may_be_there
from ingest.spoken import BONDS, Spoken, gather_spoken, is_signed
from ingest.stance_questions import may_take_sides
from ingest.triggers import get_triggers
from ingest.types import Actor, Finding, Mention, ParsedBlock


class Bar(NamedTuple):
    """What a class must reach to become a claim.

    Attributes:
        heads: Which heads of the scorer are asked; the least of their probabilities counts. One that the weights lack is
            answered for by its stand-in.
        least: That probability, within (0, 1].
        beside: What it must reach between two of whom a rule has read such a relation to somebody else in the sentence; 1
            and more for never.
    """

    heads: tuple[str, ...]
    least: float
    beside: float = 1.0


# The whole policy: a kind that is not here is left to the rules.
BARS: Mapping[str, Bar] = {
    "supports": Bar(("signed", "stated"), 0.6, beside=0.92),
    "opposes": Bar(("signed", "stated"), 0.6, beside=0.92),
    "commands": Bar(("structural",), 0.7),
    "member-of": Bar(("structural",), 0.7),
    "located-in": Bar(("structural",), 0.5),
}
FAMILY = "learned"
"""What the rules of these findings begin with; the heads follow."""

MOST_STEPS = 8
"""Between two names in the parse; who stands farther apart is not asked about. Fewer cost less: most of the time goes here."""
MOST_CLAUSES = 2
"""On that way; each is one more "said that" or "which" between the two."""

_QUOTES = frozenset({'"', "\u201c", "\u201d"})
_CLAUSES = frozenset({"acl", "advcl", "ccomp", "csubj", "dep", "parataxis", "pcomp", "relcl"})
_MOST_PAIRS = 60
"""In one sentence; one that names more than eight actors is a list, of which the scorer knows nothing."""
_LONGEST_SENTENCE = 250
_STATE_BODIES = frozenset({"government-body", "security-force"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})


class Question(NamedTuple):
    """A pair of mentions of one sentence, and the kinds that the scorer may find between them.

    Attributes:
        is_beside: Whether rules have read a stance of one of the two to somebody else in the sentence.
    """

    source: int
    target: int
    kinds: tuple[str, ...]
    is_beside: bool = False


class OpenSentence(NamedTuple):
    """A sentence in which something is open, as the scorer reads it.

    Attributes:
        text: Its words, as parsed.
        names: For each actor in question, the (start, end) code points where it stands in them.
        pairs: Numbers of the names at source and target, one pair for each question.
        questions: What is asked of those pairs.
    """

    text: str
    names: list[list[tuple[int, int]]]
    pairs: list[tuple[int, int]]
    questions: list[Question]


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
    gazetteer: Gazetteer,
) -> list[Finding]:
    """Return relations that the scorer is sure of where the rules are silent, in text order.

    Stances are asked for between two of whom no rule has read one to each other in the sentence; where one has read one of
    them to somebody else, what is left over is often the same stance, laid on a bystander, and must be surer. None are asked
    for between a body and those whom rules make its leaders or members, and whoever leads one body by a rule is not asked
    whether he leads another. Other relations are asked of the pairs that no rule has related. A relation's trigger is the
    word that joins its two ends in the parse; from there its scope is judged as a rule's.

    Args:
        scorer: Is asked once for each passage in which something is open.
        blocks: Parsed blocks, in order.
        mentions: Of all blocks; findings index into them.
        actors: What the mentions' `actor` indexes into.
        found: What the rules found.
        gazetteer: Tells which places cannot lie in which.

    Cost: one run of the encoder for each 620 characters of sentences in which something is open.
    """
    here: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        here[mention.block].append(number)
    rules: dict[int, list[Finding]] = defaultdict(list)
    bonds: set[tuple[int, int]] = set()
    for finding in found:
        rules[finding.block].append(finding)
        if finding.kind in BONDS:
            one, other = mentions[finding.source].actor, mentions[finding.target].actor
            bonds |= {(one, other), (other, one)}
    learned: list[Finding] = []
    for index, inside in sorted(here.items()):
        if len({mentions[number].actor for number in inside}) > 1:
            spoken = gather_spoken(blocks[index], mentions, rules[index], frozenset(bonds))
            reader = _Reader(scorer, index, blocks[index], mentions, actors, inside, spoken, gazetteer)
            for passage in iter_passages(reader.iter_open()):
                learned.extend(reader.read(passage))
    return learned


def iter_passages(sentences: Iterable[OpenSentence]) -> Iterator[OpenSentence]:
    """Yield sentences joined, one after the other, as long as the scorer reads them; a longer one stays alone."""
    passage = OpenSentence("", [], [], [])
    for sentence in sentences:
        if passage.text and len(passage.text) + 1 + len(sentence.text) > LONGEST_PASSAGE:
            yield passage
            passage = OpenSentence("", [], [], [])
        passage = _join(passage, sentence) if passage.text else sentence
    if passage.text:
        yield passage


def _join(one: OpenSentence, other: OpenSentence) -> OpenSentence:
    offset, before = len(one.text) + 1, len(one.names)
    names = [[(start + offset, end + offset) for start, end in name] for name in other.names]
    pairs = [(source + before, target + before) for source, target in other.pairs]
    return OpenSentence(
        f"{one.text} {other.text}", one.names + names, one.pairs + pairs, one.questions + other.questions
    )


def find_joining_word(one: Token, other: Token) -> Token:
    """Return the word under which both stand in the parse; where that is one of the two, the word below it on the way.

    So it is "capital" in "Khorog, the capital of Gorno-Badakhshan, has no airport", whatever the sentence denies; the other
    of the two where nothing stands between them. Two that are listed side by side are joined by the word above both.
    """
    joined, way = _find_way(one, other)
    if joined.i not in {one.i, other.i} or not way:
        return joined
    return joined.head if way[-1].dep_ == "conj" else way[-1]


def is_near(one: Token, other: Token) -> bool:
    """Whether the way between two words of a sentence in its parse is short enough for one to bear on the other.

    Not of two of which one says who the other is: "the Wa army, Myanmar's strongest militia".
    """
    _, way = _find_way(one, other)
    if len(way) == 1 and way[0].dep_ == "appos":
        return False
    return len(way) <= MOST_STEPS and sum(token.dep_ in _CLAUSES for token in way) <= MOST_CLAUSES


def _find_way(one: Token, other: Token) -> tuple[Token, list[Token]]:
    """Return the word under which both stand, or which one of them is, and the words below it on the way, ends included."""
    above = [one, *one.ancestors]
    places = {token.i: place for place, token in enumerate(above)}
    below: list[Token] = []
    for token in (other, *other.ancestors):
        if token.i in places:
            return token, above[: places[token.i]] + below
        below.append(token)
    return one.sent.root, above + below


def _stand_apart(one: Token, other: Token) -> bool:
    """Whether two names are listed together, or a quotation mark parts what is said of the two."""
    first, last = sorted((one, other), key=lambda token: token.i)
    between = first.doc.tokens[first.i : last.i]
    listed = any(token.dep_ == "cc" for token in between)
    side_by_side = listed and any(token.i == last.i for token in expand_conjuncts(first))
    quoted = sum(token.text in _QUOTES for token in between) % 2 == 1
    return side_by_side or quoted


class _Reader:
    """Asks the scorer about one block."""

    def __init__(
        self,
        scorer: RelationScorer,
        number: int,
        block: ParsedBlock,
        mentions: Sequence[Mention],
        actors: Sequence[Actor],
        here: Sequence[int],
        spoken: Spoken,
        gazetteer: Gazetteer,
    ) -> None:
        self.scorer, self.number, self.block = scorer, number, block
        self.mentions, self.actors, self.spoken, self.gazetteer = mentions, actors, spoken, gazetteer
        self.here = sorted(here, key=lambda number: mentions[number].start_token)
        self.roster = Roster(block.doc, number, mentions, here)
        self.bars = {
            kind: bar._replace(heads=tuple(dict.fromkeys(map(scorer.find_head, bar.heads))))
            for kind, bar in BARS.items()
        }

    def iter_open(self) -> Iterator[OpenSentence]:
        """Yield the sentences in which something is open between two actors."""
        place = 0
        for sentence in self.block.doc.sents:
            first = place
            while place < len(self.here) and self.mentions[self.here[place]].start_token < sentence.end:
                place += 1
            if place - first > 1 and len(sentence) <= _LONGEST_SENTENCE:
                opened = self._ask(sentence, self.here[first:place])
                if opened.pairs:
                    yield opened

    def read(self, passage: OpenSentence) -> list[Finding]:
        """Return what the scorer is sure of in a passage."""
        kinds = {kind for question in passage.questions for kind in question.kinds}
        heads = [head for head in self.scorer.heads if any(head in self.bars[kind].heads for kind in kinds)]
        scores = self.scorer.score(passage.text, passage.names, passage.pairs, heads)
        answers = [
            answer
            for row, question in enumerate(passage.questions)
            for answer in self._judge(question, row, scores)
        ]
        return [self._make(answer) for answer in _keep_one_way(answers)]

    def _ask(self, sentence: Span, inside: Sequence[int]) -> OpenSentence:
        """Return what is open between the actors of one sentence; each is asked about by its first mention."""
        first: dict[int, int] = {}
        places: dict[int, list[tuple[int, int]]] = {}
        # What is said behind a semicolon is another sentence.
        stretches: dict[int, set[int]] = defaultdict(set)
        semicolons = [token.i for token in sentence if token.text == ";"]
        offset = self.block.block.start_char + sentence.start_char
        for number in filter(self._is_eligible, inside):
            mention = self.mentions[number]
            first.setdefault(mention.actor, number)
            stretches[mention.actor].add(bisect_left(semicolons, mention.start_token))
            places.setdefault(mention.actor, []).append(
                (mention.start_char - offset, mention.end_char - offset)
            )
        opened = OpenSentence(sentence.text, list(places.values()), [], [])
        pairs = list(permutations(enumerate(first), 2))
        if len(pairs) > _MOST_PAIRS:
            return opened
        heads = {actor: self.block.doc[self.mentions[number].head_token] for actor, number in first.items()}
        near = cache(lambda ends: is_near(*(heads[end] for end in ends)))
        sided = cache(lambda ends: self._may_take_sides(*(first[end] for end in ends)))
        apart = cache(lambda ends: _stand_apart(*(heads[end] for end in ends)))
        for (row, one), (column, other) in pairs:
            kinds = self._list_open(sentence, one, other)
            both = (min(one, other), max(one, other))
            if not kinds or stretches[one].isdisjoint(stretches[other]) or not near(both):
                continue
            if not all(map(is_signed, kinds)) and apart(both):
                kinds = tuple(filter(is_signed, kinds))
            if "located-in" in kinds and not may_be_there(heads[one], heads[other]):
                kinds = tuple(kind for kind in kinds if kind != "located-in")
            if "commands" in kinds and _is_part_named(heads[other]):
                kinds = tuple(kind for kind in kinds if kind != "commands")
            if kinds and not sided(both):
                kinds = tuple(kind for kind in kinds if not is_signed(kind))
            if kinds:
                opened.pairs.append((row, column))
                ends = {(sentence.start, one), (sentence.start, other)}
                is_beside = not self.spoken.signed.isdisjoint(ends)
                opened.questions.append(Question(first[one], first[other], kinds, is_beside))
        return opened

    def _is_eligible(self, number: int) -> bool:
        """Whether a mention may be an end: a name's own head, or a modifier of a word that stands for its owner."""
        mention = self.mentions[number]
        head = self.block.doc[mention.head_token]
        if self.roster.get(head) != number or mention.resolution == "pronoun":
            return False
        if head.dep_ not in _MODIFIERS or mention.type == "place":
            return True
        return any(bearer.mention == number for bearer in self.roster.find_targets([head.head]))

    def _may_take_sides(self, one: int, other: int) -> bool:
        """Whether a stance may be meant between two mentions."""
        ends = [self.block.doc[self.mentions[number].head_token] for number in (one, other)]
        if any(map(is_of_a_foe, ends)) or self._only_describes(one) or self._only_describes(other):
            return False
        return may_take_sides(*ends)

    def _only_describes(self, number: int) -> bool:
        """Whether a state's adjective tells of what make or kind a thing is, and not who acts: "Bulgarian rifles"."""
        head = self.block.doc[self.mentions[number].head_token]
        if self.mentions[number].resolution != "demonym" or head.dep_ not in _MODIFIERS:
            return False
        if head.head.dep_ == "nsubj" or head.head.lemma_.lower() in get_triggers().noun_ends:
            return False  # "tacit Russian support" is Russia's
        return all(bearer.mention != number for bearer in self.roster.find_sources([head.head]))

    def _list_open(self, sentence: Span, one: int, other: int) -> tuple[str, ...]:
        """Return which relations may hold between two actors where no rule has spoken."""
        types = self.actors[one].type, self.actors[other].type
        is_stance_open = (
            (sentence.start, one, other) not in self.spoken.sided
            and (one, other) not in self.spoken.bonds
            and not self._is_its_own(one, other)
        )
        is_bond_open = (sentence.start, one, other) not in self.spoken.related and types[1] != "person"
        return tuple(
            kind
            for kind in self.bars
            if (is_stance_open if is_signed(kind) else is_bond_open)
            and get_ontology().get_relation(kind).allows(*types)
            and not (kind == "commands" and (types[0] != "person" or types[1] == "place"))
            and not (kind == "commands" and (sentence.start, one) in self.spoken.leading)
            and not (kind == "commands" and (sentence.start, other) in self.spoken.led)
            and not (kind == "member-of" and self._is_placed(sentence, one))
            and not (kind in BONDS and self._serves_another(one, other))
            and not (kind == "member-of" and set(types) == {"armed-group", "security-force"})
            and not (kind == "located-in" and types == ("country", "country"))
            and not (kind == "located-in" and (sentence.start, other) in self.spoken.settled)
            and not (kind == "located-in" and self._is_own_ground(one, other))
            and not (
                kind == "located-in" and lies_elsewhere(self.gazetteer, self.actors[one], self.actors[other])
            )
        )

    def _is_placed(self, sentence: Span, one: int) -> bool:
        """Whether a rule has read of a person in the sentence where he belongs, or he is named as somebody's there."""
        if self.actors[one].type != "person":
            return False
        return (sentence.start, one) in self.spoken.placed or any(
            sentence.start < mention.start_token < sentence.end
            and self.block.doc[mention.start_token - 1].tag_ == "POS"
            for mention in (self.mentions[number] for number in self.here)
            if mention.actor == one
        )

    def _serves_another(self, one: int, other: int) -> bool:
        """Whether a known person of one state would serve a body or force of another."""
        person, body = self.actors[one], self.actors[other]
        codes = {person.country_code, body.country_code}
        known = person.type == "person" and person.known_id is not None and body.type in _STATE_BODIES
        return known and None not in codes and len(codes) == 2

    def _is_own_ground(self, one: int, other: int) -> bool:
        """Whether a place is in the very country that would be in it."""
        state, place = self.actors[one], self.actors[other]
        return state.type == "country" and state.country_code == place.country_code

    def _is_its_own(self, one: int, other: int) -> bool:
        """Say whether of two actors one is a state and the other a body or a force of it: "Indian jets" and India."""
        ends = self.actors[one], self.actors[other]
        types = {end.type for end in ends}
        codes = {end.country_code for end in ends}
        return "country" in types and bool(types & _STATE_BODIES) and len(codes) == 1 and None not in codes

    def _judge(self, question: Question, row: int, scores: Scores) -> Iterator[Answer]:
        """Yield the kinds that pass their bars between one pair."""
        for kind in question.kinds:
            bar = self.bars[kind]
            probability = min(
                float(scores[head][row, self.scorer.heads[head].labels.index(kind)]) for head in bar.heads
            )
            if probability >= (bar.beside if question.is_beside and is_signed(kind) else bar.least):
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


def _is_part_named(head: Token) -> bool:
    """Say whether a body only says whose part is meant, which somebody else may head: "the Union mission headed by"."""
    return head.dep_ in _MODIFIERS and head.head.lemma_.lower() in PARTS


def _keep_one_way(answers: Sequence[Answer]) -> list[Answer]:
    """Of relations without a sign that run both ways, keep the likelier: two cannot lie in each other."""
    found = {(question.source, question.target, kind): p for question, kind, p, _ in answers}
    return [
        answer
        for answer in answers
        if is_signed(answer.kind)
        or answer.probability >= found.get((answer.question.target, answer.question.source, answer.kind), 0.0)
    ]
