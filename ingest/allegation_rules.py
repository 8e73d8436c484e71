"""Rules for who is accused by what is said of him: "said the Taliban were responsible", "said that Chapo had cheated"."""

from collections.abc import Iterator

from ingest.arguments import Arguments, get_obliques, is_passive
from ingest.bearers import Bearer, Roster
from ingest.cues import get_cues
from ingest.parse import Token
from ingest.sightings import Sighting
from ingest.triggers import Frame, get_triggers

_ALLEGATION = Frame("opposes", "accuses", frozenset(), 0.85)
_DISTRUST = Frame("opposes", "criticizes", frozenset(), 0.85)
_HARMS = frozenset(
    {"atrocity", "bloodshed", "blast", "crash", "crime", "crisis", "disaster", "explosion", "failure"}
)
# Nobody says these of a friend; what else is done, a report may state without blame.
_DISHONEST = frozenset(
    {"betray", "cheat", "deceive", "defraud", "fabricate", "falsify", "hijack", "lie", "loot", "meddle", "mislead", "plunder",
     "renege", "rig", "sabotage", "scheme", "steal", "swindle", "usurp"}
)  # fmt: skip
_ASSERTING = frozenset(
    {"add", "argue", "assert", "believe", "charge", "claim", "complain", "contend", "declare", "find", "insist", "maintain", "rule",
     "say", "state", "tell", "think", "tweet", "warn", "write"}
)  # fmt: skip
_GRANTED = frozenset({"allow", "believe", "permit", "reward", "tolerate", "trust"})
_MUST = frozenset({"can", "ca", "could", "must", "should"})
# "Kyiv must not be allowed to fall"
_LOSING = frozenset(
    {"bleed", "collapse", "die", "fade", "fail", "fall", "lose", "perish", "sink", "starve", "suffer"}
)


def iter_allegations(arguments: Arguments, sources: list[Bearer], roster: Roster) -> Iterator[Sighting]:
    """Yield "alleged that Iran had cheated", "said the Taliban were responsible", "said Iran cannot be trusted"."""
    verb = arguments.predicate
    lemma = verb.lemma_.lower()
    alleges = lemma in get_triggers().alleging
    if not alleges and lemma not in get_cues().speech_verbs:
        return
    for child in verb.children:
        own = [grand for grand in child.children if grand.dep_ in {"nsubj", "nsubjpass"}]
        if child.dep_ != "ccomp" or not own:
            continue
        if alleges or _blames(child) or (lemma in _ASSERTING and _is_dishonest(child)):
            speakers = sources if alleges or _blames(child) else _drop_media(sources, roster)
            yield Sighting(_ALLEGATION, speakers, roster.find_targets(own), verb, "verb:active")
        elif lemma in _ASSERTING and _is_distrusted(child):
            yield Sighting(_DISTRUST, sources, roster.find_targets(own), verb, "verb:active")


def _drop_media(sources: list[Bearer], roster: Roster) -> list[Bearer]:
    """Leave out who merely reports."""
    return [bearer for bearer in sources if roster.mentions[bearer.mention].type != "media"]


def _blames(copula: Token) -> bool:
    """Whether a clause says that its subject did a deed: "are to blame", "was responsible", "was behind the attack"."""
    if copula.lemma_ != "be" or any(child.dep_ == "neg" for child in copula.children):
        return False
    for child in copula.children:
        if child.dep_ == "acomp" and child.lower_ == "responsible":
            deeds = get_obliques(child).get("for", ())
            return not deeds or any(_is_harm(deed) for deed in deeds)
        if child.dep_ == "prep" and child.lower_ == "behind":
            return any(_is_harm(deed) for deed in child.children)
        if child.dep_ == "xcomp" and child.lower_ == "blame":
            return True
    return False


def _is_harm(noun: Token) -> bool:
    """Whether a deed is one against somebody: an attack, a killing; not "the remarkable recovery"."""
    words = get_triggers()
    acts = words.acts.get(noun.lemma_.lower(), ())
    return any(frame.kind == "opposes" for frame in acts) or noun.lemma_.lower() in words.undergone | _HARMS


def _is_dishonest(clause: Token) -> bool:
    """Whether a clause says that its subject did what is wrong in itself: "stole the vote", "has lied"."""
    if clause.lemma_.lower() not in _DISHONEST or is_passive(clause):
        return False
    auxiliaries = {child.lemma_.lower() for child in clause.children if child.dep_ == "aux"}
    denied = any(child.dep_ == "neg" for child in clause.children)
    return not denied and auxiliaries <= {"have", "be", "do"}


def _is_distrusted(clause: Token) -> bool:
    """Whether a clause says what one must not do for its subject: "cannot be trusted", "must not be allowed to"."""
    if clause.lemma_.lower() not in _GRANTED or not is_passive(clause):
        return False
    words = {child.lower_ for child in clause.children if child.dep_ in {"aux", "neg"}}
    losing = any(child.dep_ == "xcomp" and child.lemma_ in _LOSING for child in clause.children)
    return bool(words & _MUST) and bool(words & {"not", "n't", "never"}) and not losing
