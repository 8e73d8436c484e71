"""Verbs that the parser took for a part of a name, or for an adjective: "Ito snubs Abe, Kato hails him", "Oman harboured Ito".

A word in small letters between two names, with the form of a verb that the lexicon knows, is no part of either.
"""

from ingest.parse import Token, hang
from ingest.triggers import get_triggers

_NAME_TAGS = frozenset({"NN", "NNP", "NNPS", "NNS", "VBZ"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_IN = frozenset({"after", "before", "during", "in", "on"})
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
_SHORTEST_PAST = 5
_LOOSE = frozenset({"advmod", "attr", "npadvmod", "oprd"})


def repair_headline(token: Token) -> None:
    """Make a verb of what was taken for a part of a name, and an object of the name right behind a verb."""
    if (token.dep_ == "compound" and token.tag_ in _NAME_TAGS and (lemma := _find_verb(token))) or (
        token.dep_ == "amod" and token.head.dep_ == "ROOT" and (lemma := _find_past(token))
    ):
        _free_verb(token, lemma)
    elif token.tag_ in {"JJ", "VBD"}:
        _mend_past(token)
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
    verb.pos_, verb.tag_ = "VERB", "VBD"
    _lift(verb, name)
    hang(name, verb)
    name.dep_ = "nsubj"


def _find_verb(token: Token) -> str | None:
    """The base form of a verb in small letters between two names."""
    word, head = token.text, token.head
    between = 0 < token.i < head.i and token.nbor(-1).pos_ == "PROPN" and token.nbor(1).pos_ == "PROPN"
    if not between or not word.islower() or not word.endswith("s") or head.pos_ != "PROPN":
        return None
    short = word[:-2] if word.endswith("es") else word[:-1]
    forms = (word[:-1], short, f"{word[:-3]}y" if word.endswith("ies") else word[:-1])
    return next((form for form in forms if form in get_triggers().verbs), None)


def _find_past(token: Token) -> str | None:
    """The base form of a past tense between two names, in a sentence that has no other verb."""
    head = token.head
    between = 0 < token.i < head.i and token.nbor(-1).pos_ == "PROPN" and token.nbor(1).pos_ == "PROPN"
    if not between or head.pos_ != "PROPN" or token.nbor(-1).head not in {head, token}:
        return None
    other = any(word.tag_ in _FINITE and word is not token for word in token.sent)
    return None if other else _find_base(token)


def _find_base(token: Token) -> str | None:
    """The base form of a word in -ed that the lexicon has as a verb: "bully" of "bullied", "ban" of "banned"."""
    word = token.text
    if not word.islower() or not word.endswith("ed") or len(word) < _SHORTEST_PAST:
        return None
    doubled = word[:-3] if word[-3] == word[-4] else word[:-2]
    forms = (word[:-1], word[:-2], doubled, f"{word[:-3]}y" if word.endswith("ied") else word[:-2])
    return next((form for form in forms if form in get_triggers().verbs), None)


def _mend_past(token: Token) -> None:
    """Make a verb of an adjective with a subject and an object, and a subject of the name right before a verb."""
    labels = {child.dep_ for child in token.children}
    if token.tag_ == "JJ" and {"nsubj", "dobj"} <= labels and (lemma := _find_base(token)):
        token.pos_, token.tag_, token.lemma_ = "VERB", "VBD", lemma
    elif token.tag_ == "VBD" and "dobj" in labels and not labels & _SUBJECTS:
        for child in token.lefts:
            beside = child.dep_ == "npadvmod" and child.i == token.i - 1 and child.pos_ == "PROPN"
            if beside and child.ent_type_ not in {"DATE", "TIME"}:
                child.dep_ = "nsubj"


def _free_verb(verb: Token, lemma: str) -> None:
    name, upper, label = verb.head, verb.head.head, verb.head.dep_
    before = [child for child in (*verb.children, *name.children) if child.i < verb.i]
    if not before:
        return
    subject = max(before, key=lambda child: child.i)
    later = upper if label in _SUBJECTS and upper.i > name.i else None
    verb.pos_, verb.tag_, verb.lemma_ = "VERB", "VBZ" if verb.text.endswith("s") else "VBD", lemma
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


def _lift(verb: Token, name: Token) -> None:
    """Make a verb the root of its sentence, which it hung on a name below."""
    name.children = [child for child in name.children if child is not verb]
    verb.head, verb.dep_ = verb, "ROOT"


def _make_root(verb: Token, name: Token) -> None:
    _lift(verb, name)
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
