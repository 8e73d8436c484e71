"""What the store streams to the snapshot: one light row per entity, claim and known place."""

from datetime import date
from typing import NamedTuple

NEVER = 2**31 - 1
"""Stands for a day that no question asks about: of what undated texts alone say."""


class KnownDays(NamedTuple):
    """Since when what is known of an entity is known; days are proleptic Gregorian ordinals.

    Attributes:
        seen: How often dated texts name it, by publication day, each day once.
        names: First day on which a dated text gives it a name, `NEVER` if undated ones alone do; a name that is
            missing (the gazetteer's, or a user's) is known as soon as the entity is.
        metonyms: Name, day and count of each place's name that stood for it in dated texts.
        former: Day, name and country: what was known of it before that day; the first of a later day holds.
    """

    seen: tuple[tuple[int, int], ...] = ()
    names: tuple[tuple[str, int], ...] = ()
    metonyms: tuple[tuple[str, int, int], ...] = ()
    former: tuple[tuple[int, str, str | None], ...] = ()


class EntityRow(NamedTuple):
    """An entity with its names.

    `mentions` counts where documents name it; `metonyms` are the places' names that stood for it, such as the Kremlin,
    each with how often.
    """

    id: str
    name: str
    type: str
    country_code: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonames_id: int | None
    aliases: tuple[str, ...]
    mentions: int
    metonyms: tuple[tuple[str, int], ...] = ()
    known: KnownDays = KnownDays()


class CopyRow(NamedTuple):
    """Two documents that are copies of one story, and the day on which both were published; None if one is undated."""

    document_id: str
    copied_id: str
    known_on: date | None


class ClaimRow(NamedTuple):
    """A claim without its words, with what its document knows about it.

    `outlet` is the document's source as given, `story_id` is shared by copies of one story.
    """

    id: str
    source_id: str
    kind: str
    how: str | None
    target_id: str
    polarity: str
    modality: str
    confidence: float
    review_status: str
    attributed_to_id: str | None
    document_id: str
    story_id: str
    outlet: str | None
    published_on: date | None
    valid_from: date | None
    valid_to: date | None


class GazetteerRow(NamedTuple):
    """A `located-in` known from geography."""

    source_id: str
    kind: str
    how: str
    target_id: str
    dataset: str


class JudgementRow(NamedTuple):
    """A stored judgement about two entities."""

    id: int
    left_id: str
    right_id: str
    verdict: str
    keep_id: str | None
