"""Relations and ties with their quotes, as `balance` and `communities` show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.answers.evidence import find_quotes
from app.answers.reader import Reader, find_ref, to_edge
from app.balance_schemas import EvidencedEdge, Shown, SignedTie
from app.schemas import EntityRef, Quote, Relation
from graph.balance import Tie
from graph.edges import Edge
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

Item = TypeVar("Item")


def show(items: Sequence[Item], total: int | None = None) -> Shown[Item]:
    """Return a list with how long it is, or how long the one it begins is."""
    return Shown(shown=len(items), total=len(items) if total is None else total, items=list(items))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The quotes of all relations an answer shows, looked up at once."""

    snapshot: Snapshot
    quotes: dict[str, list[Quote]]

    @classmethod
    def look_up(
        cls, reader: Reader, snapshot: Snapshot, where: EdgeFilter, edges: Iterable[Edge], per_edge: int = 1
    ) -> "Evidence":
        """Find the best quotes of these relations among what a filter leaves. Cost: one query."""
        distinct = {edge.id: edge for edge in edges}
        view = snapshot.view(where)
        return cls(snapshot, find_quotes(reader.store, snapshot, view, list(distinct.values()), per_edge))

    def show_actor(self, entity_id: str) -> EntityRef:
        """Return an actor, short."""
        return find_ref(self.snapshot, entity_id)

    def show_edge(self, edge: Edge) -> EvidencedEdge:
        """Return a relation with its quotes."""
        source, target = self.show_actor(edge.source), self.show_actor(edge.target)
        named = Relation.model_validate(
            {**to_edge(edge).model_dump(), "source_name": source.name, "target_name": target.name}
        )
        return EvidencedEdge(edge=named, quotes=self.quotes.get(edge.id, []))

    def show_edges(self, edges: Sequence[Edge], most: int) -> Shown[EvidencedEdge]:
        """Return the first of some relations, and how many there are."""
        return show([self.show_edge(edge) for edge in edges[:most]], len(edges))

    def show_tie(self, tie: Tie) -> SignedTie:
        """Return a tie with all its relations."""
        return SignedTie(
            left=self.show_actor(tie.left),
            right=self.show_actor(tie.right),
            sign=tie.sign,
            confidence=round(tie.confidence, 12),
            support=tie.support,
            opposition=tie.opposition,
            disputed=tie.is_disputed,
            relations=[self.show_edge(edge) for edge in tie.edges],
        )
