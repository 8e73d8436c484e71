"""Names behind "the", as bodies and lands have them and persons do not: "of the Alba Libera", "the BKD of Ana Ruiz"."""

from collections.abc import Iterator

from ingest.described_types import get_described_type
from ingest.lexicon import Title
from ingest.names import find_type_by_head, is_capitalised
from ingest.parse import Doc, Span, Token
from ingest.reading import Candidate, Reading, make_span_candidate
from ingest.triggers import acts_on_object

_STRENGTH = 2
_LONGEST_PHRASE = 5
_GOING_ON = frozenset(
    {",", "allied", "based", "close", "formed", "founded", "led", "loyal", "of", "that", "which", "whose"}
)
_BODIES = frozenset({"armed-group", "government-body", "media", "organization", "party", "security-force"})
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 8
_LOCATIVE = frozenset({"across", "around", "in", "into", "near", "through", "throughout"})
_FOUNDING = frozenset({"chair", "create", "dominate", "found", "head", "launch", "lead"})
_DONE_TO_BODIES = _FOUNDING | {"abandon", "join", "leave", "quit"}
_DONE_BY_BODIES = frozenset(
    {"accuse", "boycott", "claim", "condemn", "demand", "denounce", "endorse", "oppose", "reject", "say", "support",
     "threaten", "warn"}
)  # fmt: skip
_BESIDE_BODIES = frozenset({"against", "by", "with"})
_MEMBERS = frozenset(
    {"ally", "cadre", "faction", "fighter", "leadership", "member", "membership", "rebel", "wing"}
)
# What parties are called by those who tell of them: "the separatist Alba Libera".
_OF_PARTIES = frozenset(
    {"centrist", "communist", "conservative", "liberal", "nationalist", "populist", "secessionist", "separatist",
     "socialist"}
)  # fmt: skip
THINGS = frozenset(
    {"ADHD", "AIDS", "APC", "ATM", "CCTV", "CEO", "CFO", "COP", "DNA", "DVD", "GDP", "GMT", "GNP", "GPS", "HIV", "ICBM",
     "IED", "IPO", "LNG", "LPG", "MOU", "MRAP", "NGO", "RPG", "SMS", "SUV", "UAV", "UTC", "VAT", "VIP", "VPN", "WMD"}
)  # fmt: skip
"""Capitals that stand for things and offices."""


def iter_articled(reading: Reading) -> Iterator[Candidate]:
    """Yield what stands behind "the" and the recogniser took for a person, or passed over where bodies stand."""
    if reading.headline:
        return
    doc = reading.doc
    for index, token in enumerate(doc):
        if token.lower_ != "the":
            continue
        start = index + 1
        while (
            start < len(doc)
            and (doc[start].lower_ in _OF_PARTIES or doc[start].pos_ == "ADJ")
            and doc[start].text.islower()
        ):
            start += 1
        end = start
        while end < len(doc) and _is_name_word(reading, doc[end]):
            end += 1
        if start < end and _is_whole(reading, doc[start:end]):
            entity_type = _find_type(reading, doc[start:end])
            if entity_type is not None:
                yield make_span_candidate(doc, start, end, entity_type, _STRENGTH)


def _is_name_word(reading: Reading, token: Token) -> bool:
    named = token.pos_ in {"PROPN", "NOUN"} and is_capitalised(token) and token.text.isalpha()
    return named and token.lower_ not in reading.words.calendar


def _is_whole(reading: Reading, span: Span) -> bool:
    """Whether the words are a noun phrase of their own, and none is known, a title or a word for a body."""
    doc, words = span.doc, reading.words
    after = doc[span.end] if span.end < len(doc) else None
    if after is not None and (after.text == "-" or (after.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"})):
        return False
    plural = span.root.tag_ in {"NNS", "NNPS"} and not span.text.isupper()
    if (plural and not _is_founded(span)) or span.root.dep_ in {"compound", "amod", "nmod"}:
        return False
    if any(
        span.start_char <= hit.start_char < span.end_char
        for hit in reading.hits
        if hit.end_char >= span.end_char
    ):
        return False
    if any(table.match_from(doc, span.start)[1] for table in (words.titles, words.forces, words.heads)):
        return False
    return (
        find_type_by_head(words, doc, span.start, span.end) is None
        and not words.deeds.match_to(doc, span.end)[1]
    )


def _find_type(reading: Reading, span: Span) -> str | None:
    labels = {token.ent_type_ for token in span}
    told = get_described_type(reading, span) or _find_told_behind(reading, span) if labels <= {""} else None
    return told if told in _BODIES else _guess_type(reading, span, labels)


def _find_told_behind(reading: Reading, span: Span) -> str | None:
    """The type of the noun behind a comma and an article, however it is parsed: "the Imbonerakure, the youth wing of"."""
    doc, start = span.doc, span.end + 2
    if start >= len(doc) or doc[span.end].text != "," or doc[start - 1].lower_ not in {"a", "an", "the"}:
        return None
    for index in range(start, min(start + _LONGEST_PHRASE, len(doc) - 1)):
        if doc[index].pos_ not in {"NOUN", "ADJ", "VERB", "ADV", "PUNCT", "PROPN"}:
            return None
        begins, values = reading.words.descriptions.match_to(doc, index + 1)
        if values and begins >= start and doc[index + 1].lower_ in _GOING_ON:
            return str(values[0])
    return None


def _guess_type(reading: Reading, span: Span, labels: set[str]) -> str | None:
    """The type of what no word beside it describes."""
    if len(span) == 1 and _is_founded(span) and labels <= {"", "ORG"}:
        return "party"
    if len(span) == 1 and span.text.isupper():
        return _find_type_of_acronym(reading, span[0], labels)
    if "PERSON" not in labels or any(token.text.isupper() for token in span):
        return None
    if len(span) == 1:
        return "place" if _find_preposition(span.root) in _LOCATIVE else None
    if span.start and span.doc[span.start - 1].lower_ in _OF_PARTIES:
        return "party"
    return "organization" if _find_preposition(span.root) == "of" and _has_members(span.root) else None


def _is_founded(span: Span) -> bool:
    """Whether a name in the plural is of those whom somebody heads or has founded: "who heads the Loyalists"."""
    verb = span.root.head
    plural = span.root.tag_ in {"NNS", "NNPS"} and span.text.istitle()
    return plural and span.root.dep_ == "dobj" and verb.lemma_.lower() in {"chair", "found", "head"}


def _find_preposition(token: Token) -> str:
    return token.head.lower_ if token.dep_ == "pobj" else ""


def _has_members(token: Token) -> bool:
    """Whether a person or an office stands before "of"."""
    holder = token.head.head
    return holder.pos_ == "PROPN" or holder.lower_ in {"candidate", "deputies", "leader", "member", "members"}


def _find_type_of_acronym(reading: Reading, token: Token, labels: set[str]) -> str | None:
    """The type of capitals that are somebody's, act as a body does, or are led, joined or left."""
    fits = _SHORTEST_ACRONYM <= len(token.text) <= _LONGEST_ACRONYM and token.text not in THINGS
    if not fits or stands_among_capitals(token.doc, token.i):
        return None
    if _is_persons(token):
        return "party"
    if not labels <= {"", "GPE", "PERSON"}:
        return None
    verb = token.head
    done_to = token.dep_ == "dobj" and (verb.lemma_.lower() in _DONE_TO_BODIES or acts_on_object(verb))
    acts = token.dep_ == "nsubj" and verb.lemma_.lower() in _DONE_BY_BODIES | reading.words.human_verbs
    led = _find_preposition(token) == "of" and (_is_leader(reading, verb) or _is_persons_body(verb))
    beside = _find_preposition(token) in _BESIDE_BODIES or _is_among(token)
    return "organization" if done_to or acts or led or beside else None


def stands_among_capitals(doc: Doc, index: int) -> bool:
    """Say whether neither of the two words behind one is in lower case; at the end of a sentence, of those before it."""
    ends = index + 2 >= len(doc) or doc[index + 1].is_punct
    beside = doc[max(0, index - 2) : index] if ends else doc[index + 1 : index + 3]
    return not any(token.text.islower() for token in beside)


def _is_persons(token: Token) -> bool:
    """Whether "of" and a person's full name follow, or who founded or leads it is told."""
    for child in token.children:
        if child.i != token.i + 1:
            continue
        if child.lower_ == "of" and child.i + 2 < len(token.doc):
            given, family = token.doc[child.i + 1], token.doc[child.i + 2]
            full = given.text.istitle() and family.text.istitle() and given.head.i == family.i
            return given.ent_type_ == "PERSON" or (full and given.ent_type_ == family.ent_type_ == "ORG")
        if child.dep_ == "acl" and child.lemma_.lower() in _FOUNDING:
            return True
    return False


def _is_among(token: Token) -> bool:
    """Whether somebody is said to be of or in what letters stand for: "a member of", "the largest in the FLK"."""
    one = token.head.head
    member = one.tag_ == "JJS" or one.lemma_.lower() in _MEMBERS
    return _find_preposition(token) in {"in", "of"} and member


def _is_persons_body(of: Token) -> bool:
    """Whether a person's full name stands before "of": "Mika Forrest of the FLK"."""
    name = of.head
    given = [child for child in name.lefts if child.dep_ == "compound" and child.text.istitle()]
    return name.i == of.i - 1 and name.ent_type_ == "PERSON" and bool(given)


def _is_leader(reading: Reading, of: Token) -> bool:
    titles = reading.words.titles.match_to(of.doc, of.i)[1]
    return any(isinstance(title, Title) and title.relation == "commands" for title in titles)
