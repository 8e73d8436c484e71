"""Which of those that share a spelling a sentence means: a country, its capital, a group, a person; or none of them."""

from collections.abc import Sequence

from ingest.gazetteer import Form, Hit, Known
from ingest.local_bodies import is_before_local_body
from ingest.metonyms import acts, acts_as_government
from ingest.name_parts import (
    is_given_name_of_other,
    is_middle_name,
    is_origin_alone,
)
from ingest.names import is_before_place_noun
from ingest.namesakes import NATIONAL_TYPES, is_cut
from ingest.parse import Span, Token
from ingest.reading import Reading
from ingest.stance_types import is_sided_with, takes_part
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

_DESCRIBING = frozenset(
    {"amod", "compound", "nmod", "poss", "advmod", "conj", "npadvmod", "acomp", "attr", "appos"}
)
_LONG_ACRONYM = 5
# What parties of many countries are called for short.
_COMMON_PARTIES = frozenset(
    {"Communist Party", "Communists", "Conservative Party", "Conservatives", "Democratic Party", "Green Party", "Greens", "Labor",
     "Labour", "Labour Party", "Liberal Party", "Liberals", "Republican Party", "Social Democrats", "Socialist Party", "Socialists"}
)  # fmt: skip


def choose_form(reading: Reading, hit: Hit, span: Span) -> Form | None:  # noqa: PLR0911 - one return a sense
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
