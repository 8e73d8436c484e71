"""How well a name fits a query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from graph.identity import compare_names
from graph.identity.spelling import spelling_likeness
from graph.names import name_words, search_key
from graph.nodes import Node
from graph.search.words import TYPO_CUTOFF

Match = Literal["id", "exact", "prefix", "fuzzy"]

_RANK: Mapping[Match, int] = {"id": 0, "exact": 1, "prefix": 2, "fuzzy": 3}


@dataclass(frozen=True, slots=True)
class Hit:
    """A node that a search found.

    Attributes:
        name: The one of its names that matched.
        match: How: by its id, by a whole name, by the beginning of words, or by likeness.
        score: Within (0, 1]; 1.0 for an id or a whole name.
    """

    entity: Node
    name: str
    match: Match
    score: float


def order_hits(hit: Hit) -> tuple[int, float, int, str]:
    """Return what hits are sorted by, best first."""
    # A spelling that fits whole is better than the beginning of a longer name.
    rank = 2 if hit.match == "fuzzy" and hit.score >= 0.85 else _RANK[hit.match]
    return rank, -round(hit.score, 2), -hit.entity.mentions, hit.entity.id


def weigh(query: str, words: Sequence[str], node: Node, name: str) -> Hit | None:
    """Score one name against a query; None where no word of the query has a counterpart.

    Args:
        query: As it was asked.
        words: Its words, as search keys have them.
        node: Who goes by the name.
        name: As it is written.
    """
    own = search_key(name).split()
    begins = _all_begin(words, own)
    if begins:
        typed = sum(map(len, words)) / sum(map(len, own))
        in_order = own[: len(words)] == list(words) or own[0].startswith(words[0])
        return Hit(node, name, "prefix", round(0.7 + 0.2 * min(typed, 1.0) + 0.05 * in_order, 4))
    per_word = [max(_word_likeness(word, other) for other in own) for word in words]
    found = [likeness for likeness in per_word if likeness > 0]
    if not found:
        return None
    coverage = sum(found) / max(len(words), len(own))
    likeness = sum(found) / len(words)
    whole = compare_names(query, name, node.type)
    score = max(0.9 * whole, 0.5 * likeness + 0.3 * coverage)
    return Hit(node, name, "fuzzy", round(min(score, 0.95), 4))


def _all_begin(words: Sequence[str], of: Sequence[str]) -> bool:
    """Say whether each query word is a word of the name, and the last begins one; no word is used twice."""
    left = list(of)
    for word in words[:-1]:
        if word not in left:
            return False
        left.remove(word)
    return any(other.startswith(words[-1]) for other in left)


def _word_likeness(word: str, other: str) -> float:
    likeness = spelling_likeness(word, other)
    if likeness:
        return likeness
    given = name_words().given
    if given.get(word, frozenset()) & given.get(other, frozenset()):
        return 0.9
    typo = Levenshtein.normalized_similarity(word, other)
    return 0.8 * typo if typo >= TYPO_CUTOFF else 0.0
