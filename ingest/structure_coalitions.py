"""What a body is made up of: "the Fraternal Front, an alliance of A, B and C", "an umbrella for the UVF and the UDA"."""

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
_SURE = 0.8


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


def _iter_listed(scene: Scene, noun: Token) -> Iterator[int]:
    """The bodies and states listed behind "of": the parser loses its way in lists, the commas do not."""
    doc, position = scene.doc, noun.i + 1
    if position >= len(doc) or doc[position].lower_ not in _OF:
        return
    position, skipped = position + 1, 0
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
