"""People and bodies known by an adjective: "Republican lawmakers", "Sunni insurgents", "European powers", "Brexit campaigners".

A party's people are the party; those of a creed, a part of the world or a cause are a group of their own. One person of
them, or a few counted ones, are nobody: "a Republican strategist", "two Sunni militants".
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ingest.gazetteer import Hit
from ingest.lexicon import Lexicon, Title, per_lexicon, read_entries, read_words
from ingest.metonyms import is_large_number
from ingest.names import WordTable, get_forces
from ingest.parse import Doc, Token
from ingest.reading import Candidate, Reading, make_span_candidate

_TABLES = ("party_people", "regions", "powers", "troops", "creeds", "bodies", "causes", "campaigners")
_LONGEST_GAP = 2
_MODIFYING = frozenset({"compound", "amod", "nmod"})
_BARRED = frozenset({"former", "ex", "no", "neither", "fellow"})
_PAST = frozenset({"former", "ex", "-"})
_STRENGTH = 4
# Times that a text names another country until a party is rather that one's.
_OFTEN = 3


class _Party(NamedTuple):
    """A party by its adjective.

    Attributes:
        actors: Ids of known ones that bear it.
        plain: Whether a capital alone may mislead.
        spoken: Whether none is meant unless its country is spoken of.
    """

    actors: tuple[str, ...]
    plain: bool
    spoken: bool


class _Words(NamedTuple):
    """The word lists of collectives.yaml."""

    parties: WordTable
    tables: Mapping[str, WordTable]
    parliamentary: frozenset[str]
    bodies_of_people: frozenset[str]
    sides: frozenset[str]
    uprooted: frozenset[str]


class _Group(NamedTuple):
    """What a noun says that those with an adjective of its kind are."""

    start: int
    kind: str
    type: str


@per_lexicon
def _get_words(lexicon: Lexicon) -> _Words:
    def read(section: str) -> tuple[str, ...]:
        return read_words(lexicon.folders, "collectives", section)

    return _Words(
        WordTable(_iter_parties(lexicon)),
        {name: WordTable((word, name) for word in read(name)) for name in _TABLES},
        *(frozenset(read(name)) for name in ("parliamentary", "bodies_of_people", "sides", "uprooted")),
    )


def _iter_parties(lexicon: Lexicon) -> Iterator[tuple[str, object]]:
    for entry in read_entries(lexicon.folders, "collectives", "parties"):
        party = _Party(entry.find_texts("actors"), entry.get_flag("plain"), entry.get_flag("spoken"))
        yield from ((text, party) for text in entry.get_texts("text"))
        entry.close()


def iter_collectives(reading: Reading) -> Iterator[Candidate]:
    """Yield the groups of people and bodies of a block that an adjective names."""
    doc, words = reading.doc, _get_words()
    if reading.headline:
        return
    peoples = _find_peoples(reading)
    for end, head in enumerate(doc.tokens[1:], 2):
        several = head.tag_ == "NNS" or (head.tag_ == "NN" and head.lower_ in words.bodies_of_people)
        common = head.text[0].islower() or head.lower_ == "mps"
        if several and common and not _only_modifies(head) and _is_a_whole(head):
            yield from _iter_named(reading, end, peoples)
    yield from _iter_memberships(reading)
    yield from _iter_sides(reading)
    yield from _iter_uprooted(reading)


def _find_peoples(reading: Reading) -> dict[int, Hit]:
    """The names of creeds and peoples in a block by the offset where they end."""
    return {
        hit.end_char: hit
        for hit in reading.hits
        if any(reading.gazetteer.get(form.id).type == "community" for form in hit.forms)
    }


def _only_modifies(head: Token) -> bool:
    return head.dep_ in _MODIFYING and head.head.i > head.i


def _is_a_whole(head: Token) -> bool:
    """Whether more than a few are meant, and those who belong to it now."""
    for child in head.children:
        if child.lower_ in _BARRED:
            return False
        if child.dep_ == "nummod" and not is_large_number(child):
            return False
    return True


def _iter_named(reading: Reading, end: int, peoples: Mapping[int, Hit]) -> Iterator[Candidate]:
    """Yield the group whose noun ends before a token, and the one that an adjective joined to it by "and" names."""
    doc = reading.doc
    for group in _iter_groups(reading, end):
        place = group.start
        for gap in range(_LONGEST_GAP + 1):
            start = _match_adjective(reading, group.kind, place, peoples)
            if start < place:
                if _is_adjective(reading, group, start, place, end, settled=gap == 0):
                    yield _make_group(reading, group, start, place, end)
                    yield from _iter_joined(reading, group, start, peoples)
                    return
                break
            if place < 2 or not _is_plain(doc[place - 1]):
                break
            place -= 1


def _iter_groups(reading: Reading, end: int) -> Iterator[_Group]:
    """Yield what the noun that ends before a token may make of an adjective: a party, a group in arms, a community."""
    doc, tables = reading.doc, _get_words().tables
    kinds = (
        ("party_people", "parties", "party"),
        ("powers", "regions", "community"),
        ("troops", "regions", "security-force"),
        ("campaigners", "causes", "community"),
    )
    for name, kind, entity_type in kinds:
        start, values = tables[name].match_to(doc, end)
        if values:
            yield _Group(start, kind, entity_type)
    start, values = reading.words.forces.match_to(doc, end)
    force = next(iter(get_forces(values)), None)
    if force is not None and force.type in {"armed-group", "community"}:
        while start < end - 1 and doc[start].text[0].isupper():
            start += 1  # "Islamist militants" is a kind of them by itself
        yield _Group(start, "creeds", force.type)
    start, values = tables["bodies"].match_to(doc, end)
    if values:
        yield _Group(start, "creeds", "community")


def _match_adjective(reading: Reading, kind: str, end: int, peoples: Mapping[int, Hit]) -> int:
    """Return where an adjective of a kind that ends before a token begins; `end` where there is none."""
    doc, words = reading.doc, _get_words()
    if end == 0 or doc[end - 1].tag_ in {"NNS", "NNPS"}:
        return end  # "Muslims murder people" names Muslims
    if kind == "parties":
        return words.parties.match_to(doc, end)[0]
    if kind == "creeds" and (hit := peoples.get(doc[end - 1].idx + len(doc[end - 1]))):
        span = doc.char_span(hit.start_char, hit.end_char, alignment_mode="expand")
        return span.start if span is not None else end
    return words.tables[kind].match_to(doc, end)[0]


def _is_plain(token: Token) -> bool:
    """Whether a word between an adjective and its noun only says more of them: "Sunni rebel fighters"."""
    return token.is_alpha and token.text.islower() and token.pos_ in {"ADJ", "NOUN"}


def _is_adjective(reading: Reading, group: _Group, start: int, stop: int, end: int, *, settled: bool) -> bool:
    """Whether words are an adjective with a capital, and no part of another name."""
    doc = reading.doc
    first = doc[start]
    if not first.text[0].isupper() or (start and doc[start - 1].text == "-"):
        return False
    if group.kind == "creeds" and settled and doc[end - 1].lower_ in reading.words.community_nouns:
        return False
    if group.kind != "parties":
        return True
    plain = _pick_party(_get_words().parties.match_to(doc, stop)[1]).plain
    return not (plain and first.is_sent_start and doc[end - 1].lower_ not in _get_words().parliamentary)


def _iter_joined(
    reading: Reading, group: _Group, start: int, peoples: Mapping[int, Hit]
) -> Iterator[Candidate]:
    """Yield the party of the first of two adjectives: "Republican and Democratic lawmakers"."""
    doc = reading.doc
    if start < 2 or doc[start - 1].lower_ not in {"and", "or"}:
        return
    first = _match_adjective(reading, group.kind, start - 1, peoples)
    if first < start - 1 and doc[first].text[0].isupper() and group.kind == "parties":
        yield _make_group(reading, group, first, start - 1, start - 1)


def _make_group(reading: Reading, group: _Group, start: int, stop: int, end: int) -> Candidate:
    span = reading.doc[start:end]
    if group.kind != "parties":
        return _make_plain(reading.doc, start, end, group.type)
    known_id = _choose_party(reading, _pick_party(_get_words().parties.match_to(reading.doc, stop)[1]))
    known = reading.gazetteer.get(known_id) if known_id is not None else None
    name = known.name if known is not None else f"{reading.doc[start:stop].text} Party"
    code = known.country_code if known is not None else None
    return Candidate(
        span.start_char, span.end_char, start, end, name, "party", "metonym", _STRENGTH, known_id, code
    )


def _pick_party(values: Iterable[object]) -> _Party:
    """Return the first party among what an adjective of one stands for."""
    return next(value for value in values if isinstance(value, _Party))


def _choose_party(reading: Reading, party: _Party) -> str | None:
    """Return the known party that is of a country spoken of; else the first, unless a text is about another country."""
    known = [actor for actor in map(reading.gazetteer.find, party.actors) if actor is not None]
    near = [actor for actor in known if reading.countries[actor.country_code or ""]]
    if near:
        return max(near, key=lambda actor: reading.countries[actor.country_code or ""]).id
    elsewhere = max(reading.countries.values(), default=0) >= _OFTEN
    return known[0].id if known and not elsewhere and not party.spoken else None


def _iter_memberships(reading: Reading) -> Iterator[Candidate]:
    """Yield the party of somebody with a name: "Republican Senator Susan Collins", "fellow Democrat Joe Crowley"."""
    doc = reading.doc
    for start, end, values in _get_words().parties.iter_matches(doc):
        party = _pick_party(values)
        if not doc[start].text[0].isupper() or (start and doc[start - 1].lower_ in _PAST):
            continue
        place = end + (end < len(doc) and _is_plain(doc[end]) and doc[end].pos_ == "ADJ")
        after, titles = reading.words.titles.match_from(doc, place)
        member = any(isinstance(title, Title) and title.kind == "member" for title in titles)
        shown = f"{doc[place:after].text.casefold()}s" in _get_words().parliamentary
        if party.plain and not shown and (not member or doc[start].is_sent_start):
            continue
        if after < len(doc) and (member or after == end) and doc[after].ent_type_ == "PERSON":
            yield _make_group(reading, _Group(start, "parties", "party"), start, end, end)


def _iter_sides(reading: Reading) -> Iterator[Candidate]:
    """Yield what a capital alone names: "the Left"."""
    doc, words = reading.doc, _get_words()
    for token in doc if not words.sides.isdisjoint(doc.lower_words) else ():
        if token.lower_ not in words.sides or not token.is_title or token.i == 0:
            continue
        if doc[token.i - 1].lower_ != "the" or token.dep_ not in {
            "nsubj",
            "dobj",
            "pobj",
            "nsubjpass",
            "poss",
            "conj",
        }:
            continue
        after = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if after is None or not (
            after.text[:1].isupper() or after.lower_ in {"of", "-"} or after.pos_ == "NOUN"
        ):
            yield _make_plain(doc, token.i, token.i + 1, "community")


def _iter_uprooted(reading: Reading) -> Iterator[Candidate]:
    """Yield nationals who have left home: "displaced Afghans" are no state's government."""
    doc, words = reading.doc, _get_words()
    for hit in reading.hits:
        if all(form.role != "people" for form in hit.forms):
            continue
        span = doc.char_span(hit.start_char, hit.end_char)
        if span is None or not span.start or span.root.tag_ not in {"NNPS", "NNS"}:
            continue
        if doc[span.start - 1].lower_ in words.uprooted and _is_a_whole(span.root):
            yield _make_plain(doc, span.start - 1, span.end, "community")


def _make_plain(doc: Doc, start: int, end: int, entity_type: str) -> Candidate:
    return make_span_candidate(doc, start, end, entity_type, _STRENGTH)._replace(resolution="nested")
