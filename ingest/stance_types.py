"""Whether a name that may be a place's is that of somebody, by what it does in its sentence or has done to it."""

from ingest.conjuncts import expand_conjuncts
from ingest.cues import get_cues
from ingest.lone_owners import is_before_who
from ingest.names import NameWords
from ingest.parse import Span, Token
from ingest.triggers import OBJECT, find_verb_frames, get_triggers

_PERSONAL = frozenset({None, "accuses", "criticizes", "endorses"})
_SPOKEN = frozenset({None, "accuses", "criticizes", "endorses", "rejects", "sanctions", "threatens"})
# What a town may do as well: welcome its liberators, protest, beat another at football.
_TOWNS = frozenset({"attract", "beat", "celebrate", "challenge", "defeat", "defend", "draw", "embrace", "enjoy", "face", "favor", "favour",
                    "honor", "honour", "like", "love", "prefer", "reward", "value", "welcome"})  # fmt: skip
# What people and parties do besides.
_DOINGS = frozenset(
    {"abdicate", "admit", "appoint", "beg", "boast", "bribe", "complain", "confess", "decline", "dismiss", "hire", "lie", "order",
     "persuade", "pick", "promise", "quit", "refuse", "reply", "resign", "sack", "sign", "sleep", "steal", "swear", "telephone",
     "flee", "fly", "travel"}
)  # fmt: skip
# What is done to people alone.
_DONE_TO_PEOPLE = frozenset(
    {"abduct", "arrest", "assassinate", "bribe", "convict", "deport", "detain", "execute", "exile", "extradite", "fire", "hang", "hire",
     "imprison", "interview", "jail", "kidnap", "kill", "marry", "murder", "pay", "persuade", "poison", "replace", "sack", "sentence",
     "succeed", "telephone"}
)  # fmt: skip
_BELONGINGS = frozenset(
    {
        "behest",
        "bodyguard",
        "bodyguards",
        "bidding",
        "deputy",
        "instructions",
        "orders",
        "reign",
        "return",
        "side",
    }
)
_DWELLERS = frozenset({"inhabitant", "mayor", "prefect", "townspeople", "voter"})
_CAUSED = frozenset({"ccomp", "oprd", "xcomp"})
_FIGHTING = frozenset({"battle", "beat", "combat", "confront", "defeat", "fight", "resist"})
_SURE = 0.8
_ORGANS = frozenset({"administration", "authorities", "government", "leadership", "parliament"})
_MEN = frozenset(
    {
        "army",
        "bodyguard",
        "bodyguards",
        "fighters",
        "gunmen",
        "henchmen",
        "men",
        "militia",
        "militiamen",
        "throne",
    }
)
_BONDS = frozenset({"with", "between", "against"})


def is_somebody(words: NameWords, span: Span) -> bool:
    """Say whether an unknown name acts as people and groups do and towns do not: "Chapo stole", "accused Los Ardillos"."""
    root = _climb(span.root)
    verb = root.head
    if _is_told_of_by_who(span):
        return True
    if verb is root:
        return False
    if root.dep_ == "nsubj":
        if _has_done(verb) or (verb.lemma_ == "turn" and any(c.lower_ == "down" for c in verb.children)):
            return True
        labels = verb.lemma_ in get_triggers().labelling and any(c.dep_ == "oprd" for c in verb.children)
        return labels or verb.lemma_ in words.human_verbs | _DOINGS or _takes_side(verb, _SPOKEN)
    if root.dep_ in {"dobj", "nsubjpass"}:
        alone = sum(child.dep_ in {"dative", "dobj"} for child in verb.children) < 2
        return (alone and verb.lemma_ in _DONE_TO_PEOPLE) or _takes_side(verb, _PERSONAL)
    owned = (words.human_belongings | _BELONGINGS) - {"government", "office", "administration"}
    return root.dep_ == "poss" and verb.lower_ in owned


def _is_told_of_by_who(span: Span) -> bool:
    """Whether a clause with "who" stands behind a name and its comma: "a friend of Kabbah, who led"."""
    if not is_before_who(span.doc, span.end):
        return False
    words, above = get_triggers(), span.root.head.head
    whose = span.root.dep_ == "pobj" and above.pos_ in {"NOUN", "PROPN"}
    return not whose or above.lemma_.lower() not in words.stand_ins | words.victims | words.places | _DWELLERS


def _has_done(verb: Token) -> bool:
    """Whether a verb says that its subject had something done: "had him deported"."""
    deeds = (child for child in verb.children if child.dep_ in _CAUSED and child.i > verb.i)
    return verb.lemma_ == "have" and any(
        deed.tag_ in {"VB", "VBD", "VBN"}
        and {"nsubj", "nsubjpass"} & {child.dep_ for child in deed.children}
        and not {"aux", "auxpass", "mark"} & {child.dep_ for child in deed.children}
        for deed in deeds
    )


def takes_part(root: Token) -> bool:
    """Say whether a region that governs itself stands for its government: "Puntland withdrew its recognition"."""
    root = _climb(root)
    head = root.head
    if root.dep_ == "nsubj":
        lemma = head.lemma_.lower()
        return lemma in get_cues().speech_verbs or _carries(head)
    if root.dep_ in {"dobj", "nsubjpass"}:
        return head.lemma_ in {"recognise", "recognize"} or _takes_side(head, _SPOKEN)
    if root.dep_ == "poss":
        return head.lemma_.lower() in _ORGANS or head.lemma_.lower() in get_triggers().acts
    if root.dep_ == "pobj":
        bond = head.head.lemma_.lower()
        words = get_triggers()
        tied = (
            bond in words.bonds or bond in words.mutual or (head.head.pos_ == "VERB" and _carries(head.head))
        )
        joined = head.lower_ in _BONDS and tied
        return head.dep_ == "agent" or joined or (head.lower_ == "of" and bond == "recognition")
    return False


def is_sided_with(root: Token) -> bool:
    """Say whether "the Americans" are whom a verb is for or against: "expelled the Americans", not "killed two Americans"."""
    root = _climb(root)
    if root.dep_ not in {"dobj", "nsubjpass"} or any(child.dep_ == "nummod" for child in root.children):
        return False
    return root.head.lemma_ in _FIGHTING or _takes_side(
        root.head, _SPOKEN | {"arms", "aids", "coerces", "funds"}
    )


def _takes_side(verb: Token, hows: frozenset[str | None]) -> bool:
    """Whether a verb's object is somebody whose side its subject takes or does not."""
    if verb.lemma_ in _TOWNS:
        return False
    frames = find_verb_frames(get_triggers().verbs, verb)
    return any(OBJECT in frame.target and frame.how in hows and frame.sure >= _SURE for frame in frames)


def _carries(verb: Token) -> bool:
    """Whether a verb with its object is a deed of states: "cut ties", "signed a pact", "expelled diplomats"."""
    words = get_triggers()
    if _takes_side(verb, _SPOKEN | {"coerces", "arms", "funds", "attacks", "shelters"}):
        return True
    things = {
        part.lemma_.lower()
        for child in verb.children
        if child.dep_ == "dobj"
        for part in expand_conjuncts(child)
    }
    return any(things & frame.things for frame in find_verb_frames(words.light_verbs, verb))


def _climb(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.pos_ in {"PROPN", "NOUN"}:
        token = token.head
    return token
