"""Nouns that speak for somebody, and the words by which a speaker is told."""

from ingest.parse import Token

_MAX_WORDS = 12
_CLOSING_MARKS = frozenset({",", "(", ")", "[", "]", ";", ":", "-", "--", "\u2013", "\u2014"})
_SPEAKING_NOUNS = frozenset(
    {
        "spokesman", "spokeswoman", "spokesperson", "official", "minister", "ministry", "government",
        "statement", "commander", "leader", "diplomat", "aide", "lawyer", "envoy", "ambassador", "representative",
        "police", "president", "premier", "army", "military", "chief", "negotiator", "delegation",
    }
)  # fmt: skip


def is_speaking_noun(noun: Token) -> bool:
    """Say whether a noun is one that speaks for a body or state: "spokesman", "official", "ministry"."""
    return noun.lemma_.lower() in _SPEAKING_NOUNS


def get_words(noun: Token) -> str:
    """Return a noun phrase without what hangs on it after a comma or as a clause, at most 12 words long."""
    start, end = noun.left_edge.i, noun.i + 1
    for child in noun.rights:
        if child.dep_ not in {"prep", "flat", "nmod", "compound", "amod"} or child.i > end:
            break
        end = child.right_edge.i + 1
    marks = (token.i for token in noun.doc[noun.i + 1 : end] if token.text in _CLOSING_MARKS)
    end = min(next(marks, end), noun.i + 1 + _MAX_WORDS)
    start = max(start, end - 2 * _MAX_WORDS)
    return noun.doc[start:end].text
