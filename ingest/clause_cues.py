"""What a clause or a noun phrase says of itself: its negation, modals, adverbs and conditions, one token at a time."""

from typing import Literal

from ingest.arguments import SUBJECT_LABELS, VERBAL
from ingest.conjuncts import EXCEPTING, find_excepted
from ingest.cues import get_cues
from ingest.parse import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_ARGUMENT_LABELS = SUBJECT_LABELS | {"dobj", "attr", "dative", "oprd"}
_WAYS = frozenset(
    {
        "way",
        "circumstance",
        "time",
        "mean",
        "means",
        "account",
        "case",
        "sense",
        "point",
        "moment",
        "stage",
        "condition",
    }
)
# "Not since 1982 has it", "not for years did it"
_SPANS = frozenset({"since", "for", "in"})
_ABLE = frozenset({"can", "ca", "could", "would", "might"})
# A verb's "nothing" stands close behind it; further off, in loose writing, it is a remark of its own.
_REACH = 4
# "Little respect for" is none to speak of; "a little help" is some.
_SCANT = frozenset({"little", "scant", "zero"})
# "At least trusted him"; but who is trusted less, or least, is not trusted.
_FEELING = frozenset({"admire", "believe", "favor", "favour", "like", "love", "respect", "trust"})
_WILLING = frozenset({"will", "would", "wo", "'ll", "shall", "sha"})
_SINGLING = frozenset({"that", "which", "who"})


def is_negated(token: Token, *, beside: Token | None = None) -> bool:
    """Say whether a word is negated by its own dependents: "has not sent", "no support", "nobody backs".

    Args:
        token: A verb, noun or adjective.
        beside: The dependent that one comes from; its own negation has been counted.
    """
    return _has_negative_adverb(token) or is_denied_phrase(token) or _has_denied_argument(token, beside)


def is_denied_phrase(noun: Token) -> bool:
    """Say whether a noun phrase is one of none: "no troops", "neither side", "none of them"."""
    cues = get_cues()
    if any(child.lower_ in EXCEPTING for child in noun.rights) and _is_none(noun):
        return False
    if noun.lower_ in cues.negative_pronouns:
        return True
    if noun.i and noun.left_edge.lower_ == "neither":
        return True  # "neither Oman's Shiites nor its Sunnis"
    if (
        noun.dep_ == "appos"
        and noun.pos_ == "NOUN"
        and noun.left_edge.i
        and noun.left_edge.nbor(-1).lower_ in {"not", "never"}
    ):
        return True
    return any(
        (child.dep_ in {"det", "amod", "neg"} and child.lower_ in cues.negative_determiners)
        or (child.dep_ in {"preconj", "cc", "det"} and child.lower_ == "neither")
        or (child.lower_ in _SCANT and child.dep_ == "amod" and _is_too_little(noun))
        or (child.lower_ == "not" and child.nbor(1).lower_ in {"a", "an", "one", "even", "any"})
        for child in noun.lefts
        if not _is_longer(child)
    )


def _is_none(noun: Token) -> bool:
    """Whether a noun phrase is one of none at all: "nobody", "no country"."""
    cues = get_cues()
    return noun.lower_ in cues.negative_pronouns or any(
        child.dep_ == "det" and child.lower_ in cues.negative_determiners for child in noun.lefts
    )


def _is_too_little(noun: Token) -> bool:
    """Whether a little of something is none: not of evidence, which leaves open what it is for."""
    article = any(child.dep_ == "det" and child.lower_ in {"a", "the"} for child in noun.lefts)
    return not article and noun.lemma_.lower() not in get_cues().evidence_nouns


def _has_negative_adverb(token: Token) -> bool:
    cues = get_cues()
    denied = _is_by_no_means(token) or _is_passed_over(token) or _is_denied_since(token)
    if denied or _is_anything_but(token) or _is_least(token):
        return True
    for child in token.children:
        lower = child.lower_
        if lower not in cues.negative_adverbs or child.dep_ in {"det", "conj"}:
            continue
        if lower in {"nor", "neither"} and child.i > token.i:
            continue
        if child.i + 1 < len(token.doc) and child.nbor(1).lower_ in cues.focus_adverbs | {"but"}:
            continue
        if lower == "not" and child.i > token.i and child.nbor(-1).lower_ == "or":
            continue
        if lower == "not" and _is_either_way(child):
            continue
        return True
    return False


def _is_by_no_means(token: Token) -> bool:
    near = token.i > 2 and token.nbor(-1).lower_ == "means"
    return near and token.doc[token.i - 3 : token.i].text.lower() == "by no means"


def _is_anything_but(verb: Token) -> bool:
    """Whether somebody is all else: "is anything but a friend of Chad"."""
    return verb.lemma_ == "be" and any(
        child.lower_ == "anything" and any(grand.lower_ == "but" for grand in child.children)
        for child in verb.children
    )


def _is_least(verb: Token) -> bool:
    """Whether a feeling is one of having less or least of it: "trusts Lomu even less"."""
    return verb.lemma_ in _FEELING and any(
        child.lower_ in {"least", "less"} and child.dep_ == "advmod" and child.i > verb.i
        for child in verb.children
    )


def _is_either_way(negation: Token) -> bool:
    """Whether "not" stands for the other of two possibilities: "may or may not have armed them"."""
    words = [token.lower_ for token in negation.doc[max(0, negation.i - 3) : negation.i]]
    return len(words) == 3 and words[1] == "or" and words[0] == words[2]


def _is_passed_over(verb: Token) -> bool:
    """Whether a deed is what somebody would not rather do: "would rather talk to Eritrea than attack it", "rather than"."""
    if verb.dep_ == "conj" and any(
        child.lower_ == "than" and child.nbor(-1).lower_ == "rather"
        for child in verb.head.children
        if verb.head.i < child.i < verb.i
    ):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.left_edge.i and verb.nbor(-1).lower_ == "but":
        return any(child.lower_ == "everything" and child.dep_ == "dobj" for child in verb.head.children)
    return any(child.lower_ == "than" and child.i < verb.i for child in verb.children) and any(
        child.lower_ in {"rather", "sooner"} and child.dep_ == "advmod"
        for child in (*verb.lefts, *verb.head.children)
    )


def _is_denied_since(verb: Token) -> bool:
    """Whether a clause says of how long it has not been so: "Not since 1982 has Argentina attacked"."""
    return any(
        child.dep_ == "prep"
        and child.lower_ in _SPANS
        and child.i
        and child.nbor(-1).lower_ == "not"
        and any(c.dep_ == "aux" and child.i < c.i < verb.i and _is_inverted(c, verb) for c in verb.children)
        for child in verb.children
    )


def _is_inverted(auxiliary: Token, verb: Token) -> bool:
    return any(child.dep_ in SUBJECT_LABELS and child.i > auxiliary.i for child in verb.children)


def is_missed_chance(verb: Token) -> bool:
    """Say whether a condition is one that was not met: "had the court not barred him, he would have won"."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    above = {child.lower_ for child in verb.head.children if child.dep_ == "aux"}
    return (
        verb.dep_ == "advcl"
        and verb.tag_ in {"VBN", "VBD"}
        and "had" in auxiliaries
        and is_hypothetical(verb)
        and _has_negative_adverb(verb)
        and "have" in above
        and bool(above & _ABLE)
    )


def _has_denied_argument(verb: Token, beside: Token | None) -> bool:
    if verb.pos_ not in VERBAL or any(find_excepted(verb, child) for child in verb.children):
        return False
    for child in verb.children:
        if child == beside:
            continue
        if child.lower_ in get_cues().negative_pronouns and child.i > verb.i + _REACH:
            continue
        if child.dep_ in _ARGUMENT_LABELS and is_denied_phrase(child):
            return child.lemma_.lower() not in get_cues().sure_nouns
        if child.dep_ in {"prep", "agent"}:
            for pobj in child.children:
                if pobj.dep_ != "pobj" or not is_denied_phrase(pobj):
                    continue
                if child.dep_ == "agent" or pobj.lemma_.lower() in _WAYS:
                    return True
    return False


def _is_singled_out(name: Token) -> bool:
    """Whether a verb's own "not" covers a name: "it was not Iran that armed them"."""
    clauses = [child for child in name.head.children if child.dep_ == "ccomp"] if name.dep_ == "attr" else []
    parts = (part for clause in clauses for part in clause.children)
    return any(part.dep_ in SUBJECT_LABELS and part.lower_ in _SINGLING for part in parts)


def is_denied_end(token: Token) -> bool:
    """Say whether just this end of a relation is excluded: "Turkey, not Iran, funds it", "instead of Iran"."""
    if any(
        child.lower_ == "not"
        and child.dep_ in {"neg", "advmod", "preconj"}
        and child.i < token.i
        and child.nbor(1).lower_ not in get_cues().focus_adverbs
        for child in token.children
    ):
        return True
    if is_denied_phrase(token):
        return True
    head = token.head
    if token.dep_ == "pobj" and head.lower_ == "by" and head.i and head.nbor(-1).lower_ == "not":
        return head.nbor(-1).head == head or (head.i > 1 and head.nbor(-2).text in {",", "but", "and"})
    if token.dep_ == "pobj" and head.lower_ in {"of", "than"}:
        before = head.nbor(-1).lower_ if head.i else ""
        return (before, head.lower_) in {("instead", "of"), ("rather", "than")}
    return _is_denied_before(token)


def _is_denied_before(token: Token) -> bool:
    """Whether "not", "rather than" or "instead of" stands before all that hangs on a word."""
    first = token.left_edge.i
    previous = token.doc[first - 1] if first else None
    if previous is None or previous.lower_ not in {"not", "than", "of"}:
        return False
    if previous.sent != token.sent or _is_singled_out(token):
        return False
    before = previous.nbor(-1).lower_ if previous.i else ""
    return previous.lower_ == "not" or (previous.lower_ in {"than", "of"} and before in {"rather", "instead"})


def is_contrasted_end(token: Token) -> bool:
    """Say whether just this end is the true one: "was not attacked by Israel but by Oman", "met not Ito but Abe"."""
    for link in (token, token.head if token.dep_ == "pobj" else token):
        if link.dep_ != "conj":
            continue
        if any(
            child.dep_ == "cc" and child.lower_ == "but" for child in link.head.children if child.i < link.i
        ):
            around = (*link.head.children, *link.head.head.children)
            return any(child.lower_ in {"not", "n't"} and child.i < link.i for child in around)
    return False


def is_ended(token: Token) -> bool:
    """Say whether a clause says that it holds no more: "no longer supports", "does not back them anymore"."""
    return any(_is_longer(child) for child in token.children)


def _is_longer(child: Token) -> bool:
    """Whether a word is part of "no longer", "not any more", "not anymore"."""
    lower = child.lower_
    if lower in {"longer", "more"}:
        adverb = child.i > 0 and child.dep_ in {"advmod", "npadvmod", "neg"}
        return adverb and child.nbor(-1).lower_ in {"no", "any"}
    if lower == "no":
        return child.i + 1 < len(child.doc) and child.nbor(1).lower_ == "longer"
    return lower == "anymore"


def will_not(verb: Token) -> bool:
    """Say whether its subject states that he will not do it: "will never join them", "would neither feed nor arm them"."""
    words = {
        child.lower_ for child in verb.children if child.dep_ in {"aux", "cc", "neg", "preconj", "advmod"}
    }
    return bool(words & _WILLING) and bool(words & {"not", "n't", "never", "neither"})


def has_modal(verb: Token) -> bool:
    """Say whether a modal leaves the deed open; "will continue to" and "could not" do not."""
    cues = get_cues()
    for child in verb.children:
        if child.dep_ != "aux" or child.lower_ not in cues.modal_verbs:
            continue
        if child.lower_ == "'d" and verb.tag_ == "VBN":
            continue
        if child.lower_ in {"will", "'ll", "shall"} and verb.lemma_.lower() in cues.continuing_verbs:
            continue
        if child.lower_ in {"can", "could", "ca"} and (_has_negative_adverb(verb) or is_ended(verb)):
            continue
        return True
    return False


def read_need(verb: Token) -> Literal["met", "open"] | None:
    """Say whether a clause tells of a deed by what it needs: "without Rwanda's help, M23 could not have taken Goma".

    Returns:
        "met" where both happened, as there; "open" where neither is said: "could not fight without their help"; None for
        any other clause.
    """
    words = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    needs = any(child.dep_ == "prep" and child.lower_ == "without" for child in verb.children)
    if not needs or not words & _ABLE or not _has_negative_adverb(verb):
        return None
    return "met" if "have" in words else "open"


def has_adverb(token: Token, words: frozenset[str]) -> bool:
    """Say whether an adverb of `words` stands on a verb, noun or adjective, directly or through its auxiliary."""
    return any(
        child.lower_ in words and child.dep_ in {"advmod", "amod", "npadvmod", "dep"}
        for child in token.children
    )


def has_adjective(noun: Token, words: frozenset[str]) -> bool:
    """Say whether an adjective of `words` stands before a noun."""
    return any(
        child.lower_ in words and child.dep_ in {"amod", "compound", "nmod", "advmod"} for child in noun.lefts
    )


def is_hypothetical(verb: Token) -> bool:
    """Say whether a clause is a condition or asks whether: "if Iran attacks", "whether it will", "should it attack"."""
    cues = get_cues()
    subject = next((child for child in verb.children if child.dep_ in SUBJECT_LABELS), None)
    for child in verb.children:
        if (
            child.dep_ in {"mark", "advmod", "prep", "dep"}
            and child.lower_ in cues.conditional_marks
            and child.i < verb.i
        ):
            return True
        inverted = subject is not None and child.i < subject.i and verb.dep_ == "advcl"
        if inverted and child.dep_ == "aux" and child.lower_ in {"should", "had", "were"}:
            return True
    return verb.lower_ == "were" and verb.dep_ == "advcl" and subject is not None and verb.i < subject.i


def is_conditional(verb: Token) -> bool:
    """Say whether a clause holds only on a condition that hangs on it: "Israel attacks if provoked"."""
    for child in verb.children:
        if child.dep_ == "advcl" and is_hypothetical(child):
            marks = [c for c in child.children if c.lower_ in get_cues().conditional_marks]
            if any(m.lower_ == "whether" or (m.i and m.nbor(-1).lower_ in {"even", "as"}) for m in marks):
                continue
            return True
    return False


def is_asked(root: Token) -> bool:
    """Say whether a main clause is a yes-or-no question, with or without its mark."""
    sentence = root.sent
    words = [token for token in sentence if not token.is_punct and not token.is_space]
    if not words:
        return False
    first = words[0]
    subject = next((child for child in root.children if child.dep_ in SUBJECT_LABELS), None)
    inverted = (
        first.lower_ in {"is", "are", "was", "were", "do", "does", "did", "has", "have"}
        and first.head.i == root.i
        and subject is not None
        and first.i < subject.i
        and not any(child.dep_ == "expl" for child in root.children)
    )
    if inverted:
        return True
    if "?" not in [token.text for token in sentence[-3:]]:
        return False
    before = [token for token in sentence if token.i <= root.i]
    return not any(token.tag_ in {"WP", "WRB", "WDT", "WP$"} for token in before)
