"""A wire in many outlets of a case: counted once, drawn as one, and said to be one report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case, view_of
from allegiance.network import CountingPolicy
from allegiance.store import StatementFilter
from wired import make_wired

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def wired(tmp_path: Path) -> Path:
    """Return the case of `make_wired`."""
    return make_wired(tmp_path / "wired.case")


@pytest.mark.parametrize(
    ("words", "count"), [((), 2), (("once=story",), 2), (("once=statement",), 8), (("once=event",), 8)]
)
def test_a_wire_counts_once_by_default(wired: Path, words: tuple[str, ...], count: int) -> None:
    """Seven copies and an interview are two statements, unless each is to count; the doors agree."""
    policy = CountingPolicy.parse(words)
    with Case(wired) as case:
        assert case.network(policy=policy).tie(0).count == count
        assert len(case.contributions(policy=policy)) == count
        tie = case.explain("Maren,Veldania", policy=policy).facts["tie"]
        assert (tie["count"], tie["weight"]) == (count, 5 * count)


def test_copies_are_drawn_as_one(wired: Path) -> None:
    """What is drawn anew are two stories, even where each statement counts."""
    with Case(wired) as case:
        for words in ((), ("once=statement",)):
            origins = case.contributions(policy=CountingPolicy.parse(words)).origins("document")
            assert origins is not None
            assert len(set(origins.tolist())) == 2


def test_a_source_has_its_own_copy(wired: Path) -> None:
    """The network of one outlet holds what that outlet printed, copied or not."""
    with Case(wired) as case:
        assert [case.network(StatementFilter(source=name)).tie(0).count for name in ("Herald", "Post")] == [
            1,
            2,
        ]


def test_an_undone_import_is_no_witness(wired: Path) -> None:
    """Texts that are no longer in force make no story."""
    with Case(wired) as case:
        assert case.network().tie(0).count == 2
        case.undo()
        assert not len(case.network())


def test_the_page_knows_who_is_told_of_thinly(wired: Path) -> None:
    """The view of a case carries firmness joined with what the statements bear, and what speaks of each actor."""
    with Case(wired) as case:
        (whole, *_) = view_of(case).networks
        assert [(actor.told, actor.thin) for actor in whole.actors] == [
            ("2 statements, 2 sources: thin", True)
        ] * 2
        split = case.coalitions(2).value
    assert whole.answers[0].firmness["Maren"] < split.firmness["Maren"] == 1
