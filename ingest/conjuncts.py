"""What is coordinated with a word: "Iran, Russia and Syria"."""

from collections.abc import Iterable
from typing import Literal

from ingest.parse import Token

_VERBAL = frozenset({"VERB", "AUX"})
# What has two objects: "told Chad and Niger the truth".
_GIVING = frozenset(
    {"allow", "ask", "award", "bring", "call", "cost", "declare", "deny", "give", "grant", "hand", "lend", "name",
     "offer", "owe", "pay", "promise", "sell", "send", "show", "teach", "tell"}
)  # fmt: skip
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NOBODY = frozenset({"nobody", "none", "no-one"})
# "Nobody but Iran" is Iran.
EXCEPTING = frozenset({"but", "except", "besides", "save"})


def expand_conjuncts(token: Token) -> tuple[Token, ...]:
    """Return a token and all that is coordinated below it: "Iran, Russia and Syria" gives three."""
    if not token.children:
        return (token,)
    found, waiting = [], [token]
    while waiting:  # not recursive: a parser hangs each item of a list on the one before it
        current = waiting.pop()
        found.append(current)
        below = [child for child in current.children if child.dep_ == "conj" and child.pos_ not in _VERBAL]
        if below:
            waiting.extend(child for child in reversed(below) if not begins_clause(child, token))
    return tuple(found)


def find_first_noun(noun: Token) -> Token:
    """Return the noun that a noun is joined to: "headquarters" of "has its headquarters in Galle and posts in Matara"."""
    return noun.head if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" else noun


def find_company(verb: Token, subjects: Iterable[Token]) -> tuple[Token, ...]:
    """Return who does the same, or just not, by an aside beside a subject.

    "Kenya, along with Uganda, backed the plan"; "nobody but Kenya", "Kenya, but not Uganda, backed it", where the one
    left out is told by the "not" before it.
    """
    for subject in subjects:
        words = verb.doc.lower_words[subject.i + 1 : min(subject.i + 4, verb.i)]
        if words in {(",", "along", "with"), (",", "together", "with")}:
            named = [child for child in subject.nbor(3).children if child.dep_ == "pobj"]
            return tuple(part for child in named for part in expand_conjuncts(child))
        if excepted := find_excepted(verb, subject):
            return excepted
        if spared := _find_spared(verb, subject):
            return (spared,)
    return ()


def find_excepted(verb: Token, subject: Token) -> tuple[Token, ...]:
    """Return whom "but" or "except" behind "nobody" names: "no one but Kenya backs it", "nobody backs it except Kenya"."""
    nobody = subject.lower_ in _NOBODY or (
        subject.lower_ == "one" and any(child.lower_ == "no" for child in subject.lefts)
    )
    if not nobody:
        return ()
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    links = [child for token in (subject, verb) for child in token.children if child.lower_ in EXCEPTING]
    links += [child for noun in objects for child in noun.children if child.lower_ == "except"]
    named = (noun for link in links for noun in link.children if noun.dep_ == "pobj")
    return tuple(part for noun in named for part in expand_conjuncts(noun))


def _find_spared(verb: Token, subject: Token) -> Token | None:
    """Return who does not do it in "Kenya, not Uganda, backed it" and "Kenya, but not Uganda, backed it"."""
    doc = verb.doc
    if "not" not in doc.lower_words[subject.i + 1 : verb.i]:
        return None
    for token in doc[subject.i + 1 : verb.i]:
        if token.lower_ != "not" or not {",", "but", "and"} & {doc[token.i - 1].text}:
            continue
        noun = next((part for part in doc[token.i + 1 : verb.i] if part.dep_ in {"appos", "conj"}), None)
        if noun is None or doc[noun.i + 1].text != "," or noun.left_edge.i > token.i + 2:
            return None
        return noun if noun.pos_ in {"PROPN", "NOUN"} else None
    return None


def begins_clause(noun: Token, first: Token) -> bool:
    """Say whether a name taken for one more object is the subject of what follows: "met Ito and Oman broke off talks"."""
    start, after = noun.left_edge.i, noun.right_edge.i + 1
    if noun.dep_ != "conj" or start < 2 or after >= len(noun.doc) or noun.doc[start - 1].lower_ != "and":
        return False
    if _leaves_verb_out(noun, first):
        return True
    verb = noun.doc[after]
    finite = verb.tag_ in {"VBD", "VBZ", "VBP"} and verb.dep_ == "conj"
    own = any(child.dep_ in _SUBJECTS for child in verb.children)
    return finite and not own and verb.head.i < first.i and verb.head.is_ancestor(first)


def _leaves_verb_out(noun: Token, first: Token) -> bool:
    """Say whether a name has an object of its own and no verb: "Iran backs Assad and Oman the rebels"."""
    if noun.pos_ != "PROPN" or noun.i + 2 >= len(noun.doc) or noun.nbor(1).lower_ != "the":
        return False
    verb = next((token for token in first.ancestors if token.pos_ in _VERBAL), first)
    return noun.nbor(2).text.islower() and verb.lemma_.lower() not in _GIVING


def find_last(clause: Token, pronoun: Token) -> Token:
    """Return whom a relative clause tells of: of "Ito and Abe, who broke with him" the one it stands behind.

    A verb in the plural tells of both.
    """
    noun = clause.head
    plural = {"are", "were", "have", "do"}
    joined = [part for part in expand_conjuncts(noun) if noun.i < part.i < pronoun.i]
    named = noun.pos_ == "PROPN" and all(part.pos_ == "PROPN" for part in joined)
    if not joined or not named or clause.tag_ == "VBP" or pronoun.lower_ == "that":
        return noun
    if any(child.lower_ in plural and child.dep_ in {"aux", "auxpass"} for child in clause.children):
        return noun
    return noun if clause.lower_ in plural else joined[-1]


def find_joined(verb: Token) -> Token:
    """Return what a conjunct hangs on; for a finite verb not the infinitive or plan that it was hung on, but what is above.

    "Failed to take the town and was dismissed" has one who was dismissed, and did not fail to be; who "said that it
    would leave and warned Chad" did warn Chad.
    """
    form = _get_form(verb)
    if verb.dep_ != "conj" or verb.pos_ not in _VERBAL or form == "bare":
        return verb.head
    shared = form == "finite" and not any(child.dep_ in _SUBJECTS for child in verb.children)
    unlike = {"bare", "modal"} if shared else {"bare"}
    verbs = (token for token in (verb.head, *verb.head.ancestors) if token.pos_ in _VERBAL)
    first = next(verbs, verb.head)
    if first != verb.head or first.tag_ != "VB" or _get_form(first) not in unlike:
        return verb.head
    return next((token for token in verbs if _get_form(token) not in unlike), verb.head)


def _get_form(verb: Token) -> Literal["finite", "modal", "bare"]:
    finite = {"VBD", "VBZ", "VBP"}
    own = {child.tag_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if "MD" in own:
        return "modal"
    return "finite" if verb.tag_ in finite or own & finite else "bare"


def is_trained_and_paid(verb: Token) -> bool:
    """Say whether a participle was read as what somebody did: "the Scouts, men trained and paid by Oman, drove them out"."""
    after = verb.i + 2 < len(verb.doc) and verb.nbor(1).lower_ == "and"
    other = verb.nbor(2) if after else verb
    return other.dep_ == "conj" and other.head.i == verb.i and any(c.dep_ == "agent" for c in other.children)


def shares_object(verb: Token, other: Token) -> bool:
    """Say whether a verb may have the object of one joined to it: "praised and armed the rebels".

    Not where it has a clause for its object, as in "threatened to bomb Israel and praised Hamas", nor where the other has
    another form or subject: "vowed to disarm and called Salam a puppet".
    """
    if other.dep_ != "conj" or other.pos_ not in _VERBAL:
        return False
    clause = any(child.dep_ in {"xcomp", "ccomp"} for child in verb.children)
    apart = verb.tag_ in {"VB", "VBG"} and other.tag_ in {"VBD", "VBZ", "VBP"}
    placed = any(child.dep_ == "prep" and verb.i < child.i < other.i for child in verb.children)
    helped = [any(child.dep_ == "aux" for child in each.children) for each in (verb, other)]
    apart = apart or (placed and helped == [False, True])
    return not (clause or apart or any(child.dep_ in _SUBJECTS for child in other.children))
