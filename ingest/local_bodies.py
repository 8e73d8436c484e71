"""Bodies and crowds of towns and provinces: "Lagos police", "a Lahore court", "Punjab's government", "Hong Kong protesters"."""

from ingest.gazetteer import Known
from ingest.lexicon import ForceHead
from ingest.metonyms import acts
from ingest.names import NameWords, get_forces
from ingest.parse import Doc, Span
from ingest.reading import Candidate, Reading

_OFFICES = frozenset({"government", "officials", "parliament", "senate", "judiciary", "police", "protesters"})
_BODIES = frozenset({"authorities", "administration", "government", "officials", "court", "courts", "judges", "prosecutors", "police",
           "police force", "policemen", "police officers", "riot police", "lawmakers", "legislators", "legislature", "senate",
           "parliament", "house of representatives", "supreme court", "high court", "appeals court", "protesters",
           "protestors", "demonstrators", "activists", "rioters"})  # fmt: skip
_RANKS = frozenset({"state", "city", "provincial", "regional", "local", "county", "district", "metropolitan"})
_POSSESSIVE = "POS"
_STRENGTH = 4


def find_local_body(reading: Reading, span: Span, place: Known) -> Candidate | None:
    """Return the body that the name of a town or province begins, or None."""
    match = _match_body(reading.words, span.doc, span.end)
    if match is None:
        return None
    start, end, force = match
    if force.weak and not acts(span.doc[start:end].root):
        return None
    kind = "Government" if force.type == "country" else force.suffix
    entity_type = "government-body" if force.type == "country" else force.type
    town = place.name.partition(" (")[0]
    body = span.doc[span.start : end]
    return Candidate(
        body.start_char, body.end_char, span.start, end, f"{town} {kind}", entity_type, "nested", _STRENGTH,
        None, place.country_code,
    )  # fmt: skip


def is_before_local_body(words: NameWords, doc: Doc, end: int) -> bool:
    """Say whether a word for a body that towns and provinces have follows: "Punjab government"."""
    return _match_body(words, doc, end) is not None


def _match_body(words: NameWords, doc: Doc, index: int) -> tuple[int, int, ForceHead] | None:
    if index < len(doc) and doc[index].tag_ == _POSSESSIVE:
        index += 1
    if index < len(doc) and doc[index].lower_ in _RANKS:
        index += 1
    if index >= len(doc) or not doc[index].text.islower():
        return None
    end, values = words.forces.match_from(doc, index)
    force = next((force for force in get_forces(values) if force.id in _OFFICES), None)
    if force is None or doc[index:end].text not in _BODIES:
        return None
    return index, end, force
