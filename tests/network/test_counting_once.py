from __future__ import annotations

from datetime import date

import pytest

from allegiance.errors import UsageError
from allegiance.model import DateInterval, Source, Statement
from allegiance.network import Contributions, CountingPolicy, SignedNetwork
from builders import statement

DAY, NEXT = (DateInterval.day(date(2031, 4, day)) for day in (9, 10))
DAILY, WIRE = Source(("The Daily",)), Source(("The Wire",))


def _reports() -> list[Statement]:
    """Return four reports of one event by two sources, one of the next day, and two without a date."""
    again = [
        statement(source=source, date=DAY, actor_text=str(n))
        for n, source in enumerate((DAILY, DAILY, WIRE, WIRE))
    ]
    undated = [statement(source=DAILY, date=None, actor_text=text) for text in ("x", "y")]
    return [*again, statement(source=DAILY, date=NEXT), *undated]


@pytest.mark.parametrize(("words", "count"), [((), 7), (("once=source",), 5), (("once=event",), 4)])
def test_reports_of_one_event_count_once_on_request(words: tuple[str, ...], count: int) -> None:
    """Once for each event, or for each source of it; what has no date is never taken for the same; both doors agree."""
    policy = CountingPolicy.parse(words)
    net = SignedNetwork.from_statements(_reports(), policy)
    assert net.positive.tolist() == [50 * count]
    assert len(net.tie(0).statements) == count
    assert Contributions.from_statements(_reports(), policy).network().positive.tolist() == [50 * count]


def test_what_counts_nothing_hides_nothing() -> None:
    """A report below the least confidence doesn't stand for one above it."""
    policy = CountingPolicy.parse(("once=event",), confidence=0.5)
    reports = [statement(date=DAY, confidence=0.1), statement(date=DAY, confidence=0.9, source=WIRE)]
    assert SignedNetwork.from_statements(reports, policy).positive.tolist() == [50]


def test_other_words_are_refused() -> None:
    """`once` knows story, event, source and statement; the policy says so in parameters of results."""
    with pytest.raises(UsageError, match="once"):
        CountingPolicy.parse(("once=day",))
    assert CountingPolicy.parse(("once=event",)).to_json()["once"] == "event"
    assert CountingPolicy().to_json()["once"] == "story"
    assert CountingPolicy.parse(("once=statement",)).words() == ("once=statement",)
    assert CountingPolicy.parse(("once=story",)) == CountingPolicy()
