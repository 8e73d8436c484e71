"""How a claim is meant as far as the parse has been climbed, and what each word adds by its own dependents."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from graph.models import Modality, Polarity
from ingest.clause_cues import (
    NOMINAL,
    has_adjective,
    has_adverb,
    has_modal,
    is_conditional,
    is_ended,
    is_hypothetical,
    is_missed_chance,
    is_negated,
    read_need,
    will_not,
)
from ingest.cues import get_cues
from ingest.parse import Token
from ingest.past_cues import is_past

_THREATENING = frozenset({"threaten", "warn"})
PRECEDENCE: tuple[Modality, ...] = ("possible", "alleged", "past", "reported", "asserted")


class Scope(NamedTuple):
    """How a claim is meant."""

    polarity: Polarity
    modality: Modality


def strongest(*modalities: Modality | None) -> Modality:
    """Return the one that wins by `PRECEDENCE`; `asserted` where none is given."""
    return min((m for m in modalities if m is not None), key=PRECEDENCE.index, default="asserted")


@dataclass(slots=True)
class Reading:
    """What has been found on the way up so far.

    Attributes:
        ended: The denial is an end: it held before.
        presupposed: Its end was spoken of, so that it held, whatever is said of the end.
        excluded: It was ruled out; to deny that leaves it open.
        hearsay: What a negation above does now: deny, or merely leave open what somebody else says or knows.
        blocked: Above a clause that is taken as given: only a speaker still matters.
        operator: The content so far is that of a claim, plan or the like, and no longer of a deed.
        same_clause: No other clause has been entered yet.
        refusing: It will not be done; whoever says so of himself leaves nothing open.
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
    refusing: bool = False

    def negate(self) -> None:
        """Deny what stands below; twice denied is affirmed."""
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
        """Say that what stands below holds no more."""
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
        """Leave open what stands below; an end that is left open leaves it as it is."""
        if self.presupposed:
            self.denied = self.past = self.ended = False
            self.hearsay = "keep"
        else:
            self.possible = True

    def conclude(self, hint: Modality | None, *, told: bool = False) -> Scope:
        """Return how the claim is meant, with what its rule knows already; `told` where somebody says it."""
        refused = self.denied and (told or self.reported)
        modality = strongest(
            hint,
            "possible" if self.possible or (self.refusing and not refused) else None,
            "alleged" if self.alleged else None,
            "past" if self.past else None,
            "reported" if self.reported else None,
        )
        return Scope("denied" if self.denied else "affirmed", modality)


def read_own(
    reading: Reading,
    token: Token,
    *,
    negation: bool = True,
    beside: Token | None = None,
    refused: bool = False,
) -> None:
    """Take in what a word's own dependents say of it; its modal and negation not where they make a refusal."""
    if any(child.dep_ == "parataxis" and child.lemma_ in get_cues().speech_verbs for child in token.children):
        reading.reported = True
    if reading.blocked or is_missed_chance(token):
        return
    if (need := read_need(token)) is not None:
        refused = True
        if need == "open":
            reading.suppose()
    _read_openness(reading, token, refused=refused)
    if not refused and is_ended(token):
        reading.end()
    elif negation and not refused and is_negated(token, beside=beside):
        reading.negate()
    _read_adverbs(reading, token)
    if token.pos_ in NOMINAL or token.pos_ == "ADJ":
        _read_adjectives(reading, token)


def _read_openness(reading: Reading, token: Token, *, refused: bool) -> None:
    """Take in a condition or a modal; who says that he "will not" leaves less open than who says that he may."""
    if is_hypothetical(token) or (not refused and _is_left_open(token)):
        reading.suppose()
    elif not refused and has_modal(token):
        if will_not(token) and not reading.presupposed:
            reading.refusing = True
        else:
            reading.suppose()


def _read_adverbs(reading: Reading, token: Token) -> None:
    cues = get_cues()
    if has_adverb(token, cues.possible_adverbs):
        reading.possible = True
    if has_adverb(token, cues.alleged_adverbs):
        reading.alleged = True
    if reading.same_clause and is_past(token):
        reading.past = True


def _is_left_open(token: Token) -> bool:
    """Whether a condition leaves a deed open; a threat is made all the same: "threatened to close the strait if"."""
    return is_conditional(token) and token.lemma_ not in _THREATENING


def _read_adjectives(reading: Reading, noun: Token) -> None:
    cues = get_cues()
    if has_adjective(noun, cues.alleged_adjectives):
        reading.alleged = True
    if has_adjective(noun, cues.possible_adjectives) or _is_all_but(noun):
        reading.possible = True
    if reading.same_clause and (has_adjective(noun, cues.past_adjectives) or _is_ex(noun)):
        reading.past = True
    if has_adjective(noun, cues.false_adjectives):
        reading.negate()


def _is_all_but(noun: Token) -> bool:
    """Whether somebody is not quite something: "the would-be leader", "was nearly elected leader"."""
    return any(
        (child.lower_ == "be" and child.dep_ in {"amod", "compound", "nmod"})
        or (child.dep_ == "amod" and has_adverb(child, get_cues().possible_adverbs))
        for child in noun.lefts
    )


def _is_ex(noun: Token) -> bool:
    """Whether "ex-" stands before a noun, as one word or as three."""
    if noun.lower_.startswith("ex-"):
        return True
    joined = noun.i > 0 and noun.nbor(-1).text == "-"
    return joined and noun.doc[max(0, noun.i - 2) : noun.i].text.lower() == "ex-"


def is_infinitive(verb: Token) -> bool:
    """Say whether a verb stands behind "to"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def is_finite(verb: Token) -> bool:
    """Whether a clause states something: not "to send" and not the subjunctive of "demanded that it send"."""
    if verb.tag_ in {"VBD", "VBZ", "VBP"} or any(
        c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in verb.children
    ):
        return True
    return verb.tag_ not in {"VB", "VBG", "VBN"} and not is_infinitive(verb)
