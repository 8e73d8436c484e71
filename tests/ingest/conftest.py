"""What the tests of ingest share: the product's gazetteer, and extractions written as marked sentences."""

import re
from collections.abc import Callable
from datetime import date

import pytest

from ingest.gazetteer import Gazetteer
from ingest.lexicon import get_lexicon
from ingest.pipeline import Pipeline
from ingest.types import Actor, Claim, Extraction, Mention, RawDocument

_MARK = re.compile(r"\[([^|\]]+)\|([^|\]]+)(?:\|([^\]]*))?\]")

MakeExtraction = Callable[..., Extraction]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer as the product builds it."""
    return Gazetteer(get_lexicon())


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The whole pipeline, loaded once for all tests."""
    return Pipeline.load()


@pytest.fixture
def make_extraction() -> MakeExtraction:
    """Make an extraction from a sentence with its actors in brackets.

    `[Maliki|person|name=Nouri al-Maliki;known=nouri-al-maliki;country=IQ]` marks the words "Maliki" as a person.
    Marks with one name and type are one actor. `claims` are `(source, kind, target)`, by number of the mark.
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
        words, entity_type, given = (
            mark[1],
            mark[2],
            dict(pair.split("=", 1) for pair in (mark[3] or "").split(";") if pair),
        )
        name = given.get("name", words)
        before = actors.get((name, entity_type))
        aliases = () if before is None else before.aliases
        actors[name, entity_type] = Actor(
            name=name,
            surface=max(words, before.surface if before else "", key=len),
            type=entity_type,
            aliases=tuple(dict.fromkeys((*aliases, words))),
            known_id=given.get("known"),
            country_code=given.get("country"),
        )
        number = list(actors).index((name, entity_type))
        mentions.append(
            Mention(len(text), len(text) + len(words), words, entity_type, number, "name", 0, 0, 1, 0)
        )
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
