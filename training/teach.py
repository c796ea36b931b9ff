"""Teaches the reader of relations: teach.py --encoder FOLDER --pieces WORDS --gold FOLDER --named FILE --out FOLDER.

Keeps a tenth of the documents aside (by hash of the id), on which thresholds are chosen; writes a checkpoint after each epoch and goes
on from one if there is any.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from folds import fold_of
from nets import RelationReader, pretrained
from passages import Passage, load, passage, right, windows
from scoring import report
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce
from torch.nn.functional import cross_entropy, log_softmax

from allegiance.coding.model.window import Pieces
from allegiance.coding.word_pieces import WordPieces

if TYPE_CHECKING:
    from nets import Judged
    from passages import Right


def pieces_for(encoder: Path, words: Path) -> Pieces:
    """Return the table of word pieces as an encoder numbers it."""
    mpnet = "mpnet" in json.loads((encoder / "config.json").read_text("utf-8"))["model_type"]
    table = WordPieces.of_file(words)
    return Pieces(table, 4, 0, 2) if mpnet else Pieces(table, 0, 101, 102)


def weighed(scores: Tensor, wanted: Tensor, gain: float) -> Tensor:
    """Return the summed loss; what is there counts 1 + gain times, half where readers may differ."""
    is_so = (wanted > 0).float()
    weight = torch.where(wanted > 0, wanted, torch.ones_like(wanted)) * (1 + gain * is_so)
    return bce(scores, is_so, weight=weight, reduction="sum")


def loss_of(got: Judged, want: Right) -> Tensor:
    """Return the loss of one window, summed over pairs."""
    loss = weighed(got.tie, want.tie, 1.0) + weighed(got.told, want.told, 2.0) / 2
    there = want.kind.sum(-1) > 0
    if there.any():
        loss = loss - 0.6 * (log_softmax(got.kind[there], -1) * want.kind[there]).sum()
        loss = loss + 0.6 * bce(got.where[there], want.where[there], reduction="sum")
    known = want.way != 0
    if known.any():
        loss = loss + 0.3 * bce(got.way[known], (want.way[known] > 0).float(), reduction="sum")
    if want.hangs is not None and want.barred is not None and want.via is not None:
        loss = loss + weighed(got.hangs, want.hangs, 3.0) + weighed(got.barred, want.barred, 3.0)
        loss = loss + 0.5 * weighed(got.via, want.via, 1.0)
    if want.spans:
        p, s, which, first, last = (torch.tensor(x) for x in zip(*want.spans, strict=True))
        asked = got.asked[p, s, which]
        loss = loss + 0.6 * cross_entropy(asked @ got.begins.T / 8, first, reduction="sum")
        loss = loss + 0.6 * cross_entropy(asked @ got.ends.T / 8, last, reduction="sum")
    return loss


def main() -> None:  # noqa: PLR0915 - a script from top to bottom
    """Teach, score, save."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--encoder", type=Path, required=True)
    ask.add_argument("--pieces", type=Path, required=True)
    ask.add_argument("--taught", type=Path, nargs="+", required=True)
    ask.add_argument("--score", type=Path, nargs="*", default=[])
    ask.add_argument("--named", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=6)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--head-rate", type=float, default=6e-4)
    ask.add_argument("--frozen", type=int, default=1)
    ask.add_argument("--limit", type=int, default=448)
    ask.add_argument("--most", type=int, default=10**9)
    ask.add_argument("--batch", type=int, default=4)
    ask.add_argument("--folds", type=int, default=10)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--distract", type=float, default=0.7)
    ask.add_argument("--begin", type=Path, help="weights to go on from, instead of the bare encoder")
    a = ask.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    named = json.loads(a.named.read_text("utf-8"))
    pieces = pieces_for(a.encoder, a.pieces)
    everything = [passage(g, named.get(g["id"], ())) for path in a.taught for g in load(path)]
    aside = [p for p in everything if fold_of(p.id, a.folds) == 0]
    taught = [p for p in everything if fold_of(p.id, a.folds) != 0]
    random.Random(0).shuffle(taught)
    taught = taught[: a.most]
    scored = {path.stem: [passage(g, named.get(g["id"], ())) for g in load(path)] for path in a.score}
    encoder = pretrained(a.encoder)
    encoder.freeze(a.frozen)
    model = RelationReader(encoder)
    if a.begin:
        model.load_state_dict(torch.load(a.begin, weights_only=False))
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    opt = torch.optim.AdamW(
        [
            {"params": [p for p in encoder.parameters() if p.requires_grad], "lr": a.rate},
            {"params": heads, "lr": a.head_rate},
        ],
        weight_decay=0.01,
        fused=True,
    )
    steps = math.ceil(len(taught) / a.batch) * a.epochs
    plan = torch.optim.lr_scheduler.LambdaLR(
        opt, lambda n: min(1, (n + 1) / (0.06 * steps + 1)) * max(0.02, (steps - n) / steps)
    )
    a.out.mkdir(parents=True, exist_ok=True)
    kept, begun = a.out / "state.pt", 0
    if kept.exists():
        state = torch.load(kept, weights_only=False)
        model.load_state_dict(state["model"])
        opt.load_state_dict(state["opt"])
        plan.load_state_dict(state["plan"])
        begun = state["epoch"]
        rng.setstate(state["rng"])
    pad, began = 0, time.time()
    print(f"{len(taught)} taught, {len(aside)} aside, from epoch {begun}", flush=True)
    for epoch in range(begun + 1, a.epochs + 1):
        total = taught_once(model, taught, pieces, a, rng, opt, plan, pad)
        print(f"epoch {epoch} {time.time() - began:.0f} s loss {total:.3f}", flush=True)
        # Half precision is enough to go on from, but the optimizer's state is kept whole.
        torch.save(
            {
                "model": model.state_dict(),
                "opt": opt.state_dict(),
                "plan": plan.state_dict(),
                "epoch": epoch,
                "rng": rng.getstate(),
            },
            kept,
        )
        if epoch % 2 == 0 or epoch == a.epochs:
            print(report(model, aside, scored, pieces, a.limit), flush=True)
    torch.save(model.state_dict(), a.out / "weights.pt")


def taught_once(
    model: RelationReader,
    taught: list[Passage],
    pieces: Pieces,
    a: argparse.Namespace,
    rng: random.Random,
    opt: torch.optim.Optimizer,
    plan: torch.optim.lr_scheduler.LambdaLR,
    pad: int,
) -> float:
    """Go once through all passages; returns the mean loss of a pair."""
    model.train()
    order = sorted(range(len(taught)), key=lambda i: len(taught[i].text) + rng.random() * 300)
    batches = [order[i : i + a.batch] for i in range(0, len(order), a.batch)]
    rng.shuffle(batches)
    total, began = 0.0, time.time()
    for number, batch in enumerate(batches):
        made = [
            (taught[i], e)
            for i in batch
            for e in windows(taught[i], pieces, a.limit, rng, distract=a.distract)
        ]
        got = model([e.read for _, e in made], pad)
        losses = [loss_of(g, right(p, e)) for (p, e), g in zip(made, got, strict=True) if g is not None]
        pairs = sum(len(e.read.pairs) for _, e in made)
        if losses:
            opt.zero_grad()
            loss = torch.stack(losses).sum() / max(pairs, 1)
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            total += loss.item()
        plan.step()
        if number % 50 == 49:
            print(
                f"  {number + 1}/{len(batches)} loss {total / (number + 1):.3f} {time.time() - began:.0f} s",
                flush=True,
            )
    return total / len(batches)


if __name__ == "__main__":
    main()
