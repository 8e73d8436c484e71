"""The kinds of entity and relation, read once from ontology.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from graph.errors import OntologyError
from graph.yaml_text import read_yaml

Sign = Literal[-1, 0, 1]


@dataclass(frozen=True, slots=True)
class EntityType:
    """A kind of node, such as `armed-group`; an actor is anything that can act, so all but `place`."""

    name: str
    label: str
    plural: str
    description: str
    actor: bool


@dataclass(frozen=True, slots=True)
class How:
    """A finer value of a relation kind, such as `funds` under `supports`."""

    name: str
    symmetric: bool
    transitive: bool


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of edge.

    Attributes:
        sign: +1 for support, -1 for opposition, 0 for relations that never enter signed analysis.
        source: Entity types that may stand at the source.
        target: Entity types that may stand at the target.
        how: Finer values by name.
    """

    name: str
    label: str
    plural: str
    inverse_label: str
    description: str
    sign: Sign
    source: frozenset[str]
    target: frozenset[str]
    how: Mapping[str, How]

    def allows(self, source_type: str, target_type: str) -> bool:
        """Say whether entities of these two types may be joined by this kind."""
        return source_type in self.source and target_type in self.target


@dataclass(frozen=True, slots=True)
class Ontology:
    """All kinds, by name."""

    entity_types: Mapping[str, EntityType]
    relation_kinds: Mapping[str, RelationKind]

    def get_relation(self, kind: str) -> RelationKind:
        """Return the relation kind of this name.

        Raises:
            OntologyError: There is none.
        """
        try:
            return self.relation_kinds[kind]
        except KeyError:
            known = ", ".join(self.relation_kinds)
            raise OntologyError(f"{kind!r} is not a kind of relation; the kinds are {known}") from None

    def is_symmetric(self, kind: str, how: str | None) -> bool:
        """Say whether a relation reads the same from both ends, such as `supports`/`allied-with`."""
        finer = self.get_relation(kind).how.get(how or "")
        return finer is not None and finer.symmetric


def _expand_ends(names: list[str], entity_types: Mapping[str, EntityType], where: str) -> frozenset[str]:
    """Replace `actor` and `any` by the types they stand for."""
    expanded: set[str] = set()
    for name in names:
        if name == "any":
            expanded.update(entity_types)
        elif name == "actor":
            expanded.update(t.name for t in entity_types.values() if t.actor)
        elif name in entity_types:
            expanded.add(name)
        else:
            raise OntologyError(f"ontology.yaml: {where}: {name!r} is not an entity type")
    return frozenset(expanded)


def _parse_relation(name: str, raw: dict[str, Any], entity_types: Mapping[str, EntityType]) -> RelationKind:
    how = {
        finer: How(finer, symmetric=bool(flags.get("symmetric")), transitive=bool(flags.get("transitive")))
        for finer, flags in raw["how"].items()
    }
    return RelationKind(
        name=name,
        label=raw["label"],
        plural=raw["plural"],
        inverse_label=raw["inverse_label"],
        description=raw["description"],
        sign=raw["sign"],
        source=_expand_ends(raw["source"], entity_types, f"{name}.source"),
        target=_expand_ends(raw["target"], entity_types, f"{name}.target"),
        how=MappingProxyType(how),
    )


def parse_ontology(text: str) -> Ontology:
    """Read an ontology from YAML text.

    Raises:
        OntologyError: A field is missing or a type is unknown; the message names it.
    """
    raw = read_yaml(text)
    try:
        types = {name: EntityType(name=name, **fields) for name, fields in raw["entity_types"].items()}
        kinds = {name: _parse_relation(name, fields, types) for name, fields in raw["relation_kinds"].items()}
    except (KeyError, TypeError) as error:
        raise OntologyError(f"ontology.yaml: missing or unknown field: {error}") from error
    return Ontology(MappingProxyType(types), MappingProxyType(kinds))


@cache
def get_ontology() -> Ontology:
    """Return the product's ontology; read from disk once a process."""
    return parse_ontology(files("graph").joinpath("ontology.yaml").read_text(encoding="utf-8"))
