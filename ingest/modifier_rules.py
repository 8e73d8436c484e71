"""Rules for signed relations that an adjective, a joined participle or a prefix carries."""

from collections.abc import Iterator

from ingest.arguments import find_bearers, get_arguments, get_obliques, is_passive, is_verbal
from ingest.bearers import HYPHENS, Bearer, Roster
from ingest.parse import Token
from ingest.sightings import Sighting
from ingest.triggers import get_triggers

_INSIDE_PHRASE = frozenset({"amod", "compound", "nmod", "pobj", "npadvmod", "poss", "punct", "prep"})


def iter_adjective_sightings(adjective: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what "critical of Iran", "loyal to Haftar" or "allied with Russia" says of whom it is said of."""
    table = get_triggers().adjectives
    # "Closed to Morocco" is not close to it.
    lemma = adjective.lower_ if adjective.lower_.endswith("ed") else adjective.lemma_.lower()
    frames = table.get(lemma) or table.get(adjective.lower_) or ()
    if not frames:
        return
    obliques = get_obliques(adjective)
    passive = is_verbal(adjective) and is_passive(adjective)
    if not passive and is_verbal(adjective) and any(child.dep_ == "nsubj" for child in adjective.children):
        return  # "had allied with" is a verb's to tell
    bearers = get_arguments(adjective).patients if passive else find_bearers(adjective)
    for frame in frames:
        tokens = tuple(
            token for name, objects in obliques.items() if name in frame.target for token in objects
        )
        yield Sighting(frame, roster.find_sources(bearers), roster.find_targets(tokens), adjective, "adj")


def iter_compound_sightings(participle: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what "Iran-backed militia" says: who is joined to the participle is for the noun after it."""
    frames = get_triggers().compounds.get(participle.lower_, ())
    if not frames or participle.i < 2 or participle.nbor(-1).text not in HYPHENS:
        return
    makers = _find_joined(participle.nbor(-2), roster)
    for frame in frames:
        backed = roster.find_targets(_with_names_beside(participle.head))
        yield Sighting(frame, makers, backed, participle, "compound")


def _find_joined(maker: Token, roster: Roster) -> list[Bearer]:
    """The name before a hyphen, and the one before it in "Saudi- and Emirati-backed"."""
    found = [maker]
    if maker.i >= 3 and maker.nbor(-1).lower_ == "and" and maker.nbor(-2).text in HYPHENS:
        found.append(maker.nbor(-3))
    mentions = [roster.get(token) for token in found]
    return [Bearer(mention, 1.0) for mention in mentions if mention is not None]


def _with_names_beside(noun: Token) -> tuple[Token, ...]:
    return (noun, *(child for child in noun.children if child.dep_ == "appos"))


def iter_prefix_sightings(prefix: Token, roster: Roster) -> Iterator[Sighting]:
    """Yield what "anti-Assad rebels" or "pro-Russian separatists" says of the noun after it."""
    if prefix.i + 2 >= len(prefix.doc) or prefix.nbor(1).text not in HYPHENS:
        return
    named = prefix.nbor(2)
    mention = roster.get(named)
    if mention is None:
        return
    head = named
    while head.dep_ in _INSIDE_PHRASE and head.i <= named.i:
        head = head.head
    if head.i <= named.i:
        return
    for frame in get_triggers().prefixes.get(prefix.lower_, ()):
        bearers = roster.find_sources(_with_names_beside(head))
        yield Sighting(frame, bearers, [Bearer(mention, 1.0)], prefix, "prefix")
