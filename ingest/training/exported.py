"""Weights that were exported once, read back into the network so that training can go on from them."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from ingest.training.lines import UnusableExample
from ingest.training.network import RelationNetwork

_WEIGHTS = "relations.onnx"


def restore_weights(network: RelationNetwork, folder: Path) -> None:
    """Give the network the weights that were exported into `folder`.

    What was quantized comes back as the number that its 8 bits stand for: within half a step of what was trained, a
    step being a 127th of the column's largest weight. The encoder's pooler, which nothing asks, stays as it is.

    Raises:
        UnusableExample: There are no such weights, or they are of another network.
    """
    weights = _read(folder / _WEIGHTS)
    lacking = [
        name
        for name, _ in network.named_parameters()
        if name not in weights and not name.startswith("encoder.pooler.")
    ]
    if lacking:
        raise UnusableExample(
            folder / _WEIGHTS, None, f"no weights to go on from: {lacking[0]} is not among them"
        )
    network.load_state_dict(weights, strict=False)


def _read(path: Path) -> dict[str, Tensor]:
    try:
        graph = onnx.load(path).graph
    except (OSError, ValueError, onnx.onnx_cpp2py_export.checker.ValidationError) as error:
        raise UnusableExample(path, None, f"no weights to go on from ({error})") from error
    known = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    parameters = {name: torch.tensor(array) for name, array in known.items() if not name.startswith("onnx::")}
    for name in [name for name in parameters if name.endswith("_quantized")]:
        plain = name.removesuffix("_quantized")
        parameters[plain] = torch.tensor(_restore(known, plain))
    for node in graph.node:
        if node.op_type == "MatMulInteger" and (weight := node.input[1]) in known:
            # Named by the layer that multiplies, and turned over: torch keeps (out, in), the product wants (in, out).
            *rooms, layer = node.name.removesuffix("/MatMul_quant").strip("/").split("/")
            # A layer of a sequence carries the sequence's name: `query/query.0`.
            if "." not in layer or rooms != [layer.partition(".")[0]]:
                layer = ".".join([*rooms, layer])
            parameters[f"{layer}.weight"] = torch.tensor(
                _restore(known, weight.removesuffix("_quantized")).T.copy()
            )
    return parameters


def _restore(known: dict[str, np.ndarray], name: str) -> np.ndarray:
    steps = known[f"{name}_quantized"].astype(np.float32) - known[f"{name}_zero_point"].astype(np.float32)
    return (steps * known[f"{name}_scale"]).astype(np.float32)
