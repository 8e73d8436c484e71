"""Who leads a delegation stands for whoever sent it, and leads nobody else: "Iran's delegation, headed by Araghchi"."""

from collections.abc import Iterator

from ingest.arguments import get_arguments, is_verbal
from ingest.parse import Token
from ingest.scene import Scene

_DELEGATIONS = frozenset({"delegation"})
_LEADING = frozenset({"chair", "command", "head", "lead"})
_SENDERS = frozenset({"armed-group", "country", "government-body", "organization", "party"})
_SURE = 0.8


def is_delegation(noun: Token) -> bool:
    """Say whether a noun stands for those whom a state or a body sends to talk."""
    return noun.lemma_.lower() in _DELEGATIONS


def find_delegates(scene: Scene) -> None:
    """Add whom those represent who lead the delegations of a block; cost: linear in tokens."""
    for token in scene.doc:
        if is_delegation(token):
            senders = _list_senders(scene, token)
            for leader, verb in _iter_leaders(scene, token) if senders else ():
                for sender in senders:
                    scene.add(leader, "member-of", "represents", sender, verb, _SURE, "verb:represents")


def _list_senders(scene: Scene, noun: Token) -> list[int]:
    found = (scene.get(child) for child in noun.lefts if child.dep_ in {"amod", "compound", "nmod", "poss"})
    return [one for one in found if one is not None and scene.mentions[one].type in _SENDERS]


def _iter_leaders(scene: Scene, noun: Token) -> Iterator[tuple[int, Token]]:
    """Yield the persons by whom a delegation is led, and the verb that says so."""
    for verb in (noun.head, *noun.children):
        if verb.lemma_.lower() in _LEADING and is_verbal(verb):
            arguments = get_arguments(verb)
            if any(patient.i == noun.i for patient in (*arguments.patients, noun)):
                for token in arguments.agents:
                    person = scene.get(token)
                    if person is not None and scene.mentions[person].type == "person":
                        yield person, verb
