"""Whether a clause sets itself in a time that is over: "once led", "until 2011", "who ran it for twenty years"."""

from ingest.clause_cues import NOMINAL, has_adverb
from ingest.cues import get_cues
from ingest.parse import Token

_PERIODS = frozenset({"past", "1990s", "1980s", "1970s"})
# "Renewed its sanctions until April": they go on till then.
_EXTENDING = frozenset(
    {"adjourn", "bar", "ban", "defer", "delay", "extend", "freeze", "impose", "postpone", "prolong", "put", "reimpose", "renew",
     "suspend"}
)  # fmt: skip
# What one does for years, and then no more: "who ran it for twenty years"
_HOLDING = frozenset(
    {
        "chair",
        "command",
        "control",
        "direct",
        "edit",
        "govern",
        "head",
        "lead",
        "manage",
        "reign",
        "rule",
        "run",
    }
)
_NOW = frozenset({"currently", "now", "nowadays", "today"})


def is_past(verb: Token) -> bool:
    """Say whether a clause sets itself in a time that is over: "once led", "in the past", "until 2011"."""
    if has_adverb(verb, get_cues().past_adverbs):
        return not has_adverb(verb, _NOW)  # "once allies of his, they now oppose him"
    auxiliaries = [child for child in verb.children if child.dep_ in {"aux", "auxpass"}]
    had_been = (
        verb.lemma_ == "be" and verb.dep_ != "ccomp" and any(child.lower_ == "had" for child in auxiliaries)
    )
    if had_been and any(child.dep_ == "attr" for child in verb.children):
        return True
    had = any(child.lower_ == "had" for child in auxiliaries)
    held = verb.lemma_ in _HOLDING and verb.tag_ == "VBD" and not auxiliaries
    if verb.dep_ == "relcl" and (had or held) and _lasted(verb):
        return True
    if verb.pos_ not in NOMINAL and not {"VBD", "VBN"} & {verb.tag_, *(child.tag_ for child in auxiliaries)}:
        return False
    return any(_ends_time(child, verb) for child in verb.children)


def _lasted(verb: Token) -> bool:
    """Whether a deed went on for long: "had armed them for years"."""
    return any(
        pobj.lemma_.lower() in {"year", "decade", "month", "long", "generation"}
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "for"
        for pobj in child.children
    )


def _ends_time(phrase: Token, verb: Token) -> bool:
    """Whether a phrase on a past clause says that it is over: "until 2011", "from 1973 to 1981", "in the past"."""
    if phrase.dep_ == "advcl":
        until = any(child.lower_ in {"until", "till"} for child in phrase.children)
        return until and phrase.tag_ in {"VBD", "VBN"}
    if phrase.dep_ not in {"prep", "mark"}:
        return False
    if phrase.lower_ in {"until", "till"} and verb.lemma_ in _EXTENDING:
        return False
    objects = [child for child in phrase.children if child.dep_ in {"pobj", "pcomp"}]
    if phrase.lower_ in {"until", "till"}:
        return bool(objects) and (phrase.i == 0 or phrase.nbor(-1).lower_ != "not")
    if phrase.lower_ == "in":
        return any(child.lower_ in _PERIODS for child in objects)
    later = {child.lower_ for head in (phrase, verb) for child in head.children if child.dep_ == "prep"}
    return (
        phrase.lower_ == "from"
        and bool(later & {"to", "until", "till"})
        and any(child.text.isdigit() for child in objects)
    )
