"""The learned scorer: probabilities for pairs, the same for the same text, and plain words where it cannot be used."""

import json
import pickle
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.scorer import MODEL_FOLDER, RelationScorer, UnusableScorer, find_missing

FILES = ("relations.onnx", "relations.json", "vocabulary.txt")
PASSAGE = "Peru praised Chile on Sunday. Bolivia had shelled a village near Arica, Chile said."
NAMES = [[(0, 4)], [(13, 18), (72, 77)], [(30, 37)], [(65, 70)]]
PAIRS = [(0, 1), (1, 0), (2, 1), (3, 1)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the scorer's files, to be damaged."""
    for name in FILES:
        (tmp_path / name).symlink_to(MODEL_FOLDER / name)
    return tmp_path


def replace_file(folder: Path, name: str, content: str) -> None:
    """Put something else where a link to one of the files is."""
    (folder / name).unlink()
    (folder / name).write_text(content, encoding="utf-8")


def test_every_head_gives_probabilities(scorer: RelationScorer) -> None:
    """Each pair has a row for each head, one class beside the other, that adds up to 1."""
    scores = scorer.score(PASSAGE, NAMES, PAIRS)
    assert scores.keys() == scorer.heads.keys() >= {"signed", "structural"}
    for head, table in scores.items():
        assert table.shape == (len(PAIRS), len(scorer.heads[head].labels))
        assert table.min() >= 0
        assert table.sum(axis=1) == pytest.approx(np.ones(len(PAIRS)))


def test_it_has_learned_something(scorer: RelationScorer) -> None:
    """Plain news is read with its sign and its direction."""
    signed = scorer.score("Peru praised Chile on Sunday.", [[(0, 4)], [(13, 18)]], [(0, 1), (1, 0)])["signed"]
    labels = scorer.heads["signed"].labels
    assert labels[int(signed[0].argmax())] == "supports"
    assert signed[0, labels.index("supports")] > signed[1, labels.index("supports")]


def test_the_same_text_scores_the_same_in_company(scorer: RelationScorer) -> None:
    """What was scored before, or by another copy, changes no digit."""
    alone = scorer.score(PASSAGE, NAMES, PAIRS)["signed"]
    other = RelationScorer.load()
    assert other is not None
    other.score("Nothing of the kind. " * 20, [[(0, 7)], [(15, 19)]], [(1, 0)])
    assert (other.score(PASSAGE, NAMES, PAIRS)["signed"] == alone).all()


def test_only_asked_heads_are_given(scorer: RelationScorer) -> None:
    """Whoever asks one head gets one, with the same digits."""
    asked = scorer.score(PASSAGE, NAMES, PAIRS, ["structural"])
    assert asked.keys() == {"structural"}
    assert (asked["structural"] == scorer.score(PASSAGE, NAMES, PAIRS)["structural"]).all()


def test_what_is_not_read_is_unrelated(scorer: RelationScorer) -> None:
    """A name beyond what the network reads stands in no relation."""
    text = "Peru " + "and so on " * 300 + "praised Chile."
    start = text.index("Chile")
    signed = scorer.score(text, [[(0, 4)], [(start, start + 5)]], [(0, 1)])["signed"]
    assert signed[0, 0] == pytest.approx(1)


def test_the_version_is_that_of_the_weights(scorer: RelationScorer, folder: Path) -> None:
    """The same weights have the same name wherever they lie."""
    elsewhere = RelationScorer.load(folder)
    assert elsewhere is not None
    assert elsewhere.name_and_version == scorer.name_and_version
    assert re.fullmatch(r"relations-[0-9a-f]{8}", scorer.name_and_version)


@pytest.mark.parametrize("name", FILES)
def test_without_a_file_there_is_no_scorer(folder: Path, name: str) -> None:
    """An incomplete scorer is none, and what is missing is named, with a way to get it."""
    (folder / name).unlink()
    assert RelationScorer.load(folder) is None
    assert re.search(rf"{name} is missing: install .* or .*`make train`", find_missing(folder) or "")


def test_without_onnxruntime_there_is_no_scorer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that runs the network is said to be missing, and how to get it."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    assert RelationScorer.load() is None
    assert find_missing() == "onnxruntime is not installed: `pip install onnxruntime`"


CARD = (
    json.loads((MODEL_FOLDER / "relations.json").read_text(encoding="utf-8"))
    if find_missing() is None
    else {}
)
SIGNED = {"labels": ["none", "supports", "opposes"], "temperature": 1.0}


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("relations.onnx", "not a network", r"relations\.onnx cannot be used: .*; put it back, or set"),
        ("relations.json", "{", r"relations\.json cannot be used: JSONDecodeError"),
        ("relations.json", "[]", r"relations\.json cannot be used: TypeError"),
        ("relations.json", '{"heads": {"signed": {"labels": ["none"]}}}', r"KeyError: 'temperature'"),
        (
            "relations.json",
            json.dumps({"heads": {"signed": SIGNED | {"temperature": 0}}, "max_tokens": 9}),
            r"head signed needs labels .* and a temperature above 0",
        ),
        (
            "relations.json",
            json.dumps(
                {"heads": {"signed": SIGNED | {"labels": ["supports", "opposes", "none"]}}, "max_tokens": 9}
            ),
            r"head signed needs labels that begin with none",
        ),
        (
            "relations.json",
            json.dumps({"heads": {"moody": SIGNED}, "max_tokens": 9}),
            r"relations\.onnx cannot be used: it has no output moody of 3 classes",
        ),
        (
            "relations.json",
            json.dumps({"heads": {"signed": SIGNED | {"labels": ["none", "likes"]}}, "max_tokens": 9}),
            r"it has no output signed of 2 classes",
        ),
        ("vocabulary.txt", "the\nof\n", r"vocabulary\.txt cannot be used: the vocabulary has no \[CLS\]"),
    ],
)
def test_a_damaged_file_is_named(folder: Path, name: str, content: str, fault: str) -> None:
    """Whoever reads the message knows which file it is, what is wrong with it, and what to do."""
    replace_file(folder, name, content)
    with pytest.raises(UnusableScorer, match=fault):
        RelationScorer.load(folder)


def test_a_network_that_asks_for_something_else_is_named(folder: Path) -> None:
    """One that was exported for another way of asking says so when it is loaded, and not in the middle of a text."""
    network = (MODEL_FOLDER / "relations.onnx").read_bytes()
    (folder / "relations.onnx").unlink()
    (folder / "relations.onnx").write_bytes(network.replace(b"targets", b"targetz"))
    inputs = "ids, name_weights, sources"
    with pytest.raises(UnusableScorer, match=f"its inputs are {inputs}, targetz, and not {inputs}, targets"):
        RelationScorer.load(folder)


def test_the_error_travels() -> None:
    """It reads the same after its way from a process that reads."""
    error = UnusableScorer(Path("vocabulary.txt"), "it is empty")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 (our own)


def test_a_missing_head_has_its_stand_in(folder: Path) -> None:
    """Weights that know stances alone answer with them for what is stated; a head that nothing stands for is an error."""
    card = CARD | {"heads": {"signed": CARD["heads"]["signed"]}}
    replace_file(folder, "relations.json", json.dumps(card))
    scorer = RelationScorer.load(folder)
    assert scorer is not None
    assert [scorer.find_head(name) for name in ("signed", "stated")] == ["signed", "signed"]
    with pytest.raises(KeyError, match="structural"):
        scorer.find_head("structural")
