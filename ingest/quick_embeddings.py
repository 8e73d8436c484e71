"""The parser's word embeddings, made once for each different word of a batch: the same vectors, in half of the time.

What spaCy's networks first make of a word depends on its spelling and the space after it alone; they make it anew wherever
the word stands.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import Model

if TYPE_CHECKING:
    from spacy.vocab import Vocab

_Embeddings = list[NDArray[np.float32]]


def use_quick_embeddings(nlp: Language) -> int:
    """Let the networks of a pipeline embed each word of a batch once; return how many of them do."""
    found = 0
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        for layer in model.walk() if isinstance(model, Model) else ():
            if layer.layers and layer.layers[-1].name == "ragged2list":
                found += _use_distinct_words(layer)
    return found


def _use_distinct_words(layer: Any) -> bool:  # noqa: ANN401 (a network's types are known to itself alone)
    """Let a layer from texts to vectors embed each word once, if a word's own attributes are all that it sees."""
    extractors = [below for below in layer.walk() if below.name == "extract_features"]
    if len(extractors) != 1:
        return False
    features = extractors[0].attrs["columns"]
    embed: Callable[..., tuple[_Embeddings, Any]] = layer._func  # noqa: SLF001  # as what wraps a layer in thinc does

    def embed_once(model: Any, docs: Sequence[Doc], is_train: bool) -> tuple[_Embeddings, Any]:  # noqa: ANN401
        if is_train or not all(isinstance(doc, Doc) for doc in docs) or not any(map(len, docs)):
            return embed(model, docs, is_train)
        words, places = _find_distinct(docs, features)
        (vectors,), backprop = embed(model, [words], is_train)
        ends = np.cumsum([len(doc) for doc in docs])
        return np.split(vectors[places], ends[:-1]), backprop

    layer._func = embed_once  # noqa: SLF001
    return True


class _Words:
    """Words as a layer asks a text for them; `table` has a row for each: what its vector is looked up by, and features."""

    def __init__(self, vocab: "Vocab", table: NDArray[np.uint64]) -> None:
        self.vocab = vocab
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    def to_array(self, asked: int | Sequence[str | int]) -> NDArray[np.uint64]:
        """Return what a text does: features as rows, or where one attribute is asked for, what vectors are looked up by."""
        return self._table[:, 0] if isinstance(asked, int) else self._table[:, 1:]


def _find_distinct(docs: Sequence[Doc], features: Sequence[str | int]) -> tuple[_Words, NDArray[np.int64]]:
    """Return the different words of some texts, and for each word of all texts which of them it is."""
    vocab = docs[0].vocab
    columns = [getattr(vocab.vectors, "attr", "ORTH"), *features]
    table = np.concatenate([cast("Any", doc).to_array(columns) for doc in docs])
    rows = table.view(f"V{table.strides[0]}").ravel()
    _, first, places = np.unique(rows, return_index=True, return_inverse=True)
    return _Words(vocab, table[first]), places
