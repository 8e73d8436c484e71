"""Possessives that lost their apostrophe on the way: "Britains immigration system", "Iraqs army"."""

from collections.abc import Iterator, Mapping, Sequence

from ingest.gazetteer import Form, Gazetteer, Hit
from ingest.parse import Doc, Token
from ingest.reading import Candidate

Numbered = tuple[int, Candidate]
"""The number of a block, and a candidate in it."""

_SHORTEST = 5
_MOST_WORDS = 3
_OWNED = frozenset({"NOUN", "ADJ", "PROPN"})
_OWNERS = frozenset({"compound", "nmod", "amod", "poss", "nsubj", "dobj", "pobj"})
_TYPES = frozenset(
    {"country", "person", "armed-group", "party", "media", "organization", "security-force", "place"}
)
_ARTICLES = frozenset({"the", "a", "an", "two", "both", "of"})


def add_lost_possessives(doc: Doc, hits: Sequence[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """Return the hits of a block with those of known names that an `s` without an apostrophe ends, in text order."""
    covered = {place for hit in hits for place in range(hit.start_char, hit.end_char)}
    lost = [hit for token in doc if is_lost_possessive(token) and token.idx not in covered
            for hit in _iter_known(doc, token, gazetteer)]  # fmt: skip
    return sorted([*hits, *lost], key=lambda hit: hit.start_char) if lost else list(hits)


def is_lost_possessive(token: Token) -> bool:
    """Say whether a capitalised word that ends in `s` stands before a noun as its owner does."""
    text, doc = token.text, token.doc
    if len(text) < _SHORTEST or not text[0].isupper() or not text.endswith("s") or text.endswith("ss"):
        return False
    if token.i + 1 >= len(doc) or not token.whitespace_ or token.dep_ not in _OWNERS:
        return False
    owned = doc[token.i + 1]
    if owned.pos_ not in _OWNED or owned.text[0].isupper():
        return False
    return token.i == 0 or doc[token.i - 1].lower_ not in _ARTICLES


def _iter_known(doc: Doc, token: Token, gazetteer: Gazetteer) -> Iterator[Hit]:
    """Yield the longest known name that ends in a word without its last letter."""
    for size in range(min(_MOST_WORDS, token.i + 1), 0, -1):
        start = doc[token.i - size + 1]
        end = token.idx + len(token) - 1
        if not start.text[0].isupper() or start.sent != token.sent:
            continue
        forms = tuple(_iter_forms(gazetteer, doc.text[start.idx : end]))
        if forms:
            yield Hit(start.idx, end, forms)
            return


def _iter_forms(gazetteer: Gazetteer, name: str) -> Iterator[Form]:
    for form in gazetteer.find_forms(name):
        if form.role == "name" and not form.ambiguous and gazetteer.get(form.id).type in _TYPES:
            yield form


def restore_owners(found: Sequence[Numbered], docs: Sequence[Doc]) -> list[Numbered]:
    """Return candidates, those that only add an `s` to another's last word as that one: "Ilbays lawyer" after "Ilbay"."""
    named = {candidate.name.split()[-1]: candidate for _, candidate in found if candidate.name.strip()}
    return [(number, _restore(candidate, docs[number], named)) for number, candidate in found]


def _restore(candidate: Candidate, doc: Doc, named: Mapping[str, Candidate]) -> Candidate:
    last = doc[candidate.end_token - 1]
    whole = named.get(last.text[:-1])
    if whole is None or whole.type not in _TYPES or candidate.known_id or not is_lost_possessive(last):
        return candidate
    if candidate.end_char != last.idx + len(last):
        return candidate
    return candidate._replace(end_char=candidate.end_char - 1, name=candidate.name[:-1], type=whole.type)
