"""Fine-tunes the encoder. Everything that decides the outcome is an option with a default; see README.md for the runs made."""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import dsa
import numpy as np
import torch
from encoder import RelationModel, pretrained
from examples import Batch, Coder, batches, renamed
from torch import nn

from allegiance.coding.word_pieces import WordPieces

if TYPE_CHECKING:
    from example import Example

_LABEL_NOISE = 0.05


def main() -> None:
    """Train, evaluate after each epoch, keep the averaged weights."""
    args = _arguments()
    torch.manual_seed(0)  # the fresh head is the same in all runs, so that their weights can be averaged
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    coder = Coder(WordPieces.of_file(args.base / "vocab.txt"))
    everything = dsa.distinct(dsa.load(args.dsa / "train.txt"))
    training, development = dsa.split(everything)
    held = {"development": development, "unseen": dsa.unseen(dsa.load(args.dsa / "valid.txt"), everything)}
    if args.all:
        training = everything
    own = _own(args)
    model = pretrained(args.base / "model.safetensors", args.dropout)
    torch.manual_seed(args.seed)
    optimizer = torch.optim.AdamW(_groups(model, args), betas=(0.9, 0.98), eps=1e-6)
    average = copy.deepcopy(model).eval()
    per_epoch = (
        sum(args.zeros if not row.label else 1.0 for row in training) + len(own) * args.own_share
    ) / args.size
    total, step, began = int(per_epoch * args.epochs), 0, time.time()
    args.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(args.epochs):
        rows = _epoch_rows(training, own, args, rng)
        coded = coder.code(rows)
        model.train()
        losses = []
        for batch in batches(coded, [row.label for row in rows], args.size, rng):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _schedule(step / total)
            losses.append(_step(model, optimizer, batch))
            step += 1
            _follow(average, model, min(args.average, step / (step + 10)))
            if step % 50 == 0:
                print(
                    f"step {step}/{total} loss {np.mean(losses[-50:]):.3f} {time.time() - began:.0f}s",
                    flush=True,
                )
        for name, part in held.items():
            print(f"epoch {epoch + 1} {name}: {scores(logits(average, coder, part), part)}", flush=True)
        torch.save(average.state_dict(), args.out / "weights.pt")
    for name, part in held.items():
        np.save(args.out / f"{name}.npy", logits(average, coder, part))
    (args.out / "arguments.json").write_text(json.dumps({k: str(v) for k, v in vars(args).items()}, indent=1))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with MiniLM's weights and tokenizer")
    parser.add_argument("--dsa", type=Path, required=True, help="folder with train.txt and valid.txt")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--size", type=int, default=24)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument(
        "--zeros", type=float, default=0.6, help="share of the pairs without a relation seen each epoch"
    )
    parser.add_argument("--other-names", type=float, default=0.4, help="how often the names are exchanged")
    parser.add_argument("--average", type=float, default=0.995)
    parser.add_argument(
        "--own-share", type=float, default=0.0, help="share of our own sentences seen each epoch"
    )
    parser.add_argument("--joined", type=int, default=1500, help="how many of them are made of two others")
    parser.add_argument("--all", action="store_true", help="train on the development sentences, too")
    return parser.parse_args()


def _own(args: argparse.Namespace) -> list[Example]:
    if not args.own_share:
        return []
    import sentences  # noqa: PLC0415

    return sentences.generate(args.seed, joined=args.joined)


def _epoch_rows(
    training: list[Example], own: list[Example], args: argparse.Namespace, rng: random.Random
) -> list[Example]:
    names = [row.text[slice(*span)] for row in training for span in (row.first, row.second)]
    rows = []
    for row in training:
        if row.label == 0 and rng.random() > args.zeros:
            continue
        if rng.random() < args.other_names:
            row = renamed(row, (rng.choice(names), rng.choice(names)))  # noqa: PLW2901
        rows.append(row)
    return rows + [row for row in own if rng.random() < args.own_share]


def _groups(model: RelationModel, args: argparse.Namespace) -> list[dict[str, object]]:
    """Deeper layers learn more slowly; fresh ones fastest."""
    groups = []
    for name, weight in model.named_parameters():
        if not weight.requires_grad:
            continue
        if name.startswith(("hidden", "head", "marks")):
            rate = args.rate * 5
        elif name.startswith("layers"):
            rate = args.rate * 0.9 ** (5 - int(name.split(".")[1]))
        else:
            rate = args.rate * 0.9**6
        decay = 0.01 if weight.dim() > 1 else 0.0
        groups.append({"params": [weight], "lr": rate, "peak": rate, "weight_decay": decay})
    return groups


def _schedule(done: float) -> float:
    return min(done / 0.1, max(0.0, (1 - done) / 0.9)) if done < 1 else 0.0


def _step(model: RelationModel, optimizer: torch.optim.Optimizer, batch: Batch) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = model(batch.pieces, batch.mask, batch.places)
    loss = nn.functional.cross_entropy(out.float(), batch.labels, label_smoothing=_LABEL_NOISE)
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_((weight for weight in model.parameters() if weight.grad is not None), 1.0)
    optimizer.step()
    return float(loss.detach())


@torch.no_grad()
def _follow(average: RelationModel, model: RelationModel, keep: float) -> None:
    for mean, now in zip(average.parameters(), model.parameters(), strict=True):
        if not now.requires_grad:
            continue
        mean.lerp_(now, 1 - keep)


@torch.no_grad()
def logits(model: RelationModel, coder: Coder, rows: list[Example]) -> np.ndarray:
    """Return [rows, 5]."""
    model.eval()
    out = np.zeros((len(rows), 5), dtype=np.float32)
    for batch in batches(coder.code(rows), [row.label for row in rows], 64, None):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = model(batch.pieces, batch.mask, batch.places)
        out[batch.indices] = found.float().numpy()
    return out


def scores(found: np.ndarray, rows: list[Example], bias: float = 0.0) -> str:
    """Precision, recall, F1 of the sign, and F1 with the direction; the best over a bias against "none", too."""
    gold = np.array([row.label for row in rows])
    sign = np.array([0, 1, 1, -1, -1])
    lines = []
    for b in (bias, 0.3, 0.6, 0.9, 1.2):
        moved = found.copy()
        moved[:, 0] -= b
        guess = moved.argmax(1)
        both = (guess > 0) & (gold > 0)
        right = (both & (sign[guess] == sign[gold])).sum()
        exact = (both & (guess == gold)).sum()
        p, r = right / max(1, (guess > 0).sum()), right / (gold > 0).sum()
        f1, e = (
            2 * right / ((guess > 0).sum() + (gold > 0).sum()),
            2 * exact / ((guess > 0).sum() + (gold > 0).sum()),
        )
        lines.append(f"-{b}: P {p:.3f} R {r:.3f} F {f1:.3f} directed {e:.3f}")
    return " | ".join(lines)


if __name__ == "__main__":
    main()
