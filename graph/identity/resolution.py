"""Who is whom, worked out: two names compared, judgements closed into groups, and the pairs that are likely one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from graph.deadline import Deadline
from graph.errors import JudgementConflict
from graph.identity.blocking import blocking_keys
from graph.identity.body_comparison import compare_bodies
from graph.identity.body_names import find_known_id, parse_body_name
from graph.identity.person_comparison import SURNAME_ONLY, compare_persons
from graph.identity.person_names import parse_person_name
from graph.names import NamedEntity, search_key
from graph.rows import JudgementRow

__all__ = [
    "SURNAME_ONLY",
    "Candidate",
    "Judged",
    "blocking_keys",
    "compare_names",
    "find_duplicates",
    "resolve",
    "search_key",
]

_BODIES = frozenset({"government-body", "security-force", "armed-group", "party", "organization", "media"})
_SMALL_BLOCK = 30
_LARGE_BLOCK = 100
_MAX_NAMES = 12
_NEVER = Deadline(None)


def compare_names(a: str, b: str, entity_type: str) -> float:
    """Return how likely two names mean one entity of a type, within [0, 1]; 0.5 and more means the same.

    1.0 is one name but for what never matters (case, articles, titles, legal forms); 0.9 and more other spellings of it;
    0.6 to 0.9 initials, dropped words, known short forms; just below 0.5 is doubt, such as two swapped given names
    (Ali Hassan, Hassan Ali: 0.45); further down each name has a word, number or place that the other contradicts.
    A surname beside a full name is exactly `SURNAME_ONLY` (0.5), or 0.4 where many people share it: right inside one
    document, never enough across documents. Symmetric; never raises.

    Args:
        a: A name as written anywhere, in any script.
        b: Another.
        entity_type: A type of the ontology; any but `person` is compared as a body's, state's or place's name.

    Cost: O(words of a * words of b); 10 to 30 microseconds once both names have been read (they are cached), a few
    hundred for names never seen before.
    """
    key = search_key(a)
    if key and key == search_key(b):
        return 1.0
    if entity_type == "person":
        return compare_persons(a, b)
    return compare_bodies(a, b, entity_type)


def resolve(judgements: Iterable[JudgementRow]) -> dict[str, str]:
    """Return the id that stands for each entity that was judged to be the same as another, itself included.

    Pure: the same judgements in any order give the same map, and leaving one out gives the map that was before it. Who
    stands for a group is the keeper that nobody else was kept over, the smallest id among several; without a named
    keeper the smallest id. `unsure` judgements change nothing.

    Raises:
        JudgementConflict: Two entities that were judged to be different are joined, directly or through others.

    Cost: O(n log n) in the number of judgements.
    """
    judged = list(judgements)
    positive = [row for row in judged if row.verdict == "same"]
    groups = _join(positive)
    for row in sorted(judged, key=lambda row: (row.left_id, row.right_id)):
        if row.verdict == "not-same" and _find(groups, row.left_id) == _find(groups, row.right_id):
            raise JudgementConflict(row.left_id, row.right_id)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for entity_id in groups:
        members[_find(groups, entity_id)].append(entity_id)
    keepers = _find_keepers(positive)
    return {
        member: canonical
        for joined in members.values()
        for canonical in [_choose(joined, keepers)]
        for member in sorted(joined)
    }


def _join(positive: Iterable[JudgementRow]) -> dict[str, str]:
    """Return a union-find forest: each entity with its parent, a root with itself."""
    parents: dict[str, str] = {}
    for row in positive:
        for entity_id in (row.left_id, row.right_id):
            parents.setdefault(entity_id, entity_id)
        parents[_find(parents, row.left_id)] = _find(parents, row.right_id)
    return parents


def _find(parents: dict[str, str], entity_id: str) -> str:
    """Return the root of an entity's group, halving the way for the next time; an unjoined entity is its own."""
    parent = parents.get(entity_id, entity_id)
    while parent != entity_id:
        parents[entity_id] = parents[parent]
        entity_id, parent = parents[entity_id], parents[parents[entity_id]]
    return entity_id


def _find_keepers(positive: Iterable[JudgementRow]) -> Mapping[str, bool]:
    """Return each named keeper with whether no other judgement kept somebody else over it."""
    kept: set[str] = set()
    given_up: set[str] = set()
    for row in positive:
        if row.keep_id is not None:
            kept.add(row.keep_id)
            given_up |= {row.left_id, row.right_id} - {row.keep_id}
    return {keeper: keeper not in given_up for keeper in kept}


def _choose(joined: Iterable[str], keepers: Mapping[str, bool]) -> str:
    return min(
        joined, key=lambda entity_id: (not keepers.get(entity_id, False), entity_id not in keepers, entity_id)
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two entities that are likely one.

    Attributes:
        score: As compare_names gives it for their two most alike names.
        reasons: Sentences for whoever judges.
    """

    left_id: str
    right_id: str
    score: float
    reasons: tuple[str, ...]


def find_duplicates(
    entities: Iterable[NamedEntity],
    judgements: Iterable[JudgementRow] = (),
    *,
    min_score: float = 0.6,
    limit: int | None = None,
    budget_s: float | None = None,
) -> list[Candidate]:
    """Return pairs of entities that are likely one and that nobody has judged, the likeliest first.

    Pairs judged in any way are left out, and so are those that follow from judgements on others. Two bodies or places
    of different states, and two places of the gazetteer, are never proposed.

    Args:
        entities: With distinct ids.
        judgements: All that is stored.
        min_score: Least score, within [0, 1].
        limit: How many pairs at most; all of them when None.
        budget_s: Seconds to look for; without end when None.

    Raises:
        QueryTimeout: The budget is used up.

    Cost: O(names + pairs compared). Of a blocking key that more than 30 entities share, only those are compared that
    share another key as well, and those only up to 100; so work grows with the number of names, not with its square.
    """
    deadline = Deadline(budget_s)
    by_id = {entity.id: entity for entity in entities}
    judged = Judged(judgements)
    found = []
    for left_id, right_id in _share_a_key(by_id.values(), deadline):
        deadline.check()
        left, right = by_id[left_id], by_id[right_id]
        if _may_be_one(left, right) and not judged.covers(left_id, right_id):
            candidate = _weigh(left, right)
            if candidate.score >= min_score:
                found.append(candidate)
    found.sort(key=lambda candidate: (-candidate.score, candidate.left_id, candidate.right_id))
    return found[:limit]


class Judged:
    """What judgements settle about pairs, through others too.

    Raises:
        JudgementConflict: They contradict each other.
    """

    def __init__(self, judgements: Iterable[JudgementRow]) -> None:
        rows = list(judgements)
        self._canonical = resolve(rows)
        self._pairs = {self._pair(row.left_id, row.right_id) for row in rows}

    def covers(self, left_id: str, right_id: str) -> bool:
        """Say whether somebody has judged a pair in any way, or it follows from what was judged of others."""
        pair = self._pair(left_id, right_id)
        return len(pair) == 1 or pair in self._pairs

    def _pair(self, left_id: str, right_id: str) -> frozenset[str]:
        return frozenset({self._canonical.get(left_id, left_id), self._canonical.get(right_id, right_id)})


def _share_a_key(entities: Iterable[NamedEntity], deadline: Deadline = _NEVER) -> list[tuple[str, str]]:
    """Return the pairs of ids that share a blocking key; where many share one, those that share another beside it."""
    keys_of: dict[str, set[str]] = {}
    blocks: defaultdict[str, list[str]] = defaultdict(list)
    for entity in entities:
        deadline.check()
        keys = {key for name in _names(entity) for key in blocking_keys(name, entity.type)}
        keys_of[entity.id] = keys
        for key in keys:
            blocks[key].append(entity.id)
    pairs: set[tuple[str, str]] = set()
    for key, block in blocks.items():
        if len(block) <= _SMALL_BLOCK:
            pairs.update(combinations(sorted(block), 2))
            continue
        second: defaultdict[str, list[str]] = defaultdict(list)
        for entity_id in block:
            for other in keys_of[entity_id]:
                if other != key:
                    second[other].append(entity_id)
        for narrower in second.values():
            if len(narrower) <= _LARGE_BLOCK:
                pairs.update(combinations(sorted(narrower), 2))
    return sorted(pairs)


def _names(entity: NamedEntity) -> Sequence[str]:
    return tuple(dict.fromkeys((entity.name, *entity.aliases)))[:_MAX_NAMES]


def _may_be_one(left: NamedEntity, right: NamedEntity) -> bool:
    if left.type != right.type and not {left.type, right.type} <= _BODIES:
        return False
    if left.type == "person":
        return True
    states_differ = (
        None not in {left.country_code, right.country_code} and left.country_code != right.country_code
    )
    return not states_differ and None in {left.geonames_id, right.geonames_id}


def _weigh(left: NamedEntity, right: NamedEntity) -> Candidate:
    own = compare_names(left.name, right.name, left.type)
    pairs = product(_names(left), _names(right))
    next(pairs)
    score, a, b = max(
        ((compare_names(a, b, left.type), a, b) for a, b in pairs), default=(0.0, left.name, right.name)
    )
    if own >= score:
        score, a, b = own, left.name, right.name
    reasons = [_explain(a, b, left.type)]
    # Two people may both be called "the Sheikh": what their own names say weighs as much.
    if own < 0.3 and score > own:
        score = (score + own) / 2
        reasons.append(f"but their main names, {left.name!r} and {right.name!r}, differ")
    if left.country_code is not None and left.country_code == right.country_code:
        reasons.append(f"both belong to {left.country_code}")
    if left.type != right.type:
        reasons.append(f"one is filed as {left.type}, the other as {right.type}")
    return Candidate(left.id, right.id, round(score, 4), tuple(reasons))


def _explain(a: str, b: str, entity_type: str) -> str:
    """Say in a sentence what makes two names look like one."""
    if search_key(a) == search_key(b):
        return f"both go by {a!r}"
    words_a, words_b = _words(a, entity_type), _words(b, entity_type)
    if words_a == words_b:
        return f"{a!r} and {b!r} differ by titles, articles or forms alone"
    if sorted(words_a) == sorted(words_b):
        return f"{a!r} and {b!r} are the same words in another order"
    if entity_type != "person" and (by_meaning := _explain_body(a, b, entity_type)):
        return by_meaning
    short, long = sorted((set(words_a), set(words_b)), key=len)
    if short < long:
        return f"one name has all words of the other: {a!r}, {b!r}"
    return f"{a!r} and {b!r} are spelled alike"


def _explain_body(a: str, b: str, entity_type: str) -> str:
    known = find_known_id(a, entity_type)
    if known and known == find_known_id(b, entity_type):
        return f"{a!r} and {b!r} are known to be names of one"
    if parse_body_name(a).acronym or parse_body_name(b).acronym:
        return f"the letters of {min(a, b, key=len)!r} begin the words of {max(a, b, key=len)!r}"
    return ""


def _words(name: str, entity_type: str) -> tuple[str, ...]:
    return parse_person_name(name).words if entity_type == "person" else parse_body_name(name).words
