"""How well the network does on passages it has not learned from, and how sure it may be of that."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import PreTrainedTokenizerFast

from ingest.training.encoding import encode
from ingest.training.examples import LABELS, Head, Passage
from ingest.training.network import RelationNetwork
from ingest.training.packing import iter_batches

Measures = Mapping[Head, Mapping[str, Any]]
"""By head: `labels`, its classes; `temperature`; `held_out`, its figures in words. As `relations.json` holds them."""

_TEMPERATURES = np.arange(0.5, 4.0, 0.05)


def measure(
    network: RelationNetwork, tokenizer: PreTrainedTokenizerFast, passages: Sequence[Passage]
) -> Measures:
    """Return figures and temperatures of every head, of which each needs a known pair in these passages."""
    return {
        head: {
            "labels": list(LABELS[head]),
            "temperature": fit_temperature(logits, labels),
            "held_out": describe(logits, labels),
        }
        for head, (logits, labels) in predict(network, tokenizer, passages).items()
    }


def describe_measures(measures: Measures) -> str:
    """Return the figures of all heads as one line."""
    return "; ".join(
        f"{head} {measured['held_out']}, temperature {measured['temperature']:.2f}"
        for head, measured in measures.items()
    )


def predict(
    network: RelationNetwork, tokenizer: PreTrainedTokenizerFast, passages: Sequence[Passage]
) -> dict[Head, tuple[NDArray[np.float32], NDArray[np.int64]]]:
    """Return by head (logits, labels) of every pair it knows, (pairs, classes) and (pairs)."""
    network.eval()
    logits: dict[Head, list[Tensor]] = {head: [] for head in LABELS}
    labels: dict[Head, list[Tensor]] = {head: [] for head in LABELS}
    with torch.no_grad():
        for together in iter_batches(passages):
            batch = encode(together, tokenizer)
            for head, output in zip(LABELS, network(*batch.inputs), strict=True):
                known = batch.labels[head] >= 0
                logits[head].append(output[known])
                labels[head].append(batch.labels[head][known])
    return {head: (torch.cat(logits[head]).numpy(), torch.cat(labels[head]).numpy()) for head in LABELS}


def describe(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> str:
    """Return accuracy, and precision and recall of what is not `none`."""
    guess = logits.argmax(axis=1)
    right = int(((guess == labels) & (labels > 0)).sum())
    precision, recall = right / max(1, int((guess > 0).sum())), right / max(1, int((labels > 0).sum()))
    accuracy = (guess == labels).mean()
    return f"accuracy {accuracy:.3f} precision {precision:.3f} recall {recall:.3f} of {len(labels)}"


def fit_temperature(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Return the temperature, from 0.5 to 4, that minimises the log loss.

    Guo et al., "On Calibration of Modern Neural Networks" (ICML 2017); by a grid in steps of 0.05.
    """

    def compute_log_loss(temperature: float) -> float:
        scaled = logits / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        log_probabilities = scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True))
        return float(-log_probabilities[np.arange(len(labels)), labels].mean())

    return min((float(t) for t in _TEMPERATURES), key=compute_log_loss)
