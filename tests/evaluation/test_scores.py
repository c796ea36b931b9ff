from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.evaluation.page import shown
from allegiance.evaluation.scores import Measure, Score, score

F1 = Measure("found", "f1", "It was found.")
RECALL = Measure("missed", "recall", "It was not missed.")
MUST = Measure("told", "must", "It was told.")
MEAN = Measure("agreement", "mean", "How far they agree.")
SHARE = Measure("kept", "share", "It was kept.")

Counts = dict[str, tuple[int, int, int]]


def _one(measure: Measure, counts: Counts, *, more: tuple[str, ...] = (), seed: int = 0) -> Score:
    return score({(measure, "all"): counts}, [*counts, *more], seed)[0]


def test_known_answer() -> None:
    """Three of four read are right, of six annotated: precision 3/4, recall 3/6, F1 6/10."""
    found = _one(F1, {"a": (1, 2, 3), "b": (2, 2, 3)})
    assert (found.right, found.found, found.gold) == (3, 4, 6)
    assert found.precision is not None
    assert found.recall is not None
    assert found.f1 is not None
    assert (found.precision.value, found.recall.value, found.f1.value) == (0.75, 0.5, 0.6)


def test_a_measure_tells_only_its_own_side() -> None:
    """Recall has no precision, a share no recall, neither an F1."""
    recall, share = _one(RECALL, {"a": (1, 0, 2)}), _one(SHARE, {"a": (1, 2, 0)})
    assert (recall.precision, recall.f1, share.recall, share.f1) == (None, None, None, None)
    assert recall.to_json()["found"] is None
    assert share.to_json()["gold"] is None


def test_nothing_to_count_tells_nothing() -> None:
    """Without anything read there is no precision, and no division by zero."""
    found = _one(F1, {"a": (0, 0, 2)})
    assert found.precision is None
    assert found.recall is not None
    assert found.recall.value == 0.0
    assert score({}, [], 0) == []


def test_units_without_counts_widen_the_interval() -> None:
    """Sentences in which nothing was read count when sentences are drawn, though they change no figure."""
    counts = {str(number): (number % 2, 1, 1) for number in range(6)}
    alone, among = _one(F1, counts), _one(F1, counts, more=tuple("abcdefghij"))
    assert alone.f1 is not None
    assert among.f1 is not None
    assert alone.f1.value == among.f1.value
    assert among.f1.high - among.f1.low >= alone.f1.high - alone.f1.low


_triples = st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 4)).map(
    lambda one: (min(one), one[1], one[2])
)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.text(max_size=3), _triples, min_size=1, max_size=8), st.integers(0, 9))
def test_intervals_hold_shares(counts: Counts, seed: int) -> None:
    """Whatever is counted: sums are exact, shares lie between 0 and 1, and the same seed gives the same interval."""
    found = _one(F1, counts, seed=seed)
    assert (found.right, found.found, found.gold) == tuple(map(sum, zip(*counts.values(), strict=True)))
    for share in (found.precision, found.recall, found.f1):
        assert share is None or 0 <= share.low <= share.high <= 1
    assert found == _one(F1, counts, seed=seed)


@pytest.mark.parametrize("groups", [("negative", "all", "positive")])
def test_all_examples_stand_first(groups: tuple[str, ...]) -> None:
    """Scores come by measure, with those of all examples before those of a part."""
    found = score({(F1, group): {"a": (1, 1, 1)} for group in groups}, ["a"], 0)
    assert [one.group for one in found] == ["all", "negative", "positive"]


def test_what_may_be_read_and_what_must() -> None:
    """Precision is over all that was read, recall over what must be: 3 of 4 right, 2 of 5 hit."""
    found = score({(MUST, "all"): {"a": (1, 2, 3, 0), "b": (2, 2, 2, 2)}}, ["a", "b"], 0)[0]
    assert found.precision is not None
    assert found.recall is not None
    assert found.f1 is not None
    assert (found.right, found.found, found.hit, found.gold) == (3, 4, 2, 5)
    assert (found.precision.value, found.recall.value) == (0.75, 0.4)
    assert found.f1.value == pytest.approx(2 * 0.75 * 0.4 / 1.15)
    assert found.to_json()["hit"] == 2


def test_nothing_read_of_what_must_be_is_no_f1_of_one() -> None:
    """Who reads nothing has an F1 of 0 where something must be read, and none where nothing is annotated either."""
    nothing = score({(MUST, "all"): {"a": (0, 0, 3, 0)}}, ["a"], 0)[0]
    assert nothing.precision is None
    assert nothing.f1 is not None
    assert nothing.f1.value == 0.0
    assert score({(MUST, "all"): {"a": (0, 0, 0, 0)}}, ["a"], 0)[0].f1 is None


def test_a_mean_may_be_below_nothing() -> None:
    """A mean of numbers has its interval, no count of right ones, and keeps its sign in words."""
    found = score({(MEAN, "all"): {"a": (-0.5, 1), "b": (0.1, 1)}}, ["a", "b"], 0)[0]
    assert found.mean is not None
    assert found.mean.value == pytest.approx(-0.2)
    assert shown(found.mean) == "-.200 [-.500, .100]"
    assert (found.to_json()["right"], found.to_json()["gold"], found.to_json()["found"]) == (None, None, 2)
