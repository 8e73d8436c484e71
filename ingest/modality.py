"""Whether a sentence means a claim: denied or affirmed, and asserted, reported, alleged, possible or past.

Judged by scope, never by the mere presence of a word: the parse is climbed from the word that carries the
relation to the root, and each word on the way acts only on what stands below it. "Iran, which backs the group,
has not sent troops" denies the sending and not the backing.

Where several readings hold, one is kept: possible > alleged > past > reported > asserted. The future ("will") is
possible, as is whatever is planned, vowed or called for; an end ("no longer", "stopped arming") is denied and past;
a call to end something takes it as given, and leaves it asserted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from graph.models import Modality, Polarity
from ingest.arguments import VERBAL, is_passive
from ingest.clause_cues import (
    NOMINAL,
    has_adjective,
    has_adverb,
    has_modal,
    is_asked,
    is_conditional,
    is_denied_end,
    is_denied_phrase,
    is_ended,
    is_hypothetical,
    is_negated,
    is_past,
)
from ingest.cues import get_cues

PRECEDENCE: tuple[Modality, ...] = ("possible", "alleged", "past", "reported", "asserted")

_ATTRIBUTIVE = frozenset({"amod", "compound", "nmod", "poss", "nummod", "npadvmod"})
# Prepositions that open what a verb is about, and not the circumstances of its deed.
_COMPLEMENTING = frozenset(
    {
        "of",
        "for",
        "with",
        "in",
        "from",
        "about",
        "on",
        "against",
        "to",
        "at",
        "over",
        "as",
        "without",
        "by",
        "under",
        "into",
    }
)
_CALLING = frozenset({"call", "brand", "label", "describe", "consider", "deem"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "acl", "oprd", "advcl"})


class Scope(NamedTuple):
    """How a claim is meant."""

    polarity: Polarity
    modality: Modality


def judge_scope(
    doc: Doc,
    trigger_token: int,
    *,
    ends: Iterable[int] = (),
    stance: bool = False,
    given: bool = False,
    hint: Modality | None = None,
) -> Scope:
    """Return how a relation is meant that the token `trigger_token` carries.

    Args:
        ends: Head tokens of the two mentions; "Turkey, not Iran" denies a relation of Iran's alone.
        stance: The relation is support or opposition, which an attempt shows even where it fails.
        given: The relation is taken as given, as in a title before a name: what stands above cannot deny it.
        hint: What the rule that found it knows already.

    Cost: one walk to the root of the parse, looking at each token's children on the way.
    """
    trigger = doc[trigger_token]
    reading = _Reading(stance=stance)
    _read_own(reading, trigger)
    if any(
        is_denied_end(doc[end])
        for end in ends
        if end != trigger_token and not _is_argument(doc[end], trigger)
    ):
        reading.negate()
    if not given:
        _climb(reading, trigger)
    return reading.conclude(hint)


def strongest(*modalities: Modality | None) -> Modality:
    """Return the one that wins by `PRECEDENCE`; `asserted` where none is given."""
    return min((m for m in modalities if m is not None), key=PRECEDENCE.index, default="asserted")


@dataclass(slots=True)
class _Reading:
    """What has been found on the way up so far.

    Attributes:
        ended: The denial is an end: it held before.
        presupposed: Its end was spoken of, so that it held, whatever is said of the end.
        excluded: It was ruled out; to deny that leaves it open.
        hearsay: What a negation above does now: deny, or merely leave open what somebody else says or knows.
        blocked: Above a clause that is taken as given: only a speaker still matters.
        operator: The content so far is that of a claim, plan or the like, and no longer of a deed.
        same_clause: No other clause has been entered yet.
    """

    stance: bool = False
    denied: bool = False
    ended: bool = False
    presupposed: bool = False
    excluded: bool = False
    possible: bool = False
    alleged: bool = False
    past: bool = False
    reported: bool = False
    hearsay: Literal["deny", "leave-open", "allege", "keep"] = "deny"
    blocked: bool = False
    operator: bool = False
    same_clause: bool = True

    def negate(self) -> None:
        match self.hearsay:
            case "deny":
                self.denied = not self.denied
                self.possible = self.possible or (self.excluded and not self.denied)
                if self.ended and not self.denied:
                    self.past = self.ended = False
            case "leave-open":
                self.possible = True
            case "allege":
                self.alleged = True
            case "keep":
                pass

    def end(self) -> None:
        if self.hearsay == "deny":
            self.negate()
            self.presupposed = True
            if self.denied:
                self.past = self.ended = True

    def refute(self) -> None:
        """Somebody calls the claim untrue."""
        self.negate()
        self.alleged = False
        self.reported = True

    def suppose(self) -> None:
        if self.presupposed:
            self.denied = self.past = self.ended = False
            self.hearsay = "keep"
        else:
            self.possible = True

    def conclude(self, hint: Modality | None) -> Scope:
        found: list[Modality] = [
            name
            for name, holds in (
                ("possible", self.possible), ("alleged", self.alleged),
                ("past", self.past), ("reported", self.reported),
            )
            if holds
        ]  # type: ignore[assignment]  # fmt: skip
        return Scope("denied" if self.denied else "affirmed", strongest(hint, *found))


def _is_argument(end: Token, trigger: Token) -> bool:
    """Whether a verb's own negation already covers this end: "no troops were sent"."""
    return (
        trigger.pos_ in VERBAL
        and (end.head.i == trigger.i or end.head.head.i == trigger.i)
        and is_denied_phrase(end)
    )


def _read_own(reading: _Reading, token: Token, *, negation: bool = True, beside: Token | None = None) -> None:
    """Take in what a word's own dependents say of it."""
    cues = get_cues()
    if has_modal(token) or is_hypothetical(token) or is_conditional(token):
        reading.suppose()
    if is_ended(token):
        reading.end()
    elif negation and is_negated(token, beside=beside):
        reading.negate()
    if has_adverb(token, cues.possible_adverbs):
        reading.possible = True
    if has_adverb(token, cues.alleged_adverbs):
        reading.alleged = True
    if reading.same_clause and is_past(token):
        reading.past = True
    if token.pos_ in NOMINAL or token.pos_ == "ADJ":
        _read_adjectives(reading, token)


def _read_adjectives(reading: _Reading, noun: Token) -> None:
    cues = get_cues()
    if has_adjective(noun, cues.alleged_adjectives):
        reading.alleged = True
    if has_adjective(noun, cues.possible_adjectives):
        reading.possible = True
    if reading.same_clause and (has_adjective(noun, cues.past_adjectives) or _is_ex(noun)):
        reading.past = True
    if has_adjective(noun, cues.false_adjectives):
        reading.negate()


def _is_ex(noun: Token) -> bool:
    """Whether "ex-" stands before a noun, as one word or as three."""
    before = noun.doc[max(0, noun.i - 2) : noun.i].text.lower()
    return before == "ex-" or noun.lower_.startswith("ex-")


def _climb(reading: _Reading, trigger: Token) -> None:
    child = trigger
    while child.head.i != child.i:
        parent = child.head
        if reading.blocked:
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
            _pass_verb(reading, child, parent)
        elif parent.pos_ in NOMINAL:
            _pass_noun(reading, child, parent)
        elif parent.pos_ == "ADJ":
            _pass_adjective(reading, parent)
        child = parent
    if not reading.blocked and is_asked(child):
        reading.suppose()


def _is_given(child: Token, parent: Token) -> bool:
    """Whether a clause or phrase is taken as given, so that what stands above cannot deny it."""
    if child.dep_ in {"relcl", "appos", "parataxis", "dep"}:
        return not _is_denied_talk(child, parent)
    if child.dep_ in _ATTRIBUTIVE:
        return not (child.pos_ in NOMINAL and _is_operator_noun(parent))
    if child.dep_ == "acl":
        return not _is_infinitive(child) and not _is_operator_noun(parent)
    if child.dep_ == "advcl":
        return not _is_infinitive(child)
    return False


def _is_denied_talk(child: Token, parent: Token) -> bool:
    """Whether "claims" after a verb of denial was taken for a verb: "dismissed as nonsense claims that ..."."""
    cues = get_cues()
    return (
        child.dep_ == "dep"
        and child.lemma_.lower() in cues.claim_nouns
        and parent.lemma_.lower() in cues.denying_verbs
    )


def _is_operator_noun(noun: Token) -> bool:
    cues = get_cues()
    return noun.lemma_.lower() in (
        cues.claim_nouns | cues.speech_nouns | cues.evidence_nouns | cues.sure_nouns | cues.plan_nouns
        | cues.trying_nouns | cues.negative_nouns | cues.ended_nouns
    )  # fmt: skip


def _is_infinitive(verb: Token) -> bool:
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _is_finite(verb: Token) -> bool:
    """Whether a clause states something: not "to send" and not the subjunctive of "demanded that it send"."""
    if verb.tag_ in {"VBD", "VBZ", "VBP"} or any(
        c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in verb.children
    ):
        return True
    return verb.tag_ not in {"VB", "VBG", "VBN"} and not _is_infinitive(verb)


def _pass_report(reading: _Reading, child: Token, parent: Token) -> None:
    if child.dep_ == "ccomp" and parent.lemma_.lower() in get_cues().speech_verbs:
        reading.reported = True


def _pass_conjunct(reading: _Reading, child: Token, parent: Token) -> None:
    """A later conjunct shares the negation and modals of the first where it shares its verb form and subject."""
    if is_hypothetical(parent):
        reading.suppose()
    if parent.pos_ not in VERBAL or child.pos_ not in VERBAL:
        if parent.pos_ in NOMINAL:
            _read_own(reading, parent)
        return
    own = {grand.dep_ for grand in child.children if not (grand.dep_ == "aux" and grand.lower_ == "to")}
    contrast = any(c.dep_ == "cc" and c.lower_ == "but" for c in parent.children)
    joint = any(c.dep_ == "cc" and c.lower_ in {"or", "nor"} for c in parent.children)
    alike = joint or (child.tag_ == parent.tag_ and child.tag_ in {"VB", "VBN", "VBG"})
    if alike and not contrast and not own & {"nsubj", "nsubjpass", "aux", "auxpass", "neg"}:
        _read_own(reading, parent)


def _pass_preposition(reading: _Reading, child: Token, preposition: Token) -> None:
    lower = preposition.lower_
    before = preposition.nbor(-1).lower_ if preposition.i else ""
    if lower in get_cues().negative_prepositions or (before, lower) in {
        ("instead", "of"),
        ("rather", "than"),
    }:
        reading.negate()
    elif lower == "against" and child.dep_ == "pcomp":
        reading.negate()
    elif (preposition.head.lower_, lower) in {("anything", "but"), ("far", "from")}:
        reading.negate()
    elif child.dep_ == "pobj" and lower == "of" and before in {"case", "event"}:
        reading.suppose()


def _pass_verb(reading: _Reading, child: Token, verb: Token) -> None:
    """Let a verb act on the clause or the deed below it, then its own negation and modals on both."""
    cues = get_cues()
    nominal = not reading.operator and not _holds_clause(child)
    lemma = verb.lemma_.lower()
    if child.dep_ == "prep" and child.lower_ not in _COMPLEMENTING:
        reading.blocked = True
        return
    if reading.stance and reading.operator and child.lemma_.lower() in cues.trying_nouns:
        reading.blocked = True
        return
    if _is_denied_talk(child, verb):
        reading.hearsay = "deny"
    if not nominal and lemma in cues.speech_verbs and has_adverb(verb, cues.false_adverbs):
        reading.negate()
    acted = _act(reading, child, verb, nominal=nominal)
    if nominal and not acted and lemma not in cues.light_verbs and child.dep_ != "attr":
        if _is_definite(child):
            reading.blocked = True
            return
        _read_own(reading, verb, negation=False)
        reading.blocked = True
        return
    if child.dep_ == "prep" and not nominal and not acted and lemma not in cues.light_verbs:
        reading.blocked = True
        return
    _read_predicate(reading, child, verb)
    _read_own(reading, verb, beside=child)


def _holds_clause(child: Token) -> bool:
    """Whether what hangs here is a clause, also when a preposition stands between: "accused of arming"."""
    if child.dep_ in {"prep", "agent", "prt"}:
        return any(grand.dep_ == "pcomp" for grand in child.children)
    return child.dep_ in _CLAUSAL or child.pos_ in VERBAL


def _is_definite(child: Token) -> bool:
    noun = (
        next((grand for grand in child.children if grand.dep_ == "pobj"), child)
        if child.pos_ == "ADP"
        else child
    )
    return any(
        grand.dep_ == "poss" or (grand.dep_ == "det" and grand.lower_ not in {"a", "an", "any"})
        for grand in noun.children
    )


def _act(reading: _Reading, child: Token, verb: Token, *, nominal: bool) -> bool:
    """Let a verb act on what stands below it; says whether it is one that does."""
    cues = get_cues()
    lemma = verb.lemma_.lower()
    particles = {grand.lower_ for grand in verb.children if grand.dep_ in {"prt", "advmod", "acomp", "prep"}}
    if reading.operator and lemma in _CALLING:
        if any(token.lower_ in cues.false_adjectives for token in verb.subtree):
            reading.refute()
    elif lemma == "have" and child.dep_ == "xcomp" and any(grand.lower_ == "yet" for grand in verb.children):
        reading.negate()
    elif particles & cues.ended_particles.get(lemma, frozenset()):
        reading.end()
    elif particles & cues.negative_particles.get(lemma, frozenset()):
        reading.negate()
        reading.excluded = lemma == "rule"
    elif lemma in (cues.noun_negating_verbs if nominal else cues.negative_verbs):
        _deny(reading, lemma, finite=child.dep_ == "ccomp")
    elif lemma in cues.ended_verbs and (nominal or reading.operator or not _is_finite(child)):
        reading.end()
    else:
        return _hedge(reading, child, verb, nominal=nominal)
    return True


def _deny(reading: _Reading, lemma: str, *, finite: bool) -> None:
    cues = get_cues()
    reading.negate()
    if lemma in cues.denying_verbs:
        reading.reported = True
        if reading.denied:
            reading.alleged = False
    if finite and lemma == "deny":
        reading.same_clause = False


def _hedge(reading: _Reading, child: Token, verb: Token, *, nominal: bool) -> bool:
    cues = get_cues()
    lemma = verb.lemma_.lower()
    states = child.dep_ == "ccomp" and _is_finite(child) and not nominal
    if child.dep_ == "ccomp":
        reading.same_clause = False
    if lemma in cues.alleged_verbs and not nominal and _alleges(child, verb):
        reading.alleged = True
        if lemma not in cues.negation_raising_verbs:
            reading.hearsay = "leave-open"
    elif nominal:
        return _hedge_deed(reading, child, verb)
    elif states and lemma in cues.confirming_verbs:
        reading.reported, reading.hearsay = True, "allege"
    elif states and lemma in cues.speech_verbs and lemma not in cues.doubting_verbs:
        reading.reported = True
        reading.alleged = reading.alleged or _is_vague(verb)
        if lemma not in cues.negation_raising_verbs:
            reading.hearsay = "leave-open"
    elif lemma in (cues.doubting_verbs if states else cues.possible_verbs):
        reading.suppose()
    elif lemma in cues.trying_verbs and not states:
        if not reading.stance:
            reading.suppose()
    elif lemma == "have" and any(
        g.dep_ == "nsubj" and g.lemma_.lower() in cues.claim_nouns for g in verb.children
    ):
        reading.alleged = True
    elif states:
        reading.hearsay = "keep" if lemma not in {"be", "do", "mean"} else reading.hearsay
    elif lemma == "use" and verb.tag_ in {"VBD", "VB"} and _is_infinitive(child):
        reading.past = True
    else:
        return lemma in cues.light_verbs or child.dep_ in {"xcomp", "ccomp"}
    return True


def _hedge_deed(reading: _Reading, child: Token, verb: Token) -> bool:
    cues = get_cues()
    lemma = verb.lemma_.lower()
    preposition = child.lower_ if child.dep_ == "prep" else ""
    if lemma in {"accuse", "suspect", "blame", "charge", "implicate"} and preposition in {
        "of",
        "for",
        "with",
        "in",
    }:
        reading.alleged = True
    elif lemma in {"suspect", "allege", "rumor", "rumour"} and child.dep_ == "dobj":
        reading.alleged = True
    elif lemma in cues.noun_possible_verbs and (
        child.dep_ == "dobj" or preposition in {"for", "of", "against", "with"}
    ):
        reading.suppose()
    else:
        return False
    return True


def _alleges(child: Token, verb: Token) -> bool:
    """Whether a verb such as "believed" casts doubt here: "is said to", but not "the minister said that"."""
    cues = get_cues()
    lemma = verb.lemma_.lower()
    if lemma in cues.reporting_actives:
        return is_passive(verb) and child.dep_ in {"xcomp", "ccomp", "csubjpass", "advcl", "oprd"}
    return True


def _is_vague(verb: Token) -> bool:
    """Whether nobody in particular speaks: "sources said", "some say"."""
    return any(
        child.dep_ in {"nsubj", "nsubjpass"} and child.lemma_.lower() in get_cues().vague_speakers
        for child in verb.children
    )


def _read_predicate(reading: _Reading, child: Token, verb: Token) -> None:
    """Let the predicate of a copula act on its subject clause: "it is false that", "reports are untrue"."""
    cues = get_cues()
    if verb.tag_ == "VBG" and verb.lower_ == "going" and child.dep_ == "xcomp":
        reading.suppose()
    if verb.lower_ in cues.possible_predicates and verb.tag_ == "VBN" and child.dep_ in {"xcomp", "advcl"}:
        reading.suppose()
    if child.dep_ not in {"ccomp", "csubj", "nsubj", "nsubjpass", "xcomp", "advcl"}:
        return
    if not (reading.operator or _holds_clause(child)):
        return
    for predicate in verb.children:
        lower = predicate.lower_
        if predicate.dep_ not in {"acomp", "attr", "oprd"} or predicate.i == child.i:
            continue
        if lower in cues.false_adjectives:
            reading.refute()
        elif lower in cues.unknown_adjectives:
            reading.suppose()
        elif lower in cues.negative_predicates:
            reading.negate()


def _is_false(verb: Token) -> bool:
    """Whether a predicate says that its subject is not so; the parser hangs some of them on the subject."""
    labels = {"acomp", "attr", "oprd"}
    return any(
        child.dep_ in labels and child.lower_ in get_cues().false_adjectives for child in verb.children
    )


def _pass_noun(reading: _Reading, child: Token, noun: Token) -> None:
    """Let a noun that holds a claim, a plan or the lack of something act on what hangs on it."""
    cues = get_cues()
    lemma = noun.lemma_.lower()
    denied = is_denied_phrase(noun)
    if lemma in cues.sure_nouns and denied:
        reading.hearsay = "keep"
    elif lemma in cues.claim_nouns:
        reading.alleged = True
    elif lemma in cues.speech_nouns and child.dep_ in {"acl", "ccomp"} and _is_finite(child):
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
    _read_own(reading, noun)


def _pass_adjective(reading: _Reading, adjective: Token) -> None:
    cues = get_cues()
    lower = adjective.lower_
    if lower in cues.negative_predicates or lower in cues.false_adjectives:
        reading.negate()
    elif lower in cues.possible_predicates or lower in cues.unknown_adjectives:
        reading.suppose()
    reading.operator = True
    _read_own(reading, adjective)
