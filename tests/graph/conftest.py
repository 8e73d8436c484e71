"""Rows as the store streams them, short to write down, and a store to write them to."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from graph.rows import ClaimRow, CopyRow, EntityRow, GazetteerRow, JudgementRow, KnownDays
from graph.snapshot.snapshot import Snapshot, build_snapshot
from graph.store import Store

_TYPES = {
    "iran": "country",
    "iraq": "country",
    "syria": "country",
    "isis": "armed-group",
    "hezbollah": "armed-group",
    "karbala": "place",
    "mosul": "place",
    "soleimani": "person",
    "quds": "security-force",
}


class Rows:
    """Makes rows with everything filled in that a test does not care about."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def entity(self, entity_id: str, **changes: Any) -> EntityRow:  # noqa: ANN401 (any field)
        """Make an entity, named long ago; well-known ids get their type, others are countries."""
        row = EntityRow(
            entity_id,
            entity_id.title(),
            _TYPES.get(entity_id, "country"),
            None,
            None,
            None,
            None,
            None,
            (),
            1,
            known=KnownDays(seen=((date(1914, 6, 28).toordinal(), 1),)),
        )
        return row._replace(**changes)

    def claim(self, source: str, kind: str, target: str, **changes: Any) -> ClaimRow:  # noqa: ANN401 (any field)
        """Make an affirmed, asserted claim of confidence 0.8, in a story and a document of its own."""
        number = next(self._numbers)
        row = ClaimRow(
            id=f"c{number:06d}",
            source_id=source,
            kind=kind,
            how=None,
            target_id=target,
            polarity="affirmed",
            modality="asserted",
            confidence=0.8,
            review_status="unreviewed",
            attributed_to_id=None,
            document_id=f"d{number}",
            story_id=f"d{number}",
            outlet=None,
            published_on=date(2014, 6, 12),
            valid_from=None,
            valid_to=None,
        )
        return row._replace(**changes)

    def known_place(self, source: str, target: str) -> GazetteerRow:
        """Make a place that geography knows."""
        return GazetteerRow(source, "located-in", "part-of-place", target, "geonames")

    def same(self, left: str, right: str, *, keep: str | None = None, number: int = 1) -> JudgementRow:
        """Make a judgement that two entities are one."""
        return JudgementRow(number, left, right, "same", keep or left)

    def snapshot(
        self,
        claims: Iterable[ClaimRow] = (),
        *,
        places: Iterable[GazetteerRow] = (),
        judgements: Iterable[JudgementRow] = (),
        entities: Iterable[EntityRow] = (),
        version: int = 1,
        copies: Iterable[CopyRow] | None = None,
    ) -> Snapshot:
        """Build a snapshot; the entities that rows speak of are made, but for those given."""
        claims, places, judgements = list(claims), list(places), list(judgements)
        given = {row.id: row for row in entities}
        named = {end for claim in claims for end in (claim.source_id, claim.target_id)}
        named |= {end for place in places for end in (place.source_id, place.target_id)}
        named |= {end for row in judgements for end in (row.left_id, row.right_id)}
        rows = [given.get(entity_id) or self.entity(entity_id) for entity_id in sorted(named | set(given))]
        return build_snapshot(rows, claims, places, judgements, version, copies)


@pytest.fixture(scope="session")
def rows() -> Rows:
    """Return a maker of rows; it lives as long as the session, so that property tests can use it."""
    return Rows()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A migrated SQLite store in a file."""
    with Store.open(f"sqlite:///{tmp_path / 'graph.db'}") as opened:
        opened.upgrade()
        yield opened
