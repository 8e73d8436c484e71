"""What a verb says of those who share it without it: "backs Assad and Oman Haftar", "accused Chad of a coup and Niger of lies".

The parser takes such a name for one more of the words before it; where the same preposition, or a second name, follows
right behind it, the words alone tell.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ingest.arguments import Arguments, is_passive
from ingest.bearers import Roster
from ingest.parse import Token

_JOINING = frozenset({"and", ","})
_ARTICLES = frozenset({"the", "a", "an"})
_ENDS = frozenset({".", ",", ";", "!", "?"})
_EVERYWHERE = frozenset({"everywhere", "elsewhere", "too"})
_FINITE = frozenset({"MD", "VBD", "VBP", "VBZ"})
_LATER = frozenset({",", "likewise", "too"})
_REPEATED = frozenset({"as", "for", "from", "in", "of", "over", "to", "with"})
_ACTORS = frozenset({"armed-group", "country", "government-body", "organization", "person", "security-force"})


class Gapped(NamedTuple):
    """Two pairs under one verb, as mentions: whom the subject meets, and who meets whom besides."""

    first: tuple[int, ...]
    source: int
    target: int


def find_gapped(verb: Token, roster: Roster) -> Gapped | None:
    """Return the pairs of "arms Haftar and Oman Dbeibah", "runs the police, Minister Rao the army"; None where there is but one."""
    first: list[int] = []
    source = _find_mention(verb.i + 1, roster)
    while source is not None:
        first.append(source)
        joint = roster.mentions[source].end_token
        if not _is_any(verb, joint, _JOINING):
            return None
        joint += _is_any(verb, joint, frozenset({","})) and _is_any(verb, joint + 1, frozenset({"and"}))
        source = _find_titled(joint + 1, roster)
        if source is not None and (target := _find_met_alone(source, verb, roster)) is not None:
            return Gapped(tuple(first), source, target) if _may_act(source, roster) else None
    return None


def _find_met_alone(source: int, verb: Token, roster: Roster) -> int | None:
    """Whom or what a name meets without a verb between the two: the army in "runs the police, Rao the army."."""
    target = _find_mention(roster.mentions[source].end_token, roster)
    if target is None or roster.mentions[target].type == "place":
        return None
    end = roster.mentions[target].end_token
    return target if end >= verb.sent.end or _is_any(verb, end, _ENDS) else None


def _find_titled(place: int, roster: Roster) -> int | None:
    """The mention that begins at a token or behind a title that begins there: "Defence Minister Rao"."""
    named = _find_mention(place, roster)
    while named is None and place < len(roster.doc) and roster.doc[place].pos_ == "PROPN":
        place += 1
        named = _find_mention(place, roster)
    return named


def _iter_late_objects(verb: Token, roster: Roster) -> Iterator[int]:
    """Yield the names that end a clause behind "and" and a phrase of their own: "scolded Oman and, in the evening, Chad"."""
    for name in verb.rights:
        mention = roster.get(name) if name.dep_ == "conj" and name.pos_ == "PROPN" else None
        if mention is not None and _is_any(verb, roster.mentions[mention].end_token, _ENDS - {","}):
            fronted = any(child.dep_ == "prep" for child in name.lefts)
            if fronted and verb.doc[roster.mentions[mention].start_token - 1].text == ",":
                yield mention


def iter_further_objects(arguments: Arguments, roster: Roster) -> Iterator[int]:
    """Yield the mentions that share a verb by a repeated preposition: "fought the army in Bria, the UN in Bossangoa".

    A word such as "everywhere" may stand for the last phrase.
    """
    verb = arguments.predicate
    yield from _iter_late_objects(verb, roster) if arguments.voice == "active" else ()
    first = _find_mention(verb.i + 1, roster) if arguments.voice == "active" else None
    place = roster.mentions[first].end_token if first is not None else 0
    if not place or not _is_any(verb, place, _REPEATED):
        return
    again = frozenset({verb.doc[place].lower_})
    for joint in range(place + 1, verb.sent.end - 2):
        token = verb.doc[joint]
        if token.text in {";", "("} or token.tag_ in _FINITE:
            return
        named = _find_mention(joint + 1, roster) if token.lower_ in _JOINING else None
        if named is not None and _is_any(verb, roster.mentions[named].end_token, again | _EVERYWHERE):
            yield named


def iter_further_agents(verb: Token, roster: Roster) -> Iterator[Token]:
    """Yield who does what a verb says by a further by-phrase or name: "was armed with rifles by Oman, with advice by Chad"."""
    if not is_passive(verb):
        yield from _iter_joined_late(verb, roster)
        return
    for token in verb.doc[verb.i + 1 : verb.sent.end]:
        if token.pos_ in {"VERB", "AUX"} and token.dep_ != "xcomp":
            return
        if token.lower_ == "by" and token.dep_ in {"agent", "conj", "prep"}:
            yield from (child for child in token.children if roster.get(child) is not None)


def _iter_joined_late(verb: Token, roster: Roster) -> Iterator[Token]:
    """Yield who is joined to the verb itself, with an aside on when or why: "recognised it, and Haiti, for once, a year later"."""
    for name in verb.rights:
        mention = roster.get(name) if name.dep_ == "conj" and name.pos_ == "PROPN" else None
        if mention is None or not _may_act(mention, roster):
            continue
        start, end = roster.mentions[mention].start_token, roster.mentions[mention].end_token
        if verb.doc[start - 1].lower_ in _ARTICLES:
            start -= 1
        opened = [token.lower_ for token in verb.doc[max(0, start - 2) : start]] == [",", "and"]
        verbless = all(token.tag_ not in _FINITE for token in verb.doc[end : verb.sent.end])
        if opened and verbless and end + 1 < verb.sent.end and _is_any(verb, end, _LATER):
            yield name


def _find_mention(place: int, roster: Roster) -> int | None:
    """The mention that begins at a token, an article before it left aside."""
    doc = roster.doc
    if place < len(doc) and doc[place].lower_ in _ARTICLES:
        place += 1
    mention = roster.get(doc[place]) if place < len(doc) else None
    return mention if mention is not None and roster.mentions[mention].start_token == place else None


def _may_act(mention: int, roster: Roster) -> bool:
    """Whether a name is no adjective or title of the one behind it: not "Chadian Hissene Habre", "Democrat Joe Crowley"."""
    named = roster.mentions[mention]
    return named.type in _ACTORS and named.resolution not in {"demonym", "pronoun", "description"}


def _is_any(verb: Token, place: int, words: frozenset[str]) -> bool:
    return place < verb.sent.end and verb.doc[place].lower_ in words
