"""Letters that the recogniser passed over: listed with bodies, owned or led by somebody, or joined to a known name."""

import re
from collections.abc import Iterator

from ingest.articled import THINGS
from ingest.parse import Doc, Token
from ingest.reading import Candidate, Reading, make_span_candidate

_STRENGTH = 1
_KNOWN = 3
_BODIES = frozenset({"ORG", "NORP"})
_ACRONYM = re.compile(r"[A-Z]{3,8}\d{0,2}")
_LEADING = frozenset({"chair", "command", "found", "head", "lead", "run"})
_GROUPS = frozenset({"armed-group", "organization", "party", "security-force"})


def iter_acronyms(reading: Reading) -> Iterator[Candidate]:
    """Yield the letters of a block that stand where bodies stand, and the wings that letters tell of: "Nyatura-CMC"."""
    if reading.headline:
        return
    doc = reading.doc
    yield from _iter_wings(reading)
    for index, token in enumerate(doc):
        if not is_acronym(token.text) or token.ent_type_ or _is_joined(doc, index):
            continue
        if not _is_known(reading, token) and (
            _is_listed(token) or _is_led(reading, token) or _is_owned(token)
        ):
            yield make_span_candidate(doc, index, index + 1, "organization", _STRENGTH)


def is_acronym(text: str) -> bool:
    """Say whether a word is letters as bodies are called by, and no thing that everybody calls so."""
    return _ACRONYM.fullmatch(text) is not None and text not in THINGS


def is_called_body(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name is letters behind a common noun that says what they are: "the peasant confederation CONFEN"."""
    if end - start != 1 or start < 1 or not is_acronym(doc[start].text):
        return False
    before = doc[start - 1]
    return before.text.islower() and before.dep_ == "compound" and before.head.i == start


def _is_joined(doc: Doc, index: int) -> bool:
    beside = [doc[i] for i in (index - 1, index + 1) if 0 <= i < len(doc)]
    return any(token.text == "-" or (token.text.isupper() and len(token) > 1) for token in beside)


def _is_known(reading: Reading, token: Token) -> bool:
    return any(hit.start_char <= token.idx < hit.end_char for hit in reading.hits)


def _is_listed(token: Token) -> bool:
    """Say whether letters are joined by "and" or a comma to others or to a body."""
    beside = [child for child in token.children if child.dep_ == "conj"]
    if token.dep_ == "conj":
        beside.append(token.head)
    return any(other.ent_type_ in _BODIES or is_acronym(other.text) for other in beside)


def _is_led(reading: Reading, token: Token) -> bool:
    """Say whether somebody with a name or a title has or leads what letters stand for: "APCLS of General Ruiz"."""
    doc, after = token.doc, token.i + 1
    if after + 1 >= len(doc):
        return False
    if doc[after].text == ",":
        after += 1
    following = doc[after]
    if following.lower_ == "of":
        start = after + 1
    elif following.lemma_.lower() in _LEADING and after + 1 < len(doc) and doc[after + 1].lower_ == "by":
        start = after + 2
    else:
        return False
    titled = bool(reading.words.titles.match_from(doc, start)[1]) and doc[start].is_title
    return start < len(doc) and (titled or doc[start].ent_type_ == "PERSON")


def _is_owned(token: Token) -> bool:
    """Say whether somebody with a full name has what letters stand for: "Tarun Gogoi's ARP over the accord"."""
    if token.i < 3 or token.nbor(-1).tag_ != "POS" or token.dep_ in {"compound", "nmod", "amod"}:
        return False
    last, given = token.nbor(-2), token.nbor(-3)
    return last.text.istitle() and given.text.istitle() and given.head.i == last.i and given.tag_ == "NNP"


def _iter_wings(reading: Reading) -> Iterator[Candidate]:
    """Yield the parts of known groups that letters tell apart from them: "Nyatura-CMC"."""
    doc = reading.doc
    for hit in reading.hits:
        if reading.text[hit.end_char : hit.end_char + 1] != "-":
            continue
        types = {reading.gazetteer.get(form.id).type for form in hit.forms}
        span = doc.char_span(hit.start_char, hit.end_char)
        if not types <= _GROUPS or span is None or span.end + 1 >= len(doc):
            continue
        hyphen, letters = doc[span.end], doc[span.end + 1]
        joined = hyphen.text == "-" and not hyphen.whitespace_ and not doc[span.end - 1].whitespace_
        if joined and is_acronym(letters.text) and not _is_known_here(reading, letters.text):
            kind = reading.gazetteer.get(hit.forms[0].id)
            yield make_span_candidate(
                doc, span.start, span.end + 2, kind.type, _KNOWN, country_code=kind.country_code
            )


def _is_known_here(reading: Reading, letters: str) -> bool:
    """Say whether letters are those of somebody of no country or of one that the text speaks of."""
    known = [reading.gazetteer.get(form.id) for form in reading.gazetteer.find_forms(letters)]
    return any(one.country_code is None or reading.countries[one.country_code] for one in known)
