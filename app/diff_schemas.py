"""The question and the answer of `diff`: what changed between two days."""

from datetime import date
from typing import Literal

from pydantic import Field

from app.queries import GraphFilter, Names
from app.schemas import Edge, EntityRef, Quote, Relation, Sign, Wire


class DiffQuestion(GraphFilter):
    """What changed between two days?"""

    from_: date = Field(alias="from", description="The earlier day")
    to: date = Field(description="The later day")
    reading: Literal["held", "known"] = Field(
        default="held",
        description="`held` compares what held in the world on each day, `known` what had been published by it",
    )
    of: Names = Field(
        default=[],
        max_length=20,
        description="Names or ids, separated by commas: only their relations; without, the whole graph",
    )
    limit: int = Field(default=50, ge=1, le=500, description="Most changes in each of the four lists")


class RelationChange(Wire):
    """A relation that is not on the later day what it was on the earlier."""

    relation: Relation = Field(description="As it is on the later day; as it was, where it ended")
    before: Edge | None = Field(default=None, description="On the earlier day, if it counted")
    after: Edge | None = Field(default=None, description="On the later day, if it counts")
    claims: list[str] = Field(description="Ids of the claims that made the change, earliest published first")
    day: date | None = Field(
        default=None,
        description="From when it is so, as far as these claims say; for what ended, the last day it held",
    )
    quotes: list[Quote] = Field(description="The first of them, one of each story before a second")


class SignChange(Wire):
    """A pair whose surest relation turned from support to opposition, or the other way."""

    source: EntityRef
    target: EntityRef
    sign_before: Sign
    sign_after: Sign
    before: list[Edge] = Field(description="Support and opposition on the earlier day, surest first")
    after: list[Edge] = Field(description="The same on the later day")
    claims: list[str] = Field(description="Ids of the claims that made the change, earliest published first")
    quotes: list[Quote] = Field(description="The first of them, one of each story before a second")


class DiffSize(Wire):
    """How many changes."""

    appeared: int
    ended: int
    changed_sign: int
    became_disputed: int


class DiffAnswer(Wire):
    """What changed between two days, each list surest first."""

    from_: date = Field(alias="from")
    to: date
    reading: Literal["held", "known"]
    of: list[EntityRef] = Field(description="Whose relations; empty for the whole graph")
    shown: DiffSize
    total: DiffSize
    graph_version: int
    appeared: list[RelationChange]
    ended: list[RelationChange]
    changed_sign: list[SignChange]
    became_disputed: list[RelationChange]
