"""Rules for where or how somebody is put: "under house arrest", "on a list of terrorists", "took them hostage"."""

from collections.abc import Iterator

from ingest.arguments import Arguments
from ingest.bearers import Bearer, Roster
from ingest.parse import Token
from ingest.sightings import Sighting
from ingest.triggers import Frame, get_triggers

_SEIZED = Frame("opposes", "coerces", frozenset(), 1.0)
_LISTED = Frame("opposes", "sanctions", frozenset(), 0.9)
_LISTING = frozenset({"add", "enter", "include", "keep", "place", "put"})
_INTO = frozenset({"at", "behind", "from", "in", "into", "of", "on", "to", "under"})


def iter_placings(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "placed Suu Kyi under house arrest", "put Hamas on its terror list", "was held hostage by the PKK"."""
    verb, words = arguments.predicate, get_triggers()
    lemma = verb.lemma_.lower()
    if lemma not in words.placing and lemma not in _LISTING:
        return
    for name in sorted(_INTO & arguments.obliques.keys()):
        for place in arguments.obliques[name]:
            table = {"under": words.under, "from": words.lost, "of": words.lost}.get(name, words.placed)
            frames = table.get(place.lemma_.lower(), ()) if lemma in words.placing else ()
            if lemma in _LISTING and _is_list_of_foes(place):
                frames = (_LISTED,)
            for frame in frames:
                targets = roster.find_targets(arguments.patients)
                yield Sighting(frame, sources, targets, verb, f"verb:{arguments.voice}")
    if lemma in words.placing:
        for child in verb.children:
            if child.dep_ in {"oprd", "dobj", "advmod", "acomp"} and child.lemma_.lower() in words.captives:
                held = arguments.patients if child.dep_ != "dobj" else roster.list_before(child)
                yield Sighting(_SEIZED, sources, roster.find_targets(held), verb, f"verb:{arguments.voice}")


def _is_list_of_foes(noun: Token) -> bool:
    """Whether a list is one of terrorists, of the wanted or of those under sanctions."""
    if noun.lemma_.lower() == "blacklist":
        return True
    said = {token.lemma_.lower() for token in noun.subtree}
    return noun.lemma_.lower() in {"list", "register", "roster"} and bool(said & get_triggers().listed_as)
