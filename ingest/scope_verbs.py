"""What a verb does to the clause or the deed below it: deny, end, leave open, allege, report."""

from ingest.arguments import VERBAL, is_passive
from ingest.clause_cues import has_adverb, is_negated
from ingest.cues import get_cues
from ingest.parse import Token
from ingest.scope import Reading, is_finite, is_infinitive, read_own
from ingest.sightings import get_addressing

# Prepositions that open what a verb is about, and not the circumstances of its deed.
# "Was drawn into fighting" fights.
_DRAWING = frozenset(
    {"draw", "drag", "force", "bully", "coax", "goad", "lure", "press", "pressure", "provoke", "push", "talk"}
)
_COMPLEMENTING = frozenset(
    {
        "into",
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
    }
)
_ACCUSING = frozenset({"accuse", "suspect", "blame", "charge", "implicate"})
_CALLING = frozenset({"call", "brand", "label", "describe", "consider", "deem"})
# "Ignored calls to arm them", "resisted pressure to"
_BRUSHING_OFF = frozenset({"brush", "defy", "ignore", "rebuff", "resist", "spurn", "withstand"})
_CALLS = frozenset({"appeal", "call", "demand", "invitation", "order", "pressure", "request"})
# "It would be wrong to say that"
MISTAKEN = frozenset({"wrong", "mistaken", "inaccurate", "misleading", "simplistic"})
_PREVAILING = frozenset({"convince", "persuade"})
_SHOWING = frozenset({"suggest", "indicate", "show", "imply", "prove", "point"})
# "Stopped Arce from arresting him"
_KEEPING = frozenset({"block", "dissuade", "hinder", "hold", "keep", "restrain", "save", "stop", "talk"})
SPIRITS = frozenset({"defiance", "protest", "reprisal", "retaliation", "solidarity", "sympathy"})
_LITTLE = frozenset({"little", "nothing"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "pcomp", "acl", "oprd", "advcl"})


def pass_verb(reading: Reading, child: Token, verb: Token) -> None:
    """Let a verb act on the clause or the deed below it, then its own negation and modals on both."""
    cues = get_cues()
    nominal = not reading.operator and not _holds_clause(child)
    lemma = verb.lemma_.lower()
    if (
        (nominal and _is_with_agent(child, verb))
        or shares_subject(child, verb)
        or is_circumstance(child)
        or is_apart(child, verb)
    ):
        reading.blocked = True
        return
    if not reading.stance and _is_purpose(child, verb):
        reading.suppose()
    predicate = is_predicate(child, verb)
    apart = child.lower_ not in _COMPLEMENTING or _tells_why(child) or _stands_instead(child)
    if child.dep_ == "prep" and apart and not predicate:
        reading.blocked = True
        return
    if reading.stance and reading.operator and child.lemma_.lower() in cues.trying_nouns:
        reading.blocked = True
        return
    if is_denied_talk(child, verb):
        reading.hearsay = "deny"
    if not nominal and lemma in cues.speech_verbs and has_adverb(verb, cues.false_adverbs):
        reading.negate()
    acted = _act(reading, child, verb, nominal=nominal)
    aside = child.dep_ == "prep" and child.lower_ != "as" and _is_definite(child)
    if nominal and not acted and (aside or lemma not in cues.light_verbs) and not predicate:
        if _is_definite(child):
            reading.blocked = True
            return
        read_own(reading, verb, negation=False)
        reading.blocked = True
        return
    drawn = child.lower_ == "into" and lemma in _DRAWING
    complement = nominal or acted or drawn or predicate or lemma in cues.light_verbs
    if child.dep_ == "prep" and not complement:
        reading.blocked = True
        return
    _read_predicate(reading, child, verb)
    read_own(reading, verb, beside=child)


def _is_with_agent(child: Token, verb: Token) -> bool:
    """Whether something hangs on who did it, not on what was done: the guards are there in "stopped by guards at Kano"."""
    if child.dep_ == "agent":
        return True
    return child.dep_ == "prep" and any(other.dep_ == "agent" and other.i < child.i for other in verb.rights)


def is_predicate(child: Token, verb: Token) -> bool:
    """Say whether what hangs here is what its subject is said to be: "a friend", or "under the orders of Haftar"."""
    if child.dep_ == "attr":
        return True
    behind = (grand for grand in verb.rights if grand.dep_ not in {"neg", "advmod"})
    placed = child.dep_ == "prep" and child.lower_ in {"at", "in", "on", "under"}
    return placed and verb.lemma_ == "be" and next(behind, None) == child


def shares_subject(child: Token, verb: Token) -> bool:
    """Whether a headline's clause was taken for what its second verb says: "Machado backs Gonzalez, says more must"."""
    if child.dep_ != "ccomp" or child.i > verb.i or verb.tag_ not in {"VBZ", "VBD"}:
        return False
    after = [grand for grand in verb.children if grand.i > verb.i and not grand.is_punct]
    own = any(grand.dep_ in {"nsubj", "nsubjpass", "expl"} for grand in verb.children)
    named = bool(after) and after[0].pos_ == "PROPN" and after[0].dep_ != "nsubj"
    return verb.nbor(-1).text == "," and not own and bool(after) and not named


def is_apart(child: Token, verb: Token) -> bool:
    """Say whether a statement is kept apart from the one it hangs on.

    By a semicolon ("two said; a third denied it"), or by a noun that takes it up ("has accused them, a charge they
    reject").
    """
    if child.dep_ != "ccomp" or child.i > verb.i:
        return False
    if any(grand.dep_ == "dobj" and grand.lower_ in _LITTLE and grand.i > verb.i for grand in verb.children):
        return True  # "Rao backs Nair, Ito says nothing"
    between = child.doc[child.right_edge.i + 1 : verb.i]
    if any(token.text == ";" for token in child.doc[child.right_edge.i : verb.i]):
        return True
    article, noun = (token.lower_ for token in between[1:3]) if len(between) > 2 else ("", "")
    return between[:1].text == "," and article in {"a", "an"} and noun in get_cues().claim_nouns


def is_circumstance(child: Token) -> bool:
    """Say whether a clause only tells when or why, so that the verb above it leaves it as it is."""
    return child.dep_ == "advcl" and any(
        grand.dep_ in {"mark", "advmod"} and grand.lower_ in {"because", "after", "since", "when", "while", "although", "though"}
        for grand in child.children
    )  # fmt: skip


def _tells_why(preposition: Token) -> bool:
    """Whether a phrase tells the spirit in which something is done: "quit in solidarity with", "fell silent in support of"."""
    return preposition.lower_ == "in" and any(
        child.dep_ == "pobj" and child.lemma_ in SPIRITS for child in preposition.children
    )


def _stands_instead(preposition: Token) -> bool:
    """Whether a phrase tells what was not done: "shunned Chad instead of shunning Niger"."""
    return preposition.lower_ == "of" and any(child.lower_ == "instead" for child in preposition.lefts)


def _is_purpose(child: Token, verb: Token) -> bool:
    """Whether "to do" is what something was done for: "regrouped to retake the town", but not "went on to lead"."""
    return (
        child.dep_ == "advcl" and is_infinitive(child) and verb.lemma_.lower() not in get_cues().outcome_verbs
    )


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


def _act(reading: Reading, child: Token, verb: Token, *, nominal: bool) -> bool:
    """Let a verb act on what stands below it; says whether it is one that does."""
    cues = get_cues()
    lemma = verb.lemma_.lower()
    particles = {grand.lower_ for grand in verb.children if grand.dep_ in {"prt", "advmod", "acomp", "prep"}}
    if reading.operator and lemma in _CALLING:
        if any(token.lower_ in cues.false_adjectives for token in verb.subtree):
            reading.refute()
    elif (
        _is_not_yet(child, verb)
        or (child.lower_ == "from" and lemma in _KEEPING and not is_negated(verb))
        or (reading.operator and lemma in _BRUSHING_OFF and child.lemma_.lower() in _CALLS)
    ):
        reading.negate()
    elif particles & cues.ended_particles.get(lemma, frozenset()):
        reading.end()
    elif particles & cues.negative_particles.get(lemma, frozenset()):
        reading.negate()
        reading.excluded = lemma == "rule"
    elif lemma in (cues.noun_negating_verbs if nominal else cues.negative_verbs):
        _deny(reading, lemma, finite=child.dep_ == "ccomp")
    elif lemma in cues.ended_verbs and (nominal or reading.operator or not is_finite(child)):
        reading.end()
    else:
        return _hedge(reading, child, verb, nominal=nominal)
    return True


def _is_not_yet(child: Token, verb: Token) -> bool:
    """Whether a deed is still to come: "has yet to condemn"."""
    return (
        verb.lemma_.lower() == "have"
        and child.dep_ == "xcomp"
        and any(grand.lower_ == "yet" for grand in verb.children)
    )


def _deny(reading: Reading, lemma: str, *, finite: bool) -> None:
    cues = get_cues()
    reading.negate()
    if lemma in cues.denying_verbs:
        # "denied arming them" is the subject's own stance; "denied that it armed them" is a statement.
        statement = finite or reading.operator
        reading.reported = reading.reported or statement
        reading.excluded = not statement
        if reading.denied:
            reading.alleged = False
    if finite and lemma == "deny":
        reading.same_clause = False


def _hedge(reading: Reading, child: Token, verb: Token, *, nominal: bool) -> bool:
    cues = get_cues()
    lemma = verb.lemma_.lower()
    if child.dep_ == "ccomp":
        reading.same_clause = False
    if lemma == "suppose" and is_passive(verb) and is_infinitive(child):
        reading.suppose()
        return True
    if lemma in cues.alleged_verbs and not nominal and _alleges(child, verb):
        reading.alleged = True
        if any(grand.dep_ == "nsubj" and grand.lower_ == "few" for grand in verb.children):
            reading.negate()  # "few believe that"
        if lemma not in cues.negation_raising_verbs:
            reading.hearsay = "leave-open"
        return True
    if nominal:
        return _hedge_deed(reading, child, verb)
    if child.dep_ == "ccomp" and is_finite(child):
        _hedge_statement(reading, verb)
        return True
    return _hedge_clause(reading, child, verb)


def _hedge_statement(reading: Reading, verb: Token) -> None:
    """A full sentence below: what is said, feared or known."""
    cues = get_cues()
    lemma = verb.lemma_.lower()
    if lemma in _SHOWING and any(c.dep_ == "nsubj" and c.lower_ == "nothing" for c in verb.children):
        reading.reported = False  # "nothing suggests that" is "no evidence that"
    elif lemma in cues.confirming_verbs:
        reading.reported, reading.hearsay = True, "allege"
    elif lemma in cues.doubting_verbs:
        reading.suppose()
    elif lemma in cues.speech_verbs:
        reading.reported = True
        reading.alleged = reading.alleged or _is_vague(verb)
        if lemma not in cues.negation_raising_verbs:
            reading.hearsay = "leave-open"
    elif lemma == "have" and _is_vague(verb):
        reading.alleged = True
    elif lemma not in {"be", "do", "mean"}:
        reading.hearsay = "keep"


def _hedge_clause(reading: Reading, child: Token, verb: Token) -> bool:
    """An infinitive or participle below: what is planned, tried or begun."""
    cues = get_cues()
    lemma = verb.lemma_.lower()
    if get_addressing(child) is not None:
        return True  # a call that conveys support
    if lemma in _PREVAILING and is_finite(verb):
        return True  # "persuaded Iran to stop"
    if (
        _is_arranged(child, verb)
        or lemma in cues.possible_verbs
        or (lemma in cues.trying_verbs and not reading.stance)
    ):
        reading.suppose()
    elif lemma == "use" and verb.tag_ in {"VBD", "VB"} and is_infinitive(child):
        reading.past = True
    elif lemma not in cues.trying_verbs:
        return lemma in cues.light_verbs or child.dep_ in {"xcomp", "ccomp"}
    return True


def _is_arranged(child: Token, verb: Token) -> bool:
    """Whether a deed is one that is to come: "is to be armed by Iran"."""
    if verb.lemma_ != "be" or child.dep_ != "xcomp" or not is_infinitive(child):
        return False
    between = verb.doc[verb.i + 1 : child.left_edge.i]
    return all(token.pos_ == "ADV" for token in between) and verb.tag_ in {"VBZ", "VBP", "VBD"}


def _hedge_deed(reading: Reading, child: Token, verb: Token) -> bool:
    """A noun for a deed below: "blamed for the attack", "threatened an attack"."""
    cues = get_cues()
    lemma = verb.lemma_.lower()
    preposition = child.lower_ if child.dep_ == "prep" else ""
    if (lemma in _ACCUSING and preposition in {"of", "for", "with", "in"}) or (
        lemma in {"suspect", "allege", "rumor", "rumour"} and child.dep_ == "dobj"
    ):
        reading.alleged = True
    elif lemma in cues.noun_possible_verbs and (
        child.dep_ == "dobj"
        or preposition in {"for", "of", "against"}
        or (preposition == "with" and lemma == "threaten")
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
        told = (
            child.dep_ == "xcomp" and is_infinitive(child) and lemma != "claim"
        )  # "Ito, said to be close to Abe,"
        return told or (is_passive(verb) and child.dep_ in {"xcomp", "ccomp", "csubjpass", "advcl", "oprd"})
    return True


def _is_vague(verb: Token) -> bool:
    """Whether nobody in particular speaks: "sources said", "some say"."""
    return any(
        child.dep_ in {"nsubj", "nsubjpass"} and child.lemma_.lower() in get_cues().vague_speakers
        for child in verb.children
    )


def refute_for_good(reading: Reading) -> None:
    """Call untrue what is said below, whatever stands above: "it would be wrong to say that"."""
    reading.hearsay = "deny"
    reading.refute()
    reading.blocked = True


def _read_predicate(reading: Reading, child: Token, verb: Token) -> None:
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
    told = child.dep_ == "xcomp" and (reading.reported or reading.alleged)
    for predicate in verb.children:
        if predicate.dep_ in {"acomp", "attr", "oprd"} and predicate.i != child.i:
            _judge(reading, predicate.lower_, told=told)


def _judge(reading: Reading, predicate: str, *, told: bool) -> None:
    """Let one predicate act; some only call wrong what is told: "it would be wrong to say that"."""
    cues = get_cues()
    if predicate in MISTAKEN and told:
        refute_for_good(reading)
    elif predicate in cues.false_adjectives:
        reading.refute()
    elif predicate in cues.unknown_adjectives:
        reading.suppose()
    elif predicate in cues.negative_predicates:
        reading.negate()


def is_denied_talk(child: Token, parent: Token) -> bool:
    """Whether "claims" after a verb of denial was taken for a verb: "dismissed as nonsense claims that ..."."""
    cues = get_cues()
    return (
        child.dep_ == "dep"
        and child.lemma_.lower() in cues.claim_nouns
        and parent.lemma_.lower() in cues.denying_verbs
    )
