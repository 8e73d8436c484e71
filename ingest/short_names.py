"""Newspapers and chambers by their short names: "the Post reported", "the House speaker"."""

from collections.abc import Iterator

from ingest.cues import get_cues
from ingest.parse import Token
from ingest.reading import Candidate, Reading, make_span_candidate
from ingest.stance_types import is_somebody

_PAPERS = frozenset(
    {"chronicle", "courier", "dispatch", "gazette", "globe", "herald", "journal", "mail", "post", "telegraph", "times",
     "tribune"}
)  # fmt: skip
_CHAMBERS = {"house": "us-house-of-representatives", "senate": "us-senate"}
_OFFICERS = frozenset(
    {"speaker", "majority", "minority", "leader", "leaders", "panel", "committee", "chairman", "whip"}
)
_VOTING = frozenset({"adopt", "approve", "block", "censure", "confirm", "debate", "impeach", "pass", "ratify", "reject", "vote",
                     "subpoena", "condemn", "sue", "investigate"})  # fmt: skip
_SHORT = _PAPERS | _CHAMBERS.keys()
_STRENGTH = 2


def iter_short_names(reading: Reading) -> Iterator[Candidate]:
    """Yield the newspapers and chambers of a block that "the" and one capitalised word name."""
    if reading.headline:
        return
    doc = reading.doc
    for token in doc:
        if token.lower_ not in _SHORT or not token.is_title:
            continue
        if _opens_title(token):
            yield _make_chamber(reading, token)
        if not token.i or doc[token.i - 1].lower_ != "the":
            continue
        alone = token.i + 1 >= len(doc) or not doc[token.i + 1].text[:1].isupper()
        if token.lower_ in _PAPERS and alone and _publishes(reading, token):
            yield make_span_candidate(doc, token.i, token.i + 1, "media", _STRENGTH)
        elif token.lower_ in _CHAMBERS and _sits(token):
            yield _make_chamber(reading, token)


def _publishes(reading: Reading, token: Token) -> bool:
    """Whether a paper says something, or is praised or blamed as somebody is."""
    speaks = token.dep_ == "nsubj" and token.head.lemma_.lower() in get_cues().speech_verbs
    return speaks or is_somebody(reading.words, reading.doc[token.i : token.i + 1])


def _opens_title(token: Token) -> bool:
    """Whether the chamber stands before its speaker's title: "House Speaker Paul Ryan"."""
    if token.lower_ != "house" or token.i + 1 >= len(token.doc):
        return False
    after = token.doc[token.i + 1]
    before = token.doc[token.i - 1] if token.i else None
    inside = before is not None and before.text[:1].isupper() and not before.is_stop and not before.is_punct
    return after.text == "Speaker" and not inside


def _sits(token: Token) -> bool:
    """Whether a chamber votes, or somebody who presides over it is named after it."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if after is not None and after.lower_ in _OFFICERS and token.dep_ in {"compound", "nmod"}:
        return True
    if token.dep_ == "nsubj" and token.head.lemma_.lower() in _VOTING:
        return after is None or not after.text[:1].isupper()
    return False


def _make_chamber(reading: Reading, token: Token) -> Candidate:
    plain = make_span_candidate(reading.doc, token.i, token.i + 1, "government-body", _STRENGTH)
    known = reading.gazetteer.find(_CHAMBERS[token.lower_])
    if known is None or not _is_foremost(reading, known.country_code or ""):
        return plain
    return plain._replace(name=known.name, known_id=known.id, country_code=known.country_code)


def _is_foremost(reading: Reading, country: str) -> bool:
    """Whether a text names a country, and none more often or as often before it."""
    return bool(reading.countries) and max(reading.countries, key=reading.countries.__getitem__) == country
