from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from allegiance.errors import DataError, UnknownNameError
from allegiance.events import guess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from allegiance.model import Statement
    from events.conftest import Read


FILE = "unvotes/un_votes.csv"


def _ties(stmts: list[Statement]) -> dict[tuple[str, str], int]:
    return {(s.actor, s.target): s.polarity * s.weight for s in stmts}


def test_ties_are_agreement_against_the_median(read: Callable[..., Read]) -> None:
    """NA is Namibia for Namibia and missing for a state of another name; the weight is ten times the difference, in tenths."""
    stmts, _, _ = read(FILE, "unvotes")
    # agreement: V-K 4/6, V-N 0/6, V-O 2/5, K-N 2/6, K-O 1/5, N-O 1/5; their median is 4/15
    assert _ties(stmts) == {
        ("Veldania", "Keshir"): 40,
        ("Veldania", "Namibia"): -27,
        ("Veldania", "Old Korvath"): 13,
        ("Keshir", "Namibia"): 7,
        ("Keshir", "Old Korvath"): -7,
        ("Namibia", "Old Korvath"): -7,
    }
    assert {str(stmt.date) for stmt in stmts} == {"1990-01-01/1990-12-31"}
    assert dict(stmts[0].qualifiers) == {"agree": "0.667"}


def test_the_measure_and_the_least_number_of_votes_are_chosen(read: Callable[..., Read]) -> None:
    """Each measure gives other ties and says so; pairs with fewer joint votes are left out and counted."""
    by_measure = {m: _ties(read(FILE, "unvotes", measure=m)[0]) for m in ("agree", "s", "kappa", "pi")}
    assert len({tuple(ties.values()) for ties in by_measure.values()}) == 4
    stmts, _, tally = read(FILE, "unvotes", votes="6")
    assert len(stmts) == 3
    assert sum(tally.notices.values()) == 3 + 1  # and the roll call without a date
    assert stmts[0].reader.rule == "agree"


def test_options_that_are_not_there_are_answered_with_the_nearest(read: Callable[..., Read]) -> None:
    """Wrong names and values of options are refused before anything is read."""
    for wrong in ({"mesure": "s"}, {"measure": "tau"}, {"votes": "0"}, {"votes": "-1"}):
        with pytest.raises(UnknownNameError):
            read(FILE, "unvotes", **wrong)


def test_every_vote_counts_or_has_its_reason(read: Callable[..., Read]) -> None:
    """Votes in roll calls without a date, votes that are none, and rows that are too short are skipped."""
    _, bad, tally = read(FILE, "unvotes")
    assert (tally.rows, tally.used) == (28, 24)
    assert [error.problem for error in bad] == [
        "roll call '99' has no date in the file of roll calls",
        "'maybe' is no vote (yes, no or abstain)",
        "the state's name is missing or has more than 500 characters",
        "it has 2 columns, the header has 4",
    ]


def test_without_the_roll_calls_the_sentence_says_what_is_missing(
    tmp_path: Path, files: Path, read: Callable[..., Read]
) -> None:
    """The file of roll calls is named with its columns."""
    path = tmp_path / "un_votes.csv"
    path.write_bytes((files / FILE).read_bytes())
    with pytest.raises(DataError, match="columns rcid, date"):
        read(path, "unvotes")


@pytest.mark.shared_data
def test_the_real_file_gives_what_others_computed(shared_data: Path, read: Callable[..., Read]) -> None:
    """All votes count; S against the median is twice the ties of 2015 that others made of half-points for abstaining."""
    path = shared_data / "sources" / "unvotes" / "un_votes.parquet"
    assert guess(path) == "unvotes"
    stmts, bad, tally = read(path, "unvotes", known=False, measure="s")
    assert (tally.rows, tally.used, len(bad)) == (870_109, 870_109, 0)
    assert len(stmts) == 811_412
    ours = {
        frozenset((s.actor_text, s.target_text)): s.polarity * s.weight
        for s in stmts
        if s.date and s.date.first.year == 2015
    }
    with (shared_data / "signed" / "unga_2015.csv").open(encoding="utf-8") as file:
        theirs = {
            frozenset((row["source"], row["target"])): int(row["weight"]) for row in csv.DictReader(file)
        }
    assert len(theirs) == 18_055
    assert max(abs(ours[pair] - 2 * weight) for pair, weight in theirs.items()) <= 1


@pytest.mark.shared_data
def test_kappa_is_that_of_published_dyads(shared_data: Path, read: Callable[..., Read]) -> None:
    """Agreement and kappa of the Republic of Korea with the United States in 1991 and 1992 are those of the study's file."""
    folder = shared_data / "sources" / "unvotes"
    with (folder / "rok_unga.csv").open(encoding="utf-8") as file:
        theirs = {row["year"]: row for row in csv.DictReader(file) if row["iso3c"] == "USA"}
    for measure in ("agree", "kappa"):
        stmts, _, _ = read(folder / "un_votes.parquet", "unvotes", known=False, measure=measure)
        ours = {
            f"{s.date.first.year}.0": dict(s.qualifiers)[measure]
            for s in stmts
            if s.date and {s.actor_text, s.target_text} == {"United States", "South Korea"}
        }
        for year in ("1991.0", "1992.0"):
            assert ours[year] == f"{float(theirs[year][measure]):.3f}"
