from __future__ import annotations

from allegiance.naming import Gazetteer
from allegiance.naming.tables import rows, split

KINDS = {"state", "bloc", "organisation", "armed-group", "company", "province"}


def test_sizes() -> None:
    """The shipped tables hold what they promise: all states, hundreds of leaders, a hundred armed groups."""
    kinds = [actor.kind for actor in Gazetteer.shipped().actors.values()]
    assert set(kinds) <= KINDS
    assert kinds.count("state") >= 195
    assert kinds.count("armed-group") >= 100
    assert kinds.count("bloc") >= 60
    assert sum(1 for _ in rows("leaders")) >= 250


def test_references() -> None:
    """Each leader's actor, each group and each member has an entry of its own."""
    names = set(Gazetteer.shipped().actors)
    assert {row["actor"] for row in rows("leaders")} <= names
    assert {row["group"] for row in rows("memberships")} <= names
    assert {member for row in rows("memberships") for member in split(row["members"])} <= names


def test_periods() -> None:
    """No period of an actor, a term or a membership ends before it begins."""
    for entry in Gazetteer.shipped().entries:
        periods = [
            (entry.period.since, entry.period.until),
            *((leader.period.since, leader.period.until) for leader in entry.leaders),
            *((member.since, member.until) for member in entry.memberships),
        ]
        for since, until in periods:
            assert since is None or until is None or since <= until, entry.name


def test_every_name_is_found() -> None:
    """Each canonical name of the tables, alone in a text, is resolved to its actor."""
    gazetteer = Gazetteer.shipped()
    for name in gazetteer.actors:
        mention = gazetteer.resolve(name)
        assert mention is not None, name
        assert mention.actor == name


def test_rows_are_complete() -> None:
    """No row of a shipped table has more or fewer cells than its header."""
    for table in ("states", "leaders", "groups", "blocs", "memberships", "not_actors", "offices", "words"):
        for row in rows(table):
            assert None not in row, (table, row)
            assert None not in row.values(), (table, row)
