"""The shapes of texts on their way in: what is sent, what became of it, and what was understood of it."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas import Confidence, Document, Offset, Wire
from graph.models import Modality, Polarity


class DocumentIn(BaseModel):
    """A text to be taken in."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1)
    title: str | None = Field(default=None, max_length=1_000)
    published_on: date | None = None
    source: str | None = Field(default=None, max_length=200, description="The outlet")
    url: str | None = Field(default=None, max_length=2_000)
    external_id: str | None = Field(default=None, max_length=200, description="Your own id")
    id: str | None = Field(default=None, max_length=200, description="The same as `external_id`")


class Receipt(Wire):
    """What became of one text."""

    origin: str = Field(description="Which text: `body`, or a file's name and line")
    status: Literal["stored", "known", "failed"]
    reason: str | None = Field(default=None, description="Why it failed")
    document: Document | None = None


class IngestAnswer(Wire):
    """What became of what was sent; the same content twice is one document and says `known`."""

    stored: int
    known: int
    failed: int
    items: list[Receipt]


class ExtractedEntity(Wire):
    """Words that stand for somebody; `text` is exactly `text[start_char:end_char]` of what was read."""

    text: str
    type: str
    start_char: Offset
    end_char: Offset
    resolution: str = Field(
        description="How it is known who is meant: a `name`, or a `pronoun` or `description` resolved"
    )
    entity: str = Field(description="Who or what it is: the fullest name known")


class ExtractedClaim(Wire):
    """What one sentence says, before it is stored; `source` and `target` are names as written in the text."""

    source: str
    kind: str
    how: str | None
    target: str
    polarity: Polarity
    modality: Modality
    counts: bool
    confidence: Confidence
    quote: str
    quote_start: Offset
    quote_end: Offset
    source_start: Offset
    source_end: Offset
    source_resolution: str
    target_start: Offset
    target_end: Offset
    target_resolution: str
    trigger: str
    trigger_start: Offset
    trigger_end: Offset
    rule: str = Field(
        description="What found it: a rule such as `verb:active`, or `learned:`, the learned scorer's heads, and the "
        "probability they gave, as in `learned:stated@0.93`"
    )
    attributed_to: str | None = Field(description="The speaker, in the document's words")
    speaker: str | None = Field(description="Who that is: the fullest name known, where it could be linked")
    valid_from: date | None
    valid_to: date | None


class ExtractedEdge(Wire):
    """A relation as a bare triple: what the claims that count say, or what geography knows of two names of the text."""

    source: str
    relation: str
    target: str
    confidence: Confidence = Field(description="That of its surest claim; 1 for geography")
    origin: Literal["text", "gazetteer"]


class ExtractionAnswer(Wire):
    """All that was understood of one text."""

    id: str | int | None
    entities: list[ExtractedEntity]
    claims: list[ExtractedClaim]
    edges: list[ExtractedEdge]
