"""Definite descriptions that take up an actor named before: "the group", "the prime minister", "his government"."""

from typing import NamedTuple

from ingest.discourse import Discourse, Place, climb
from ingest.lexicon import Lexicon, Title, get_lexicon, per_lexicon, read_entries, read_words
from ingest.names import get_name_words
from ingest.parse import Token

_DETERMINERS = frozenset({"the", "this", "that"})
_POSSESSIVES = frozenset({"his", "her"})
_STATE_NOUNS = frozenset({"government", "regime", "administration"})
_REACH = {"person": 30, "country": 1, "place": 3}
_DEFAULT_REACH = 4


class Described(NamedTuple):
    """A description from token `start` up to its noun, and whom it takes up."""

    start: int
    actor: int


class _Noun(NamedTuple):
    types: frozenset[str]
    name: bool


@per_lexicon
def _get_nouns(lexicon: Lexicon) -> dict[str, _Noun]:
    nouns: dict[str, _Noun] = {}
    for entry in read_entries(lexicon.folders, "descriptions", "descriptions"):
        noun = _Noun(frozenset(entry.get_texts("types")), entry.get_flag("name"))
        nouns.update(dict.fromkeys(entry.get_texts("text"), noun))
        entry.close()
    return nouns


@per_lexicon
def _get_adjectives(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(read_words(lexicon.folders, "descriptions", "plain_adjectives"))


class Describer:
    """Finds whom descriptions take up, over one document."""

    def __init__(self, discourse: Discourse, lexicon: Lexicon | None = None) -> None:
        self._discourse = discourse
        words = get_name_words(lexicon or get_lexicon())
        self._titles, self._descriptions = words.titles, words.descriptions
        self._roles: dict[int, set[str]] = {}
        self._countries: dict[int, int] = {}
        self._read_roles()

    def find(self, block: int, noun: Token) -> Described | None:
        """Return the description that a noun heads and whom it takes up, or None where that is not clear."""
        if self._is_short_name(block, noun):
            short = self._find_by_noun(block, noun, noun.i)
            return Described(noun.i, short) if short is not None else None
        start = self._find_start(block, noun)
        if start is None:
            return None
        opener = noun.doc[start]
        if opener.lower_ in _POSSESSIVES or opener.tag_ == "POS":
            return self._find_own_government(block, noun, start)
        if opener.lower_ not in _DETERMINERS:
            return None
        actor = self._find_role_holder(block, noun, start)
        if actor is None:
            actor = self._find_by_noun(block, noun, start)
        return Described(start, actor) if actor is not None else None

    def is_person_noun(self, noun: Token) -> bool:
        """Say whether a common noun means one person: a title, or a word such as "witness"."""
        return bool(self._titles.match_to(noun.doc, noun.i + 1)[1]) or (
            "person" in self._descriptions.match_to(noun.doc, noun.i + 1)[1]
        )

    def is_body_noun(self, noun: Token) -> bool:
        """Say whether a common noun means a body or group that has a spokesman or leader: "party", "ministry"."""
        types = {str(value) for value in self._descriptions.match_to(noun.doc, noun.i + 1)[1]}
        return bool(types - {"place", "person"}) or noun.lower_ in _get_nouns()

    def find_state(self, person: int) -> int | None:
        """Return the country whose office a person holds, as an index into the actors, or None."""
        return self._countries.get(person)

    def _is_short_name(self, block: int, noun: Token) -> bool:
        """Whether one capital word of a longer name stands before a noun: "two Guards' units", "one Guards unit"."""
        described = _get_nouns().get(noun.lower_)
        return (
            described is not None
            and described.name
            and noun.tag_ in {"NNS", "NNPS"}
            and noun.is_title
            and noun.dep_ in {"compound", "nmod", "poss"}
            and noun.head.i > noun.i
            and noun.i > noun.sent.start
            and not self._discourse.is_covered(block, noun.i - 1)
            and noun.nbor(-1).pos_ != "PROPN"
        )

    def _find_start(self, block: int, noun: Token) -> int | None:  # noqa: PLR0911 - one return a reason to give up
        """Return where the phrase begins, if only plain words stand before the noun and no name follows it."""
        doc, index = noun.doc, noun.i
        if index + 1 < len(doc) and (
            doc[index + 1].pos_ == "PROPN" or self._discourse.is_covered(block, index + 1)
        ):
            return None
        if any(
            child.dep_ == "relcl" and child.i > index and doc[index + 1].text != ","
            for child in noun.children
        ):
            return None
        if noun.dep_ in {"compound", "nmod", "amod"} and noun.head.i > index:
            return None
        while index > 0:
            index -= 1
            token = doc[index]
            if token.lower_ in _DETERMINERS or token.lower_ in _POSSESSIVES or token.tag_ == "POS":
                return index
            if self._discourse.is_covered(block, index) or token.pos_ not in {
                "ADJ",
                "NOUN",
                "PROPN",
                "PUNCT",
                "ADV",
            }:
                return None
            if (
                token.pos_ == "ADJ"
                and token.lower_ not in _get_adjectives()
                and not self._is_title(token, noun)
            ):
                return None
        return None

    def _is_title(self, token: Token, noun: Token) -> bool:
        end, values = self._titles.match_from(token.doc, token.i)
        return bool(values) and end == noun.i + 1

    def _find_role_holder(self, block: int, noun: Token, start: int) -> int | None:
        """Return the last named person with the title of "the prime minister"."""
        begins, values = self._titles.match_to(noun.doc, noun.i + 1)
        if not values or begins != start + 1 or any(child.lower_ == "of" for child in noun.children):
            return None
        titles = {value.id for value in values if isinstance(value, Title)}
        for place in self._discourse.iter_before(block, start, sentences=_REACH["person"]):
            mention = self._discourse.mentions[place.mention]
            if mention.type == "person" and titles & self._roles.get(mention.actor, set()):
                return mention.actor
        return None

    def _find_by_noun(self, block: int, noun: Token, start: int) -> int | None:
        lower = noun.lower_
        two_words = f"{noun.doc[noun.i - 1].lower_} {lower}" if noun.i - 1 > start else lower
        described = _get_nouns().get(two_words) or _get_nouns().get(lower)
        if described is None or any(child.lower_ == "of" for child in noun.children):
            return None
        reach = max(_REACH.get(entity_type, _DEFAULT_REACH) for entity_type in described.types)
        places = [
            place
            for place in self._discourse.iter_before(block, start, sentences=reach)
            if self._fits(place, described, lower) and not self._is_subject_over(place, block, noun)
        ]
        # "Myanmar's junta ... the junta": whoever was called by the same noun is meant before anybody who was not.
        same = [place for place in places if self._is_called(place, lower)]
        places = same or places
        current = self._discourse.get_sentence(block, start)
        return self._choose(places, current, near=noun.doc[start].lower_ != "the")

    def _fits(self, place: Place, described: _Noun, noun: str) -> bool:
        mention = self._discourse.mentions[place.mention]
        if mention.type not in described.types or mention.resolution == "demonym":
            return False
        if not described.name:
            return True
        actor = self._discourse.get_actor(place)
        return any(
            noun.rstrip("s") in name.casefold().replace("'s", "") for name in (actor.name, *actor.aliases)
        )

    def _is_called(self, place: Place, noun: str) -> bool:
        mention = self._discourse.mentions[place.mention]
        return noun in mention.text.casefold().split()

    def _is_subject_over(self, place: Place, block: int, noun: Token) -> bool:
        """Say whether a mention acts in the very clause that acts on the noun: "China backs the junta"."""
        mention = self._discourse.mentions[place.mention]
        if mention.block != block or noun.dep_ not in {"dobj", "pobj", "dative", "conj"}:
            return False
        head = climb(self._discourse.get_head(place))
        if head.dep_ not in {"nsubj", "nsubjpass"}:
            return False
        verb = climb(noun).head
        while verb.head.i != verb.i and not any(
            child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children
        ):
            verb = verb.head
        return head.head.i == verb.i

    def _choose(self, places: list[Place], current: int, *, near: bool) -> int | None:
        """Return the only actor in reach, or the one that is the subject of the nearest sentence with any."""
        actors = list(dict.fromkeys(self._discourse.mentions[place.mention].actor for place in places))
        if len(actors) < 2:
            return actors[0] if actors else None
        by_sentence: dict[int, list[Place]] = {}
        for place in places:
            by_sentence.setdefault(place.sentence, []).append(place)
        for here in by_sentence.values():
            # "This group" is the one that was named last; "the group" is what the text is about.
            subjects = list(
                dict.fromkeys(self._discourse.mentions[p.mention].actor for p in here if p.subject or near)
            )
            if subjects:
                # What is named beside others, two sentences ago, may no longer be what the text is about.
                recent = here[0].sentence >= current - 1
                return subjects[0] if len(subjects) == 1 and recent else None
        return None

    def _find_own_government(self, block: int, noun: Token, start: int) -> Described | None:
        """Return the state whose government is somebody's: "his government", "Mr Maliki's government"."""
        if noun.lower_ not in _STATE_NOUNS or noun.i != start + 1:
            return None
        owner = start - 1 if noun.doc[start].tag_ == "POS" else start
        for place in self._discourse.iter_before(block, noun.i, sentences=0):
            mention = self._discourse.mentions[place.mention]
            if mention.start_token <= owner < mention.end_token and mention.type == "person":
                country = self._countries.get(mention.actor)
                return Described(noun.i, country) if country is not None else None
        return None

    def _read_roles(self) -> None:
        """Note each person's titles, and the country whose office the person holds."""
        by_code = {
            actor.country_code: number
            for number, actor in enumerate(self._discourse.actors)
            if actor.type == "country" and actor.country_code
        }
        for mention in self._discourse.mentions:
            if mention.type != "person":
                continue
            doc = self._discourse.blocks[mention.block].doc
            _, values = self._titles.match_to(doc, mention.start_token)
            head = doc[mention.head_token]
            for child in head.children:
                if child.dep_ == "appos" and child.i >= mention.end_token:
                    values = [*values, *self._titles.match_to(doc, child.i + 1)[1]]
            titles = {value.id for value in values if isinstance(value, Title) and value.relation is not None}
            self._roles.setdefault(mention.actor, set()).update(titles)
            code = self._discourse.actors[mention.actor].country_code
            if code in by_code and titles:
                self._countries.setdefault(mention.actor, by_code[code])
        self._read_offices()

    def _read_offices(self) -> None:
        """Note the country right before a title before a name: "Iraqi Prime Minister Nouri al-Maliki"."""
        ends = {
            (mention.block, mention.end_token): mention.actor
            for mention in self._discourse.mentions
            if mention.type == "country"
        }
        for mention in self._discourse.mentions:
            if mention.type != "person":
                continue
            doc = self._discourse.blocks[mention.block].doc
            start, values = self._titles.match_to(doc, mention.start_token)
            if not values:
                continue
            while start > 0 and (doc[start - 1].tag_ == "POS" or doc[start - 1].pos_ == "ADJ"):
                if (mention.block, start) in ends:
                    break
                start -= 1
            if (mention.block, start) in ends:
                self._countries[mention.actor] = ends[mention.block, start]
