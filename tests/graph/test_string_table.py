"""Texts are found by what they are, however many are asked for at once and however long they are."""

import zlib
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph.snapshot.string_table import GrowingStrings, StringIndex, StringTable

_TEXTS = st.lists(st.text(alphabet="ab\0é", max_size=3), unique=True, max_size=40)
_OF_ONE_LENGTH = [f"entity-{number:03d}" for number in range(300)]


@settings(deadline=None)
@given(_TEXTS, _TEXTS, st.lists(st.text(alphabet="ab\0é", max_size=3), max_size=8))
@example(_OF_ONE_LENGTH[:200], [], _OF_ONE_LENGTH)
@example([*_OF_ONE_LENGTH[:200], ""], ["late"], ["", *_OF_ONE_LENGTH, "late", "a"] * 2)
@example([], ["late"], _OF_ONE_LENGTH)
def test_every_text_is_found_by_its_number(held: list[str], later: list[str], wanted: list[str]) -> None:
    """One text, a few, or hundreds of one length: each has the number of its place, and -1 where it is not held."""
    table = StringTable.of(held)
    strings = GrowingStrings(table, StringIndex.of(table)).grow(later)
    numbers = {text: number for number, text in enumerate([*held, *later])}
    many = [*wanted, *held, *later]
    for asked in (wanted, many, many * (600 // max(1, len(many)) + 1), []):
        expected = [numbers.get(text, -1) for text in asked]
        assert strings.find_many(asked).tolist() == expected
        assert [strings.find(text) for text in asked[:5]] == expected[:5]


def test_a_text_of_the_same_hash_is_another() -> None:
    """Two texts of one length and one CRC-32 are told apart, alone and among hundreds."""
    table = StringTable.of(["plumless", *_OF_ONE_LENGTH])
    index = StringIndex.of(table)
    assert index.find(table, "buckeroo") == -1
    for times in (100, 400):
        found = index.find_many(table, ["buckeroo", "plumless"] * times).tolist()
        assert found == [-1, 0] * times
    both = StringTable.of(["buckeroo", *_OF_ONE_LENGTH, "plumless"])
    found = StringIndex.of(both).find_many(both, ["plumless", "buckeroo"] * 400).tolist()
    assert found == [301, 0] * 400


@pytest.mark.parametrize(
    "is_kept", [lambda crc: crc < 1 << 24, lambda crc: crc >> 24 == 255, lambda crc: crc >> 30 == 2]
)
def test_hashes_that_are_not_spread_evenly_are_found(is_kept: Callable[[int], bool]) -> None:
    """A guess at where a hash stands may be far off."""
    kept = [text for text in map(str, range(60_000)) if is_kept(zlib.crc32(text.encode()))]
    held, missing = kept[::2], kept[1::2]
    table = StringTable.of(held)
    index = StringIndex.of(table)
    asked = [*held, *missing, *map(str, range(90_000, 91_000))]
    assert index.find_many(table, asked).tolist() == [*range(len(held)), *[-1] * (len(asked) - len(held))]


@given(_TEXTS, st.lists(_TEXTS, max_size=4))
def test_each_table_sees_what_was_behind_it_when_it_was_grown(
    held: list[str], parts: list[list[str]]
) -> None:
    """Whichever is asked first, and where one is grown twice."""
    tables, told = [GrowingStrings(StringTable.of(held))], [held]
    for part in parts:
        tables.append(tables[-1].grow(part))
        told.append(told[-1] + part)
    aside = tables[0].grow(["aside"])
    for table, texts in reversed(list(zip(tables, told, strict=True))):
        assert (len(table), [table[number] for number in range(len(table))]) == (len(texts), texts)
        assert (table.list_all(), table.added) == (texts, texts[len(held) :])
    assert aside.list_all() == [*held, "aside"]
