"""Name search as plain dictionaries and lists, to compare the search over columns with."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import log1p
from threading import Lock
from typing import Generic, Literal, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from graph.errors import AmbiguousName, EntityNotFound, NameSuggestion
from graph.identity import compare_names
from graph.identity.body_names import find_known_spellings
from graph.identity.spelling import consonant_skeleton, spelling_likeness
from graph.names import NamedEntity, name_words, search_key

EntityT = TypeVar("EntityT", bound=NamedEntity)

Match = Literal["id", "exact", "prefix", "fuzzy"]

_RANK: Mapping[Match, int] = {"id": 0, "exact": 1, "prefix": 2, "fuzzy": 3}
_MAX_COMPARED = 400
_MAX_QUERY_WORDS = 8
_MAX_PREFIXED_WORDS = 2_000
_TYPO_CUTOFF = 0.6
_MOST_MISTYPED = 10


@dataclass(frozen=True, slots=True)
class Hit(Generic[EntityT]):
    """An entity that a search found.

    Attributes:
        name: The one of its names that matched.
        match: How: by its id, by a whole name, by the beginning of words, or by likeness.
        score: Within (0, 1]; 1.0 for an id or a whole name.
    """

    entity: EntityT
    name: str
    match: Match
    score: float


@dataclass(frozen=True, slots=True)
class _Name(Generic[EntityT]):
    entity: EntityT
    text: str
    words: tuple[str, ...]


class _Layer(Generic[EntityT]):
    """Names of some entities by their search keys, and by their words once these are asked for."""

    def __init__(self, entities: Iterable[EntityT]) -> None:
        self.by_id: dict[str, EntityT] = {}
        self.by_key: defaultdict[str, list[_Name[EntityT]]] = defaultdict(list)
        for entity in entities:
            merged: Sequence[str] = getattr(entity, "merged", ())
            for entity_id in (entity.id, *merged):
                self.by_id[entity_id] = entity
            for text in dict.fromkeys((entity.name, *entity.aliases)):
                key = search_key(text)
                if key:
                    self.by_key[key].append(_Name(entity, text, tuple(key.split())))

    @cached_property
    def words(self) -> "_WordIndex[EntityT]":
        return _WordIndex([name for names in self.by_key.values() for name in names])


class _Names(Generic[EntityT]):
    """A layer that is made when it is first needed, by whoever needs it first."""

    def __init__(self, entities: Iterable[EntityT]) -> None:
        self._entities: Iterable[EntityT] | None = entities
        self._lock = Lock()
        self._layer: _Layer[EntityT] | None = None

    @property
    def is_made(self) -> bool:
        return self._layer is not None

    def get(self) -> _Layer[EntityT]:
        if self._layer is None:
            with self._lock:
                if self._layer is None:
                    self._layer = _Layer(self._entities or ())
                    self._entities = None
        return self._layer


class NameIndex(Generic[EntityT]):
    """The names of entities, to be searched; immutable, so threads may share it.

    Names are read when the first one is looked up that is no id.

    Args:
        entities: With distinct ids. An entity that carries `merged` ids is found by these too.
        find: Returns an entity by its id, or by that of one merged into it, as it is now; None leaves that to the
            entities given.

    Cost: O(names) at the first name; at 100,000 names 1.5 to 2.5 s on one core, and as much again at the first fuzzy
    search.
    """

    def __init__(
        self, entities: Iterable[EntityT], find: Callable[[str], EntityT | None] | None = None
    ) -> None:
        self._old = _Names(entities)
        self._new: _Layer[EntityT] = _Layer(())
        self._find = find

    def follow(
        self,
        entities: Iterable[EntityT],
        find: Callable[[str], EntityT | None],
        renewed: Callable[[], Iterable[EntityT]],
    ) -> "NameIndex[EntityT]":
        """Return the index of a later state, for which only the names that changed are read.

        Args:
            entities: All of the later state; read only if this index has not read names yet.
            find: Returns an entity of the later state by its id.
            renewed: Returns the entities that came or were renamed since this index, or the one it followed, was made.

        Cost: O(names of those renewed).
        """
        if not self._old.is_made:
            return NameIndex(entities, find)
        following: NameIndex[EntityT] = NameIndex((), find)
        following._old = self._old
        following._new = _Layer(renewed())
        return following

    @property
    def is_read(self) -> bool:
        """Whether the names have been read, which the first look-up of one does."""
        return self._old.is_made

    def read(self) -> None:
        """Read the names now, so that no look-up has to."""
        self._old.get()

    @property
    def _layers(self) -> "tuple[_Layer[EntityT], ...]":
        return (self._old.get(), self._new) if self._new.by_id else (self._old.get(),)

    def _get_by_id(self, entity_id: str) -> EntityT | None:
        if self._find is not None:
            return self._find(entity_id)
        return self._old.get().by_id.get(entity_id)

    def _iter_named(self, key: str) -> "Iterator[_Name[EntityT]]":
        """Yield who goes by a name, by its search key, as they are now."""
        for layer in self._layers:
            for name in layer.by_key.get(key, ()):
                if self._is_current(layer, name):
                    yield self._renew(name)

    def _is_current(self, layer: _Layer[EntityT], name: _Name[EntityT]) -> bool:
        return layer is self._new or name.entity.id not in self._new.by_id

    def _renew(self, name: _Name[EntityT]) -> _Name[EntityT]:
        entity = self._find(name.entity.id) if self._find is not None else None
        return name if entity is None or entity is name.entity else replace(name, entity=entity)

    def resolve(self, name: str) -> EntityT:
        """Return the one entity that goes by an id or a name; case, accents, articles and spaces do not matter.

        An id wins over names. Among several with the name, the one that has it as its main name wins, and among those
        a state wins over places and bodies that are named after it. A capital means its government where documents
        use it so more often than for the town: whichever of the two they mean by it more.

        Raises:
            EntityNotFound: Nobody goes by it; carries the three closest names.
            AmbiguousName: Several do, and none of them is the obvious one; carries them, most mentioned first.

        Cost: O(1); an unknown name costs a search.
        """
        stripped = name.strip()
        entity = self._get_by_id(stripped)
        if entity is not None:
            return entity
        owners = self._find_owners(stripped)
        if not owners:
            suggestions = [_suggest(hit.entity) for hit in self.search(stripped, limit=3)]
            raise EntityNotFound(name, suggestions)
        if len(owners) > 1:
            raise AmbiguousName(name, [_suggest(owner) for owner in owners])
        return owners[0]

    def _find_owners(self, name: str) -> list[EntityT]:
        """Return who a whole name may mean, most mentioned first; one where it is clear."""
        key = search_key(name)
        owners = {found.entity.id: found.entity for found in self._iter_named(key)}
        if not owners:
            spellings = {search_key(other) for other in find_known_spellings(name)}
            known = (found for other in spellings for found in self._iter_named(other))
            owners = {found.entity.id: found.entity for found in known}
        main = [owner for owner in owners.values() if search_key(owner.name) == key]
        if len(main) == 1 and main[0].type == "place":
            governments = [
                owner for owner in owners.values() if _count_metonym(owner, key) > main[0].mentions
            ]
            if len(governments) == 1:
                return governments
        for group in (main, list(owners.values())):
            states = [owner for owner in group if owner.type == "country"]
            for chosen in (group, states):
                if len(chosen) == 1:
                    return chosen
        return sorted(owners.values(), key=lambda owner: (-owner.mentions, owner.id))

    def search(
        self, query: str, *, types: Collection[str] | None = None, limit: int = 20
    ) -> list[Hit[EntityT]]:
        """Return the entities whose names fit a query, best first, each once.

        First an id or whole name, then names with words that begin as the query's do, then other spellings and typos
        (`Sulaimani` finds Qasem Soleimani). Ties go to whoever is mentioned more, then by id.

        Args:
            query: A name, part of one, or an id.
            types: Entity types to keep; all when None.
            limit: How many at most.

        Cost: O(names that share a word), or O(words of all names) for typos that no spelling rule covers. Measured at
        100,000 names: a surname 1 to 20 ms, a given name that a tenth of them bear or a single letter 50 to 250 ms.
        """
        best: dict[str, Hit[EntityT]] = {}
        for hit in self._iter_hits(query.strip(), types):
            known = best.get(hit.entity.id)
            if known is None or _order(hit) < _order(known):
                best[hit.entity.id] = hit
        return sorted(best.values(), key=_order)[: max(limit, 0)]

    def _iter_hits(self, query: str, types: Collection[str] | None) -> Iterator[Hit[EntityT]]:
        by_id = self._get_by_id(query)
        if by_id is not None and _is_kept(by_id, types):
            yield Hit(by_id, by_id.name, "id", 1.0)
        key = search_key(query)
        if not key:
            return
        spellings = {key, *(search_key(other) for other in find_known_spellings(query))}
        for spelling in spellings:
            for name in self._iter_named(spelling):
                if _is_kept(name.entity, types):
                    yield Hit(name.entity, name.text, "exact", 1.0)
        words = key.split()[:_MAX_QUERY_WORDS]
        for name in self._find_alike(words, types):
            hit = _weigh(query, words, name)
            if hit is not None:
                yield hit

    def _find_alike(self, words: Sequence[str], types: Collection[str] | None) -> list[_Name[EntityT]]:
        """Return the names that share most words with a query, in some spelling; at most 400, the weightiest first."""
        shares: defaultdict[tuple[int, int], float] = defaultdict(float)
        layers = self._layers
        for position, word in enumerate(words):
            # The last word may still be being typed.
            found = self._find_words(word, as_prefix=position == len(words) - 1)
            holders = [
                (place, index)
                for place, layer in enumerate(layers)
                for other in found
                for index in layer.words.names_of(other)
                if self._is_current(layer, layer.words.names[index])
            ]
            worth = 1.0 / (1.0 + log1p(len(holders)))
            for holder in set(holders):
                shares[holder] += 1.0 + worth
        names = {(place, index): self._renew(layers[place].words.names[index]) for place, index in shares}
        kept = [holder for holder, name in names.items() if _is_kept(name.entity, types)]
        ranked = sorted(
            kept,
            key=lambda h: (-round(shares[h], 6), -names[h].entity.mentions, names[h].entity.id, h),
        )
        return [names[holder] for holder in ranked[:_MAX_COMPARED]]

    def _find_words(self, word: str, *, as_prefix: bool) -> list[str]:
        """Return the known words that a query's word may be; typos are tried only where nothing else is found."""
        found = {other for layer in self._layers for other in layer.words.find(word, as_prefix=as_prefix)}
        if found:
            return sorted(found)
        mistyped = [near for layer in self._layers for near in layer.words.find_mistyped(word)]
        ranked = sorted(mistyped, key=lambda near: -near[1])
        return list(dict.fromkeys(other for other, _ in ranked))[:_MOST_MISTYPED]


def _count_metonym(entity: NamedEntity, key: str) -> int:
    """Return how often documents mean an entity by a place's name."""
    used: Sequence[tuple[str, int]] = getattr(entity, "metonyms", ())
    return sum(count for text, count in used if search_key(text) == key)


class _WordIndex(Generic[EntityT]):
    """Which names hold which words, with the words by spelling."""

    def __init__(self, names: Sequence[_Name[EntityT]]) -> None:
        self.names = names
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for index, name in enumerate(names):
            for word in name.words:
                holders[word].append(index)
        self._holders: dict[str, list[int]] = dict(holders)
        self._sorted = sorted(holders)
        self._by_skeleton: defaultdict[str, list[str]] = defaultdict(list)
        self._by_given: defaultdict[int, list[str]] = defaultdict(list)
        given = name_words().given
        for word in self._sorted:
            self._by_skeleton[consonant_skeleton(word)].append(word)
            for number in given.get(word, ()):
                self._by_given[number].append(word)

    def names_of(self, word: str) -> Sequence[int]:
        return self._holders.get(word, ())

    def find(self, word: str, *, as_prefix: bool) -> set[str]:
        """Return the known words that a query's word may be, but for typos."""
        found = {word} if word in self._holders else set()
        if as_prefix:
            found.update(self._iter_prefixed(word))
        found.update(
            other
            for other in self._by_skeleton.get(consonant_skeleton(word), ())
            if spelling_likeness(word, other) > 0
        )
        for number in name_words().given.get(word, ()):
            found.update(self._by_given.get(number, ()))
        return found

    def _iter_prefixed(self, word: str) -> Iterator[str]:
        start = bisect_left(self._sorted, word)
        for other in self._sorted[start : start + _MAX_PREFIXED_WORDS]:
            if not other.startswith(word):
                return
            yield other

    def find_mistyped(self, word: str) -> list[tuple[str, float]]:
        """Return the known words that are closest to a misspelt one, with how close they are."""
        if len(word) < 3:
            return []
        closest = process.extract(
            word,
            self._sorted,
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_TYPO_CUTOFF,
            limit=_MOST_MISTYPED,
        )
        return [(other, score) for other, score, _ in closest]


def _is_kept(entity: NamedEntity, types: Collection[str] | None) -> bool:
    return types is None or entity.type in types


def _weigh(query: str, words: Sequence[str], name: _Name[EntityT]) -> Hit[EntityT] | None:
    """Score one name against a query; None where a word of the query has no counterpart at all."""
    begins = _all_begin(words, name.words)
    if begins:
        typed = sum(map(len, words)) / sum(map(len, name.words))
        in_order = name.words[: len(words)] == tuple(words) or name.words[0].startswith(words[0])
        return Hit(name.entity, name.text, "prefix", round(0.7 + 0.2 * min(typed, 1.0) + 0.05 * in_order, 4))
    per_word = [max(_word_likeness(word, other) for other in name.words) for word in words]
    found = [likeness for likeness in per_word if likeness > 0]
    if not found:
        return None
    coverage = sum(found) / max(len(words), len(name.words))
    likeness = sum(found) / len(words)
    whole = compare_names(query, name.text, name.entity.type)
    score = max(0.9 * whole, 0.5 * likeness + 0.3 * coverage)
    return Hit(name.entity, name.text, "fuzzy", round(min(score, 0.95), 4))


def _all_begin(words: Sequence[str], of: Sequence[str]) -> bool:
    """Say whether each query word is a word of the name, and the last begins one; no word is used twice."""
    left = list(of)
    for word in words[:-1]:
        if word not in left:
            return False
        left.remove(word)
    return any(other.startswith(words[-1]) for other in left)


def _word_likeness(word: str, other: str) -> float:
    likeness = spelling_likeness(word, other)
    if likeness:
        return likeness
    given = name_words().given
    if given.get(word, frozenset()) & given.get(other, frozenset()):
        return 0.9
    typo = Levenshtein.normalized_similarity(word, other)
    return 0.8 * typo if typo >= _TYPO_CUTOFF else 0.0


def _order(hit: Hit[EntityT]) -> tuple[int, float, int, str]:
    # A spelling that fits whole is better than the beginning of a longer name.
    rank = 2 if hit.match == "fuzzy" and hit.score >= 0.85 else _RANK[hit.match]
    return rank, -round(hit.score, 2), -hit.entity.mentions, hit.entity.id


def _suggest(entity: NamedEntity) -> NameSuggestion:
    return NameSuggestion(entity.id, entity.name, entity.type)
