"""Verbs of headlines that the parser took for a part of a name: "Ito snubs Abe, Kato hails him".

A word in small letters between two names, with the form of a verb that the lexicon knows, is no part of either.
"""

from ingest.parse import Token, hang
from ingest.triggers import get_triggers

_NAME_TAGS = frozenset({"NN", "NNP", "NNPS", "NNS", "VBZ"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_IN = frozenset({"after", "before", "during", "in", "on"})
_LOOSE = frozenset({"advmod", "attr", "npadvmod", "oprd"})


def repair_headline(token: Token) -> None:
    """Make a verb of what was taken for a part of a name, and an object of the name right behind a verb."""
    if token.dep_ == "compound" and token.tag_ in _NAME_TAGS and (lemma := _find_verb(token)):
        _free_verb(token, lemma)
    elif token.dep_ == "amod" and token.tag_ in {"VBD", "VBN"} and token.head.pos_ == "PROPN":
        _free_past(token)
    elif token.dep_ == "acl" and token.tag_ == "VBN" and token.head.dep_ == "ROOT":
        _make_main(token)
    elif token.dep_ in _LOOSE and token.pos_ == "PROPN" and token.head.tag_ == "VBZ":
        verb = token.head
        behind = token.left_edge.i == verb.i + 1 and not any(c.dep_ == "dobj" for c in verb.children)
        if behind and verb.lemma_ in get_triggers().verbs:
            token.dep_ = "dobj"


def _free_past(verb: Token) -> None:
    """Free a past tense behind an aside from the name behind it: "The court, which sat in Oman, convicted Ali Rao"."""
    name, subject = verb.head, verb.head.head
    told = [child for child in subject.children if child.dep_ == "relcl" and child.i < verb.i]
    if name.dep_ != "appos" or not told or verb.i < 1 or verb.nbor(-1).text != "," or verb.children:
        return
    upper, label = subject.head, subject.dep_
    if label not in _SUBJECTS | {"dep"} or upper.i < name.i or verb.lemma_ not in get_triggers().verbs:
        return
    verb.pos_, verb.tag_ = "VERB", "VBD"
    hang(verb, upper)
    hang(subject, verb)
    hang(name, verb)
    verb.dep_, subject.dep_, name.dep_ = "ccomp", "nsubj", "dobj"


def _make_main(verb: Token) -> None:
    """Make a past tense the main verb, where a sentence would have none: "Bernard Pons, the minister, ordered in the army."."""
    name = verb.head
    aside = any(child.dep_ == "appos" and child.i < verb.i for child in name.rights)
    words = {child.lower_ for child in verb.children if child.dep_ in {"agent", "prep"}}
    ended = verb.doc[verb.sent.end - 1].text == "."
    if name.pos_ != "PROPN" or not aside or not ended or words - _IN or verb.nbor(-1).text != ",":
        return
    verb.pos_, verb.tag_, verb.dep_ = "VERB", "VBD", "ROOT"
    name.children = [child for child in name.children if child is not verb]
    verb.head = verb
    hang(name, verb)
    name.dep_ = "nsubj"


def _find_verb(token: Token) -> str | None:
    """The base form of a verb in small letters between two names."""
    word, head = token.text, token.head
    between = 0 < token.i < head.i and token.nbor(-1).pos_ == "PROPN" and token.nbor(1).pos_ == "PROPN"
    if not between or not word.islower() or not word.endswith("s") or head.pos_ != "PROPN":
        return None
    forms = (word[:-1], word[:-2], f"{word[:-3]}y" if word.endswith("ies") else word[:-1])
    return next((form for form in forms if form in get_triggers().verbs), None)


def _free_verb(verb: Token, lemma: str) -> None:
    name, upper, label = verb.head, verb.head.head, verb.head.dep_
    before = [child for child in (*verb.children, *name.children) if child.i < verb.i]
    if not before:
        return
    subject = max(before, key=lambda child: child.i)
    later = upper if label in _SUBJECTS and upper.i > name.i else None
    verb.pos_, verb.tag_, verb.lemma_ = "VERB", "VBZ", lemma
    if upper is name:
        _make_root(verb, name)
    else:
        hang(verb, upper)
        verb.dep_ = "ccomp" if later is not None else label
        hang(name, verb)
    name.dep_ = "dobj"
    hang(subject, verb)
    subject.dep_ = "nsubj"
    for child in before:
        if child is not subject:
            hang(child, subject)
    if later is not None:
        _give_next(name, later)


def _make_root(verb: Token, name: Token) -> None:
    name.children = [child for child in name.children if child is not verb]
    verb.head, verb.dep_ = verb, "ROOT"
    for child in list(name.children):
        if child.i > name.i:
            hang(child, verb)
    hang(name, verb)


def _give_next(name: Token, later: Token) -> None:
    """Give the next verb the name behind the comma: "Ito snubs Abe, Kato hails him"."""
    for child in name.children:
        if (
            child.dep_ in {"appos", "conj"}
            and child.i < later.i
            and name.doc[child.left_edge.i - 1].text == ","
        ):
            hang(child, later)
            child.dep_ = "nsubj"
            return
