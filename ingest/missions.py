"""Where a force is by its orders: "was tasked with protecting Karbala", "sent two battalions to retake Palmyra"."""

from collections.abc import Iterator

from graph.models import Modality
from ingest.arguments import (
    OBJECT_LABELS,
    SUBJECT_LABELS,
    VERBAL,
    find_subjects,
    get_arguments,
    get_obliques,
    is_verbal,
)
from ingest.conjuncts import expand_conjuncts
from ingest.inner_places import is_part_of_place
from ingest.parse import Token
from ingest.scene import Scene, get_structure

_FORCE_TYPES = frozenset({"security-force", "armed-group"})
_SENDERS = _FORCE_TYPES | {"country"}
# To be sent somewhere is to be there; to be ordered to hold it is so a little less surely.
_SENT, _ORDERED, _OWN_FORCES = 0.75, 0.7, 0.85
_FIGHTING = frozenset({"battle", "fight", "struggle"})
_ORDERING = frozenset({"order", "tell", "instruct", "direct", "command"})


def find_mission(scene: Scene, task: Token) -> bool:
    """Add where a force is sent by the verb of its task, such as "protect"; says whether it is a task.

    To hold a place is to be there. To take it is what may still come, so that this is merely possible.
    """
    structure = get_structure()
    lemma = task.lemma_.lower()
    if lemma not in structure.holding | structure.taking or not is_verbal(task):
        return False
    order = _find_order(task)
    if order is None:
        return _find_fight(scene, task)
    forces = list(_find_forces(scene, order))
    modality: Modality | None = "possible" if lemma in structure.taking else None
    how = "deployed-to" if order.lemma_.lower() in structure.sending else "operates-in"
    sure = _ORDERED if order.lemma_.lower() in _ORDERING else _SENT
    for token in get_arguments(task).patients:
        for place in _find_places(scene, token):
            for force, own in forces:
                scene.add(force, "located-in", how, place, order, sure * own, "verb:mission", modality)
    return True


def _find_fight(scene: Scene, task: Token) -> bool:
    """Add where those are who "were fighting to retake Lome"; says whether somebody fights for what the task is."""
    fight = task.head
    goal = task.dep_ in {"advcl", "xcomp"} and any(child.lower_ == "to" for child in task.lefts)
    if not goal or fight.lemma_.lower() not in _FIGHTING or fight.pos_ not in VERBAL:
        return False
    for token in get_arguments(task).patients:
        for place in _find_places(scene, token):
            for fighter in scene.roster.find_sources(find_subjects(fight)):
                if scene.mentions[fighter.mention].type in _FORCE_TYPES:
                    sure = _SENT * fighter.sure
                    scene.add(
                        fighter.mention, "located-in", "operates-in", place, fight, sure, "verb:mission"
                    )
            for holder in scene.roster.find_sources(get_obliques(task).get("from", ())):
                if scene.mentions[holder.mention].type in _FORCE_TYPES:
                    sure = _SENT * holder.sure
                    scene.add(
                        holder.mention, "located-in", "controls-territory", place, fight, sure, "verb:mission"
                    )
    return True


def _find_order(task: Token) -> Token | None:
    """The verb by which the task is given: "ordered to guard", "tasked with guarding", "sent to help guard"."""
    verb = task.head
    if task.dep_ == "conj" and verb.pos_ in VERBAL:
        return _find_order(verb)
    if task.dep_ == "pcomp":
        verb = verb.head
    elif not any(child.lower_ == "to" and child.dep_ == "aux" for child in task.children):
        if verb.lemma_.lower() != "help" or task.dep_ not in {"xcomp", "ccomp"}:
            return None
        return _find_order(verb)
    if task.dep_ == "relcl" and verb.dep_ in {"dobj", "nsubjpass"}:
        verb = verb.head  # "ordered a brigade to hold the town", hung on the brigade
    return verb if verb.lemma_.lower() in get_structure().assigning and verb.pos_ in VERBAL else None


def _find_forces(scene: Scene, order: Token) -> Iterator[tuple[int, float]]:
    """Who is sent: a force, or the sender where his own forces bear no name."""
    arguments = get_arguments(order)
    participle = order.tag_ == "VBN" and order.dep_ in {"acl", "amod"}
    patients = arguments.patients or ((order.head,) if participle else ())
    named = False
    for bearer in scene.roster.find_sources(_replace_pronouns(scene, patients)):
        if scene.mentions[bearer.mention].type in _FORCE_TYPES:
            named = True
            yield bearer.mention, bearer.sure
    if named or not any(is_force(token) for token in patients):
        return
    for bearer in scene.roster.find_sources((*patients, *arguments.agents)):
        if scene.mentions[bearer.mention].type in _SENDERS:
            yield bearer.mention, bearer.sure * _OWN_FORCES
            return


def _replace_pronouns(scene: Scene, patients: tuple[Token, ...]) -> Iterator[Token]:
    """Put the units of the sentence before for "they" and "one of them", where it has just one such subject."""
    for token in patients:
        pronoun = _get_plural_pronoun(token)
        if pronoun is None or scene.get(pronoun) is not None or not pronoun.sent.start:
            yield token
            continue
        before = token.doc[token.sent.start - 1].sent
        units = [t for t in before if t.dep_ in SUBJECT_LABELS and t.tag_ == "NNS" and is_force(t)]
        if len(units) == 1:
            yield units[0]


def _get_plural_pronoun(token: Token) -> Token | None:
    parts = [grand for child in token.children if child.lower_ == "of" for grand in child.children]
    return next((part for part in (token, *parts) if part.lower_ in {"they", "them"}), None)


def is_sent_on(task: Token) -> bool:
    """Say whether others are sent to do what a verb tells: "sent the army to join the police" makes nobody a policeman."""
    order = task.head
    return (
        task.dep_ in {"advcl", "xcomp"}
        and order.lemma_.lower() in get_structure().sending
        and any(child.lower_ == "to" for child in task.lefts)
        and any(child.dep_ in OBJECT_LABELS for child in order.children)
    )


def is_force(noun: Token) -> bool:
    """Say whether a noun stands for somebody's armed men or what they move in: troops, units, warships."""
    return noun.lemma_.lower() in get_structure().forces


def _find_places(scene: Scene, token: Token) -> Iterator[int]:
    """The places that a phrase names: "Baghdad", "the holy cities of Karbala and Najaf", "Aden's airport"."""
    found = scene.get(token)
    if found is not None:
        if scene.mentions[found].type == "place":
            yield found
        return
    if not is_part_of_place(token):
        return
    for child in token.children:
        inner = [child] if child.dep_ in {"poss", "appos", "compound", "nmod"} else []
        if child.dep_ == "prep" and child.lower_ == "of":
            inner = [grand for grand in child.children if grand.dep_ == "pobj"]
        for head in inner:
            for part in expand_conjuncts(head):
                if (place := scene.get(part)) is not None and scene.mentions[place].type == "place":
                    yield place
