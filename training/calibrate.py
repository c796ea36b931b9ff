"""Fits how model and rules are weighed against each other, on the sentences of dsa/train.txt that no training saw.

Six numbers by maximum likelihood; two thresholds by the F1 and the precision they give, each measured on folds whose numbers
were fitted without them. Uses the shipped model file itself, as any reader does.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import dsa
import numpy as np
from scipy.optimize import minimize
from scipy.special import logsumexp

from allegiance.coding import encoder, known_pairs
from allegiance.coding.encoder import MarkedPair
from allegiance.coding.verdict import SIGNS, RuleAnswer, Weights, chances

if TYPE_CHECKING:
    from collections.abc import Callable

    from example import Example

    Case = tuple[np.ndarray, RuleAnswer, int]  # logits, what the rules say, the right class

FOLDS = 10
# The weakest precision at which a statement is made of what the model alone reads.
STATED_PRECISION = 0.8
# F1 that is no worse than the best as far as anyone can tell: a quarter of its standard error here.
PLATEAU = 0.005
_START = {"model": 1.0, "something": 0.0, "rule_sign": 1.0, "rule_class": 1.0, "rule_score": 0.5}
_RIDGE = 0.5


def cases(rows: list[Example], *, with_rules: bool) -> list[Case]:
    """Ask model and rules about each row."""
    pairs = (MarkedPair(row.text, row.first, row.second) for row in rows)
    logits = list(encoder.load().logits(pairs))
    spans = [row.first for row in rows], [row.second for row in rows]
    answers = [RuleAnswer()] * len(rows)
    if with_rules:
        told = known_pairs.relate([row.text for row in rows], *spans, reader="rules")
        answers = [
            RuleAnswer(one.polarity, 1 if one.direction == "a->b" else -1, one.score, one.rule)
            if one.polarity
            else RuleAnswer()
            for one in told
        ]
    return list(zip(logits, answers, [row.label for row in rows], strict=True))


def fit(known: list[Case], *, with_rules: bool) -> Weights:
    """Return the likeliest numbers for `known`; thresholds are left at 1."""
    free = list(_START) if with_rules else ["model", "something"]
    start = np.array([_START[name] for name in free])
    # Each number multiplies one table [cases, 5]; the chances are the softmax of their sum.
    tables = np.stack([_table(known, name) for name in free])
    labels = np.array([label for _, _, label in known])

    def surprise(numbers: np.ndarray) -> float:
        total = np.tensordot(numbers, tables, 1)
        right = total[np.arange(len(labels)), labels]
        pull = float(((numbers - start) ** 2).sum())
        return float((logsumexp(total, axis=1) - right).sum()) + _RIDGE * pull

    numbers = minimize(surprise, start, method="L-BFGS-B").x
    fixed = dict.fromkeys(_START, 0.0) | dict(zip(free, map(float, numbers), strict=True))
    return Weights(**fixed, threshold=1.0, stated=1.0)


def _table(known: list[Case], name: str) -> np.ndarray:
    """What one number multiplies: the change of the classes' sums when it grows by 1, taken from `verdict.chances` itself."""
    none = Weights(**dict.fromkeys(_START, 0.0), threshold=1.0, stated=1.0)
    one = replace(none, **{name: 1.0})
    return np.array([np.log(chances(logits, answer, one) + 1e-12) for logits, answer, _ in known])


def held_out(known: list[Case], groups: list[int], *, with_rules: bool) -> list[tuple[int, int, float]]:
    """Return for each case the right sign, the read sign and its chance, by numbers fitted on the other folds."""
    found: dict[int, tuple[int, int, float]] = {}
    for fold in range(FOLDS):
        rest = [case for case, group in zip(known, groups, strict=True) if group != fold]
        weights = fit(rest, with_rules=with_rules)
        for at, (logits, answer, label) in enumerate(known):
            if groups[at] == fold:
                found[at] = (int(SIGNS[label]), *signed(chances(logits, answer, weights)))
    return [found[at] for at in range(len(known))]


def signed(share: np.ndarray) -> tuple[int, float]:
    """Return the likelier sign and its chance."""
    plus, minus = float(share[SIGNS > 0].sum()), float(share[SIGNS < 0].sum())
    return (1, plus) if plus >= minus else (-1, minus)


def scores(told: list[tuple[int, int, float]], threshold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the signs told at `threshold`."""
    said = [(gold, sign) for gold, sign, chance in told if chance >= threshold]
    right = sum(gold == sign for gold, sign in said)
    wanted = sum(gold != 0 for gold, _, _ in told)
    precision, recall = right / max(1, len(said)), right / max(1, wanted)
    return precision, recall, 2 * right / max(1, len(said) + wanted)


def calibration_error(
    told: list[tuple[int, int, float]], bins: int = 10
) -> tuple[float, list[tuple[float, float, int]]]:
    """Return the expected calibration error of "the sign is right", and each bin's mean chance, share right, count."""
    parts: list[tuple[float, float, int]] = []
    for at in range(bins):
        inside = [
            (gold == sign, chance)
            for gold, sign, chance in told
            if at / bins <= chance < (at + 1) / bins or chance == 1.0 == (at + 1) / bins
        ]
        if inside:
            parts.append(
                (float(np.mean([c for _, c in inside])), float(np.mean([r for r, _ in inside])), len(inside))
            )
    return sum(abs(mean - right) * count for mean, right, count in parts) / len(told), parts


def thresholds(told: list[tuple[int, int, float]]) -> tuple[float, float]:
    """Return the lowest threshold on the plateau of the best F1, smoothed over its neighbours, and that of the wanted precision.

    On the plateau precision and recall only change places; where outside annotators found a relation in nearly every
    pair, as in event records, recall is worth more.
    """
    grid = [round(0.2 + 0.02 * step, 2) for step in range(36)]
    f1 = np.array([scores(told, at)[2] for at in grid])
    smooth = np.convolve(np.pad(f1, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    enough = [at for at in grid if scores(told, at)[0] >= STATED_PRECISION]
    plateau = [at for at, value in zip(grid, smooth, strict=True) if value >= smooth.max() - PLATEAU]
    return min(plateau), min(enough, default=0.9)


def main() -> None:
    """Fit, measure on folds, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dsa", type=Path, required=True, help="folder with train.txt and valid.txt")
    parser.add_argument("--out", type=Path, default=encoder.FILES / "calibration.json")
    args = parser.parse_args()
    everything = dsa.distinct(dsa.load(args.dsa / "train.txt"))
    _, development = dsa.split(everything)
    unseen = dsa.unseen(dsa.load(args.dsa / "valid.txt"), everything)
    keys = sorted({dsa.sentence_key(row.text) for row in development})
    place = {key: at % FOLDS for at, key in enumerate(keys)}
    groups = [place[dsa.sentence_key(row.text)] for row in development]
    written: dict[str, dict[str, float]] = {}
    for name, with_rules in (("model", False), ("default", True)):
        known = cases(development, with_rules=with_rules)
        told = held_out(known, groups, with_rules=with_rules)
        weights = fit(known, with_rules=with_rules)
        best, sure = thresholds(told)
        weights = replace(weights, threshold=best, stated=sure)
        written[name] = {key: round(value, 3) for key, value in asdict(weights).items()}
        _report(f"{name}, development by folds", told, best, sure)
        asked = [
            (int(SIGNS[label]), *signed(chances(logits, answer, weights)))
            for logits, answer, label in cases(unseen, with_rules=with_rules)
        ]
        _report(f"{name}, valid.txt unseen", asked, best, sure)
    args.out.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    say(json.dumps(written, indent=1))


def _report(name: str, told: list[tuple[int, int, float]], best: float, sure: float) -> None:
    error, bins = calibration_error(told)
    say(
        f"{name}: {len(told)} pairs, {sum(gold != 0 for gold, _, _ in told)} signed, calibration error {error:.3f}"
    )
    for at in sorted({best, sure, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}):
        precision, recall, f1 = scores(told, at)
        mark = " (relate)" if at == best else " (statements)" if at == sure else ""
        say(f"  threshold {at:.2f}: precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}{mark}")
    say(
        "  chance said / share right / count: "
        + ", ".join(f"{mean:.2f}/{right:.2f}/{count}" for mean, right, count in bins)
    )


say: Callable[[str], None] = print

if __name__ == "__main__":
    main()
