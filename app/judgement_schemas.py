"""The shapes of judgements on who is whom: what is sent, what is kept, and which pairs are worth one."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.queries import NO_NUL, Name
from app.schemas import Entity, EntityRef, MentionInContext, Wire
from graph.models import Verdict


class JudgementIn(BaseModel):
    """Somebody's word on two actors or places."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    left: Name = Field(description="Name or id")
    right: Name = Field(description="Name or id")
    verdict: Verdict = Field(description="Whether the two are one")
    keep: Name | None = Field(
        default=None, description="Which of the two gives its name and id to both, where they are the same"
    )
    reason: str | None = Field(default=None, max_length=2_000, pattern=NO_NUL, description="Why")


class Judgement(Wire):
    """A kept judgement; both sides are named as they were before any judgement."""

    id: int
    left: EntityRef
    right: EntityRef
    verdict: Verdict
    keep: str | None = Field(
        default=None, description="Id of the one that stands for both, where one was named"
    )
    reason: str | None = None
    judged_by: str | None = Field(
        default=None, description="The name of the key, or of the user at a terminal"
    )
    judged_at: datetime


class Candidate(Wire):
    """Two actors or places that are likely one, and what there is to judge them by."""

    left: Entity
    right: Entity
    score: Annotated[float, Field(ge=0, le=1, description="How alike their most alike names are")]
    reasons: list[str]
    left_mention: MentionInContext | None = Field(default=None, description="Where a text names the left one")
    right_mention: MentionInContext | None = Field(
        default=None, description="Where a text names the right one"
    )


class Candidates(Wire):
    """Likely duplicates that nobody has judged, the likeliest first."""

    shown: int
    total: int
    graph_version: int
    items: list[Candidate]
