"""Names by the words around them: after a title, beside a common noun, ending in a word for a body, or acting."""

from collections.abc import Iterator

from ingest.lexicon import Country, ForceHead, Title
from ingest.names import find_type_by_head, get_forces, is_capitalised, is_ordinal
from ingest.parse import Doc, Token
from ingest.reading import Candidate, Reading, make_span_candidate, speaks_of_another
from ingest.stance_forces import SEATS
from ingest.stance_types import is_somebody
from ingest.state_bodies import find_known_body
from ingest.structure_places import has_mayor, is_located_in

_NAME_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"})
_NAME_LINKS = frozenset(
    {"al", "el", "bin", "ibn", "abu", "van", "von", "de", "der", "da", "dos", "al-", "ag"}
)
_PLACES_OF_NAMES = frozenset({"dobj", "poss", "conj", "appos", "attr"})
_MAX_NAME_TOKENS = 7
_INSIDE_NAMES = frozenset({"the", "of", "for", "and", "a", "is"})
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 8
_STATES_OWN = frozenset(
    {
        *(
            "army",
            "military",
            "armed forces",
            "navy",
            "air force",
            "police",
            "security forces",
            "gendarmerie",
        ),
        *("foreign ministry", "interior ministry", "defence ministry", "defense ministry", "supreme court"),
    }
)
_SHORTEST_TOWN = 4
_TOLD = frozenset({"armed-group", "media", "organization", "party"})
_SOCIETIES = frozenset({"group", "watchdog"})
_BEFORE_NAMES = frozenset({"courtesy", "rank", "scholar"})
# What has a leader and is no one body.
_LED_BY_MANY = frozenset(
    {"assembly", "chamber", "church", "commonwealth", "federation", "government", "house", "mission", "nation",
     "opposition", "parliament", "party", "republic", "revolution", "senate", "state", "union", "world"}
)  # fmt: skip
# "President Biden (PB)" is none: a sentence for a name has more words than a person's.
_LEAST_CAPITALS = 3
_OFFICIAL = frozenset({"government-body", "security-force"})


def iter_titled(reading: Reading) -> Iterator[Candidate]:
    """Yield the capitalised words after a personal title, which the recogniser often misses."""
    doc = reading.doc
    reached = 0
    for start, titled, values in reading.words.titles.iter_matches(doc):
        if start < reached or (start and doc[start - 1].text == "-"):
            continue  # nobody is a terrorist in "the Anti-Terrorist Unit"
        end = _extend_name(doc, titled)
        after = _skip_ranks(reading, titled, end)
        if end > after + 1 and find_type_by_head(reading.words, doc, after, end) in _OFFICIAL:
            continue  # the General Accounting Office is no general
        if end > after and any(isinstance(value, Title) and not value.ambiguous for value in values):
            yield make_span_candidate(doc, after, end, "person", 2)
        reached = max(end, after)


def _skip_ranks(reading: Reading, start: int, end: int) -> int:
    """Return where a name begins behind what follows an office: "army chief General Okot", "Prime Minister Sir Tom Kulu"."""
    after, values = reading.words.titles.match_from(reading.doc, start)
    while after < end and any(isinstance(value, Title) and value.id in _BEFORE_NAMES for value in values):
        start = after
        after, values = reading.words.titles.match_from(reading.doc, start)
    return start


def iter_described(reading: Reading) -> Iterator[Candidate]:
    """Yield names that a common noun beside them types: "the militant group Ansaru", "Basij militia", "province of Diyala"."""
    doc = reading.doc
    for index, after, values in reading.words.descriptions.iter_matches(doc):
        # The "man" of "a three-man Presidential Council" is nobody.
        if doc[index].text[:1].isupper() or (index and doc[index - 1].text == "-"):
            continue
        entity_type = str(values[0])
        if entity_type == "place" and doc[after - 1].tag_ == "NNS":
            yield from _iter_listed_before(doc, index)
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
    for index, end in _iter_runs(doc):
        counted = index > 0 and (doc[index - 1].ent_type_ == "ORDINAL" or is_ordinal(doc[index - 1]))
        start = index - counted
        if end - start < 2 or any(token.ent_type_ in _NAME_LABELS for token in doc[index:end]):
            continue
        entity_type = find_type_by_head(reading.words, doc, index, end)
        if entity_type is not None and not reading.words.titles.match_from(doc, index)[1]:
            yield make_span_candidate(doc, start, end, entity_type, 1)


def iter_bare_bodies(reading: Reading) -> Iterator[Candidate]:
    """Yield capitalised bodies without a country, such as "the Foreign Ministry", where the text is about one country."""
    doc = reading.doc
    country = _find_main_country(reading)
    if country is None or reading.headline:
        return
    adjective = country.adjectives[0] if country.adjectives else country.name
    for index, end, values in reading.words.forces.iter_matches(doc):
        force = next(iter(get_forces(values)), None)
        if (
            force is None
            or force.suffix is None
            or force.needs_name
            or force.type not in {"government-body", "security-force"}
        ):
            continue
        capital = end - index > 1 and all(t.text[0].isupper() or not t.is_alpha for t in doc[index:end])
        if capital or (
            _is_the_states(reading, index, end, force)
            and _is_in_view(reading, country, doc[index].idx)
            and not speaks_of_another(reading, doc[index].sent, country.iso)
            and not _acts_behind(reading, doc[index], country)
        ):
            body = find_known_body(reading, f"{adjective} {force.suffix}")
            name, entity_type, known_id = body or (f"{adjective} {force.suffix}", force.type, None)
            span = doc[index:end]
            yield Candidate(
                span.start_char,
                span.end_char,
                index,
                end,
                name,
                entity_type,
                "nested",
                2,
                known_id,
                country.iso,
            )


def _is_in_view(reading: Reading, country: Country, start_char: int) -> bool:
    """Say whether a country is named before a place in the text or again and again, or no town elsewhere is near."""
    known = [(hit, [reading.gazetteer.get(form.id) for form in hit.forms]) for hit in reading.hits]
    here = {
        reading.text[hit.start_char : hit.end_char].casefold()
        for hit, meant in known
        if any(one.country_code == country.iso for one in meant)
    }
    if here and here <= SEATS and reading.countries[country.iso or ""] <= len(here):
        return False  # where the world's bodies sit, they speak of others
    named = any(
        hit.end_char <= start_char and any(one.country_code == country.iso for one in meant)
        for hit, meant in known
    )
    elsewhere = any(
        all(one.type == "place" and one.country_code not in {None, country.iso} for one in meant)
        for _, meant in known
    )
    return named or not elsewhere or reading.countries[country.iso or ""] > 1


def _acts_behind(reading: Reading, body: Token, country: Country) -> bool:
    """Say whether a country does something further on in the sentence: "the military took a town, as China had wanted"."""
    for hit in reading.hits:
        meant = [reading.gazetteer.get(form.id) for form in hit.forms]
        own = any(one.type == "country" and one.country_code == country.iso for one in meant)
        if own and body.idx < hit.start_char < body.sent.end_char:
            span = reading.doc.char_span(hit.start_char, hit.end_char, alignment_mode="expand")
            if span is not None and span.root.dep_ == "nsubj":
                return True
    return False


def _is_the_states(reading: Reading, start: int, end: int, force: ForceHead) -> bool:
    """Say whether plain words name the one army, police or ministry of the state: "the army", "army chief Asim Munir"."""
    doc = reading.doc
    if force.weak or doc[start:end].text.casefold() not in _STATES_OWN:
        return False
    head = doc[start:end].root
    if start and doc[start - 1].lower_ == "the" and head.dep_ not in {"compound", "nmod", "amod"}:
        return not any(child.dep_ in {"prep", "relcl", "acl"} and child.i >= end for child in head.children)
    after, values = reading.words.titles.match_from(doc, end)
    leads = any(
        isinstance(v, Title) and v.relation == "commands" and v.kind in {"leader", "commander"}
        for v in values
    )
    plain = start == 0 or doc[start - 1].pos_ in {"DET", "ADP", "PUNCT", "VERB", "CCONJ", "SCONJ"}
    named = after < len(doc) and (doc[after].text == "," or doc[after].pos_ == "PROPN")
    return leads and plain and named


def iter_bracketed(reading: Reading) -> Iterator[Candidate]:
    """Yield names that an acronym in brackets follows, whatever their words: "We Continue the Change (PP)"."""
    doc = reading.doc
    if reading.headline:
        return
    if "(" not in doc.words:
        return
    for index in range(2, len(doc) - 2):
        if doc[index].text != "(" or doc[index + 2].text != ")" or not _is_acronym(doc[index + 1].text):
            continue
        start = _find_run_start(reading, index)
        capitals = [token for token in doc[start:index] if is_capitalised(token)]
        if len(capitals) < _LEAST_CAPITALS:
            continue
        spelt_out = "".join(token.text[0] for token in capitals) == doc[index + 1].text
        if not spelt_out and any(token.ent_type_ == "PERSON" for token in capitals):
            continue
        _, values = reading.words.descriptions.match_to(doc, start)
        described = str(values[0]) if values else None
        entity_type = find_type_by_head(reading.words, doc, start, index) or described or "organization"
        if entity_type not in {"person", "place", "country"}:
            yield make_span_candidate(doc, start, index, entity_type, 2 if spelt_out else 1)


def _is_acronym(text: str) -> bool:
    return text.isalpha() and text.isupper() and _SHORTEST_ACRONYM <= len(text) <= _LONGEST_ACRONYM


def _find_run_start(reading: Reading, end: int) -> int:
    """Return where the run of capitalised words before a token begins, articles and prepositions inside it included."""
    doc, start = reading.doc, end
    for index in range(end - 1, max(-1, end - 1 - _MAX_NAME_TOKENS), -1):
        token = doc[index]
        if token.sent != doc[end].sent or not (is_capitalised(token) or token.lower_ in _INSIDE_NAMES):
            break
        if is_capitalised(token):
            start = index
    opening = doc[start]
    calendar = opening.lower_ in reading.words.calendar
    if opening.pos_ in {"ADP", "DET", "SCONJ", "CCONJ"} or calendar:
        start += 1
    return start


def iter_unlabelled(reading: Reading) -> Iterator[Candidate]:
    """Yield capitalised words that the recogniser passed over but that stand where names stand."""
    doc = reading.doc
    if reading.headline:
        return
    for index, end in _iter_runs(doc):
        if _looks_like_town(reading, index, end) or _is_called_town(reading, index, end):
            yield make_span_candidate(doc, index, end, "place", 0)
        elif _is_led(reading, index, end):
            yield make_span_candidate(doc, index, end, "organization", 0)
        elif kind := _find_called(reading, index, end):
            yield make_span_candidate(doc, index, end, kind, 1)
        elif _looks_like_person(reading, index, end):
            yield make_span_candidate(doc, index, end, "person", 0)


def _find_main_country(reading: Reading) -> Country | None:
    """Return the country that the document names at least twice as often as any other."""
    ranked = reading.countries.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None
    if reading.is_dated_elsewhere(ranked[0][0]):
        return None
    return reading.gazetteer.lexicon.countries_by_iso.get(ranked[0][0])


def _looks_like_person(reading: Reading, start: int, end: int) -> bool:  # noqa: PLR0911 - one return a reason to give up
    doc = reading.doc
    span = doc[start:end]
    root = span.root
    # The recogniser takes some who act for wares: "Komsic called Schmidt".
    taken = (
        any(token.ent_type_ not in {"", "PRODUCT"} for token in span) or root.lower_ in reading.words.crowds
    )
    if taken or (root.ent_type_ and not is_somebody(reading.words, span)):
        return False
    if sum(token.text.istitle() for token in span) > 3 or root.tag_ != "NNP":
        return False
    if reading.words.run_together.fullmatch(span.text) or "_" in span.text:
        return False
    if end < len(doc) and doc[end].text == ":":
        return False
    if start and (doc[start - 1].pos_ in {"DET", "NUM"} or doc[start - 1].text == "-"):
        return False
    if end < len(doc) and (doc[end].pos_ in {"PROPN", "NOUN"} or doc[end].text == "-"):
        return False
    words = span.text.casefold()
    if (
        words in reading.words.calendar
        or len(span.text) < (4 if doc[start].is_sent_start or root.dep_ not in {"nsubj", "nsubjpass"} else 3)
        or span.text.isupper()
        or not span.text[0].isalpha()
    ):
        return False
    if reading.words.heads.match_to(doc, end)[1] or reading.words.titles.match_to(doc, end)[1]:
        return False
    if root.dep_ in {"nsubj", "nsubjpass"}:
        return root.head.pos_ in {"VERB", "AUX"} and root.head.i > root.i
    return root.dep_ in _PLACES_OF_NAMES and not doc[start].is_sent_start


def _looks_like_town(reading: Reading, start: int, end: int) -> bool:
    """Say whether words without a label stand right behind "in" or "near": "clashes in Qarab"."""
    doc, words = reading.doc, reading.words
    span = doc[start:end]
    if end - start > 2 or len(span.text) < _SHORTEST_TOWN or any(token.ent_type_ for token in span):
        return False
    if any(not token.text.replace("-", "").isalpha() or token.text.isupper() for token in span):
        return False
    if span.root.tag_ != "NNP" or any(token.lower_ in words.calendar for token in span):
        return False
    if any(table.match_to(doc, end)[1] for table in (words.heads, words.titles, words.forces, words.deeds)):
        return False
    return is_located_in(doc, start, end) or has_mayor(doc, start, end)


def _is_called_town(reading: Reading, start: int, end: int) -> bool:
    """Say whether a word without a label is told to be a place: "shelled Qarab, a village in the hills"."""
    span = reading.doc[start:end]
    if (
        end - start > 2
        or any(token.ent_type_ for token in span)
        or span.root.tag_ != "NNP"
        or span.text.isupper()
    ):
        return False
    nouns = [child for child in span.root.children if child.dep_ == "appos" and child.i > end]
    return any(
        "place" in reading.words.descriptions.match_to(reading.doc, noun.i + 1)[1]
        and any(child.lower_ in {"in", "of", "near"} for child in noun.children)
        for noun in nouns
    )


def _find_called(reading: Reading, start: int, end: int) -> str | None:
    """Return the body that words without a label are told to be: "Saoradh, a party close to"; None where none is told."""
    span = reading.doc[start:end]
    if any(token.ent_type_ for token in span) or span.root.tag_ != "NNP" or span.text.isupper():
        return None
    nouns = [child for child in span.root.children if child.dep_ == "appos" and child.i > end]
    if any(noun.lower_ in _SOCIETIES for noun in nouns):
        return "organization"
    told = (reading.words.descriptions.match_to(reading.doc, noun.i + 1)[1] for noun in nouns)
    kinds = [str(values[0]) for values in told if values]
    return kinds[0] if kinds and kinds[0] in _TOLD else None


def _is_led(reading: Reading, start: int, end: int) -> bool:
    """Say whether a word without a label is what somebody leads: "the leader of the Transformers"."""
    doc = reading.doc
    if (
        end - start > 1
        or doc[start].ent_type_
        or not doc[start].text.istitle()
        or doc[start].lower_ in _LED_BY_MANY
    ):
        return False
    before = start - (start > 0 and doc[start - 1].lower_ == "the")
    if before < 2 or doc[before - 1].lower_ != "of" or doc[start].dep_ != "pobj":
        return False
    titles = reading.words.titles.match_to(doc, before - 1)[1]
    return any(
        isinstance(title, Title) and title.kind == "leader" and title.relation == "commands"
        for title in titles
    )


def _iter_runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield every run of proper nouns, one after the other."""
    end = 0
    for index, token in enumerate(doc):
        may_begin = token.pos_ == "PROPN" or token.text == "-" or token.lower_ in _NAME_LINKS
        if index >= end and may_begin:
            end = _extend_name(doc, index)
            if end > index:
                yield _take_in_first_half(doc, index), end


def _take_in_first_half(doc: Doc, start: int) -> int:
    """Return where a run begins that a hyphen opens: at the capitalised word before it, as in "Sea-Watch"."""
    if doc[start].text != "-" or not start:
        return start
    before = doc[start - 1]
    return start - 1 if is_capitalised(before) and not before.whitespace_ else start


def _extend_name(doc: Doc, start: int) -> int:
    """Return the end of the run of proper nouns from a token on, hyphens and inner particles included."""
    end = start
    for index, token in enumerate(doc.tokens[start : start + _MAX_NAME_TOKENS], start):
        if (
            token.pos_ == "PROPN"
            and (is_capitalised(token) or _is_second_half(token, start))
            and token.ent_type_ not in {"DATE", "TIME", "EVENT"}
        ):
            end = index + 1
        elif not (token.text == "-" and not token.whitespace_) and token.lower_ not in _NAME_LINKS:
            break
    return end


def _is_second_half(token: Token, start: int) -> bool:
    """Say whether a token is the lower-case half of a name with a hyphen: "Han Duck-soo", "Waker-uz-Zaman"."""
    return token.i >= start + 2 and token.nbor(-1).text == "-" and not token.nbor(-1).whitespace_


def _stands_beside(doc: Doc, description: int, start: int) -> bool:
    """Say whether a description is part of the same noun phrase as the name after it."""
    return doc[description].dep_ in {"compound", "amod", "nmod", "appos"} or doc[start].dep_ == "appos"


def _iter_listed_before(doc: Doc, end: int) -> Iterator[Candidate]:
    """Yield the names of "Orange, Nueces and Cameron counties": two at least, the last behind "and"."""
    found: list[tuple[int, int]] = []
    while end > 0:
        start = end
        while start and doc[start - 1].pos_ == "PROPN" and is_capitalised(doc[start - 1]):
            start -= 1
        if start == end:
            break
        found.append((start, end))
        joint = doc[start - 1].lower_ if start else ""
        if joint != ("and" if len(found) == 1 else ","):
            break
        end = start - 1
    if len(found) > 1:
        yield from (make_span_candidate(doc, start, stop, "place", 2) for start, stop in found)


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
