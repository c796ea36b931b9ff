"""Teaches what hangs on a tie, with the reader's encoder at rest: hang.py --networks FOLDER --taught FILES --out FILE.

Two small networks (`allegiance.coding.model.hanging`): one marks the words, one says on which ties they hang. The second is taught on what
the first marks in passages that it was not taught on (three parts), as it will meet them. Only passages read for qualifiers teach; those
of fold 0 are kept aside. A minute for the encoder, a few for the rest.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from folds import fold_of
from passages import load
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce
from torch.nn.functional import cross_entropy

from allegiance.coding.model import cast, networks
from allegiance.coding.model.findings import Seen, scenes
from allegiance.coding.model.hanging import NAMES, Asked, marks, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PARTS = 3
WEIGHTS = (1.0, 3.0, 1.5)  # of outside, first, further: spans are rare


@dataclass
class Text:
    """A passage, read by the shipped encoder.

    Attributes:
        id: its id.
        text: its sentences, joined by blanks.
        names: whom the numbers stand for; the author first.
        seen: its windows.
        spans: (name, first character, the character behind the last) of all that is annotated to hang.
        hanging: (pair, sign, name, words) of each statement.
        states: of each window.
    """

    id: str
    text: str
    names: list[str]
    seen: list[Seen]
    spans: set[tuple[int, int, int]]
    hanging: set[tuple[frozenset[str], int, int, str]]
    states: list[Tensor] = field(default_factory=list)
    tags: list[Tensor] = field(default_factory=list)


def read(gold: dict[str, Any], shipped: networks.Networks) -> Text:
    """Return a passage read with its annotated actors."""
    text, bounds, at = " ".join(gold["sentences"]), [], 0
    for sentence in gold["sentences"]:
        bounds.append((at, at + len(sentence)))
        at += len(sentence) + 1
    members = cast.given(text, gold["actors"])
    names = ["author", *(member.name for member in members)]
    spans, hanging = set(), set()
    for s in gold["statements"]:
        for number, name in enumerate(NAMES):
            words = (s.get("qualifiers") or {}).get(name)
            if not words:
                continue
            hanging.add((frozenset((s["actor"], s["target"])), s["sign"], number, words))
            for low, high in [*(bounds[n] for n in s["s"]), (0, len(text))]:
                begin = text.lower().find(words.lower(), low, high)
                if begin >= 0:
                    spans.add((number, begin, begin + len(words)))
                    break
    one = Text(gold["id"], text, names, [], spans, hanging)
    one.seen = list(scenes(text, bounds, members, shipped.relations)) if members else []
    for seen in one.seen:
        places = seen.shown.spans
        tags = np.zeros((len(NAMES), len(places)), dtype=np.int64)
        for number, begin, end in spans:
            inside = [i for i in range(1, len(places) - 1) if places[i][0] < end and places[i][1] > begin]
            tags[number, inside] = 2
            tags[number, inside[:1]] = 1
        one.states.append(torch.from_numpy(seen.scene.judged.states))
        one.tags.append(torch.from_numpy(tags))
    return one


class Marker(nn.Module):
    """Marks words: the states, and what stands two layers of five pieces around them."""

    def __init__(self, wide: int, size: int = 160) -> None:
        super().__init__()
        self.inn = nn.Linear(wide, size)
        self.conv, self.conv2 = (nn.Conv1d(size, size, 5, padding=2) for _ in range(2))
        self.out = nn.Linear(2 * size, len(NAMES) * 3)
        self.some, self.more = nn.Dropout(0.2), nn.Dropout(0.3)

    def forward(self, states: Tensor) -> Tensor:
        """Return scores [names, pieces, 3]."""
        plain = self.more(torch.tanh(self.inn(self.some(states))))
        wide = torch.relu(self.conv(plain.T[None]))
        wide = torch.relu(self.conv2(self.more(wide)))[0].T
        scores = self.out(self.more(torch.cat((plain, wide), 1)))
        return scores.view(len(states), len(NAMES), 3).transpose(0, 1)


class Hanger(nn.Module):
    """Says whether a span hangs on a pair."""

    def __init__(self, features: int, wide: int, size: int = 48) -> None:
        super().__init__()
        self.a, self.m = nn.Linear(features, size), nn.Linear(wide, 16)
        self.b, self.o = nn.Linear(size + 16, 32), nn.Linear(32, 1)
        self.drop = nn.Dropout(0.3)

    def forward(self, features: Tensor, means: Tensor) -> Tensor:
        """Return scores [n]."""
        inner = torch.cat((torch.relu(self.a(features)), torch.tanh(self.m(self.drop(means)))), 1)
        scores: Tensor = self.o(self.drop(torch.relu(self.b(self.drop(inner)))))
        return scores[:, 0]


def taught_marker(texts: Sequence[Text], seed: int, epochs: int) -> Marker:
    """Return a marker taught on texts."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    windows = [(s, t) for one in texts for s, t in zip(one.states, one.tags, strict=True)]
    model = Marker(windows[0][0].shape[1])
    opt = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.05)
    steps = epochs * (len(windows) // 8 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda n: max(0.02, (steps - n) / steps))
    weight = torch.tensor(WEIGHTS)
    for _ in range(epochs):
        model.train()
        rng.shuffle(windows)
        for at in range(0, len(windows), 8):
            loss = torch.zeros(())
            for states, tags in windows[at : at + 8]:
                loss = loss + cross_entropy(
                    model(states).reshape(-1, 3), tags.reshape(-1), weight=weight, reduction="sum"
                )
            opt.zero_grad()
            (loss / 100).backward()
            opt.step()
            plan.step()
    return model.eval()


@dataclass
class Case:
    """A pair beside a marked span, and whether it hangs there."""

    asked: Asked
    mean: np.ndarray
    right: float


def cases(one: Text, marker: Marker) -> Iterable[Case]:
    """Yield what the second network would be asked of a text."""
    for seen, states in zip(one.seen, one.states, strict=True):
        with torch.no_grad():
            tags = torch.softmax(marker(states), -1).numpy()
        for asked in questions(seen.scene, marks(tags, seen.scene.sentences)):
            span = asked.marked
            words = one.text[seen.shown.spans[span.first][0] : seen.shown.spans[span.behind - 1][1]]
            ends = frozenset(one.names[seen.keys[end]] for end in seen.scene.judged.pairs[asked.pair])
            right = any(
                pair == ends and sign == 1 - 2 * asked.sign and name == span.name and alike(words, said)
                for pair, sign, name, said in one.hanging
            )
            yield Case(asked, states[span.first : span.behind].mean(0).numpy(), float(right))


def alike(one: str, other: str) -> bool:
    """Whether two phrases share half of their words, as the scorer counts it."""
    a, b = (
        {w for w in re.findall(r"\w+", x.casefold()) if len(w) > 2 or not x.isascii()} for x in (one, other)
    )
    return 2 * len(a & b) >= 0.5 * (len(a) + len(b)) if a and b else one.casefold() == other.casefold()


def taught_hanger(some: Sequence[Case], epochs: int, seed: int) -> tuple[Hanger, Tensor, Tensor]:
    """Return the second network, and the mean and spread of its features."""
    torch.manual_seed(seed)
    features = torch.from_numpy(np.stack([one.asked.features for one in some]))
    means = torch.from_numpy(np.stack([one.mean for one in some]))
    right = torch.tensor([one.right for one in some])
    mean, spread = features.mean(0), features.std(0) + 1e-3
    model = Hanger(features.shape[1], means.shape[1])
    opt = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.05)
    steps = epochs * (len(right) // 256 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda n: max(0.02, (steps - n) / steps))
    for _ in range(epochs):
        model.train()
        order = torch.randperm(len(right))
        for at in range(0, len(right), 256):
            i = order[at : at + 256]
            loss = bce(model((features[i] - mean) / spread, means[i]), right[i])
            opt.zero_grad()
            loss.backward()
            opt.step()
            plan.step()
    return model.eval(), mean, spread


def numbers(marker: Marker, hanger: Hanger, mean: Tensor, spread: Tensor) -> dict[str, np.ndarray]:
    """Return both networks as the program reads them."""
    out = {**marker.state_dict(), **hanger.state_dict(), "mean": mean, "spread": spread}
    for name in ("conv.weight", "conv2.weight"):
        out[name] = out[name].permute(0, 2, 1).flatten(1)
    return {
        name: value.numpy().astype(np.float32 if name in ("mean", "spread") else np.float16)
        for name, value in out.items()
    }


def part_of(name: str) -> int:
    """Return in which part of the taught passages one is."""
    return int(hashlib.sha256(f"{name.removesuffix('-b')} hang".encode()).hexdigest(), 16) % PARTS


def main() -> None:
    """Teach, save."""
    ask = argparse.ArgumentParser()
    ask.add_argument("--networks", type=Path, default=networks.FILES)
    ask.add_argument("--taught", type=Path, nargs="+", required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--epochs", type=int, default=11)
    ask.add_argument("--hanger-epochs", type=int, default=4)
    ask.add_argument("--seed", type=int, default=0)
    a = ask.parse_args()
    shipped = networks.Networks(a.networks)
    gold = [
        one for path in a.taught for one in load(path) if one.get("qualified") and fold_of(one["id"], 10) != 0
    ]
    texts = [read(one, shipped) for one in gold]
    print(f"{len(texts)} texts", flush=True)
    some: list[Case] = []
    for part in range(PARTS):
        marker = taught_marker([one for one in texts if part_of(one.id) != part], a.seed + part, a.epochs)
        some += [case for one in texts if part_of(one.id) == part for case in cases(one, marker)]
        print(f"part {part}: {len(some)} cases, {sum(one.right for one in some):.0f} right", flush=True)
    hanger, mean, spread = taught_hanger(some, a.hanger_epochs, a.seed + PARTS)
    np.savez_compressed(
        a.out, **numbers(taught_marker(texts, a.seed + PARTS, a.epochs), hanger, mean, spread)
    )


if __name__ == "__main__":
    main()
