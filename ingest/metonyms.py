"""Whether a name acts in its sentence, and whether a capital stands for the government in it."""

from spacy.tokens import Token

_SPEECH_AND_STANCE = frozenset(
    "accuse criticize criticise condemn blame support back help aid warn urge pressure press sanction oppose thank "
    "assure inform persuade convince ask tell anger irritate annoy alarm reassure embarrass defy challenge praise "
    "isolate punish threaten assist arm fund finance confront appease placate engage lobby notify invite trust".split()
)
_RELATION_NOUNS = frozenset(
    "tie ties relation relations talk talks deal agreement support aid pressure sanctions alliance war cooperation "
    "rapprochement dispute row friendship partnership negotiation negotiations dialogue contact contacts treaty pact "
    "opposition hostility loyalty loyal friendly hostile close assistance help weapon weapons order orders permission "
    "message demand criticism backing funding envoy ambassador ally enemy rival foe friend partner opponent".split()
)
_GIVING_VERBS = frozenset("provide give offer lend sell supply grant extend pledge promise complain appeal say deliver".split())
_PLACE_VERBS = frozenset(
    "capture seize bomb shell hit rock surround besiege take retake liberate locate build destroy evacuate overrun shake "
    "damage found flood fall surround encircle raid occupy storm recapture lie".split()
)
_PLACE_NOUNS = frozenset(
    "street streets suburb suburbs airport outskirts resident residents population mayor university people district "
    "districts neighborhood neighborhoods neighbourhood neighbourhoods center centre city capital square hotel hotels "
    "museum museums zoo bazaar mosque mosques metro subway stadium skyline weather south north east west home house "
    "heart police governor hospital hospitals school schools office bureau".split()
)
_BACKED = frozenset("backed led supported allied aligned funded sponsored dominated controlled friendly loyal".split())
_PLACE_PREPOSITIONS = frozenset(
    "in at near toward towards into around through outside inside across from of on via beyond south north east west".split()
)


def acts(token: Token) -> bool:
    """Say whether a noun acts in its clause: subject of a verb, agent of a passive, or joined to one that does."""
    root = _climb_conjuncts(token)
    if root.dep_ in {"nsubj", "csubj"}:
        return root.head.pos_ in {"VERB", "AUX"} and not (root.head.lemma_ == "be" and not _has_predicate(root.head))
    if root.dep_ == "pobj" and root.head.dep_ == "agent":
        return True
    return root.dep_ == "nsubjpass" and root.head.lemma_ not in _PLACE_VERBS


def acts_as_government(token: Token) -> bool:
    """Say whether a capital's name stands for the government of its state in this sentence."""
    root = _climb_conjuncts(token)
    head = root.head
    if _is_before_backed(token):
        return True
    if root.dep_ in {"nsubj", "nsubjpass"}:
        return head.lemma_ not in _PLACE_VERBS and not _is_described_as_place(head)
    if root.dep_ in {"dobj", "obj"}:
        return head.lemma_ in _SPEECH_AND_STANCE
    if root.dep_ == "poss":
        return head.lower_ not in _PLACE_NOUNS
    if root.dep_ == "dative":
        return True
    if root.dep_ == "pobj":
        return _governs_relation(head)
    return False


def _governs_relation(preposition: Token) -> bool:
    """Say whether a preposition ties its object to an act rather than to a spot."""
    if preposition.dep_ == "agent" or preposition.lower_ in {"by", "against", "between"}:
        return True
    governor = preposition.head
    if preposition.lower_ in {"with", "from", "to", "for", "on", "of", "toward", "towards", "in"}:
        if governor.lemma_.casefold() in _RELATION_NOUNS or governor.lower_ in _RELATION_NOUNS:
            return preposition.lower_ not in {"in"}
        if preposition.lower_ == "with":
            return governor.pos_ in {"VERB", "NOUN"}
        return preposition.lower_ == "to" and (preposition.dep_ == "dative" or governor.lemma_ in _GIVING_VERBS)
    return False


def _is_before_backed(token: Token) -> bool:
    doc = token.doc
    at = token.i + 1
    return at + 1 < len(doc) and doc[at].text == "-" and doc[at + 1].lower_ in _BACKED


def _is_described_as_place(verb: Token) -> bool:
    return verb.lemma_ == "be" and any(
        child.dep_ == "attr" and child.lower_ in _PLACE_NOUNS or child.dep_ == "prep" and child.lower_ in _PLACE_PREPOSITIONS
        for child in verb.children
    )


def _has_predicate(verb: Token) -> bool:
    return any(child.dep_ in {"attr", "acomp", "xcomp", "ccomp", "prep"} for child in verb.children)


def _climb_conjuncts(token: Token) -> Token:
    """Return the first of the nouns that a noun is joined to by "and"."""
    while token.dep_ == "conj" and token.head.pos_ in {"PROPN", "NOUN", "ADJ", "PRON"}:
        token = token.head
    return token
