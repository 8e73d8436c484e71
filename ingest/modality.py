"""Whether a sentence means a claim: denied or affirmed, and asserted, reported, alleged, possible or past.

Judged by scope, never by the mere presence of a word: the parse is climbed from the word that carries the
relation to the root, and each word on the way acts only on what stands below it. "Iran, which backs the group,
has not sent troops" denies the sending and not the backing.

Where several readings hold, one is kept: possible > alleged > past > reported > asserted. The future ("will") is
possible, as is whatever is planned, vowed or called for; an end ("no longer", "stopped arming") is denied and past;
a call to end something takes it as given, and leaves it asserted.
"""

from collections.abc import Iterable

from graph.models import Modality
from ingest.arguments import VERBAL
from ingest.clause_cues import (
    NOMINAL,
    has_adjective,
    is_asked,
    is_contrasted_end,
    is_denied_end,
    is_denied_phrase,
    is_hypothetical,
    read_need,
)
from ingest.conjuncts import find_joined
from ingest.cues import get_cues
from ingest.parse import Doc, Token
from ingest.scope import PRECEDENCE, Reading, Scope, is_finite, is_infinitive, read_own, strongest
from ingest.scope_verbs import MISTAKEN, is_denied_talk, pass_verb, refute_for_good

__all__ = ["PRECEDENCE", "Scope", "judge_scope", "strongest"]

_POINTING = frozenset({"it", "that", "this", "these", "those", "which", "what"})
_CAUTIONING = frozenset({"advise", "caution", "counsel", "warn"})
_ATTRIBUTIVE = frozenset({"amod", "compound", "nmod", "poss", "nummod", "npadvmod"})


def judge_scope(
    doc: Doc,
    trigger_token: int,
    *,
    ends: Iterable[int] = (),
    stance: bool = False,
    given: bool = False,
    refused: bool = False,
    told: bool = False,
    hint: Modality | None = None,
) -> Scope:
    """Return how a relation is meant that the token `trigger_token` carries.

    Args:
        doc: The parse of its block.
        trigger_token: Index of the word in `doc`.
        ends: Head tokens of the two mentions; "Turkey, not Iran" denies a relation of Iran's alone.
        stance: The relation is support or opposition, which an attempt shows even where it fails.
        given: The relation is taken as given, as in a title before a name: what stands above cannot deny it.
        refused: The relation is that the deed is refused: the verb's own "will not" carries it, and denies nothing.
        told: Somebody says it; that he will not do it is then a statement, and leaves nothing open.
        hint: What the rule that found it knows already.

    Cost: one walk to the root of the parse, looking at each token's children on the way.
    """
    trigger = doc[trigger_token]
    reading = Reading(stance=stance)
    read_own(reading, trigger, refused=refused)
    if any(
        is_denied_end(doc[end])
        for end in ends
        if end != trigger_token and not _is_argument(doc[end], trigger)
    ):
        reading.negate()
    if reading.denied and any(is_contrasted_end(doc[end]) for end in ends):
        reading.negate()
    if not given:
        _climb(reading, trigger)
    return reading.conclude(hint, told=told)


def _is_argument(end: Token, trigger: Token) -> bool:
    """Whether a verb's own negation already covers this end: "no troops were sent"."""
    return trigger.pos_ in VERBAL and trigger.i in {end.head.i, end.head.head.i} and is_denied_phrase(end)


def _climb(reading: Reading, trigger: Token) -> None:
    child = trigger
    while child.head.i != child.i:
        parent = _get_parent(child)
        if (joined := find_joined(child)) != child.head and not reading.blocked:
            _pass_conjunct(reading, child, joined)
            child = joined
            continue
        _pass(reading, child, parent)
        child = parent
    if not reading.blocked and is_asked(child):
        reading.suppose()


def _get_parent(child: Token) -> Token:
    """What a word hangs on, where the parser often errs put right.

    "Denied supplying missiles" is no kind of missiles, and "accused by activists of selling" no kind of activists.
    """
    parent = child.head
    if child.tag_ == "VBG" and child.dep_ in {"amod", "compound"} and parent.dep_ == "dobj":
        return parent.head if child.i - 1 == parent.head.i else parent
    if child.dep_ == "prep" and child.lower_ in {"of", "for", "with"} and parent.head.dep_ == "agent":
        verb = parent.head.head
        return verb if verb.lemma_.lower() in get_cues().alleged_verbs else parent
    return parent


def _pass(reading: Reading, child: Token, parent: Token) -> None:
    """Let one word act on what hangs on it."""
    if not reading.blocked and parent.i != child.head.i:
        pass_verb(reading, child, parent)
    elif reading.blocked:
        _pass_report(reading, child, parent)
    elif child.dep_ == "conj":
        _pass_conjunct(reading, child, parent)
    elif child.dep_ in {"relcl", "acl"} and parent.lower_ in get_cues().negative_pronouns:
        reading.hearsay, reading.reported = "deny", False
        reading.negate()
        reading.blocked = True
    elif _is_given(child, parent):
        reading.blocked = True
    elif parent.pos_ == "ADP" or (parent.dep_ == "prep" and parent.pos_ in {"SCONJ", "ADV", "VERB"}):
        _pass_preposition(reading, child, parent)
    elif parent.pos_ in VERBAL:
        pass_verb(reading, child, parent)
    elif parent.pos_ in NOMINAL:
        _pass_noun(reading, child, parent)
    elif parent.pos_ == "ADJ" or _is_brink(child, parent):
        _pass_adjective(reading, child, parent)


def _is_given(child: Token, parent: Token) -> bool:
    """Whether a clause or phrase is taken as given, so that what stands above cannot deny it."""
    if child.dep_ == "relcl" and is_infinitive(child) and _is_operator_noun(parent):
        return False
    if child.dep_ in {"relcl", "appos", "parataxis", "dep"}:
        return not is_denied_talk(child, parent) and not _tells_claim(child, parent)
    if child.dep_ in _ATTRIBUTIVE:
        return not (child.pos_ in NOMINAL and _is_operator_noun(parent))
    if child.dep_ == "acl":
        return not is_infinitive(child) and not _is_operator_noun(parent)
    if child.dep_ == "advcl":
        return not is_infinitive(child)
    return child.dep_ == "ccomp" and _is_spliced(child, parent)


def _tells_claim(clause: Token, noun: Token) -> bool:
    """Whether a clause is what a claim says, though it was taken for a relative one: "reports that Chad had armed them"."""
    marked = any(child.dep_ == "mark" and child.lower_ == "that" for child in clause.children)
    return clause.dep_ == "relcl" and marked and noun.lemma_.lower() in get_cues().claim_nouns


def _is_spliced(child: Token, verb: Token) -> bool:
    """Whether a comma alone joins a sentence to the next: "Italy pays the coast guard, Meloni isn't ashamed of it"."""
    cues = get_cues()
    judged = cues.false_adjectives | cues.unknown_adjectives
    labels = {token.dep_ for token in verb.children}
    alone = (
        verb.lemma_.lower() in {"do", "have"} and "neg" in labels and not labels & {"acomp", "dobj", "prep"}
    )
    return (
        (verb.lemma_ == "be" or alone)
        and is_finite(child)
        and any(token.text == "," and child.i < token.i < verb.i for token in verb.children)
        and any(token.dep_ == "nsubj" and token.lower_ not in _POINTING for token in verb.children)
        and not any(token.lower_ in judged for token in verb.children)
    )


def _is_operator_noun(noun: Token) -> bool:
    cues = get_cues()
    return noun.lemma_.lower() in (
        cues.claim_nouns | cues.speech_nouns | cues.evidence_nouns | cues.sure_nouns | cues.plan_nouns
        | cues.trying_nouns | cues.negative_nouns | cues.ended_nouns
    )  # fmt: skip


def _pass_report(reading: Reading, child: Token, parent: Token) -> None:
    if child.dep_ == "ccomp" and parent.lemma_.lower() in get_cues().speech_verbs:
        reading.reported = True


def _pass_conjunct(reading: Reading, child: Token, parent: Token) -> None:
    """A later conjunct shares the negation and modals of the first where it shares its verb form and subject."""
    if is_hypothetical(parent):
        reading.suppose()
    if parent.pos_ not in VERBAL or child.pos_ not in VERBAL:
        if _is_set_against(child, parent):
            reading.hearsay = "keep"
        elif parent.pos_ in NOMINAL:
            read_own(reading, parent)
        return
    own = {grand.dep_ for grand in child.children if not (grand.dep_ == "aux" and grand.lower_ == "to")}
    contrast = any(c.dep_ == "cc" and c.lower_ == "but" for c in parent.children)
    joint = any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in parent.children)
    alike = joint or (child.tag_ == parent.tag_ and child.tag_ in {"VB", "VBN", "VBG"})
    if alike and not contrast and not own & {"nsubj", "nsubjpass", "aux", "auxpass", "neg"}:
        read_own(reading, parent)


def _is_set_against(child: Token, parent: Token) -> bool:
    """Whether what is joined to a thing is true in its stead: "not the leader but its treasurer", "not a friend but a foe"."""
    joined = not is_denied_phrase(child) and any(
        grand.dep_ == "cc" and grand.lower_ == "but" and parent.i < grand.i < child.i
        for grand in parent.children
    )
    before = parent.doc[max(parent.sent.start, parent.left_edge.i - 3) : parent.i]
    return joined and any(token.lower_ in {"not", "n't", "no"} for token in before)


def _pass_preposition(reading: Reading, child: Token, preposition: Token) -> None:
    lower = preposition.lower_
    before = preposition.nbor(-1).lower_ if preposition.i else ""
    if lower == "without" and read_need(preposition.head) is not None:
        return
    if lower == "without" and child.dep_ == "pobj" and _is_unreal(preposition.head):
        reading.blocked = True
        return
    if (
        lower in get_cues().negative_prepositions
        or (before, lower)
        in {
            ("instead", "of"),
            ("rather", "than"),
            ("far", "from"),
        }
        or (lower == "against" and child.dep_ == "pcomp")
        or (preposition.head.lower_, lower) == ("anything", "but")
    ):
        reading.negate()
        if lower == "against" and preposition.head.lemma_ in _CAUTIONING:
            reading.suppose()
    elif child.dep_ == "pobj" and lower == "of" and before in {"case", "event"}:
        reading.suppose()


def _is_unreal(verb: Token) -> bool:
    """Whether a clause tells what would be, so that what it would be without is there: "without Togo's aid, it would fall"."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ == "aux"}
    # "Said it would attack" tells what was to come.
    told = verb.dep_ != "ROOT" and "have" not in auxiliaries
    return not told and not auxiliaries.isdisjoint({"could", "might", "would"})


def _is_brink(child: Token, word: Token) -> bool:
    """Whether a deed was all but done: "came close to attacking"."""
    return word.lower_ in {"close", "near", "nearer", "closer"} and any(
        grand.dep_ == "pcomp" for grand in child.children
    )


def _is_false(verb: Token) -> bool:
    """Whether a predicate says that its subject is not so; the parser hangs some of them on the subject."""
    labels = {"acomp", "attr", "oprd"}
    return any(
        child.dep_ in labels and child.lower_ in get_cues().false_adjectives for child in verb.children
    )


def _pass_noun(reading: Reading, child: Token, noun: Token) -> None:
    """Let a noun that holds a claim, a plan or the lack of something act on what hangs on it."""
    cues = get_cues()
    lemma = noun.lemma_.lower()
    denied = is_denied_phrase(noun)
    if lemma in cues.sure_nouns and denied:
        reading.hearsay = "keep"
    elif lemma in cues.claim_nouns:
        reading.alleged = True
    elif lemma in cues.speech_nouns and child.dep_ in {"acl", "ccomp"} and is_finite(child):
        reading.reported, reading.hearsay = True, "leave-open"
    elif lemma in cues.negative_nouns:
        reading.negate()
    elif lemma in cues.ended_nouns:
        reading.end()
    elif lemma in cues.plan_nouns or (lemma in cues.trying_nouns and not reading.stance):
        reading.suppose()
    elif lemma not in cues.trying_nouns and lemma not in cues.evidence_nouns:
        reading.blocked = child.dep_ != "attr"
        return
    reading.operator = True
    if any(grand.dep_ in {"ccomp", "relcl"} and _is_false(grand) for grand in noun.children):
        reading.refute()
    if lemma in cues.evidence_nouns and has_adjective(noun, frozenset({"little", "scant", "insufficient"})):
        reading.possible = True
    read_own(reading, noun)


def _pass_adjective(reading: Reading, child: Token, adjective: Token) -> None:
    cues = get_cues()
    lower = adjective.lower_
    if (
        lower in MISTAKEN | cues.false_adjectives
        and (reading.reported or reading.alleged)
        and is_infinitive(child)
    ):
        refute_for_good(reading)
        return
    if _is_brink(child, adjective):
        reading.suppose()
    elif lower in cues.negative_predicates or lower in cues.false_adjectives:
        reading.negate()
    elif lower in cues.possible_predicates or lower in cues.unknown_adjectives:
        reading.suppose()
    reading.operator = True
    read_own(reading, adjective)
