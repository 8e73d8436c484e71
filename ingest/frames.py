"""Structural relations that a verb carries: "heads the party", "was sent to Iraq", "seized Mosul"."""

from collections.abc import Iterator

from graph.models import Modality
from ingest.antecedents import find_scene_of
from ingest.arguments import (
    Arguments,
    find_subjects,
    get_arguments,
    get_obliques,
    is_verbal,
)
from ingest.bearers import Bearer
from ingest.bodies_before import prefer_body_before
from ingest.conjuncts import expand_conjuncts
from ingest.cues import get_cues
from ingest.delegations import is_delegation
from ingest.gapping import find_gapped, iter_further_objects
from ingest.inner_places import find_place_inside, is_part_of_place
from ingest.missions import find_mission, is_force, is_sent_on
from ingest.noun_frames import add_held_noun
from ingest.parse import Token
from ingest.respective import pair_respectively
from ingest.scene import AREA_TYPES, BODY_TYPES, Frame, Scene, get_structure
from ingest.triggers import get_triggers

_IN_PERSON = frozenset({None, "based-in", "visits"})
_NAMING = frozenset({"name", "appoint", "designate"})
_CARRYING = frozenset({"fly", "head", "land", "move", "relocate", "return"})
_BESIDE = frozenset({"together", "along", "alongside"})
_SENT_TO = ("to", "into", "in", "across", "inside")
_PUTTING = frozenset({"pour", "put", "throw"})
_FETCHING = frozenset({"pull", "recall", "remove", "withdraw"})
_BACK = frozenset({"away", "back", "down", "home", "over", "up"})
_GOING_TOGETHER = frozenset(
    {"arrive", "escape", "flee", "fly", "go", "head", "land", "move", "return", "sail", "travel"}
)
# What is no place to be taken to, wherever it is: "came to power in Chad".
_ABSTRACT = frozenset(
    {"agreement", "aid", "blow", "conclusion", "defence", "defense", "end", "justice", "light", "office", "power",
     "prominence", "rescue", "term"}
)  # fmt: skip
_KINDS = frozenset(
    {"alliance", "bloc", "coalition", "faction", "gang", "group", "militia", "movement", "party"}
)
_BESIDES = frozenset({"besides"})


def find_verb_relations(scene: Scene) -> None:
    """Add what the verbs of a block say, and the nouns in their phrases; cost: linear in tokens."""
    structure = get_structure()
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if lemma in structure.adjectives and token.pos_ == "ADJ":
            for frame in structure.adjectives[lemma]:
                _apply(scene, frame, get_arguments(token))
        if lemma in structure.frames.keys() | _PUTTING and _is_clause(token) and not _is_turned(token, lemma):
            _read_verb(scene, token, lemma)
        if lemma in structure.nouns and (token.pos_ == "NOUN" or token.i == token.sent.start):
            for noun in structure.nouns[lemma]:
                add_held_noun(scene, noun, token)


def _read_verb(scene: Scene, token: Token, lemma: str) -> None:
    structure = get_structure()
    arguments = get_arguments(token) if is_verbal(token) else _read_as_verb(token)
    on_mission = find_mission(scene, token)
    for frame in structure.frames.get(lemma, ()):
        if not (on_mission and frame.kind == "located-in"):
            _apply(scene, frame, arguments)
    if lemma in structure.sending:
        _add_own_forces(scene, arguments, _SENT_TO, None)
    elif lemma in _PUTTING:
        _add_own_forces(scene, arguments, ("into",), None)
    elif lemma in _FETCHING:
        _add_own_forces(scene, arguments, ("from", "of"), "past")


def _is_clause(token: Token) -> bool:
    """Whether a token is a verb, or one that the tagger took for a noun in the plural: "Ana Ruiz presides over the party"."""
    if token.tag_ != "NNS" or token.dep_ != "ROOT":
        return is_verbal(token)
    named = token.i > 0 and token.nbor(-1).dep_ == "compound" and token.nbor(-1).pos_ == "PROPN"
    return named and any(child.lower_ == "over" for child in token.children)


def _read_as_verb(noun: Token) -> Arguments:
    return Arguments(noun, "active", (noun.nbor(-1),), (), get_obliques(noun))


def _is_turned(verb: Token, lemma: str) -> bool:
    """Whether a particle turns the verb: "ruled out any troops" rules nobody."""
    particles = get_cues().negative_particles.get(lemma, frozenset())
    return any(child.dep_ == "prt" and child.lower_ in particles for child in verb.children)


def _apply(scene: Scene, frame: Frame, arguments: Arguments) -> None:
    if _is_beside_point(frame, arguments):
        return
    sources = list(find_end(scene, frame.source, frame.source_types, arguments, is_source=True))
    if frame.kind == "member-of" or (frame.kind == "located-in" and frame.how in _IN_PERSON):
        # Where his deputies live and what they join tells nothing of himself.
        sources = [end for end in sources if end[1] == 1 or scene.mentions[end[0]].type != "person"]
    if not sources:
        return
    targets = list(find_end(scene, frame.target, frame.target_types, arguments, is_source=False))
    if frame.source == ("agent",) and frame.target == ("patient",) and arguments.voice == "active":
        targets = _part_gapped(scene, frame, arguments.predicate, targets)
        targets += _list_further_places(scene, frame, arguments)
    if frame.how == "visits" and frame.source == ("agent",):
        sources += _list_fellows(scene, frame, arguments)
    for (source, source_sure), (target, target_sure) in pair_respectively(scene, arguments, sources, targets):
        scene.add(
            source, frame.kind, frame.how, target, arguments.predicate,
            frame.confidence * source_sure * target_sure, f"verb:{frame.how or frame.kind}", frame.modality,
        )  # fmt: skip


def _is_beside_point(frame: Frame, arguments: Arguments) -> bool:
    """Whether a verb says something else than its frame does, by what stands with it."""
    verb = arguments.predicate
    if frame.how == "visits" and arguments.patients and verb.lemma_.lower() in _CARRYING:
        return True  # who "moved troops to Guayaquil" did not go there
    if frame.particles and not _has_particle(verb, frame.particles):
        return True
    if frame.kind == "commands":
        return any(is_delegation(token) for token in _get_patients(arguments))
    housed = frame.how == "based-in" and frame.source == ("agent",) and _is_housed(frame, arguments)
    return housed or (frame.kind == "member-of" and is_sent_on(verb))


def _is_housed(frame: Frame, arguments: Arguments) -> bool:
    """Whether somebody else houses whom a verb tells of: "where he was sheltered by Ito" says nothing of where Ito lives."""
    return arguments.voice == "passive" and "in" in frame.target


def _list_further_places(scene: Scene, frame: Frame, arguments: Arguments) -> list[tuple[int, float]]:
    """The places that share a verb by a phrase of their own: "took Nsukka in July and Enugu in October"."""
    if "place" not in frame.target_types:
        return []
    further = iter_further_objects(arguments, scene.roster)
    return [(place, 0.95) for place in further if scene.mentions[place].type == "place"]


def _list_fellows(scene: Scene, frame: Frame, arguments: Arguments) -> list[tuple[int, float]]:
    """The persons with whom somebody goes where the verb tells: "fled to Lome with Ito"."""
    if "person" not in frame.source_types or arguments.predicate.lemma_.lower() not in _GOING_TOGETHER:
        return []
    phrases = [arguments.obliques, *map(get_obliques, _find_obliques(scene, arguments, frame.target))]
    named = (scene.get(token) for phrase in phrases for token in phrase.get("with", ()))
    return [(one, 0.9) for one in named if one is not None and scene.mentions[one].type == "person"]


def _part_gapped(
    scene: Scene, frame: Frame, verb: Token, targets: list[tuple[int, float]]
) -> list[tuple[int, float]]:
    """Add whom a name meets that shares a verb without it, and return whom its subject meets: "runs the police, Rao the army"."""
    gapped = find_gapped(verb, scene.roster)
    if gapped is None:
        return targets
    types = scene.mentions[gapped.source].type, scene.mentions[gapped.target].type
    if types[0] in frame.source_types and types[1] in frame.target_types:
        rule = f"verb:{frame.how or frame.kind}"
        scene.add(
            gapped.source, frame.kind, frame.how, gapped.target, verb, frame.confidence, rule, frame.modality
        )
    return [end for end in targets if end[0] in gapped.first]


def _has_particle(verb: Token, particles: frozenset[str]) -> bool:
    """Whether a verb has one of the small words behind it that make it another: "took over the party"."""
    return any(
        child.lower_ in particles and child.dep_ in {"prt", "advmod", "prep"} for child in verb.children
    )


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
        tokens += tuple(pobj for token in tokens for pobj in _list_besides(token))
        tokens = _find_named_to_office(scene, arguments) or prefer_body_before(scene, arguments, tokens)
    else:
        tokens = _find_obliques(scene, arguments, side)
    for token in (
        *tokens,
        *(part for one in tokens for part in _list_apposed(scene, one, arguments.predicate)),
    ):
        direct = scene.get(token)
        direct = _find_called(scene, token) if direct is None else direct
        if direct is not None:
            if scene.mentions[direct].type in types:
                yield direct, 1.0
            continue
        if _names_place(token, types, is_source=is_source):
            inner = find_place_inside(scene, token)
            yield from () if inner is None else ((inner, 0.9),)
            continue
        stages = _list_stages(scene, token, side) if types <= AREA_TYPES and not is_source else []
        if stages:
            yield from stages
            continue
        for bearer in _find_bearers(scene, token):
            # Its units stand for a force, as its officials or its deeds do not.
            named = is_source or bearer.sure == 1 or (is_force(token) and not types & {"place", "person"})
            if named and scene.mentions[bearer.mention].type in types:
                yield bearer.mention, bearer.sure


def _find_called(scene: Scene, noun: Token) -> int | None:
    """The body whose name stands right before a word for what it is: "leads the Mother Armenia bloc"."""
    index = scene.find_ending_at(noun.i) if noun.lemma_.lower() in _KINDS else None
    named = index is not None and scene.get_head(index).head.i == noun.i
    own = named and scene.mentions[index or 0].resolution in {"name", "acronym"}
    return index if own and scene.mentions[index or 0].type in BODY_TYPES else None


def _list_stages(scene: Scene, noun: Token, side: tuple[str, ...]) -> list[tuple[int, float]]:
    """The places where that is to which somebody goes or is brought: "to a cell in Lome", "to a congress at Aneho"."""
    if "to" not in side or noun.pos_ != "NOUN" or noun.lemma_.lower() in _ABSTRACT:
        return []
    phrases = get_obliques(noun)
    found = (scene.get(token) for name in ("in", "at", "near") for token in phrases.get(name, ()))
    return [(one, 0.9) for one in found if one is not None and scene.mentions[one].type in AREA_TYPES]


def _names_place(token: Token, types: frozenset[str], *, is_source: bool) -> bool:
    """Whether a noun may stand for a place beside it: "the town of Aden"."""
    wanted = types == {"place"} if is_source else "place" in types and "person" not in types
    return wanted and is_part_of_place(token)


def _list_apposed(scene: Scene, token: Token, verb: Token) -> tuple[Token, ...]:
    """The rest of a list that the parser takes for an apposition: "the 1st Brigade, the 2nd Brigade and the 3rd Brigade".

    Not where the verb stands in between, in a clause about the first.
    """
    first = scene.get(token)
    if first is None:
        return ()
    listed = tuple(
        child for child in token.children if child.dep_ == "appos" and _is_like(scene, first, child)
    )
    if not listed or any(token.i < verb.i < child.i for child in listed):
        return ()
    joined = any(part.dep_ == "cc" and part.lower_ == "and" for part in listed[-1].children)
    return (*listed[:-1], *expand_conjuncts(listed[-1])) if joined else ()


def _is_like(scene: Scene, first: int, token: Token) -> bool:
    index = scene.get(token)
    return index is not None and scene.mentions[first].type == scene.mentions[index].type


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


def _find_obliques(scene: Scene, arguments: Arguments, prepositions: tuple[str, ...]) -> tuple[Token, ...]:
    """Objects of prepositions of the verb, or else of what it acts on: "killed soldiers in Samarra"."""
    found = tuple(
        token
        for name in prepositions
        for token in arguments.obliques.get(name, ())
        if token.head.head.lower_ != "according"
    )
    for child in arguments.predicate.children:
        if child.dep_ == "advmod" and (child.lower_ in prepositions or child.lower_ in _BACK):
            names = ("as",) if child.lower_ == "far" else prepositions  # "advanced as far as Lome"
            found += tuple(token for name in names for token in get_obliques(child).get(name, ()))
    if "in" not in prepositions or any(scene.get(token) is not None for token in found):
        return found
    if any(is_part_of_place(token) for token in found):
        return found
    if scenes := find_scene_of(arguments.predicate):
        return found + scenes
    patients = arguments.patients
    if arguments.voice != "active":
        patients = tuple(agent for agent in arguments.agents if agent.tag_ == "NNS")
    return found + tuple(
        token
        for patient in (*patients, *(t for ts in arguments.obliques.values() for t in ts))
        if patient.pos_ in {"NOUN", "PROPN"} and patient.head.head.lower_ != "according"
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
    if verb.i + 1 < len(verb.doc) and arguments.voice == "active":
        # "Rules South Africa": the parser may take whom for when.
        behind = [child for child in verb.children if child.dep_ == "npadvmod" and child.pos_ == "PROPN"]
        if behind and behind[0].left_edge.i == verb.i + 1 and behind[0].ent_type_ not in {"DATE", "TIME"}:
            return (behind[0],)
    return _get_described(verb) if verb.tag_ == "VBN" else ()


def _get_described(participle: Token) -> tuple[Token, ...]:
    """Whom a participle describes: "a group based in Gaza", "based in Aden, the movement fled"."""
    if participle.dep_ in {"acl", "amod"}:
        return (participle.head,)
    if participle.dep_ in {"advcl", "conj"}:
        return find_subjects(participle)
    opens = participle.dep_ == "prep" and participle.i < participle.head.i
    return find_subjects(participle.head) if opens else ()


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
            if target is None and is_part_of_place(token):
                target = find_place_inside(scene, token)
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


def _list_besides(noun: Token) -> list[Token]:
    """What else is meant behind a noun: "holds little besides Lome", "holds only Aneho besides Lome"."""
    phrases = (child for child in noun.children if child.dep_ == "prep" and child.lower_ in _BESIDES)
    return [pobj for phrase in phrases for pobj in phrase.children if pobj.dep_ == "pobj"]


def _list_company(verb: Token) -> tuple[Token, ...]:
    """Who does the same by a phrase behind the verb: "to which Togo belongs together with Benin and Niger"."""
    named = [
        child
        for phrase in verb.children
        if phrase.lower_ == "with" and phrase.i > verb.i and phrase.nbor(-1).lower_ in _BESIDE
        for child in phrase.children
        if child.dep_ == "pobj"
    ]
    return tuple(part for child in named for part in expand_conjuncts(child))
