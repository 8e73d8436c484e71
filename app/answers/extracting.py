"""`extract`: what a text says, without a database."""

from app.ingest_schemas import ExtractedClaim, ExtractedEdge, ExtractedEntity, ExtractionAnswer
from ingest.types import Claim, Extraction, Mention

_NAMELESS = frozenset({"pronoun", "description"})


def describe_extraction(text_id: str | int | None, extraction: Extraction) -> ExtractionAnswer:
    """Return an extraction as it goes over the wire.

    `entities` are the names in the text, in reading order; pronouns and descriptions are not names and appear at
    the ends of claims only. `edges` holds each triple once.
    """
    claims = [_to_claim(extraction, claim) for claim in extraction.claims]
    triples = dict.fromkeys((claim.source, claim.kind, claim.target) for claim in claims if claim.counts)
    return ExtractionAnswer(
        id=text_id,
        entities=[
            ExtractedEntity(
                text=mention.text,
                type=mention.type,
                start_char=mention.start_char,
                end_char=mention.end_char,
                entity=extraction.actors[mention.actor].name,
            )
            for mention in extraction.mentions
            if mention.resolution not in _NAMELESS
        ],
        claims=claims,
        edges=[ExtractedEdge(source=s, relation=kind, target=t) for s, kind, t in triples],
    )


def _name(extraction: Extraction, mention: Mention) -> str:
    """Return a mention's words, or where they are no name, the fullest name the text has for who is meant."""
    if mention.resolution in _NAMELESS:
        return extraction.actors[mention.actor].surface
    return mention.text


def _to_claim(extraction: Extraction, claim: Claim) -> ExtractedClaim:
    source, target = extraction.mentions[claim.source], extraction.mentions[claim.target]
    speaker = None if claim.speaker is None else extraction.mentions[claim.speaker]
    return ExtractedClaim(
        source=_name(extraction, source),
        kind=claim.kind,
        how=claim.how,
        target=_name(extraction, target),
        polarity=claim.polarity,
        modality=claim.modality,
        counts=claim.counts,
        confidence=claim.confidence,
        quote=claim.quote,
        quote_start=claim.quote_start,
        quote_end=claim.quote_end,
        source_start=source.start_char,
        source_end=source.end_char,
        source_resolution=source.resolution,
        target_start=target.start_char,
        target_end=target.end_char,
        target_resolution=target.resolution,
        trigger=claim.trigger,
        trigger_start=claim.trigger_start,
        trigger_end=claim.trigger_end,
        rule=claim.rule,
        attributed_to=claim.attributed_to,
        speaker=None if speaker is None else extraction.actors[speaker.actor].name,
        valid_from=claim.valid_from,
        valid_to=claim.valid_to,
    )
