"""Texts as the encoder reads them: known pieces, and where each stands in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.wordpiece import WordPiece

VOCABULARY = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "army",
    "of",
    "iran",
    "##ian",
    "al",
    "-",
    "sa",
    "##dr",
    ".",
    "jose",
]


def read(text: str, most: int = 50) -> list[tuple[str, str]]:
    """Return (piece, the words it stands for) of a text, without the marks."""
    pieces = WordPiece(VOCABULARY).split(text, most)
    return [
        (VOCABULARY[number], text[start:end])
        for number, start, end in zip(pieces.ids[1:-1], pieces.starts[1:-1], pieces.ends[1:-1], strict=True)
    ]


def test_longest_known_pieces_from_the_left() -> None:
    """A word is split into the longest pieces known, each standing where its letters stand."""
    assert read("The Iranian army.") == [
        ("the", "The"),
        ("iran", "Iran"),
        ("##ian", "ian"),
        ("army", "army"),
        (".", "."),
    ]


def test_punctuation_stands_alone() -> None:
    """Hyphens part words."""
    assert read("al-Sadr") == [("al", "al"), ("-", "-"), ("sa", "Sa"), ("##dr", "dr")]


def test_accents_fall_away() -> None:
    """An accented letter is read as the plain one, in either Unicode form."""
    assert read("José") == [("jose", "José")]
    assert read("Jose\u0301")[0][0] == "jose"


def test_unknown_words_are_one_piece() -> None:
    """A word with any part unknown is one unknown piece, as BERT has it."""
    assert read("the xylophone") == [("the", "the"), ("[UNK]", "xylophone")]


def test_marks_and_cut() -> None:
    """Start and end are marked, also where a text is cut."""
    pieces = WordPiece(VOCABULARY).split("the army of iran", 4)
    assert [VOCABULARY[n] for n in pieces.ids] == ["[CLS]", "the", "army", "[SEP]"]


def test_vocabulary_without_marks_is_refused() -> None:
    """A vocabulary that cannot mark the end of a text is no vocabulary."""
    with pytest.raises(ValueError, match=r"no \[SEP\]"):
        WordPiece(["[CLS]", "[UNK]"])


@given(st.text(max_size=60))
def test_pieces_stand_in_the_text(text: str) -> None:
    """Whatever the text, every piece stands within it, in order, and none is empty."""
    pieces = WordPiece(VOCABULARY).split(text, 200)
    places = list(zip(pieces.starts[1:-1], pieces.ends[1:-1], strict=True))
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert len(pieces.ids) == len(pieces.starts) == len(pieces.ends)
