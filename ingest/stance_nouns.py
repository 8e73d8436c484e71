"""Rules for what is demanded, ordered or felt: "called for Navalny's release", "ordered his arrest", "to the anger of"."""

from collections.abc import Iterator

from ingest.arguments import find_clause_subjects, get_arguments, is_passive, is_verbal
from ingest.bearers import Roster
from ingest.parse import Token
from ingest.sightings import Sighting, get_verb_above, pair_up
from ingest.triggers import Frame, get_triggers

_DEMAND = Frame("supports", "endorses", frozenset(), 0.85)
_OUSTING = Frame("opposes", "rejects", frozenset(), 0.9)
# "Ordered Gonzalez's arrest": the arrest is of whom it is, and not by him.
_ORDERING = frozenset(
    {"approve", "authorise", "authorize", "command", "order", "oversee", "plan", "plot", "supervise"}
)
_BONDS = frozenset({"relation", "relationship", "tie"})
_RAISING = frozenset({"appear", "begin", "continue", "seem", "start"})
# Two between whom all "is tense" may not be foes.
_UNSIDED = frozenset({"tense"})
_COURSES = {
    Frame("opposes", "clashes-with", frozenset(), 0.9): frozenset(
        {
            "collapse",
            "deteriorate",
            "fray",
            "frosty",
            "icy",
            "rupture",
            "sour",
            "soured",
            "tattered",
            "strain",
            "strained",
            "tense",
            "worsen",
        }
    ),
    Frame("supports", "allied-with", frozenset(), 0.9): frozenset(
        {"blossom", "deepen", "flourish", "friendly", "improve", "thaw", "warm"}
    ),
}
_FELT = {
    Frame("opposes", None, frozenset(), 0.9): frozenset(
        {
            "anger",
            "annoyance",
            "consternation",
            "dismay",
            "disgust",
            "displeasure",
            "fury",
            "horror",
            "irritation",
            "outrage",
        }
    ),
    Frame("supports", None, frozenset(), 0.9): frozenset(
        {"delight", "glee", "joy", "relief", "satisfaction"}
    ),
}


def iter_event_nouns(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what is demanded of or for somebody, what is ordered against him, and whom a deed angers or pleases."""
    yield from _read_demand(noun, roster)
    yield from _read_ordered(noun, roster)
    yield from _read_relations(noun, roster)
    feeling = get_feeling(noun)
    if feeling is not None:
        arguments = get_arguments(noun)
        felt_by = roster.find_sources(arguments.patients or arguments.agents)
        doers = roster.find_targets(find_clause_subjects(noun.head))
        yield Sighting(feeling, felt_by, doers, noun, "verb:feeling")


def _read_demand(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Read "called for the release of Suu Kyi", "demanded Navalny's release", and "demanded Maduro's resignation"."""
    words, lemma = get_triggers(), noun.lemma_.lower()
    if lemma not in words.freeing | words.ousting:
        return
    verb = get_verb_above(noun)
    if verb is None and noun.dep_ == "pobj" and noun.head.lower_ == "for":
        verb = noun.head.head
    if verb is not None and is_verbal(verb) and verb.lemma_.lower() in words.demanding:
        arguments = get_arguments(noun)
        met = roster.find_targets(arguments.patients or arguments.agents)
        frame = _DEMAND if lemma in words.freeing else _OUSTING
        yield Sighting(frame, roster.find_sources(get_arguments(verb).agents), met, verb, "noun")


def _read_ordered(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Read "ordered Gonzalez's arrest", "plotted the killing of Arce"."""
    words, lemma = get_triggers(), noun.lemma_.lower()
    verb = get_verb_above(noun) if lemma in words.undergone else None
    if verb is None or verb.lemma_ not in _ORDERING or not is_verbal(verb):
        return
    for frame in words.acts.get(lemma, ()):
        if frame.kind == "opposes":
            arguments = get_arguments(noun)
            hit = roster.find_targets(arguments.patients or arguments.agents)
            yield Sighting(frame, roster.find_sources(get_arguments(verb).agents), hit, noun, "noun")


def _find_told_verb(verb: Token) -> Token:
    """Return the verb of what is said of a subject: "soured" of "ties are said to have soured"."""
    below = [child for child in verb.children if child.dep_ == "xcomp"]
    raises = verb.lemma_ in _RAISING or is_passive(verb)
    return below[0] if raises and below and is_verbal(below[0]) else verb


def _read_relations(noun: Token, roster: Roster) -> Iterator[Sighting]:
    """Read "relations between Chad and France have soured", "Zelensky's ties with Zaluzhny improved", "strained ties with"."""
    if noun.lemma_ not in _BONDS:
        return
    verb = _find_told_verb(noun.head) if noun.dep_ in {"nsubj", "nsubjpass"} else None
    marks = {child.lower_ for child in noun.children if child.dep_ == "amod"}
    if verb is not None:
        said = {child.lower_ for child in verb.children if child.dep_ in {"acomp", "oprd"}}
        marks |= {verb.lemma_, *(said - _UNSIDED)}
    frame = next((frame for frame, words in _COURSES.items() if marks & words), None)
    if frame is None:
        return
    arguments = get_arguments(noun)
    between = roster.find_targets(arguments.obliques.get("between", ()))
    others = roster.find_targets(arguments.obliques.get("with", ()))
    trigger = noun if verb is None else verb
    if others:
        yield Sighting(frame, roster.find_sources(arguments.agents), others, trigger, "mutual")
    else:
        yield from pair_up(frame, between, trigger, "noun:between")


def get_feeling(noun: Token) -> Frame | None:
    """Return what "to the anger of the Socialists" says of what is done before it, if anything."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "to" or noun.head.dep_ != "prep":
        return None
    return next((frame for frame, nouns in _FELT.items() if noun.lemma_.lower() in nouns), None)
