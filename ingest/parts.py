"""What is a part, a branch or an offshoot of what: "the Quds Force, the overseas branch of the Guards"."""

from collections.abc import Iterator

from ingest.arguments import find_antecedent, find_subjects
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.role_holders import iter_bearers
from ingest.scene import Scene, get_structure

_BREAKING = frozenset({"breakaway", "splinter", "dissident", "rival", "break-away"})


def add_part(scene: Scene, noun: Token) -> None:
    """Add "the Quds Force, the overseas branch of the Guards" and "X is an offshoot of Y"."""
    how = get_structure().parts.get(noun.lemma_.lower())
    if how is None:
        return
    if how == "branch-of" and any(child.lower_ in _BREAKING for child in noun.children):
        how = "splinter-of"
    wholes = [
        index
        for child in iter_prepositions(noun)
        if child.lower_ in {"of", "within", "from", "in"}
        for pobj in child.children
        if pobj.dep_ == "pobj"
        for token in expand_conjuncts(find_antecedent(pobj))
        if (index := scene.get(token)) is not None
    ]
    wholes += [
        index for child in noun.children if child.dep_ == "poss" and (index := scene.get(child)) is not None
    ]
    if not wholes:
        return
    for token in _iter_part_tokens(noun):
        part = scene.get(token)
        if part is None or part in wholes:
            continue
        for whole in wholes:
            _add_part_of(scene, part, how, whole, noun)


def iter_prepositions(noun: Token) -> Iterator[Token]:
    """Yield the prepositions that hang on a noun, and the one before a relative: "of which Niger is a member"."""
    yield from (child for child in noun.children if child.dep_ == "prep")
    if noun.dep_ == "attr":
        for child in noun.head.children:
            if any(pobj.dep_ == "pobj" and pobj.tag_ == "WDT" for pobj in child.children):
                yield child


def _iter_part_tokens(noun: Token) -> Iterator[Token]:
    head = noun.head
    yield from (
        token
        for child in noun.children
        if child.dep_ == "appos" and child.left_edge.nbor(-1).lower_ != "not"
        for token in expand_conjuncts(child)
    )
    if noun.dep_ == "appos":
        described = [token for token in expand_conjuncts(head) if token.i < noun.i]
        # "A faction" is one of those before it, the nearest: "Badr, Kata'ib Hezbollah and AAH, a faction of".
        yield from described[-1:] if noun.tag_ == "NN" else described
    elif noun.dep_ in {"attr", "dobj", "oprd"} and head.lemma_.lower() in {"be", "become", "remain", "form"}:
        yield from find_subjects(head)
    elif noun.dep_ == "pobj" and head.lower_ == "as":
        yield from iter_bearers(head.head)


def _add_part_of(scene: Scene, part: int, how: str, whole: int, noun: Token) -> None:
    types = scene.mentions[part].type, scene.mentions[whole].type
    if types[1] in {"place", "country"} and types[0] == "place":
        scene.add(part, "located-in", "part-of-place", whole, noun, 0.85, "role:part")
    elif types[1] == "place":
        return
    elif types[0] == "person" or how == "belongs-to":
        scene.add(part, "member-of", "belongs-to", whole, noun, 0.85, "role:part")
    else:
        scene.add(part, "member-of", how, whole, noun, 0.85, "role:part")
