"""Writes the trained encoder as an ONNX file of 8-bit weights, for one pair at a time.

One pair at a time, because 8-bit arithmetic scales numbers by the largest of a batch: with more than one pair in it, an answer
would depend on which other pairs were asked about. Without padding there is no mask either.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from encoder import EPSILON, FIRST_MARK, HEADS, LAYERS, MARKS, WIDTH
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from allegiance.coding.marked_text import LIMIT

_LONGEST = LIMIT + 8  # marks and signs of the text are counted in LIMIT; a few pieces may come on top
_OPSET = 20
_PER_HEAD = WIDTH // HEADS


class _Graph:
    """Nodes and numbers of an ONNX graph, added one by one."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: list[onnx.TensorProto] = []

    def number(self, name: str, value: np.ndarray) -> str:
        self.numbers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def linear(self, x: str, name: str, weights: dict[str, np.ndarray]) -> str:
        weight = self.number(f"{name}.weight", weights[f"{name}.weight"].T)
        bias = self.number(f"{name}.bias", weights[f"{name}.bias"])
        return self.add("Add", [self.add("MatMul", [x, weight], f"{name}.times"), bias], f"{name}.out")

    def norm(self, x: str, name: str, weights: dict[str, np.ndarray]) -> str:
        scale = self.number(f"{name}.weight", weights[f"{name}.weight"])
        bias = self.number(f"{name}.bias", weights[f"{name}.bias"])
        return self.add("LayerNormalization", [x, scale, bias], f"{name}.out", axis=-1, epsilon=EPSILON)


def graph_of(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """Return the graph: `pieces` [length] and `places` [2] in, `logits` [5] out."""
    g = _Graph()
    x = _embedded(g, weights)
    split = g.number("split", np.array([-1, HEADS, _PER_HEAD]))
    whole = g.number("whole", np.array([-1, WIDTH]))
    scale = g.number("scale", np.array(_PER_HEAD**-0.5, dtype=np.float32))
    for at in range(LAYERS):
        x = _layer(g, x, f"layers.{at}", weights, (split, whole, scale))
    flat = g.number("flat", np.array([1, 2 * WIDTH]))
    marks = g.add("Gather", [x, "places"], "marks", axis=0)
    one, two = (g.number(f"at{i}", np.array([i])) for i in (0, 1))
    a = g.add("Gather", [marks, one], "mark.a", axis=0)
    b = g.add("Gather", [marks, two], "mark.b", axis=0)
    start = g.add("Gather", [x, one], "start", axis=0)
    both = g.add("Reshape", [marks, flat], "marks.flat")
    product = g.add("Mul", [a, b], "mark.product")
    summary = g.add("Concat", [both, product, start], "summary", axis=1)
    hidden = g.add("Gelu", [g.linear(summary, "hidden", weights)], "hidden.gelu")
    out = g.add("Reshape", [g.linear(hidden, "head", weights), g.number("five", np.array([5]))], "logits")
    graph = helper.make_graph(
        g.nodes,
        "relations",
        [
            helper.make_tensor_value_info("pieces", TensorProto.INT64, ["length"]),
            helper.make_tensor_value_info("places", TensorProto.INT64, [2]),
        ],
        [helper.make_tensor_value_info(out, TensorProto.FLOAT, [5])],
        g.numbers,
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="allegiance"
    )
    model.ir_version = 9
    return model


def _embedded(g: _Graph, weights: dict[str, np.ndarray]) -> str:
    words = weights["words.weight"].copy()
    words[FIRST_MARK : FIRST_MARK + MARKS] = weights["marks"]
    largest = np.abs(words).max(axis=1, keepdims=True) / 127  # each word has its own scale
    small = np.round(words / largest).astype(np.int8)
    picked = g.add("Gather", [g.number("words", small), "pieces"], "words.picked", axis=0)
    scales = g.add(
        "Gather", [g.number("scales", largest.astype(np.float32)), "pieces"], "scales.picked", axis=0
    )
    words_out = g.add(
        "Mul", [g.add("Cast", [picked], "words.float", to=TensorProto.FLOAT), scales], "words.out"
    )
    places = weights["places.weight"][:_LONGEST] + weights["kinds.weight"][0]
    length = g.add("Shape", ["pieces"], "length")
    till = g.add(
        "Slice", [g.number("places.table", places), g.number("zero", np.array([0])), length], "places.out"
    )
    return g.norm(g.add("Add", [words_out, till], "words.placed"), "norm", weights)


def _layer(g: _Graph, x: str, name: str, weights: dict[str, np.ndarray], shapes: tuple[str, str, str]) -> str:
    split, whole, scale = shapes

    def heads(part: str, order: list[int]) -> str:
        out = g.add("Reshape", [g.linear(x, f"{name}.{part}", weights), split], f"{name}.{part}.split")
        return g.add("Transpose", [out], f"{name}.{part}.heads", perm=order)

    query = g.add("Mul", [heads("query", [1, 0, 2]), scale], f"{name}.query.scaled")
    scores = g.add("MatMul", [query, heads("key", [1, 2, 0])], f"{name}.scores")
    shares = g.add("Softmax", [scores], f"{name}.shares", axis=-1)
    mixed = g.add("MatMul", [shares, heads("value", [1, 0, 2])], f"{name}.mixed")
    back = g.add("Transpose", [mixed], f"{name}.mixed.back", perm=[1, 0, 2])
    merged = g.add("Reshape", [back, whole], f"{name}.merged")
    out = g.linear(merged, f"{name}.out", weights)
    x = g.norm(g.add("Add", [x, out], f"{name}.sum1"), f"{name}.norm1", weights)
    up = g.add("Gelu", [g.linear(x, f"{name}.up", weights)], f"{name}.gelu")
    down = g.linear(up, f"{name}.down", weights)
    return g.norm(g.add("Add", [x, down], f"{name}.sum2"), f"{name}.norm2", weights)


def write(weight_files: list[Path], out: Path) -> None:
    """Write the mean of some runs; weights of the layers become 7-bit numbers, which no processor's 8-bit sums overflow."""
    states = [torch.load(file, map_location="cpu") for file in weight_files]
    weights = {name: sum(state[name] for state in states).numpy() / len(states) for name in states[0]}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        onnx.save(graph_of(weights), full)
        quantize_dynamic(
            full,
            out,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "weights", type=Path, nargs="+", help="of runs that began alike; their mean is written"
    )
    args = parser.parse_args()
    write(args.weights, args.out)
