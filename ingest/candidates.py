"""Spans of one block that may name somebody, from the gazetteer, from name patterns and from the entity recogniser."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from ingest.gazetteer import Form, Gazetteer, Hit
from ingest.lexicon import ForceHead, Title
from ingest.metonyms import acts, acts_as_government
from ingest.names import NameWords, find_type_by_head, get_forces, is_capitalised, trim_name
from ingest.types import Resolution

_NER_TYPES = {"PERSON": "person", "ORG": "organization", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "community"}
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_LOCATIVE = frozenset("in at near from to into toward towards around outside inside across through of via".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december today yesterday tomorrow christmas ramadan easter".split()
)
_BODY_COUNTRY_ROLES = frozenset({"adjective", "name", "metonym", "people"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that names somebody, with what its own words say.

    Attributes:
        start_char: Offset in the block's text.
        end_char: Offset in the block's text.
        start_token: First token it touches.
        end_token: One past the last token it touches.
        name: The name without titles; for a state's force or body its plain form, such as "Iraqi Army".
        strength: 3 for the gazetteer, 2 for a pattern, 1 for the recogniser alone.
        nested: It may lie within another candidate.
    """

    start_char: int
    end_char: int
    start_token: int
    end_token: int
    name: str
    type: str
    resolution: Resolution
    strength: int
    known_id: str | None = None
    country_code: str | None = None
    nested: bool = False


class Reading(NamedTuple):
    """A block as the finders see it."""

    doc: Doc
    informal: bool
    headline: bool
    countries: Counter[str]
    gazetteer: Gazetteer
    words: NameWords


def find_candidates(reading: Reading) -> list[Candidate]:
    """Return the spans of a block that name somebody; those that overlap do so only where one is nested."""
    hits = reading.gazetteer.find_hits(reading.doc.text, informal=reading.informal)
    found: list[Candidate] = []
    for hit in hits:
        found.extend(_read_hit(reading, hit))
    found.extend(_iter_recognised(reading))
    found.extend(_iter_titled(reading))
    return _settle(found)


def _read_hit(reading: Reading, hit: Hit) -> Iterator[Candidate]:
    """Yield what a gazetteer hit means here: itself, and the force or body that it is the state of."""
    span = reading.doc.char_span(hit.start_char, hit.end_char, alignment_mode="expand")
    if span is None:
        return
    country_forms = [form for form in hit.forms if form.role in _BODY_COUNTRY_ROLES and _is_country(reading, form)]
    body = _find_body(reading, hit, span, country_forms[0]) if country_forms else None
    if body is not None:
        yield body
        if body.start_char < hit.start_char or span.end < len(reading.doc) and reading.doc[span.end].tag_ != "POS":
            return
    form = _choose_form(reading, hit, span)
    if form is not None:
        yield _make_known(reading, hit, span, form, nested=body is not None)


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
    return Candidate(
        hit.start_char, hit.end_char, span.start, span.end, known.name, known.type, resolution, 3,
        known.id, known.country_code, nested,
    )  # fmt: skip


def _choose_form(reading: Reading, hit: Hit, span: Span) -> Form | None:
    """Return the sense of a hit that the sentence supports, or None."""
    curated = [form for form in hit.forms if form.role in {"name", "metonym", "adjective", "people"}]
    cities = [form for form in hit.forms if form.role == "city"]
    label = _get_label(span)
    names = [form for form in curated if form.role == "name" and (not form.ambiguous or _supports(reading, form, span, label))]
    places = [form for form in names if reading.gazetteer.get(form.id).type == "place"]
    metonyms = [form for form in curated if form.role == "metonym"]
    if metonyms and (cities or places):
        if acts_as_government(span.root):
            return metonyms[0]
        return places[0] if places else _choose_city(reading, cities)
    if names:
        return _prefer(reading, names)
    if metonyms and (not metonyms[0].ambiguous or label is not None):
        return metonyms[0] if not _is_locative(span) else None
    adjectives = [form for form in curated if form.role == "adjective" and span.root.pos_ in {"ADJ", "PROPN", "NOUN"}]
    people = [form for form in curated if form.role == "people"]
    if adjectives and _modifies(span):
        return _prefer(reading, adjectives)
    if people and acts(span.root):
        return _prefer(reading, people)
    if cities and _is_city_name(reading, span, label):
        return _choose_city(reading, cities)
    return None


def _prefer(reading: Reading, forms: Sequence[Form]) -> Form:
    """Return the sense whose country the document speaks of most; the first listed on a tie."""
    return max(forms, key=lambda form: reading.countries[reading.gazetteer.get(form.id).country_code or ""])


def _choose_city(reading: Reading, cities: Sequence[Form]) -> Form | None:
    city = reading.gazetteer.choose_city(cities, reading.countries)
    return next((form for form in cities if city is not None and form.id == city.id), None)


def _get_label(span: Span) -> str | None:
    """Return the recogniser's label where its entity is these words, give or take a determiner or title."""
    for token in span:
        if token.ent_type_:
            return str(token.ent_type_)
    return None


def _supports(reading: Reading, form: Form, span: Span, label: str | None) -> bool:
    """Say whether the recogniser agrees with an ambiguous name."""
    known = reading.gazetteer.get(form.id)
    if label is None:
        return False
    if known.type == "country":
        return label in {"GPE", "LOC", "NORP"} or (span.text.isupper() and label == "ORG")
    if known.type == "place":
        return label in _PLACE_LABELS
    if known.type == "person":
        return label == "PERSON"
    return label in {"ORG", "NORP", "PERSON", "GPE"} and (len(span) > 1 or span.text.isupper() or label == "ORG")


def _modifies(span: Span) -> bool:
    root = span.root
    return root.dep_ in {"amod", "compound", "nmod", "poss", "advmod", "conj", "npadvmod", "acomp", "attr", "appos"} or acts(root)


def _is_locative(span: Span) -> bool:
    root = span.root
    return root.dep_ == "pobj" and root.head.lower_ in {"in", "at", "near", "outside", "inside", "around"}


def _is_city_name(reading: Reading, span: Span, label: str | None) -> bool:
    """Say whether a word that is also a city's name is meant as the city."""
    before = reading.doc[span.start - 1] if span.start else None
    after = reading.doc[span.end] if span.end < len(reading.doc) else None
    inside_longer = (before is not None and before.ent_type_ and span[0].ent_iob_ == "I") or (
        after is not None and after.ent_iob_ == "I"
    )
    if label in _PLACE_LABELS:
        return not inside_longer
    if span.root.pos_ != "PROPN" or inside_longer:
        return False
    return before is not None and before.lower_ in _LOCATIVE and (label is None or len(span) == 1)


def _find_body(reading: Reading, hit: Hit, span: Span, form: Form) -> Candidate | None:
    """Return the state's force, body or government that a country's name or adjective begins or ends."""
    doc = reading.doc
    index = span.end
    possessive = index < len(doc) and doc[index].tag_ == "POS"
    if possessive:
        index += 1
    elif form.role == "name" and doc[span.end - 1].dep_ not in {"compound", "nmod", "amod", "poss"}:
        return _find_body_of(reading, hit, span, form)
    for start in range(index, min(index + 4, len(doc))):
        end, values = reading.words.forces.match_from(doc, start)
        if forces := get_forces(values):
            return _make_body(reading, form, forces[0], doc, (span.start, end), hit.start_char)
        if doc[start].pos_ not in {"ADJ", "NOUN", "PROPN", "ADV"} and doc[start].text != "-":
            break
        if reading.words.titles.match_from(doc, start)[1]:
            break
    return None


def _find_body_of(reading: Reading, hit: Hit, span: Span, form: Form) -> Candidate | None:
    """Return the body of "the government of Iraq"."""
    doc = reading.doc
    index = span.start
    while index and doc[index - 1].lower_ in {"the", "republic"}:
        index -= 1
    if index < 2 or doc[index - 1].lower_ != "of":
        return None
    start, values = reading.words.forces.match_to(doc, index - 1)
    forces = get_forces(values)
    if not forces or forces[0].weak:
        return None
    body = _make_body(reading, form, forces[0], doc, (start, span.end), doc[start].idx)
    return replace(body, end_char=hit.end_char) if body is not None else None


def _make_body(
    reading: Reading, form: Form, force: ForceHead, doc: Doc, bounds: tuple[int, int], start_char: int
) -> Candidate | None:
    start, end = bounds
    head = doc[start:end].root
    if force.needs_name or (force.weak and not acts(head)):
        return None
    known = reading.gazetteer.get(form.id)
    country = reading.gazetteer.lexicon.countries_by_iso.get(known.country_code or "")
    adjective = country.adjectives[0] if country is not None and country.adjectives else known.name
    end_char = doc[end - 1].idx + len(doc[end - 1])
    if force.suffix is None or force.type == "country":
        resolution: Resolution = "metonym" if form.role == "name" else "demonym"
        return Candidate(
            start_char, end_char, start, end, known.name, "country", resolution, 4, known.id, known.country_code
        )
    name = f"{adjective} {force.suffix}"
    same = [f for f in reading.gazetteer.find_forms(name) if f.role == "name" and not f.ambiguous]
    if same:
        body = reading.gazetteer.get(same[0].id)
        return Candidate(
            start_char, end_char, start, end, body.name, body.type, "nested", 4, body.id, body.country_code
        )
    return Candidate(start_char, end_char, start, end, name, force.type, "nested", 4, None, known.country_code)


def _iter_recognised(reading: Reading) -> Iterator[Candidate]:
    """Yield the recogniser's entities, repaired."""
    for entity in reading.doc.ents:
        if entity.label_ not in _NER_TYPES:
            continue
        for start, end in _split_entity(reading, entity):
            candidate = _make_recognised(reading, start, end, entity.label_)
            if candidate is not None:
                yield candidate


def _split_entity(reading: Reading, entity: Span) -> Iterator[tuple[int, int]]:
    """Yield the parts of an entity: a possessor and what it possesses are two names."""
    start = entity.start
    for token in entity:
        if token.tag_ == "POS" and token.i + 1 < entity.end:
            yield start, token.i
            start = token.i + 1
        elif token.text in {";", ":", "|", "—", "–"} or (token.text == "-" and token.whitespace_):
            yield start, token.i
            start = token.i + 1
    if start < entity.end:
        yield start, entity.end


def _make_recognised(reading: Reading, start: int, end: int, label: str) -> Candidate | None:
    doc = reading.doc
    start, end = trim_name(reading.words, doc, start, end, person=label == "PERSON")
    if start >= end or not _is_plausible(doc, start, end):
        return None
    entity_type = _NER_TYPES[label]
    by_head = find_type_by_head(reading.words, doc, start, end)
    if by_head is not None and not (label == "PERSON" and end - start <= 2 and by_head not in {"armed-group"}):
        entity_type = by_head
    if label == "NORP" and by_head is None:
        return None
    if reading.headline and label == "ORG" and end - start > 3:
        return None
    span = doc[start:end]
    return Candidate(
        span.start_char, span.end_char, start, end, span.text, entity_type, "name", 1, None, None
    )


def _is_plausible(doc: Doc, start: int, end: int) -> bool:
    """Say whether the words look like a name: capitals, no finite verb, no date, no page furniture."""
    tokens = doc[start:end]
    if not any(is_capitalised(token) for token in tokens):
        return False
    if all(token.lower_ in _CALENDAR or not token.is_alpha for token in tokens):
        return False
    if not tokens[0].text[0].isalnum() or len(tokens.text) < 2:
        return False
    verbs = [token for token in tokens if token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBZ", "VBD", "MD", "VBP"}]
    return not verbs


def _iter_titled(reading: Reading) -> Iterator[Candidate]:
    """Yield the capitalised words after a personal title, which the recogniser often misses."""
    doc = reading.doc
    index = 0
    while index < len(doc):
        after, values = reading.words.titles.match_from(doc, index)
        if not values:
            index += 1
            continue
        end = _extend_name(doc, after)
        if end > after and any(_is_personal(value) for value in values):
            span = doc[after:end]
            yield Candidate(
                span.start_char, span.end_char, after, end, span.text, "person", "name", 2, None, None
            )
        index = max(end, after)


def _is_personal(value: object) -> bool:
    return isinstance(value, Title) and not value.ambiguous


def _extend_name(doc: Doc, start: int) -> int:
    """Return the end of the run of proper nouns from a token on, hyphens and inner particles included."""
    end = index = start
    while index < len(doc) and index - start < 7:
        token: Token = doc[index]
        if token.pos_ == "PROPN" and is_capitalised(token) and token.ent_type_ in {"", "PERSON"}:
            end = index + 1
        elif not (token.text == "-" or token.lower_ in {"al", "el", "bin", "ibn", "abu", "van", "von", "de", "der"}):
            break
        index += 1
    return end


def _settle(found: Sequence[Candidate]) -> list[Candidate]:
    """Keep the strongest of overlapping candidates, and nested ones within stronger."""
    kept: list[Candidate] = []
    ranked = sorted(found, key=lambda c: (c.nested, -_weigh(c), c.start_char))
    for candidate in ranked:
        clash = [other for other in kept if candidate.start_char < other.end_char and other.start_char < candidate.end_char]
        same = any((o.start_char, o.end_char) == (candidate.start_char, candidate.end_char) for o in clash)
        if not clash or (candidate.nested and not same and not any(o.nested for o in clash)):
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.start_char, c.end_char))


def _weigh(candidate: Candidate) -> float:
    size = candidate.end_char - candidate.start_char
    return size + (12 if candidate.strength >= 3 else 0)
