"""The state that a document is dated from: "SEOUL, Dec. 14 (AFP) -"."""

from collections import Counter

from ingest.clean import find_dateline
from ingest.gazetteer import Gazetteer


def find_dateline_state(text: str, gazetteer: Gazetteer) -> str | None:
    """Return the code of the state where a document was filed, or None where it does not say."""
    dateline = find_dateline(text)
    if dateline is None:
        return None
    forms = gazetteer.find_forms(dateline.place.title())
    city = gazetteer.choose_city([form for form in forms if form.role == "city"], Counter())
    known = city or next((gazetteer.get(form.id) for form in forms), None)
    return None if known is None else known.country_code
