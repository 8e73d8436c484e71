"""The shape of a review: what somebody who read the sentence says of a claim."""

from pydantic import BaseModel, ConfigDict, Field

from graph.models import ReviewStatus


class ReviewIn(BaseModel):
    """Somebody's word on one claim."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    review_status: ReviewStatus = Field(
        description="Whether the sentence says what the claim says; `unreviewed` takes an earlier review back"
    )
