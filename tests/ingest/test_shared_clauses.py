"""Which clauses may tell of somebody that he is where they play, and which are about others."""

import pytest

from ingest.pipeline import Pipeline
from ingest.shared_clauses import may_be_there
from ingest.types import RawDocument


def _may_be_there(pipeline: Pipeline, text: str, name: str, place: str) -> bool:
    doc = pipeline.parse(RawDocument(text))[0].doc
    heads = {token.text: token for token in doc}
    return may_be_there(heads[name], heads[place])


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Ortega met Silva in Quito.", "Silva", "Quito"),
        ("Ortega, who had fled to Quito, died.", "Ortega", "Quito"),
        ("Ortega landed in Quito and met Silva.", "Ortega", "Quito"),
        ("Silva was seized by Ortega at Quito.", "Ortega", "Quito"),
        ("They shelled Quito, where Ortega was asleep.", "Ortega", "Quito"),
        ("He wrote from a congress in Quito that Ortega had missed.", "Ortega", "Quito"),
        ("Ortega flew to Quito to see Silva.", "Silva", "Quito"),
    ],
)
def test_told_of_both(pipeline: Pipeline, text: str, name: str, place: str) -> None:
    """A clause tells of those in it, of whom it describes, and of what happens where it plays."""
    assert _may_be_there(pipeline, text, name, place)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Ortega fell ill, and Silva flew to Quito.", "Ortega", "Quito"),
        ("Ortega, whose brother lives in Quito, died.", "Ortega", "Quito"),
        ("Ortega met Silva and then flew to Quito.", "Silva", "Quito"),
        ("Ortega said that Silva had died in Quito.", "Ortega", "Quito"),
        ("Ortega arrived in Quito while Silva waited at home.", "Silva", "Quito"),
    ],
)
def test_told_of_another(pipeline: Pipeline, text: str, name: str, place: str) -> None:
    """A clause about somebody else tells nothing of where a name beside it is."""
    assert not _may_be_there(pipeline, text, name, place)
