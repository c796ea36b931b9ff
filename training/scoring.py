"""Scores of a taught reader with the actors given, counted as the passages' own `score.py` counts; thresholds chosen on passages kept aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from passages import right, windows

from allegiance.coding.model.heads import SPANS

if TYPE_CHECKING:
    from collections.abc import Callable

    from nets import Judged, RelationReader
    from passages import Example, Passage

    from allegiance.coding.model.window import Pieces

GRID = [i / 40 for i in range(4, 37)]
_HOW = ("asserted", "demanded", "asserted")
Found = tuple[float, Any]


def judge(
    model: RelationReader, passages: list[Passage], pieces: Pieces, limit: int
) -> list[list[tuple[Example, Judged]]]:
    """Return the windows of each passage with what the model says of them."""
    model.eval()
    out = []
    with torch.no_grad():
        for one in passages:
            made = windows(one, pieces, limit, None)
            got = [model([e.read], 0)[0] for e in made]
            out.append([(e, g) for e, g in zip(made, got, strict=True) if g is not None])
    return out


def ties(judged: list[tuple[Example, Judged]]) -> dict[tuple[frozenset[int], int], float]:
    """Return the chance of each (pair, sign); of two windows the larger."""
    found: dict[tuple[frozenset[int], int], float] = {}
    for example, got in judged:
        chance = torch.sigmoid(got.tie).tolist()
        for (i, j), row in zip(example.read.pairs, chance, strict=True):
            pair = frozenset((example.keys[i], example.keys[j]))
            for s in (0, 1):
                found[pair, s] = max(found.get((pair, s), 0.0), row[s])
    return found


def told(judged: list[tuple[Example, Judged]]) -> dict[tuple[frozenset[int], int, int, int], float]:
    """Return the chance of each (pair, sign, holder, class)."""
    found: dict[tuple[frozenset[int], int, int, int], float] = {}
    for example, got in judged:
        chance = torch.sigmoid(got.told)
        for n, s, h, c in (chance > 0.08).nonzero().tolist():
            i, j = example.read.pairs[n]
            holder = -1 if h == 0 else example.keys[h - 1]
            key = (frozenset((example.keys[i], example.keys[j])), s, holder, c)
            found[key] = max(found.get(key, 0.0), chance[n, s, h, c].item())
    return found


def _gold(one: Passage, *, full: bool) -> tuple[set[Any], set[Any]]:
    """All gold facts and those that every reader would write; names that stand nowhere are the author's."""
    everything, must = set(), set()
    for s in one.statements:
        if not s["sign"]:
            continue
        how = 2 if s.get("negated") or s["modality"] == "denied" else 0 if s["modality"] == "asserted" else 1
        if not full and how == 2:
            continue
        key: tuple[Any, ...] = (frozenset((s["a"], s["b"])), 0 if s["sign"] > 0 else 1)
        if full:
            key = (*key, -1 if s["h"] == 0 and not s["holder"] else s["h"], how)
        everything.add(key)
        if s.get("must", True):
            must.add(key)
    return everything, must


def curve(
    passages: list[Passage], found: list[dict[Any, float]], *, full: bool
) -> Callable[[float], tuple[float, float, float]]:
    """Return a function from a threshold to precision, recall and F1."""
    gold = [_gold(p, full=full) for p in passages]

    def at(bar: float) -> tuple[float, float, float]:
        right = have = hit = wanted = 0
        for (everything, must), chances in zip(gold, found, strict=True):
            kept = {k for k, c in chances.items() if c > bar}
            right += len(kept & everything)
            have += len(kept)
            hit += len(kept & must)
            wanted += len(must)
        p, r = right / max(have, 1), hit / max(wanted, 1)
        return p, r, 2 * p * r / max(p + r, 1e-9)

    return at


def report(
    model: RelationReader, aside: list[Passage], scored: dict[str, list[Passage]], pieces: Pieces, limit: int
) -> str:
    """Return a line a set: the thresholds chosen on `aside`, and what they give elsewhere."""
    seen = judge(model, aside, pieces, limit)
    tie, tell = (curve(aside, [f(j) for j in seen], full=full) for f, full in ((ties, False), (told, True)))
    tie_bar, tell_bar = max(GRID, key=lambda b: tie(b)[2]), max(GRID, key=lambda b: tell(b)[2])
    lines = [_line("aside", tie, tell, tie_bar, tell_bar) + _heads(aside, seen)]
    for name, passages in scored.items():
        seen = judge(model, passages, pieces, limit)
        tie, tell = (
            curve(passages, [f(j) for j in seen], full=full) for f, full in ((ties, False), (told, True))
        )
        lines.append(_line(name, tie, tell, tie_bar, tell_bar) + _heads(passages, seen))
    return "\n".join(lines)


def _line(
    name: str,
    tie: Callable[[float], tuple[float, float, float]],
    tell: Callable[[float], tuple[float, float, float]],
    tie_bar: float,
    tell_bar: float,
) -> str:
    p, r, f = tie(tie_bar)
    strict = max((tie(b) for b in GRID), key=lambda q: (q[0] >= 0.7) * q[1])
    tp, tr, tf = tell(tell_bar)
    return (
        f"    {name}: tie {f:.3f} (P {p:.2f} R {r:.2f} at {tie_bar:.2f}; P {strict[0]:.2f} R {strict[1]:.2f}) "
        f"told {tf:.3f} (P {tp:.2f} R {tr:.2f} at {tell_bar:.2f})"
    )


def _heads(passages: list[Passage], judged: list[list[tuple[Example, Judged]]]) -> str:
    """Return how often the smaller heads are right, given that a tie is annotated."""
    count = {"way": [0, 0], "kind": [0, 0], "where": [0, 0], "span": [0, 0], "hangs": [0, 0, 0]}
    for one, some in zip(passages, judged, strict=True):
        for example, got in some:
            want = right(one, example)
            known = want.way != 0
            count["way"][0] += int(((got.way > 0) == (want.way > 0))[known].sum())
            count["way"][1] += int(known.sum())
            there = want.kind.sum(-1) > 0
            best = got.kind.argmax(-1, keepdim=True)
            count["kind"][0] += int((want.kind.gather(-1, best).squeeze(-1) > 0)[there].sum())
            count["kind"][1] += int(there.sum())
            if there.any():
                most = got.where.argmax(-1, keepdim=True)
                count["where"][0] += int((want.where.gather(-1, most).squeeze(-1) > 0)[there].sum())
                count["where"][1] += int(there.sum())
            for p, s, which, first, last in want.spans:
                asked = got.asked[p, s, which]
                low, high = int((got.begins @ asked).argmax()), int((got.ends @ asked).argmax())
                inside = max(0, min(last, high) - max(first, low) + 1)
                count["span"][0] += 2 * inside >= 0.5 * (last - first + 1 + max(0, high - low + 1))
                count["span"][1] += 1
            if want.hangs is not None:
                said = got.hangs[:, :, SPANS.index("position")] > 0
                is_so = want.hangs[:, :, SPANS.index("position")] > 0
                count["hangs"][0] += int((said & is_so).sum())
                count["hangs"][1] += int(said.sum())
                count["hangs"][2] += int(is_so.sum())
    return " | " + " ".join(f"{k} {'/'.join(map(str, v))}" for k, v in count.items())
