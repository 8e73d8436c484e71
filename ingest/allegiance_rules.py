"""Rules for whose side somebody takes, told by what he does: "fought on Oman's side", "followed Rao into exile".

Who is put in power, or picked for it, is helped by whoever does that; a party that draws its votes from a people has that
behind it.
"""

from collections.abc import Collection, Iterator

from ingest.arguments import Arguments, get_arguments, get_obliques
from ingest.bearers import BY_DEED, OWN_NAMED, Bearer, Roster
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.sightings import Sighting
from ingest.triggers import Frame

_SIDED = Frame("supports", "endorses", frozenset(), 0.9)
_FOUGHT_BESIDE = Frame("supports", "fights-alongside", frozenset(), 0.95)
_GONE_OVER = Frame("supports", "allied-with", frozenset(), 0.85)
_FOLLOWED = Frame("supports", None, frozenset(), 0.85)
_CHOSEN = Frame("supports", "endorses", frozenset(), 0.85)
_VOTED = Frame("supports", None, frozenset(), 0.8)
_AGAINST = Frame("opposes", None, frozenset(), 0.9)
_SIDES = frozenset({"camp", "cause", "colour", "color", "flag", "rank", "side"})
_FIGHTING = frozenset({"battle", "fight", "serve", "soldier", "struggle", "war"})
_BEING = frozenset(
    {"be", "come", "come down", "enter", "intervene", "join", "remain", "stand", "stay", "weigh"}
)
_GOING = frozenset(
    {"come", "cross", "defect", "desert", "flock", "go", "pass", "rally", "return", "swing", "switch", "win"}
)
_TAKING = frozenset({"take", "embrace", "espouse", "join", "champion", "adopt"})
_WHERE = frozenset({"banishment", "battle", "captivity", "exile", "faction", "government", "hiding", "opposition", "party",
                    "prison", "revolt", "underground", "war"})  # fmt: skip
_POWER = frozenset({"office", "power", "presidency", "throne"})
_PUTTING = frozenset(
    {"bring", "carry", "help", "install", "lift", "place", "propel", "put", "restore", "return", "sweep"}
)
_PICKING = frozenset({"choose", "pick", "propose", "put forward", "select", "tap"})
_OFFICES = frozenset({"chairman", "chancellor", "governor", "leader", "mayor", "premier", "presidency", "president",
                      "premiership", "speaker"})  # fmt: skip
_DRAWING = frozenset({"draw", "get", "win"})
_VOTES = frozenset({"backing", "base", "following", "support", "voter", "vote", "strength"})
_ACTORS = frozenset({"armed-group", "community", "country", "party", "person"})
_VOTERS = frozenset({"armed-group", "community", "party", "person"})
_ELECTED = frozenset({"armed-group", "organization", "party", "person"})
_JOINED = frozenset({"armed-group", "government-body", "party", "person", "security-force"})
_SMALL = frozenset({"advmod", "prt"})
_FROM = frozenset({"among", "from"})
_BY_SIDE = frozenset({"shoulder", "side"})


def get_allegiance_verbs() -> frozenset[str]:
    """Return the verbs, by lemma, that these rules look at."""
    keys = _FIGHTING | _BEING | _GOING | _TAKING | _PUTTING | _PICKING | _DRAWING | {"follow"}
    return frozenset(key.partition(" ")[0] for key in keys)


def iter_allegiances(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield on whose side somebody fights, whom he follows, lifts into power or picks for it, and whom he is for."""
    verb, rule = arguments.predicate, f"verb:{arguments.voice}"
    lemma = verb.lemma_.lower()
    for frame, side in _iter_sides(arguments):
        yield Sighting(frame, sources, _find_owners(side, roster), verb, rule)
    if lemma in _GOING and any(child.lower_ == "over" and child.dep_ in _SMALL for child in verb.children):
        joined = _find_named(arguments.obliques.get("to", ()), _JOINED, roster)
        yield Sighting(_GONE_OVER, sources, joined, verb, rule)
    if lemma in _FIGHTING | {"stand", "march"} and arguments.voice == "active":
        yield from _read_side_by_side(arguments, sources, roster)
    if lemma == "follow" and arguments.voice == "active":
        led = _find_named(arguments.patients, {"person"}, roster)
        if _has_noun(arguments, "into", _WHERE) or _is_into_body(arguments, roster):
            yield Sighting(_FOLLOWED, sources, led, verb, rule)
    elif lemma in _PUTTING and (_has_noun(arguments, "in", _POWER) or _has_noun(arguments, "to", _POWER)
                                or _has_noun(arguments, "into", _POWER)):  # fmt: skip
        lifted = _find_named(arguments.patients, {"armed-group", "party", "person"}, roster)
        yield Sighting(_FOLLOWED, sources, lifted, verb, rule)
    elif lemma in _PICKING and (
        _has_noun(arguments, "for", _OFFICES) or _has_noun(arguments, "as", _OFFICES)
    ):
        voters = [source for source in sources if roster.mentions[source.mention].type in _ACTORS]
        yield Sighting(_CHOSEN, voters, _find_named(arguments.patients, {"person"}, roster), verb, rule)
    elif lemma in _DRAWING and any(thing.lemma_ in _VOTES for thing in arguments.patients):
        yield from _read_votes(arguments, sources, roster)
    elif lemma == "be":
        yield from _read_for_or_against(arguments, sources, roster)


def _iter_sides(arguments: Arguments) -> Iterator[tuple[Frame, Token]]:
    """Yield the nouns for a side that one fights on, goes over to or takes, each with what that is."""
    verb = arguments.predicate
    lemma = verb.lemma_.lower()
    phrases = arguments.obliques
    for name in ("on", "at", "under"):
        for side in phrases.get(name, ()):
            if side.lemma_ in _SIDES and lemma in _FIGHTING:
                yield _FOUGHT_BESIDE, side
            elif side.lemma_ in _SIDES and name == "on" and lemma in _BEING:
                yield _SIDED, side
    for side in (*phrases.get("to", ()), *phrases.get("into", ())):
        if side.lemma_ in _SIDES and lemma in _GOING:
            yield _GONE_OVER, side
    if lemma in _TAKING and arguments.voice == "active":
        yield from ((_SIDED, side) for side in arguments.patients if side.lemma_ in _SIDES)


def _find_owners(side: Token, roster: Roster) -> list[Bearer]:
    """Whose side it is: "Oman's side", "the Omani side", "the side of Oman"."""
    below = get_arguments(side)
    return roster.find_targets((*below.agents, *below.patients, *below.modifiers))


def fights_beside(verb: Token) -> Token | None:
    """Return the last word of "side by side" or "together" right behind a verb: who fights so does not fight the other."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 5, verb.sent.end - 1)]:
        if token.lower_ == "together":
            return token
        if token.lower_ in _BY_SIDE and token.i + 2 < verb.sent.end and token.nbor(2).lower_ == token.lower_:
            return token.nbor(2)
    return None


def _read_side_by_side(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "Oman and Chad fought side by side", "fought side by side with Oman"."""
    verb = arguments.predicate
    last = fights_beside(verb)
    if last is None:
        return
    with_whom = arguments.obliques.get("with", ()) + get_obliques(last).get("with", ())
    if with_whom:
        yield Sighting(_FOUGHT_BESIDE, sources, roster.find_targets(with_whom), verb, "verb:active")
    elif len(sources) == 2:
        yield Sighting(_FOUGHT_BESIDE, sources[:1], sources[1:], verb, "mutual")


def _read_votes(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "the party draws its votes from the Luo", and of a second party that shares the verb "and the Front from the Kamba"."""
    verb = arguments.predicate
    heads = (verb, *arguments.patients)
    found = (child for head in heads for child in head.children if child.lower_ in _FROM)
    phrases = sorted(found, key=lambda child: child.i)
    for phrase in phrases[:1]:
        yield from _read_voters(phrase, sources, verb, roster)
    for token in verb.doc[phrases[0].i + 2 : verb.sent.end - 1] if phrases else ():
        party = roster.get(token.nbor(-1)) if token.lower_ == phrases[0].lower_ else None
        if party is not None and roster.mentions[party].end_token == token.i:
            yield from _read_voters(token, [Bearer(party, OWN_NAMED)], verb, roster)


def _read_voters(phrase: Token, sources: list[Bearer], verb: Token, roster: Roster) -> Iterator[Sighting]:
    first = next((child for child in phrase.children if child.dep_ == "pobj"), phrase)
    voters = _find_named((first, *_list_joined(first)), _VOTERS, roster)
    drawing = [source for source in sources if roster.mentions[source.mention].type in _ELECTED]
    yield Sighting(_VOTED, voters, drawing, verb, "verb:active")


def _list_joined(voter: Token) -> tuple[Token, ...]:
    """Who else votes alike; not who shares the verb: "from the Luo and the Front from the Kamba"."""
    return tuple(
        part
        for part in expand_conjuncts(voter)[1:]
        if part.right_edge.i + 1 >= len(part.doc)
        or (part.right_edge.nbor(1).lower_ not in _FROM and not any(c.lower_ in _FROM for c in part.rights))
    )


def _read_for_or_against(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "Rao is against Oman", "was all for Rao", of somebody named who says no more of himself."""
    verb = arguments.predicate
    if any(child.dep_ in {"acomp", "attr", "expl"} for child in verb.children):
        return
    named = [
        source for source in sources if source.sure == 1 and roster.mentions[source.mention].type in _ACTORS
    ]
    against = roster.find_targets(arguments.obliques.get("against", ()))
    yield Sighting(_AGAINST, named, against, verb, "verb:active")
    people = [
        source for source in named if roster.mentions[source.mention].type in {"party", "person", "community"}
    ]
    yield Sighting(_SIDED, people, _find_named(arguments.obliques.get("for", ()), {"party", "person"}, roster), verb,
                   "verb:active")  # fmt: skip


def _has_noun(arguments: Arguments, name: str, nouns: frozenset[str]) -> bool:
    return any(token.lemma_.lower() in nouns for token in arguments.obliques.get(name, ()))


def _is_into_body(arguments: Arguments, roster: Roster) -> bool:
    """Whether one is followed into a party or a force: "followed Rao into the Front"."""
    return any(
        (mention := roster.get(token)) is not None
        and roster.mentions[mention].type in {"armed-group", "organization", "party"}
        for token in arguments.obliques.get("into", ())
    )


def _find_named(tokens: tuple[Token, ...], types: Collection[str], roster: Roster) -> list[Bearer]:
    return [
        bearer
        for bearer in roster.find_targets(tokens)
        if bearer.sure > BY_DEED and roster.mentions[bearer.mention].type in types
    ]
