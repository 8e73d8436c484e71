"""Spans of one block that may name somebody: what the gazetteer knows, read in its sentence, and all other names."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ingest.acronyms import iter_acronyms
from ingest.articled import iter_articled
from ingest.collectives import iter_collectives
from ingest.deeds import is_deed, is_part_of_deed
from ingest.elected import iter_elected_for
from ingest.followings import iter_followings
from ingest.foreign_names import is_foreign_form
from ingest.gazetteer import Form, Hit, Known
from ingest.hyphened_bodies import join_hyphened
from ingest.local_bodies import find_local_body, is_before_local_body
from ingest.mastheads import set_mastheads_apart
from ingest.metonyms import acts, acts_as_government
from ingest.name_parts import (
    is_behind_particle,
    is_given_name_of_other,
    is_in_name_of_thing,
    is_last_of_names,
    is_middle_name,
    is_origin_alone,
    is_surname_of_origin,
)
from ingest.name_patterns import (
    iter_bare_bodies,
    iter_bracketed,
    iter_described,
    iter_headed,
    iter_titled,
    iter_unlabelled,
)
from ingest.named_kinds import iter_named_kinds
from ingest.names import find_type_by_head, is_before_place_noun
from ingest.names_with_of import iter_names_with_of
from ingest.namesakes import BODY_TYPES, NATIONAL_TYPES, has_namesakes, is_cut, is_of_this_country
from ingest.numbered_units import iter_numbered_units, iter_unknown_armies
from ingest.outfits import iter_outfits
from ingest.parse import Span, Token
from ingest.possessors import join_possessed
from ingest.purposes import iter_purposed
from ingest.reading import Candidate, Reading
from ingest.recognised import iter_recognised
from ingest.settling import settle_candidates
from ingest.short_names import iter_short_names
from ingest.stance_forces import iter_bare_forces
from ingest.stance_types import is_sided_with, takes_part
from ingest.state_bodies import find_state_body
from ingest.structure_types import settle_types
from ingest.told_persons import iter_told_persons
from ingest.towns import (
    PLACE_LABELS,
    choose_city,
    choose_namesake,
    find_towns_there,
    is_city_name,
    is_family_name,
    is_given_name,
    is_overshadowed,
    leave_out_old_names,
    prefer_town,
)
from ingest.triggers import get_triggers
from ingest.types import Resolution

# A name that a particle joins to what follows; "anti-" and "pro-" join no names.
_JOINED_NAME = re.compile(r"\b[A-Z][a-z]+-(?:[Uu][rzsld]|[Uu]l|[Aa]l|[Ee]l|[Aa]d|[Aa]r)-$")
_JOINED_TOWN = re.compile(r"\b[A-Z][a-z]+-$")
_DESCRIBING = frozenset(
    {"amod", "compound", "nmod", "poss", "advmod", "conj", "npadvmod", "acomp", "attr", "appos"}
)
# What is called after a country that it is not in.
_ABROAD = frozenset({"embassy", "consulate", "mission", "delegation", "friends", "voice", "radio"})
_BROADCASTING = frozenset({"radio", "television", "tv"})
_LONG_ACRONYM = 5
# What parties of many countries are called for short.
_COMMON_PARTIES = frozenset(
    {"Communist Party", "Communists", "Conservative Party", "Conservatives", "Democratic Party", "Green Party", "Greens", "Labor",
     "Labour", "Labour Party", "Liberal Party", "Liberals", "Republican Party", "Social Democrats", "Socialist Party", "Socialists"}
)  # fmt: skip


def find_candidates(reading: Reading) -> list[Candidate]:
    """Return the spans of a block that name somebody; those that overlap do so only where one is nested."""
    found: list[Candidate] = []
    silent: set[tuple[int, int]] = set()
    for hit in reading.hits:
        meant = [c for c in _read_hit(reading, hit) if not is_part_of_deed(reading.words, reading.doc, c)]
        found.extend(meant)
        if not meant and all(_is_people_or_adjective(reading, form) for form in hit.forms):
            silent.add((hit.start_char, hit.end_char))
    finders = (
        *(iter_recognised, iter_titled, iter_described, iter_headed, iter_bracketed),
        *(iter_bare_bodies, iter_unlabelled, iter_bare_forces, iter_collectives),
        *(iter_short_names, iter_purposed, iter_articled, iter_elected_for),
        *(iter_named_kinds, iter_acronyms, iter_told_persons, iter_names_with_of, iter_followings),
        *(iter_numbered_units, iter_unknown_armies, iter_outfits),
    )
    for finder in finders:
        # An adjective that names nobody here is not a name for the recogniser's word either.
        named = (c for c in finder(reading) if (c.start_char, c.end_char) not in silent)
        found.extend(
            c
            for c in named
            if not is_deed(reading.words, reading.doc, c)
            and not is_part_of_deed(reading.words, reading.doc, c)
            and not is_foreign_form(reading, c)
        )
    kept = settle_types(reading, settle_candidates(set_mastheads_apart(reading, found), reading))
    kept = join_hyphened(reading.doc, kept)
    return [*join_possessed(reading, kept), *_iter_inner_countries(reading, kept)]


def _is_people_or_adjective(reading: Reading, form: Form) -> bool:
    return form.role in {"adjective", "people"} or reading.gazetteer.get(form.id).type == "community"


def _iter_inner_countries(reading: Reading, kept: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield where an unknown body is by its name: Mexico in "Mexican Oil Workers Union", "University of Lagos"."""
    bodies = [
        c
        for c in kept
        if c.type in NATIONAL_TYPES
        and c.resolution == "name"
        and not (c.known_id or c.nested)
        # The recogniser takes wars, laws and ships for bodies; a union or an institute says that it is one.
        and find_type_by_head(reading.words, reading.doc, c.start_token, c.end_token) is not None
    ]
    starts = [hit.start_char for hit in reading.hits] if bodies else []
    for body in bodies:
        first, last = bisect_left(starts, body.start_char), bisect_left(starts, body.end_char)
        inside = [hit for hit in reading.hits[first:last] if hit.end_char <= body.end_char]
        found = next((area for hit in reversed(inside) if (area := _read_area(reading, body, hit))), None)
        if found is not None:
            yield found


def _read_area(reading: Reading, body: Candidate, hit: Hit) -> Candidate | None:
    """Return the area that a body's name begins with as an adjective, or ends with behind "of" or "in"."""
    span = reading.doc.char_span(hit.start_char, hit.end_char)
    if span is None or len(span) == body.end_token - body.start_token:
        return None
    if hit.end_char == body.end_char and span.start > body.start_token + 1:
        opening = reading.doc[body.start_token].lower_
        if span.doc[span.start - 1].lower_ not in {"of", "in"} or opening in _ABROAD:
            return None
        form = _choose_form(reading, hit, span)
        known = reading.gazetteer.get(form.id) if form is not None else None
        if form is None or known is None or known.type not in {"place", "country"}:
            return None
        return _make_known(reading, hit, span, form, nested=True)
    if hit.start_char != body.start_char:
        return None
    form = next((f for f in hit.forms if f.role == "adjective" and _is_country(reading, f)), None)
    if form is None and _is_station(body):
        # "Havana Radio Reloj": a station bears its town.
        towns = (f for f in hit.forms if not f.ambiguous or f.role == "city")
        form = next((f for f in towns if reading.gazetteer.get(f.id).type == "place"), None)
    return _make_known(reading, hit, span, form, nested=True) if form is not None else None


def _is_station(body: Candidate) -> bool:
    """Say whether a body broadcasts; the town in a newspaper's name may be long gone."""
    return not _BROADCASTING.isdisjoint(body.name.casefold().split())


def _read_hit(reading: Reading, hit: Hit) -> Iterator[Candidate]:
    """Yield what a gazetteer hit means here: itself, and the force or body that it is the state of."""
    doc = reading.doc
    hit = _without_article(reading, hit)
    if _is_end_of_longer_name(reading, hit):
        return
    span = doc.char_span(hit.start_char, hit.end_char, alignment_mode="expand")
    if (
        span is None
        or is_behind_particle(span)
        or is_last_of_names(reading, span)
        or is_surname_of_origin(span)
    ):
        return
    countries = [form for form in hit.forms if form.role != "city" and _is_country(reading, form)]
    body = None
    if countries:
        body = find_state_body(reading, hit, span, countries[0])
    if body is not None:
        yield body
        possessive = span.end < len(doc) and doc[span.end].tag_ == "POS"
        if body.start_char < hit.start_char or not possessive:
            return
    form = _choose_form(reading, hit, span)
    if form is not None:
        known = reading.gazetteer.get(form.id)
        if known.type == "person" and is_in_name_of_thing(reading, span):
            return
        if body is None and known.type == "place":
            body = find_local_body(reading, span, known)
            yield from () if body is None else (body,)
        yield _make_known(reading, hit, span, form, nested=body is not None)
        yield from _iter_possessors(reading, span)
        if known.type == "person":
            yield from _iter_realms(reading, span)


def _is_end_of_longer_name(reading: Reading, hit: Hit) -> bool:
    """Say whether a hyphen joins a name to another capitalised one before it that is unknown: "Waker-uz-Zaman"."""
    types = {reading.gazetteer.get(form.id).type for form in hit.forms}
    pattern = _JOINED_TOWN if types == {"place"} else _JOINED_NAME
    before = pattern.search(reading.text, max(0, hit.start_char - 40), hit.start_char)
    if before is None or "country" in types:
        return False
    return not any(other.end_char == hit.start_char - 1 for other in reading.hits)


def _without_article(reading: Reading, hit: Hit) -> Hit:
    """Leave "the" out of a hit, unless it is part of the usual name: The Hague, but the Kremlin."""
    if reading.text[hit.start_char : hit.start_char + 4].casefold() != "the ":
        return hit
    bare = hit._replace(start_char=hit.start_char + 4)
    if not reading.gazetteer.get(hit.forms[0].id).name.startswith("The "):
        return bare
    span = reading.doc.char_span(bare.start_char, bare.end_char)
    forms = reading.gazetteer.find_forms(reading.text[bare.start_char : bare.end_char])
    # "The Australian army" is told of by no newspaper.
    described = span is not None and span.root.dep_ in {"amod", "compound"} and span.root.head.i >= span.end
    adjective = described and any(form.role == "adjective" for form in forms)
    return bare._replace(forms=tuple(forms)) if adjective else hit


def _iter_possessors(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the possessor that a known name begins with: Iran in "Iran's Foreign Ministry"."""
    possessive = next((token for token in span if token.tag_ == "POS" and token.i > span.start), None)
    if possessive is None or possessive.nbor(-1).lower_ in reading.words.inner_possessors:
        return
    owner = span.doc[span.start : possessive.i]
    forms = [
        form
        for form in reading.gazetteer.find_forms(owner.text)
        if form.role == "name" and not form.ambiguous
    ]
    if forms:
        known = reading.gazetteer.get(forms[0].id)
        resolution: Resolution = "name" if known.type == "country" else "nested"
        yield Candidate(
            owner.start_char, owner.end_char, owner.start, owner.end, known.name, known.type, resolution, 3,
            known.id, known.country_code, nested=True,
        )  # fmt: skip


def _iter_realms(reading: Reading, span: Span) -> Iterator[Candidate]:
    """Yield the state that a known person's name ends in: Jordan in "King Abdullah II of Jordan"."""
    of = next((token.i for token in span if token.lower_ == "of" and token.i > span.start), None)
    tail = span.doc[of + 1 : span.end] if of is not None else None
    for form in reading.gazetteer.find_forms(tail.text) if tail is not None else ():
        if form.role == "name" and tail is not None and _is_country(reading, form):
            known = reading.gazetteer.get(form.id)
            yield Candidate(
                tail.start_char, tail.end_char, tail.start, tail.end, known.name, known.type, "name", 3,
                known.id, known.country_code, nested=True,
            )  # fmt: skip
            return


def _is_country(reading: Reading, form: Form) -> bool:
    return reading.gazetteer.get(form.id).type == "country"


def _make_known(reading: Reading, hit: Hit, span: Span, form: Form, *, nested: bool) -> Candidate:
    known = reading.gazetteer.get(form.id)
    resolution: Resolution = "name"
    if form.role == "metonym":
        resolution = "metonym"
    elif form.role in {"adjective", "people"}:
        resolution = "demonym"
    elif form.text.isupper() and len(form.text) <= 6:
        resolution = "acronym"
    known_id: str | None = known.id
    if (known.type in BODY_TYPES or has_namesakes(known, form)) and not is_of_this_country(
        reading, form, span
    ):
        known_id = None
    return Candidate(
        hit.start_char, hit.end_char, span.start, span.end, known.name if known_id else span.text, known.type,
        resolution, 3, known_id, known.country_code if known_id else None, nested,
    )  # fmt: skip


def _choose_form(reading: Reading, hit: Hit, span: Span) -> Form | None:  # noqa: PLR0911 - one return a sense
    """Return the sense of a hit that the sentence supports, or None."""
    label = _get_label(span)
    names = [f for f in hit.forms if f.role == "name" and not f.ambiguous] or [
        f for f in hit.forms if f.role == "name" and _supports(reading, f, span, label)
    ]
    metonyms = [form for form in hit.forms if form.role == "metonym"]
    cities = leave_out_old_names(reading, hit, [form for form in hit.forms if form.role == "city"])
    places = [form for form in names if reading.gazetteer.get(form.id).type == "place"]
    if there := find_towns_there(reading, hit, span, cities):
        return choose_city(reading, there)
    if metonyms and (cities or places):
        if _speaks_for_itself(reading, metonyms[0], span, label):
            return metonyms[0]
        if places and not is_overshadowed(reading, places[0], cities):
            return prefer_town(reading, places) or places[0]
        return choose_city(reading, cities) if is_city_name(reading, span, cities, label) else None
    if is_given_name(reading, hit, span) or is_family_name(reading, hit, span):
        return None
    if place := choose_namesake(reading, hit, span, places, cities):
        return place
    if names:
        best = prefer_town(reading, names) or _prefer(reading, names)
        doubtful = (
            _only_describes(reading, best, span)
            or _is_elsewhere(reading, best, span)
            or is_cut(reading, best, span)
        )
        return None if doubtful else best
    if metonyms and (not metonyms[0].ambiguous or label is not None):
        return metonyms[0]
    if nationals := _choose_nationals(reading, hit, span):
        return nationals
    return choose_city(reading, cities) if cities and is_city_name(reading, span, cities, label) else None


def _speaks_for_itself(reading: Reading, metonym: Form, span: Span, label: str | None) -> bool:
    """Say whether a capital stands for its government, or a region that governs itself for its own."""
    if reading.gazetteer.get(metonym.id).type == "government-body":
        return takes_part(span.root)
    return acts_as_government(span.root) and not (metonym.ambiguous and label == "PERSON")


def _is_elsewhere(reading: Reading, form: Form, span: Span) -> bool:
    """Say whether a known surname is a place or a given name here: "a fire in Kerry", "Sharon Graham"."""
    if reading.gazetteer.get(form.id).type != "person" or len(span) > 1:
        return False
    if is_given_name_of_other(span):
        return True
    if not span.start:
        return False
    if is_middle_name(reading, span):
        return True
    return span.doc[span.start - 1].lower_ in {"in", "near"} and span[0].ent_type_ != "PERSON"


def _only_describes(reading: Reading, form: Form, span: Span) -> bool:
    """Say whether a population's name is only an adjective here: "a Shiite militia", "Sunni extremists"."""
    root = span.root
    community = reading.gazetteer.get(form.id).type == "community"
    if community and root.tag_ != "NNS" and any(child.lower_ in {"a", "an"} for child in root.children):
        return True  # "Ibrahim Sharif, a Sunni who heads the party": one man is no people
    return (
        community
        and root.dep_ in {"amod", "compound", "nmod", "acomp", "advmod"}
        and (root.head.i >= span.end or root.pos_ == "ADJ")
        and root.head.lower_ not in reading.words.community_nouns
        and root.head.lemma_.lower() not in get_triggers().acts
    )


def _choose_nationals(reading: Reading, hit: Hit, span: Span) -> Form | None:
    """Return the country of an adjective that describes something, or of nationals who act."""
    root = span.root
    if is_origin_alone(span):
        return None
    acting = acts(root)
    adjectives = [form for form in hit.forms if form.role == "adjective"]
    alone = root.dep_ not in _DESCRIBING or root.dep_ == "appos"
    if alone and any(child.lower_ in {"a", "an"} for child in root.children):
        return None  # "a German, Hans Kundt"
    if root.dep_ == "appos" and root.tag_ not in {"NNS", "NNPS"} and _is_told_of_by_who(root):
        return None  # "Hans Kundt, the German who led the army"
    if adjectives and root.pos_ in {"ADJ", "PROPN", "NOUN"} and (root.dep_ in _DESCRIBING or acting):
        return _prefer(reading, adjectives)
    people = [form for form in hit.forms if form.role == "people"]
    definite = any(child.lower_ == "the" for child in root.children)
    return _prefer(reading, people) if people and (acting or (definite and is_sided_with(root))) else None


def _is_told_of_by_who(noun: Token) -> bool:
    clauses = (child for child in noun.children if child.dep_ == "relcl")
    return any(token.lower_ == "who" for clause in clauses for token in clause.children)


def _prefer(reading: Reading, forms: Sequence[Form]) -> Form:
    """Return the sense whose country the document speaks of most; the first listed on a tie."""
    return max(forms, key=lambda form: _count_country(reading, reading.gazetteer.get(form.id).country_code))


def _count_country(reading: Reading, code: str | None) -> int:
    """Return how often a document names a country; where it was filed from counts as once more."""
    return reading.countries[code or ""] + (code is not None and code == reading.dateline)


def _get_label(span: Span) -> str | None:
    """Return the recogniser's label of the first token that has one."""
    return next((str(token.ent_type_) for token in span if token.ent_type_), None)


def _supports(  # noqa: PLR0911 - one return a kind of name
    reading: Reading, form: Form, span: Span, label: str | None
) -> bool:
    """Say whether the sentence agrees with an ambiguous name."""
    known = reading.gazetteer.get(form.id)
    if known.type == "community" and known.country_code is not None and span.text.islower():
        return reading.countries[known.country_code] > 0 and not _is_of_trade(span)
    if label is None and known.type != "place":
        # "Labour leader", "Labour MP": a role right after it says that it is a body.
        before_role = bool(reading.words.titles.match_from(span.doc, span.end)[1])
        return (
            before_role and known.type in {"party", "armed-group", "organization"} and span.text[0].isupper()
        )
    if known.type == "community":
        return label not in {"PERSON", "DATE", "TIME"}
    if known.type == "country":
        alone = span[0].ent_iob_ == "B" and (span.end == len(span.doc) or span.doc[span.end].ent_iob_ != "I")
        return (
            label in {"GPE", "LOC", "NORP"}
            or (span.text.isupper() and label == "ORG")
            or (label == "PERSON" and alone)
        )
    if not _is_near(reading, form, known, span):
        return False
    if known.type == "armed-group" and label == "PERSON" and known.country_code and not span.text.isupper():
        return _stands_alone(span)
    if known.type == "place":
        before_noun = is_before_place_noun(reading.words, span.doc, span.end)
        return label in PLACE_LABELS or before_noun or is_before_local_body(reading.words, span.doc, span.end)
    if known.type == "person":
        return label == "PERSON"
    # "Houthi launchers" are a group's, whatever the recogniser takes the word for.
    owning = known.type == "armed-group" and label == "GPE" and _stands_before_thing(span)
    several = len(span) > 1 or span.text.isupper() or owning
    return label in {"ORG", "NORP"} or (label in {"PERSON", "GPE"} and several)


def _is_of_trade(span: Span) -> bool:
    """Say whether a common noun before a plain word makes it another: "trade unionists"."""
    return span.start > 0 and span.doc[span.start - 1].tag_ == "NN"


def _stands_before_thing(span: Span) -> bool:
    """Say whether a common noun follows that the words describe."""
    return span.root.dep_ in {"amod", "compound", "nmod"} and span.root.head.tag_ in {"NN", "NNS"}


def _is_near(reading: Reading, form: Form, known: Known, span: Span) -> bool:
    """Say whether the text speaks of the country that somebody is of, where the words alone are too little.

    An acronym such as MIT means many things, and so do words that others are called by as well, such as "Awakening
    Council"; a lone word taken for a person's name may be a group's: "Wagner".
    """
    lone = known.type == "armed-group" and _get_label(span) == "PERSON" and len(span) == 1
    acronym = (
        form.text.isupper() and len(form.text) < _LONG_ACRONYM and known.type not in {"place", "country"}
    )
    shared = known.type in NATIONAL_TYPES and len(span) > 1 and bool(reading.countries)
    common = known.type == "party" and form.text in _COMMON_PARTIES and bool(reading.countries)
    if known.country_code is None or not (lone or acronym or shared or common):
        return True
    most = max(reading.countries.values(), default=0)
    rare = common and _count_country(reading, known.country_code) < most
    return bool(reading.countries[known.country_code]) and not rare


def _stands_alone(span: Span) -> bool:
    """Say whether no other word of a name is beside a single word."""
    doc = span.doc
    before = span.start > 0 and doc[span.start - 1].pos_ == "PROPN"
    after = span.end < len(doc) and doc[span.end].ent_iob_ == "I" and doc[span.end].tag_ != "POS"
    return len(span) == 1 and not before and not after
