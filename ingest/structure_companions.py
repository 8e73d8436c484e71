"""What unknown names are, by whom they are listed with and by what is done to them.

"Los Chapitos and La Mayiza" are two of a kind, who is arrested or congratulated is a person, what beats a party at the
polls is one.
"""

from collections.abc import Sequence

from ingest.genders import get_gendered_words
from ingest.parse import Doc, Token
from ingest.reading import Candidate

_SURE = 2
_KINDS = frozenset({"armed-group", "party", "person", "place"})
_LOCATIVE = frozenset({"across", "around", "at", "from", "in", "into", "near", "outside", "to", "towards"})
# What is done to people, hardly to firms and towns.
DONE_TO_PEOPLE = frozenset(
    {"appoint", "arrest", "assassinate", "congratulate", "detain", "elect", "extradite", "imprison", "impeach",
     "inaugurate", "interrogate", "jail", "kidnap", "meet", "murder", "nominate", "pardon", "reelect"}
)  # fmt: skip
_BEATING = frozenset({"beat", "defeat", "outpoll", "overtake", "trail"})
_CAMPAIGNS = frozenset({"alliance", "campaign", "coalition", "initiative", "movement", "rally", "union"})
_FIGHTING = frozenset({"army", "defence", "defense", "jihad", "liberation", "resistance", "salvation"})
# What parties believe in, and what bodies of believers are called: "Christian Democratic Union", "Liberal Forum".
_CREEDS = frozenset(
    {"agrarian", "centrist", "christian", "communist", "conservative", "democratic", "democrats", "ecologist", "green",
     "liberal", "nationalist", "populist", "progressive", "radical", "republican", "socialist", "unionist"}
)  # fmt: skip
_CIRCLES = frozenset(
    {"accord", "action", "alternative", "appeal", "assembly", "congress", "forum", "league", "movement", "rally",
     "union"}
)  # fmt: skip
_OF_WORK = frozenset({"clergy", "lawyers", "medical", "students", "teachers", "trade", "women", "workers"})
_WORDS_FOR_PARTY = frozenset({"partai", "partei", "parti", "partia", "partido", "partij", "partito", "pati"})
# Creeds of parties in other languages, and how their names begin and end there: "Peru Libre", "Juntos por el Cambio".
_CREEDS_ABROAD = frozenset(
    {"democratica", "democratico", "democratique", "demokratik", "demokratiko", "demokratis", "demokratska",
     "demokratyczna", "nacionalista", "republicana", "republicano", "socialista", "socialiste", "socialdemocrata",
     "sosialista", "unionista"}
)  # fmt: skip
_TOGETHER = frozenset({"alianza", "avanza", "ensemble", "insieme", "juntos", "somos", "todos", "unidos"})
_AT_END = frozenset({"libera", "libre", "lista", "popular", "unida", "unido"})
_OF_PEOPLE = frozenset({"action", "alliance", "alternative", "league", "movement", "rally"})
_ALLIED = frozenset({"coalition", "list", "ticket", "vote", "votes", "voters"})
_ALLYING = frozenset({"for", "of", "to", "with"})
_UNITED = frozenset({"rally", "union"})
_MOST_WORDS = 3
_FEWEST_WORDS = 2
_OTHERS_ABROAD = frozenset(
    {"banco", "caja", "canal", "diario", "editorial", "prensa", "radio", "republica", "teatro", "universidad"}
)


def find_kind_of_companions(doc: Doc, found: Sequence[Candidate], place: int) -> str | None:
    """Return the type of those a name is listed with, where they are sure and of one type; None where it tells nothing.

    A name that may be a person's needs two of them: "Mensah and the Unity Party" are not of a kind.

    Args:
        doc: The parse of the block.
        found: The candidates of the block, in text order.
        place: Which of them is meant.
    """
    candidate = found[place]
    top = get_head(doc, candidate)
    while top.dep_ == "conj":
        top = top.head
    heads = _list_conjuncts(top) - {get_head(doc, candidate).i}
    if not heads:
        return None
    beside = [other for other in found if not other.nested and get_head(doc, other).i in heads]
    kinds = {other.type for other in beside if _is_sure(other)}
    if len(kinds) != 1 or not kinds <= _KINDS or len(beside) < len(heads):
        return None
    kind = kinds.pop()
    if kind == "place":
        return kind if top.dep_ == "pobj" and top.head.lower_ in _LOCATIVE else None
    if kind == "person":
        return kind if is_like_surname(doc, candidate) else None
    return (
        kind
        if candidate.type == "organization" or doc[candidate.start_token].lower_ in {"la", "los"}
        else None
    )


def _list_conjuncts(top: Token) -> set[int]:
    """Return a noun and all that are joined to it, by their place."""
    listed, waiting = set[int](), [top]
    while waiting:
        token = waiting.pop()
        listed.add(token.i)
        waiting += [child for child in token.children if child.dep_ == "conj" and child.pos_ != "VERB"]
    return listed


def _is_sure(candidate: Candidate) -> bool:
    sure = candidate.known_id is not None or candidate.strength >= _SURE
    return (
        sure
        or candidate.type in {"armed-group", "party"}
        or (candidate.type == "person" and len(candidate.name.split()) > 1)
    )


def is_done_to_person(doc: Doc, candidate: Candidate) -> bool:
    """Say whether a name is the object of what is done to people: "jailed Imamoglu", "Persad was congratulated"."""
    head = get_head(doc, candidate)
    objects = head.dep_ in {"dobj", "nsubjpass"} and head.head.lemma_.lower() in DONE_TO_PEOPLE
    return objects and is_like_surname(doc, candidate)


def is_full_name(doc: Doc, candidate: Candidate) -> bool:
    """Say whether a name begins with a given name, or a clause with "who" or "whom" tells of it."""
    tokens = list(doc[candidate.start_token : candidate.end_token])
    if (
        len(tokens) > _MOST_WORDS
        or not all(token.text.istitle() for token in tokens)
        or _has_article(doc, candidate)
    ):
        return False
    told = any(
        child.dep_ == "relcl" and any(word.lower_ in {"who", "whom"} for word in child.children)
        for child in get_head(doc, candidate).children
    )
    words = get_gendered_words()
    return told or (len(tokens) > 1 and tokens[0].lower_ in words["male"] | words["female"])


def is_like_surname(doc: Doc, candidate: Candidate) -> bool:
    """Say whether a name is one capitalised word without an article, as surnames are."""
    word = doc[candidate.start_token]
    return (
        candidate.end_token - candidate.start_token == 1
        and word.text.istitle()
        and word.tag_ == "NNP"
        and not _has_article(doc, candidate)
    )


def _has_article(doc: Doc, candidate: Candidate) -> bool:
    return candidate.start_token > 0 and doc[candidate.start_token - 1].lower_ in {"a", "an", "the"}


def is_named_as_party(candidate: Candidate) -> bool:
    """Say whether a name tells by itself that it is a party's: "Partido Verde", "Christian Democratic Union"."""
    name = _split_name(candidate)
    if not _WORDS_FOR_PARTY.isdisjoint(name):
        return True
    if _is_named_abroad(name) or (
        name[0] == "people" and name[-1] in _OF_PEOPLE and _FIGHTING.isdisjoint(name)
    ):
        return True
    if not _FIGHTING.isdisjoint(name) or candidate.type not in {"organization", "government-body"}:
        return False
    creed = not _CREEDS.isdisjoint(name) and not _CIRCLES.isdisjoint(name) and _OF_WORK.isdisjoint(name)
    return creed or (candidate.type == "organization" and name[0] in _UNITED and name[1:2] == ["for"])


def _is_named_abroad(name: Sequence[str]) -> bool:
    """Say whether a name of two words or more is a party's in another language: "Accion Democratica", "Juntos por Lima"."""
    if len(name) < _FEWEST_WORDS or name[0] in _OTHERS_ABROAD:
        return False
    return (
        name[0] in _TOGETHER
        or name[-1] in _CREEDS_ABROAD
        or (len(name) == _FEWEST_WORDS and name[-1] in _AT_END)
    )


def is_campaigning(doc: Doc, found: Sequence[Candidate], place: int) -> bool:
    """Say whether a body is a party, by a person who owns it, whom it beats, and what is joined with it.

    Args:
        doc: The parse of the block.
        found: The candidates of the block, in text order.
        place: Which of them is meant.
    """
    candidate = found[place]
    name = _split_name(candidate)
    if not _FIGHTING.isdisjoint(name) or candidate.type != "organization":
        return False
    head = get_head(doc, candidate)
    if name[-1] in _CAMPAIGNS and _is_owned_by_person(doc, found, place):
        return True
    if head.dep_ in {"nsubj", "dobj"} and head.head.lemma_.lower() in _BEATING:
        other = [c for c in head.head.children if c.dep_ in {"nsubj", "dobj"} and c.i != head.i]
        return any(o.type == "party" and get_head(doc, o) in other for o in found)
    return head.dep_ == "pobj" and head.head.lower_ in _ALLYING and head.head.head.lower_ in _ALLIED


def _split_name(candidate: Candidate) -> list[str]:
    return candidate.name.casefold().replace("'s", "").replace("'", "").split()


def _is_owned_by_person(doc: Doc, found: Sequence[Candidate], place: int) -> bool:
    owner, start = found[place - 1] if place else None, found[place].start_token
    if owner is None or owner.end_token + 1 != start:
        return False
    return owner.type == "person" and doc[owner.end_token].tag_ == "POS"


def get_head(doc: Doc, candidate: Candidate) -> Token:
    """Return the token that heads a candidate."""
    return doc[candidate.start_token : candidate.end_token].root
