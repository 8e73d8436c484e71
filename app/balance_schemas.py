"""The question and the answer of `balance`: the signed analysis of the graph."""

from datetime import date
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from app.queries import GraphFilter
from app.schemas import Confidence, EntityRef, Quote, Relation, Sign, Wire

Item = TypeVar("Item")
Share = Annotated[float, Field(ge=0, le=1, description="Within [0, 1]")]


class BalanceQuestion(GraphFilter):
    """Which friendships and enmities contradict each other?"""

    weight: Literal["ties", "confidence"] = Field(
        default="ties", description="What a tie that contradicts the coalitions costs: 1, or its confidence"
    )
    ambivalent: Literal["apart", "lean"] = Field(
        default="apart",
        description="Pairs that support and oppose each other: set apart, or given the surer side's sign",
    )
    limit: int = Field(
        default=10,
        ge=1,
        le=200,
        description="Most of each: parts, triads of either sort, ties to check, actors",
    )
    bucket: Literal["day", "week", "month"] | None = Field(
        default=None, description="Also the balance at the end of each of these spans"
    )
    clock: Literal["known", "valid"] = Field(
        default="known",
        description="Of `bucket`: what had been published by a day, or what held on it",
    )


class BalancePictureQuestion(BalanceQuestion):
    """The same as a picture."""

    plot: Literal["coalitions", "time"] = Field(
        default="coalitions", description="The two camps and what contradicts them, or the balance over time"
    )


class Shown(Wire, Generic[Item]):
    """The first of a list, and how long it is."""

    shown: int
    total: int
    items: list[Item]


class EvidencedEdge(Wire):
    """A relation with the best of its quotes."""

    edge: Relation
    quotes: list[Quote] = Field(description="The best that count; where it is denied, the best denial last")


class SignedTie(Wire):
    """What all supports and oppositions between two actors, in either direction, come to."""

    left: EntityRef
    right: EntityRef
    sign: Sign
    confidence: Confidence
    support: Confidence = Field(description="Confidence of the surest supporting relation; 0 without one")
    opposition: Confidence = Field(description="Confidence of the surest opposing relation; 0 without one")
    disputed: bool = Field(description="Both sides are claimed, or a relation is denied somewhere")
    relations: list[EvidencedEdge]


class SignedTriad(Wire):
    """Three actors who are all tied to each other."""

    actors: list[EntityRef]
    signs: Literal["+++", "++-", "+--", "---"]
    balanced: bool
    confidence: Confidence = Field(description="Product of the ties'")
    ties: list[SignedTie]


class TieCounts(Wire):
    """Pairs of actors by what ties them."""

    positive: int
    negative: int
    ambivalent: int = Field(description="Pairs that support and oppose each other, which are set apart")


class TriadSums(Wire):
    """All triads, counted and the surest shown."""

    counts: dict[str, int] = Field(description="By signs: `+++`, `++-`, `+--`, `---`")
    balanced_share: Share | None = Field(description="Of all triads; null without any")
    expected_share: Share | None = Field(description="The same if the signs lay on the ties at random")
    unbalanced: Shown[SignedTriad]
    balanced: Shown[SignedTriad]


class FrustrationIndex(Wire):
    """The least of the ties that contradicts any split into two coalitions."""

    weight: Literal["ties", "confidence"]
    exact: bool
    lower: float = Field(description="No split contradicts less")
    upper: float = Field(description="What the split shown contradicts")
    total: float = Field(description="All ties")
    balanced_share: Share = Field(
        description="1 - 2 * upper / total: 1 is balanced, 0 as far from it as can be"
    )
    method: str


class Coalitions(Wire):
    """Actors that signed ties join, and the two camps they fall into; who is first says nothing."""

    actors: int
    ties: int
    first: Shown[EntityRef] = Field(description="The camp of the actor with most ties")
    second: Shown[EntityRef] = Field(description="The other one")
    loose: list[EntityRef] = Field(description="Those shown whose own ties fit either camp as well")
    contradictions: Shown[SignedTie] = Field(
        description="Ties against the split: foes in a camp, friends across"
    )


class ActorBalance(Wire):
    """Balance as seen from one actor."""

    entity: EntityRef
    ties: int
    share: Share


class WalkSums(Wire):
    """Balance of all closed walks, short ones weighing most."""

    share: Share | None = Field(description="tr exp(A) / tr exp(|A|); 1 is balanced; null without ties")
    error: float = Field(description="Standard error; 0 where it was not sampled")
    method: str
    actors: list[ActorBalance] = Field(
        description="The actors with most ties, those least at peace with their surroundings first"
    )


class TieToCheck(Wire):
    """A tie that, were it wrong, would settle tension."""

    tie: SignedTie
    settles: float = Field(
        description="How far the frustration index falls without it or with its sign turned"
    )
    contradicts_split: bool = Field(description="Whether it is one of the contradictions of the split shown")
    action: Literal["flip", "remove"] = Field(description="What settles more triads")
    triads_flipped: int = Field(description="Unbalanced triads fewer with its sign turned; negative is more")
    triads_removed: int = Field(description="Unbalanced triads fewer without it")


class BalanceMoment(Wire):
    """The balance at the end of a day."""

    day: date
    actors: int
    ties: TieCounts
    balanced_triads: int
    unbalanced_triads: int
    frustration_lower: float
    frustration_upper: float


class BalanceAnswer(Wire):
    """The signed analysis of the graph, or of what a filter leaves of it."""

    graph_version: int
    actors: int = Field(description="Actors with a tie that has a sign")
    ties: TieCounts
    triads: TriadSums
    frustration: FrustrationIndex
    parts: Shown[Coalitions] = Field(
        description="Each part that hangs together split by itself, largest first"
    )
    walks: WalkSums
    ambivalent: Shown[SignedTie] = Field(description="Pairs set apart, those surest of both sides first")
    to_check: Shown[TieToCheck] = Field(description="Which ties to check first")
    over_time: list[BalanceMoment] = Field(description="Empty unless `bucket` is given")
