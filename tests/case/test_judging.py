"""Judgements on the actors of a case: merged, split, named; undone; remembered when more is read."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case
from allegiance.errors import UnknownNameError, UsageError
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EDGES = """source,target,weight,year
France,Germany,-2,1939
France,Kesh Front,-1,1939
KF,Poland,-4,1940
Kesh Front,KF,5,1940
"""


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    """Return a case in which one group goes under two names."""
    path = tmp_path / "edges.csv"
    path.write_text(EDGES)
    with Case(tmp_path / "a.case", create=True, author="Ana") as opened:
        opened.add(path)
        yield opened


def names(case: Case) -> list[str]:
    """Return the names of the actors of a case, sorted."""
    return sorted(use.name for use in case.actors())


def test_merged_actors_are_one_in_every_answer(case: Case) -> None:
    """Statements, network, explanation and totals show the new name; ids and surface words stay; undo and redo work."""
    before = {stmt.id for stmt in case.statements()}
    event = case.merge_actors("Kesh Front", "KF", "Kesh")
    assert (event.author, event.kind) == ("Ana", "merge")
    assert names(case) == ["France", "Germany", "Kesh", "Poland"]
    assert set(case.network().actors) == {"France", "Germany", "Kesh", "Poland"}
    assert {stmt.id for stmt in case.statements()} == before
    of_kesh = list(case.statements(StatementFilter(actor="Kesh")))
    assert sorted({stmt.actor_text for stmt in of_kesh if stmt.actor == "Kesh"}) == ["KF", "Kesh Front"]
    assert all(stmt.read_as for stmt in of_kesh)
    assert not list(case.statements(StatementFilter(actor="KF")))
    assert len(case.explain("France,Kesh").quotes) == 1
    assert case.explain(of_kesh[0].id).kind == "statement"
    case.undo()
    assert "KF" in names(case)
    assert not any(stmt.read_as for stmt in case.statements())
    case.redo()
    assert "KF" not in names(case)


def test_a_merge_can_be_merged_and_taken_apart(case: Case) -> None:
    """Chains of merges end at the last name; a part or all of it is given back."""
    case.merge_actors("Kesh Front", "KF", "Kesh")
    case.merge_actors("Germany", "Kesh")
    assert names(case) == ["France", "Germany", "Poland"]
    case.split_actor("Germany", "KF")
    assert names(case) == ["France", "Germany", "KF", "Poland"]
    case.undo()
    case.split_actor("Germany")
    assert names(case) == ["France", "Germany", "KF", "Kesh Front", "Poland"]


def test_words_leave_an_actor(case: Case) -> None:
    """Surface words read as an actor are shown as one of their own, or as another that the case has."""
    case.merge_actors("Kesh Front", "KF")
    case.split_actor("France", "france", "Free France")
    assert "Free France" in names(case)
    assert "France" not in names(case)
    assert {stmt.read_as[0] for stmt in case.statements() if stmt.actor == "Free France"} == {"France"}
    case.undo()
    with pytest.raises(UsageError, match="among its words are 'France'"):
        case.split_actor("France", "Vichy")


def test_what_is_added_later_uses_the_judgements(case: Case, tmp_path: Path) -> None:
    """An alias holds for data that come after it, under any case of its words that the tables forgive."""
    case.alias_actor("Germany", "the Reich")
    path = tmp_path / "later.csv"
    path.write_text("source,target,weight,year\nReich,Poland,-3,1939\nthe Reich,France,-3,1940\n")
    case.add(path)
    assert names(case) == ["France", "Germany", "KF", "Kesh Front", "Poland"]
    assert case.actor_kinds()["Germany"] == "state"


@pytest.mark.parametrize(
    ("judge", "says"),
    [
        (lambda case: case.merge_actors("KF", "KF"), "merged with itself"),
        (lambda case: case.merge_actors("KF", "Frence"), "Did you mean 'France'"),
        (lambda case: case.merge_actors("KF", "Poland", "France"), "another actor of the case"),
        (lambda case: case.merge_actors("KF", "Poland", "\n"), "is no name"),
        (lambda case: case.split_actor("France"), "Nothing was merged"),
        (lambda case: case.split_actor("France", "France"), "can't be shown as"),
        (lambda case: case.split_actor("Frence"), "Did you mean 'France'"),
        (lambda case: case.alias_actor("Germony", "Reich"), "Did you mean 'Germany'"),
        (lambda case: case.alias_actor("Germany", "Poland"), "merge them"),
    ],
)
def test_what_makes_no_sense_is_refused(case: Case, judge: object, says: str) -> None:
    """A judgement on names that aren't there, or that are one already, is one clear sentence and no event."""
    before = case.history().length
    with pytest.raises(UsageError, match=says):
        judge(case)  # type: ignore[operator]
    assert case.history().length == before


def test_circles_are_refused(case: Case) -> None:
    """A part can't be merged with its own whole, under any of its names."""
    case.merge_actors("Kesh Front", "KF", "Kesh")
    for a, b in (("Kesh", "KF"), ("Kesh Front", "KF"), ("Kesh", "Kesh")):
        with pytest.raises(UsageError):
            case.merge_actors(a, b)
    with pytest.raises(UsageError, match="part of 'Kesh' already"):
        case.merge_actors("France", "Poland", "KF")
    with pytest.raises(UnknownNameError):
        case.explain("KF")


def test_nothing_is_deleted(case: Case) -> None:
    """The rows of the case are the same before and after a judgement."""

    def rows() -> list[tuple[object, ...]]:
        with sqlite3.connect(case.path) as bare:
            return bare.execute("SELECT * FROM statement ORDER BY seq").fetchall()

    before = rows()
    case.merge_actors("Kesh Front", "KF")
    case.split_actor("France", "France", "Gaul")
    assert rows() == before
