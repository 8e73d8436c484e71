"""Who says what a sentence claims, when it is not the writer: quotations, indirect speech, "according to".

The innermost speaker counts: in "Reuters reported that Iran's minister said that ..." it is the minister.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingest.antecedents import find_antecedent
from ingest.arguments import OBJECT_LABELS, SUBJECT_LABELS, VERBAL, find_subjects, is_passive
from ingest.conjuncts import find_joined
from ingest.cues import get_cues
from ingest.opinions import find_author, find_opinion_holder, find_view_holder
from ingest.parse import Doc, Span, Token
from ingest.quotations import Quotation, find_introducing_verb, find_quotations
from ingest.scope_verbs import is_apart
from ingest.speaking import (
    get_words,
    governs,
    governs_deed,
    is_said_so,
    is_silent,
    is_speaking_noun,
    list_asides,
)
from ingest.types import Actor, Mention, ParsedBlock

_UNTOLD = frozenset({"i", "we", "it", "they", "he", "she", "there", "which", "who", "that", "this", "one"})
_REACH = 14
_MAX_WORDS = 12


class Speaker(NamedTuple):
    """Who says a claim.

    Attributes:
        mention: Index into the mentions; None where the words stand for nobody who is known.
        words: As the document has them: a person's fullest name in it, else what stands where the speaker is named.
        is_vague: Nobody in particular: "sources", "some".
    """

    mention: int | None
    words: str
    is_vague: bool


class Speakers:
    """The speakers of one document; quotations are found once, when it is made.

    Args:
        blocks: All parsed blocks, in order.
        mentions: All mentions; speakers index into them.
        actors: What the mentions' `actor` indexes into.
    """

    def __init__(
        self, blocks: Sequence[ParsedBlock], mentions: Sequence[Mention], actors: Sequence[Actor]
    ) -> None:
        self._blocks = blocks
        self._mentions = mentions
        self._actors = actors
        self._by_token: dict[tuple[int, int], int] = {}
        for index, mention in enumerate(mentions):
            for token in range(mention.start_token, mention.end_token):
                self._by_token.setdefault((mention.block, token), index)
        for index, mention in enumerate(mentions):
            self._by_token[mention.block, mention.head_token] = index
        self._quotations = find_quotations(blocks)
        self._tokens_quoted = {(q.block, token) for q in self._quotations for token in range(q.start, q.end)}
        self._quoted: dict[int, list[tuple[Quotation, Speaker | None]]] = {}
        self._attribute_quotations()

    def find_speaker(self, block: int, trigger_token: int, *, given: bool = False) -> Speaker | None:
        """Return who says the claim that a token carries, or None where it is the writer.

        Args:
            block: Index into the blocks.
            trigger_token: Index of the word in the block's Doc.
            given: The claim is taken as given, as in a title before a name; then only a quotation attributes it.

        Cost: one walk to the root of the parse.
        """
        trigger = self._blocks[block].doc[trigger_token]
        quotation, quoting = self._find_quotation(block, trigger_token)
        indirect = None if given else self._find_indirect(trigger, block)
        if indirect is not None:
            verb, speaker = indirect
            inside = quotation is not None and quotation.start <= verb.i < quotation.end
            if quotation is None or inside or quoting is None:
                return speaker
        if quotation is not None:
            return quoting
        return None if given else self._find_headline_speaker(block, trigger_token)

    def get_subject(self, block: int, verb: Token) -> Speaker | None:
        """Return who is the subject of a speech verb, or its by-phrase; None where nobody is named."""
        return self._get_subject_speaker(verb, block)

    def _find_quotation(self, block: int, token: int) -> tuple[Quotation | None, Speaker | None]:
        for quotation, speaker in self._quoted.get(block, ()):
            if quotation.start <= token < quotation.end:
                return quotation, speaker
        return None, None

    # Quotations

    def _attribute_quotations(self) -> None:
        previous: tuple[Quotation, Speaker | None] | None = None
        for quotation in self._quotations:
            speaker = None
            if not quotation.continues:
                speaker = self._find_quoting(quotation)
            if (
                speaker is None and previous is not None and _goes_on(previous[0], quotation, self._blocks)
            ) or (quotation.continues and previous is not None):
                speaker = previous[1]
            previous = (quotation, speaker)
            self._quoted.setdefault(quotation.block, []).append(previous)

    def _find_quoting(self, quotation: Quotation) -> Speaker | None:
        """The speaker named beside a quotation: after it, before it, or before a colon."""
        doc = self._blocks[quotation.block].doc
        after = self._find_after(quotation, doc)
        before = self._find_before(quotation, doc)
        leads = quotation.start >= 2 and doc[quotation.start - 2].text in {":", ",", "that"}
        return (before or after) if leads else (after or before)

    def _find_after(self, quotation: Quotation, doc: Doc) -> Speaker | None:
        start = quotation.end + 1
        for token in doc[start : start + _REACH]:
            if self._in_quotation(quotation.block, token.i) or token.text in {".", ";", "?", "!"}:
                break
            if token.lemma_.lower() in get_cues().quoting_verbs and token.pos_ in VERBAL:
                return self._get_subject_speaker(token, quotation.block, near=quotation)
            if token.lower_ == "according":
                return self._get_according(token, quotation.block)
        return None

    def _find_before(self, quotation: Quotation, doc: Doc) -> Speaker | None:
        mark = quotation.start - 1
        if mark <= 0:
            verb = find_introducing_verb(self._blocks, quotation.block)
            return self._get_subject_speaker(verb, quotation.block - 1) if verb is not None else None
        last = doc[mark - 1]
        sentence_start = last.sent.start
        window = list(doc[max(sentence_start, mark - 40) : mark])
        for token in reversed(window):
            if self._in_quotation(quotation.block, token.i):
                break
            if token.lemma_.lower() in get_cues().quoting_verbs and token.pos_ in VERBAL:
                return self._get_subject_speaker(token, quotation.block, near=quotation)
            if token.lower_ == "according":
                return self._get_according(token, quotation.block)
        if last.text == ":" and len(window) <= _MAX_WORDS:
            return self._get_speaker_of(doc[mark - 2], quotation.block)
        return None

    def _in_quotation(self, block: int, token: int) -> bool:
        return (block, token) in self._tokens_quoted

    # Indirect speech

    def _find_indirect(self, trigger: Token, block: int) -> tuple[Token, Speaker] | None:
        child = trigger
        while True:
            beside = self._find_beside(child, block)
            if beside is not None:
                return beside
            if child.head.i == child.i:
                return None
            joined = find_joined(child)
            above = self._find_above(child, child.head, block) if joined == child.head else None
            if above is not None:
                return above
            child = joined

    def _find_above(self, child: Token, parent: Token, block: int) -> tuple[Token, Speaker] | None:
        """The speaker of the verb or noun right above a clause."""
        lemma = parent.lemma_.lower()
        apart = is_apart(child, parent)
        if parent.pos_ in VERBAL and not apart and (governs(child, parent) or governs_deed(child, lemma)):
            if is_silent(parent):
                return None
            speaker = self._get_subject_speaker(parent, block)
            return (parent, speaker) if speaker else None
        holder = find_opinion_holder(child, parent)
        if holder is None:
            return self._find_claiming(child, parent, block)
        speaker = self._get_speaker_of(find_antecedent(holder), block)
        return (parent, speaker) if speaker else None

    def _find_claiming(self, child: Token, parent: Token, block: int) -> tuple[Token, Speaker] | None:
        """The speaker of a noun right above a clause: "Peru's claim that", "said in a statement that"."""
        lemma, cues = parent.lemma_.lower(), get_cues()
        if parent.dep_ == "dobj" and parent.head.lemma_.lower() in cues.denying_verbs:
            return None  # "denied a claim by Amnesty that": it is the denier who speaks.
        if child.dep_ in {"acl", "ccomp", "relcl"} and lemma in cues.claim_nouns | cues.speech_nouns:
            for holder in parent.children:
                if holder.dep_ == "poss" or (
                    holder.dep_ in {"prep", "agent"} and holder.lower_ in {"by", "from"}
                ):
                    noun = next((g for g in holder.children if g.dep_ == "pobj"), holder)
                    speaker = self._get_speaker_of(noun, block)
                    return (parent, speaker) if speaker else None
            if parent.dep_ == "pobj" and parent.head.head.lemma_.lower() in cues.speech_verbs:
                speaker = self._get_subject_speaker(parent.head.head, block)  # "said in a statement that"
                return (parent, speaker) if speaker else None
        return None

    def _find_beside(self, clause: Token, block: int) -> tuple[Token, Speaker] | None:
        """The speaker that a clause names itself: "according to Reuters", "he said," in between, "as he said"."""
        for child in list_asides(clause):
            if child.lower_ == "according" or (
                child.dep_ == "prep" and any(g.lower_ == "according" for g in child.children)
            ):
                speaker = self._get_according(child, block)
                if speaker:
                    return child, speaker
            if (holder := find_view_holder(child)) is not None and (
                speaker := self._get_speaker_of(holder, block)
            ):
                return child, speaker
            parenthetic = child.dep_ == "parataxis" or is_said_so(child)
            if parenthetic and child.lemma_.lower() in get_cues().speech_verbs:
                speaker = self._get_subject_speaker(child, block)
                if speaker:
                    return child, speaker
        return None

    def _get_according(self, token: Token, block: int) -> Speaker | None:
        for descendant in token.subtree:
            if descendant.dep_ == "pobj" and descendant.head.lower_ == "to":
                return self._get_speaker_of(descendant, block)
        return None

    def _find_headline_speaker(self, block: int, trigger_token: int) -> Speaker | None:
        """The speaker of "Iran: no troops in Iraq" and of "No troops in Iraq: Iran"."""
        parsed = self._blocks[block]
        if parsed.block.kind != "headline":
            return None
        colons = [
            token.i
            for token in parsed.doc
            if token.text in {":", "-", "\u2014", "\u2013"} and token.whitespace_
        ]
        words = [token for token in parsed.doc if not token.is_space]
        if not colons or not words:
            return None
        first, last = colons[0], colons[-1]
        if trigger_token > first and first - words[0].i <= 4:
            return self._get_headline_name(parsed.doc[words[0].i : first], block)
        if trigger_token < last and words[-1].i - last <= 4:
            return self._get_headline_name(parsed.doc[last + 1 : words[-1].i + 1], block)
        return None

    def _get_headline_name(self, span: Span, block: int) -> Speaker | None:
        if not len(span) or any(token.pos_ in VERBAL for token in span):
            return None
        speaker = self._get_speaker_of(span.root, block)
        if speaker is None or speaker.mention is None:
            told = is_speaking_noun(span.root) or span.root.lemma_.lower() in get_cues().bystanders
            return speaker if speaker and (told or speaker.is_vague) else None
        return None if self._mentions[speaker.mention].type == "place" else speaker

    # Speakers

    def _get_subject_speaker(self, verb: Token, block: int, near: Quotation | None = None) -> Speaker | None:
        if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
            return self._get_quoted_speaker(verb.head.head, block)
        if is_passive(verb):
            agents = [g for c in verb.children if c.dep_ == "agent" for g in c.children if g.dep_ == "pobj"]
            if agents:
                return self._get_speaker_of(agents[0], block)
            if verb.lemma_.lower() not in {"quote", "cite"}:
                return None
        subjects = [t for t in find_subjects(verb) if near is None or not near.start <= t.i < near.end]
        if verb.dep_ in {"acl", "relcl"} and verb.head.lemma_ in get_cues().evidence_nouns:
            subjects = []  # "no reason to believe that"
        if not subjects and near is not None:
            subjects = list(self._find_inverted(verb, block))
        subjects = [find_antecedent(s) for s in subjects] or list(self._find_trailing(verb, block))
        if verb.dep_ == "parataxis" and subjects:
            subjects.sort(key=lambda token: abs(token.i - verb.i))
        return self._get_speaker_of(subjects[0], block) if subjects else None

    def _get_quoted_speaker(self, verb: Token, block: int) -> Speaker | None:
        """Who speaks in "was quoted by Reuters as saying" and "Reuters quoted him as saying"."""
        labels = SUBJECT_LABELS if is_passive(verb) else OBJECT_LABELS
        noun = next((child for child in verb.children if child.dep_ in labels), None)
        return None if noun is None else self._get_speaker_of(noun, block)

    def _find_inverted(self, verb: Token, block: int) -> Iterator[Token]:
        """The noun right after a speech verb whose subject the parser missed: "... ," said Afkham."""
        for token in verb.doc[verb.i + 1 : verb.i + 8]:
            if token.dep_ in OBJECT_LABELS | SUBJECT_LABELS or (block, token.i) in self._by_token:
                index = self._by_token.get((block, token.i))
                yield token if index is None else verb.doc[self._mentions[index].head_token]
                return
            if token.is_punct or token.pos_ in VERBAL:
                return

    def _find_trailing(self, verb: Token, block: int) -> Iterator[Token]:
        """The name behind a comma that the parser joined to a list before it: "shelled Adwa and Axum, the Observatory said"."""
        index = self._by_token.get((block, verb.i - 1))
        if index is None or not any(child.dep_ == "ccomp" and child.i < verb.i for child in verb.children):
            return
        opening = self._mentions[index].start_token - 1
        opening -= opening > 0 and verb.doc[opening].lower_ == "the"
        if opening > 0 and verb.doc[opening].text == ",":
            yield verb.doc[self._mentions[index].head_token]

    def _get_speaker_of(self, noun: Token, block: int) -> Speaker | None:
        """The mention that a noun heads or stands in, else its words; of a writing its author."""
        author = find_author(noun)
        if author is not None and (block, author.i) in self._by_token:
            return self._get_speaker_of(author, block)
        vague = noun.lemma_.lower() in get_cues().vague_speakers
        index = self._by_token.get((block, noun.i))
        named = self._find_named(noun, block)
        if named is not None:
            return Speaker(named, self._actors[self._mentions[named].actor].surface, is_vague=False)
        if vague or noun.lemma_.lower() in get_cues().bystanders:
            return Speaker(None, get_words(noun), vague)
        if index is None:
            index = self._find_represented(noun, block)
        if index is not None:
            return Speaker(index, self._get_name(index, noun), is_vague=False)
        # Whoever "they" are, or the one who posts in a forum as "i", cannot be told.
        return (
            None if noun.pos_ == "PRON" or noun.lower_ in _UNTOLD else Speaker(None, get_words(noun), vague)
        )

    def _get_name(self, index: int, noun: Token) -> str:
        """The words for a speaker who is known; for a pronoun and for a person the fullest name in the document."""
        mention = self._mentions[index]
        if mention.head_token != noun.i:
            return get_words(noun)
        is_name = mention.type == "person" and mention.resolution != "description"
        if is_name or mention.resolution == "pronoun" or noun.pos_ == "PRON":
            return self._actors[mention.actor].surface
        inside = mention.start_token <= noun.i < mention.end_token and noun.pos_ == "PROPN"
        return mention.text if inside else get_words(noun)

    def _find_named(self, noun: Token, block: int) -> int | None:
        """The name beside a role: "the ministry's spokeswoman Marzieh Afkham said"."""
        for child in noun.children:
            index = self._by_token.get((block, child.i)) if child.dep_ == "appos" else None
            if index is not None and self._mentions[index].type == "person":
                own = self._by_token.get((block, noun.i))
                return index if own is None or self._mentions[own].type != "person" else None
        return None

    def _find_represented(self, noun: Token, block: int) -> int | None:
        """Whom an unnamed spokesman or official speaks for: "a spokesman for the ministry"."""
        if not is_speaking_noun(noun):
            return None
        for token in noun.subtree:
            index = self._by_token.get((block, token.i))
            if (
                index is not None
                and token.dep_ in {"pobj", "poss", "compound", "amod", "nmod"}
                and (token.dep_ != "pobj" or token.head.lower_ in {"of", "for", "from", "with", "to"})
                and all(a.dep_ in {"prep", "poss", "pobj"} for a in _path(token, noun))
            ):
                return index
        return None


def _path(token: Token, top: Token) -> Iterator[Token]:
    current = token.head
    while current.i not in {top.i, current.head.i}:
        yield current
        current = current.head


def _goes_on(previous: Quotation, quotation: Quotation, blocks: Sequence[ParsedBlock]) -> bool:
    """Whether a quotation without a speaker of its own goes on with the one before it in its paragraph."""
    if previous.block != quotation.block:
        return False
    return len(blocks[quotation.block].doc[previous.end + 1 : quotation.start - 1]) <= 40
