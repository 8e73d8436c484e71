"""What the finders of names share: a block as they see it, and a span that may name somebody."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.gazetteer import Gazetteer, Hit
from ingest.names import NameWords
from ingest.parse import Doc, Span
from ingest.types import Resolution


class Candidate(NamedTuple):
    """A span that names somebody, with what its own words say.

    Attributes:
        start_char: Offset in the block's text.
        end_char: Offset in the block's text.
        start_token: First token it touches.
        end_token: One past the last token it touches.
        name: The name without titles; for a state's force or body its plain form, such as "Iraqi Army".
        strength: 4 for a state's own body, 3 for the gazetteer, 2 for a pattern, 1 for the recogniser alone,
            0 for a capitalised word that stands where names stand.
        nested: It may lie within another candidate.
    """

    start_char: int
    end_char: int
    start_token: int
    end_token: int
    name: str
    type: str
    resolution: Resolution
    strength: int
    known_id: str | None = None
    country_code: str | None = None
    nested: bool = False


class Reading(NamedTuple):
    """A block as the finders see it.

    Attributes:
        text: The Doc's; building it anew takes as long as the text is.
        hits: What the gazetteer knows in it.
        informal: A forum post, where names may stand in lower case.
        headline: Where every word may be capitalised.
        countries: How often the document names each country, by ISO 3166-1 alpha-2 code.
        dateline: The code of the country that it is dated from, where it says so.
    """

    doc: Doc
    text: str
    hits: Sequence[Hit]
    informal: bool
    headline: bool
    countries: Counter[str]
    gazetteer: Gazetteer
    words: NameWords
    dateline: str | None = None

    def is_dated_elsewhere(self, code: str) -> bool:
        """Say whether the document is dated from another country than this one, and speaks of it."""
        return self.dateline not in {None, code} and bool(self.countries[self.dateline or ""])


def make_span_candidate(
    doc: Doc, start: int, end: int, entity_type: str, strength: int, *, country_code: str | None = None
) -> Candidate:
    """Return a candidate for whole tokens, named as they are written."""
    span = doc[start:end]
    return Candidate(
        span.start_char,
        span.end_char,
        start,
        end,
        span.text,
        entity_type,
        "name",
        strength,
        None,
        country_code,
    )


def speaks_of_another(reading: Reading, sentence: Span, code: str | None) -> bool:
    """Say whether a sentence names another country alone: of Chad in "Chad's army fled, the defence ministry said"."""
    codes = set()
    for hit in reading.hits:
        if sentence.start_char <= hit.start_char < sentence.end_char:
            known = (reading.gazetteer.get(form.id) for form in hit.forms)
            codes |= {one.country_code for one in known if one.type == "country"}
    return bool(codes) and code not in codes
