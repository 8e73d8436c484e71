"""One type for one unknown name throughout a document, whatever the recogniser takes it for from place to place."""

from collections.abc import Sequence

from ingest.cities import make_key
from ingest.introductions import Found
from ingest.named_kinds import find_kind
from ingest.names import NameWords, find_type_by_head
from ingest.parse import Doc
from ingest.reading import Candidate, make_span_candidate
from ingest.types import ParsedBlock

_GUESSED = 1
_MOST_NAMES = 4
_PARTICLES = frozenset({"ag", "al", "bin", "da", "de", "el", "la", "ould", "van", "von"})


def agree_types(found: Sequence[Found], blocks: Sequence[ParsedBlock], words: NameWords) -> list[Found]:
    """Return candidates, the unknown ones with the type that the document gives their name anywhere.

    Args:
        found: Block number and candidate, in text order.
        blocks: The document's blocks.
        words: What names are made of.
    """
    docs = [doc for _, doc in blocks]
    found = _leave_nouns_out(found, docs)
    people = _list_people(found)
    kinds = {
        make_key(c.name): kind
        for number, c in found
        if c.known_id is None
        and c.strength > _GUESSED
        and (kind := find_kind(docs[number], c.end_token)) == c.type
    }
    lone = {make_key(c.name) for _, c in found if _is_lone_person(c)}
    return [(number, _agree(c, docs[number], words, people, kinds, lone)) for number, c in found]


def _leave_nouns_out(found: Sequence[Found], docs: Sequence[Doc]) -> list[Found]:
    """Return candidates, "Alba party" cut to "Alba" where the document has "Alba" alone as well."""
    names = {make_key(c.name) for _, c in found if c.known_id is None}
    left: list[Found] = []
    for number, candidate in found:
        doc, end = docs[number], candidate.end_token - 1
        kind = find_kind(doc, end) if end > candidate.start_token and candidate.known_id is None else None
        name = doc[candidate.start_token : end]
        if kind is not None and make_key(name.text) in names:
            cut = make_span_candidate(doc, candidate.start_token, end, kind, _GUESSED + 1)
            left.append((number, cut._replace(country_code=candidate.country_code)))
        else:
            left.append((number, candidate))
    return left


def _list_people(found: Sequence[Found]) -> set[str]:
    """Return the last words of the full names of persons."""
    names = (make_key(c.name).split(" ") for _, c in found if c.type == "person")
    return {parts[-1] for parts in names if len(parts) > 1}


def _is_lone_person(candidate: Candidate) -> bool:
    return candidate.type == "person" and candidate.known_id is None and " " not in candidate.name


def _agree(
    candidate: Candidate, doc: Doc, words: NameWords, people: set[str], kinds: dict[str, str], lone: set[str]
) -> Candidate:
    if candidate.known_id is not None or candidate.nested:
        return candidate
    key = make_key(candidate.name)
    if key in kinds:
        return candidate._replace(type="person" if key in people else kinds[key])
    if candidate.strength <= _GUESSED and candidate.type in {"organization", "place"}:
        last = key.rpartition(" ")[2]
        if last in lone - {key} and is_like_full_name(candidate, doc, words):
            return candidate._replace(type="person")
    return candidate


def is_like_full_name(candidate: Candidate, doc: Doc, words: NameWords) -> bool:
    """Say whether a name has two words or three as persons' have, none of them a word for a body or a place."""
    tokens = doc[candidate.start_token : candidate.end_token]
    plain = 1 < len(tokens) <= _MOST_NAMES and all(
        (t.is_title and t.tag_ == "NNP") or t.lower_ in _PARTICLES for t in tokens
    )
    article = candidate.start_token > 0 and doc[candidate.start_token - 1].pos_ == "DET"
    head = find_type_by_head(words, doc, candidate.start_token, candidate.end_token)
    return plain and not article and head is None
