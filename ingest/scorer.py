"""The learned relation model: for two actors of a passage, how likely each relation between them is said there.

How it was made, on what, with which figures and limits is told in the model card beside its weights.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from graph.errors import ActorgraphError
from ingest.wordpiece import Pieces, WordPiece

if TYPE_CHECKING:
    import onnxruntime

MODEL_FOLDER = Path(__file__).parent / "model"
LONGEST_PASSAGE = 620
"""In characters; what is longer is cut into passages."""

STAND_INS = {"stated": "signed"}
"""Which head answers where the weights lack one."""

_INPUTS = frozenset({"ids", "name_weights", "sources", "targets"})
_SURE = 50.0
"""A logit beyond doubt."""

Fragment = tuple[int, int]
Scores = Mapping[str, NDArray[np.float64]]


class UnusableScorer(ActorgraphError):
    """A file of the relation scorer is there, but cannot be used.

    Attributes:
        file: Which one.
        fault: What is wrong with it.
    """

    def __init__(self, file: Path, fault: str) -> None:
        self.file = file
        self.fault = fault
        super().__init__(file, fault)

    def __str__(self) -> str:
        return (
            f"The relation scorer's file {self.file} cannot be used: {self.fault}; put it back, or set "
            "ACTORGRAPH_SCORER=off to read by rules alone."
        )


@dataclass(frozen=True, slots=True)
class Head:
    """One kind of question that the network answers: its classes, "none" first, and the temperature of its logits."""

    labels: tuple[str, ...]
    temperature: float


@dataclass(frozen=True)
class RelationScorer:
    """Scores ordered pairs of names of a passage; build it with `RelationScorer.load`.

    One passage is one run of the network, alone and on one thread: its weights are 8-bit integers and activations are
    scaled by the run, so that a passage in company would be scored a little differently.

    Attributes:
        name_and_version: Name of the weights; the version is the beginning of their SHA-256.
        heads: What `score` can be asked for.
        most_pieces: How much of a passage is read, in word pieces.
    """

    session: "onnxruntime.InferenceSession"
    splitter: WordPiece
    name_and_version: str
    heads: Mapping[str, Head]
    most_pieces: int

    @classmethod
    def load(cls, folder: Path | None = None) -> Self | None:
        """Return the model, or None where `find_missing` names what it lacks; takes about half a second.

        Args:
            folder: Where its files are; the product's own by default.

        Raises:
            UnusableScorer: A file of it is damaged, or does not fit the others.
        """
        folder = folder or MODEL_FOLDER
        if find_missing(folder) is not None:
            return None
        heads, most_pieces = _read_card(folder / "relations.json")
        network = (folder / "relations.onnx").read_bytes()
        session = _open_session(folder / "relations.onnx", network, heads)
        vocabulary = folder / "vocabulary.txt"
        try:
            splitter = WordPiece(vocabulary.read_text(encoding="utf-8").splitlines())
        except ValueError as error:
            raise UnusableScorer(vocabulary, str(error)) from error
        digest = hashlib.sha256(network).hexdigest()
        return cls(session, splitter, f"relations-{digest[:8]}", heads, most_pieces)

    def find_head(self, name: str) -> str:
        """Return the head that answers for this one: itself, or where the weights lack it, its stand-in.

        Raises:
            KeyError: The weights have neither.
        """
        found = name if name in self.heads else STAND_INS.get(name, name)
        if found not in self.heads:
            raise KeyError(name)
        return found

    def score(
        self,
        text: str,
        names: Sequence[Sequence[Fragment]],
        pairs: Sequence[tuple[int, int]],
        heads: Collection[str] | None = None,
    ) -> Scores:
        """Return the probabilities for each ordered pair, by head: (pairs, classes), rows summing to 1.

        Args:
            text: A passage of at most `LONGEST_PASSAGE` characters; what goes beyond the model's length is not read,
                and a pair with a name there scores as unrelated.
            names: For each name the (start, end) code points where it stands in the text.
            pairs: Numbers of the names at source and target; at least one pair.
            heads: Which heads to ask; all by default.

        Cost: one run of the encoder, about 5 ms for 100 words on one core, whatever the number of pairs.
        """
        pieces = self.splitter.split(text, self.most_pieces)
        weights = _weigh_names(pieces, names)
        asked = list(self.heads if heads is None else heads)
        ends = np.array(pairs, dtype=np.int64)
        inputs = {
            "ids": np.array([pieces.ids], dtype=np.int64),
            "name_weights": weights[np.newaxis],
            "sources": ends[np.newaxis, :, 0],
            "targets": ends[np.newaxis, :, 1],
        }
        outputs = self.session.run(asked, inputs)
        seen: NDArray[np.bool_] = weights.max(axis=1) > 0
        read = seen[ends[:, 0]] & seen[ends[:, 1]]
        return {
            head: _normalise(logits[0], self.heads[head].temperature, read)
            for head, logits in zip(asked, outputs, strict=True)
        }


def find_missing(folder: Path | None = None) -> str | None:
    """Return what the scorer lacks here and how to get it, without loading anything; None where it can be loaded."""
    folder = folder or MODEL_FOLDER
    for name in ("relations.onnx", "relations.json", "vocabulary.txt"):
        if not (folder / name).is_file():
            return (
                f"{folder / name} is missing: install actorgraph again, or make the weights with `make train`"
            )
    if find_spec("onnxruntime") is None:
        return "onnxruntime is not installed: `pip install onnxruntime`"
    return None


def _read_card(file: Path) -> tuple[dict[str, Head], int]:
    """Return the heads and the most pieces that `relations.json` tells of."""
    try:
        card: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        heads = {
            name: Head(tuple(map(str, known["labels"])), float(known["temperature"]))
            for name, known in card["heads"].items()
        }
        most_pieces = int(card["max_tokens"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusableScorer(file, f"{type(error).__name__}: {error}") from error
    for name, head in heads.items():
        if head.labels[:1] != ("none",) or not head.temperature > 0:
            raise UnusableScorer(
                file, f"head {name} needs labels that begin with none, and a temperature above 0"
            )
    return heads, most_pieces


def _open_session(file: Path, network: bytes, heads: Mapping[str, Head]) -> "onnxruntime.InferenceSession":
    """Load the network that a file holds, and make sure that it has these heads."""
    import onnxruntime  # noqa: PLC0415 (takes a third of a second; only who reads texts needs it)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is written as it is quickest; to fuse more would slow it down, and change the last digits.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    # Fatal only: what goes wrong is raised, and told in one line.
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors share no other base
        raise UnusableScorer(file, " ".join(str(error).split())) from error
    inputs = {given.name for given in session.get_inputs()}
    if inputs != _INPUTS:
        fault = f"its inputs are {', '.join(sorted(inputs))}, and not {', '.join(sorted(_INPUTS))}"
        raise UnusableScorer(file, fault)
    sizes = {output.name: output.shape[-1] for output in session.get_outputs()}
    for name, head in heads.items():
        if sizes.get(name) != len(head.labels):
            raise UnusableScorer(file, f"it has no output {name} of {len(head.labels)} classes")
    return session


def _weigh_names(pieces: Pieces, names: Sequence[Sequence[Fragment]]) -> NDArray[np.float32]:
    """Return (names, pieces): each row averages the pieces of a name."""
    starts, ends = np.array(pieces.starts), np.array(pieces.ends)
    weights = np.zeros((len(names), len(pieces.ids)), dtype=np.float32)
    for row, fragments in enumerate(names):
        for start, end in fragments:
            weights[row, (starts < end) & (ends > start)] = 1.0
    sums = weights.sum(axis=1, keepdims=True)
    averaged: NDArray[np.float32] = np.divide(weights, sums, out=weights, where=sums > 0)
    return averaged


def _normalise(
    logits: NDArray[np.float32], temperature: float, read: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Softmax at a temperature; what could not be read is surely the first class, none."""
    scaled = logits.astype(np.float64) / temperature
    scaled[~read] = 0.0
    scaled[~read, 0] = _SURE
    exponents = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = exponents / exponents.sum(axis=1, keepdims=True)
    return probabilities
