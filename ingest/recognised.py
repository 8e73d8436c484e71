"""The recogniser's entities, repaired: what belongs to a name, what it names, and what is no name at all."""

from collections.abc import Iterator, Sequence

from ingest.acronyms import is_acronym
from ingest.articled import stands_among_capitals
from ingest.described_types import get_described_type
from ingest.led_names import find_leader_in_name
from ingest.name_openings import get_name_openings
from ingest.names import (
    find_type_by_head,
    is_before_place_noun,
    is_capitalised,
    is_numbered_unit,
    is_ordinal,
    trim_name,
)
from ingest.parse import Doc, Span, Token
from ingest.person_spans import find_given_name, find_ranked_person
from ingest.reading import Candidate, Reading, make_span_candidate
from ingest.stance_types import is_somebody
from ingest.structure_places import (
    find_type_by_which,
    has_age,
    is_place_after_all,
    stands_like_place,
)
from ingest.structure_types import find_half_name

_TYPES = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "community",
}
_BODY_TYPES = frozenset({"government-body", "security-force"})
_AFTER_HYPHEN = frozenset(
    {
        "style",
        "era",
        "ally",
        "allies",
        "like",
        "type",
        "family",
        "clan",
        "supporter",
        "supporters",
        "aide",
        "loyalist",
        "loyalists",
        "leader",
    }
)
# What the names of lakes, hills and forts begin with.
_LAND = frozenset({"lake", "mount", "mt", "mt.", "fort", "cape", "camp", "gulf"})
_SEATED = frozenset({"based", "born", "headquartered", "raised", "registered"})
# Organisations that a street is as likely to be told by.
_HOUSES = frozenset({"academy", "bank", "center", "centre", "club", "college", "company", "institute", "institution", "market", "park",
     "school", "university"})  # fmt: skip
# What firms and publishers do as well; whoever else acts under a lone word is mostly a person.
_DONE_BY_FIRMS = frozenset(
    {"acquire", "agree", "announce", "broadcast", "build", "buy", "consider", "cut", "deliver", "employ", "expand", "export",
     "have", "hire", "launch", "manufacture", "merge", "offer", "open", "operate", "owe", "own", "pay", "plan", "produce", "publish",
     "recall", "refuse", "report", "sell", "ship", "sign", "specialise", "specialize", "sponsor", "stock", "sue", "supply"}
)  # fmt: skip
_SHORTEST_ACRONYM = 4
_WITHIN = frozenset(
    {"across", "at", "from", "in", "inside", "into", "near", "outside", "throughout", "to", "towards"}
)
_OF_ADHERENTS = ("istas", "istes", "ists", "ites")
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def iter_recognised(reading: Reading) -> Iterator[Candidate]:
    """Yield the recogniser's entities, repaired."""
    titles = _find_title_tokens(reading)
    for entity in reading.doc.ents:
        if entity.label_ in _TYPES:
            for start, end, label in _split_entity(reading, entity):
                candidate = _make_recognised(reading, start, end, label)
                if candidate is None:
                    continue
                # "Foreign Ministry spokesman" is a title with a body in it; "Defence Minister" has none.
                body = candidate.type in _BODY_TYPES and candidate.end_token - candidate.start_token > 1
                tokens = range(candidate.start_token, candidate.end_token)
                if body or not all(index in titles for index in tokens):
                    yield candidate


def _find_title_tokens(reading: Reading) -> frozenset[int]:
    """Return the tokens that are part of a title, which are no name: "Defence" in "Defence Minister"."""
    found: set[int] = set()
    for start, end, _ in reading.words.titles.iter_matches(reading.doc):
        found.update(range(start, end))
    return frozenset(found)


def _split_entity(reading: Reading, entity: Span) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of an entity with their labels: a possessor and what it possesses are two names."""
    start, label = entity.start, entity.label_
    parted = _find_parting(entity) if entity.label_ == "ORG" else None
    if parted is not None:
        yield start, parted, label
        start, label = parted, "PERSON"
    led = find_leader_in_name(reading, entity) if entity.label_ == "ORG" and parted is None else None
    if led is not None:
        yield start, led, label
        start, label = led + 1, "PERSON"
    for token in entity[start - entity.start :]:
        possessor = token.tag_ == "POS" and token.i + 1 < entity.end and token.i > entity.start
        if possessor and token.nbor(-1).lower_ in reading.words.inner_possessors:
            continue
        towards = token.lower_ == "to" and entity.label_ in {"GPE", "LOC", "FAC"}
        towards |= token.lower_ == "of" and entity.label_ == "PERSON" and _is_numeral(token.nbor(-1).text)
        if (
            possessor
            or towards
            or token.text in {";", ":", "|", "\u2014", "\u2013", "that", "whether"}
            or (token.text == "-" and token.whitespace_)
        ):
            yield start, token.i, label
            start = token.i + 1
    if start < entity.end:
        yield start, entity.end, label


def _find_parting(entity: Span) -> int | None:
    """Return where the second of two names run into one begins: "the National Assembly Pavel Orlov"."""
    first = next((token for token in entity if token.dep_ == "pobj" and token.head.i < entity.start), None)
    last = entity[-1]
    if first is None or first.i + 2 > last.i or first.is_ancestor(last) or last.is_ancestor(first):
        return None
    names = entity[first.i + 1 - entity.start :]
    plain = all(token.pos_ == "PROPN" and token.text.istitle() for token in names)
    return first.i + 1 if plain and last.dep_ in {"nsubj", "nsubjpass", "appos"} else None


def _is_numeral(text: str) -> bool:
    """Say whether a word counts kings: "Philip V"."""
    return set(text) <= set("IVX")


def _make_recognised(reading: Reading, start: int, end: int, label: str) -> Candidate | None:
    doc, words = reading.doc, reading.words
    start, end = trim_name(words, doc, start, end, person=label == "PERSON")
    half = find_half_name(reading, start, end, label)
    if half is not None:
        end, label = half, "PERSON"
    ranked = find_ranked_person(reading, start, end) if label == "ORG" else None
    if ranked is not None:
        start, label = ranked, "PERSON"
    if label == "PERSON":
        start, end = _extend_person(doc, find_given_name(reading, start, end), end)
    if start and is_ordinal(doc[start - 1]) and is_numbered_unit(doc, start, end):
        start -= 1
    if label in {"ORG", "PERSON"}:
        start, end = _extend_over_possessor(reading, start, end)
    if start >= end or not _is_plausible(reading, start, end, label):
        return None
    by_head = find_type_by_head(words, doc, start, end)
    if label == "NORP" and (by_head is None or doc[end - 1].tag_ not in {"NNPS", "NNS", "NNP"}):
        return None
    entity_type = _judge_type(reading, start, end, label, by_head)
    if reading.headline and label == "ORG" and end - start > 4:
        return None
    return make_span_candidate(doc, start, end, entity_type, 1)


def _judge_type(reading: Reading, start: int, end: int, label: str, by_head: str | None) -> str:
    """Return what an entity names: by the sentence, by its own head word, by where it stands, by its label last."""
    doc = reading.doc
    described = get_described_type(reading, doc[start:end])
    # "The Committee of Relatives, a rights group" is no state's.
    told = by_head == "government-body" and described in {"armed-group", "organization", "party"}
    if described is not None and (by_head is None or told):
        return described
    if by_head is None and (is_before_place_noun(reading.words, doc, end) or _is_seat(doc, end)):
        return "place"
    if label == "PERSON":
        return _judge_person(reading, start, end, by_head)
    usual = _TYPES[label]
    if by_head is None and end - start == 1:
        usual = _judge_word(reading, start, label)
    owned = start > 0 and doc[start - 1].tag_ in {"PRP$", "POS"}
    several = doc[end - 1].lower_.endswith("s")
    housed = by_head == "media" or (label == "FAC" and not several) or doc[end - 1].lower_ in _HOUSES
    if by_head is not None and not (
        usual == "place" and by_head in {"organization", "media"} and housed and not owned
    ):
        return by_head
    if usual == "place" and by_head is None and is_somebody(reading.words, doc[start:end]):
        usual = "person" if end - start == 1 else "organization"
    aged = by_head is None and has_age(doc, end)
    return "person" if label == "ORG" and (aged or _acts_like_person(reading, start, end)) else usual


def _judge_word(reading: Reading, index: int, label: str) -> str:
    """Return what one word names that no word for a body is: letters, a crowd of followers, a place, or as it is labelled."""
    if label == "GPE" and _is_unknown_acronym(reading, index):
        return "organization"
    if label == "ORG" and is_place_after_all(reading.doc, index, index + 1):
        return "place"
    creed = label == "ORG" and not reading.doc[index].lower_.endswith(_OF_ADHERENTS[0])
    return "community" if not creed and _are_adherents(reading.doc[index]) else _TYPES[label]


def _is_seat(doc: Doc, end: int) -> bool:
    """Say whether a hyphen and a word behind a name tell that somebody sits or was born there: "Segou-based"."""
    return end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in _SEATED


def _judge_person(reading: Reading, start: int, end: int, by_head: str | None) -> str:
    """Return what the recogniser's person is: a body by its head word, a place by where it stands, or a person."""
    doc = reading.doc
    if end - start > 1 and doc[start].lower_ in _LAND:
        return "place"
    if end - start == 1 and by_head is None and _is_acronym(doc, start):
        return "organization"
    if end - start == 1 and _are_adherents(doc[start]):
        return "community"
    if by_head is not None and (end - start > 2 or by_head == "armed-group"):
        return by_head
    called = end - start > 1 and doc[start].text in get_name_openings(reading.gazetteer.lexicon).given
    if by_head is None and not called and stands_like_place(reading, doc, start, end):
        return "place"
    return find_type_by_which(doc[start:end].root) or "person"


def _is_unknown_acronym(reading: Reading, index: int) -> bool:
    """Say whether a word is letters that stand for no place: not behind "in", and not for a state."""
    doc = reading.doc
    within = index > 0 and doc[index - 1].lower_ in _WITHIN
    return is_acronym(doc[index].text) and not within and not stands_among_capitals(doc, index)


def _are_adherents(token: Token) -> bool:
    """Say whether a word with "the" is what somebody's followers are called: "the Chavistas"."""
    if token.lower_.endswith(_OF_ADHERENTS[0]) and token.i:
        return True
    several = token.tag_ in {"NNS", "NNPS"} and token.lower_.endswith(_OF_ADHERENTS)
    return several and any(child.lower_ == "the" for child in token.children)


def _is_acronym(doc: Doc, index: int) -> bool:
    """Say whether a word is all capitals where its neighbours are not and no title stands before it: "CONAIE marched"."""
    text, beside = (
        doc[index].text,
        [token for token in doc[max(0, index - 1) : index + 3] if token.i != index],
    )
    titled = index > 0 and (doc[index - 1].pos_ == "PROPN" or doc[index - 1].text == ".")
    article = index > 0 and doc[index - 1].lower_ == "the"
    return (
        len(text) >= _SHORTEST_ACRONYM - article
        and text.isalpha()
        and text.isupper()
        and not titled
        and any(token.text.islower() for token in beside)
    )


def _extend_person(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Take in the end of "Han Duck-soo"."""
    joined = (
        end + 1 < len(doc)
        and doc[end].text == "-"
        and not doc[end - 1].whitespace_
        and not doc[end].whitespace_
    )
    # "Trump-led" is a name and what was done; the second half of a name is no known word.
    if (
        joined
        and end - start > 1
        and doc[end + 1].is_alpha
        and doc[end + 1].text.islower()
        and not _is_english(doc[end + 1])
    ):
        end += 2
    return start, end


def _is_english(token: Token) -> bool:
    """Say whether the parser took a word for a common one, such as "led" or "style"."""
    return token.pos_ in {"VERB", "ADJ", "ADV"} or (token.pos_ == "NOUN" and token.lower_ in _AFTER_HYPHEN)


def _extend_over_possessor(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Take in a possessive that is part of the name: "People" + "'s Party"."""
    doc = reading.doc
    if (
        end < len(doc) - 1
        and doc[end].tag_ == "POS"
        and doc[end - 1].lower_ in reading.words.inner_possessors
    ):
        after = end + 1
        while after < len(doc) and doc[after].pos_ == "PROPN" and is_capitalised(doc[after]):
            after += 1
        if after > end + 1:
            return start, after
    return start, end


def _acts_like_person(reading: Reading, start: int, end: int) -> bool:
    """Say whether a single capitalised word stands where people stand; the recogniser takes many for firms."""
    token = reading.doc[start]
    if end - start != 1 or token.text.isupper() or not token.text.isalpha():
        return False
    if start and reading.doc[start - 1].pos_ == "DET":
        return False
    if any(child.dep_ in {"relcl", "appos"} and _has_who(child) for child in token.children):
        return True
    if token.dep_ in {"nsubj", "nsubjpass"}:
        verb = token.head
        does = token.dep_ == "nsubj" and token.tag_ == "NNP" and verb.pos_ == "VERB" and verb.i > token.i
        return verb.lemma_ in reading.words.human_verbs or (does and verb.lemma_ not in _DONE_BY_FIRMS)
    return token.dep_ == "poss" and token.head.lower_ in reading.words.human_belongings


def _has_who(token: Token) -> bool:
    return any(child.lower_ in {"who", "whom", "whose"} for child in token.subtree)


def _is_plausible(reading: Reading, start: int, end: int, label: str) -> bool:
    """Say whether the words look like a name: capitals, no finite verb, no date, no bare common noun."""
    doc = reading.doc
    tokens, text = doc.tokens[start:end], doc[start:end].text
    if len(text) < 2 or not any(is_capitalised(token) for token in tokens):
        return False
    if (
        all(token.lower_ in reading.words.calendar or not token.is_alpha for token in tokens)
        and "." not in text
    ):
        return False
    if not tokens[0].text[0].isalnum() or _is_label_or_handle(doc, tokens, label):
        return False
    party = label == "NORP" and tokens[0].tag_ in {"NNPS", "NNS"}
    if end - start == 1 and not text.isupper() and not party and _is_common(reading, doc[start]):
        return False
    if reading.informal and len(text) <= 2:
        return False
    return not any(token.pos_ in {"VERB", "AUX"} and token.tag_ in _FINITE for token in tokens)


def _is_label_or_handle(doc: Doc, tokens: Sequence[Token], label: str) -> bool:
    """Say whether words label what follows or name an account: "Thread: ...", "crown_watcher"."""
    if any(token.text in {"\n", "http", "@"} or "_" in token.text for token in tokens):
        return True
    end = tokens[-1].i + 1
    labels = label == "PERSON" and len(tokens) == 1 and end < len(doc) and bool(tokens[0].is_sent_start)
    return labels and doc[end].text == ":"


def _is_common(reading: Reading, token: Token) -> bool:
    """Say whether a single word is a head, title or crowd by itself, such as "Ministry", "Governor" or "Mobs"."""
    words = reading.words
    return token.lower_ in words.crowds or any(
        table.match_from(token.doc, token.i)[0] == token.i + 1
        for table in (words.heads, words.titles, words.forces)
    )
