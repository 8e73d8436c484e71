"""Places named inside nouns that stand for them: "parts of Mosul", "the town of Aden", "Aden's airport"."""

from collections.abc import Iterable

from ingest.bearers import Bearer
from ingest.parse import Token
from ingest.scene import Scene, get_structure

_SHARES = frozenset(
    {"bulk", "chunk", "half", "most", "much", "pocket", "portion", "swath", "swathe", "third"}
)
# "The east end of Lome" is a part of it, and its end is none.
_ENDS = frozenset({"bank", "edge", "end", "side"})
_INSIDE = 0.95
"""How surely what is said of the noun is said of the place."""


def is_part_of_place(token: Token) -> bool:
    """Say whether a noun is a kind, a side or a share of a place."""
    lemma = token.lemma_.lower()
    if lemma in _ENDS and any(child.lower_ in get_structure().directions for child in token.lefts):
        return True
    return lemma in get_structure().place_nouns or lemma in get_structure().directions or lemma in _SHARES


def find_place_inside(scene: Scene, token: Token) -> int | None:
    """Return the place named in "parts of Mosul", "the city of Mosul", "Mosul's airport"."""
    for descendant in token.subtree:
        index = scene.get(descendant)
        if (
            index is not None
            and scene.mentions[index].type in {"place", "country"}
            and descendant.dep_ in {"pobj", "poss", "appos", "compound", "nmod", "amod"}
            and (descendant.dep_ != "pobj" or descendant.head.lower_ in {"of", "in"})
        ):
            return index
    return None


def list_inside(scene: Scene, tokens: Iterable[Token]) -> list[Bearer]:
    """Return the places inside those of some nouns that stand for one: "took control of the town of Aden"."""
    nouns = (token for token in tokens if scene.get(token) is None and is_part_of_place(token))
    inner = (find_place_inside(scene, noun) for noun in nouns)
    return [Bearer(index, _INSIDE) for index in inner if index is not None]
