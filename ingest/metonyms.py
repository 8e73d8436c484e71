"""Whether a name acts in its sentence, and whether a capital stands for the government in it."""

from typing import NamedTuple

from ingest.lexicon import Lexicon, per_lexicon, read_words
from ingest.parse import Token
from ingest.triggers import OBJECT, find_noun_frames, find_verb_frames, get_triggers

_PLACE_PREPOSITIONS = frozenset(
    {"in", "at", "near", "south", "north", "east", "west", "of", "on", "under", "beyond"}
)
_TOWARDS = frozenset({"to", "for", "against", "on", "at", "toward", "towards"})
_NOTICING = frozenset({"see", "meet", "visit", "know", "have", "be", "include", "find", "count", "number"})
_FEW_DIGITS = 2
_CROWDS = frozenset({"hundred", "hundreds", "thousand", "thousands", "million", "millions"})
_STANCES = frozenset(
    {"criticizes", "accuses", "rejects", "threatens", "sanctions", "coerces", "endorses", "funds", "arms"}
)
_TOWNS = frozenset({"capital", "city", "town"})
_SURE_STANCE = 0.8


class _Words(NamedTuple):
    """The word lists of metonyms.yaml."""

    stance_verbs: frozenset[str]
    relation_nouns: frozenset[str]
    giving_verbs: frozenset[str]
    place_verbs: frozenset[str]
    place_nouns: frozenset[str]
    backed: frozenset[str]


@per_lexicon
def _get_words(lexicon: Lexicon) -> _Words:
    return _Words(*(frozenset(read_words(lexicon.folders, "metonyms", name)) for name in _Words._fields))


def acts(token: Token) -> bool:
    """Say whether a noun acts in its clause: subject of a verb, agent of a passive, or joined to one that does."""
    root = _climb_conjuncts(token)
    if root.dep_ in {"nsubj", "csubj"}:
        return root.head.pos_ in {"VERB", "AUX"} and not (
            root.head.lemma_ == "be" and not _has_predicate(root.head)
        )
    if root.dep_ == "pobj" and root.head.dep_ == "agent":
        return True
    return root.dep_ == "nsubjpass" and root.head.lemma_ not in _get_words().place_verbs


def suffers(token: Token) -> bool:
    """Say whether several people, not a few counted ones, have something done to them, for them or against them."""
    root = _climb_conjuncts(token)
    if any(child.dep_ == "nummod" and not is_large_number(child) for child in token.children):
        return False
    if root.dep_ == "pobj":
        return root.head.lower_ in _TOWARDS and root.head.head.pos_ in {"VERB", "NOUN", "AUX"}
    return root.dep_ in {"dobj", "dative", "nsubjpass"} and root.head.lemma_ not in _NOTICING


def is_large_number(number: Token) -> bool:
    """Say whether a number counts a crowd: "16,000", "hundreds"."""
    digits = sum(character.isdigit() for character in number.text)
    return digits > _FEW_DIGITS or number.lower_ in _CROWDS


def acts_as_government(token: Token) -> bool:  # noqa: PLR0911 - one return a place in the clause
    """Say whether a capital's name stands for the government of its state in this sentence."""
    root = _climb_conjuncts(token)
    head = root.head
    if _is_before_backed(token):
        return True
    if _is_dateline(token) or _is_called_town(token):
        return False
    if root.dep_ in {"nsubj", "nsubjpass"}:
        return head.lemma_ not in _get_words().place_verbs and not _is_described_as_place(head)
    if root.dep_ in {"dobj", "obj"}:
        return head.lemma_ in _get_words().stance_verbs or _takes_stance(head)
    if root.dep_ == "poss":
        return head.lower_ not in _get_words().place_nouns
    if root.dep_ == "dative":
        return head.lemma_ in _get_words().giving_verbs
    if root.dep_ == "pobj":
        return _governs_relation(head)
    return False


def _governs_relation(preposition: Token) -> bool:
    """Say whether a preposition ties its object to an act rather than to a spot."""
    between = preposition.dep_ == "agent" or preposition.lower_ in {"by", "against", "between"}
    if between or _leads_to_side(preposition):
        return True
    governor = preposition.head
    if preposition.lower_ in {"with", "from", "to", "for", "on", "of", "toward", "towards", "in"}:
        if (
            governor.lemma_.casefold() in _get_words().relation_nouns
            or governor.lower_ in _get_words().relation_nouns
        ):
            return preposition.lower_ != "in"
        if preposition.lower_ in {"to", "on", "for"} and _carries_relation(preposition):
            return True
        if preposition.lower_ == "with":
            return governor.pos_ in {"VERB", "NOUN"}
        return preposition.lower_ == "to" and (
            preposition.dep_ == "dative" or governor.lemma_ in _get_words().giving_verbs
        )
    return False


def _leads_to_side(preposition: Token) -> bool:
    """Say whether a word that takes a side takes it with this preposition: "lined up behind Chisinau"."""
    triggers, governor, word = get_triggers(), preposition.head, preposition.lower_
    if word in triggers.relying.get(governor.lemma_.lower(), ()):
        return True  # "depends on Washington"
    if word in _PLACE_PREPOSITIONS:
        return False
    if governor.pos_ in {"VERB", "AUX"}:
        frames = find_verb_frames(triggers.verbs, governor)
    elif governor.pos_ == "NOUN":
        frames = tuple(
            frame for table in (triggers.acts, triggers.mutual) for frame in find_noun_frames(table, governor)
        )
    else:
        frames = triggers.adjectives.get(governor.lemma_.lower(), ())
    return any(word in frame.target and frame.how != "attacks" for frame in frames)


def _is_dateline(token: Token) -> bool:
    """Say whether a name only says where a report is from: "Seoul: The president has resigned"."""
    following = token.i + 1
    return bool(token.is_sent_start) and following < len(token.doc) and token.doc[following].text == ":"


def _is_called_town(token: Token) -> bool:
    """Say whether a name is told to be a town: "the Chadian capital N'Djamena", "N'Djamena, the capital of Chad"."""
    beside = [child for child in token.children if child.dep_ == "appos"]
    if token.dep_ == "appos":
        beside.append(token.head)
    if token.i:
        beside.append(token.nbor(-1))
    return any(other.lower_ in _TOWNS for other in beside)


def _carries_relation(preposition: Token) -> bool:
    """Say whether the object before a preposition is one that leads to somebody: "blocked aid to Kyiv"."""
    if preposition.i == 0 or preposition.head.pos_ != "VERB":
        return False
    thing = preposition.nbor(-1)
    return thing.dep_ in {"dobj", "obj"} and thing.lemma_ in _get_words().relation_nouns


def _takes_stance(verb: Token) -> bool:
    """Say whether a verb's object is somebody, for it says whose side the subject takes: "congratulated Baku"."""
    if verb.lemma_ in _get_words().place_verbs:
        return False
    if verb.lemma_ in get_triggers().labelling and any(child.dep_ == "oprd" for child in verb.children):
        return True  # "called Paris an enemy"
    frames = find_verb_frames(get_triggers().verbs, verb)
    return any(OBJECT in f.target and f.how in _STANCES and f.sure >= _SURE_STANCE for f in frames)


def _is_before_backed(token: Token) -> bool:
    doc = token.doc
    at = token.i + 1
    return at + 1 < len(doc) and doc[at].text == "-" and doc[at + 1].lower_ in _get_words().backed


def _is_described_as_place(verb: Token) -> bool:
    return verb.lemma_ == "be" and any(
        (child.dep_ == "attr" and child.lower_ in _get_words().place_nouns)
        or (child.dep_ == "prep" and child.lower_ in _PLACE_PREPOSITIONS)
        for child in verb.children
    )


def _has_predicate(verb: Token) -> bool:
    return any(child.dep_ in {"attr", "acomp", "xcomp", "ccomp", "prep"} for child in verb.children)


def _climb_conjuncts(token: Token) -> Token:
    """Return the first of the nouns that a noun is joined to by "and"."""
    while token.dep_ == "conj" and token.head.pos_ in {"PROPN", "NOUN", "ADJ", "PRON"}:
        token = token.head
    return token
