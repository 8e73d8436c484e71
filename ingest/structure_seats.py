"""Where somebody is by what they have there: a seat, a stronghold, a birthplace, men.

"Puno is a stronghold of the movement", "its office in Puno", "the movement's fighters in Puno".
"""

from collections.abc import Iterable, Iterator

from ingest.antecedents import find_antecedent
from ingest.arguments import VERBAL, find_clause_subjects, find_subjects
from ingest.conjuncts import expand_conjuncts
from ingest.geography import get_area
from ingest.missions import is_force
from ingest.parse import Token
from ingest.scene import AREA_TYPES, BODY_TYPES, Scene

# Where a body or a person is at home, and where they only have something.
_SEATS = {
    **dict.fromkeys(("headquarters", "headquarter", "seat", "secretariat", "base", "home", "hometown"), "based-in"),
    **dict.fromkeys(("birthplace", "capital", "cradle", "residence", "house"), "based-in"),
    **dict.fromkeys(("office", "bureau", "compound", "embassy", "consulate", "stronghold", "bastion"), "operates-in"),
    **dict.fromkeys(("redoubt", "fief", "fiefdom", "fortress", "hideout", "hideaway", "haven", "hub"), "operates-in"),
    **dict.fromkeys(("heartland", "sanctuary", "refuge", "lair", "den", "backyard", "turf", "outpost"), "operates-in"),
    **dict.fromkeys(("bulwark", "camp", "garrison", "powerbase", "territory"), "operates-in"),
}  # fmt: skip
# What a state has abroad.
_ABROAD = frozenset({"base", "consulate", "embassy", "garrison", "outpost"})
# Of which a body has several, so that one "of" it tells little: "shelled a base of the mission in Jowhar".
_OF_MANY = frozenset({"base", "camp", "hideout", "house", "outpost"})
# What is in a place, and what no place is.
_BUILDINGS = frozenset({"bureau", "compound", "consulate", "embassy", "house", "office", "residence"})
_BEING = frozenset({"be", "become", "remain", "stay"})
_SERVING = frozenset({"act", "double", "function", "serve"})
_USING = frozenset({"make", "use"})
_NAMING = frozenset({"amod", "compound", "nmod", "poss"})
_MEMBERS = frozenset({"cadre", "commander", "leader", "member", "official", "representative"})
_HOLDERS = BODY_TYPES | {"person"}
_AROUND = frozenset({"around", "at", "in", "inside", "near", "outside"})
_SEAT, _MEN = 0.75, 0.7
_NEAR = 10


def find_seats(scene: Scene) -> None:
    """Add who is where by their seats and their men there; cost: linear in tokens."""
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if lemma in _SEATS and not scene.is_named(token):
            _add_seat(scene, token, lemma)
        elif (is_force(token) or lemma in _MEMBERS) and token.pos_ == "NOUN" and not scene.is_named(token):
            _add_men(scene, token)


def _add_seat(scene: Scene, seat: Token, lemma: str) -> None:
    """Read "NATO's headquarters in Brussels", "Puno, a stronghold of the movement", "at its headquarters in Puno"."""
    phrases = [child for child in seat.children if child.dep_ == "prep"]
    sites = (
        [] if lemma in _BUILDINGS else list(_find_places(scene, _iter_described(seat), _list_grounds(seat)))
    )
    owners = [find_antecedent(child) for child in seat.children if child.dep_ in _NAMING]
    if seat.dep_ == "nsubj" and seat.head.lemma_ == "be":
        phrases += [child for child in seat.head.children if child.dep_ == "prep"]
    for phrase in list(phrases):
        for noun in (child for child in phrase.children if child.dep_ == "pobj"):
            if phrase.lower_ in {"for", "to"} or (phrase.lower_ == "of" and (sites or lemma not in _OF_MANY)):
                owners += expand_conjuncts(noun)
                phrases += [child for child in noun.children if child.dep_ == "prep"]
    if seat.i + 1 < len(scene.doc) and seat.nbor(1) not in phrases:
        phrases.append(seat.nbor(1))
    areas = dict.fromkeys([*_find_areas(scene, phrases), *_find_places(scene, owners), *sites])
    if not areas:
        return
    types = _HOLDERS | {"country"} if lemma in _ABROAD else _HOLDERS
    for owner, sure in _find_owners(scene, seat, owners, types):
        for area in areas:
            scene.add(owner, "located-in", _SEATS[lemma], area, seat, _SEAT * sure, "noun:seat")


def _iter_described(seat: Token) -> Iterator[Token]:
    """Of what it is said that it is somebody's seat: "Puno is", "Puno, a stronghold", "the stronghold of Puno"."""
    head = seat.head
    yield from (child for child in seat.children if child.dep_ == "appos")
    yield from (
        p for child in seat.children if child.lower_ == "of" for p in child.children if p.dep_ == "pobj"
    )
    if seat.dep_ == "appos":
        yield head
    elif seat.dep_ == "attr" and head.lemma_.lower() in _BEING:
        yield from find_subjects(head)
    elif seat.dep_ == "pobj" and head.lower_ == "as" and head.head.pos_ in VERBAL:
        verb = head.head
        yield from find_subjects(verb) if verb.lemma_.lower() in _SERVING else _list_used(verb)
    elif seat.dep_ in {"ccomp", "dobj", "oprd"} and head.lemma_.lower() in _USING:
        yield from _list_used(head)
        yield from (child for child in seat.children if child.dep_ == "nsubj")


def _list_used(verb: Token) -> list[Token]:
    """What somebody uses as something: "used Puno as their base"."""
    used = verb.lemma_.lower() in _USING
    return [child for child in verb.children if child.dep_ in {"dobj", "nsubjpass"}] if used else []


def _list_grounds(seat: Token) -> frozenset[str]:
    """Which types of areas a noun may be said of: countries too where somebody uses them as one."""
    used = seat.dep_ == "pobj" and seat.head.lower_ == "as" and seat.head.head.lemma_.lower() in _USING
    return AREA_TYPES if used else frozenset({"place"})


def _find_places(
    scene: Scene, tokens: Iterable[Token], types: frozenset[str] = frozenset({"place"})
) -> Iterator[int]:
    for token in tokens:
        area = get_area(scene, token)
        if area is not None and scene.mentions[area].type in types:
            yield area


def _find_areas(scene: Scene, phrases: Iterable[Token]) -> Iterator[int]:
    """The places behind "in", "at" and "near", a plain word before them aside: both of "in nearby Dayton, Ohio"."""
    for phrase in phrases:
        if phrase.lower_ not in {"in", "at", "near"}:
            continue
        nouns = [child for child in phrase.children if child.dep_ == "pobj"]
        areas = [get_area(scene, noun) for noun in nouns]
        start = phrase.i + 1
        start += start < len(scene.doc) and scene.doc[start].lower_ in {"nearby", "suburban", "downtown"}
        for area in dict.fromkeys([scene.find_starting_at(start), *areas]):
            if area is not None and scene.mentions[area].type in AREA_TYPES:
                yield area


def _find_owners(
    scene: Scene, seat: Token, owners: list[Token], types: frozenset[str]
) -> list[tuple[int, float]]:
    """Whose seat it is: the names beside it, or else of whom the sentence tells, where "its" or nothing stands before it."""
    named = [(one.mention, one.sure) for one in scene.roster.find_sources(owners)]
    found = [(mention, sure) for mention, sure in named if scene.mentions[mention].type in types]
    if not found and seat.dep_ == "pobj" and seat.head.lower_ == "with":
        having = scene.roster.find_sources([seat.head.head])
        return [(one.mention, one.sure) for one in having if scene.mentions[one.mention].type in types]
    own = any(child.tag_ == "PRP$" and scene.get(child) is None for child in seat.children)
    own = own or seat.head.lemma_.lower() in _USING or seat.head.head.lemma_.lower() in _USING
    if found or not own:
        return found
    ahead = _find_ahead(scene, seat)
    if ahead is not None:
        return [(ahead, 0.95)] if scene.mentions[ahead].type in types else []
    subjects = scene.roster.find_sources(find_clause_subjects(seat))
    return [(one.mention, one.sure) for one in subjects if scene.mentions[one.mention].type in types]


def _find_ahead(scene: Scene, seat: Token) -> int | None:
    """The name behind the comma that ends a phrase at the head of a sentence: "At its headquarters in Puno, the UN said"."""
    doc, preposition = scene.doc, seat.head
    if seat.dep_ != "pobj" or preposition.i != seat.sent.start:
        return None
    for position in range(seat.i + 1, min(seat.i + _NEAR, len(doc) - 2)):
        if doc[position].text == ",":
            after = position + 1
            named = scene.find_starting_at(after)
            return named if named is not None else scene.find_starting_at(after + 1)
    return None


def _add_men(scene: Scene, men: Token) -> None:
    """Read "the movement's fighters in Puno"."""
    phrases = [child for child in men.children if child.dep_ == "prep" and child.lower_ in _AROUND]
    nouns = (child for phrase in phrases for child in phrase.children if child.dep_ == "pobj")
    areas = [area for noun in nouns if (area := get_area(scene, noun)) is not None]
    for owner in scene.roster.find_sources([men]) if areas else ():
        kind = scene.mentions[owner.mention].type
        if kind not in BODY_TYPES and (kind != "country" or not is_force(men)):
            continue
        how = "deployed-to" if kind == "country" else "operates-in"
        for area in areas:
            scene.add(owner.mention, "located-in", how, area, men, _MEN * owner.sure, "noun:men")
