"""What a body is made up of: "the Fraternal Front, an alliance of A, B and C", "the forces (including the Navy)"."""

from collections.abc import Iterator

from ingest.parse import Token
from ingest.parts import iter_part_tokens
from ingest.scene import BODY_TYPES, Scene

_UNIONS = frozenset(
    {
        "alliance",
        "bloc",
        "coalition",
        "confederation",
        "federation",
        "grouping",
        "merger",
        "umbrella",
        "union",
    }
)
_OF = frozenset({"of", "for", "between", "uniting"})
_SKIPPED = frozenset({",", "and", "the", "or", "as", "well"})
_MOST_SKIPPED = 3
_SURE, _LESS_SURE = 0.8, 0.75
_NAMING = frozenset({"including", "comprising"})
# Countries are parts of what several of them make up, and not of an army.
_OF_COUNTRIES = frozenset({"organization", "party"})
_LEAST_IN_BRACKETS = 2


def find_coalitions(scene: Scene) -> None:
    """Add who belongs to a coalition by what the text calls it; cost: linear in tokens."""
    for token in scene.doc:
        if token.lemma_.lower() in _UNIONS and token.pos_ == "NOUN" and not scene.is_named(token):
            group = token.head if token.dep_ == "compound" and token.head.i == token.i + 1 else token
            members = list(_iter_listed(scene, group))
            for part in iter_part_tokens(scene, group) if members else ():
                whole = scene.get(part)
                if whole is None or scene.mentions[whole].type not in BODY_TYPES:
                    continue
                for member in members:
                    scene.add(member, "member-of", "part-of", whole, token, _SURE, "noun:coalition")
    for whole in scene.here:
        if scene.mentions[whole].type in BODY_TYPES:
            for member, trigger in _find_named(scene, whole):
                scene.add(member, "member-of", "part-of", whole, trigger, _LESS_SURE, "noun:including")


def _find_named(scene: Scene, whole: int) -> list[tuple[int, Token]]:
    """The parts that a text names behind a body: ", including A and B", "(A, B and C)"."""
    doc, position = scene.doc, scene.mentions[whole].end_token
    if position + 1 >= len(doc) or scene.mentions[whole].resolution == "pronoun":
        return []
    bracket = doc[position].text == "("
    position += doc[position].text in {"(", ","}
    naming = doc[position].lower_ in _NAMING
    found = list(_iter_names(scene, position + naming)) if naming or bracket else []
    if not naming and not (len(found) >= _LEAST_IN_BRACKETS and _is_shut(scene, found[-1])):
        return []
    kind, trigger = scene.mentions[whole].type, doc[position]
    countries = kind in _OF_COUNTRIES
    return [(part, trigger) for part in found if countries or scene.mentions[part].type != "country"]


def _is_shut(scene: Scene, last: int) -> bool:
    end = scene.mentions[last].end_token
    return end < len(scene.doc) and scene.doc[end].text == ")"


def _iter_listed(scene: Scene, noun: Token) -> Iterator[int]:
    """The bodies and states listed behind "of": the parser loses its way in lists, the commas do not."""
    position = noun.i + 1
    if position < len(scene.doc) and scene.doc[position].lower_ in _OF:
        yield from _iter_names(scene, position + 1)


def _iter_names(scene: Scene, position: int) -> Iterator[int]:
    """The bodies and states that are listed from a token on."""
    doc, skipped = scene.doc, 0
    while position < len(doc) and skipped <= _MOST_SKIPPED:
        found = scene.find_starting_at(position)
        if found is not None:
            if scene.mentions[found].type not in BODY_TYPES | {"country"}:
                return
            yield found
            position, skipped = _skip_brackets(scene, scene.mentions[found].end_token), 0
        elif doc[position].lower_ in _SKIPPED:
            position, skipped = position + 1, skipped + 1
        else:
            return


def _skip_brackets(scene: Scene, position: int) -> int:
    """Where the list goes on behind an acronym in brackets."""
    doc = scene.doc
    if position + 2 < len(doc) and doc[position].text == "(" and doc[position + 2].text == ")":
        return position + 3
    return position
