"""The bodies that a role is held in, by where they stand: "commander of the Quds Force", "Hamas chief", "whose leader"."""

from collections.abc import Iterable, Iterator

from ingest.antecedents import find_antecedent
from ingest.conjuncts import expand_conjuncts
from ingest.lexicon import Title
from ingest.parse import Token
from ingest.parts import iter_prepositions
from ingest.role_holders import (
    find_body_before,
    get_titles,
    stands_for_body,
)
from ingest.scene import BODY_TYPES, Scene, get_structure

_BODY_PREPOSITIONS = ("of", "for", "at", "with", "in", "to", "on", "from")
_SKIPPED = frozenset({"'s", "\u2019s", "'", "the", "a", "an", "new", "top", "senior", "own"})
SPEAKING = frozenset({"spokesperson", "representative"})
"""Kinds of role that are held for a person as well as for a body: "the cleric's spokesman"."""


def find_bodies_after(scene: Scene, role: Token, title: Title | None) -> Iterator[tuple[int, float, Token]]:
    """Bodies in a phrase behind the role: "commander of the Quds Force", "economist with Drexel"."""
    behind = title is not None and title.relation == "commands"  # "the brains behind the group"
    for child in iter_prepositions(role):
        if child.lower_ not in _BODY_PREPOSITIONS and not (behind and child.lower_ == "behind"):
            continue
        if child.lower_ in {"to", "with"} and title is not None and title.kind in SPEAKING:
            continue  # an ambassador to a body, or a negotiator with it, speaks for who sent him
        sure = 1.0 if child.lower_ in {"of", "for", "at"} else 0.9
        for pobj in child.children:
            if pobj.dep_ != "pobj":
                continue
            for token in _list_held_in(scene, pobj, behind=behind):
                index = _get_named(scene, token)
                if index is None:
                    yield from _find_deeper(scene, token, role)
                    continue
                body = find_body_before(scene, index)
                index = index if body is None else body
                is_area = scene.mentions[index].type in {"place", "country"}
                if child.lower_ in {"in", "at", "on", "from", "with"} and is_area:
                    continue
                if child.lower_ == "to" and is_area:
                    continue
                yield index, sure, role


def _list_held_in(scene: Scene, pobj: Token, *, behind: bool) -> list[Token]:
    """What a role is held in by its phrase; "the chief of staff of the UN secretary-general" leads neither."""
    told = expand_conjuncts(find_antecedent(pobj))
    return [t for t in told if not (behind and t.lower_ in get_titles() and scene.get(t) is None)]


def _find_deeper(
    scene: Scene, noun: Token, role: Token, depth: int = 2
) -> Iterator[tuple[int, float, Token]]:
    """Bodies further down: "vice president of daytime programs for ABC", "head of the press office of the ministry"."""
    for child in noun.children:
        if child.dep_ != "prep" or child.lower_ not in {"of", "for", "at", "with", "in"} or depth == 0:
            continue
        for pobj in child.children:
            if pobj.dep_ != "pobj":
                continue
            index = scene.get(pobj)
            if index is not None and scene.mentions[index].type in BODY_TYPES:
                yield index, 0.85, role
            elif index is None:
                yield from _find_deeper(scene, pobj, role, depth - 1)


def _get_named(scene: Scene, token: Token) -> int | None:
    """The mention that a noun is, is a part of, or is called by: "the upper house, the Bundesrat"."""
    index = scene.get(token)
    if index is None and get_structure().parts.get(token.lemma_.lower()) == "branch-of":
        index = _find_behind_comma(scene, token)
    if index is not None:
        return index
    for bearer in scene.roster.find_sources([token]):
        return bearer.mention
    # "The director of the country's watchdog, the Audit Bureau" may be parsed as if the Bureau were the director.
    return _find_apposed(scene, [token, token.head.head] if token.head.lower_ == "of" else [token])


def _find_behind_comma(scene: Scene, noun: Token) -> int | None:
    """The body named right behind a noun and a comma: "the commander of the front's armed wing, the Marsh Brigade"."""
    if noun.i + 2 >= len(scene.doc) or noun.nbor(1).text != ",":
        return None
    index = scene.find_starting_at(noun.i + 2 + (noun.nbor(2).lower_ == "the"))
    return index if index is not None and scene.mentions[index].type in BODY_TYPES else None


def _find_apposed(scene: Scene, nouns: Iterable[Token]) -> int | None:
    apposed = (scene.get(child) for noun in nouns for child in noun.children if child.dep_ == "appos")
    return next((i for i in apposed if i is not None and scene.mentions[i].type in BODY_TYPES), None)


def find_body_in_front(scene: Scene, role: Token, start: int, holders: list[int]) -> int | None:
    """The body named before a role: "Iran's Quds Force Commander", "Turkish foreign minister", "Hamas chief"."""
    for child in role.children:
        if child.dep_ == "poss":
            index = _find_listed(scene, child)
            index = scene.get(find_antecedent(child)) if index is None else index  # "whose leader is Kim"
            if index is not None and index not in holders:
                nearer = _find_adjacent(scene, role, start)
                return nearer if nearer is not None else index
    return _find_adjacent(scene, role, start)


def _find_listed(scene: Scene, whose: Token) -> int | None:
    """The last of a list right before "whose", though the parser has it said of the first: "Chad, and Niger, whose premier"."""
    if whose.lower_ != "whose" or whose.i < 1 or whose.nbor(-1).text != ",":
        return None
    index = scene.find_ending_at(whose.i - 1)
    listed = index is not None and scene.get_head(index).dep_ == "conj"
    return index if listed and scene.mentions[index or 0].type in BODY_TYPES | {"country"} else None


def _find_adjacent(scene: Scene, role: Token, start: int) -> int | None:
    """The mention left of a role with nothing but its own modifiers between."""
    position = start
    lowest = max(0, start - 6)
    while position > lowest:
        index = scene.find_ending_at(position)
        if index is not None:
            mention = scene.mentions[index]
            same = scene.get_head(index).sent == role.sent
            belongs = (
                scene.get_head(index).is_ancestor(role)
                or role.is_ancestor(scene.get_head(index))
                or scene.get_head(index).head == role.head
            )
            if mention.type == "person" or not same or not belongs or _stands_alone(scene, index):
                return None
            return index
        token = scene.doc[position - 1]
        if (token.is_punct and token.text != "-") or token.pos_ in {
            "VERB",
            "AUX",
            "ADP",
            "CCONJ",
            "SCONJ",
            "PRON",
        }:
            return None
        if token.pos_ == "PART" and token.lower_ not in _SKIPPED:
            return None
        position -= 1
    return None


def _stands_alone(scene: Scene, index: int) -> bool:
    """Whether a name is a place that something happens in, and no part of a title: "In Turkey Minister Ellwood"."""
    mention = scene.mentions[index]
    if (
        mention.resolution == "demonym"
        or mention.type not in {"place", "country"}
        or mention.start_token == 0
    ):
        return False
    owned = mention.end_token < len(scene.doc) and scene.doc[mention.end_token].tag_ == "POS"
    return not owned and scene.doc[mention.start_token - 1].lower_ in {"in", "at", "from", "to"}


def find_body_behind_holder(scene: Scene, title: Title | None, holders: list[int]) -> Iterator[int]:
    """The body behind a name that its title is before: "Gov. Babagana Zulum of Borno"."""
    if title is None or title.relation is None or len(holders) != 1:
        return
    end = scene.mentions[holders[0]].end_token
    if end + 1 >= len(scene.doc) or scene.doc[end].lower_ != "of":
        return
    position = end + 1 + (scene.doc[end + 1].lower_ == "the")
    body = scene.find_starting_at(position)
    if body is not None and scene.mentions[body].type in title.of:
        yield body


def find_known_country(scene: Scene, title: Title | None, holders: list[int]) -> Iterator[int]:
    """The country of a head of state or government named without it, where the sentence names that country."""
    if title is None or title.kind not in {"head-of-state", "head-of-government", "minister"}:
        return
    for holder in holders:
        if stands_for_body(scene, scene.get_head(holder)):
            continue
        code = scene.actors[scene.mentions[holder].actor].country_code
        sentence = scene.get_head(holder).sent
        for index in scene.here:
            actor = scene.actors[scene.mentions[index].actor]
            if (
                code
                and actor.type == "country"
                and actor.country_code == code
                and scene.get_head(index).sent == sentence
            ):
                yield index
                return
