"""What the pipeline reads in a short text, as tests tell it."""

from ingest.pipeline import Pipeline
from ingest.types import RawDocument


def read_claims(pipeline: Pipeline, text: str) -> set[tuple[str, str, str]]:
    """Return the claims of a text as source, kind and target, by name."""
    extraction = pipeline.extract(RawDocument(text))
    actors, mentions = extraction.actors, extraction.mentions
    return {
        (actors[mentions[claim.source].actor].name, claim.kind, actors[mentions[claim.target].actor].name)
        for claim in extraction.claims
    }


def read_actors(pipeline: Pipeline, text: str) -> dict[str, str]:
    """Return the types of the actors of a text, by name."""
    return {actor.name: actor.type for actor in pipeline.extract(RawDocument(text)).actors}
