"""A state's own forces and bodies, and the government as the state: "the Iraqi army", "the government of Iraq"."""

from ingest.gazetteer import Form, Gazetteer, Hit
from ingest.lexicon import ForceHead
from ingest.metonyms import acts, suffers
from ingest.names import get_forces
from ingest.parse import Doc, Span
from ingest.reading import Candidate, Reading
from ingest.types import Resolution

_TELLING = frozenset(
    {"collect", "deliver", "exchange", "feed", "gather", "get", "give", "offer", "pass", "provide", "receive", "send", "share",
     "supply"}
)  # fmt: skip
_MAX_WORDS_BETWEEN = 3
_COMMITTEES = frozenset({"committee", "subcommittee", "commission"})


def find_state_body(reading: Reading, hit: Hit, span: Span, form: Form) -> Candidate | None:
    """Return the force, body or government that a country's name or adjective begins or ends, or None.

    Args:
        reading: The block.
        hit: Where the country stands.
        span: The tokens of the hit.
        form: The country.
    """
    doc = reading.doc
    index = span.end
    if index < len(doc) and doc[index].tag_ == "POS":
        index += 1
    elif form.role == "name" and doc[span.end - 1].dep_ not in {"compound", "nmod", "amod", "poss"}:
        return _find_body_of(reading, hit, span, form)
    for start in range(index, min(index + _MAX_WORDS_BETWEEN + 1, len(doc))):
        end, values = reading.words.forces.match_from(doc, start)
        if forces := get_forces(values):
            if (whole := _find_committee_end(doc, end)) is not None:
                # Behind "Ghana's" the name is found as any other, and Ghana as its owner.
                owned = doc[span.end].tag_ == "POS"
                bounds = span.start, start, whole
                return None if owned else _make_committee(reading, form, doc, bounds, hit.start_char)
            goes_on = _names_party(reading, doc, start, end) or _is_news(doc, start, end)
            if goes_on or _describes_someone(reading, forces[0], doc, start, end):
                return None
            return _make_body(reading, form, forces[0], doc, (span.start, end), hit.start_char)
        # A capitalised word between them belongs to a name of its own: "Iran's Basij militia".
        if doc[start].pos_ not in {"ADJ", "NOUN", "ADV"} and doc[start].text != "-":
            break
        if reading.words.titles.match_from(doc, start)[1]:
            break
    return None


def _is_news(doc: Doc, start: int, end: int) -> bool:
    """Say whether a word is what somebody is told, and not who tells it: "gave Colombo intelligence and radar"."""
    word = doc[start]
    told = word.dep_ == "dobj" and word.head.lemma_.lower() in _TELLING
    return end == start + 1 and word.lower_ == "intelligence" and told


def _describes_someone(reading: Reading, force: ForceHead, doc: Doc, start: int, end: int) -> bool:
    """Say whether the words only describe what follows: "Iraq's Shi'ite prime minister", "an Iranian media report"."""
    head = doc[start:end].root
    if force.type == "armed-group" and _is_kind(doc, start, head.i):
        return True
    before_noun = (
        head.dep_ in {"amod", "compound", "nmod"}
        and end < len(doc)
        and doc[end].pos_ in {"NOUN", "PROPN", "ADJ"}
    )
    if force.type in {"community", "armed-group", "party", "organization"}:
        return before_noun
    if force.type == "media":
        return (
            "state" not in doc[start:end].text.casefold() and "official" not in doc[start:end].text.casefold()
        )
    return before_noun and bool(reading.words.titles.match_from(doc, end)[1]) and force.weak


def _names_party(reading: Reading, doc: Doc, start: int, end: int) -> bool:
    """Say whether the words go on to be the name of a party: "Congress" in "Togo Congress Party"."""
    after, values = reading.words.heads.match_from(doc, end)
    return "party" in values and doc[start].text[0].isupper() and doc[after - 1].text[0].isupper()


def _find_committee_end(doc: Doc, end: int) -> int | None:
    """Return where words go on to as the name of a committee: "Senate" in "Ghana's Senate Budget Committee"."""
    while end < len(doc) and (doc[end].text.istitle() or doc[end].lower_ in {"and", "of"}):
        end += 1
        if doc[end - 1].lower_ in _COMMITTEES:
            return end
    return None


def _make_committee(
    reading: Reading, form: Form, doc: Doc, bounds: tuple[int, int, int], start_char: int
) -> Candidate:
    """Return a state's committee; `bounds` are where the state's name starts, its own does, and both end."""
    start, own, end = bounds
    code = reading.gazetteer.get(form.id).country_code
    name, known_id = f"{_get_adjective(reading, form)} {doc[own:end].text}", ""
    known = find_known_body(reading, doc[own:end].text)
    if known is not None and reading.gazetteer.get(known[2]).country_code == code:
        name, _, known_id = known
    end_char = doc[end - 1].idx + len(doc[end - 1])
    return Candidate(
        start_char, end_char, start, end, name, "government-body", "name", 4, known_id or None, code
    )


def _is_kind(doc: Doc, start: int, head: int) -> bool:
    """Say whether the words say what kind of group another is: "Al-Shabaab, a Somali militant group"."""
    noun = doc[head]
    opened = any(child.lower_ in {"a", "an"} and child.i < start for child in noun.children)
    return opened and noun.tag_ == "NN" and noun.dep_ in {"appos", "attr"}


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
    # "On the side of Chad" is with Chad, and no side that acts as in "the Chadian side".
    if not forces or forces[0].weak or doc[start].lower_ == "side":
        return None
    body = _make_body(reading, form, forces[0], doc, (start, span.end), doc[start].idx)
    return body._replace(end_char=hit.end_char) if body is not None else None


def _make_body(
    reading: Reading, form: Form, force: ForceHead, doc: Doc, bounds: tuple[int, int], start_char: int
) -> Candidate | None:
    start, end = bounds
    # Officials and citizens stand for their state only where they act.
    weak = force.weak or doc[end - 1].lower_ == "capital"
    root = doc[start:end].root
    if force.needs_name or (weak and not acts(root) and not (force.type == "community" and suffers(root))):
        return None
    known = reading.gazetteer.get(form.id)
    adjective = _get_adjective(reading, form)
    name, entity_type, known_id, code = f"{adjective} {force.suffix}", force.type, None, known.country_code
    resolution: Resolution = "nested"
    if force.suffix is None or force.type == "country":
        resolution = "metonym" if form.role == "name" else "demonym"
        name, entity_type, known_id = known.name, "country", known.id
    else:
        body = find_known_body(reading, name, doc[start:end].text)
        if body is not None:
            name, entity_type, known_id = body
    end_char = doc[end - 1].idx + len(doc[end - 1])
    return Candidate(start_char, end_char, start, end, name, entity_type, resolution, 4, known_id, code)


def _get_adjective(reading: Reading, form: Form) -> str:
    known = reading.gazetteer.get(form.id)
    country = reading.gazetteer.lexicon.countries_by_iso.get(known.country_code or "")
    return country.adjectives[0] if country is not None and country.adjectives else known.name


def find_known_body(reading: Reading, *names: str) -> tuple[str, str, str] | None:
    """Return (name, type, id) of the body that the gazetteer of a reading knows by one of these names."""
    return find_body_named(reading.gazetteer, *names)


def find_body_named(gazetteer: Gazetteer, *names: str) -> tuple[str, str, str] | None:
    """Return (name, type, id) of the body that a gazetteer knows by one of these names."""
    for name in names:
        for form in gazetteer.find_forms(name):
            if form.role == "name" and not form.ambiguous:
                known = gazetteer.get(form.id)
                if known.type not in {"place", "country", "person"}:
                    return known.name, known.type, known.id
    return None
