"""Whom people and things without a name of their own belong to, by what is said after them.

"Two men suspected of belonging to Boko Haram", "workers employed by the United Nations", "an army camp in Mali", "people
in Yemen": the noun is nobody's name, and the phrase behind it says whose it is.
"""

from collections.abc import Callable, Iterator

from ingest.arguments import get_obliques, is_passive
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Token

IsKind = Callable[[Token], bool]
"""Whether a word is a name of the kind asked for."""

_BELONGING = {
    "affiliate": ("with", "to"), "align": ("with",), "ally": ("with", "to"), "associate": ("with",), "belong": ("to",),
    "connect": ("to", "with"), "link": ("to", "with"), "tie": ("to",),
}  # fmt: skip
_BONDS = frozenset(
    {
        "affiliation",
        "allegiance",
        "association",
        "connection",
        "contact",
        "link",
        "loyalty",
        "membership",
        "sympathy",
        "tie",
    }
)
_SUSPECTING = frozenset({"accuse", "suspect", "charge", "convict"})
_WORKERS = frozenset(
    {"contractor", "correspondent", "employee", "expert", "inspector", "journalist", "member", "monitor", "observer",
     "personnel", "photographer", "reporter", "staff", "staffer", "volunteer", "worker"}
)  # fmt: skip
_EMPLOYING = frozenset({"employ", "hire"})
# What a state alone has, and what such words say of the noun after them: "army camp", "police headquarters".
_STATE_WORDS = frozenset(
    {"army", "government", "military", "ministry", "naval", "navy", "parliamentary", "police", "presidential", "security",
     "border"}
)  # fmt: skip
_STATE_THINGS = frozenset(
    {"academy", "barrack", "barracks", "base", "building", "camp", "checkpoint", "checkpost", "column", "compound", "convoy",
     "depot", "facility", "garrison", "guard", "headquarters", "installation", "office", "outpost", "patrol", "personnel",
     "position", "post", "site", "station", "target", "vehicle"}
)  # fmt: skip
_INSIDE = ("in", "inside", "across", "throughout")
_HELD = frozenset({"held", "controlled", "run", "ruled"})
# Those who fled to a country are not its people.
_GUESTS = frozenset(
    {"refugee", "migrant", "exile", "asylum", "soldier", "troop", "force", "peacekeeper", "seeker"}
)


def find_group(noun: Token) -> tuple[Token, ...]:
    """Return whom somebody is said or suspected to belong to: "a man suspected of links to Hamas"."""
    found: tuple[Token, ...] = ()
    for child in noun.children:
        if child.dep_ in {"acl", "relcl", "amod"} and child.i > noun.i:
            found += _find_belonging(child)
            if child.lemma_ in _SUSPECTING and (child.dep_ == "acl" or is_passive(child)):
                found += tuple(_iter_suspected(child))
    for phrase in _iter_phrases(noun):
        if phrase.lower_ == "with":
            found += tuple(part for bond in phrase.children for part in _find_bound(bond))
    return found


def _iter_phrases(noun: Token) -> Iterator[Token]:
    """The prepositions of a noun; one right behind it is its own, though a parser may hang it on the verb."""
    yield from (child for child in noun.children if child.dep_ == "prep")
    following = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    if following.dep_ == "prep" and following.head is noun.head:
        yield following


def _find_belonging(verb: Token) -> tuple[Token, ...]:
    phrases = get_obliques(verb)
    return tuple(part for name in _BELONGING.get(verb.lemma_, ()) for part in phrases.get(name, ()))


def _find_bound(bond: Token) -> tuple[Token, ...]:
    if bond.lemma_ not in _BONDS:
        return ()
    phrases = get_obliques(bond)
    return tuple(part for name in ("to", "with", "of", "in") for part in phrases.get(name, ()))


def _iter_suspected(verb: Token) -> Iterator[Token]:
    """Whom "suspected of belonging to", "of being members of" or "of having ties with" is about."""
    for preposition in verb.children:
        if preposition.dep_ != "prep" or preposition.lower_ not in {"of", "with"}:
            continue
        for deed in preposition.children:
            yield from _find_bound(deed)
            yield from _find_belonging(deed)
            if deed.lemma_ in {"be", "have"}:
                for noun in deed.children:
                    yield from _find_bound(noun)
                    if noun.lemma_ in {"member", "part", "supporter", "fighter", "follower"}:
                        yield from get_obliques(noun).get("of", ())


def find_employer(noun: Token, is_body: IsKind) -> tuple[Token, ...]:
    """Return the body that somebody works for: "employees of Oxfam", "aid workers from Save the Children"."""
    if noun.lemma_ not in _WORKERS:
        return ()
    phrases = get_obliques(noun)
    found = [part for name in ("from", "for", "with", "of") for part in phrases.get(name, ())]
    for child in noun.children:
        if child.dep_ == "acl" and child.lemma_ in _EMPLOYING:
            found += get_obliques(child).get("by", ())
        elif child.dep_ == "acl" and child.lemma_ == "work":
            found += [part for name in ("for", "with") for part in get_obliques(child).get(name, ())]
    return tuple(part for part in found if is_body(part))


def find_state(noun: Token, is_country: IsKind) -> tuple[Token, ...]:
    """Return the country whose post or convoy something is: "an army camp in northern Mali"."""
    own = {child.lower_ for child in noun.children if child.dep_ in {"amod", "compound", "nmod"}}
    return find_country(noun, is_country) if noun.lemma_ in _STATE_THINGS and own & _STATE_WORDS else ()


def find_occupiers(place: Token) -> tuple[Token, ...]:
    """Return who holds a place, by the word joined to his name: "the Houthi-held port"."""
    return tuple(
        held.nbor(-2)
        for held in place.lefts
        if held.dep_ == "amod" and held.lower_ in _HELD and held.i >= 2 and held.nbor(-1).is_punct
    )


def find_country(noun: Token, is_country: IsKind) -> tuple[Token, ...]:
    """Return the country in which something is, also by way of a place: "in Lamu county in Kenya", "in Iraq's north"."""
    if noun.lemma_.lower() in _GUESTS:
        return ()
    objects = [
        part
        for phrase in _iter_phrases(noun)
        if phrase.lower_ in _INSIDE
        for child in phrase.children
        if child.dep_ == "pobj"
        for part in expand_conjuncts(child)
    ]
    return tuple(country for part in objects for country in _climb_to_country(part, is_country, 2))


def _climb_to_country(place: Token, is_country: IsKind, steps: int) -> tuple[Token, ...]:
    if is_country(place):
        return (place,)
    owners = tuple(child for child in place.children if child.dep_ in {"poss", "appos"} and is_country(child))
    if owners or not steps:
        return owners
    phrases = get_obliques(place)
    inner = (part for name in ("in", "of") for part in phrases.get(name, ()))
    return tuple(country for part in inner for country in _climb_to_country(part, is_country, steps - 1))
