"""A graph with everything in it that a file format could trip over, and claims whose words are no better."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from graph.models import Claim
from graph.rows import ClaimRow
from graph.snapshot.snapshot import Snapshot
from graph.store.records import ClaimInContext, DocumentMeta

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

NASTY = {
    "quotes": "\"Abu\" 'al-Bara'",
    "markup": "<b>&amp; R&D > all</b>",
    "cdata": "<![CDATA[x]]> ]]>",
    "emoji": "Flag 🇮🇶 and 🧑‍🚀",
    "right to left": "حزب الله \u202emixed\u202c",
    "lines": "first\nsecond\tthird",
    "carriage return": "one\r\ntwo\rthree",
    "spaces around": "  padded  ",
    "comment": "<!-- --> -- <?xml?>",
    "percent": "%s {0} \\n ${HOME}",
    "boundary": "\ud7ff\ue000\ufffd\U00010000\U0010ffff",
    "number": "007",
    "boolean": "true",
}
FORBIDDEN = {
    "null": ("a\x00b", "ab"),
    "bell and escape": ("\x07Al\x1bbert\x0b\x0c", "Albert"),
    "noncharacters": ("a\ufffe\uffffb", "ab"),
    "lone surrogates": ("a\ud800b\udfffc", "abc"),
}


def strip(text: str) -> str:
    """Take out what XML 1.0 forbids, by its own list of characters (section 2.2)."""
    allowed = [(0x9, 0xA), (0xD, 0xD), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
    return "".join(char for char in text if any(low <= ord(char) <= high for low, high in allowed))


def make_nasty(rows: "Rows") -> Snapshot:
    """Make a graph with nasty names, parallel edges, a loop, a dispute, a denial, a place and an isolated node."""
    entities = [
        rows.entity(f"n{number:02d}", name=name, aliases=(name[::-1], "<&>"), mentions=number)
        for number, name in enumerate([*NASTY.values(), *(dirty for dirty, _ in FORBIDDEN.values())])
    ]
    place = rows.entity(
        "mosul",
        country_code="IQ",
        admin1='Nīnawá "province"',
        lat=36.335,
        lon=-43.11889,
        geonames_id=99072,
    )
    return rows.snapshot(
        [
            rows.claim("n00", "supports", "n01", how="funds", confidence=0.1 + 0.2),
            rows.claim("n00", "supports", "n01", polarity="denied"),
            rows.claim("n00", "opposes", "n01", valid_from=date(2011, 1, 1), valid_to=date(2012, 2, 29)),
            rows.claim("n01", "supports", "n00", how="allied-with", review_status="accepted"),
            rows.claim("n02", "commands", "n02", published_on=None),
            rows.claim("n02", "supports", "n03", modality="possible"),
        ],
        places=[rows.known_place("mosul", "n04")],
        entities=[*entities, place],
        version=7,
    )


class Shelf:
    """Claims with their words, in memory: the words of the first claim are the first of `NASTY`, and so on."""

    def __init__(self, snapshot: Snapshot) -> None:
        rows = sorted({row for claims in snapshot.claims.values() for row in claims}, key=lambda row: row.id)
        words = [*NASTY.values(), *(dirty for dirty, _ in FORBIDDEN.values())]
        self._items = {row.id: make_item(row, words[place % len(words)]) for place, row in enumerate(rows)}

    def __getitem__(self, claim_id: str) -> ClaimInContext:
        """Return one claim."""
        return self._items[claim_id]

    def find_claims_by_id(self, claim_ids: Sequence[str], /) -> Sequence[ClaimInContext]:
        """Return those of these claims that exist, in the order asked for."""
        return [self._items[claim_id] for claim_id in claim_ids if claim_id in self._items]


def make_item(row: ClaimRow, words: str) -> ClaimInContext:
    """Make a claim of its row, with these words for quote, speaker, title and outlet."""
    claim = Claim(
        id=row.id,
        document_id=row.document_id,
        source_id=row.source_id,
        kind=row.kind,
        how=row.how,
        target_id=row.target_id,
        quote=words,
        quote_start=5,
        quote_end=5 + len(words),
        source_start=5,
        source_end=6,
        source_resolution="name",
        target_start=7,
        target_end=8,
        target_resolution="name",
        trigger="x",
        trigger_start=6,
        trigger_end=7,
        rule="test",
        polarity=row.polarity,
        modality=row.modality,
        attributed_to=words,
        attributed_to_id=row.attributed_to_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        confidence=row.confidence,
        review_status=row.review_status,
    )
    about = DocumentMeta(
        row.document_id, row.story_id, words, row.outlet, "https://example.org/a?b=c", row.published_on
    )
    return ClaimInContext(claim, about)
