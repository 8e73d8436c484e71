"""Bodies whose names say what they are for: "Front for Change and Concord", "Bloc for the Defence of the Law"."""

from collections.abc import Iterator

from ingest.names import find_type_by_head, is_capitalised
from ingest.parse import Doc, Token
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 2
_LONGEST = 10
_INSIDE = frozenset({"the", "of", "and", "&", "-"})
_BODY_TYPES = frozenset({"armed-group", "party", "organization", "government-body"})
# Whoever is praised or blamed is so for something that is no part of a name.
_JUDGING = frozenset(
    {"accuse", "blame", "chide", "condemn", "criticise", "criticize", "denounce", "fault", "mock", "praise", "punish",
     "rebuke", "reward", "sanction", "sue", "thank"}
)  # fmt: skip


def iter_purposed(reading: Reading) -> Iterator[Candidate]:
    """Yield bodies named by what they are for, from the first capital to the last."""
    if reading.headline:
        return
    doc = reading.doc
    for index, word in enumerate(doc.lower_words[:-1]):
        if word != "for" or not index or not _belongs_to_name(doc, index):
            continue
        start, end = _find_start(reading, index), _find_end(reading, index)
        if end <= index + 1 or start >= index:
            continue
        entity_type = find_type_by_head(reading.words, doc, start, end)
        if entity_type in _BODY_TYPES:
            yield make_span_candidate(doc, start, end, entity_type, _STRENGTH)


def _belongs_to_name(doc: Doc, index: int) -> bool:
    """Whether "for" hangs on the capitalised word before it, and that word is not being judged for something."""
    head = doc[index - 1]
    if not is_capitalised(head) or head.pos_ not in {"PROPN", "NOUN"} or doc[index].head.i != head.i:
        return False
    return head.dep_ not in {"dobj", "nsubjpass"} or head.head.lemma_.lower() not in _JUDGING


def _find_start(reading: Reading, index: int) -> int:
    doc, start = reading.doc, index
    while start and _is_name_word(reading, doc[start - 1]):
        start -= 1
    return (
        index
        if any(hit.end_char == doc[index - 1].idx + len(doc[index - 1]) for hit in reading.hits)
        else start
    )


def _is_name_word(reading: Reading, token: Token) -> bool:
    plain = token.pos_ in {"PROPN", "ADJ", "NOUN"} and is_capitalised(token) and token.is_alpha
    return plain and token.lower_ not in reading.words.calendar and token.ent_type_ != "PERSON"


def _find_end(reading: Reading, index: int) -> int:
    """Return the end of what a body is for; the place of "for" where that is no part of a name."""
    doc, end = reading.doc, index
    for place in range(index + 1, min(index + _LONGEST, len(doc))):
        token = doc[place]
        if token.text == "The":
            break
        if _is_name_word(reading, token):
            joined = any(between.lower_ == "and" for between in doc[end:place])
            if joined and not _is_joined(reading, index, token):
                break
            end = place + 1
        elif not (token.lower_ in _INSIDE or (token.tag_ == "POS" and end == place)):
            break
    after = doc[end] if end < len(doc) else None
    cut = after is not None and (
        after.tag_ == "POS" or (after.pos_ == "NOUN" and doc[end - 1].head.i == after.i)
    )
    return index if cut else end


def _is_joined(reading: Reading, index: int, token: Token) -> bool:
    """Whether a word behind "and" is a second thing the body is for, and no second body or country."""
    known = any(
        hit.start_char == token.idx and any(form.role != "city" for form in hit.forms) for hit in reading.hits
    )
    return not known and token.dep_ == "conj" and index < token.head.i < token.i
