"""Who does what to whom in a parse: the logical arguments of a verb, a noun or an adjective, as head tokens.

Labels are those of spaCy's English models (ClearNLP). Everything is found by walking the tree, so each call costs
a walk up to the root and one look at each child on the way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest.antecedents import RELATIVE_PRONOUNS, find_antecedent, find_pair
from ingest.conjuncts import (
    begins_clause,
    expand_conjuncts,
    find_company,
    find_joined,
    is_trained_and_paid,
    shares_object,
)
from ingest.control import get_control
from ingest.likewise import find_likewise
from ingest.parse import Token
from ingest.triggers import acts_on_object, get_triggers

Voice = Literal["active", "passive", "nominal", "adjectival"]

SUBJECT_LABELS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECT_LABELS = frozenset({"dobj", "obj"})
RELATIVE_ADVERBS = frozenset({"where", "when", "why", "how"})
# "Distanced himself from calls to": what follows is not the subject's own doing.
_PARTING = frozenset({"from", "against", "despite", "amid"})
_TERMS = frozenset({"custody", "death", "imprisonment", "jail", "life", "month", "prison", "year"})
_CHARGES = frozenset({"accusation", "allegation", "charge", "count", "suspicion"})
VERBAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Arguments:
    """The logical arguments of one predicate; every token is the head of its phrase.

    Attributes:
        predicate: The verb, noun or adjective itself.
        agents: Who acts: subjects of an active verb, by-phrases of a passive one, possessors of a noun.
        patients: Who undergoes it: objects, subjects of a passive, of-phrases of a noun.
        obliques: Objects of prepositions, by lower-case preposition, without `by` of a passive.
        modifiers: Words before a noun that may name who acts: "Iranian" in "Iranian support".
    """

    predicate: Token
    voice: Voice
    agents: tuple[Token, ...] = ()
    patients: tuple[Token, ...] = ()
    obliques: Mapping[str, tuple[Token, ...]] = field(default_factory=dict)
    modifiers: tuple[Token, ...] = ()


def get_arguments(predicate: Token) -> Arguments:
    """Return the arguments of a verb, noun or adjective; sides that the sentence leaves out are empty."""
    if is_verbal(predicate):
        return _get_verbal(predicate)
    if predicate.pos_ in {"ADJ", "VERB", "ADP", "ADV"}:
        return _get_adjectival(predicate)
    return _get_nominal(predicate)


def is_verbal(token: Token) -> bool:
    """Say whether a token heads a clause, also when the tagger took a verb with a subject and an object for a noun."""
    if token.pos_ in VERBAL:
        return not is_attributive(token)
    if not token.children:
        return False
    labels = {child.dep_ for child in token.children}
    if token.tag_ == "VBG" and labels & OBJECT_LABELS:
        return True
    return "nsubj" in labels and bool(labels & OBJECT_LABELS)


def is_attributive(token: Token) -> bool:
    """Say whether a participle stands before its noun, like `backed` in "Iran-backed militia"."""
    return token.dep_ in {"amod", "compound"} and token.i < token.head.i


def is_passive(verb: Token) -> bool:
    """Say whether a verb is passive: by auxiliary, by-phrase, or as a participle after its noun."""
    labels = {child.dep_ for child in verb.children}
    if labels & {"auxpass", "nsubjpass", "agent"}:
        return True
    if verb.tag_ == "VBD" and not labels & {"dobj", "aux"} and is_trained_and_paid(verb):
        return True
    if verb.tag_ != "VBN" or labels & (OBJECT_LABELS | {"nsubj", "aux"}):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "advcl", "relcl", "dep", "appos"}


def find_subjects(predicate: Token) -> tuple[Token, ...]:
    """Return the surface subjects of a verb, its own or those it shares, controls or modifies; may be empty.

    The subject of "attack" in "Iran vowed to attack", "Israel was urged to attack", "the army moved in and
    attacked", "rebels attacking the town" and "after attacking the town, ISIS fled" is found in the clause above.
    """
    own = [child for child in predicate.children if child.dep_ in SUBJECT_LABELS]
    own = own or _find_compounded(predicate)
    if not own:
        return _find_inherited_subjects(predicate)
    return (*_expand_all([*own, *find_likewise(predicate)]), *find_company(predicate, own))


def _find_compounded(verb: Token) -> list[Token]:
    """The name right before a verb, where a parser takes the two for one name: "The Marsh Brigade split from the Front"."""
    name = verb.nbor(-1) if verb.tag_ in {"VBD", "VBZ"} and verb.i else verb
    joined = name.head.i == verb.i and name.dep_ == "compound" and name.pos_ == "PROPN"
    return [name] if joined and not is_attributive(verb) else []


def _find_inherited_subjects(verb: Token) -> tuple[Token, ...]:  # noqa: C901, PLR0912 - a case a label
    head = verb.head
    found: tuple[Token, ...] = ()
    if head.i == verb.i:
        return found
    if _is_in_writing(verb):
        return (verb.nbor(-1),)
    if _is_parted(verb):
        return ()
    match verb.dep_:
        case "conj" if verb.i and begins_clause(verb.nbor(-1), verb.nbor(-1).head):
            found = (verb.nbor(-1),)
        case "conj" if head.pos_ in VERBAL and not is_attributive(head):
            found = find_subjects(find_joined(verb))
        case "conj" if head.dep_ == "amod":
            found = (head.head,)
        case "advcl" if verb.i > 0 and verb.nbor(-1).dep_ == "appos" and is_passive(verb):
            found = expand_conjuncts(verb.nbor(-1).head)
        case "advcl" if head.lemma_ in {"prevent", "stop"} and verb.i and verb.nbor(-1).dep_ == "dobj":
            found = expand_conjuncts(verb.nbor(-1))  # "did nothing to stop Oman arming the rebels"
        case "xcomp" | "advcl" | "oprd" if head.pos_ in VERBAL:
            found = _find_controllers(head)
        case "ccomp" | "dep" if head.pos_ in VERBAL and _is_nonfinite(verb):
            found = _find_controllers(head)
        case "xcomp" | "advcl" | "acomp" if head.pos_ in {"ADJ", "NOUN"}:
            found = find_holders(head)
        case "acl" | "relcl":
            found = _find_modified(verb)
        case "pcomp" | "pobj":
            found = _find_preposition_controllers(head)
    return found


def _is_in_writing(verb: Token) -> bool:
    """Whether a participle says what the text right before it says: "blocked a statement criticising Georgia"."""
    if verb.tag_ != "VBG" or verb.i == 0 or verb.dep_ not in {"xcomp", "advcl", "ccomp"}:
        return False
    noun = verb.nbor(-1)
    return noun.dep_ in OBJECT_LABELS and noun.head == verb.head and noun.lemma_ in get_triggers().writings


def _is_parted(verb: Token) -> bool:
    """Whether an infinitive is what its subject keeps away from: "distanced itself from calls to punish Serbia"."""
    start = verb.left_edge.i
    if verb.tag_ != "VB" or start == 0:
        return False
    noun = verb.doc[start - 1]
    return noun.dep_ == "pobj" and noun.head.lower_ in _PARTING and noun.tag_ in {"NN", "NNS"}


def _find_controllers(upper: Token) -> tuple[Token, ...]:
    """The understood subject of an infinitive or participle under `upper`."""
    lemma, control = upper.lemma_.lower(), get_control()
    if not is_passive(upper):
        for child in upper.children:
            if child.dep_ in OBJECT_LABELS:
                objects = _expand_all([child]) if lemma in control.object | control.both else ()
                # "Called him on Friday to" is no call on anybody.
                return objects if lemma in control.object else (*objects, *find_subjects(upper))
            if child.dep_ == "prep" and child.lower_ in control.preposition.get(lemma, ()):
                return _get_objects_of(child)
    return find_subjects(upper)


def _find_modified(verb: Token) -> tuple[Token, ...]:
    """The understood subject of a clause that hangs on a noun."""
    noun = verb.head
    if verb.tag_ in {"VBG", "VBN", "VBD"} or not _is_nonfinite(verb):
        if noun.pos_ in VERBAL:
            return find_subjects(noun)
        return (noun,)
    return (*find_holders(noun), noun)


# Who decides against arming them is who would arm them; who warns against it or votes against it, somebody else.
_DECIDING = frozenset({"choose", "decide", "opt"})


def _find_preposition_controllers(preposition: Token) -> tuple[Token, ...]:
    upper = preposition.head
    if preposition.i and preposition.nbor(-1).lower_ == "far" and upper.pos_ in {"NOUN", "PROPN"}:
        return (upper,)  # "Laos, far from backing them, fled"
    if upper.lemma_ in _CHARGES and upper.dep_ == "pobj" and upper.head.head.pos_ in VERBAL:
        return _find_accused(upper.head.head)  # "arrested two men on suspicion of aiding rebels"
    if judged := _find_judged(preposition):
        return judged
    if upper.dep_ == "pobj" and upper.head.dep_ == "agent":
        upper = upper.head.head  # "accused by rivals of arming rebels", hung on the rivals
    if upper.pos_ in VERBAL:
        advised = preposition.lower_ == "against" and upper.lemma_ not in _DECIDING
        if advised or upper.lemma_.lower() in get_control().judgement:
            return _get_verbal(upper).patients
        joined = _get_verbal(upper).patients if upper.lemma_ == "join" and preposition.lower_ == "in" else ()
        return (*find_subjects(upper), *joined)
    return find_holders(upper)


def _find_judged(preposition: Token) -> tuple[Token, ...]:
    """Who did what he is judged for: "was jailed for backing rebels", "accused the police of torture", hung on the police."""
    upper = preposition.head
    if preposition.lower_ == "for" and any(
        word.lemma_.lower() in _TERMS for word in (upper, *upper.children)
    ):
        return _find_sentenced(upper)
    judging = upper.head if upper.dep_ in OBJECT_LABELS else upper
    if preposition.lower_ == "for" and upper.pos_ in VERBAL and acts_on_object(upper):
        return _get_verbal(upper).patients
    judges = judging.lemma_.lower() in get_control().judgement or acts_on_object(judging)
    return (upper,) if judging is not upper and judges and preposition.lower_ in {"of", "for"} else ()


def _find_sentenced(term: Token) -> tuple[Token, ...]:
    """Who did what he is in prison for: "sentenced two men to nine years in prison for plotting to kill him"."""
    while term.dep_ in {"pobj", "prep", "npadvmod"} and term.head.i != term.i:
        term = term.head
    return _get_verbal(term).patients if term.pos_ in VERBAL else ()


def _find_accused(verb: Token) -> tuple[Token, ...]:
    """Whom a charge is against: the one who is arrested, or whom a case is into or against."""
    found = _get_verbal(verb).patients
    cases = (get_obliques(noun) for noun in found)
    return tuple(t for case in cases for t in (*case.get("into", ()), *case.get("against", ()))) or found


def find_holders(noun: Token) -> tuple[Token, ...]:
    """Return who has or does what a noun or adjective names: its possessors, else the subject of its clause.

    "Iran's readiness", "the readiness of Iran", "Iran expressed readiness", "Iran is ready", "with its support".
    """
    own = [child for child in noun.children if child.dep_ == "poss" and child.pos_ != "PRON"]
    if own:
        return _expand_all(own)
    for preposition in noun.children:
        if preposition.dep_ in {"prep", "agent"} and preposition.lower_ in {"of", "by", "from"}:
            named = _get_objects_of(preposition)
            if named or not any(child.dep_ == "pcomp" for child in preposition.children):
                return named  # "after months of attacking him" names nobody
    return find_clause_subjects(noun)


def find_clause_subjects(token: Token) -> tuple[Token, ...]:
    """Return the subjects of the nearest verb above a noun, adjective or preposition, noun phrases in between allowed."""
    current = token
    while current.head.i != current.i:
        if current.dep_ in SUBJECT_LABELS | {"relcl", "acl", "ccomp", "appos", "poss"}:
            return ()
        current = current.head
        if current.pos_ in VERBAL:
            return find_subjects(current)
        if current.dep_ == "prep" and current.lower_ in _PARTING:
            return ()
        if current.dep_ in {"pobj", "prep"} and any(child.dep_ == "poss" for child in current.children):
            return ()
    return ()


def get_obliques(predicate: Token) -> dict[str, tuple[Token, ...]]:
    """Return the objects of a predicate's prepositions, by lower-case preposition (`dative` for bare recipients)."""
    found: dict[str, tuple[Token, ...]] = {}
    for child in predicate.children:
        if child.dep_ in {"prep", "agent"} or (child.dep_ == "dative" and child.pos_ == "ADP"):
            name, objects = _follow_preposition(child)
            found[name] = found.get(name, ()) + objects
        elif child.dep_ == "dative":
            found["dative"] = _expand_all([child])
        elif child.dep_ == "prt":
            for name, objects in get_obliques(child).items():
                found[name] = found.get(name, ()) + objects
    return found


def _follow_preposition(preposition: Token) -> tuple[str, tuple[Token, ...]]:
    """A preposition's name and objects; chains such as "out at" and "because of" count as their last word."""
    if preposition.lower_ == "according":
        return "according", ()  # who says so is not to whom anything is done
    objects = _get_objects_of(preposition)
    if not objects:
        for child in preposition.children:
            if child.dep_ == "prep":
                return _follow_preposition(child)
    return preposition.lower_, objects


def _get_objects_of(preposition: Token) -> tuple[Token, ...]:
    objects = [child for child in preposition.children if child.dep_ == "pobj"]
    found = _expand_all(objects)
    for child in preposition.children:
        if child.dep_ == "conj" and child.lower_ == preposition.lower_:
            found += _get_objects_of(child)
    return found


def _get_verbal(verb: Token) -> Arguments:
    obliques = get_obliques(verb)
    subjects = find_subjects(verb)
    if is_passive(verb):
        agents = obliques.pop("by", ()) or _find_shared_agents(verb)
        return Arguments(verb, "passive", agents, subjects, obliques)
    return Arguments(verb, "active", subjects, _find_objects(verb), obliques)


def _find_shared_agents(verb: Token) -> tuple[Token, ...]:
    """A by-phrase further right: "was praised and backed by Iran", "was ousted from his post by rivals"."""
    for child in verb.children:
        if child.dep_ == "prep" and child.i > verb.i:
            for pobj in child.children:
                if pobj.dep_ == "pcomp" and is_passive(pobj):
                    continue  # "accused of being funded by Russia" has Russia fund
                agents = get_obliques(pobj).get("by", ())
                if agents:
                    return agents
        if child.dep_ in {"oprd", "attr"}:
            return get_obliques(child).get("by", ())
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ in VERBAL and is_passive(child):
            # "Was jailed in May and pardoned by Ito": who did the one need not have done the other.
            if any(other.dep_ == "prep" and verb.i < other.i < child.i for other in verb.children):
                return ()
            return get_obliques(child).get("by", ()) or _find_shared_agents(child)
    return ()


def _find_objects(verb: Token) -> tuple[Token, ...]:
    objects = [child for child in verb.children if child.dep_ in OBJECT_LABELS]
    if objects:
        return _expand_all(objects)
    raised = [
        grandchild
        for child in verb.children
        if child.dep_ in {"ccomp", "xcomp"} and _takes_raised_object(verb, child)
        for grandchild in child.children
        if grandchild.dep_ == "nsubj"
    ]
    if raised:
        return _expand_all(raised)
    for child in verb.children:
        if shares_object(verb, child) and not is_passive(child):
            return _find_objects(child)
    return _find_gap(verb)


def _takes_raised_object(verb: Token, lower: Token) -> bool:
    """Whether the lower subject is the object: in "urge Israel to strike", not in "recommend that he resign"."""
    marked = any(child.dep_ == "mark" for child in lower.children)
    infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in lower.children)
    bare = verb.lemma_.lower() in {"help", "let", "make", "have", "see", "watch"}
    return not marked and _is_nonfinite(lower) and (infinitive or bare or lower.tag_ == "VBG")


def _find_gap(verb: Token) -> tuple[Token, ...]:
    """The antecedent of a relative clause that lacks its object: "the militia Iran trained"."""
    if verb.dep_ != "relcl":
        return ()
    subjects = [child for child in verb.children if child.dep_ == "nsubj"]
    bare = subjects and all(find_antecedent(child) is child or child.pos_ == "PROPN" for child in subjects)
    adverbs = any(child.lower_ in RELATIVE_ADVERBS for child in verb.children)
    fronted = any(grand.lower_ in RELATIVE_PRONOUNS for child in verb.children for grand in child.children)
    return (verb.head,) if bare and not adverbs and not fronted else ()


def _get_nominal(noun: Token) -> Arguments:
    obliques = get_obliques(noun)
    possessors = _expand_all([child for child in noun.children if child.dep_ == "poss"])
    agents = possessors + obliques.pop("by", ())
    patients = obliques.pop("of", ())
    return Arguments(noun, "nominal", agents, patients, obliques, find_modifiers(noun))


def find_modifiers(noun: Token) -> tuple[Token, ...]:
    """Return nouns, names and adjectives before a noun, coordinated ones included: "US and British support"."""
    labels = {"compound", "amod", "nmod", "npadvmod", "nummod"}
    found: list[Token] = []
    waiting = [noun]
    while waiting:
        below = [child for child in waiting.pop().lefts if child.dep_ in labels]
        below = [child for child in below if child.pos_ in {"PROPN", "NOUN", "ADJ"}]
        found.extend(part for child in below for part in expand_conjuncts(child))
        waiting.extend(below)
    return tuple(found)


def _get_adjectival(adjective: Token) -> Arguments:
    """Arguments of "critical of", attached to a copula, a noun, or another adjective."""
    obliques = get_obliques(adjective)
    return Arguments(adjective, "adjectival", find_bearers(adjective), (), obliques)


def find_bearers(adjective: Token) -> tuple[Token, ...]:
    """Return what an adjective or predicative phrase is said of: its noun, or the subject of its copula."""
    head = adjective.head
    match adjective.dep_:
        case "conj" if head.pos_ in {"ADJ", "VERB", "ADP"} and head.dep_ != "ROOT":
            return find_bearers(head)
        case "amod" | "acl" | "appos" | "relcl":
            # In "forces loyal to Minawi and Ibrahim" whoever is joined on after the adjective is not loyal, too.
            borne = expand_conjuncts(find_antecedent(head))
            return borne if adjective.i < head.i else tuple(part for part in borne if part.i < adjective.i)
        case "acomp" | "oprd" | "prep" | "advcl" | "attr" | "xcomp" | "ccomp" if head.pos_ in VERBAL:
            objects = [child for child in head.children if child.dep_ in OBJECT_LABELS]
            if adjective.dep_ in {"oprd", "ccomp"} and objects:
                return _expand_all(objects)
            own = [child for child in adjective.children if child.dep_ in SUBJECT_LABELS]
            return _expand_all(own) if own else find_subjects(head)
        case "prep" if head.pos_ in {"NOUN", "PROPN"}:
            return (head,)
    return ()


def _is_nonfinite(verb: Token) -> bool:
    if any(child.dep_ == "aux" and child.tag_ == "MD" for child in verb.children):
        return False
    return verb.tag_ in {"VB", "VBG", "VBN", "NN"}


def _expand_all(tokens: list[Token]) -> tuple[Token, ...]:
    return tuple(_iter_expanded(tokens))


def _iter_expanded(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        pair = find_pair(token) if token.lower_ in {"both", "neither"} else ()
        antecedent = find_antecedent(token)
        told_of = expand_conjuncts(antecedent)
        if antecedent is not token:
            # Whoever is joined on behind a relative clause is not told of in it.
            told_of = tuple(part for part in told_of if part.i < token.i)
        yield from pair or told_of
