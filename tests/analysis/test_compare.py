"""Two tellings side by side: parts that add up, and distances that are certain or not."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.analysis.compare import compare
from allegiance.analysis.compare_answer import coalition_words, difference_words, to_json
from allegiance.analysis.differences import (
    AMOUNT,
    EVENT_FIRST,
    EVENT_SECOND,
    ONLY_FIRST,
    ONLY_SECOND,
    OPPOSITE,
    ROUNDING,
    SAME_DAY_OPPOSITE,
    SAME_EVENT_AMOUNT,
    SAME_EVENT_OPPOSITE,
    UNDATED,
    Differences,
    Telling,
    differences,
)
from allegiance.errors import DataError
from allegiance.model import DateInterval, Modality
from allegiance.network import Contributions, CountingPolicy
from builders import statement

Told = tuple[str, str, int, str, int]
"""Actor, target, signed tenths, act, day of the month (0 for none)."""


def telling(name: str, *told: Told, policy: CountingPolicy | None = None, **fields: object) -> Telling:
    """Return what one source tells."""
    stmts = [
        statement(
            a,
            b,
            1 if tenths > 0 else -1,
            weight=abs(tenths),
            act=act,
            date=DateInterval.day(date(2031, 4, day)) if day else None,
            **fields,
        )
        for a, b, tenths, act, day in told
    ]
    return Telling(name, Contributions.from_statements(stmts, policy), {stmt.id: stmt.act for stmt in stmts})


def compared(one: Telling, two: Telling, *, events: bool = True) -> Differences:
    """Return the differences of two tellings."""
    return differences(one, two, [one.counted.network(), two.counted.network()], events=events)


def test_each_pair_and_each_event_falls_into_its_part() -> None:
    """Opposite sign, other amount, only one: by pair and by event, each as by hand."""
    one = telling(
        "one",
        ("A", "B", 50, "support", 1),
        ("A", "C", 30, "support", 2),
        ("B", "C", 20, "support", 3),
        ("A", "D", -40, "fight", 4),
        ("C", "D", 10, "support", 0),
    )
    two = telling(
        "two",
        ("A", "B", -50, "support", 1),
        ("A", "C", 10, "support", 2),
        ("A", "D", 20, "aid", 4),
        ("B", "D", 70, "aid", 5),
        ("C", "D", 30, "support", 0),
    )
    found = compared(one, two)
    assert {(tie.a, tie.b): (tie.kind, dict(tie.parts)) for tie in found.ties} == {
        ("A", "B"): (OPPOSITE, {SAME_EVENT_OPPOSITE: -100}),
        ("A", "C"): (AMOUNT, {SAME_EVENT_AMOUNT: -20}),
        ("B", "C"): (ONLY_FIRST, {EVENT_FIRST: -20}),
        ("A", "D"): (OPPOSITE, {SAME_DAY_OPPOSITE: 60}),
        ("B", "D"): (ONLY_SECOND, {EVENT_SECOND: 70}),
        ("C", "D"): (AMOUNT, {UNDATED: 20}),
    }
    assert found.total == 100 + 20 + 20 + 60 + 70 + 20
    assert found.by_kind() == {OPPOSITE: 160, AMOUNT: 40, ONLY_FIRST: 20, ONLY_SECOND: 70}
    assert all(tie.first_statements or tie.second_statements for tie in found.ties)


@st.composite
def told(draw: st.DrawFn) -> list[Told]:
    """Draw what a source tells of four actors in three days."""
    return draw(
        st.lists(
            st.tuples(
                st.sampled_from("AB"),
                st.sampled_from("CD"),
                st.integers(1, 9).map(lambda size: size if size % 2 else -size),
                st.sampled_from(["support", "fight"]),
                st.integers(0, 3),
            ),
            min_size=1,
            max_size=8,
            unique=True,
        )
    )


@settings(max_examples=40, deadline=None)
@given(told(), told(), st.booleans())
def test_parts_add_up_to_the_last_tenth(one: list[Told], two: list[Told], halved: bool) -> None:  # noqa: FBT001 - drawn
    """Parts of a tie add up to its difference, kinds and parts to the total, also where statements count by half."""
    policy = CountingPolicy.parse(("demanded=50",)) if halved else None
    fields = {"modality": Modality.DEMANDED} if halved else {}
    found = compared(
        telling("one", *one, policy=policy, **fields), telling("two", *two, policy=policy, **fields)
    )
    for tie in found.ties:
        assert tie.difference
        if found.events:
            assert sum(tie.parts.values()) == tie.difference
            assert halved or ROUNDING not in tie.parts
    assert sum(found.by_kind().values()) == found.total
    assert not found.events or sum(found.by_part().values()) == found.total


def camps(*weights: int) -> tuple[Told, ...]:
    """Return ties A-B, B-C, A-C, C-D of these weights."""
    pairs = (("A", "B"), ("B", "C"), ("A", "C"), ("C", "D"))
    return tuple((a, b, w, "support", 1) for (a, b), w in zip(pairs, weights, strict=True))


def test_the_same_told_twice_differs_in_nothing() -> None:
    """Equal tellings have no ties that differ and coalitions at distance 0."""
    one, two = telling("one", *camps(10, 10, 10, -10)), telling("two", *camps(10, 10, 10, -10))
    result = compare(one, two)
    found = result.value
    assert (found.differences.total, found.distance.variation, found.distance.rand) == (0, 0, 1)
    assert found.distance.first_in_second.excess == 0
    assert "the same" in difference_words(found)
    assert "the same" in coalition_words(found)
    assert "<svg" in found._repr_html_()


def test_a_difference_that_is_a_matter_of_choice_is_said_to_be_one() -> None:
    """Where a best split of the one is also best for the other, the least distance is 0."""
    even = telling("even", *camps(10, 10, -10, -10))
    firm = telling("firm", *camps(30, 10, -20, -10))
    found = compare(even, firm).value
    assert found.distance.least == 0
    assert found.distance.complete
    assert found.distance.second_in_first.excess == 0


def test_opposite_tellings_differ_for_certain() -> None:
    """Friends by the one and foes by the other: moved actors, what each costs in the other's network, and why."""
    one, two = telling("one", *camps(10, 10, 10, -10)), telling("two", *camps(-10, -10, -10, 10))
    result = compare(one, two, 2)
    found = result.value
    assert found.distance.least > 0
    assert found.moved
    assert found.distance.first_in_second.excess > 0
    assert found.distance.first_in_second.proved
    assert found.differences.by_part()[SAME_EVENT_OPPOSITE] == found.differences.total == 80
    assert "opposite sign" in difference_words(found)
    shown = to_json(result)
    assert sum(shown["by_pair"].values()) == shown["difference"] == 8
    assert np.isclose(shown["distance"]["variation_of_information"], found.distance.variation)


def test_what_cannot_be_compared_is_said() -> None:
    """No ties, and no actors in common, are refused in words that name both sides."""
    one = telling("one", *camps(10, 10, 10, -10))
    with pytest.raises(DataError, match="two has no tie"):
        compare(one, telling("two", ("A", "B", 10, "support", 1), ("A", "B", -10, "fight", 2)))
    with pytest.raises(DataError, match=r"no actors with ties in common.*X, Y"):
        compare(one, telling("two", ("X", "Y", 10, "support", 1)))


def test_events_some_days_apart_are_one_if_asked() -> None:
    """A report two days later is another event, unless acts within three days are taken for the same; the nearest is taken."""
    one = telling("one", ("A", "B", 50, "support", 1), ("A", "B", 10, "support", 9))
    two = telling("two", ("A", "B", -50, "support", 3))
    nets = [one.counted.network(), two.counted.network()]
    strict = differences(one, two, nets, events=True).ties[0]
    assert dict(strict.parts) == {EVENT_FIRST: -60, EVENT_SECOND: -50}
    wide = differences(one, two, nets, events=True, within=3).ties[0]
    assert dict(wide.parts) == {SAME_EVENT_OPPOSITE: -100, EVENT_FIRST: -10}
