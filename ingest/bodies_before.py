"""The body right before a participle that a parser hangs on somebody else: "a member of the Union once led by Ito"."""

from ingest.arguments import Arguments
from ingest.parse import Token
from ingest.scene import BODY_TYPES, Scene

_HEADING = frozenset({"chair", "command", "found", "head", "lead"})
_COMMA_AND_NOUN = 2


def prefer_body_before(scene: Scene, arguments: Arguments, found: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return whom a participle tells of: what is `found` in the parse, or the body right before it.

    "A member of the NDP once led by Kim" is of a party that Kim led, whatever the participle hangs on.
    """
    verb = arguments.predicate
    if verb.tag_ == "VBN" and verb.dep_ == "advcl" and (led := _find_led_before(arguments)) is not None:
        return (led,)
    if verb.dep_ != "acl" or verb.tag_ != "VBN":
        return found
    ends = scene.roster.find_sources(found)
    if not ends or any(scene.mentions[end.mention].type != "person" for end in ends):
        return found
    position = verb.i
    while position and scene.doc[position - 1].pos_ == "ADV":
        position -= 1
    bracketed = position > 0 and scene.doc[position - 1].text == ")"
    body = scene.find_ending_at(position - bracketed)
    if body is None or scene.mentions[body].type not in BODY_TYPES:
        return found
    return (scene.get_head(body),)


def _find_led_before(arguments: Arguments) -> Token | None:
    """The noun right before a comma and "led by", hung on the verb: "allied itself with the Union, led by Ito"."""
    verb = arguments.predicate
    if verb.lemma_.lower() not in _HEADING or not arguments.agents or verb.i < _COMMA_AND_NOUN:
        return None
    noun, comma = verb.nbor(-2), verb.nbor(-1)
    return noun if comma.text == "," and noun.dep_ in {"dobj", "pobj"} and noun.i > verb.head.i else None
