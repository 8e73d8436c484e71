"""Names that no list holds: the recogniser's entities, repaired, and capitalised words where names stand."""

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from ingest.lexicon import Country, Title
from ingest.names import find_type_by_head, get_forces, is_capitalised, trim_name
from ingest.reading import Candidate, Reading, make_span_candidate
from ingest.state_bodies import find_known_body

_TYPES = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "community",
}
_LOCATIVE = frozenset({"in", "at", "near", "from", "into", "toward", "towards", "around", "outside", "inside", "across"})
_NAME_LINKS = frozenset({"al", "el", "bin", "ibn", "abu", "van", "von", "de", "der", "da", "dos", "al-", "ag"})
# What is done to towns, hardly to people.
_TOWN_VERBS = frozenset({"seize", "shell", "retake", "besiege", "storm", "overrun", "recapture", "bombard", "pound", "evacuate", "encircle", "liberate"})
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "attr"})
_MAX_NAME_TOKENS = 7


def iter_recognised(reading: Reading) -> Iterator[Candidate]:
    """Yield the recogniser's entities, repaired."""
    titles = _find_title_tokens(reading)
    for entity in reading.doc.ents:
        if entity.label_ in _TYPES:
            for start, end in _split_entity(reading, entity):
                candidate = _make_recognised(reading, start, end, entity.label_)
                if candidate is not None and not all(
                    index in titles for index in range(candidate.start_token, candidate.end_token)
                ):
                    yield candidate


def iter_titled(reading: Reading) -> Iterator[Candidate]:
    """Yield the capitalised words after a personal title, which the recogniser often misses."""
    doc = reading.doc
    index = 0
    while index < len(doc):
        after, values = reading.words.titles.match_from(doc, index)
        if not values:
            index += 1
            continue
        end = _extend_name(doc, after)
        if end > after and any(isinstance(value, Title) and not value.ambiguous for value in values):
            yield make_span_candidate(doc, after, end, "person", 2)
        index = max(end, after)


def iter_described(reading: Reading) -> Iterator[Candidate]:
    """Yield names that a common noun beside them types: "the militant group Ansaru", "Basij militia", "province of Diyala"."""
    doc = reading.doc
    for index in range(len(doc)):
        after, values = reading.words.descriptions.match_from(doc, index)
        if not values or doc[index].text[:1].isupper():
            continue
        entity_type = str(values[0])
        of = after < len(doc) and doc[after].lower_ == "of" and entity_type == "place"
        start = after + 1 if of else after
        end = _extend_name(doc, start) if entity_type != "person" or not of else start
        if end > start and (of or _stands_beside(doc, index, start)):
            yield make_span_candidate(doc, start, end, entity_type, 2)
            if of:
                yield from _iter_joined_places(doc, end)


def iter_headed(reading: Reading) -> Iterator[Candidate]:
    """Yield runs of capitalised words that end in a word for a body or unit: "507th Air Refueling Wing"."""
    doc = reading.doc
    if reading.headline:
        return
    index = 0
    while index < len(doc):
        end = _extend_name(doc, index)
        if end - index < 2 or any(token.ent_type_ in _TYPES for token in doc[index:end]):
            index = max(end, index + 1)
            continue
        entity_type = find_type_by_head(reading.words, doc, index, end)
        if entity_type is not None and not reading.words.titles.match_from(doc, index)[1]:
            start = index - 1 if index and doc[index - 1].ent_type_ == "ORDINAL" else index
            yield make_span_candidate(doc, start, end, entity_type, 1)
        index = end


def iter_unlabelled(reading: Reading) -> Iterator[Candidate]:
    """Yield capitalised words that the recogniser passed over but that stand where names stand."""
    doc = reading.doc
    if reading.headline:
        return
    index = 0
    while index < len(doc):
        end = _extend_name(doc, index)
        if end == index:
            index += 1
            continue
        if _looks_like_person(reading, index, end):
            yield make_span_candidate(doc, index, end, "person", 0)
        index = end


def iter_bare_bodies(reading: Reading) -> Iterator[Candidate]:
    """Yield capitalised bodies without a country, such as "the Foreign Ministry", where the text is about one country."""
    doc = reading.doc
    country = _find_main_country(reading)
    if country is None or reading.headline:
        return
    adjective = country.adjectives[0] if country.adjectives else country.name
    for index in range(len(doc)):
        end, values = reading.words.forces.match_from(doc, index)
        force = next(iter(get_forces(values)), None)
        if force is None or force.suffix is None or force.needs_name or force.type not in {"government-body", "security-force"}:
            continue
        if end - index > 1 and all(token.text[0].isupper() or not token.is_alpha for token in doc[index:end]):
            body = find_known_body(reading, f"{adjective} {force.suffix}")
            name, entity_type, known_id = body or (f"{adjective} {force.suffix}", force.type, None)
            span = doc[index:end]
            yield Candidate(
                span.start_char, span.end_char, index, end, name, entity_type, "nested", 2, known_id, country.iso
            )


def _find_main_country(reading: Reading) -> Country | None:
    """Return the country that the document names at least twice as often as any other."""
    ranked = reading.countries.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    return reading.gazetteer.lexicon.countries_by_iso.get(ranked[0][0])


def _looks_like_person(reading: Reading, start: int, end: int) -> bool:
    doc = reading.doc
    span = doc[start:end]
    root = span.root
    if any(token.ent_type_ for token in span) or end - start > 3 or root.tag_ != "NNP":
        return False
    if start and (doc[start - 1].pos_ in {"DET", "NUM"} or doc[start - 1].text == "-"):
        return False
    if end < len(doc) and (doc[end].pos_ in {"PROPN", "NOUN"} or doc[end].text == "-"):
        return False
    words = span.text.casefold()
    if words in reading.words.calendar or len(span.text) < 4 or span.text.isupper() or not span.text[0].isalpha():
        return False
    if reading.words.heads.match_to(doc, end)[1] or reading.words.titles.match_to(doc, end)[1]:
        return False
    if root.dep_ in {"nsubj", "nsubjpass"}:
        return root.head.pos_ in {"VERB", "AUX"} and root.head.i > root.i
    return root.dep_ in _SUBJECTS and root.dep_ != "pobj" and not _is_first_of_sentence(doc, start)


def _is_first_of_sentence(doc: Doc, start: int) -> bool:
    return bool(doc[start].is_sent_start)


def _find_title_tokens(reading: Reading) -> frozenset[int]:
    """Return the tokens that are part of a title, which are no name: "Defence" in "Defence Minister"."""
    doc = reading.doc
    found: set[int] = set()
    for index in range(len(doc)):
        after, values = reading.words.titles.match_from(doc, index)
        if values:
            found.update(range(index, after))
    return frozenset(found)


def _split_entity(reading: Reading, entity: Span) -> Iterator[tuple[int, int]]:
    """Yield the parts of an entity: a possessor and what it possesses are two names."""
    start = entity.start
    for token in entity:
        possessor = token.tag_ == "POS" and token.i + 1 < entity.end and token.i > entity.start
        if possessor and token.nbor(-1).lower_ in reading.words.inner_possessors:
            continue
        if possessor or token.text in {";", ":", "|", "\u2014", "\u2013"} or (token.text == "-" and token.whitespace_):
            yield start, token.i
            start = token.i + 1
    if start < entity.end:
        yield start, entity.end


def _make_recognised(reading: Reading, start: int, end: int, label: str) -> Candidate | None:
    doc, words = reading.doc, reading.words
    start, end = trim_name(words, doc, start, end, person=label == "PERSON")
    if label in {"ORG", "PERSON"}:
        start, end = _extend_over_possessor(reading, start, end)
    if start >= end or not _is_plausible(reading, start, end, label):
        return None
    by_head = find_type_by_head(words, doc, start, end)
    if label == "NORP" and (by_head is None or doc[end - 1].tag_ not in {"NNPS", "NNS", "NNP"}):
        return None
    entity_type = _TYPES[label]
    described = _get_described_type(reading, doc[start:end])
    if described is not None and by_head is None:
        entity_type = described
    elif label == "PERSON":
        entity_type = by_head if by_head is not None and (end - start > 2 or by_head == "armed-group") else "person"
        if by_head is None and _stands_like_place(reading, doc, start, end):
            entity_type = "place"
    elif by_head is not None and not (entity_type == "place" and by_head in {"organization", "media"}):
        entity_type = by_head
    elif label == "ORG" and _acts_like_person(doc, start, end):
        entity_type = "person"
    if reading.headline and label == "ORG" and end - start > 4:
        return None
    return make_span_candidate(doc, start, end, entity_type, 1)


def _get_described_type(reading: Reading, span: Span) -> str | None:
    """Return the type that the sentence gives a name: "Laukkai, a town in", "Khan Younis is a city"."""
    root = span.root
    nouns = [child for child in root.children if child.dep_ == "appos" and child.i >= span.end]
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        nouns += [child for child in root.head.children if child.dep_ == "attr"]
    for noun in nouns:
        if noun.pos_ == "NOUN":
            for table in (reading.words.descriptions, reading.words.titles):
                begins, values = table.match_to(span.doc, noun.i + 1)
                if values and begins > span.end - 1:
                    return "person" if isinstance(values[0], Title) else str(values[0])
    return None


def _stands_like_place(reading: Reading, doc: Doc, start: int, end: int) -> bool:
    """Say whether a lone capitalised word stands where towns stand: besieged, or listed after a town."""
    token = doc[start]
    if end - start > 2 or (start and doc[start - 1].pos_ in {"PROPN", "NOUN"}):
        return False
    root = doc[start:end].root
    if root.dep_ == "conj" and root.head.ent_type_ in {"GPE", "LOC"} and token.ent_type_ == "PERSON":
        return root.head.dep_ in {"pobj", "conj"} and get_climbed_preposition(root) in _LOCATIVE
    if root.dep_ in {"dobj", "nsubjpass"}:
        return root.head.lemma_ in _TOWN_VERBS
    return False


def get_climbed_preposition(token: Token) -> str:
    """Return the preposition that governs a noun or the nouns it is joined to, in lower case; empty if none."""
    while token.dep_ == "conj":
        token = token.head
    return token.head.lower_ if token.dep_ == "pobj" else ""


def _extend_over_possessor(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in a possessive that is part of the name: "People" + "'s Party"."""
    doc = reading.doc
    if end < len(doc) - 1 and doc[end].tag_ == "POS" and doc[end - 1].lower_ in reading.words.inner_possessors:
        after = end + 1
        while after < len(doc) and doc[after].pos_ == "PROPN" and is_capitalised(doc[after]):
            after += 1
        if after > end + 1:
            return start, after
    return start, end


def _acts_like_person(doc: Doc, start: int, end: int) -> bool:
    """Say whether a single capitalised word stands where people stand; the recogniser takes many for firms."""
    token = doc[start]
    if end - start != 1 or token.text.isupper() or not token.text.isalpha():
        return False
    if start and doc[start - 1].pos_ == "DET":
        return False
    if any(child.dep_ in {"relcl", "appos"} and _has_who(child) for child in token.children):
        return True
    if token.dep_ in {"nsubj", "nsubjpass"}:
        return token.head.lemma_ in {"say", "deny", "tell", "ask", "think", "believe", "warn", "insist", "vow", "meet"}
    return token.dep_ == "poss" and token.head.lower_ in {"wife", "son", "daughter", "brother", "death", "office", "lawyer", "government", "supporters", "speech", "aide", "aides", "party", "successor", "remarks"}


def _has_who(token: Token) -> bool:
    return any(child.lower_ in {"who", "whom", "whose"} for child in token.subtree)


def _is_plausible(reading: Reading, start: int, end: int, label: str) -> bool:
    """Say whether the words look like a name: capitals, no finite verb, no date, no bare common noun."""
    doc = reading.doc
    tokens = doc[start:end]
    if not any(is_capitalised(token) for token in tokens) or len(tokens.text) < 2:
        return False
    if all(token.lower_ in reading.words.calendar or not token.is_alpha for token in tokens) and "." not in tokens.text:
        return False
    if not tokens[0].text[0].isalnum() or any(token.text in {"\n", "http", "@"} for token in tokens):
        return False
    party = label == "NORP" and tokens[0].tag_ in {"NNPS", "NNS"}
    if end - start == 1 and not tokens.text.isupper() and not party and _is_common(reading, doc[start]):
        return False
    if reading.informal and len(tokens.text) <= 2:
        return False
    return not any(token.pos_ in {"VERB", "AUX"} and token.tag_ in _FINITE for token in tokens)


def _is_common(reading: Reading, token: Token) -> bool:
    """Say whether a single word is a head or title by itself, such as "Ministry" or "Governor"."""
    words, doc = reading.words, token.doc
    return any(table.match_from(doc, token.i)[0] == token.i + 1 for table in (words.heads, words.titles, words.forces))


def _extend_name(doc: Doc, start: int) -> int:
    """Return the end of the run of proper nouns from a token on, hyphens and inner particles included."""
    end = index = start
    while index < len(doc) and index - start < _MAX_NAME_TOKENS:
        token: Token = doc[index]
        if token.pos_ == "PROPN" and is_capitalised(token) and token.ent_type_ not in {"DATE", "TIME", "EVENT"}:
            end = index + 1
        elif not (token.text == "-" and not token.whitespace_) and token.lower_ not in _NAME_LINKS:
            break
        index += 1
    return end


def _stands_beside(doc: Doc, description: int, start: int) -> bool:
    """Say whether a description is part of the same noun phrase as the name after it."""
    return doc[description].dep_ in {"compound", "amod", "nmod", "appos"} or doc[start].dep_ == "appos"


def _iter_joined_places(doc: Doc, end: int) -> Iterator[Candidate]:
    """Yield the further names of "the provinces of Anbar, Diyala and Babil"."""
    while end + 1 < len(doc) and doc[end].lower_ in {",", "and"}:
        start = end + 1
        if doc[start].lower_ == "and" and start + 1 < len(doc):
            start += 1
        after = _extend_name(doc, start)
        if after == start:
            return
        yield make_span_candidate(doc, start, after, "place", 2)
        end = after
