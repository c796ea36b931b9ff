from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from events.conftest import Read


def test_types_and_modes_weigh_as_the_code_book_says(read: Callable[..., Read]) -> None:
    """A government is its state, rebels are themselves, a sector without a name is a part of its country."""
    stmts, _, _ = read("polecat.txt", "polecat")
    assert [(s.actor, s.act, s.target, s.polarity * s.weight) for s in stmts] == [
        ("VLD", "assault", "Kesh Front", -90),
        ("Kesh Front", "accuse", "VLD", -20),
        ("VLD", "consult", "KES (media)", 25),
        ("VLD", "aid", "Keshir", 100),
    ]
    assert [s.source.chain for s in stmts[2:]] == [("POLECAT", "Daily"), ("POLECAT",)]


def test_every_skipped_row_has_its_reason(read: Callable[..., Read]) -> None:
    """Missing actors, unknown types, impossible days and short rows are skipped one by one."""
    _, bad, tally = read("polecat.txt", "polecat")
    assert (tally.rows, tally.used) == (10, 4)
    assert [(error.row, error.problem) for error in bad] == [
        (5, "an actor is missing"),
        (6, "'SING' is no PLOVER event type"),
        (7, "'2023-05-32' is no day (YYYY-MM-DD)"),
        (8, "its day lies after the day on which it was published"),
        (9, "both actors are the same"),
        (11, "it has 2 columns, the header has 40"),
    ]


def test_variants_of_the_yearly_files_load(read: Callable[..., Read]) -> None:
    """A Headline that only the header has, surplus tabs and Latin-1 change nothing."""
    variant, bad, _ = read("polecat_variant.txt", "polecat")
    plain, _, _ = read("polecat.txt", "polecat")
    assert not bad
    assert [(s.actor, s.act, s.target) for s in variant] == [(s.actor, s.act, s.target) for s in plain[:2]]
