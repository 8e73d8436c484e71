"""Who gives whom what without a verb of his own: "sold Oman rifles, the Soviet Union its jets", "gave Rao the cash, Nair the passports".

The parser takes such a name for an apposition, a conjunct or the subject of whatever comes next; that a name and a thing
follow a comma with no verb behind them tells what they are.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.arguments import Arguments
from ingest.bearers import Bearer, Roster
from ingest.parse import Token
from ingest.triggers import Frame, get_triggers

_GIVING = frozenset(
    {
        "bring",
        "deny",
        "feed",
        "give",
        "grant",
        "hand",
        "lend",
        "offer",
        "pay",
        "promise",
        "sell",
        "send",
        "ship",
        "supply",
    }
)
_JOINTS = frozenset({",", ";", "and", "while"})
_CLAUSAL = frozenset({"MD", "VBD", "VBP", "VBZ", "WDT", "WP"})
_ARTICLES = frozenset({"a", "an", "the"})
_OWN = frozenset({"a", "an", "her", "his", "its", "more", "only", "some", "the", "their"})
_OWNERS = frozenset({"her", "his", "its", "their"})
_ENDS = frozenset({",", ".", ";", "and", "but", "for", "from", "to"})
_THING = frozenset({"CD", "HYPH", "JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS"})
_NOUNS = frozenset({"NN", "NNP", "NNPS", "NNS"})
_GIVERS = frozenset({"armed-group", "country", "government-body", "organization", "person", "security-force"})
_LONGEST = 4


class Gift(NamedTuple):
    """What a name gives by the verb of the clause before it."""

    giver: int
    thing: Token


def iter_gifts(arguments: Arguments, roster: Roster) -> Iterator[Gift]:
    """Yield (giver, thing) for each name behind a verb of giving that shares the verb and who is given to."""
    verb = arguments.predicate
    things = [thing.i for thing in arguments.patients if thing.i > verb.i and thing.pos_ == "NOUN"]
    if verb.lemma_ not in _GIVING or verb.tag_ == "VBG" or not things:
        return
    found: list[Gift] = []
    for place in range(min(things) + 1, verb.sent.end - 2):
        token = verb.doc[place]
        if token.tag_ in _CLAUSAL:
            break
        gift = _find_gift(place + 1, roster) if token.lower_ in _JOINTS else None
        if gift is not None and token.lower_ == "and":
            return  # "sold Oman rifles, Chad jets and Togo tanks" names who gets them
        found += [gift] if gift is not None else []
    yield from found


def take_gift(frames: tuple[Frame, ...], gift: Gift, fallback: Frame) -> tuple[Frame, Bearer]:
    """Return the frame that a thing given has among a verb's own, else how the first thing was given, and the giver."""
    thing = gift.thing.lemma_.lower()
    fitting = (frame for frame in frames if frame.kind == fallback.kind and thing in frame.things)
    return next(fitting, fallback), Bearer(gift.giver, 1.0)


def _find_gift(place: int, roster: Roster) -> Gift | None:
    doc = roster.doc
    if doc[place].lower_ in _ARTICLES:
        place += 1
    mention = roster.get(doc[place]) if place < len(doc) else None
    if mention is None or roster.mentions[mention].start_token != place:
        return None
    named = roster.mentions[mention]
    first = named.end_token
    unfit = named.type not in _GIVERS or named.resolution in {"demonym", "description", "pronoun"}
    if unfit or first + 1 >= len(doc) or not (doc[first].lower_ in _OWN or doc[first].tag_ == "CD"):
        return None
    for end in range(first + 1, min(first + 1 + _LONGEST, len(doc))):
        thing = doc[end - 1]
        unnamed = roster.get(thing) is None or doc[end - 2].lower_ in _OWNERS
        if doc[end].lower_ in _ENDS and thing.tag_ in _NOUNS and unnamed:
            owned = doc[first].lower_ in _OWNERS
            return None if _is_told_of(thing) and not owned else Gift(mention, thing)
        if doc[end].tag_ not in _THING:
            return None
    return None


def _is_told_of(thing: Token) -> bool:
    """Whether a thing is somebody's office or part of a name apposed: "sent Oman rifles, Rao the minister, and"."""
    return thing.lemma_.lower() in get_triggers().stand_ins
