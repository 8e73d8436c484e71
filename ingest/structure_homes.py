"""Where the bodies and places of a text lie that geography does not know, by the one country that the text is about."""

import re
from collections import Counter
from collections.abc import Iterator

from ingest.gazetteer import Gazetteer
from ingest.lexicon.items import PROVINCE_KINDS
from ingest.types import Actor, Extraction

SURENESS = 0.65
"""About the share of such homes that hold, within (0, 1]."""

_AT_HOME = frozenset({"place", "party", "government-body", "security-force", "media"})
# What the name of an organisation ends in, or has before "of" and "for", that has a seat in one country.
_SEATED = frozenset(
    {
        *("academy", "airline", "airlines", "association", "bank", "bureau", "canteen", "center", "centre"),
        *("chamber", "clinic", "club", "college", "committee", "company", "conservatory", "corporation"),
        *("department", "enterprise", "federation", "forces", "foundation", "guild", "hospital", "institute"),
        *("institutes", "institution", "laboratory", "library", "mill", "movement", "museum", "observatory"),
        *("office", "opera", "orchestra", "philharmonic", "polytechnic", "railway", "railways", "school"),
        *("service", "services", "shipyard", "shipyards", "society", "station", "syndicate", "theater"),
        *("theatre", "trust", "union", "unit", "university", "works"),
    }
)
_JOINING = re.compile(r" (?:of|for|at|in|de|del|di|da) ")
# What the name of a body of many countries begins with, and what a state is called by.
_OF_MANY = frozenset({"global", "international", "world", "european", "african", "arab", "government"})
_UNNAMED = frozenset({"pronoun", "description"})
_LEAST_SHARE = 0.5
_LEAST_MENTIONS = 2


def find_likely_homes(extraction: Extraction, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield (body or place, area) among a text's actors, as their numbers, where the text has one area in view.

    It does where more than half of the mentions of actors whose country is known are of one country, and that country
    is named: an article on Warsaw need not say that its squares are in Poland. Only what bears a proper name, and what
    neither the lexicon nor geography knows, is taken to be there; of organisations those with a seat, such as schools
    and companies, and nothing that has another country or its town in its name. A place is in the one province that
    the text is about, before that in the country. Cost: linear in mentions.
    """
    province = _find_province(extraction, gazetteer)
    unknown = [
        (number, actor)
        for number, actor in enumerate(extraction.actors)
        if actor.known_id is None and actor.country_code is None and has_proper_name(actor)
    ]
    if province is not None:
        yield from ((number, province) for number, actor in unknown if actor.type == "place")
    home = _find_setting(extraction)
    if home is None:
        return
    for number, actor in unknown:
        if _is_of_many(actor):
            continue
        seated = actor.type in _AT_HOME or (actor.type == "organization" and _has_seat(actor.name))
        if seated and not _is_called_by_another(gazetteer, actor.name, extraction.actors[home].country_code):
            yield number, home


def has_proper_name(actor: Actor) -> bool:
    """Say whether an actor is called by a name, such as "Iraqi Security Forces", and not "U.S. troops"."""
    return any(alias.split()[-1][:1].isupper() for alias in actor.aliases)


def _has_seat(name: str) -> bool:
    """Say whether a name is that of a school, a company or the like: "Uppland College", "Bank of the Delta"."""
    words = _JOINING.split(name.casefold())[0].split()
    return len(name.split()) > 1 and (words[-1] in _SEATED or name.casefold().split()[-1] in _SEATED)


def _is_called_by_another(gazetteer: Gazetteer, name: str, code: str | None) -> bool:
    """Say whether a name has another country or its people in it, or another's town behind "of"."""
    codes = set()
    for hit in gazetteer.find_hits(name):
        joined = _JOINING.search(name, 0, hit.start_char) is not None
        known = [gazetteer.get(form.id) for form in hit.forms]
        if any(one.type == "country" or (joined and one.type == "place") for one in known):
            codes |= {one.country_code for one in known}
    return bool(codes) and code not in codes


def _is_of_many(actor: Actor) -> bool:
    return actor.name.split()[0].casefold() in _OF_MANY


def _find_province(extraction: Extraction, gazetteer: Gazetteer) -> int | None:
    """The province that most of a text's known places are or lie in, where the text names it, as a number."""
    numbers = {actor.known_id: number for number, actor in enumerate(extraction.actors) if actor.known_id}
    counts: Counter[str] = Counter()
    for mention in extraction.mentions:
        known_id = extraction.actors[mention.actor].known_id
        if known_id is None or mention.type != "place" or mention.resolution in _UNNAMED:
            continue
        if gazetteer.find(known_id) is not None:
            around = {known_id, *(larger for _, larger in gazetteer.place_chain(known_id))}
            counts.update(area for area in around if gazetteer.get(area).kind in PROVINCE_KINDS)
    if not counts:
        return None
    area, most = counts.most_common(1)[0]
    return numbers.get(area) if most >= _LEAST_MENTIONS and most > _LEAST_SHARE * counts.total() else None


def _find_setting(extraction: Extraction) -> int | None:
    """The country that a text is about, as a number among its actors."""
    counts: Counter[str] = Counter()
    for mention in extraction.mentions:
        code = extraction.actors[mention.actor].country_code
        if code is not None and mention.resolution not in _UNNAMED:
            counts[code] += 1
    if not counts:
        return None
    code, most = counts.most_common(1)[0]
    if most < _LEAST_MENTIONS or most <= _LEAST_SHARE * counts.total():
        return None
    for number, actor in enumerate(extraction.actors):
        if actor.type == "country" and actor.country_code == code:
            return number
    return None
