"""Event data into a case: statements a second, size of the file, and how long answers take; on synthetic GDELT rows.

Run: python benchmarks/case.py [STATEMENTS]. Times are of the CPU, so that other work on the machine matters less.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from allegiance.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

STATES = [
    "USA",
    "RUS",
    "CHN",
    "GBR",
    "FRA",
    "DEU",
    "IND",
    "PAK",
    "IRN",
    "IRQ",
    "ISR",
    "SYR",
    "TUR",
    "SAU",
    "EGY",
    "UKR",
    "POL",
    "JPN",
    "KOR",
    "BRA",
    "ARG",
    "MEX",
    "CAN",
    "AUS",
]
ROLES = ("", "", "", "GOV", "MIL", "MED", "OPP", "REB")
CODES = [
    "010",
    "036",
    "042",
    "051",
    "060",
    "080",
    "0831",
    "111",
    "112",
    "120",
    "130",
    "140",
    "163",
    "172",
    "190",
    "193",
]
TIME_LIMIT = 10.0


def synthetic(path: Path, rows: int) -> None:
    """Write events of 61 columns over 14 days, each between two states or parts of them; no two are the same."""
    drawn = random.Random(1)  # noqa: S311 - no secret
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            day = f"{date(2018, 1, 1) + timedelta(days=number * 14 // rows):%Y%m%d}"
            row = [str(number), day, day[:6], day[:4], "2018.0"]
            for state in drawn.sample(STATES, 2):
                role = drawn.choice(ROLES)
                row += [state + role, state, state, "", "", "", "", role, "", ""]
            row += [
                "1",
                drawn.choice(CODES),
                "",
                "",
                "1",
                "1.0",
                "5",
                "1",
                "5",
                "-1.2",
                *[""] * 24,
                f"{day}000000",
            ]
            row.append(f"https://www.paper{drawn.randrange(3000)}.example.com/news/an-article-{number}.html")
            file.write("\t".join(row) + "\n")


def timed(what: str, work: Callable[[], object]) -> float:
    """Run `work`, print its CPU seconds and return them."""
    begin = time.process_time()
    work()
    seconds = time.process_time() - begin
    print(f"{what:<34} {seconds:9.2f} s")
    return seconds


def command(*arguments: str | Path) -> float:
    """Return the CPU seconds of the command line with these arguments, the least of five runs."""
    call = [sys.executable, "-c", "from allegiance.cli import main; main()", *map(str, arguments)]
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(call, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def main(rows: int) -> None:
    """Print the table."""
    with TemporaryDirectory() as folder:
        data, target = Path(folder, "20180101000000.export.CSV"), Path(folder, "bench.case")
        synthetic(data, rows)
        with Case(target, create=True) as case:
            seconds = timed(f"add {rows:,} statements", lambda: case.add(data))
            print(f"{'':<34} {rows / seconds:9,.0f} statements/s")
            print(f"{'size of the case':<34} {target.stat().st_size / 1e9:9.2f} GB")
            stmt = next(iter(case.statements()))
            timed("network", case.network)
            timed(
                f"coalitions, at most {TIME_LIMIT:.0f} s of search",
                lambda: case.coalitions(time_limit=TIME_LIMIT),
            )
            timed("explain a statement", lambda: case.explain(stmt.id))
            pair = f"{stmt.actor},{stmt.target}"
            timed("explain a tie", lambda: case.explain(pair))
            timed("explain a tie, 100 statements of it", lambda: case.explain(pair, most=100))
        print(f"{'the whole command for it':<34} {command('explain', target, pair):9.2f} s")
        print(f"{'allegiance --help, to compare':<34} {command('--help'):9.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000)
