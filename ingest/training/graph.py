"""The relation network as an ONNX graph for one passage a run, written operator by operator.

What a trace of the network gives takes a tenth longer: it pads and masks, moves numbers about between the steps of
attention, and reckons at every run with lengths that are known. Weights are 8-bit integers, one scale a column (symmetric);
what they are multiplied by is brought to 8 bits as it comes (dynamic quantization, as onnxruntime has it).
"""

from collections.abc import Mapping, Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

Weights = Mapping[str, NDArray[np.float32]]

_OPSET = 17
"""Of ONNX; read by every version of onnxruntime that the product allows, as are its own operators used here."""
_OWN = "com.microsoft"
_LAST_AXIS = -1


def build_graph(
    weights: Weights, *, attention_heads: int, epsilon: float, labels: Mapping[str, int]
) -> onnx.ModelProto:
    """Return the graph of a network.

    Inputs: `ids`, (1, tokens); `name_weights`, (1, names, tokens); `sources` and `targets`, (1, pairs).
    Outputs: the logits of each head, (1, pairs, classes).

    Args:
        weights: By the names that `ingest.training.network.RelationNetwork` gives them.
        attention_heads: Of the encoder.
        epsilon: Of its layer norms.
        labels: How many classes each head has.
    """
    graph = _Graph(weights, attention_heads, epsilon)
    tokens = graph.embed()
    layer = 0
    while f"encoder.encoder.layer.{layer}.output.dense.weight" in weights:
        tokens = graph.encode(f"encoder.encoder.layer.{layer}", tokens)
        layer += 1
    features = graph.pair_up(tokens)
    for head in labels:
        graph.multiply(head, features, output=head)
    return graph.finish(labels)


class _Graph:
    """A graph under construction; every step returns the name of what it makes."""

    def __init__(self, weights: Weights, attention_heads: int, epsilon: float) -> None:
        self._weights = weights
        self._heads, self._epsilon = attention_heads, epsilon
        self._width = weights["encoder.embeddings.LayerNorm.weight"].size
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def embed(self) -> str:
        """Add what stands for each piece: its word, its place, and that it is of the first of two texts."""
        place = "encoder.embeddings"
        words = f"{place}.word_embeddings"
        numbers, scale, zero = _quantize_table(self._weights[f"{words}.weight"])
        kept = [self._keep(f"{words}.{name}", value) for name, value in (("scale", scale), ("zero", zero))]
        found = self._add("Gather", [self._keep(f"{words}.weight", numbers), "ids"])
        word = self._add("DequantizeLinear", [found, *kept])
        (first, _), positions = (
            _blur(self._weights[f"{place}.{name}_embeddings.weight"]) for name in ("token_type", "position")
        )
        typed = self._add("Add", [word, self._keep(f"{place}.first", first)])
        ends = [self._keep_numbers(0), self._add("Shape", ["ids"], start=1, end=2), self._keep_numbers(0)]
        placed = self._add("Slice", [self._keep(f"{place}.positions", positions), *ends])
        return self._normalise(f"{place}.LayerNorm", self._add("Add", [typed, placed]))

    def encode(self, layer: str, tokens: str) -> str:
        """Add a layer of the encoder."""
        seen = self.multiply(
            f"{layer}.attention.output.dense", self._attend(f"{layer}.attention.self", tokens)
        )
        # Added up apart, and not in the one step that the second norm is, it is three times as fast; the weights were
        # measured with the norms as they are.
        tokens = self._normalise(f"{layer}.attention.output.LayerNorm", self._add("Add", [seen, tokens]))
        wide = self._add("Gelu", [self.multiply(f"{layer}.intermediate.dense", tokens)], _OWN)
        norm = [self._keep_own(f"{layer}.output.LayerNorm.{name}") for name in ("weight", "bias")]
        added = [self.multiply(f"{layer}.output.dense", wide), tokens, *norm]
        return self._add("SkipLayerNormalization", added, _OWN, epsilon=self._epsilon)

    def _attend(self, place: str, tokens: str) -> str:
        """Add attention; a head's numbers stay where they are, and are stepped over in the products."""
        number, scale, zero = self._add_many("DynamicQuantizeLinear", [tokens], 3)
        shape = self._keep_numbers(-1, self._heads, self._width // self._heads)
        parts = []
        for name in ("query", "key", "value"):
            weight, scales, zeros, bias = self._keep_linear(f"{place}.{name}")
            made = [number, weight, scale, scales, zero, zeros, bias]
            parts.append(self._add("Reshape", [self._add("MatMulIntegerToFloat", made, _OWN), shape]))
        query, key, value = parts
        alpha = float(np.float32((self._width // self._heads) ** -0.5))
        fitting = self._add(
            "FusedMatMul", [query, key], _OWN, alpha=alpha, transBatchA=1, transBatchB=1, transB=1
        )
        weighed = self._add("Softmax", [fitting], axis=_LAST_AXIS)
        seen = self._add("FusedMatMul", [weighed, value], _OWN, transBatchB=1)
        whole = self._keep_numbers(1, -1, self._width)
        return self._add("Reshape", [self._add("Transpose", [seen], perm=[1, 0, 2]), whole])

    def pair_up(self, tokens: str) -> str:
        """Add what is made of each pair: its two names, what of the passage bears on them, and their product."""
        alone = self._keep_numbers(0)
        names = self._add("Squeeze", [self._add("MatMul", ["name_weights", tokens]), alone])
        source, target = (self._add("Gather", [names, ends]) for ends in ("sources", "targets"))
        ends = self._add("Concat", [source, target], axis=_LAST_AXIS)
        query = self.multiply("query.2", self._add("Tanh", [self.multiply("query.0", ends)]))
        root = self._keep("query.root", np.array(self._width**0.5, np.float32))
        fitting = self._add("Div", [self._add("FusedMatMul", [query, tokens], _OWN, transB=1), root])
        context = self._add("MatMul", [self._add("Softmax", [fitting], axis=_LAST_AXIS), tokens])
        product = self._add("Mul", [source, target])
        features = self._add("Concat", [ends, context, product], axis=_LAST_AXIS)
        return self._add("Gelu", [self.multiply("pair.1", features)], _OWN)

    def multiply(self, place: str, value: str, output: str | None = None) -> str:
        """Add a linear layer."""
        weight, scales, zeros, bias = self._keep_linear(place)
        given = [value, weight, scales, zeros, bias]
        return self._add("DynamicQuantizeMatMul", given, _OWN, output=output)

    def finish(self, labels: Mapping[str, int]) -> onnx.ModelProto:
        """Return the whole."""
        whole, real = onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
        inputs = [
            helper.make_tensor_value_info("ids", whole, [1, "tokens"]),
            helper.make_tensor_value_info("name_weights", real, [1, "names", "tokens"]),
            helper.make_tensor_value_info("sources", whole, [1, "pairs"]),
            helper.make_tensor_value_info("targets", whole, [1, "pairs"]),
        ]
        outputs = [
            helper.make_tensor_value_info(head, real, [1, "pairs", size]) for head, size in labels.items()
        ]
        graph = helper.make_graph(self._nodes, "relations", inputs, outputs, list(self._constants.values()))
        versions = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_OWN, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8)

    def _normalise(self, place: str, value: str) -> str:
        norm = [self._keep_own(f"{place}.{name}") for name in ("weight", "bias")]
        return self._add("LayerNormalization", [value, *norm], axis=_LAST_AXIS, epsilon=self._epsilon)

    def _keep_linear(self, place: str) -> tuple[str, str, str, str]:
        """Keep a linear layer as numbers, scales, zeros and bias."""
        numbers, scales = _quantize_columns(self._weights[f"{place}.weight"].T)
        kept = (("weight", numbers), ("scales", scales), ("zeros", np.zeros(scales.size, np.int8)))
        weight, scale, zero = (self._keep(f"{place}.{name}", value) for name, value in kept)
        return weight, scale, zero, self._keep_own(f"{place}.bias")

    def _keep_own(self, name: str) -> str:
        return self._keep(name, self._weights[name])

    def _keep_numbers(self, *numbers: int) -> str:
        return self._keep(f"numbers {' '.join(map(str, numbers))}", np.array(numbers, np.int64))

    def _keep(self, name: str, value: NDArray[np.generic]) -> str:
        if name not in self._constants:
            self._constants[name] = numpy_helper.from_array(
                np.ascontiguousarray(value).reshape(value.shape), name
            )
        return name

    def _add(
        self, kind: str, given: Sequence[str], domain: str = "", *, output: str | None = None, **how: object
    ) -> str:
        output = output or f"{kind} {len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, given, [output], domain=domain, **how))
        return output

    def _add_many(self, kind: str, given: Sequence[str], outputs: int) -> list[str]:
        made = [f"{kind} {len(self._nodes)} {number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(kind, given, made))
        return made


def _quantize_columns(weight: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return whole numbers from -127 to 127, and by how much each column of them is to be multiplied."""
    scales = (np.abs(weight).max(axis=0) / np.float32(127)).astype(np.float32)
    scales[scales == 0] = 1
    return np.clip(np.round(weight / scales), -127, 127).astype(np.int8), scales


def _quantize_table(
    table: NDArray[np.float32],
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.uint8]]:
    """Return whole numbers from 0 to 255, what a step is, and which of them is zero."""
    least = min(float(table.min()), 0.0)
    scale = np.array((max(float(table.max()), 0.0) - least) / 255, np.float32)
    zero = np.array(np.round(-least / scale), np.uint8)
    return np.clip(np.round(table / scale) + zero, 0, 255).astype(np.uint8), scale, zero


def _blur(table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what 8 bits keep of a table."""
    numbers, scale, zero = _quantize_table(table)
    blurred: NDArray[np.float32] = (numbers.astype(np.float32) - zero.astype(np.float32)) * scale
    return blurred
