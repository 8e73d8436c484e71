"""From the actors of one document to entities of the store: who is somebody known, and who is new.

An actor is linked, in this order, by the gazetteer's id; by a name that is stored already; by a spelling close to
exactly one stored name; else it is a new entity. Types and countries must agree. A name on its own ("Maliki",
"FDP") proves less than a full one and joins only where it can mean one entity.

The order of documents does not change which full names are joined by spelling alike. It can matter in three cases:
the name and type of an entity are those of the document that brought it first; a bare name goes to whoever has it at
that moment; and where two stored names are equally close to a third, the third stays apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.identity import blocking_keys, compare_names
from graph.models import Entity
from graph.names import search_key
from graph.store import AliasMatch, DocumentWriter, StoredEntity
from ingest.cities import make_slug
from ingest.gazetteer import Gazetteer
from ingest.known_entities import build_known_rows
from ingest.types import Actor, Extraction, Resolution

SURE = 0.9
"""How alike two names must be to be joined without anybody's judgement, on `compare_names`' scale."""

_MAX_SLUG = 100
_MAX_KEY = 400
_MIN_FUZZY_LETTERS = 5
_MAX_NAME = 400
"""In code points. Longer ones are no names, and an index refuses them."""

_COMPATIBLE = frozenset(
    frozenset(pair)
    for pair in (
        ("organization", "government-body"),
        ("organization", "security-force"),
        ("organization", "armed-group"),
        ("organization", "party"),
        ("organization", "media"),
        ("armed-group", "party"),
        ("armed-group", "security-force"),
    )
)
"""Types that two readings of one body may give; any other difference of type keeps two apart."""

_NO_NAMES: frozenset[Resolution] = frozenset({"demonym", "metonym", "pronoun", "description"})
_BODIES_OF_STATE = frozenset({"government-body", "security-force"})


@dataclass(frozen=True, slots=True)
class _Names:
    """An actor's names, fullest first; `bare` ones are a surname, an acronym or another single word."""

    full: tuple[str, ...]
    bare: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        return (*self.full, *self.bare)


@dataclass(frozen=True, slots=True)
class _NewNames:
    """Names that an entity may not have yet."""

    entity_id: str
    entity_type: str
    names: tuple[str, ...]
    origin: str

    def leave_out(self, names: set[str]) -> "_NewNames":
        return replace(self, names=tuple(name for name in self.names if name not in names))


class Linker:
    """Links the actors of one document within its transaction.

    Args:
        writer: The document's open transaction.
        gazetteer: Who is known before any text.
        published_on: The document's day, if it has one.

    Attributes:
        added: Ids of the entities that were made.

    Cost: a fixed number of index look-ups per actor, whatever the number of entities.
    """

    def __init__(
        self, writer: DocumentWriter, gazetteer: Gazetteer, published_on: date | None = None
    ) -> None:
        self._writer = writer
        self._published_on = published_on
        self._gazetteer = gazetteer
        self._names_to_add: list[_NewNames] = []
        self.added: list[str] = []

    def link(self, actors: Sequence[Actor]) -> tuple[str, ...]:
        """Return the entity of each actor, making those that are new."""
        linked = self._link_known(actors)
        # Full names before bare ones: "Maliki" may mean the Nouri al-Maliki of the same text.
        unknown = [n for n in range(len(actors)) if n not in linked]
        names = {n: _sort_names(actors[n]) for n in unknown}
        for number in sorted(unknown, key=lambda n: not names[n].full):
            linked[number] = self._link_unknown(actors[number], names[number])
        self._add_names_to_joined()
        return tuple(linked[number] for number in range(len(actors)))

    def _link_known(self, actors: Sequence[Actor]) -> dict[int, str]:
        known_ids = {
            number: actor.known_id
            for number, actor in enumerate(actors)
            if actor.known_id is not None and self._gazetteer.find(actor.known_id) is not None
        }
        rows = build_known_rows(self._gazetteer, list(dict.fromkeys(known_ids.values())))
        stored = self._writer.find_entities(rows.entities)
        ids = {
            known_id: known_id
            if _is_free_or_same(stored.get(known_id), entity)
            else f"{known_id}-{entity.type}"
            for known_id, entity in rows.entities.items()
        }
        displaced = self._writer.find_entities(
            [entity_id for entity_id in ids.values() if entity_id not in ids]
        )
        for known_id, entity in rows.entities.items():
            self._store_known(entity, {**stored, **displaced}.get(ids[known_id]), ids[known_id])
            self._names_to_add.append(
                _NewNames(ids[known_id], entity.type, rows.names[known_id], "gazetteer")
            )
        self._writer.add_gazetteer_relations(
            [
                {
                    "source_id": ids[smaller],
                    "target_id": ids[larger],
                    "kind": "located-in",
                    "how": "part-of-place",
                    "dataset": dataset,
                }
                for smaller, larger, dataset in rows.relations
            ]
        )
        for number, known_id in known_ids.items():
            every = _sort_names(actors[number]).every
            self._names_to_add.append(_NewNames(ids[known_id], actors[number].type, every, "text"))
        self._add_names_to_joined()
        return {number: ids[known_id] for number, known_id in known_ids.items()}

    def _store_known(self, entity: Entity, stored: StoredEntity | None, entity_id: str) -> None:
        if stored is None:
            self._add_entity(Entity(**entity.model_dump(exclude={"id", "created_at"}), id=entity_id))
        elif stored.origin != "gazetteer":
            self._writer.update_entity(entity_id, entity.model_dump(exclude={"id", "created_at"}))

    def _link_unknown(self, actor: Actor, names: _Names) -> str:
        found = self._find_full(actor, names) if names.full else self._find_bare(actor, names)
        if found is not None:
            if found.country_code is None and actor.country_code is not None:
                self._writer.keep_former(found, self._published_on)
                self._writer.update_entity(found.entity_id, {"country_code": actor.country_code})
            self._names_to_add.append(_NewNames(found.entity_id, found.entity_type, names.every, "text"))
            return found.entity_id
        entity = Entity(
            id=self._make_id(actor),
            name=actor.name,
            type=actor.type,
            country_code=actor.country_code,
            origin="text",
        )
        self._add_entity(entity)
        self._add_names([_NewNames(entity.id, entity.type, names.every, "text")])
        return entity.id

    def _find_full(self, actor: Actor, names: _Names) -> AliasMatch | None:
        stored = self._find_stored(actor, names.every)
        for name in names.full:
            owners = stored[_stored_key(name)]
            if owners:
                return max(owners, key=lambda owner: _closeness(actor, name, owner))
        absorbed = self._find_absorbed(actor, names, stored)
        if absorbed is not None:
            self._writer.keep_former(absorbed, self._published_on)
            self._writer.update_entity(absorbed.entity_id, {"name": actor.name})
            return absorbed._replace(entity_name=actor.name)
        return self._find_similar(actor, names.full)

    def _find_bare(self, actor: Actor, names: _Names) -> AliasMatch | None:
        stored = self._find_stored(actor, names.bare)
        for name in names.bare:
            owners = stored[_stored_key(name)]
            by_name = [owner for owner in owners if _stored_key(owner.entity_name) == owner.key]
            for group in (by_name, owners):
                if len({owner.entity_id for owner in group}) == 1:
                    return group[0]
        return None if actor.type == "person" else self._find_similar(actor, names.bare)

    def _find_absorbed(
        self, actor: Actor, names: _Names, stored: dict[str, list[AliasMatch]]
    ) -> AliasMatch | None:
        """Return the entity that is known by a bare name only, where this actor brings the full one."""
        for name in names.bare:
            owners = {owner.entity_id: owner for owner in stored[_stored_key(name)]}
            if len(owners) == 1:
                (owner,) = owners.values()
                aliases = self._writer.find_aliases_of([owner.entity_id])
                if owner.entity_type == actor.type and all(_is_bare(alias.text) for alias in aliases):
                    return owner
        return None

    def _find_stored(self, actor: Actor, names: Iterable[str]) -> dict[str, list[AliasMatch]]:
        """Return, by search key, the aliases whose entities the actor may be."""
        stored: dict[str, list[AliasMatch]] = {_stored_key(name): [] for name in names}
        for alias in self._writer.find_aliases([key for key in stored if key]):
            if _may_be(actor, alias):
                stored.setdefault(alias.key, []).append(alias)
        return stored

    def _find_similar(self, actor: Actor, names: Sequence[str]) -> AliasMatch | None:
        """Return the one entity with a name spelled so closely that it must be the same; None when two have one."""
        usable = [name for name in names if len(search_key(name)) >= _MIN_FUZZY_LETTERS]
        keys = {key for name in usable for key in blocking_keys(name, actor.type)}
        best: dict[str, AliasMatch] = {}
        for alias in self._writer.find_aliases_of(self._writer.find_blocked(keys)):
            if alias.entity_type != actor.type or alias.entity_id in best or not _may_be(actor, alias):
                continue
            if _is_bare(alias.text) and any(not _is_bare(name) for name in usable):
                continue
            if any(compare_names(name, alias.text, actor.type) >= SURE for name in usable):
                best[alias.entity_id] = alias
        return next(iter(best.values())) if len(best) == 1 else None

    def _add_entity(self, entity: Entity) -> None:
        self._writer.add_entities([entity])
        self.added.append(entity.id)

    def _add_names_to_joined(self) -> None:
        """Give stored entities the names that are new for them, but none of somebody judged to be another."""
        entity_ids = {new.entity_id for new in self._names_to_add}
        known: dict[str, set[str]] = {}
        for alias in self._writer.find_aliases_of(entity_ids):
            if not self._says_earlier(alias):
                known.setdefault(alias.entity_id, set()).add(alias.text)
        kept_apart = self._writer.find_kept_apart(entity_ids)
        self._add_names(
            new.leave_out(known.get(new.entity_id, set()) | self._find_taken(new, kept_apart))
            for new in self._names_to_add
        )
        self._names_to_add.clear()

    def _says_earlier(self, alias: AliasMatch) -> bool:
        """Say whether this document is the earliest dated one that says a name, as far as is known."""
        if alias.origin != "text" or self._published_on is None:
            return False
        return alias.known_on is None or self._published_on < alias.known_on

    def _find_taken(self, new: _NewNames, kept_apart: dict[str, set[str]]) -> set[str]:
        others = kept_apart.get(new.entity_id)
        if not others:
            return set()
        keys = {_stored_key(name): name for name in new.names}
        owners = self._writer.find_aliases(keys)
        taken = {alias.key for alias in owners if alias.entity_id in others}
        return {name for name in new.names if _stored_key(name) in taken}

    def _add_names(self, added: Iterable[_NewNames]) -> None:
        aliases: list[dict[str, object]] = []
        blocks: set[tuple[str, str]] = set()
        for new in added:
            for name in dict.fromkeys(new.names):
                key = _stored_key(name)
                aliases.append(
                    {
                        "entity_id": new.entity_id,
                        "text": name,
                        "key": key,
                        "origin": new.origin,
                        "known_on": self._published_on if new.origin == "text" else None,
                    }
                )
                blocks.update((block, new.entity_id) for block in blocking_keys(name, new.entity_type))
        self._writer.add_aliases(aliases)
        self._writer.add_blocking_keys(
            [{"key": block, "entity_id": owner} for block, owner in sorted(blocks)]
        )

    def _make_id(self, actor: Actor) -> str:
        slug = make_slug(actor.name)[:_MAX_SLUG].strip("-") or actor.type
        if self._gazetteer.find(slug) is None and not self._writer.find_entities([slug]):
            return slug
        # Suffixes are given out in order and never freed, so the first free one is found by halving.
        low, high = 1, 2
        while self._writer.find_entities([f"{slug}-{high}"]):
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            if self._writer.find_entities([f"{slug}-{middle}"]):
                low = middle
            else:
                high = middle
        return f"{slug}-{high}"


def keep_names(extraction: Extraction) -> tuple[Actor, ...]:
    """Return the actors of an extraction, with only those aliases that name them wherever they stand.

    "Iranians" and "Iran officials" stand for Iran in a sentence and are no names of Iran; a metonym that is one,
    such as Tehran, the gazetteer knows.
    """
    naming = {(m.actor, m.text) for m in extraction.mentions if m.resolution not in _NO_NAMES}
    standing_in = {(m.actor, m.text) for m in extraction.mentions} - naming
    return tuple(
        replace(
            actor,
            surface=actor.name if (number, actor.surface) in standing_in else actor.surface,
            aliases=tuple(alias for alias in actor.aliases if (number, alias) not in standing_in),
        )
        for number, actor in enumerate(extraction.actors)
    )


def _sort_names(actor: Actor) -> _Names:
    """Order an actor's names: its own name first, then the rest from the longest, each text once."""
    others = sorted(
        {actor.surface, *actor.aliases} - {actor.name},
        key=lambda name: (-len(name.split()), -len(name), name),
    )
    every = [name for name in (actor.name, *others) if len(name) <= _MAX_NAME and search_key(name)]
    return _Names(
        tuple(name for name in every if not _is_bare(name)), tuple(name for name in every if _is_bare(name))
    )


def _stored_key(name: str) -> str:
    """Return the search key as it is stored: cut where an index would refuse it."""
    return search_key(name)[:_MAX_KEY]


def _is_bare(name: str) -> bool:
    return " " not in search_key(name)


def _may_be(actor: Actor, alias: AliasMatch) -> bool:
    if actor.type != alias.entity_type and frozenset((actor.type, alias.entity_type)) not in _COMPATIBLE:
        return False
    if actor.country_code == alias.country_code:
        return True
    if None not in {actor.country_code, alias.country_code}:
        return False
    # "Foreign Ministry" is what every state calls its own: only a body's main name tells which one is meant.
    main_name = alias.entity_name if actor.country_code is None else actor.name
    return actor.type not in _BODIES_OF_STATE or alias.key == _stored_key(main_name)


def _closeness(actor: Actor, name: str, owner: AliasMatch) -> tuple[bool, bool, bool, bool]:
    """Rank the owners of one name; of equals `max` keeps the first, which is the one stored earliest."""
    return (
        owner.entity_type == actor.type,
        owner.country_code == actor.country_code,
        owner.text == name,
        owner.entity_name == name,
    )


def _is_free_or_same(stored: StoredEntity | None, known: Entity) -> bool:
    """Say whether a known id can be used: nobody else has taken it, as an older gazetteer would have let them."""
    return stored is None or stored.type == known.type
