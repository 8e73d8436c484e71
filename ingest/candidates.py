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
from ingest.gazetteer import Form, Hit
from ingest.hyphened_bodies import join_hyphened
from ingest.local_bodies import find_local_body
from ingest.mastheads import set_mastheads_apart
from ingest.name_parts import (
    is_behind_particle,
    is_in_name_of_thing,
    is_last_of_names,
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
from ingest.names import find_type_by_head
from ingest.names_with_of import iter_names_with_of
from ingest.namesakes import BODY_TYPES, NATIONAL_TYPES, has_namesakes, is_of_this_country
from ingest.numbered_units import iter_numbered_units, iter_unknown_armies
from ingest.outfits import iter_outfits
from ingest.parse import Span
from ingest.possessors import join_possessed
from ingest.purposes import iter_purposed
from ingest.reading import Candidate, Reading
from ingest.recognised import iter_recognised
from ingest.senses import choose_form
from ingest.settling import settle_candidates
from ingest.short_names import iter_short_names
from ingest.stance_forces import iter_bare_forces
from ingest.state_bodies import find_state_body
from ingest.structure_types import settle_types
from ingest.told_persons import iter_told_persons
from ingest.types import Resolution

# A name that a particle joins to what follows; "anti-" and "pro-" join no names.
_JOINED_NAME = re.compile(r"\b[A-Z][a-z]+-(?:[Uu][rzsld]|[Uu]l|[Aa]l|[Ee]l|[Aa]d|[Aa]r)-$")
_JOINED_TOWN = re.compile(r"\b[A-Z][a-z]+-$")
# What is called after a country that it is not in.
_ABROAD = frozenset({"embassy", "consulate", "mission", "delegation", "friends", "voice", "radio"})
_BROADCASTING = frozenset({"radio", "television", "tv"})


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
        form = choose_form(reading, hit, span)
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
    form = choose_form(reading, hit, span)
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
