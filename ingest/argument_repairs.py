"""Subjects and objects that the parser took for something else, where their place beside the verb tells what they are.

Who does what a verb says stands right before it: in "Rao was Nair's deputy and Oman only backed him", in "instead of jailing
Rao, Oman backed him" and in "on Monday, Oman, the host, openly backed him" it is Oman. A name right behind a verb is its
object: "drove out Oman".
"""

from ingest.parse import Token, hang

_FINITE = frozenset({"VBD", "VBP", "VBZ"})
_BEFORE_VERB = frozenset({"advmod", "aux", "auxpass", "neg"})
_SUBJECTS = frozenset({"csubj", "expl", "nsubj", "nsubjpass"})
_OBJECTS = frozenset({"attr", "ccomp", "dobj", "xcomp"})
_JOINING = frozenset({"and", "but", "or", "while"})
_TIMES = frozenset({"CARDINAL", "DATE", "ORDINAL", "TIME"})
_GIVING = frozenset(
    {"allocate", "assign", "award", "bring", "deny", "give", "grant", "hand", "lend", "offer", "pay", "promise", "refuse", "sell",
     "send", "serve", "ship", "show", "teach"}
)  # fmt: skip
_VERBAL = frozenset({"AUX", "VERB"})


def repair_arguments(verb: Token) -> None:
    """Give a finite verb without a subject the noun before it, and a verb without an object the name behind it."""
    if verb.pos_ not in _VERBAL:
        return
    labels = {child.dep_ for child in verb.children}
    if not labels & _SUBJECTS and _is_finite(verb):
        subject = _find_subject(verb) or _find_dated_subject(verb) or _find_joined_subject(verb)
        if subject is not None:
            hang(subject, verb)
            subject.dep_ = "nsubjpass" if "auxpass" in labels else "nsubj"
    elif "nsubj" in labels:
        _join_name(verb)
        _part_opening(verb)
        _join_apposed(verb)
    _tell_receiver(verb)
    if "npadvmod" in labels and not labels & (_OBJECTS | {"auxpass"}):
        for child in verb.children:
            if child.dep_ == "npadvmod" and _is_right_behind(child, verb):
                child.dep_ = "dobj"


def _is_finite(verb: Token) -> bool:
    own = {child.tag_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    return verb.tag_ in _FINITE or bool(own & (_FINITE | {"MD"}))


def _find_subject(verb: Token) -> Token | None:
    """The noun right before a verb, taken for part of what stands before "and" or a comma."""
    place = verb.i - 1
    while place > 0 and verb.doc[place].head is verb and verb.doc[place].dep_ in _BEFORE_VERB:
        place -= 1
    noun = verb.doc[place] if place >= 0 else verb
    while noun.dep_ not in {"appos", "conj", "npadvmod"} and noun.head.i < verb.i and noun.head is not noun:
        noun = noun.head
    start = noun.left_edge.i
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.right_edge.i != place or start <= verb.sent.start + 1:
        return None
    before = verb.doc[start - 1].lower_
    if verb.dep_ == "conj" and noun.dep_ == "conj" and before in _JOINING:
        return noun if verb.head.i < noun.head.i and verb.head.is_ancestor(noun) else None
    opening = verb.doc[verb.sent.start]
    fronted = opening.pos_ in {"ADP", "ADV", "SCONJ"} and before == "," and noun.ent_type_ not in _TIMES
    return noun if fronted and verb.dep_ == "ROOT" and verb.is_ancestor(noun) else None


def _find_dated_subject(verb: Token) -> Token | None:
    """The name behind "on Monday,", taken for one more word for the day."""
    opening = verb.children[0] if verb.children else verb
    if opening.dep_ != "prep" or opening.i != verb.sent.start:
        return None
    days = (child for child in opening.children if child.dep_ == "pobj" and child.ent_type_ in _TIMES)
    return next(
        (
            child
            for day in days
            for child in day.children
            if child.dep_ == "appos" and child.pos_ == "PROPN" and child.ent_type_ not in _TIMES
        ),
        None,
    )


def _join_name(verb: Token) -> None:
    """Hang a first name on the family name behind it, where the two were taken for a time and a subject."""
    for first in [child for child in verb.children if child.dep_ == "npadvmod" and child.pos_ == "PROPN"]:
        last = first.nbor(1) if first.i + 1 < verb.sent.end else verb
        if last.head is verb and last.dep_ == "nsubj" and last.ent_iob_ == "I" and last.ent_type_ == "PERSON":
            hang(first, last)
            first.dep_ = "compound"


def _find_joined_subject(verb: Token) -> Token | None:
    """The name behind "and" with an aside, joined to the verb before: "fought it, and Oman, for once, recognised it"."""
    marked = any(child.dep_ == "mark" for child in verb.children)
    if (
        verb.dep_ not in {"advcl", "conj"}
        or verb.head.i > verb.i
        or verb.doc[verb.i - 1].text != ","
        or marked
    ):
        return None
    for name in verb.head.rights:
        joined = name.dep_ == "conj" and name.pos_ == "PROPN" and name.i < verb.i
        if joined and verb.doc[name.left_edge.i - 1].lower_ == "and" and name.nbor(1).text == ",":
            return name
    return None


def _part_opening(verb: Token) -> None:
    """Part the object of "by arming Chad," from the subject behind the comma, where both were taken for the subject."""
    subject = next(child for child in verb.children if child.dep_ == "nsubj")
    gerund = verb.doc[subject.left_edge.i - 1] if subject.left_edge.i > verb.sent.start else subject
    if (
        gerund.dep_ != "pcomp"
        or gerund.tag_ != "VBG"
        or any(child.dep_ == "dobj" for child in gerund.children)
    ):
        return
    apposed = [child for child in subject.rights if child.dep_ == "appos" and child.right_edge.i < verb.i]
    if len(apposed) == 1 and verb.doc[apposed[0].right_edge.i + 1].text != ",":
        hang(apposed[0], verb)
        apposed[0].dep_ = "nsubj"
        hang(subject, gerund)
        subject.dep_ = "dobj"


def _join_apposed(verb: Token) -> None:
    """Hang "long a critic of Chad" on the name before its comma, where both were taken for the subject."""
    subjects = [child for child in verb.children if child.dep_ == "nsubj" and child.i < verb.i]
    if len(subjects) != 2 or subjects[0].pos_ != "PROPN" or subjects[1].pos_ != "NOUN":
        return
    name, noun = subjects
    if (
        _stands_before_comma(name)
        and _stands_before_comma(noun)
        and any(child.lower_ in {"a", "an"} for child in noun.children)
    ):
        hang(noun, name)
        noun.dep_ = "appos"


def _tell_receiver(verb: Token) -> None:
    """Tell who gets a thing where both were taken for objects: "gave Oman and Chad the money"."""
    objects = [child for child in verb.rights if child.dep_ == "dobj"]
    if len(objects) < 2 or verb.lemma_ not in _GIVING:
        return
    receiver, thing = objects[-2:]
    adjacent = receiver.right_edge.i + 1 == thing.left_edge.i
    if adjacent and receiver.pos_ == "PROPN" and thing.pos_ == "NOUN":
        receiver.dep_ = "dative"


def _stands_before_comma(noun: Token) -> bool:
    last = noun.right_edge
    return "," in {last.text, last.nbor(1).text}


def _is_right_behind(name: Token, verb: Token) -> bool:
    """Whether a name follows a verb at once, or behind its particle."""
    between = verb.doc.tokens[verb.i + 1 : name.left_edge.i]
    particle = all(token.dep_ == "prt" for token in between)
    return name.pos_ == "PROPN" and name.i > verb.i and particle and name.ent_type_ not in _TIMES
