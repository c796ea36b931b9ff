"""Networks cut along time."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allegiance.errors import DataError, UsageError
from allegiance.model import DateInterval, Statement
from allegiance.network import SignedNetwork
from allegiance.network.contributions import Contributions
from allegiance.network.slices import Width, cut
from builders import statement


def dated(spelt: str | None, **fields: Any) -> Statement:
    """Return a statement with that date."""
    return statement(date=DateInterval.parse(spelt) if spelt else None, **fields)


def labels(stmts: list[Statement], width: str) -> list[tuple[str, int]]:
    """Return the slices' names, each with the net weight of its first tie."""
    slices = cut(Contributions.from_statements(stmts), Width.parse(width)).slices
    return [(one.label, int(one.net.weight[0])) for one in slices]


def test_a_statement_stands_in_each_slice_that_it_touches() -> None:
    """What holds for three years stands in three yearly slices, and a slice without any tie is left out."""
    stmts = [dated("1950/1952"), dated("1952-06-01", polarity=-1, weight=20), dated("1954")]
    assert labels(stmts, "year") == [("1950", 50), ("1951", 50), ("1952", 30), ("1954", 50)]
    assert labels(stmts, "10 years") == [("1950-1959", 80)]


def test_months_and_full_decades() -> None:
    """Months are called as ISO has them, and wide slices begin with a full decade, whatever the first date."""
    assert labels([dated("1946-03-09")], "month") == [("1946-03", 50)]
    assert labels([dated("1946-03-09")], "10 years") == [("1940-1949", 50)]


def test_periods_that_overlap_stay_apart() -> None:
    """By their own periods, statements stand in their own slice only, and it is said that the periods overlap."""
    stmts = [dated("1946/1949"), dated("1947/1950", weight=70)]
    assert labels(stmts, "period") == [("1946-1949", 50), ("1947-1950", 70)]
    assert cut(Contributions.from_statements(stmts), Width.parse("period")).overlapping


def test_spans_of_one_s_own() -> None:
    """Any spans can be given, and are called by their days where nothing shorter names them."""
    span = DateInterval(date(1950, 3, 1), date(1950, 5, 2))
    slices = cut(Contributions.from_statements([dated("1950-04")]), [span]).slices
    assert [one.label for one in slices] == ["1950-03-01/1950-05-02"]


def test_without_dates_there_is_nothing_to_cut() -> None:
    """Undated statements are counted and left out; if there are no others, that is an error."""
    slices = cut(Contributions.from_statements([dated(None), dated("1950")]), Width.parse("year"))
    assert (len(slices.slices), slices.undated) == (1, 1)
    with pytest.raises(DataError, match="has a date"):
        cut(Contributions.from_statements([dated(None)]), Width.parse("year"))


def test_a_wrong_date_does_not_make_a_million_slices() -> None:
    """Slices without number are refused, saying from when to when they would go."""
    stmts = [dated("0001-01-01"), dated("9999-12-31")]
    with pytest.raises(UsageError, match="0001"):
        cut(Contributions.from_statements(stmts), Width.parse("month"))
    assert [name for name, _ in labels(stmts, "1000 years")] == ["1-999", "9000-9999"]


@pytest.mark.parametrize("words", ["", "week", "0 years", "-1 years", "year 5"])
def test_a_wrong_width_is_refused(words: str) -> None:
    """A width that can't be read is a usage error with the forms that can."""
    with pytest.raises(UsageError, match="5 years"):
        Width.parse(words)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from("ABC"), st.sampled_from("ABC"), st.integers(-9, 9), st.integers(1, 28))
    )
)
def test_single_days_add_up_to_the_whole(rows: list[tuple[str, str, int, int]]) -> None:
    """The slices of statements of single days add up to the network of all of them, which is the statements' own."""
    stmts = [
        statement(
            a, b, (w > 0) - (w < 0), weight=abs(w), date=DateInterval.day(date(1950, 1 + day % 12, day))
        )
        for a, b, w, day in rows
    ]
    counted = Contributions.from_statements(stmts)
    whole = SignedNetwork.from_statements(stmts)
    same = counted.network()
    assert (same.actors, same.weight.tolist()) == (whole.actors, whole.weight.tolist())
    if len(counted):
        slices = cut(counted, Width.parse("month")).slices
        assert sum(int(one.net.weight.sum()) for one in slices) == int(whole.weight.sum())
