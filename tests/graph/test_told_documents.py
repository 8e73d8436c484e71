"""Documents told beside the change that brought them are those that are stored."""

import json
from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from graph.joined_texts import JoinedTexts
from graph.snapshot.columns import to_day
from graph.store import Store
from graph.store.claim_lists import SHARED, ClaimLists, join_claims, list_claims
from graph.store.tables import GRAPH_CHANGE
from graph.store.told_documents import MOST_TOLD, NewDocument, read_document, tell_document
from tests.graph.test_overlay import Writer

_WORDS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=8)
_DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
_ROWS = st.fixed_dictionaries(
    {
        **dict.fromkeys(("id", "source_id", "target_id", "kind", "polarity", "document_id"), _WORDS),
        **dict.fromkeys(("how", "attributed_to_id"), st.none() | _WORDS),
        **dict.fromkeys(("modality", "review_status"), st.sampled_from(["asserted", "accepted"])),
        **dict.fromkeys(("valid_from", "valid_to"), _DAYS),
        "confidence": st.floats(0, 1, exclude_min=True),
    }
)


def spell_out(claims: ClaimLists) -> list[tuple[Any, ...]]:
    """Return one tuple a claim, days as they are written in JSON."""
    ends = list(claims.ends)
    return [
        (claim, *ends[2 * place : 2 * place + 2], claims.confidences[place], *claims.shared[claims.at[place]])
        for place, claim in enumerate(claims.ids)
    ]


def tell_claims(rows: list[dict[str, Any]]) -> bytes | None:
    """Tell a document of these claims."""
    return tell_document(NewDocument("d", "s", None, None, claims=list(rows)))


def read_claims(told: bytes | None) -> ClaimLists:
    """Return the claims of a told document."""
    assert told is not None
    return read_document(told).claims


@given(st.lists(_ROWS, max_size=6))
def test_what_was_told_is_read(rows: list[dict[str, Any]]) -> None:
    """Whatever the names, and to the last bit of the confidence."""
    assert spell_out(read_claims(tell_claims(rows))) == [
        (
            *(row[name] for name in ("id", "source_id", "target_id", "confidence")),
            *(day.isoformat() if isinstance(day := row[name], date) else day for name in SHARED),
        )
        for row in rows
    ]


@given(st.lists(st.lists(_ROWS, max_size=4), min_size=1, max_size=4))
def test_parts_join_in_their_order(parts: list[list[dict[str, Any]]]) -> None:
    """Each keeps what its claims have in common."""
    told = [read_claims(tell_claims(rows)) for rows in parts]
    assert spell_out(join_claims(told)) == [claim for part in told for claim in spell_out(part)]


def test_a_row_without_a_review_has_the_tables_own() -> None:
    """As the database would give it."""
    row = {"id": "c", "source_id": "a", "target_id": "b", "confidence": 0.5, "kind": "supports"}
    row |= {"polarity": "affirmed", "modality": "asserted", "document_id": "d"}
    (shared,) = read_claims(tell_claims([row])).shared
    assert dict(zip(SHARED, shared, strict=True)) == {
        **dict.fromkeys(SHARED),
        "kind": "supports",
        "polarity": "affirmed",
        "modality": "asserted",
        "review_status": "unreviewed",
        "document_id": "d",
    }


def test_claims_that_cannot_be_told_are_not() -> None:
    """Names with zero bytes, and too many claims."""
    row = {"id": "c", "source_id": "a", "target_id": "b\0", "confidence": 0.5} | dict.fromkeys(SHARED, "x")
    assert tell_claims([row]) is None
    assert tell_claims([row | {"target_id": "b"}] * (MOST_TOLD + 1)) is None


def test_a_told_document_says_whom_it_means() -> None:
    """With its story, its outlet, its day and the names that stand for governments."""
    meant = Counter({("iran", "Tehran"): 2, ("iran", None): 1, ("iraq", None): 3})
    new = NewDocument("d", "s", "AFP", date(2014, 6, 12), mentions=meant)
    told = read_document(tell_document(new) or b"")
    assert told.facts == ("d", "s", "AFP", "2014-06-12")
    assert told.mentions == {(*who, "d"): count for who, count in meant.items()}


@pytest.mark.parametrize("seed", range(2))
def test_told_documents_are_the_stored_ones(store: Store, seed: int) -> None:
    """Also those that were reviewed, deleted and stored anew, moved to another story, or told without their facts, since."""
    writer, first = Writer(store, seed), store.get_graph_version()
    for _ in range(12):
        writer.write()
    reviewed = next(iter(store.iter_claims()))
    store.review_claim(reviewed.id, "rejected")
    gone, bare = [each for each in writer.documents[:3] if each != reviewed.document_id][:2]
    store.delete_document(gone)
    tell_claims_alone(store, bare)
    with store.at_one_version() as reading:
        changes = reading.find_changes(first)
        assert changes is not None
        assert set(writer.documents) == set(changes.documents)
        found = reading.find_documents(changes, writer.documents)
        facts = reading.find_document_facts(writer.documents)
        stored = [claim for part in reading.iter_bare_claims() for claim in part]
        assert found.mentions == reading.count_mentions(writer.documents)
    assert sorted(spell_out(found.claims), key=str) == sorted(spell_out(list_claims(stored)), key=str)
    assert {(*one[:3], to_day(one[3])) for one in found.facts} == {
        (*one[:3], to_day(one[3])) for one in facts
    }
    assert len(found.claims.ids) > 0


def tell_claims_alone(store: Store, document: str) -> None:
    """Make a told document one of the version of the product that told nothing else of it."""
    with store.writing() as connection:
        matching = (GRAPH_CHANGE.c.subject_id == document) & GRAPH_CHANGE.c.told.is_not(None)
        told = connection.execute(select(GRAPH_CHANGE.c.told).where(matching)).scalar_one()
        head, rest = told.split(b"\n", 1)
        older = json.dumps(json.loads(head)[:4]).encode() + b"\n" + rest
        connection.execute(update(GRAPH_CHANGE).where(matching).values(told=older))
    assert read_document(older).facts is None


def test_joined_texts_are_those_they_were_made_of() -> None:
    """None is not one empty text."""
    texts = ["Kyiv", "", "Kharkiv \N{EM DASH} \u0425\u0430\u0440\u043a\u0456\u0432"]
    joined = JoinedTexts.of(texts)
    assert joined is not None
    assert (list(joined), len(joined), joined[2], joined[:2]) == (texts, 3, texts[2], texts[:2])
    none, empty = JoinedTexts.of([]), JoinedTexts.of([""])
    assert none is not None
    assert empty is not None
    assert (list(none), list(empty)) == ([], [""])
    assert np.frombuffer(joined.data, np.uint8).tolist().count(0) == len(texts) - 1
