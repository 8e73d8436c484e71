"""Rules for whose side somebody is on, told without a word of support: "is with Oman", "counts on Chad", "was tied to the Front"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, get_arguments, get_obliques
from ingest.bearers import OWN_NAMED, Bearer, Roster
from ingest.parse import Token
from ingest.sightings import Sighting
from ingest.triggers import Frame

_SIDED = Frame("supports", None, frozenset(), 0.75)
_TIED = Frame("supports", "allied-with", frozenset(), 0.75)
_RELIED_ON = Frame("supports", None, frozenset(), 0.7)
_CROSSED = Frame("opposes", None, frozenset(), 0.9)
_AIDED = Frame("supports", "aids", frozenset(), 0.9)
_REQUESTS = frozenset({"appeal", "invitation", "plea", "request"})
_SENDING = frozenset({"commit", "deploy", "dispatch", "fly", "intervene", "rush", "send", "station"})
_RELYING = frozenset({"bank", "count", "rely"})
_TYING = frozenset({"tie"})
_OWED = frozenset(
    {
        "candidacy",
        "career",
        "job",
        "life",
        "office",
        "position",
        "post",
        "power",
        "rise",
        "seat",
        "survival",
        "throne",
        "victory",
    }
)
_VERBS = _RELYING | _TYING | {"cross", "owe"}
_WHERE = frozenset({"at", "for", "in", "near", "on", "to"})
_SIDES = frozenset({"armed-group", "community", "country", "organization", "party", "person"})


def may_stand(verb: Token) -> bool:
    """Say whether a verb may tell whose side somebody is on, at the least cost."""
    lemma = verb.lemma_.lower()
    return lemma in _VERBS or (lemma == "be" and any(child.lower_ == "with" for child in verb.children))


def iter_standings(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield who is with whom, who is relied on or owed for one's post, who is tied to whom, and who crosses whom."""
    verb = arguments.predicate
    lemma, rule = verb.lemma_.lower(), f"verb:{arguments.voice}"
    if lemma == "be":
        yield from _read_side(arguments, sources, roster)
    elif lemma in _RELYING and arguments.voice == "active":
        asked = "for" in arguments.obliques or any(
            c.dep_ in {"xcomp", "ccomp", "dobj"} for c in verb.children
        )
        relied_on = [] if asked else _find_named(arguments.obliques.get("on", ()), roster)
        yield Sighting(_RELIED_ON, relied_on, sources, verb, rule)
    elif lemma in _TYING and arguments.voice == "passive":
        tied = roster.find_sources(arguments.patients)
        yield Sighting(_TIED, tied, _find_named(arguments.obliques.get("to", ()), roster), verb, rule)
    elif lemma == "owe" and any(thing.lemma_ in _OWED for thing in arguments.patients):
        owed = arguments.obliques.get("to", ())
        owed += tuple(token for thing in arguments.patients for token in get_obliques(thing).get("to", ()))
        yield Sighting(_RELIED_ON, _find_named(owed, roster), sources, verb, rule)
    elif lemma == "cross":
        crossed = _find_named(arguments.patients, roster)
        people = [bearer for bearer in crossed if roster.mentions[bearer.mention].type == "person"]
        yield Sighting(_CROSSED, sources, people, verb, rule)


def iter_requests(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield "flew in police at the request of Togo", "sent men at Togo's request": who sends them helps who asked for them."""
    if noun.lemma_ not in _REQUESTS or noun.dep_ != "pobj" or noun.head.lower_ != "at":
        return
    verb = noun.head.head
    if verb.lemma_ in _SENDING:
        below = get_arguments(noun)
        asking = _find_named((*below.agents, *below.patients), roster)
        yield Sighting(_AIDED, roster.find_sources(get_arguments(verb).agents), asking, verb, "state")


def _read_side(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "Rao is with Oman"; but who is with somebody at a place, or with a person, may only be there with him."""
    verb = arguments.predicate
    labels = {child.dep_ for child in verb.children}
    if labels & {"acomp", "attr"} or arguments.obliques.keys() & _WHERE:
        return
    with_whom = [
        bearer
        for bearer in _find_named(arguments.obliques.get("with", ()), roster)
        if roster.mentions[bearer.mention].type == "country"
    ]
    named = [
        bearer
        for bearer in sources
        if bearer.sure == OWN_NAMED and roster.mentions[bearer.mention].type in _SIDES
    ]
    yield Sighting(_SIDED, named, with_whom, verb, "verb:active")


def _find_named(tokens: tuple[Token, ...], roster: Roster) -> list[Bearer]:
    """Those whom words name themselves: who is tied to a murder is not tied to the murdered."""
    return [bearer for bearer in roster.find_targets(tokens) if bearer.sure == OWN_NAMED]
