"""Bonds said anew with the verb alone: "Ruiz is a Union man, Haddad is not", "A belongs to the Bloc, as did B"."""

from dataclasses import replace

from graph.models import Modality
from ingest.arguments import find_subjects
from ingest.parse import Token
from ingest.scene import BODY_TYPES, Scene

_BONDS = frozenset({"commands", "member-of"})
_SHORT = frozenset({"be", "do", "have"})
_LEFT_OUT = frozenset({"acomp", "agent", "attr", "dobj", "prep", "xcomp"})
_CLAUSES = frozenset({"ccomp", "conj", "parataxis"})
_SURE = 0.95


def find_elliptic(scene: Scene) -> None:
    """Add the bonds of whoever shares a verb that is not said again; after all rules for verbs and roles.

    Cost: linear in tokens, and in findings for each verb that stands alone.
    """
    for token in scene.doc:
        if token.lemma_.lower() in _SHORT and (first := _find_first(token)) is not None:
            _add_shared(scene, first, token)


def _find_first(verb: Token) -> Token | None:
    """The verb of the clause before, of which one with a subject and nothing else leaves the rest out."""
    labels = {child.dep_ for child in verb.children}
    if "nsubj" not in labels or labels & _LEFT_OUT:
        return None
    before = next((child for child in verb.children if child.dep_ in _CLAUSES and child.i < verb.i), None)
    if before is not None and "neg" in labels:
        return before
    compared = any(child.lower_ == "as" and child.dep_ in {"mark", "advmod"} for child in verb.children)
    if verb.dep_ == "advcl" and compared and verb.head.i < verb.i:
        return verb.head
    return verb.head if verb.dep_ == "conj" and "neg" in labels else None


def _are_alike(scene: Scene, one: int, other: int) -> bool:
    types = {scene.mentions[one].type, scene.mentions[other].type}
    return len(types) == 1 or types <= BODY_TYPES


def _add_shared(scene: Scene, first: Token, verb: Token) -> None:
    said_of = {scene.get(token) for token in find_subjects(first)}
    past: Modality | None = "past" if verb.tag_ == "VBD" and first.tag_ != "VBD" else None
    triggers = {first.i, *(child.i for child in first.children if child.dep_ in {"acomp", "attr"})}
    shared = [
        finding
        for finding in scene.findings
        if finding.kind in _BONDS and finding.source in said_of and finding.trigger_token in triggers
    ]
    for finding in shared:
        for token in find_subjects(verb):
            source = scene.get(token)
            if source is not None and _are_alike(scene, source, finding.source):
                scene.findings.append(
                    replace(
                        finding,
                        source=source,
                        trigger_token=verb.i,
                        confidence=round(finding.confidence * _SURE, 3),
                        modality=past or finding.modality,
                    )
                )
