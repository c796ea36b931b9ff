"""Teaches the finder of mentions, and which of them are one actor: finder.py --encoder FOLDER --pieces WORDS --taught FILES --named FILE --out FOLDER.

In half of the readings every name is exchanged for a made-up one, so that it is found by its place in the sentence and not from memory.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from folds import fold_of
from nets import pretrained
from passages import invented, load, passage
from teach import pieces_for
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce
from torch.nn.functional import cross_entropy

from allegiance.coding.model.cast import tagged as found_in
from allegiance.coding.model.linking import FEATURES, Named, all_features
from allegiance.coding.model.window import TITLES, Window, plain

if TYPE_CHECKING:
    from nets import Encoder
    from passages import Passage

    from allegiance.coding.model.window import Pieces

WIDE = 128


class Finder(nn.Module):
    """The encoder with two heads: is a piece in a mention, and are two mentions one actor."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder
        wide = encoder.shape.width
        self.tags = nn.Linear(wide, 3)  # outside, first, further
        self.link = nn.Linear(wide, WIDE)
        self.hidden = nn.Linear(2 * WIDE + len(FEATURES), 64)
        self.same = nn.Linear(64, 1)
        self.drop = nn.Dropout(0.2)

    def forward(self, pieces: list[list[int]]) -> list[Tensor]:
        """Return the states of each text, [pieces, width]."""
        longest = max(map(len, pieces))
        ids = torch.tensor([p + [0] * (longest - len(p)) for p in pieces])
        mask = torch.tensor([[1] * len(p) + [0] * (longest - len(p)) for p in pieces])
        with torch.autocast("cpu", torch.bfloat16):
            states, _ = self.encoder(ids, mask)
        return [states[i, : len(p)] for i, p in enumerate(pieces)]

    def alike(self, states: Tensor, spans: list[tuple[int, int]], features: Tensor) -> Tensor:
        """Return the scores that two mentions are one actor, [n, n]; a mention's pieces run from first to last."""
        linked = self.link(self.drop(states))
        m = torch.stack([linked[i : j + 1].mean(0) for i, j in spans])
        product = m[:, None] * m[None]
        apart = (m[:, None] - m[None]).abs()
        scores: Tensor = self.same(
            torch.relu(self.hidden(torch.cat((product, apart, features), -1)))
        ).squeeze(-1)
        return scores


@dataclass
class Text:
    """A passage with its mentions by characters, who each names, and what the tables know of it."""

    text: str
    spans: list[tuple[int, int, int]]
    named: list[tuple[int, int, str]]


def text_of(one: Passage, named: list[list[object]], rng: random.Random | None) -> Text:
    """Return a passage as it stands, or with all names exchanged."""
    spans = [(s.start, s.end, s.actor) for s in one.spans if s.actor < one.annotated]
    known = [(int(n[0]), int(n[1]), str(n[2])) for n in named if n[3] and not n[5]]  # type: ignore[call-overload]
    if rng is None or rng.random() < 0.5:
        drop = rng is not None and rng.random() < 0.3
        return Text(one.text, spans, [] if drop else known)
    return _exchanged(one.text, spans, known, rng)


def _exchanged(
    text: str, spans: list[tuple[int, int, int]], known: list[tuple[int, int, str]], rng: random.Random
) -> Text:
    fresh = iter(invented(rng, 200))
    new: dict[str, str] = {}

    def word(old: str) -> str:
        for size in range(len(old), 3, -1):
            if old[:size] in new and len(old) - size <= 4:
                return new[old[:size]] + old[size:]
        made = next(fresh)
        for size in range(4, len(old) + 1):
            new.setdefault(old[:size], made)
        new[old] = made
        return made

    out, at, moved, ends = [], 0, [], {}
    here = 0
    for start, end, actor in spans:
        before = text[at:start]
        here += len(before)
        out.append(before)
        made = " ".join(
            word(w) if w[:1].isupper() and w.strip(".,\u2019'").lower() not in TITLES and len(w) > 1 else w
            for w in text[start:end].split(" ")
        )
        ends[start, end] = (here, here + len(made))
        moved.append((here, here + len(made), actor))
        out.append(made)
        here += len(made)
        at = end
    out.append(text[at:])
    # Tables know made-up names only if the user gives them: half of the time.
    knows = rng.random() < 0.5
    again = [(*ends[s, e], name) for s, e, name in known if (s, e) in ends] if knows else []
    return Text("".join(out), moved, again)


def tagged(window: Window, spans: list[tuple[int, int, int]]) -> tuple[list[int], list[tuple[int, int, int]]]:
    """Return the tag of each piece, and for each mention its first and last piece and its place in `spans`."""
    tags = [0] * len(window.pieces)
    found = []
    for number, (start, end, _) in enumerate(spans):
        inside = [
            i for i in range(1, len(tags) - 1) if window.spans[i][0] < end and window.spans[i][1] > start
        ]
        if inside:
            tags[inside[0]] = 1
            for i in inside[1:]:
                tags[i] = 2
            found.append((inside[0], inside[-1], number))
    return tags, found


def named_of(text: Text, spans: list[tuple[int, int, int]]) -> list[Named]:
    """Return the mentions with what the tables know of them."""
    found = []
    for start, end, _ in spans:
        whole = next((n for s, e, n in text.named if s <= start and end <= e), "")
        inside = "" if whole else next((n for s, e, n in text.named if start <= s and e <= end), "")
        found.append(Named(start, end, text.text[start:end], whole, inside))
    return found


def loss_of(model: Finder, text: Text, window: Window, states: Tensor) -> Tensor:
    """Return the loss of one passage: of its tags, and of every two mentions."""
    tags, found = tagged(window, text.spans)
    weight = torch.tensor([1.0, 2.0, 1.5])
    loss = cross_entropy(model.tags(model.drop(states)), torch.tensor(tags), weight=weight)
    if len(found) > 1:
        spans = [text.spans[n] for _, _, n in found]
        feats = torch.from_numpy(all_features(named_of(text, spans)))
        scores = model.alike(states, [(i, j) for i, j, _ in found], feats)
        who = torch.tensor([s[2] for s in spans])
        upper = torch.triu(torch.ones(len(who), len(who)), 1) > 0
        loss = loss + bce(scores[upper], (who[:, None] == who[None]).float()[upper])
    return loss


def score(
    model: Finder, passages: list[Passage], named: dict[str, list[list[object]]], pieces: Pieces
) -> str:
    """Return how well mentions are found, and pairs of given mentions linked."""
    model.eval()
    right = have = want = hit = said = so = 0
    with torch.no_grad():
        for one in passages:
            text = text_of(one, named.get(one.id, []), None)
            window = plain(text.text, (0, len(text.text)), pieces)
            states = model([window.pieces])[0]
            _, found = tagged(window, text.spans)
            got = found_in(torch.softmax(model.tags(states), -1).numpy(), 0.5)
            gold = {(i, j) for i, j, _ in found}
            right, have, want = right + len(gold & set(got)), have + len(got), want + len(gold)
            if len(found) > 1:
                spans = [text.spans[n] for _, _, n in found]
                feats = torch.from_numpy(all_features(named_of(text, spans)))
                chance = torch.sigmoid(model.alike(states, [(i, j) for i, j, _ in found], feats)).numpy()
                who = np.array([s[2] for s in spans])
                upper = np.triu(np.ones_like(chance), 1) > 0
                same = (who[:, None] == who[None])[upper]
                yes = chance[upper] > 0.5
                hit, said, so = hit + int((yes & same).sum()), said + int(yes.sum()), so + int(same.sum())
    model.train()
    f = lambda r, h, w: f"P {r / max(h, 1):.3f} R {r / max(w, 1):.3f} F1 {2 * r / max(h + w, 1):.3f}"  # noqa: E731
    return f"mentions {f(right, have, want)} | links {f(hit, said, so)}"


def main() -> None:  # noqa: PLR0915 - a script from top to bottom
    """Teach, score, save."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--encoder", type=Path, required=True)
    ask.add_argument("--pieces", type=Path, required=True)
    ask.add_argument("--taught", type=Path, nargs="+", required=True)
    ask.add_argument("--score", type=Path, nargs="*", default=[])
    ask.add_argument("--named", type=Path, required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=5)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--head-rate", type=float, default=6e-4)
    ask.add_argument("--frozen", type=int, default=1)
    ask.add_argument("--batch", type=int, default=6)
    ask.add_argument("--folds", type=int, default=10)
    ask.add_argument("--most", type=int, default=10**9)
    ask.add_argument("--seed", type=int, default=1)
    a = ask.parse_args()
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    named = json.loads(a.named.read_text("utf-8"))
    pieces = pieces_for(a.encoder, a.pieces)
    everything = [passage(g) for path in a.taught for g in load(path)]
    aside = [p for p in everything if fold_of(p.id, a.folds) == 0]
    taught = [p for p in everything if fold_of(p.id, a.folds) != 0][: a.most]
    scored = {path.stem: [passage(g) for g in load(path)] for path in a.score}
    encoder = pretrained(a.encoder)
    encoder.freeze(a.frozen)
    model = Finder(encoder)
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
    began = time.time()
    a.out.mkdir(parents=True, exist_ok=True)
    for epoch in range(1, a.epochs + 1):
        model.train()
        order = sorted(range(len(taught)), key=lambda i: len(taught[i].text) + rng.random() * 300)
        batches = [order[i : i + a.batch] for i in range(0, len(order), a.batch)]
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            texts = [text_of(taught[i], named.get(taught[i].id, []), rng) for i in batch]
            seen = [plain(t.text, (0, len(t.text)), pieces) for t in texts]
            states = model([w.pieces for w in seen])
            loss = torch.stack(
                [loss_of(model, t, w, s) for t, w, s in zip(texts, seen, states, strict=True)]
            ).mean()
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step()
            plan.step()
            total += loss.item()
        print(
            f"epoch {epoch} {time.time() - began:.0f} s loss {total / len(batches):.3f} aside {score(model, aside, named, pieces)}",
            flush=True,
        )
        for name, passages in scored.items():
            print(f"   {name} {score(model, passages, named, pieces)}", flush=True)
        torch.save(model.state_dict(), a.out / "weights.pt")


if __name__ == "__main__":
    main()
