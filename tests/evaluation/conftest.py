"""What the tests of measuring share: extractions made by hand, so that every answer is known beforehand."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from ingest.types import Actor, Claim, Extraction, Mention, RawDocument

MakeExtraction = Callable[..., Extraction]


@pytest.fixture
def make_extraction() -> MakeExtraction:
    """Make an extraction of a text from lists of words that are one actor each, and claims between those words.

    A claim is (words, kind, words), perhaps with a dict of other fields; words stand for their first place in the text.
    """
    return _make_extraction


def _make_extraction(text: str, actors: Sequence[Sequence[str]], *claims: tuple[object, ...]) -> Extraction:
    words = [(word, number) for number, names in enumerate(actors) for word in names]
    mentions = [
        Mention(text.index(word), text.index(word) + len(word), word, "person", number, "name", 0, 0, 1, 0)
        for word, number in words
    ]
    places = {word: number for number, (word, _) in enumerate(words)}
    made = [
        _make_claim(text, places[str(source)], str(kind), places[str(target)], dict(*rest))
        for source, kind, target, *rest in claims
    ]
    return Extraction(
        document=RawDocument(text=text, external_id="1"),
        published_on=None,
        actors=tuple(Actor(names[0], names[0], "person", tuple(names)) for names in actors),
        mentions=tuple(mentions),
        claims=tuple(made),
        extractor="test/1",
    )


def _make_claim(text: str, source: int, kind: str, target: int, fields: dict[str, object]) -> Claim:
    claim = Claim(
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
    return replace(claim, **fields)  # type: ignore[arg-type]
