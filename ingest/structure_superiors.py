"""Who serves under whom: "Under him served Ruiz and Haddad", "Ruiz, Haddad's superior", "an officer of Haddad's"."""

from collections.abc import Iterator

from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.scene import Scene

_SERVING = frozenset({"fight", "march", "serve", "train", "work"})
_SUPERIORS = frozenset({"boss", "commandant", "superior"})
_SUBORDINATES = frozenset(
    {"adjutant", "bodyguard", "henchman", "lieutenant", "officer", "orderly", "subordinate"}
)
_BEHIND_VERB = frozenset({"attr", "dobj", "npadvmod", "nsubj", "nsubjpass"})
_SURE, _LESS_SURE = 0.8, 0.75


def find_superiors(scene: Scene) -> None:
    """Add whom persons serve under; cost: linear in tokens."""
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if token.lower_ == "under" and token.head.lemma_.lower() in _SERVING and token.i < token.head.i:
            _add_served(scene, token, token.head)
        elif lemma in _SUPERIORS and token.tag_ == "NN" and scene.get(token) is None:
            for chief, other in _iter_apposed(scene, token):
                scene.add(chief, "commands", None, other, token, _SURE, "role:superior")
        elif lemma in _SUBORDINATES and token.tag_ == "NN" and scene.get(token) is None:
            for other, chief in _iter_apposed(scene, token):
                scene.add(chief, "commands", None, other, token, _LESS_SURE, "role:superior")


def _add_served(scene: Scene, under: Token, verb: Token) -> None:
    """Read "Under Haddad served Ana Ruiz, who lost an eye, and Omar Lind"."""
    chiefs = [
        index
        for child in under.children
        if child.dep_ == "pobj" and (index := _get_person(scene, child)) is not None
    ]
    if not chiefs or any(
        child.dep_ in {"nsubj", "nsubjpass"} and child.i < verb.i for child in verb.children
    ):
        return
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in _BEHIND_VERB:
            continue
        listed = [
            part
            for one in (child, *child.children)
            if one is child or one.dep_ == "appos"
            for part in expand_conjuncts(one)
        ]
        for token in listed:
            person = _get_person(scene, token)
            if person is not None:
                scene.add(chiefs[0], "commands", None, person, verb, _SURE, "verb:superior")


def _iter_apposed(scene: Scene, noun: Token) -> Iterator[tuple[int, int]]:
    """Of whom a noun is said and whose it is, both persons: "Ruiz, Haddad's superior", "is an officer of Haddad's"."""
    whose = [child for child in noun.children if child.dep_ == "poss"]
    whose += [
        pobj
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ == "of"
        for pobj in child.children
        if pobj.dep_ == "pobj" and any(mark.tag_ == "POS" for mark in pobj.children)
    ]
    if noun.dep_ == "appos":
        said_of = [noun.head]
    elif noun.dep_ == "attr" and noun.head.lemma_ == "be":
        said_of = [child for child in noun.head.children if child.dep_ == "nsubj"]
    elif noun.dep_ == "pobj" and noun.head.lower_ == "as":
        said_of = _list_subjects(noun.head.head)
    else:
        said_of = []
    said_of += [child for child in noun.children if child.dep_ == "appos"]
    for holder in said_of:
        for owner in whose:
            one, other = _get_person(scene, holder), _get_person(scene, owner)
            if one is not None and other is not None:
                yield one, other


def _list_subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, or of the one that it is joined to."""
    own = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    if own or verb.dep_ != "conj":
        return own
    return [child for child in verb.head.children if child.dep_ in {"nsubj", "nsubjpass"}]


def _get_person(scene: Scene, token: Token) -> int | None:
    """The person that a token is, or that stands beside a noun: "his deputy, Ana Ruiz,"."""
    index = scene.get(token)
    if index is None and token.pos_ == "NOUN":
        index = scene.find_beside(token)
    return index if index is not None and scene.mentions[index].type == "person" else None
