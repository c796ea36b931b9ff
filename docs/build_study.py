# ruff: noqa: INP001, T201
"""Recompute the numbers of docs/study.md from the data sets beside the checkout, and write or check them.

    python docs/build_study.py              # says which tables of the page differ, and changes nothing
    python docs/build_study.py --write      # puts the recomputed tables into the page
    python docs/build_study.py --picture    # draws docs/study.svg anew (minutes: the one answer here without a proof)

Each table stands in the page between two comments with its name. The sentences around them are written by hand.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
from study_data import Data

from allegiance.analysis import coalitions
from allegiance.analysis.timeline import timeline
from allegiance.case import open_contributions, open_network
from allegiance.maths.constraints import Constraints
from allegiance.maths.multislice import Multislice
from allegiance.maths.solve import solve
from allegiance.network import CountingPolicy
from allegiance.network.slices import Width, cut
from allegiance.store import StatementFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from allegiance.analysis.timeline import Timeline
    from allegiance.model import Result
    from allegiance.network.slices import Slices

HERE = Path(__file__).parent
PAGE, PICTURE = HERE / "study.md", HERE / "study.svg"
SHARED = HERE.resolve().parents[1] / "shared" / "data"
FIRST, LAST = 1815, 2018
ERAS = ((1815, 1870), (1871, 1914), (1914, 1938), (1939, 1949), (1950, 1969), (1970, 1989), (1989, 2018))
PATIENCE = 1800.0
"""Seconds; all tables are proved long before, on an idle machine in seconds."""

PICTURE_SECONDS = 300.0

Pair = tuple[str, str]


# -- questions --------------------------------------------------------------------------------------


def slices(path: Path, width: str, first: int, last: int) -> Slices:
    """Cut an edge list into slices of these years."""
    wanted = StatementFilter(since=date(first, 1, 1), until=date(last, 12, 31))
    counted, _ = open_contributions(path, wanted, CountingPolicy())
    return cut(counted, Width.parse(width))


def yearly(path: Path, first: int, last: int, gamma: float | None = None) -> Result[Timeline]:
    """Return the timeline of these years."""
    return timeline(slices(path, "year", first, last), gamma=gamma, time_limit=PATIENCE)


# -- the tables -------------------------------------------------------------------------------------


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a table as the page has it; numbers with their thousands parted."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    for row in rows:
        cells = (f"{cell:,}" if isinstance(cell, int) and cell > LAST else str(cell) for cell in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def whole(tenths: int) -> str:
    """Return tenths as units, without a decimal where there is none."""
    return f"{tenths // 10:,}" if tenths % 10 == 0 else f"{tenths / 10:,.1f}"


def proof(result: Result[Timeline]) -> str:
    """Say what is proved."""
    return "proved" if result.proved else f"at least {whole(int(result.lower_bound or 0))}"


def material(data: Data) -> str:
    """What is in the file, and how much of it follows from the two data sets by the stated rule."""
    given = {key: weight for key, (_, weight) in data.lines.items()}
    rebuilt = {(*sorted(key[:2]), key[2]): weight for key, weight in data.coded(data.committed).items()}
    same = sum(rebuilt.get(key) == weight for key, weight in given.items())
    silent = sum(1 for kinds in data.pacts.values() if kinds and not kinds & {"defense", "offense", "consul"})
    rows = [
        ("dyad-years in the file", len(given)),
        ("with a positive weight", sum(weight > 0 for weight in given.values())),
        ("with a negative weight (-1; -2; -3)", "; ".join(
            f"{count:,}" for count in (sum(weight == level for weight in given.values()) for level in (-1, -2, -3))
        )),
        ("states", len({name for key in given for name in key[:2]})),
        ("of the dyad-years, given exactly by that rule", f"{same:,} ({same / len(given):.2%})"),
        ("dyad-years of the rule that the file lacks", sum(key not in given for key in rebuilt)),
        ("pacts of nonaggression or neutrality only, which the file leaves out", f"{silent:,} dyad-years"),
    ]  # fmt: skip
    return table(("what", "how many"), rows)


def decades(data: Data) -> str:
    """Each decade by itself."""
    rows = []
    for start in range(FIRST // 10 * 10, LAST, 10):
        wanted = StatementFilter(since=date(start, 1, 1), until=date(start + 9, 12, 31))
        net, _ = open_network(data.given, wanted)
        two, fit = (coalitions(net, k, time_limit=PATIENCE) for k in (2, None))
        sizes = sorted(map(len, fit.value.coalitions), reverse=True)
        rows.append(
            (
                f"{max(start, FIRST)}-{min(start + 9, LAST)}",
                len(net.actors),
                f"{len(net):,} ({int((net.weight < 0).sum()):,})",
                whole(int(np.abs(net.weight).sum())),
                f"{whole(fit.value.frustration)}{'' if fit.proved else '?'}",
                f"{whole(two.value.frustration)}{'' if two.proved else '?'}",
                ", ".join(map(str, sizes[:3])),
            )
        )
    columns = (
        "decade",
        "states",
        "ties (negative)",
        "their weight",
        "violated, any number",
        "violated, two",
        "largest",
    )
    return table(columns, rows)


def windows(data: Data) -> str:
    """The windows of Doreian and Mrvar with known optima."""
    rows = []
    for period, expected in (
        ("46-49", "17 / 12"),
        ("60-63", "39 / 35"),
        ("80-83", "48 / 41"),
        ("96-99", "45 / 33"),
    ):
        net, _ = open_network(data.windows, StatementFilter(), period=period)
        found = [coalitions(net, k, time_limit=PATIENCE) for k in (2, None)]
        values = " / ".join(whole(one.value.frustration) for one in found)
        rows.append(
            (
                f"19{period[:2]}-{period[3:]}",
                values,
                expected,
                "yes" if all(one.proved for one in found) else "no",
            )
        )
    return table(("window", "violated, two / any number", "known optima", "proved here"), rows)


def eras(data: Data) -> str:
    """Yearly slices of each era, all years of an era at once."""
    rows = []
    for first, last in ERAS:
        result = yearly(data.given, first, last)
        found = result.value
        rows.append(
            (
                f"{first}-{last}",
                len(found.moments),
                sum(moment.ties for moment in found.moments),
                whole(found.frustration),
                len(found.moves),
                whole(found.cost),
                proof(result),
            )
        )
    return table(("years", "slices", "ties", "violated", "moves", "violated + moves", "least?"), rows)


@dataclass(frozen=True, slots=True)
class Asked:
    """A move that history books have, and the years of its era."""

    state: str
    before: int
    after: int
    era: tuple[int, int]


MOVES = (
    Asked("UKG", 1877, 1878, (1871, 1914)),
    Asked("RUS", 1890, 1891, (1871, 1914)),
    Asked("RUS", 1899, 1900, (1871, 1914)),
    Asked("FRN", 1905, 1906, (1871, 1914)),
    Asked("RUS", 1905, 1906, (1871, 1914)),
    Asked("GMY", 1913, 1914, (1871, 1914)),
    Asked("GMY", 1936, 1937, (1933, 1945)),
    Asked("RUS", 1938, 1939, (1933, 1945)),
    Asked("FRN", 1939, 1940, (1933, 1945)),
    Asked("USA", 1941, 1942, (1933, 1945)),
    Asked("ITA", 1942, 1943, (1933, 1945)),
    Asked("RUS", 1945, 1946, (1944, 1955)),
    Asked("CHN", 1947, 1948, (1944, 1955)),
    Asked("YUG", 1948, 1949, (1944, 1955)),
    Asked("JPN", 1945, 1951, (1944, 1955)),
    Asked("IRQ", 1989, 1990, (1985, 1995)),
    Asked("RUS", 1990, 1991, (1985, 1995)),
    Asked("POL", 1990, 1991, (1985, 1995)),
    Asked("ANG", 1990, 1991, (1985, 1995)),
    Asked("CZE", 1992, 1993, (1985, 1995)),
)
MOST_ROWS = 3


def moves(data: Data) -> str:
    """Each asked move: whether the split has it, what staying would have cost, and the rows that pull."""
    rows = []
    for era in dict.fromkeys(asked.era for asked in MOVES):
        cuts = slices(data.given, "year", *era)
        result = timeline(cuts, time_limit=PATIENCE)
        for asked in (one for one in MOVES if one.era == era):
            move = next(
                (
                    one
                    for one in result.value.moves
                    if (one.actor, one.before, one.after)
                    == (asked.state, str(asked.before), str(asked.after))
                ),
                None,
            )
            pulls = [_row_words(data, asked, tie.other) for tie in (move.ties if move else ())[:MOST_ROWS]]
            rows.append(
                (
                    f"{asked.before} to {asked.after}",
                    f"{asked.state} {data.names[asked.state]}",
                    _company(len(move.along)) if move else "no move",
                    whole(_regret(cuts, result, asked)),
                    "; ".join(pulls) or "none of its own",
                )
            )
    return table(("years", "who", "moves", "to stay costs", "the rows that pull most"), rows)


def _company(others: int) -> str:
    return f"with {others} other{'s' * (others > 1)}" if others else "alone"


def _regret(cuts: Slices, result: Result[Timeline], asked: Asked) -> int:
    """Return by how much the least cost rises if the state must stay where it was; tenths."""
    nets = [one.net for one in cuts.slices]
    numbers: dict[str, int] = {}
    for net in nets:
        for name in net.actors:
            numbers.setdefault(name, len(numbers))
    own = [np.array([numbers[name] for name in net.actors], dtype=np.int64) for net in nets]
    joined = Multislice.of(own, [net.graph() for net in nets], result.value.gamma)
    places = {one.label: place for place, one in enumerate(cuts.slices)}
    ends = tuple(
        int(np.flatnonzero((joined.actor == numbers[asked.state]) & (joined.slice == places[str(year)]))[0])
        for year in (asked.before, asked.after)
    )
    held = solve(
        joined.graph, None, constraints=Constraints(together=((ends[0], ends[1]),)), time_limit=PATIENCE
    )
    if not (held.proved and result.proved):
        raise RuntimeError(f"{asked} was not proved in {PATIENCE} seconds")
    return held.value - result.value.cost


def _row_words(data: Data, asked: Asked, other: str) -> str:
    """Word what the file has of two states in the two years, with the numbers of the disputes."""
    one, two = sorted((asked.state, other))
    told = []
    numbers = {name: number for number, name in data.states.items()}
    low, high = sorted((numbers[one], numbers[two]))
    for year in (asked.before, asked.after):
        line, weight = data.lines.get((one, two, year), (0, 0))
        disputes = data.disputes.get((low, high, year), (0, frozenset()))[1] if weight < 0 else ()
        behind = f", dispute {', '.join(map(str, sorted(disputes)))}" if disputes else ""
        told.append(f"{weight:+d} (line {line:,}{behind})" if line else "no row")
    return f"{other} {' to '.join(told)}"


PAIRS: tuple[tuple[Pair, tuple[int, int]], ...] = (
    (("GMY", "AUH"), (1871, 1914)),
    (("GMY", "RUS"), (1871, 1914)),
    (("FRN", "RUS"), (1871, 1914)),
    (("UKG", "FRN"), (1871, 1914)),
    (("GMY", "ITA"), (1933, 1945)),
    (("RUS", "UKG"), (1933, 1945)),
    (("USA", "RUS"), (1944, 1955)),
    (("RUS", "CHN"), (1944, 1955)),
    (("RUS", "YUG"), (1944, 1955)),
)


def codings(data: Data) -> str:
    """The same pairs of states under other codings and other prices of a move: in how many years they are together."""
    spans = tuple(dict.fromkeys(span for _, span in PAIRS))
    ways: list[tuple[str, Path, float | None]] = [(name, path, None) for name, path in data.codings.items()]
    ways += [("as given, a move costs 0.5", data.given, 0.5), ("as given, a move costs 2", data.given, 2.0)]
    base: dict[tuple[int, int], set[tuple[str, str, str]]] = {}
    rows = []
    for name, path, gamma in ways:
        row: list[object] = [name]
        for span in spans:
            result = yearly(path, *span, gamma=gamma)
            pairs = _together(result.value)
            union = base.setdefault(span, pairs) | pairs
            row += [_share(pair, result.value) for pair, years in PAIRS if years == span]
            row.append(f"{len(base[span] & pairs) / len(union):.0%}{'' if result.proved else '?'}")
        rows.append(row)
    columns = ["coding"]
    for first, last in spans:
        columns += [f"{one}-{two}" for (one, two), span in PAIRS if span == (first, last)]
        columns.append(f"all {first}-{last}")
    return table(columns, rows)


def _together(found: Timeline) -> set[tuple[str, str, str]]:
    return {
        (moment.label, one, two)
        for moment in found.moments
        for members in moment.coalitions.values()
        for one, two in combinations(members, 2)
    }


def _share(pair: Pair, found: Timeline) -> str:
    """Return in how many of the years in which both states have a tie they are in one coalition."""
    both = together = 0
    for moment in found.moments:
        place = {name: number for number, members in moment.coalitions.items() for name in members}
        if pair[0] in place and pair[1] in place:
            both += 1
            together += place[pair[0]] == place[pair[1]]
    return f"{together}/{both}"


TABLES: dict[str, Callable[[Data], str]] = {
    one.__name__: one for one in (material, decades, windows, eras, moves, codings)
}


# -- the page ---------------------------------------------------------------------------------------


def blocks(text: str) -> dict[str, str]:
    """Return the tables that stand in the page, by name."""
    found = re.findall(r"<!-- table (\w+) -->\n(.*?)\n<!-- end -->", text, flags=re.DOTALL)
    return dict(found)


def differing(data: Data, text: str, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (name, recomputed table) of those tables of the page that aren't what is recomputed."""
    there = blocks(text)
    for name in names:
        made = TABLES[name](data)
        if there.get(name) != made:
            yield name, made


def _replaced(text: str, made: dict[str, str]) -> str:
    for name, lines in made.items():
        block = re.compile(rf"(<!-- table {name} -->\n).*?(\n<!-- end -->)", flags=re.DOTALL)
        text = block.sub(lambda found, lines=lines: found[1] + lines + found[2], text)
    return text


def draw(data: Data) -> str:
    """Draw the river of decades; returns what is proved of it."""
    from allegiance.cli.words_time import picture, summary  # noqa: PLC0415 - only for the picture
    from allegiance.report.river_svg import river_svg  # noqa: PLC0415

    cuts = slices(data.given, "10 years", FIRST, LAST)
    result = timeline(cuts, time_limit=PICTURE_SECONDS)
    PICTURE.write_text(river_svg(picture(result, "Alliances and disputes, 1815-2018, by decades")), "utf-8")
    return summary(result)


def main() -> int:
    """Check, write or draw; the exit code is 1 where the page differs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the recomputed tables into the page")
    parser.add_argument("--picture", action="store_true", help="draw the picture anew")
    parser.add_argument("names", nargs="*", help=f"only these tables of {', '.join(TABLES)}")
    given = parser.parse_args()
    if not SHARED.is_dir():
        print(f"The data sets are not here ({SHARED}); the page stays as it is.")
        return 0
    with TemporaryDirectory() as folder:
        data = Data(SHARED, Path(folder))
        if given.picture:
            print(draw(data))
            return 0
        text = PAGE.read_text("utf-8")
        wrong = list(differing(data, text, given.names or tuple(TABLES)))
    for name, _ in wrong:
        print(f"The table {name} {'is written anew' if given.write else 'differs'}.")
    if given.write:
        # Read again: the sentences may have been worked on meanwhile.
        PAGE.write_text(_replaced(PAGE.read_text("utf-8"), dict(wrong)), "utf-8")
    return int(bool(wrong) and not given.write)


if __name__ == "__main__":
    sys.exit(main())
