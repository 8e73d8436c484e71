"""Whose a body or a place is, by the name before it: "Iran's Quds Force", "his Marada Movement", "Ruto's Kenya"."""

from ingest.regions import is_region
from ingest.scene import AREA_TYPES, BODY_TYPES, Scene, get_structure

_LED = frozenset({"party", "armed-group", "organization"})
_STATE_LED = frozenset({"security-force", "government-body"})
_HELD = frozenset(
    {"control", "controlled", "occupy", "occupied", "hold", "held", "run", "back", "backed", "style"}
)
# Who is somebody's friend or foe is hardly at home there, and letters are not where their language is spoken.
_NOT_AT_HOME = frozenset(
    {"abbreviation", "acronym", "adversary", "ally", "backer", "client", "enemy", "foe", "initial", "name", "nickname",
     "opponent", "partner", "patron", "proxy", "rival", "spelling", "surrogate", "target", "translation"}
)  # fmt: skip
# What may be in a province that is named behind it.
_IN_PROVINCES = frozenset({"area", "district", "region", "valley"})


def add_owner(scene: Scene, index: int) -> None:
    """Read "Iran's Quds Force", "the Lebanese group Hezbollah", "Iran's holy city of Qom", "Beijing's Tiananmen Square"."""
    owner = _find_owner(scene, _find_first_of_list(scene, index))
    mention = scene.mentions[index]
    if owner is None or mention.resolution == "pronoun":
        return
    area = scene.mentions[owner]
    trigger = scene.get_head(index)
    if mention.type == "place" and area.type != "person":
        scene.add(index, "located-in", "part-of-place", owner, trigger, 0.85, "place:owner")
    elif area.type == "country" and mention.type in {"security-force", "government-body"}:
        scene.add(index, "member-of", "part-of", owner, trigger, 0.85, "nested:owner")
    elif area.type in AREA_TYPES and mention.type in BODY_TYPES:
        scene.add(index, "located-in", "based-in", owner, trigger, 0.75, "nested:owner")
    elif area.type in {"security-force", "government-body"} and mention.type == area.type:
        scene.add(index, "member-of", "part-of", owner, trigger, 0.8, "nested:owner")
    elif area.type in {"organization", "party", "armed-group"} and mention.type in BODY_TYPES:
        scene.add(index, "member-of", "part-of", owner, trigger, 0.65, "nested:owner")
    elif area.type == "person" and mention.type == "country":
        scene.add(owner, "commands", "leads", index, trigger, 0.6, "nested:owner")
    elif area.type == "person":
        scene.add(owner, "commands", "leads", index, trigger, 0.65, "nested:owner")
    elif area.type in BODY_TYPES | {"country"} and mention.type == "person":
        scene.add(index, "member-of", "belongs-to", owner, trigger, 0.7, "nested:owner")


def _may_be_person(scene: Scene, owner: int) -> bool:
    """Whether a word that nobody knows may be a surname as well as a firm: "Holub's Kesto NC"."""
    mention = scene.mentions[owner]
    known = scene.actors[mention.actor].known_id is not None
    lone = mention.end_token - mention.start_token == 1 and mention.text.istitle()
    article = mention.start_token > 0 and scene.doc[mention.start_token - 1].lower_ == "the"
    return lone and mention.type == "organization" and not known and not article


def _find_first_of_list(scene: Scene, index: int) -> int:
    """The first of the places that a plural lists, "the Ethiopian towns of Adwa, Aksum and Shire"; of others the same."""
    head = scene.get_head(index)
    if scene.mentions[index].type != "place" or head.dep_ != "conj":
        return index
    while head.dep_ == "conj":
        head = head.head
    first = scene.get(head)
    start = scene.mentions[first].start_token if first is not None else 0
    listed = start > 1 and scene.doc[start - 1].lower_ == "of" and scene.doc[start - 2].tag_ == "NNS"
    return first if first is not None and listed else index


def _find_owner(scene: Scene, index: int) -> int | None:
    """The name in the possessive or as an adjective before a name, with common nouns and adjectives between."""
    mention = scene.mentions[index]
    doc, structure = scene.doc, get_structure()
    position, owned = mention.start_token, False
    head = scene.get_head(index)
    for _ in range(7):
        found = scene.find_ending_at(position)
        if found is not None and found != index:
            return found if _owns(scene, found, index, owned=owned) else None
        if position == 0:
            return None
        token = doc[position - 1]
        lower = token.lower_
        if lower in {"'s", "\u2019s"} or (token.text in {"'", "\u2019"} and token.tag_ == "POS"):
            owned = True
        elif (
            (lower == "of" and doc[position - 2].lemma_.lower() in structure.place_nouns)
            or (token.pos_ in {"ADJ", "NOUN", "NUM"} and token.sent == head.sent)
            or token.text in {"-", '"'}
            or (token.pos_ in {"PROPN", "VERB", "ADV"} and token.dep_ in {"amod", "compound", "advmod"})
        ):
            pass
        else:
            return None
        position -= 1
    return None


def _owns(scene: Scene, owner: int, index: int, *, owned: bool) -> bool:
    mention, other = scene.mentions[owner], scene.mentions[index]
    gap = scene.doc[mention.end_token : other.start_token]
    if mention.type == "community":
        return False
    if scene.doc[mention.start_token].tag_ == "PRP$":
        return all(token.lower_ == "own" for token in gap) and _owns_by_pronoun(scene, owner, index)
    if mention.type == "person":
        led = _is_led(scene, index) or _is_state(scene, index)
        return owned and led and all(token.pos_ in {"ADJ", "ADV", "VERB"} for token in gap[1:])
    doubtful = other.type == "organization" and owned and _may_be_person(scene, owner)
    doubtful |= bool(gap) and gap[-1].lemma_.lower() in _NOT_AT_HOME
    if doubtful or any(token.text == "-" or token.lemma_.lower() in _HELD for token in gap):
        return False
    if owned:
        fellow = mention.type == "country" and _is_fellow(scene, owner, index)
        return other.type != "person" or ((mention.type in BODY_TYPES or fellow) and len(gap) == 1)
    return _is_beside(scene, owner, index)


def _is_fellow(scene: Scene, country: int, person: int) -> bool:
    """Whether somebody is known to be of a state: "Brazil's Lula"."""
    one, other = (scene.actors[scene.mentions[index].actor] for index in (country, person))
    return one.country_code is not None and one.country_code == other.country_code


def _is_beside(scene: Scene, owner: int, index: int) -> bool:
    """Whether an adjective or a name right before another says whose it is: "Turkish Red Crescent"."""
    mention, other = scene.mentions[owner], scene.mentions[index]
    gap = scene.doc[mention.end_token : other.start_token]
    if mention.resolution == "demonym":
        return other.type != "person" and not any(
            token.lemma_.lower() in {"president", "minister", "leader", "official"} for token in gap
        )
    words = [token.lemma_.lower() for token in gap]
    if mention.type in AREA_TYPES and other.type == "place" and words[1:] == ["of"]:
        # "The Kenya town of Thika", but "the Kurram district of Khyber Pakhtunkhwa".
        smaller = words[0] in _IN_PROVINCES and is_region(other.text)
        return words[0] in get_structure().place_nouns and not smaller
    return (
        mention.type in AREA_TYPES
        and other.type != "person"
        and len(gap) == 0
        and other.type in BODY_TYPES | {"place"}
    )


def _is_led(scene: Scene, index: int) -> bool:
    """Whether a body is one that a person has: "Saleh's House of Representatives", but not "Saleh's Senate seat"."""
    mention = scene.mentions[index]
    if mention.type in _LED:
        return mention.type != "organization" or not _only_describes(scene, index)
    return mention.type in _STATE_LED and mention.resolution == "name" and not _only_describes(scene, index)


def _is_state(scene: Scene, index: int) -> bool:
    """Whether a country is itself what is somebody's: "Ruto's Kenya", but not "Ruto's Kenya visit"."""
    mention = scene.mentions[index]
    return mention.type == "country" and mention.resolution == "name" and not _only_describes(scene, index)


def _owns_by_pronoun(scene: Scene, owner: int, index: int) -> bool:
    """Whether "his Marada Movement" or "its Quds Force" means that one; "its Hezbollah allies" are others."""
    other = scene.mentions[index]
    if other.resolution in {"pronoun", "description", "demonym"} or _only_describes(scene, index):
        return False
    if scene.mentions[owner].type == "person":
        return other.type in _LED
    return other.type in BODY_TYPES


def _only_describes(scene: Scene, index: int) -> bool:
    return scene.get_head(index).dep_ in {"compound", "nmod", "amod", "poss"}
