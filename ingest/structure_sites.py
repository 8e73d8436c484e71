"""Where somebody is by what is said of them without a verb of place.

"The movement, long active in Puno", "Haddad's visit to Puno", "made a trip to Puno", "In Puno, the movement opened fire".
"""

from collections.abc import Iterator
from dataclasses import replace

from ingest.antecedents import find_scene_of
from ingest.arguments import (
    OBJECT_LABELS,
    VERBAL,
    Arguments,
    find_subjects,
    get_arguments,
    get_obliques,
    is_passive,
    is_verbal,
)
from ingest.conjuncts import find_first_noun
from ingest.cues import get_cues
from ingest.frames import find_end
from ingest.geography import get_area
from ingest.parse import Token
from ingest.scene import Frame, Scene, get_structure

_ADJECTIVAL = frozenset({"ADJ", "ADV", "VERB"})
# Behind these a deed is what its doer does meanwhile: "during a visit to Puno, Haddad said".
_DURING = frozenset({"after", "at", "during", "following", "on", "throughout"})
# In or from which somebody acts: "From exile in Puno, Haddad wrote".
_STAYS = frozenset({"captivity", "detention", "exile"})
_HELD = frozenset({"controlled", "dominated", "held", "occupied", "ruled", "run"})
_STAGE = frozenset({"around", "at", "from", "in", "inside", "near", "outside"})
_ACTING = frozenset({"armed-group", "organization", "party", "person", "security-force"})
_NO_DEEDS = frozenset(
    {"agree", "appear", "back", "be", "become", "believe", "consider", "enjoy", "expect", "face", "fear", "find", "have", "hope",
     "know", "like", "lose", "mean", "need", "oppose", "plan", "remain", "see", "seem", "support", "think", "want", "win"}
)  # fmt: skip
_STAGED, _HOLDING = 0.6, 0.8
_MATTERS = frozenset({"about", "concerning", "regarding", "over"})
_JOINING = frozenset({";", "and", "but", "while"})
_DENYING = frozenset({"no", "neither"})


def find_sites(scene: Scene) -> None:
    """Add where adjectives, nouns for deeds and the openings of sentences place somebody; cost: linear in tokens."""
    structure = get_structure()
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if token.dep_ == "prep" and token.lower_ in _STAGE and _opens_clause(token):
            _add_staged(scene, token)
        elif token.lower_ in _HELD and token.dep_ in {"amod", "compound"}:
            _add_held(scene, token)
        elif lemma in structure.place_adjectives and token.pos_ in _ADJECTIVAL and not is_verbal(token):
            arguments = get_arguments(token)
            agents = arguments.agents or _list_before_comma(scene, token)
            _apply(scene, structure.place_adjectives[lemma], replace(arguments, agents=agents))
        elif lemma in structure.nominals and _is_noun(token) and not scene.is_named(token):
            _apply_nominals(scene, structure.nominals[lemma], token)


def _is_noun(token: Token) -> bool:
    return token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.text.islower())


def _opens_clause(preposition: Token) -> bool:
    """Whether a phrase stands before its clause: "In Puno he fell", "the mayor left, and in Puno Haddad fell"."""
    if preposition.i == preposition.sent.start:
        return True
    verb = preposition.head
    subjects = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
    joined = preposition.nbor(-1).lower_ in _JOINING
    return joined and bool(subjects) and preposition.i < subjects[0].left_edge.i


def _list_before_comma(scene: Scene, adjective: Token) -> tuple[Token, ...]:
    """The name before the comma of an aside that the parser hung on neither: "the movement, long active in Puno"."""
    comma = adjective.i - 1
    while comma > 0 and scene.doc[comma].pos_ == "ADV":
        comma -= 1
    named = scene.find_ending_at(comma) if comma > 0 and scene.doc[comma].text == "," else None
    return () if named is None else (scene.get_head(named),)


def _apply(scene: Scene, frames: tuple[Frame, ...], arguments: Arguments) -> None:
    word = arguments.predicate
    for frame in frames:
        sources = dict(_find_ends(scene, frame.source, frame.source_types, arguments, is_source=True))
        if not sources:
            continue
        for target, target_sure in _find_ends(
            scene, frame.target, frame.target_types, arguments, is_source=False
        ):
            for source, source_sure in sources.items():
                sure = frame.confidence * source_sure * target_sure
                rule = f"{arguments.voice}:{frame.how or frame.kind}"
                scene.add(source, frame.kind, frame.how, target, word, sure, rule, frame.modality)


def _find_ends(
    scene: Scene, sides: tuple[str, ...], types: frozenset[str], arguments: Arguments, *, is_source: bool
) -> Iterator[tuple[int, float]]:
    for side in sides:
        yield from find_end(scene, (side,), types, arguments, is_source=is_source)


def _apply_nominals(scene: Scene, frames: tuple[Frame, ...], noun: Token) -> None:
    if any(child.lower_ in _DENYING for child in noun.children):
        return
    own = get_arguments(noun)
    if own.voice != "nominal":
        return
    verb = _find_light_verb(noun)
    obliques = {
        "of": own.patients,
        **{name: _leave_out_matters(noun, found) for name, found in own.obliques.items()},
    }
    if verb is not None:
        for name, found in get_obliques(verb).items():
            obliques[name] = (*obliques.get(name, ()), *found)
        obliques["in"] = (*obliques.get("in", ()), *find_scene_of(verb))
    named = own.agents + own.modifiers
    for frame in frames:
        agents = named
        if verb is not None and verb.lemma_.lower() in frame.verbs:
            agents += get_obliques(verb).get("by", ()) if is_passive(verb) else find_subjects(verb)
        elif frame.how == "visits" or noun.head.lower_ == "at" or (not named and _is_stayed_in(noun)):
            agents += tuple(token for token in _find_meanwhile(noun) if scene.get(token) is not None)
        _apply(scene, (frame,), Arguments(noun, "nominal", agents, own.patients, obliques))


def _leave_out_matters(noun: Token, found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return those of some places that are not of what a talk is about: "a meeting about events in Iraq"."""
    return tuple(
        token
        for token in found
        if not any(upper.lower_ in _MATTERS for upper in token.ancestors if noun.i < upper.i < token.i)
    )


def _find_light_verb(noun: Token) -> Token | None:
    """The verb whose object a noun is: "paid", "made" and "set up" of "paid a visit", "made trips", "a base was set up"."""
    first = find_first_noun(noun)
    is_object = first.dep_ in OBJECT_LABELS | {"nsubjpass"} and first.head.pos_ in VERBAL
    return first.head if is_object else None


def _find_meanwhile(noun: Token) -> tuple[Token, ...]:
    """Who does something during a deed of theirs: "during a visit to Puno, Haddad said", "is on a trip to Puno"."""
    preposition = noun.head
    verb = preposition.head
    if preposition.lower_ == "at" and verb.dep_ in OBJECT_LABELS:
        verb = verb.head  # "turned down the plan at a congress", hung on the plan
    meanwhile = preposition.lower_ in _DURING or _is_stayed_in(noun)
    if noun.dep_ != "pobj" or not meanwhile or verb.pos_ not in VERBAL:
        return ()
    return find_subjects(verb)


def _is_stayed_in(noun: Token) -> bool:
    return noun.lemma_.lower() in _STAYS and noun.head.lower_ in {"from", "in"}


def _add_held(scene: Scene, participle: Token) -> None:
    """Read "Wagner-held Soledar"."""
    place = get_area(scene, participle.head)
    holders = [scene.get(child) for child in participle.children if child.dep_ == "npadvmod"]
    for holder in holders:
        if holder is not None and place is not None and scene.mentions[place].type == "place":
            scene.add(holder, "located-in", "controls-territory", place, participle, _HOLDING, "name:held")


def _add_staged(scene: Scene, preposition: Token) -> None:
    """Read "In Puno, the movement opened fire"; what is said, thought or had there is no deed."""
    verb = preposition.head
    lemma = verb.lemma_.lower()
    if verb.pos_ != "VERB" or lemma in _NO_DEEDS or lemma in get_cues().speech_verbs or is_passive(verb):
        return
    areas = (get_area(scene, child) for child in preposition.children if child.dep_ == "pobj")
    places = [area for area in areas if area is not None and scene.mentions[area].type == "place"]
    named = [appos for child in preposition.children for appos in child.children if appos.dep_ == "appos"]
    for subject in find_subjects(verb) or named if places else ():
        actor = scene.get(subject)
        if actor is None or scene.mentions[actor].type not in _ACTING:
            continue
        for place in places:
            scene.add(actor, "located-in", "operates-in", place, verb, _STAGED, "phrase:opening")
