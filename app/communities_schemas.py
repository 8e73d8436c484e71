"""The question and the answer of `communities`: groups of actors, what ties them and what cuts them apart."""

from typing import Literal

from pydantic import Field

from app.balance_schemas import EvidencedEdge, Shown
from app.queries import GraphFilter
from app.schemas import EntityRef, Wire


class CommunitiesQuestion(GraphFilter):
    """Who belongs together?"""

    signs: Literal["signed", "unsigned"] = Field(
        default="signed",
        description="`signed`: opposition sets apart, places are left out; `unsigned`: every relation ties",
    )
    resolution: float = Field(default=1.0, gt=0, le=10, description="Above 1 makes more and smaller groups")
    seed: int = Field(default=0, ge=0, lt=2**31, description="Of the random order in which groups are sought")
    limit: int = Field(default=20, ge=1, le=200, description="Most groups, and most borders between them")
    members: int = Field(default=50, ge=1, le=1000, description="Most members of a group to list")
    edges: int = Field(default=3, ge=0, le=50, description="Most relations of each sort to show with a quote")


class CommunityMember(Wire):
    """An actor of a group."""

    entity: EntityRef
    strength: float = Field(description="Summed confidence of what ties it to the others of its group")


class CommunityGroup(Wire):
    """A group of actors."""

    number: int = Field(description="From 1, largest first")
    name: str = Field(description="Its up to three most central actors")
    members: Shown[CommunityMember] = Field(description="Most strongly tied first")
    ties: Shown[EvidencedEdge] = Field(description="Relations that hold it together, surest first")
    strains: Shown[EvidencedEdge] = Field(description="Relations by which its own members oppose each other")


class CommunityBorder(Wire):
    """What lies between two groups."""

    left: int = Field(description="Number of a group")
    right: int = Field(description="Number of another")
    weight: float = Field(description="Summed confidence of all relations between them")
    cuts: Shown[EvidencedEdge] = Field(description="Relations by which they oppose each other, surest first")
    bridges: Shown[EvidencedEdge] = Field(description="Relations that tie them all the same")


class CommunitiesAnswer(Wire):
    """Groups of actors, largest first."""

    graph_version: int
    signs: Literal["signed", "unsigned"]
    method: str
    modularity: float = Field(ge=-1, le=1, description="Of the division; signed where `signs` is")
    resolution: float
    seed: int
    communities: Shown[CommunityGroup]
    borders: Shown[CommunityBorder] = Field(description="Between two groups shown, most weight first")
    alone: Shown[EntityRef] = Field(description="Actors with relations of the sort asked for, but no group")
