"""Reviews of claims: accepted, rejected, or taken back."""

from app.answers.reader import Reader
from app.answers.records import get_claim
from app.queries import DatedQuestion
from app.review_schemas import ReviewIn
from app.schemas import ClaimDetail


def review_claim(reader: Reader, claim_id: str, review: ReviewIn, reviewed_by: str | None) -> ClaimDetail:
    """Keep somebody's word on a claim, with the name and the time, and return the claim as it is then.

    Raises:
        RecordNotFound: There is none with this id.
    """
    reader.store.review_claim(claim_id, review.review_status, reviewed_by)
    return get_claim(reader, claim_id, DatedQuestion())
