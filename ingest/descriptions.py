"""Definite descriptions that take up an actor named before: "the group", "the prime minister", "his government"."""

from typing import NamedTuple

from ingest.arguments import SUBJECT_LABELS
from ingest.cues import get_cues
from ingest.discourse import Discourse, climb_to_name
from ingest.gazetteer import Gazetteer
from ingest.lexicon import Title
from ingest.names import get_name_words
from ingest.parse import Doc, Token
from ingest.reference_bodies import Followings
from ingest.reference_names import find_name_behind
from ingest.reference_nouns import NounReader, get_described_nouns, get_plain_adjectives
from ingest.reference_states import States

_DETERMINERS = frozenset({"the", "this", "that"})
_POSSESSIVES = frozenset({"his", "her", "its"})
_STATE_NOUNS = frozenset({"government", "regime", "administration"})
_BODY_TYPES = frozenset({"armed-group", "party", "organization"})
_PERSON_REACH = 30
# What the holder of a longer title is called for short.
_SHORT_TITLES = frozenset(
    {
        "adviser",
        "ambassador",
        "commander",
        "commissioner",
        "envoy",
        "general",
        "minister",
        "prosecutor",
        "secretary",
    }
)
_TAKING = frozenset({"appoint", "elect", "inaugurate", "install", "name", "re-elect", "reelect", "swear"})
_LEADER = "leader"


class Described(NamedTuple):
    """A description from token `start` up to its noun, and whom it takes up."""

    start: int
    actor: int


class Describer:
    """Finds whom descriptions take up, over one document."""

    def __init__(self, discourse: Discourse, gazetteer: Gazetteer) -> None:
        self._discourse = discourse
        words = get_name_words(gazetteer.lexicon)
        self._titles, self._descriptions = words.titles, words.descriptions
        self._nouns = NounReader(discourse, gazetteer)
        self._states = States(discourse, gazetteer)
        self._followings = Followings(discourse, self._titles)
        self._roles: dict[int, set[str]] = {}
        self._words: dict[int, set[str]] = {}
        self._countries: dict[int, int] = {}
        self._read_roles()

    def find(self, block: int, noun: Token) -> Described | None:
        """Return the description that a noun heads and whom it takes up, or None where that is not clear."""
        if self._is_short_name(block, noun):
            short = self._nouns.find(block, noun, noun.i)
            return Described(noun.i, short) if short is not None else None
        return (
            self._find_leader(block, noun)
            or self._find_named_behind(block, noun)
            or self._find_opened(block, noun)
            or self._find_state_body(block, noun)
        )

    def _find_named_behind(self, block: int, noun: Token) -> Described | None:
        """Return whom a noun means that is told what it is known as."""
        start = noun.left_edge
        actor = find_name_behind(self._discourse, block, noun) if start.lower_ in _DETERMINERS else None
        return Described(start.i, actor) if actor is not None else None

    def _find_opened(self, block: int, noun: Token) -> Described | None:
        """Return whom a noun takes up with "the", "this" or a possessive before it."""
        start = self._find_start(block, noun)
        if start is None:
            return None
        opener = noun.doc[start]
        if opener.lower_ in _POSSESSIVES or opener.tag_ == "POS":
            return self._find_owned(block, noun, start)
        if opener.lower_ not in _DETERMINERS:
            return None
        actor = self._find_role_holder(block, noun, start)
        if actor is None and noun.lower_ in _STATE_NOUNS and noun.i == start + 1:
            actor = self._find_of_speaker(block, noun)
            if actor is not None:
                return Described(start, actor)
        if actor is None:
            actor = self._nouns.find(block, noun, start)
        if actor is None or not self._states.allows(block, noun, actor):
            return None
        return Described(start, actor)

    def _find_of_speaker(self, block: int, noun: Token) -> int | None:
        """Return the state whose office the one holds who speaks of "the government" in a sentence."""
        for verb in noun.ancestors:
            if verb.lemma_ in get_cues().speech_verbs:
                subjects = (child for child in verb.children if child.dep_ in SUBJECT_LABELS)
                found = [self._discourse.find_at(block, climb_to_name(subject).i) for subject in subjects]
                persons = [mention.actor for mention in found if mention and mention.type == "person"]
                own = self.find_own(persons[0]) if persons else None
                return own if own is not None and self._discourse.actors[own].type == "country" else None
        return None

    def find_own(self, person: int) -> int | None:
        """Return the state whose office a person holds, else the only body that the person leads or speaks for."""
        state = self._countries.get(person)
        bodies = self._followings.find_bodies(person)
        if state is None and not bodies:
            actor = self._discourse.actors[person]
            holds = actor.known_id is not None and self._roles.get(person)
            return self._states.take_state(actor.country_code) if holds and actor.country_code else None
        return state if state is not None or len(bodies) != 1 else next(iter(bodies))

    def _find_state_body(self, block: int, noun: Token) -> Described | None:
        found = self._states.find(block, noun)
        return Described(found.start, found.actor) if found is not None else None

    def is_person_noun(self, noun: Token) -> bool:
        """Say whether a common noun means one person: a title, or a word such as "witness"."""
        return bool(self._titles.match_to(noun.doc, noun.i + 1)[1]) or (
            "person" in self._descriptions.match_to(noun.doc, noun.i + 1)[1]
        )

    def is_body_noun(self, noun: Token) -> bool:
        """Say whether a common noun means a body or group that has a spokesman or leader: "party", "ministry"."""
        types = {str(value) for value in self._descriptions.match_to(noun.doc, noun.i + 1)[1]}
        return bool(types - {"place", "person"}) or noun.lower_ in get_described_nouns()

    def _is_short_name(self, block: int, noun: Token) -> bool:
        """Whether one capital word of a longer name stands before a noun: "two Guards' units", "one Guards unit"."""
        described = get_described_nouns().get(noun.lower_)
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
            doc[index + 1].pos_ == "PROPN"
            or doc[index + 1].text == "-"
            or self._discourse.is_covered(block, index + 1)
        ):
            return None
        if any(
            child.dep_ in {"relcl", "acl"} and child.i > index and doc[index + 1].text != ","
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
            if self._is_origin(block, token, noun):
                continue
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
                and not (token.lower_ == "new" and token.i + 1 == self._titles.match_to(doc, noun.i + 1)[0])
                and token.lower_ not in get_plain_adjectives()
                and not self._is_title(token, noun)
                and not self._states.is_force(noun, index)
            ):
                return None
        return None

    def _is_origin(self, block: int, token: Token, noun: Token) -> bool:
        """Say whether an adjective only says from where somebody is: "the American company"."""
        mention = self._discourse.find_at(block, token.i)
        return mention is not None and mention.resolution == "demonym" and token.head.i == noun.i

    def _is_title(self, token: Token, noun: Token) -> bool:
        end, values = self._titles.match_from(token.doc, token.i)
        return bool(values) and end == noun.i + 1

    def _find_role_holder(self, block: int, noun: Token, start: int) -> int | None:
        """Return the last named person with the title of "the prime minister"."""
        begins, values = self._titles.match_to(noun.doc, noun.i + 1)
        if not values or any(child.lower_ == "of" for child in noun.children) or self._is_named(block, noun):
            return None
        if any(token.lower_ != "new" for token in noun.doc[start + 1 : begins]):
            return None
        titles = {value.id for value in values if isinstance(value, Title)}
        short = noun.lower_ if begins == noun.i and noun.lower_ in _SHORT_TITLES else None
        for place in self._discourse.iter_before(block, start, sentences=_PERSON_REACH):
            mention = self._discourse.mentions[place.mention]
            if mention.type != "person":
                continue
            if titles & self._roles.get(mention.actor, set()) or short in self._words.get(mention.actor, ()):
                return mention.actor
        return None

    def _is_named(self, block: int, noun: Token) -> bool:
        """Say whether a person's name behind a comma tells who a noun means: "the army commander, General Ito,"."""
        beside = [child for child in noun.children if child.dep_ == "appos" and child.i > noun.i]
        found = (self._discourse.find_at(block, child.i) for child in beside)
        return any(mention is not None and mention.type == "person" for mention in found)

    def _find_leader(self, block: int, noun: Token) -> Described | None:
        """Return the only person with the title of "the Hamas leader" or "the Turkish president" among those of the body."""
        start, values = self._titles.match_to(noun.doc, noun.i + 1)
        titles = {value.id for value in values if isinstance(value, Title) and value.relation is not None}
        end = start - 1 if start > 0 and noun.doc[start - 1].tag_ == "POS" else start
        body = self._discourse.find_at(block, end - 1) if end > 0 else None
        if not titles or body is None or body.end_token != end or body.type == "person":
            return None
        before = noun.doc[body.start_token - 1].lower_ if body.start_token > 0 else ""
        following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
        named = following is not None and (
            following.pos_ == "PROPN"
            or following.text == "-"
            or self._discourse.is_covered(block, following.i)
        )
        if (
            named
            or noun.tag_ != "NN"
            or noun.dep_ in {"appos", "compound", "nmod", "attr"}
            or before in {"a", "an"}
        ):
            return None
        holders = self._list_holders(block, noun, titles, body.actor)
        return Described(start, holders.pop()) if len(holders) == 1 else None

    def _list_holders(self, block: int, noun: Token, titles: set[str], body: int) -> set[int]:
        """Return the persons named before who bear one of these titles in a body or state, or whose own it is."""
        found = set()
        for place in self._discourse.iter_before(block, noun.i, sentences=_PERSON_REACH):
            person = self._discourse.mentions[place.mention]
            if person.type != "person":
                continue
            bears = titles & self._roles.get(person.actor, set())
            of_body = self._countries.get(person.actor) == body or body in self._followings.find_bodies(
                person.actor
            )
            if (bears and of_body) or (_LEADER in titles and body in self._followings.find_own(person.actor)):
                found.add(person.actor)
        return found

    def _find_owned(self, block: int, noun: Token, start: int) -> Described | None:
        """Return whose body a possessed noun means: "his government", "Mr Maliki's army", "its foreign ministry"."""
        owner = self._discourse.find_at(block, start - 1 if noun.doc[start].tag_ == "POS" else start)
        if owner is None:
            return None
        country = owner.actor if owner.type == "country" else self._countries.get(owner.actor)
        found = None
        if owner.type == "person":
            bodies = self._followings.find_bodies(owner.actor)
            states = {body for body in bodies if self._discourse.actors[body].type == "country"}
            country = states.pop() if country is None and len(states) == 1 else country
            found = self._find_own_body(noun, start, bodies)
        if found is None and country is not None:
            own = noun.lower_ in _STATE_NOUNS and noun.i == start + 1
            found = country if own else self._states.find_owned(noun, country)
        return Described(noun.i, found) if found is not None else None

    def _find_own_body(self, noun: Token, start: int, bodies: frozenset[int]) -> int | None:
        """Return the only body of a person that is what a noun says: "his movement"."""
        described = get_described_nouns().get(noun.lower_)
        if described is None or noun.i != start + 1:
            return None
        types = described.types & _BODY_TYPES
        fitting = [body for body in bodies if self._discourse.actors[body].type in types]
        return fitting[0] if len(fitting) == 1 else None

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
            start = mention.start_token
            while start and doc[start - 1].is_space:
                start -= 1
            values = self._read_titles(mention.actor, doc, start)
            head = doc[mention.head_token]
            if head.dep_ == "appos" and head.head.i < mention.start_token and not values:
                values = self._read_titles(mention.actor, doc, head.head.i + 1)
            for child in head.children:
                if child.dep_ == "appos" and child.i >= mention.end_token:
                    values = [*values, *self._read_titles(mention.actor, doc, child.i + 1)]
            for role in _list_offices(head):
                values = [*values, *self._titles.match_to(doc, role.i + 1)[1]]
            titles = {value.id for value in values if isinstance(value, Title) and value.relation is not None}
            self._roles.setdefault(mention.actor, set()).update(titles)
            code = self._discourse.actors[mention.actor].country_code
            if code in by_code and titles:
                self._countries.setdefault(mention.actor, by_code[code])
        self._read_offices()

    def _read_titles(self, person: int, doc: Doc, end: int) -> list[object]:
        """Return what is known of the title that ends before a token, and note what a person with it is called for short.

        "The secretary" is a Defense Secretary, but no Prime Minister is "the minister".
        """
        _, values = self._titles.match_to(doc, end)
        titles = [value for value in values if isinstance(value, Title)]
        if titles and titles[0].kind != "head-of-government" and (end < 2 or doc[end - 2].text != "-"):
            self._words.setdefault(person, set()).add(doc[end - 1].lower_)
        return values

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


def _list_offices(head: Token) -> list[Token]:
    """Return the nouns for the office that a subject takes: "was sworn in as president", "became prime minister"."""
    verb = head.head
    if head.dep_ not in SUBJECT_LABELS or any(child.dep_ == "neg" for child in verb.children):
        return []
    if verb.lemma_ == "become":
        return [child for child in verb.children if child.dep_ == "attr"]
    taken = verb.lemma_ in _TAKING and head.dep_ == "nsubjpass"
    phrases = [child for child in verb.children if child.lower_ == "as" and child.dep_ == "prep"]
    return [noun for phrase in phrases if taken for noun in phrase.children if noun.dep_ == "pobj"]
