"""What is where, as names and phrases tell: "Karbala, Iraq", "the Iraqi city of Mosul", "Iran's Foreign Ministry"."""

from collections.abc import Iterator

from spacy.tokens import Token

from ingest.scene import AREA_TYPES, BODY_TYPES, Scene, get_structure

_LINKS = frozenset({"in", "of", "at", "on", "near", "within", "inside"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "this", "that"})
_LANGUAGES_AFTER = frozenset({"in"})


def find_place_relations(scene: Scene) -> None:
    """Add what the names of a block say by standing side by side; cost: linear in mentions."""
    for index in scene.here:
        _add_comma(scene, index)
        _add_owner(scene, index)
        _add_phrase(scene, index)
        _add_brackets(scene, index)
        _add_home(scene, index)
    _add_dateline(scene)


def _add_comma(scene: Scene, index: int) -> None:
    """ "Karbala, Iraq" and "Fort Campbell, Kentucky", but not the list "Karbala, Baghdad and Basra"."""
    mention = scene.mentions[index]
    following = _find_after_comma(scene, index)
    if following is None:
        return
    other = scene.mentions[following]
    if other.type not in AREA_TYPES or mention.type == "country":
        return
    if mention.type == "place":
        if _continues_list(scene, following, mention.type, other.type) or other.resolution == "demonym":
            return
        scene.add(
            index, "located-in", "part-of-place", following, scene.get_head(following), 0.85, "place:comma"
        )
        beyond = _find_after_comma(scene, following)
        if beyond is not None and scene.mentions[beyond].type in AREA_TYPES and other.type == "place":
            if not _continues_list(scene, beyond, other.type, scene.mentions[beyond].type):
                scene.add(
                    index, "located-in", "part-of-place", beyond, scene.get_head(beyond), 0.8, "place:comma"
                )
    elif mention.type in BODY_TYPES and other.resolution == "name":
        after = scene.doc[other.end_token] if other.end_token < len(scene.doc) else None
        if after is None or after.text in {",", ".", ";", ")", "--", "-", "(", ":"} or after.is_space:
            if not _continues_list(scene, following, mention.type, other.type):
                scene.add(
                    index, "located-in", "based-in", following, scene.get_head(following), 0.7, "place:comma"
                )


def _find_after_comma(scene: Scene, index: int) -> int | None:
    end = scene.mentions[index].end_token
    doc = scene.doc
    if end + 1 >= len(doc) or doc[end].text != ",":
        return None
    start = end + 1
    return scene.find_starting_at(start)


def _continues_list(scene: Scene, following: int, first_type: str, second_type: str) -> bool:
    """Whether names are listed side by side rather than one inside the other."""
    doc = scene.doc
    end = scene.mentions[following].end_token
    if end >= len(doc):
        return False
    token = doc[end]
    if token.lower_ in {"and", "or", "&", "'s", "’s"}:
        return not (
            token.lower_ in {"and", "or"}
            and second_type == "country"
            and first_type == "place"
            and not _names_kind(scene, end + 1, "country")
        )
    if token.text == "," and second_type == first_type:
        return _names_kind(scene, end + 1, "place") or (
            end + 1 < len(doc) and doc[end + 1].lower_ in {"and", "or"}
        )
    return False


def _names_kind(scene: Scene, start: int, kind: str) -> bool:
    index = scene.find_starting_at(start)
    return index is not None and scene.mentions[index].type == kind


def _add_owner(scene: Scene, index: int) -> None:
    """ "Iran's Quds Force", "the Lebanese group Hezbollah", "Iran's holy city of Qom", "Beijing's Tiananmen Square"."""
    owner = _find_owner(scene, index)
    if owner is None:
        return
    mention, area = scene.mentions[index], scene.mentions[owner]
    trigger = scene.get_head(index)
    if mention.type == "place":
        scene.add(index, "located-in", "part-of-place", owner, trigger, 0.85, "place:owner")
    elif area.type == "country" and mention.type in {"security-force", "government-body"}:
        scene.add(index, "member-of", "part-of", owner, trigger, 0.85, "nested:owner")
    elif area.type in AREA_TYPES and mention.type in BODY_TYPES | {"community"}:
        scene.add(index, "located-in", "based-in", owner, trigger, 0.75, "nested:owner")
    elif area.type in {"security-force", "government-body"} and mention.type == area.type:
        scene.add(index, "member-of", "part-of", owner, trigger, 0.8, "nested:owner")
    elif area.type in {"organization", "party", "armed-group"} and mention.type in BODY_TYPES:
        scene.add(index, "member-of", "part-of", owner, trigger, 0.65, "nested:owner")
    elif area.type in BODY_TYPES and mention.type == "person":
        scene.add(index, "member-of", "belongs-to", owner, trigger, 0.7, "nested:owner")


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
        if lower in {"'s", "’s"} or (token.text in {"'", "’"} and token.tag_ == "POS"):
            owned = True
        elif lower == "of" and doc[position - 2].lemma_.lower() in structure.place_nouns:
            pass
        elif token.pos_ in {"ADJ", "NOUN", "NUM"} and token.sent == head.sent:
            pass
        elif token.text in {"-", '"'} or (
            token.pos_ in {"PROPN", "VERB", "ADV"} and token.dep_ in {"amod", "compound", "advmod"}
        ):
            pass
        else:
            return None
        position -= 1
    return None


def _owns(scene: Scene, owner: int, index: int, *, owned: bool) -> bool:
    mention, other = scene.mentions[owner], scene.mentions[index]
    if mention.type == "person" or mention.type == "community":
        return False
    gap = scene.doc[mention.end_token : other.start_token]
    if any(token.text == "-" for token in gap):
        return False
    if owned:
        return other.type != "person" or mention.type in BODY_TYPES and len(gap) == 1
    if mention.resolution == "demonym":
        return other.type != "person" and not any(
            token.lemma_.lower() in {"president", "minister", "leader", "official"} for token in gap
        )
    return (
        mention.type in AREA_TYPES
        and other.type != "person"
        and len(gap) == 0
        and other.type in BODY_TYPES | {"place"}
    )


def _add_phrase(scene: Scene, index: int) -> None:
    """ "Mosul in northern Iraq", "Mosul, a city in Iraq", "the Badr office in Basra", "Hall of Miami"."""
    mention = scene.mentions[index]
    if mention.type in {"country", "community"}:
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


def _add_person_phrase(scene: Scene, index: int, target: int, preposition: Token, sure: float) -> None:
    other = scene.mentions[target]
    if other.type in BODY_TYPES and preposition.lower_ in {"of", "at", "with", "from"}:
        scene.add(index, "member-of", "belongs-to", target, preposition, 0.75 * sure, "phrase:of")
    elif other.type in AREA_TYPES and preposition.lower_ in {"of", "from", "in"}:
        how = "operates-in" if preposition.lower_ == "in" else "based-in"
        scene.add(index, "located-in", how, target, preposition, 0.65 * sure, "phrase:of")


def _find_linked(scene: Scene, index: int) -> Iterator[tuple[int, Token, float]]:
    """Names in a prepositional phrase that hangs on this one, or that follows it at once."""
    head = scene.get_head(index)
    mention = scene.mentions[index]
    seen = set()
    for preposition in head.children:
        if (
            preposition.dep_ == "prep"
            and preposition.lower_ in _LINKS | {"from", "with"}
            and preposition.i >= mention.end_token
        ):
            for pobj in preposition.children:
                if pobj.dep_ == "pobj":
                    target = _get_area(scene, pobj)
                    if target is not None and target not in seen:
                        seen.add(target)
                        near = preposition.i - mention.end_token <= 1
                        yield target, preposition, 1.0 if near else 0.8
    for apposition in head.children:
        if apposition.dep_ == "appos" and scene.roster.get(apposition) is None and mention.type != "person":
            yield from _find_in_apposition(scene, apposition, seen)


def _find_in_apposition(scene: Scene, noun: Token, seen: set[int]) -> Iterator[tuple[int, Token, float]]:
    if noun.lemma_.lower() not in get_structure().place_nouns:
        return
    for child in noun.subtree:
        target = scene.roster.get(child)
        if target is not None and target not in seen and scene.mentions[target].type in AREA_TYPES:
            if child.dep_ in {"pobj", "poss", "amod", "compound"}:
                seen.add(target)
                yield target, noun, 0.95
                return


def _get_area(scene: Scene, pobj: Token) -> int | None:
    """The name that a phrase means: "northern Iraq", "the southeastern part of Rwanda", "the Iraqi city of Mosul"."""
    target = scene.roster.get(pobj)
    if target is not None:
        return target
    if pobj.lemma_.lower() not in get_structure().place_nouns | get_structure().directions:
        return None
    for child in pobj.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "in"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    return _get_area(scene, inner)
        found = scene.roster.get(child)
        if (
            found is not None
            and child.dep_ in {"compound", "nmod", "poss"}
            and scene.mentions[found].type in AREA_TYPES
        ):
            return found
    return None


def _add_brackets(scene: Scene, index: int) -> None:
    """ "Sen. Jane Smith (R-Texas)", "Terje Halleland (Progress Party)"."""
    mention = scene.mentions[index]
    doc = scene.doc
    end = mention.end_token
    if mention.type != "person" or end + 1 >= len(doc) or doc[end].text not in {"(", ","}:
        return
    opening = doc[end].text
    for position in range(end + 1, min(end + 4, len(doc))):
        target = scene.find_starting_at(position)
        if target is None:
            if doc[position].text not in {"R", "D", "I", "-", "R-", "D-"} and not doc[
                position
            ].text.startswith(("R-", "D-")):
                return
            continue
        other = scene.mentions[target]
        closed = other.end_token < len(doc) and doc[other.end_token].text in {")", ","}
        if other.type == "party" and opening == "(" and closed:
            scene.add(index, "member-of", "belongs-to", target, scene.get_head(target), 0.9, "party:brackets")
        elif other.type in AREA_TYPES and position > end + 1:
            scene.add(index, "located-in", "based-in", target, scene.get_head(target), 0.8, "party:brackets")
        return


def _add_home(scene: Scene, index: int) -> None:
    """ "Gaza-based Hamas", "the Doha-based group Hamas"."""
    mention = scene.mentions[index]
    doc = scene.doc
    end = mention.end_token
    if mention.type not in AREA_TYPES or end + 1 >= len(doc) or doc[end].text != "-":
        return
    based = doc[end + 1]
    if based.lower_ not in {"based", "born", "headquartered"}:
        return
    for ancestor in (based.head, based.head.head):
        target = scene.roster.get(ancestor)
        if target is not None and scene.mentions[target].type != "country":
            scene.add(target, "located-in", "based-in", index, based, 0.85, "name:based")
            return


def _add_dateline(scene: Scene) -> None:
    """ "BAGHDAD, Iraq (AP)", "Paris AFP in English": an agency reports from the place before it."""
    for index in scene.here:
        if scene.mentions[index].type != "media":
            continue
        start = scene.mentions[index].start_token
        doc = scene.doc
        if start > 8:
            continue
        position = start - 1 if start and doc[start - 1].text == "(" else start
        bracketed = position != start
        place = scene.find_ending_at(position)
        monitored = (
            scene.mentions[index].end_token < len(doc) and doc[scene.mentions[index].end_token].lower_ == "in"
        )
        while place is not None and scene.mentions[place].type in AREA_TYPES and (bracketed or monitored):
            scene.add(index, "located-in", "operates-in", place, scene.get_head(place), 0.7, "name:dateline")
            position = scene.mentions[place].start_token
            place = scene.find_ending_at(position - 1) if position and doc[position - 1].text == "," else None
