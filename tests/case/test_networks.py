"""Networks of whatever a user names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, open_contributions, open_network
from allegiance.errors import UnknownNameError, UsageError
from allegiance.network import Contributions
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from pathlib import Path

ROWS = "source,target,weight,year\nA,B,1,1950\nB,C,-2,1950-1952\nC,C,1,1951\nA,B,0.5,1951-03-04\n"


@pytest.fixture
def edges(tmp_path: Path) -> Path:
    """Return a small edge list with dates of three widths and a loop."""
    path = tmp_path / "edges.csv"
    path.write_text(ROWS)
    return path


def test_an_edge_list_and_the_case_of_it_count_alike(edges: Path, tmp_path: Path) -> None:
    """The same rows give the same ties and days as an edge list and as statements of a case."""
    with Case(tmp_path / "a.case", create=True) as case:
        case.add(edges)
        one = case.contributions()
        two = Contributions.from_statements(case.statements())
    three, problems = open_contributions(edges, StatementFilter())
    assert not problems
    for other in (two, three):
        assert (other.first == one.first).all()
        assert (other.last == one.last).all()
        assert other.actors == one.actors
        assert other.network().weight.tolist() == one.network().weight.tolist()
    assert one.documents.tolist() == two.documents.tolist()


def test_one_by_one_or_added_up_the_same_is_asked_for(edges: Path) -> None:
    """A filter by date or period chooses the same rows for both, and what an edge list doesn't have is refused by both."""
    for period in (None, "1950"):
        counted, _ = open_contributions(edges, StatementFilter(), period=period)
        net, _ = open_network(edges, StatementFilter(), period=period)
        assert [tie.to_json() for tie in counted.network().ties()] == [tie.to_json() for tie in net.ties()]
    for door in (open_network, open_contributions):
        with pytest.raises(UsageError, match="names no sources"):
            door(edges, StatementFilter(source="Daily"))
        with pytest.raises(UnknownNameError):
            door(edges, StatementFilter(), period="1960")
