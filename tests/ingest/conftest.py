"""What the tests of ingest share: the product's gazetteer, and extractions written as marked sentences."""

import re
from collections.abc import Callable
from datetime import date
from typing import cast

import pytest

from ingest.gazetteer import Gazetteer
from ingest.lexicon import get_lexicon
from ingest.pipeline import Pipeline
from ingest.scorer import RelationScorer
from ingest.types import Actor, Claim, Extraction, Mention, RawDocument, Resolution

_MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)(?:\|([^\]]*))?\]")

MakeExtraction = Callable[..., Extraction]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer as the product builds it."""
    return Gazetteer(get_lexicon())


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The whole pipeline but for the learned scorer, so that what rules do is seen alone; loaded once for all tests."""
    return Pipeline.load(scorer=False)


@pytest.fixture(scope="session")
def scorer() -> RelationScorer:
    """The learned scorer as the product ships it."""
    scorer = RelationScorer.load()
    assert scorer is not None
    return scorer


@pytest.fixture(scope="session")
def scored_pipeline(pipeline: Pipeline, scorer: RelationScorer) -> Pipeline:
    """The same pipeline with the learned scorer."""
    return Pipeline(pipeline._nlp, pipeline.gazetteer, scorer)


@pytest.fixture
def make_extraction() -> MakeExtraction:
    """Make an extraction from a sentence with its actors in brackets.

    `[Maliki|person|name=Nouri al-Maliki;known=nouri-al-maliki;country=IQ]` marks the words "Maliki" as a person;
    `as=pronoun` gives the mention another resolution than `name`. Marks with one name and type are one actor. `claims` are `(source, kind, target)`, by number of the mark.
    """
    return _make_extraction


def _make_extraction(
    marked: str,
    *claims: tuple[int, str, int],
    source: str | None = None,
    published_on: date | None = None,
    origin: str = "-",
) -> Extraction:
    text, actors, mentions = "", dict[tuple[str, str], Actor](), list[Mention]()
    end = 0
    for mark in _MARK.finditer(marked):
        text += marked[end : mark.start()]
        end = mark.end()
        words, given = mark[1], dict(pair.split("=", 1) for pair in (mark[3] or "").split(";") if pair)
        key = (given.get("name", words), mark[2])
        actors[key] = _describe_actor(key, words, given, actors.get(key))
        resolution = cast("Resolution", given.get("as", "name"))
        place = (len(text), len(text) + len(words), words)
        mentions.append(Mention(*place, mark[2], list(actors).index(key), resolution, 0, 0, 1, 0))
        text += words
    text += marked[end:]
    return Extraction(
        document=RawDocument(text=text, source=source, published_on=published_on, origin=origin),
        published_on=published_on,
        actors=tuple(actors.values()),
        mentions=tuple(mentions),
        claims=tuple(_make_claim(text, *claim) for claim in claims),
        extractor="test/1",
    )


def _describe_actor(key: tuple[str, str], words: str, given: dict[str, str], before: Actor | None) -> Actor:
    return Actor(
        name=key[0],
        surface=max(words, before.surface if before else "", key=len),
        type=key[1],
        aliases=tuple(dict.fromkeys((*(before.aliases if before else ()), words))),
        known_id=given.get("known"),
        country_code=given.get("country"),
    )


def _make_claim(text: str, source: int, kind: str, target: int) -> Claim:
    return Claim(
        source=source,
        kind=kind,
        how=None,
        target=target,
        quote=text,
        quote_start=0,
        quote_end=len(text),
        trigger=text[:1],
        trigger_start=0,
        trigger_end=1,
        rule="verb:active",
        polarity="affirmed",
        modality="asserted",
        confidence=0.8,
    )
