"""Bodies whose name begins with a word joined by a hyphen: "Kuki-Chin National Front"."""

from collections.abc import Sequence

from ingest.parse import Doc
from ingest.reading import Candidate

_BODIES = frozenset({"armed-group", "organization", "party"})


def join_hyphened(doc: Doc, found: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates, those of bodies with the capitalised word that a hyphen joins to their first.

    Args:
        doc: The block's.
        found: In text order; who is named by the word before the hyphen keeps it.
    """
    taken = {index for one in found for index in range(one.start_token, one.end_token)}
    return [_join(doc, one) if _is_cut(doc, one, taken) else one for one in found]


def _is_cut(doc: Doc, candidate: Candidate, taken: set[int]) -> bool:
    start = candidate.start_token
    if candidate.type not in _BODIES or start < 2 or candidate.end_token - start < 2:
        return False
    hyphen, first = doc[start - 1], doc[start - 2]
    joined = hyphen.text == "-" and not hyphen.whitespace_ and not first.whitespace_
    return joined and first.text.istitle() and first.pos_ == "PROPN" and start - 2 not in taken


def _join(doc: Doc, candidate: Candidate) -> Candidate:
    start = candidate.start_token - 2
    name = doc[start : candidate.end_token].text
    return candidate._replace(start_token=start, start_char=doc[start].idx, name=name, known_id=None)
