"""Whether a body or province with a name that others have too is the one that we know."""

from ingest.common_names import is_common_name
from ingest.gazetteer import Form, Known
from ingest.parse import Span
from ingest.reading import Reading

NATIONAL_TYPES = frozenset({"organization", "party", "media", "armed-group"})
BODY_TYPES = frozenset({"government-body", "security-force"})
# America's bears no article; that of many another state does.
_WITHOUT_ARTICLE = frozenset({"Congress"})
# What makes a body of a state's of a name that others bear bare: "the High Security Council".
_RANKING = frozenset({"federal", "high", "higher", "joint", "provincial", "regional", "supreme"})
_HOUSES = frozenset({"senate", "parliament", "assembly", "congress", "house", "government", "cabinet"})


def has_namesakes(known: Known, form: Form) -> bool:
    """Say whether a body shares its name with others, known or likely: "National Salvation Front (Egypt)"."""
    if known.type in {"party", "place"} and is_common_name(form.text):
        return True
    return known.name.endswith(")") and (form.ambiguous or known.type in NATIONAL_TYPES)


def is_of_this_country(reading: Reading, form: Form, span: Span) -> bool:
    """Say whether a body with a name that any state could give it is the one of the country we know it of.

    "National Security Council" is America's only in a text about America.
    """
    known = reading.gazetteer.get(form.id)
    begin, values = reading.words.forces.match_to(span.doc, span.end)
    generic = bool(values) and begin <= span.start
    if known.type in BODY_TYPES and _is_anothers(reading, known, span):
        return False
    if known.country_code is None or not (generic or form.ambiguous or has_namesakes(known, form)):
        return True
    most = max(reading.countries.values(), default=0)
    if form.text in _WITHOUT_ARTICLE and _has_article(span) and not reading.countries[known.country_code]:
        return False
    if known.type not in BODY_TYPES:
        return bool(reading.countries[known.country_code]) or not most
    if form.ambiguous and most:
        # Any state may have a "Senate"; of countries named as often, the first is the one that the text is about.
        return max(reading.countries, key=reading.countries.__getitem__) == known.country_code
    return 4 * reading.countries[known.country_code] >= most


def _has_article(span: Span) -> bool:
    return span.start > 0 and span.doc[span.start - 1].lower_ == "the"


def _is_anothers(reading: Reading, known: Known, span: Span) -> bool:
    """Say whether the words right before a body give it to another state: "Ghana's", "the Kenyan parliament's"."""
    doc, start = span.doc, span.start
    while start > 0 and (doc[start - 1].tag_ == "POS" or doc[start - 1].lower_ in _HOUSES):
        start -= 1
    end_char = doc[start - 1].idx + len(doc[start - 1]) if start else 0
    for hit in reading.hits:
        if hit.end_char == end_char:
            owners = (reading.gazetteer.get(form.id) for form in hit.forms)
            codes = {owner.country_code for owner in owners if owner.type == "country"}
            return bool(codes) and known.country_code not in codes
    return False


def is_cut(reading: Reading, form: Form, span: Span) -> bool:
    """Say whether a known body ends a longer name: "Defence and Foreign Relations Committee", "Togo People's Congress"."""
    doc, start = span.doc, span.start
    if form.ambiguous and start and doc[start - 1].lower_ in _RANKING and doc[start - 1].is_title:
        return True
    if reading.gazetteer.get(form.id).type not in BODY_TYPES or start < 2:
        return False
    if doc[start - 1].tag_ == "POS" and doc[start - 2].text[:1].isupper():
        return doc[start - 2].lower_ in reading.words.inner_possessors
    if doc[start - 1].lower_ != "and":
        return False
    label = doc[start].ent_type_
    return bool(label) and all(token.ent_type_ == label for token in doc[start - 2 : start])
