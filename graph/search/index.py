"""From names to nodes: the one that is meant, or the ones that come closest."""

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph.edges import Canonical
from graph.errors import AmbiguousName, EntityNotFound, NameSuggestion
from graph.names import search_key
from graph.nodes import Node
from graph.search.tables import Layer, NameTable
from graph.snapshot.columns import Mask
from graph.snapshot.node_table import NodeTable

if TYPE_CHECKING:
    from graph.search.scoring import Hit

_MAX_QUERY_WORDS = 8
_FEWEST_JOINED = 1_000


class _Later(NamedTuple):
    """The names of what came or was renamed up to some state of the nodes."""

    nodes: NodeTable
    names: NameTable
    numbers: Sequence[int]

    @classmethod
    def of(cls, nodes: NodeTable, numbers: Sequence[int]) -> "_Later":
        """List the names of these nodes."""
        return cls(nodes, NameTable.of_nodes((number, nodes.get(number)) for number in numbers), numbers)


class NameIndex:
    """The names of a graph's nodes, to be searched; immutable, so threads may share it.

    Names that were there when the graph's columns were built are looked up in what was built, or mapped, with them
    (`NodeTable.names`), those that came since in tables beside it.

    Args:
        nodes: Whose names.
        canonical: Which node an entity's id stands for, for the ids that were merged away.
        before: The index of an earlier state of the same nodes; what it made is used again.
    """

    def __init__(self, nodes: NodeTable, canonical: Canonical, before: "NameIndex | None" = None) -> None:
        self._nodes = nodes
        self._canonical = canonical
        self._before: tuple[_Later, ...] = ()
        if before is not None:
            self._before = before.__dict__.get("_later", before._before)  # noqa: SLF001 (one of its own)

    def follow(self, nodes: NodeTable, canonical: Canonical) -> "NameIndex":
        """Return the index of a later state of the same nodes. Cost: O(what changed), at the first name."""
        return NameIndex(nodes, canonical, self)

    @property
    def is_read(self) -> bool:
        """Whether names can be looked up at once."""
        return self._nodes.names.is_made

    def read(self) -> None:
        """Make now what names are looked up by, so that no look-up has to."""
        self._nodes.names.words  # noqa: B018 (made by being asked for)

    @cached_property
    def _later(self) -> tuple[_Later, ...]:
        """What came since the columns: most of it in a table that following indices share, the rest beside it."""
        nodes, before = self._nodes, self._before[:1]
        if not nodes.added and not nodes.changed:
            return ()
        if before:
            numbers = nodes.list_renewed(since=before[0].nodes)
            if len(numbers) <= _FEWEST_JOINED + len(before[0].numbers) // 8:
                return (*before, _Later.of(nodes, numbers)) if numbers else before
        return (_Later.of(nodes, nodes.list_renewed()),)

    @cached_property
    def _layers(self) -> list[Layer]:
        """All names, each node's in one layer alone."""
        later = self._later
        tables = [self._nodes.names, *(each.names for each in later)]
        # Each layer but the last has a later one, whose nodes are left out of it.
        replaced = [list(self._nodes.changed), *(each.numbers for each in later[1:]), []]
        return [Layer(table, self._mark(numbers)) for table, numbers in zip(tables, replaced, strict=False)]

    def _mark(self, numbers: Sequence[int]) -> Mask | None:
        hidden = self._nodes.hidden
        if not numbers:
            return hidden
        marks = np.zeros(len(self._nodes), np.uint8) if hidden is None else hidden.copy()
        marks[numbers] = 1
        return marks

    def _find_by_id(self, entity_id: str) -> Node | None:
        number = self._nodes.find(self._canonical.get(entity_id, entity_id))
        return None if number < 0 else self._nodes.get(number)

    def _iter_named(self, key: str) -> Iterator[tuple[Node, str]]:
        """Yield who goes by a name, by its search key, as they are now, and the name as written."""
        for layer in self._layers:
            for row in layer.list_rows(key):
                number, text = layer.table.get_node(row), layer.table.get_text(row)
                if self._nodes.has_name(number, text):
                    yield self._nodes.get(number), text

    def resolve(self, name: str) -> Node:
        """Return the one entity that goes by an id or a name; case, accents, articles and spaces do not matter.

        An id wins over names. Among several with the name, the one that has it as its main name wins, and among those
        a state wins over places and bodies that are named after it. A capital means its government where documents
        use it so more often than for the town: whichever of the two they mean by it more.

        Raises:
            EntityNotFound: Nobody goes by it; carries the three closest names.
            AmbiguousName: Several do, and none of them is the obvious one; carries them, most mentioned first.

        Cost: O(log names); an unknown name costs a search.
        """
        stripped = name.strip()
        entity = self._find_by_id(stripped)
        if entity is not None:
            return entity
        owners = self._find_owners(stripped)
        if not owners:
            suggestions = [_suggest(hit.entity) for hit in self.search(stripped, limit=3)]
            raise EntityNotFound(name, suggestions)
        if len(owners) > 1:
            raise AmbiguousName(name, [_suggest(owner) for owner in owners])
        return owners[0]

    def _find_owners(self, name: str) -> list[Node]:
        """Return who a whole name may mean, most mentioned first; one where it is clear."""
        key = search_key(name)
        owners = {node.id: node for node, _ in self._iter_named(key)}
        if not owners:
            # Read only where it is needed, as comparing names loads what few questions need.
            from graph.identity.body_names import find_known_spellings  # noqa: PLC0415

            spellings = {search_key(other) for other in find_known_spellings(name)}
            owners = {node.id: node for other in spellings for node, _ in self._iter_named(other)}
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

    def search(self, query: str, *, types: Collection[str] | None = None, limit: int = 20) -> "list[Hit]":
        """Return the nodes whose names fit a query, best first, each once.

        First an id or whole name, then names with words that begin as the query's do, then other spellings and typos
        (`Sulaimani` finds Qasem Soleimani). Ties go to whoever is mentioned more, then by id.

        Args:
            query: A name, part of one, or an id.
            types: Entity types to keep; all when None.
            limit: How many at most.

        Cost: O(names that share a word), and comparing 400 of them at most; O(words of all names) for typos that no
        spelling rule covers. Measured at a million names on a file just mapped: 5 to 300 ms for a first question, 0.3
        to 90 ms for later ones; `resolve` of a name that somebody has 0.4 ms at first, then 0.1 ms.
        """
        from graph.search.scoring import order_hits  # noqa: PLC0415 (few questions search)

        best: dict[str, Hit] = {}
        for hit in self._iter_hits(query.strip(), types):
            known = best.get(hit.entity.id)
            if known is None or order_hits(hit) < order_hits(known):
                best[hit.entity.id] = hit
        return sorted(best.values(), key=order_hits)[: max(limit, 0)]

    def _iter_hits(self, query: str, types: Collection[str] | None) -> "Iterator[Hit]":
        from graph.identity.body_names import find_known_spellings  # noqa: PLC0415
        from graph.search.candidates import find_alike  # noqa: PLC0415
        from graph.search.scoring import Hit, weigh  # noqa: PLC0415

        by_id = self._find_by_id(query)
        if by_id is not None and (types is None or by_id.type in types):
            yield Hit(by_id, by_id.name, "id", 1.0)
        key = search_key(query)
        if not key:
            return
        spellings = {key, *(search_key(other) for other in find_known_spellings(query))}
        for spelling in spellings:
            for node, text in self._iter_named(spelling):
                if types is None or node.type in types:
                    yield Hit(node, text, "exact", 1.0)
        words = key.split()[:_MAX_QUERY_WORDS]
        for number, text in find_alike(words, self._layers, self._nodes, types):
            hit = weigh(query, words, self._nodes.get(number), text)
            if hit is not None:
                yield hit


def _count_metonym(node: Node, key: str) -> int:
    """Return how often documents mean a node by a place's name."""
    return sum(count for text, count in node.metonyms if search_key(text) == key)


def _suggest(node: Node) -> NameSuggestion:
    return NameSuggestion(node.id, node.name, node.type)
