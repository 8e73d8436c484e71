"""What is where, as names and phrases tell: "Karbala, Iraq", "the Iraqi city of Mosul", "Iran's Foreign Ministry"."""

from collections.abc import Iterator

from ingest.arguments import find_subjects
from ingest.datelines import find_datelines
from ingest.owners import add_owner
from ingest.parse import Token
from ingest.regions import is_region
from ingest.scene import AREA_TYPES, BODY_TYPES, Scene, get_structure

_LISTING = frozenset({"and", "or", "&"})
_BEFORE = frozenset({"nearby", "of", "part", "the"})
_NAMED_BY_OF = frozenset(
    {"town", "city", "village", "port", "suburb", "neighborhood", "neighbourhood", "hamlet", "camp"}
)
"""What is in the place before and called by the one behind: "the Chiapas city of Ocosingo"."""
# What a phrase behind a comma may say the place of: "the Plant, in Aiken".
_LYING = frozenset({"place", "organization", "government-body"})
_LINKS = frozenset({"in", "of", "at", "on", "near", "within", "inside"})


def find_place_relations(scene: Scene) -> None:
    """Add what the names of a block say by standing side by side; cost: linear in mentions."""
    for index in scene.here:
        _add_comma(scene, index)
        add_owner(scene, index)
        _add_phrase(scene, index)
    place_nouns = get_structure().place_nouns
    for token in scene.doc:
        if token.lemma_.lower() in place_nouns and not scene.is_named(token):
            _add_described(scene, token)
    find_datelines(scene)


def _add_described(scene: Scene, noun: Token) -> None:
    """Read "Bosnia's capital, Sarajevo", "Mosul is a city in northern Iraq"."""
    inner = [child for child in noun.children if child.dep_ == "appos"]
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":
        inner += find_subjects(noun.head)
    elif noun.dep_ == "appos":
        inner.append(noun.head)
    elif noun.dep_ == "pobj" and noun.head.lower_ in {"among", "of"}:
        inner += _list_chosen(noun.head)
    outer = [target for child in noun.children if (target := _get_outer(scene, child)) is not None]
    for token in inner:
        index = scene.get(token)
        if index is None or scene.mentions[index].type != "place":
            continue
        for target in outer:
            scene.add(index, "located-in", "part-of-place", target, noun, 0.85, "place:noun")


def _list_chosen(preposition: Token) -> tuple[Token, ...]:
    """What is said to be one of several: "Kelo is the largest of", "is among", "is one of" Chad's towns."""
    chosen = preposition.head
    if chosen.lemma_ == "be":
        return find_subjects(chosen) if preposition.lower_ == "among" else ()
    told = chosen.tag_ in {"JJR", "JJS"} or chosen.pos_ == "NUM"
    said = chosen.dep_ == "attr" and chosen.head.lemma_ == "be"
    return find_subjects(chosen.head) if told and said else ()


def _get_outer(scene: Scene, child: Token) -> int | None:
    found = None
    if child.dep_ in {"poss", "amod", "compound", "nmod"}:
        found = scene.get(child)
    elif child.dep_ == "prep" and child.lower_ in {"of", "in"}:
        found = next((area for pobj in child.children if (area := get_area(scene, pobj)) is not None), None)
    elif child.dep_ == "acl" and child.lower_ in {"located", "situated"}:
        return next(
            (area for grand in child.children if (area := _get_outer(scene, grand)) is not None), None
        )
    return found if found is not None and scene.mentions[found].type in AREA_TYPES else None


def _add_comma(scene: Scene, index: int) -> None:
    """Read "Karbala, Iraq" and "Fort Campbell, Kentucky, U.S.", but not the list "Karbala, Baghdad and Basra"."""
    mention = scene.mentions[index]
    if mention.type not in BODY_TYPES | {"place"} or _find_before_comma(scene, index) is not None:
        return
    chain = [index]
    while (following := _find_after_comma(scene, chain[-1])) is not None:
        if scene.mentions[following].type not in AREA_TYPES or scene.mentions[following].resolution in {
            "demonym",
            "pronoun",
        }:
            break
        chain.append(following)
    if len(chain) < 2 or not _narrows(scene, chain):
        return
    for position, inner in enumerate(chain):
        for outer in chain[position + 1 :]:
            kind = scene.mentions[inner].type
            how = "part-of-place" if kind == "place" else "based-in"
            confidence = 0.85 if kind == "place" else 0.7
            scene.add(inner, "located-in", how, outer, scene.get_head(outer), confidence, "place:comma")


def _find_before_comma(scene: Scene, index: int) -> int | None:
    """The place before a name and a comma, of whose chain the name is a part."""
    start = scene.mentions[index].start_token
    if start < 2 or scene.doc[start - 1].text != ",":
        return None
    before = scene.find_ending_at(start - 1)
    return before if before is not None and scene.mentions[before].type == "place" else None


def _find_after_comma(scene: Scene, index: int) -> int | None:
    end = scene.mentions[index].end_token
    doc = scene.doc
    if end + 1 >= len(doc) or doc[end].text != ",":
        return None
    start = end + 1
    while (
        start < len(doc)
        and doc[start].lower_ in get_structure().directions
        and doc[start].pos_ in {"ADJ", "NOUN", "ADV"}
    ):
        start += 1
    return scene.find_starting_at(start)


def _narrows(scene: Scene, chain: list[int]) -> bool:
    """Whether names behind commas lie one in the other, rather than being listed."""
    doc = scene.doc
    last = scene.mentions[chain[-1]]
    types = [scene.mentions[index].type for index in chain]
    following = doc[last.end_token].lower_ if last.end_token < len(doc) else "."
    spoken_of = scene.mentions[chain[0]].resolution == "metonym"
    if (
        _is_introduced(scene, chain)
        or "country" in types[:-1]
        or (following in _LISTING and not _is_known_there(scene, chain))
        or following in {"'s", "\u2019s", "-"}
        or spoken_of
    ):
        return False
    if last.type != "country" and (following in _LISTING or len(chain) > 3 or _are_regions(scene, chain)):
        return False
    if last.type == "country" or is_region(last.text):
        acts = scene.get_head(chain[-1]).dep_ == "nsubj" and following not in {",", ")"}
        return (types[0] == "place" and not acts) or following in {",", ".", ";", ")", "(", "--", "-", ":"}
    if following in _LISTING or len(chain) > 3:
        return False
    if types[0] != "place":
        return following in {",", ".", ";", ")", "(", "--", ":"}
    return following not in {",", "etc"} or len(chain) == 2


def _is_known_there(scene: Scene, chain: list[int]) -> bool:
    """Whether geography has a place in the country named behind it, where "and" makes the two look like a list."""
    one, last = (scene.actors[scene.mentions[index].actor] for index in (chain[0], chain[-1]))
    return one.country_code is not None and one.country_code == last.country_code


def _are_regions(scene: Scene, chain: list[int]) -> bool:
    """Whether all names are those of regions, none of which is in another: "Volhynia, Bukovina"."""
    return all(is_region(scene.mentions[index].text) for index in chain)


def _is_introduced(scene: Scene, chain: list[int]) -> bool:
    """Whether the comma ends a phrase that opens the sentence: "According to Riyadh, Iran commands them"."""
    first, last = scene.get_head(chain[0]), scene.get_head(chain[-1])
    opening = first.sent.start
    while opening < first.i and scene.doc[opening].is_space:
        opening += 1
    phrase = scene.doc[opening]
    leads = phrase.pos_ in {"ADP", "SCONJ", "VERB"} and phrase.is_ancestor(first)
    return leads and not first.is_ancestor(last)


def _add_phrase(scene: Scene, index: int) -> None:
    """Read "Mosul in northern Iraq", "Mosul, a city in Iraq", "the Badr office in Basra", "Hall of Miami"."""
    mention = scene.mentions[index]
    if mention.type in {"country", "community"} or _is_beside_deed(scene, index):
        return
    for target, preposition, sure in _find_linked(scene, index):
        other = scene.mentions[target]
        if mention.type == "place":
            scene.add(index, "located-in", "part-of-place", target, preposition, 0.85 * sure, "place:in")
        elif mention.type == "person":
            _add_person_phrase(scene, index, target, preposition, sure)
        elif other.type in AREA_TYPES:
            how = (
                "based-in"
                if mention.type in {"organization", "government-body", "media", "party"}
                else "operates-in"
            )
            scene.add(index, "located-in", how, target, preposition, 0.75 * sure, "phrase:in")
        elif other.type in BODY_TYPES and preposition.lower_ == "of":
            scene.add(index, "member-of", "part-of", target, preposition, 0.7 * sure, "phrase:of")


def _is_beside_deed(scene: Scene, index: int) -> bool:
    """Whether a phrase behind an armed group tells where somebody fought it, rather than where it is."""
    head = scene.get_head(index)
    armed = scene.mentions[index].type in {"armed-group", "security-force"}
    return (
        armed
        and head.dep_ in {"pobj", "conj"}
        and head.head.lower_ in {"with", "alongside", "against", "between"}
    )


def _add_person_phrase(scene: Scene, index: int, target: int, preposition: Token, sure: float) -> None:
    other = scene.mentions[target]
    if other.resolution == "pronoun":
        return
    if other.type in BODY_TYPES and preposition.lower_ in {"of", "at", "with", "from"}:
        scene.add(index, "member-of", "belongs-to", target, preposition, 0.75 * sure, "phrase:of")
    elif other.type == "place" and preposition.lower_ in {"of", "from"}:
        scene.add(index, "located-in", "based-in", target, preposition, 0.65 * sure, "phrase:of")


def _find_linked(scene: Scene, index: int) -> Iterator[tuple[int, Token, float]]:
    """Names in a prepositional phrase that hangs on this one, or that follows it at once."""
    head = scene.get_head(index)
    mention = scene.mentions[index]
    seen = set()
    for preposition in (*head.children, *_iter_behind_noun(scene, index)):
        if (
            preposition.dep_ == "prep"
            and preposition.lower_ in _LINKS | {"from", "with"}
            and preposition.i >= mention.end_token
            and not (mention.type == "place" and _has_conjunction(scene, mention.end_token, preposition.i))
        ):
            for pobj in preposition.children:
                if pobj.dep_ == "pobj":
                    target = get_area(scene, pobj)
                    if target is not None and target not in seen:
                        seen.add(target)
                        near = preposition.i - mention.end_token <= 1
                        yield target, preposition, 1.0 if near else 0.8
    following = _find_following(scene, index)
    if following is not None and following[0] not in seen:
        seen.add(following[0])
        yield following
    for apposition in head.children:
        if apposition.dep_ == "appos" and scene.get(apposition) is None and mention.type != "person":
            yield from _find_in_apposition(scene, apposition, seen)


def _iter_behind_noun(scene: Scene, index: int) -> Iterator[Token]:
    """What hangs on the noun that says what a place is: "the Najd plateau in northern Saudi Arabia"."""
    mention, head = scene.mentions[index], scene.get_head(index)
    noun = head.head
    beside = noun.i == mention.end_token and head.dep_ in {"compound", "nmod", "amod"}
    if mention.type == "place" and beside and noun.lemma_.lower() in get_structure().place_nouns:
        kind = noun.lemma_.lower()
        for child in noun.children:
            named = child.lower_ == "of" and (kind in _NAMED_BY_OF or _is_called(scene, kind, child))
            if child.lower_ in _LINKS and not named:
                yield child


def _is_called(scene: Scene, kind: str, preposition: Token) -> bool:
    """Whether a district is called by the name behind "of", which is that of no province: "the Lima district of Surquillo"."""
    areas = [get_area(scene, token) for token in preposition.children if token.dep_ == "pobj"]
    mentions = [scene.mentions[area] for area in areas if area is not None]
    return kind == "district" and any(one.type == "place" and not is_region(one.text) for one in mentions)


def _has_conjunction(scene: Scene, start: int, end: int) -> bool:
    """Whether "and" stands in between, so that a phrase belongs to what follows it: "Fallujah and parts of Anbar"."""
    return any(token.dep_ == "cc" for token in scene.doc[start:end])


def _find_following(scene: Scene, index: int) -> tuple[int, Token, float] | None:
    """The name right behind a name and a preposition, however they are parsed: "Crouch of NASA", "the Plant, in Aiken"."""
    mention = scene.mentions[index]
    doc = scene.doc
    position = mention.end_token
    comma = position < len(doc) and doc[position].text == ","
    position += comma
    if position + 1 >= len(doc):
        return None
    preposition = doc[position]
    allowed = {"in"} if comma or mention.type == "place" else {"of", "at"}
    allowed |= {"on"} if comma and mention.type == "place" else set()
    if preposition.lower_ not in allowed or preposition.sent != scene.get_head(index).sent:
        return None
    lying = {"place"} if _is_told_of_person(scene.get_head(index)) else _LYING
    if comma and mention.type not in lying:
        return None
    position += 1
    while position < len(doc) and doc[position].lower_ in get_structure().directions | _BEFORE:
        position += 1
    target = scene.find_starting_at(position)
    if target is None:
        return None
    other = scene.mentions[target]
    inner = mention.type == "place" and not comma and other.type != "country" and not is_region(other.text)
    if inner or (comma and other.type not in AREA_TYPES):
        return None
    return target, preposition, 0.85


def _is_told_of_person(head: Token) -> bool:
    """Whether a body only says whose leader somebody is: "shot Ito, the leader of the Front, in Lome"."""
    role = head.head.head
    return (
        head.dep_ == "pobj"
        and head.head.lower_ == "of"
        and role.dep_ == "appos"
        and role.head.pos_ == "PROPN"
    )


def _find_in_apposition(scene: Scene, noun: Token, seen: set[int]) -> Iterator[tuple[int, Token, float]]:
    if noun.lemma_.lower() not in get_structure().place_nouns:
        return
    for child in noun.subtree:
        target = scene.get(child)
        if target is None or target in seen or child.dep_ not in {"pobj", "poss", "amod", "compound"}:
            continue
        if scene.mentions[target].type in AREA_TYPES and not _is_apart(child, noun):
            seen.add(target)
            yield target, noun, 0.95
            return


def _is_apart(inner: Token, noun: Token) -> bool:
    """Whether a name inside a description is beside its place: "a town west of Mosul", "the border with Syria"."""
    if inner.dep_ == "pobj" and inner.head.lower_ not in {"of", "in", "within", "inside"}:
        return True
    for token in inner.ancestors:
        if token.i == noun.i:
            return False
        if token.pos_ in {"VERB", "AUX"} and token.lower_ not in {"located", "situated"}:
            return True
        if token.lower_ in get_structure().directions and token.pos_ != "ADJ":
            return True
    return False


def get_area(scene: Scene, pobj: Token) -> int | None:
    """Return the name that a phrase means: "northern Iraq", "the southeastern part of Rwanda", "the Iraqi city of Mosul"."""
    target = scene.get(pobj)
    if target is not None:
        return target
    if pobj.lemma_.lower() not in get_structure().place_nouns | get_structure().directions:
        return None
    for child in pobj.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "in"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return get_area(scene, inner)
        found = scene.get(child)
        if (
            found is not None
            and child.dep_ in {"compound", "nmod", "poss"}
            and scene.mentions[found].type in AREA_TYPES
        ):
            return found
    return None
