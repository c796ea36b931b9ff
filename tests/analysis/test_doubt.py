"""How far an answer hangs on single texts or sources."""

from __future__ import annotations

import signal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis import Wishes, coalitions
from allegiance.analysis.doubt import Doubt, Enough, doubt, to_json
from allegiance.errors import UsageError
from allegiance.model import Result, RowEvidence, Source
from allegiance.network import Contributions
from builders import statement


def told(*rows: tuple[str, str, str, str, int]) -> Contributions:
    """Return counted statements (outlet, document, actor, target, tenths)."""
    return Contributions.from_statements(
        statement(
            actor,
            target,
            1 if weight > 0 else -1,
            weight=abs(weight),
            source=Source((outlet,)),
            evidence=RowEvidence("invented.csv", document),
            actor_text=str(place),
        )
        for place, (outlet, document, actor, target, weight) in enumerate(rows)
    )


def ask(counted: Contributions, k: int | None = None, **how: Any) -> Result[Doubt]:
    """Return the doubt of the answer for `k`."""
    return doubt(counted, coalitions(counted.network(), k), **{"resamples": 40, **how})


CAMPS = [("A", "B", 10), ("B", "C", 10), ("A", "C", 10), ("X", "Y", 10), ("A", "X", -10), ("C", "Y", -10)]
AGREED = told(*(("Daily", f"d{i}", a, b, w) for i in range(12) for a, b, w in CAMPS))


@pytest.mark.parametrize("k", [2, None])
def test_what_all_texts_say_is_sure(k: int | None) -> None:
    """Where every document tells the same, every draw gives the same coalitions."""
    found = ask(AGREED, k).value
    assert set(found.actors.values()) == {1.0}
    assert found.pairs["A", "B"] == 1
    assert found.pairs["A", "X"] == 0
    assert (found.resamples, found.proved, found.unaffiliated) == (40, 40, ())


def test_what_hangs_on_one_source_is_not_sure() -> None:
    """A place that one of three outlets speaks for is lost in the draws without it: about a third of them, (2/3)^3."""
    rows = [(outlet, outlet, a, b, w) for outlet in ("Daily", "Wire", "Post") for a, b, w in CAMPS]
    counted = told(*rows, ("Post", "Post", "D", "A", 10), ("Post", "Post", "D", "B", 10))
    found = ask(counted, by="source", resamples=300).value
    assert found.origins == 3
    assert found.actors["A"] == 1
    assert found.actors["D"] == pytest.approx(1 - (2 / 3) ** 3, abs=0.08)


def test_who_wavers_is_with_each_side_in_a_share_of_the_draws() -> None:
    """Between equally good places chance decides, so that neither side gets the waverer in all draws."""
    rows = [(f"o{i}", f"d{i}", a, b, w) for i in range(30) for a, b, w in CAMPS]
    found = ask(
        told(*rows, *((f"o{i}", f"d{i}", "P", other, 10) for i in range(30) for other in "AX")), 2
    ).value
    assert 0.1 < found.pairs["A", "P"] < 0.9


def test_actors_with_too_little_evidence_are_unaffiliated_and_told_why() -> None:
    """One statement, ties that cancel out, and a place of its own are each named as what they are."""
    extra = [("Daily", "d0", "Once", "A", 10)]
    extra += [("Daily", f"d{i}", "Even", "A", 10 if i % 2 else -10) for i in range(4)]
    extra += [("Daily", f"d{i}", "Foe", other, -10) for i in range(12) for other in "ABCXY"]
    rows = [("Daily", f"d{i}", a, b, w) for i in range(12) for a, b, w in CAMPS]
    found = {one.actor: one.why for one in ask(told(*rows, *extra)).value.unaffiliated}
    assert set(found) == {"Once", "Even", "Foe"}
    assert "only 1 statement" in found["Once"]
    assert "cancels out" in found["Even"]
    assert "alone in 100%" in found["Foe"]


def test_unjoined_parts_are_never_together() -> None:
    """With two coalitions, parts without a tie between them share a side only by accident, which counts for nothing."""
    counted = told(*(("Daily", f"d{i}", a, b, 10) for i in range(8) for a, b in (("A", "B"), ("C", "D"))))
    found = ask(counted, 2).value
    assert found.pairs["A", "B"] == found.pairs["C", "D"] == 1
    assert found.pairs["A", "C"] == 0


def test_wishes_hold_in_every_draw() -> None:
    """Who is wished together is together in all draws, whatever they say."""
    split = coalitions(AGREED.network(), 2, wishes=Wishes(together=(("A", "X"),)))
    assert doubt(AGREED, split, resamples=10).value.pairs["A", "X"] == 1


def test_an_interrupt_keeps_the_draws_so_far() -> None:
    """Ctrl-C ends the drawing; the answer is of the draws made, and says how many were asked for."""

    def stop(done: int) -> None:
        if done == 7:
            signal.raise_signal(signal.SIGINT)

    found = to_json(ask(AGREED, progress=stop))
    assert (found["resamples"], found["asked"]) == (7, 40)
    assert found["actors"]["A"] == 1
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)  # afterwards an interrupt is again what it was


def test_nothing_to_draw_from_is_said() -> None:
    """One source can't be drawn anew, and a number out of range is refused."""
    with pytest.raises(UsageError, match="by document"):
        ask(AGREED, by="source")
    with pytest.raises(UsageError, match="no statement"):
        ask(told())
    with pytest.raises(UsageError, match="resample"):
        ask(AGREED, resamples=0)
    with pytest.raises(UsageError, match="share"):
        ask(AGREED, enough=Enough(share=2))


ROWS = st.lists(
    st.tuples(
        st.just("Daily"),
        st.sampled_from(["d1", "d2", "d3"]),
        st.sampled_from("ABCD"),
        st.sampled_from("ABCD"),
        st.integers(-9, 9).filter(bool),
    ).filter(lambda row: row[2] != row[3]),
    min_size=2,
    max_size=10,
).filter(lambda rows: len({row[1] for row in rows}) > 1)


@settings(max_examples=25, deadline=None)
@given(ROWS, st.sampled_from([2, None]), st.integers(0, 3))
def test_the_same_seed_gives_the_same_answer(
    rows: list[tuple[str, str, str, str, int]], k: int | None, seed: int
) -> None:
    """Shares lie between 0 and 1 for every actor and pair, and the same seed gives the same to the last digit."""
    counted = told(*rows)
    one, two = (to_json(ask(counted, k, resamples=5, seed=seed)) for _ in range(2))
    assert one == two
    assert all(0 <= share <= 1 for share in one["actors"].values())
    assert set(one["actors"]) == set(counted.network().actors)
