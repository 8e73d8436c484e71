"""The parse as plain objects: whatever the rules ask of it, spaCy's own Doc answers the same."""

from itertools import pairwise

import pytest
import spacy.tokens

from ingest.parse import Doc, ParseReader, make_table
from ingest.pipeline import Pipeline
from ingest.types import RawDocument

TEXTS = {
    "news": "Iran, whose army fights ISIS in Iraq, said on 3 May 2014 that it won't arm Hamas. \"We've no plan,\" Rouhani said.",
    "table": "Kirkuk - 40  dead;\n\tMosul   -  twelve\n  (reported by: the U.S.-led coalition) ...",
    "crossing": "What did the man who came yesterday say he would give to, and take from, the party that he founded?",
    "word": "Baghdad",
    "names": "The United Nations Security Council met Ban Ki-moon, Angela Merkel and 25 others in New York on Friday.",
}
Pair = tuple[spacy.tokens.Doc, Doc]


@pytest.fixture(params=list(TEXTS))
def pair(request: pytest.FixtureRequest, pipeline: Pipeline) -> Pair:
    """A text as spaCy parses it, and the same parse as plain objects."""
    theirs = pipeline._nlp(TEXTS[request.param])
    return theirs, ParseReader(pipeline._nlp.vocab).read(make_table(theirs))


def test_words(pair: Pair) -> None:
    """What is so of each word by itself."""
    names = (
        "i", "idx", "text", "lower_", "whitespace_", "lemma_", "pos_", "tag_", "dep_", "ent_iob_", "ent_type_",
        "is_sent_start", "is_punct", "is_space", "is_alpha", "is_title", "is_stop", "like_num",
    )  # fmt: skip
    theirs, ours = pair
    assert (ours.text, len(ours)) == (theirs.text, len(theirs))
    for one, other in zip(theirs, ours, strict=True):
        assert [getattr(other, name) for name in names] == [getattr(one, name) for name in names]
        assert len(other) == len(one)


def test_trees(pair: Pair) -> None:
    """What hangs on each word, what it hangs on, and who stands beside it."""
    theirs, ours = pair
    for one, other in zip(theirs, ours, strict=True):
        assert other.head.i == one.head.i
        assert (other.left_edge.i, other.right_edge.i) == (one.left_edge.i, one.right_edge.i)
        for name in ("children", "lefts", "rights", "subtree", "ancestors"):
            assert [token.i for token in getattr(other, name)] == [token.i for token in getattr(one, name)]
        assert [other.is_ancestor(ours[token.i]) for token in theirs] == [
            one.is_ancestor(token) for token in theirs
        ]
        assert (other.sent.start, other.sent.end) == (one.sent.start, one.sent.end)
        if one.i:
            assert other.nbor(-1).i == one.nbor(-1).i
    for word, step in ((ours[0], -1), (ours[-1], 1)):
        with pytest.raises(IndexError):
            word.nbor(step)


def test_stretches(pair: Pair) -> None:
    """Every stretch of words has the same text, place, root and sentence, and is sliced alike."""
    theirs, ours = pair
    for start in range(len(theirs)):
        for end in range(start + 1, len(theirs) + 1):
            one, other = theirs[start:end], ours[start:end]
            assert (other.text, other.start_char, other.end_char) == (one.text, one.start_char, one.end_char)
            assert (other.root.i, other.sent.start, len(other)) == (one.root.i, one.sent.start, len(one))
            assert (other[-1].i, [t.i for t in other]) == (one[-1].i, [t.i for t in one])
            assert (other[-2:].start, other[-2:].end) == (one[-2:].start, one[-2:].end)
    assert [(s.start, s.end) for s in ours.sents] == [(s.start, s.end) for s in theirs.sents]
    assert [(e.start, e.end, e.label_) for e in ours.ents] == [
        (e.start, e.end, e.label_) for e in theirs.ents
    ]
    assert [(s.start, s.end) for s in (ours[5:2], ours[-3:], ours[:99])] == [
        (s.start, s.end) for s in (theirs[5:2], theirs[-3:], theirs[:99])
    ]


@pytest.mark.parametrize("mode", ["strict", "expand"])
def test_offsets(pair: Pair, mode: str) -> None:
    """From one offset to another there are the same words, or none."""
    text = pair[0].text
    for start in range(len(text)):
        for end in range(start + 1, min(start + 30, len(text) + 2)):
            spans = [doc.char_span(start, end, alignment_mode=mode) for doc in pair]
            one, other = [span if span is None else (span.start, span.end) for span in spans]
            assert other == one


def test_sentences_follow_each_other(pair: Pair) -> None:
    """No word stands between two sentences, or outside them."""
    _, ours = pair
    assert all(one.end == other.start for one, other in pairwise(ours.sents))
    assert (ours.sents[0].start, ours.sents[-1].end) == (0, len(ours))


def test_an_empty_text(pipeline: Pipeline) -> None:
    """A text without words has no sentences and no entities."""
    empty = ParseReader(pipeline._nlp.vocab).read(make_table(pipeline._nlp("")))
    assert (len(empty), empty.text, empty.sents, empty.ents) == (0, "", (), ())


@pytest.mark.parametrize(
    ("text", "form", "base"),
    [
        ("Omar hopes to win.", "hopes", "hope"),
        ("Hoping to win, Omar stayed.", "Hoping", "hope"),
        ("Chad spared the town.", "spared", "spare"),
        ("Chad scared the town.", "scared", "scare"),
        ("Chad waged war.", "waged", "wage"),
        ("Chad planned a war.", "planned", "plan"),
        ("Chad barred the press.", "barred", "bar"),
        ("Chad routed the rebels.", "routed", "rout"),
    ],
)
def test_base_forms(pipeline: Pipeline, text: str, form: str, base: str) -> None:
    """Who hopes does not hop: an ending is not cut off further than the verb it belongs to."""
    doc = pipeline.parse(RawDocument(text))[0].doc
    assert next(token.lemma_ for token in doc if token.text == form) == base
