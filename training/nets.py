"""The networks that are taught: an encoder (MiniLM or MPNet), and heads that read relations or find mentions.

The encoder is written out so that both families run the same few lines, attention is shown for the last two layers only (the heads look
at it), and its export needs no tracing. Relations follow ATLOP (Zhou et al. 2021, doi:10.1609/aaai.v35i16.17717): an actor is the
log-sum-exp of the states at its stars, a pair is its two actors with the part of the window that both attend to.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu

from allegiance.coding.kinds import KINDS
from allegiance.coding.model.heads import SPANS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SHOWN = 2  # layers whose attention the heads see


@dataclass(frozen=True)
class Shape:
    """What an encoder is built like."""

    layers: int
    width: int
    heads: int
    inner: int
    words: int
    places: int
    first_place: int
    epsilon: float
    buckets: int  # of relative places; 0: none

    @classmethod
    def of(cls, folder: Path) -> Shape:
        """Read it from the configuration beside the weights."""
        c = json.loads((folder / "config.json").read_text("utf-8"))
        mpnet = c["model_type"] == "mpnet"
        return cls(
            c["num_hidden_layers"],
            c["hidden_size"],
            c["num_attention_heads"],
            c["intermediate_size"],
            c["vocab_size"],
            c["max_position_embeddings"],
            2 if mpnet else 0,
            c["layer_norm_eps"],
            c.get("relative_attention_num_buckets", 0) if mpnet else 0,
        )


class Layer(nn.Module):
    """One transformer layer, norm behind each half."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        wide = shape.width
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(wide, wide) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(wide, shape.epsilon), nn.LayerNorm(wide, shape.epsilon)
        self.up, self.down = nn.Linear(wide, shape.inner), nn.Linear(shape.inner, wide)

    def forward(self, x: Tensor, bias: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the output for `x` [n, length, width], and its queries and keys [n, heads, length, width / heads]."""
        n, length, wide = x.shape
        q, k, v = (
            f(x).view(n, length, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value)
        )
        # In half precision on these processors twice as fast as the fused kernel, whose way back is slow.
        scores = torch.baddbmm(
            bias.expand(n, self.heads, length, length).reshape(-1, length, length),
            q.flatten(0, 1),
            k.flatten(0, 1).transpose(1, 2),
            alpha=q.shape[-1] ** -0.5,
        )
        y = torch.softmax(scores, -1, dtype=scores.dtype).bmm(v.flatten(0, 1)).view(q.shape)
        x = self.norm1(x + self.out(y.transpose(1, 2).reshape(n, length, wide)))
        return self.norm2(x + self.down(gelu(self.up(x)))), q, k


class Encoder(nn.Module):
    """Word pieces in, a state for each out, and where the last layers look."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.words, shape.width)
        self.places = nn.Embedding(shape.places, shape.width)
        self.norm = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.relative = nn.Embedding(shape.buckets, shape.heads) if shape.buckets else None
        self.frozen = 0

    def freeze(self, layers: int) -> None:
        """Keep the word vectors and the lowest layers as they are."""
        self.frozen = layers
        parts = [self.words, self.places, self.norm, *self.layers[:layers]]
        if self.relative is not None:
            parts.append(self.relative)
        for part in parts:
            part.requires_grad_(requires_grad=False)

    def forward(
        self, pieces: Tensor, mask: Tensor, stars: Sequence[Tensor] = ()
    ) -> tuple[Tensor, list[Tensor]]:
        """Return the states, and where the last layers look from given places.

        Args:
            pieces: numbers of word pieces, [n, length].
            mask: 1 for each piece, 0 for what only fills up, [n, length].
            stars: for each text the places to look from.

        Returns:
            States [n, length, width]; for each text its looks [places, length], the mean over heads and layers.
        """
        length = pieces.shape[1]
        bias = (1.0 - mask[:, None, None, :].float()) * -1e4
        if self.relative is not None:
            bias = bias + self.relative(buckets(length)).permute(2, 0, 1)[None]
        x = self.norm(
            self.words(pieces) + self.places.weight[self.shape.first_place : self.shape.first_place + length]
        ).to(torch.bfloat16 if torch.is_autocast_enabled("cpu") else torch.float32)
        small = bias.to(x.dtype)
        looks: list[list[Tensor]] = [[] for _ in stars]
        for at, layer in enumerate(self.layers):
            with torch.set_grad_enabled(torch.is_grad_enabled() and at >= self.frozen):
                x, q, k = layer(x, small)
            if at >= self.shape.layers - SHOWN:
                for n, places in enumerate(stars):
                    scores = q[n][:, places] @ k[n].transpose(1, 2) * q.shape[-1] ** -0.5
                    row = bias[n] if self.relative is None else bias[n][:, places]
                    looks[n].append(torch.softmax(scores.float() + row, -1).mean(0))
        return x.float(), [torch.stack(some).mean(0) for some in looks]


def buckets(length: int, many: int = 32, most: int = 128) -> Tensor:
    """Return MPNet's bucket of relative place for each two places, [length, length]."""
    at = torch.arange(length)
    apart = at[:, None] - at[None, :]  # minus (their place minus ours)
    half = many // 2
    low = half // 2
    far = apart.abs()
    large = (low + (far.clamp(min=1).float() / low).log() / math.log(most / low) * (half - low)).long()
    return (apart < 0).long() * half + torch.where(far < low, far, large.clamp(max=half - 1))


_BERT = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm1",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "norm2",
}
_MPNET = _BERT | {
    "attention.attn.q": "query",
    "attention.attn.k": "key",
    "attention.attn.v": "value",
    "attention.attn.o": "out",
    "attention.LayerNorm": "norm1",
}


def pretrained(folder: Path) -> Encoder:
    """Return the encoder whose weights lie in `folder`."""
    shape = Shape.of(folder)
    encoder, given = Encoder(shape), load_file(str(folder / "model.safetensors"))
    own = encoder.state_dict()
    own["words.weight"].copy_(given["embeddings.word_embeddings.weight"])
    own["places.weight"].copy_(given["embeddings.position_embeddings.weight"])
    if not shape.buckets:
        own["places.weight"].add_(given["embeddings.token_type_embeddings.weight"][0])
    else:
        own["relative.weight"].copy_(given["encoder.relative_attention_bias.weight"])
    for kind in ("weight", "bias"):
        own[f"norm.{kind}"].copy_(given[f"embeddings.LayerNorm.{kind}"])
        for at in range(shape.layers):
            for theirs, ours in (_MPNET if shape.buckets else _BERT).items():
                name = f"encoder.layer.{at}.{theirs}.{kind}"
                if name in given:
                    own[f"layers.{at}.{ours}.{kind}"].copy_(given[name])
    return encoder


@dataclass
class Read:
    """A window with what the heads need of it.

    Attributes:
        pieces: numbers of word pieces.
        places: for each actor the places of its stars; the author's is the sign at the start.
        sentences: for each sentence its first piece and the one behind its last.
    """

    pieces: list[int]
    places: list[list[int]]
    sentences: list[tuple[int, int]]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """Every two actors once."""
        return [(i, j) for i in range(len(self.places)) for j in range(i + 1, len(self.places))]


@dataclass
class Judged:
    """Scores of a window, before the sigmoid (before the softmax: kind, way).

    Shapes: pairs p, signs 2 (with, against), holders h (the author, then actors), sentences s, pieces t.
    """

    tie: Tensor  # [p, 2]
    told: Tensor  # [p, 2, h, 3]
    way: Tensor  # [p, 2]: above 0, the first acts upon the second
    kind: Tensor  # [p, 2, kinds]
    where: Tensor  # [p, 2, s]
    hangs: Tensor  # [p, 2, spans]: whether a condition, goods, ... hangs on it
    barred: Tensor  # [p, 2]
    via: Tensor  # [p, 2, h - 1]
    asked: Tensor  # [p, 2, spans, 64]: what a span of each name is asked with
    begins: Tensor  # [t, 64]
    ends: Tensor  # [t, 64]


class RelationReader(nn.Module):
    """The encoder with its heads."""

    def __init__(self, encoder: Encoder, size: int = 384, group: int = 16, narrow: int = 128) -> None:
        super().__init__()
        wide = encoder.shape.width
        self.encoder, self.size, self.group, self.narrow = encoder, size, group, narrow
        self.one, self.other = nn.Linear(2 * wide, size), nn.Linear(2 * wide, size)
        self.tie = nn.Linear(size * group, 2)
        self.way = nn.Linear(size * group, 2)
        self.pair = nn.Linear(size * group, narrow)
        self.author = nn.Parameter(torch.zeros(wide))
        self.holder = nn.Linear(wide, narrow)
        self.manner = nn.Linear(narrow, 2 * 3 * narrow)
        self.bias = nn.Parameter(torch.full((2, 1, 3), -2.0))
        # What hangs on a tie that is there: its own view of the two, taught after the rest with the encoder at rest.
        self.further = nn.Linear(3 * wide, size)
        self.kind = nn.Linear(size, 2 * len(KINDS))
        self.sentence = nn.Linear(wide, narrow)
        self.where = nn.Linear(size, 2 * narrow)
        self.hangs = nn.Linear(size, 2 * (len(SPANS) + 1))
        self.station, self.through = nn.Linear(wide, narrow), nn.Linear(narrow, 2 * narrow)
        self.asked = nn.Linear(narrow, 2 * len(SPANS) * 64)
        self.begins, self.ends = nn.Linear(wide, 64), nn.Linear(wide, 64)
        self.drop = nn.Dropout(0.2)

    def joined(self, one: Tensor, other: Tensor, context: Tensor) -> Tensor:
        """Return the grouped products of two actors in their context, [p, size x group]."""
        left, right = (
            self.drop(torch.tanh(f(torch.cat((e, context), 1))))
            for f, e in ((self.one, one), (self.other, other))
        )
        groups = self.size // self.group
        return (left.view(-1, groups, self.group, 1) * right.view(-1, groups, 1, self.group)).flatten(1)

    def forward(self, reads: Sequence[Read], pad: int) -> list[Judged | None]:
        """Return what is judged of each window; None where fewer than two actors stand in it."""
        longest = max(len(r.pieces) for r in reads)
        pieces = torch.tensor([r.pieces + [pad] * (longest - len(r.pieces)) for r in reads])
        mask = torch.tensor([[1] * len(r.pieces) + [0] * (longest - len(r.pieces)) for r in reads])
        stars = [torch.tensor([p for places in r.places for p in places]) for r in reads]
        with torch.autocast("cpu", torch.bfloat16):
            states, looks = self.encoder(pieces, mask, stars)
        return [
            self.judged(states[i, : len(r.pieces)], looks[i][:, : len(r.pieces)], r)
            if len(r.places) > 1
            else None
            for i, r in enumerate(reads)
        ]

    def judged(self, states: Tensor, seen: Tensor, read: Read) -> Judged:
        """Return the scores of one window from its states [t, width] and the looks of all stars [stars, t]."""
        actors = torch.stack([torch.logsumexp(states[p], 0) for p in read.places])
        looks = torch.stack([some.mean(0) for some in seen.split([len(p) for p in read.places])])
        a, b = torch.tensor(read.pairs).T
        shared = looks[a] * looks[b]
        context = (shared / (shared.sum(1, keepdim=True) + 1e-9)) @ states
        there, back = self.joined(actors[a], actors[b], context), self.joined(actors[b], actors[a], context)
        both = (there + back) / 2
        pair = torch.tanh(self.pair(both))
        many, narrow, spans = len(pair), self.narrow, len(SPANS)
        holders = self.holder(torch.cat((self.author[None], actors)))
        manner = self.manner(pair).view(many, 2, 3, narrow)
        sentences = self.sentence(torch.stack([states[i:j].mean(0) for i, j in read.sentences]))
        one, other = actors[a], actors[b]
        more = self.drop(torch.tanh(self.further(torch.cat((context, one + other, (one - other).abs()), 1))))
        hangs = self.hangs(more).view(many, 2, spans + 1)
        return Judged(
            tie=self.tie(both),
            told=torch.einsum("pscd,hd->pshc", manner, holders) / narrow**0.5 + self.bias,
            way=self.way(there) - self.way(back),
            kind=self.kind(more).view(many, 2, -1),
            where=torch.einsum("psd,nd->psn", self.where(more).view(many, 2, narrow), sentences)
            / narrow**0.5,
            hangs=hangs[:, :, :spans],
            barred=hangs[:, :, spans],
            via=torch.einsum("psd,hd->psh", self.through(pair).view(many, 2, narrow), self.station(actors))
            / narrow**0.5
            - 3.0,
            asked=self.asked(pair).view(many, 2, spans, 64),
            begins=self.begins(states),
            ends=self.ends(states),
        )
