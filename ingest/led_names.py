"""Bodies that the recogniser ran together with who leads them: "Second Division of Pavel Doran"."""

from ingest.genders import get_gendered_words
from ingest.names import find_type_by_head
from ingest.parse import Span, Token
from ingest.reading import Reading

_UNITS = frozenset({"army", "battalion", "brigade", "corps", "division", "regiment"})
_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
)
_BODIES = frozenset({"armed-group", "organization", "party", "security-force"})
# What bears the names of the dead: "the Church of Jesus Christ", "the University of Paul Sabatier".
_NAMED_AFTER = frozenset(
    {"academy", "airport", "brothers", "centre", "center", "church", "college", "foundation", "hospital", "house",
     "institute", "mosque", "order", "prize", "school", "shrine", "sisters", "society", "university"}
)  # fmt: skip
_MOST_NAMES = 3


def find_leader_in_name(reading: Reading, entity: Span) -> int | None:
    """Return where the "of" stands between a body and the full name of a person behind it, or None."""
    of = next((token for token in entity if token.lower_ == "of"), None)
    if of is None or of.i == entity.start:
        return None
    name = entity.doc[of.i + 1 : entity.end]
    if not 2 <= len(name) <= _MOST_NAMES or not all(_is_name_word(token) for token in name):
        return None
    known = any(name.start_char <= hit.start_char < name.end_char for hit in reading.hits)
    head = of.nbor(-1)
    kind = find_type_by_head(reading.words, entity.doc, entity.start, of.i)
    if known or kind not in _BODIES or head.lower_ in _NAMED_AFTER:
        return None
    given = get_gendered_words()
    told = name[0].lower_ in given["male"] | given["female"] or name[0].ent_type_ == "PERSON"
    return of.i if told or _is_numbered(entity, head) else None


def _is_name_word(token: Token) -> bool:
    return token.tag_ == "NNP" and token.text.istitle() and token.is_alpha


def _is_numbered(entity: Span, head: Token) -> bool:
    """Whether a body is a unit by its number: no land has it, but a commander."""
    first = entity[1] if entity[0].lower_ == "the" else entity[0]
    ordinal = first.lower_ in _ORDINALS or first.ent_type_ == "ORDINAL" or first.text[:1].isdigit()
    return head.lower_ in _UNITS and ordinal
