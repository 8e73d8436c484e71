"""What a verb of speech governs, which nouns speak for somebody, and the words by which a speaker is told."""

from ingest.arguments import OBJECT_LABELS, SUBJECT_LABELS, is_passive
from ingest.cues import get_cues
from ingest.parse import Token
from ingest.scope_verbs import shares_subject

_MAX_WORDS = 12
_CLOSING_MARKS = frozenset({",", "(", ")", "[", "]", ";", ":", "-", "--", "\u2013", "\u2014"})
_SPEAKING_NOUNS = frozenset(
    {
        "spokesman", "spokeswoman", "spokesperson", "official", "minister", "ministry", "government",
        "statement", "commander", "leader", "diplomat", "aide", "lawyer", "envoy", "ambassador", "representative",
        "police", "president", "premier", "army", "military", "chief", "negotiator", "delegation",
    }
)  # fmt: skip

# "denied arming", "claims to have armed": the subject speaks, though no "that" follows.
_SPEAKS_OF_DEEDS = frozenset(
    {
        "deny",
        "claim",
        "admit",
        "acknowledge",
        "reject",
        "dismiss",
        "refute",
        "allege",
        "profess",
        "concede",
        "purport",
    }
)
_ACCUSES = frozenset({"accuse", "suspect", "blame", "charge", "criticize", "criticise", "fault"})
_SAYING = frozenset({"add", "announce", "claim", "disclose", "mention", "reveal", "say", "state", "tell"})


def is_speaking_noun(noun: Token) -> bool:
    """Say whether a noun is one that speaks for a body or state: "spokesman", "official", "ministry"."""
    return noun.lemma_.lower() in _SPEAKING_NOUNS


def get_words(noun: Token) -> str:
    """Return a noun phrase without what hangs on it after a comma or as a clause, at most 12 words long."""
    start, end = noun.left_edge.i, noun.i + 1
    for child in noun.rights:
        if child.dep_ not in {"prep", "flat", "nmod", "compound", "amod"} or child.i > end:
            break
        end = child.right_edge.i + 1
    marks = (token.i for token in noun.doc[noun.i + 1 : end] if token.text in _CLOSING_MARKS)
    end = min(next(marks, end), noun.i + 1 + _MAX_WORDS)
    start = max(start, end - 2 * _MAX_WORDS)
    return noun.doc[start:end].text


def governs(child: Token, verb: Token) -> bool:
    """Say whether a clause is what a speech verb says."""
    if verb.lemma_.lower() not in get_cues().speech_verbs:
        return False
    if child.dep_ == "ccomp":
        return not shares_subject(child, verb)
    if child.dep_ == "xcomp" and is_passive(verb):
        return any(other.dep_ == "agent" for other in verb.children)  # "is said by Peru to be"
    return child.dep_ == "pcomp" and child.lower_ != "saying"


def is_silent(verb: Token) -> bool:
    """Say whether a verb of speech is one of not speaking: "would not say"; who "does not deny" it or believe it does tell."""
    return verb.lemma_ in _SAYING and any(child.dep_ == "neg" for child in verb.children)


def governs_deed(child: Token, lemma: str) -> bool:
    """Say whether a deed is what a verb claims, admits or charges somebody with: "admitted arming them", "accused of theft"."""
    if lemma in _SPEAKS_OF_DEEDS:
        if child.dep_ == "xcomp":
            return lemma == "deny" or lemma not in get_cues().denying_verbs
        return child.dep_ == "ccomp" or (
            child.dep_ in OBJECT_LABELS and child.lemma_.lower() in get_cues().claim_nouns
        )
    return lemma in _ACCUSES and child.dep_ == "prep"


def list_asides(clause: Token) -> list[Token]:
    """Return what hangs on a clause, on its auxiliaries, and on its subject where it tells who says so."""
    asides = list(clause.children)
    for child in clause.children:
        if child.dep_ in {"aux", "auxpass"}:
            asides.extend(grand for grand in child.children if grand.dep_ == "parataxis")
        elif child.dep_ in SUBJECT_LABELS:
            asides.extend(aside for aside in child.rights if is_said_so(aside))
    return asides


def is_said_so(clause: Token) -> bool:
    """Say whether a clause tells who says the one it hangs on: "as Peru claims"."""
    marks = (child for child in clause.children if child.lower_ == "as")
    return clause.dep_ == "advcl" and any(mark.dep_ in {"mark", "advmod"} for mark in marks)
