"""`extract`: what a text says, without a database."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from app.ingest_schemas import ExtractedClaim, ExtractedEdge, ExtractedEntity, ExtractionAnswer
from ingest.gazetteer import Gazetteer
from ingest.genres import is_description
from ingest.known_entities import find_known_homes, find_known_places, find_outlet_towns
from ingest.structure_homes import SURENESS, find_likely_homes
from ingest.types import Claim, Extraction, Mention

_LYING = frozenset({"part-of-place", "based-in"})
_NAMELESS = frozenset({"pronoun", "description"})


def describe_extraction(
    text_id: str | int | None, extraction: Extraction, gazetteer: Gazetteer
) -> ExtractionAnswer:
    """Return an extraction as it goes over the wire.

    `entities` are all mentions in reading order: names, and the pronouns and descriptions whose bearer is known. At the
    ends of claims and edges stands a name. `edges` holds each triple once; after what the text says comes what follows
    from it: a town is where its province is. A text that describes, as works of reference do, is also read for where its
    places and the bodies of its states lie, as the gazetteer knows, and what it places nowhere is in the one country that
    it is about; in a report the gazetteer confirms what the report says.
    """
    claims = [_to_claim(extraction, claim) for claim in extraction.claims]
    return ExtractionAnswer(
        id=text_id,
        entities=[
            ExtractedEntity(
                text=mention.text,
                type=mention.type,
                start_char=mention.start_char,
                end_char=mention.end_char,
                resolution=mention.resolution,
                entity=extraction.actors[mention.actor].name,
            )
            for mention in extraction.mentions
        ],
        claims=claims,
        edges=[*_gather_edges(claims), *_place_edges(extraction, gazetteer)],
    )


def _gather_edges(claims: Sequence[ExtractedClaim]) -> Iterator[ExtractedEdge]:
    best: dict[tuple[str, str, str], float] = {}
    for claim in claims:
        if claim.counts:
            triple = claim.source, claim.kind, claim.target
            best[triple] = max(claim.confidence, best.get(triple, 0.0))
    for (source, kind, target), confidence in best.items():
        yield ExtractedEdge(source=source, relation=kind, target=target, confidence=confidence, origin="text")


def _place_edges(extraction: Extraction, gazetteer: Gazetteer) -> Iterator[ExtractedEdge]:
    """Yield what geography knows of a text's places and bodies, then where they lie because a larger place does."""
    told, described = _gather_places(extraction), is_description(extraction.document.text)
    known = dict.fromkeys(find_outlet_towns(extraction), 1.0)
    for pair in (*find_known_places(extraction, gazetteer), *find_known_homes(extraction)):
        if described or pair in told:
            known[pair] = 1.0
    for inner, outer in known:
        yield _make_place_edge(extraction, inner, outer, 1.0, "gazetteer")
    around: dict[int, dict[int, float]] = defaultdict(dict)
    for (inner, outer), confidence in {**told, **known}.items():
        around[inner][outer] = confidence
    for inner, outer in find_likely_homes(extraction, gazetteer) if described else ():
        if inner not in around:
            around[inner][outer] = SURENESS
    for inner in list(around):
        for outer, confidence in _climb(around, inner).items():
            if (inner, outer) not in known and (inner, outer) not in told:
                yield _make_place_edge(extraction, inner, outer, confidence, "text")


def _gather_places(extraction: Extraction) -> dict[tuple[int, int], float]:
    """Return what lies in or has its seat in what, as a text's claims that count say, with their best confidence."""
    told: dict[tuple[int, int], float] = {}
    for claim in extraction.claims:
        if claim.counts and claim.how in _LYING:
            pair = extraction.mentions[claim.source].actor, extraction.mentions[claim.target].actor
            if extraction.actors[pair[0]].type != "person":
                told[pair] = max(claim.confidence, told.get(pair, 0.0))
    return told


def _climb(around: Mapping[int, Mapping[int, float]], inner: int) -> dict[int, float]:
    """Return all that is around a place, however many places lie between, with the confidence of the weakest step."""
    found = dict(around[inner])
    waiting = list(found)
    while waiting:
        middle = waiting.pop()
        for outer, confidence in around.get(middle, {}).items():
            if outer != inner and outer not in found:
                found[outer] = min(confidence, found[middle])
                waiting.append(outer)
    return found


def _make_place_edge(
    extraction: Extraction, inner: int, outer: int, confidence: float, origin: Literal["text", "gazetteer"]
) -> ExtractedEdge:
    target = extraction.actors[outer]
    return ExtractedEdge(
        source=extraction.actors[inner].surface,
        relation="located-in",
        # Places lie in Poland, and neither in "Poles" nor in "the Polish government".
        target=target.surface if target.type != "country" or _names(extraction, outer) else target.name,
        confidence=confidence,
        origin=origin,
    )


def _names(extraction: Extraction, number: int) -> bool:
    """Say whether an actor's words in the text are its name."""
    surface = extraction.actors[number].surface
    return any(
        mention.actor == number and mention.text == surface and mention.resolution in {"name", "acronym"}
        for mention in extraction.mentions
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
