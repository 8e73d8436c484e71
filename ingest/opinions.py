"""Who tells of something or holds it true in other words than a verb of speech: "is convinced that", "in Peru's view"."""

from ingest.arguments import find_subjects
from ingest.cues import get_cues
from ingest.parse import Token

_CONVINCED = frozenset(
    {"adamant", "categorical", "certain", "confident", "convinced", "emphatic", "explicit", "insistent", "persuaded", "positive",
     "sure", "unequivocal"}
)  # fmt: skip
_VIEWS = frozenset(
    {"account", "assessment", "estimation", "eye", "judgement", "judgment", "mind", "opinion", "reckoning", "telling", "version",
     "view", "word"}
)  # fmt: skip
_TOLD = frozenset(
    {"case", "conviction", "evidence", "information", "intelligence", "point", "proof", "reason", "suspicion"}
)
_TELLING = frozenset(
    {"cite", "express", "gather", "give", "have", "hold", "issue", "make", "possess", "present", "produce", "publish", "put",
     "raise", "release", "repeat", "show", "voice"}
)  # fmt: skip
_WRITINGS = frozenset(
    {"article", "assessment", "book", "bulletin", "communique", "communiqué", "document", "dossier", "filing", "indictment",
     "letter", "memo", "memorandum", "message", "note", "paper", "petition", "post", "release", "report", "speech", "statement",
     "study", "survey", "text", "tweet", "video"}
)  # fmt: skip
_BY = frozenset({"by", "from", "of"})
_OBJECTS = frozenset({"dobj", "pobj"})


def find_opinion_holder(clause: Token, above: Token) -> Token | None:
    """Return who holds a clause true, by the word right above it: "is adamant that", "has proof that", "let it be known that".

    Cost: a look at the children of a few words.
    """
    if clause.dep_ not in {"acl", "ccomp", "relcl"} or not _is_told(clause):
        return None
    if above.lower_ == "known" and above.head.lemma_ == "let":
        return _get_first_subject(above.head) or _get_opening(above.head)
    verb = _find_telling(clause, above)
    return None if verb is None else _get_first_subject(verb)


def _find_telling(clause: Token, above: Token) -> Token | None:
    """The verb whose subject it is that holds a clause true."""
    if above.lemma_ == "be" and any(c.dep_ == "acomp" and c.lower_ in _CONVINCED for c in above.children):
        return above
    if above.lower_ in _CONVINCED and clause.dep_ == "ccomp":
        return above.head if above.dep_ == "acomp" else above
    if above.lemma_ in _TOLD and above.dep_ == "dobj" and above.head.lemma_ in _TELLING:
        return above.head
    argued = above.dep_ == "pobj" and above.head.head.lemma_ in get_cues().speech_verbs
    return above.head.head if argued and clause.dep_ != "ccomp" else None  # "argued in a book that"


def find_view_holder(phrase: Token) -> Token | None:
    """Return whose view a phrase beside a clause gives: "in Peru's view", "in the words of Ito", "per Reuters"."""
    noun = next((child for child in phrase.children if child.dep_ == "pobj"), None)
    if phrase.dep_ != "prep" or noun is None:
        return None
    if phrase.lower_ == "per":
        return noun if noun.pos_ == "PROPN" else None
    return _find_author(noun) if phrase.lower_ in {"in", "to"} and noun.lemma_ in _VIEWS else None


def find_author(noun: Token) -> Token | None:
    """Return whose words a writing holds: "a letter from Ito", "Peru's statement", "a UN report"; None for other nouns."""
    return _find_author(noun) if noun.lemma_ in _WRITINGS else None


def _find_author(noun: Token) -> Token | None:
    for child in noun.children:
        if child.dep_ == "poss" or (child.dep_ in {"compound", "nmod"} and child.pos_ == "PROPN"):
            return child
        if child.dep_ in {"agent", "prep"} and child.lower_ in _BY:
            return next((grand for grand in child.children if grand.dep_ == "pobj"), None)
    return None


def _is_told(clause: Token) -> bool:
    """Whether a clause is a whole one behind "that", also where that was taken for its object."""
    that = next((child for child in clause.children if child.lower_ == "that" and child.i < clause.i), None)
    if that is None:
        return clause.dep_ == "ccomp"
    others = [
        child for child in clause.children if child.dep_ in _OBJECTS | {"prep", "dative"} and child != that
    ]
    has_subject = any(child.dep_ in {"nsubj", "nsubjpass"} and child != that for child in clause.children)
    return has_subject and (that.dep_ == "mark" or bool(others))


def _get_first_subject(verb: Token) -> Token | None:
    return next(iter(find_subjects(verb)), None)


def _get_opening(verb: Token) -> Token | None:
    """The name right before a verb whose subject the parser missed."""
    return next(
        (child for child in verb.children if child.dep_ == "npadvmod" and child.i == verb.i - 1), None
    )
