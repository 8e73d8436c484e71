"""Which state an office is held in that a text names without it, where the text gives one clear state."""

import sys
from collections import defaultdict
from collections.abc import Iterable

from ingest.arguments import SUBJECT_LABELS, VERBAL
from ingest.discourse import Discourse, climb_to_role
from ingest.office_words import Office
from ingest.parse import Token
from ingest.reference_states import States
from ingest.types import Finding, Mention

_REACH = 12
# How many sentences back the minister of a state may stand from another of the same state, in a text on several.
_NEAR = 2
_STATE_TYPES = frozenset({"country", "government-body", "security-force"})
_TITLED = ("title", "role", "name")
_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
# Whoever does this with somebody is of another state as often as not.
_MEETING = frozenset(
    {"consult", "fly", "greet", "host", "invite", "meet", "phone", "receive", "visit", "welcome", "counterpart",
     "delegation", "guest", "meeting", "reception", "summit", "talk", "tour", "visitor"}
)  # fmt: skip
# Where the holders of offices of many states come together.
_GATHERING = frozenset({"assembly", "conference", "convention", "delegate", "forum", "summit"})
# What a state does to the holders of its own offices.
_AT_HOME = frozenset(
    {"acquit", "appoint", "arrest", "charge", "clear", "convict", "detain", "dismiss", "elect", "fire", "impeach", "indict",
     "jail", "name", "nominate", "oust", "reappoint", "reelect", "remove", "replace", "reshuffle", "sack", "sentence",
     "summon", "suspend", "swear", "try"}
)  # fmt: skip
# What one says of another's forces sooner than of one's own.
_HOSTILE = frozenset(
    {"accuse", "attack", "blame", "condemn", "denounce", "fault", "slam", "threaten", "warn"}
)
_RIVALLING = frozenset(
    {"breakaway", "parallel", "rival", "secessionist", "self-declared", "self-proclaimed", "unrecognised", "unrecognized"}
)  # fmt: skip
_STATEHOOD = frozenset(
    {"administration", "cabinet", "government", "parliament", "premier", "president", "region", "republic", "state", "territory"}
)  # fmt: skip


# In the names of what has a president or premier of its own within a state.
_REGIONAL = frozenset({"autonomous", "region", "regional"})


class OfficeStates:
    """The states of a document's offices; built once, linear in mentions and findings.

    Args:
        findings: Those of titles and roles tie persons to states.
        dateline: The state that the document is dated from, if any.

    Attributes:
        ties: Codes of the states that titles tie persons to, by actor.
        held: Codes of the states in which persons were found to hold offices, by actor; whoever asks adds them.
    """

    def __init__(
        self, discourse: Discourse, states: States, findings: Iterable[Finding], dateline: str | None
    ) -> None:
        self._discourse = discourse
        self._home = states.home
        self._dateline = dateline if dateline is not None and states.outweighs(dateline) else None
        self.ties: dict[int, set[str]] = defaultdict(set)
        self.held: dict[int, set[str]] = defaultdict(set)
        self._titled: dict[int, set[str]] = defaultdict(set)
        for finding in findings:
            self._note_tie(finding)
        self._here: dict[int, list[Mention]] = defaultdict(list)
        self._named: set[str] = set()
        self._by_actor: dict[int, list[Mention]] = defaultdict(list)
        for mention in discourse.mentions:
            self._by_actor[mention.actor].append(mention)
            self._here[discourse.get_sentence(mention.block, mention.start_token)].append(mention)
            code = discourse.actors[mention.actor].country_code
            if code is not None and mention.type in _STATE_TYPES:
                self._named.add(code)
        self._parted = {
            actor.country_code
            for actor in discourse.actors
            if actor.type != "person" and not _REGIONAL.isdisjoint(actor.name.casefold().split())
        }
        # A text filed from a state that it speaks of turns back to it from any other.
        self._filed = dateline if dateline in self._named else None
        self._divided_from = self._find_rivals()

    def find(self, office: Office) -> str | None:
        """Return the country code of the state that an office is held in, or None where that is not clear.

        It is that of the person, where the gazetteer knows it and the text speaks of that state; else the one state of
        which the sentence and those before it speak. Nobody's is told in a text on rival governments, nor of those who
        meet or visit each other.
        """
        mention = self._discourse.mentions[office.person]
        person = self._discourse.actors[mention.actor]
        word = self._discourse.blocks[mention.block].doc[office.end - 1].lower_
        if self.ties.get(mention.actor) or word in self._titled[mention.actor]:
            return None
        if office.owner is not None:
            codes = self.ties[office.owner] | self.held[office.owner]
            return next(iter(codes)) if len(codes) == 1 else None
        sentence = self._discourse.get_sentence(mention.block, mention.start_token)
        if person.country_code is not None:
            parted = person.country_code in self._parted or sentence >= self._divided_from
            led = office.title.relation == "commands" and parted
            return person.country_code if person.country_code in self._named and not led else None
        if sentence >= self._divided_from or any(map(self._meets, self._by_actor[mention.actor])):
            return None
        own = self._list_strong(mention)
        home, near = self._home, self._find_near(mention, own)
        if self._filed is not None and near not in {self._filed, *own}:
            near = None
        if home is None:
            return near or self._find_home(mention, own, self._dateline)
        return self._find_home(mention, own, home) if near in {None, home} else None

    def _find_home(self, mention: Mention, own: set[str], home: str | None) -> str | None:
        """Return the state that a document is about, if the sentence and those before it speak of no other."""
        if home is None or not own <= {home} or not self._speaks_of(mention, home):
            return None
        return home if self._allows(mention, home) else None

    def _find_rivals(self) -> int:
        """Return the first sentence that tells of a second government, or of a state that few recognise."""
        told = (
            self._discourse.get_sentence(number, token.i)
            for number, block in enumerate(self._discourse.blocks)
            for token in block.doc
            if token.lower_ in _RIVALLING and token.head.lemma_.lower() in _STATEHOOD
        )
        return next(told, sys.maxsize)

    def _note_tie(self, finding: Finding) -> None:
        source, target = (self._discourse.mentions[end] for end in (finding.source, finding.target))
        code = self._discourse.actors[target.actor].country_code
        titled = finding.rule.startswith(_TITLED) and finding.kind in {"member-of", "commands"}
        if source.type != "person" or not titled:
            return
        self._titled[source.actor].add(
            self._discourse.blocks[finding.block].doc[finding.trigger_token].lower_
        )
        if code is not None and target.type in _STATE_TYPES:
            self.ties[source.actor].add(code)

    def _get_codes(self, mention: Mention) -> set[str]:
        """The state that a mention stands for: a state, its body or place, or who holds an office there."""
        if mention.type == "person":
            codes = self.ties.get(mention.actor, set())
            return codes if len(codes) == 1 else set()
        code = self._discourse.actors[mention.actor].country_code
        return {code} if code is not None and mention.type in {*_STATE_TYPES, "place"} else set()

    def _list_strong(self, mention: Mention) -> set[str]:
        """The states named before an office in its sentence, and those behind it that act or stand beside its holder."""
        found: set[str] = set()
        for other in self._list_own(mention):
            behind = other.start_token >= mention.end_token
            if not behind or self._is_subject(other) or self._is_joined(other, mention):
                found |= self._get_codes(other)
        return found

    def _list_own(self, mention: Mention) -> list[Mention]:
        sentence = self._discourse.get_sentence(mention.block, mention.start_token)
        return [other for other in self._here[sentence] if other.actor != mention.actor]

    def _get_head(self, mention: Mention) -> Token:
        return self._discourse.blocks[mention.block].doc[mention.head_token]

    def _is_subject(self, mention: Mention) -> bool:
        """Say whether somebody, or whom the name only describes, is the subject of a clause."""
        head = climb_to_role(self._get_head(mention))
        while head.dep_ in _MODIFIERS:
            head = climb_to_role(head.head)
        return head.dep_ in SUBJECT_LABELS or (head.dep_ == "pobj" and head.head.dep_ == "agent")

    def _is_joined(self, other: Mention, mention: Mention) -> bool:
        heads = {climb_to_role(self._get_head(one)).i for one in (other, mention)}
        return len(heads) == 1

    def _meets(self, mention: Mention) -> bool:
        """Say whether the sentence tells of people who meet or travel, or it or the one before of a gathering of states."""
        sentence = self._get_head(mention).sent
        doc = self._discourse.blocks[mention.block].doc
        before = doc[sentence.start - 1].sent if sentence.start else ()
        return any(token.lemma_.lower() in _MEETING for token in sentence) or any(
            token.lemma_.lower() in _GATHERING for part in (before, sentence) for token in part
        )

    def _allows(self, mention: Mention, home: str) -> bool:
        """Say whether the state does not deal with the holder as with one of another: "Kenya accused President Ruiz"."""
        holder = climb_to_role(self._get_head(mention))
        own, ruled = holder.dep_ in SUBJECT_LABELS, False
        for verb in holder.ancestors:
            if verb.pos_ not in VERBAL:
                continue
            ruled = ruled or verb.lemma_.lower() in _AT_HOME
            subjects = (
                child for child in verb.children if child.dep_ in SUBJECT_LABELS and child.i != holder.i
            )
            found = [self._discourse.find_at(mention.block, subject.i) for subject in subjects]
            acting = [one for one in found if one is not None and home in self._get_codes(one)]
            if any(self._looks_abroad(one) or (one.type in _STATE_TYPES and not own) for one in acting):
                return ruled
            own = own or any(child.dep_ in SUBJECT_LABELS for child in verb.children)
        return not self._acts_on(holder, mention, home)

    def _acts_on(self, holder: Token, mention: Mention, home: str) -> bool:
        """Say whether the holder does to the state or its force what one does to another's: "accused Kyrgyz border guards"."""
        if holder.dep_ not in SUBJECT_LABELS or holder.head.lemma_.lower() not in _HOSTILE:
            return False
        objects = (
            climb_to_role(self._get_head(other))
            for other in self._list_own(mention)
            if other.type in {"country", "security-force"} and home in self._get_codes(other)
        )
        return any(one.dep_ == "dobj" and one.head.i == holder.head.i for one in objects)

    def _looks_abroad(self, mention: Mention) -> bool:
        name = self._discourse.actors[mention.actor].name
        # "The authorities", as a text calls those at home, are its own.
        named = mention.resolution != "description"
        return (mention.type == "country" and named) or name.endswith("Foreign Ministry")

    def _speaks_of(self, mention: Mention, home: str) -> bool:
        """Say whether the last sentence that speaks of a state speaks of this one alone."""
        own = self._discourse.get_sentence(mention.block, mention.start_token)
        for sentence in range(own, max(-1, own - _REACH), -1):
            before = [
                other
                for other in self._here.get(sentence, ())
                if sentence < own or other.start_token < mention.start_token
            ]
            acting = self._join_codes(other for other in before if self._is_subject(other))
            if acting:
                return acting == {home}
            if home in self._join_codes(before):
                return True
        return True

    def _find_near(self, mention: Mention, own: set[str]) -> str | None:
        """The state of the last holder of an office or body of a state, in a text on several, if no other acts since."""
        current = self._discourse.get_sentence(mention.block, mention.start_token)
        for sentence in range(current, max(-1, current - _NEAR - 1), -1):
            before = [
                other
                for other in self._here.get(sentence, ())
                if other.actor != mention.actor
                and (sentence < current or other.start_token < mention.start_token)
            ]
            acting = [other for other in before if self._get_codes(other) and self._is_subject(other)]
            codes = self._join_codes(acting)
            if not codes:
                continue
            holders = [
                other
                for other in acting
                if other.type == "person" or other.type in _STATE_TYPES - {"country"}
            ]
            code = next(iter(codes))
            alone = len(codes) == 1 and own <= codes and (bool(holders) or self._is_set_apart(mention, code))
            return code if alone and self._allows(mention, code) else None
        return None

    def _is_set_apart(self, mention: Mention, code: str) -> bool:
        """Say whether the sentence has every other state that the text names as one that the holder speaks of."""
        others = self._join_codes(
            other for other in self._list_own(mention) if other.start_token >= mention.end_token
        )
        return code not in others and self._named - {code} <= others

    def _join_codes(self, mentions: Iterable[Mention]) -> set[str]:
        return {code for mention in mentions for code in self._get_codes(mention)}
