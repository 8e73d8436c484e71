"""Whom "the group", "the union" and "the city" take up: the last one named that is of the kind the noun says."""

from collections.abc import Sequence
from typing import NamedTuple

from ingest.discourse import Discourse, Place, climb
from ingest.gazetteer import Gazetteer
from ingest.lexicon import Lexicon, per_lexicon, read_entries, read_words
from ingest.names import get_name_words
from ingest.parse import Token
from ingest.reference_deeds import find_attacker
from ingest.reference_kinds import Kinds

_REACH = {"person": 30, "country": 1, "place": 3}
_DEFAULT_REACH = 4
_SOLE_REACH = _SPOKEN_OF_REACH = 2
_SETTLEMENTS = frozenset({"city", "town", "village"})
# These are of the state that a text speaks of, and not of one that somebody went to or dealt with.
_GOVERNING = frozenset({"government", "authorities", "administration", "junta", "regime"})
# What no state is called, though groups are: "the rebel administration".
_OF_REBELS = frozenset(
    {"extremist", "insurgent", "jihadi", "jihadist", "militant", "rebel", "separatist", "terror", "terrorist"}
)
_DIVISIONS = frozenset(
    {
        "province",
        "state",
        "region",
        "river",
        "district",
        "governorate",
        "county",
        "mountains",
        "island",
        "valley",
    }
)
_REALMS = frozenset({"state", "republic", "kingdom", "emirate", "nation"})
_STATE_FORCES = frozenset({"army", "military", "police", "navy", "air force", "armed forces"})


class DescribedNoun(NamedTuple):
    """A noun of descriptions.yaml: whom it may take up."""

    types: frozenset[str]
    name: bool
    sole: bool
    attacks: bool
    known: frozenset[str]
    never: frozenset[str]
    kinds: frozenset[str]


@per_lexicon
def get_described_nouns(lexicon: Lexicon) -> dict[str, DescribedNoun]:
    """Return the nouns that take somebody up, by their words."""
    nouns: dict[str, DescribedNoun] = {}
    for entry in read_entries(lexicon.folders, "descriptions", "descriptions"):
        noun = DescribedNoun(
            frozenset(entry.get_texts("types")),
            entry.get_flag("name"),
            entry.get_flag("sole"),
            entry.get_flag("attacks"),
            *(frozenset(entry.find_texts(name)) for name in ("known", "never", "kinds")),
        )
        nouns.update(dict.fromkeys(entry.get_texts("text"), noun))
        entry.close()
    return nouns


@per_lexicon
def get_plain_adjectives(lexicon: Lexicon) -> frozenset[str]:
    """Return the adjectives that say nothing new of whom a noun takes up."""
    return frozenset(read_words(lexicon.folders, "descriptions", "plain_adjectives"))


class NounReader:
    """Finds whom a noun with "the" or "this" takes up, over one document."""

    def __init__(self, discourse: Discourse, gazetteer: Gazetteer) -> None:
        self._discourse = discourse
        self._gazetteer = gazetteer
        self._words = get_name_words(gazetteer.lexicon)
        self._kinds = Kinds(discourse)

    def find(self, block: int, noun: Token, start: int) -> int | None:
        """Return whom a phrase from `start` up to its noun takes up, as an index into the actors, or None."""
        if any(child.lower_ == "of" or self._is_named(block, child) for child in noun.children):
            return None
        nouns = get_described_nouns()
        words = _join_last_two(noun, start)
        words = words if words in nouns else noun.lower_
        described = nouns.get(words)
        if described is None:
            return self._find_called(block, noun, start)
        if described.types == {"country"} and any(child.lower_ in _OF_REBELS for child in noun.lefts):
            return None
        actor = self._find_described(block, noun, start, described, words)
        return None if actor is None or self._is_modified(noun, start, actor) else actor

    def _find_described(
        self, block: int, noun: Token, start: int, described: DescribedNoun, lower: str
    ) -> int | None:
        reach = max(_REACH.get(entity_type, _DEFAULT_REACH) for entity_type in described.types)
        reach = _SOLE_REACH if described.sole else reach
        others = self._discourse.list_beside(block, noun)
        places = [
            place
            for place in self._discourse.iter_before(block, start, sentences=reach)
            if self._fits(place, described, lower)
            and self._discourse.mentions[place.mention].actor not in others
        ]
        current = self._discourse.get_sentence(block, start)
        # "Myanmar's junta ... the junta": whoever was called by the same noun is meant before anybody who was not.
        same = [place for place in places if self._is_called(place, lower)]
        if described.attacks and (attacker := find_attacker(self._discourse, block, start)) is not None:
            return attacker if attacker not in others else None
        here = {
            self._discourse.mentions[p.mention].actor
            for p in places
            if p.sentence == current and not self._is_aside(p)
        }
        if lower == "group" and len(here) == 1:
            return here.pop()  # "shelled the Front and held the group's leader"
        if described.sole and not same:
            return self._choose_sole(places, current)
        if described.types == {"country"} and not same:
            here = {self._discourse.mentions[p.mention].actor for p in places if p.sentence == current}
            if here:
                return here.pop() if len(here) == 1 else None
            if lower in _GOVERNING:
                places = [place for place in places if place.subject or self._is_aside(place)]
            else:
                # "Nicaragua's help" tells of Nicaragua in passing.
                places = [place for place in places if self._discourse.get_head(place).dep_ != "poss"]
        return self._choose(same or places, current, near=noun.doc[start].lower_ != "the")

    def _find_called(self, block: int, noun: Token, start: int) -> int | None:
        """Return the only one in reach that the text has called by this noun: "the shrine", "the lawyer"."""
        types = {str(value) for value in self._words.descriptions.match_to(noun.doc, noun.i + 1)[1]}
        if self._words.titles.match_to(noun.doc, noun.i + 1)[1]:
            return None
        called = set()
        for place in self._discourse.iter_before(block, start, sentences=_DEFAULT_REACH):
            mention = self._discourse.mentions[place.mention]
            said = mention.type in types and self._kinds.is_said(mention.actor, noun.lower_)
            # "The Islamic state" written small is some state, whoever else has the word in its name.
            bears = noun.lower_ not in _REALMS or mention.type == "country"
            if said or (bears and self._kinds.is_named(mention.actor, noun.lower_)):
                called.add(mention.actor)
        if len(called) != 1 or called & self._discourse.list_beside(block, noun):
            return None
        actor = called.pop()
        return None if self._is_modified(noun, start, actor) else actor

    def _is_modified(self, noun: Token, start: int, actor: int) -> bool:
        """Say whether a noun before the noun tells of somebody else: "the Union army", "the merchant navy"."""
        found = self._discourse.actors[actor]
        own = {word for name in (found.name, *found.aliases) for word in name.casefold().split()}
        begins = noun.i - 1 if _join_last_two(noun, start) in get_described_nouns() else noun.i
        return any(
            token.pos_ in {"NOUN", "PROPN"} and token.lower_ not in own | get_plain_adjectives()
            for token in noun.doc[start + 1 : begins]
        )

    def _is_named(self, block: int, child: Token) -> bool:
        return child.dep_ == "appos" and self._discourse.is_covered(block, child.i)

    def _fits(self, place: Place, described: DescribedNoun, noun: str) -> bool:
        mention = self._discourse.mentions[place.mention]
        only_adjective = mention.resolution == "demonym" and noun not in mention.text.casefold().split()
        if mention.type not in described.types or only_adjective:
            return False
        actor = self._discourse.get_actor(place)
        if any(self._kinds.is_called(mention.actor, other) for other in described.never):
            return False
        if noun in _STATE_FORCES and mention.type == "armed-group":
            return False
        if described.kinds and not self._kinds.is_called(mention.actor, noun):
            return self._is_of_kind(mention.actor, described)
        if not described.name or actor.known_id in described.known:
            return True
        names = (name.casefold().replace("'s", "") for name in (actor.name, *actor.aliases))
        return any(noun.rstrip("s") in name for name in names) or self._kinds.is_called(mention.actor, noun)

    def _is_of_kind(self, number: int, described: DescribedNoun) -> bool:
        """Say whether a place is of a kind, as far as is known; one that is not known may be a town if its name allows."""
        actor = self._discourse.actors[number]
        known = self._gazetteer.find(actor.known_id) if actor.known_id is not None else None
        if known is not None and known.kind is not None:
            return known.kind in described.kinds
        return "city" in described.kinds and actor.name.casefold().split()[-1] not in _DIVISIONS

    def _is_called(self, place: Place, noun: str) -> bool:
        mention = self._discourse.mentions[place.mention]
        if noun in _SETTLEMENTS and any(self._kinds.is_said(mention.actor, kind) for kind in _SETTLEMENTS):
            return True
        return noun in mention.text.casefold().split() or self._kinds.is_called(mention.actor, noun)

    def _choose(self, places: Sequence[Place], current: int, *, near: bool) -> int | None:
        """Return the only actor in reach, or the one that is the subject of the nearest sentence with any."""
        actors = list(dict.fromkeys(self._discourse.mentions[place.mention].actor for place in places))
        if len(actors) < 2:
            return actors[0] if actors else None
        # "The leader of al Qaeda disowned ISIS. The group": who only tells of somebody else is not spoken of.
        spoken_of = [place for place in places if not self._is_aside(place)]
        main = {self._discourse.mentions[place.mention].actor for place in spoken_of}
        if not near and len(main) == 1 and spoken_of[0].sentence >= current - _SPOKEN_OF_REACH:
            return main.pop()
        for here in _group_by_sentence(places):
            # "This group" is the one that was named last; "the group" is what the text is about.
            subjects = list(
                dict.fromkeys(self._discourse.mentions[p.mention].actor for p in here if p.subject or near)
            )
            if subjects:
                # What is named beside others, two sentences ago, may no longer be what the text is about.
                recent = here[0].sentence >= current - 1
                return subjects[0] if len(subjects) == 1 and recent else None
            told = [self._discourse.mentions[p.mention] for p in here if not self._is_aside(p)]
            last = {mention.actor for mention in told if mention.type != "place"}
            if len(last) == 1 and here[0].sentence >= current - 1:
                return last.pop()  # "Farah disowned ISIS. The group"
        return None

    def _is_aside(self, place: Place) -> bool:
        """Say whether a mention only tells which noun is meant: "the leader of al Qaeda", "ISIS bases"."""
        head = climb(self._discourse.get_head(place))
        if head.dep_ == "pobj":
            return head.head.dep_ == "prep" and head.head.head.pos_ in {"NOUN", "PROPN"}
        return head.dep_ in {"compound", "nmod", "amod", "poss"}

    def _choose_sole(self, places: Sequence[Place], current: int) -> int | None:
        """Return the only actor in reach, or the only one in the nearest sentence with any."""
        actors = {self._discourse.mentions[place.mention].actor for place in places}
        if len(actors) < 2:
            return next(iter(actors), None)
        nearest = _group_by_sentence(places)[0]
        last = {self._discourse.mentions[place.mention].actor for place in nearest}
        return last.pop() if len(last) == 1 and nearest[0].sentence >= current - 1 else None


def _join_last_two(noun: Token, start: int) -> str:
    return f"{noun.nbor(-1).lower_} {noun.lower_}" if noun.i - 1 > start else noun.lower_


def _group_by_sentence(places: Sequence[Place]) -> list[list[Place]]:
    by_sentence: dict[int, list[Place]] = {}
    for place in places:
        by_sentence.setdefault(place.sentence, []).append(place)
    return list(by_sentence.values())
