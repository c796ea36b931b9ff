"""Chooses the thresholds of the taught reader on the passages kept aside, and writes them beside the networks: choose.py FILES GOLD ...

The program's own reader reads each passage once, actors found by itself; then thresholds are moved one after the other. Ties are chosen for
the best F1 at a precision of at least .60: the passages kept aside are harder than others, for many of their actors bear other names than our tables give. Confidence is calibrated by isotonic regression on the same passages.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from folds import fold_of

from allegiance.coding.model import networks
from allegiance.coding.model.stating import Bars, statements
from allegiance.coding.taught_reader import TaughtReader, joined
from allegiance.evaluation import passage_scores as scores
from allegiance.evaluation.passage import load, read_as_told
from allegiance.model import Document
from allegiance.naming import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from allegiance.coding.discourse import Discourse
    from allegiance.coding.model.findings import Finding
    from allegiance.coding.model.stating import Telling
    from allegiance.coding.reading_copy import ReadingCopy
    from allegiance.evaluation.passage import Passage
    from allegiance.model import Statement

    Before = tuple[Sequence[Finding], Telling | None, list[Statement]]
    Kept = list[tuple[Passage, Before]]

FLOOR = 0.6
TIES = [i / 40 for i in range(10, 37)]
OTHER = [i / 20 for i in range(1, 18)]


class Watched(TaughtReader):
    """The reader, keeping what it found before thresholds."""

    def __init__(self) -> None:
        super().__init__(Gazetteer.shipped())
        self.kept: list[Before] = []
        self._by_rules: list[Statement] = []

    def _ruled(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> Iterator[Statement]:
        self._by_rules = list(super()._ruled(doc, copy, discourse))
        yield from self._by_rules

    def _told(self, doc: Document, copy: ReadingCopy, discourse: Discourse) -> list[Statement]:
        before, self._by_rules = len(self.kept), []
        super()._told(doc, copy, discourse)
        found, telling, _ = self.kept[before] if len(self.kept) > before else ((), None, [])
        self.kept[before:] = [(found, telling, self._by_rules)]
        return []

    def _stated(self, found: Sequence[Finding], telling: Telling) -> list[Statement]:
        self.kept.append((found, telling, []))
        return []


def main() -> None:
    """Choose, print, write."""
    ask = argparse.ArgumentParser()
    ask.add_argument("files", type=Path, help="folder of the networks")
    ask.add_argument("gold", type=Path, nargs="+")
    ask.add_argument("--folds", type=int, default=10)
    a = ask.parse_args()
    networks.FILES = a.files
    shipped = networks.Networks(a.files)
    networks.load = lambda _=a.files: shipped  # type: ignore[assignment] # the folder that is being made
    passages = [p for path in a.gold for p in load(path).examples if fold_of(p.id, a.folds) == 0]
    reader = Watched()
    for passage in passages:
        before = len(reader.kept)
        reader.read(Document(passage.text, passage.id))
        del reader.kept[before + 1 :]
    kept = list(zip(passages, reader.kept, strict=True))
    bars = choose(kept, Bars.of(shipped.bars))
    points = calibration(kept)
    out = {
        "mention": bars.cast.mention,
        "same": bars.cast.same,
        "stranger": bars.cast.stranger,
        "with": bars.tie[0],
        "against": bars.tie[1],
        "author": bars.author,
        "told": bars.told,
        "not_so": bars.not_so,
        "hangs": dict(bars.hangs),
        "via": bars.via,
        "calibration": points,
    }
    (a.files / "bars.json").write_text(json.dumps(out, indent=1) + "\n", "utf-8")
    print(json.dumps(out))


def counts(kept: Kept, bars: Bars) -> dict[str, tuple[float, float, float]]:
    """Return precision, recall and F1 of ties, told and qualifiers under thresholds."""
    total = {name: np.zeros(4) for name in ("tie", "told", "qualifiers")}
    for passage, (found, telling, ruled) in kept:
        names = scores.Names(passage)
        told = read_as_told(joined(ruled, statements(found, telling, bars) if telling is not None else ()))
        gold, have = scores.facts(names, passage.told), scores.facts(names, told)
        total["tie"] += scores.counted(scores.ties(gold), scores.ties(have), lambda f: f.tie)
        total["told"] += scores.counted(gold, have, lambda f: f.whole)
        if passage.qualified:
            total["qualifiers"] += scores.qualified(
                scores.hanging(names, passage.told), scores.hanging(names, told)
            )
    return {name: _prf(value) for name, value in total.items()}


def _prf(value: np.ndarray) -> tuple[float, float, float]:
    right, found, hit, must = value
    p, r = right / max(found, 1), hit / max(must, 1)
    return float(p), float(r), float(2 * p * r / max(p + r, 1e-9))


def choose(kept: Kept, bars: Bars) -> Bars:
    """Return thresholds moved one after the other, twice."""

    def best(make: Callable[[float], Bars], grid: Sequence[float], what: str) -> Bars:
        def worth(one: Bars) -> float:
            got = counts(kept, one)
            return got[what][2] - (10 * max(0.0, FLOOR - got["tie"][0]) if what == "tie" else 0)

        return max((make(x) for x in grid), key=worth)

    for _ in range(2):
        bars = best(lambda x: replace(bars, tie=(x, bars.tie[1])), TIES, "tie")  # noqa: B023
        bars = best(lambda x: replace(bars, tie=(bars.tie[0], x)), TIES, "tie")  # noqa: B023
        bars = best(lambda x: replace(bars, author=x), OTHER, "tie")  # noqa: B023
        bars = best(lambda x: replace(bars, told=x), OTHER, "told")  # noqa: B023
        bars = best(lambda x: replace(bars, not_so=x), OTHER, "told")  # noqa: B023
        print({k: tuple(round(x, 3) for x in v) for k, v in counts(kept, bars).items()}, flush=True)
    for name in bars.hangs:
        bars = best(lambda x: replace(bars, hangs={**bars.hangs, name: x}), OTHER, "qualifiers")  # noqa: B023
    bars = best(lambda x: replace(bars, via=x), OTHER, "qualifiers")
    print({k: tuple(round(x, 3) for x in v) for k, v in counts(kept, bars).items()}, flush=True)
    return bars


def calibration(kept: Kept, least: int = 40) -> list[tuple[float, float]]:
    """Return points of a rising line from the network's chance to the share that was right (isotonic, `least` findings a step).

    Source: Zadrozny and Elkan 2002, doi:10.1145/775047.775151.
    """
    seen: list[tuple[float, float]] = []
    for passage, (found, telling, _) in kept:
        if telling is None:
            continue
        names = scores.Names(passage)
        gold = {f.tie for f in scores.ties(scores.facts(names, passage.told))}
        for one in found:
            if telling.name(one.actor) != telling.name(one.target):
                ends = ("author" if n == 0 else telling.name(n) for n in (one.actor, one.target))
                tie = (frozenset(map(names.of, ends)), one.sign)
                seen.append((one.chance, float(tie in gold)))
    seen.sort()
    steps = [
        [float(np.mean([c for c, _ in some])), float(np.mean([r for _, r in some])), float(len(some))]
        for some in (seen[i : i + least] for i in range(0, len(seen), least))
    ]
    merged: list[list[float]] = []
    for step in steps:
        merged.append(step)
        while len(merged) > 1 and merged[-2][1] >= merged[-1][1]:
            (c, r, n), (d, s, m) = merged[-2], merged.pop()
            merged[-1] = [(c * n + d * m) / (n + m), (r * n + s * m) / (n + m), n + m]
    return [(round(c, 4), round(min(r, 0.99), 4)) for c, r, _ in merged]


if __name__ == "__main__":
    main()
