"""A case with blocs: as said, or with their members of the day in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allegiance.case import Case
from allegiance.network import CountingPolicy

if TYPE_CHECKING:
    from pathlib import Path


def test_blocs_are_expanded_by_dated_membership(tmp_path: Path) -> None:
    """The same case gives either network; the tie of a member leads back to what was said of its bloc."""
    path = tmp_path / "e.csv"
    path.write_text("source,target,weight,year\nFive Eyes,Russia,-5,2015\nPoland,Russia,-2,2015\n")
    policy = CountingPolicy(blocs="share")
    with Case(tmp_path / "a.case", create=True) as case:
        case.add(path)
        assert sorted(case.network().actors) == ["Five Eyes", "Poland", "Russia"]
        net = case.network(policy=policy)
        members = sorted({*net.actors} - {"Poland", "Russia"})
        assert len(members) == 5
        assert {tie.weight for tie in net.ties() if "Poland" not in (tie.a, tie.b)} == {-10}
        assert len(case.contributions(policy=policy)) == 6
        told = case.explain(f"{members[0]},Russia", policy=policy)
        assert [quote.stmt.actor for quote in told.quotes] == ["Five Eyes"]
        case.merge_actors("Five Eyes", "Poland", "Eyes")
        assert "Eyes" not in case.network(policy=policy).actors
