"""What is a part, a branch or an offshoot of what: "the Quds Force, the overseas branch of the Guards"."""

from collections.abc import Iterator

from ingest.antecedents import find_antecedent
from ingest.arguments import OBJECT_LABELS, SUBJECT_LABELS, find_subjects, get_arguments
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token
from ingest.role_holders import iter_bearers
from ingest.scene import BODY_TYPES, Scene, get_structure

_BREAKING = frozenset({"breakaway", "splinter", "dissident", "rival", "break-away"})
_SENT = frozenset({"mission", "force", "unit", "army", "command", "bureau", "office"})
_FORMING = frozenset(
    {"conceive", "create", "establish", "form", "found", "launch", "organise", "organize", "set"}
)
_MEMBER = "member"
# What may be a member: "a member state", "a member organisation".
_KINDS = frozenset({"state", "country", "nation", "party", "group", "organisation", "organization", "union"})
_GROUPS = frozenset({"group", "faction", "party", "movement", "outfit", "organisation", "organization"})


def add_part(scene: Scene, noun: Token) -> None:
    """Add "the Quds Force, the overseas branch of the Guards" and "X is an offshoot of Y"."""
    how = get_structure().parts.get(_get_part_noun(noun))
    if any(child.lower_ in _BREAKING for child in noun.children) and (
        how == "branch-of" or noun.lemma_.lower() in _GROUPS
    ):
        how = "splinter-of"
    if how is None:
        return
    wholes = [
        index
        for child in iter_prepositions(noun)
        if child.lower_ in {"of", "within", "from", "in"}
        for pobj in child.children
        if pobj.dep_ == "pobj"
        for token in expand_conjuncts(find_antecedent(pobj))
        if (index := scene.get(token)) is not None
    ]
    wholes += [
        index for child in noun.children if child.dep_ == "poss" and (index := scene.get(child)) is not None
    ]
    wholes += _list_before(scene, noun)
    wholes += _list_possessors(scene, noun)
    areas = [index for index in wholes if _is_where(scene, noun, index)]
    if not wholes:
        return
    for token in iter_part_tokens(scene, noun):
        part = scene.get(token)
        if part is None or part in wholes:
            continue
        for whole in wholes:
            if whole in areas and scene.mentions[part].type in BODY_TYPES:
                scene.add(part, "located-in", "operates-in", whole, noun, 0.8, "role:part")
            else:
                _add_part_of(scene, part, how, whole, noun)


def _get_part_noun(noun: Token) -> str:
    """The word that tells the part: "member" for the state of "a member state of the African Union"."""
    lemma = noun.lemma_.lower()
    if lemma in _KINDS and any(child.lower_ == _MEMBER and child.dep_ == "compound" for child in noun.lefts):
        return _MEMBER
    return lemma


def _is_where(scene: Scene, noun: Token, index: int) -> bool:
    """Whether a state is where a mission or a unit is, and not what it is a part of: "the UN mission in Mali"."""
    head = scene.get_head(index).head
    area = scene.mentions[index].type in {"country", "place"}
    return area and head.lower_ == "in" and head.head.i == noun.i and noun.lemma_.lower() in _SENT


def _list_before(scene: Scene, noun: Token) -> list[int]:
    """The bodies named before a noun that describes another: "UNMIN, a United Nations mission"."""
    if noun.dep_ not in {"appos", "attr"} and not _is_before_state(scene, noun):
        return []
    before = [child for child in noun.lefts if child.dep_ in {"compound", "nmod", "amod"}]
    before += [inner for child in before for inner in child.lefts if inner.dep_ in {"compound", "nmod"}]
    found = [index for child in before if (index := scene.get(child)) is not None]
    return [index for index in found if scene.mentions[index].type in BODY_TYPES]


def _is_before_name(scene: Scene, noun: Token) -> bool:
    """Whether a noun stands right before a name that it describes: "subsidiary Elf Congo"."""
    return noun.dep_ == "compound" and scene.find_starting_at(noun.i + 1) is not None


def _list_possessors(scene: Scene, noun: Token) -> list[int]:
    """Whose the name is that a noun stands before: "Total, whose subsidiary Elf Congo pays them"."""
    if not _is_before_name(scene, noun):
        return []
    owners = [
        find_antecedent(child) for child in noun.head.lefts if child.dep_ == "poss" and child.i < noun.i
    ]
    return [index for owner in owners if (index := scene.get(owner)) is not None]


def _is_before_state(scene: Scene, noun: Token) -> bool:
    """Whether a noun stands right before a state: "African Union member Chad"."""
    state = scene.find_starting_at(noun.i + 1) if noun.lemma_.lower() == _MEMBER else None
    return state is not None and scene.mentions[state].type == "country"


def iter_prepositions(noun: Token) -> Iterator[Token]:
    """Yield the prepositions that hang on a noun, and the one before a relative: "of which Niger is a member"."""
    yield from (child for child in noun.children if child.dep_ == "prep")
    if noun.dep_ == "attr":
        for child in noun.head.children:
            if any(pobj.dep_ == "pobj" and pobj.tag_ == "WDT" for pobj in child.children):
                yield child


def iter_part_tokens(scene: Scene, noun: Token) -> Iterator[Token]:
    """Yield what a noun for a part or a group is said of: the name it stands beside, or the subject of "is"."""
    head = noun.head
    yield from (
        token
        for child in noun.children
        if child.dep_ == "appos" and not _bears_name(noun) and child.left_edge.nbor(-1).lower_ != "not"
        for token in expand_conjuncts(child)
    )
    if noun.dep_ == "appos":
        described = [token for token in expand_conjuncts(head) if token.i < noun.i]
        known = [token for token in described if scene.get(token) is not None]
        if not known or (_is_of_bodies(noun) and all(_is_person(scene, token) for token in known)):
            described = _find_before_comma(scene, noun) or known
        # "A faction" is one of those before it, the nearest: "Badr, Kata'ib Hezbollah and AAH, a faction of".
        yield from described[-1:] if noun.tag_ == "NN" else described
    elif noun.dep_ in {"attr", "dobj", "oprd"} and head.lemma_.lower() in {"be", "become", "remain", "form"}:
        yield from find_subjects(head)
    elif noun.dep_ == "pobj" and head.lower_ == "as" and head.head.lemma_.lower() in _FORMING:
        yield from get_arguments(head.head).patients
    elif noun.dep_ == "pobj" and head.lower_ == "as":
        yield from iter_bearers(head.head)
    elif noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ == "one":
        yield from find_subjects(head.head.head) if head.head.dep_ == "attr" else (head.head.head,)
    elif _is_before_state(scene, noun) or _is_before_name(scene, noun):
        yield noun.head
    elif noun.dep_ in SUBJECT_LABELS | OBJECT_LABELS | {"pobj"}:
        yield from _list_behind_whole(noun)
    elif noun.dep_ == "conj":  # "the Front and its armed wing, the Marsh Brigade"
        yield from (c for c in head.children if c.dep_ == "appos" and c.left_edge.i == noun.i + 2)


def _is_person(scene: Scene, token: Token) -> bool:
    index = scene.get(token)
    return index is not None and scene.mentions[index].type == "person"


def _is_of_bodies(noun: Token) -> bool:
    """Whether a part is one that no person can be: "works for UNOCI, the peacekeeping mission of"."""
    return get_structure().parts.get(_get_part_noun(noun)) != "belongs-to"


def _bears_name(noun: Token) -> bool:
    """Whether a part is called by the name before it: "the Vostok battalion of the GRU, Russia's military intelligence"."""
    before = noun.nbor(-1) if noun.i else noun
    return before.is_title and before.dep_ in {"amod", "compound"} and before.ent_type_ != "NORP"


def _list_behind_whole(noun: Token) -> list[Token]:
    """The name behind the whole, on which a parser may hang it: "the armed wing of the Front, the Marsh Brigade,"."""
    named = _bears_name(noun) or any(child.dep_ == "appos" for child in noun.children)
    wholes = (
        pobj
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ == "of" and not named
        for pobj in child.children
    )
    return [child for whole in wholes for child in whole.children if child.dep_ == "appos"]


def _find_before_comma(scene: Scene, noun: Token) -> list[Token]:
    """The name right before the comma of an apposition: "a bomber of the TAK (TAK), a PKK splinter group"."""
    comma = noun.left_edge.i - 1
    if comma < 1 or scene.doc[comma].text != ",":
        return []
    end = (
        comma - 3
        if scene.doc[comma - 1].text == ")" and comma > 3 and scene.doc[comma - 3].text == "("
        else comma
    )
    name = scene.find_ending_at(end)
    return [scene.get_head(name)] if name is not None else []


def _add_part_of(scene: Scene, part: int, how: str, whole: int, noun: Token) -> None:
    types = scene.mentions[part].type, scene.mentions[whole].type
    if types[1] in {"place", "country"} and types[0] == "place":
        scene.add(part, "located-in", "part-of-place", whole, noun, 0.85, "role:part")
    elif types[1] == "place":
        return
    elif types[1] == "person":
        if types[0] in BODY_TYPES and how != "belongs-to":
            scene.add(whole, "commands", "leads", part, noun, 0.8, "role:part")
    elif types[0] == "person" or how == "belongs-to":
        scene.add(part, "member-of", "belongs-to", whole, noun, 0.85, "role:part")
    else:
        scene.add(part, "member-of", how, whole, noun, 0.85, "role:part")
