"""Panels of real data against the state systems that they are keyed by."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from allegiance.case import Case
from allegiance.events.parquet import parquet_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Codes that disputes have while Gleditsch and Ward have no state: occupied, not yet or no longer independent, or too small
# for their list, each with the years in which it stands so in the disputes.
ELSEWHERE_IN_GW = {
    "340": {1916, 1917, 1918},
    "651": {1882},
    "600": set(range(1907, 1913)),
    "54": {1983},
    "55": {1983},
    "56": {1983},
    "57": {1983},
    "58": {1983},
    "986": {2000},
}


@pytest.mark.shared_data
def test_dyad_years_have_the_codes_of_both_state_systems(shared_data: Path, tmp_path: Path) -> None:
    """The dyad-years of disputes come out under the codes that went in, each a member of the system in its year."""
    folder = shared_data / "sources" / "peacesciencer"
    disputes = folder / "gml_dirdisp.parquet"
    with Case(tmp_path / "a.case", create=True) as case:
        case.add(disputes)
        made = case.panel("year")
    rows = list(csv.DictReader(io.StringIO(made.csv().decode("utf-8"))))
    columns = ("ccode1", "ccode2", "year", "hostlev1", "hostlev2")
    given = {
        (*sorted((int(one), int(two))), int(year))
        for _, (one, two, year, level, other) in parquet_rows(disputes, columns)
        if max(int(level), int(other)) > 0
    }
    assert {(*sorted((int(row["ccode1"]), int(row["ccode2"]))), int(row["year"])) for row in rows} == given
    assert len(rows) == len(given) == 4642
    cow = _years(folder / "cow_states.csv", "ccode", "styear", "endyear")
    gw = _years(folder / "gw_states.csv", "gwcode", "startdate", "enddate")
    for row in rows:
        year = int(row["year"])
        for end in ("1", "2"):
            assert _member(cow, row["ccode" + end], year), row
            assert _member(gw, row["gwcode" + end], year) or year in ELSEWHERE_IN_GW[row["gwcode" + end]], row
    page = made.codebook("panel.csv", {}).decode("utf-8")
    assert all(column in page for column in rows[0])


def _years(path: Path, code: str, first: str, last: str) -> dict[int, list[tuple[int, int]]]:
    """Return the years in which each state of a system was a member."""

    def spans() -> Iterator[tuple[int, tuple[int, int]]]:
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                yield (
                    int(float(row[code])),
                    (int(row[first].split(".")[0][:4]), int(row[last].split(".")[0][:4])),
                )

    found: dict[int, list[tuple[int, int]]] = {}
    for state, years in spans():
        found.setdefault(state, []).append(years)
    return found


def _member(system: dict[int, list[tuple[int, int]]], code: str, year: int) -> bool:
    return bool(code) and any(first <= year <= last for first, last in system.get(int(code), ()))
