"""Which state a passage is about, and its forces and bodies that stand without its name: "the army", "police"."""

from collections import defaultdict
from typing import NamedTuple

from ingest.arguments import SUBJECT_LABELS
from ingest.cues import get_cues
from ingest.discourse import Discourse, climb
from ingest.gazetteer import Gazetteer
from ingest.lexicon import ForceHead, Lexicon, per_lexicon, read_words
from ingest.names import get_forces, get_name_words
from ingest.parse import Token
from ingest.stance_forces import SEATS
from ingest.state_bodies import find_body_named
from ingest.types import Actor, Mention

_WEIGHTS = {"place": 2.0, "country": 1.0, "person": 0.5}
_DATELINE = 3.0
_DATELINE_WORDS = 14
_DASHES = frozenset({"-", "--", "\u2013", "\u2014"})
_CLEAR = 2.0
_REACH = 12
_STATE_TYPES = frozenset({"country", "government-body", "security-force", "person"})
_DETERMINERS = frozenset({"the"})


class _Words(NamedTuple):
    """The word lists of descriptions.yaml for what is a state's."""

    state_bodies: frozenset[str]
    bare_forces: frozenset[str]


@per_lexicon
def _get_words(lexicon: Lexicon) -> _Words:
    return _Words(*(frozenset(read_words(lexicon.folders, "descriptions", name)) for name in _Words._fields))


class StateBody(NamedTuple):
    """The words from token `start` up to their noun, and whom they stand for."""

    start: int
    actor: int


class States:
    """The states of a document by sentence, and the one that it is about; built once, linear in mentions.

    Attributes:
        home: The code of the state that the document is about; None where it is none or several.
    """

    def __init__(self, discourse: Discourse, gazetteer: Gazetteer) -> None:
        self._discourse = discourse
        self._gazetteer = gazetteer
        self._forces = get_name_words(gazetteer.lexicon).forces
        self._codes: dict[int, set[str]] = {}
        self._states: dict[int, set[str]] = {}
        self._taken: dict[tuple[str, str], int | None] = {}
        self._weights: dict[str, float] = defaultdict(float)
        self.home = self._find_home()

    def find(self, block: int, noun: Token) -> StateBody | None:
        """Return the force or body that a noun without a state's name heads, of the state that the passage is about."""
        start, values = self._forces.match_to(noun.doc, noun.i + 1)
        forces = [force for force in get_forces(values) if not force.needs_name]
        if not forces or noun.dep_ in {"compound", "nmod", "amod"}:
            return None
        words = noun.doc[start : noun.i + 1].text.casefold()
        before = noun.doc[start - 1] if start > 0 else None
        if before is not None and before.lower_ in _DETERMINERS:
            fits, first = words in _get_words().state_bodies and not _is_narrowed(noun, start), start - 1
        else:
            fits, first = words in _get_words().bare_forces and _stands_bare(noun, start), start
        code = self._find_named_code(block, noun) or self.find_code(block, noun) if fits else None
        actor = self.find_body(code, forces[0]) if code is not None else None
        if actor is None or actor in self._discourse.list_beside(block, noun):
            return None
        return StateBody(first, actor)

    def _find_named_code(self, block: int, noun: Token) -> str | None:
        """The state of the place behind "in", where those who act there are its own: "authorities in Lagos"."""
        for phrase in noun.children:
            if phrase.dep_ == "prep" and phrase.lower_ == "in" and noun.lower_ == "authorities":
                for pobj in phrase.children:
                    mention = self._discourse.find_at(block, pobj.i) if pobj.dep_ == "pobj" else None
                    if mention is not None:
                        return self._discourse.actors[mention.actor].country_code
        return None

    def is_force(self, noun: Token, start: int) -> bool:
        """Say whether the words from `start` up to a noun are one term for a force or body: "foreign ministry"."""
        begins, values = self._forces.match_to(noun.doc, noun.i + 1)
        return bool(values) and begins <= start

    def allows(self, block: int, noun: Token, actor: int) -> bool:
        """Say whether a noun for a state's force or body may mean this one, in a passage on another state."""
        start, values = self._forces.match_to(noun.doc, noun.i + 1)
        words = noun.doc[start : noun.i + 1].text.casefold()
        if not values or words not in _get_words().state_bodies:
            return True
        home, own = self.find_code(block, noun), self._discourse.actors[actor].country_code
        return home is None or own is None or home == own

    def find_owned(self, noun: Token, country: int) -> int | None:
        """Return the force or body of a known state that a noun heads: "its army", "its foreign ministry"."""
        start, values = self._forces.match_to(noun.doc, noun.i + 1)
        forces = [force for force in get_forces(values) if not force.needs_name and not force.weak]
        code = self._discourse.actors[country].country_code
        if not forces or code is None or start == 0 or not _is_owner(noun.doc[start - 1]):
            return None
        fits = forces[0].type in {"security-force", "government-body"}
        return self.find_body(code, forces[0]) if fits and not _is_narrowed(noun, start) else None

    def find_code(self, block: int, noun: Token) -> str | None:
        """Return the country code of the state that a passage is about, or None where another comes near."""
        if told := self._find_told(block, noun):
            return told
        home = self.home
        if home is None:
            return None
        own = self._discourse.get_sentence(block, noun.i)
        for sentence in range(own, max(-1, own - _REACH), -1):
            if codes := self._codes.get(sentence):
                # Where two states were spoken of just before, "the army" may be that of either.
                if home not in codes or (sentence < own and len(self._states.get(sentence, ())) > 1):
                    return None
                break
        return None if self._acts_another(block, noun, home) else home

    def _find_told(self, block: int, noun: Token) -> str | None:
        """Return the state of whom a body speaks: "Chad's army fled, the defence ministry said"."""
        if noun.dep_ not in SUBJECT_LABELS or noun.head.lemma_ not in get_cues().speech_verbs:
            return None
        clauses = [child for child in noun.head.children if child.dep_ == "ccomp" and child.i < noun.i]
        ends = [child for clause in clauses for child in clause.children if child.dep_ in SUBJECT_LABELS]
        found = (self._discourse.find_at(block, end.i) for end in ends)
        states = [mention for mention in found if mention is not None and mention.type in _STATE_TYPES]
        return self._discourse.actors[states[0].actor].country_code if states else None

    def find_body(self, code: str, force: ForceHead) -> int | None:
        """Return a state's own force, body or government, taken into the document's actors where it is new."""
        if (code, force.id) not in self._taken:
            self._taken[code, force.id] = self._make_body(code, force)
        return self._taken[code, force.id]

    def take_state(self, code: str) -> int | None:
        """Return a state, taken into the document's actors where it is new; None where the code is none."""
        country = self._gazetteer.lexicon.countries_by_iso.get(code)
        if country is None:
            return None
        return self._take(Actor(country.name, country.name, "country", (), country.id, code))

    def outweighs(self, code: str) -> bool:
        """Say whether a document dated from a state names no other as much."""
        others = (weight for other, weight in self._weights.items() if other != code)
        return self._weights.get(code, 0.0) + _DATELINE > max(others, default=0.0)

    def _make_body(self, code: str, force: ForceHead) -> int | None:
        country = self._gazetteer.lexicon.countries_by_iso.get(code)
        if country is None:
            return None
        if force.suffix is None:
            return self.take_state(code) if force.type == "country" else None
        adjective = country.adjectives[0] if country.adjectives else country.name
        name = f"{adjective} {force.suffix}"
        known = find_body_named(self._gazetteer, name)
        if known is None:
            return self._take(Actor(name, name, force.type, (), None, code))
        return self._take(Actor(known[0], known[0], known[1], (), known[2], code))

    def _take(self, wanted: Actor) -> int:
        for number, actor in enumerate(self._discourse.actors):
            same_id = wanted.known_id is not None and actor.known_id == wanted.known_id
            if same_id or (actor.name.casefold() == wanted.name.casefold() and actor.type == wanted.type):
                return number
        return self._discourse.add_actor(wanted)

    def _find_home(self) -> str | None:
        """Return the state that a document names, with its places and people, at least twice as much as any other."""
        weights = self._weights
        dateline = None
        for mention in self._discourse.mentions:
            actor = self._discourse.actors[mention.actor]
            if actor.country_code is None:
                continue
            if mention.text.casefold() in SEATS:
                continue  # bodies of many states sit there
            weights[actor.country_code] += _WEIGHTS.get(actor.type, 1.0)
            if actor.type != "person":
                sentence = self._discourse.get_sentence(mention.block, mention.start_token)
                self._codes.setdefault(sentence, set()).add(actor.country_code)
                if actor.type == "country":
                    self._states.setdefault(sentence, set()).add(actor.country_code)
            if dateline is None and self._is_dateline(mention):
                dateline = actor.country_code
                weights[dateline] += _DATELINE
        ranked = sorted(weights.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
            return None
        return ranked[0][0]

    def _is_dateline(self, mention: Mention) -> bool:
        parsed = self._discourse.blocks[mention.block]
        following = parsed.doc[mention.end_token : mention.end_token + _DATELINE_WORDS]
        return (
            parsed.block.kind == "paragraph"
            and mention.start_token == 0
            and mention.type in {"place", "country"}
            and any(token.text in _DASHES for token in following)
        )

    def _acts_another(self, block: int, noun: Token, home: str) -> bool:
        """Say whether somebody of another state acts or speaks in a clause around a noun: "Turkey said the army"."""
        for verb in noun.ancestors:
            for child in verb.children:
                if child.dep_ not in SUBJECT_LABELS or child.i == climb(noun).i:
                    continue
                mention = self._discourse.find_at(block, child.i)
                if mention is None or mention.type not in _STATE_TYPES:
                    continue
                if self._discourse.actors[mention.actor].country_code not in {None, home}:
                    return True
        return False


def _is_owner(token: Token) -> bool:
    return token.tag_ in {"PRP$", "POS"}


def _is_narrowed(noun: Token, start: int) -> bool:
    """Say whether more is said of which body it is: "the army of the north", "the police who fired"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"of", "from", "for"}:
            return True
        if child.dep_ == "relcl" and noun.i + 1 < len(noun.doc) and noun.nbor(1).text != ",":
            return True
        if child.dep_ in {"amod", "compound", "nummod", "nmod", "appos"} and child.i < start:
            return True
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else None
    return following is not None and (following.text == "-" or following.pos_ == "PROPN")


def _stands_bare(noun: Token, start: int) -> bool:
    """Say whether a force without an article acts: "police arrested", "was shot by soldiers"."""
    if _is_narrowed(noun, start) or any(
        child.dep_ in {"det", "poss"} or child.lower_ in {"no", "and", "or"} for child in noun.children
    ):
        return False
    return noun.dep_ in SUBJECT_LABELS or (noun.dep_ == "pobj" and noun.head.dep_ == "agent")
