"""Rules for where or how somebody is put: "under house arrest", "on a list of terrorists", "took them hostage"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, get_obliques
from ingest.bearers import Bearer, Roster
from ingest.parse import Token
from ingest.sightings import Sighting
from ingest.triggers import Frame, get_triggers

_SEIZED = Frame("opposes", "coerces", frozenset(), 1.0)
_LISTED = Frame("opposes", "sanctions", frozenset(), 0.9)
_BOARDED = Frame("opposes", "coerces", frozenset(), 0.8)
_FORCING = frozenset({"bundle", "force", "herd", "hustle", "load", "pack", "push", "put", "shove", "throw"})
_CRAFT = frozenset({"boat", "bus", "flight", "helicopter", "lorry", "plane", "ship", "train", "truck", "van"})
_STRIKING = frozenset({"cross", "delete", "drop", "expunge", "keep", "purge", "remove", "strike", "take"})
_LISTS = frozenset({"ballot", "list", "register", "registry", "roll", "roster"})
_LISTING = frozenset({"add", "enter", "include", "keep", "place", "put"})
_INTO = frozenset({"at", "before", "behind", "from", "in", "into", "of", "on", "to", "under"})


def iter_placings(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "placed Suu Kyi under house arrest", "put Hamas on its terror list", "was held hostage by the PKK"."""
    verb, words = arguments.predicate, get_triggers()
    lemma = verb.lemma_.lower()
    yield from _read_boarding(arguments, sources, roster)
    yield from _read_striking(arguments, sources, roster)
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
            if child.dep_ in {"oprd", "dobj", "advmod", "acomp", "advcl", "xcomp"} and words.captives & {
                child.lemma_.lower(),
                child.lower_,
            }:
                held = arguments.patients if child.dep_ != "dobj" else roster.list_before(child)
                yield Sighting(_SEIZED, sources, roster.find_targets(held), verb, f"verb:{arguments.voice}")


def _read_boarding(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "put Rao on a plane to Oman", of a person who is sent away."""
    verb = arguments.predicate
    aboard = (
        *arguments.obliques.get("on", ()),
        *arguments.obliques.get("onto", ()),
        *arguments.obliques.get("aboard", ()),
    )
    if verb.lemma_ in _FORCING and any(craft.lemma_ in _CRAFT for craft in aboard):
        people = [bearer for bearer in roster.find_targets(arguments.patients)
                  if roster.mentions[bearer.mention].type == "person"]  # fmt: skip
        yield Sighting(_BOARDED, sources, people, verb, f"verb:{arguments.voice}")


def _read_striking(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "struck the party off the ballot", "was struck from the lists by a court"; but not off a list of foes."""
    verb = arguments.predicate
    left = (*arguments.obliques.get("off", ()), *arguments.obliques.get("from", ()))
    lists = [noun for noun in left if noun.lemma_ in _LISTS and not _is_told_whose(noun)]
    if verb.lemma_ in _STRIKING and lists and not any(map(_is_list_of_foes, lists)):
        yield Sighting(
            _LISTED, sources, roster.find_targets(arguments.patients), verb, f"verb:{arguments.voice}"
        )


def _is_told_whose(noun: Token) -> bool:
    """Whether a list may be any: "its list of holiday spots", but not "the lists" or "the electoral register"."""
    told = any(child.dep_ in {"poss", "prep"} or child.lower_ in {"a", "an"} for child in noun.children)
    return noun.lemma_ == "list" and told


def list_placed(verb: Token) -> list[Frame]:
    """Return what the place that somebody is put in says is done to him: of "put under house arrest", that he is coerced."""
    words = get_triggers()
    return [
        frame
        for name, places in get_obliques(verb).items()
        for place in places
        for frame in (words.under if name == "under" else words.placed).get(place.lemma_.lower(), ())
    ]


def _is_list_of_foes(noun: Token) -> bool:
    """Whether a list is one of terrorists, of the wanted or of those under sanctions."""
    if noun.lemma_.lower() == "blacklist":
        return True
    said = {token.lemma_.lower() for token in noun.subtree}
    return noun.lemma_.lower() in {"list", "register", "roster"} and bool(said & get_triggers().listed_as)
