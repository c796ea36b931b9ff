"""Model and rules weighed together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allegiance.coding import verdict
from allegiance.coding.verdict import RuleAnswer

LOGITS = st.lists(st.floats(-8, 8, width=32), min_size=5, max_size=5)
ANSWERS = st.builds(
    RuleAnswer, st.sampled_from([1, -1]), st.sampled_from([1, -1]), st.floats(0, 1)
) | st.just(RuleAnswer())


@given(LOGITS, ANSWERS)
def test_chances_sum_to_one(logits: list[float], answer: RuleAnswer) -> None:
    """Five chances, never negative, that sum to 1."""
    found = verdict.chances(np.array(logits, dtype=np.float32), answer, verdict.shipped())
    assert found.min() >= 0
    assert found.sum() == pytest.approx(1.0)


@given(LOGITS, ANSWERS)
def test_mirrored_pair_gets_the_mirrored_verdict(logits: list[float], answer: RuleAnswer) -> None:
    """Friend and foe, actor and target are weighed alike."""
    weights = verdict.shipped()
    order = [0, 4, 3, 2, 1]  # the other sign and the other direction
    there = verdict.chances(np.array(logits, dtype=np.float32), answer, weights)
    back = verdict.chances(
        np.array(logits, dtype=np.float32)[order],
        RuleAnswer(-answer.sign, -answer.way, answer.score),
        weights,
    )
    assert back[order] == pytest.approx(there)


def test_rules_speak_louder_than_nothing() -> None:
    """What the rules found makes its class likelier."""
    weights = verdict.shipped()
    logits = np.zeros(5, dtype=np.float32)
    without = verdict.chances(logits, RuleAnswer(), weights)
    found = verdict.chances(logits, RuleAnswer(-1, 1, 0.8, "verb-object"), weights)
    assert found[3] > without[3]
    assert verdict.verdict(logits, RuleAnswer(-1, 1, 0.8, "verb-object"), weights).sign == -1
