"""An extraction as rows for the store, once its actors are linked."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ingest.types import Claim, Extraction, Mention


def build_document_row(
    extraction: Extraction, document_id: str, content_hash: str, story_id: str, signature: bytes | None
) -> dict[str, object]:
    """Return the document's own row; it is ingested now."""
    document = extraction.document
    return {
        "id": document_id,
        "content_hash": content_hash,
        "story_id": story_id,
        "title": document.title,
        "text": document.text,
        "source": document.source,
        "url": document.url,
        "external_id": document.external_id,
        "published_on": extraction.published_on,
        "signature": signature,
        "extractor": extraction.extractor,
        "ingested_at": datetime.now(tz=UTC),
    }


def build_mention_rows(
    extraction: Extraction, document_id: str, entity_ids: Sequence[str]
) -> list[dict[str, object]]:
    """Return a row for each mention; `entity_ids` has the entity of each actor."""
    return [
        {
            "document_id": document_id,
            "entity_id": entity_ids[mention.actor],
            "start_char": mention.start_char,
            "end_char": mention.end_char,
            "text": mention.text,
            "resolution": mention.resolution,
        }
        for mention in extraction.mentions
    ]


def build_claim_rows(
    extraction: Extraction, document_id: str, entity_ids: Sequence[str]
) -> list[dict[str, object]]:
    """Return a row for each claim between two entities.

    A claim whose ends are two names in the text but one entity in the world is left out. Ids keep the
    claim's number in the extraction, so they do not depend on what is left out.
    """
    return [
        {
            "id": f"{document_id}-{number}",
            "document_id": document_id,
            **_describe_claim(claim),
            **_describe_end("source", extraction.mentions[claim.source], entity_ids),
            **_describe_end("target", extraction.mentions[claim.target], entity_ids),
            "attributed_to_id": _find_speaker(extraction, claim, entity_ids),
        }
        for number, claim in enumerate(extraction.claims, start=1)
        if entity_ids[extraction.mentions[claim.source].actor]
        != entity_ids[extraction.mentions[claim.target].actor]
    ]


def _describe_claim(claim: Claim) -> dict[str, object]:
    return {
        "kind": claim.kind,
        "how": claim.how,
        "quote": claim.quote,
        "quote_start": claim.quote_start,
        "quote_end": claim.quote_end,
        "trigger": claim.trigger,
        "trigger_start": claim.trigger_start,
        "trigger_end": claim.trigger_end,
        "rule": claim.rule,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "attributed_to": claim.attributed_to,
        "valid_from": claim.valid_from,
        "valid_to": claim.valid_to,
        "confidence": claim.confidence,
        "review_status": "unreviewed",
    }


def _describe_end(end: str, mention: Mention, entity_ids: Sequence[str]) -> dict[str, object]:
    return {
        f"{end}_id": entity_ids[mention.actor],
        f"{end}_start": mention.start_char,
        f"{end}_end": mention.end_char,
        f"{end}_resolution": mention.resolution,
    }


def _find_speaker(extraction: Extraction, claim: Claim, entity_ids: Sequence[str]) -> str | None:
    return None if claim.speaker is None else entity_ids[extraction.mentions[claim.speaker].actor]
