"""Names that are persons' by what is said of them: whose followers there are, whom a faction is loyal to, who commands."""

from collections.abc import Iterator

from ingest.names import find_type_by_head, is_capitalised
from ingest.parse import Doc, Span, Token
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 2
_MOST_NAMES = 3
_FOLLOWING = frozenset(
    {"acolytes", "adherents", "devotees", "disciples", "followers", "loyalists", "partisans"}
)  # fmt: skip
# Parties and clubs have these as well.
_BACKING = frozenset(
    {
        "admirers",
        "aide",
        "aides",
        "allies",
        "ally",
        "backers",
        "rivals",
        "supporters",
        "sympathisers",
        "sympathizers",
    }
)
_KIN = frozenset(
    {"brother", "brothers", "cousin", "daughter", "father", "grandson", "heir", "mother", "nephew", "niece", "son", "sons", "sister",
     "uncle", "widow", "wife"}
)  # fmt: skip
_FATES = frozenset(
    {"abduction", "assassination", "detention", "extradition", "imprisonment", "kidnapping", "trial"}
)
_SIBLINGS = frozenset({"brothers", "siblings", "sisters", "spouses", "twins"})
_WORDS_OF_SIBLINGS = 4
_LOYAL = frozenset({"faithful", "loyal"})
_HEADED = frozenset({"chair", "command", "preside"})
_LED = frozenset({"found", "govern", "head", "lead"})
_FIGHTING = frozenset({"armed-group", "party"})
_OF_MANY = frozenset({"alliance", "bloc", "coalition"})
_WORDLESS = frozenset({"", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"})
_GUESSES = _WORDLESS | {"ORG", "GPE", "NORP", "LOC", "FAC"}


def iter_told_persons(reading: Reading) -> Iterator[Candidate]:
    """Yield full names that the recogniser passed over or took for others', where their sentence tells of a person."""
    if reading.headline:
        return
    doc = reading.doc
    yield from _iter_siblings(doc)
    end = 0
    for index, token in enumerate(doc.tokens):
        if index < end or not _is_name_word(token):
            continue
        end = index + 1
        while end < len(doc) and _is_name_word(doc.tokens[end]):
            end += 1
        span = doc[index:end]
        if 1 < end - index <= _MOST_NAMES and (
            (_is_person(span) and _is_unknown(reading, span))
            or (_leads_fighters(reading, span) and _is_unknown(reading, span, may_end_known=True))
        ):
            yield make_span_candidate(doc, index, end, "person", _STRENGTH)


def _iter_siblings(doc: Doc) -> Iterator[Candidate]:
    """Yield the first of two who share a surname, by the full name: "the brothers Omar and Samir Maute"."""
    tokens = doc.tokens
    for token in tokens:
        if token.lower_ not in _SIBLINGS or token.i + _WORDS_OF_SIBLINGS >= len(tokens):
            continue
        first, joint, second, family = tokens[token.i + 1 : token.i + 1 + _WORDS_OF_SIBLINGS]
        names = all(name.is_title and name.pos_ == "PROPN" for name in (first, second, family))
        if joint.lower_ == "and" and names:
            name = make_span_candidate(doc, first.i, first.i + 1, "person", _STRENGTH)
            yield name._replace(name=f"{first.text} {family.text}")


def _is_name_word(token: Token) -> bool:
    if token.tag_ != "NNP" or token.ent_type_ not in _GUESSES:
        return False
    return is_capitalised(token) and not token.text.isupper() and token.text.isalpha()


def _is_unknown(reading: Reading, span: Span, *, may_end_known: bool = False) -> bool:
    """Say whether a name has no article, no word for a body, a place or a title, and nothing known in it or at its start."""
    doc, words = reading.doc, reading.words
    if span.start and doc[span.start - 1].lower_ in {"the", "-", "a", "an"}:
        return False
    if span.end < len(doc) and (doc[span.end].text == "-" or doc[span.end].pos_ in {"NOUN", "PROPN"}):
        return False
    first_end = span[0].idx + len(span[0]) if may_end_known else span.end_char
    if any(span.start_char <= hit.start_char < first_end for hit in reading.hits):
        return False
    tables = (words.titles, words.heads, words.forces, words.deeds)
    told = any(table.match_to(doc, span.end)[1] or table.match_from(doc, span.start)[1] for table in tables)
    return not told and find_type_by_head(words, doc, span.start, span.end) is None


def _leads_fighters(reading: Reading, span: Span) -> bool:
    """Say whether a name is of who leads or founded a party or an armed group: "the Moro Front, founded by Salim Umbra Kato"."""
    by = span.root.head
    verb = by.head
    if span.root.dep_ != "pobj" or by.lower_ != "by" or verb.lemma_.lower() not in _LED:
        return False
    led = [verb.head] if verb.dep_ == "acl" else [c for c in verb.children if c.dep_ == "nsubjpass"]
    kinds = {str(kind) for noun in led for kind in reading.words.heads.match_to(span.doc, noun.i + 1)[1]}
    told = bool(kinds & _FIGHTING) or any(noun.lower_ in {"movement", "group"} for noun in led)
    return told and not any(noun.lower_ in _OF_MANY for noun in led)


def _is_person(span: Span) -> bool:
    root = span.root
    while root.dep_ == "conj":
        root = root.head
    if root.dep_ != "pobj":
        return False
    above, governor = root.head, root.head.head
    unlabelled = all(token.ent_type_ in _WORDLESS for token in span)
    if above.lower_ == "of":
        return governor.lower_ in _FOLLOWING | _KIN | _FATES or (unlabelled and governor.lower_ in _BACKING)
    if above.lower_ == "to":
        return governor.lower_ in _LOYAL
    if above.lower_ != "by":
        return False
    return governor.lemma_.lower() in _HEADED or (governor.lemma_.lower() in _LED and unlabelled)
