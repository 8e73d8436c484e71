"""Which mentions stand behind a word of a parse: the name itself, or the owner of what the word names."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.adherents import find_country, find_employer, find_group, find_state
from ingest.antecedents import find_antecedent
from ingest.arguments import (
    OBJECT_LABELS,
    find_holders,
    find_modifiers,
    find_subjects,
    get_obliques,
    is_passive,
)
from ingest.conjuncts import expand_conjuncts
from ingest.parse import Doc, Token
from ingest.triggers import find_verb_frames, get_triggers
from ingest.types import Mention

_FOES = frozenset(
    {"adversary", "antagonist", "challenger", "critic", "detractor", "enemy", "foe", "opponent", "rival", "sceptic", "skeptic"}
)  # fmt: skip
QUANTITIES = frozenset(
    {
        "all", "any", "bulk", "coalition", "dozen", "each", "faction", "few", "group", "handful", "hundred",
        "majority", "many", "member", "most", "none", "number", "one", "part", "remnant", "rump", "score", "series", "several", "some",
        "thousand", "wing",
    }
)  # fmt: skip
_DEEDS = frozenset(
    {
        "act", "action", "attempt", "case", "charge", "claim", "decision", "demand", "effort", "event", "idea", "incident",
        "killing", "law", "measure", "move", "offer", "outcome", "plan", "policy", "process", "proposal", "result", "sign",
        "stance", "step", "view", "vote",
    }
)  # fmt: skip
# Bodies that act for themselves, whoever leads them.
_BODIES = frozenset({"movement", "group", "organisation", "organization", "network", "outfit"})
# What somebody may be given or denied: "opposes a third term for Maliki".
_OFFICES = frozenset(
    {"term", "mandate", "nomination", "candidacy", "premiership", "immunity", "pardon", "amnesty"}
)
_MEN = frozenset({"boy", "foot-soldier", "henchman", "lad", "man", "thug"})
# In tokens: how far from several the name of one of them may stand.
_FAR = 30
# Those a body sends speak for it; a Kenyan expert speaks for nobody.
_BRANCHES = frozenset({"affiliate", "arm", "branch", "chapter", "offshoot", "wing"})
_EXPERTS = frozenset({"analyst", "expert", "monitor", "observer", "researcher"})
# Organs that a state alone has: "prosecutors in Guatemala" are Guatemala's, as "rebels in Guatemala" are not.
_STATE_ORGANS = frozenset(
    {"authorities", "authority", "court", "government", "judge", "junta", "military", "parliament", "police", "prosecutor",
     "regime"}
)  # fmt: skip
# Who are loyal to somebody, and act for themselves.
_OFFICIALS = frozenset({"judge", "lawmaker", "minister", "official", "politician", "prosecutor"})
# What is sent at somebody, and how: "missiles fired by Israel" are Israel's own.
_WEAPONS = frozenset(
    {"bomb", "drone", "missile", "mortar", "rocket", "round", "shell", "shot", "warplane", "jet"}
)
# Who helps others to a deal has none with them.
_BROKERING = frozenset({"broker", "host", "mediate", "monitor"})
_SENDING = frozenset({"drop", "fire", "fly", "launch", "lob", "shoot"})
# After a hyphen these say who acts: "the Saudi-led campaign".
_LEADING = frozenset({"imposed", "launched", "led", "ordered", "run", "staged"})
_BODY_TYPES = frozenset({"armed-group", "government-body", "media", "organization", "party"})
HYPHENS = frozenset({"-", "\u2010", "\u2011", "\u2013"})
OWN_NAMED = 1.0
BY_STAND_IN = 0.95
BY_DEED = 0.85


class Bearer(NamedTuple):
    """A mention behind a word, and how surely: 1 when the word is its name."""

    mention: int
    sure: float


class Roster:
    """The mentions of one block by token.

    Args:
        mentions: All mentions of the document.
        here: Which of them lie in this block, as indices; all are looked through where it is not given.
    """

    def __init__(
        self, doc: Doc, block: int, mentions: Sequence[Mention], here: Iterable[int] | None = None
    ) -> None:
        self.doc = doc
        self.mentions = mentions
        self._by_token: dict[int, int] = {}
        if here is None:
            here = [index for index, mention in enumerate(mentions) if mention.block == block]
        # The longest is written last, so that "Iraq" within "Iraqi Parliament" does not stand for itself.
        for index in sorted(here, key=lambda index: mentions[index].end_token - mentions[index].start_token):
            for token in range(mentions[index].start_token, mentions[index].end_token):
                self._by_token[token] = index
        self.tokens = frozenset(self._by_token)

    def get(self, token: Token) -> int | None:
        """Return the mention that a token lies in."""
        return self._by_token.get(token.i)

    def find_sources(self, tokens: Iterable[Token]) -> list[Bearer]:
        """Return who acts when these words act: names, and actors behind officials, forces and the like."""
        return self._find_all(tokens, as_target=False)

    def find_targets(self, tokens: Iterable[Token]) -> list[Bearer]:
        """Return who is meant when these words are praised or fought: also the owners of deeds and things."""
        return self._find_all(tokens, as_target=True)

    def find_names_before(self, noun: Token) -> tuple[Token, ...]:
        """Return the names, not adjectives, before a noun: a parser may take "gave Ukraine arms" for a compound."""
        found = [token for token in find_modifiers(noun) if token.pos_ == "PROPN"]
        return tuple(token for token in found if self._is_name(token))

    def list_before(self, noun: Token) -> tuple[Token, ...]:
        """Return the nouns and names before a noun: a parser may take "took soldiers hostage" for a compound."""
        return tuple(token for token in find_modifiers(noun) if token.pos_ != "ADJ")

    def _is_name(self, token: Token) -> bool:
        mention = self.get(token)
        return mention is not None and self.mentions[mention].resolution != "demonym"

    def _find_all(self, tokens: Iterable[Token], *, as_target: bool) -> list[Bearer]:
        found: dict[int, Bearer] = {}
        for token in tokens:
            for bearer in self._find(token, as_target=as_target, depth=3):
                found.setdefault(bearer.mention, bearer)
        return list(found.values())

    def _find(self, token: Token, *, as_target: bool, depth: int) -> list[Bearer]:
        mention = self.get(token)
        if mention is not None:
            if self._only_colours(mention):
                return []
            among = () if token.pos_ == "PROPN" else self.list_among(token)
            found = (*self._list_sharing(mention, token), mention, *map(self.get, among))
            return [Bearer(part, OWN_NAMED) for part in found if part is not None]
        if depth == 0 or (token.pos_ == "PRON" and token.lemma_.lower() not in QUANTITIES):
            return []
        named = self._list_named(token)
        if named:
            return [Bearer(mention, OWN_NAMED) for mention in named]
        if token.dep_ == "attr":
            subjects = find_subjects(token.head)
            return [bearer for subject in subjects if subject.i != token.i
                    for bearer in self._find(subject, as_target=as_target, depth=0)]  # fmt: skip
        return self._find_owners(token, as_target=as_target, depth=depth)

    def _only_colours(self, mention: int) -> bool:
        """Whether a hyphen joins a name to a word that says of others what they are: "Qaeda-inspired militants"."""
        end = self.mentions[mention].end_token
        if end + 1 >= len(self.doc) or self.doc[end].text not in HYPHENS or self.doc[end].whitespace_:
            return False
        return self.get(self.doc[end + 1]) is None and self.doc[end + 1].lower_ not in _LEADING

    def _list_sharing(self, mention: int, head: Token) -> list[int]:
        """The states that share a noun with the one it is named with: Syria in "Syrian and Russian jets"."""
        named = self.mentions[mention]
        first = self.doc[named.start_token]
        if (
            first.dep_ != "conj"
            or first.i == head.i
            or first.head.dep_ not in {"amod", "nmod"}
            or first.head.head.i != head.i
        ):
            return []
        shared = self.get(first.head)
        return [] if shared is None or self.mentions[shared].type not in {"country", "party"} else [shared]

    def _list_named(self, token: Token) -> list[int]:
        """The names beside a description: "the president, Ali Bongo", "their patrons Iran and Russia".

        An act or a word of somebody beside a name is not that name: "helped the rebels, a charge that Iran denies".
        """
        beside = [
            part for child in token.children if child.dep_ == "appos" for part in expand_conjuncts(child)
        ]
        if token.dep_ == "appos" and not _is_act(token):
            beside.append(token.head)
        beside += _list_examples(token)
        beside += self.list_among(token)
        mentions = [self.get(part) for part in beside]
        return [mention for mention in mentions if mention is not None]

    def list_among(self, token: Token) -> list[Token]:
        """Return the name given for one of several: "critics of Putin, Navalny loudest among them", "two men, among them Said"."""
        if token.tag_ != "NNS":
            return []
        for among in self.doc[token.i + 1 : min(token.i + _FAR, token.sent.end - 2)]:
            if among.tag_ == "NNS":
                break  # "militants took dozens hostage, among them Said": of the hostages
            if among.lower_ == "among" and among.nbor(1).lower_ in {"them", "whom"}:
                before = self.doc.tokens[max(token.i + 1, among.i - 4) : among.i]
                marks = [place for place, part in enumerate(before) if part.is_punct]
                near = [*before[marks[-1] + 1 if marks else 0 :], *self.doc[among.i + 2 : among.i + 6]]
                return [part for part in near if self._is_named_at(part)][:1]
        return []

    def _is_named_at(self, token: Token) -> bool:
        mention = self.get(token)
        return mention is not None and self.mentions[mention].head_token == token.i

    def _find_owners(self, token: Token, *, as_target: bool, depth: int) -> list[Bearer]:
        words, lemma = get_triggers(), token.lemma_.lower()
        complement = get_obliques(token)
        if lemma in QUANTITIES or token.pos_ in {"NUM", "DET"}:
            found = self._descend(complement.get("of", ()), as_target=as_target, depth=depth, sure=OWN_NAMED)
            if found:
                return found
        if not as_target and lemma in words.writings:
            writers = self._list_names_before(token) or (() if _is_blocked(token) else find_holders(token))
            return self._descend(writers, as_target=False, depth=depth, sure=BY_STAND_IN)
        if lemma in _MEN and (men := self._list_men(token)):
            return self._descend(men, as_target=as_target, depth=depth, sure=BY_STAND_IN)
        if lemma in words.stand_ins:
            chain = self._list_represented(token) or (self._list_adherence(token) if as_target else ())
            return self._descend(chain, as_target=as_target, depth=depth, sure=BY_STAND_IN)
        if as_target and lemma not in words.others:
            owners = self._list_deed_owners(token) or self._list_adherence(token)
            return self._descend(owners, as_target=True, depth=depth, sure=BY_DEED)
        return []

    def _list_men(self, token: Token) -> tuple[Token, ...]:
        """Whose men they are: Haftar's, the UVF's in "a UVF man"; but "an Iranian man" is not Iran's."""
        owners = _list_possessors(token) if token.tag_ == "NNS" else ()
        named = (name for name in self._list_names_before(token) if self._is_body(name))
        return (*owners, *named, *_find_lords(token))

    def _list_adherence(self, token: Token) -> tuple[Token, ...]:
        """Whom somebody or something belongs to by a phrase behind it, where no owner stands before it."""
        if any(child.dep_ == "poss" for child in token.children):
            return ()
        return find_group(token) or find_employer(token, self._is_body) or find_state(token, self._is_country)

    def find_homes(self, tokens: Iterable[Token]) -> list[Bearer]:
        """Return the countries in which or of which people or works without a name are: "farmers in Nigeria"."""
        countries = (
            country
            for token in tokens
            if self.get(token) is None
            for country in (*self._list_nations(token), *find_country(token, self._is_country))
        )
        return [bearer._replace(sure=BY_DEED) for bearer in self.find_targets(countries)]

    def _list_nations(self, token: Token) -> tuple[Token, ...]:
        """Of which country people are, but not one who may be anybody: "Kenyan farmers"."""
        if token.tag_ != "NNS" or token.lemma_ not in get_triggers().victims:
            return ()
        return tuple(name for name in self._list_names_before(token) if self._is_country(name))

    def _list_names_before(self, noun: Token) -> tuple[Token, ...]:
        """The names that stand before a noun, but not those joined to a word: "anti-ISIS", "Qaeda-inspired"."""
        names = (modifier for modifier in find_modifiers(noun) if self.get(modifier) is not None)
        return tuple(name for name in names if not _is_joined(name))

    def _list_represented(self, token: Token) -> tuple[Token, ...]:
        """Whom officials, fighters and the like stand for."""
        complement, before, lemma = get_obliques(token), self._list_names_before(token), token.lemma_.lower()
        if lemma == "people":
            counted = any(child.dep_ == "nummod" for child in token.children)
            return () if counted else (*before, *complement.get("of", ()))
        own = (*_list_possessors(token), *before)
        if lemma in _BODIES:
            # "His movement helped the rebels" is no word of what he himself did.
            own = tuple(name for name in own if not self._is_person(name))
        if lemma in _BRANCHES and complement.get("of"):
            own = tuple(name for name in own if not self._is_country(name))  # "the Syrian branch of al-Qaeda"
        if lemma in _EXPERTS:
            own = tuple(name for name in own if self._is_body(name))
        if lemma.startswith("spokes"):
            own += complement.get("for", ())
        if lemma in _STATE_ORGANS:
            complement["of"] = (
                *complement.get("of", ()),
                *(name for name in complement.get("in", ()) if self._is_country(name)),
            )
        return own or (*complement.get("of", ()), *_find_makers(token))

    def _list_deed_owners(self, token: Token) -> tuple[Token, ...]:
        """Whose deed, word or thing it is; nobody's where the owner is the one who suffers it."""
        words, lemma = get_triggers(), token.lemma_.lower()
        complement, before = get_obliques(token), self._list_names_before(token)
        if lemma in words.victims | words.places:
            return tuple(name for name in before if self._is_people(name))
        own = (*_list_possessors(token), *before)
        if lemma in words.undergone:
            done_to_another = any(
                part.ent_type_ not in {"DATE", "TIME"}
                for name in ("of", "on", "against")
                for part in complement.get(name, ())
            )
            return _find_makers(token) or (own if done_to_another else ())
        # "the arming of rebels" is not theirs, as "the policies of Iran" are Iran's.
        whose = () if token.lower_.endswith("ing") else complement.get("of", ())
        found = _find_makers(token) or own or whose
        if lemma in _OFFICES:
            return (*found, *complement.get("for", ()))
        return (*found, *complement.get("with", ())) if lemma in words.bonds else found

    def _is_person(self, token: Token) -> bool:
        mention = self.get(token)
        return mention is not None and self.mentions[mention].type == "person"

    def _is_country(self, token: Token) -> bool:
        mention = self.get(token)
        return mention is not None and self.mentions[mention].type == "country"

    def _is_body(self, token: Token) -> bool:
        mention = self.get(token)
        return mention is not None and self.mentions[mention].type in _BODY_TYPES

    def _is_people(self, token: Token) -> bool:
        """Whether a name is that of a people or a group, whose villages and villagers it stands for."""
        mention = self.get(token)
        return mention is not None and self.mentions[mention].type in {"community", "armed-group"}

    def _descend(self, tokens: Iterable[Token], *, as_target: bool, depth: int, sure: float) -> list[Bearer]:
        return [
            Bearer(bearer.mention, bearer.sure * sure)
            for token in tokens
            for bearer in self._find(token, as_target=as_target, depth=depth - 1)
        ]


def _is_blocked(writing: Token) -> bool:
    """Whether whoever acts on a text is against it: "vetoed a resolution criticising Israel"."""
    frames = find_verb_frames(get_triggers().verbs, writing.head) if writing.dep_ in OBJECT_LABELS else ()
    return any(frame.kind == "opposes" for frame in frames)


def _is_act(noun: Token) -> bool:
    words, lemma = get_triggers(), noun.lemma_.lower()
    return lemma in words.acts or lemma in words.writings or lemma in _DEEDS


def _find_makers(token: Token) -> tuple[Token, ...]:
    """Who made or sent it: "a call from Iran", "the raid by Israel", "an offer made by the Taliban"."""
    complement = get_obliques(token)
    found = (*complement.get("by", ()), *complement.get("from", ()))
    for child in token.children:
        # "fighters backed by Iran" are not Iran's own.
        sent = child.lemma_ in _SENDING and token.lemma_ in _WEAPONS
        if (
            child.dep_ == "acl"
            and is_passive(child)
            and (sent or child.lemma_.lower() not in get_triggers().verbs)
            and child.lemma_ not in _BROKERING
        ):
            found += get_obliques(child).get("by", ())
    return (*found, *_find_lords(token), *find_leaders(token))


def _find_lords(token: Token) -> tuple[Token, ...]:
    """Whose fighters they are: "men loyal to Machar", "rebels under General Ante"."""
    if token.lemma_ in _OFFICIALS:
        return ()
    loyal = [child for child in token.children if child.dep_ in {"amod", "acl"} and child.lemma_ == "loyal"]
    under = get_obliques(token).get("under", ()) if token.tag_ == "NNS" else ()
    lords = tuple(lord for child in loyal for lord in get_obliques(child).get("to", ()))
    return (*lords, *(token for token in under if token.pos_ == "PROPN"))


def is_of_a_foe(name: Token) -> bool:
    """Say whether a name only tells whose critic or rival somebody else is: "opponents of the Seimas"."""
    if name.dep_ != "pobj" or name.head.lower_ != "of":
        return False
    return name.head.head.lemma_.lower() in _FOES


def find_leaders(noun: Token) -> tuple[Token, ...]:
    """Return who leads a deed: "the Saudi-led campaign"."""
    return tuple(
        participle.nbor(-2)
        for participle in noun.lefts
        if participle.dep_ == "amod" and participle.lower_ in _LEADING
        if participle.i >= 2 and participle.nbor(-1).text in HYPHENS
    )


def _list_examples(token: Token) -> list[Token]:
    """The names given for several: "other states, including France and Germany"."""
    if token.tag_ != "NNS":
        return []
    return [
        part
        for child in token.children
        if child.dep_ == "prep" and child.lower_ in {"including", "like"}
        for named in child.children
        if named.dep_ == "pobj"
        for part in expand_conjuncts(named)
    ]


def _list_possessors(token: Token) -> tuple[Token, ...]:
    owners = [find_antecedent(child) for child in token.children if child.dep_ == "poss"]
    return tuple(part for owner in owners for part in expand_conjuncts(owner))


def _is_joined(name: Token) -> bool:
    """Whether a hyphen joins a prefix such as `anti`, or a word after it, to the name."""
    prefixed = (
        name.i >= 2 and name.nbor(-1).text in HYPHENS and name.nbor(-2).lower_ in get_triggers().prefixes
    )
    return prefixed or (name.i + 1 < len(name.doc) and name.nbor(1).text in HYPHENS)
