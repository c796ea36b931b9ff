"""The encoder: a BERT of 6 layers and width 384 (MiniLM-L6, Apache-2.0), with a head that tells how two marked mentions stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

if TYPE_CHECKING:
    from pathlib import Path

LAYERS, WIDTH, HEADS, INNER, VOCABULARY, PLACES = 6, 384, 12, 1536, 30522, 512
EPSILON = 1e-12
FIRST_MARK, MARKS = 2, 4  # [unused1] to [unused4] in BERT's table


class Layer(nn.Module):
    """One transformer layer, norm behind each half as BERT has it."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, EPSILON), nn.LayerNorm(WIDTH, EPSILON)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """Return the layer's output for `x`, both [n, length, width]; `bias` is added to the attention's scores."""
        n, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(n, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        y = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        y = y.transpose(1, 2).reshape(n, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(y)))
        return self.norm2(x + self.dropout(self.down(nn.functional.gelu(self.up(x)))))


class RelationModel(nn.Module):
    """Word pieces and places of two marks in, five numbers (before softmax) out."""

    def __init__(self, dropout: float = 0.1, classes: int = 5) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        # Words keep MiniLM's vectors: 12,000 sentences are too few to move 30,000 of them. Only our marks learn.
        self.words.weight.requires_grad_(requires_grad=False)
        self.marks = nn.Parameter(torch.randn(MARKS, WIDTH) * 0.05)
        self.places = nn.Embedding(PLACES, WIDTH)
        self.kinds = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.hidden = nn.Linear(4 * WIDTH, WIDTH)
        self.head = nn.Linear(WIDTH, classes)

    def forward(self, pieces: Tensor, mask: Tensor, places: Tensor) -> Tensor:
        """Return [n, classes] for `pieces` [n, length], `mask` of the same shape, `places` of the two marks [n, 2]."""
        length = pieces.shape[1]
        mark = pieces - FIRST_MARK
        is_mark = ((mark >= 0) & (mark < MARKS))[:, :, None]
        x = torch.where(is_mark, self.marks[mark.clamp(0, MARKS - 1)], self.words(pieces))
        x = x + self.places.weight[:length] + self.kinds.weight[0]
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].float()) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        marks = torch.gather(x, 1, places[:, :, None].expand(-1, -1, WIDTH))
        one, two = marks[:, 0], marks[:, 1]
        summary = torch.cat([one, two, one * two, x[:, 0]], dim=-1)
        return self.head(self.dropout(nn.functional.gelu(self.hidden(self.dropout(summary)))))


def pretrained(weights: Path, dropout: float = 0.1) -> RelationModel:
    """Return the model with MiniLM's weights and a fresh head."""
    model = RelationModel(dropout)
    given = load_file(str(weights))
    names = {
        "embeddings.word_embeddings.weight": "words.weight",
        "embeddings.position_embeddings.weight": "places.weight",
        "embeddings.token_type_embeddings.weight": "kinds.weight",
        "embeddings.LayerNorm.weight": "norm.weight",
        "embeddings.LayerNorm.bias": "norm.bias",
    }
    parts = {
        "attention.self.query": "query",
        "attention.self.key": "key",
        "attention.self.value": "value",
        "attention.output.dense": "out",
        "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "up",
        "output.dense": "down",
        "output.LayerNorm": "norm2",
    }
    for at in range(LAYERS):
        for theirs, ours in parts.items():
            for kind in ("weight", "bias"):
                names[f"encoder.layer.{at}.{theirs}.{kind}"] = f"layers.{at}.{ours}.{kind}"
    own = model.state_dict()
    for theirs, ours in names.items():
        own[ours].copy_(given[theirs])
    return model
