"""Who leads after whom: "handed the National Rally to Bardella", "resigned as its leader and was replaced by Kim"."""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.arguments import Arguments, find_subjects, get_arguments, is_verbal
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.scene import BODY_TYPES, Scene

_HANDING = frozenset({"hand", "give", "pass", "cede", "surrender", "transfer", "yield", "entrust", "turn"})
_HANDED_WHOLE = frozenset({"hand", "pass", "entrust"})
_OFFICES = frozenset({"leadership", "command", "chairmanship", "chair", "helm", "reins", "stewardship"})
_FOLLOWING = frozenset({"replace", "succeed"})
_SURE, _LESS_SURE = 0.8, 0.7


class _Office(NamedTuple):
    """What somebody is known to lead, and how."""

    how: str | None
    body: int


def find_handovers(scene: Scene) -> None:
    """Add who leads by handing over or taking over; after all other rules, which tell what the one before led.

    Cost: linear in tokens, and in findings for each verb of following.
    """
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if lemma in _HANDING and is_verbal(token):
            _add_handed(scene, token, lemma)
        elif lemma in _FOLLOWING and is_verbal(token):
            _add_follower(scene, get_arguments(token))
        elif lemma == "take" and is_verbal(token):
            _add_taker(scene, token)


def _add_handed(scene: Scene, verb: Token, lemma: str) -> None:
    arguments = get_arguments(verb)
    # One leads after another: whoever is listed further is parsed astray.
    heirs = list(_iter_persons(scene, tuple(map(_get_named, arguments.obliques.get("to", ())[:1]))))
    if not heirs or arguments.voice != "active":
        return
    for thing in arguments.patients:
        for body in _iter_bodies(scene, thing, lemma):
            for heir in heirs:
                scene.add(heir, "commands", "leads", body, verb, _SURE, "verb:handover")
            for giver in _iter_persons(scene, arguments.agents or find_subjects(verb)):
                scene.add(giver, "commands", "leads", body, verb, _SURE, "verb:handover", "past")


def _iter_bodies(scene: Scene, thing: Token, lemma: str) -> Iterator[int]:
    """The body that is handed over, or whose leadership is."""
    if thing.lemma_.lower() in _OFFICES:
        found = [
            token
            for child in thing.children
            if child.dep_ == "prep" and child.lower_ == "of"
            for pobj in child.children
            if pobj.dep_ == "pobj"
            for token in expand_conjuncts(pobj)
        ]
        found += [child for child in thing.children if child.dep_ in {"poss", "compound"}]
    else:
        found = [thing] if lemma in _HANDED_WHOLE else []
    for token in found:
        index = scene.get(token)
        if index is not None and scene.mentions[index].type in BODY_TYPES:
            yield index


def _add_follower(scene: Scene, arguments: Arguments) -> None:
    """Read "Aksener resigned as leader of the Good Party and was replaced by Dervisoglu"."""
    verb = arguments.predicate
    if "as" in arguments.obliques:
        return
    before = {scene.mentions[index].actor for index in _iter_persons(scene, arguments.patients)}
    held = {
        _Office(finding.how, finding.target)
        for finding in scene.findings
        if finding.kind == "commands"
        and scene.mentions[finding.source].actor in before
        and scene.doc[finding.trigger_token].sent == verb.sent
    }
    if len({scene.mentions[office.body].actor for office in held}) != 1:
        return
    office = min(held, key=lambda office: office.body)
    for heir in _iter_persons(scene, arguments.agents):
        scene.add(heir, "commands", office.how, office.body, verb, _LESS_SURE, "verb:handover")


def _add_taker(scene: Scene, verb: Token) -> None:
    """Read "Mora led the Union until Sorel took over": what the one before led, where he led one body alone."""
    over = next((child for child in verb.children if child.dep_ == "prt" and child.lower_ == "over"), None)
    if over is None or get_arguments(verb).patients or any(child.dep_ == "pobj" for child in over.children):
        return
    heirs = list(_iter_persons(scene, tuple(map(_get_named, find_subjects(verb)[:1]))))
    own = {scene.mentions[heir].actor for heir in heirs}
    held = {
        _Office(finding.how, finding.target)
        for finding in scene.findings
        if finding.kind == "commands"
        and finding.how == "leads"
        and scene.doc[finding.trigger_token].sent == verb.sent
        and finding.trigger_token < verb.i
        and scene.mentions[finding.source].actor not in own
    }
    bodies = {scene.mentions[office.body].actor for office in held}
    for heir in heirs if len(bodies) == 1 else ():
        office = min(held, key=lambda office: office.body)
        scene.add(heir, "commands", office.how, office.body, verb, _LESS_SURE, "verb:handover")


def _get_named(token: Token) -> Token:
    """The name beside a noun, or what there is: "his deputy, Hamida Noori, took over"."""
    return next((child for child in token.children if child.dep_ == "appos" and child.pos_ == "PROPN"), token)


def _iter_persons(scene: Scene, tokens: tuple[Token, ...]) -> Iterator[int]:
    for token in tokens:
        index = scene.get(token)
        if index is not None and scene.mentions[index].type == "person":
            yield index
