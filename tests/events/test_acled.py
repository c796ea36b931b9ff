from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from events.conftest import Read


def test_actors_are_hostile_and_associated_actors_support(read: Callable[..., Read]) -> None:
    """Each source tells its own statements; forces of a state are the state; regimes' years are no part of a name."""
    stmts, _, _ = read("acled.csv", "acled")
    told = [(s.source.chain[1:], s.actor, s.act, s.target, s.polarity * s.weight) for s in stmts]
    assert told == [
        (("Daily",), "Veldania", "assault", "Kesh Front", -90),
        (("Kesh Radio",), "Veldania", "assault", "Kesh Front", -90),
        (("Daily",), "Orm Legion", "support", "Veldania", 20),
        (("Kesh Radio",), "Orm Legion", "support", "Veldania", 20),
        (("Daily",), "Kesh Guard", "support", "Veldania", 20),
        (("Kesh Radio",), "Kesh Guard", "support", "Veldania", 20),
        (("Daily",), "Students (Veldania)", "support", "Protesters (Veldania)", 20),
        ((), "Veldania", "agree", "Keshir", 25),
    ]
    assert [str(s.date) for s in stmts[-2:]] == ["2021-03-06", "2021-03-08"]


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Rows of one actor, developments without a sign, impossible days and short rows are skipped."""
    _, bad, tally = read("acled.csv", "acled")
    assert (tally.rows, tally.used) == (8, 3)
    none = "it tells no relation between two actors"
    assert [(error.row, error.problem) for error in bad] == [
        (5, none),
        (7, none),
        (8, "'0000-00-00' is no day (2021-03-05) since 1997"),
        (9, none),
        (10, "it has 4 columns, the header has 14"),
    ]
