"""The trained network as the files that `ingest.scorer` reads."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import PreTrainedTokenizerFast

from ingest.training.encoding import MAX_TOKENS, encode
from ingest.training.examples import LABELS, Passage
from ingest.training.measuring import Measures
from ingest.training.network import RelationNetwork

_OPSET = 17
"""Of ONNX; read by every version of onnxruntime that the product allows."""
_INPUTS = {
    "ids": {0: "passages", 1: "tokens"},
    "mask": {0: "passages", 1: "tokens"},
    "name_weights": {0: "passages", 1: "names", 2: "tokens"},
    "sources": {0: "passages", 1: "pairs"},
    "targets": {0: "passages", 1: "pairs"},
}
"""The network's inputs in their order, and which of their lengths differ from text to text."""


def export(
    network: RelationNetwork,
    tokenizer: PreTrainedTokenizerFast,
    sample: Passage,
    measures: Measures,
    folder: Path,
) -> None:
    """Write `relations.onnx` (8-bit weights), `relations.json` and `vocabulary.txt` into `folder`.

    The network is traced on `sample`, any passage with a pair. The files are written aside and moved at the end, so
    that an interrupt leaves what was there before.
    """
    with TemporaryDirectory(prefix=".unfinished-", dir=folder) as aside:
        unfinished = Path(aside)
        whole = unfinished / "whole"
        _trace(network, tokenizer, sample, whole)
        written = [unfinished / name for name in ("relations.onnx", "relations.json", "vocabulary.txt")]
        quantize_dynamic(whole, written[0], weight_type=QuantType.QInt8, per_channel=True)
        card = {"heads": measures, "max_tokens": MAX_TOKENS}
        written[1].write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
        vocabulary = sorted(tokenizer.get_vocab().items(), key=lambda known: known[1])
        written[2].write_text("".join(f"{piece}\n" for piece, _ in vocabulary), encoding="utf-8")
        for file in written:
            file.replace(folder / file.name)


def _trace(
    network: RelationNetwork, tokenizer: PreTrainedTokenizerFast, sample: Passage, whole: Path
) -> None:
    network.eval()
    torch.onnx.export(
        network,
        encode([sample, sample], tokenizer).inputs,
        str(whole),
        input_names=list(_INPUTS),
        output_names=list(LABELS),
        dynamic_axes=_INPUTS,
        opset_version=_OPSET,
        dynamo=False,
    )
