"""The parser's entity recogniser, its steps taken for all words at once: the same entities, in a third of the time.

spaCy's recogniser goes through a text word by word and tests all its moves (74 in the English pipelines) before each
step, which takes longer than the network that it asks. As long as no entity is open, a step depends on its own word
alone: these are taken together. Where one begins an entity, the steps inside it follow, together again for all such
words; what turns out to lie in an earlier entity is passed over in the end.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import NumpyOps

_BATCH_DOCS = 16
_FEATURES = 3
"""A step sees its word, and of the open entity the first word and the last one so far."""

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class _Outside(NamedTuple):
    """The moves that can be made while no entity is open, in the recogniser's order.

    Attributes:
        labels: The number of each one's label in the vocabulary; 0 for the one that goes on without an entity.
        begins: Which begin an entity of several words; the others with a label make one of a single word.
        weights: What scores each, shape (moves, width).
        bias: Is added to its score.
    """

    labels: NDArray[np.uint64]
    begins: Flags
    weights: Floats
    bias: Floats


class _Inside(NamedTuple):
    """What scores a step in an open entity; one row for each of the moves that are made outside.

    Attributes:
        weights: Of going on, and of ending it with this word, shape (moves, 2, width); zeros for those that begin none.
        bias: Is added to the two scores.
    """

    weights: Floats
    bias: Floats


class QuickRecogniser:
    """Finds entities as the recogniser of a pipeline does; build it with `find`."""

    def __init__(self, recogniser: EntityRecognizer) -> None:
        self._recogniser = recogniser
        model: Any = recogniser.model
        self._tok2vec, self._lower = model.get_ref("tok2vec"), model.get_ref("lower")
        self._bias: Floats = self._lower.get_param("b")
        self._outside, self._inside = _read_moves(recogniser)

    @classmethod
    def find(cls, nlp: Language) -> Self | None:
        """Return one for the last component of a pipeline, or None where that is no recogniser of the usual kind."""
        if nlp.pipe_names[-1:] != ["ner"]:
            return None
        recogniser = nlp.get_pipe("ner")
        return cls(recogniser) if isinstance(recogniser, EntityRecognizer) and _is_usual(recogniser) else None

    def annotate(self, docs: Sequence[Doc]) -> None:
        """Write entities into texts that every other component has been through."""
        fresh: list[Doc] = []
        for doc in docs:
            if np.any(doc.to_array(["ENT_IOB"])):
                self._recogniser(doc)  # which heeds the entities that are there
            elif len(doc):
                fresh.append(doc)
        for start in range(0, len(fresh), _BATCH_DOCS):
            self._annotate_fresh(fresh[start : start + _BATCH_DOCS])

    def _annotate_fresh(self, docs: Sequence[Doc]) -> None:
        ends = np.cumsum([len(doc) for doc in docs])
        columns = np.concatenate([doc.to_array(["SENT_START", "IS_SPACE"]) for doc in docs])
        # Whether an entity may go on with the next word.
        goes_on = np.append(columns[1:, 0] != 1, np.False_)
        goes_on[ends - 1] = False
        found = list(self._iter_entities(docs, goes_on, columns[:, 1] == 1))
        place = offset = 0
        for doc in docs:
            own: list[Span] = []
            while place < len(found) and found[place][0] < offset + len(doc):
                start, end, label = found[place]
                own.append(Span(doc, start - offset, end - offset, label=label))
                place += 1
            doc.set_ents(own, default="outside")
            offset += len(doc)

    def _iter_entities(
        self, docs: Sequence[Doc], goes_on: Flags, is_space: Flags
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the start, end and label of each entity among all words of some texts, in order."""
        features: Floats = self._lower.predict(self._tok2vec.predict(docs))
        chosen = self._step_outside(features, goes_on, is_space)
        labels = self._outside.labels[chosen]
        starts = np.flatnonzero(labels)
        ends = starts + 1
        longer = self._outside.begins[chosen[starts]]
        ends[longer] = self._find_ends(features, starts[longer], chosen[starts[longer]], goes_on)
        behind = 0
        for start, end, label in zip(starts.tolist(), ends.tolist(), labels[starts].tolist(), strict=True):
            if start >= behind:
                yield start, end, label
                behind = end

    def _step_outside(self, features: Floats, goes_on: Flags, is_space: Flags) -> Numbers:
        """Return the place in `_Outside` of the move made at each word if no entity is open there."""
        padding, moves = features[0], self._outside
        scores = self._activate(features[1:, 0] + padding[1] + padding[2]) @ moves.weights.T + moves.bias
        scores[np.ix_(is_space, moves.labels != 0)] = -np.inf
        scores[np.ix_(~goes_on, moves.begins)] = -np.inf
        best: Numbers = scores.argmax(axis=1)
        return best

    def _find_ends(self, features: Floats, starts: Numbers, moves: Numbers, goes_on: Flags) -> Numbers:
        """Return the word behind each entity that begins at one of these words with one of these moves."""
        ends = starts + 1
        open_ = np.arange(len(starts))
        while len(open_):
            here, first, move = ends[open_], starts[open_], moves[open_]
            ends[open_] += 1
            # Features are numbered from 1: row 0 is for none.
            seen = self._activate(features[here + 1, 0] + features[first + 1, 1] + features[here, 2])
            scores = np.einsum("nw,nmw->nm", seen, self._inside.weights[move]) + self._inside.bias[move]
            open_ = open_[goes_on[here] & (scores[:, 0] >= scores[:, 1])]
        return ends

    def _activate(self, sums: Floats) -> Floats:
        """Return what the network makes of summed features: the largest of the pieces of each unit."""
        sums += self._bias
        largest: Floats = sums.max(axis=2)
        return largest


def _is_usual(recogniser: EntityRecognizer) -> bool:
    """Say whether a recogniser takes the likeliest step each time, from three features, with two layers above them."""
    model: Any = recogniser.model
    if recogniser.cfg["beam_width"] != 1 or not model.attrs.get("has_upper") or model.attrs["unseen_classes"]:
        return False
    lower = model.get_ref("lower")
    is_known = lower.get_dim("nF") == _FEATURES and lower.get_dim("nP") > 1
    return isinstance(model.ops, NumpyOps) and is_known


def _read_moves(recogniser: EntityRecognizer) -> tuple[_Outside, _Inside]:
    moves: Any = recogniser.moves
    names = [str(moves.get_class_name(number)) for number in range(moves.n_moves)]
    numbers = {name: number for number, name in enumerate(names)}
    upper: Any = recogniser.model.get_ref("upper")
    weights, bias = upper.get_param("W"), upper.get_param("b")
    # "U-" without a label is for words that are kept from being entities beforehand.
    outside = [name for name in names if name[:2] in {"B-", "U-", "O"} and name != "U-"]
    chosen = [numbers[name] for name in outside]
    inside = np.zeros((len(outside), 2, weights.shape[1]), np.float32)
    inside_bias = np.zeros((len(outside), 2), np.float32)
    for row, name in enumerate(outside):
        if name.startswith("B-"):
            both = [numbers[f"I-{name[2:]}"], numbers[f"L-{name[2:]}"]]
            inside[row], inside_bias[row] = weights[both], bias[both]
    strings = recogniser.vocab.strings
    labels = [strings[name[2:]] if name[2:] else 0 for name in outside]
    return (
        _Outside(
            np.array(labels, np.uint64),
            np.array([name.startswith("B-") for name in outside]),
            weights[chosen],
            bias[chosen],
        ),
        _Inside(inside, inside_bias),
    )
