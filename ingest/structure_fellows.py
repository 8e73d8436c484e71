"""Who belongs together, by what they do together: "sit together as the Bloc", "were joined in the Bloc by", "split to form"."""

from ingest.arguments import find_subjects, get_arguments, is_verbal
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.scene import BODY_TYPES, Scene

_WHOLES = frozenset({"armed-group", "organization", "party"})
_FORMED = _WHOLES | {"security-force"}
_MEMBERS = BODY_TYPES | {"country", "person"}
_LEAVING = frozenset({"break", "leave", "part", "quit", "secede", "split"})
# A parser takes "to found" for a form of "find".
_FORMING = frozenset({"build", "create", "establish", "find", "form", "found", "launch", "set", "start"})
_SURE, _LESS_SURE = 0.8, 0.7


def find_fellows(scene: Scene) -> None:
    """Add members by what several do together; after the rules for verbs, which tell who left whom and formed what.

    Cost: linear in tokens, and in findings for each verb of joining and forming.
    """
    for token in scene.doc:
        lemma = token.lemma_.lower()
        if token.lower_ == "together" and token.head.lemma_.lower() not in {"be", "get"}:
            _add_together(scene, token.head)
        elif lemma == "join" and is_verbal(token):
            _add_joined(scene, token)
        elif (
            (lemma in _FORMING and token.lower_ != "find")
            and is_verbal(token)
            and token.dep_ in {"advcl", "conj", "xcomp"}
        ):
            _add_splinter(scene, token)
        elif token.tag_ == "JJS" and token.dep_ in {"appos", "attr", "conj"}:
            _add_greatest(scene, token)


def _add_together(scene: Scene, verb: Token) -> None:
    """Read "Ruiz and Haddad sit together as the Independence Bloc"."""
    if not is_verbal(verb):
        return
    subjects = get_arguments(verb).agents or find_subjects(verb)
    for whole in _list_named_by(scene, verb, "as"):
        members = [index for token in subjects if (index := _get(scene, token, _MEMBERS)) is not None]
        for member in members if len(members) > 1 else ():
            scene.add(member, "member-of", "belongs-to", whole, verb, _SURE, "verb:together")


def _add_joined(scene: Scene, verb: Token) -> None:
    """Read "A and B were joined in the Bloc by C": each is in the Bloc, and none in another."""
    arguments = get_arguments(verb)
    if arguments.voice != "passive":
        return
    wholes = _list_named_by(scene, verb, "in")
    if not wholes:
        return
    scene.findings[:] = [
        finding
        for finding in scene.findings
        if finding.trigger_token != verb.i or finding.kind != "member-of"
    ]
    joined = (_get(scene, token, _MEMBERS) for token in (*arguments.agents, *arguments.patients))
    for member in [index for index in joined if index is not None]:
        for whole in wholes:
            scene.add(member, "member-of", "belongs-to", whole, verb, _SURE, "verb:together")


def _add_splinter(scene: Scene, verb: Token) -> None:
    """Read "Kabuya broke with the Front to form the Rangers": what he formed is an offshoot of what he left."""
    upper = verb.head
    if upper.lemma_.lower() not in _LEAVING or not is_verbal(upper):
        return
    left = {
        finding.target
        for finding in scene.findings
        if finding.trigger_token == upper.i and finding.kind == "member-of" and finding.modality == "past"
    }
    formed = [
        index for token in get_arguments(verb).patients if (index := _get(scene, token, _FORMED)) is not None
    ]
    for part in formed:
        for whole in left:
            scene.add(part, "member-of", "splinter-of", whole, upper, _LESS_SURE, "verb:splinter")


def _add_greatest(scene: Scene, adjective: Token) -> None:
    """Read "is the oldest party in the land and the largest in the Bloc"."""
    noun = adjective.head if adjective.dep_ == "conj" else adjective
    described = noun.head if noun.dep_ in {"appos", "attr"} else None
    if described is None:
        return
    said_of = find_subjects(described) if noun.dep_ == "attr" else (described,)
    for whole in (*_list_named_by(scene, adjective, "in"), *_list_named_by(scene, adjective, "of")):
        for token in said_of:
            part = _get(scene, token, BODY_TYPES | {"country"})
            if part is not None:
                scene.add(part, "member-of", "belongs-to", whole, adjective, _LESS_SURE, "adj:greatest")


def _list_named_by(scene: Scene, head: Token, preposition: str) -> list[int]:
    """The unions, parties and groups that a preposition joins to a word."""
    found = [
        _get(scene, part, _WHOLES)
        for child in head.children
        if child.dep_ == "prep" and child.lower_ == preposition
        for pobj in child.children
        if pobj.dep_ == "pobj"
        for part in expand_conjuncts(pobj)
    ]
    return [index for index in found if index is not None]


def _get(scene: Scene, token: Token, types: frozenset[str]) -> int | None:
    index = scene.get(token)
    return index if index is not None and scene.mentions[index].type in types else None
