"""The question and the answer of `timeline`: claims by kind over time."""

from datetime import date
from typing import Literal

from pydantic import Field

from app.queries import GraphFilter, Names
from app.schemas import EntityRef, Wire


class TimelineQuestion(GraphFilter):
    """When was it said, or when did it hold?"""

    of: Names = Field(
        default=[],
        max_length=20,
        description="Names or ids, separated by commas: claims on their relations; without, the whole graph",
    )
    bucket: Literal["day", "week", "month"] = Field(
        default="month", description="Span of one count; weeks begin on Monday"
    )
    clock: Literal["published", "valid"] = Field(
        default="published",
        description="`published` counts a claim on the day its text appeared, `valid` on the day that it speaks of",
    )
    stories_once: bool = Field(
        default=False, description="Count what copies of one story say of one relation once"
    )
    since: date | None = Field(default=None, description="First day; its bucket is shown whole")
    until: date | None = Field(default=None, description="Last day; its bucket is shown whole")


class ClaimTally(Wire):
    """Claims, counted."""

    claims: int = Field(description="Claims that count, of all kinds")
    kinds: dict[str, int] = Field(description="The same by kind of relation; kinds without one are left out")
    denied: int = Field(description="Besides them: claims that something is not so")
    possible: int = Field(description="Besides them: claims that something may, might or would be so")


class TimeBucket(ClaimTally):
    """A day, a week or a month."""

    start: date
    end: date = Field(description="Its last day")


class TimelineAnswer(Wire):
    """Claims by kind over time, without gaps."""

    of: list[EntityRef] = Field(description="Whose relations; empty for the whole graph")
    bucket: Literal["day", "week", "month"]
    clock: Literal["published", "valid"] = Field(description="What a claim's day is")
    stories_once: bool
    kinds: list[str] = Field(description="The kinds that occur, in the order they are drawn in")
    shown: int = Field(description="Claims that count within the buckets")
    total: int = Field(description="The same and those undated, before and after")
    graph_version: int
    buckets: list[TimeBucket]
    undated: ClaimTally = Field(description="Claims that the clock cannot place")
    before: ClaimTally = Field(description="Claims before the first bucket")
    after: ClaimTally = Field(description="Claims after the last bucket")
