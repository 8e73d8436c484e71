"""A state's forces, bodies and crowds without their country: "the army killed", "a court in Batumi", "rebels in Chad".

They are those of the country that the place beside them is in, else of the one that the document is about; where neither
is clear they are nobody's, and no mention.
"""

from collections.abc import Iterator

from ingest.lexicon import ForceHead
from ingest.names import get_forces
from ingest.parse import Token
from ingest.reading import Candidate, Reading, speaks_of_another
from ingest.state_bodies import find_known_body
from ingest.triggers import OBJECT, find_verb_frames, get_triggers

_TYPES = frozenset({"government-body", "security-force"})
# Palaces, drones and cabinets are too often things: these act and are acted on as somebody.
_HEADS = frozenset(
    {"army", "coastguard", "command", "court", "force", "gendarme", "gendarmerie", "guard", "legislature", "military", "ministry",
     "navy", "parliament", "police", "policeman", "protester", "protestor", "demonstrator", "rioter", "senate", "soldier", "tribunal", "troop"}
)  # fmt: skip
# Whose they are, only a place right behind them tells: "prosecutors in Batumi", "opposition leaders in Chad".
_CROWDS = frozenset({"militants", "opposition", "protesters", "rebels", "separatists"})
_PLACED_HEADS = frozenset(
    {"activist", "dissident", "figure", "insurgent", "jihadist", "judge", "leader", "militant", "opposition",
     "party", "prosecutor", "rebel", "secessionist", "separatist"}
)  # fmt: skip
_OWNING = frozenset({"army", "military", "navy", "police"})
_POSTS = frozenset(
    {"academy", "barracks", "base", "boat", "bus", "camp", "checkpoint", "column", "convoy", "headquarters", "helicopter",
     "outpost", "patrol", "plane", "position", "post", "station", "truck", "vehicle"}
)  # fmt: skip
# Courts that sit here are of many states.
SEATS = frozenset(
    {"arusha", "brussels", "geneva", "hague", "hamburg", "lausanne", "luxembourg", "strasbourg", "vienna"}
)
_LOCAL = _TYPES | {"party", "person", "place"}
_PLACING = frozenset({"in", "at", "near", "outside"})
_OPENING = frozenset({"the", "a", "an", "some", "local"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
_TOWARDS = frozenset({"about", "against", "by", "for", "from", "on", "to", "with", "at"})


def iter_bare_forces(reading: Reading) -> Iterator[Candidate]:
    """Yield the forces and bodies of a block that bear no country, where it is clear whose they are."""
    if reading.headline:
        return
    for start, end, values in reading.words.forces.iter_matches(reading.doc):
        force = next(iter(get_forces(values)), None)
        if force is None or not _is_body(force):
            continue
        head = reading.doc[start:end].root
        if post := _find_post(head, end):
            country = _find_country_there(reading, force, post, sole=False) or _find_country_around(
                reading, head
            )
            if country:
                yield _make_body(reading, force, country, start, end)
            continue
        if not _stands_bare(reading, force, start, end):
            continue
        country = _find_country_there(reading, force, head)
        if not country and head.lemma_.lower() in _HEADS and _is_definite(head):
            country = _find_country_around(reading, head) or _find_country_spoken_of(reading, head)
        if country:
            yield _make_body(reading, force, country, start, end)


def _is_body(force: ForceHead) -> bool:
    own = force.type in _TYPES or force.id in _CROWDS
    return own and force.suffix is not None and not (force.needs_name or force.weak)


def _stands_bare(reading: Reading, force: ForceHead, start: int, end: int) -> bool:
    """Whether nothing but an article stands before it, and it acts or is acted on."""
    doc = reading.doc
    head = doc[start:end].root
    if doc[start].text[:1].isupper() and not doc[start].is_sent_start:
        return False
    if (
        head.lemma_.lower() not in _HEADS | _PLACED_HEADS
        or head.dep_ not in _ACTING
        or (head.dep_ == "pobj" and head.head.lower_ not in _TOWARDS)
    ):
        return False
    if force.id not in _CROWDS and _is_disposed_of(head):
        return False  # "sent troops to Iraq"
    if any(child.dep_ == "prep" and child.lower_ in {"of", "from", "for"} for child in head.children):
        return False  # "soldiers of the Defence Force"
    before = [child for child in head.children if child.i < start and not child.is_punct]
    if any(child.lower_ not in _OPENING for child in before):
        return False
    return not any(child.dep_ in {"relcl", "acl", "amod", "appos"} for child in head.rights)


def _find_post(head: Token, end: int) -> Token | None:
    """What is a force's by the noun behind it, where nobody's name stands before: "an army post", "police helicopters"."""
    post = head.head
    if (
        head.lower_ not in _OWNING
        or head.dep_ not in {"amod", "compound"}
        or post.i != end
        or post.lemma_ not in _POSTS
    ):
        return None
    before = [child for child in (*head.lefts, *post.lefts) if child is not head]
    plain = all(child.dep_ in {"det", "nummod", "amod"} and child.text.islower() for child in before)
    return post if plain and post.dep_ in _ACTING else None


def _is_disposed_of(head: Token) -> bool:
    """Whether forces without an article are somebody's to send or to lose: only who fights them leaves them others'."""
    if head.dep_ != "dobj" or any(child.dep_ == "det" for child in head.children):
        return False
    frames = find_verb_frames(get_triggers().verbs, head.head)
    return not any(frame.kind == "opposes" and OBJECT in frame.target for frame in frames)


def _is_definite(head: Token) -> bool:
    """Whether it is "the" army, or police and soldiers as such."""
    articles = {child.lower_ for child in head.children if child.dep_ == "det"}
    return "the" in articles or (head.tag_ == "NNS" and not articles)


def _find_country_there(reading: Reading, force: ForceHead, head: Token, *, sole: bool = True) -> str | None:
    """The code of the country of the place behind it: "police in Diyarbakir", "rebels in Chad".

    "Police in Chad" are read as Chad's own unless `sole` says otherwise, and "the rebels in Chad" may be a group that the
    text has named.
    """
    crowd = force.id in _CROWDS or not sole
    if force.type == "armed-group" and any(child.dep_ == "det" for child in head.children):
        return None
    for preposition in _list_placing(head, crowd=crowd):
        for place in preposition.children:
            seat = place.lower_ in SEATS and head.lemma_.lower() in {"court", "tribunal"}
            if place.dep_ != "pobj" or seat:
                continue
            for name in _list_names(place) if crowd else [place]:
                if code := _get_country(reading, name, crowd=crowd):
                    return code
    return None


def _list_names(place: Token) -> list[Token]:
    """Return a word for a place and those that say which it is: "Chad's capital", "the Chadian city of Abéché"."""
    if place.lemma_.lower() not in get_triggers().places:
        return [place]
    named = [child for child in place.lefts if child.dep_ in {"amod", "compound", "nmod", "poss"}]
    return [*named, *(inner for child in place.rights if child.lower_ == "of" for inner in child.children)]


def _list_placing(head: Token, *, crowd: bool) -> list[Token]:
    """Return "in" and the like behind a noun; a parser may hang those of crowds on the verb: "armed rebels in Chad"."""
    found = [child for child in head.children if child.dep_ == "prep"]
    if crowd and head.i + 1 < len(head.doc) and head.nbor(1).dep_ == "prep":
        found.append(head.nbor(1))
    return [preposition for preposition in found if preposition.lower_ in _PLACING]


def _get_country(reading: Reading, place: Token, *, crowd: bool) -> str | None:
    for hit in reading.hits:
        if hit.start_char <= place.idx < hit.end_char:
            codes = {
                known.country_code
                for form in hit.forms
                if (known := reading.gazetteer.get(form.id)).type in {"place", "country"}
            }
            if not crowd and any(
                form.role == "name" and reading.gazetteer.get(form.id).type == "country" for form in hit.forms
            ):
                return None
            near = [code for code in codes if code is not None and reading.countries[code]]
            # A village in a country that the text does not name is hardly the one that is meant.
            sole = [] if any(reading.countries.values()) else [code for code in codes if code is not None]
            return next(iter(near if len(near) == 1 else sole if len(sole) == 1 else ()), None)
    return None


def _find_country_around(reading: Reading, head: Token) -> str | None:
    """The code of the only country in which the places, parties and bodies of a sentence are, where it names none itself."""
    sentence = head.sent
    codes: set[str | None] = set()
    for hit in reading.hits:
        if not sentence.start_char <= hit.start_char < sentence.end_char:
            continue
        meant = [reading.gazetteer.get(form.id) for form in hit.forms if not form.ambiguous]
        if reading.text[hit.start_char : hit.end_char].casefold() in SEATS:
            continue
        if any(known.type == "country" for known in meant):
            return None
        if any(known.type in _LOCAL for known in meant):
            codes |= {known.country_code for known in meant}
    return codes.pop() if len(codes) == 1 else None


def _find_country_spoken_of(reading: Reading, head: Token) -> str | None:
    """The code of the country that a document names more than twice as often as any other, for "the" army of it."""
    ranked = reading.countries.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    code = ranked[0][0]
    if reading.is_dated_elsewhere(code):
        return None
    return (
        code
        if _is_named_first(reading, head, code) and not speaks_of_another(reading, head.sent, code)
        else None
    )


def _is_named_first(reading: Reading, head: Token, code: str) -> bool:
    """Whether the country itself is named before it, and does nothing in its sentence.

    That a text speaks of a group is too little: Mali's JNIM is met in Burkina Faso, too. "Chad armed the army" is about the
    army of somebody else.
    """
    named = False
    for hit in reading.hits:
        known = (reading.gazetteer.get(form.id) for form in hit.forms)
        if not any(k.type == "country" and k.country_code == code for k in known):
            continue
        span = reading.doc.char_span(hit.start_char, hit.end_char, alignment_mode="expand")
        if (
            span is not None
            and span.sent == head.sent
            and span.root.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}
        ):
            return False
        named = named or hit.start_char < head.idx
    return named or reading.countries[code] > 1


def _make_body(reading: Reading, force: ForceHead, code: str, start: int, end: int) -> Candidate:
    country = reading.gazetteer.lexicon.countries_by_iso.get(code)
    adjective = country.adjectives[0] if country is not None and country.adjectives else code
    name = f"{adjective} {force.suffix}"
    body = find_known_body(reading, name)
    named, entity_type, known_id = body or (name, force.type, None)
    span = reading.doc[start:end]
    return Candidate(
        span.start_char, span.end_char, start, end, named, entity_type, "nested", 0, known_id, code
    )
