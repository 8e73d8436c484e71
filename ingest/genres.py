"""Whether a text describes, as works of reference do, or reports what was said and done of late."""

import re

_SENTENCE_END = re.compile(r"[a-z\d)\]\"\u201d][.!?](?=\s|\[|$)")
_BRACKETS = re.compile(r"\([^()]*\)")
_COPULA = re.compile(r"\b(?:is|was|are|were)\b")
# Somebody speaks, or the day is that of the writing.
_REPORTED = re.compile(r"\b(?:said|says|told|today|yesterday|tomorrow|[Ww]e|[Oo]ur|I|my)\b|[\u201c\u201d]")
_CLAUSE_END = re.compile(r"[a-z][.;:] ")
_INSIDE_NAMES = frozenset(
    {
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "at",
        "a",
        "an",
        "to",
        "from",
        "between",
        "during",
        "de",
        "la",
        "el",
    }
)
_ARTICLES = frozenset({"a", "an", "the", "one"})
_FOUNDED = frozenset(
    {"founded", "established", "formed", "created", "built", "fought", "organised", "organized"}
)
_OPENING_CHARS = 600
_MOST_NAME_WORDS, _MOST_COMMON_WORDS = 14, 2
_LEAST_DEFINED, _LEAST_TOLD = 2, 3
_NEAR, _FAR = 4, 6


def is_description(text: str) -> bool:
    """Say whether a text of several sentences opens by saying what its subject is, or lets nobody speak.

    "Tarnów Mill is a museum in Nowa Wola. It was built in 1890." describes; "Shelling was heard in Nowa Wola, residents
    said." reports. Cost: linear in characters.
    """
    sentences = len(_SENTENCE_END.findall(text))
    if sentences >= _LEAST_TOLD and _REPORTED.search(text) is None:
        return True
    return sentences >= _LEAST_DEFINED and _defines(text)


def _defines(text: str) -> bool:
    """Whether the first sentence says what a name is or was: "Nowa Wola (pop. 300) is a village"."""
    lines = (line.strip() for line in text.splitlines())
    opening = next((line for line in lines if _SENTENCE_END.search(line)), "")[:_OPENING_CHARS]
    opening = _BRACKETS.sub(" ", _BRACKETS.sub(" ", opening))
    copula = _COPULA.search(opening)
    if copula is None or _CLAUSE_END.search(opening, 0, copula.start()):
        return False
    name, *_ = opening[: copula.start()].split(",")
    return _is_name(name.split()) and _tells_kind(opening[copula.end() :].split())


def _is_name(words: list[str]) -> bool:
    common = [word for word in words[1:] if word.islower() and word not in _INSIDE_NAMES]
    capital = any(word[0].isupper() for word in words)
    return capital and len(words) <= _MOST_NAME_WORDS and len(common) <= _MOST_COMMON_WORDS


def _tells_kind(words: list[str]) -> bool:
    return not (_ARTICLES | _FOUNDED).isdisjoint(words[:_NEAR]) or "of" in words[:_FAR]
