"""Teaches the heads for kinds, sentences and qualifiers, with the encoder at rest.

further.py --begin WEIGHTS --encoder FOLDER --pieces WORDS --taught FILES --named FILE --out WEIGHTS.

Together with the rest they learn slowly: a passage has hundreds of pairs and few ties. Here the encoder reads each passage once, its
states are kept, and only pairs that stand with or against each other teach kinds and sentences. Minutes on a laptop: so it is also the
way to teach a region of one's own.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import torch
from folds import fold_of
from nets import Read, RelationReader, pretrained
from passages import Right, load, passage, right, windows
from teach import pieces_for, weighed
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as bce
from torch.nn.functional import log_softmax

TAUGHT = ("further", "kind", "sentence", "where", "hangs", "through", "station")
Kept = tuple[Tensor, Tensor, Read, Right]


def keep(
    model: RelationReader,
    files: list[Path],
    named: dict[str, list[list[object]]],
    pieces: object,
    *,
    aside: bool,
) -> list[Kept]:
    """Return states, looks and what is right, of each window that is (or isn't) kept aside."""
    kept: list[Kept] = []
    model.eval()
    for path in files:
        for gold in load(path):
            if (fold_of(gold["id"], 10) == 0) != aside:
                continue
            one = passage(gold, named.get(gold["id"], ()))
            for example in windows(one, pieces, 448, None):  # type: ignore[arg-type]
                if len(example.read.places) < 2:
                    continue
                ids = torch.tensor([example.read.pieces])
                stars = [torch.tensor([p for some in example.read.places for p in some])]
                with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                    states, looks = model.encoder(ids, torch.ones_like(ids), stars)
                kept.append((states[0].half(), looks[0].half(), example.read, right(one, example)))
    return kept


def loss_of(model: RelationReader, kept: Kept) -> Tensor:
    """Return the loss of one window: of kinds and sentences where there is a tie, of qualifiers where they were read for."""
    states, looks, read, want = kept
    got = model.judged(states.float(), looks.float(), read)
    loss = torch.zeros(())
    there = want.kind.sum(-1) > 0
    if there.any():
        loss = loss - (log_softmax(got.kind[there], -1) * want.kind[there]).sum()
        loss = loss + bce(got.where[there], want.where[there], reduction="sum") / 2
    if want.hangs is not None and want.barred is not None and want.via is not None:
        loss = (
            loss
            + weighed(got.hangs, want.hangs, 2.0)
            + weighed(got.barred, want.barred, 2.0)
            + weighed(got.via, want.via, 2.0)
        )
    return loss


def right_of(model: RelationReader, kept: list[Kept]) -> str:
    """Return how many kinds and sentences are right, and how well stances are known."""
    model.eval()
    kind = where = ties = 0
    found: list[tuple[float, bool]] = []
    with torch.no_grad():
        for states, looks, read, want in kept:
            got = model.judged(states.float(), looks.float(), read)
            there = want.kind.sum(-1) > 0
            if there.any():
                best = got.kind.argmax(-1, keepdim=True)
                kind += int((want.kind.gather(-1, best).squeeze(-1) > 0)[there].sum())
                most = got.where.argmax(-1, keepdim=True)
                where += int((want.where.gather(-1, most).squeeze(-1) > 0)[there].sum())
                ties += int(there.sum())
            if want.hangs is not None:
                found += zip(
                    got.hangs[..., 2].flatten().tolist(),
                    (want.hangs[..., 2] > 0).flatten().tolist(),
                    strict=True,
                )
    found.sort(reverse=True)
    positives = sum(so for _, so in found)
    precision = sum(so for _, so in found[:positives]) / max(positives, 1)
    return f"kind {kind}/{ties} sentence {where}/{ties} stances {precision:.2f} of {positives}"


def main() -> None:
    """Teach, score, save."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--begin", type=Path, required=True)
    ask.add_argument("--encoder", type=Path, required=True)
    ask.add_argument("--pieces", type=Path, required=True)
    ask.add_argument("--taught", type=Path, nargs="+", required=True)
    ask.add_argument("--named", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=10)
    a = ask.parse_args()
    torch.manual_seed(1)
    rng = random.Random(1)
    model = RelationReader(pretrained(a.encoder))
    given, own = torch.load(a.begin, weights_only=False), model.state_dict()
    model.load_state_dict(
        {k: given[k] if k in given and given[k].shape == v.shape else v for k, v in own.items()}
    )
    model.requires_grad_(requires_grad=False)
    parts = [p for n, p in model.named_parameters() if n.split(".")[0] in TAUGHT]
    for part in parts:
        part.requires_grad_(requires_grad=True)
    named, pieces = json.loads(a.named.read_text("utf-8")), pieces_for(a.encoder, a.pieces)
    taught = keep(model, a.taught, named, pieces, aside=False)
    aside = keep(model, a.taught, named, pieces, aside=True)
    print(f"{len(taught)} windows, {len(aside)} aside", flush=True)
    opt = torch.optim.AdamW(parts, lr=1e-3, weight_decay=0.05)
    steps = a.epochs * (len(taught) // 8 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda n: max(0.02, (steps - n) / steps))
    for epoch in range(1, a.epochs + 1):
        model.train()
        rng.shuffle(taught)
        total = 0.0
        for at in range(0, len(taught), 8):
            some = [loss_of(model, one) for one in taught[at : at + 8]]
            loss = torch.stack(some).sum() / 40
            if loss.requires_grad:
                opt.zero_grad()
                loss.backward()
                opt.step()
                total += loss.item()
            plan.step()
        print(
            f"epoch {epoch} loss {total / (len(taught) / 8):.3f} aside {right_of(model, aside)}", flush=True
        )
        torch.save(model.state_dict(), a.out)


if __name__ == "__main__":
    main()
