"""Structural relations that a verb carries: "heads the party", "was sent to Iraq", "seized Mosul"."""

from collections.abc import Iterator

from graph.models import Modality
from ingest.antecedents import find_antecedent
from ingest.arguments import (
    Arguments,
    find_subjects,
    get_arguments,
    get_obliques,
    is_verbal,
)
from ingest.bearers import Bearer
from ingest.conjuncts import expand_conjuncts
from ingest.cues import get_cues
from ingest.missions import find_mission, is_force
from ingest.parse import Token
from ingest.scene import BODY_TYPES, Frame, NounFrame, Scene, get_structure
from ingest.triggers import get_triggers

_IN_PERSON = frozenset({None, "based-in", "visits"})
_NAMING = frozenset({"name", "appoint", "designate"})
_CARRYING = frozenset({"fly", "land", "move", "relocate", "return"})
_BESIDE = frozenset({"together", "along", "alongside"})
_SHARES = frozenset(
    {"bulk", "chunk", "half", "most", "much", "pocket", "portion", "swath", "swathe", "third"}
)
_SENT_TO = ("to", "into", "in", "across", "inside")
_FETCHING = frozenset({"pull", "recall", "remove", "withdraw"})
_BACK = frozenset({"away", "back", "home", "over"})
_BEING = frozenset({"be", "remain", "stay"})
_COMING = frozenset({"come", "rise", "return", "ascend", "accede"})


def find_verb_relations(scene: Scene) -> None:
    """Add what the verbs of a block say, and the nouns in their phrases; cost: linear in tokens."""
    structure = get_structure()
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if lemma in structure.frames and is_verbal(token) and not _is_turned(token, lemma):
            arguments = get_arguments(token)
            on_mission = find_mission(scene, token)
            for frame in structure.frames[lemma]:
                if not (on_mission and frame.kind == "located-in"):
                    _apply(scene, frame, arguments)
            if lemma in structure.sending:
                _add_own_forces(scene, arguments, _SENT_TO, None)
            elif lemma in _FETCHING:
                _add_own_forces(scene, arguments, ("from", "of"), "past")
        if lemma in structure.nouns and token.pos_ == "NOUN":
            for noun in structure.nouns[lemma]:
                _apply_noun(scene, noun, token)


def _is_turned(verb: Token, lemma: str) -> bool:
    """Whether a particle turns the verb: "ruled out any troops" rules nobody."""
    particles = get_cues().negative_particles.get(lemma, frozenset())
    return any(child.dep_ == "prt" and child.lower_ in particles for child in verb.children)


def _apply(scene: Scene, frame: Frame, arguments: Arguments) -> None:
    if frame.how == "visits" and arguments.patients and arguments.predicate.lemma_.lower() in _CARRYING:
        return  # who "moved troops to Guayaquil" did not go there
    sources = list(find_end(scene, frame.source, frame.source_types, arguments, is_source=True))
    if frame.kind == "located-in" and frame.how in _IN_PERSON:
        # Where his deputies live tells nothing of himself.
        sources = [end for end in sources if end[1] == 1 or scene.mentions[end[0]].type != "person"]
    if not sources:
        return
    targets = list(find_end(scene, frame.target, frame.target_types, arguments, is_source=False))
    for source, source_sure in sources:
        for target, target_sure in targets:
            scene.add(
                source, frame.kind, frame.how, target, arguments.predicate,
                frame.confidence * source_sure * target_sure, f"verb:{frame.how or frame.kind}", frame.modality,
            )  # fmt: skip


def find_end(
    scene: Scene, side: tuple[str, ...], types: frozenset[str], arguments: Arguments, *, is_source: bool
) -> Iterator[tuple[int, float]]:
    """Yield the mentions of some types on one side of what a word says, and how surely each is meant.

    Args:
        scene: The block it is in.
        side: `agent`, `patient`, or prepositions.
        types: Which types of mentions may stand there.
        arguments: Of the word.
        is_source: Whether it is the side of who acts or is somewhere.
    """
    tokens: tuple[Token, ...]
    if side == ("agent",):
        tokens = _drop_listed(arguments.predicate, arguments.agents) + _list_company(arguments.predicate)
    elif side == ("patient",):
        tokens = _drop_listed(arguments.predicate, _get_patients(arguments))
        tokens = _find_named_to_office(scene, arguments) or _prefer_body_before(scene, arguments, tokens)
    else:
        tokens = _find_obliques(scene, arguments, side)
    for token in (
        *tokens,
        *(part for one in tokens for part in _list_apposed(scene, one, arguments.predicate)),
    ):
        direct = scene.get(token)
        if direct is not None:
            if scene.mentions[direct].type in types:
                yield direct, 1.0
            continue
        if _names_place(token, types, is_source=is_source):
            inner = _find_place_inside(scene, token)
            if inner is not None:
                yield inner, 0.9
            continue
        for bearer in _find_bearers(scene, token):
            # Its units stand for a force, as its officials or its deeds do not.
            named = is_source or bearer.sure == 1 or (is_force(token) and not types & {"place", "person"})
            if named and scene.mentions[bearer.mention].type in types:
                yield bearer.mention, bearer.sure


def _names_place(token: Token, types: frozenset[str], *, is_source: bool) -> bool:
    """Whether a noun may stand for a place beside it: "the town of Aden"."""
    wanted = types == {"place"} if is_source else "place" in types and "person" not in types
    return wanted and _is_part_of_place(token)


def _list_apposed(scene: Scene, token: Token, verb: Token) -> tuple[Token, ...]:
    """The rest of a list that the parser takes for an apposition: "the 1st Brigade, the 2nd Brigade and the 3rd Brigade".

    Not where the verb stands in between, in a clause about the first.
    """
    first = scene.get(token)
    for child in token.children if first is not None else ():
        second = scene.get(child) if child.dep_ == "appos" else None
        joined = any(part.dep_ == "cc" and part.lower_ == "and" for part in child.children)
        if second is None or first is None or not joined or token.i < verb.i < child.i:
            continue
        if scene.mentions[first].type == scene.mentions[second].type:
            return expand_conjuncts(child)
    return ()


def _find_bearers(scene: Scene, token: Token) -> list[Bearer]:
    """Return whom a word without a name stands for; who sends a letter is not where it goes."""
    written = token.lemma_.lower() in get_triggers().writings
    return [] if written else scene.roster.find_sources([token])


def _drop_listed(verb: Token, found: tuple[Token, ...]) -> tuple[Token, ...]:
    """What is found without further items of a list: "Badr, which is led by Amiri; Kata'ib Hezbollah; and others"."""
    if len(found) < 2:
        return found
    first = found[0]
    return tuple(token for token in found if token.i == first.i or not _is_listed_apart(verb, first, token))


def _is_listed_apart(verb: Token, first: Token, token: Token) -> bool:
    """Whether a semicolon stands between two conjuncts, or the clause that is only about the first of them."""
    if any(part.text == ";" for part in token.doc[first.i : token.i]):
        return True
    describes = verb.dep_ in {"relcl", "acl"} and verb.head.i == first.i
    return describes and first.i < verb.i < token.i and not verb.is_ancestor(token)


def _find_named_to_office(scene: Scene, arguments: Arguments) -> tuple[Token, ...]:
    """The person right behind "appointed", whom the parser may hang on the office: "appointed Ana Ruiz foreign minister"."""
    verb = arguments.predicate
    person = scene.find_starting_at(verb.i + 1) if verb.lemma_.lower() in _NAMING else None
    if person is None or arguments.voice != "active" or scene.mentions[person].type != "person":
        return ()
    head = scene.get_head(person)
    return (head,) if head.dep_ in {"compound", "nmod"} else ()


def _prefer_body_before(scene: Scene, arguments: Arguments, found: tuple[Token, ...]) -> tuple[Token, ...]:
    """The body right before a participle that the parser hangs on a person: "a member of the NDP once led by Kim"."""
    verb = arguments.predicate
    if verb.dep_ != "acl" or verb.tag_ != "VBN":
        return found
    ends = scene.roster.find_sources(found)
    if not ends or any(scene.mentions[end.mention].type != "person" for end in ends):
        return found
    position = verb.i
    while position and scene.doc[position - 1].pos_ == "ADV":
        position -= 1
    bracketed = position > 0 and scene.doc[position - 1].text == ")"
    body = scene.find_ending_at(position - bracketed)
    if body is None or scene.mentions[body].type not in BODY_TYPES:
        return found
    return (scene.get_head(body),)


def _find_obliques(scene: Scene, arguments: Arguments, prepositions: tuple[str, ...]) -> tuple[Token, ...]:
    """Objects of prepositions of the verb, or else of what it acts on: "killed soldiers in Samarra"."""
    found = tuple(token for name in prepositions for token in arguments.obliques.get(name, ()))
    for child in arguments.predicate.children:
        if child.dep_ == "advmod" and (child.lower_ in prepositions or child.lower_ in _BACK):
            found += tuple(token for name in prepositions for token in get_obliques(child).get(name, ()))
    if "in" not in prepositions or any(scene.get(token) is not None for token in found):
        return found
    if any(_is_part_of_place(token) for token in found):
        return found
    if scenes := find_scene_of(arguments.predicate):
        return found + scenes
    patients = arguments.patients
    if arguments.voice != "active":
        patients = tuple(agent for agent in arguments.agents if agent.tag_ == "NNS")
    return found + tuple(
        token
        for patient in (*patients, *(t for ts in arguments.obliques.values() for t in ts))
        if patient.pos_ in {"NOUN", "PROPN"}
        for name in ("in", "at", "inside", "across", "near", "outside")
        for token in get_obliques(patient).get(name, ())
    )


def _get_patients(arguments: Arguments) -> tuple[Token, ...]:
    """Who undergoes it; for a participle after its noun ("a group based in Gaza") the noun itself."""
    if arguments.patients:
        return arguments.patients
    verb = arguments.predicate
    if verb.lemma_.lower() in _NAMING:
        # "Named Ali Shamkhani in his place": the parser may take whom for what he is named.
        named = tuple(child for child in verb.children if child.dep_ == "oprd" and child.pos_ == "PROPN")
        if named and arguments.agents:
            return named
    if verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}:
        return (verb.head,)
    if verb.tag_ == "VBN" and verb.dep_ in {"advcl", "conj"}:
        return find_subjects(verb)
    if verb.tag_ == "VBN" and verb.dep_ == "prep" and verb.i < verb.head.i:
        return find_subjects(verb.head)  # "Based in Aden, the movement fled"
    return ()


def _is_part_of_place(token: Token) -> bool:
    lemma = token.lemma_.lower()
    return lemma in get_structure().place_nouns or lemma in get_structure().directions or lemma in _SHARES


def _find_place_inside(scene: Scene, token: Token) -> int | None:
    """The place named in "parts of Mosul", "the city of Mosul", "Mosul's airport"."""
    for descendant in token.subtree:
        index = scene.get(descendant)
        if (
            index is not None
            and scene.mentions[index].type in {"place", "country"}
            and descendant.dep_ in {"pobj", "poss", "appos", "compound", "nmod", "amod"}
            and (descendant.dep_ != "pobj" or descendant.head.lower_ in {"of", "in"})
        ):
            return index
    return None


def _add_own_forces(
    scene: Scene, arguments: Arguments, prepositions: tuple[str, ...], modality: Modality | None
) -> None:
    """Read "Iran sent troops to Iraq": the sender is there with forces that bear no name of their own."""
    patients = [token for token in _get_patients(arguments) if is_force(token)]
    if not any(_is_unnamed(scene, token) for token in patients):
        return
    phrases = [arguments.obliques, *map(get_obliques, patients)]
    places = [token for name in prepositions for found in phrases for token in found.get(name, ())]
    senders = {"country", "security-force", "armed-group", "organization"}
    for source in scene.roster.find_sources(arguments.agents):
        for token in places:
            target = scene.get(token)
            if target is None and _is_part_of_place(token):
                target = _find_place_inside(scene, token)
            if target is not None and scene.mentions[source.mention].type in senders:
                scene.add(
                    source.mention, "located-in", "deployed-to", target,
                    arguments.predicate, 0.75 * source.sure, "verb:own-forces", modality,
                )  # fmt: skip


def _is_unnamed(scene: Scene, force: Token) -> bool:
    """Whether forces bear no name of their own, nor that of others whose they are."""
    index = scene.get(force)
    if index is not None:
        return scene.mentions[index].resolution == "description"
    return not scene.roster.find_sources([force])


def _apply_noun(scene: Scene, frame: NounFrame, noun: Token) -> None:
    arguments = get_arguments(noun)
    verb = noun.head.head if _comes_to(noun) else noun.head
    if frame.behind:
        verb = noun.head
        if verb.lower_ not in frame.behind:
            return
        sources = arguments.patients + arguments.agents + arguments.modifiers
        targets = _find_under(verb)
    else:
        first = _find_first(noun)
        verb = verb if _comes_to(noun) else first.head
        reached = first.dep_ in {"dobj", "obj"} or _comes_to(noun)
        if not reached or (frame.verbs and verb.lemma_.lower() not in frame.verbs):
            return
        sources, targets = find_subjects(verb), _find_controlled(noun, verb, frame.prepositions)
    for source in scene.roster.find_sources(sources):
        for target in (*scene.roster.find_sources(targets), *_list_inside(scene, targets)):
            types = scene.mentions[source.mention].type, scene.mentions[target.mention].type
            if types[0] in frame.source_types and types[1] in frame.target_types:
                trigger = noun if frame.behind else verb
                confidence = frame.confidence * source.sure * target.sure
                scene.add(
                    source.mention,
                    frame.kind,
                    frame.how,
                    target.mention,
                    trigger,
                    confidence,
                    f"noun:{frame.how}",
                )


def _list_inside(scene: Scene, tokens: tuple[Token, ...]) -> list[Bearer]:
    """The places inside nouns that stand for them: "took control of the town of Aden"."""
    nouns = (token for token in tokens if scene.get(token) is None and _is_part_of_place(token))
    inner = (_find_place_inside(scene, noun) for noun in nouns)
    return [Bearer(index, 0.95) for index in inner if index is not None]


def _find_first(noun: Token) -> Token:
    """The noun that a noun is joined to: "headquarters" of "has its headquarters in Galle and posts in Matara"."""
    return noun.head if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" else noun


def _comes_to(noun: Token) -> bool:
    """Whether a noun is what somebody comes or rises to, or is in: "came to power in Chad", "is in control of Aden"."""
    if noun.dep_ != "pobj":
        return False
    lemma = noun.head.head.lemma_.lower()
    return (noun.head.lower_ == "to" and lemma in _COMING) or (noun.head.lower_ == "in" and lemma in _BEING)


def _find_controlled(noun: Token, verb: Token, prepositions: frozenset[str]) -> tuple[Token, ...]:
    """What control is taken of, whether the parser hangs the phrase on the noun or on its verb."""
    found = tuple(
        token
        for head in (noun, verb)
        for child in head.children
        if child.dep_ == "prep" and child.lower_ in prepositions and (child.i > noun.i or child.head == verb)
        for pobj in child.children
        if pobj.dep_ == "pobj"
        for token in expand_conjuncts(find_antecedent(pobj))
    )
    return found or (find_scene_of(verb) if "in" in prepositions else ())


def find_scene_of(verb: Token) -> tuple[Token, ...]:
    """Return what a clause with "where" tells of, for its verb and those under it: "Aden, where they tried to land"."""
    while verb.dep_ in {"xcomp", "conj"} and verb.head.pos_ in {"VERB", "AUX"}:
        verb = verb.head
    where = any(child.lower_ == "where" and child.dep_ == "advmod" for child in verb.children)
    return expand_conjuncts(verb.head)[-1:] if where and verb.dep_ == "relcl" else ()


def _list_company(verb: Token) -> tuple[Token, ...]:
    """Who does the same by a phrase behind the verb: "to which Togo belongs together with Benin and Niger"."""
    if verb.i + 2 >= len(verb.doc) or verb.nbor(1).lower_ not in _BESIDE or verb.nbor(2).lower_ != "with":
        return ()
    named = [child for child in verb.nbor(2).children if child.dep_ == "pobj"]
    return tuple(part for child in named for part in expand_conjuncts(child))


def _find_under(preposition: Token) -> tuple[Token, ...]:
    """Who is under somebody's command: the subject of the clause, or the noun before it."""
    head = preposition.head
    return find_subjects(head) if head.pos_ in {"VERB", "AUX"} else (head,)
