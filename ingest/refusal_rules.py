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
_CABINETS = frozenset({"administration", "cabinet", "coalition", "government"})
_REFUSALS = frozenset({"refusal", "unwillingness"})
_TURNED_FROM = Frame("opposes", "rejects", frozenset(), 0.85)
_ON = ("on", "upon", "against", "of")
_HEEDING = frozenset(
    {
        "accept",
        "answer",
        "approve",
        "consider",
        "grant",
        "heed",
        "honor",
        "honour",
        "listen",
        "obey",
        "reply",
        "respond",
    }
)
_REQUESTS = frozenset(
    {"appeal", "application", "call", "demand", "invitation", "offer", "overture", "petition", "plea", "proposal", "request",
     "summons", "ultimatum"}
)  # fmt: skip
_BONDING = frozenset(
    {"attend", "begin", "conclude", "continue", "enter", "hold", "join", "make", "normalise", "normalize", "open", "reopen",
     "restore", "resume", "sign", "start"}
)  # fmt: skip


def is_refused(verb: Token) -> bool:
    """Say whether a verb's subject will not do it: "will not meet", "would not talk", but not "may not" or "does not"."""
    words = {child.lower_ for child in verb.children if child.dep_ in {"aux", "neg"}}
    return bool(words & _WILL) and bool(words & {"not", "n't", "never"})


def may_refuse(verb: Token) -> bool:
    """Say whether a verb is one of refusing to let in, to lift, to heed or to talk, at the least cost."""
    lemma = verb.lemma_.lower()
    return lemma in get_triggers().shunned | _LIFTING | _HEEDING | _BONDING and is_refused(verb)


def iter_refusals(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "refused to meet Obama", "will not negotiate with the rebels", "would not lift the embargo on Cuba"."""
    verb, words = arguments.predicate, get_triggers()
    if verb.lemma_.lower() in words.shunning:
        for child in verb.children:
            if child.dep_ == "xcomp":
                yield Sighting(REBUFF, sources, _find_rebuffed(child, roster), verb, "verb:asking")
    if not may_refuse(verb):
        return
    rebuffed = _find_rebuffed(verb, roster)
    if rebuffed or verb.lemma_.lower() in words.shunned:
        yield Sighting(REBUFF, sources, rebuffed, verb, "verb:refusal")
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
        if lemma == "quit":
            yield Sighting(_TURNED_FROM, sources, _find_led(arguments, roster), verb, "verb:active")
    elif lemma == "withdraw" or any(child.lower_ == "out" for child in verb.children):
        phrases = (*arguments.obliques.get("of", ()), *arguments.obliques.get("from", ()))
        left = [noun for noun in phrases if noun.lemma_.lower() in words.bonds and roster.get(noun) is None]
    else:
        return
    yield Sighting(_TURNED_FROM, sources, roster.find_targets(left), verb, "verb:active")


def _find_led(arguments: Arguments, roster: Roster) -> list[Bearer]:
    """Who leads the government that one quits: "quit Netanyahu's cabinet"."""
    quitted = roster.find_targets(noun for noun in arguments.patients if noun.lemma_ in _CABINETS)
    return [bearer for bearer in quitted if roster.mentions[bearer.mention].type == "person"]


def iter_refused_nouns(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield "Serbia's refusal to recognise Kosovo"."""
    if noun.lemma_ not in _REFUSALS:
        return
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_.lower() in get_triggers().shunned:
            holders = [token for token in find_subjects(child) if token.i != noun.i]
            targets = roster.find_targets(_find_shunned(child))
            yield Sighting(REBUFF, roster.find_sources(holders), targets, noun, "verb:asking")


def _find_rebuffed(verb: Token, roster: Roster) -> list[Bearer]:
    """Whom one turns away by not doing a thing: not meeting him, not heeding his call, not beginning talks with him."""
    lemma = verb.lemma_.lower()
    if lemma in get_triggers().shunned and (found := roster.find_targets(_find_shunned(verb))):
        return found
    if lemma in _HEEDING:
        return _find_requesting(verb, roster)
    return roster.find_targets(_find_bound(verb)) if lemma in _BONDING else []


def _find_requesting(verb: Token, roster: Roster) -> list[Bearer]:
    """Whose request it is; a reporter who asks for a comment is not turned away as a rival is."""
    below = get_arguments(verb)
    asked = [noun for noun in (*below.patients, *below.obliques.get("to", ())) if noun.lemma_ in _REQUESTS]
    return [
        bearer for bearer in roster.find_targets(asked) if roster.mentions[bearer.mention].type != "media"
    ]


def _find_bound(verb: Token) -> tuple[Token, ...]:
    """With whom one would have talks or a pact."""
    below, bonds = get_arguments(verb), get_triggers().bonds
    nouns = [noun for noun in (*below.patients, *below.obliques.get("into", ())) if noun.lemma_ in bonds]
    inner = tuple(token for noun in nouns for token in get_obliques(noun).get("with", ()))
    return inner or (below.obliques.get("with", ()) if nouns else ())


def _find_shunned(verb: Token) -> tuple[Token, ...]:
    """Whom one keeps from meeting, hearing or letting in."""
    below = get_arguments(verb)
    names = ("under",) if verb.lemma_ == "serve" else ("with", "to")
    shared = tuple(token for thing in below.patients for token in get_obliques(thing).get("with", ()))
    return below.patients + shared + tuple(token for name in names for token in below.obliques.get(name, ()))
