"""Rules for what is held back from somebody: "refused to meet Obama", "will not lift the embargo on Cuba"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, find_subjects, get_arguments, get_obliques
from ingest.bearers import Bearer, Roster
from ingest.parse import Token
from ingest.sightings import Sighting, is_any
from ingest.triggers import Frame, get_triggers

REBUFF = Frame("opposes", "rejects", frozenset(), 1.0)
_KEPT = Frame("opposes", "sanctions", frozenset(), 0.9)
_WILL = frozenset({"will", "would", "wo", "'ll"})
_LIFTING = frozenset({"lift", "ease", "end", "relax", "remove", "loosen", "suspend", "waive"})
_RESTRAINTS = frozenset(
    {"ban", "blockade", "boycott", "embargo", "penalty", "restriction", "sanction", "siege", "tariff"}
)
_REFUSALS = frozenset({"refusal", "unwillingness"})
_TURNED_FROM = Frame("opposes", "rejects", frozenset(), 0.85)
_ON = ("on", "upon", "against", "of")


def is_refused(verb: Token) -> bool:
    """Say whether a verb's subject will not do it: "will not meet", "would not talk", but not "may not" or "does not"."""
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "neg"}}
    return bool(words & _WILL) and bool(words & {"not", "n't", "never"})


def may_refuse(verb: Token) -> bool:
    """Say whether a verb is one of refusing to let in or to lift, at the least cost."""
    lemma = verb.lemma_.lower()
    return (lemma in get_triggers().shunned or lemma in _LIFTING) and is_refused(verb)


def iter_refusals(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "refused to meet Obama", "will not negotiate with the rebels", "would not lift the embargo on Cuba"."""
    verb, words = arguments.predicate, get_triggers()
    if verb.lemma_.lower() in words.shunning:
        for child in verb.children:
            if child.dep_ == "xcomp" and child.lemma_.lower() in words.shunned:
                yield Sighting(
                    REBUFF, sources, roster.find_targets(_find_shunned(child)), verb, "verb:asking"
                )
    if not may_refuse(verb):
        return
    if verb.lemma_.lower() in words.shunned:
        yield Sighting(REBUFF, sources, roster.find_targets(_find_shunned(verb)), verb, "verb:refusal")
        return
    for thing in arguments.patients:
        if is_any(thing, _RESTRAINTS):
            below = get_obliques(thing)
            kept_on = [t for name in _ON for t in (*below.get(name, ()), *arguments.obliques.get(name, ()))]
            yield Sighting(_KEPT, sources, roster.find_targets(kept_on), verb, "verb:refusal")


def iter_quits(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "walked out of talks with Armenia", "withdrew from the truce with", "quit the coalition with"."""
    verb, words = arguments.predicate, get_triggers()
    lemma = verb.lemma_.lower()
    if lemma not in words.quitting or arguments.voice != "active":
        return
    if lemma in {"exit", "leave", "quit"}:
        bonds = [noun for noun in arguments.patients if noun.lemma_.lower() in words.bonds]
        left = [*bonds, *arguments.obliques.get("with", ())] if bonds else []
    elif lemma == "withdraw" or any(child.lower_ == "out" for child in verb.children):
        phrases = (*arguments.obliques.get("of", ()), *arguments.obliques.get("from", ()))
        left = [noun for noun in phrases if noun.lemma_.lower() in words.bonds and roster.get(noun) is None]
    else:
        return
    yield Sighting(_TURNED_FROM, sources, roster.find_targets(left), verb, "verb:active")


def iter_refused_nouns(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield "Serbia's refusal to recognise Kosovo"."""
    if noun.lemma_ not in _REFUSALS:
        return
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_.lower() in get_triggers().shunned:
            holders = [token for token in find_subjects(child) if token.i != noun.i]
            targets = roster.find_targets(_find_shunned(child))
            yield Sighting(REBUFF, roster.find_sources(holders), targets, noun, "verb:asking")


def _find_shunned(verb: Token) -> tuple[Token, ...]:
    """Whom one keeps from meeting, hearing or letting in."""
    below = get_arguments(verb)
    return below.patients + below.obliques.get("with", ()) + below.obliques.get("to", ())
