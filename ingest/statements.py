"""What a statement says of its subject: that he is to blame, has lied, is a tyrant, must go or must be helped."""

from ingest.arguments import OBJECT_LABELS, get_obliques, is_passive
from ingest.asking_rules import keeps_another
from ingest.bearers import Roster
from ingest.parse import Token
from ingest.sightings import is_any
from ingest.triggers import OBJECT, Frame, find_verb_frames, get_triggers, get_verb_key

ALLEGATION = Frame("opposes", "accuses", frozenset(), 0.85)
_DISTRUST = Frame("opposes", "criticizes", frozenset(), 0.85)
_DISMISSAL = Frame("opposes", "rejects", frozenset(), 0.9)
_PRAISE = Frame("supports", "endorses", frozenset(), 0.8)
_SUPPORT = Frame("supports", None, frozenset(), 0.85)
_ACTION = Frame("opposes", None, frozenset(), 0.85)
_HARMS = frozenset(
    {"arson", "atrocity", "bloodshed", "blast", "crash", "crime", "crisis", "disaster", "explosion", "failure", "hack", "plot",
     "riot", "sabotage", "unrest", "violence"}
)  # fmt: skip
# Nobody says these of a friend; what else is done, a report may state without blame.
_DISHONEST = frozenset(
    {"betray", "cheat", "deceive", "defraud", "fabricate", "falsify", "hijack", "lie", "loot", "meddle", "mislead", "plunder",
     "renege", "rig", "sabotage", "scheme", "steal", "swindle", "usurp"}
)  # fmt: skip
_BREAKING = frozenset({"breach", "break", "flout", "violate"})
_RULES = frozenset(
    {"accord", "agreement", "airspace", "ceasefire", "constitution", "law", "pledge", "promise", "resolution", "right",
     "sovereignty", "treaty", "truce", "word"}
)  # fmt: skip
_GRANTED = frozenset({"allow", "believe", "permit", "reward", "tolerate", "trust"})
_BARRING = frozenset({"can", "ca", "could", "must", "should"})
# "Kyiv must not be allowed to fall"
_LOSING = frozenset(
    {"bleed", "collapse", "die", "fade", "fail", "fall", "lose", "perish", "sink", "starve", "suffer"}
)
_DUTIES = frozenset({"must", "should", "ought"})
_HAVING_TO = frozenset({"have", "need", "ought"})
_COPULAS = frozenset({"be", "remain", "become"})
_TELLING_AUXILIARIES = frozenset({"have", "be", "do"})
# What one may be without praise or blame: kin, a follower in office, the owner of a duty.
_MILD = frozenset(
    {"ally", "brother", "complicit", "friend", "heir", "responsible", "running mate", "successor", "weak"}
)
_OFFICES = frozenset({"office", "post", "power", "stage"})


def judge_statement(clause: Token, roster: Roster, *, opinion: bool = True) -> Frame | None:
    """Return how somebody who says a clause stands to its subject, or None where that does not show.

    Args:
        clause: The clause's verb.
        roster: The mentions of its block.
        opinion: Whether it is said as one's own view; where it may be mere news, only blame counts.
    """
    if _blames(clause):
        return ALLEGATION
    if not opinion:
        return None
    if _is_dishonest(clause):
        return ALLEGATION
    if _is_distrusted(clause):
        return _DISTRUST
    return _read_label(clause) or _read_duty(clause, roster)


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


def _states(clause: Token) -> bool:
    """Whether a clause states a fact: neither denied nor left open."""
    auxiliaries = {child.lemma_.lower() for child in clause.children if child.dep_ == "aux"}
    return auxiliaries <= _TELLING_AUXILIARIES and not any(child.dep_ == "neg" for child in clause.children)


def _is_dishonest(clause: Token) -> bool:
    """Whether a clause says that its subject did what is wrong in itself: "stole the vote", "has broken the truce"."""
    if is_passive(clause) or not _states(clause):
        return False
    broken = any(child.dep_ in OBJECT_LABELS and child.lemma_ in _RULES for child in clause.children)
    return clause.lemma_.lower() in _DISHONEST or (clause.lemma_ in _BREAKING and broken)


def _is_distrusted(clause: Token) -> bool:
    """Whether a clause says what one must not do for its subject: "cannot be trusted", "must not be allowed to"."""
    if clause.lemma_.lower() not in _GRANTED or not is_passive(clause):
        return False
    words = {child.lower_ for child in clause.children if child.dep_ in {"aux", "neg"}}
    losing = any(child.dep_ == "xcomp" and child.lemma_ in _LOSING for child in clause.children)
    return bool(words & _BARRING) and bool(words & {"not", "n't", "never"}) and not losing


def _read_label(copula: Token) -> Frame | None:
    """What "is a liar" and "was a great man" say of their subject."""
    if copula.lemma_ not in _COPULAS or not _states(copula):
        return None
    for name in copula.children:
        if name.dep_ not in {"attr", "acomp"} or any(child.lower_ == "no" for child in name.children):
            continue
        said = [name, *(child for child in name.children if child.dep_ == "amod")]
        for kind, frame in (("opposes", _DISTRUST), ("supports", _PRAISE)):
            if any(is_any(word, get_triggers().labels[kind] - _MILD) for word in said):
                return frame
    return None


def _read_duty(clause: Token, roster: Roster) -> Frame | None:
    """What "must go", "had to resign", "should be jailed" and "must be helped" say of their subject."""
    deed = clause
    bound = any(child.dep_ == "aux" and child.lower_ in _DUTIES for child in clause.children)
    if clause.lemma_ in _HAVING_TO:
        deed = next((child for child in clause.children if child.dep_ == "xcomp"), clause)
        bound = deed is not clause
    negated = any(child.dep_ == "neg" for token in (clause, deed) for child in token.children)
    if not bound or negated:
        return None
    if is_passive(deed):
        frames = find_verb_frames(get_triggers().verbs, deed)
        kinds = [frame.kind for frame in frames if OBJECT in frame.target and frame.sure >= _ACTION.sure]
        return {"supports": _SUPPORT, "opposes": _ACTION}[kinds[0]] if kinds else None
    words, key = get_triggers(), get_verb_key(deed)
    if key in words.giving_up or (key in words.leaving and _is_for_good(deed, roster)):
        return _DISMISSAL
    return _DISTRUST if key in words.desisting and not keeps_another(deed) else None


def _is_for_good(verb: Token, roster: Roster) -> bool:
    """Whether one goes altogether, or leaves office or a place: not "must go to Geneva", "should leave the EU"."""
    things = [child for child in verb.children if child.dep_ in OBJECT_LABELS]
    if verb.lemma_ == "leave" and things:
        places = (roster.get(thing) for thing in things)
        return all(
            thing.lemma_ in _OFFICES or (place is not None and roster.mentions[place].type == "place")
            for thing, place in zip(things, places, strict=True)
        )
    return not any(child.dep_ in {"advmod", "dobj", "prep", "prt", "xcomp"} for child in verb.children)
