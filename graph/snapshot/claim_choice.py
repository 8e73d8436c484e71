"""Which claims a filter leaves, all at once: the rules are those of `graph.filters.keeps_claim`, which judges one."""

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.filters import EdgeFilter, prepare_filter
from graph.snapshot.columns import NO_DAY, NONE, PAST, REVIEWS, Int32, Int64, WordList
from graph.snapshot.graph_columns import GraphColumns

Bools = NDArray[np.bool_]


def keep_claims(columns: GraphColumns, where: EdgeFilter, rows: Int64) -> Bools:
    """Say of each of these claims whether it passes by outlet, speaker, dates and review."""
    asked = prepare_filter(where, columns.canonical)
    claims = columns.claims
    kept = np.ones(len(rows), np.bool_)
    document = claims.document[rows]
    if asked.sources:
        voices = columns.words.voices
        heard = np.array([*(word in asked.sources for word in voices.words), "" in asked.sources], np.bool_)
        kept &= heard[columns.documents.voice[document]]
    if asked.review:
        kept &= np.array([review in asked.review for review in REVIEWS], np.bool_)[claims.review[rows]]
    if asked.said_by or asked.not_said_by:
        speaker = _follow_speakers(columns, claims.speaker[rows])
        if asked.said_by:
            kept &= np.isin(speaker, _find_speakers(columns, asked.said_by))
        if asked.not_said_by:
            kept &= ~np.isin(speaker, _find_speakers(columns, asked.not_said_by))
    published = columns.documents.published[document]
    if asked.known_by:
        kept &= (published != NO_DAY) & (published <= asked.known_by.toordinal())
    if asked.as_of:
        start, end = claims.valid_from[rows], claims.valid_to[rows]
        kept &= _are_valid(start, end, published, claims.modality[rows] == PAST, asked.as_of.toordinal())
    return kept


def _follow_speakers(columns: GraphColumns, speaker: Int32) -> Int64:
    codes = speaker.astype(np.int64)
    outside = codes < NONE
    codes[outside] = columns.stands_for[-2 - codes[outside]]
    return codes


def _find_speakers(columns: GraphColumns, speakers: Collection[str]) -> list[int]:
    """Return the codes of speakers; of those that never said anything, one that nobody has."""
    codes = []
    for speaker in speakers:
        number = columns.nodes.find(speaker)
        outsider = columns.words.outsiders.find(speaker)
        if number >= 0 or outsider >= 0:
            codes.append(number if number >= 0 else -2 - outsider)
    return codes


def _are_valid(start: Int32, end: Int32, published: Int32, past: Bools, day: int) -> Bools:
    """Say of each claim whether what it says held on a day: `graph.filters.is_valid_on`."""
    unplaced = (start == NO_DAY) & (end == NO_DAY) & (published == NO_DAY)
    start = np.where(~past & (end == NO_DAY) & (start == NO_DAY), published, start)
    end = np.where(past & (end == NO_DAY), published, end)
    valid: Bools = ~unplaced & ((start == NO_DAY) | (start <= day)) & ((end == NO_DAY) | (day <= end))
    return valid


def keep_codes(codes: NDArray[Any], words: WordList, wanted: Collection[str]) -> Bools:
    """Say of each code whether it stands for one of some words; code -1 for none of them."""
    is_wanted = np.array([*(word in wanted for word in words.words), False], np.bool_)
    kept: Bools = is_wanted[codes]
    return kept
