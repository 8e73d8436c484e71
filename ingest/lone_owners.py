"""Lone names by what they have: "an officer of Haddad's" has a person, "Fajr's student wing" a body."""

from ingest.parse import Doc
from ingest.reading import Candidate

# Whom a person has, named in such a way: "men of Haddad's".
_OF_SOMEBODY = frozenset(
    {"adviser", "aide", "ally", "deputy", "friend", "friends", "lieutenant", "man", "men", "officer", "officers",
     "protege", "rival", "soldiers", "supporter", "supporters"}
)  # fmt: skip
_WINGS = frozenset({"arm", "branch", "wing"})
_OF_WINGS = frozenset({"armed", "women", "youth", "student", "military", "political", "paramilitary"})


def has_wing(doc: Doc, candidate: Candidate) -> bool:
    """Say whether a lone name has a wing: "Fajr's student wing"; a person's is of somebody else's party."""
    end = candidate.end_token
    if end - candidate.start_token > 1 or end + 2 >= len(doc) or doc[end].tag_ != "POS":
        return False
    return doc[end + 1].lower_ in _OF_WINGS and doc[end + 2].lower_ in _WINGS


def is_described_by_man(doc: Doc, candidate: Candidate) -> bool:
    """Say whether somebody is called a man or woman of a lone name: "a Momentum man"."""
    start, end = candidate.start_token, candidate.end_token
    if end - start > 1 or start < 1 or end >= len(doc) or doc[start - 1].lower_ not in {"a", "an"}:
        return False
    return doc[end].lower_ in {"man", "woman"} and doc[end].dep_ in {"appos", "attr"}


def is_before_who(doc: Doc, end: int) -> bool:
    """Say whether a comma and "who" stand behind a name that ends at a token."""
    return end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ in {"who", "whom"}


def is_told_by_who(doc: Doc, candidate: Candidate) -> bool:
    """Say whether "who" tells of a name without an article: "the return of Kabbah, who led it"."""
    start, end = candidate.start_token, candidate.end_token
    article = start > 0 and doc[start - 1].pos_ == "DET"
    return (
        is_before_who(doc, end) and not article and doc[end - 1].tag_ == "NNP" and doc[end - 1].text.istitle()
    )


def is_owner_behind(doc: Doc, candidate: Candidate) -> bool:
    """Say whether a name behind "of" is in the possessive with nothing behind it: "an officer of Haddad's"."""
    start, end = candidate.start_token, candidate.end_token
    if start < 2 or end >= len(doc) or doc[start - 1].lower_ != "of" or doc[end].tag_ != "POS":
        return False
    man = doc[start - 2].lower_ in _OF_SOMEBODY
    return man and (end + 1 >= len(doc) or doc[end + 1].pos_ not in {"ADJ", "NOUN", "NUM", "PROPN"})
