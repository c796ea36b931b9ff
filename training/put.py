"""Writes the taught networks as the program reads them: put.py --finder DIR ENCODER --reader DIR ENCODER --out FOLDER.

An encoder becomes an ONNX graph of 8-bit weights that takes vectors and gives states; word vectors (8 bits, a scale a word), places and
heads go into an .npz beside it. Word vectors outside the graph keep each file small enough for any host.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from nets import SHOWN, Encoder, Shape
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from passages import load, passage, windows
from teach import pieces_for

from allegiance.coding.model.window import plain

if TYPE_CHECKING:
    from collections.abc import Callable

_OPSET = 20
Weights = dict[str, np.ndarray]


class _Graph:
    """Nodes and numbers of an ONNX graph, added one by one."""

    def __init__(self, shape: Shape, factors: Weights) -> None:
        self.shape, self.factors = shape, factors
        self.evened: dict[tuple[str, bytes], str] = {}
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: list[onnx.TensorProto] = []
        per_head = shape.width // shape.heads
        self.parts = self.number("parts", np.array([-1, shape.heads, per_head]))
        self.whole = self.number("whole", np.array([-1, shape.width]))
        self.scale = self.number("scale", np.array(per_head**-0.5, dtype=np.float32))

    def number(self, name: str, value: np.ndarray) -> str:
        self.numbers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, kind: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def linear(self, x: str, name: str, weights: Weights) -> str:
        weight = self.number(f"{name}.weight", weights[f"{name}.weight"].T)
        bias = self.number(f"{name}.bias", weights[f"{name}.bias"])
        if name in self.factors:
            key = (x, self.factors[name].tobytes())
            if key not in self.evened:  # queries, keys and values share one
                factor = self.number(f"{name}.factor", self.factors[name])
                self.evened[key] = self.add("Mul", [x, factor], f"{name}.even")
            x = self.evened[key]
        return self.add("Add", [self.add("MatMul", [x, weight], f"{name}.times"), bias], f"{name}.out")

    def norm(self, x: str, name: str, weights: Weights) -> str:
        scale = self.number(f"{name}.weight", weights[f"{name}.weight"])
        bias = self.number(f"{name}.bias", weights[f"{name}.bias"])
        return self.add(
            "LayerNormalization", [x, scale, bias], f"{name}.out", axis=-1, epsilon=self.shape.epsilon
        )

    def layer(self, x: str, at: int, weights: Weights) -> tuple[str, str, str]:
        """Add a layer; returns its output, queries and keys turned for the product."""
        name = f"encoder.layers.{at}"
        q, k, v = (
            self.add(
                "Transpose",
                [
                    self.add(
                        "Reshape",
                        [self.linear(x, f"{name}.{part}", weights), self.parts],
                        f"{name}.{part}.cut",
                    )
                ],
                f"{name}.{part}.heads",
                perm=perm,
            )
            for part, perm in (("query", [1, 0, 2]), ("key", [1, 2, 0]), ("value", [1, 0, 2]))
        )
        seen = self.looks(q, k, "bias", f"{name}.seen")
        y = self.add(
            "Transpose", [self.add("MatMul", [seen, v], f"{name}.mixed")], f"{name}.turned", perm=[1, 0, 2]
        )
        y = self.linear(self.add("Reshape", [y, self.whole], f"{name}.joined"), f"{name}.out", weights)
        x = self.norm(self.add("Add", [x, y], f"{name}.half"), f"{name}.norm1", weights)
        inner = self.add("Gelu", [self.linear(x, f"{name}.up", weights)], f"{name}.gelu")
        y = self.linear(inner, f"{name}.down", weights)
        return self.norm(self.add("Add", [x, y], f"{name}.full"), f"{name}.norm2", weights), q, k

    def looks(self, q: str, k: str, bias: str, name: str) -> str:
        """Add an attention's chances."""
        scores = self.add(
            "Mul", [self.add("MatMul", [q, k], f"{name}.product"), self.scale], f"{name}.scores"
        )
        return self.add("Softmax", [self.add("Add", [scores, bias], f"{name}.biased")], name, axis=-1)


def smoothed(shape: Shape, weights: Weights, largest: Weights, share: float) -> tuple[Weights, Weights]:
    """Return the weights with what is large in a layer's input moved into them, and what the input is to be multiplied with.

    8-bit sums share one scale for a whole input; a few large channels would leave no digits for the others.
    Source: Xiao et al. 2023, SmoothQuant, arXiv:2211.10438.

    Args:
        shape: of the encoder.
        weights: of the network.
        largest: by name of the layer, the largest absolute input of each channel on some passages.
        share: how much of the difference moves, 0 to 1.
    """
    moved, factors = dict(weights), {}
    for at in range(shape.layers):
        for parts in (("query", "key", "value"), ("out",), ("up",), ("down",)):
            names = [f"encoder.layers.{at}.{part}" for part in parts]
            weight = np.max([np.abs(weights[f"{name}.weight"]).max(0) for name in names], axis=0)
            scale = np.maximum(largest[names[0]], 1e-3) ** share / np.maximum(weight, 1e-5) ** (1 - share)
            scale = np.clip(scale / np.exp(np.log(scale).mean()), 1e-2, 1e2).astype(np.float32)
            for name in names:
                moved[f"{name}.weight"] = weights[f"{name}.weight"] * scale[None]
                factors[name] = 1 / scale
    return moved, factors


def graph_of(shape: Shape, weights: Weights, factors: Weights, *, finder: bool) -> onnx.ModelProto:
    """Return the graph: `x` [t, width] and `bias` in, and either tags and links, or (with `stars` in) states and looks out."""
    g = _Graph(shape, factors)
    x, shown = g.norm("x", "encoder.norm", weights), []
    for at in range(shape.layers):
        x, q, k = g.layer(x, at, weights)
        if at >= shape.layers - SHOWN and not finder:
            some = g.add("Gather", [q, "stars"], f"star.{at}", axis=1)
            bias = g.add("Gather", ["bias", "stars"], f"bias.{at}", axis=1)
            seen = g.looks(some, k, bias, f"looks.{at}")
            mean = g.add(
                "ReduceMean", [seen, g.number(f"first.{at}", np.array([0]))], f"mean.{at}", keepdims=0
            )
            shown.append(mean)
    inputs = [
        helper.make_tensor_value_info("x", TensorProto.FLOAT, ["t", shape.width]),
        helper.make_tensor_value_info("bias", TensorProto.FLOAT, ["h", "t", "t"]),
    ]
    if finder:
        outputs = [
            helper.make_tensor_value_info(g.linear(x, name, weights), TensorProto.FLOAT, ["t", size])
            for name, size in (("tags", 3), ("link", weights["link.weight"].shape[0]))
        ]
    else:
        inputs.append(helper.make_tensor_value_info("stars", TensorProto.INT64, ["m"]))
        states = g.add("Identity", [x], "states")
        total = g.add("Add", shown, "looks.sum")
        looks = g.add("Mul", [total, g.number("half", np.array(1 / SHOWN, dtype=np.float32))], "looks")
        outputs = [
            helper.make_tensor_value_info(states, TensorProto.FLOAT, ["t", shape.width]),
            helper.make_tensor_value_info(looks, TensorProto.FLOAT, ["m", "t"]),
        ]
    graph = helper.make_graph(g.nodes, "finder" if finder else "reader", inputs, outputs, g.numbers)
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="allegiance"
    )
    model.ir_version = 9
    return model


def put(
    weights: Weights,
    encoder: Path,
    out: Path,
    name: str,
    largest: Weights,
    *,
    whole: bool,
    share: float,
    reduced: bool,
) -> None:
    """Write ``name.onnx`` and ``name.npz``; `whole` keeps 32 bits, to see what 8 cost."""
    shape = Shape.of(encoder)
    finder = name == "finder"
    moved, factors = smoothed(shape, weights, largest, share) if largest else (weights, {})
    graph = graph_of(shape, moved, factors, finder=finder)
    path = out / f"{name}.onnx"
    if whole:
        onnx.save(graph, str(path))
    else:
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "plain.onnx"
            onnx.save(graph, str(plain))
            # 7 of 8 bits, so that no processor's 8-bit sums overflow; small heads stay whole.
            quantize_dynamic(
                plain,
                path,
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=reduced,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=["tags.times", "link.times"],
                extra_options={"MatMulConstBOnly": True},
            )
    words = weights["encoder.words.weight"]
    scales = np.abs(words).max(1) / 127
    numbers = {
        "words": np.round(words / np.maximum(scales, 1e-12)[:, None]).astype(np.int8),
        "scales": scales.astype(np.float32),
        "places": weights["encoder.places.weight"][shape.first_place :].astype(np.float16),
        "signs": np.array([4, 0, 2] if shape.buckets else [0, 101, 102]),
    }
    if shape.buckets:
        numbers["relative"] = weights["encoder.relative.weight"].astype(np.float32)
    for key, value in weights.items():
        if not key.startswith("encoder.") and not key.startswith(("tags.", "link.")):
            numbers[("same." if finder else "head.") + key] = value.astype(np.float16)
    np.savez(out / f"{name}.npz", **numbers)


def largest_inputs(state: dict[str, torch.Tensor], encoder: Path, texts: list[list[int]]) -> Weights:
    """Return by name of each linear layer the largest absolute input of each channel, on windows of word pieces."""
    net = Encoder(Shape.of(encoder))
    net.load_state_dict({k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")})
    seen: Weights = {}

    def watch(name: str) -> Callable[[torch.nn.Module, tuple[torch.Tensor, ...], torch.Tensor], None]:
        def hook(_: torch.nn.Module, given: tuple[torch.Tensor, ...], __: torch.Tensor) -> None:
            most = given[0].abs().flatten(0, -2).max(0).values.numpy()
            seen[name] = np.maximum(seen[name], most) if name in seen else most

        return hook

    for name, module in net.named_modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_hook(watch(f"encoder.{name}"))
    with torch.no_grad():
        for pieces in texts:
            net(torch.tensor([pieces]), torch.ones(1, len(pieces)))
    return seen


def main() -> None:
    """Write what is asked for."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--finder", nargs=2, type=Path)
    ask.add_argument("--reader", nargs=2, type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--whole", action="store_true")
    ask.add_argument("--pieces", type=Path, required=True)
    ask.add_argument(
        "--gold", type=Path, required=True, help="passages whose windows show how large inputs are"
    )
    ask.add_argument("--share", type=float, default=0.5)
    ask.add_argument("--full-range", action="store_true", help="8 bits instead of 7")
    a = ask.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    for name, given in (("finder", a.finder), ("reader", a.reader)):
        if given:
            state = torch.load(given[0], weights_only=False, map_location="cpu")
            state = state.get("model", state)
            pieces = pieces_for(given[1], a.pieces)
            some = [passage(g) for g in load(a.gold)[:60]]
            texts = [
                w.read.pieces if name == "reader" else plain(p.text, (0, len(p.text)), pieces).pieces
                for p in some
                for w in windows(p, pieces, 448, None)
            ]
            largest = {} if a.whole else largest_inputs(state, given[1], texts)
            weights = {k: v.numpy() for k, v in state.items()}
            put(
                weights,
                given[1],
                a.out,
                name,
                largest,
                whole=a.whole,
                share=a.share,
                reduced=not a.full_range,
            )
    for path in sorted(a.out.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
