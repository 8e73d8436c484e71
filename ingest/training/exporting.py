"""The trained network as the files that `ingest.scorer` reads."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnx
import onnxruntime
import torch
from transformers import PreTrainedTokenizerFast

from graph.errors import ActorgraphError
from ingest.training.encoding import MAX_TOKENS, encode
from ingest.training.examples import LABELS, Passage
from ingest.training.graph import build_graph
from ingest.training.measuring import Measures
from ingest.training.network import RelationNetwork

_FARTHEST = 1.0
"""How far a graph's logits may be from the network's on average; 8-bit numbers put them off by about a tenth of that."""


class UnlikeNetwork(ActorgraphError):
    """A graph does not reckon as the network does: whoever changes one of the two changes the other."""


def export(
    network: RelationNetwork,
    tokenizer: PreTrainedTokenizerFast,
    sample: Passage,
    measures: Measures,
    folder: Path,
) -> None:
    """Write `relations.onnx` (8-bit weights), `relations.json` and `vocabulary.txt` into `folder`.

    The files are written aside and moved at the end, so that an interrupt leaves what was there before.

    Raises:
        UnlikeNetwork: On `sample`, any passage with a pair, the graph says something else than the network.
    """
    network.eval()
    graph = make_graph(network)
    _compare(network, graph, tokenizer, sample)
    with TemporaryDirectory(prefix=".unfinished-", dir=folder) as aside:
        unfinished = Path(aside)
        written = [unfinished / name for name in ("relations.onnx", "relations.json", "vocabulary.txt")]
        onnx.save(graph, str(written[0]))
        card = {"heads": measures, "max_tokens": MAX_TOKENS}
        written[1].write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
        vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda known: known[1])
        written[2].write_text("".join(f"{piece}\n" for piece, _ in vocabulary), encoding="utf-8")
        for file in written:
            file.replace(folder / file.name)


def make_graph(network: RelationNetwork) -> onnx.ModelProto:
    """Return a network as a graph for one passage a run."""
    weights = {name: value.detach().float().numpy() for name, value in network.state_dict().items()}
    config = network.encoder.config
    return build_graph(
        weights,
        attention_heads=int(config.num_attention_heads),
        epsilon=float(config.layer_norm_eps),
        labels={head: len(labels) for head, labels in LABELS.items()},
    )


def _compare(
    network: RelationNetwork, graph: onnx.ModelProto, tokenizer: PreTrainedTokenizerFast, sample: Passage
) -> None:
    batch = encode([sample], tokenizer)
    length = int(batch.mask[0].sum())
    ids, weights = batch.ids[:, :length], batch.name_weights[:, :, :length]
    with torch.no_grad():
        wanted = network(ids, batch.mask[:, :length], weights, batch.sources, batch.targets)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    given = {"ids": ids, "name_weights": weights, "sources": batch.sources, "targets": batch.targets}
    found = session.run(list(LABELS), {name: value.numpy() for name, value in given.items()})
    for head, ours, theirs in zip(LABELS, found, wanted, strict=True):
        if not np.abs(ours - theirs.numpy()).mean() < _FARTHEST:
            raise UnlikeNetwork(f"head {head}: {ours} instead of {theirs}")
