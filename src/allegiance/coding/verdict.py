"""What the model's numbers and the rules' answer say together of a pair: a chance for each of five classes.

A handful of numbers, fitted on sentences that the model was not trained on (training/calibrate.py), shipped as JSON. They are the
same for both signs and both directions, so that the verdict on a swapped or mirrored pair is swapped or mirrored, too.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from allegiance.coding.encoder import FILES

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Sign and direction of the classes: 1 where the first mention acts, -1 where the second does.
SIGNS = np.array([0, 1, 1, -1, -1])
WAYS = np.array([0, 1, -1, 1, -1])


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """What the rules found between two mentions; `way` 1 where the first acts, -1 where the second does, all 0 for nothing."""

    sign: int = 0
    way: int = 0
    score: float = 0.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each voice counts.

    Attributes:
        model: factor of the model's logits (the inverse of a temperature).
        something: added to all signed classes.
        rule_sign: added to both classes of the sign that the rules found.
        rule_class: added to the very class that they found.
        rule_score: times their score, added to that sign.
        threshold: a sign is told where its chance reaches this.
        stated: a statement is made of it where its chance reaches this.
    """

    model: float
    something: float
    rule_sign: float
    rule_class: float
    rule_score: float
    threshold: float
    stated: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Sign and direction of a pair, and the chance that the sign is right."""

    sign: int
    way: int
    chance: float


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """Return the fitted numbers of network and rules together."""
    return Weights(**json.loads((FILES / "calibration.json").read_text(encoding="utf-8"))["default"])


def chances(logits: NDArray[np.float32], answer: RuleAnswer, weights: Weights) -> NDArray[np.float64]:
    """Return the chances of the five classes, shape [5], which sum to 1."""
    total = weights.model * logits.astype(np.float64)
    total += weights.something * (SIGNS != 0)
    if answer.sign:
        same_sign = answer.sign == SIGNS
        total += (weights.rule_sign + weights.rule_score * answer.score) * same_sign
        total += weights.rule_class * (same_sign & (answer.way == WAYS))
    total -= total.max()
    share = np.exp(total)
    whole: NDArray[np.float64] = share / share.sum()
    return whole


def verdict(logits: NDArray[np.float32], answer: RuleAnswer, weights: Weights) -> Verdict:
    """Return the likelier sign with its likelier direction; how far to trust it is the caller's to judge."""
    share = chances(logits, answer, weights)
    sign = 1 if share[SIGNS > 0].sum() >= share[SIGNS < 0].sum() else -1
    of_sign = np.where(sign == SIGNS, share, -1.0)
    return Verdict(sign, int(WAYS[int(of_sign.argmax())]), float(share[sign == SIGNS].sum()))
