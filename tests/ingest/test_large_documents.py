"""Long texts: parses that are packed say the same, long blocks are cut where sentences end, and names are grouped as in short texts."""

import pickle
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ingest.pipeline
from ingest.batches import PackedBlocks, cut_long_blocks, group_documents, group_texts
from ingest.clean import split_blocks
from ingest.parse import ParseReader, make_table
from ingest.pipeline import Pipeline
from ingest.processes import extract_in_processes
from ingest.types import Block, RawDocument

SAMPLES = sorted((Path(ingest.pipeline.__file__).parent / "samples").glob("*.md"))
ARTICLE = "\n\n".join(path.read_text(encoding="utf-8").rpartition("---")[2] for path in SAMPLES)


def pack(pipeline: Pipeline, text: str) -> PackedBlocks:
    """Return the blocks of a text packed, however short it is."""
    blocks = split_blocks(text)
    docs = pipeline._nlp.pipe(text[block.start_char : block.end_char] for block in blocks)
    return PackedBlocks(blocks, map(make_table, docs), ParseReader(pipeline._nlp.vocab))


def test_packing_changes_no_claim(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text says the same whether its parses are packed or not, with few of them at hand."""
    plain = pipeline.extract(RawDocument(ARTICLE))
    monkeypatch.setattr(ingest.pipeline, "LONG_DOCUMENT_CHARS", 100)
    monkeypatch.setattr("ingest.batches._BLOCKS_AT_HAND", 8)
    monkeypatch.setattr("ingest.batches._KEPT_CHARS", 3_000)
    assert isinstance(pipeline.parse(RawDocument(ARTICLE)), PackedBlocks)
    assert pipeline.extract(RawDocument(ARTICLE)) == plain
    assert len(plain.claims) > 50


def test_packed_blocks_behave_as_a_tuple(pipeline: Pipeline) -> None:
    """Indices from both ends, slices and iteration work; what was asked for just now is the same object."""
    packed = pack(pipeline, "Iran armed Syria.\n\nQatar backed Libya.\n\nMali left.")
    assert [doc.text for _, doc in packed] == ["Iran armed Syria.", "Qatar backed Libya.", "Mali left."]
    assert packed[-1].doc.text == "Mali left."
    assert packed[0] is packed[0]
    assert [doc.text for _, doc in packed[1:]] == ["Qatar backed Libya.", "Mali left."]
    with pytest.raises(IndexError):
        packed[3]


@given(st.text(alphabet='aB. \n"?', max_size=400), st.integers(5, 60))
def test_cut_blocks_hold_the_same_words(text: str, most: int) -> None:
    """Blocks that are cut lie in order within the old ones, none is too long, and no word is lost."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.batches._MAX_BLOCK_CHARS", most)
        whole = (Block(0, len(text), "paragraph"),) if text else ()
        cut = cut_long_blocks(text, whole)
    assert all(0 < block.end_char - block.start_char <= most for block in cut)
    assert "".join("".join(text[b.start_char : b.end_char].split()) for b in cut) == "".join(text.split())
    assert all(one.end_char <= other.start_char for one, other in pairwise(cut))


def test_cuts_fall_behind_sentences(pipeline: Pipeline) -> None:
    """A text without line ends is cut behind sentences, and read to its end."""
    text = "Iran armed Syria. Qatar backed Libya in May. " * 1500 + "Turkey praised France."
    blocks = cut_long_blocks(text, split_blocks(text))
    assert len(blocks) > 3
    assert all(text[block.end_char - 1] == "." for block in blocks)
    last = pipeline.extract(RawDocument(text[-30_000:])).claims[-1]
    assert last.quote == "Turkey praised France."


def test_wrapped_lines_become_one_paragraph() -> None:
    """Thousands of lines broken at a page's width are one block, whose offsets are the text's."""
    line = "and the council said that talks with the government would go on for a week\n"
    text = "Then it rained. " + line * 3000
    (block,) = split_blocks(text)
    assert (block.start_char, block.end_char) == (0, len(text.rstrip()))


@pytest.mark.parametrize(
    ("lengths", "groups"),
    [([10, 10], [[10, 10]]), ([200_000, 10], [[200_000], [10]]), ([100_000, 100_000], [[100_000], [100_000]]),
     ([1] * 20, [[1] * 16, [1] * 4]), ([], [])],
)  # fmt: skip
def test_documents_parsed_together_are_no_longer_than_one(
    lengths: list[int], groups: list[list[int]]
) -> None:
    """Short documents share a batch; long ones have one of their own."""
    found = group_documents(RawDocument("x" * length) for length in lengths)
    assert [[len(document.text) for document in group] for group in found] == groups


def test_texts_are_grouped_by_length() -> None:
    """Blocks are parsed together as long as they fit into little memory, each of them once."""
    texts = ["a" * 30_000, "b" * 30_000, *["c"] * 100]
    groups = list(group_texts(texts))
    assert [len(group) for group in groups] == [1, 64, 37]
    assert [text for group in groups for text in group] == texts


NAMES = (
    "Aldo Marchetti",
    "Piet Vandermeer",
    "Sanna Kolvanen",
    "Bram Oyelaran",
    "Lucia Ferrante",
    "Tomasz Wilczek",
)


def test_surnames_lead_to_their_bearers(pipeline: Pipeline) -> None:
    """Among several people a surname alone leads to the one who bears it, and to nobody else."""
    text = "\n\n".join(f"{name} met reporters. {name.split()[1]} praised France." for name in NAMES)
    extraction = pipeline.extract(RawDocument(text))
    people = {actor.name: actor.aliases for actor in extraction.actors if actor.type == "person"}
    assert people == {name: (name, name.split()[1]) for name in NAMES}


@pytest.mark.parametrize("most", [40, 1])
def test_few_comparisons_change_nothing_for_names_that_differ(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """However few names each is compared with, equal ones are one actor and a shorter name of a body is the longer's."""
    monkeypatch.setattr("ingest.grouping._MOST_COMPARED", most)
    text = "The Supreme Grain Council met on Monday.\n\n" + "\n\n".join(
        f"{name} accused the Grain Council of waste." for name in NAMES
    )
    names = [actor.name for actor in pipeline.extract(RawDocument(text)).actors]
    assert sorted(names) == sorted(["Supreme Grain Council", *NAMES])


def test_processes_give_what_one_pipeline_gives(scored_pipeline: Pipeline) -> None:
    """Texts read in two processes come back in order, with the same claims, each process having its own scorer."""
    names = ["Iran", "Qatar", "Turkey", "Egypt"] * 3
    documents = [RawDocument(f"{name} praised France.", external_id=name) for name in names]
    found = list(extract_in_processes(documents, 2))
    assert found == [scored_pipeline.extract(document) for document in documents]


def test_extractions_travel(pipeline: Pipeline) -> None:
    """An extraction is the same after its way between two processes."""
    extraction = pipeline.extract(RawDocument("Iran armed Syria on Monday, Qatar said."))
    assert pickle.loads(pickle.dumps(extraction)) == extraction  # noqa: S301 (our own)
