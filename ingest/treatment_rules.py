"""Rules for how one treats others beside words and blows: "joined the army against", "kept its border with Chad shut"."""

from collections.abc import Iterator

from ingest.arguments import OBJECT_LABELS, Arguments, get_obliques
from ingest.bearers import BY_DEED, Bearer, Roster
from ingest.parse import Token
from ingest.scope import is_infinitive
from ingest.sightings import Sighting
from ingest.triggers import Frame

_WANTED = Frame("opposes", "accuses", frozenset(), 1.0)
_SHUT_OUT = Frame("opposes", "sanctions", frozenset(), 0.85)
_JOINED = Frame("supports", "fights-alongside", frozenset(), 0.85)
_PACIFYING = Frame("supports", "aids", frozenset(), 0.75)
_TAUGHT = Frame("supports", "trains", frozenset(), 0.9)
_TEACHING = frozenset({"coach", "instruct", "school", "teach"})
_SKILLS = frozenset(
    {"aim", "ambush", "assemble", "bomb", "break", "build", "defuse", "drive", "fight", "fire", "fly", "hack", "handle", "jam", "kill",
     "launch", "lay", "make", "operate", "plant", "patrol", "shoot", "smuggle", "spy", "use"}
)  # fmt: skip
_UNFORGIVEN = Frame("opposes", None, frozenset(), 0.9)
_KEPT = Frame("supports", None, frozenset(), 0.9)
_POWER = frozenset({"office", "power"})
_ENTRIES = frozenset({"airspace", "border", "crossing", "embassy", "frontier", "port"})
_SHUT = frozenset({"closed", "sealed", "shut"})
_FIGHTERS = frozenset({"armed-group", "country", "security-force"})
_FIGHTS = frozenset(
    {"assault", "attack", "battle", "campaign", "defence", "defense", "fight", "fighting", "offensive", "siege", "war"}
)  # fmt: skip
_SERVING = frozenset({"arrive", "deploy", "land", "patrol", "serve"})


def iter_treatments(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield whom one joins in a fight, keeps out, looks for, or keeps the peace with."""
    verb = arguments.predicate
    lemma = verb.lemma_.lower()
    if lemma == "want" and arguments.voice == "passive":
        yield from _read_wanted(arguments, sources, roster)
    elif lemma == "keep":
        yield from _read_kept_shut(verb, sources, roster)
        yield from _read_kept_in_power(arguments, roster)
    elif lemma == "join":
        yield from _read_joining(arguments, sources, roster)
    elif lemma in _TEACHING and arguments.voice == "active":
        yield from _read_lesson(arguments, sources, roster)
    elif lemma == "forgive":
        yield from _read_unforgiven(arguments, sources, roster)
    elif lemma in _SERVING:
        yield from _read_peacekeeping(arguments, sources, roster)


def get_treating_verbs() -> frozenset[str]:
    """Return the verbs, by lemma, that these rules look at."""
    return _SERVING | _TEACHING | {"forgive", "join", "keep", "want"}


def _read_lesson(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "taught the rebels how to fly drones"."""
    verb = arguments.predicate
    skilled = any(
        child.dep_ in {"ccomp", "xcomp"} and child.lemma_ in _SKILLS and is_infinitive(child)
        for child in verb.children
    )
    if skilled:
        yield Sighting(_TAUGHT, sources, roster.find_targets(arguments.patients), verb, "verb:active")


def _read_unforgiven(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "has never forgiven Rao": a grudge, which the verb's own "never" makes and does not deny."""
    denied = any(child.lower_ in {"never", "not", "n't"} for child in arguments.predicate.children)
    if denied and arguments.voice == "active":
        people = (*arguments.patients, *arguments.obliques.get("dative", ()))
        yield Sighting(_UNFORGIVEN, sources, roster.find_targets(people), arguments.predicate, "verb:refusal")


def _read_wanted(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "is wanted by Spain for sedition": of somebody, by whoever looks for him."""
    people = [
        bearer
        for bearer in roster.find_targets(arguments.patients)
        if roster.mentions[bearer.mention].type == "person"
    ]
    if not any(child.dep_ == "xcomp" for child in arguments.predicate.children):
        yield Sighting(_WANTED, sources, people, arguments.predicate, "verb:passive")


def _read_kept_shut(verb: Token, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "has kept its border with Armenia shut", "keeps its airspace closed to Morocco"."""
    entries = [child for child in verb.children if child.dep_ in OBJECT_LABELS and child.lemma_ in _ENTRIES]
    below = [child for entry in entries for child in entry.children]
    shut = [child for child in (*verb.children, *below) if child.lower_ in _SHUT]
    if entries and shut:
        phrases = [get_obliques(token) for token in (*entries, *shut, verb)]
        kept_out = [token for found in phrases for name in ("to", "with") for token in found.get(name, ())]
        yield Sighting(_SHUT_OUT, sources, roster.find_targets(kept_out), verb, "verb:active")


def _read_kept_in_power(arguments: Arguments, roster: Roster) -> Iterator[Sighting]:
    """Read "has kept Assad in power", also where it is somebody's help that does."""
    if any(token.lemma_ in _POWER for token in arguments.obliques.get("in", ())):
        keepers, kept = roster.find_targets(arguments.agents), roster.find_targets(arguments.patients)
        yield Sighting(_KEPT, keepers, kept, arguments.predicate, f"verb:{arguments.voice}")


def _read_joining(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "joined the army against the rebels", "joined Chad in the defence of Bol"; to join an army else is to enlist."""
    phrases = arguments.obliques
    fighting = any(token.lemma_.lower() in _FIGHTS for token in phrases.get("in", ()))
    if fighting or "against" in phrases:
        joined = [
            bearer
            for bearer in roster.find_targets(arguments.patients)
            if roster.mentions[bearer.mention].type in _FIGHTERS and bearer.sure > BY_DEED
        ]
        yield Sighting(_JOINED, sources, joined, arguments.predicate, "verb:active")


def _read_peacekeeping(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Read "Kenyan peacekeepers arrived in Haiti"."""
    if any(token.lemma_ == "peacekeeper" for token in arguments.agents):
        places = [token for name in ("in", "to") for token in arguments.obliques.get(name, ())]
        kept = [
            bearer
            for bearer in roster.find_targets(places)
            if bearer.sure == 1 and roster.mentions[bearer.mention].type == "country"
        ]
        yield Sighting(_PACIFYING, sources, kept, arguments.predicate, "verb:active")
