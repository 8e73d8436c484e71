"""The naive baseline that every figure stands beside: what an afternoon with a parser gives.

spaCy's names are the actors, each spelling one of its own. A name that is the subject of one of a dozen verbs, or stands
before that subject as in "German troops", and one that is so its direct object make `supports` or `opposes`; `in`
between two makes `located-in`, `of` makes `member-of`. Every claim counts: no passive, no negation, no speaker, no pronoun, no conjunct, no lexicon.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from ingest.parse import Doc, Span, Token
from ingest.pipeline import Pipeline
from ingest.types import Actor, Claim, Extraction, Mention, ParsedBlock, RawDocument

NAME = "baseline/subject-verb-object"
_TYPES = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "country",
    "NORP": "community",
    "LOC": "place",
    "FAC": "place",
}
_VERBS = {
    **dict.fromkeys(("support", "back", "help", "praise", "arm", "fund"), "supports"),
    **dict.fromkeys(("oppose", "attack", "criticize", "accuse", "condemn", "fight"), "opposes"),
}
_PREPOSITIONS = {"in": "located-in", "of": "member-of"}


class ComparedPipeline(Pipeline):
    """A pipeline that keeps beside each extraction what the baseline makes of the same parse: nothing is parsed twice."""

    _naive: deque[Extraction] | None = None

    def compare_all(self, documents: Iterable[RawDocument]) -> Iterator[tuple[Extraction, Extraction]]:
        """Yield what the extractor and what the baseline make of each document, in order."""
        self._naive = deque()
        for extraction in self.extract_all(documents):
            yield extraction, self._naive.popleft()

    def _understand(self, document: RawDocument, blocks: Sequence[ParsedBlock]) -> Extraction:
        if self._naive is not None:
            self._naive.append(extract(document, blocks))
        return super()._understand(document, blocks)


def extract(document: RawDocument, blocks: Sequence[ParsedBlock]) -> Extraction:
    """Return what the baseline makes of one parsed document."""
    actors: dict[str, Actor] = {}
    mentions: list[Mention] = []
    claims: list[Claim] = []
    for number, (block, doc) in enumerate(blocks):
        names: dict[int, int] = {}
        for span in doc.ents:
            if span.label_ in _TYPES:
                text = document.text[block.start_char + span.start_char : block.start_char + span.end_char]
                actors.setdefault(text, Actor(text, text, _TYPES[span.label_]))
                names |= dict.fromkeys(range(span.start, span.end), len(mentions))
                mentions.append(_make_mention(block.start_char, span, text, list(actors).index(text), number))
        claims += _find_claims(document.text, block.start_char, doc, names)
    return Extraction(document, None, tuple(actors.values()), tuple(mentions), tuple(claims), NAME)


def _make_mention(offset: int, span: Span, text: str, actor: int, block: int) -> Mention:
    return Mention(
        start_char=offset + span.start_char,
        end_char=offset + span.end_char,
        text=text,
        type=_TYPES[span.label_],
        actor=actor,
        resolution="name",
        block=block,
        start_token=span.start,
        end_token=span.end,
        head_token=span.root.i,
    )


def _find_claims(text: str, offset: int, doc: Doc, names: dict[int, int]) -> Iterator[Claim]:
    for token in doc:
        if token.pos_ == "VERB" and (kind := _VERBS.get(token.lemma_.lower())):
            source, target = _find_child(token, "nsubj", names), _find_child(token, "dobj", names)
        elif token.dep_ == "prep" and (kind := _PREPOSITIONS.get(token.lower_)):
            source, target = _find_bearer(token.head, names), _find_child(token, "pobj", names)
        else:
            continue
        if source is not None and target is not None and source != target:
            yield _make_claim(text, offset, token, source, kind, target)


def _find_child(token: Token, dependency: str, names: dict[int, int]) -> int | None:
    for child in token.children:
        if child.dep_ == dependency:
            named = next((part.i for part in (child, *child.lefts) if part.i in names), None)
            if named is not None:
                return names[named]
    return None


def _find_bearer(token: Token, names: dict[int, int]) -> int | None:
    """Return the name that a preposition hangs on: the word itself, what it is set beside, or a verb's subject."""
    if token.i in names:
        return names[token.i]
    if token.dep_ == "appos" and token.head.i in names:
        return names[token.head.i]
    verb = token.head if token.dep_ == "attr" else token
    return _find_child(verb, "nsubj", names)


def _make_claim(text: str, offset: int, token: Token, source: int, kind: str, target: int) -> Claim:
    start, end = offset + token.sent.start_char, offset + token.sent.end_char
    return Claim(
        source=source,
        kind=kind,
        how=None,
        target=target,
        quote=text[start:end],
        quote_start=start,
        quote_end=end,
        trigger=token.text,
        trigger_start=offset + token.idx,
        trigger_end=offset + token.idx + len(token),
        rule="baseline",
        polarity="affirmed",
        modality="asserted",
        confidence=1.0,
    )
