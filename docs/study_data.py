# ruff: noqa: INP001
"""The data sets of docs/study.md, and the codings of pacts and disputes that it compares; no split and no table is made here."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DyadYears = dict[tuple[str, str, int], int]


class Data:
    """The data sets, and the codings of pacts and disputes that the study compares."""

    def __init__(self, shared: Path, folder: Path) -> None:
        self.shared, self.folder = shared, folder
        self.given = shared / "signed" / "atop_gmlmid_dyadyear.csv"
        self.windows = shared / "signed" / "cow_all.csv"

    def rows(self, name: str, columns: str) -> list[tuple[int, ...]]:
        """Return columns of one of peacesciencer's tables, missing values as 0."""
        import duckdb  # noqa: PLC0415 - only for the other codings

        path = str(self.shared / "sources" / "peacesciencer" / name)
        listed = ", ".join(f"coalesce({one}, 0)::INT" for one in columns.split())
        found: list[tuple[int, ...]] = duckdb.execute(
            f"SELECT {listed} FROM read_parquet(?)",  # noqa: S608 - names of ours
            [path],
        ).fetchall()
        return found

    @cached_property
    def states(self) -> dict[int, str]:
        """Abbreviations by COW number."""
        with (self.shared / "sources/peacesciencer/cow_states.csv").open(encoding="utf-8") as file:
            return {int(float(row["ccode"])): row["stateabb"] for row in csv.DictReader(file)}

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by abbreviation."""
        with (self.shared / "sources/peacesciencer/cow_states.csv").open(encoding="utf-8") as file:
            return {row["stateabb"]: row["statenme"] for row in csv.DictReader(file)}

    @cached_property
    def lines(self) -> dict[tuple[str, str, int], tuple[int, int]]:
        """For two states (in order of the alphabet) and a year: the line of the given file, and its weight."""
        with self.given.open(encoding="utf-8") as file:
            rows = enumerate(csv.DictReader(file), start=2)
            return {
                (*sorted((row["source"], row["target"])), int(row["year"])): (number, int(row["weight"]))  # type: ignore[misc]
                for number, row in rows
            }

    @cached_property
    def pacts(self) -> dict[tuple[int, int, int], frozenset[str]]:
        """ATOP: for two states and a year, which obligations they have."""
        kinds = ("defense", "offense", "neutral", "nonagg", "consul")
        rows = self.rows(
            "atop_alliance.parquet", "ccode1 ccode2 year " + " ".join(f"atop_{kind}" for kind in kinds)
        )
        found: dict[tuple[int, int, int], frozenset[str]] = {}
        for one, two, year, *flags in rows:
            key = (min(one, two), max(one, two), year)
            found[key] = found.get(key, frozenset()) | {
                kind for kind, flag in zip(kinds, flags, strict=True) if flag
            }
        return found

    @cached_property
    def disputes(self) -> dict[tuple[int, int, int], tuple[int, frozenset[int]]]:
        """Gibler, Miller and Little: for two states and a year, the highest hostility level (1 to 5) and the disputes."""
        found: dict[tuple[int, int, int], tuple[int, frozenset[int]]] = {}
        for one, two, year, level, other, number in self.rows(
            "gml_dirdisp.parquet", "ccode1 ccode2 year hostlev1 hostlev2 dispnum"
        ):
            key = (min(one, two), max(one, two), year)
            before, numbers = found.get(key, (0, frozenset()))
            found[key] = max(before, level, other), numbers | {number}
        return found

    @cached_property
    def cow_pacts(self) -> set[tuple[int, int, int]]:
        """COW: two states and a year with any alliance."""
        rows = self.rows(
            "cow_alliance.parquet", "ccode1 ccode2 year cow_defense cow_neutral cow_nonagg cow_entente"
        )
        return {(min(row[:2]), max(row[:2]), row[2]) for row in rows if any(row[3:])}

    def coded(
        self, allied: Callable[[tuple[int, int, int]], bool], pact: int = 1, *, graded: bool = True
    ) -> DyadYears:
        """Code dyad-years: `pact` where two states are allied, minus hostility (1 to 3, or 1), added up, zeros left out."""
        found: Counter[tuple[int, int, int]] = Counter()
        for key in self.pacts.keys() | self.cow_pacts:
            found[key] += pact * allied(key)
        for key, (level, _) in self.disputes.items():
            hostile = max(level - 2, 0)
            found[key] -= hostile if graded else min(hostile, 1)
        return {
            (self.states[one], self.states[two], year): weight
            for (one, two, year), weight in found.items()
            if weight and one in self.states and two in self.states
        }

    def committed(self, key: tuple[int, int, int]) -> bool:
        """Whether a pact says more than that one won't attack or join an attack."""
        return bool(self.pacts.get(key, frozenset()) & {"defense", "offense", "consul"})

    def file_of(self, name: str, dyad_years: DyadYears) -> Path:
        """Write dyad-years as an edge list."""
        path = self.folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(("source", "target", "weight", "year"))
            out.writerows((one, two, weight, year) for (one, two, year), weight in sorted(dyad_years.items()))
        return path

    @cached_property
    def codings(self) -> dict[str, Path]:
        """The codings by what they do, the given one first."""
        return {
            "as given": self.given,
            "every dispute -1": self.file_of("signs", self.coded(self.committed, graded=False)),
            "a pact +2": self.file_of("pacts", self.coded(self.committed, 2)),
            "defence pacts only": self.file_of(
                "defence", self.coded(lambda key: "defense" in self.pacts.get(key, frozenset()))
            ),
            "all pacts of ATOP": self.file_of("all", self.coded(lambda key: bool(self.pacts.get(key)))),
            "alliances of COW": self.file_of("cow", self.coded(lambda key: key in self.cow_pacts)),
        }
