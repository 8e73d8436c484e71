"""The place behind "in" that the parser took for the first word of who acts there: "in Lome General Ito called for calm".

And whose man acts in a clause that it hung on the one before: "banned the Lions, whose patron, Ito, had fled".
"""

from ingest.parse import Token, hang

_WHERE = frozenset({"at", "from", "in", "near"})
_SUBJECTS = frozenset({"csubj", "expl", "nsubj", "nsubjpass"})
_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_BEFORE_VERB = frozenset({"advmod", "aux", "auxpass", "neg"})
_LOOSE = frozenset({"appos", "relcl"})


def repair_stage(preposition: Token) -> None:
    """Part the name of a place behind a preposition from the person's behind it, and give the person the verb that follows."""
    doc = preposition.doc
    if preposition.dep_ != "prep" or preposition.lower_ not in _WHERE or preposition.i + 2 >= len(doc):
        return
    place = preposition.nbor(1)
    person = place.head
    while person.dep_ == "compound" and person.head.i > person.i:
        person = person.head
    if place.ent_type_ != "GPE" or place.dep_ != "compound" or person.ent_type_ != "PERSON":
        return
    if person.dep_ == "pobj" and person.head is preposition:
        verb = _find_verb_behind(person)
        if verb is None:
            return
        hang(person, verb)
        hang(preposition, verb)
        person.dep_ = "nsubj"
    elif person.dep_ != "nsubj" or preposition.head is not person.head:
        return
    hang(place, preposition)
    place.dep_ = "pobj"


def _find_verb_behind(person: Token) -> Token | None:
    """The finite verb without a subject that follows a person, a clause between commas left aside."""
    after = person.right_edge.i + 1
    verb = person.doc[after] if after < len(person.doc) else person
    own = any(child.dep_ in _SUBJECTS for child in verb.children)
    return verb if verb.tag_ in _FINITE and verb.pos_ == "VERB" and not own else None


def repair_possessed(verb: Token) -> None:
    """Hang a verb without a subject, taken for one more of those before it, on the noun whose man does it."""
    if verb.dep_ != "conj" or any(child.dep_ in _SUBJECTS for child in verb.children):
        return
    place = verb.i - 1
    while place > 1 and verb.doc[place].head is verb and verb.doc[place].dep_ in _BEFORE_VERB:
        place -= 1
    if place < 2 or verb.doc[place].text != ",":
        return
    man = verb.doc[place - 1]
    while man.dep_ in {"appos", "compound"} and man.left_edge.lower_ != "whose" and man.head.i < verb.i:
        man = man.head
    opening = man.left_edge
    if man.pos_ != "NOUN" or opening.lower_ != "whose" or man.head.i >= opening.i or man.dep_ not in _LOOSE:
        return
    owner = man.head
    hang(man, verb)
    man.dep_ = "nsubjpass" if any(child.dep_ == "auxpass" for child in verb.children) else "nsubj"
    hang(verb, owner)
    verb.dep_ = "relcl"
