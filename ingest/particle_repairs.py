"""Particles that the parser took for prepositions, and the other way round, told by the verbs that the lexicon has with them.

"Drove off the rebels" and "stood by Oman" have an object, and who "turned on Oman" turned nothing on.
"""

from ingest.parse import Token, hang
from ingest.triggers import OBJECT, get_triggers

_OBJECTS = frozenset({"dobj", "obj"})
_TIMES = frozenset({"CARDINAL", "DATE", "ORDINAL", "TIME"})
_SUMMONING = frozenset({"bring", "call", "order", "send"})
_FORCES = frozenset({"army", "brigade", "division", "guard", "military", "police", "regiment", "troop"})
_WORDS = frozenset({"agent", "prep", "prt"})


def repair_particle(verb: Token) -> None:
    """Make the small word right behind a verb a particle or a preposition, as the lexicon has the verb with it."""
    word = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    if word.head is not verb or word.dep_ not in _WORDS:
        return
    if any(child.dep_ == "auxpass" for child in verb.children):
        return
    below = [child for child in word.children if child.dep_ == "pobj"]
    objects = [child for child in verb.children if child.dep_ in _OBJECTS]
    if len(below + objects) != 1:
        return
    noun = (below + objects)[0]
    if noun.left_edge.i != word.i + 1 or noun.ent_type_ in _TIMES:
        return
    table, lemma = get_triggers().verbs, verb.lemma_.lower()
    if any(OBJECT in frame.target for frame in table.get(f"{lemma} {word.lower_}", ())):
        _attach(noun, verb, "dobj")
        word.dep_ = "prt"
    elif any(word.lower_ in frame.target for frame in table.get(lemma, ())):
        _attach(noun, word, "pobj")
        word.dep_ = "prep"
    elif word.dep_ == "prt" or _summons(verb, word, noun):
        _attach(noun, verb, "dobj")
        word.dep_ = "prt"


def _summons(verb: Token, word: Token, noun: Token) -> bool:
    """Whether a force is ordered or called in, and nobody is in it: "ordered in the Second Division"."""
    force = noun.ent_type_ == "ORG" or noun.lemma_.lower() in _FORCES
    return verb.lemma_ in _SUMMONING and word.lower_ == "in" and force


def _attach(noun: Token, head: Token, label: str) -> None:
    if noun.head is not head:
        hang(noun, head)
    noun.dep_ = label
