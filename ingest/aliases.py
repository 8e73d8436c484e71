"""Second names that a text gives somebody: "better known as Omega", "alias Rambo", "formerly the Green Circle"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ingest.introductions import Found
from ingest.names import NameWords, find_type_by_head, is_capitalised
from ingest.one_type import is_like_full_name
from ingest.parse import Doc, Token
from ingest.reading import Candidate, make_span_candidate
from ingest.types import ParsedBlock

_STRENGTH = 2
_KNOWN = 3
_LONGEST = 6
"""In tokens, quotes aside."""
_MOST_BETWEEN = 7
_BOTH = 2
_GROUPS = frozenset({"armed-group", "government-body", "media", "organization", "party", "security-force"})
_NAMED_OTHERWISE = _GROUPS | {"person", "place"}
_QUOTES = frozenset({'"', "'", "``", "''", "\u201c", "\u201d", "\u2018", "\u2019", "\u00ab", "\u00bb"})
_BEFORE_LINK = frozenset(
    {",", "(", "[", "-", "\u2013", "\u2014", "who", "which", "that", "is", "was", "are", "were", "has", "been", "had", "also",
     "better", "best", "widely", "popularly", "commonly", "more", "most", "usually", "generally", "locally", "simply",
     "collectively", "universally", "now", "then", "once", "later", "since", "first", "formerly", "previously", "otherwise", "sometimes", "often", "and"}
)  # fmt: skip
_PASSIVE = frozenset({",", "(", "is", "was", "are", "were", "been", "and", "also", "now", "later", "since"})
# What may stand behind a body's name: "the Alba alliance, formerly Nova".
_NOUNS = frozenset(
    {"alliance", "bloc", "coalition", "faction", "gang", "group", "militia", "movement", "network", "party"}
)
_JOINTS = frozenset(
    {"-", "al", "el", "al-", "bin", "ibn", "abu", "ag", "van", "von", "de", "la", "del", "da", "dos", "e"}
)
_NAMING = (
    r"(?:(?:its|his|her|their|the|an?)\s+)?(?:[a-z]+\s+)?"
    r"(?:acronym|initials|abbreviation|alias|code\s?name|moniker|name|nickname|nom\s+de\s+guerre|pseudonym|sobriquet)"
    r"(?:\s+of)?"
)
_ITSELF = r"(?:itself|himself|herself|themselves)"
_LINKS = re.compile(
    rf"""
    (?P<personal>\bwhose\s+(?:actual|birth|full|given|original|real|true)\s+name\s+(?:is|was)\b
      |\b(?:whose\s+)?(?:nom\s+de\s+guerre|nickname|alias|code\s?name)\s+(?:is|was)\b
      |\b(?:real|birth)\s+name\b|\bnom\s+de\s+guerre\b|\bn\u00e9e\b)
    |(?P<born>\bborn\b)
    |(?P<passive>\b(?:nicknamed|dubbed|code-?named|renamed|rebranded(?:\s+as)?)\b(?!\s+{_ITSELF}))
    |(?P<former>\b(?:formerly|previously)\b(?!\s+known)(?:\s+(?:called|named))?)
    |(?P<other>,\s+or\b)
    |(?P<plain>\bknown(?:\s+\w+ly)?(?:\s+(?:across|among|by|in|to)\s+[^,.;:()"\u201c]{{1,40}}?)?\s+as\b
      |\bknown\s+(?:by|under)\s+{_NAMING}
      |\b(?:goes|went|going)\s+by\s+{_NAMING}|\b(?:goes|went|going)\s+by\b
      |\b(?:alias|aka|a\.k\.a\.|a/k/a)(?!\w)
      |\b(?:calling|calls|called|renamed|renames|renaming)\s+{_ITSELF}
      |\b(?:which|whom)\s+(?:\w+\s+){{1,3}}?calls?\b
      |\brebrand(?:ed|ing)\s+{_ITSELF}\s+as\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)


_NICKNAMED = re.compile(
    r"(?<![\w\u201d\"])(?P<given>[A-Z][\w'-]+)\s[\"\u201c](?P<nick>[A-Z][\w' -]{1,24})[\"\u201d]\s(?P<family>(?:(?:al|el|de|van|bin)[ -])?[A-Z]\w[\w-]*)"
)


class _Link(NamedTuple):
    """Words that join two names of one actor.

    Attributes:
        kind: The named group of `_LINKS` that they are of.
        start: The first token.
        end: One past the last token.
    """

    kind: str
    start: int
    end: int


def find_aliases(
    blocks: Sequence[ParsedBlock],
    found: Sequence[Found],
    introduced: Mapping[str, Candidate],
    words: NameWords,
) -> tuple[list[Found], dict[str, Candidate]]:
    """Return the candidates with second names among them, and by each name the candidate it is another name of.

    Args:
        blocks: The document's blocks.
        found: Block number and candidate, in text order.
        introduced: Acronyms that the document explains, with the full name.
        words: What names are made of.
    """
    by_block: dict[int, list[Candidate]] = {}
    for number, candidate in found:
        by_block.setdefault(number, []).append(candidate)
    names: dict[str, Candidate] = {}
    for number, (block, doc) in enumerate(blocks):
        if block.kind == "headline" or number not in by_block:
            continue
        by_block[number] = _join_halves(doc, by_block[number], names)
        for link in _iter_links(doc):
            here = by_block[number]
            start = _find_start(doc, link.end)
            bearer, end = _find_bearer(doc, here, link), _find_end(doc, here, words, start)
            if bearer is None and (bearer := _make_bearer(doc, words, link)) is not None:
                here = sorted([*here, bearer], key=lambda c: (c.start_char, c.end_char))
            alternative = link.kind == "other" and (
                find_type_by_head(words, doc, start, end) or not _is_set_apart(doc, link.start, end)
            )
            if end == start or alternative:
                continue
            if bearer is not None:
                by_block[number] = _join(doc, here, bearer, (link, start, end), introduced, words, names)
            elif kind := _find_kind(doc, words, link):
                by_block[number] = _replace(here, make_span_candidate(doc, start, end, kind, _STRENGTH))
    return [(number, candidate) for number, own in by_block.items() for candidate in own], names


def _join_halves(doc: Doc, here: Sequence[Candidate], names: dict[str, Candidate]) -> list[Candidate]:
    """Return a block's candidates with the two halves of a name around a nickname as one: "Ana "Chispa" Ruiz"."""
    kept = list(here)
    for match in _NICKNAMED.finditer(doc.text):
        span = doc.char_span(match.start(), match.end())
        if span is None:
            continue
        met = _list_met(kept, span.start, span.end)
        if not any(c.type == "person" for c in met) or any(c.known_id is not None for c in met):
            continue
        whole = make_span_candidate(doc, span.start, span.end, "person", _STRENGTH)
        whole = whole._replace(name=f"{match['given']} {match['family']}")
        names.setdefault(match["nick"], whole)
        kept = sorted([*(c for c in kept if c not in met), whole], key=lambda c: c.start_char)
    return kept


def _list_met(here: Sequence[Candidate], start: int, end: int) -> list[Candidate]:
    """Return the candidates that have a token between two."""
    return [c for c in here if c.start_token < end and start < c.end_token]


def _iter_links(doc: Doc) -> Iterator[_Link]:
    for match in _LINKS.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        kind = match.lastgroup
        if span is not None and kind is not None and _is_meant(doc, kind, span.start):
            yield _Link(kind, span.start, span.end)


def _is_meant(doc: Doc, kind: str, start: int) -> bool:
    """Say whether words that may join two names are no deed of the first on the second: "Ruiz dubbed Lind a fool"."""
    token = doc[start]
    before = doc[start - 1].lower_ if start else ""
    if kind == "passive":
        return token.dep_ == "acl" or (token.tag_ == "VBN" and before in _PASSIVE)
    return before != "not"


def _is_set_apart(doc: Doc, start: int, end: int) -> bool:
    """Say whether a name behind "or" stands between commas and is no alternative: "the Hawks, or Suqur, fled"."""
    sentence = [token.lower_ for token in doc[start].sent if token.i < start]
    closed = end < len(doc) and doc[end].text in {",", ")"}
    return closed and {"either", "whether", "if"}.isdisjoint(sentence)


def _find_kind(doc: Doc, words: NameWords, link: _Link) -> str | None:
    """Return what the noun before a link says that the name behind it is: "a militia calling itself New Dawn"."""
    place = link.start
    while place and doc[place - 1].lower_ in _BEFORE_LINK - {"(", "[", "and"}:
        place -= 1
    if link.kind != "plain" or not place or not doc[place - 1].text.islower() or doc[place - 1].tag_ != "NN":
        return None
    _, values = words.descriptions.match_to(doc, place)
    _, heads = words.heads.match_to(doc, place)
    kind = str(next(iter(values or heads), ""))
    return kind if kind in _NAMED_OTHERWISE else None


def _replace(here: Sequence[Candidate], name: Candidate) -> list[Candidate]:
    """Return a block's candidates with one in place of those it meets; what is known stays."""
    met = _list_met(here, name.start_token, name.end_token)
    if any(c.strength >= _KNOWN for c in met):
        return list(here)
    return sorted([*(c for c in here if c not in met), name], key=lambda c: (c.start_char, c.end_char))


def _find_bearer(doc: Doc, here: Sequence[Candidate], link: _Link) -> Candidate | None:
    """Return who stands before the link, letters in brackets, an age and an office between them aside."""
    place = link.start
    for _ in range(_MOST_BETWEEN if link.kind != "other" else 1):
        ending = [c for c in here if c.end_token == place and c.type in _NAMED_OTHERWISE]
        if ending:
            return max(ending, key=lambda c: (not c.nested, c.end_token - c.start_token))
        place = _step_back(doc, place)
        if place <= 0:
            break
    return _find_described(doc, here, link)


def _make_bearer(doc: Doc, words: NameWords, link: _Link) -> Candidate | None:
    """Return the person with a full name right before a link whom no finder saw."""
    end = link.start
    while end > 1 and doc[end - 1].lower_ in _BEFORE_LINK - {"and"}:
        end -= 1
    start = end
    while start and doc[start - 1].tag_ == "NNP" and doc[start - 1].is_title:
        start -= 1
    if link.kind == "other" or end - start < _BOTH or words.titles.match_from(doc, start)[1]:
        return None
    bearer = make_span_candidate(doc, start, end, "person", 1)
    return bearer if is_like_full_name(bearer, doc, words) else None


def _step_back(doc: Doc, place: int) -> int:
    """Return the token before which a name may end that has a link behind it; 0 where none can."""
    if not place:
        return 0
    before = doc[place - 1]
    if before.lower_ in _BEFORE_LINK | _QUOTES or (
        before.like_num and place > 1 and doc[place - 2].text == ","
    ):
        return place - 1
    if before.text in _NOUNS and place > 1 and doc[place - 2].is_title:
        return place - 1
    bracketed = before.text == ")" and place > _BOTH and doc[place - 3].text == "("
    return place - 3 if bracketed else 0


def _find_described(doc: Doc, here: Sequence[Candidate], link: _Link) -> Candidate | None:
    """Return who is told to be the noun that a link hangs on: "Ruiz, the front's commander, better known as"."""
    token = doc[link.start]
    if token.dep_ not in {"acl", "relcl"} or token.head.pos_ != "NOUN" or token.head.dep_ != "appos":
        return None
    head = token.head.head
    return next(
        (c for c in here if c.start_token <= head.i < c.end_token and c.type in _NAMED_OTHERWISE), None
    )


def _find_start(doc: Doc, place: int) -> int:
    """Return where a second name begins behind a link, marks and an article aside."""
    while place < len(doc) and (doc[place].text in {",", ":", "="} or doc[place].text in _QUOTES):
        place += 1
    if place + 1 < len(doc) and doc[place].lower_ == "the":
        place += 1 + (doc[place + 1].text in _QUOTES)
    return place


def _find_end(doc: Doc, here: Sequence[Candidate], words: NameWords, start: int) -> int:
    """Return where a second name ends that begins at a token; the token itself where none does."""
    if start >= len(doc) or not is_capitalised(doc[start]) or doc[start].lower_ in words.calendar:
        return start
    opening = next((doc[i].text for i in (start - 1, start - 2) if i >= 0 and doc[i].text in _QUOTES), None)
    if opening is not None:
        closing = (t.i for t in doc[start + 1 : start + _LONGEST + 1] if t.text in _QUOTES)
        return next(closing, start)
    reach = end = start + 1
    while end < min(len(doc), start + _LONGEST) and _goes_on(doc[end], words):
        end += 1
        reach = end if is_capitalised(doc[end - 1]) else reach
    whole = [c.end_token for c in here if c.start_token == start and not c.nested]
    return max([reach, *whole])


def _goes_on(token: Token, words: NameWords) -> bool:
    named = is_capitalised(token) and token.pos_ in {"PROPN", "NOUN", "ADJ"} and not token.is_sent_start
    return (named and token.lower_ not in words.calendar) or token.lower_ in _JOINTS


def _join(
    doc: Doc,
    here: Sequence[Candidate],
    bearer: Candidate,
    link: tuple[_Link, int, int],
    introduced: Mapping[str, Candidate],
    words: NameWords,
    names: dict[str, Candidate],
) -> list[Candidate]:
    """Return a block's candidates with a second name among them, and write down whose it is."""
    (kind, _, _), start, end = link
    after, titles = words.titles.match_from(doc, start)
    if titles and after >= end:
        return list(here)
    start = after if titles else start
    second = make_span_candidate(doc, start, end, bearer.type, _STRENGTH)
    met = _list_met(here, start, end)
    known = next((c for c in met if c.known_id is not None), None)
    if not _may_be_same(kind, bearer, second, known):
        return list(here)
    if known is not None and _is_sure(bearer, second, known):
        names.setdefault(bearer.name, known)
        return list(here)
    like_person = kind in {"passive", "plain"} and bearer.type in {"organization", "place"}
    bearer_is_person = (
        kind in {"personal", "born"}
        or _is_full_name_of(bearer, met)
        or (like_person and bearer.strength <= 1 and is_like_full_name(bearer, doc, words))
    )
    told = bearer._replace(type="person") if bearer_is_person and bearer.known_id is None else bearer
    second = second._replace(type=told.type)
    names.setdefault(second.name, introduced.get(told.name, told))
    kept = [told if c is bearer else c for c in here if c not in met]
    return sorted([*kept, second], key=lambda c: (c.start_char, c.end_char))


def _may_be_same(kind: str, bearer: Candidate, second: Candidate, known: Candidate | None) -> bool:
    """Say whether two names can be one actor's: who is known by both is told apart, and people are born as people."""
    several = second.end_token - second.start_token >= _BOTH
    fits = {
        "born": several and bearer.type in {"person", "organization"},
        "former": bearer.type in _GROUPS,
        "personal": bearer.known_id is None or bearer.type == "person",
        "other": bearer.type in _GROUPS and bearer.end_token - bearer.start_token >= _BOTH and known is None,
    }
    if second.name == bearer.name or not fits.get(kind, True):
        return False
    if known is None:
        return True
    other = known.known_id != bearer.known_id and known.type not in {"place", "country", "community"}
    return not (bearer.known_id is not None and other) and not (kind == "born" and known.type == "community")


def _is_sure(bearer: Candidate, second: Candidate, known: Candidate) -> bool:
    """Say whether a second name is that of somebody known rather than a word that another has as well."""
    if known.known_id == bearer.known_id:
        return True
    whole = (known.start_token, known.end_token) == (second.start_token, second.end_token)
    alike = known.type == bearer.type or {known.type, bearer.type} <= _GROUPS
    telling = known.end_token - known.start_token >= _BOTH or second.name.isupper()
    return whole and alike and telling and bearer.known_id is None


def _is_full_name_of(bearer: Candidate, met: Sequence[Candidate]) -> bool:
    """Say whether a lone word's second name is a person's full one: "Omega, alias Jean Kalonda"."""
    alone = bearer.end_token - bearer.start_token == 1 and bearer.type != "person"
    return alone and any(c.type == "person" and c.end_token - c.start_token >= _BOTH for c in met)
