"""What unknown names are, by what they own and by who is said to lead them.

"Rowley's People's National Movement" makes Rowley a person, "Anutin Charnvirakul's Bhumjaithai" makes Bhumjaithai no
second one, "the chief of Kraze Barye" makes Kraze Barye a body, "a UML lawmaker" makes UML a party.
"""

from collections.abc import Sequence

from ingest.acronyms import is_acronym, is_called_body
from ingest.lexicon import Title
from ingest.lone_owners import has_wing, is_described_by_man, is_owner_behind, is_told_by_who
from ingest.name_openings import JOINTS, get_name_openings
from ingest.names import find_type_by_head
from ingest.parse import Doc
from ingest.reading import Candidate, Reading, make_span_candidate
from ingest.structure_companions import (
    DONE_TO_PEOPLE,
    find_kind_of_companions,
    is_campaigning,
    is_done_to_person,
    is_full_name,
    is_named_as_party,
)

_GUESSED = 1
"""The most that speaks for a name whose type may be wrong: the recogniser, or less."""
_LED = frozenset({"party", "armed-group", "government-body", "security-force"})
_LED_BY_PERSONS = frozenset({"party", "armed-group"})
_CAMPAIGNS = frozenset({"movement", "campaign", "coalition", "alliance", "front", "league"})
# What people are together in under somebody.
_COMPANIES = frozenset({"boys", "brotherhood", "faithful", "followers", "group", "guards", "party", "rally"})
_ELECTED = frozenset(
    {"backbencher", "backbenchers", "candidate", "candidates", "deputies", "lawmaker", "lawmakers", "legislator",
     "legislators", "manifesto", "mep", "meps", "mp", "mps", "nominee", "parliamentarian", "parliamentarians",
     "senator", "senators", "stalwart", "stalwarts", "voters"}
)  # fmt: skip
_IN_OFFICE = frozenset({"ruling", "governing", "opposition"})
_WON = frozenset({"seat", "seats", "majority", "election", "elections", "vote", "votes"})
_WINNING = frozenset({"win", "lose", "gain", "take", "hold", "have", "contest"})
_EMPLOYED = frozenset(
    {"employee", "employees", "shareholder", "shareholders", "subsidiary", "factory", "workers"}
)
_OF_TOWNS = frozenset(
    {"airport", "bazaar", "center", "centre", "governor", "harbor", "harbour", "hospital", "inhabitants", "market",
     "mayor", "outskirts", "port", "prefect", "refinery", "residents", "streets", "suburbs", "townspeople"}
)  # fmt: skip
_COUNCILLORS = frozenset({"councillor", "councillors", "councilor", "councilors", "townspeople"})
_FIGHTERS = frozenset(
    {"fighters", "guerrillas", "gunmen", "insurgents", "jihadis", "jihadists", "mercenaries", "militants",
     "militiamen", "paramilitaries", "rebels"}
)  # fmt: skip
# What parties are called that have their country in the name: "Strong Georgia", "For Georgia", "Free Peru".
_BEFORE_COUNTRY = frozenset(
    {"Better", "For", "Forward", "Free", "Just", "New", "Our", "Strong", "Together", "Unified", "Young"}
)
_LEADING = frozenset({"leader", "commander", "founder"})
_MOST_BETWEEN = 2
_MOST_NAMES = 3
# What the recogniser takes an unknown surname for.
_GUESSES = frozenset({"NORP", "GPE", "LOC"})
_TRAVELLING = frozenset({"arrive", "flee", "fly", "travel"})


def settle_types(reading: Reading, found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates with the types of those that nobody knows set right where their sentence tells.

    Args:
        reading: The block.
        found: Its candidates, in text order.
    """
    told = [
        candidate._replace(type=kind)
        if _is_guessed(candidate) and (kind := _find_told(reading, found, place)) is not None
        else candidate
        for place, candidate in enumerate(found)
    ]
    return [
        _join_owned(reading, told, place) or _join_country(reading, candidate)
        for place, candidate in enumerate(told)
    ]


def _join_owned(reading: Reading, found: Sequence[Candidate], place: int) -> Candidate | None:
    """Take a country and the word joined to it for a party where a person has them: "Ruiz's Prosperous Chile"."""
    candidate, doc = found[place], reading.doc
    owner = found[place - 1] if place else None
    if (
        candidate.type != "country"
        or candidate.resolution != "name"
        or owner is None
        or owner.type != "person"
    ):
        return None
    start, end = owner.end_token + 1, candidate.end_token
    if start > candidate.start_token or doc[start - 1].tag_ != "POS" or candidate.start_token - start > 1:
        return None
    if end < len(doc) and doc[end].pos_ == "PROPN" and doc[end].text.istitle():
        end += 1
    name = doc[start:end]
    if end - start == candidate.end_token - candidate.start_token or not all(
        word.text[0].isupper() for word in name
    ):
        return None
    party = make_span_candidate(doc, start, end, "party", candidate.strength)
    return party._replace(name=name.text, country_code=candidate.country_code)


def _join_country(reading: Reading, candidate: Candidate) -> Candidate:
    """Take the country in the name of a party for the party: "Strong Georgia"."""
    start, doc = candidate.start_token - 1, reading.doc
    if candidate.type != "country" or candidate.resolution != "name" or candidate.nested or start < 0:
        return candidate
    first = doc[start]
    named = first.text in _BEFORE_COUNTRY and not first.is_sent_start and first.text[0].isupper()
    if not named or (start and doc[start - 1].text in {".", ":", '"'}) or reading.headline:
        return candidate
    name = doc[start : candidate.end_token]
    party = make_span_candidate(doc, start, candidate.end_token, "party", candidate.strength)
    return party._replace(name=name.text, country_code=candidate.country_code)


def _is_guessed(candidate: Candidate) -> bool:
    guessed = candidate.known_id is None and candidate.strength <= _GUESSED and not candidate.nested
    return guessed and candidate.type in {"person", "organization", "place", "government-body"}


def _find_told(reading: Reading, found: Sequence[Candidate], place: int) -> str | None:
    """The type that a name itself tells, or else the words around it, or None."""
    candidate, doc = found[place], reading.doc
    if _is_host(reading, candidate):
        return "armed-group"
    if is_named_as_party(candidate) or is_campaigning(doc, found, place):
        return "party"
    if candidate.type == "government-body":
        return None
    by_head = find_type_by_head(reading.words, doc, candidate.start_token, candidate.end_token)
    if by_head is not None:
        has_article = candidate.type == "person" and _has_article(doc, candidate)
        return by_head if has_article else None
    return _find_told_around(reading, found, place)


def _is_host(reading: Reading, candidate: Candidate) -> bool:
    """Whether a name is that of a host or gang: "Ansar al-Nahr", "Los Zorros"."""
    doc, hosts = reading.doc, get_name_openings(reading.gazetteer.lexicon).hosts
    first, size = doc[candidate.start_token].lower_, candidate.end_token - candidate.start_token
    host = first in hosts and size > 1 and doc[candidate.start_token + 1].lower_ in JOINTS
    return host or (first == "los" and size == _MOST_BETWEEN)


def _find_told_around(reading: Reading, found: Sequence[Candidate], place: int) -> str | None:
    """The type that the words around a name tell, or None."""
    candidate, doc = found[place], reading.doc
    if _is_armed(doc, candidate):
        return "armed-group"
    party = _is_party(doc, candidate) or _has_country(reading, candidate)
    if party or _is_town(doc, candidate):
        return "party" if party else "place"
    full = candidate.type == "organization" and is_full_name(doc, candidate)
    full = full or is_owner_behind(doc, candidate) or is_told_by_who(doc, candidate)
    if full or is_done_to_person(doc, candidate):
        return "person"
    if kind := find_kind_of_companions(doc, found, place):
        return kind
    if candidate.type == "person":
        body = (
            has_wing(doc, candidate)
            or is_described_by_man(doc, candidate)
            or is_called_body(doc, candidate.start_token, candidate.end_token)
        )
        return "organization" if body else _find_body(reading, found, place)
    return "person" if _owns_body(reading, found, place) else None


def _is_armed(doc: Doc, candidate: Candidate) -> bool:
    """Whether a lone name has fighters: "Wagner fighters", "the rebels of the UPC"."""
    end, start = candidate.end_token, candidate.start_token
    if end - start > 1 or candidate.type == "place":
        return False
    start -= doc[start - 1].lower_ == "the" if start else 0
    behind = start > 1 and doc[start - 1].lower_ == "of" and doc[start - 2].lower_ in _FIGHTERS
    return behind or (end < len(doc) and doc[end].lower_ in _FIGHTERS)


def _is_party(doc: Doc, candidate: Candidate) -> bool:
    """Whether a name is that of a party: "a UML lawmaker", "the ruling X", "X, whose nine deputies", "X won 60 seats"."""
    end = candidate.end_token
    if end < len(doc) and doc[end].lower_ in _ELECTED:
        return True
    if candidate.type == "person":
        return False
    if candidate.start_token and doc[candidate.start_token - 1].lower_ in _IN_OFFICE:
        return True
    following = [token.lower_ for token in doc[end : end + 5]]
    if following[:2] == [",", "whose"] and not _ELECTED.isdisjoint(following):
        return True
    head = doc[candidate.start_token : end].root
    won = head.dep_ == "nsubj" and head.head.lemma_.lower() in _WINNING
    return won and any(child.dep_ == "dobj" and child.lower_ in _WON for child in head.head.children)


def _has_country(reading: Reading, candidate: Candidate) -> bool:
    """Whether a name is a country's with such a word before it as parties have: "Strong Georgia"."""
    first, _, rest = candidate.name.partition(" ")
    forms = reading.gazetteer.find_forms(rest) if first in _BEFORE_COUNTRY and rest else ()
    return any(form.role == "name" and reading.gazetteer.get(form.id).type == "country" for form in forms)


def _is_town(doc: Doc, candidate: Candidate) -> bool:
    """Whether what follows is what towns have: "Zawiya's refinery", "Larne councillors"."""
    end = candidate.end_token
    if end + 1 >= len(doc) or candidate.end_token - candidate.start_token > 1:
        return False
    has = doc[end + 1].lower_ in _OF_TOWNS if doc[end].tag_ == "POS" else doc[end].lower_ in _COUNCILLORS
    return has and not doc[candidate.start_token].text.isupper()


def _has_article(doc: Doc, candidate: Candidate) -> bool:
    """Whether a name has an article, as no person's has: "the three-man Presidential Council"."""
    head = doc[candidate.start_token : candidate.end_token].root
    return any(child.lower_ == "the" and child.i < candidate.start_token for child in head.children)


def _owns_body(reading: Reading, found: Sequence[Candidate], place: int) -> bool:
    """Whether what a name owns is led by persons: "Rowley's People's National Movement"."""
    doc = reading.doc
    owner, owned = found[place], _find_owned(doc, found, place)
    word = doc[owner.start_token].text
    campaign = owned is not None and _is_led_by_persons(doc, owned)
    if owner.end_token - owner.start_token > 1:
        led = campaign or (owned is not None and owned.type in _LED_BY_PERSONS)
        return _is_like_full_name(reading, owner) and (led or _has_named_after_country(doc, found, place))
    if owned is None or word.isupper() or not word[:1].isupper():
        return False
    return owned.type in _LED or campaign


def _is_led_by_persons(doc: Doc, owned: Candidate) -> bool:
    """Whether an organization is of the kind that a person has, or unknown letters."""
    letters = owned.known_id is None and owned.end_token - owned.start_token == 1 and is_acronym(owned.name)
    led = doc[owned.end_token - 1].lower_ in _CAMPAIGNS | _COMPANIES
    return owned.type == "organization" and (led or letters)


def _is_like_full_name(reading: Reading, owner: Candidate) -> bool:
    """Whether a name has two words or three as persons' have, none of them known."""
    tokens = list(reading.doc[owner.start_token : owner.end_token])
    plain = len(tokens) <= _MOST_NAMES and all(t.text.istitle() and t.tag_ == "NNP" for t in tokens)
    article = owner.start_token > 0 and reading.doc[owner.start_token - 1].lower_ == "the"
    return plain and not article and not any(reading.gazetteer.find_forms(token.text) for token in tokens)


def _has_named_after_country(doc: Doc, found: Sequence[Candidate], place: int) -> bool:
    """Whether what a name owns is a country with one capitalised word before it: "Sovereign Poland"."""
    start, after = found[place].end_token + 1, found[place + 1 : place + 2]
    possessive = start < len(doc) and doc[start - 1].tag_ == "POS" and doc[start].text.istitle()
    return possessive and any(c.type == "country" and c.start_token == start + 1 for c in after)


def _find_owned(doc: Doc, found: Sequence[Candidate], place: int) -> Candidate | None:
    """The name behind a possessive, adjectives between aside."""
    end = found[place].end_token
    if end >= len(doc) or doc[end].tag_ != "POS":
        return None
    owned = next((c for c in found[place + 1 :] if c.start_token > end), None)
    if owned is None or owned.start_token > end + 1 + _MOST_BETWEEN:
        return None
    return owned if all(token.pos_ == "ADJ" for token in doc[end + 1 : owned.start_token]) else None


def _find_body(reading: Reading, found: Sequence[Candidate], place: int) -> str | None:
    """The kind of body that is taken for a person: one that a person has, has a person, or has a leader."""
    candidate, doc = found[place], reading.doc
    size = candidate.end_token - candidate.start_token
    if size == 1 and candidate.end_token < len(doc) and doc[candidate.end_token].lower_ in _EMPLOYED:
        return "organization"
    owned = _find_owned(doc, found, place)
    if size == 1 and owned is not None and owned.type == "person" and len(owned.name.split()) > 1:
        return "party"
    before = found[place - 1] if place else None
    if before is not None and size == 1 and _is_owned_alone(doc, before, candidate):
        return "party"
    if before is not None and before.type == "person" and _is_bracketed(doc, before, candidate):
        return "party"
    return _find_led(reading, candidate)


def _is_owned_alone(doc: Doc, owner: Candidate, owned: Candidate) -> bool:
    """Whether a person with a full name has a lone word that acts: "Anutin Charnvirakul's Bhumjaithai quit"."""
    end = owner.end_token
    joined = owned.start_token == end + 1 and doc[end].tag_ == "POS"
    head = doc[owned.start_token]
    full = owner.known_id is not None or len(owner.name.split()) > 1
    return owner.type == "person" and full and joined and head.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}


def _is_bracketed(doc: Doc, before: Candidate, candidate: Candidate) -> bool:
    """Whether a name stands alone in brackets behind a person's full name: "Perci Cendana (Akbayan)"."""
    opened = candidate.start_token == before.end_token + 1 and doc[before.end_token].text == "("
    closed = candidate.end_token < len(doc) and doc[candidate.end_token].text == ")"
    return opened and closed and before.end_token - before.start_token > 1


def _find_led(reading: Reading, candidate: Candidate) -> str | None:
    """The kind of body behind "leader of" and "commander of"."""
    doc = reading.doc
    start = candidate.start_token - (doc[candidate.start_token - 1].lower_ == "the")
    owns = candidate.end_token < len(doc) and doc[candidate.end_token].tag_ == "POS"
    if start < 2 or doc[start - 1].lower_ != "of" or owns:
        return None
    titles = [v for v in reading.words.titles.match_to(doc, start - 1)[1] if isinstance(v, Title)]
    if not titles or titles[0].kind not in _LEADING or titles[0].relation != "commands":
        return None
    return "armed-group" if titles[0].kind == "commander" else "organization"


def find_half_name(reading: Reading, start: int, end: int, label: str) -> int | None:
    """Return the end of a person's name of which the recogniser saw the first word alone, or None.

    "Gagik" in "Gagik Melkonyan, an MP from Yerevan,": the second word hangs together with the first and is no head of a
    body, and where the first is not taken for a person's, the words around tell that the whole is.
    """
    doc = reading.doc
    if end - start != 1 or end >= len(doc) or doc[start].head.i != end or doc[start].dep_ != "compound":
        return None
    last = doc[end]
    single = last.pos_ == "PROPN" and last.text[:1].isupper() and last.text[1:].islower()
    labelled = last.ent_type_ not in {"", "PERSON"}
    if labelled and (last.ent_type_ not in _GUESSES or reading.gazetteer.find_forms(last.text)):
        return None
    after = doc[end + 1] if end + 1 < len(doc) else None
    if not single or (after is not None and after.pos_ == "PROPN"):
        return None
    words = reading.words
    if any(
        table.match_to(doc, end + 1)[1] for table in (words.heads, words.titles, words.forces, words.deeds)
    ):
        return None
    return end + 1 if "PERSON" in {label, last.ent_type_} or _is_told_person(reading, end) else None


def _is_told_person(reading: Reading, head: int) -> bool:
    """Whether a noun in apposition or the verb says that a name is a person's."""
    token = reading.doc[head]
    for child in token.children:
        if child.dep_ == "appos" and child.i > head and child.pos_ in {"NOUN", "PROPN"}:
            titled = reading.words.titles.match_to(reading.doc, child.i + 1)[1]
            described = reading.words.descriptions.match_to(reading.doc, child.i + 1)[1]
            if titled or "person" in described:
                return True
    if token.dep_ == "appos" and token.head.tag_ == "NN" and token.head.i < head:
        return bool(reading.words.titles.match_to(reading.doc, token.head.i + 1)[1])
    if token.dep_ == "nsubjpass":
        return token.head.lemma_ in DONE_TO_PEOPLE
    if token.dep_ == "poss":
        party = token.head.pos_ == "PROPN" and token.head.i > head + 1
        return party and not reading.gazetteer.find_forms(reading.doc[head - 1].text)
    return token.dep_ == "nsubj" and token.head.lemma_ in reading.words.human_verbs | _TRAVELLING
