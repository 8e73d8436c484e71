"""Whom "he", "they", "the group" and "the prime minister" stand for in a document; what is not clear stays open."""

from collections.abc import Sequence

from ingest.attribution import Speakers
from ingest.binding import binds
from ingest.cataphora import find_following
from ingest.descriptions import Describer
from ingest.discourse import (
    OBJECTS,
    SUBJECTS,
    Discourse,
    Place,
    climb_to_role,
    find_noun_subjects,
    has_subject,
)
from ingest.gazetteer import Gazetteer
from ingest.genders import Gender, guess_gender, read_gender
from ingest.parallels import (
    acted_on_another,
    acts_above,
    acts_beside,
    are_told_of_together,
    find_judging_verb,
    goes_on_unknown,
    is_met_beside,
    is_object,
    is_still_met,
    list_parallel,
    tells_by_whom,
)
from ingest.parse import Token
from ingest.rivals import list_rivals
from ingest.types import Actor, Mention, ParsedBlock

_PERSONAL: dict[str, Gender] = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
_SINGULAR_THINGS = frozenset({"it", "its", "itself"})
_PLURALS = frozenset({"they", "them", "their", "themselves"})
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})
_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
_THING_TYPES = frozenset(
    {"country", "organization", "armed-group", "party", "government-body", "security-force", "media"}
)
_PLURAL_TYPES = frozenset({"armed-group", "community", "security-force", "party"})
_LED_TYPES = frozenset({"armed-group", "organization", "party"})
_COMMANDED = frozenset({"mission", "force", "forces", "contingent", "movement", "front", "army"})
_HEADS_OF_GROUPS = frozenset({"leader", "founder", "chairman", "chairwoman", "spokesman", "spokeswoman"})
_WEATHER_VERBS = frozenset({"seem", "appear", "happen", "turn", "rain", "take", "become", "remain"})
_SPEECH = frozenset(
    {"say", "add", "write", "ask", "warn", "tell", "note", "stress", "explain", "continue", "argue", "claim"}
)
_MET = frozenset({"dative", "dobj"})
_TAKEN_UP, _STILL_MET, _BY_WHOM = 2.5, 4.0, 5.0


def resolve_references(
    text: str,
    blocks: Sequence[ParsedBlock],
    mentions: Sequence[Mention],
    actors: Sequence[Actor],
    gazetteer: Gazetteer,
) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """Return the mentions with those added that are pronouns and descriptions, in text order, and the actors they mean.

    To the actors given are added the forces and bodies that are clearly those of a state: "the army" of the state that
    the document is about.

    A reference is resolved only where one antecedent is clearly the likeliest: the one of the right kind that is
    alone in reach, or the subject among several. Reach is the sentence and the two before it.

    Args:
        text: The document as it is stored.
        blocks: Its parsed blocks.
        mentions: Its names.
        actors: What the mentions' `actor` indexes into.
        gazetteer: What is known of places and states.

    Cost: linear in tokens.
    """
    discourse = Discourse(blocks, mentions, actors)
    resolver = _Resolver(text, discourse, gazetteer)
    for number, (_, doc) in enumerate(blocks):
        for token in doc:
            resolver.read(number, token)
    resolver.resolve_speakers()
    ordered = tuple(sorted(discourse.mentions, key=lambda m: (m.start_char, m.end_char)))
    return tuple(discourse.actors), ordered


class _Resolver:
    """Reads a document token by token and adds what it can resolve to the discourse."""

    def __init__(self, text: str, discourse: Discourse, gazetteer: Gazetteer) -> None:
        self._text = text
        self._discourse = discourse
        self._describer = Describer(discourse, gazetteer)
        self._genders = self._read_genders()
        self._first_persons: list[tuple[int, int]] = []
        self._speakers = Speakers(discourse.blocks, discourse.mentions, discourse.actors)

    def read(self, block: int, token: Token) -> None:
        """Resolve one token, if it is a pronoun or heads a description that takes somebody up."""
        word = token.lower_
        if token.pos_ not in {"PRON", "NOUN", "PROPN"} or self._discourse.is_covered(block, token.i):
            return
        if word.endswith(("self", "selves")) and token.dep_ == "appos":
            return  # "The shrine itself" only stresses the noun.
        if word in _PERSONAL and token.pos_ == "PRON":
            person = self._find_person(block, token)
            if person is not None:
                self._genders.setdefault(person, _PERSONAL[word])  # who was "he" is not "she" further down
            self._add(block, token.i, token.i + 1, token, person, "pronoun")
        elif word in _SINGULAR_THINGS and not _is_empty(token):
            self._add(block, token.i, token.i + 1, token, self._find_thing(block, token), "pronoun")
        elif word in _PLURALS:
            self._add(block, token.i, token.i + 1, token, self._find_plural(block, token), "pronoun")
        elif token.pos_ == "PRON" and (word in _FIRST_PERSON or word in _FIRST_PLURAL):
            # Only where it stands is kept: the token would keep its whole parse.
            self._first_persons.append((block, token.i))
        elif token.pos_ != "PRON":
            found = self._describer.find(block, token)
            if found is not None:
                self._add(block, found.start, token.i + 1, token, found.actor, "description")

    def resolve_speakers(self) -> None:
        """Resolve "I" in quotations to the person who speaks, and "we" to the state or body that speaks.

        "We" of an office holder is the state whose office it is, of a leader or spokesman the body; of anybody else it
        stays open.
        """
        if not self._first_persons:
            return
        speakers = Speakers(self._discourse.blocks, tuple(self._discourse.mentions), self._discourse.actors)
        for block, index in self._first_persons:
            token = self._discourse.blocks[block].doc[index]
            speaker = speakers.find_speaker(block, token.i)
            if speaker is not None and speaker.mention is not None:
                actor: int | None = self._discourse.mentions[speaker.mention].actor
                person = self._discourse.mentions[speaker.mention].type == "person"
                if token.lower_ in _FIRST_PLURAL:
                    actor = self._describer.find_own(actor) if person and actor is not None else actor
                elif not person:
                    actor = None
                self._add(block, token.i, token.i + 1, token, actor, "pronoun")

    def _add(self, block: int, start: int, end: int, head: Token, actor: int | None, resolution: str) -> None:
        if actor is None:
            return
        parsed = self._discourse.blocks[block]
        span = parsed.doc[start:end]
        start_char = parsed.block.start_char + span.start_char
        end_char = parsed.block.start_char + span.end_char
        self._discourse.add(
            Mention(
                start_char, end_char, self._text[start_char:end_char], self._discourse.actors[actor].type, actor,
                "pronoun" if resolution == "pronoun" else "description", block, start, end, head.i,
            )
        )  # fmt: skip

    def _read_genders(self) -> dict[int, Gender]:
        """Return the gender of each person of whom the text or the name tells it."""
        genders: dict[int, Gender] = {}
        for mention in self._discourse.mentions:
            if mention.type == "person" and mention.actor not in genders:
                doc = self._discourse.blocks[mention.block].doc
                told = read_gender(doc, mention.start_token, mention.end_token)
                actor = self._discourse.actors[mention.actor]
                told = told or guess_gender((actor.name, *actor.aliases))
                if told is not None:
                    genders[mention.actor] = told
        return genders

    def _find_person(self, block: int, token: Token) -> int | None:
        gender = _PERSONAL[token.lower_]
        quoting = self._speakers.find_speaker(block, token.i)
        speaker = (
            self._discourse.mentions[quoting.mention].actor
            if quoting and quoting.mention is not None
            else None
        )
        in_quote = speaker is not None and _is_quoted(token)
        # A speaker who is quoted at length is "he" again after the quotation.
        reach = 5 if token.dep_ == "nsubj" and token.head.lemma_ in _SPEECH else 2
        places = [
            place
            for place in self._discourse.iter_before(block, token.i, sentences=reach)
            if self._discourse.mentions[place.mention].type == "person"
            and self._genders.get(self._discourse.mentions[place.mention].actor, gender) == gender
            and not (in_quote and self._discourse.mentions[place.mention].actor == speaker)
        ]
        places = self._drop_bound(places, block, token)
        if (ahead := self._find_ahead(block, token, gender, named=bool(places))) is not None:
            return ahead
        if token.dep_ in OBJECTS and goes_on_unknown(self._discourse, block, token):
            return None
        chosen = self._choose(places, block, token)
        if chosen is None or acted_on_another(self._discourse, places, chosen, token):
            return None
        return None if self._has_nameless_rival(chosen, places, block, token) else chosen

    def _find_ahead(self, block: int, token: Token, gender: Gender, *, named: bool) -> int | None:
        """Return the person that follows a pronoun at the head of a sentence, where nobody `named` before may be meant."""
        following = find_following(token)
        if following is None or (named and not following.is_sure):
            return None
        found = self._discourse.find_at(block, following.name.i)
        if found is None or found.type != "person" or self._genders.get(found.actor, gender) != gender:
            return None
        return found.actor

    def _has_nameless_rival(self, actor: int, places: Sequence[Place], block: int, token: Token) -> bool:
        """Say whether somebody without a name acts in between: "a spokesman said ... he added"."""
        last = next(place for place in places if self._discourse.mentions[place.mention].actor == actor)
        mention = self._discourse.mentions[last.mention]
        doc = self._discourse.blocks[block].doc
        start = mention.end_token if mention.block == block else 0
        own = self._discourse.get_sentence(block, token.i)
        return any(
            noun.tag_ == "NN"
            and not self._discourse.is_covered(block, noun.i)
            and self._describer.is_person_noun(noun)
            and (self._discourse.get_sentence(block, noun.i) == own or not _is_in_passing(noun))
            for noun in find_noun_subjects(doc, start, token.i)
        )

    def _find_thing(self, block: int, token: Token) -> int | None:
        if self._takes_up_object(block, token):
            return None
        if (told := self._find_spoken_for(block, token)) is not None:
            return told
        places = [
            place
            for place in self._discourse.iter_before(block, token.i, sentences=1)
            if self._discourse.mentions[place.mention].type in _THING_TYPES and not self._is_modifier(place)
        ]
        places = self._drop_bound(places, block, token)
        if parallel := list_parallel(self._discourse, places, block, token):
            again = token.head.lemma_ == token.head.head.lemma_
            return parallel[0] if again and len(parallel) == 1 else None
        if token.tag_ == "PRP$" and token.head.lemma_.lower() in _HEADS_OF_GROUPS:
            # A court and a state have no "leader"; a party has.
            led = [p for p in places if self._discourse.mentions[p.mention].type in _LED_TYPES]
            places = led or places
        if token.tag_ == "PRP$" and token.head.lemma_.lower() == "commander":
            places = [place for place in places if self._is_commanded(place)]
        chosen = self._choose_subject(places, block, token, plural=False)
        return None if self._may_mean_place(chosen, block, token) else chosen

    def _may_mean_place(self, actor: int | None, block: int, token: Token) -> bool:
        """Say whether a place is what the sentence has been about: "Sulu left: the court excluded it"."""
        start = token.sent.start
        if token.tag_ == "PRP$":
            return False
        for place in self._discourse.iter_before(block, token.i, sentences=0):
            mention = self._discourse.mentions[place.mention]
            if mention.actor == actor or mention.start_token < start:
                return False
            if mention.type == "place" and place.subject and place.main:
                return True
        return False

    def _find_spoken_for(self, block: int, token: Token) -> int | None:
        """Return the body of whose own a spokesman tells: "a spokesman for the union said its envoy would come"."""
        owned = token.head.head if token.head.dep_ in {"compound", "nmod"} else token.head
        verb = owned.head
        if token.tag_ != "PRP$" or owned.dep_ not in SUBJECTS or verb.dep_ != "ccomp":
            return None
        spokesmen = [child for child in verb.head.children if child.dep_ in SUBJECTS]
        if verb.head.lemma_ not in _SPEECH or not any(one.lower_.startswith("spokes") for one in spokesmen):
            return None
        ends = (
            end
            for one in spokesmen
            for link in one.children
            if link.lower_ in {"for", "of"}
            for end in link.children
        )
        found = [self._discourse.find_at(block, end.i) for end in ends if end.dep_ == "pobj"]
        return next((one.actor for one in found if one is not None and one.type in _THING_TYPES), None)

    def _is_commanded(self, place: Place) -> bool:
        """Say whether somebody has commanders: a force, a group, a mission; not the union that pays them."""
        words = self._discourse.get_actor(place).name.casefold().split()
        mission = not _COMMANDED.isdisjoint(words)
        return self._discourse.mentions[place.mention].type in {"armed-group", "security-force"} or mission

    def _takes_up_object(self, block: int, token: Token) -> bool:
        """Say whether "it" is what the verb before had as its object, no actor: "opposed the bill and then endorsed it"."""
        if token.dep_ != "dobj" or token.head.dep_ != "conj":
            return False
        return any(
            noun.dep_ == "dobj" and noun.tag_ == "NN" and not self._discourse.is_covered(block, noun.i)
            for noun in token.head.head.children
        )

    def _find_plural(self, block: int, token: Token) -> int | None:
        if are_told_of_together(self._discourse, block, token):
            return None
        places = [
            place
            for place in self._discourse.iter_before(block, token.i, sentences=1)
            if self._is_plural(place) and not self._is_modifier(place)
        ]
        return self._choose_subject(self._drop_bound(places, block, token), block, token, plural=True)

    def _drop_bound(self, places: Sequence[Place], block: int, token: Token) -> list[Place]:
        """Return the places of those whom grammar lets a pronoun mean, whatever else was said of the others before."""
        mentions = self._discourse.mentions
        bound = {
            mentions[place.mention].actor for place in places if binds(self._discourse, place, block, token)
        }
        free = [place for place in places if mentions[place.mention].actor not in bound]
        verb = find_judging_verb(token)
        judged = [
            place for place in free if verb is not None and is_object(self._discourse, place, block, verb)
        ]
        return judged or free

    def _is_plural(self, place: Place) -> bool:
        head = self._discourse.get_head(place)
        return self._discourse.mentions[place.mention].type in _PLURAL_TYPES or (
            head.tag_ in {"NNS", "NNPS"} and self._discourse.mentions[place.mention].type != "place"
        )

    def _is_modifier(self, place: Place) -> bool:
        """Say whether a mention only describes another noun: "ISIS attacks", "the Iraqi border"."""
        return self._discourse.get_head(place).dep_ in {"compound", "amod", "nmod"}

    def _choose(self, places: Sequence[Place], block: int, token: Token) -> int | None:
        """Return the likeliest person: nearest sentence first, subjects before others, main clauses first."""
        if not places:
            return None
        current = self._discourse.get_sentence(block, token.i)
        ranked: dict[int, float] = {}
        here = {self._discourse.mentions[p.mention].actor for p in places if p.sentence == current}
        for order, place in enumerate(places):
            actor = self._discourse.mentions[place.mention].actor
            head = self._discourse.get_head(place)
            by_whom = tells_by_whom(head)
            score = 3.0 - 2.0 * (current - place.sentence) - 0.1 * order
            if token.dep_ not in OBJECTS or place.sentence < current:
                score += 2.0 * place.subject + 1.0 * place.main
            elif (is_met_beside(self._discourse, place, block, token) and len(here) == 1) or acts_beside(
                self._discourse, place, block, token
            ):
                score += 2.0
            score += _TAKEN_UP * (place.sentence == current and self._is_taken_up(place))
            if token.tag_ == "PRP$" and place.sentence == current:
                score += 1.0
            score += 2.0 * acts_above(self._discourse, place, block, token)
            if is_still_met(self._discourse, place, current):
                score += _STILL_MET if token.dep_ in OBJECTS else 1.0
            score -= 2.0 * (by_whom and place.sentence < current)
            score -= _BY_WHOM * (by_whom and token.tag_ == "PRP$")
            if head.dep_ in {"poss", "compound"}:
                score -= 1.0
            ranked[actor] = max(score, ranked.get(actor, score))
        best = sorted(ranked, key=lambda actor: -ranked[actor])
        if len(best) > 1 and ranked[best[0]] - ranked[best[1]] < 0.5:
            return None
        # Somebody else was named since: whose he is is anybody's guess, unless he says something.
        last = max(p.sentence for p in places if self._discourse.mentions[p.mention].actor == best[0])
        goes_on = token.sent.start > 0
        passed_over = any(
            place.sentence > last and not (goes_on and tells_by_whom(self._discourse.get_head(place)))
            for place in places
        )
        return None if passed_over and token.head.lemma_ not in _SPEECH else best[0]

    def _is_taken_up(self, place: Place) -> bool:
        """Say whether a place is a pronoun that acts or is acted on, so that the sentence is about whoever it means."""
        mention, head = self._discourse.mentions[place.mention], self._discourse.get_head(place)
        told_aside = any(ancestor.dep_ == "relcl" for ancestor in head.ancestors)
        return mention.resolution == "pronoun" and head.dep_ in SUBJECTS | OBJECTS and not told_aside

    def _choose_subject(
        self, places: Sequence[Place], block: int, token: Token, *, plural: bool
    ) -> int | None:
        """Return the only plausible antecedent, or the only one that is a subject; None where a noun competes."""
        actors = list(dict.fromkeys(self._discourse.mentions[place.mention].actor for place in places))
        subjects = [place for place in places if place.subject]
        chosen = list(dict.fromkeys(self._discourse.mentions[place.mention].actor for place in subjects))
        current = self._discourse.get_sentence(block, token.i)
        if len(actors) > 1 and self._discourse.blocks[block].block.kind == "post":
            return None
        if len(chosen) > 1:
            near = [place for place in subjects if place.sentence == current] or [
                p for p in subjects if p.main
            ]
            subjects = near
            chosen = list(dict.fromkeys(self._discourse.mentions[place.mention].actor for place in near))
        if len(chosen) == 1:
            if self._is_between_two(subjects[0], places, current, token):
                return None
            return chosen[0] if not self._has_rival(subjects[0], block, token, plural=plural) else None
        if len(actors) == 1 and not chosen and places[0].sentence == current:
            if token.dep_ in OBJECTS and self._is_aside(places[0], token):
                return None
            return actors[0] if not self._has_rival(places[0], block, token, plural=plural) else None
        return None

    def _is_aside(self, place: Place, token: Token) -> bool:
        """Say whether a name only tells who another was: "The Union, a wing of the League, fled, and the army shot at them"."""
        head = self._discourse.get_head(place)
        noun = head.head.head
        verb = next((above for above in token.ancestors if above.pos_ in {"VERB", "AUX"}), token)
        return head.dep_ == "pobj" and noun.dep_ == "appos" and noun.head.head != verb

    def _is_between_two(self, subject: Place, places: Sequence[Place], current: int, token: Token) -> bool:
        """Say whether a pronoun in a clause of its own has another name nearer: "sent men to Iraq to train its army"."""
        if subject.sentence != current:
            return False
        chosen = self._discourse.mentions[subject.mention]
        nearer = [
            place
            for place in places
            if place.sentence == current
            and self._discourse.mentions[place.mention].start_token > chosen.start_token
            and self._discourse.mentions[place.mention].actor != chosen.actor
        ]
        verbs = (a for a in token.ancestors if a.pos_ in {"VERB", "AUX"} and a.lower_ != "according")
        verb = next(verbs, None)
        if not nearer or verb is None:
            return False
        # "Chad let Niger land there, and Oman sold it fuel": either.
        roles = {climb_to_role(self._discourse.get_head(place)).dep_ for place in nearer}
        met = token.dep_ in _MET and bool(roles & (SUBJECTS | _MET))
        return met or not has_subject(verb)

    def _has_rival(self, place: Place, block: int, token: Token, *, plural: bool) -> bool:
        """Say whether a common noun that is a subject stands between, which the pronoun may mean as well."""
        mention = self._discourse.mentions[place.mention]
        doc = self._discourse.blocks[block].doc
        start = mention.end_token if mention.block == block else 0
        rivals = list_rivals(doc, start, token, mention, plural=plural)
        if token.tag_ == "PRP$" and self._describer.is_person_noun(token.head):
            rivals = [noun for noun in rivals if self._describer.is_body_noun(noun)]
        return any(not self._discourse.is_covered(block, noun.i) for noun in rivals)


def _is_in_passing(noun: Token) -> bool:
    """Say whether a noun is only the subject of a clause that tells of somebody else: "Ito, whose father was a clerk,"."""
    return any(above.dep_ in {"relcl", "advcl", "acl"} for above in (noun.head, *noun.head.ancestors))


def _is_empty(token: Token) -> bool:
    """Say whether "it" stands for nothing: "it is clear that", "it seems"."""
    if token.dep_ == "dobj" and token.head.lemma_ == "make":
        return True
    if token.lower_ != "it" or token.dep_ not in {"nsubj", "nsubjpass", "expl"}:
        return token.dep_ == "expl"
    verb = token.head
    if verb.lemma_ in _WEATHER_VERBS:
        return True
    if verb.lemma_ == "be" or token.dep_ == "nsubjpass":
        return any(child.dep_ in {"ccomp", "xcomp", "advcl", "acl", "csubj"} for child in verb.subtree)
    return False


def _is_quoted(token: Token) -> bool:
    """Say whether a token stands between quotation marks of its block."""
    return sum(other.text == '"' for other in token.doc[: token.i]) % 2 == 1
